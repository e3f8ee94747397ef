package tomlfault_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"jinggao/sanitize/rule/tomlfault"
)

type file struct {
	Name  string         `toml:"name"`
	Base  float64        `toml:"base"`
	Off   bool           `toml:"off"`
	Year  int            `toml:"year"`
	Terms []string       `toml:"terms"`
	Lists map[string]int `toml:"lists"`
	Rules []struct {
		ID string `toml:"id"`
	} `toml:"rule"`
}

// english is a word of the reader's own that a person should not be shown; names of
// fields and what stands in the examples of the sayings are no such words.
var english = regexp.MustCompile(`\b(?:toml|expected|unexpected|invalid|cannot|decode|unterminated|string|strings|array|key|must|value|field|already|struct|newline)\b`)

func TestEveryFaultIsInChineseWithItsLine(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		line int
		says string
	}{
		"quote open":        {"name = \"甲\nbase = 1\n", 1, "引号没有配对"},
		"quote open at end": {"\nname = \"甲", 2, "引号没有配对"},
		"single quote":      {"name = '甲\n", 1, "引号没有配对"},
		"no quotes":         {"name = 甲\n", 1, "文字须加英文引号"},
		"Chinese quotes":    {"name = “甲”\n", 1, "文字须加英文引号"},
		"word":              {"name = abc\n", 1, "文字须加英文引号"},
		"no equals":         {"name \"甲\"\n", 1, "等号"},
		"Chinese equals":    {"name ＝ \"甲\"\n", 1, "等号"},
		"no value":          {"name =\n", 1, "应为值"},
		"Chinese key":       {"\n名称 = \"甲\"\n", 2, "行首应为字段名"},
		"bracket":           {"[[rule]\nid = \"A\"\n", 1, "方括号没有配对"},
		"list open":         {"terms = [\"甲\", \"乙\"\n", 1, "列表没有写完"},
		"list comma":        {"terms = [\"甲\" \"乙\"]\n", 1, "列表没有写完"},
		"Chinese comma":     {"terms = [\"甲\"，\"乙\"]\n", 1, "列表没有写完"},
		"inline":            {"lists = {a = 1\n", 1, "花括号"},
		"escape":            {"name = \"\\d+\"\n", 1, "反斜杠"},
		"twice":             {"name = \"甲\"\nname = \"乙\"\n", 2, "name 写了两次"},
		"inner quote":       {"name = \"甲\"乙\"\n", 1, "改用中文引号"},
		"number":            {"base = 0.\n", 1, "数字无效"},
		"too great":         {"base = 1e999\n", 1, "数字无效"},
		"date":              {"year = 2026-13-40\n", 1, "日期"},
		"control":           {"name = \"甲\x01\"\n", 1, "控制字符"},
		"text for number":   {"base = \"高\"\n", 1, "base 的值类型不对：应为数字，现为文字"},
		"number for text":   {"name = 3\n", 1, "name 的值类型不对：应为文字，现为整数"},
		"text for list":     {"terms = \"甲\"\n", 1, "terms 的值类型不对：应为列表，现为文字"},
		"text for truth":    {"off = \"是\"\n", 1, "off 的值类型不对：应为真假"},
		"item of a list":    {"terms = [1]\n", 1, "的值类型不对"},
		"year":              {"year = \"2026\"\n", 1, "year 的值类型不对：应为整数"},
		"table for list":    {"[terms]\na = 1\n", 1, "terms 的值类型不对"},
		"number for tables": {"rule = 3\n", 1, "rule 的值类型不对"},
		"table for text":    {"[name]\na = 1\n", 1, "name 的值类型不对"},
		"unknown":           {"\n\nnam = \"甲\"\n", 3, "没有名为 nam 的字段"},
		"unknown in a rule": {"[[rule]]\nlevl = \"S2\"\n", 2, "没有名为 rule.levl 的字段"},
	} {
		t.Run(name, func(t *testing.T) {
			var f file
			err := toml.NewDecoder(strings.NewReader(c.text)).DisallowUnknownFields().Decode(&f)
			if err == nil {
				t.Fatal("the reader takes it")
			}
			got := tomlfault.Of(err)
			if len(got) != 1 || got[0].Line != c.line || !strings.Contains(got[0].Text, c.says) {
				t.Errorf("%v: got %v", err, got)
			}
			if word := english.FindString(got[0].Text); word != "" {
				t.Errorf("%q in %q", word, got[0].Text)
			}
		})
	}
}

// Whatever is cut out of a file or put into it, what is said stays Chinese.
func FuzzOf(f *testing.F) {
	for _, s := range []string{"name = \"甲\"\nbase = 0.5\nterms = [\"a\", 'b']\n[[rule]]\nid = \"A\"\n", "lists = {a = 1, b = 2}\nyear = 2026-01-01T10:00:00Z\noff = true\n", "name = \"\"\"\n甲\\u00e9\"\"\""} {
		for i := range s {
			f.Add(s[:i] + s[min(i+1, len(s)):])
			f.Add(s[:i] + "]" + s[i:])
			f.Add(s[:i])
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		var x file
		err := toml.NewDecoder(strings.NewReader(text)).DisallowUnknownFields().Decode(&x)
		if err == nil {
			return
		}
		for _, g := range tomlfault.Of(err) {
			if g.Text == "" || strings.Contains(g.Text, "toml:") || strings.Contains(g.Text, "expected") {
				t.Errorf("%v: %q", err, g.Text)
			}
		}
	})
}
