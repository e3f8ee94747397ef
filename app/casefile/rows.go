package casefile

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"jinggao/app/submission"
)

// rowRecord is a row with its place; places are ordered, not consecutive.
type rowRecord struct {
	Pos float64        `json:"pos"`
	Row submission.Row `json:"row"`
}

// CellEdit puts a text into a cell.
type CellEdit struct {
	Row    string
	Column submission.Column
	Text   string
}

// Rows returns the rows in their order.
func (c *Case) Rows() []submission.Row {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]submission.Row, len(c.rows))
	for i := range c.rows {
		out[i] = c.rows[i].Row
	}
	return out
}

// Row returns one row and its index from 0; false if it is not there.
func (c *Case) Row(id string) (submission.Row, int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := c.find(id); i >= 0 {
		return c.rows[i].Row, i, true
	}
	return submission.Row{}, -1, false
}

// SetCell changes one cell. Setting what is there already is no command.
func (c *Case) SetCell(row string, col submission.Column, text string) error {
	return c.Edit("", []CellEdit{{row, col, text}})
}

// Edit changes several cells as one command. An empty label is made up from the edits.
func (c *Case) Edit(label string, edits []CellEdit) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{label: label}
	if err := c.edit(k, edits); err != nil {
		return err
	}
	return c.do(k)
}

// EditAndAppend changes cells and puts rows at the end as one command. The IDs of the
// new rows are returned as InsertRows returns them.
func (c *Case) EditAndAppend(label string, edits []CellEdit, rows []submission.Row) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{label: label}
	if err := c.edit(k, edits); err != nil {
		return nil, err
	}
	changed := k.place.Rows
	ids := c.insert(k, len(c.rows), rows)
	k.place.Rows = append(changed, ids...)
	return ids, c.do(k)
}

// edit adds changed cells to a command; a label that is empty is made up.
func (c *Case) edit(k *command, edits []CellEdit) error {
	label := k.label
	touched := map[string]rowRecord{}
	for _, e := range edits {
		i := c.find(e.Row)
		if i < 0 {
			return ErrGone
		}
		rec, ok := touched[e.Row]
		if !ok {
			rec = c.rows[i]
		}
		if rec.Row.Get(e.Column) == e.Text {
			continue
		}
		if !rec.Row.Set(e.Column, e.Text) {
			return fmt.Errorf("column %q cannot be edited", e.Column)
		}
		touched[e.Row] = rec
		k.place.Column = e.Column
		if label == "" {
			k.label = fmt.Sprintf("修改第 %d 行的%s", i+1, e.Column)
		}
	}
	for i := range c.rows {
		if rec, ok := touched[c.rows[i].Row.ID]; ok {
			k.add(tabRows, rec.Row.ID, "", c.rows[i], rec)
			k.place.Rows = append(k.place.Rows, rec.Row.ID)
		}
	}
	if label == "" && len(touched) > 1 {
		k.label = fmt.Sprintf("修改 %d 行", len(touched))
	}
	return nil
}

// InsertRows puts rows before index at (0 … number of rows). Rows without an ID,
// or with one that is taken, get a new one; the IDs are returned.
func (c *Case) InsertRows(label string, at int, rows []submission.Row) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if label == "" {
		label = fmt.Sprintf("新增 %d 行", len(rows))
	}
	k := &command{label: label}
	ids := c.insert(k, at, rows)
	return ids, c.do(k)
}

// insert adds new rows before index at to a command.
func (c *Case) insert(k *command, at int, rows []submission.Row) []string {
	at = max(0, min(at, len(c.rows)))
	ids := make([]string, len(rows))
	if len(rows) == 0 {
		return ids
	}
	used := make(map[string]bool, len(c.rows)+len(rows))
	for i := range c.rows {
		used[c.rows[i].Row.ID] = true
	}
	places := c.room(k, at, len(rows))
	for i, r := range rows {
		if r.ID == "" || used[r.ID] {
			r.ID = submission.NewID()
		}
		used[r.ID] = true
		ids[i] = r.ID
		k.add(tabRows, r.ID, "", nil, rowRecord{places[i], r})
	}
	k.place.Rows = ids
	return ids
}

// AppendRows puts rows at the end.
func (c *Case) AppendRows(label string, rows []submission.Row) ([]string, error) {
	return c.InsertRows(label, 1<<30, rows)
}

