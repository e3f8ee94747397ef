package docview

import "time"

// SetNow sets the clock by which a double click is told from two clicks.
func (v *View) SetNow(now func() time.Time) { v.now = now }
