package xlsx

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

const (
	maxCells = 800_000
	maxRow   = 1 << 20
	maxCol   = 1 << 14
)

// cell is one cell with something in it.
type cell struct {
	row, col int // from 0
	style    int
	typ      string
	value    string
	formula  string
	inline   *ooxml.Node
	runs     []run // what is displayed, filled by show
	number   bool  // displayed text comes from a number and stands as long as it is not edited
	shown    string
	image    string // id of a picture kept in the cell
}

// run is a stretch of a cell's text with its own font.
type run struct {
	props *ooxml.Node // x:rPr or nil
	text  *ooxml.Node
}

func (c *cell) text() string {
	var b strings.Builder
	for _, r := range c.runs {
		b.WriteString(r.text.Text)
	}
	return b.String()
}

// ErrDoubledCell refuses a sheet that holds a cell twice.
func ErrDoubledCell() error { return ooxml.ErrDamaged("a cell stands twice") }

// rowInfo is what a row says besides its cells.
type rowInfo struct {
	hidden bool
	attrs  []ooxml.Attr
}

// sheet is one sheet of the book.
type sheet struct {
	name   string
	part   string
	kind   string // worksheet, chartsheet, dialogsheet …
	hidden bool
	node   *ooxml.Node // x:sheet of the workbook
	root   *ooxml.Node // the part without its cells

	cells   []*cell // by row, then column
	rows    map[int]*rowInfo
	hidCols map[int]bool
	merges  []area
	covered map[[2]int]*area // top left corners of merges

	text     *ooxml.Text
	heads    []*headerFooter
	drawings []*drawing
	lists    []*ooxml.Node // x:formula1 of validations with a literal list
	rowNodes map[*ooxml.Node]int
	gone     map[int]bool // rows taken out by edits
	invis    map[*cell]bool
}

// area is a range of cells, corners included, counted from 0.
type area struct{ r0, c0, r1, c1 int }

func (a area) holds(r, c int) bool { return a.r0 <= r && r <= a.r1 && a.c0 <= c && c <= a.c1 }

// parseSheet reads the part of a sheet.
func parseSheet(data []byte, s *sheet) error {
	s.rows, s.hidCols, s.covered = map[int]*rowInfo{}, map[int]bool{}, map[[2]int]*area{}
	s.gone, s.invis = map[int]bool{}, map[*cell]bool{}
	lastRow, lastCol := -1, -1
	var bad error
	root, err := ooxml.ParseWith(data, func(n *ooxml.Node) bool {
		switch n.Name {
		case "x:c":
			c, ok := parseCell(n)
			if !ok { // a cell without an address stands behind the one before
				r := rowOf(n.Up, lastRow)
				if r != lastRow {
					lastCol = -1
				}
				c.row, c.col = r, lastCol+1
			}
			lastRow, lastCol = c.row, c.col
			if c.row >= maxRow || c.col >= maxCol || len(s.cells) >= maxCells {
				bad = ooxml.ErrTooLarge("cells")
				return true
			}
			if c.value != "" || c.formula != "" || c.inline != nil || c.style != 0 {
				s.cells = append(s.cells, c)
			}
			return true
		case "x:row":
			r := rowOf(n, lastRow)
			if len(n.Attrs) > 1 {
				ht, herr := strconv.ParseFloat(n.Attr("ht"), 64)
				s.rows[r] = &rowInfo{hidden: truth(n.Attr("hidden")) || herr == nil && ht == 0, attrs: append([]ooxml.Attr(nil), n.Attrs...)}
			}
			lastRow, lastCol = r, -1
			return true
		}
		return false
	})
	if err != nil {
		return err
	}
	if bad != nil {
		return bad
	}
	s.root = root
	sortCells(s.cells)
	for i := 1; i < len(s.cells); i++ {
		if a, b := s.cells[i-1], s.cells[i]; a.row == b.row && a.col == b.col { // programs disagree about which one counts
			return ErrDoubledCell()
		}
	}
	s.readCols()
	s.readMerges()
	return nil
}

