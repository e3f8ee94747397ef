package review

import (
	"sort"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Flat is a document laid out as one text for the document view: every part
// under a heading line of its own. Positions are rune offsets in Text.
type Flat struct {
	Text  []rune
	Heads []document.Span // heading lines
	start map[string]int  // part ID → offset of its first rune in Text
	size  map[string]int  // part ID → its length in runes
	order []string
}

// Flatten lays a document out. Empty parts are left out.
func Flatten(d *document.Document) *Flat {
	f := &Flat{start: map[string]int{}, size: map[string]int{}}
	if d == nil {
		return f
	}
	for i := range d.Parts {
		p := &d.Parts[i]
		f.add(p.ID, p.Label, []rune(p.Text))
	}
	return f
}

func (f *Flat) add(id, label string, text []rune) {
	if len(text) == 0 {
		return
	}
	if n := len(f.Text); n > 0 {
		if f.Text[n-1] != '\n' {
			f.Text = append(f.Text, '\n')
		}
		f.Text = append(f.Text, '\n')
	}
	head := []rune("▎" + label)
	at := len(f.Text)
	f.Text = append(f.Text, head...)
	f.Heads = append(f.Heads, document.Span{Start: at, End: at + len(head)})
	f.Text = append(f.Text, '\n')
	f.start[id] = len(f.Text)
	f.size[id] = len(text)
	f.order = append(f.order, id)
	f.Text = append(f.Text, text...)
}

// Span maps a span of a part to the flat text; false if the part is not shown or
// the span does not fit it.
func (f *Flat) Span(part string, s document.Span) (document.Span, bool) {
	at, ok := f.start[part]
	if !ok || s.Start < 0 || s.End > f.size[part] || s.Start > s.End {
		return document.Span{}, false
	}
	return document.Span{Start: at + s.Start, End: at + s.End}, true
}

// Part maps a span of the flat text back to one part; false if it touches a
// heading or more than one part.
func (f *Flat) Part(s document.Span) (string, document.Span, bool) {
	for _, id := range f.order {
		at, n := f.start[id], f.size[id]
		if s.Start >= at && s.End <= at+n && s.Start < s.End {
			return id, document.Span{Start: s.Start - at, End: s.End - at}, true
		}
	}
	return "", document.Span{}, false
}

// Context gives up to n runes either side of a span of the flat text, line breaks as blanks.
func (f *Flat) Context(s document.Span, n int) (before, after string) {
	a, b := max(0, s.Start-n), min(len(f.Text), s.End+n)
	return oneLine(f.Text[a:s.Start]), oneLine(f.Text[s.End:b])
}

func oneLine(r []rune) string {
	out := make([]rune, len(r))
	for i, c := range r {
		if c == '\n' || c == '\t' || c == '\r' {
			c = ' '
		}
		out[i] = c
	}
	return string(out)
}

// Mark is a highlighted stretch of a text to be shown.
type Mark struct {
	document.Span
	Item  int // index into Presenter items; -1 for headings
	State State
}

type swap struct {
	document.Span
	text  []rune
	item  int
	state State
}

// Preview gives the text as the clean copy will read, with the places that were
// changed marked. Hidden parts are left out, as a rebuild leaves them out.
func Preview(d *document.Document, items []Item) ([]rune, []Mark, []document.Span) {
	var out []rune
	var marks []Mark
	var heads []document.Span
	if d == nil {
		return nil, nil, nil
	}
	for i := range d.Parts {
		p := &d.Parts[i]
		if p.Text == "" || p.Hidden != nil || p.Role == document.RoleProperty {
			continue
		}
		if len(out) > 0 {
			if out[len(out)-1] != '\n' {
				out = append(out, '\n')
			}
			out = append(out, '\n')
		}
		head := document.Span{Start: len(out)}
		out = append(out, []rune("▎"+p.Label)...)
		head.End = len(out)
		heads = append(heads, head)
		out = append(out, '\n')
		out, marks = writeSwapped(out, marks, []rune(p.Text), swaps(p, items))
	}
	return out, marks, heads
}

// swaps gathers what changes in one part, without overlaps: of two that overlap
// the earlier start wins, then the longer.
func swaps(p *document.Part, items []Item) []swap {
	var all []swap
	n := len([]rune(p.Text))
	for i := range items {
		it := &items[i]
		if it.Finding.Part != p.ID || it.Finding.End > n || it.Finding.Len() == 0 {
			continue
		}
		s := swap{Span: it.Finding.Span, item: i, state: it.State()}
		s.text = []rune(Outcome(&it.Finding, it.Decision))
		all = append(all, s)
	}
	sort.SliceStable(all, func(a, b int) bool {
		if all[a].Start != all[b].Start {
			return all[a].Start < all[b].Start
		}
		return all[a].Len() > all[b].Len()
	})
	out := all[:0]
	end := 0
	for _, s := range all {
		if s.Start < end {
			continue
		}
		out = append(out, s)
		end = s.End
	}
	return out
}

func writeSwapped(out []rune, marks []Mark, text []rune, sw []swap) ([]rune, []Mark) {
	at := 0
	for _, s := range sw {
		out = append(out, text[at:s.Start]...)
		m := Mark{Span: document.Span{Start: len(out)}, Item: s.item, State: s.state}
		out = append(out, s.text...)
		m.End = len(out)
		if m.Len() > 0 {
			marks = append(marks, m)
		}
		at = s.End
	}
	return append(out, text[at:]...), marks
}

// Outcome is what stands in the clean copy where the finding stood.
func Outcome(f *finding.Finding, d *redact.Decision) string {
	if d == nil {
		if f.Level == finding.S4 || f.Withdraw {
			return f.Text
		}
		return f.Suggest
	}
	switch d.Action {
	case redact.ActionIgnore, redact.ActionNotAMark, ActionWithdraw:
		return f.Text
	case redact.ActionDelete:
		return ""
	}
	if d.Text != "" {
		return d.Text
	}
	return f.Suggest
}
