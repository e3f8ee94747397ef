package cli_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"jinggao/app/cli"

	"jinggao/app/rulebook/rulebooktest"
)

// english is a run of words that no Chinese sentence of ours holds: usage lines, names
// of options and of files are no such runs.
var english = regexp.MustCompile(`\b[a-z]{2,}:? [a-z]{2,} [a-z]{2,}\b`)

// What is wrong with a call is said in Chinese, with what is to be done, whatever it is.
func TestFaultsAreSaidInChinese(t *testing.T) {
	dir := t.TempDir()
	doc, folder := put(t, dir+"/a.txt", personal), dir+"/folder"
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	n := 0
	line := func(text string) string { // a decisions file of which it is the second line
		n++
		return put(t, fmt.Sprintf("%s/%d.jsonl", dir, n), "\n"+text+"\n")
	}
	locked := put(t, dir+"/locked.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 2000))
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no out":                {[]string{"clean", doc}, cli.ExitUsage, "缺少选项 --out\n"},
		"out without a value":   {[]string{"clean", "--out"}, cli.ExitUsage, "选项 --out 缺少值"},
		"dpi not offered":       {[]string{"clean", "--out", dir + "/o", "--dpi", "77", doc}, cli.ExitUsage, "选项 --dpi 不接受 \"77\""},
		"dpi no number":         {[]string{"clean", "--out", dir + "/o", "--dpi", "高", doc}, cli.ExitUsage, "选项 --dpi 应为数字"},
		"switch with a value":   {[]string{"scan", "--json=5", doc}, cli.ExitUsage, "选项 --json 不带值"},
		"words missing":         {[]string{"scan", "--words", dir + "/none.csv", doc}, cli.ExitUsage, "none.csv：文件不存在"},
		"words a folder":        {[]string{"scan", "--words", folder, doc}, cli.ExitUsage, "folder：这是文件夹"},
		"words locked":          {[]string{"scan", "--words", locked, doc}, cli.ExitUsage, "locked.xlsx：不是 .xlsx 表格，或已加密"},
		"allow missing":         {[]string{"scan", "--allow", dir + "/none.csv", doc}, cli.ExitUsage, "none.csv：文件不存在"},
		"out is a file":         {[]string{"clean", "--out", doc, doc}, cli.ExitRefused, ""},
		"decisions missing":     {[]string{"clean", "--out", dir + "/o", "--decisions", dir + "/none", doc}, cli.ExitUsage, "无法打开：文件不存在"},
		"decisions a folder":    {[]string{"clean", "--out", dir + "/o", "--decisions", folder, doc}, cli.ExitUsage, "无法读取：这是文件夹"},
		"decision no JSON":      {[]string{"clean", "--out", dir + "/o", "--decisions", line("{bad"), doc}, cli.ExitUsage, "第 2 行不是有效的决定：不是一个完整的 JSON 对象"},
		"decision of numbers":   {[]string{"clean", "--out", dir + "/o", "--decisions", line(`{"fingerprint":3}`), doc}, cli.ExitUsage, "第 2 行不是有效的决定：有字段的值不对"},
		"decision of nothing":   {[]string{"clean", "--out", dir + "/o", "--decisions", line(`{"action":"mask"}`), doc}, cli.ExitUsage, "缺少 fingerprint"},
		"decision of no action": {[]string{"clean", "--out", dir + "/o", "--decisions", line(`{"fingerprint":"x"}`), doc}, cli.ExitUsage, "缺少 action"},
		"decision unknown":      {[]string{"clean", "--out", dir + "/o", "--decisions", line(`{"action":"burn","fingerprint":"x"}`), doc}, cli.ExitUsage, "action 应为"},
		"decisions in GBK":      {[]string{"clean", "--out", dir + "/o", "--decisions", line("\xce\xc4"), doc}, cli.ExitUsage, "不是 UTF-8 编码"},
		"manifest missing":      {[]string{"verify", "--manifest", dir + "/none", doc}, cli.ExitUsage, "无法读取：文件不存在"},
		"manifest of another":   {[]string{"verify", "--manifest", doc, doc}, cli.ExitUsage, "不是“清单-内部.json”"},
		"nothing to scan":       {[]string{"scan", folder}, cli.ExitOK, "没有找到文件"},
		"nothing to clean":      {[]string{"clean", "--out", dir + "/o", folder}, cli.ExitOK, "没有找到文件"},
		"nothing to verify":     {[]string{"verify", folder}, cli.ExitOK, "没有找到文件"},
		"rules of no file":      {[]string{"rules", "check", dir + "/none"}, cli.ExitUsage, "无法读取：文件不存在"},
		"rules of a folder":     {[]string{"rules", "check", folder}, cli.ExitUsage, "无法读取：这是文件夹"},
		"sample into a file":    {[]string{"sample", "--out", doc}, cli.ExitRefused, "示例案卷无法建立"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, errs := run(t, c.args...)
			if code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("exit %d, want %d; %s", code, c.code, errs)
			}
			if words := english.FindString(errs); words != "" {
				t.Errorf("%q in %s", words, errs)
			}
		})
	}
}

func TestAFaultyRuleFileIsExplainedInChinese(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ text, says string }{
		"quote":      {"[[rule]]\nid = \"I01\n", "第2行：格式错误：写法不对：引号没有配对"},
		"number":     {"[[rule]]\nid = 5\n", "第2行：格式错误：rule.id 的值类型不对：应为文字，现为整数"},
		"tables":     {"rule = 3\n", "第1行：格式错误：rule 的值类型不对：应为成组的段落"},
		"expression": {strings.Replace(rulebooktest.Pack, "[rule.treatment]", "[[rule.pattern]]\nanchors = [\"沧澜\"]\nexpr = '(沧'\n[rule.treatment]", 1), "正则无法编译：缺少右括号"},
	} {
		code, out, _ := run(t, "rules", "check", put(t, dir+"/"+name+".toml", c.text))
		if code != cli.ExitFound || !strings.Contains(out, c.says) || english.MatchString(out) {
			t.Errorf("%s: exit %d, %s", name, code, out)
		}
	}
}
