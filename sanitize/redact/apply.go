package redact

import (
	"jinggao/sanitize/document"
)

// Applied is a document as it will read once a plan is carried out, with the way back.
type Applied struct {
	Document *document.Document // visible parts only
	edits    map[string][]document.Edit
}

// Apply carries a plan out on the text: visible parts with their edits made, hidden
// parts gone, cells and marks moved along.
func Apply(doc *document.Document, plan document.Plan) *Applied {
	a := &Applied{edits: map[string][]document.Edit{}}
	for _, e := range plan.Edits {
		a.edits[e.Part] = append(a.edits[e.Part], e)
	}
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
			c.Span = forward(es, c.Span)
			cells[j] = c
		}
		marks := make([]document.Span, len(p.Marks))
		for j, m := range p.Marks {
			marks[j] = forward(es, m)
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
	return forward(a.edits[part], s)
}

// Edits are the edits of a part, by Start, in the coordinates of the old text.
func (a *Applied) Edits(part string) []document.Edit { return a.edits[part] }

// forward maps a span of the old text to the new one; an edge inside an edit moves to the edit's edge.
func forward(es []document.Edit, s document.Span) document.Span {
	return document.Span{Start: point(es, s.Start, false), End: point(es, s.End, true)}
}

func point(es []document.Edit, at int, end bool) int {
	shift := 0
	for _, e := range es {
		n := len([]rune(e.Text))
		switch {
		case e.End <= at:
			shift += n - e.Len()
		case e.Start < at:
			if end {
				return e.Start + shift + n
			}
			return e.Start + shift
		default:
			return at + shift
		}
	}
	return at + shift
}

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