// DuplicateRows puts a copy of each row below the last of them; the copies' IDs are returned.
func (c *Case) DuplicateRows(ids []string) ([]string, error) {
	rows := c.Rows()
	last := -1
	var copies []submission.Row
	for i := range rows {
		if slices.Contains(ids, rows[i].ID) {
			last = i
			r := rows[i]
			r.ID = ""
			copies = append(copies, r)
		}
	}
	if last < 0 {
		return nil, ErrGone
	}
	return c.InsertRows(fmt.Sprintf("复制 %d 行", len(copies)), last+1, copies)
}

// DeleteRows removes rows together with their links to attachments; the
// attachments stay in the case.
func (c *Case) DeleteRows(ids []string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{}
	gone := map[string]bool{}
	for _, id := range ids {
		i := c.find(id)
		if i < 0 || gone[id] {
			continue
		}
		gone[id] = true
		k.add(tabRows, id, "", c.rows[i], nil)
		k.place.Rows = append(k.place.Rows, id)
	}
	for _, l := range c.sortedLinks() {
		if gone[l.Row] {
			k.add(tabLinks, l.Attachment, l.Row, true, nil)
		}
	}
	k.label = fmt.Sprintf("删除 %d 行", len(gone))
	return c.do(k)
}

// MoveRows puts the rows, in the order they have, before the row that stands at
// index at now.
func (c *Case) MoveRows(ids []string, at int) error {
	rows := c.Rows()
	at = max(0, min(at, len(rows)))
	var head, moved, tail []string
	for i := range rows {
		switch id := rows[i].ID; {
		case slices.Contains(ids, id):
			moved = append(moved, id)
		case i < at:
			head = append(head, id)
		default:
			tail = append(tail, id)
		}
	}
	return c.Reorder(fmt.Sprintf("移动 %d 行", len(moved)), slices.Concat(head, moved, tail))
}

// Reorder gives all rows a new order (sorting); ids must name every row once.
func (c *Case) Reorder(label string, ids []string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := make(map[string]int, len(c.rows))
	for i := range c.rows {
		at[c.rows[i].Row.ID] = i
	}
	if len(ids) != len(c.rows) {
		return fmt.Errorf("reorder: %d of %d rows named", len(ids), len(c.rows))
	}
	k := &command{label: label, place: Place{}}
	for i, id := range ids {
		j, ok := at[id]
		if !ok {
			return ErrGone
		}
		delete(at, id)
		if pos := float64(i + 1); i != j || c.rows[j].Pos != pos {
			k.add(tabRows, id, "", c.rows[j], rowRecord{pos, c.rows[j].Row})
			if i != j {
				k.place.Rows = append(k.place.Rows, id)
			}
		}
	}
	if len(k.place.Rows) == 0 {
		return nil
	}
	return c.do(k)
}

// room finds n places before index at; where there is no room between two rows
// it adds a renumbering of all rows to the command.
func (c *Case) room(k *command, at, n int) []float64 {
	lo := 0.0
	if at > 0 {
		lo = c.rows[at-1].Pos
	}
	hi := lo + float64(n) + 1
	if at < len(c.rows) {
		hi = c.rows[at].Pos
	}
	step := (hi - lo) / float64(n+1)
	if step < 1e-6 {
		for i := range c.rows {
			pos := float64(i + 1)
			if i >= at {
				pos += float64(n)
			}
			moved := rowRecord{pos, c.rows[i].Row}
			k.add(tabRows, moved.Row.ID, "", c.rows[i], moved)
		}
		lo, step = float64(at), 1
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = lo + step*float64(i+1)
	}
	return out
}

func (c *Case) find(id string) int {
	if i, ok := c.index[id]; ok {
		return i
	}
	return -1
}

// recallRow leaves a hole where a row was deleted; sortRows closes it.
func (c *Case) recallRow(id string, v []byte) error {
	i := c.find(id)
	if v == nil {
		if i >= 0 {
			c.rows[i] = rowRecord{}
			delete(c.index, id)
		}
		return nil
	}
	var rec rowRecord
	if err := json.Unmarshal(v, &rec); err != nil {
		return fmt.Errorf("row: %w", err)
	}
	if i >= 0 {
		c.rows[i] = rec
		return nil
	}
	c.index[id] = len(c.rows)
	c.rows = append(c.rows, rec)
	return nil
}

func (c *Case) sortRows() {
	c.rows = slices.DeleteFunc(c.rows, func(r rowRecord) bool { return r.Row.ID == "" })
	sort.SliceStable(c.rows, func(i, j int) bool { return c.rows[i].Pos < c.rows[j].Pos })
	clear(c.index)
	for i := range c.rows {
		c.index[c.rows[i].Row.ID] = i
	}
}
