package casefile

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"github.com/ncruces/go-sqlite3"

	"jinggao/sanitize/redact"
)

// keep is how many commands can be undone, over restarts too.
const keep = 200

// change is one value before and after; nil means that it is not there.
type change struct {
	Table  string          `json:"t"`
	K1     string          `json:"a"`
	K2     string          `json:"b,omitempty"`
	Before json.RawMessage `json:"x,omitempty"`
	After  json.RawMessage `json:"y,omitempty"`
}

// newChange encodes a change; a nil interface means absent.
func newChange(table, k1, k2 string, before, after any) (change, error) {
	ch := change{Table: table, K1: k1, K2: k2}
	for _, p := range []struct {
		v   any
		dst *json.RawMessage
	}{{before, &ch.Before}, {after, &ch.After}} {
		if p.v == nil {
			continue
		}
		b, err := json.Marshal(p.v)
		if err != nil {
			return ch, fmt.Errorf("encode change of %s: %w", table, err)
		}
		*p.dst = b
	}
	return ch, nil
}

// command collects the changes of one act of a person.
type command struct {
	label   string
	place   Place
	changes []change
	err     error
}

func (k *command) add(table, k1, k2 string, before, after any) {
	ch, err := newChange(table, k1, k2, before, after)
	if err != nil && k.err == nil {
		k.err = err
	}
	k.changes = append(k.changes, ch)
}

// do carries a command out: in one transaction on disk, then in memory.
func (c *Case) do(k *command) error {
	if k.err != nil {
		return k.err
	}
	if len(k.changes) == 0 {
		return nil
	}
	changes, err := json.Marshal(k.changes)
	if err != nil {
		return fmt.Errorf("encode command: %w", err)
	}
	place, err := json.Marshal(k.place)
	if err != nil {
		return fmt.Errorf("encode command: %w", err)
	}
	err = c.write(func() error {
		if err := c.store(k.changes, true); err != nil {
			return err
		}
		if err := c.db.Exec(`DELETE FROM commands WHERE undone=1`); err != nil {
			return err
		}
		if err := run(c.db, `INSERT INTO commands(label, place, changes) VALUES (?,?,?)`, nil, k.label, place, changes); err != nil {
			return err
		}
		if err := run(c.db, `DELETE FROM commands WHERE seq <= (SELECT max(seq) FROM commands) - ?`, nil, keep); err != nil {
			return err
		}
		return c.log(k.label)
	})
	if err != nil {
		return err
	}
	return c.remember(k.changes, true)
}

// store writes the changes to disk, forward or backward.
func (c *Case) store(changes []change, forward bool) error {
	p := &prepared{db: c.db}
	defer p.close()
	for i := range changes {
		ch := &changes[i]
		v := ch.After
		if !forward {
			v = ch.Before
		}
		if !slices.Contains([]string{tabRows, tabAttachments, tabLinks, tabDecisions, tabTicks, tabScans}, ch.Table) {
			return fmt.Errorf("command changes unknown table %q", ch.Table)
		}
		var err error
		if v == nil {
			err = p.run(`DELETE FROM `+ch.Table+` WHERE k1=? AND k2=?`, ch.K1, ch.K2)
		} else {
			err = p.run(`INSERT OR REPLACE INTO `+ch.Table+`(k1,k2,data) VALUES (?,?,?)`, ch.K1, ch.K2, []byte(v))
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", ch.Table, err)
		}
	}
	return nil
}

// remember brings the memory up to what store wrote.
func (c *Case) remember(changes []change, forward bool) error {
	sorted := false
	for i := range changes {
		ch := &changes[i]
		v := ch.After
		if !forward {
			v = ch.Before
		}
		if err := c.recall(ch.Table, ch.K1, ch.K2, v); err != nil {
			return err
		}
		sorted = sorted || ch.Table == tabRows
	}
	if sorted {
		c.sortRows()
	}
	c.sortAttachments()
	return nil
}

