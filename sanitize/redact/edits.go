package redact

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
)

// item is a wish to change one span of a part.
type item struct {
	span    document.Span
	text    string
	rank    int  // level of the finding; the smaller wins
	decided bool // by a person; wins before any level
	words   bool // text is the rule's own wording
}

// edits joins overlapping items and cuts the result at line ends and cell borders.
//
// Strategy for overlaps (“union, strongest”): items that share a rune become one
// edit over all of them. An item that covers the whole of it gives the text; among
// several the one decided by a person, then the heavier level, then the first. If
// none covers it, the whole is deleted where all wanted that, else Fixed. A text
// that would put back a piece of what it replaces becomes Fixed.
func edits(kind document.Kind, part *document.Part, items []item) []document.Edit {
	if len(items) == 0 {
		return nil
	}
	text := []rune(part.Text)
	part = sorted(part)
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	var out []draft
	for i := 0; i < len(items); {
		union, j := items[i].span, i+1
		for j < len(items) && items[j].span.Start < union.End {
			union.End = max(union.End, items[j].span.End)
			j++
		}
		union.Start, union.End = max(union.Start, 0), min(union.End, len(text))
		if union.Len() > 0 {
			out = append(out, cut(kind, part, text, union, choose(items[i:j], union, text))...)
		}
		i = j
	}
	return tidy(kind, part, text, out)
}

// sorted gives the part with its cells in the order of the text.
func sorted(part *document.Part) *document.Part {
	byStart := func(a, b document.Cell) int { return cmp.Compare(a.Start, b.Start) }
	if slices.IsSortedFunc(part.Cells, byStart) {
		return part
	}
	out := *part
	out.Cells = slices.Clone(part.Cells)
	slices.SortStableFunc(out.Cells, byStart)
	return &out
}

// choose picks the text for a cluster; with it, whether it is a rule's own wording and
// whether a person decided.
func choose(items []item, union document.Span, text []rune) item {
	best := -1
	deleted := true
	for i, it := range items {
		deleted = deleted && it.text == ""
		if it.span.Covers(union) && (best < 0 || stronger(it, items[best])) {
			best = i
		}
	}
	out := item{text: Fixed}
	switch {
	case best >= 0:
		out = items[best]
	case deleted:
		out.text = ""
	}
	flat := squeeze(out.text)
	for _, it := range items {
		s, e := max(it.span.Start, 0), min(it.span.End, len(text))
		if s >= e {
			continue
		}
		if old := squeeze(string(text[s:e])); len([]rune(old)) > 1 && strings.Contains(flat, old) {
			return item{text: Fixed}
		}
	}
	return out
}

func stronger(a, b item) bool {
	if a.decided != b.decided {
		return a.decided
	}
	return a.rank < b.rank
}

// squeeze takes out blanks and invisible characters.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// cut splits an edit where a line or a cell ends, so that lines and cells stay. A
// text of as many characters as were there is dealt out to the pieces (one digit a
// cell), any other goes to the first piece.
func cut(kind document.Kind, part *document.Part, text []rune, span document.Span, with item) []draft {
	pieces, n := split(kind, part, text, span)
	if len(pieces) == 0 {
		return nil
	}
	rest := []rune(with.text)
	deal := len(rest) == n && len(pieces) > 1
	out := make([]draft, 0, len(pieces))
	for i, p := range pieces {
		e := draft{Edit: document.Edit{Part: part.ID, Span: p}, words: with.words, more: i > 0, decided: with.decided}
		switch {
		case deal:
			e.Text, rest = string(rest[:p.Len()]), rest[p.Len():]
		case i == 0:
			e.Text = with.text
		}
		out = append(out, e)
	}
	return out
}

// split gives the pieces of a span between line ends and cell borders, and how many runes they hold.
func split(kind document.Kind, part *document.Part, text []rune, span document.Span) ([]document.Span, int) {
	var out []document.Span
	total, c := 0, 0
	cells := part.Cells
	last := -2 // cell of the open piece; -1: outside cells; -2: none open
	for i := span.Start; i < span.End; i++ {
		for c < len(cells) && cells[c].End <= i {
			c++
		}
		in := -1
		if c < len(cells) && cells[c].Start <= i {
			in = c
		}
		if text[i] == '\n' || text[i] == '\t' || kind == "csv" && in < 0 && len(cells) > 0 {
			last = -2
			continue
		}
		total++
		if in == last && len(out) > 0 {
			out[len(out)-1].End = i + 1
			continue
		}
		out = append(out, document.Span{Start: i, End: i + 1})
		last = in
	}
	return out, total
}

// widen stretches an item to what its scope takes along.
func widen(part *document.Part, it item, scope document.Scope) []item {
	switch scope {
	case document.ScopeRow:
		if row := rowItems(part, it); row != nil {
			return row
		}
		it.span, it.text = line(part.Text, it.span), ""
	case document.ScopeParagraph:
		if inCell(part, it.span) {
			it.text = ""
			break
		}
		it.span, it.text = line(part.Text, it.span), ""
	case document.ScopePhrase:
	}
	return []item{it}
}

func inCell(part *document.Part, s document.Span) bool {
	for _, c := range part.Cells {
		if c.Covers(s) {
			return true
		}
	}
	return false
}

// rowItems empties every cell of the table row that holds the span.
func rowItems(part *document.Part, it item) []item {
	var out []item
	for _, c := range part.Cells {
		if !c.Overlaps(it.span) {
			continue
		}
		for _, o := range part.Cells {
			if o.Table == c.Table && o.Row == c.Row && o.Len() > 0 {
				out = append(out, item{span: o.Span, rank: it.rank, decided: it.decided})
			}
		}
		return out
	}
	return nil
}

// line is the whole of the lines that a span touches, their last line end left out.
func line(text string, s document.Span) document.Span {
	r := []rune(text)
	s.Start, s.End = max(0, min(s.Start, len(r))), max(0, min(s.End, len(r)))
	for s.Start > 0 && r[s.Start-1] != '\n' {
		s.Start--
	}
	for s.End < len(r) && r[s.End] != '\n' {
		s.End++
	}
	return s
}
