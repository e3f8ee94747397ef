package ofd

import (
	"math"
	"strings"

	"github.com/beevik/etree"
)

// matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) point(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) rect(r rect) rect {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, q := range [4][2]float64{{r.x, r.y}, {r.x + r.w, r.y}, {r.x, r.y + r.h}, {r.x + r.w, r.y + r.h}} {
		x, y := m.point(q[0], q[1])
		x0, y0, x1, y1 = math.Min(x0, x), math.Min(y0, y), math.Max(x1, x), math.Max(y1, y)
	}
	return rect{x0, y0, x1 - x0, y1 - y0}
}

// glyph is one character of a page.
type glyph struct {
	r      rune
	code   *etree.Element // its TextCode
	object *etree.Element // its TextObject
	index  int            // rune in the TextCode
	at     rect           // millimetres on the page
	order  int            // of drawing
	hidden bool           // by its own attributes or those above it
	white  bool
}

// cover is something opaque that is drawn.
type cover struct {
	order int
	at    rect
	white bool
}

// canvas is all that one page draws.
type canvas struct {
	d        *doc
	glyphs   []glyph
	covers   []cover
	pictures []string // media IDs
	paths    int
	dummy    int // characters whose glyph numbers say other than their text
	order    int
	cut      bool
	units    map[*etree.Element]bool // composite objects that were drawn, if wanted
}

// Limits on one page.
const (
	maxGlyphs  = 500_000
	maxObjects = 500_000
)

// draw collects what a page draws, its templates first.
func (d *doc) draw(g *page) *canvas {
	c := &canvas{d: d, units: map[*etree.Element]bool{}}
	for _, t := range g.templates {
		c.content(t.root)
	}
	c.content(g.root)
	return c
}

func (c *canvas) content(root *etree.Element) {
	if e := kid(root, "Content"); e != nil {
		c.children(e, matrix{a: 1, d: 1}, false, 0)
	}
}

// faint is the opacity of 255 below which nothing is seen.
const faint = 16

// off tells whether an element is switched off or fully transparent.
func off(e *etree.Element) bool {
	a := attr(e, "Alpha")
	return strings.EqualFold(attr(e, "Visible"), "false") || a == "0" || a != "" && len(numbers(a)) == 1 && numbers(a)[0] < faint
}

func (c *canvas) children(e *etree.Element, m matrix, hidden bool, depth int) {
	if depth > 40 {
		c.cut = true
		return
	}
	for _, o := range e.ChildElements() {
		if c.order >= maxObjects || len(c.glyphs) >= maxGlyphs {
			c.cut = true
			return
		}
		c.order++
		gone := hidden || off(o)
		switch o.Tag {
		case "PageBlock", "Layer", "Content":
			c.children(o, m, gone, depth+1)
		case "TextObject":
			c.patterns(o)
			c.textObject(o, m, gone)
		case "PathObject":
			c.patterns(o)
			c.path(o, m, gone)
		case "ImageObject":
			c.image(o, m, gone)
		case "CompositeObject":
			if unit := c.d.composite[attr(o, "ResourceID")]; unit != nil {
				if c.units != nil {
					c.units[unit] = true
				}
				for _, k := range kids(unit, "Content") {
					c.children(k, local(o).then(m), gone, depth+1)
				}
			}
		}
	}
}

func (c *canvas) image(o *etree.Element, m matrix, gone bool) {
	id := attr(o, "ResourceID")
	c.pictures = append(c.pictures, id)
	if mask := attr(o, "ImageMask"); mask != "" {
		c.pictures = append(c.pictures, mask)
	}
	if at, ok := rectOf(attr(o, "Boundary")); ok && !gone && c.d.opaque(id) {
		c.covers = append(c.covers, cover{order: c.order, at: m.rect(at)})
	}
}

