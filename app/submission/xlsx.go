package submission

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission/plainzip"
	"jinggao/app/submission/wordfile"
)

// The look follows the layout of official attachments: A4 landscape, title 22 pt,
// head in 黑体, body in 仿宋, page number between dashes.
const (
	sheetTable = "申报情况统计表"
	fontTitle  = wordfile.FontTitle
	fontHead   = wordfile.FontHead
	fontBody   = wordfile.FontBody
	rowTitle   = 1
	rowHeader  = 2
	rowHead    = 3
	sizeBody   = 12
	maxHeight  = 409 // Excel's limit, points
)

// xlsxWriter collects the first error of many small calls.
type xlsxWriter struct {
	f      *excelize.File
	err    error
	styles map[string]int // of the cells of rows
}

func (x *xlsxWriter) do(err error) {
	if x.err == nil && err != nil {
		x.err = err
	}
}

func (x *xlsxWriter) style(s *excelize.Style) int {
	id, err := x.f.NewStyle(s)
	x.do(err)
	return id
}

func (x *xlsxWriter) text(col, row int, s string) {
	ref, err := excelize.CoordinatesToCellName(col, row)
	x.do(err)
	x.do(x.f.SetCellStr(x.sheet(), ref, xlsxText(s)))
}

func (x *xlsxWriter) sheet() string { return x.f.GetSheetName(0) }

func (x *xlsxWriter) paint(c0, r0, c1, r1, style int) {
	a, err := excelize.CoordinatesToCellName(c0, r0)
	x.do(err)
	b, err := excelize.CoordinatesToCellName(c1, r1)
	x.do(err)
	x.do(x.f.SetCellStyle(x.sheet(), a, b, style))
}

func (x *xlsxWriter) merge(c0, r0, c1, r1 int) {
	a, err := excelize.CoordinatesToCellName(c0, r0)
	x.do(err)
	b, err := excelize.CoordinatesToCellName(c1, r1)
	x.do(err)
	x.do(x.f.MergeCell(x.sheet(), a, b))
}

// ExportXLSX writes the official table as a workbook. No rows give a 零报告. Every
// text is a text cell, so nothing in it can run as a formula; the file carries no
// name of a person or program.
func ExportXLSX(w io.Writer, t Table) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); e != nil && err == nil {
			err = fmt.Errorf("close workbook: %w", e)
		}
	}()
	x := &xlsxWriter{f: f}
	x.do(f.SetSheetName(f.GetSheetName(0), sheetTable))
	cols := t.columns()
	last := x.head(&t, cols)
	last = x.body(&t, cols, last)
	x.page(len(cols), last)
	x.dropdown(&t, last)
	if x.err != nil {
		return fmt.Errorf("build workbook: %w", x.err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return plainzip.Rewrite(w, b.Bytes())
}

func (x *xlsxWriter) head(t *Table, cols []column) int {
	n := len(cols)
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	x.text(1, rowTitle, t.Campaign.Table)
	x.merge(1, rowTitle, n, rowTitle)
	x.paint(1, rowTitle, n, rowTitle, x.style(&excelize.Style{Font: &excelize.Font{Family: fontTitle, Size: 22}, Alignment: centre}))
	x.do(x.f.SetRowHeight(sheetTable, rowTitle, 42))

	h := t.header()
	spans := [3][2]int{{1, 3}, {4, 5}, {6, 7}}
	for i, s := range spans {
		x.text(s[0], rowHeader, h[i])
		x.merge(s[0], rowHeader, s[1], rowHeader)
	}
	x.paint(1, rowHeader, n, rowHeader, x.style(&excelize.Style{Font: &excelize.Font{Family: fontBody, Size: 14}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}}))
	lines := 1
	for i, w := range [3]float64{cols[0].width + cols[1].width + cols[2].width, cols[3].width + cols[4].width, cols[5].width + cols[6].width} {
		lines = max(lines, linesIn(h[i], w, 14))
	}
	x.do(x.f.SetRowHeight(sheetTable, rowHeader, math.Min(maxHeight, float64(20*lines+8))))

	head := x.style(&excelize.Style{Font: &excelize.Font{Family: fontHead, Size: 14}, Alignment: centre, Border: thin()})
	for i, c := range cols {
		x.text(i+1, rowHead, c.name)
		name, err := excelize.ColumnNumberToName(i + 1)
		x.do(err)
		x.do(x.f.SetColWidth(sheetTable, name, name, c.width))
	}
	x.paint(1, rowHead, n, rowHead, head)
	x.do(x.f.SetRowHeight(sheetTable, rowHead, 30))
	return rowHead
}