// recall puts one stored value into memory; v is nil where it was deleted.
func (c *Case) recall(table, k1, k2 string, v []byte) error {
	switch table {
	case tabRows:
		return c.recallRow(k1, v)
	case tabAttachments:
		i := slices.IndexFunc(c.attachments, func(a Attachment) bool { return a.ID == k1 })
		if v == nil {
			if i >= 0 {
				c.attachments = slices.Delete(c.attachments, i, i+1)
			}
			return nil
		}
		var a Attachment
		if err := json.Unmarshal(v, &a); err != nil {
			return fmt.Errorf("attachment: %w", err)
		}
		if i >= 0 {
			c.attachments[i] = a
		} else {
			c.attachments = append(c.attachments, a)
		}
	case tabLinks:
		if v == nil {
			delete(c.links, Link{k1, k2})
		} else {
			c.links[Link{k1, k2}] = true
		}
	case tabDecisions:
		return recallKeyed[redact.Decision](c.decisions, k1, k2, v)
	case tabTicks:
		return recallKeyed[Tick](c.ticks, k1, k2, v)
	}
	return nil // scans are read from disk when asked for
}

func recallKeyed[T any](m map[string]map[string]T, k1, k2 string, v []byte) error {
	if v == nil {
		delete(m[k1], k2)
		return nil
	}
	var x T
	if err := json.Unmarshal(v, &x); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if m[k1] == nil {
		m[k1] = map[string]T{}
	}
	m[k1][k2] = x
	return nil
}

// CanUndo tells what Undo would take back; false where there is nothing.
func (c *Case) CanUndo() (label string, ok bool) { return c.peek(undoNext) }

// CanRedo tells what Redo would do again; false where there is nothing.
func (c *Case) CanRedo() (label string, ok bool) { return c.peek(redoNext) }

const (
	undoNext = `SELECT seq, label, place, changes FROM commands WHERE undone=0 ORDER BY seq DESC LIMIT 1`
	redoNext = `SELECT seq, label, place, changes FROM commands WHERE undone=1 ORDER BY seq LIMIT 1`
)

func (c *Case) peek(sql string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return "", false
	}
	label, ok := "", false
	err := run(c.db, sql, func(s *sqlite3.Stmt) error {
		label, ok = s.ColumnText(1), true
		return nil
	})
	return label, ok && err == nil
}

// Undo takes the last command back and says what it was and where. ErrNothing
// where there is none.
func (c *Case) Undo() (Step, error) { return c.step(undoNext, 1, "撤销：") }

// Redo does the last undone command again. ErrNothing where there is none.
func (c *Case) Redo() (Step, error) { return c.step(redoNext, 0, "重做：") }

func (c *Case) step(sql string, undone int, prefix string) (Step, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return Step{}, errClosed()
	}
	var step Step
	var changes []change
	seq := int64(-1)
	err := run(c.db, sql, func(s *sqlite3.Stmt) error {
		seq, step.Label = s.ColumnInt64(0), s.ColumnText(1)
		if err := json.Unmarshal(s.ColumnRawText(2), &step.Place); err != nil {
			return err
		}
		return json.Unmarshal(s.ColumnRawText(3), &changes)
	})
	if err != nil {
		return Step{}, fmt.Errorf("read the last command: %w", err)
	}
	if seq < 0 {
		return Step{}, ErrNothing
	}
	forward := undone == 0
	if !forward {
		slices.Reverse(changes)
	}
	err = c.write(func() error {
		if err := c.store(changes, forward); err != nil {
			return err
		}
		if err := run(c.db, `UPDATE commands SET undone=? WHERE seq=?`, nil, undone, seq); err != nil {
			return err
		}
		return c.log(prefix + step.Label)
	})
	if err != nil {
		return Step{}, err
	}
	return step, c.remember(changes, forward)
}

// load fills the memory from disk.
func (c *Case) load() error {
	ok, err := get(c.db, tabMeta, "info", "", &c.info)
	if err != nil {
		return fmt.Errorf("read case info: %w", err)
	}
	if !ok {
		return fmt.Errorf("case info is not there")
	}
	for _, t := range []string{tabRows, tabAttachments, tabLinks, tabDecisions, tabTicks} {
		err := run(c.db, `SELECT k1, k2, data FROM `+t, func(s *sqlite3.Stmt) error {
			return c.recall(t, s.ColumnText(0), s.ColumnText(1), []byte(s.ColumnText(2)))
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", t, err)
		}
	}
	c.sortRows()
	c.sortAttachments()
	return nil
}

func (c *Case) sortAttachments() {
	sort.SliceStable(c.attachments, func(i, j int) bool {
		a, b := &c.attachments[i], &c.attachments[j]
		if !a.Added.Equal(b.Added) {
			return a.Added.Before(b.Added)
		}
		return a.ID < b.ID
	})
}
