package fresh

import (
	"slices"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Form is how the text of a part looks, as far as a copy keeps it. All spans are rune
// offsets in the text of the part. Whatever a file says, the writer takes lengths within
// bounds, fonts that Font knows and colours that leave the text to be read.
type Form struct {
	Runs     []Run
	Lines    []Line
	Pictures []Inline
	Cells    []CellForm        // in the order of the part's cells; empty: columns of one width
	Tables   map[int]TableForm // by the number that the cells give
	Fields   []Field
	Sections []Section // of a body: all but the last, whose page is that of the document
}

// Look is how signs look. The zero value is the ordinary text of the document.
type Look struct {
	Bold, Italic, Underline, Strike bool
	Size                            int    // in half points; 0 as the document
	Raise                           int    // above 0 superscript, below 0 subscript
	East, West                      string // fonts for signs of the East and for others; "" as the document
	Colour, Ground                  Colour
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
	Exact              bool   // a height below 0 is not only the least, where the signs find room in it
	Loose              bool   // takes no notice of the grid of the page
	Next, Whole        bool   // stands on the page of the next paragraph; stands on one page
	Level              int    // of a heading, from 1 to 9; 0 is none
	List, Depth        int    // number in Layout.Lists from 1 and level from 0; 0 is no list
	Mark               Look   // of its end and of its number
	Ground             Colour
	Above, Below       Edge
	Tabs               []Tab
}

// Tab is where a tab leads to, in twips from the left margin.
type Tab struct {
	At    int
	Align string // left, center, right, decimal
	Lead  string // dot, hyphen, underscore; "" is nothing
}

// Edge is a line at the side of a cell or paragraph; the zero value is none.
type Edge struct {
	Kind   string // of WordprocessingML: single, double, dotted, dashed; "" is none
	Size   int    // in eighths of a point
	Colour Colour
}

// Field is a stretch of text that the program works out anew: the number of the page or
// of all pages.
type Field struct {
	document.Span
	Total bool // of all pages
}

// Section is a stretch of a body on pages of one kind.
type Section struct {
	At   int // where it ends
	Page Page
}

// Inline is a picture between the signs. Lengths in EMU.
type Inline struct {
	At   int
	Key  string // pictures of one key are the same
	Data []byte
	Crop ooxml.Crop
	W, H int

	Float *Float // nil is a picture in the line
}

// Float is where a picture stands that floats on the page. Lengths in EMU.
type Float struct {
	X, Y           int
	FromX, FromY   string // page, margin, column; page, margin, paragraph
	AlignX, AlignY string // left, center, right; top, center, bottom; "" is at X or Y
	Wrap           string // square, topAndBottom; "" lets text run on
	Behind         bool   // the text
}

// CellForm is where a cell of a table stands. Lengths in twips from the left of the table.
type CellForm struct {
	Left, Right int
	High        int // of its row at least; 0 as its text
	Down        Down
	Gone        bool     // empty and part of the cell before
	Head        bool     // its row stands again at the head of each page
	Edges       *[4]Edge // top, left, bottom, right; nil are thin lines
	Ground      Colour
	Upright     string // center or bottom; "" is top
	Tail        []Line // empty paragraphs behind its text
}

// TableForm is how a table stands. Lengths in twips.
type TableForm struct {
	Align  string // center or right; "" is left
	Indent int
	Pad    int // at the left and right of the text of its cells
}

// Down says how a cell is merged with those below.
type Down uint8

// Ways of merging downwards.
const (
	Alone Down = iota
	Begins
	GoesOn
)

// Moved carries a form along with the edits of its part; to maps spans of the old
// text to the new one. What stands where something was taken out whole goes with it.
func (f *Form) Moved(edits []document.Edit, to func(document.Span) document.Span) *Form {
	if f == nil {
		return nil
	}
	out := &Form{Cells: f.Cells, Tables: f.Tables}
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
	for _, x := range f.Fields {
		touched := slices.ContainsFunc(edits, func(e document.Edit) bool { return e.Start < x.End && x.Start < e.End })
		if x.Span = to(x.Span); !touched && x.Len() > 0 {
			out.Fields = append(out.Fields, x)
		}
	}
	for _, x := range f.Sections {
		x.At = to(document.Span{Start: x.At, End: x.At}).End
		out.Sections = append(out.Sections, x)
	}
	return out
}

// Trim drops the lines that begin behind an offset, those of a text that was cut off
// there, and gives them.
func (f *Form) Trim(at int) []Line {
	n := len(f.Lines)
	for n > 0 && f.Lines[n-1].Start > at {
		n--
	}
	cut := slices.Clone(f.Lines[n:])
	f.Lines = f.Lines[:n]
	return cut
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

// field is the field that begins at an offset and ends on the same line.
func (f *Form) field(at, end int) (Field, bool) {
	if f == nil {
		return Field{}, false
	}
	for _, x := range f.Fields {
		if x.Start == at && x.End > at && x.End <= end {
			return x, true
		}
	}
	return Field{}, false
}

// fieldFrom is where the next field behind an offset begins, or end.
func (f *Form) fieldFrom(at, end int) int {
	if f != nil {
		for _, x := range f.Fields {
			if x.Start > at && x.Start < end {
				end = x.Start
			}
		}
	}
	return end
}

// tallest is how high the signs of a paragraph stand at most, in twips.
func (f *Form) tallest(from, to int) int {
	most := 240
	for at := from; at < to; {
		l, end := f.look(at, to)
		most, at = max(most, l.Size*10), end
	}
	return most
}
