package rowspage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
)

// findBar is the line under the buttons in which cells are searched and rows are
// filtered. It is hidden until Ctrl+F.
type findBar struct {
	g        *Page
	content  *fyne.Container
	text     *ime.Entry
	count    *widget.Label
	only     *widget.Check
	category *widget.Select
	state    *widget.Select
	filling  bool
}

// Words of a choice that leaves everything in.
const (
	anyCategory = "全部类别"
	anyState    = "全部状态"
)

func newFindBar(g *Page) *findBar {
	f := &findBar{g: g, text: ime.NewEntry(), count: widget.NewLabel("")}
	f.text.SetPlaceHolder("查找全部单元格")
	f.text.SetMinWidth(theme.Size(base.SizeNameText) * 16)
	f.text.OnChanged = func(string) { f.changed() }
	f.text.OnKey = f.key
	f.text.OnShortcut = func(s fyne.Shortcut) bool { return f.shortcut(s) }
	f.only = widget.NewCheck("只显示找到的行", func(bool) { f.apply() })
	f.category = widget.NewSelect(nil, func(string) { f.apply() })
	var states []string
	for _, s := range rows.States() {
		states = append(states, string(s))
	}
	f.state = widget.NewSelect(append([]string{anyState}, states...), func(string) { f.apply() })
	prev := widget.NewButton("上一处", func() { g.findStep(-1) })
	next := widget.NewButton("下一处", func() { g.findStep(1) })
	hide := widget.NewButton("收起", f.close)
	look := container.NewHBox(f.text, prev, next, f.count, f.only)
	sift := container.NewHBox(f.category, f.state, hide)
	if theme.Size(base.SizeNameText) > 15 { // larger text: two lines
		f.content = container.NewVBox(look, sift)
	} else {
		f.content = container.NewHBox(look, sift)
	}
	f.fill()
	f.content.Hide()
	return f
}

// fill sets the fields to what is in force, without acting on them.
func (f *findBar) fill() {
	f.filling = true
	defer func() { f.filling = false }()
	var now rows.Filter
	f.category.Options = []string{anyCategory}
	if f.g.s != nil && f.g.p != nil {
		now = f.g.p.Filter()
		f.category.Options = append(f.category.Options, f.g.s.Campaign().CategoryNames()...)
		f.category.Options = append(f.category.Options, rows.Undecided)
	}
	f.category.SetSelected(or(now.Category, anyCategory))
	f.state.SetSelected(or(string(now.State), anyState))
	f.only.SetChecked(now.Text != "")
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// changed searches for what was typed and goes to the nearest hit.
func (f *findBar) changed() {
	if f.filling || f.g.p == nil {
		return
	}
	f.g.p.Find(f.text.Text)
	if f.only.Checked {
		f.apply()
	}
	f.g.findStep(0)
}

// apply filters by what the fields say.
func (f *findBar) apply() {
	if f.filling || f.g.p == nil {
		return
	}
	var want rows.Filter
	if f.only.Checked {
		want.Text = f.text.Text
	}
	if f.category.Selected != anyCategory {
		want.Category = f.category.Selected
	}
	if f.state.Selected != anyState {
		want.State = rows.State(f.state.Selected)
	}
	f.g.setFilter(want)
}

// tell says how many cells were found.
func (f *findBar) tell() {
	line := f.g.p.FindLine(f.g.cursor())
	if f.count.Text != line {
		f.count.SetText(line)
	}
}

func (f *findBar) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		by := 1
		if keymap.Modifiers()&fyne.KeyModifierShift != 0 {
			by = -1
		}
		f.g.findStep(by)
	case fyne.KeyDown:
		f.g.table.Focus()
	case fyne.KeyEscape:
		f.close()
	default:
		return page.FunctionKeys(f.g.host)(k)
	}
	return true
}

func (f *findBar) shortcut(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		return false
	}
	return f.g.host.Keys().TypedShortcut(keymap.Global, s)
}

// open shows the bar with the text chosen, ready to be typed over.
func (f *findBar) open() {
	f.fill()
	f.content.Show()
	f.g.host.Window().Canvas().Focus(f.text)
	f.text.TypedShortcut(&fyne.ShortcutSelectAll{})
	f.g.p.Find(f.text.Text)
	f.g.table.Refresh()
	f.tell()
}

// close hides the bar and ends the search; a filter stays in force, and in sight.
func (f *findBar) close() {
	f.content.Hide()
	if f.g.p != nil {
		f.g.p.Find("")
	}
	f.g.table.Refresh()
	f.g.table.Focus()
}

// clear empties the bar for another case.
func (f *findBar) clear() {
	f.filling = true
	f.text.SetText("")
	f.filling = false
	f.fill()
	f.content.Hide()
}

func (g *Page) openFind() {
	g.table.Commit()
	g.find.open()
}

// findStep goes to the next hit (1), the one before (-1), or the nearest (0).
func (g *Page) findStep(by int) {
	if g.find.text.Text == "" && by != 0 {
		g.openFind()
		return
	}
	if by != 0 && !g.find.content.Visible() { // F3 after the bar was put away
		g.p.Find(g.find.text.Text)
	}
	i, c := g.cursor()
	h, ok := g.p.Next(i, c, by)
	if ok {
		g.table.MoveTo(g.shown(h.Row), g.table.ColumnIndex(string(h.Column)))
	} else {
		g.table.Refresh()
	}
	g.find.tell()
	if by != 0 && !ok {
		g.host.Say("没有找到“" + g.find.text.Text + "”")
	}
}

// showAll takes the filter away.
func (g *Page) showAll() { g.SetFilter(rows.Filter{}) }

// SetFilter shows the rows that a filter leaves, and the filter in the bar.
func (g *Page) SetFilter(f rows.Filter) {
	g.setFilter(f)
	g.find.fill()
}

func (g *Page) setFilter(f rows.Filter) {
	g.table.Commit()
	g.p.SetFilter(f)
	g.showRows()
	g.refreshButtons()
}

// filterStrip says that rows are hidden, as long as a filter is in force.
type filterStrip struct {
	g       *Page
	content *fyne.Container
	text    *widget.Label
}

func newFilterStrip(g *Page) *filterStrip {
	s := &filterStrip{g: g, text: widget.NewLabel("")}
	s.text.Truncation = fyne.TextTruncateEllipsis
	s.text.TextStyle.Bold = true
	back := canvas.NewRectangle(theme.Color(theme.ColorWarningFill))
	back.StrokeColor, back.StrokeWidth = theme.Color(base.ColorNameWarning), 1
	clear := widget.NewButton("清除筛选", g.showAll)
	s.content = container.NewStack(back, container.NewBorder(nil, nil, nil, clear, s.text))
	s.content.Hide()
	return s
}

func (s *filterStrip) tell() {
	line := ""
	if s.g.p != nil {
		line = s.g.p.FilterLine()
	}
	s.text.SetText(line)
	if line == "" {
		s.content.Hide()
	} else {
		s.content.Show()
	}
}
