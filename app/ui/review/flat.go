package review

import (
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
		if p := &d.Parts[i]; p.Text != "" {
			f.add(p.ID, p.Label, []rune(p.Text))
		}
	}
	return f
}

func (f *Flat) add(id, label string, text []rune) {
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
