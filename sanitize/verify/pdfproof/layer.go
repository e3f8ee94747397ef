package pdfproof

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// A copy may have text laid over its pictures, unseen, for searching and copying. The
// grammar for it is as closed as that of the rest:
//
//	BT
//	3 Tr                                   every text is unseen
//	Tz, Tm                                 once for each stretch: its width and place
//	/F0 … /F3 size Tf <hexadecimal> Tj     the font names the plane of the characters
//	ET
//
// Behind the pages stand the fonts, which are the same in every copy: the codes are the
// characters themselves, and nothing can be hidden in them or told by them.
var (
	placeForm = regexp.MustCompile(`\A([1-9]\d{0,2}) Tz (1 0 0 1|0 -1 1 0|0 1 -1 0) (\d{1,5}(?:\.\d{1,2})?) (\d{1,5}(?:\.\d{1,2})?) Tm\z`)
	shownForm = regexp.MustCompile(`\A/F([0-3]) (\d{1,3}(?:\.\d)?) Tf <((?:[0-9A-F]{4})+)> Tj\z`)
)

// Bounds of what a layer may look like: text that readers see as text.
const (
	leastSize, mostSize   = 3.0, 400.0 // points
	leastWidth, mostWidth = 10, 400    // percent
)

// overlay reads the text of a page's layer; operators are nil and fonts "" where there is none.
func (p *page) overlay(operators []byte, fonts string, first int) error {
	if (operators == nil) != (fonts == "") {
		return fail("文字层与字体不符")
	}
	if operators == nil {
		return nil
	}
	if fonts != fmt.Sprintf(" /Font << /F0 %d 0 R /F1 %d 0 R /F2 %d 0 R /F3 %d 0 R >>", first, first+1, first+2, first+3) {
		return fail("文字层的字体不符")
	}
	body := strings.TrimSuffix(strings.TrimPrefix(string(operators), "\nBT\n3 Tr\n"), "\nET")
	var text strings.Builder
	placed, last := false, ""
	for line := range strings.SplitSeq(body, "\n") {
		if m := placeForm.FindStringSubmatch(line); m != nil {
			if placed && last == "" || !p.holds(m) {
				return fail("文字层的位置不符")
			}
			if placed {
				text.WriteByte('\n')
			}
			placed, last = true, ""
			continue
		}
		m := shownForm.FindStringSubmatch(line)
		if m == nil || !placed || m[1] == last {
			return fail("文字层的内容不在允许之列")
		}
		last = m[1]
		size, err := strconv.ParseFloat(m[2], 64)
		if err != nil || size < leastSize || size > mostSize {
			return fail("文字层的字号不符")
		}
		if err := characters(&text, m[1], m[3]); err != nil {
			return err
		}
	}
	if last == "" {
		return fail("文字层的内容不在允许之列")
	}
	p.layer = text.String()
	if strings.TrimSpace(p.layer) == "" {
		return fail("文字层没有文字")
	}
	return nil
}

// holds tells whether a stretch starts on the page and is not drawn out of shape.
func (p *page) holds(m []string) bool {
	wide, err := strconv.Atoi(m[1])
	x, errX := strconv.ParseFloat(m[3], 64)
	y, errY := strconv.ParseFloat(m[4], 64)
	return err == nil && errX == nil && errY == nil && wide >= leastWidth && wide <= mostWidth && x <= p.width && y <= p.height
}

// characters adds the characters of a string in the font of a plane. What is no
// character, or one that nobody sees, must not be there.
func characters(to *strings.Builder, plane, digits string) error {
	high := rune(plane[0]-'0') << 16
	for i := 0; i < len(digits); i += 4 {
		v, err := strconv.ParseUint(digits[i:i+4], 16, 16)
		r := high | rune(v)
		if err != nil || !encodable(r) {
			return fail("文字层中有不允许的字符")
		}
		to.WriteRune(r)
	}
	return nil
}

