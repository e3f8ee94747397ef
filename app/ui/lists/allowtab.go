package lists

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/task"
	"jinggao/app/ui/widget/datatable"
	"jinggao/sanitize/rule"
)

// allowTab is the page 白名单.
func (b *Box) allowTab() tab {
	t := datatable.New([]datatable.Column[allowRow]{
		{ID: "term", Label: "词或正则", Width: 260, ReadOnly: true, Text: func(r allowRow) string { return r.Term }},
		{ID: "rule", Label: "规则", Width: 90, ReadOnly: true, Center: true, Text: func(r allowRow) string {
			switch r.Rule {
			case "", "*":
				return "全部"
			case rule.OwnWords:
				return "词库"
			}
			return r.Rule
		}},
		{ID: "reason", Label: "理由", Width: 400, ReadOnly: true, Text: func(r allowRow) string { return r.Reason }},
		{ID: "by", Label: "审批人", Width: 100, ReadOnly: true, Text: func(r allowRow) string { return r.By }},
		{ID: "until", Label: "有效期至", Width: 170, ReadOnly: true, Text: func(r allowRow) string {
			if r.over {
				return r.Day() + "（已过期）"
			}
			return r.Day()
		}},
	})
	b.allow = t
	t.Empty = "白名单为空。可新增、导入，或在审核中对一处命中选“加入白名单”"
	t.MarkAt = func(row int, column string) (datatable.Mark, bool) {
		if column == "until" && row < len(t.Rows()) && t.Rows()[row].over {
			return datatable.Mark{Level: datatable.Doubt, Text: "已过有效期，不再放行"}, true
		}
		return datatable.Mark{}, false
	}
	search := searchField("查找词、规则、理由、审批人", func() {})
	refresh := func() { t.SetRows(allowed(b.store.Book(), search.Text, time.Now())) }
	search.OnChanged = func(string) { refresh() }
	edit := func() {
		if r, _ := t.CursorAt(); r >= 0 {
			row := t.Rows()[r]
			AskAllow(b.host, b.rules, &row.Allow, func(a rule.Allow) {
				b.save(b.host.Clerk(), "修改白名单", func(k *rulebook.Book) {
					k.Allow = drop(k.Allow, []int{row.at})
					k.PutAllow(a)
				})
			})
		}
	}
	remove := func() {
		var at []int
		for _, r := range t.SelectedRows() {
			at = append(at, t.Rows()[r].at)
		}
		b.deleteAllow(at)
	}
	wire(b, t, edit, remove)
	add := widget.NewButton("新增…", func() {
		AskAllow(b.host, b.rules, nil, func(a rule.Allow) {
			b.save(b.host.Clerk(), "新增白名单", func(k *rulebook.Book) { k.PutAllow(a) })
		})
	})
	add.Importance = widget.HighImportance
	line := bar(search, add, widget.NewButton("修改…", edit), widget.NewButton("删除", remove),
		widget.NewButton("导入…", b.importAllow), widget.NewButton("导出…", b.exportAllow))
	text := note("白名单中的词可以公开；它盖住的命中不再列出，放行的每一处记入内部清单和审查报告。两边都能对上时，较长的词为准。密级标志本身不因白名单放行，须由两人认定。")
	return tab{container.NewBorder(line, text, nil, nil, t), refresh, func() { b.focus(t) }}
}

// Asker shows the form of AskAllow.
type Asker interface {
	Dialogs() *dialogs.Dialogs
	Clerk() string
}

// AskAllow asks for an allow entry, proposing the one given (nil: an empty one). set
// says which rules there are.
func AskAllow(h Asker, set *rule.Set, old *rule.Allow, ok func(rule.Allow)) {
	a := rule.Allow{By: h.Clerk()}
	f := dialogs.Form{Title: "新增白名单", Act: "保存", Text: "写明为何可以公开、由谁审批。以斜杠括起的是正则，如 /星槎[0-9]+号展厅/。"}
	if old != nil {
		a = *old
		f.Title = "白名单"
	}
	until := a.Day()
	if a.Until.IsZero() {
		until = ""
	}
	var v [5]string
	var made rule.Allow
	check := func(i int) func(string) string {
		return func(s string) string {
			v[i] = s
			if i < 4 {
				return ""
			}
			var fault string
			made, fault = rule.NewAllow(v[0], v[1], v[2], v[3], v[4], func(id string) bool { return set.Rule(id) != nil || len(id) > 0 && id[0] == 'W' })
			return fault
		}
	}
	f.Fields = []dialogs.Field{
		{Label: "词或正则", Value: a.Term, Hint: "2 至 64 个字，例如：某某青年突击队", Check: check(0)},
		{Label: "适用规则", Value: a.Rule, Hint: "规则编号，如 B02；W 为本单位词库；不填为全部规则", Check: check(1)},
		{Label: "理由", Value: a.Reason, Hint: "例如：已在官网公布", Check: check(2)},
		{Label: "审批人", Value: a.By, Check: check(3)},
		{Label: "有效期至", Value: until, Hint: "2027-12-31；不填为长期", Check: check(4)},
	}
	h.Dialogs().Ask(f, func([]string) { ok(made) })
}

func (b *Box) deleteAllow(at []int) {
	if len(at) == 0 {
		return
	}
	text := fmt.Sprintf("删除 %d 条后，之后的扫描重新列出这些命中。", len(at))
	if len(at) == 1 {
		text = "删除“" + b.store.Book().Allow[at[0]].Term + "”后，之后的扫描重新列出它。"
	}
	b.host.Dialogs().Confirm(dialogs.Question{Title: "删除白名单", Text: text, Act: "删除", Danger: true}, func() {
		b.save(b.host.Clerk(), fmt.Sprintf("删除白名单 %d 条", len(at)), func(k *rulebook.Book) { k.Allow = drop(k.Allow, at) })
	})
}

func (b *Box) importAllow() {
	b.host.PickFiles(platform.FileRequest{Title: "导入白名单", Filters: filters()}, "lists", func(p []string) {
		var list []rule.Allow
		var problems []rule.Problem
		b.host.Start("正在导入白名单", func(context.Context, task.Report) (err error) {
			list, problems, err = rulebook.ImportAllow(p[0], b.rules)
			return err
		}, func(err error) {
			if err != nil {
				b.host.Fail("白名单未能导入", err)
				return
			}
			b.imported("导入白名单 "+filepath.Base(p[0]), len(list), problems, func(k *rulebook.Book) (int, int) { return k.MergeAllow(list) })
		})
	})
}

func (b *Box) exportAllow() {
	list := b.store.Book().Allow
	b.export("导出白名单", "本单位白名单.xlsx", len(list), func(path string) error { return rulebook.ExportAllow(path, list) })
}
