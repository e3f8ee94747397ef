package fresh

import (
	"slices"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// borders are those between the columns of a table, in twips.
type borders []int

// mostTail is how many empty paragraphs a cell ends with at most.
const mostTail = 60

// near is how far apart two borders may be and still count as one.
const near = 25

// bordersOf gives the borders that the cells of a table stand between: those that
// their forms say, or columns of one width.
func (s *story) bordersOf(cells []celled) borders {
	var out borders
	n, formed := 1, true
	for _, c := range cells {
		n = max(n, min(c.Col+1, maxTableCols))
		if !c.Gone {
			formed = formed && c.Right > c.Left
			out = append(out, c.Left, c.Right)
		}
	}
	if formed && len(out) > 0 {
		slices.Sort(out)
		kept := out[:1]
		for _, v := range out[1:] {
			if v-kept[len(kept)-1] > near {
				kept = append(kept, v)
			}
		}
		if len(kept) >= 2 && len(kept) <= maxTableCols+1 {
			return kept
		}
	}
	wide := s.f.textWide() / n
	out = nil
	for i := range n + 1 {
		out = append(out, i*wide)
	}
	return out
}

// at gives the number of the border that is nearest.
func (c borders) at(v int) int {
	i, _ := slices.BinarySearch(c, v-near)
	return min(i, len(c)-1)
}

// rowWriter fills the row at hand.
type rowWriter struct {
	row  *ooxml.Node
	cell *ooxml.Node
	cols borders
	col  int // columns filled
	last int // number of the row at hand

	ground Colour // of the cell at hand
}

// table renders the cells of one table; what stands between them is kept in the
// cell before. It gives the end of the last cell.
func (s *story) table(cells []celled, at int) (*ooxml.Node, int) {
	cols := s.bordersOf(cells)
	formed := !slices.ContainsFunc(cells, func(c celled) bool { return !c.Gone && c.Right <= c.Left }) && cols.covers(cells)
	own := slices.ContainsFunc(cells, func(c celled) bool { return c.Edges != nil })
	tbl := ooxml.El("w:tbl").Add(s.tableProps(cells[0].Table, cols, own), grid(cols))
	w := &rowWriter{cols: cols, last: -1}
	s.inCell = true
	defer func() { s.inCell, s.ground = false, 0 }()
	for _, c := range cells {
		start := clamp(c.Start, at, len(s.text))
		end := clamp(c.End, start, len(s.text))
		if gap := strings.TrimSpace(string(s.text[at:start])); gap != "" && w.cell != nil {
			w.cell.Add(s.lines(at, start, true)...)
		}
		if c.Row != w.last || w.row == nil {
			w.endRow()
			w.row = ooxml.El("w:tr")
			if pr := rowProps(c.CellForm); len(pr.Kids) > 0 {
				w.row.Add(pr)
			}
			tbl.Add(w.row)
			w.last, w.col = c.Row, 0
		}
		w.place(c, formed, strings.TrimSpace(string(s.text[start:end])) == "")
		s.ground = w.ground
		w.cell.Add(s.lines(start, end, true)...)
		for _, l := range c.Tail[:min(len(c.Tail), mostTail)] {
			w.cell.Add(ooxml.El("w:p").Add(s.ppr(l, true)))
		}
		at = end
	}
	w.endRow()
	return tbl, at
}

// covers tells whether all cells stand between these borders.
func (c borders) covers(cells []celled) bool {
	for _, x := range cells {
		if !x.Gone && c.at(x.Right) <= c.at(x.Left) {
			return false
		}
	}
	return true
}

// place opens the cell that a text goes into.
func (w *rowWriter) place(c celled, formed, empty bool) {
	n := len(w.cols) - 1
	switch {
	case formed && c.Gone && w.cell != nil && empty:
	case formed && !c.Gone && w.cols.at(c.Left) >= w.col:
		w.fill(w.cols.at(c.Left))
		span := w.cols.at(c.Right) - w.col
		w.open(span)
		if c.Down == Begins || c.Down == GoesOn && empty {
			m := ooxml.El("w:vMerge")
			if c.Down == Begins {
				m.SetAttr("w:val", "restart")
			}
			w.cell.Kid("w:tcPr").Add(m)
		}
		w.paint(c.CellForm)
	case w.col < n:
		if !formed {
			w.fill(min(c.Col, n-1))
		}
		w.open(1)
	}
}

// open begins a cell over some borders.
func (w *rowWriter) open(span int) {
	to := min(w.col+max(1, span), len(w.cols)-1)
	w.cell = tableCell(w.cols[to]-w.cols[w.col], to-w.col)
	w.row.Add(w.cell)
	w.col, w.ground = to, 0
}

// paint draws the lines around the cell at hand and its ground.
func (w *rowWriter) paint(c CellForm) {
	pr := w.cell.Kid("w:tcPr")
	if c.Edges != nil {
		n := ooxml.El("w:tcBorders")
		for i, name := range []string{"w:top", "w:left", "w:bottom", "w:right"} {
			n.Add(c.Edges[i].node(name))
		}
		pr.Add(n)
	}
	if c.Ground != 0 {
		pr.Add(shade(c.Ground))
		w.ground = c.Ground
	}
	if c.Upright == "center" || c.Upright == "bottom" {
		pr.Add(ooxml.El("w:vAlign", "w:val", c.Upright))
	}
}

// rowProps are the height of a row and whether it heads each page.
func rowProps(c CellForm) *ooxml.Node {
	pr := ooxml.El("w:trPr")
	if c.High > 0 {
		pr.Add(ooxml.El("w:trHeight", "w:val", num(min(c.High, 15000)), "w:hRule", "atLeast"))
	}
	if c.Head {
		pr.Add(ooxml.El("w:tblHeader"))
	}
	return pr
}

// fill puts empty cells up to a column.
func (w *rowWriter) fill(to int) {
	for w.row != nil && w.col < to {
		w.open(1)
		w.cell.Add(ooxml.El("w:p"))
	}
}

func (w *rowWriter) endRow() { w.fill(len(w.cols) - 1) }

// tableProps says how a table stands and, where its cells do not, which lines it has.
func (s *story) tableProps(table int, cols borders, own bool) *ooxml.Node {
	pr := ooxml.El("w:tblPr").Add(ooxml.El("w:tblW", "w:w", num(cols[len(cols)-1]-cols[0]), "w:type", "dxa"))
	var form TableForm
	if s.form != nil {
		form = s.form.Tables[table]
	}
	switch most := s.f.textWide() / 2; {
	case form.Align == "center" || form.Align == "right":
		pr.Add(ooxml.El("w:jc", "w:val", form.Align))
	case form.Indent != 0:
		pr.Add(ooxml.El("w:tblInd", "w:w", num(clamp(form.Indent, -most/3, most)), "w:type", "dxa"))
	}
	if !own {
		edges := ooxml.El("w:tblBorders")
		for _, s := range []string{"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"} {
			edges.Add(ooxml.El(s, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "000000"))
		}
		pr.Add(edges)
	}
	pr.Add(ooxml.El("w:tblLayout", "w:type", "fixed"))
	if form.Pad > 0 {
		pad := num(min(form.Pad, 400))
		pr.Add(ooxml.El("w:tblCellMar").Add(ooxml.El("w:left", "w:w", pad, "w:type", "dxa"), ooxml.El("w:right", "w:w", pad, "w:type", "dxa")))
	}
	return pr
}

func grid(cols borders) *ooxml.Node {
	g := ooxml.El("w:tblGrid")
	for i := 1; i < len(cols); i++ {
		g.Add(ooxml.El("w:gridCol", "w:w", num(cols[i]-cols[i-1])))
	}
	return g
}

func tableCell(width, span int) *ooxml.Node {
	pr := ooxml.El("w:tcPr").Add(ooxml.El("w:tcW", "w:w", num(width), "w:type", "dxa"))
	if span > 1 {
		pr.Add(ooxml.El("w:gridSpan", "w:val", num(span)))
	}
	return ooxml.El("w:tc").Add(pr)
}
