package scan

import (
	"slices"
	"sort"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/normal"
)

// Cell is a cell of a table with what its head says. Span counts runes of the
// normalised view, without blanks at either end.
type Cell struct {
	document.Span
	Table, Row, Col int
	Head            string // normalised text of the column head or of the label to the left, "" if there is none
	Field           Field  // what that head announces
	IsHead          bool   // the cell is itself a head or a label

	says string // the head as the reasons name it
}

// Cells gives the cells of a part in the order of the text, each with its head.
//
// Where the reader has placed cells (document.Part.Cells) those are taken;
// otherwise lines of plain text are a table where two or more of them in a row are
// parted into the same number of cells by tabs, bars or commas and the first reads like a row
// of heads. A label and its value in neighbouring cells count as well (a form):
//
//	姓名    身份证号            │ 联系人 │ 沈屿舟 │ 电话 │ 139… │
//	沈屿舟  3101011982…         │
//	└ head: 姓名                  └ label  └ value
func Cells(p *document.Part, v *normal.View) []Cell {
	var g grid
	if p != nil && len(p.Cells) > 0 {
		g.place(p, v)
	} else {
		g.part(v)
	}
	if len(g.cells) == 0 {
		return nil
	}
	label(v.Text, g.rows())
	byStart := func(a, b Cell) int { return a.Start - b.Start }
	if !slices.IsSortedFunc(g.cells, byStart) {
		slices.SortStableFunc(g.cells, byStart)
	}
	return g.cells
}

// grid holds the cells of all rows one behind the other.
type grid struct {
	cells []Cell
	ends  []int // where each row ends in cells
}

// mostCells bounds for how many cells room is made ahead.
const mostCells = 1 << 13

// rows are the cells by row.
func (g *grid) rows() [][]Cell {
	out := make([][]Cell, len(g.ends))
	start := 0
	for i, end := range g.ends {
		out[i] = g.cells[start:end:end]
		start = end
	}
	return out
}

// place turns the reader's cells into rows of the view.
func (g *grid) place(p *document.Part, v *normal.View) {
	cs := append([]document.Cell(nil), p.Cells...)
	sort.SliceStable(cs, func(a, b int) bool {
		x, y := cs[a], cs[b]
		if x.Table != y.Table {
			return x.Table < y.Table
		}
		if x.Row != y.Row {
			return x.Row < y.Row
		}
		return x.Col < y.Col
	})
	g.cells = make([]Cell, 0, len(cs))
	for i, c := range cs {
		cell := Cell{Span: trim(v.Text, v.Normal(c.Span)), Table: c.Table, Row: c.Row, Col: c.Col}
		if c.Label != "" {
			cell.Head = string(normal.New(c.Label).Text)
			cell.Field = HeadField(cell.Head)
			cell.says = "表头“" + cell.Head + "”"
		}
		if i == 0 || cs[i-1].Table != c.Table || cs[i-1].Row != c.Row {
			g.ends = append(g.ends, i)
		}
		g.cells = append(g.cells, cell)
		g.ends[len(g.ends)-1] = i + 1
	}
}

// part finds tables in plain text, by lines.
func (g *grid) part(v *normal.View) {
	t := v.Text
	table, row, width := -1, 0, 0
	var sep rune
	for i := 0; i < len(t); {
		end, s := lineSeparator(t, i)
		if s == 0 && single(t[i:end], width, sep == oneBlank) {
			s = oneBlank
		}
		from := len(g.cells)
		g.cells = appendCells(g.cells, v, document.Span{Start: i, End: end}, s, sep == ',', width)
		if cells := g.cells[from:]; len(cells) > 0 {
			if s != sep || (s == ',' || s == oneBlank) && len(cells) != width {
				table, row, sep, width = table+1, 0, s, len(cells)
			}
			for c := range cells {
				cells[c].Table, cells[c].Row, cells[c].Col = table, row, c
			}
			if g.ends = append(g.ends, len(g.cells)); len(g.ends) == 2 { // more rows like this one will follow
				g.cells = slices.Grow(g.cells, min(len(cells)*(len(t)-i)/(end-i+1), mostCells))
			}
			row++
		} else {
			sep = 0
		}
		i = end + 1
	}
}

// appendCells cuts a line at its separator and appends the cells; none if it is no row. A
// line with commas is a row if it goes on a table of that width, or if all its commas are ASCII.
func appendCells(dst []Cell, v *normal.View, line document.Span, sep rune, going bool, width int) []Cell {
	switch sep {
	case 0:
		return dst
	case ' ':
		return cutBlanks(dst, v.Text, line.Start, line.End)
	case oneBlank:
		return cut(dst, v.Text, line.Start, line.End, ' ')
	case ',':
		ascii := line.Len() <= 300 && asciiCommas(v, line.Start, line.End)
		if !ascii && !going {
			return dst
		}
		if c := cutCommas(dst, v, line.Start, line.End); ascii || len(c)-len(dst) == width {
			return c
		}
		return dst
	}
	return cut(dst, v.Text, line.Start, line.End, sep)
}

// lineSeparator finds the end of the line at i and what parts its cells.
func lineSeparator(t []rune, i int) (end int, sep rune) {
	tabs, bars, commas, blanks := 0, 0, 0, 0
	for end = i; end < len(t) && t[end] != '\n'; end++ {
		switch t[end] {
		case '\t':
			tabs++
		case '|':
			bars++
		case ',':
			commas++
		case ' ':
			if end > i && t[end-1] == ' ' && end+1 < len(t) && t[end+1] != ' ' && t[end+1] != '\n' {
				blanks++
			}
		}
	}
	return end, separator(tabs, bars, commas, blanks)
}

// oneBlank stands for a single blank as separator.
const oneBlank = rune(1)

// The longest row, in runes, and the fewest cells of one parted by single blanks.
const (
	longestSingle = 80
	fewestSingle  = 3
)

// single tells whether a line is a row parted by single blanks: nothing but heads, or
// under such a row one with as many cells.
func single(line []rune, width int, going bool) bool {
	if len(line) > longestSingle {
		return false
	}
	n, from := 0, 0
	for i := 0; i <= len(line); i++ {
		if i < len(line) && line[i] != ' ' {
			continue
		}
		if i == from {
			return false
		}
		if !going && (i-from > 8 || !defaultLexicon().begins(line[from:i]) || HeadField(string(line[from:i])) == FieldNone) {
			return false
		}
		n++
		from = i + 1
	}
	return n >= fewestSingle && (!going || n == width)
}

// separator is what parts the cells of a line; ' ' stands for two blanks or more.
func separator(tabs, bars, commas, blanks int) rune {
	switch {
	case tabs > 0:
		return '\t'
	case bars > 1:
		return '|'
	case blanks > 0:
		return ' '
	case commas > 0:
		return ','
	}
	return 0
}

// asciiCommas tells whether every comma of a line is an ASCII one: a Chinese
// sentence is not a row.
func asciiCommas(v *normal.View, from, to int) bool {
	for i := from; i < to; i++ {
		if v.Text[i] == ',' && v.Source[v.At(i)] != ',' || v.Text[i] == '。' {
			return false
		}
	}
	return true
}

func cut(out []Cell, t []rune, from, to int, sep rune) []Cell {
	first, start := len(out), from
	for i := from; i <= to; i++ {
		if i < to && t[i] != sep {
			continue
		}
		out = append(out, Cell{Span: trim(t, document.Span{Start: start, End: i})})
		start = i + 1
	}
	if sep == '|' { // a line may begin and end with a bar
		if n := len(out); n-first > 2 && out[n-1].Len() == 0 {
			out = out[:n-1]
		}
		if len(out)-first > 1 && out[first].Len() == 0 {
			out = slices.Delete(out, first, first+1)
		}
	}
	return out
}

// cutCommas cuts a line of CSV: ASCII commas, but not those within quotation marks.
func cutCommas(out []Cell, v *normal.View, from, to int) []Cell {
	start, quoted := from, false
	for i := from; i <= to; i++ {
		if i < to && v.Text[i] == '"' && v.Source[v.At(i)] == '"' {
			quoted = !quoted
		}
		if i < to && (quoted || v.Text[i] != ',' || v.Source[v.At(i)] != ',') {
			continue
		}
		out = append(out, Cell{Span: trim(v.Text, document.Span{Start: start, End: i})})
		start = i + 1
	}
	return out
}

