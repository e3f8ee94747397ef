package session

import (
	"fmt"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/submission/campaigns"
	"jinggao/sanitize/document"
)

// campaignOf finds the campaign of a case. A campaign of the bureau's own is that which
// the case carries, whatever lies on this computer. A built-in one is that of the
// program, so that its corrections arrive; the case carries it for programs that lack
// it. missing is set where neither is there and the newest built-in one stands in.
func campaignOf(c *casefile.Case, store campaigns.Store) (e campaigns.Entry, missing bool, err error) {
	id := c.Info().Campaign
	text, own := c.CampaignText()
	carried := func() bool {
		camp, err := submission.LoadCampaign([]byte(text))
		if err != nil || camp.ID != id {
			return false
		}
		e = campaigns.Entry{CampaignFile: submission.CampaignFile{Campaign: camp, Text: text}, Own: own}
		return true
	}
	if own && carried() {
		return e, false, nil
	}
	if found, ok := store.Find(id, false); ok {
		return found, false, nil
	}
	if text != "" && carried() {
		return e, false, nil
	}
	if found, ok := store.Find(id, true); ok { // a case that carries nothing
		return found, false, nil
	}
	if newest, ok := store.Find("", false); ok {
		return newest, true, nil
	}
	return e, true, fmt.Errorf("load campaign: none is built in")
}

// openCampaign takes the campaign of the case into use and lets the case carry it.
func (s *Session) openCampaign() error {
	e, missing, err := campaignOf(s.c, s.cfg.Campaigns)
	if err != nil {
		return err
	}
	s.campaign, s.ownCampaign = e.Campaign, e.Own
	if missing {
		id := s.c.Info().Campaign
		s.cfg.Post(func() {
			if s.cfg.Fail != nil && !s.closed {
				s.cfg.Fail("案卷所用的活动没有找到", &document.Refusal{
					What: "案卷所用的活动没有找到", Why: "活动编号 " + id + " 不在本机，案卷中也没有随带",
					Do: "暂按“" + e.Campaign.Name + "”检查；请在“设置 → 活动”中导入该活动文件并选用",
				})
			}
		})
		return nil
	}
	if text, own := s.c.CampaignText(); text == e.Text && own == e.Own && s.c.Info().Campaign == e.ID {
		return nil
	}
	return s.c.SetCampaign(e.ID, e.Text, e.Own)
}

// UseCampaign makes a campaign that of the case.
func (s *Session) UseCampaign(e campaigns.Entry) error {
	if err := s.c.SetCampaign(e.ID, e.Text, e.Own); err != nil {
		return err
	}
	s.campaign, s.ownCampaign = e.Campaign, e.Own
	s.changed(Info | Rows)
	return nil
}

// OwnCampaign tells whether the campaign of the case is a file of the bureau.
func (s *Session) OwnCampaign() bool { return s.ownCampaign }
