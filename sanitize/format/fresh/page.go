package fresh

import (
	"jinggao/sanitize/format/ooxml"
)

// Page is the size and the margins of the pages, in twips.
type Page struct {
	W, H, Top, Right, Bottom, Left int

	Head, Foot  int      // how far headers and footers stand from the edge; 0 as usual
	Grid        int      // height of the lines that signs of the East stand on; 0 is none
	Columns     int      // of text; 0 and 1 are one
	Gap         int      // between columns
	Start       PageMode // where a section begins
	FirstNumber int      // of its first page; 0 goes on
	Title       bool     // the first page has headers of its own
}

// PageMode says where the first page of a section lies.
type PageMode uint8

// Ways of beginning a section.
const (
	NextPage PageMode = iota
	SamePage
	EvenPage
	OddPage
)

// usualPage is A4 upright with the margins of official papers.
func usualPage() Page {
	return Page{W: pageWide, H: pageHigh, Top: 2098, Right: 1474, Bottom: 1985, Left: 1588}
}

// Sane gives the page if it leaves room for text, else the usual one.
func (p Page) Sane() Page {
	const least, most = 2000, 31680
	if p.W < least || p.H < least || p.W > most || p.H > most || min(p.Top, p.Right, p.Bottom, p.Left) < 0 || p.Left+p.Right > p.W-least/2 || p.Top+p.Bottom > p.H-least/2 {
		u := usualPage()
		p.W, p.H, p.Top, p.Right, p.Bottom, p.Left, p.Head, p.Foot = u.W, u.H, u.Top, u.Right, u.Bottom, u.Left, 0, 0
	}
	if p.Head <= 0 || p.Head > p.H/3 {
		p.Head = 851
	}
	if p.Foot <= 0 || p.Foot > p.H/3 {
		p.Foot = 992
	}
	if p.Grid < 200 || p.Grid > 1000 {
		p.Grid = 0
	}
	p.Columns, p.Gap, p.FirstNumber = clamp(p.Columns, 0, 6), clamp(p.Gap, 0, 2000), clamp(p.FirstNumber, 0, 9999)
	if p.Columns > 1 && (p.W-p.Left-p.Right-p.Gap*(p.Columns-1))/p.Columns < least/2 {
		p.Columns = 0
	}
	return p
}

// column is how wide text runs.
func (p Page) column() int {
	wide := p.W - p.Left - p.Right
	if p.Columns > 1 {
		return (wide - p.Gap*(p.Columns-1)) / p.Columns
	}
	return wide
}

// node writes the page as the properties of a section; refs lead to headers and footers.
func (p Page) node(refs []*ooxml.Node) *ooxml.Node {
	sect := ooxml.El("w:sectPr").Add(refs...)
	if mode := map[PageMode]string{SamePage: "continuous", EvenPage: "evenPage", OddPage: "oddPage"}[p.Start]; mode != "" {
		sect.Add(ooxml.El("w:type", "w:val", mode))
	}
	size := ooxml.El("w:pgSz", "w:w", num(p.W), "w:h", num(p.H))
	if p.W > p.H {
		size.SetAttr("w:orient", "landscape")
	}
	sect.Add(size, ooxml.El("w:pgMar", "w:top", num(p.Top), "w:right", num(p.Right), "w:bottom", num(p.Bottom), "w:left", num(p.Left), "w:header", num(p.Head), "w:footer", num(p.Foot), "w:gutter", "0"))
	if p.FirstNumber > 0 {
		sect.Add(ooxml.El("w:pgNumType", "w:start", num(p.FirstNumber)))
	}
	if p.Columns > 1 {
		sect.Add(ooxml.El("w:cols", "w:num", num(p.Columns), "w:space", num(p.Gap)))
	}
	if p.Title {
		sect.Add(ooxml.El("w:titlePg"))
	}
	if p.Grid > 0 {
		sect.Add(ooxml.El("w:docGrid", "w:type", "lines", "w:linePitch", num(p.Grid)))
	}
	return sect
}
