package rulebook_test

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/app/rulebook"
	"jinggao/app/rulebook/rulebooktest"
	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

func found(t *testing.T, set *rule.Set, text string) (ids []string) {
	t.Helper()
	e, err := detect.New(set, detect.Options{Dictionary: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	fs, err := e.Scan(context.Background(), &document.Document{Parts: []document.Part{{ID: "b", Label: "正文", Role: document.RoleBody, Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		if f.Level <= finding.S3 {
			ids = append(ids, f.Rule+" "+f.Level.String())
		}
	}
	return ids
}

func TestInForce(t *testing.T) {
	plain, _, err := rulebook.InForce(&rulebook.Book{})
	if err != nil {
		t.Fatal(err)
	}
	builtin, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if plain.Digest != builtin.Digest || plain.Version != builtin.Version || len(plain.Adjustments) > 0 {
		t.Error("an empty book must leave the built-in rules as they are")
	}
	b := sample().Edit("周敏", "试", func(b *rulebook.Book) {
		b.PutWord(rule.Word{Term: "砺锋", Level: "S2", Action: "delete"})
		b.PutAllow(rule.Allow{Term: "砺锋青年突击队", Reason: "团队名", By: "沈立"})
		b.PutChange(rule.Override{Rule: "I03", Level: "S3", Reason: "本单位公开", By: "周敏"})
		b.PutChange(rule.Override{Rule: "A01", Off: true, Reason: "不要", By: "周敏"})
	})
	set, problems, err := rulebook.InForce(b)
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, "A01") {
		t.Fatal(err, problems)
	}
	text := "电话13800138000，邮箱zhou.min@example.org，参加星槎工程，砺锋青年突击队用砺锋。封面为机密★10年。"
	got := found(t, set, text)
	for _, want := range []string{"I03 S3", "W01 S1", "W02 S2", "A01 S1"} {
		if !slices.Contains(got, want) {
			t.Errorf("lacks %s: %v", want, got)
		}
	}
	if n := strings.Count(strings.Join(got, " "), "W02"); n != 1 || slices.Contains(got, "I05 S2") || slices.Contains(got, "I05 S3") {
		t.Errorf("allow list or switched-off rule: %v", got)
	}
	if set.Digest == builtin.Digest || !strings.HasSuffix(set.Version, "＋本单位") {
		t.Error("version and digest do not tell that rules were changed", set.Version)
	}
	var kinds []string
	for _, a := range set.Adjustments {
		kinds = append(kinds, a.Kind+" "+a.Item+" "+a.Change)
	}
	if text := strings.Join(kinds, "；"); !strings.Contains(text, "规则调整 I05") || !strings.Contains(text, "S2 改为 S3") || !strings.Contains(text, "词库") || !strings.Contains(text, "白名单 砺锋青年突击队") {
		t.Error(text)
	}
}

func TestDigestFollowsTheBook(t *testing.T) {
	seen := map[string]string{}
	for name, b := range map[string]*rulebook.Book{
		"sample": sample(),
		"level":  sample().Edit("a", "b", func(b *rulebook.Book) { b.Words[0].Level = "S2" }),
		"allow":  sample().Edit("a", "b", func(b *rulebook.Book) { b.Allow[0].Rule = "W02" }),
		"on":     sample().Edit("a", "b", func(b *rulebook.Book) { b.DropChange("I05") }),
	} {
		set, _, err := rulebook.InForce(b)
		if err != nil {
			t.Fatal(err)
		}
		if other, same := seen[set.Digest]; same {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[set.Digest] = name
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func sheet(t *testing.T, rows ...[]any) string {
	t.Helper()
	return rulebooktest.Workbook(t, filepath.Join(t.TempDir(), "词库.xlsx"), rows...)
}

func lines(ps []rule.Problem) string {
	var out []int
	for _, p := range ps {
		out = append(out, p.Line)
	}
	return fmt.Sprint(out)
}

func TestImportWords(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("词语,级别\n星槎工程,S1\n砺锋,高\n一\n长歌,S9\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ path, bad string }{
		"GBK csv":        {write(t, "词库.csv", gbk), "[4 5]"},
		"txt":            {write(t, "词库.txt", "星槎工程\tS1\n# 注\n砺锋\n一\n长歌\tS9\n"), "[4 5]"},
		"xlsx":           {sheet(t, []any{"序号", "词语", "备注", "级别"}, []any{1, "星槎工程", "代号", "S1 阻断"}, []any{2, "砺锋"}, []any{}, []any{3, "一"}, []any{4, "长歌", "", "S9"}), "[5 6]"},
		"xlsx as a .csv": {rename(t, sheet(t, []any{"星槎工程", "S1"}, []any{"砺锋"}, []any{"星槎工程"}), "词库.csv"), "[3]"},
	} {
		t.Run(name, func(t *testing.T) {
			words, problems, err := rulebook.ImportWords(c.path)
			if err != nil || len(words) != 2 || words[0].Term != "星槎工程" || words[0].Level != "S1" || words[1].Level != "S2" {
				t.Fatal(err, words, problems)
			}
			if lines(problems) != c.bad {
				t.Errorf("problems %v, want lines %s", problems, c.bad)
			}
		})
	}
}

func rename(t *testing.T, from, name string) string {
	t.Helper()
	to := filepath.Join(filepath.Dir(from), name)
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestListsThatAreNone(t *testing.T) {
	for name, p := range map[string]string{
		"no zip":  write(t, "a.xlsx", "词语,级别\n星槎,S1\n"),
		"cut zip": write(t, "a.xlsx", "PK\x03\x04 cut off"),
		"empty":   write(t, "a.csv", ""),
		"binary":  write(t, "a.csv", "\xff\xff\xff"),
	} {
		words, problems, err := rulebook.ImportWords(p)
		if err != nil || len(words) > 0 || len(problems) != 1 {
			t.Errorf("%s: %v %v %v", name, err, words, problems)
		}
	}
	if _, _, err := rulebook.ImportWords(filepath.Join(t.TempDir(), "none.csv")); err == nil {
		t.Error("a missing file is read")
	}
}

func TestExportComesBack(t *testing.T) {
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	b := sample()
	b.Words = append(b.Words, rule.Word{Term: `引号"和,逗号`, Level: "S3", Action: "mask"}, rule.Word{Term: "人工项", Level: "S2", Action: "human", Note: "多\t列"})
	b.Allow[0].Rule = "A09"
	for _, ext := range []string{".xlsx", ".csv", ".txt"} {
		t.Run(ext, func(t *testing.T) {
			dir := t.TempDir()
			if err := rulebook.ExportWords(filepath.Join(dir, "w"+ext), b.Words); err != nil {
				t.Fatal(err)
			}
			words, problems, err := rulebook.ImportWords(filepath.Join(dir, "w"+ext))
			if err != nil || len(problems) > 0 || len(words) != 3 || words[0] != b.Words[0] || words[1] != b.Words[1] || words[2].Action != "human" {
				t.Error(err, problems, words)
			}
			if err := rulebook.ExportAllow(filepath.Join(dir, "a"+ext), b.Allow); err != nil {
				t.Fatal(err)
			}
			allow, problems, err := rulebook.ImportAllow(filepath.Join(dir, "a"+ext), set)
			if err != nil || len(problems) > 0 || len(allow) != 1 || !allow[0].Until.Equal(b.Allow[0].Until) || allow[0].Reason != "团队名" {
				t.Error(err, problems, allow)
			}
			if err := rulebook.ExportWords(filepath.Join(dir, "w"+ext), nil); err == nil {
				t.Error("an existing file was written over")
			}
		})
	}
}

func TestPack(t *testing.T) {
	z := filepath.Join(t.TempDir(), "规则包.zip")
	f, err := os.Create(z)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for n, text := range map[string]string{"规则/k.toml": rulebooktest.Pack, "说明.txt": "x"} {
		m, err := w.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	for _, name := range []string{z, write(t, "k.toml", rulebooktest.Pack)} {
		c, problems, err := rulebook.ReadPack(context.Background(), name)
		if err != nil || len(problems) > 0 || len(c.New) != 1 || c.Texts != 2 || len(c.Pack.SHA256) != 64 {
			t.Fatal(err, problems, c)
		}
		b := sample().Edit("周敏", "规则包", func(b *rulebook.Book) { b.TakePack(c, "周敏") })
		set, problems, err := rulebook.InForce(b)
		if err != nil || len(problems) > 0 || !strings.Contains(set.Version, "2026.12") {
			t.Fatal(err, problems)
		}
		if got := found(t, set, "参加沧澜计划。"); !slices.Contains(got, "K90 S2") {
			t.Error(got)
		}
		back := b.Edit("周敏", "恢复", func(b *rulebook.Book) { b.SwapPack() })
		if back.Pack != nil || back.Former == nil {
			t.Error("the old state is not restored, or the pack is lost")
		}
	}
}

func TestBrokenPacksAreRefusedWithTheirLines(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"bad level":       {strings.Replace(rulebooktest.Pack, `"S2"`, `"S7"`, 1), "k.toml 第5行"},
		"no TOML":         {rulebooktest.Pack + "[[rule", "k.toml 第14行：格式错误：写法不对：段落名的方括号没有配对"},
		"bad expression":  {rulebooktest.Pack + "[[rule.pattern]]\nanchors = [\"沧澜\"]\nexpr = \"(沧\"\n", "无法编译"},
		"text fails":      {strings.Replace(rulebooktest.Pack, "参加沧澜计划。", "参加某计划。", 1), "k.toml 第10行：规则 K90 未命中"},
		"text hits":       {strings.Replace(rulebooktest.Pack, "沧澜江上。", "沧澜计划上。", 1), "k.toml 第11行：规则 K90 误中"},
		"weakens a mark":  {strings.Replace(rulebooktest.Pack, "K90", "A01", 1), "不得取消或下调"},
		"takes a word id": {strings.Replace(rulebooktest.Pack, "K90", "W01", 1), "留给词库"},
		"no rules":        {"version = \"1\"\n", "没有规则"},
		"no texts":        {strings.Replace(rulebooktest.Pack, `yes = ["参加沧澜计划。"]`, "", 1), "没有应命中"},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems, err := rulebook.ReadPack(context.Background(), write(t, "k.toml", c.text))
			if err != nil || got != nil || len(problems) == 0 {
				t.Fatal("taken over", err, problems)
			}
			text := ""
			for _, p := range problems {
				text += p.Error() + "\n"
			}
			if !strings.Contains(text, c.want) || strings.Contains(text, "toml:") || strings.Contains(text, "error parsing") {
				t.Error(text)
			}
		})
	}
	for name, data := range map[string]string{"cut.zip": "PK\x03\x04cut", "none.toml": ""} {
		c, problems, err := rulebook.ReadPack(context.Background(), write(t, name, data))
		if c != nil || err == nil && len(problems) == 0 {
			t.Errorf("%s was taken", name)
		}
	}
}
