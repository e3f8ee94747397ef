package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/submission"
	"jinggao/app/submission/campaigns"
	"jinggao/app/ui/page"
)

// own is a campaign of a bureau: other categories, another head, another mailbox.
const own = `
id = "city-2027"
name = "2027 年城市数字创新奖"
organiser = "某协会"
table = "2027 年城市数字创新奖申报汇总表"
year = 2027
opens = "2027-01-01"
deadline = "2027-03-31"
return = "2027-04-02"
mailbox = "table@example.com"
columns = ["序号", "参赛单位", "赛道", "作品名称", "报名时间", "联系人", "联系方式"]
[[category]]
name = "应用创新"
[[category]]
name = "治理创新"
`

// TestOwnCampaignDrivesThePages takes a campaign file into use and moves the case to a
// computer that lacks the file.
func TestOwnCampaignDrivesThePages(t *testing.T) {
	b := newBench(t)
	b.openCase()
	b.w.Goto(page.Rows)
	store := campaigns.Store{Dir: filepath.Join(b.dir, "活动")}
	e, err := store.Import(b.file("活动.toml", own), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.w.Session().UseCampaign(e); err != nil {
		t.Fatal(err)
	}
	b.settle()
	tab := b.w.Rows().Table()
	head := func() string {
		var out []string
		for _, c := range tab.Columns()[:4] {
			out = append(out, c.Label)
		}
		return strings.Join(out, " ")
	}
	choices := func() string {
		return strings.Join(tab.Columns()[tab.ColumnIndex(string(submission.ColCategory))].Choices, " ")
	}
	problem := func() bool {
		for _, p := range b.w.Session().Problems() {
			if p.Kind == submission.KindCategory {
				return true
			}
		}
		return false
	}
	check := func(when string) {
		t.Helper()
		if head() != "参赛单位 赛道 作品名称 报名时间" || choices() != "应用创新 治理创新" || !problem() {
			t.Errorf("%s: head %s, choices %s, category checked %v", when, head(), choices(), problem())
		}
		if c := b.w.Session().Campaign(); c.Mailbox != "table@example.com" || c.Deadline != "2027-03-31" {
			t.Errorf("%s: %s %s", when, c.Mailbox, c.Deadline)
		}
	}
	check("after the choice")
	path := b.w.Session().Case().Path()
	if err := os.RemoveAll(store.Dir); err != nil {
		t.Fatal(err)
	}
	b.w.CloseCase()
	b.settle()
	b.w.OpenPath(path)
	b.settle()
	check("without the file")
}

// TestMissingCampaignIsTold opens a case whose campaign is nowhere.
func TestMissingCampaignIsTold(t *testing.T) {
	b := newBench(t)
	b.openCase()
	if err := b.w.Session().Case().SetCampaign("gone-2020", "", true); err != nil {
		t.Fatal(err)
	}
	path := b.w.Session().Case().Path()
	b.w.CloseCase()
	b.settle()
	b.w.OpenPath(path)
	b.settle()
	if !b.w.Dialogs().Open() {
		t.Error("nobody was told that the campaign is missing")
	}
	if b.w.Session().Campaign() == nil || b.w.Session().Info().Campaign != "gone-2020" {
		t.Error("the case was given another campaign for good")
	}
}

// TestCampaignOfTheCaseSurvivesChangesOfTheFolder keeps a variant of a built-in campaign
// apart from the built-in one.
func TestCampaignOfTheCaseSurvivesChangesOfTheFolder(t *testing.T) {
	b := newBench(t)
	b.openCase()
	builtIn, _ := campaigns.Store{}.Find("", false)
	s := b.w.Session()
	if s.OwnCampaign() || s.Campaign().Mailbox != builtIn.Mailbox {
		t.Fatal("a new case does not work with the built-in campaign")
	}
	variant := strings.Replace(builtIn.Text, builtIn.Mailbox, "other@example.com", 1)
	c, err := submission.LoadCampaign([]byte(variant))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UseCampaign(campaigns.Entry{CampaignFile: submission.CampaignFile{Campaign: c, Text: variant}, Own: true}); err != nil {
		t.Fatal(err)
	}
	info := s.Info()
	info.Title = "改名"
	if err := s.SetInfo(info); err != nil || s.Campaign().Mailbox != "other@example.com" {
		t.Fatal("the campaign went with the title", err)
	}
	path := s.Case().Path()
	b.w.CloseCase()
	b.settle()
	b.w.OpenPath(path)
	b.settle()
	if got := b.w.Session().Campaign().Mailbox; got != "other@example.com" {
		t.Error(got)
	}
}