// patterns notes the pictures in the patterns that an object is filled with.
func (c *canvas) patterns(o *etree.Element) {
	for _, k := range []string{"FillColor", "StrokeColor"} {
		for _, p := range []*etree.Element{kid(o, k), kid(c.d.paints[attr(o, "DrawParam")], k)} {
			if cell := kid(kid(p, "Pattern"), "CellContent"); cell != nil {
				for _, i := range kids(cell, "ImageObject") {
					c.pictures = append(c.pictures, attr(i, "ResourceID"))
				}
			}
		}
	}
}

// local maps the coordinates inside an object to those around it.
func local(o *etree.Element) matrix {
	m := matrix{a: 1, d: 1}
	if n := numbers(attr(o, "CTM")); len(n) == 6 {
		m = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
	}
	b, _ := rectOf(attr(o, "Boundary"))
	return m.then(matrix{a: 1, d: 1, e: b.x, f: b.y})
}

func (c *canvas) path(o *etree.Element, m matrix, gone bool) {
	c.paths++
	fill := strings.EqualFold(attr(o, "Fill"), "true")
	at, ok := rectOf(attr(o, "Boundary"))
	if !fill || !ok || gone || at.w < 0.8 || at.h < 0.8 || !plain(text(kid(o, "AbbreviatedData"))) {
		return
	}
	paint := kid(o, "FillColor")
	if !solid(o) || paint != nil && !solid(paint) {
		return
	}
	c.covers = append(c.covers, cover{order: c.order, at: m.rect(at), white: paint != nil && isWhite(attr(paint, "Value"))})
}

// plain tells whether a path is a simple area: a few straight lines, as a bar or a block has.
func plain(data string) bool {
	lines := 0
	for _, f := range strings.Fields(data) {
		switch f {
		case "L":
			lines++
		case "Q", "B", "A":
			return false
		}
	}
	return lines <= 6
}

// solid tells whether an element is painted so that nothing shines through.
func solid(e *etree.Element) bool {
	n := numbers(attr(e, "Alpha"))
	return len(n) != 1 || n[0] >= 200
}

// isWhite tells whether a colour value is white or nearly so.
func isWhite(v string) bool {
	n := numbers(canonical(colour, v))
	switch len(n) {
	case 1:
		return n[0] >= 216
	case 3:
		return n[0] >= 216 && n[1] >= 216 && n[2] >= 216
	case 4: // cyan, magenta, yellow, black
		return n[0]+n[1]+n[2]+n[3] < 40
	}
	return false
}

// textObject places the characters of all its TextCodes.
func (c *canvas) textObject(o *etree.Element, m matrix, gone bool) {
	size := one(o, "Size", 0)
	m = local(o).then(m)
	invisible, white := c.paint(o, gone)
	stretch := one(o, "HScale", 1)
	if stretch <= 0 {
		invisible, stretch = invisible || stretch == 0, 1
	}
	invisible = invisible || clippedAway(o)
	x, y, total := 0.0, 0.0, 0
	for _, code := range kids(o, "TextCode") {
		x, y = one(code, "X", x), one(code, "Y", y)
		total += c.textCode(glyph{code: code, object: o, order: c.order, hidden: invisible, white: white}, m, x, y, size, size*stretch)
	}
	c.dummy += dummies(o, total)
}

// clippedAway tells whether an object is cut to an area of no size.
func clippedAway(o *etree.Element) bool {
	for _, clip := range kids(kid(o, "Clips"), "Clip") {
		areas := kids(clip, "Area")
		empty := 0
		for _, a := range areas {
			p := kid(a, "Path")
			if b, ok := rectOf(attr(p, "Boundary")); ok && (b.w <= 0 || b.h <= 0) && flat(text(kid(p, "AbbreviatedData"))) {
				empty++
			}
		}
		if len(areas) > 0 && empty == len(areas) {
			return true
		}
	}
	return false
}

// flat tells whether a path of straight lines encloses nothing.
func flat(data string) bool {
	var low, high [2]float64
	n := 0
	for _, f := range strings.Fields(canonical(drawing, data)) {
		switch f {
		case "S", "M", "L", "C":
			continue
		case "Q", "B", "A":
			return false
		}
		v := numbers(f)[0]
		if n < 2 {
			low[n%2], high[n%2] = v, v
		}
		low[n%2], high[n%2] = min(low[n%2], v), max(high[n%2], v)
		n++
	}
	return low[0] == high[0] || low[1] == high[1]
}

