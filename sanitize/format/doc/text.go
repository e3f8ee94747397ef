package doc

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
)

// story is the text of one story, laid out, with what is hidden in it.
type story struct {
	text  []rune
	cells []document.Cell

	pictures, objects, shapes, symbols int
	data                               []int // offsets of field data
	hidden                             map[hide][]string
	below                              map[int]bool // cells that go on with the cell above
	fields                             []string
	form                               fresh.Form
}

// walker lays out the characters of a story. A table row is one line, its cells
// parted by tabs.
type walker struct {
	f     *File
	s     *story
	units []uint16 // pending text units

	hid     map[hide]*[]uint16 // hidden units of this paragraph, by reason
	instr   [][]uint16         // open fields' instructions
	inField []bool             // open fields: still in the instruction

	table, row, col int
	cellAt          int   // where the open cell begins
	open            bool  // a row is open
	inTable         bool  // the last row may go on
	rowCells        []int // indexes of the cells of the open row
	edges           []map[int]bool
	rowEdges        [][]int
	rowsOf          [][]int
	visible         bool // something of this paragraph is seen

	laid
}

func (f *File) layout(from, to int) *story {
	w := &walker{f: f, s: &story{hidden: map[hide][]string{}, below: map[int]bool{}}, hid: map[hide]*[]uint16{}, table: -1}
	w.rows, w.tails = map[int][]formed{}, map[int][]fresh.Line{}
	for i := from; i < to; i++ {
		c := &f.chars[i]
		w.para, w.at = c.para, i
		w.char(c)
		if w.next < len(f.sections) && i+1 >= f.sections[w.next].end && from == 0 {
			w.endSection()
		}
	}
	w.flush()
	w.endHidden()
	if w.open { // a row without an end
		w.endCell()
		w.endRow(nil)
	}
	w.endLine(nil)
	w.columns()
	w.cellForms()
	for len(w.s.text) > 0 && w.s.text[len(w.s.text)-1] == '\n' && len(w.s.cells) == 0 {
		w.s.text = w.s.text[:len(w.s.text)-1]
	}
	return w.s
}

func (w *walker) char(c *char) {
	p := &w.f.paras[c.para]
	switch c.u {
	case fieldBegin:
		w.inField, w.instr = append(w.inField, true), append(w.instr, nil)
		w.numbers, w.totals = append(w.numbers, -1), append(w.totals, false)
		return
	case fieldSep:
		if n := len(w.inField); n > 0 {
			w.inField[n-1] = false
			w.fieldResult()
		}
		return
	case fieldEnd:
		if n := len(w.inField); n > 0 {
			w.fieldDone()
			w.s.fields = append(w.s.fields, units(w.instr[n-1]))
			w.inField, w.instr = w.inField[:n-1], w.instr[:n-1]
		}
		return
	}
	if n := len(w.inField); slices.Contains(w.inField, true) && c.u != paraMark && c.u != cellMark {
		if c.u >= 0x20 {
			w.instr[n-1] = append(w.instr[n-1], c.u)
		}
		return
	}
	switch {
	case c.u == cellMark && p.rowEnd:
		w.flush()
		w.endRow(p)
	case c.u == cellMark:
		w.flush()
		w.endHidden()
		w.startRow()
		w.endLine(c)
		w.endCell()
	case c.u == paraMark || c.u == pageBreak || c.u == lineBreak || c.u == columnEnd:
		w.line(c, p)
	default:
		w.plain(c)
	}
}

// line ends a line; a mark that is hidden or deleted after nothing visible ends none.
func (w *walker) line(c *char, p *paraProps) {
	if c.u == paraMark && c.hide != 0 && (!w.visible || c.hide&hideDel != 0) {
		w.endHidden()
		return
	}
	if c.u == paraMark && p.inTable {
		w.startRow()
	}
	w.flush()
	w.endHidden()
	if c.u == paraMark && !p.inTable {
		if w.open { // a row that ends without its mark
			w.endCell()
			w.endRow(nil)
		}
		w.inTable = false
	}
	w.endLine(c)
	w.s.text = append(w.s.text, '\n')
	w.lineAt = len(w.s.text)
	w.visible = false
	w.page = w.page || c.u == pageBreak
}

// plain takes a character of running text.
func (w *walker) plain(c *char) {
	u := c.u
	switch {
	case c.kind == kindPicture:
		w.s.pictures++
		w.picture(c)
		return
	case c.kind == kindObject:
		w.s.objects++
		return
	case c.kind == kindData:
		w.s.data = append(w.s.data, int(c.data))
		return
	case c.kind == kindSymbol:
		w.s.symbols++
		u = 0xFFFC
	case u == 0x08:
		w.float(c)
		return
	case u == 0x1E:
		u = '-'
	case u == '\t':
	case u < 0x20 || u == 0xFFFE || u == 0xFFFF:
		return
	}
	if c.hide != 0 {
		why := c.hide & -c.hide // the gravest alone
		if w.hid[why] == nil {
			w.hid[why] = &[]uint16{}
		}
		*w.hid[why] = append(*w.hid[why], u)
		return
	}
	if u == '\t' && w.f.paras[c.para].inTable {
		u = ' '
	}
	if w.f.paras[c.para].inTable {
		w.startRow()
	}
	w.visible = true
	if n := len(w.units); c.look != w.look && (n == 0 || !utf16.IsSurrogate(rune(w.units[n-1]))) {
		w.flush()
		w.look = c.look
	}
	w.units = append(w.units, u)
}