func rowOf(n *ooxml.Node, last int) int {
	if v, err := strconv.Atoi(n.Attr("r")); err == nil && v > 0 && v <= maxRow {
		return v - 1
	}
	if n != nil && len(n.Kids) == 0 && n.Name == "x:row" {
		return last
	}
	return max(last, 0)
}

func parseCell(n *ooxml.Node) (*cell, bool) {
	c := &cell{typ: n.Attr("t")}
	c.style, _ = strconv.Atoi(n.Attr("s"))
	for _, k := range n.Kids {
		switch k.Name {
		case "x:v":
			c.value = k.Content()
		case "x:f":
			c.formula = strings.TrimSpace(k.Content())
			if c.formula == "" {
				c.formula = "=" // a cell of a shared formula
			}
		case "x:is":
			c.inline = k
		}
	}
	r, col, ok := parseRef(n.Attr("r"))
	c.row, c.col = r, col
	return c, ok
}

func sortCells(cs []*cell) {
	for i := 1; i < len(cs); i++ {
		if before(cs[i], cs[i-1]) {
			sortSlow(cs)
			return
		}
	}
}

func before(a, b *cell) bool { return a.row < b.row || a.row == b.row && a.col < b.col }

// parseRef reads A1, $B$2.
func parseRef(s string) (row, col int, ok bool) {
	i := 0
	for i < len(s) && (s[i] == '$' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z') {
		if s[i] != '$' {
			col = col*26 + int(s[i]&^0x20-'A') + 1
		}
		if i++; col > maxCol {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(strings.TrimPrefix(s[i:], "$"))
	if err != nil || col == 0 || row < 1 || row > maxRow {
		return 0, 0, false
	}
	return row - 1, col - 1, true
}

// parseArea reads A1:C3 or A1.
func parseArea(s string) (area, bool) {
	a, b, two := strings.Cut(s, ":")
	r0, c0, ok := parseRef(a)
	if !ok {
		return area{}, false
	}
	if !two {
		return area{r0, c0, r0, c0}, true
	}
	r1, c1, ok := parseRef(b)
	return area{min(r0, r1), min(c0, c1), max(r0, r1), max(c0, c1)}, ok
}

func colName(c int) string {
	s := ""
	for c++; c > 0; c = (c - 1) / 26 {
		s = string(rune('A'+(c-1)%26)) + s
	}
	return s
}

func ref(r, c int) string { return colName(c) + strconv.Itoa(r+1) }

func (s *sheet) readCols() {
	var hidden [maxCol]bool
	for _, k := range s.root.Kid("x:cols").All("x:col") {
		w, err := strconv.ParseFloat(k.Attr("width"), 64)
		if !truth(k.Attr("hidden")) && !(err == nil && w == 0) {
			continue
		}
		lo, _ := strconv.Atoi(k.Attr("min"))
		hi, _ := strconv.Atoi(k.Attr("max"))
		for c := max(lo, 1); c <= min(hi, maxCol); c++ {
			hidden[c-1] = true
		}
	}
	for c, h := range hidden {
		if h {
			s.hidCols[c] = true
		}
	}
}

func (s *sheet) readMerges() {
	for _, k := range s.root.Kid("x:mergeCells").All("x:mergeCell") {
		if a, ok := parseArea(k.Attr("ref")); ok {
			s.merges = append(s.merges, a)
		}
	}
	for i := range s.merges {
		s.covered[[2]int{s.merges[i].r0, s.merges[i].c0}] = &s.merges[i]
	}
}

// hiddenAt tells whether a cell's row or column is hidden. A merged cell is shown
// if any of its rows and columns is.
func (s *sheet) hiddenAt(c *cell) (row, col bool) {
	m := s.covered[[2]int{c.row, c.col}]
	if m == nil {
		return s.rowHidden(c.row), s.hidCols[c.col]
	}
	row, col = true, true
	for r := m.r0; r <= m.r1 && r < m.r0+5000; r++ {
		row = row && s.rowHidden(r)
	}
	for k := m.c0; k <= m.c1; k++ {
		col = col && s.hidCols[k]
	}
	return row, col
}

func (s *sheet) rowHidden(r int) bool { i := s.rows[r]; return i != nil && i.hidden }

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }
