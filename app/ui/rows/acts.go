package rows

import (
	"fmt"
	"slices"
	"strings"

	"jinggao/app/submission"
)

// Set writes a cell. Nothing is stored where the text is the same.
func (p *Presenter) Set(i int, c submission.Column, text string) error {
	if i < 0 || i >= len(p.rows) {
		return ErrNoRow
	}
	r := p.rows[i]
	text = strings.TrimSpace(text)
	if r.Get(c) == text || !r.Set(c, text) {
		return nil
	}
	p.keep(i)
	return p.done(p.store.PutRows(fmt.Sprintf("修改第 %d 行%s", i+1, c), []submission.Row{r}))
}

// Mend puts what a problem proposes into its cell.
func (p *Presenter) Mend(k int) error {
	if k < 0 || k >= len(p.problems) || p.problems[k].Mend == "" {
		return nil
	}
	pr := p.problems[k]
	return p.Set(p.Index(pr.RowID), pr.Column, pr.Mend)
}

// Insert puts an empty row in before index at (the end with at < 0) and returns its index.
func (p *Presenter) Insert(at int) (int, error) {
	if at < 0 || at > len(p.rows) {
		at = len(p.rows)
	}
	return at, p.insert("新增一行", at, []submission.Row{submission.NewRow()})
}

// insert puts rows in and keeps them in sight.
func (p *Presenter) insert(label string, at int, rows []submission.Row) error {
	for i := range rows {
		p.kept[rows[i].ID] = true
	}
	return p.done(p.store.InsertRows(label, at, rows))
}

// chosen gives the rows that exist, in order.
func (p *Presenter) chosen(rows []int) []int {
	out := slices.Clone(rows)
	out = slices.DeleteFunc(out, func(i int) bool { return i < 0 || i >= len(p.rows) })
	slices.Sort(out)
	return slices.Compact(out)
}

// Duplicate puts copies of rows under the last of them and returns the index of the
// first copy.
func (p *Presenter) Duplicate(rows []int) (int, error) {
	rows = p.chosen(rows)
	if len(rows) == 0 {
		return 0, ErrNoRow
	}
	var copies []submission.Row
	for _, i := range rows {
		r := p.rows[i]
		r.ID, r.Source = submission.NewID(), submission.Source{}
		copies = append(copies, r)
	}
	label := fmt.Sprintf("复制第 %d 行", rows[0]+1)
	if len(rows) > 1 {
		label = fmt.Sprintf("复制 %d 行", len(rows))
	}
	at := rows[len(rows)-1] + 1
	return at, p.insert(label, at, copies)
}

// Delete takes rows away.
func (p *Presenter) Delete(rows []int) error {
	var ids []string
	for _, i := range p.chosen(rows) {
		ids = append(ids, p.rows[i].ID)
	}
	if len(ids) == 0 {
		return ErrNoRow
	}
	return p.done(p.store.DeleteRows(fmt.Sprintf("删除 %d 行", len(ids)), ids))
}

// FillDown puts the text of the first of the rows in a column into the others; a row
// alone takes the text of the one shown above it. It returns how many rows it filled.
func (p *Presenter) FillDown(rows []int, c submission.Column) (int, error) {
	rows = p.chosen(rows)
	if len(rows) == 0 {
		return 0, ErrNoRow
	}
	if len(rows) == 1 {
		v := slices.Index(p.visible, rows[0])
		if v <= 0 {
			return 0, ErrNoFill
		}
		rows = []int{p.visible[v-1], rows[0]}
	}
	if !Editable(c) {
		return 0, fmt.Errorf("%w：%s", ErrNoColumn, c)
	}
	text := p.rows[rows[0]].Get(c)
	var changed []submission.Row
	for _, i := range rows[1:] {
		r := p.rows[i]
		if r.Get(c) == text {
			continue
		}
		r.Set(c, text)
		p.keep(i)
		changed = append(changed, r)
	}
	if len(changed) == 0 {
		return 0, nil
	}
	return len(changed), p.done(p.store.PutRows(fmt.Sprintf("向下填充%s %d 行", c, len(changed)), changed))
}

// Move puts rows one place up (-1) or down (+1) among the rows shown and returns where
// they are now.
func (p *Presenter) Move(rows []int, by int) ([]int, error) {
	rows = p.chosen(rows)
	if len(rows) == 0 {
		return rows, ErrNoRow
	}
	next, ok := p.swapped(rows, by)
	if !ok {
		return rows, ErrFirstLast
	}
	ids := make([]string, len(p.rows))
	for i := range p.rows {
		ids[i] = p.rows[next[i]].ID
	}
	label := fmt.Sprintf("移动第 %d 行", rows[0]+1)
	if len(rows) > 1 {
		label = fmt.Sprintf("移动 %d 行", len(rows))
	}
	moved := make([]string, len(rows))
	for k, i := range rows {
		moved[k] = p.rows[i].ID
	}
	if err := p.done(p.store.Reorder(label, ids)); err != nil {
		return rows, err
	}
	out := make([]int, len(moved))
	for k, id := range moved {
		out[k] = p.Index(id)
	}
	return out, nil
}

// swapped changes each of the rows with its neighbour among the rows shown: next[i] is
// the row that comes to index i. ok is false where the first cannot go further.
func (p *Presenter) swapped(rows []int, by int) (next []int, ok bool) {
	next = make([]int, len(p.rows))
	for i := range next {
		next[i] = i
	}
	place := make(map[int]int, len(p.visible))
	for v, i := range p.visible {
		place[i] = v
	}
	if by > 0 {
		rows = slices.Clone(rows)
		slices.Reverse(rows)
	}
	for _, i := range rows {
		v, shown := place[i]
		if !shown || v+by < 0 || v+by >= len(p.visible) {
			return nil, false
		}
		j := p.visible[v+by]
		next[i], next[j] = next[j], next[i]
	}
	return next, true
}

// Paste takes text copied from Excel: with a header line its rows are appended,
// otherwise it is laid over the cells shown from (at, col) on, and rows beyond the
// last are appended, all as one step. It returns how many rows it touched.
func (p *Presenter) Paste(text string, at int, col submission.Column) (int, error) {
	if !Editable(col) {
		col = submission.ColApplicant
	}
	block := submission.ParseBlock(text, col, p.store.Campaign())
	got := block.Rows
	if len(got) == 0 {
		return 0, ErrNothing
	}
	from := slices.Index(p.visible, at)
	over := from >= 0 && block.Taken == nil
	var changed, added []submission.Row
	for k := range got {
		if !over || from+k >= len(p.visible) {
			p.kept[got[k].ID] = true
			added = append(added, got[k])
			continue
		}
		i := p.visible[from+k]
		r := p.rows[i]
		for _, c := range submission.Editable() {
			if v := got[k].Get(c); v != "" {
				r.Set(c, v)
			}
		}
		p.keep(i)
		changed = append(changed, r)
	}
	return len(got), p.done(p.store.PutAndInsert(fmt.Sprintf("粘贴 %d 行", len(got)), changed, added))
}
