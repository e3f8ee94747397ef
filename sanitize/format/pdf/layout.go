package pdf

import (
	"math"
	"sort"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// layer is a stretch of text of one page, every rune with its place. Blanks, tabs
// and line ends that stand for white space on the page have an empty box.
type layer struct {
	text  []rune
	boxes []pdfium.Rect
	from  []int // Source of the character; -1 for white space that was put in
}

func (l *layer) add(r rune, box pdfium.Rect) { l.put(r, box, -1) }

func (l *layer) put(r rune, box pdfium.Rect, from int) {
	l.text = append(l.text, r)
	l.boxes = append(l.boxes, box)
	l.from = append(l.from, from)
}

// Arranged is text in reading order, each rune with the Source of its character
// (-1 for white space that stands for a gap).
type Arranged struct {
	Text   []rune
	Source []int
}

// Arrange orders characters of any origin: kept in their order with the white
// space among them, or, with byPosition, in rows from the top.
func Arrange(chars []pdfium.Char, byPosition bool) Arranged {
	var l layer
	if byPosition {
		l = byRows(solid(chars))
	} else {
		l = layOut(chars)
	}
	return Arranged{l.text, l.from}
}

// blank adds white space unless some stands there already; a line end wins over a blank.
func (l *layer) blank(r rune) {
	n := len(l.text)
	if n == 0 {
		return
	}
	switch l.text[n-1] {
	case '\n':
		return
	case ' ', '\t':
		if r != '\n' {
			return
		}
		if l.boxes[n-1].Empty() {
			l.text[n-1] = r
			return
		}
	}
	l.add(r, pdfium.Rect{})
}

// layOut turns characters in PDFium's order into lines of text. Where that order
// is plainly not the reading order (vertical writing, glyphs drawn one by one and
// out of order) the characters are ordered by their positions.
//
//	PDFium's order          宇 实 验 ⏎ 室 …       kept: lines as PDFium found them,
//	                                              table cells of one row joined by a tab
//	vertical                top to bottom, columns from right to left
//	out of order            rows from top to bottom, each from left to right
func layOut(chars []pdfium.Char) layer {
	glyphs := solid(chars)
	var l layer
	switch orderOf(chars, glyphs) {
	case orderVertical:
		l = byColumns(glyphs)
	case orderBroken:
		l = byRows(glyphs)
	default:
		l = asDrawn(chars)
	}
	for n := len(l.text); n > 0 && l.boxes[n-1].Empty() && unicode.IsSpace(l.text[n-1]); n = len(l.text) {
		l.text, l.boxes, l.from = l.text[:n-1], l.boxes[:n-1], l.from[:n-1]
	}
	return l
}

// solid leaves out what PDFium made up and what draws nothing.
func solid(chars []pdfium.Char) []pdfium.Char {
	var out []pdfium.Char
	for _, c := range chars {
		if !c.Generated && !unicode.IsSpace(c.Rune) && !c.Box.Empty() {
			out = append(out, c)
		}
	}
	return out
}

type order int

const (
	orderKept order = iota
	orderVertical
	orderBroken
)

// orderOf judges PDFium's order by the steps from glyph to glyph.
func orderOf(chars, glyphs []pdfium.Char) order {
	if len(glyphs) < 4 {
		return orderKept
	}
	s := stepsOf(glyphs)
	steps := len(glyphs) - 1
	switch {
	case s.flat > steps/2 && s.down > steps*6/10 && s.down > 3*s.along:
		return orderVertical
	case s.back > 2 && s.back > s.along/12:
		return orderBroken
	case lonely(chars) > len(glyphs)/2:
		return orderBroken
	}
	return orderKept
}

// steps counts the ways from glyph to glyph.
type steps struct {
	down, along, back int
	flat              int // between glyphs that stand upright
}

func stepsOf(glyphs []pdfium.Char) (s steps) {
	for i := 1; i < len(glyphs); i++ {
		a, b := glyphs[i-1].Box, glyphs[i].Box
		if level(glyphs[i-1]) && level(glyphs[i]) {
			s.flat++
		}
		size := math.Max(a.H(), a.W())
		switch {
		case sameRow(a, b):
			s.along++
			if b.X0 < a.X0-0.3*size && level(glyphs[i]) {
				s.back++
			}
		case math.Abs(midX(a)-midX(b)) < 0.5*size && b.Y1 < a.Y1 && a.Y0-b.Y1 < size:
			s.down++
		}
	}
	return s
}

// lonely counts the glyphs that PDFium puts on a line of their own.
func lonely(chars []pdfium.Char) int {
	n, line := 0, 0
	for _, c := range chars {
		switch {
		case c.Rune == '\n':
			if line == 1 {
				n++
			}
			line = 0
		case !c.Generated && !unicode.IsSpace(c.Rune):
			line++
		}
	}
	return n
}

func level(c pdfium.Char) bool {
	a := math.Mod(math.Abs(c.Angle), 2*math.Pi)
	return a < 0.1 || a > 2*math.Pi-0.1
}

func midX(r pdfium.Rect) float64 { return (r.X0 + r.X1) / 2 }
func midY(r pdfium.Rect) float64 { return (r.Y0 + r.Y1) / 2 }

// sameRow tells whether two boxes stand side by side on one line.
func sameRow(a, b pdfium.Rect) bool {
	common := math.Min(a.Y1, b.Y1) - math.Max(a.Y0, b.Y0)
	return common > 0.5*math.Min(a.H(), b.H())
}

// asDrawn keeps PDFium's order and line ends.
func asDrawn(chars []pdfium.Char) layer {
	var l layer
	var last pdfium.Rect // the last solid box
	ended := false       // a line end is due before the next solid character
	for _, c := range chars {
		r := printable(c.Rune)
		switch {
		case r == '\n' && (c.Generated || c.Box.Empty()):
			ended = true
			continue
		case r == 0:
			continue
		case c.Generated || c.Box.Empty() && unicode.IsSpace(r):
			if !ended {
				l.blank(' ')
			}
			continue
		}
		if !last.Empty() {
			gap(&l, last, c.Box, ended, level(c))
		}
		ended = false
		if unicode.IsSpace(r) && r != '\u3000' {
			l.blank(' ')
			continue
		}
		l.put(r, c.Box, c.Source)
		last = c.Box
	}
	return l
}

// gap adds the white space between two solid characters that follow each other.
func gap(l *layer, a, b pdfium.Rect, ended, level bool) {
	row := sameRow(a, b)
	size := math.Max(a.H(), b.H())
	switch {
	case ended && row && level && b.X0 > a.X1-0.2*size:
		if b.X0-a.X1 > 0.6*size {
			l.blank('\t')
		}
	case ended:
		l.blank('\n')
	case row && level && b.X0-a.X1 > 2.5*size:
		tab(l)
	case !row && level && b.Y1 < a.Y0:
		l.blank('\n')
	}
}

// tab turns a blank into a tab, or adds one.
func tab(l *layer) {
	if n := len(l.text); n > 0 && l.text[n-1] == ' ' && l.boxes[n-1].Empty() {
		l.text[n-1] = '\t'
		return
	}
	l.blank('\t')
}

// byRows orders by position: rows from the top, each from the left.
func byRows(glyphs []pdfium.Char) layer {
	sorted := append([]pdfium.Char(nil), glyphs...)
	sort.SliceStable(sorted, func(i, j int) bool { return midY(sorted[i].Box) > midY(sorted[j].Box) })
	var l layer
	for len(sorted) > 0 {
		line := sorted[0].Box
		n := 1
		for n < len(sorted) && sameRow(line, sorted[n].Box) && midY(sorted[n].Box) > line.Y0 {
			n++
		}
		row := sorted[:n]
		sort.SliceStable(row, func(i, j int) bool { return row[i].Box.X0 < row[j].Box.X0 })
		l.blank('\n')
		for i, c := range row {
			if i > 0 {
				if twin(row[i-1], c) {
					continue
				}
				between(&l, c.Box.X0-row[i-1].Box.X1, math.Max(row[i-1].Box.H(), c.Box.H()))
			}
			l.put(glyph(c.Rune), c.Box, c.Source)
		}
		sorted = sorted[n:]
	}
	return l
}

// byColumns orders vertical writing: columns from the right, each from the top.
func byColumns(glyphs []pdfium.Char) layer {
	sorted := append([]pdfium.Char(nil), glyphs...)
	sort.SliceStable(sorted, func(i, j int) bool { return midX(sorted[i].Box) > midX(sorted[j].Box) })
	var l layer
	for len(sorted) > 0 {
		left := sorted[0].Box.X0
		n := 1
		for n < len(sorted) && midX(sorted[n].Box) > left {
			n++
		}
		column := sorted[:n]
		sort.SliceStable(column, func(i, j int) bool { return midY(column[i].Box) > midY(column[j].Box) })
		l.blank('\n')
		for i, c := range column {
			if i > 0 {
				if twin(column[i-1], c) {
					continue
				}
				between(&l, column[i-1].Box.Y0-c.Box.Y1, math.Max(column[i-1].Box.W(), c.Box.W()))
			}
			l.put(glyph(c.Rune), c.Box, c.Source)
		}
		sorted = sorted[n:]
	}
	return l
}

func between(l *layer, gap, size float64) {
	switch {
	case gap > 2.5*size:
		l.blank('\t')
	case gap > 0.35*size:
		l.blank(' ')
	}
}

// twin tells whether two glyphs are one, drawn twice to look bold.
func twin(a, b pdfium.Char) bool {
	return a.Rune == b.Rune && math.Abs(midX(a.Box)-midX(b.Box)) < 0.25*a.Box.W() &&
		math.Abs(midY(a.Box)-midY(b.Box)) < 0.25*a.Box.H()
}

// printable maps a character of PDFium to the rune of the text: line ends to LF,
// the hyphen mark to a hyphen, missing Unicode to U+FFFD; 0 is left out.
func printable(r rune) rune {
	switch {
	case r == '\n', r == '\t', r == ' ':
		return r
	case r == 0x02, r == 0xFFFE:
		return '-'
	case r == 0, r > unicode.MaxRune:
		return unicode.ReplacementChar
	case r < 0x20, r == 0x7F, r == 0xFFFF:
		return 0
	case unicode.Is(unicode.Zs, r) && r != '\u3000', r == '\u2028', r == '\u2029', r == 0x85:
		return ' '
	}
	return r
}

// glyph is printable for characters that are drawn and so must not vanish.
func glyph(r rune) rune {
	if r = printable(r); r == 0 {
		return unicode.ReplacementChar
	}
	return r
}

// lines gives the spans of the lines of the layer, line ends left out.
func (l *layer) lines() []document.Span {
	var out []document.Span
	start := 0
	for i := 0; i <= len(l.text); i++ {
		if i < len(l.text) && l.text[i] != '\n' {
			continue
		}
		if i > start {
			out = append(out, document.Span{Start: start, End: i})
		}
		start = i + 1
	}
	return out
}
