package submission_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

func row(applicant, category, title, when, contact, phone string) submission.Row {
	return submission.Row{ID: submission.NewID(), Applicant: applicant, Category: category, Title: title, Time: when, Contact: contact, Phone: phone}
}

var head = submission.Header{Department: "某局", Contact: "周见微", Phone: "021-55500010"}

func good(title string) submission.Row {
	return row("澄淞大学", "基础研究", title, "2026-05-03", "陆念一", "19900001234")
}

func TestCheckSingleRows(t *testing.T) {
	c := campaign(t)
	for _, tc := range []struct {
		name string
		edit func(*submission.Row)
		kind submission.Kind
		mend string
	}{
		{"nothing", func(*submission.Row) {}, "", ""},
		{"no applicant", func(r *submission.Row) { r.Applicant = " " }, submission.KindMissing, ""},
		{"category spelt otherwise", func(r *submission.Row) { r.Category = "關鍵技術組" }, submission.KindCategory, "关键技术"},
		{"half a category", func(r *submission.Row) { r.Category = "工程" }, submission.KindCategory, "工程研发"},
		{"unknown category", func(r *submission.Row) { r.Category = "社科" }, submission.KindCategory, ""},
		{"last minute", func(r *submission.Row) { r.Time = "2026-06-15" }, "", ""},
		{"late", func(r *submission.Row) { r.Time = "2026-06-16" }, submission.KindDeadline, ""},
		{"early", func(r *submission.Row) { r.Time = "2026-02-28" }, submission.KindOutOfRange, ""},
		{"no such day", func(r *submission.Row) { r.Time = "2026-06-31" }, submission.KindOutOfRange, ""},
		{"no date", func(r *submission.Row) { r.Time = "待定" }, submission.KindOutOfRange, ""},
		{"a month", func(r *submission.Row) { r.Time = "2026-06" }, submission.KindTime, ""},
		{"date spelt otherwise", func(r *submission.Row) { r.Time = "2026.5.3" }, submission.KindTime, "2026-05-03"},
		{"short phone", func(r *submission.Row) { r.Phone = "1990000123" }, submission.KindPhone, ""},
		{"short name", func(r *submission.Row) { r.Applicant = "澄淞" }, submission.KindApplicant, ""},
		{"foreign name", func(r *submission.Row) { r.Applicant = "Cheng Song Robotics Ltd." }, "", ""},
		{"two applicants", func(r *submission.Row) { r.Applicant = "澄淞科技有限公司、泖塔科技有限公司" }, submission.KindApplicant, ""},
		{"line break", func(r *submission.Row) { r.Title = "甲\n乙" }, submission.KindText, "甲乙"},
		{"formula", func(r *submission.Row) { r.Title = "=HYPERLINK(1)" }, submission.KindText, ""},
		{"long", func(r *submission.Row) { r.Title = strings.Repeat("长", 61) }, submission.KindLong, ""},
		{"won before", func(r *submission.Row) { r.Title = "南湖高效能智能计算系统（二期）" }, submission.KindPrevious, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := good("无人相似的项目名称")
			tc.edit(&r)
			ps := submission.Check([]submission.Row{r}, head, c)
			if tc.kind == "" {
				if len(ps) != 0 {
					t.Errorf("%+v", ps)
				}
				return
			}
			for _, p := range ps {
				if p.Kind == tc.kind && p.Mend == tc.mend && p.RowID == r.ID && p.Message != "" {
					return
				}
			}
			t.Errorf("no %s: %+v", tc.kind, ps)
		})
	}
}

func TestMendsMend(t *testing.T) {
	c := campaign(t)
	r := row("澄淞大学", "基础研究类", "甲\u200b项目", "5月3日", "陆念一", "2155500010")
	for _, p := range submission.Check([]submission.Row{r}, head, c) {
		if p.Mend != "" {
			r.Set(p.Column, p.Mend)
		}
	}
	if ps := submission.Check([]submission.Row{r}, head, c); len(ps) != 0 {
		t.Errorf("after mending: %+v", ps)
	}
}

func TestRepetitions(t *testing.T) {
	c := campaign(t)
	a := good("海缆登陆段冲刷监测预警成套装备")
	for _, tc := range []struct {
		name string
		edit func(*submission.Row)
		kind submission.Kind
	}{
		{"the same", func(*submission.Row) {}, submission.KindDuplicate},
		{"another contact", func(r *submission.Row) { r.Contact, r.Phone = "褚云岫", "19900005678" }, submission.KindDuplicate},
		{"another category", func(r *submission.Row) { r.Category = "关键技术" }, submission.KindTwoCategories},
		{"another applicant", func(r *submission.Row) { r.Applicant = "泖塔光电研究院" }, submission.KindNearDuplicate},
		{"a word more", func(r *submission.Row) { r.Title += "研究" }, submission.KindNearDuplicate},
		{"a second stage", func(r *submission.Row) { r.Title += "（二期）" }, submission.KindNearDuplicate},
		{"a slip", func(r *submission.Row) { r.Title = strings.Replace(r.Title, "冲刷", "冲涮", 1) }, submission.KindNearDuplicate},
		{"traditional and full width", func(r *submission.Row) { r.Title = "海纜登陸段　沖刷監測預警成套裝備" }, submission.KindDuplicate},
		{"another achievement", func(r *submission.Row) { r.Title = "海缆深水段埋设机器人成套装备" }, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := a
			b.ID = submission.NewID()
			tc.edit(&b)
			ps := submission.Check([]submission.Row{a, b}, head, c)
			if tc.kind == "" {
				if len(ps) != 0 {
					t.Errorf("%+v", ps)
				}
				return
			}
			if len(ps) != 1 || ps[0].Kind != tc.kind || ps[0].RowID != b.ID || ps[0].Other != a.ID {
				t.Errorf("%+v", ps)
			}
		})
	}
	x, y := good("千寻：深海采样理论体系"), good("千寻：深海采样理论体系")
	x.Applicant, y.Applicant = "霁川湾芯片设计有限公司", "霁川湾芯片设计有限责任公司"
	if k := kinds(submission.Check([]submission.Row{x, y}, head, c)); k[submission.KindDuplicate]+k[submission.KindNearDuplicate] != 1 {
		t.Errorf("company forms: %v", k)
	}
}

