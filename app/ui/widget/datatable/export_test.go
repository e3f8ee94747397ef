package datatable

import "time"

// SetNow sets the clock by which a double click is told from two clicks.
func (t *Table[T]) SetNow(now func() time.Time) { t.now = now }
