package xls_test

import (
	"context"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole/oletest"
	"jinggao/sanitize/format/xls"
	"jinggao/sanitize/format/xls/xlstest"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

var le = binary.LittleEndian

// face is a font of a fixture.
type face struct {
	name                    string
	height, colour          int
	bold, italic, underline bool
}

func (f face) record() []byte {
	weight, flags, line := 400, 0, byte(0)
	if f.bold {
		weight = 700
	}
	if f.italic {
		flags = 2
	}
	if f.underline {
		line = 1
	}
	d := append(xlstest.Words(f.height, flags, f.colour, weight, 0), line, 0, 0, 0, byte(len([]rune(f.name))), 1)
	return append(d, xlstest.Wide(f.name)...)
}

// paint is a style of a fixture: numbers as the records have them.
type paint struct {
	font, format        int
	align, turned       int // the byte of alignment and wrapping, that of rotation
	indent              int
	borders, lineColour [4]int
	pattern, fore       int
}

func (p paint) record() []byte {
	b, c := p.borders, p.lineColour
	d := xlstest.Words(p.font, p.format, 1, p.align|p.turned<<8, p.indent, b[0]|b[1]<<4|b[2]<<8|b[3]<<12, c[0]|c[1]<<7)
	d = le.AppendUint32(d, uint32(c[2]|c[3]<<7|p.pattern<<26))
	return append(d, xlstest.Words(p.fore|64<<7)...)
}

// looks is a workbook of one sheet with the records of its looks and cells.
func looks(faces []face, paints []paint, names [][]byte, sheet func(*xlstest.Records)) []byte {
	var s xlstest.Records
	s.Add(0x0809, xlstest.Words(0x0600, 0x10, 0, 0, 0, 0, 0, 0))
	sheet(&s)
	s.Add(0x000A, nil)
	globals := func(at int) []byte {
		var b xlstest.Records
		b.Add(0x0809, xlstest.Words(0x0600, 5, 0, 0, 0, 0, 0, 0))
		for _, f := range faces {
			b.Add(0x0031, f.record())
		}
		b.Add(0x041E, append(append(xlstest.Words(164, 10), 0), `#,##0.00_ `...))
		for _, p := range paints {
			b.Add(0x00E0, p.record())
		}
		b.Add(0x0085, append(append(le.AppendUint32(nil, uint32(at)), 0, 0, 3, 1), xlstest.Wide("一览表")...))
		for _, n := range names {
			b.Add(0x0018, n)
		}
		b.Add(0x000A, nil)
		return b.Bytes()
	}
	g := globals(0)
	g = globals(len(g))
	return oletest.Compound(map[string][]byte{"Workbook": append(g, s.Bytes()...)}, "Workbook")
}

func label(b *xlstest.Records, row, col, xf int, text string) {
	b.Add(0x0204, append(append(xlstest.Words(row, col, xf, len([]rune(text))), 1), xlstest.Wide(text)...))
}

func numberCell(b *xlstest.Records, row, col, xf int, v float64) {
	b.Add(0x0203, le.AppendUint64(xlstest.Words(row, col, xf), math.Float64bits(v)))
}

// printName is a name by which programs know what is printed.
func printName(id byte, formula []byte) []byte {
	d := append(xlstest.Words(0x20), 0, 1)
	d = append(d, xlstest.Words(len(formula), 0, 1)...)
	return append(append(d, 0, 0, 0, 0, 0, id), formula...)
}

func block(r0, r1, c0, c1 int) []byte {
	return append([]byte{0x3B}, xlstest.Words(0, r0, r1, c0, c1)...)
}

func rebuilt(t testing.TB, data []byte, edits ...document.Edit) (*document.Document, *document.Rebuilt, *document.Document) {
	t.Helper()
	ctx, src := context.Background(), document.Source{Name: "a.xls", Data: data}
	doc, err := xls.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	out, err := xls.Rebuild(ctx, src, document.Plan{Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("xlsx", out.Data, nil); len(p) > 0 {
		t.Fatalf("proof: %v", p)
	}
	again, err := xlsx.Read(ctx, document.Source{Name: "a.xlsx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if p := append(verify.StillHidden(again), verify.SameText(doc, again)...); len(p) > 0 && len(edits) == 0 {
		t.Fatal(p)
	}
	return doc, out, again
}

// member gives a part of a copy.
func member(t testing.TB, out *document.Rebuilt, name string) string {
	t.Helper()
	for _, m := range ziptest.Unpack(t, out.Data) {
		if m.Name == name {
			return m.Data
		}
	}
	t.Fatalf("no %s in the copy", name)
	return ""
}

func wants(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, w := range all {
		if !strings.Contains(text, w) {
			t.Errorf("no %s in %s", w, text)
		}
	}
}

func TestLooksAreKept(t *testing.T) {
	const auto = 0x7FFF
	faces := []face{{name: "宋体", height: 240, colour: auto}, {name: "方正小标宋简体", height: 440, colour: auto}, {name: "黑体", height: 240, bold: true, colour: 10}, {name: "某单位自用体", height: 240, colour: auto, italic: true, underline: true}}
	all := [4]int{1, 1, 2, 6}
	paints := []paint{{}, {font: 1, align: 2 | 1<<4}, {font: 2, align: 2 | 8 | 1<<4, borders: all, lineColour: [4]int{8, 8, 12, 64}, pattern: 1, fore: 41}, {font: 3, align: 1, turned: 90, indent: 2}, {format: 164, borders: all}}
	names := [][]byte{printName(6, block(0, 9, 0, 5)), printName(7, append(append(append([]byte{0x29, 23, 0}, block(0, 0xFFFF, 0, 0)...), block(1, 2, 0, 255)...), 0x10))}
	data := looks(faces, paints, names, func(b *xlstest.Records) {
		b.Add(0x0225, xlstest.Words(0, 300))
		b.Add(0x0081, xlstest.Words(0x0100))
		b.Add(0x0026, le.AppendUint64(nil, math.Float64bits(0.5)))
		b.Add(0x0083, xlstest.Words(1))
		b.Add(0x00A1, append(append(xlstest.Words(8, 100, 1, 1, 0, 0, 600, 600), make([]byte, 16)...), 1, 0)) // A3, landscape, one page wide
		b.Add(0x0055, xlstest.Words(9))
		for c, w := range []int{2560, 2560, 5120} {
			b.Add(0x007D, xlstest.Words(c, c, w, 0, 0, 0))
		}
		b.Add(0x0208, append(xlstest.Words(0, 0, 5, 800, 0, 0), 0x40, 0, 0, 0))
		b.Add(0x0208, append(xlstest.Words(3, 0, 5, 600, 0, 0), 0, 0, 0, 0))
		label(b, 0, 0, 1, "申报情况一览表")
		label(b, 1, 0, 2, "项目名称")
		label(b, 2, 0, 3, "备注")
		numberCell(b, 3, 0, 4, 1234567.5)
		numberCell(b, 3, 1, 4, 0.126)
		b.Add(0x0201, xlstest.Words(3, 2, 4))
		b.Add(0x00BE, xlstest.Words(4, 0, 4, 0, 4, 2))
		b.Add(0x023E, append(xlstest.Words(0x0008|0x06B6, 0, 0), make([]byte, 12)...))
		b.Add(0x0041, xlstest.Words(1, 3, 3, 1, 0))
		b.Add(0x00E5, xlstest.Words(3, 0, 0, 0, 5, 0, 0, 2, 3, 60000, 60001, 300, 301))
	})
	_, out, again := rebuilt(t, data)
	sheet, styles := member(t, out, "xl/worksheets/sheet1.xml"), member(t, out, "xl/styles.xml")
	wants(t, sheet, `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`, `<pane xSplit="1" ySplit="3" topLeftCell="B4"`, `<sheetFormatPr defaultColWidth="9.72" defaultRowHeight="15.00"/>`,
		`<col min="1" max="2" width="10.00" customWidth="1"/><col min="3" max="3" width="20.00" customWidth="1"/>`, `<row r="1" ht="40.00" customHeight="1">`, `<row r="4" ht="30.00">`,
		`<v>1234567.50</v>`, `<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>`, `<printOptions horizontalCentered="1"/>`, `<pageMargins left="0.5000" right="0.7500"`,
		`<pageSetup paperSize="8" fitToWidth="1" fitToHeight="0" orientation="landscape"/>`, `r="C4"`, `r="A5"`, `r="C5"`)
	if strings.Contains(sheet, `r="B5"`) {
		t.Error("a blank cell without lines is written")
	}
	wants(t, styles, `<font><sz val="22"/><name val="方正小标宋简体"/></font>`, `<font><b/><sz val="12"/><color rgb="FFFF0000"/><name val="黑体"/></font>`, `<font><i/><u/><sz val="12"/><name val="宋体"/></font>`,
		`<fgColor rgb="FFCCFFFF"/>`, `<top style="medium"><color rgb="FF0000FF"/></top><bottom style="double"><color auto="1"/></bottom>`, `textRotation="90"`, `indent="2"`, `horizontal="center" vertical="center" wrapText="1"`, `numFmtId="4"`)
	wants(t, member(t, out, "xl/workbook.xml"), `'一览表'!$A$1:$F$10`, `'一览表'!$A:$A,'一览表'!$2:$3`)
	if text := verify.Visible(again); !strings.Contains(text, "1,234,567.50") || !strings.Contains(text, "0.13") {
		t.Error(text)
	}
	if all := sheet + styles; strings.Contains(all, "自用体") || strings.Contains(all, "0.126") {
		t.Error("a name of a font, or a number finer than it is shown, is in the copy")
	}
}

// A number that the plan has made words of is words; what prints of the sheet that a
// copy cannot say is listed.
func TestWhatCannotStayIsSaid(t *testing.T) {
	data := looks([]face{{name: "宋体", height: 240}}, []paint{{}, {format: 164}}, [][]byte{printName(6, append(append(block(0, 1, 0, 1), block(4, 5, 0, 1)...), 0x10))}, func(b *xlstest.Records) {
		label(b, 0, 0, 0, "金额")
		numberCell(b, 1, 0, 1, 1234567.5)
	})
	doc, _, _ := rebuilt(t, data)
	p := doc.Part("xl/worksheets/sheet1.xml")
	c := p.Cells[1]
	_, out, again := rebuilt(t, data, document.Edit{Part: p.ID, Span: c.Span, Text: "百万元级"})
	if sheet := member(t, out, "xl/worksheets/sheet1.xml"); strings.Contains(sheet, "1234567") || !strings.Contains(verify.Visible(again), "百万元级") {
		t.Error(sheet)
	}
	if strings.Contains(member(t, out, "xl/workbook.xml"), "definedName") {
		t.Error("two blocks are kept as one")
	}
	lost := 0
	for _, r := range out.Removed {
		if r.Kind == "打印区域" {
			lost = r.Count
		}
	}
	if lost != 1 {
		t.Errorf("removed: %v", out.Removed)
	}
}

// Whatever the looks of a file, what it shows is shown in the copy, and nothing more.
func TestAnyLooks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		any16 := rapid.IntRange(0, 0xFFFF)
		few := rapid.IntRange(0, 70)
		var faces []face
		for range rapid.IntRange(1, 4).Draw(r, "fonts") {
			faces = append(faces, face{name: rapid.SampledFrom([]string{"宋体", "", "a", "楷体"}).Draw(r, "name"), height: rapid.OneOf(any16, rapid.IntRange(20, 600)).Draw(r, "height"), colour: few.Draw(r, "colour"), bold: rapid.Bool().Draw(r, "bold")})
		}
		var paints []paint
		for range rapid.IntRange(1, 5).Draw(r, "styles") {
			p := paint{font: rapid.IntRange(0, 6).Draw(r, "font"), format: rapid.SampledFrom([]int{0, 2, 4, 10, 14, 164, 49}).Draw(r, "format"), align: rapid.IntRange(0, 255).Draw(r, "align"), turned: rapid.IntRange(0, 255).Draw(r, "turned"), indent: any16.Draw(r, "indent"), pattern: rapid.IntRange(0, 3).Draw(r, "pattern"), fore: few.Draw(r, "fore")}
			for i := range 4 {
				p.borders[i], p.lineColour[i] = rapid.IntRange(0, 15).Draw(r, "border"), few.Draw(r, "line")
			}
			paints = append(paints, p)
		}
		data := looks(faces, paints, [][]byte{printName(6, block(any16.Draw(r, "r0"), any16.Draw(r, "r1"), any16.Draw(r, "c0"), any16.Draw(r, "c1")))}, func(b *xlstest.Records) {
			b.Add(0x00A1, append(xlstest.Words(any16.Draw(r, "paper"), any16.Draw(r, "scale"), 0, any16.Draw(r, "wide"), any16.Draw(r, "tall"), any16.Draw(r, "flags"), 0, 0), rapid.SliceOfN(rapid.Byte(), 18, 18).Draw(r, "margins")...))
			b.Add(0x0225, xlstest.Words(0, any16.Draw(r, "default")))
			b.Add(0x007D, xlstest.Words(0, rapid.IntRange(0, 300).Draw(r, "to"), any16.Draw(r, "width"), 0, 0, 0))
			for row := range 4 {
				b.Add(0x0208, append(xlstest.Words(row, 0, 5, any16.Draw(r, "row"), 0, 0), 0x40, 0, 0, 0))
				label(b, row, 0, rapid.IntRange(0, 5).Draw(r, "xf"), "文字"+string(rune('甲'+row)))
				numberCell(b, row, 1, rapid.IntRange(0, 5).Draw(r, "xf"), rapid.Float64Range(-1e6, 1e6).Draw(r, "value"))
				b.Add(0x0201, xlstest.Words(row, rapid.IntRange(0, 300).Draw(r, "blank"), rapid.IntRange(0, 5).Draw(r, "xf")))
			}
			b.Add(0x00E5, append(xlstest.Words(2), xlstest.Words(0, 1, 0, 2, any16.Draw(r, "m0"), any16.Draw(r, "m1"), any16.Draw(r, "m2"), any16.Draw(r, "m3"))...))
		})
		ctx, src := context.Background(), document.Source{Name: "a.xls", Data: data}
		doc, err := xls.Read(ctx, src)
		if err != nil {
			r.Fatal(err)
		}
		out, err := xls.Rebuild(ctx, src, document.Plan{})
		if err != nil {
			r.Fatal(err)
		}
		again, err := xlsx.Read(ctx, document.Source{Name: "a.xlsx", Data: out.Data})
		if err != nil {
			r.Fatal(err)
		}
		problems := append(verify.StillHidden(again), verify.SameText(doc, again)...)
		if problems = append(problems, ooxmlproof.Check("xlsx", out.Data, nil)...); len(problems) > 0 {
			r.Fatal(problems)
		}
	})
}
