package lists

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/task"
	"jinggao/app/ui/widget/datatable"
	"jinggao/sanitize/rule"
)

func count(n int) string { return strconv.Itoa(n) }

// wordsTab is the page 词库.
func (b *Box) wordsTab() tab {
	t := datatable.New([]datatable.Column[wordRow]{
		{ID: "term", Label: "词语", Width: 260, ReadOnly: true, Text: func(r wordRow) string { return r.Term }},
		{ID: "level", Label: "级别", Width: 90, ReadOnly: true, Center: true, Text: func(r wordRow) string { return levelWord(r.Level) }},
		{ID: "treatment", Label: "处置", Width: 250, ReadOnly: true, Text: func(r wordRow) string { return r.Treatment() }},
		{ID: "note", Label: "备注", Width: 420, ReadOnly: true, Text: func(r wordRow) string { return r.Note }},
	})
	b.words = t
	t.Empty = "词库为空。可新增，或从 .xlsx、.csv、.txt 导入"
	search := searchField("查找词语、备注", func() {})
	refresh := func() { t.SetRows(words(b.store.Book(), search.Text)) }
	search.OnChanged = func(string) { refresh() }
	edit := func() {
		if r, _ := t.CursorAt(); r >= 0 {
			b.editWord(&t.Rows()[r])
		}
	}
	remove := func() {
		var at []int
		for _, r := range t.SelectedRows() {
			at = append(at, t.Rows()[r].at)
		}
		b.deleteWords(at)
	}
	wire(b, t, edit, remove)
	add := widget.NewButton("新增…", func() { b.editWord(nil) })
	add.Importance = widget.HighImportance
	line := bar(search, add, widget.NewButton("修改…", edit), widget.NewButton("删除", remove),
		widget.NewButton("导入…", b.importWords), widget.NewButton("导出…", b.exportWords))
	text := note("词库中的词按所定级别检出，并按所定处置建议处理；级别 S1 的词在字间插入空格、符号也能检出。")
	return tab{container.NewBorder(line, text, nil, nil, t), refresh, func() { b.focus(t) }}
}

// wire gives a table the keys of a list: Delete removes, Esc closes the dialog, Tab
// goes on to the next field.
func wire[T any](b *Box, t *datatable.Table[T], open, remove func()) {
	t.OnOpen = func(int, string) { open() }
	t.OnDelete = func([]int) { remove() }
	t.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyDelete, fyne.KeyBackspace:
			remove()
		case fyne.KeyEscape:
			b.close()
		case fyne.KeyTab:
			if keymap.Modifiers()&fyne.KeyModifierShift != 0 {
				b.host.Window().Canvas().FocusPrevious()
			} else {
				b.host.Window().Canvas().FocusNext()
			}
		default:
			return false
		}
		return true
	}
}

// editWord asks for a word; nil makes a new one.
func (b *Box) editWord(old *wordRow) {
	what, w := "新增词语", rule.Word{Level: "S2", Action: "delete"}
	if old != nil {
		what, w = "修改词语", old.Word
	}
	AskWord(b.host, what, w, func(made rule.Word) {
		b.save(b.host.Clerk(), what, func(k *rulebook.Book) {
			if old != nil && old.Term != made.Term {
				k.Words = drop(k.Words, []int{old.at})
			}
			k.PutWord(made)
		})
	})
}

// AskWord asks for a word-list entry, proposing the one given.
func AskWord(h Asker, title string, w rule.Word, ok func(rule.Word)) {
	choice, text := splitTreatment(w)
	var made rule.Word
	var v [5]string
	check := func(i int) func(string) string {
		return func(s string) string {
			v[i] = s
			if i < 4 {
				return ""
			}
			if v[2] == "替换为" && strings.TrimSpace(v[3]) == "" {
				return "请填写替换后的文字"
			}
			var fault string
			made, fault = rule.NewWord(v[0], v[1], v[4], treatmentOf(v[2], v[3]))
			return fault
		}
	}
	h.Dialogs().Ask(dialogs.Form{Title: title, Act: "保存", Fields: []dialogs.Field{
		{Label: "词语", Value: w.Term, Hint: "2 至 64 个字", Check: check(0)},
		{Label: "级别", Value: levelWord(w.Level), Choices: levelWords, Check: check(1)},
		{Label: "处置", Value: choice, Choices: treatments, Check: check(2)},
		{Label: "替换后的文字", Value: text, Hint: "处置为“替换为”时填写，如 国家重点工程", Check: check(3)},
		{Label: "备注", Value: w.Note, Hint: "是什么，例如：本单位项目代号", Check: check(4)},
	}}, func([]string) { ok(made) })
}

func (b *Box) deleteWords(at []int) {
	if len(at) == 0 {
		return
	}
	text := fmt.Sprintf("删除 %d 个词语后，之后的扫描不再检出它们。", len(at))
	if len(at) == 1 {
		text = "删除“" + b.store.Book().Words[at[0]].Term + "”后，之后的扫描不再检出它。"
	}
	b.host.Dialogs().Confirm(dialogs.Question{Title: "删除词语", Text: text, Act: "删除", Danger: true}, func() {
		b.save(b.host.Clerk(), fmt.Sprintf("删除词语 %d 个", len(at)), func(k *rulebook.Book) { k.Words = drop(k.Words, at) })
	})
}

func (b *Box) importWords() {
	b.host.PickFiles(platform.FileRequest{Title: "导入词库", Filters: filters()}, "lists", func(p []string) {
		var list []rule.Word
		var problems []rule.Problem
		b.host.Start("正在导入词库", func(context.Context, task.Report) (err error) {
			list, problems, err = rulebook.ImportWords(p[0])
			return err
		}, func(err error) {
			if err != nil {
				b.host.Fail("词库未能导入", err)
				return
			}
			b.imported("导入词库 "+filepath.Base(p[0]), len(list), problems, func(k *rulebook.Book) (int, int) { return k.MergeWords(list) })
		})
	})
}

// imported shows what an import would bring, line by line what is not taken, and does
// it if the person goes on.
func (b *Box) imported(what string, n int, problems []rule.Problem, merge func(*rulebook.Book) (added, changed int)) {
	do := func() {
		added, changed := 0, 0
		book := b.store.Book().Edit(b.host.Clerk(), what, func(k *rulebook.Book) { added, changed = merge(k) })
		b.saveBook(book, imported(what, added, changed, problems))
	}
	if len(problems) == 0 {
		do()
		return
	}
	view := widget.NewLabel(listed(problems, 500))
	view.Wrapping, view.Selectable = fyne.TextWrapBreak, true
	head := note(fmt.Sprintf("可用 %d 条；下列 %d 处有问题，不采用。", n, len(problems)))
	c := dialogs.Custom{Title: what, Content: container.NewBorder(head, nil, nil, nil, container.NewVScroll(view)), Size: sized(720, 420)}
	if n > 0 {
		c.Act, c.OnAct = fmt.Sprintf("导入可用的 %d 条", n), do
	}
	b.host.Dialogs().Show(c)
}

func (b *Box) exportWords() {
	list := b.store.Book().Words
	b.export("导出词库", "本单位词库.xlsx", len(list), func(path string) error { return rulebook.ExportWords(path, list) })
}

func (b *Box) export(title, name string, n int, write func(path string) error) {
	if n == 0 {
		b.foot.SetText("没有可导出的内容")
		return
	}
	b.host.PickSave(platform.FileRequest{Title: title, Name: name, Filters: exportFilters()}, "lists", func(path string) {
		path = withExt(path)
		b.host.Start("正在导出", func(context.Context, task.Report) error { return write(path) }, func(err error) {
			if err != nil {
				b.host.Fail("未能导出", err)
				return
			}
			b.foot.SetText(fmt.Sprintf("已导出 %d 条：%s", n, filepath.Base(path)))
		})
	})
}
