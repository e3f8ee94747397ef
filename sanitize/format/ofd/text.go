package ofd

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // decoders for pictures that may cover text
	_ "image/png"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/format/pdf/pdfium"
)

// concealment is a way in which text of a page is not seen.
type concealment int

const (
	shown concealment = iota
	invisible
	white
	tiny
	outside
	covered
	concealments
)

var hiding = [concealments]struct {
	name string
	as   document.Hiding
}{
	invisible: {"不可见文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（不可见）"}},
	white:     {"白色文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（白字）"}},
	tiny:      {"极小文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（极小字）"}},
	outside:   {"页面外文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（页面之外）"}},
	covered:   {"遮盖下的文字", document.Hiding{Rule: "N08", Kind: "遮盖不实（遮盖下有文字）"}},
}

// tinySize is the height and width in millimetres up to which letters cannot be read.
const tinySize = 0.78

// arranged is the text of one kind of one page; from gives for each rune the
// glyph of the canvas, or -1.
type arranged struct {
	text []rune
	from []int
}

// judge tells how each glyph is hidden.
func (c *canvas) judge(area rect) []concealment {
	how := make([]concealment, len(c.glyphs))
	on := map[any]bool{}
	for i := range c.glyphs {
		if g := &c.glyphs[i]; inside(area, g.at) {
			on[g.object] = true
		}
	}
	for i := range c.glyphs {
		g := &c.glyphs[i]
		switch {
		case g.hidden:
			how[i] = invisible
		case !on[g.object]:
			how[i] = outside
		case max(g.at.w, g.at.h) <= tinySize:
			how[i] = tiny
		case c.under(g):
			how[i] = covered
		case g.white && !c.onColour(g):
			how[i] = white
		}
	}
	return how
}

func inside(area, r rect) bool {
	x, y := r.x+r.w/2, r.y+r.h/2
	return x >= area.x && x <= area.x+area.w && y >= area.y && y <= area.y+area.h
}

func (c *canvas) under(g *glyph) bool {
	for _, v := range c.covers {
		if v.order > g.order && inside(v.at, g.at) {
			return true
		}
	}
	return false
}

func (c *canvas) onColour(g *glyph) bool {
	for _, v := range c.covers {
		if v.order < g.order && !v.white && inside(v.at, g.at) {
			return true
		}
	}
	return false
}

// points is the length of a millimetre.
const points = 72 / 25.4

// shortRuns is the mean length of a TextCode below which the order of the file is not trusted.
const shortRuns = 6

// arrange orders the glyphs of one kind.
func (c *canvas) arrange(how []concealment, kind concealment, area rect, rows bool) arranged {
	var chars []pdfium.Char
	runs := 0
	last := -1
	for i := range c.glyphs {
		if how[i] != kind {
			continue
		}
		g := &c.glyphs[i]
		at := pdfium.Rect{X0: g.at.x * points, X1: (g.at.x + g.at.w) * points, Y0: (area.h - g.at.y - g.at.h) * points, Y1: (area.h - g.at.y) * points}
		if last >= 0 {
			p := &c.glyphs[last]
			if p.code != g.code {
				runs++
			}
			if !sameLine(p.at, g.at) {
				chars = append(chars, pdfium.Char{Rune: '\n', Generated: true})
			}
		}
		last = i
		chars = append(chars, pdfium.Char{Rune: g.r, Box: at, Tight: at, Source: i})
	}
	if last < 0 {
		return arranged{}
	}
	a := pdf.Arrange(chars, rows || len(chars) < shortRuns*(runs+1))
	return arranged{a.Text, a.Source}
}

func sameLine(a, b rect) bool {
	common := min(a.y+a.h, b.y+b.h) - max(a.y, b.y)
	return common > 0.5*min(a.h, b.h) && b.x >= a.x-0.3*a.w
}

func partID(number int, how concealment) string {
	if how == shown {
		return fmt.Sprintf("page/%d", number)
	}
	return fmt.Sprintf("page/%d/hidden-%d", number, how)
}

// layers arranges the whole page.
func (d *doc) layers(g *page) (c *canvas, how []concealment, out [concealments]arranged) {
	c = d.draw(g)
	area := d.areaOf(g)
	how = c.judge(area)
	for k := range concealments {
		out[k] = c.arrange(how, k, area, len(g.templates) > 0)
	}
	return c, how, out
}

// opaque tells whether a picture has no transparent pixels by its format.
func (d *doc) opaque(id string) bool {
	m := d.media[id]
	if m == nil || d.data == nil {
		return false
	}
	if isJBIG2(d.data(m.file)) {
		return true
	}
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(d.data(m.file)))
	if err != nil {
		return false
	}
	if kind == "jpeg" {
		return true
	}
	return cfg.ColorModel == color.GrayModel || cfg.ColorModel == color.RGBAModel
}

func blank(s []rune) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}
