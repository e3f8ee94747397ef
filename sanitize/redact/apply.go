package redact

import (
	"sort"

	"jinggao/sanitize/document"
)

// Applied is a document as it will read once a plan is carried out, with the way back.
type Applied struct {
	Document *document.Document // visible parts only
	edits    map[string][]document.Edit
	after    map[string][]document.Span // where the texts of the edits stand in the new text
}

// Apply carries a plan out on the text: visible parts with their edits made, hidden
// parts gone, cells and marks moved along.
func Apply(doc *document.Document, plan document.Plan) *Applied {
	a := &Applied{edits: map[string][]document.Edit{}}
	for _, e := range plan.Edits {
		a.edits[e.Part] = append(a.edits[e.Part], e)
	}
	a.place()
	out := *doc
	out.Parts, out.Members, out.Unchecked = nil, nil, nil
	for i := range doc.Parts {
		p := doc.Parts[i]
		if p.Hidden != nil {
			continue
		}
		es := a.edits[p.ID]
		p.Text = Spliced(p.Text, es)
		cells := make([]document.Cell, len(p.Cells))
		for j, c := range p.Cells {
			c.Span = a.Forward(p.ID, c.Span)
			cells[j] = c
		}
		marks := make([]document.Span, len(p.Marks))
		for j, m := range p.Marks {
			marks[j] = a.Forward(p.ID, m)
		}
		p.Cells, p.Marks = cells, marks
		out.Parts = append(out.Parts, p)
	}
	a.Document = &out
	return a
}

// Spliced carries sorted edits out on a text, back to front in effect.
func Spliced(text string, es []document.Edit) string {
	if len(es) == 0 {
		return text
	}
	r := []rune(text)
	out := make([]rune, 0, len(r))
	at := 0
	for _, e := range es {
		out = append(out, r[at:e.Start]...)
		out = append(out, []rune(e.Text)...)
		at = e.End
	}
	return string(append(out, r[at:]...))
}

// Forward maps a span of the old text to the new one; an edge inside an edit moves to
// the edge of what took its place. A span that was deleted comes back empty.
func (a *Applied) Forward(part string, s document.Span) document.Span {
	return document.Span{Start: a.point(part, s.Start, false), End: a.point(part, s.End, true)}
}

// point is the new place of a place of the old text.
func (a *Applied) point(part string, at int, end bool) int {
	es, after := a.edits[part], a.after[part]
	i := sort.Search(len(es), func(i int) bool { return es[i].End > at })
	if i < len(es) && es[i].Start < at { // within what was replaced
		if end {
			return after[i].End
		}
		return after[i].Start
	}
	if i == 0 {
		return at
	}
	return at + after[i-1].End - es[i-1].End
}

// place notes where the texts of the edits of all parts come to stand.
func (a *Applied) place() {
	a.after = map[string][]document.Span{}
	for part, es := range a.edits {
		spans, shift := make([]document.Span, len(es)), 0
		for i, e := range es {
			n := len([]rune(e.Text))
			spans[i] = document.Span{Start: e.Start + shift, End: e.Start + shift + n}
			shift += n - e.Len()
		}
		a.after[part] = spans
	}
}

// Edits are the edits of a part, by Start, in the coordinates of the old text.
func (a *Applied) Edits(part string) []document.Edit { return a.edits[part] }

// Back maps a span of the new text to the old one; where it touches an edit, the whole edit is taken in.
func (a *Applied) Back(part string, s document.Span) document.Span {
	out := document.Span{Start: -1}
	shift := 0 // new minus old, before the edit at hand
	for _, e := range a.edits[part] {
		n := len([]rune(e.Text))
		newStart, newEnd := e.Start+shift, e.Start+shift+n
		if out.Start < 0 && s.Start < newStart {
			out.Start = s.Start - shift
		}
		if out.Start >= 0 && s.End <= newStart {
			out.End = s.End - shift
			return out
		}
		if s.Start < newEnd && newStart < s.End || n == 0 && s.Start < newStart && newStart < s.End {
			if out.Start < 0 {
				out.Start = e.Start
			}
			if s.End <= newEnd {
				out.End = e.End
				return out
			}
		}
		shift += n - e.Len()
	}
	if out.Start < 0 {
		out.Start = s.Start - shift
	}
	out.End = s.End - shift
	return out
}
