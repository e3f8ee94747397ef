package lists

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/task"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/datatable"
	"jinggao/app/ui/widget/ime"
	"jinggao/sanitize/rule"
)

// Host is the window as the dialog sees it.
type Host interface {
	Window() fyne.Window
	Dialogs() *dialogs.Dialogs
	Say(text string)
	Fail(what string, err error)
	PickFiles(req platform.FileRequest, purpose string, ok func(paths []string))
	PickSave(req platform.FileRequest, purpose string, ok func(path string))
	// Clerk is who works here, "" if nobody has said.
	Clerk() string
	// Start does long work behind the window.
	Start(name string, w task.Work, after func(error))
}

// Tab is a page of the dialog.
type Tab int

// Tabs.
const (
	Words Tab = iota
	Allow
	Rules
	Pack
)

var tabLabels = []string{"词库", "白名单", "规则", "规则包"}

// Box is the open dialog.
type Box struct {
	host  Host
	store *rulebook.Store
	rules *rule.Set // pack included, without changes of single rules

	words  *datatable.Table[wordRow]
	allow  *datatable.Table[allowRow]
	listed *datatable.Table[ruleRow]

	tabs  [4]tab
	heads []*widget.Button
	body  *fyne.Container
	foot  *widget.Label
	at    Tab
	close func()

	closed func()
	gone   bool // the dialog was closed
}

// tab is one page: what it shows, brought up to date from the book.
type tab struct {
	content fyne.CanvasObject
	refresh func()
	focus   func()
}

// Show opens the dialog; closed is called afterwards, whatever was done.
func Show(h Host, store *rulebook.Store, at Tab, closed func()) *Box {
	b := &Box{host: h, store: store, foot: widget.NewLabel(""), closed: closed}
	if !b.reload() {
		return nil
	}
	b.foot.Truncation = fyne.TextTruncateEllipsis
	b.tabs = [4]tab{b.wordsTab(), b.allowTab(), b.rulesTab(), b.packTab()}
	b.body = container.NewStack()
	line := container.NewHBox()
	for i, text := range tabLabels {
		btn := widget.NewButton(text, func() { b.Goto(Tab(i)) })
		b.heads = append(b.heads, btn)
		line.Add(btn)
	}
	for i := range b.tabs {
		b.body.Add(b.tabs[i].content)
	}
	content := container.NewBorder(line, b.foot, nil, nil, b.body)
	b.close = h.Dialogs().Show(dialogs.Custom{
		Title: "词库与规则", Content: content, Size: sized(1180, 640), Cancel: "关闭",
		OnClose: func() {
			b.gone = true
			closed()
		},
	})
	b.Goto(at)
	return b
}

// sized is a size at the standard text size in the one that is set; dialogs keep
// within the window by themselves.
func sized(w, h float32) fyne.Size {
	k := theme.Size(base.SizeNameText) / 14
	return fyne.NewSize(w*k, h*k)
}

// reload reads the rules by the book's pack; false if that fails.
func (b *Box) reload() bool {
	set, err := rulebook.Plain(b.store.Book())
	if err != nil {
		b.host.Fail("检查规则未能载入", err)
		return false
	}
	b.rules = set
	return true
}

// Goto shows a tab.
func (b *Box) Goto(t Tab) {
	b.at = t
	for i := range b.tabs {
		b.heads[i].Importance = widget.MediumImportance
		if Tab(i) == t {
			b.heads[i].Importance = widget.HighImportance
			b.tabs[i].content.Show()
		} else {
			b.tabs[i].content.Hide()
		}
	}
	b.refresh()
	b.body.Refresh() // wrapped text learns its width
	b.tabs[t].focus()
}

// focus gives a table the keyboard, also one that was never drawn.
func (b *Box) focus(t fyne.Focusable) { b.host.Window().Canvas().Focus(t) }

// refresh brings the tab in front and the counts up to date.
func (b *Box) refresh() {
	book := b.store.Book()
	counts := []int{len(book.Words), len(book.Allow), len(book.Changes), 0}
	if book.Pack != nil {
		counts[Pack] = 1
	}
	for i, h := range b.heads {
		text := tabLabels[i]
		switch {
		case Tab(i) == Rules && counts[i] > 0:
			text += "（调整 " + count(counts[i]) + "）"
		case Tab(i) == Pack && counts[i] > 0:
			text += "（已启用）"
		case counts[i] > 0:
			text += "（" + count(counts[i]) + "）"
		}
		h.SetText(text)
	}
	b.tabs[b.at].refresh()
}

// save stores a change of the book and says so; false if it could not be stored.
func (b *Box) save(who, what string, f func(*rulebook.Book)) bool {
	return b.saveBook(b.store.Book().Edit(who, what, f), what)
}

func (b *Box) saveBook(book *rulebook.Book, what string) bool {
	if err := b.store.Save(book); err != nil {
		b.host.Fail("未能保存", err)
		b.refresh()
		return false
	}
	b.foot.SetText("已保存：" + what + "。关闭后对之后的扫描生效")
	b.refresh()
	if b.gone { // what ended after the dialog takes effect all the same
		b.closed()
	}
	return true
}

// searchField is a search field.
func searchField(hint string, changed func()) *ime.Entry {
	e := ime.NewEntry()
	e.PlaceHolder = hint
	e.OnChanged = func(string) { changed() }
	return e
}

// bar is the line above a table: the search field takes what the buttons leave.
func bar(search *ime.Entry, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewHBox(buttons...), search)
}

func note(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return l
}

func filters() []platform.Filter {
	return []platform.Filter{{Name: "表格或文本", Extensions: []string{".xlsx", ".csv", ".txt"}}}
}

// exportFilters are one by one, so that the person chooses the form.
func exportFilters() []platform.Filter {
	return []platform.Filter{
		{Name: "Excel 工作簿", Extensions: []string{".xlsx"}}, {Name: "CSV 文本", Extensions: []string{".csv"}}, {Name: "文本", Extensions: []string{".txt"}},
	}
}

// withExt gives a path an extension that is known.
func withExt(path string) string {
	for _, f := range exportFilters() {
		if strings.HasSuffix(strings.ToLower(path), f.Extensions[0]) {
			return path
		}
	}
	return path + ".xlsx"
}

func need(what string) func(string) string {
	return func(v string) string {
		if strings.TrimSpace(v) == "" {
			return "请填写" + what
		}
		return ""
	}
}
