package rtf

import (
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
)

// flow lays text out: lines, and table rows as one line with cells parted by tabs.
type flow struct {
	s struct {
		text   []rune
		cells  []document.Cell
		fields []string
	}
	hidden  []filed
	hid     map[string]*strings.Builder
	visible bool

	look     fresh.Look // of what is put next
	para     fresh.Line // of the paragraph at hand
	form     fresh.Form
	page     bool // the next paragraph begins a page
	lineAt   int  // where the paragraph at hand begins
	defs     []cellDef
	def      cellDef     // being read
	side     *fresh.Edge // being read
	row0     tableDef    // the row at hand
	colour   func(int) fresh.Colour
	rowCells int // cells before the row at hand

	table   int
	inTable bool // the last row may go on
	open    bool
	rowNo   int
	col     int
	cellAt  int
}

func (f *flow) put(s, why string, inTable bool) {
	if why != "" {
		if f.hid == nil {
			f.hid = map[string]*strings.Builder{}
		}
		if f.hid[why] == nil {
			f.hid[why] = &strings.Builder{}
		}
		f.hid[why].WriteString(s)
		return
	}
	if inTable {
		f.startRow()
		s = strings.ReplaceAll(s, "\t", " ")
	}
	start := len(f.s.text)
	for _, r := range s {
		if r == utf8.RuneError { // bytes that stand for nothing; no copy could hold it
			r = '□'
		}
		if r >= 0x20 || r == '\t' {
			f.s.text = append(f.s.text, r)
		}
	}
	f.ran(start)
	f.visible = f.visible || strings.TrimSpace(s) != ""
}

// endHidden files what was hidden in the paragraph.
func (f *flow) endHidden() {
	for _, why := range []string{"修订删除", "隐藏文字", "白色文字", "极小字"} {
		b := f.hid[why]
		if b == nil {
			continue
		}
		if s := strings.TrimSpace(b.String()); s != "" {
			rule := "N03"
			if why == "修订删除" {
				rule = "N02"
			}
			f.hidden = append(f.hidden, filed{rule, why, s})
		}
		b.Reset()
	}
}

// line ends a line; a hidden mark after nothing visible ends none.
func (f *flow) line(hidden, inTable bool) {
	f.endHidden()
	if hidden && !f.visible {
		return
	}
	if inTable {
		f.startRow()
	} else if f.open {
		f.cell()
		f.row()
	}
	if !inTable {
		f.inTable = false
	}
	f.endPara()
	f.s.text = append(f.s.text, '\n')
	f.lineAt = len(f.s.text)
	f.visible = false
}

func (f *flow) newline() {
	if n := len(f.s.text); n > 0 && f.s.text[n-1] != '\n' {
		f.endPara()
		f.s.text = append(f.s.text, '\n')
	}
	f.lineAt = len(f.s.text)
}

func (f *flow) newTableRow() {
	if !f.open {
		f.endHidden()
	}
}

func (f *flow) startRow() {
	if f.open {
		return
	}
	f.newline()
	f.open = true
	if !f.inTable {
		if len(f.s.cells) > 0 {
			f.table++
		}
		f.rowNo, f.inTable = -1, true
	}
	f.rowNo++
	f.col, f.cellAt = 0, len(f.s.text)
	f.lineAt, f.rowCells = len(f.s.text), len(f.s.cells)
}

func (f *flow) cell() {
	f.endHidden()
	f.startRow()
	f.endPara()
	for n := len(f.s.text); n > f.cellAt && f.s.text[n-1] == '\n'; n-- {
		f.s.text = f.s.text[:n-1]
	}
	f.form.Trim(len(f.s.text))
	f.s.cells = append(f.s.cells, document.Cell{Span: document.Span{Start: f.cellAt, End: len(f.s.text)}, Table: f.table, Row: f.rowNo, Col: f.col})
	f.col++
	f.s.text = append(f.s.text, '\t')
	f.cellAt = len(f.s.text)
	f.lineAt = f.cellAt
	f.visible = false
}

func (f *flow) row() {
	if !f.open {
		return
	}
	if n := len(f.s.text); n > 0 && f.s.text[n-1] == '\t' {
		f.s.text = f.s.text[:n-1]
	}
	f.s.text = append(f.s.text, '\n')
	f.lineAt = len(f.s.text)
	f.cellForms(f.colour)
	f.open, f.visible = false, false
}

func (f *flow) end() {
	f.endHidden()
	if f.open {
		f.cell()
		f.row()
	}
}
