package fresh

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// BookPage is how a sheet of a new workbook is printed and first shown. What is out
// of bounds is not written.
type BookPage struct {
	Landscape         bool
	Paper             int // as the format numbers papers: 9 is A4
	Scale             int // per cent
	Fit               bool
	FitWide, FitTall  int        // pages; 0 as many as it takes
	Margins           [6]float64 // inches: left, right, top, bottom, header, footer; all 0: as they come
	Centred, Middle   bool
	Frozen            [2]int // columns and rows that stay when the rest is scrolled
	Area              [4]int // first row, first column, last row, last column; last row −1: all
	TopRows, SideCols [2]int // first and last of what is repeated on each page; last −1: none
	Lines             bool   // lines between cells are printed
}

// NewBookPage is a page of which nothing is known.
func NewBookPage() BookPage {
	return BookPage{Area: [4]int{0, 0, -1, -1}, TopRows: [2]int{0, -1}, SideCols: [2]int{0, -1}}
}

func within(v, low, high int) bool { return v >= low && v <= high }

// before gives what stands in front of the cells: whether it is fitted to pages, and
// the frozen panes.
func (p *BookPage) before() []*ooxml.Node {
	var out []*ooxml.Node
	if p.fits() {
		out = append(out, ooxml.El("x:sheetPr").Add(ooxml.El("x:pageSetUpPr", "fitToPage", "1")))
	}
	c, r := p.Frozen[0], p.Frozen[1]
	if !within(c, 0, 64) || !within(r, 0, 256) || c+r == 0 {
		return out
	}
	pane := ooxml.El("x:pane")
	place := "bottomRight"
	if c > 0 {
		pane.SetAttr("xSplit", num(c))
	} else {
		place = "bottomLeft"
	}
	if r > 0 {
		pane.SetAttr("ySplit", num(r))
	} else {
		place = "topRight"
	}
	for _, a := range [][2]string{{"topLeftCell", Ref(r, c)}, {"activePane", place}, {"state", "frozen"}} {
		pane.SetAttr(a[0], a[1])
	}
	return append(out, ooxml.El("x:sheetViews").Add(ooxml.El("x:sheetView", "workbookViewId", "0").Add(pane)))
}

func (p *BookPage) fits() bool {
	return p.Fit && within(p.FitWide, 0, 100) && within(p.FitTall, 0, 100)
}

// behind gives what stands behind the cells.
func (p *BookPage) behind() []*ooxml.Node {
	var out []*ooxml.Node
	options := ooxml.El("x:printOptions")
	for _, o := range []struct {
		on   bool
		name string
	}{{p.Centred, "horizontalCentered"}, {p.Middle, "verticalCentered"}, {p.Lines, "gridLines"}} {
		if o.on {
			options.SetAttr(o.name, "1")
		}
	}
	if len(options.Attrs) > 0 {
		out = append(out, options)
	}
	if m := p.margins(); m != nil {
		out = append(out, m)
	}
	setup := ooxml.El("x:pageSetup")
	if within(p.Paper, 1, 118) {
		setup.SetAttr("paperSize", num(p.Paper))
	}
	switch {
	case p.fits():
		setup.SetAttr("fitToWidth", num(p.FitWide))
		setup.SetAttr("fitToHeight", num(p.FitTall))
	case within(p.Scale, 10, 400) && p.Scale != 100:
		setup.SetAttr("scale", num(p.Scale))
	}
	if p.Landscape {
		setup.SetAttr("orientation", "landscape")
	}
	if len(setup.Attrs) > 0 {
		out = append(out, setup)
	}
	return out
}

// margins gives the margins of the page if all of them are sound.
func (p *BookPage) margins() *ooxml.Node {
	if p.Margins == [6]float64{} {
		return nil
	}
	n := ooxml.El("x:pageMargins")
	for i, name := range []string{"left", "right", "top", "bottom", "header", "footer"} {
		v := p.Margins[i]
		if !(v >= 0 && v <= 10) { // NaN is neither
			return nil
		}
		n.SetAttr(name, strconv.FormatFloat(v, 'f', 4, 64))
	}
	return n
}

// printNames gives the names by which programs know what of a sheet is printed.
func (p *BookPage) printNames(sheet string, index int) []*ooxml.Node {
	if strings.ContainsAny(sheet, "'!") {
		return nil
	}
	const maxRow, maxCol = 1 << 16, 1 << 8
	sound := func(first, last, limit int) bool { return first >= 0 && first <= last && last < limit }
	row := func(n int) string { return "$" + num(n+1) }
	col := func(n int) string { return "$" + strings.TrimRight(Ref(0, n), "0123456789") }
	name := func(name string, parts ...string) *ooxml.Node {
		for i := range parts {
			parts[i] = "'" + sheet + "'!" + parts[i]
		}
		return ooxml.El("x:definedName", "name", "_xlnm."+name, "localSheetId", num(index)).Add(ooxml.Txt(strings.Join(parts, ",")))
	}
	var out []*ooxml.Node
	if a := p.Area; sound(a[0], a[2], maxRow) && sound(a[1], a[3], maxCol) {
		out = append(out, name("Print_Area", col(a[1])+row(a[0])+":"+col(a[3])+row(a[2])))
	}
	var titles []string
	if c := p.SideCols; sound(c[0], c[1], maxCol) {
		titles = append(titles, col(c[0])+":"+col(c[1]))
	}
	if r := p.TopRows; sound(r[0], r[1], maxRow) {
		titles = append(titles, row(r[0])+":"+row(r[1]))
	}
	if len(titles) > 0 {
		out = append(out, name("Print_Titles", titles...))
	}
	return out
}
