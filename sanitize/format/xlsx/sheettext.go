package xlsx

import (
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// show works out what a cell displays.
func (b *book) show(c *cell) {
	switch c.typ {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if err != nil || i < 0 || i >= len(b.strings) {
			return
		}
		b.used[i] = true
		c.runs = b.runsOf(b.strings[i])
	case "inlineStr":
		if c.inline != nil {
			c.runs = b.runsOf(c.inline)
		}
	case "str":
		c.runs = []run{{text: ooxml.Txt(unescape(c.value))}}
	case "b":
		c.set(map[bool]string{true: "TRUE", false: "FALSE"}[truth(c.value)])
	case "e":
		c.set(c.value)
	case "d":
		c.set(strings.TrimSuffix(c.value, "T00:00:00"))
	default:
		if c.value != "" {
			c.set(display(c.value, b.styles.format(c.style), b.date1904))
		}
	}
}

// sheetText lays the cells out as rows and sorts the hidden ones apart.
func (b *book) sheetText(s *sheet) {
	label := "工作表 " + s.name
	t := &ooxml.Text{ID: s.part, Label: label, Role: document.RoleBody}
	if s.hidden {
		t.Label += "（隐藏）"
		t.Hidden = &document.Hiding{Rule: "N03", Kind: "隐藏工作表"}
		b.removed.Add("隐藏工作表", 1)
	}
	s.text = t
	s.rowNodes = map[*ooxml.Node]int{}
	hidRow, hidCol := &strings.Builder{}, &strings.Builder{}
	row, col, start := -1, -1, 0
	endRow := func() {
		if row >= 0 {
			n := ooxml.El("row")
			s.rowNodes[n] = row
			t.Rows = append(t.Rows, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: n})
			t.AddSep('\n')
		}
	}
	for _, c := range s.cells {
		b.formula(s, c)
		text := c.text()
		if strings.TrimSpace(text) == "" {
			continue
		}
		if !s.hidden {
			if b.sortOut(s, c, text, hidRow, hidCol) {
				continue
			}
		}
		if c.row != row {
			endRow()
			row, col, start = c.row, -1, t.Len()
		}
		gap := c.col - max(col, 0)
		if col < 0 {
			gap = c.col
		}
		if gap > 64 {
			gap = 1
		}
		for range gap {
			t.AddSep('\t')
		}
		col = c.col
		at := t.Len()
		for _, r := range c.runs {
			t.AddCell(r.text)
		}
		span := document.Span{Start: at, End: t.Len()}
		t.Cells = append(t.Cells, document.Cell{Span: span, Row: c.row, Col: c.col, Ref: ref(c.row, c.col)})
		t.Lines = append(t.Lines, ooxml.Line{Span: span, Node: c.runs[0].text}) // its first text stands for the cell
	}
	endRow()
	ooxml.LabelCells(t.Cells, t.String())
	if s.hidden {
		b.extra = append(b.extra, t.Part())
	} else if t.Len() > 0 {
		t.Marks = firstRows(t)
		b.texts = append(b.texts, t)
	}
	b.hiddenPart(s, "隐藏行", hidRow.String())
	b.hiddenPart(s, "隐藏列", hidCol.String())
}

// sortOut files a cell that is not to be seen; true if it is none of the visible text.
func (b *book) sortOut(s *sheet, c *cell, text string, hidRow, hidCol *strings.Builder) bool {
	r, k := s.hiddenAt(c)
	switch {
	case r:
		hidRow.WriteString(ref(c.row, c.col) + "：" + text + "\n")
	case k:
		hidCol.WriteString(ref(c.row, c.col) + "：" + text + "\n")
	default:
		why := b.styles.invisible(c.style)
		if why == "" || s.inTable(c) {
			return false
		}
		b.hidden.Add("N03", why, document.RoleBody, s.name+" "+ref(c.row, c.col)+"："+text, nil)
		b.removed.Add(why, 1)
	}
	s.invis[c] = true
	return true
}

// inTable tells cells on which a table style or a conditional format may put a colour.
func (s *sheet) inTable(c *cell) bool {
	for _, n := range s.root.All("x:conditionalFormatting") {
		for _, f := range strings.Fields(n.Attr("sqref")) {
			if a, ok := parseArea(f); ok && a.holds(c.row, c.col) && n.Find("x:cfRule").Attr("dxfId") != "" {
				return true
			}
		}
	}
	for _, a := range s.tables() {
		if a.holds(c.row, c.col) {
			return true
		}
	}
	return false
}

func (s *sheet) tables() []area {
	var out []area
	if n := s.root.Kid("tables"); n != nil {
		for _, k := range n.Kids {
			if a, ok := parseArea(k.Attr("ref")); ok {
				out = append(out, a)
			}
		}
	}
	return out
}

func (b *book) hiddenPart(s *sheet, kind, text string) {
	if text == "" {
		return
	}
	b.removed.Add(kind, 1)
	b.extra = append(b.extra, document.Part{
		ID: s.part + "#" + kind, Label: "工作表 " + s.name + " " + kind, Role: document.RoleBody,
		Hidden: &document.Hiding{Rule: "N03", Kind: kind}, Text: text,
	})
}

// firstRows marks the first rows, where a classification would stand.
func firstRows(t *ooxml.Text) []document.Span {
	var out []document.Span
	for _, c := range t.Cells {
		if c.Row > 2 || len(out) >= 12 {
			break
		}
		out = append(out, c.Span)
	}
	return out
}
