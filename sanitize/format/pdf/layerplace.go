package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// How the stretches of a layer are placed.
const (
	firstWide   = 0x2E80 // characters from here on are as wide as their size
	heightShare = 0.85   // of the height of a box of Latin text is its size
	maxDrift    = 0.5    // of the size: how far a letter may stand from where it is seen
	markSize    = 9      // points: the size of what a box drawn by hand leaves
	minSize     = 3      // points
	maxSize     = 400
	minTz       = 10 // percent
	maxTz       = 400
)

// keptStretches parts a span at line ends and tabs, and where it jumps on the page.
func (l *layer) keptStretches(s document.Span) []stretch {
	var out []stretch
	start, last, way := s.Start, -1, 0
	cut := func(end int) {
		if last >= start || strings.TrimSpace(string(l.text[start:end])) != "" { // some letters have no place
			out = append(out, l.straight(start, end)...)
		}
		start, last, way = end, -1, 0
	}
	for i := s.Start; i < s.End; i++ {
		if l.text[i] == '\n' || l.text[i] == '\t' {
			cut(i)
			start = i + 1
			continue
		}
		if l.boxes[i].Empty() {
			continue
		}
		if last >= start {
			w := direction(l.boxes[last], l.boxes[i])
			if w == astray || way != 0 && w != way {
				cut(i)
			} else {
				way = w
			}
		}
		last = i
	}
	cut(s.End)
	return out
}

// Ways from one character to the next.
const (
	astray = iota
	along  // in a row
	down   // in a column, or a line that runs downwards
	up
)

func direction(a, b pdfium.Rect) int {
	size := math.Max(math.Max(a.W(), b.W()), math.Max(a.H(), b.H()))
	switch {
	case sameRow(a, b) && b.X0 > a.X0-size && b.X0-a.X1 < 3*size:
		return along
	case math.Abs(midX(a)-midX(b)) > size/2 || math.Abs(midY(a)-midY(b)) > 2*size:
		return astray
	case midY(b) < midY(a):
		return down
	}
	return up
}

// turn tells how the line runs in which a rune stands: by its neighbour in it.
func (l *layer) turn(at int) int {
	for _, step := range []int{1, -1} {
		for i := at + step; i >= 0 && i < len(l.text) && l.text[i] != '\n'; i += step {
			if l.boxes[i].Empty() {
				continue
			}
			a, b := l.boxes[at], l.boxes[i]
			if step < 0 {
				a, b = b, a
			}
			switch direction(a, b) {
			case down:
				return -1
			case up:
				return 1
			}
			return 0
		}
	}
	return 0
}

// straight is the text of a span of one line, in several stretches where letters of
// another width would lead it away from what is seen.
func (l *layer) straight(start, end int) []stretch {
	x := l.stretch(start, end)
	scale := x.wide / math.Max(x.natural(), 0.1)
	drift, pos, from := 0.0, 0.0, start
	for i := start; i < end; i++ {
		if b := l.boxes[i]; !b.Empty() && x.turn == 0 {
			drift = math.Max(drift, math.Abs(x.at.X0+pos*scale-b.X0))
		}
		pos += advance(l.text[i]) * x.size
	}
	if drift <= maxDrift*x.size {
		return []stretch{x}
	}
	var out []stretch
	wide := -1 // of the last letter, whether it is as wide as its size
	for i := start; i <= end; i++ {
		now := 0
		switch {
		case i == end:
			now = -1
		case l.boxes[i].Empty():
			continue
		case l.text[i] >= firstWide:
			now = 1
		}
		if wide >= 0 && now != wide {
			out = append(out, l.stretch(from, i))
			from = i
		}
		wide = now
	}
	return out
}

// stretch is the text of a span of one line.
func (l *layer) stretch(start, end int) stretch {
	x := l.placed(start, end)
	x.text, x.kept, x.wide = string(l.text[start:end]), true, x.at.W()
	if x.turn != 0 {
		x.wide = x.at.H()
	}
	return x
}

// replacement is what stands in place of a treated span, by the boxes alone.
func (l *layer) replacement(p piece, page pdfium.Rect) stretch {
	x := stretch{text: p.text, boxes: l.cover(document.Edit{Span: p.Span})}
	if len(x.boxes) == 0 { // only white space was treated
		return x
	}
	x.at = x.boxes[0]
	x.size = heightShare * x.at.H()
	for i := p.Start; i < p.End; i++ {
		if !l.boxes[i].Empty() {
			x.turn = l.turn(i)
			break
		}
	}
	if x.turn != 0 {
		x.size = x.at.W()
	}
	for i, b := range x.boxes {
		x.boxes[i] = pad(b, page)
	}
	if x.turn == 0 {
		x.wide = x.boxes[0].X1 - x.at.X0
	}
	return x
}

