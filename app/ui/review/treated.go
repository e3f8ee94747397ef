package review

import (
	"sort"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

// Gone stands in place of a hidden part.
const Gone = "隐藏内容：将移除"

// Mark is a highlighted stretch of a text to be shown.
type Mark struct {
	document.Span
	Key   string // of the item; "" for what goes along with others
	State State
}

// CleanText is a document laid out as its clean copy will read, beside the layout of
// the document itself. It is not changed once made.
type CleanText struct {
	*Flat
	Marks []Mark
	// Preview is what it was made of.
	Preview *sanitize.Preview

	shown  *Flat
	hidden map[string]bool // parts that go, by ID
}

// Treat lays a preview out. Shown is the layout of the document itself, items are
// those of the document.
func Treat(d *document.Document, shown *Flat, p *sanitize.Preview, items []Item) *CleanText {
	t := &CleanText{Flat: &Flat{start: map[string]int{}, size: map[string]int{}}, Preview: p, shown: shown, hidden: map[string]bool{}}
	if p == nil || p.Text == nil || d == nil {
		return t
	}
	kept := p.Text.Document.Parts // the visible ones, in the same order
	for i := range d.Parts {
		part := &d.Parts[i]
		text := Gone
		if part.Hidden == nil {
			text, kept = kept[0].Text, kept[1:]
		}
		if part.Text != "" {
			t.hidden[part.ID] = part.Hidden != nil
			t.add(part.ID, part.Label, []rune(text))
		}
	}
	t.mark(p.Text, items)
	return t
}

// mark marks where the items stand, and what else the plan changes.
func (t *CleanText) mark(a *redact.Applied, items []Item) {
	held := map[string][]document.Span{}
	open := map[string]State{} // of a hidden part: it stands for all that is found there
	for i := range items {
		if st := items[i].State(); !st.Settled() && items[i].Unchecked == nil {
			open[items[i].Finding.Part] = st
		}
	}
	for i := range items {
		it := &items[i]
		if it.Unchecked != nil {
			continue
		}
		f := &it.Finding
		if s, ok := t.Place(f.Part, f.Span); ok && (f.Len() > 0 || t.hidden[f.Part]) {
			m := Mark{s, it.Key(), it.State()}
			if st, ok := open[f.Part]; ok && t.hidden[f.Part] {
				m.State = st
			}
			t.Marks = append(t.Marks, m)
			held[f.Part] = append(held[f.Part], f.Span)
		}
	}
	for part := range held {
		sort.Slice(held[part], func(i, j int) bool { return held[part][i].Start < held[part][j].Start })
	}
	for _, part := range t.order {
		for _, e := range a.Edits(part) {
			if s, ok := t.Place(part, e.Span); ok && !touched(held[part], e.Span) {
				t.Marks = append(t.Marks, Mark{Span: s, State: Treated})
			}
		}
	}
}

// touched tells whether one of the spans, by Start, shares a rune with another span.
func touched(spans []document.Span, s document.Span) bool {
	for i := sort.Search(len(spans), func(i int) bool { return spans[i].Start >= s.End }) - 1; i >= 0; i-- {
		if spans[i].Overlaps(s) {
			return true
		}
	}
	return false
}

// Place is where a span of a part of the document stands in the treated text: the
// line that tells of its removal for a hidden part.
func (t *CleanText) Place(part string, s document.Span) (document.Span, bool) {
	if t.Preview == nil || t.Preview.Text == nil {
		return document.Span{}, false
	}
	if t.hidden[part] {
		s = document.Span{End: len([]rune(Gone))}
	} else {
		s = t.Preview.Text.Forward(part, s)
	}
	return t.Span(part, s)
}

// There is the place in the treated text of a rune of the layout of the document.
func (t *CleanText) There(at int) int {
	return across(t.shown, t.Flat, at, func(part string, n int) int {
		s, _ := t.Place(part, document.Span{Start: n, End: n})
		return s.Start
	})
}

// Back is the place in the layout of the document of a rune of the treated text.
func (t *CleanText) Back(at int) int {
	return across(t.Flat, t.shown, at, func(part string, n int) int {
		if t.hidden[part] || t.Preview == nil || t.Preview.Text == nil {
			return t.shown.start[part]
		}
		return t.shown.start[part] + t.Preview.Text.Back(part, document.Span{Start: n, End: n + 1}).Start
	})
}

// across finds the part that holds a rune of one layout and asks where that is in
// another; headings go with the part below them.
func across(from, to *Flat, at int, inside func(part string, n int) int) int {
	i := sort.Search(len(from.order), func(i int) bool { return from.start[from.order[i]] > at }) - 1
	if i < 0 {
		return at
	}
	part := from.order[i]
	if n := at - from.start[part]; n <= from.size[part] {
		return inside(part, n)
	}
	if i+1 < len(from.order) { // between the parts, or in a heading
		next := from.order[i+1]
		return max(to.start[next]-(from.start[next]-at), 0)
	}
	return len(to.Text)
}
