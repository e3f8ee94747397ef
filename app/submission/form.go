package submission

import (
	"fmt"
	"strings"
)

// A form for one application has its labels beside their values:
//
//	申报主体 | 澄淞大学 | 申报类别 | 关键技术
//	项目名称 | …

// takeForm reads a grid as such forms; ok is false where it is none. A label that
// comes again begins the next application.
func takeForm(g *Grid, c *Campaign) (Taken, bool) {
	t := &taker{g: g, c: c, match: newMatcher(c), out: Taken{Grid: g, Mapping: Mapping{Head: -1, Columns: map[Column]int{}}}}
	var r Row
	seen := map[Column]bool{}
	flush := func() {
		if seen[ColTitle] && seen[ColApplicant] && r.Title != "" && r.Applicant != "" {
			t.out.Rows = append(t.out.Rows, r)
		}
		r, seen = Row{}, map[Column]bool{}
	}
	for i := range g.Rows {
		for col := 0; col < len(g.Rows[i]); col++ {
			label, ok := t.label(i, col)
			if !ok {
				continue
			}
			value, at := t.valueRight(i, col)
			if seen[label] {
				flush()
			}
			if len(seen) == 0 {
				r = NewRow()
				r.Source = t.source(i)
			}
			seen[label] = true
			t.enter(&r, label, value)
			col = at
		}
	}
	flush()
	if len(t.out.Rows) == 0 {
		return Taken{}, false
	}
	t.problem(Problem{
		Level: Warning, Kind: KindSkipped, Source: Source{File: g.File, Sheet: g.Sheet, Table: g.Table},
		Message: fmt.Sprintf("不是统计表，按申报表单读出 %d 项，请核对", len(t.out.Rows)),
	})
	t.leave()
	return t.out, true
}

// label says which column a cell names; only the plain words count, so that a
// value is not taken for a label.
func (t *taker) label(i, col int) (Column, bool) {
	text := strings.TrimRight(strings.TrimSpace(t.g.Text(i, col)), ":：")
	hit, ok := t.match.exact[headWord(text)]
	if !ok || hit.col == ColNo || hit.rank > 16 {
		return "", false
	}
	return hit.col, true
}

// valueRight is the text right of a label, which may be merged over several cells;
// at is the last of them.
func (t *taker) valueRight(i, col int) (value string, at int) {
	label := t.g.Text(i, col)
	at = col
	for at+1 < len(t.g.Rows[i]) && t.g.Text(i, at+1) == label && t.g.Rows[i][at+1].Merged {
		at++
	}
	at++
	if at >= len(t.g.Rows[i]) {
		return "", at
	}
	if _, ok := t.label(i, at); ok {
		return "", at - 1 // two labels side by side: this one has no value
	}
	value = t.g.Text(i, at)
	if d := t.g.Rows[i][at].Date; d != "" {
		value = d
	}
	for at+1 < len(t.g.Rows[i]) && t.g.Rows[i][at+1].Merged && t.g.Text(i, at+1) == t.g.Text(i, at) {
		at++
	}
	return value, at
}

func (t *taker) enter(r *Row, col Column, value string) {
	switch col {
	case ColContact:
		name, phone := SplitContact(value)
		if phone == "" || reID.MatchString(value) {
			name = CleanText(value)
		}
		r.Contact = name
		if r.Phone == "" && phone != "" && !reID.MatchString(value) {
			r.Phone = phone
		}
	default:
		r.Set(col, Tidy(col, value, t.c))
	}
}