func (w *walker) flush() {
	start := len(w.s.text)
	for _, r := range utf16.Decode(w.units) {
		if r == utf8.RuneError { // half a sign that stands for nothing; no copy could hold it
			r = '□'
		}
		w.s.text = append(w.s.text, r)
	}
	w.units = w.units[:0]
	w.ran(start)
}

func units(us []uint16) string { return string(utf16.Decode(us)) }

// endHidden files what was hidden in the paragraph, a line for each reason.
func (w *walker) endHidden() {
	for _, why := range []hide{hideDel, hideVanish, hideWhite, hideTiny} {
		if h := w.hid[why]; h != nil && len(*h) > 0 {
			if s := strings.TrimSpace(string(utf16.Decode(*h))); s != "" {
				w.s.hidden[why] = append(w.s.hidden[why], s)
			}
			*h = (*h)[:0]
		}
	}
}

func (w *walker) startRow() {
	if w.open {
		return
	}
	w.flush0()
	w.open = true
	if !w.inTable {
		w.table++
		w.row, w.inTable = -1, true
		w.edges = append(w.edges, map[int]bool{})
		w.rowEdges, w.rowsOf = append(w.rowEdges, nil), append(w.rowsOf, nil)
	}
	w.row++
	w.col, w.rowCells = 0, nil
	w.cellAt = len(w.s.text)
	w.lineAt = w.cellAt
}

// flush0 puts a row on a line of its own.
func (w *walker) flush0() {
	if n := len(w.s.text); n > 0 && w.s.text[n-1] != '\n' {
		w.endLine(nil)
		w.s.text = append(w.s.text, '\n')
	}
}

func (w *walker) endCell() {
	for n := len(w.s.text); n > w.cellAt && w.s.text[n-1] == '\n'; n-- {
		w.s.text = w.s.text[:n-1]
	}
	if tail := w.s.form.Trim(len(w.s.text)); len(tail) > 0 {
		w.tails[len(w.s.cells)] = tail
	}
	w.rowCells = append(w.rowCells, len(w.s.cells))
	w.s.cells = append(w.s.cells, document.Cell{Span: document.Span{Start: w.cellAt, End: len(w.s.text)}, Table: w.table, Row: w.row, Col: w.col})
	w.col++
	w.s.text = append(w.s.text, '\t')
	w.cellAt = len(w.s.text)
	w.lineAt = w.cellAt
	w.visible = false
}

func (w *walker) endRow(p *paraProps) {
	w.endHidden()
	if !w.open {
		return
	}
	if n := len(w.s.text); n > 0 && w.s.text[n-1] == '\t' {
		w.s.text = w.s.text[:n-1]
	}
	w.s.text = append(w.s.text, '\n')
	w.open, w.visible = false, false
	w.lineAt = len(w.s.text)
	if p != nil && p.row != nil && len(p.row.cells) == len(w.rowCells) && len(w.rowCells) > 0 {
		w.rows[w.table] = append(w.rows[w.table], formed{p.row, w.rowCells})
	}
	if p != nil {
		for i, c := range w.rowCells {
			if i < len(p.below) && p.below[i] {
				w.s.below[c] = true
			}
		}
	}
	if p != nil && len(p.edges) == len(w.rowCells)+1 {
		t := w.table
		w.rowEdges[t] = append(w.rowEdges[t], p.edges...)
		for _, e := range p.edges {
			w.edges[t][e] = true
		}
		for i, c := range w.rowCells {
			w.s.cells[c].Col = p.edges[i] // a position for now
		}
		w.rowsOf[t] = append(w.rowsOf[t], w.rowCells...)
	}
}

// columns turns the positions of cell borders into columns that all rows of a table share.
func (w *walker) columns() {
	for t := range w.rowsOf {
		var at []int
		for e := range w.edges[t] {
			at = append(at, e)
		}
		slices.Sort(at)
		at = joinNear(at)
		for _, c := range w.rowsOf[t] {
			pos := w.s.cells[c].Col
			k := 0
			for k+1 < len(at) && at[k+1] <= pos+nearBorder {
				k++
			}
			w.s.cells[c].Col = k
		}
	}
}

const nearBorder = 40 // twips by which borders of one column may differ

func joinNear(at []int) []int {
	var out []int
	for _, a := range at {
		if n := len(out); n == 0 || a-out[n-1] > nearBorder {
			out = append(out, a)
		}
	}
	return out
}

// dullFields are instructions that say where a text comes from in the document itself.
var dullFields = regexp.MustCompile(`(?i)^\s*(PAGE|NUMPAGES|SECTIONPAGES|SECTION|TOC|PAGEREF|NOTEREF|REF|SEQ|STYLEREF|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|SYMBOL|EQ|ADVANCE|AUTONUM\w*|LISTNUM|SHAPE|EMBED|NUMCHARS|NUMWORDS|HYPERLINK\s+\\l)\b[^\p{Han}@]*$`)

var linkTarget = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+(?:\\\w\s+)*"?([^"]*)"?(.*)$`)
