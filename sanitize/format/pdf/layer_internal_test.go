package pdf

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// Whatever the places of the letters, none of them and no replacement is lost, and all
// of the layer stands on the page.
func TestStretchesLoseNothing(t *testing.T) {
	page := pdfium.Rect{X1: 200, Y1: 100}
	rapid.Check(t, func(t *rapid.T) {
		c := &content{number: 1, bounds: page}
		l := &c.layers[shown]
		for range rapid.IntRange(1, 30).Draw(t, "letters") {
			r := rapid.SampledFrom([]rune("甲乙ab1 \t\n")).Draw(t, "letter")
			x, y := float64(rapid.IntRange(0, 190).Draw(t, "x")), float64(rapid.IntRange(0, 90).Draw(t, "y"))
			box := pdfium.Rect{X0: x, Y0: y, X1: x + 10, Y1: y + 10}
			if unicode.IsSpace(r) || rapid.IntRange(0, 5).Draw(t, "without a place") == 0 {
				box = pdfium.Rect{}
			}
			l.put(r, box, -1)
		}
		plan := document.Plan{}
		for at := rapid.IntRange(0, 8).Draw(t, "first"); at < len(l.text); at += 2 + rapid.IntRange(0, 9).Draw(t, "next") {
			end := min(len(l.text), at+1+rapid.IntRange(0, 1).Draw(t, "length"))
			plan.Edits = append(plan.Edits, document.Edit{Part: "page/1", Span: document.Span{Start: at, End: end}, Text: rapid.SampledFrom([]string{"", "＊＊＊", "某"}).Draw(t, "with")})
		}
		if rapid.Bool().Draw(t, "box") {
			plan.Boxes = []document.Box{{Page: 1, X0: 20, Y0: 20, X1: 90, Y1: 60}}
		}
		ps, _ := c.treated(plan)
		got := ""
		for _, x := range c.layered(ps, c.drawnByHand(plan)) {
			got += x.text
			if x.at.X0 < 0 || x.at.X0 > page.X1 || x.at.Y1 < 0 || x.at.Y0 > page.Y1 || x.size < minSize || x.wide <= 0 {
				t.Fatalf("%q stands at %v, size %g, width %g", x.text, x.at, x.size, x.wide)
			}
		}
		if flat := func(s string) string { return strings.Join(strings.Fields(s), "") }; flat(got) != flat(c.treatedText(ps)) {
			t.Fatalf("the layer is %q, the text %q", got, c.treatedText(ps))
		}
	})
}
