package pdfproof

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/format/pdf/pdfium"
)

// Standing in for what a layer does not hold, and for what a person covered.
const (
	geta = '〓'
	star = '＊'
)

// expected is the text that the layer of a page must hold by the plan, "" for none. It
// is worked out here from the original and the plan alone, rune by rune.
func expected(v *pdf.Shown, plan document.Plan) string {
	if !v.Readable || len(v.Text) == 0 {
		return ""
	}
	gone := make([]bool, len(v.Text)) // covered by hand
	for i := range v.Text {
		for _, b := range plan.Boxes {
			gone[i] = gone[i] || b.Page == v.Number && touches(b, v.Places[i], v)
		}
	}
	owner := make([]int, len(v.Text)) // of each rune, the edit that takes it; the later one wins
	with := make([]string, len(plan.Edits)+1)
	for k, e := range plan.Edits {
		if e.Part != fmt.Sprintf("page/%d", v.Number) || e.Start < 0 || e.End > len(v.Text) || e.Start >= e.End {
			continue
		}
		start, end := scope(v.Text, e)
		with[k+1] = e.Text
		for i := start; i < end; i++ {
			owner[i] = k + 1
			if gone[i] {
				with[k+1] = string(star)
			}
		}
	}
	var out strings.Builder
	for i, r := range v.Text {
		switch k := owner[i]; {
		case k > 0 && (i == 0 || owner[i-1] != k):
			out.WriteString(with[k])
		case k > 0:
		case gone[i]:
			out.WriteRune(star)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// scope is the span of an edit: its own, or the lines that hold it.
func scope(text []rune, e document.Edit) (start, end int) {
	start, end = e.Start, e.End
	if e.Scope == document.ScopePhrase {
		return start, end
	}
	for start > 0 && text[start-1] != '\n' {
		start--
	}
	for end < len(text) && text[end] != '\n' {
		end++
	}
	return start, end
}

// touches tells whether a box drawn by hand, cut to the page, takes a part of a character.
func touches(b document.Box, at pdfium.Rect, v *pdf.Shown) bool {
	x0, x1 := math.Max(math.Min(b.X0, b.X1), 0), math.Min(math.Max(b.X0, b.X1), v.Width)
	y0, y1 := math.Max(math.Min(b.Y0, b.Y1), 0), math.Min(math.Max(b.Y0, b.Y1), v.Height)
	return at.X1 > at.X0 && at.Y1 > at.Y0 && x0 < at.X1 && at.X0 < x1 && y0 < at.Y1 && at.Y0 < y1
}

// encodable tells whether a layer may hold a character.
func encodable(r rune) bool {
	return r == ' ' || r < 0x40000 && !unseen(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cs, r) && !noCharacter(r)
}

// unseen are characters that draw nothing.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) }

func noCharacter(r rune) bool { return r&0xFFFF >= 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// bare is a text as layers are compared: without white space and unseen characters,
// what no layer holds replaced, and one mark however many stand in a row.
func bare(s string) string {
	var out strings.Builder
	last := rune(0)
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unseen(r):
			continue
		case !encodable(r):
			r = geta
		case r == star && last == star:
			continue
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}

// layers compares the text layers with what they must be, and searches them.
func (c *Copy) layers(pages []page, want []string) error {
	for i, p := range pages {
		text := bare(p.layer)
		if text != bare(want[i]) {
			return fail("第%d页的文字层与处理计划不符", i+1)
		}
		if text != "" && (i >= len(c.Text) || text != bare(c.Text[i])) {
			return fail("第%d页的文字层与复检过的文字不符", i+1)
		}
		for k, f := range c.Forbidden {
			if f = bare(f); heavy(f) && strings.Contains(text, f) {
				return fail("第 %d 个已处理的词句仍在文字层中", k+1)
			}
		}
	}
	return nil
}

// heavy strings are no accident: two Chinese characters, or four others.
func heavy(f string) bool {
	n := 0
	for _, r := range f {
		if n++; r >= 0x2E80 {
			n++
		}
	}
	return n >= 4
}