// Every award of the year before is recognised with small changes.
func TestAwardsWithSmallChanges(t *testing.T) {
	c := campaign(t)
	for _, a := range c.Awards {
		rs := []rune(a.Title)
		for _, title := range []string{a.Title, a.Title + "研究", "“" + a.Title + "”", strings.ReplaceAll(a.Title, "的", ""), strings.ReplaceAll(a.Title, "及", "与"), string(rs[:len(rs)-1]), a.Title + "（升级版）", strings.ToUpper(a.Title)} {
			if kinds(submission.Check([]submission.Row{good(title)}, head, c))[submission.KindPrevious] != 1 {
				t.Errorf("%q is not like %q", title, a.Title)
			}
		}
	}
}

func TestCheckOfManyRowsIsFast(t *testing.T) {
	c := campaign(t)
	a, b, d := []string{"面向城市轨道的", "基于数字孪生的", "可验证", "自主可控的", "低时延"}, []string{"稀疏推理加速", "增材制造监测", "光伏功率预测", "时间敏感网络", "隐私求交"}, []string{"关键技术及应用", "成套装备研制", "理论体系", "系统研制"}
	var rows []submission.Row
	for i := range 5000 {
		rows = append(rows, good(fmt.Sprintf("%s%s%s%d号", a[i%5], b[i/5%5], d[i/25%4], i*7919%100003)))
	}
	start := time.Now()
	submission.Check(rows, head, c)
	took := time.Since(start)
	t.Logf("5,000 rows in %v", took)
	if took > time.Minute { // the aim is 1 s; under the race detector on a busy machine it takes several
		t.Errorf("5,000 rows took %v", took)
	}
}

func TestScanRowsExemption(t *testing.T) {
	rules := map[string]string{"NAME": "I18", "MOBILE": "I03", "LAND": "I04", "IDNO": "I01", "MAIL": "I05"}
	scan := func(_, text string) []finding.Finding {
		var out []finding.Finding
		for w, id := range rules {
			if i := strings.Index(text, w); i >= 0 {
				out = append(out, finding.Finding{Rule: id, Name: id, Level: finding.S2, Span: document.Span{Start: i, End: i + len(w)}, Text: w, Suggest: "*"})
			}
		}
		return out
	}
	r := row("NAME MOBILE", "", "IDNO", "", "NAME IDNO", "MOBILE LAND MAIL")
	r.Notes = "IDNO"
	got := map[string]int{}
	cells := submission.ScanRows([]submission.Row{r}, submission.Header{Contact: "NAME", Phone: "IDNO"}, scan)
	for _, f := range cells {
		got[string(f.Column)+f.Finding.Rule]++
	}
	for _, want := range []string{"申报主体I18", "申报主体I03", "项目名称I01", "联系人I01", "联系方式I05", "联系方式I01"} {
		if got[want] != 1 {
			t.Errorf("%s: %d", want, got[want])
		}
		delete(got, want)
	}
	if len(got) != 0 {
		t.Errorf("findings that are none: %v", got)
	}
	for _, p := range submission.SensitiveProblems([]submission.Row{r}, cells) {
		if strings.Contains(p.Message, "IDNO") {
			t.Errorf("message quotes the text: %s", p.Message)
		}
		if p.Column == submission.ColContact && p.RowID != "" && p.Mend != "NAME *" {
			t.Errorf("mend %q", p.Mend)
		}
	}
}

func TestCampaignFiles(t *testing.T) {
	c := campaign(t)
	if len(c.Categories) != 3 || len(c.Awards) != 17 || len(c.Honours) != 1 || len(c.Honours[0].Names) != 8 || len(c.Departments) != 7 {
		t.Errorf("%d categories, %d awards", len(c.Categories), len(c.Awards))
	}
	for _, k := range c.Categories {
		if len(k.Conditions) != 3 {
			t.Errorf("%s has %d conditions", k.Name, len(k.Conditions))
		}
	}
	if d := c.DaysLeft(time.Date(2026, 6, 15, 17, 0, 0, 0, time.UTC)); d != 0 { // 01:00 on the 16th in Beijing
		t.Errorf("days left %d", d)
	}
	for _, bad := range []string{"", "id = 1", "id = \"x\"\nunknown = 1\n", "id = \"x\"\nname = \"n\"\ntable = \"t\"\norganiser = \"o\"\nyear = 2026\nopens = \"2026-06-01\"\ndeadline = \"2026-05-01\"\nreturn = \"2026-05-02\"\n"} {
		if _, err := submission.LoadCampaign([]byte(bad)); err == nil {
			t.Errorf("accepted: %s", bad)
		}
	}
}
