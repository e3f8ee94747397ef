package cli

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"jinggao/assets"
	"jinggao/sanitize/detect"
	"jinggao/sanitize/rule"
)

// rulesCmd is `rules`.
type rulesCmd struct {
	List  rulesList  `cmd:"" default:"1"`
	Show  rulesShow  `cmd:""`
	Check rulesCheck `cmd:""`
}

type rulesList struct{}

// Run lists the rules in force, with counts by group.
func (*rulesList) Run(d *desk) error {
	set, err := rule.Builtin()
	if err != nil {
		return fmt.Errorf("load rules: %w", err)
	}
	for _, r := range set.Rules {
		fmt.Fprintf(d.out, "%s  %s  %s  %s\n", r.ID, r.Level, r.Name, treatment(r))
	}
	counts := set.Counts()
	groups := make([]string, 0, len(counts))
	for g := range counts {
		groups = append(groups, g)
	}
	slices.Sort(groups)
	var parts []string
	for _, g := range groups {
		parts = append(parts, fmt.Sprintf("%s %d", g, counts[g]))
	}
	fmt.Fprintf(d.out, "共 %d 条（%s），规则版本 %s，摘要 %s\n", len(set.Rules), strings.Join(parts, "，"), set.Version, set.Digest)
	return nil
}

// treatments are the actions in the words of the screen.
var treatments = map[string]string{
	"mask": "掩码", "replace": "替换", "generalise": "泛化", "delete": "删除", "withdraw": "整件移出", "human": "人工核定", "keep": "保留",
}

func treatment(r *rule.Rule) string {
	t := treatments[r.Treatment.Action]
	if r.Treatment.Before != "" || r.Treatment.After != "" {
		t += fmt.Sprintf("（%s → %s）", r.Treatment.Before, r.Treatment.After)
	}
	return t
}

type rulesShow struct {
	ID string `arg:"" name:"编号"`
}

// Run shows one rule in full.
func (c *rulesShow) Run(d *desk) error {
	set, err := rule.Builtin()
	if err != nil {
		return fmt.Errorf("load rules: %w", err)
	}
	r := set.Rule(strings.ToUpper(c.ID))
	if r == nil {
		return wrongCall("没有编号为 %s 的规则", c.ID)
	}
	show(d, "编号", r.ID+"  "+r.Name)
	show(d, "级别", r.Level)
	show(d, "依据", r.Basis)
	show(d, "说明", r.About)
	show(d, "处置", treatment(r))
	show(d, "基础分", fmt.Sprintf("%.2f", r.Base))
	show(d, "词", strings.Join(r.Terms, "、"))
	show(d, "变体写法", strings.Join(r.Spellings, "、"))
	for _, p := range r.Patterns {
		show(d, "句式", p.Expr)
	}
	for _, n := range r.Near {
		show(d, "组合", strings.Join(n.A, "、")+" ＋ "+strings.Join(append(slices.Clone(n.B), n.BExpr), "、"))
	}
	show(d, "扫描", r.Scanner)
	show(d, "结构", r.Structure)
	for _, x := range r.Raise {
		show(d, "升语境", fmt.Sprintf("%+.2f %s", x.Delta, strings.Join(x.Words, "、")))
	}
	for _, x := range r.Lower {
		show(d, "降语境", fmt.Sprintf("%+.2f %s", x.Delta, strings.Join(x.Words, "、")))
	}
	show(d, "免报词", strings.Join(r.Safe, "、"))
	show(d, "风险词", strings.Join(r.Risky, "、"))
	show(d, "应命中", strings.Join(r.Yes, "\n          "))
	show(d, "不应命中", strings.Join(r.No, "\n          "))
	show(d, "出处", set.Origin(r.ID))
	return nil
}

func show(d *desk, head, text string) {
	if strings.Trim(text, "、 ＋") != "" {
		fmt.Fprintf(d.out, "%s：%s\n", head, text)
	}
}

type rulesCheck struct {
	File string `arg:"" name:"文件"`
}

// Run checks a rule file, word list or allow list; exit 1 if something is wrong with
// it. A rule file's own texts are run against its rules.
func (c *rulesCheck) Run(d *desk) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return wrongCall("文件 %s 无法读取：%s", c.File, whyUnread(c.File, err))
	}
	builtin, err := rule.Builtin()
	if err != nil {
		return fmt.Errorf("load rules: %w", err)
	}
	var problems []rule.Problem
	var sum string
	switch {
	case strings.EqualFold(filepath.Ext(c.File), ".toml"):
		if problems, sum, err = checkRules(d.ctx, c.File, data, builtin); err != nil {
			return err
		}
	case rule.IsAllowList(c.File, data):
		n, ps := builtin.TakeAllow(c.File, data)
		problems, sum = ps, fmt.Sprintf("白名单 %d 条", n)
	default:
		set := rule.NewSet()
		n, ps := set.TakeWords(c.File, data)
		problems, sum = ps, fmt.Sprintf("可用规则 %d 条，词 %d 个", len(set.Rules), n)
	}
	for _, p := range problems {
		fmt.Fprintln(d.out, p.Error())
	}
	digest := sha256.Sum256(data)
	fmt.Fprintf(d.out, "%s；问题 %d 处；文件摘要 SHA-256 %x\n", sum, len(problems), digest)
	if len(problems) > 0 {
		d.exit = ExitFound
	}
	return nil
}

// checkRules checks a rule file and runs its texts; the lists of the built-in rules
// may be used in it.
func checkRules(ctx context.Context, name string, data []byte, builtin *rule.Set) ([]rule.Problem, string, error) {
	set := builtin.Bare()
	problems := set.AddFile(name, data)
	texts := rule.Texts(name, data)
	failed, err := detect.Prove(ctx, builtin.With(filepath.Base(name), set), set, texts)
	if err != nil {
		return nil, "", fmt.Errorf("run the texts of the rules: %w", err)
	}
	terms := 0
	for _, r := range set.Rules {
		terms += len(r.Terms)
	}
	for _, t := range texts {
		if set.Rule(t.Rule) == nil { // named above
			failed = append(failed, rule.Problem{File: filepath.Base(name), Line: t.Line, Message: "规则 " + t.Rule + " 有错，其例句未检验"})
		}
	}
	problems = append(problems, failed...)
	slices.SortStableFunc(problems, func(a, b rule.Problem) int { return a.Line - b.Line })
	return problems, fmt.Sprintf("可用规则 %d 条，词 %d 个，例句 %d 句", len(set.Rules), terms, len(texts)), nil
}

// versionCmd is `version`.
type versionCmd struct{}

// Run prints the version, the rule set and what third parties have made.
func (*versionCmd) Run(d *desk) error {
	set, err := rule.Builtin()
	if err != nil {
		return fmt.Errorf("load rules: %w", err)
	}
	fmt.Fprintf(d.out, "净稿 %s\n规则 %s（%d 条），摘要 %s\n", Version, set.Version, len(set.Rules), set.Digest)
	if missing := assets.Missing(); len(missing) > 0 {
		fmt.Fprintf(d.out, "缺少组件：%s\n", strings.Join(missing, "、"))
	}
	fmt.Fprintln(d.out, "第三方组件：")
	fmt.Fprintln(d.out, "  PDFium（BSD-3-Clause、Apache-2.0），OpenCC 字表（Apache-2.0），Noto Sans SC（OFL-1.1），gse 词典（Apache-2.0）")
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintf(d.out, "  %s\n", info.GoVersion)
		for _, m := range info.Deps {
			fmt.Fprintf(d.out, "  %s %s\n", m.Path, m.Version)
		}
	}
	return nil
}
