package casefile

// campaignRecord is the campaign file that a case was made with, so that it can be
// worked on where that file is not.
type campaignRecord struct {
	Text string `json:"text"`
	Own  bool   `json:"own"` // a file of the bureau, not one of the program
}

// CampaignText is the campaign file the case carries, and whether it is one of the
// bureau's own; "" in a case that carries none.
func (c *Case) CampaignText() (text string, own bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var r campaignRecord
	if c.db != nil {
		_, _ = get(c.db, tabMeta, "campaign", "", &r) // not there, or not readable: none
	}
	return r.Text, r.Own
}

// SetCampaign makes a campaign that of the case and keeps its text in it.
func (c *Case) SetCampaign(id, text string, own bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	info := c.info
	info.Campaign = id
	err := c.write(func() error {
		if err := put(c.db, tabMeta, "info", "", info); err != nil {
			return err
		}
		if err := put(c.db, tabMeta, "campaign", "", campaignRecord{text, own}); err != nil {
			return err
		}
		if id == c.info.Campaign {
			return nil
		}
		return c.log("设定活动：" + id)
	})
	if err == nil {
		c.info = info
	}
	return err
}
