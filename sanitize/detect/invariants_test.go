package detect_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

var pieces = []string{
	"绝密", "机密", "秘密", "密级", "：", "★", "*", "10年", "长期", "（", "）", "\n", "\n\n", "\t", " ", "　", "·", "、", "/", "\u200b", "\u202e", "機", "㊙", "木几密", "机蜜",
	"国家秘密", "涉及", "不", "部队", "21847", "二一八四七", "①②③", "⑳", "标底", "目", "联系人：", "沈屿舟", "13882478227", "310104197806126354", "10.1.2.3:80", "a@b.cn",
	"第", "条", "《", "法》", "图1 全市分布图", "岁", "女", "唯一", "书记", "姓名", "手机", "文件", "级", "\r", "\x00", "𝟏𝟑", "👨\u200d👩", "é", "\ufffd",
}

func TestRandomTextsHoldTheInvariants(t *testing.T) {
	e, _ := loaded()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 4, -1)), 0, 30).Draw(t, "words")
		check(t, e, strings.Join(words, ""))
	})
}

type failer interface{ Fatalf(string, ...any) }

func check(t failer, e *detect.Engine, text string) {
	roles := []document.Role{document.RoleBody, document.RoleHeader, document.RoleFileName, document.RoleProperty}
	d := &document.Document{}
	for i, r := range roles {
		d.Parts = append(d.Parts, document.Part{ID: fmt.Sprint(i), Label: "部分", Role: r, Text: text})
	}
	fs, err := e.Scan(context.Background(), d)
	if err != nil {
		t.Fatalf("scan: %v", err)
	}
	rs := []rune(text)
	part, start := "", 0
	for _, f := range fs {
		if f.Part != part {
			part, start = f.Part, 0
		}
		if f.Start < start {
			t.Fatalf("%s is out of order", f.Rule)
		}
		start = f.Start
		complete(t, f, rs)
	}
}

func complete(t failer, f finding.Finding, rs []rune) {
	switch {
	case f.Start < 0 || f.End > len(rs) || f.Start > f.End:
		t.Fatalf("%s lies outside: %v of %d", f.Rule, f.Span, len(rs))
	case f.Text != string(rs[f.Start:f.End]):
		t.Fatalf("%s: text %q is not at %v", f.Rule, f.Text, f.Span)
	case f.Level < finding.S1 || f.Level > finding.S4 || f.Fingerprint == "" || len(f.Reasons) == 0:
		t.Fatalf("%s is incomplete: %+v", f.Rule, f)
	case f.Score < 0 || f.Score > 1:
		t.Fatalf("%s has score %v", f.Rule, f.Score)
	}
}

func FuzzScan(f *testing.F) {
	e, _ := loaded()
	for _, p := range pieces {
		f.Add(p + "机密★10年\n" + p)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		check(t, e, text)
	})
}
