package rule_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/rule"
)

const good = `[[rule]]
id = "U01"
name = "代号"
level = "S2"
terms = ["星槎工程"]
treatment = { action = "delete" }
`

func TestProblemsNameFileAndLine(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int
		want       string
		rules      int
	}{
		{"no TOML", "[[rule]\nid = 1", 1, "格式错误：写法不对：段落名的方括号没有配对", 0},
		{"unknown field", good + "colour = \"red\"\n", 7, "colour", 0},
		{"bad expression", good + "\n[[rule]]\nid = \"U02\"\nname = \"式\"\nlevel = \"S2\"\ntreatment = { action = \"delete\" }\n[[rule.pattern]]\nanchors = [\"号\"]\nexpr = '([0-9'\n", 15, "无法编译：缺少右方括号", 1},
		{"no anchor", good + "\n[[rule]]\nid = \"U02\"\nname = \"式\"\nlevel = \"S2\"\ntreatment = { action = \"delete\" }\n[[rule.pattern]]\nexpr = '[0-9]'\n", 14, "锚词", 1},
		{"no such group", good + "\n[[rule]]\nid = \"U02\"\nname = \"式\"\nlevel = \"S2\"\ntreatment = { action = \"delete\" }\n[[rule.pattern]]\nanchors = [\"号\"]\nexpr = '[0-9]'\ngroup = 2\n", 15, "第 2 个分组", 1},
		{"twice the same id", good + "\n" + good, 8, "重复", 1},
		{"level", strings.Replace(good, "S2", "S9", 1), 4, "级别", 0},
		{"single character", strings.Replace(good, "星槎工程", "星", 1), 5, "只有一个字", 0},
		{"blank term", strings.Replace(good, "星槎工程", " ", 1), 5, "只有一个字", 0},
		{"looks for nothing", strings.Replace(good, "terms = [\"星槎工程\"]\n", "", 1), 2, "没有说明查什么", 0},
		{"unknown list", strings.Replace(good, "星槎工程", "@没有", 1), 5, "@没有", 0},
		{"treatment", strings.Replace(good, "delete", "burn", 1), 6, "处置", 0},
		{"withdraw below S1", good + "withdraw = true\n", 7, "必须是 S1", 0},
		{"structure", good + "structure = \"nowhere\"\n", 7, "nowhere", 0},
		{"id", strings.Replace(good, "U01", "一号", 1), 2, "规则编号", 0},
		{"not UTF-8", "\xff\xfe", 0, "UTF-8", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := rule.NewSet()
			ps := s.AddFile("/some/where/自建.toml", []byte(c.text))
			if len(ps) == 0 {
				t.Fatal("no problem was found")
			}
			p := ps[0]
			if p.File != "自建.toml" || p.Line != c.line || !strings.Contains(p.Message, c.want) {
				t.Errorf("got %q (line %d), want line %d with %q", p.Error(), p.Line, c.line, c.want)
			}
			if len(s.Rules) != c.rules {
				t.Errorf("%d rules stay in force, want %d", len(s.Rules), c.rules)
			}
		})
	}
}

func TestABrokenFileLeavesTheRest(t *testing.T) {
	s := rule.NewSet()
	ps, err := s.AddFS(fstest.MapFS{
		"a.toml": {Data: []byte(good)},
		"b.toml": {Data: []byte("[[rule]\n")},
		"c.toml": {Data: []byte(strings.Replace(good, "U01", "U03", 1))},
		"d.txt":  {Data: []byte("not a rule file")},
	})
	if err != nil || len(ps) != 1 || len(s.Rules) != 2 {
		t.Fatalf("%v %v, %d rules", err, ps, len(s.Rules))
	}
	if s.Rule("U03") == nil || s.Origin("U03") != "c.toml" || s.Rule("U09") != nil {
		t.Error("rules are not found by id")
	}
}

func TestBuiltinRules(t *testing.T) {
	s, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if s.Version == "" || len(s.Digest) != 64 {
		t.Errorf("version %q, digest %q", s.Version, s.Digest)
	}
	counts := s.Counts()
	for group, least := range map[string]int{"A": 12, "B": 10, "C": 13, "D": 8, "E": 4, "F": 5, "J": 8, "K": 7, "L": 8, "M": 12, "N": 10} {
		if counts[group] < least {
			t.Errorf("group %s has %d rules, want %d or more", group, counts[group], least)
		}
	}
	for _, r := range s.Rules {
		whole := r.Group() == "A" && r.Level == "S1" || r.ID == "B01" || r.ID == "L03"
		if r.Withdraw != whole {
			t.Errorf("%s: withdraw is %v", r.ID, r.Withdraw)
		}
		if r.Withdraw && r.Treatment.Action != "withdraw" {
			t.Errorf("%s: treatment is %q", r.ID, r.Treatment.Action)
		}
	}
}

func TestDigestFollowsContent(t *testing.T) {
	digest := func(text string) string {
		s := rule.NewSet()
		s.AddFile("a.toml", []byte(text))
		return s.Digest
	}
	first, second := digest(good), digest(good)
	if first != second || first == digest(good+"# \n") {
		t.Error("the digest must follow the content")
	}
}

