package pdf

import (
	"fmt"
	"math"
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

// natural is the width by the font's advances, without blanks at the end.
func (x *stretch) natural() float64 {
	n := 0.0
	for _, r := range encodable(strings.TrimRightFunc(x.text, unicode.IsSpace)) {
		n += advance(r)
	}
	return n * x.size
}

// advance is the width of a character of the fonts, of their size.
func advance(r rune) float64 {
	if r < 0x100 {
		return 0.5
	}
	return 1
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
