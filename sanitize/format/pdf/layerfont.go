package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"slices"
)

// The text of a layer is shown in fonts that are the same bytes in every file, so that
// they tell nothing about the characters of the original: one glyph without any outline,
// under every code, and for each of the first four planes of Unicode a font in whose
// codes are the lower 16 bits of the characters.
//
//	behind the pages: 4 fonts, of the planes 0 … 3   4 maps of their codes to Unicode
//	CID font   descriptor   TrueType file   map of codes to the glyph
const (
	layerPlanes  = 4
	layerObjects = 2*layerPlanes + 4
)

// fontNames are the fonts as a page's resources name them.
func (w *writer) fontNames() string {
	n := 3 + 3*w.pages
	return fmt.Sprintf(" /Font << /F0 %d 0 R /F1 %d 0 R /F2 %d 0 R /F3 %d 0 R >>", n, n+1, n+2, n+3)
}

// fonts writes the fonts of text layers.
func (w *writer) fonts() {
	first := len(w.offsets)
	w.offsets = append(w.offsets, make([]int, layerObjects)...)
	unicodes := first + layerPlanes
	cid := unicodes + layerPlanes
	descriptor, file, glyphs := cid+1, cid+2, cid+3
	for p := range layerPlanes {
		w.object(first+p, fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /Blank /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", cid, unicodes+p))
	}
	for p := range layerPlanes {
		w.packed(unicodes+p, unicodeOf(p))
	}
	w.object(cid, fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Blank /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 /W [0 255 500] /CIDToGIDMap %d 0 R >>",
		descriptor, glyphs))
	w.object(descriptor, fmt.Sprintf("<< /Type /FontDescriptor /FontName /Blank /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 /FontFile2 %d 0 R >>", file))
	font := blankFont()
	w.stream(file, fmt.Sprintf("/Length1 %d ", len(font)), font)
	w.packed(glyphs, bytes.Repeat([]byte{0, 1}, 1<<16))
}

// packed writes a compressed stream.
func (w *writer) packed(n int, data []byte) {
	var out bytes.Buffer
	z, _ := zlib.NewWriterLevel(&out, zlib.BestCompression) // a level that exists
	_, _ = z.Write(data)                                    // a buffer does not fail
	_ = z.Close()
	w.stream(n, "/Filter /FlateDecode ", out.Bytes())
}

// unicodeOf is the ToUnicode map of a plane: ranges of 256 codes, as readers want them,
// and none for surrogates, which are no characters.
func unicodeOf(plane int) []byte {
	var ranges []string
	for high := range 256 {
		if plane == 0 && high >= 0xD8 && high <= 0xDF {
			continue
		}
		ranges = append(ranges, fmt.Sprintf("<%02X00> <%02XFF> <%s>", high, high, codeUnits(rune(plane<<16|high<<8))))
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for block := range slices.Chunk(ranges, 100) { // no more may stand in a block
		fmt.Fprintf(&b, "%d beginbfrange\n", len(block))
		for _, r := range block {
			b.WriteString(r + "\n")
		}
		b.WriteString("endbfrange\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// codeUnits is a character in UTF-16, high byte first, as hexadecimal digits.
func codeUnits(r rune) string {
	if r < 1<<16 {
		return fmt.Sprintf("%04X", r)
	}
	r -= 1 << 16
	return fmt.Sprintf("%04X%04X", 0xD800+r>>10, 0xDC00+r&0x3FF)
}

// blankFont is a TrueType font of two glyphs without outlines, 1000 units wide.
func blankFont() []byte {
	u16 := func(vs ...int) []byte {
		var b []byte
		for _, v := range vs {
			b = binary.BigEndian.AppendUint16(b, uint16(v))
		}
		return b
	}
	const em, up, down, glyphCount = 1000, 800, -200, 2
	tables := []struct {
		tag  string
		data []byte
	}{
		{"cmap", u16(0, 1, 3, 1, 0, 12, 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)}, // no characters
		{"glyf", make([]byte, 4)},
		{"head", u16(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 3, em, 0, 0, 0, 0, 0, 0, 0, 0, 0, down, em, up, 0, 8, 2, 0, 0)},
		{"hhea", u16(1, 0, up, down, 0, em, 0, 0, em, 1, 0, 0, 0, 0, 0, 0, 0, glyphCount)},
		{"hmtx", u16(em, 0, em, 0)},
		{"loca", u16(0, 0, 0)},
		{"maxp", u16(1, 0, glyphCount, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)},
		{"post", u16(3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)},
	}
	head := u16(1, 0, len(tables), 128, 3, 16*len(tables)-128)
	at := len(head) + 16*len(tables)
	var body []byte
	adjust := 0
	for _, t := range tables {
		if t.tag == "head" {
			adjust = at + 8
		}
		head = append(head, t.tag...)
		head = binary.BigEndian.AppendUint32(head, checksum(t.data))
		head = binary.BigEndian.AppendUint32(head, uint32(at))
		head = binary.BigEndian.AppendUint32(head, uint32(len(t.data)))
		padded := append(t.data, make([]byte, -len(t.data)&3)...)
		body = append(body, padded...)
		at += len(padded)
	}
	font := append(head, body...)
	binary.BigEndian.PutUint32(font[adjust:], 0xB1B0AFBA-checksum(font))
	return font
}

// checksum sums up the words of a table.
func checksum(b []byte) (sum uint32) {
	b = append(slices.Clone(b), make([]byte, -len(b)&3)...)
	for i := 0; i < len(b); i += 4 {
		sum += binary.BigEndian.Uint32(b[i:])
	}
	return sum
}