// cutBlanks cuts a line at two blanks or more, but not between single Han
// characters (姓  名).
func cutBlanks(out []Cell, t []rune, from, to int) []Cell {
	start := from
	for i := from; i < to; i++ {
		if t[i] != ' ' || i+1 >= to || t[i+1] != ' ' {
			continue
		}
		end := i
		for i < to && t[i] == ' ' {
			i++
		}
		if end > start && !apart(t, start, end, i, to) {
			out = append(out, Cell{Span: trim(t, document.Span{Start: start, End: end})})
			start = i
		}
		if end == start {
			start = i
		}
		i--
	}
	if start < to {
		out = append(out, Cell{Span: trim(t, document.Span{Start: start, End: to})})
	}
	return out
}

// apart tells whether the blanks [end,i) only set two characters of one word apart.
func apart(t []rune, start, end, i, to int) bool {
	if end-start != 1 || !han(t[start]) || i >= to || !han(t[i]) {
		return false
	}
	return i+1 >= to || t[i+1] == ' ' || t[i+1] == ':'
}

func trim(t []rune, s document.Span) document.Span {
	for s.Start < s.End && outer(t[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && outer(t[s.End-1]) {
		s.End--
	}
	return s
}

func outer(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '"' || r == '|' }

// maxHead is the longest text, in runes, that is taken for a head.
const maxHead = 24

// heads are the heads of the columns of one table.
type heads map[int]Cell

// label gives each cell the field of its column head or of the label beside it.
func label(t []rune, rows [][]Cell) {
	var columns heads
	table := -1
	for _, row := range rows {
		if row[0].Table != table {
			table, columns = row[0].Table, nil
		}
		if markLabels(t, row, columns) && headRow(t, row) {
			columns = takeHeads(t, row)
			continue
		}
		underHeads(t, row, columns)
	}
}

// markLabels marks the cells that are labels; false if there is none, or nothing beside it.
func markLabels(t []rune, row []Cell, columns heads) bool {
	x := defaultLexicon()
	known, filled := 0, 0
	for i := range row {
		c := &row[i]
		if c.Len() == 0 {
			continue
		}
		filled++
		if c.Len() > maxHead || c.Field != FieldNone || !x.begins(t[c.Start:c.End]) {
			continue
		}
		if f := HeadField(string(t[c.Start:c.End])); f != FieldNone && !columns.explain(c.Col, f) {
			known++
			c.IsHead = true
		}
	}
	return filled > 1 && known > 0
}

// explain tells whether a cell that reads like a label is a value under its head:
// 主任 under 职务, 护照 under 证件类型.
func (h heads) explain(col int, f Field) bool {
	head, ok := h[col]
	return ok && f != head.Field && (f == FieldPerson || strings.HasSuffix(head.Head, "类型") || strings.HasSuffix(head.Head, "种类") || head.Field == FieldTitle)
}

// takeHeads makes a row the heads of the rows below.
func takeHeads(t []rune, row []Cell) heads {
	h := make(heads, len(row))
	for i := range row {
		c := &row[i]
		c.IsHead = true
		text := string(t[c.Start:c.End])
		h[c.Col] = Cell{Field: HeadField(text), Head: text, says: "表头“" + text + "”"}
	}
	return h
}

// underHeads gives the cells of a row what is above them, or else what is to the left.
func underHeads(t []rune, row []Cell, columns heads) {
	for i := range row {
		c := &row[i]
		own := c.IsHead
		if c.Field != FieldNone {
			continue // the reader knew
		}
		if h, ok := columns[c.Col]; ok {
			c.IsHead = false
			c.Field, c.Head, c.says = h.Field, h.Head, h.says
			if h.Field != FieldNone || !own {
				continue
			}
		}
		if i > 0 && row[i-1].IsHead && !own {
			c.Head = string(t[row[i-1].Start:row[i-1].End])
			c.Field = HeadField(c.Head)
			c.says = "表头“" + c.Head + "”"
		}
	}
}
