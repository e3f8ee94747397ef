package casefile

import "jinggao/app/submission"

// FileLinks lists the attachments with the rows they belong to, for checks.
func (c *Case) FileLinks() []submission.FileLink {
	c.mu.Lock()
	defer c.mu.Unlock()
	rows := map[string][]string{}
	for l, on := range c.links {
		if on {
			rows[l.Attachment] = append(rows[l.Attachment], l.Row)
		}
	}
	out := make([]submission.FileLink, 0, len(c.attachments))
	for _, a := range c.attachments {
		out = append(out, submission.FileLink{ID: a.ID, Name: a.Name, Rows: rows[a.ID]})
	}
	return out
}
