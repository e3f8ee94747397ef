package pdf

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// A text layer lets readers of a copy search and select: the treated text of the page,
// and nothing but it, is drawn invisibly over the picture. Each stretch stands where it
// is seen; what was treated stands at the start of its box:
//
//	picture   联系人：▆▆▆▆　电话：▆▆▆▆▆▆▆▆
//	layer     联系人：＊＊＊　电话：138****0000
//
// Nothing of the layer may tell more than the picture and the treated text do. So a
// stretch is as wide as it is drawn only where both of its ends are seen; no other
// width, and no place below a box, depends on what was there.

// missing stands in a layer for a character that its fonts do not have.
const missing = '〓'

// stretch is text of a layer in one line.
type stretch struct {
	text  string
	at    pdfium.Rect // where it stands, of one that was treated only the start
	size  float64
	wide  float64 // how long it is on the page, as far as that is seen
	turn  int     // 0 level, -1 downwards, 1 upwards
	kept  bool
	boxes []pdfium.Rect // of one that was treated: what is burned in
}

// text notes the treated text of a page and gives its layer, as far as they are asked for.
func (b *rebuilding) text(c *content, plan document.Plan) []stretch {
	if !plan.Text && !plan.Layer {
		return nil
	}
	ps, covered := c.treated(plan)
	if plan.Text {
		b.out.Text = append(b.out.Text, c.treatedText(ps))
		b.out.Covered = append(b.out.Covered, covered...)
	}
	if !plan.Layer {
		return nil
	}
	layer := c.layered(ps, c.drawnByHand(plan))
	if len(layer) == 0 {
		b.bare = append(b.bare, strconv.Itoa(c.number))
	}
	for _, x := range layer {
		b.lost += lost(x.text)
	}
	return layer
}

// unlayered says what the text layers do not hold.
func (b *rebuilding) unlayered() {
	say := func(format string, what any) {
		b.out.Unchecked = append(b.out.Unchecked, document.Unchecked{Kind: "layer", Message: fmt.Sprintf(format, what)})
	}
	if len(b.bare) > 0 {
		say("第 %s 页没有可信的文字，未加文字层", strings.Join(b.bare, "、"))
	}
	if b.lost > 0 {
		say("文字层中有 %d 个字符无法表示，以“〓”代替", b.lost)
	}
}

// layered gives the text layer of the page, nil where it has none: no text, or text
// that cannot be trusted.
func (c *content) layered(ps []piece, hand []pdfium.Rect) []stretch {
	if !c.readable() {
		return nil
	}
	l := &c.layers[shown]
	var out []stretch
	for _, p := range ps {
		switch p.as {
		case kept:
			out = append(out, l.keptStretches(p.Span)...)
		case replaced:
			out = append(out, l.replacement(p, c.bounds))
		case boxed:
			out = append(out, l.mark(p, hand))
		}
	}
	return c.fitted(out)
}

// readable tells whether the visible text of the page is all there and what it seems.
func (c *content) readable() bool {
	n := len(c.layers[shown].text)
	return n > 0 && !c.cut && !c.strange && !c.displaced && c.unknown*2 <= n
}

// keptStretches parts a span at line ends and tabs, and where it jumps on the page.
func (l *layer) keptStretches(s document.Span) []stretch {
	var out []stretch
	start, last := s.Start, -1
	cut := func(end int) {
		if last >= start {
			out = append(out, l.stretch(start, end))
		}
		start, last = end, -1
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
		if last >= start && !joins(l.boxes[last], l.boxes[i]) {
			cut(i)
		}
		last = i
	}
	cut(s.End)
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
	if x.at.H() > 1.5*x.at.W() && x.at.H() > minWidth {
		x.turn, x.size = -1, x.at.W()
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

const (
	firstWide   = 0x2E80 // characters from here on are as wide as their size
	heightShare = 0.85   // of the height of a box of Latin text is its size
	markSize    = 9      // points: the size of what a box drawn by hand leaves
	minSize     = 3      // points
	maxSize     = 400
	minTz       = 10 // percent
	maxTz       = 400
)

// fitted cuts the stretches to the room they have, and leaves out what says nothing.
func (c *content) fitted(all []stretch) []stretch {
	var boxes []pdfium.Rect // burned in for the stretch before
	for i := range all {
		x := &all[i]
		if !x.kept {
			boxes = x.boxes
			continue
		}
		for _, b := range boxes {
			if x.turn == 0 && sameRow(b, x.at) && x.at.X0 < b.X1 && x.at.X1 > b.X0 {
				x.at.X0, x.wide = b.X1, 0 // its own start is not seen
				x.at.X1 = math.Max(x.at.X1, b.X1+1)
			}
		}
		boxes = nil
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

// natural is the width by the font's advances, without blanks at the end.
func (x *stretch) natural() float64 {
	n := 0.0
	for _, r := range encodable(strings.TrimRightFunc(x.text, unicode.IsSpace)) {
		if r < 0x100 {
			n += 0.5
		} else {
			n++
		}
	}
	return n * x.size
}

// encodable gives the characters of a text as a layer holds them: white space as
// blanks, without characters that are not seen, missing for what the fonts do not have.
func encodable(s string) []rune {
	var out []rune
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			out = append(out, ' ')
		case unicode.In(r, unicode.Cc, unicode.Cf):
		case r >= layerPlanes<<16, r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
			out = append(out, missing)
		default:
			out = append(out, r)
		}
	}
	return out
}

// lost counts the characters of a text that a layer cannot hold.
func lost(s string) int {
	return strings.Count(string(encodable(s)), string(missing)) - strings.Count(s, string(missing))
}

// operators draws the stretches of a layer.
func operators(xs []stretch) []byte {
	b := []byte("BT\n3 Tr\n")
	for _, x := range xs {
		tz := int(math.Round(100 * x.wide / math.Max(x.natural(), 0.1)))
		turn, at := "1 0 0 1", [2]float64{x.at.X0, midY(x.at) - 0.3*x.size}
		switch x.turn {
		case -1:
			turn, at = "0 -1 1 0", [2]float64{midX(x.at) - 0.3*x.size, x.at.Y1}
		case 1:
			turn, at = "0 1 -1 0", [2]float64{midX(x.at) + 0.3*x.size, x.at.Y0}
		}
		b = fmt.Appendf(b, "%d Tz %s %s %s Tm\n", min(max(tz, minTz), maxTz), turn, number(math.Max(at[0], 0)), number(math.Max(at[1], 0)))
		rs := encodable(x.text)
		for i := 0; i < len(rs); {
			plane := rs[i] >> 16
			b = fmt.Appendf(b, "/F%d %s Tf <", plane, number(x.size))
			for ; i < len(rs) && rs[i]>>16 == plane; i++ {
				b = fmt.Appendf(b, "%04X", rs[i]&0xFFFF)
			}
			b = append(b, "> Tj\n"...)
		}
	}
	return append(b, "ET"...)
}
