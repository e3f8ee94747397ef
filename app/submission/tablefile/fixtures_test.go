package tablefile_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission/tablefile"
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

// compound writes a compound file with top-level streams, each padded to 4096 bytes
// so that no mini stream is needed.
func compound(streams map[string][]byte, order ...string) []byte {
	const sector = 512
	var body []byte
	fat := []uint32{}
	chain := func(data []byte) (first uint32, n int) {
		for len(data) < 4096 || len(data)%sector != 0 {
			data = append(data, 0)
		}
		first, n = uint32(len(fat)), len(data)/sector
		for i := range n {
			next := uint32(len(fat) + 1)
			if i == n-1 {
				next = 0xFFFFFFFE
			}
			fat = append(fat, next)
		}
		body = append(body, data...)
		return first, n * sector
	}
	dir := make([]byte, 128*4)
	entry := func(i int, name string, kind byte, child, right, start uint32, size int) {
		e := dir[128*i:]
		u := utf16.Encode([]rune(name))
		for k, c := range u {
			le.PutUint16(e[2*k:], c)
		}
		le.PutUint16(e[64:], uint16(2*len(u)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], 0xFFFFFFFF)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint64(e[120:], uint64(size))
	}
	entry(0, "Root Entry", 5, 1, 0xFFFFFFFF, 0xFFFFFFFE, 0)
	for i, name := range order {
		start, size := chain(streams[name])
		right := uint32(i + 2)
		if i == len(order)-1 {
			right = 0xFFFFFFFF
		}
		entry(i+1, name, 2, 0xFFFFFFFF, right, start, size)
	}
	dirStart := uint32(len(fat))
	fat = append(fat, 0xFFFFFFFE)
	body = append(body, dir...)
	fatStart := uint32(len(fat))
	fat = append(fat, 0xFFFFFFFD)
	table := bytes.Repeat([]byte{0xFF}, sector)
	for i, f := range fat {
		le.PutUint32(table[4*i:], f)
	}
	body = append(body, table...)
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(head[24:], 0x3E)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], dirStart)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], 0xFFFFFFFE)
	le.PutUint32(head[68:], 0xFFFFFFFE)
	for i := 76; i < sector; i += 4 {
		le.PutUint32(head[i:], 0xFFFFFFFF)
	}
	le.PutUint32(head[76:], fatStart)
	return append(head, body...)
}

// biffStream builds records.
type biffStream struct{ bytes.Buffer }

func (b *biffStream) rec(id uint16, data []byte) {
	_ = binary.Write(b, le, id)
	_ = binary.Write(b, le, uint16(len(data)))
	b.Write(data)
}

func u16s(v ...int) []byte {
	var out []byte
	for _, x := range v {
		out = le.AppendUint16(out, uint16(x))
	}
	return out
}

func wide(s string) []byte {
	var out []byte
	for _, c := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, c)
	}
	return out
}

// xlsFixture is a workbook with a hidden sheet, a shared string that runs over the
// edge of a record, a date, a number, a formula with text, a merge and a hidden row.
func xlsFixture() []byte {
	long := "面向超大规模异构算力集群的统一资源编排"
	var sst []byte
	sst = le.AppendUint32(sst, 3)
	sst = le.AppendUint32(sst, 3)
	sst = append(append(append(sst, u16s(4)...), 1), wide("申报主体")...)
	sst = append(append(append(sst, u16s(3)...), 0), "abc"...)
	sst = append(append(sst, u16s(len([]rune(long)))...), 1)
	sst = append(sst, wide(long)[:10]...)
	rest := append([]byte{1}, wide(long)[10:]...)

	sheet := func() []byte {
		var b biffStream
		b.rec(0x0809, u16s(0x0600, 0x10, 0, 0, 0, 0, 0, 0))
		b.rec(0x0208, append(u16s(2, 0, 5, 300, 0, 0), 0x20, 0, 0, 0))
		b.rec(0x00FD, append(u16s(0, 0, 0), 0, 0, 0, 0))
		b.rec(0x00FD, append(u16s(0, 1, 0), 2, 0, 0, 0))
		b.rec(0x027E, append(u16s(1, 0, 1), le.AppendUint32(nil, uint32(46145<<2|2))...)) // 2026-05-03 as RK
		b.rec(0x00BD, append(append(u16s(1, 1, 0), le.AppendUint32(nil, uint32(7<<2|2))...), append(append(u16s(0), le.AppendUint32(nil, uint32(8<<2|2))...), u16s(2)...)...))
		b.rec(0x0006, append(append(u16s(2, 0, 0), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF), 0, 0, 0, 0, 0, 0, 0, 0))
		b.rec(0x0207, append(append(u16s(2), 1), wide("结果")...))
		b.rec(0x00E5, append(u16s(1), u16s(0, 1, 0, 0)...))
		b.rec(0x000A, nil)
		return b.Bytes()
	}()
	globals := func(at int) []byte {
		var b biffStream
		b.rec(0x0809, u16s(0x0600, 5, 0, 0, 0, 0, 0, 0))
		b.rec(0x00E0, append(u16s(0, 0), make([]byte, 16)...))
		b.rec(0x00E0, append(u16s(0, 14), make([]byte, 16)...))
		for i, name := range []string{"名单", "内部"} {
			d := le.AppendUint32(nil, uint32(at+i*len(sheet)))
			d = append(d, byte(i), 0, byte(len([]rune(name))), 1)
			b.rec(0x0085, append(d, wide(name)...))
		}
		b.rec(0x00FC, sst)
		b.rec(0x003C, rest)
		b.rec(0x000A, nil)
		return b.Bytes()
	}
	g := globals(0)
	g = globals(len(g))
	return compound(map[string][]byte{"Workbook": append(append(g, sheet...), sheet...)}, "Workbook")
}

// docFixture is a Word 97 document: a paragraph, a table of two rows of two cells
// (the first cell of two paragraphs), in one wide piece.
func docFixture() []byte {
	text := "标题\r甲\r乙\a丙\a\a丁\a\a\a后文\r"
	u := wide(text)
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
	return compound(map[string][]byte{"WordDocument": main, "1Table": append(clx, bte...)}, "WordDocument", "1Table")
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