func TestOverrides(t *testing.T) {
	s, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	out, ps := s.Apply([]rule.Override{
		{Rule: "I05", Off: true, Reason: "公开邮箱", By: "王审"},
		{Rule: "I03", Level: "s3", Reason: "本单位公开", By: "王审"},
		{Rule: "A01", Off: true, Reason: "不需要", By: "王审"},
		{Rule: "A03", Level: "S3", Reason: "不需要", By: "王审"},
		{Rule: "M01", Off: true, By: "王审"},
		{Rule: "Z99", Off: true, Reason: "无", By: "王审"},
		{Rule: "M02", Level: "S7", Reason: "无", By: "王审"},
	})
	if len(ps) != 5 {
		t.Errorf("five must be refused: %v", ps)
	}
	if out.Rule("I05") != nil || out.Rule("I03").Level != "S3" || out.Rule("A01") == nil || out.Rule("A03").Level != "S1" || out.Rule("M01") == nil {
		t.Error("overrides were not carried out as they should be")
	}
	if s.Rule("I05") == nil || s.Rule("I03").Level != "S2" {
		t.Error("the set itself must not change")
	}
}

func TestWordLists(t *testing.T) {
	list := "词,级别,备注,处置\n# 注释\n星槎工程,S1,代号,替换为：某工程\n砺锋,,,\n" +
		"一,S2,,\n,S2,,\n长歌,S9,,\n砺锋,S2,,\n沧澜,S3,,烧掉\n\"坏,S1\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(list)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": list, "with mark": "\ufeff" + list, "GB18030": gbk, "CRLF": strings.ReplaceAll(list, "\n", "\r\n"), "tabs": strings.ReplaceAll(list, ",", "\t")} {
		t.Run(name, func(t *testing.T) {
			s := rule.NewSet()
			ps := s.AddWords("词库.csv", []byte(data))
			var lines []int
			for _, p := range ps {
				lines = append(lines, p.Line)
			}
			want := "[5 6 7 8 9 10]"
			if name == "tabs" { // a quote means nothing there; the level is wrong
				want = "[5 6 7 8 9]"
			}
			if fmt.Sprint(lines) != want {
				t.Errorf("problems in lines %v, want %s: %v", lines, want, ps)
			}
			var got []string
			for _, r := range s.Rules[:2] {
				got = append(got, fmt.Sprint(r.ID, r.Level, r.Terms, r.Treatment.Action, r.Treatment.Text))
			}
			if fmt.Sprint(got) != "[W01S1[星槎工程]replace某工程 W02S2[砺锋]delete]" {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestListsThatCannotBeRead(t *testing.T) {
	s := rule.NewSet()
	for name, data := range map[string]string{"empty": "", "only remarks": "# 无\n\n", "neither encoding": "\xff\xff\xff\xff"} {
		if ps := s.AddWords("词库.txt", []byte(data)); len(ps) != 1 || len(s.Rules) != 0 {
			t.Errorf("%s: %v", name, ps)
		}
	}
}

func TestALongList(t *testing.T) {
	var b strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&b, "代号%d\n", i)
	}
	s := rule.NewSet()
	if ps := s.AddWords("词库.txt", []byte(b.String())); len(ps) != 0 || len(s.Rules) != 1 || len(s.Rules[0].Terms) != 200_000 {
		t.Fatalf("%d problems, %d rules", len(ps), len(s.Rules))
	}
}

func TestAllowLists(t *testing.T) {
	s, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	ps := s.AddAllow("白名单.txt", []byte("词,规则,理由,审批人,有效期\n机密计算,A01,学术名词,王审,2027-12-31\n某局涉密网,,公开,王审,长期\n甲,A01,短,王审\n乙词,A01,,王审\n丙词,Z01,无,王审\n丁词,A01,有,王审,下个月\n"))
	var lines []int
	for _, p := range ps {
		lines = append(lines, p.Line)
	}
	if fmt.Sprint(lines) != "[4 5 6 7]" || len(s.Allow) != 2 {
		t.Fatalf("%v, %d entries", ps, len(s.Allow))
	}
	day := func(s string) time.Time {
		d, err := time.ParseInLocation("2006-01-02 15:04", s, time.Local)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a := s.Allow[0]
	if !a.Covers("A01", day("2027-12-31 23:59")) || a.Covers("A01", day("2028-01-01 00:00")) || a.Covers("A02", day("2026-01-01 00:00")) || !s.Allow[1].Covers("B02", day("2099-01-01 00:00")) {
		t.Error("entries must hold for their rule until their day")
	}
}

func FuzzAddFile(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("[lists]\n\"军\" = [\"a\"]\n" + good))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := rule.NewSet()
		for _, p := range s.AddFile("x.toml", data) {
			if p.Message == "" || p.Line < 0 {
				t.Errorf("problem without a message: %+v", p)
			}
		}
		s.AddWords("x.csv", data)
		s.AddAllow("y.csv", data)
	})
}
