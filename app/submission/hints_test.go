package submission_test

import (
	"strings"
	"testing"
	"time"

	"jinggao/app/submission"
)

// long makes a description long enough that something can be missing in it.
func long(text string) []string {
	return []string{text + "\n" + strings.Repeat("本成果面向城市治理的共性难题。", 20)}
}

func TestConditionHints(t *testing.T) {
	c := campaign(t)
	for name, x := range map[string]struct {
		category string
		texts    []string
		want     string // "" for none
	}{
		"works too new":           {"基础研究", long("相关论文于2025年3月发表在某国际期刊。"), "2025 年，至申报截止日不足 2 年"},
		"a month too new":         {"基础研究", long("论文 2024年7月 发表。"), "2024 年"},
		"works old enough":        {"基础研究", long("论文发表于2023年，2025年又发表后续论文。"), ""},
		"year without month":      {"基础研究", long("论文发表于2024年。"), ""},
		"a year that is no work":  {"基础研究", long("论文 2022 年发表。\n2025年获得表彰"), ""},
		"no works at all":         {"基础研究", long("提出一种新的解释。"), "材料中未见相关说明"},
		"nothing was read":        {"基础研究", nil, ""},
		"still under review":      {"基础研究", long("论文 2020 年发表，主要结论尚未发表。"), "尚未发表"},
		"only first here":         {"工程研发", long("该装备国内首创，已投入应用。"), "国内首创"},
		"first anywhere":          {"工程研发", long("国内首创，也是国际首创，已投入应用。"), ""},
		"in the laboratory":       {"关键技术", long("目前处于实验室阶段，应用前景广阔。"), "实验室阶段"},
		"out of the laboratory":   {"关键技术", long("已走出实验室阶段，应用效益显著。"), ""},
		"unknown category":        {"应用推广", long("处于实验室阶段"), ""},
		"full-width and capitals": {"基础研究", long("ＤＯＩ：10.1000/x，２０２５年４月"), "2025 年"},
	} {
		t.Run(name, func(t *testing.T) {
			r := row("澄淞大学", x.category, "城市治理建模", "2026-05-03", "陆念一", "021-55500010")
			got := submission.ConditionHints(&r, x.texts, c)
			if x.want == "" {
				if len(got) != 0 {
					t.Fatalf("unexpected: %+v", got)
				}
				return
			}
			if len(got) == 0 || !strings.Contains(got[0].Message, x.want) {
				t.Fatalf("got %+v, want %q", got, x.want)
			}
			for _, p := range got {
				if p.Level != submission.Warning || p.RowID != r.ID || !strings.Contains(p.Message, "（条件：") {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

func TestLinkProblems(t *testing.T) {
	a, b := row("甲", "基础研究", "一", "", "", ""), row("乙", "基础研究", "二", "", "", "")
	if got := submission.LinkProblems([]submission.Row{a, b}, nil); got != nil {
		t.Errorf("a case without attachments: %+v", got)
	}
	got := submission.LinkProblems([]submission.Row{a, b}, []submission.FileLink{
		{ID: "f1", Name: "一.docx", Rows: []string{a.ID}}, {ID: "f2", Name: "散件.pdf"}, {ID: "f3", Name: "旧件.pdf", Rows: []string{"gone"}},
	})
	if len(got) != 3 || got[0].RowID != b.ID || got[0].Kind != submission.KindNoFiles || got[1].Other != "f2" || got[2].Other != "f3" {
		t.Errorf("%+v", got)
	}
}

func TestCountdown(t *testing.T) {
	c := campaign(t)
	for at, want := range map[string]string{
		"2026-06-12T10:00:00+08:00": "网上申报截止 2026-06-15 24:00，还有 3 天；统计表反馈截止 2026-06-16，还有 4 天",
		"2026-06-15T23:59:00+08:00": "网上申报今日 24:00截止；统计表反馈截止 2026-06-16，还有 1 天",
		"2026-06-15T16:30:00Z":      "网上申报已于 2026-06-15 截止；统计表反馈今日截止",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Countdown(now); got != want {
			t.Errorf("%s: %s", at, got)
		}
	}
}

func TestBadConditions(t *testing.T) {
	const head = `id="x"
name="某奖"
table="某表"
organiser="某会"
year=2026
opens="2026-03-01"
deadline="2026-06-15"
return="2026-06-16"
columns=["序号","申报主体","申报类别","项目名称","申报时间","联系人","联系方式"]
[[category]]
name="甲类"
[[category.condition]]
`
	if _, err := submission.LoadCampaign([]byte(head + "name=\"条件\"\ntext=\"文字\"\n")); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"name=\"条件\"\n", "name=\"条件\"\ntext=\"文字\"\npublished=2\n", "name=\"条件\"\ntext=\"文字\"\nagainst=[\"\"]\n"} {
		if _, err := submission.LoadCampaign([]byte(head + bad)); err == nil {
			t.Errorf("accepted: %s", bad)
		}
	}
}
