// Package rowspage shows page ① 项目表格: the table with its checks, edited in
// place. What an act means is the presenter's (app/ui/rows).
package rowspage

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/submission"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/datatable"
	"jinggao/app/ui/widget/ime"
)

// Page is page ①.
type Page struct {
	host page.Host
	s    *session.Session
	p    *rows.Presenter

	table *datatable.Table[int]
	index []int    // rows shown, as indexes among all
	ids   []string // and their IDs
	find  *findBar
	strip *filterStrip

	sorted     submission.Column // the column that the rows are in the order of, or ""
	descending bool

	problems *widget.List
	summary  *widget.Label
	campaign *widget.Label
	header   [3]*ime.Entry
	pending  *time.Timer // a header change that is not stored yet
	buttons  map[keymap.ID]*widget.Button
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(h page.Host) *Page { return &Page{host: h, buttons: map[keymap.ID]*widget.Button{}} }

// Commands are the commands of the table.
func (g *Page) Commands() []keymap.Command {
	on := func() bool { return g.p != nil && g.front() }
	row := func() bool { return on() && len(g.selected()) > 0 }
	k := func(id keymap.ID, label string, enabled func() bool, run func(), keys ...keymap.Key) keymap.Command {
		return keymap.Command{ID: "rows." + id, Label: label, Group: "表格", Keys: keys, Enabled: enabled, Run: run}
	}
	return []keymap.Command{
		k("import", "从文件导入…", on, g.importFile, keymap.Ctrl(fyne.KeyI)),
		k("paste", "粘贴表格", on, g.pasteAll),
		k("insert", "新增一行", on, g.insert, keymap.Press(fyne.KeyReturn, fyne.KeyModifierControl)),
		k("duplicate", "复制所选行", row, g.duplicate, keymap.Press(fyne.KeyD, fyne.KeyModifierControl, fyne.KeyModifierShift)),
		k("fill", "向下填充", row, g.fillDown, keymap.Ctrl(fyne.KeyD)),
		k("delete", "删除所选行", row, func() { g.delete(g.selected()) }, keymap.Ctrl(fyne.KeyDelete)),
		k("up", "上移", row, func() { g.move(-1) }, keymap.Press(fyne.KeyUp, fyne.KeyModifierAlt)),
		k("down", "下移", row, func() { g.move(1) }, keymap.Press(fyne.KeyDown, fyne.KeyModifierAlt)),
		k("ascending", "按本列升序排列", row, func() { g.sortHere(false) }),
		k("descending", "按本列降序排列", row, func() { g.sortHere(true) }),
		k("find", "查找和筛选", on, g.openFind, keymap.Ctrl(fyne.KeyF)),
		k("findnext", "下一处", on, func() { g.findStep(1) }, keymap.Press(fyne.KeyF3)),
		k("findprev", "上一处", on, func() { g.findStep(-1) }, keymap.Press(fyne.KeyF3, fyne.KeyModifierShift)),
		k("all", "清除筛选", func() bool { return on() && g.p.Filter().Active() }, g.showAll),
	}
}

func (g *Page) front() bool { return g.table != nil && g.table.Visible() }

// Build makes the content.
func (g *Page) Build() fyne.CanvasObject {
	g.buildTable()
	g.campaign = widget.NewLabel("")
	g.campaign.Truncation = fyne.TextTruncateEllipsis
	bar := container.NewHBox()
	for _, id := range []keymap.ID{"rows.import", "rows.paste", "rows.insert", "rows.duplicate", "rows.delete", "rows.up", "rows.down", "rows.find"} {
		b := g.host.Keys().Button(id)
		b.SetText(g.host.Keys().Command(id).Label)
		g.buttons[id] = b
		bar.Add(b)
	}
	g.buttons["rows.import"].Importance = widget.HighImportance
	g.find, g.strip = newFindBar(g), newFilterStrip(g)
	top := container.NewVBox(g.campaign, g.buildHeader(), bar, g.find.content, g.strip.content)
	split := container.NewVSplit(g.table, g.buildProblems())
	split.SetOffset(0.68)
	return container.NewBorder(top, nil, nil, nil, split)
}

func (g *Page) buildHeader() fyne.CanvasObject {
	line := container.NewGridWithColumns(3)
	for i, name := range []string{"部门", "联系人", "联系方式"} {
		e := ime.NewEntry()
		e.OnChanged = func(string) { g.headerChanged() }
		e.OnSubmitted = func(string) { g.storeHeader() }
		e.OnKey = page.FunctionKeys(g.host)
		e.OnFocus = func(on bool) {
			if !on {
				g.storeHeader()
			}
		}
		g.header[i] = e
		line.Add(container.NewBorder(nil, nil, widget.NewLabel(name), nil, e))
	}
	return line
}

// headerChanged stores what is typed a moment after the last key.
func (g *Page) headerChanged() {
	if g.pending != nil {
		g.pending.Stop()
	}
	if s := g.s; s != nil {
		g.pending = time.AfterFunc(600*time.Millisecond, func() { s.Post(g.storeHeader) })
	}
}

func (g *Page) storeHeader() {
	if g.pending == nil || g.p == nil {
		return
	}
	g.pending.Stop()
	g.pending = nil
	err := g.p.SetHeader(submission.Header{Department: g.header[0].Text, Contact: g.header[1].Text, Phone: g.header[2].Text})
	if err != nil {
		g.host.Fail("表头未能保存", err)
	}
}

func (g *Page) buildProblems() fyne.CanvasObject {
	g.summary = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	g.problems = widget.NewList(
		func() int {
			if g.p == nil {
				return 0
			}
			return len(g.p.Problems())
		},
		func() fyne.CanvasObject { return newProblemRow(g.mend) },
		func(id widget.ListItemID, o fyne.CanvasObject) {
			if id < len(g.p.Problems()) {
				pr := g.p.Problems()[id]
				o.(*problemRow).set(id, pr, g.p.Index(pr.RowID))
			}
		})
	g.problems.HideSeparators = true
	g.problems.OnSelected = func(id widget.ListItemID) {
		g.problems.UnselectAll()
		g.jump(id)
	}
	back := canvas.NewRectangle(theme.Color(theme.ColorPaper))
	return container.NewBorder(g.summary, nil, nil, nil, container.NewStack(back, g.problems))
}

// jump goes to the cell of a problem.
func (g *Page) jump(id int) {
	if id >= len(g.p.Problems()) {
		return
	}
	pr := g.p.Problems()[id]
	i := g.p.Index(pr.RowID)
	if i < 0 {
		switch pr.Kind {
		case submission.KindHeader:
			g.host.Window().Canvas().Focus(g.headerEntry(pr.Column))
		case submission.KindNoRow:
			g.host.Goto(page.Attach)
		}
		return
	}
	col := g.table.ColumnIndex(string(pr.Column))
	if col < 0 {
		col = g.table.ColumnIndex(string(submission.ColApplicant))
	}
	g.showRow(i, col)
	g.table.Focus()
}

func (g *Page) headerEntry(c submission.Column) *ime.Entry {
	switch c {
	case submission.ColContact:
		return g.header[1]
	case submission.ColPhone:
		return g.header[2]
	}
	return g.header[0]
}

func (g *Page) mend(k int) {
	if err := g.p.Mend(k); err != nil {
		g.host.Fail("修改未能保存", err)
		return
	}
	g.host.Did("已采用建议")
}

// Open gives the page a case.
func (g *Page) Open(s *session.Session) {
	g.storeHeader()
	if g.table != nil && g.s != nil {
		g.table.CancelEdit()
	}
	g.s, g.p = s, nil
	if g.table == nil {
		return
	}
	g.index, g.ids, g.sorted = nil, nil, ""
	g.table.SetRows(nil) // the rows of another case, or of none
	if s != nil {
		g.p = rows.New(s)
	}
	g.find.clear()
}

// Show brings the page up to date and takes the keyboard.
func (g *Page) Show() {
	if g.p == nil {
		return
	}
	g.refresh()
	g.table.Focus()
}

// Leave commits what is being typed.
func (g *Page) Leave() {
	if g.p != nil {
		g.table.Commit()
		g.storeHeader()
	}
}

// Changed brings the page up to date after a change of the case.
func (g *Page) Changed(session.What) { g.refresh() }

func (g *Page) refresh() {
	if g.p == nil || g.table == nil {
		return
	}
	g.p.Reload()
	g.p.SetProblems(g.s.Problems())
	g.sorted, g.descending, _ = g.p.Sorted()
	g.showRows()
	g.summary.SetText(g.p.Summary())
	if g.s.Checking() {
		g.summary.SetText("正在检查")
	}
	g.problems.Refresh()
	c := g.s.Campaign()
	g.table.SetChoices(string(submission.ColCategory), c.CategoryNames())
	for _, col := range submission.Official() {
		g.table.SetLabel(string(col), c.Word(col))
	}
	g.campaign.SetText(fmt.Sprintf("%s　%s", c.Name, c.Countdown(time.Now())))
	h := g.p.Header()
	for i, t := range []string{h.Department, h.Contact, h.Phone} {
		if g.pending == nil && g.header[i].Text != t {
			g.header[i].OnChanged = nil
			g.header[i].SetText(t)
			g.header[i].OnChanged = func(string) { g.headerChanged() }
		}
	}
	g.refreshButtons()
}

func (g *Page) refreshButtons() {
	for id, b := range g.buttons {
		g.host.Keys().RefreshButton(b, id)
	}
	if g.find != nil && g.p != nil {
		g.find.tell()
	}
}
