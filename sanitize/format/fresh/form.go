package fresh

import (
	"slices"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Form is how the text of a part looks, as far as a copy keeps it. All spans are rune
// offsets in the text of the part.
type Form struct {
	Runs     []Run
	Lines    []Line
	Pictures []Inline
	Cells    []CellForm // in the order of the part's cells; empty: columns of one width
}

// Look is how signs look. The zero value is the ordinary text of the document.
type Look struct {
	Bold, Italic, Underline, Strike bool
	Size                            int // in half points; 0 as the document
	Raise                           int // above 0 superscript, below 0 subscript
}

// Run is a stretch of signs of one look.
type Run struct {
	document.Span
	Look
}

// Line is how a paragraph stands. Lengths in twips.
type Line struct {
	document.Span
	Align              string // of WordprocessingML: left, center, right, both; "" as the document
	First, Left, Right int    // indents, the first line's counted from the left one
	Before, After      int    // space around it
	Break              bool   // begins a page
	Spacing            int    // of lines: above 0 in 240ths of the usual, below 0 at least so high; 0 as the document
}

// Inline is a picture between the signs. Lengths in EMU.
type Inline struct {
	At   int
	Key  string // pictures of one key are the same
	Data []byte
	Crop ooxml.Crop
	W, H int
}

// CellForm is where a cell of a table stands. Lengths in twips from the left of the table.
type CellForm struct {
	Left, Right int
	High        int // of its row at least; 0 as its text
	Down        Down
	Gone        bool // empty and part of the cell before
}

// Down says how a cell is merged with those below.
type Down uint8

// Ways of merging downwards.
const (
	Alone Down = iota
	Begins
	GoesOn
)

// Page is the size and the margins of the pages, in twips.
type Page struct{ W, H, Top, Right, Bottom, Left int }

// usualPage is A4 upright with the margins of official papers.
func usualPage() Page { return Page{pageWide, pageHigh, 2098, 1474, 1985, 1588} }

// Sane gives the page if it leaves room for text, else the usual one.
func (p Page) Sane() Page {
	const least, most = 2000, 31680
	if p.W < least || p.H < least || p.W > most || p.H > most || min(p.Top, p.Right, p.Bottom, p.Left) < 0 || p.Left+p.Right > p.W-least/2 || p.Top+p.Bottom > p.H-least/2 {
		return usualPage()
	}
	return p
}

// Moved carries a form along with the edits of its part; to maps spans of the old
// text to the new one. What stands where something was taken out whole goes with it.
func (f *Form) Moved(edits []document.Edit, to func(document.Span) document.Span) *Form {
	if f == nil {
		return nil
	}
	out := &Form{Cells: f.Cells}
	for _, r := range f.Runs {
		if r.Span = to(r.Span); r.Len() > 0 {
			out.Runs = append(out.Runs, r)
		}
	}
	for _, l := range f.Lines {
		l.Span = to(l.Span)
		out.Lines = append(out.Lines, l)
	}
	for _, p := range f.Pictures {
		gone := slices.ContainsFunc(edits, func(e document.Edit) bool {
			return e.Start <= p.At && p.At <= e.End && (e.Scope != document.ScopePhrase || e.Start < p.At && p.At < e.End && e.Text == "")
		})
		if !gone {
			p.At = to(document.Span{Start: p.At, End: p.At}).End
			out.Pictures = append(out.Pictures, p)
		}
	}
	return out
}

// look is how the sign at an offset looks, and where that ends at the latest.
func (f *Form) look(at, end int) (Look, int) {
	if f == nil {
		return Look{}, end
	}
	for _, r := range f.runsFrom(at) {
		switch {
		case r.Start > at:
			return Look{}, min(end, r.Start)
		case at < r.End:
			return r.Look, min(end, r.End)
		}
	}
	return Look{}, end
}

// runsFrom are the runs that end after an offset; runs are sorted.
func (f *Form) runsFrom(at int) []Run {
	i, _ := slices.BinarySearchFunc(f.Runs, at+1, func(r Run, at int) int { return r.End - at })
	return f.Runs[i:]
}

// line is how the paragraph [from, to) stands.
func (f *Form) line(from, to int) Line {
	if f == nil {
		return Line{}
	}
	i, _ := slices.BinarySearchFunc(f.Lines, from, func(l Line, at int) int { return l.End - at })
	for ; i < len(f.Lines) && f.Lines[i].Start <= to; i++ {
		if f.Lines[i].End >= from {
			return f.Lines[i]
		}
	}
	return Line{}
}
