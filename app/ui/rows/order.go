package rows

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"jinggao/app/submission"
)

// order remembers the last sort, to show it as long as it holds.
type order struct {
	col   submission.Column
	desc  bool
	ids   []string // of the rows shown, as sorted
	texts []string // what the column said
}

// rank is what a row is sorted by: empty cells last, then number, then text.
type rank struct {
	empty  bool
	number int
	text   []byte
}

func (a *rank) compare(b *rank) int {
	if c := cmp.Compare(a.number, b.number); c != 0 {
		return c
	}
	return bytes.Compare(a.text, b.text)
}

// Sort brings the rows shown into the order of a column, as one step: names by their
// pinyin, dates by time, categories in the order of the campaign, counts by number;
// empty cells come last. Hidden rows keep their places. ErrSorted where the order is
// so already.
func (p *Presenter) Sort(c submission.Column, desc bool) error {
	ranks := p.ranks(c)
	now := slices.Clone(p.visible)
	slices.SortStableFunc(now, func(i, j int) int {
		a, b := &ranks[i], &ranks[j]
		if a.empty != b.empty {
			if a.empty {
				return 1
			}
			return -1
		}
		if desc {
			return b.compare(a)
		}
		return a.compare(b)
	})
	remember := func() {
		p.order = order{col: c, desc: desc}
		for _, i := range p.visible {
			p.order.ids = append(p.order.ids, p.rows[i].ID)
			p.order.texts = append(p.order.texts, p.Text(i, c))
		}
	}
	if slices.Equal(now, p.visible) {
		remember()
		return ErrSorted
	}
	ids := make([]string, len(p.rows))
	for i := range p.rows {
		ids[i] = p.rows[i].ID
	}
	for k, i := range p.visible { // the places of the rows shown are dealt out anew
		ids[i] = p.rows[now[k]].ID
	}
	err := p.done(p.store.Reorder(SortLabel(c, desc), ids))
	if err == nil {
		remember()
	}
	return err
}

// SortLabel names a sort for the status bar and the history.
func SortLabel(c submission.Column, desc bool) string {
	if desc {
		return fmt.Sprintf("按%s降序排列", c)
	}
	return fmt.Sprintf("按%s升序排列", c)
}

// Sorted is the column by which the rows shown are sorted; ok is false once a later
// change has broken the order.
func (p *Presenter) Sorted() (c submission.Column, desc, ok bool) {
	o := &p.order
	if o.col == "" || len(o.ids) != len(p.visible) {
		return "", false, false
	}
	for k, i := range p.visible {
		if p.rows[i].ID != o.ids[k] || p.Text(i, o.col) != o.texts[k] {
			return "", false, false
		}
	}
	return o.col, o.desc, true
}

// ranks works out what every row is sorted by.
func (p *Presenter) ranks(c submission.Column) []rank {
	out := make([]rank, len(p.rows))
	place := map[string]int{}
	for k, n := range p.store.Campaign().CategoryNames() {
		place[n] = k - len(p.store.Campaign().Categories) // before every other text
	}
	chinese := collate.New(language.Chinese, collate.Numeric, collate.IgnoreWidth)
	var buf collate.Buffer
	for i := range p.rows {
		r := &p.rows[i]
		switch c {
		case ColFiles:
			out[i].number, _, _ = p.store.Files(r.ID)
		case ColOpen:
			files, open, unread := p.store.Files(r.ID)
			out[i] = rank{empty: files == 0, number: open + unread}
		case ColProblems:
			errs, warns := p.weight(r.ID)
			out[i].number = errs*1000 + warns
		default:
			text := strings.TrimSpace(r.Get(c))
			buf.Reset()
			out[i] = rank{empty: text == "", text: slices.Clone(chinese.KeyFromString(&buf, text))}
			if c == submission.ColCategory {
				out[i].number = place[text]
			}
		}
	}
	return out
}