// mark stands in place of what a box drawn by hand covers, at the start of the box.
func (l *layer) mark(p piece, hand []pdfium.Rect) stretch {
	x := stretch{text: p.text, size: markSize}
	for i := p.Start; i < p.End; i++ {
		b := l.boxes[i]
		if b.Empty() {
			continue
		}
		x.at = b
		for _, h := range hand {
			if !b.Intersect(h).Empty() {
				x.at.X0, x.at.X1 = math.Min(b.X0, h.X0), math.Max(x.at.X1, h.X1)
			}
		}
		x.wide = x.at.W()
		break
	}
	return x
}

// placed finds where a span stands, how it runs and how large it is.
func (l *layer) placed(start, end int) (x stretch) {
	var widths, heights []float64
	var first, last pdfium.Rect
	for i := start; i < end; i++ {
		b := l.boxes[i]
		if b.Empty() {
			continue
		}
		if first.Empty() {
			first, x.at = b, b
		}
		x.at, last = x.at.Union(b), b
		heights = append(heights, b.H())
		if l.text[i] >= firstWide {
			widths = append(widths, b.W())
		}
	}
	if first.Empty() {
		return x
	}
	if !sameRow(first, last) && x.at.H() > 1.5*x.at.W() {
		x.turn = -1
		if midY(last) > midY(first) {
			x.turn = 1
		}
		widths, heights = nil, []float64{x.at.W()}
	}
	switch {
	case len(widths) > 0:
		slices.Sort(widths)
		x.size = widths[len(widths)/2]
	default:
		slices.Sort(heights)
		x.size = heightShare * heights[len(heights)/2]
	}
	if x.turn == 0 { // text at a slant starts at its first character
		x.at.Y0, x.at.Y1 = first.Y0, first.Y1
	}
	return x
}

// fitted cuts the stretches to the room they have, and leaves out what says nothing.
func (c *content) fitted(all []stretch) []stretch {
	var boxes []pdfium.Rect
	for _, x := range all {
		boxes = append(boxes, x.boxes...)
	}
	for i := range all {
		if x := &all[i]; x.kept && x.turn == 0 {
			x.uncover(boxes)
		}
	}
	var out []stretch
	last := pdfium.Rect{X0: c.bounds.X0, Y0: c.bounds.Y1 - markSize, X1: c.bounds.X0 + markSize, Y1: c.bounds.Y1}
	for i, x := range all {
		if x.at.Empty() {
			x.at, x.size = last, last.H()
		}
		last = x.at
		solid := strings.TrimLeftFunc(x.text, unicode.IsSpace)
		if n := len(out); n > 0 && len(solid) < len(x.text) { // blanks have no place: they follow
			out[n-1].text += " "
		}
		x.text = solid
		if strings.TrimSpace(string(encodable(x.text))) == "" {
			continue
		}
		x.size = math.Round(10*math.Min(math.Max(x.size, minSize), maxSize)) / 10
		if !x.kept || x.wide == 0 { // boxes are filled, but may be left
			x.wide = math.Max(x.wide, x.natural())
		}
		x.wide = math.Min(x.wide, c.room(x, all[i+1:]))
		out = append(out, x)
	}
	return out
}

// uncover keeps a stretch apart from the boxes over it: where one covers its start or its
// end, that must not be told.
func (x *stretch) uncover(boxes []pdfium.Rect) {
	for _, b := range boxes {
		if !sameRow(b, x.at) || x.at.X0 >= b.X1 || x.at.X1 <= b.X0+1.5*padding {
			continue
		}
		x.wide = 0
		if b.X0 <= x.at.X0 {
			x.at.X0 = b.X1
			x.at.X1 = math.Max(x.at.X1, b.X1+1)
		}
	}
}

// room is how far a stretch may run: to the next one in its line, or to the edge.
func (c *content) room(x stretch, rest []stretch) float64 {
	switch x.turn {
	case -1:
		return x.at.Y1 - c.bounds.Y0
	case 1:
		return c.bounds.Y1 - x.at.Y0
	}
	end := c.bounds.X1
	for _, y := range rest[:min(len(rest), 40)] {
		if !y.at.Empty() && y.at.X0 > x.at.X0 && sameRow(x.at, y.at) {
			end = math.Min(end, y.at.X0)
		}
	}
	return math.Max(end-x.at.X0, 1)
}
