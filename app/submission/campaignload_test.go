package submission_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission"
)

// builtIn is the text of the first built-in campaign.
func builtIn(t *testing.T) string {
	t.Helper()
	all, err := submission.BuiltInCampaigns()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all[0].Text
}

// TestCampaignFaultsNameTheLine breaks the built-in file in many ways.
func TestCampaignFaultsNameTheLine(t *testing.T) {
	text := builtIn(t)
	for _, c := range []struct{ old, new, says string }{
		{`deadline = "2026-06-15"`, `deadline = "2026.6.15"`, "deadline 不是形如"},
		{`deadline = "2026-06-15"`, `deadline = "2026-02-15"`, "deadline 早于 opens"},
		{`year = 2026`, `year = "2026"`, "year 的值类型不对"},
		{`mailbox = "wxtangxw@shxc.gov.cn"`, `mailbox = "无"`, "邮箱写法不对"},
		{`organiser = "世界互联网大会"`, `organiser = "世界互联网大会`, "写法不对"},
		{`short = "领先科技奖"`, `kurz = "领先科技奖"`, "没有名为 kurz 的字段"},
		{`"联系人", "联系方式"]`, `"联系方式", "联系人"]`, "columns 第 6 项应为“联系人”"},
		{`name = "推动行业科技进步"`, `name = ""`, "关键技术 的 condition 缺少 name"},
		{`name = "工程研发"`, `name = "工程,研发"`, "类别名称不能含逗号"},
		{`title = "南湖高效能智能计算系统"`, `title = ""`, "award 第 12 项缺少"},
		{`id = "wic-2026"`, `id = "../wic"`, "id 只能用小写字母"},
	} {
		broken := strings.Replace(text, c.old, c.new, 1)
		if broken == text {
			t.Fatalf("%s is not in the file", c.old)
		}
		want := 0
		for i, l := range strings.Split(broken, "\n") {
			if strings.Contains(l, c.new) {
				want = i + 1
			}
		}
		_, err := submission.LoadCampaign([]byte(broken))
		var bad *submission.CampaignError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", c.new, err)
			continue
		}
		f := bad.Faults[0]
		near := f.Line == want || strings.Contains(f.Text, "condition") && f.Line == want-1 || strings.Contains(f.Text, "award") && f.Line < want && f.Line > want-5
		if !strings.Contains(f.Text, c.says) || !near {
			t.Errorf("%s (line %d): %v", c.new, want, err)
		}
	}
}

func TestCampaignFileAsEditorsSaveIt(t *testing.T) {
	text := builtIn(t)
	for name, b := range map[string][]byte{
		"byte order mark": append([]byte("\uFEFF"), text...),
		"line ends":       []byte(strings.ReplaceAll(text, "\n", "\r\n")),
	} {
		if _, err := submission.LoadCampaign(b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := submission.LoadCampaign([]byte{0xC4, 0xEA, 0xB6, 0xC8}); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Error("GBK:", err)
	}
	if _, err := submission.LoadCampaign(bytes.Repeat([]byte("#"), 2<<20)); err == nil {
		t.Error("a huge file was read")
	}
}

// TestAnotherAwardIsAnotherFile runs a campaign with its own words and categories
// through export and import.
func TestAnotherAwardIsAnotherFile(t *testing.T) {
	c, err := submission.LoadCampaign([]byte(`
id = "city-2027"
name = "2027 年城市数字创新奖"
organiser = "某协会"
table = "2027 年城市数字创新奖申报汇总表"
year = 2027
opens = "2027-01-01"
deadline = "2027-03-31"
return = "2027-04-02"
columns = ["序号", "参赛单位", "赛道", "作品名称", "报名时间", "联系人", "联系方式"]
[[category]]
name = "应用创新"
[[category]]
name = "治理创新"
synonyms = ["城市治理"]
`))
	if err != nil {
		t.Fatal(err)
	}
	row := submission.NewRow()
	row.Applicant, row.Category, row.Title, row.Time, row.Contact, row.Phone = "澄淞数据研究院", "治理创新", "一网统管平台", "2027-02-03", "陆念一", "021-55500010"
	var b bytes.Buffer
	if err := submission.ExportXLSX(&b, submission.Table{Campaign: c, Rows: []submission.Row{row}}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got[2], c.Columns) {
		t.Error("head", got[2])
	}
	im, err := submission.ImportData(t.Context(), "表.xlsx", b.Bytes(), c, submission.ReadHere)
	if err != nil || len(im.Tables) != 1 || len(im.Tables[0].Rows) != 1 {
		t.Fatal(im, err)
	}
	back := im.Tables[0].Rows[0]
	if back.Applicant != row.Applicant || back.Category != row.Category || back.Title != row.Title || back.Time != row.Time {
		t.Errorf("%+v", back)
	}
	if ps := submission.Check([]submission.Row{row}, submission.Header{Department: "某局", Contact: "甲", Phone: "021-55500010"}, c); len(ps) != 0 {
		t.Errorf("%+v", ps)
	}
}
