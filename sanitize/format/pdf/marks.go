package pdf

import (
	"jinggao/sanitize/document"
)

// Where a classification mark may stand, as shares of the height of the page.
const (
	headShare  = 0.10 // on any page
	frontShare = 0.25 // on the first page
	titleSize  = 1.6  // times the usual size: a large line, or a watermark
)

// headMarks gives the lines in whose place a classification mark would stand: the
// head of any page, the upper quarter of the first, and very large lines.
func (c *content) headMarks() []document.Span {
	l := &c.layers[shown]
	lines := l.lines()
	share := headShare
	if c.number == 1 {
		share = frontShare
	}
	from := c.bounds.Y1 - share*c.bounds.H()
	usual := l.usualHeight()
	var out []document.Span
	for _, s := range lines {
		top, tall := 0.0, 0.0
		for i := s.Start; i < s.End; i++ {
			if b := l.boxes[i]; !b.Empty() {
				top, tall = max(top, midY(b)), max(tall, b.H())
			}
		}
		if top >= from || usual > 0 && tall > titleSize*usual {
			out = append(out, s)
		}
	}
	return out
}

// usualHeight is the mean height of the characters in points.
func (l *layer) usualHeight() float64 {
	sum, n := 0.0, 0
	for _, b := range l.boxes {
		if !b.Empty() {
			sum += b.H()
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// cells gives the cells of rows that are parted by tabs; consecutive rows with
// the same number of cells form one table.
func (l *layer) cells() []document.Cell {
	var out []document.Cell
	table, row, width := -1, 0, 0
	for _, line := range l.lines() {
		spans := splitTabs(l.text, line)
		if len(spans) < 2 {
			width = 0
			continue
		}
		if len(spans) != width {
			table, row, width = table+1, 0, len(spans)
		}
		for col, s := range spans {
			out = append(out, document.Cell{Span: s, Table: table, Row: row, Col: col})
		}
		row++
	}
	return out
}

func splitTabs(text []rune, line document.Span) []document.Span {
	var out []document.Span
	start := line.Start
	for i := line.Start; i <= line.End; i++ {
		if i == line.End || text[i] == '\t' {
			out = append(out, document.Span{Start: start, End: i})
			start = i + 1
		}
	}
	return out
}
