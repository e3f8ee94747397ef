package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"jinggao/app/submission"
	"jinggao/sanitize/document"
)

// AddResult says what became of one path given to AddFiles.
type AddResult struct {
	Path       string
	Attachment string            // ID of the attachment, new or known
	Known      bool              // the same content was there already; it was only linked
	Refused    *document.Refusal // the file could not be read; nothing was added
}

// Attachments returns the documents of the case in the order in which they were
// added.
func (c *Case) Attachments() []Attachment {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.attachments)
}

// Attachment returns one; false if it is not there.
func (c *Case) Attachment(id string) (Attachment, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := c.findAttachment(id); i >= 0 {
		return c.attachments[i], true
	}
	return Attachment{}, false
}

// AddFiles takes documents into the case by path and links each to the rows
// named. Files are read once for their digest; a content that is there already is
// linked, not added twice. One command for all. Folders are refused here: the
// caller lists them. The error is ctx's or the case's, never a single file's.
func (c *Case) AddFiles(ctx context.Context, paths, rows []string) ([]AddResult, error) {
	out := make([]AddResult, len(paths))
	found := make([]Attachment, len(paths))
	for i, p := range paths {
		a, refused, err := fingerprintFile(ctx, p)
		if err != nil {
			return nil, err
		}
		out[i].Path, out[i].Refused, found[i] = p, refused, a
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{}
	bySum := map[string]string{}
	for i := range c.attachments {
		bySum[c.attachments[i].SHA256] = c.attachments[i].ID
	}
	linked := map[Link]bool{}
	added := 0
	for i := range found {
		if out[i].Refused != nil {
			continue
		}
		a := found[i]
		if id, ok := bySum[a.SHA256]; ok {
			out[i].Attachment, out[i].Known = id, true
		} else {
			a.ID, a.Added, a.State, a.Rel = submission.NewID(), c.now().Round(0), StateNew, c.relative(a.Path)
			bySum[a.SHA256], out[i].Attachment = a.ID, a.ID
			k.add(tabAttachments, a.ID, "", nil, a)
			added++
		}
		for _, r := range rows {
			l := Link{out[i].Attachment, r}
			if c.find(r) >= 0 && !c.links[l] && !linked[l] {
				linked[l] = true
				k.add(tabLinks, l.Attachment, l.Row, nil, true)
			}
		}
	}
	k.label = fmt.Sprintf("添加 %d 个附件", added)
	if added == 0 {
		k.label = fmt.Sprintf("关联 %d 个附件", len(linked))
	}
	k.place.Rows = rows
	return out, c.do(k)
}

// RemoveAttachments takes documents out of the case, with their links, decisions
// and scan results; the files themselves are not touched.
func (c *Case) RemoveAttachments(ids []string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{}
	gone := map[string]bool{}
	for _, id := range ids {
		i := c.findAttachment(id)
		if i < 0 || gone[id] {
			continue
		}
		gone[id] = true
		k.add(tabAttachments, id, "", c.attachments[i], nil)
		for _, fp := range sortedKeys(c.decisions[id]) {
			k.add(tabDecisions, id, fp, c.decisions[id][fp], nil)
		}
		for _, it := range sortedKeys(c.ticks[id]) {
			k.add(tabTicks, id, it, c.ticks[id][it], nil)
		}
		var scan json.RawMessage
		if ok, err := get(c.db, tabScans, id, "", &scan); err != nil {
			return openNotice(c.path, err)
		} else if ok {
			k.add(tabScans, id, "", scan, nil)
		}
	}
	for _, l := range c.sortedLinks() {
		if gone[l.Attachment] {
			k.add(tabLinks, l.Attachment, l.Row, true, nil)
		}
	}
	k.label = fmt.Sprintf("移出 %d 个附件", len(gone))
	return c.do(k)
}

// SetLinks ties attachments to rows (on) or parts them, as one command.
func (c *Case) SetLinks(attachments, rows []string, on bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := &command{label: fmt.Sprintf("关联 %d 个附件", len(attachments)), place: Place{Rows: rows}}
	if !on {
		k.label = fmt.Sprintf("取消关联 %d 个附件", len(attachments))
	}
	seen := map[Link]bool{}
	for _, a := range attachments {
		for _, r := range rows {
			l := Link{a, r}
			if c.findAttachment(a) < 0 || c.find(r) < 0 {
				return ErrGone
			}
			if seen[l] || c.links[l] == on {
				continue
			}
			seen[l] = true
			if on {
				k.add(tabLinks, a, r, nil, true)
			} else {
				k.add(tabLinks, a, r, true, nil)
			}
		}
	}
	return c.do(k)
}

// Links returns all ties between attachments and rows, sorted.
func (c *Case) Links() []Link {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sortedLinks()
}

// FilesOf returns the IDs of the attachments of a row, in the order of Attachments.
func (c *Case) FilesOf(row string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for i := range c.attachments {
		if c.links[Link{c.attachments[i].ID, row}] {
			out = append(out, c.attachments[i].ID)
		}
	}
	return out
}

// RowsOf returns the IDs of the rows of an attachment, in the order of Rows.
func (c *Case) RowsOf(attachment string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for i := range c.rows {
		if c.links[Link{attachment, c.rows[i].Row.ID}] {
			out = append(out, c.rows[i].Row.ID)
		}
	}
	return out
}

// CheckFiles looks whether the documents are still where they were and as they
// were, and stores what changed. It reads a file again only if its size or time
// differ. IDs whose state changed are returned.
func (c *Case) CheckFiles(ctx context.Context) ([]string, error) {
	var out []string
	for _, a := range c.Attachments() {
		path := c.locate(&a)
		next := a
		next.Path = path
		st, err := os.Stat(path)
		switch {
		case err != nil || st.IsDir():
			next.State, next.Note = StateMissing, "文件已被移动、改名或删除"
		case a.State == StateMissing || st.Size() != a.Size || !st.ModTime().Round(0).Equal(a.Modified):
			now, refused, err := fingerprintFile(ctx, path)
			if err != nil {
				return out, err
			}
			switch {
			case refused != nil:
				next.State, next.Note = StateMissing, refused.Error()
			case now.SHA256 != a.SHA256:
				next.State, next.Note = StateChanged, "文件内容与上次扫描时不同"
				next.Size, next.Modified, next.SHA256 = now.Size, now.Modified, now.SHA256
			default:
				next.Size, next.Modified = now.Size, now.Modified
				if a.State == StateMissing {
					next.State, next.Note = c.stateByScan(a.ID)
				}
			}
		}
		if next == a {
			continue
		}
		if err := c.setAttachment(next); err != nil {
			return out, err
		}
		if next.State != a.State {
			out = append(out, a.ID)
		}
	}
	return out, nil
}

// MarkStale marks the attachments whose stored scan was made by other rules than
// those named as changed, with a note that says why: they must be scanned again.
// IDs of the attachments that were marked are returned.
func (c *Case) MarkStale(rules, note string) ([]string, error) {
	var out []string
	for _, a := range c.Attachments() {
		if a.State != StateRead && a.State != StatePartial {
			continue
		}
		s, err := c.Scan(a.ID)
		if err != nil {
			return out, err
		}
		if s == nil || s.Rules == rules {
			continue
		}
		a.State, a.Note = StateChanged, note
		if err := c.setAttachment(a); err != nil {
			return out, err
		}
		out = append(out, a.ID)
	}
	return out, nil
}

// Relocate says where a document is now; its content must be the same unless
// changed is allowed.
func (c *Case) Relocate(ctx context.Context, id, path string) error {
	a, ok := c.Attachment(id)
	if !ok {
		return ErrGone
	}
	now, refused, err := fingerprintFile(ctx, path)
	if err != nil {
		return err
	}
	if refused != nil {
		return refused
	}
	same := now.SHA256 == a.SHA256
	a.Path, a.Name, a.Rel = now.Path, now.Name, c.relative(now.Path)
	a.Size, a.Modified, a.SHA256 = now.Size, now.Modified, now.SHA256
	a.State, a.Note = c.stateByScan(id)
	if !same {
		a.State, a.Note = StateChanged, "文件内容与上次扫描时不同"
	}
	return c.setAttachment(a)
}

func (c *Case) stateByScan(id string) (State, string) {
	s, err := c.Scan(id)
	if err != nil || s == nil {
		return StateNew, ""
	}
	return scanState(s)
}

func (c *Case) setAttachment(a Attachment) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := c.findAttachment(a.ID)
	if i < 0 {
		return ErrGone
	}
	err := c.write(func() error { return put(c.db, tabAttachments, a.ID, "", a) })
	if err == nil {
		c.attachments[i] = a
	}
	return err
}

func (c *Case) findAttachment(id string) int {
	return slices.IndexFunc(c.attachments, func(a Attachment) bool { return a.ID == id })
}

func (c *Case) sortedLinks() []Link {
	out := make([]Link, 0, len(c.links))
	for l := range c.links {
		out = append(out, l)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Attachment != out[j].Attachment {
			return out[i].Attachment < out[j].Attachment
		}
		return out[i].Row < out[j].Row
	})
	return out
}

// relative gives the path below the folder of the case, "" if it is not below it.
func (c *Case) relative(path string) string {
	rel, err := filepath.Rel(filepath.Dir(c.path), path)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// locate finds the document again after the whole folder was moved.
func (c *Case) locate(a *Attachment) string {
	if a.Rel != "" {
		p := filepath.Join(filepath.Dir(c.path), filepath.FromSlash(a.Rel))
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	return a.Path
}

func sortedKeys[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