// one gives an attribute that is a single number, or the default.
func one(e *etree.Element, name string, otherwise float64) float64 {
	if n := numbers(attr(e, name)); len(n) == 1 {
		return n[0]
	}
	return otherwise
}

// paint tells how the text of an object is coloured.
func (c *canvas) paint(o *etree.Element, gone bool) (invisible, white bool) {
	fill, stroke := attr(o, "Fill"), attr(o, "Stroke")
	paint := kid(o, "FillColor")
	if paint == nil {
		paint = kid(c.d.paints[attr(o, "DrawParam")], "FillColor")
	}
	invisible = gone || strings.EqualFold(fill, "false") && !strings.EqualFold(stroke, "true") || paint != nil && off(paint)
	white = paint != nil && isWhite(attr(paint, "Value")) && !strings.EqualFold(stroke, "true")
	return invisible, white
}

// textCode places the characters of one TextCode from (x, y) on and gives their
// number; like is a glyph with what they share, em the width of a full character.
func (c *canvas) textCode(like glyph, m matrix, x, y, size, em float64) int {
	runes := []rune(ownText(like.code))
	dx, dy := deltas(attr(like.code, "DeltaX")), deltas(attr(like.code, "DeltaY"))
	for i, r := range runes {
		width := em
		if i < len(dx) && dx[i] > 0 && dx[i] < width {
			width = dx[i]
		} else if r < 0x2E80 {
			width *= 0.55
		}
		g := like
		g.r, g.index, g.at = r, i, m.rect(rect{x, y - 0.85*size, width, size})
		if g.at.w == 0 && g.at.h == 0 { // a matrix of nothing: not seen, yet in order
			g.at = rect{g.at.x + 0.1*float64(i), g.at.y, 0.1, 0.1}
		}
		c.glyphs = append(c.glyphs, g)
		switch {
		case i < len(dx):
			x += dx[i]
		case len(dy) == 0:
			x += width
		}
		if i < len(dy) {
			y += dy[i]
		}
	}
	return len(runes)
}

// deltas expands a list of steps in which "g n v" repeats v n times.
func deltas(s string) []float64 {
	fields := strings.Fields(s)
	var out []float64
	for i := 0; i < len(fields); i++ {
		if fields[i] != "g" {
			out = append(out, numbers(fields[i])...)
			continue
		}
		if i+2 >= len(fields) {
			break
		}
		n, v := numbers(fields[i+1])[0], numbers(fields[i+2])[0]
		for k := 0; k < int(n) && len(out) < maxGlyphs; k++ {
			out = append(out, v)
		}
		i += 2
	}
	return out
}

// dummies counts the characters of an object that glyph numbers replace although
// the text is plainly a stand-in: blanks, question marks, private characters.
func dummies(o *etree.Element, total int) int {
	n := 0
	for _, t := range kids(o, "CGTransform") {
		at, count := numbers(attr(t, "CodePosition")), numbers(attr(t, "CodeCount"))
		if len(at) != 1 {
			continue
		}
		codes := 1
		if len(count) == 1 {
			codes = int(count[0])
		}
		glyphs := len(strings.Fields(text(kid(t, "Glyphs"))))
		runes := objectRunes(o)
		for i := max(0, int(at[0])); i < int(at[0])+codes && i < len(runes); i++ {
			if standIn(runes[i]) {
				n++
			}
		}
		if glyphs > codes {
			n += glyphs - codes
		}
		if int(at[0])+codes > total {
			n += int(at[0]) + codes - total
		}
	}
	return min(n, maxGlyphs)
}

func objectRunes(o *etree.Element) []rune {
	var out []rune
	for _, code := range kids(o, "TextCode") {
		out = append(out, []rune(ownText(code))...)
	}
	return out
}

func standIn(r rune) bool {
	return r == '?' || r == '¤' || r == '\uFFFD' || r == '□' || r < 0x20 || r >= 0xE000 && r < 0xF900
}