// Forms of the objects behind the pages.
var (
	typeForm   = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /Blank /Encoding /Identity-H /DescendantFonts \[(\d+) 0 R\] /ToUnicode (\d+) 0 R >>\nendobj\n`)
	packedForm = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Filter /FlateDecode /Length (\d+) >>\nstream\n`)
	cidForm    = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Blank /CIDSystemInfo << /Registry \(Adobe\) /Ordering \(Identity\) /Supplement 0 >> /FontDescriptor (\d+) 0 R /DW 1000 /W \[0 255 500\] /CIDToGIDMap (\d+) 0 R >>\nendobj\n`)
	aboutForm  = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Type /FontDescriptor /FontName /Blank /Flags 4 /FontBBox \[0 -200 1000 800\] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 /FontFile2 (\d+) 0 R >>\nendobj\n`)
	fileForm   = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Length1 (\d+) /Length (\d+) >>\nstream\n`)
)

// planes of Unicode that have a font.
const planes = 4

// blankFont is the digest of the one TrueType file: two glyphs without outlines.
const blankFont = "67d545617f3715e74b3c31bf6bcb08d5a33befb0d74a5993b9bd8c5c47e23b20"

// layerFonts checks the fonts, which are the same in every copy.
func (s *scanner) layerFonts() error {
	n := s.fonts
	unicodes, cid := n+planes, n+2*planes
	for k := range planes {
		if err := s.numbers(typeForm, n+k, cid, unicodes+k); err != nil {
			return err
		}
	}
	for k := range planes {
		data, err := s.packed(unicodes + k)
		if err != nil {
			return err
		}
		if string(data) != itself(k) {
			return fail("文字层的编码表不符")
		}
	}
	if err := s.numbers(cidForm, cid, cid+1, cid+3); err != nil {
		return err
	}
	if err := s.numbers(aboutForm, cid+1, cid+2); err != nil {
		return err
	}
	s.mark()
	m, err := s.take(fileForm)
	if err != nil {
		return err
	}
	data, err := s.body(atoi(m[3]))
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(data); atoi(m[1]) != cid+2 || atoi(m[2]) != len(data) || hex.EncodeToString(sum[:]) != blankFont {
		return fail("文字层的字体不符")
	}
	glyphs, err := s.packed(cid + 3)
	if err != nil {
		return err
	}
	if !bytes.Equal(glyphs, bytes.Repeat([]byte{0, 1}, 65536)) {
		return fail("文字层的字体不符")
	}
	return nil
}

// numbers takes an object of which only the numbers are not fixed.
func (s *scanner) numbers(form *regexp.Regexp, want ...int) error {
	s.mark()
	m, err := s.take(form)
	if err != nil {
		return err
	}
	for i, n := range want {
		if atoi(m[i+1]) != n {
			return fail("对象编号不符")
		}
	}
	return nil
}

// body is the stream behind the head of an object.
func (s *scanner) body(length int) ([]byte, error) {
	if length < 0 || length > len(s.b)-s.pos-len(endForm) || string(s.b[s.pos+length:s.pos+length+len(endForm)]) != endForm {
		return nil, fail("数据长度不符")
	}
	data := s.b[s.pos : s.pos+length]
	s.pos += length + len(endForm)
	return data, nil
}

// packed takes a compressed stream of at most 128 KB; nothing may stand behind its end.
func (s *scanner) packed(number int) ([]byte, error) {
	s.mark()
	m, err := s.take(packedForm)
	if err != nil {
		return nil, err
	}
	data, err := s.body(atoi(m[2]))
	if err != nil {
		return nil, err
	}
	in := bytes.NewReader(data)
	z, err := zlib.NewReader(in)
	if err != nil || atoi(m[1]) != number {
		return nil, fail("文字层的数据不符")
	}
	out, err := io.ReadAll(io.LimitReader(z, 1<<17+1))
	if err != nil || in.Len() != 0 {
		return nil, fail("文字层的数据不符")
	}
	return out, nil
}

// itself is the map of a plane's codes to Unicode: each stands for itself.
func itself(plane int) string {
	var rows []string
	for v := 0; v < 0x10000; v += 0x100 {
		if plane == 0 && v >= 0xD800 && v < 0xE000 {
			continue
		}
		as := fmt.Sprintf("%04X", v)
		if plane > 0 {
			x := (plane-1)<<16 + v
			as = fmt.Sprintf("%04X%04X", 0xD800|x>>10, 0xDC00|x&0x3FF)
		}
		rows = append(rows, fmt.Sprintf("<%04X> <%04X> <%s>\n", v, v+0xFF, as))
	}
	out := "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
	for len(rows) > 0 {
		n := min(len(rows), 100)
		out += strconv.Itoa(n) + " beginbfrange\n" + strings.Join(rows[:n], "") + "endbfrange\n"
		rows = rows[n:]
	}
	return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
}
