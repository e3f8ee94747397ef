package pdf

import (
	"fmt"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// coveredText stands where a person's box covers text.
const coveredText = "＊＊＊"

// piece is a stretch of the visible text of a page as a plan leaves it.
type piece struct {
	document.Span        // of the original text
	text          string // what stands there
	as            fate
}

// fate is what a plan does to a stretch of text.
type fate int

const (
	kept     fate = iota
	replaced      // by an edit
	boxed         // below a box drawn by hand
)

// treatedText is the visible text of the page with the edits of the plan carried out
// and everything that a box drawn by hand touches replaced.
func (c *content) treatedText(ps []piece) string {
	if len(c.layers[shown].text) == 0 {
		return fmt.Sprintf("（第%d页没有可提取的文字）", c.number)
	}
	var out strings.Builder
	for _, p := range ps {
		out.WriteString(p.text)
	}
	return out.String()
}

// treated takes the visible text of the page apart by what the plan does to it.
// Covered lists the stretches of original text below boxes drawn by hand that no edit
// has taken away already.
func (c *content) treated(plan document.Plan) (ps []piece, covered []string) {
	l := &c.layers[shown]
	under := l.under(c.drawnByHand(plan))
	owner := c.owners(plan, under)
	var run strings.Builder
	flush := func() {
		if t := strings.TrimSpace(run.String()); t != "" {
			covered = append(covered, t)
		}
		run.Reset()
	}
	for i := 0; i < len(l.text); {
		j := i + 1
		switch {
		case under[i]:
			for ; j < len(l.text) && under[j]; j++ { // one mark for the whole stretch
			}
			for k := i; k < j; k++ {
				if owner[k] == 0 {
					run.WriteRune(l.text[k])
				} else {
					flush()
				}
			}
			flush()
			ps = append(ps, piece{document.Span{Start: i, End: j}, coveredText, boxed})
		case owner[i] > 0:
			for ; j < len(l.text) && owner[j] == owner[i]; j++ {
			}
			ps = append(ps, piece{document.Span{Start: i, End: j}, plan.Edits[owner[i]-1].Text, replaced})
		default:
			for ; j < len(l.text) && !under[j] && owner[j] == 0; j++ {
			}
			ps = append(ps, piece{document.Span{Start: i, End: j}, string(l.text[i:j]), kept})
		}
		i = j
	}
	return ps, covered
}

// owners gives for each rune the edit that takes it, counted from 1, or 0. An edit
// that a box touches counts as covered as a whole.
func (c *content) owners(plan document.Plan, under []bool) []int {
	l := &c.layers[shown]
	out := make([]int, len(l.text))
	for k, e := range plan.Edits {
		if e.Part != partID(c.number, shown) || e.Start < 0 || e.End > len(l.text) {
			continue
		}
		s := l.scoped(e)
		hidden := slices.Contains(under[s.Start:s.End], true)
		for i := s.Start; i < s.End; i++ {
			out[i] = k + 1
			under[i] = under[i] || hidden
		}
	}
	return out
}

// under tells for each rune whether one of the rectangles touches it. White space
// without a place of its own is covered where both its neighbours are.
func (l *layer) under(rects []pdfium.Rect) []bool {
	out := make([]bool, len(l.text))
	if len(rects) == 0 {
		return out
	}
	for i, b := range l.boxes {
		for _, r := range rects {
			out[i] = out[i] || !b.Empty() && !b.Intersect(r).Empty()
		}
	}
	for i := 1; i < len(out)-1; i++ {
		if l.boxes[i].Empty() && l.text[i] != '\n' && out[i-1] {
			j := i
			for j < len(out) && l.boxes[j].Empty() && l.text[j] != '\n' {
				j++
			}
			out[i] = j < len(out) && out[j]
		}
	}
	return out
}

// scoped is what an edit takes: its span, or the whole lines of it.
func (l *layer) scoped(e document.Edit) document.Span {
	s := e.Span
	if e.Scope == document.ScopeParagraph || e.Scope == document.ScopeRow {
		for s.Start > 0 && l.text[s.Start-1] != '\n' {
			s.Start--
		}
		for s.End < len(l.text) && l.text[s.End] != '\n' {
			s.End++
		}
	}
	return s
}
