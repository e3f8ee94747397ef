// Package lists is the dialog 词库与规则: the bureau's word list, its allow list, the
// rules with the changes made to them, and the rule pack. What it does is stored at
// once; the window puts it in force when the dialog is closed.
package lists

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jinggao/app/rulebook"
	"jinggao/sanitize/rule"
)

// wordRow is a word with its place in the book.
type wordRow struct {
	at int
	rule.Word
}

// allowRow is an allow entry with its place in the book.
type allowRow struct {
	at   int
	over bool // it holds no more
	rule.Allow
}

// ruleRow is a rule as it is and as it came.
type ruleRow struct {
	*rule.Rule
	change  rule.Override
	changed bool
}

func words(b *rulebook.Book, query string) []wordRow {
	query = fold(query)
	var out []wordRow
	for i, w := range b.Words {
		if query == "" || strings.Contains(fold(w.Term), query) || strings.Contains(fold(w.Note), query) {
			out = append(out, wordRow{i, w})
		}
	}
	return out
}

func allowed(b *rulebook.Book, query string, now time.Time) []allowRow {
	query = fold(query)
	var out []allowRow
	for i, a := range b.Allow {
		if query == "" || strings.Contains(fold(a.Term+"\n"+a.Rule+"\n"+a.Reason+"\n"+a.By), query) {
			out = append(out, allowRow{i, !a.Covers(a.Rule, now), a})
		}
	}
	return out
}

func rules(set *rule.Set, b *rulebook.Book, query string, changedOnly bool) []ruleRow {
	query = fold(query)
	var out []ruleRow
	for _, r := range set.Rules {
		o, changed := b.Change(r.ID)
		if changedOnly && !changed {
			continue
		}
		if query == "" || strings.Contains(fold(r.ID+"\n"+r.Name+"\n"+r.Basis+"\n"+r.About), query) {
			out = append(out, ruleRow{r, o, changed})
		}
	}
	return out
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// state says in a word how a rule stands.
func (r ruleRow) state() string {
	switch {
	case r.changed && r.change.Off:
		return "○ 停用"
	case r.changed:
		return "◐ 已调级"
	case r.Fixed():
		return "● 不可停用"
	}
	return "● 启用"
}

// now is the level in force.
func (r ruleRow) now() string {
	if r.changed && !r.change.Off {
		return r.Level + " → " + levelWord(r.change.Level)
	}
	return levelWord(r.Level)
}

var levelWords = []string{"S1 阻断", "S2 高", "S3 中", "S4 提示"}

func levelWord(l string) string {
	for _, w := range levelWords {
		if strings.HasPrefix(w, strings.ToUpper(l)) {
			return w
		}
	}
	return l
}

var treatments = []string{"删除", "替换为", "掩码", "人工"}

// treatmentOf joins the choice and the replacement of the form.
func treatmentOf(choice, text string) string {
	if choice == "替换为" {
		return "替换为：" + strings.TrimSpace(text)
	}
	return choice
}

// splitTreatment is the way back.
func splitTreatment(w rule.Word) (choice, text string) {
	if w.Action == "replace" {
		return "替换为", w.Text
	}
	return w.Treatment(), ""
}

// actions of a rule in words.
var actions = map[string]string{
	"mask": "掩码", "replace": "替换", "generalise": "泛化", "delete": "删除", "withdraw": "整件移出", "human": "人工核定", "keep": "保留",
}

const switchOff = "停用"

// changeOf makes the change of a rule from the form; the second result is what is
// wrong with it.
func changeOf(set *rule.Set, id, choice, reason, by string) (rule.Override, string) {
	o := rule.Override{Rule: id, Reason: strings.TrimSpace(reason), By: strings.TrimSpace(by), At: time.Now().Round(time.Second)}
	if choice == switchOff {
		o.Off = true
	} else {
		o.Level, _, _ = strings.Cut(choice, " ")
	}
	if r := set.Rule(id); r != nil && !o.Off && o.Level == r.Level {
		return o, "级别没有变化；要恢复原样请用“恢复原样”"
	}
	return o, set.Refuses(o)
}

// imported says what an import brought.
func imported(what string, added, changed int, problems []rule.Problem) string {
	s := fmt.Sprintf("%s：新增 %d 条，更新 %d 条", what, added, changed)
	if n := len(problems); n > 0 {
		s += fmt.Sprintf("，未采用 %d 行", n)
	}
	return s
}

// listed gives problems as lines, at most so many.
func listed(ps []rule.Problem, most int) string {
	var b strings.Builder
	for i, p := range ps {
		if i == most {
			fmt.Fprintf(&b, "……共 %d 处", len(ps))
			break
		}
		b.WriteString(p.Error() + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// drop takes the entries at the places given out of a list.
func drop[T any](list []T, places []int) []T {
	out := make([]T, 0, len(list))
	for i, v := range list {
		if !slices.Contains(places, i) {
			out = append(out, v)
		}
	}
	return out
}

// grouped gives a digest in groups of eight, for reading it out.
func grouped(digest string) string {
	var parts []string
	for len(digest) > 8 {
		parts = append(parts, digest[:8])
		digest = digest[8:]
	}
	return strings.Join(append(parts, digest), " ")
}
