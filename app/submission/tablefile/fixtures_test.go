package tablefile_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission/tablefile"
	"jinggao/sanitize/format/xls/xlstest"

	"jinggao/sanitize/format/ole/oletest"
)

var le = binary.LittleEndian

// zipped packs parts given as name, content, name, content …
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workbook builds an .xlsx by a function.
func workbook(t testing.TB, f func(*excelize.File)) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer func() { _ = x.Close() }()
	f(x)
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordXML wraps a body into a minimal .docx.
func wordXML(t testing.TB, body string) []byte {
	t.Helper()
	return zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml",
		`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
}

// docFixture is a Word 97 document: a paragraph, a table of two rows of two cells
// (the first cell of two paragraphs), in one wide piece.
func docFixture() []byte {
	text := "标题\r甲\r乙\a丙\a\a丁\a\a\a后文\r"
	u := xlstest.Wide(text)
	main := make([]byte, 2048)
	le.PutUint16(main[0:], 0xA5EC)
	le.PutUint16(main[2:], 0xC1)
	le.PutUint16(main[0x0A:], 0x0200)
	le.PutUint16(main[0x20:], 14)
	lw := 0x22 + 28
	le.PutUint16(main[lw:], 22)
	le.PutUint32(main[lw+2+12:], uint32(len(u)/2))
	fl := lw + 2 + 88
	le.PutUint16(main[fl:], 93)
	const textAt = 1024
	main = append(main[:textAt], u...)
	for len(main) < 2048 {
		main = append(main, 0)
	}
	// one page of paragraph properties
	page := make([]byte, 512)
	ends := []int{}
	for i, c := range []rune(text) {
		if c == '\r' || c == '\a' {
			ends = append(ends, textAt+2*(i+1))
		}
	}
	n := len(ends)
	page[511] = byte(n)
	le.PutUint32(page[0:], textAt)
	inTable := append([]byte{0x16, 0x24, 1}, 0) // sprmPFInTable
	rowEnd := []byte{0x16, 0x24, 1, 0x17, 0x24, 1}
	put := func(at int, props []byte) byte {
		page[at] = byte((len(props) + 4) / 2) // 2*cb-1 bytes or one less: istd and properties
		copy(page[at+3:], props)
		return byte(at / 2)
	}
	a, b := put(400, inTable[:3]), put(440, rowEnd)
	kind := []byte{0, a, a, a, b, a, a, b, 0}
	for k, e := range ends {
		le.PutUint32(page[4*(k+1):], uint32(e))
		page[4*(n+1)+13*k] = kind[k]
	}
	main = append(main, page...)
	// table stream: piece table and the list of pages
	plc := le.AppendUint32(le.AppendUint32(nil, 0), uint32(len(u)/2))
	plc = append(plc, 0, 0)
	plc = le.AppendUint32(plc, textAt)
	plc = append(plc, 0, 0)
	clx := append([]byte{2}, le.AppendUint32(nil, uint32(len(plc)))...)
	clx = append(clx, plc...)
	bte := le.AppendUint32(le.AppendUint32(nil, textAt), uint32(textAt+len(u)))
	bte = le.AppendUint32(bte, 4)
	le.PutUint32(main[fl+2+8*33:], 0)
	le.PutUint32(main[fl+2+8*33+4:], uint32(len(clx)))
	le.PutUint32(main[fl+2+8*13:], uint32(len(clx)))
	le.PutUint32(main[fl+2+8*13+4:], uint32(len(bte)))
	return oletest.Compound(map[string][]byte{"WordDocument": main, "1Table": append(clx, bte...)}, "WordDocument", "1Table")
}

// one reads a file that must give exactly one member and no refusal.
func one(t *testing.T, name string, data []byte) []tablefile.Grid {
	t.Helper()
	fs := tablefile.Read(name, data)
	if len(fs) != 1 || fs[0].Refused != nil {
		t.Fatalf("%s: %+v", name, fs)
	}
	return fs[0].Grids
}

func flat(g tablefile.Grid) [][]string {
	out := make([][]string, len(g.Rows))
	for i, r := range g.Rows {
		for _, c := range r {
			s := c.Text
			if c.Date != "" {
				s = c.Date
			}
			out[i] = append(out[i], s)
		}
	}
	return out
}
