package casefile

import (
	"fmt"
	"sort"

	"jinggao/sanitize/redact"
)

// Decide stores decisions about findings of one file (an attachment's ID, or
// RowsFile) as one command. By is the acting person and At is now where they are
// empty. label is shown by undo: 脱敏 3 处.
func (c *Case) Decide(file, label string, ds ...redact.Decision) error {
	all := make([]Decision, len(ds))
	for i, d := range ds {
		all[i] = Decision{file, d}
	}
	return c.DecideAll(label, all)
}

// DecideAll stores decisions about findings of several files as one command.
func (c *Case) DecideAll(label string, ds []Decision) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{label: label}
	if label == "" {
		k.label = fmt.Sprintf("处理 %d 处", len(ds))
	}
	seen := map[[2]string]bool{}
	for _, d := range ds {
		if d.File != RowsFile && c.findAttachment(d.File) < 0 {
			return ErrGone
		}
		key := [2]string{d.File, d.Fingerprint}
		if seen[key] {
			return fmt.Errorf("two decisions about one finding in one command")
		}
		seen[key] = true
		if d.By == "" {
			d.By = c.actor()
		}
		if d.At.IsZero() {
			d.At = c.now().Round(0)
		}
		var before any
		if old, ok := c.decisions[d.File][d.Fingerprint]; ok {
			before = old
		}
		k.add(tabDecisions, d.File, d.Fingerprint, before, d.Decision)
		k.place.File = d.File
		k.place.Fingerprints = append(k.place.Fingerprints, d.Fingerprint)
	}
	return c.do(k)
}

// Confirm enters the second person (复核人) into decisions of one file.
func (c *Case) Confirm(file, by string, fingerprints ...string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{label: fmt.Sprintf("复核确认 %d 处", len(fingerprints)), place: Place{File: file, Fingerprints: fingerprints}}
	for _, fp := range fingerprints {
		d, ok := c.decisions[file][fp]
		if !ok {
			return ErrGone
		}
		if d.Confirmed == by {
			continue
		}
		next := d
		next.Confirmed = by
		k.add(tabDecisions, file, fp, d, next)
	}
	return c.do(k)
}

// Reset takes decisions back to 待处理, as one command.
func (c *Case) Reset(file string, fingerprints ...string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{label: fmt.Sprintf("恢复 %d 处为待处理", len(fingerprints)), place: Place{File: file, Fingerprints: fingerprints}}
	for _, fp := range fingerprints {
		if d, ok := c.decisions[file][fp]; ok {
			k.add(tabDecisions, file, fp, d, nil)
		}
	}
	return c.do(k)
}

// Decision returns the decision about a finding; false while it is 待处理.
func (c *Case) Decision(file, fingerprint string) (redact.Decision, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d, ok := c.decisions[file][fingerprint]
	return d, ok
}

// Decisions returns all decisions about a file, in the order in which they were taken.
func (c *Case) Decisions(file string) []redact.Decision {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]redact.Decision, 0, len(c.decisions[file]))
	for _, d := range c.decisions[file] {
		out = append(out, d)
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].At.Equal(out[j].At) {
			return out[i].At.Before(out[j].At)
		}
		return out[i].Fingerprint < out[j].Fingerprint
	})
	return out
}

// SetTick records that a person has looked at something of an attachment that
// nobody read (on), or takes that back. item is the document.Unchecked.Message.
func (c *Case) SetTick(file, item string, on bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.findAttachment(file) < 0 {
		return ErrGone
	}
	k := &command{label: "标记已人工查看", place: Place{File: file}}
	old, had := c.ticks[file][item]
	switch {
	case on && !had:
		k.add(tabTicks, file, item, nil, Tick{Item: item, By: c.actor(), At: c.now().Round(0)})
	case !on && had:
		k.label = "取消已人工查看"
		k.add(tabTicks, file, item, old, nil)
	}
	return c.do(k)
}

// Ticks returns what was looked at by people in a file, by item.
func (c *Case) Ticks(file string) map[string]Tick {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]Tick, len(c.ticks[file]))
	for k, v := range c.ticks[file] {
		out[k] = v
	}
	return out
}