func (x *xlsxWriter) body(t *Table, cols []column, last int) int {
	last = x.rows(t, cols, last, 30)
	if len(t.Rows) == 0 {
		last++
		x.text(2, last, "无")
		x.do(x.f.SetRowHeight(sheetTable, last, 30))
		for j, c := range cols {
			x.paintCell(c, j, last, sizeBody)
		}
	}
	return last
}

// rows writes the rows with heights that their texts need, at least so many points.
func (x *xlsxWriter) rows(t *Table, cols []column, last int, least float64) int {
	texts := make([]string, len(cols))
	for i := range t.Rows {
		last++
		for j, c := range cols {
			texts[j] = c.show(i, &t.Rows[i])
			x.text(j+1, last, texts[j])
		}
		height := least
		for j, c := range cols {
			size, h := fit(texts[j], c.width)
			height = math.Max(height, h)
			x.paintCell(c, j, last, size)
		}
		x.do(x.f.SetRowHeight(sheetTable, last, height))
	}
	return last
}

// fit finds the height in points that a text needs in a column. One that even the
// highest row of a worksheet does not hold is written smaller, so that nothing is cut.
func fit(text string, width float64) (size, height float64) {
	for size = sizeBody; ; size -= 2 {
		height = float64(linesIn(text, width, size))*size*4/3 + 6
		if height <= maxHeight || size <= 4 {
			return size, math.Min(maxHeight, height)
		}
	}
}

func (x *xlsxWriter) paintCell(c column, j, row int, size float64) {
	h := "center"
	if c.left {
		h = "left"
	}
	x.paint(j+1, row, j+1, row, x.cellStyle(h, size))
}

// cellStyle is the look of a cell, made once for each size and side.
func (x *xlsxWriter) cellStyle(horizontal string, size float64) int {
	key := fmt.Sprintf("%s %g", horizontal, size)
	if id, ok := x.styles[key]; ok {
		return id
	}
	id := x.style(&excelize.Style{
		Font: &excelize.Font{Family: fontBody, Size: size}, Border: thin(), NumFmt: 49,
		Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true},
	})
	if x.styles == nil {
		x.styles = map[string]int{}
	}
	x.styles[key] = id
	return id
}

func thin() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	return out
}

// linesIn counts the lines that a text takes in a column.
func linesIn(s string, width, size float64) int {
	room := math.Max(1, (width-1)*11/size)
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n += max(1, int(math.Ceil(float64(Units(line))/room)))
	}
	return n
}

// page sets printing: A4 landscape, one page wide, head repeated, page numbers.
func (x *xlsxWriter) page(cols, last int) {
	ptr := func(f float64) *float64 { return &f }
	size, wide, tall, landscape, fit, yes := 9, 1, 0, "landscape", true, true
	x.do(x.f.SetSheetProps(sheetTable, &excelize.SheetPropsOptions{FitToPage: &fit}))
	x.do(x.f.SetPageLayout(sheetTable, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	mm := func(n float64) *float64 { return ptr(n / 25.4) }
	x.do(x.f.SetPageMargins(sheetTable, &excelize.PageLayoutMarginsOptions{Top: mm(28), Bottom: mm(26), Left: mm(20), Right: mm(20), Header: mm(12), Footer: mm(12), Horizontally: &yes}))
	x.do(x.f.SetHeaderFooter(sheetTable, &excelize.HeaderFooterOptions{OddFooter: `&C&"宋体,常规"&14— &P —`}))
	name, err := excelize.ColumnNumberToName(cols)
	x.do(err)
	x.do(x.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheetTable, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheetTable, rowHead, rowHead)}))
	x.do(x.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: sheetTable, RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", sheetTable, name, last)}))
	x.do(x.f.SetPanes(sheetTable, &excelize.Panes{Freeze: true, YSplit: rowHead, TopLeftCell: fmt.Sprintf("A%d", rowHead+1), ActivePane: "bottomLeft"}))
	x.do(x.f.AddIgnoredErrors(sheetTable, fmt.Sprintf("A%d:%s%d", rowHead+1, name, last), excelize.IgnoredErrorsNumberStoredAsText))
}

func (x *xlsxWriter) dropdown(t *Table, last int) {
	if Units(strings.Join(t.Campaign.CategoryNames(), ",")) > 250 { // Excel's limit for such a list
		return
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(fmt.Sprintf("C%d:C%d", rowHead+1, last))
	x.do(dv.SetDropList(t.Campaign.CategoryNames()))
	dv.ShowErrorMessage = true // in the words of the program that opens it: ours would be hidden text
	x.do(x.f.AddDataValidation(sheetTable, dv))
}

// xlsxText escapes what Excel would read as a stored control character.
func xlsxText(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_' && isHex(s[i+2:i+6]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func isHex(s string) bool {
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}
