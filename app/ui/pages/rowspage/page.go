// Package rowspage shows page ① 项目表格: the table with its checks, edited in
// place. What an act means is the presenter's (app/ui/rows).
package rowspage

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/submission"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/datatable"
	"jinggao/app/ui/widget/datatable/tsv"
	"jinggao/app/ui/widget/ime"
)

// Page is page ①.
type Page struct {
	host page.Host
	s    *session.Session
	p    *rows.Presenter

	table    *datatable.Table[int]
	index    []int
	problems *widget.List
	summary  *widget.Label
	campaign *widget.Label
	header   [3]*ime.Entry
	pending  *time.Timer // a header change that is not stored yet
	side     *fyne.Container
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
		k("duplicate", "复制该行", row, g.duplicate, keymap.Ctrl(fyne.KeyD)),
		k("delete", "删除所选行", row, func() { g.delete(g.selected()) }, keymap.Ctrl(fyne.KeyDelete)),
		k("up", "上移", row, func() { g.move(-1) }, keymap.Press(fyne.KeyUp, fyne.KeyModifierAlt)),
		k("down", "下移", row, func() { g.move(1) }, keymap.Press(fyne.KeyDown, fyne.KeyModifierAlt)),
	}
}

func (g *Page) front() bool { return g.table != nil && g.table.Visible() }

// Build makes the content.
func (g *Page) Build() fyne.CanvasObject {
	g.buildTable()
	g.campaign = widget.NewLabel("")
	g.campaign.Truncation = fyne.TextTruncateEllipsis
	bar := container.NewHBox()
	for _, id := range []keymap.ID{"rows.import", "rows.paste", "rows.insert", "rows.duplicate", "rows.delete", "rows.up", "rows.down"} {
		b := g.host.Keys().Button(id)
		b.SetText(g.host.Keys().Command(id).Label)
		g.buttons[id] = b
		bar.Add(b)
	}
	g.buttons["rows.import"].Importance = widget.HighImportance
	top := container.NewVBox(g.campaign, g.buildHeader(), bar)
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
	g.pending = time.AfterFunc(600*time.Millisecond, func() { fyne.Do(g.storeHeader) })
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
		if pr.Kind == submission.KindHeader {
			g.host.Window().Canvas().Focus(g.headerEntry(pr.Column))
		}
		return
	}
	col := g.table.ColumnIndex(string(pr.Column))
	if col < 0 {
		col = g.table.ColumnIndex(string(submission.ColApplicant))
	}
	g.table.MoveTo(i, col)
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
	if s != nil {
		g.p = rows.New(s)
		g.table.MoveTo(0, 0)
	}
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
	g.index = g.index[:0:0]
	for i := range g.p.Len() {
		g.index = append(g.index, i)
	}
	g.table.SetRows(g.index)
	g.summary.SetText(g.p.Summary())
	if g.s.Checking() {
		g.summary.SetText("正在检查")
	}
	g.problems.Refresh()
	c := g.s.Campaign()
	g.campaign.SetText(fmt.Sprintf("%s　%s", c.Name, deadline(c, time.Now())))
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

func deadline(c *submission.Campaign, now time.Time) string {
	switch n := c.DaysLeft(now); {
	case n < 0:
		return "统计表反馈已于 " + c.Return + " 截止"
	case n == 0:
		return "统计表反馈今日截止"
	default:
		return fmt.Sprintf("统计表反馈截止 %s，还有 %d 天", c.Return, n)
	}
}

func (g *Page) refreshButtons() {
	for id, b := range g.buttons {
		g.host.Keys().RefreshButton(b, id)
	}
}

func (g *Page) selected() []int {
	if g.table == nil {
		return nil
	}
	return g.table.SelectedRows()
}

func (g *Page) after(said string, err error) bool {
	if err != nil {
		if err == rows.ErrNoRow || err == rows.ErrFirstLast || err == rows.ErrNothing { //nolint:errorlint // sentinels as they are
			g.host.Say(err.Error())
		} else {
			g.host.Fail("改动未能保存", err)
		}
		g.refresh()
		return false
	}
	g.refresh()
	if said != "" {
		g.host.Did(said)
	}
	return true
}

func (g *Page) insert() {
	g.table.Commit()
	at := -1
	if r, _ := g.table.CursorAt(); r >= 0 && r < g.p.Len()-1 {
		at = r + 1
	}
	i, err := g.p.Insert(at)
	if g.after("新增一行", err) {
		g.table.MoveTo(i, 0)
		g.table.Focus()
	}
}

func (g *Page) duplicate() {
	g.table.Commit()
	r, c := g.table.CursorAt()
	i, err := g.p.Duplicate(r)
	if g.after(fmt.Sprintf("复制第 %d 行", r+1), err) {
		g.table.MoveTo(i, c)
	}
}

func (g *Page) delete(rs []int) {
	g.table.CancelEdit()
	if len(rs) == 0 {
		return
	}
	g.after(fmt.Sprintf("删除 %d 行", len(rs)), g.p.Delete(rs))
	g.table.Focus()
}

func (g *Page) move(by int) {
	g.table.Commit()
	r, c := g.table.CursorAt()
	to, err := g.p.Move(r, by)
	if g.after(fmt.Sprintf("第 %d 行移到第 %d 行", r+1, to+1), err) {
		g.table.MoveTo(to, c)
	}
}

func (g *Page) pasteAll() { g.pasteText(fyne.CurrentApp().Clipboard().Content()) }

func (g *Page) pasteText(text string) {
	g.table.Commit()
	r, c := g.table.CursorAt()
	col := submission.ColApplicant
	if c >= 0 && c < len(g.table.Columns()) {
		col = submission.Column(g.table.Columns()[c].ID)
	}
	n, err := g.p.Paste(text, r, col)
	g.after(fmt.Sprintf("粘贴 %d 行", n), err)
	g.table.Focus()
}

// Table is the table, for tests and the self-test.
func (g *Page) Table() *datatable.Table[int] { return g.table }

func (g *Page) pasteCells(row, col int, cells [][]string) {
	c := submission.Column(g.table.Columns()[col].ID)
	n, err := g.p.Paste(tsv.Format(cells), row, c)
	g.after(fmt.Sprintf("粘贴 %d 行", n), err)
}

func (g *Page) buildTable() {
	g.table = datatable.New(g.columns())
	g.table.Empty = "尚无项目。从 Excel 导入、粘贴表格（Ctrl+V），或新增一行（Ctrl+Enter）；也可把表格文件拖到此处。"
	g.table.OnEdit = func(row int, column, value string) {
		g.after("", g.p.Set(row, submission.Column(column), value))
	}
	g.table.OnPaste = g.pasteCells
	g.table.OnSelect = g.refreshButtons
	g.table.OnDelete = g.delete
	g.table.OnOpen = g.open
	g.table.MarkAt = g.mark
	g.table.OnKey = func(k *fyne.KeyEvent) bool {
		m := keymap.Modifiers()
		if m&(fyne.KeyModifierControl|fyne.KeyModifierAlt) != 0 || k.Name[0] == 'F' && k.Name != fyne.KeyF2 {
			return g.host.Keys().TypedKey(keymap.Global, k.Name, m)
		}
		return false
	}
	g.table.OnShortcut = func(sc fyne.Shortcut) bool {
		switch p := sc.(type) {
		case *fyne.ShortcutCopy:
			if rs := g.table.SelectedRows(); len(rs) > 1 {
				fyne.CurrentApp().Clipboard().SetContent(g.p.Copy(rs))
				g.host.Say(fmt.Sprintf("已复制 %d 行，可粘贴到 Excel", len(rs)))
				return true
			}
			return false
		case *fyne.ShortcutPaste:
			if g.p.Len() == 0 {
				g.pasteText(p.Clipboard.Content())
				return true
			}
			return false
		}
		return g.host.Keys().TypedShortcut(keymap.Global, sc)
	}
	g.table.Menu = g.menu
}

func (g *Page) columns() []datatable.Column[int] {
	width := map[submission.Column]float32{
		submission.ColApplicant: 210, submission.ColCategory: 98, submission.ColTitle: 280,
		submission.ColTime: 104, submission.ColContact: 84, submission.ColPhone: 124,
		rows.ColFiles: 54, rows.ColOpen: 66, rows.ColProblems: 132, submission.ColPartners: 180, submission.ColNotes: 180,
	}
	var out []datatable.Column[int]
	for _, c := range rows.Columns() {
		col := datatable.Column[int]{
			ID: string(c), Label: string(c), Width: width[c], ReadOnly: !rows.Editable(c),
			Text: func(i int) string { return g.p.Text(i, c) },
		}
		switch c {
		case rows.ColFiles, rows.ColOpen, rows.ColProblems:
			col.Center = true
		case submission.ColCategory:
			if all, err := submission.CampaignByID(""); err == nil {
				col.Choices = all.CategoryNames()
			}
		}
		out = append(out, col)
	}
	return out
}

func (g *Page) mark(row int, column string) (datatable.Mark, bool) {
	level, text, ok := g.p.CellProblem(row, submission.Column(column))
	if !ok {
		return datatable.Mark{}, false
	}
	m := datatable.Mark{Level: datatable.Doubt, Text: text}
	if level == submission.Error {
		m.Level = datatable.Fault
	}
	return m, true
}

// open goes where a read-only cell points to.
func (g *Page) open(_ int, column string) {
	switch submission.Column(column) {
	case rows.ColFiles:
		g.host.Goto(page.Attach)
	case rows.ColOpen:
		g.host.Goto(page.Review)
	}
}

func (g *Page) menu(int, string) *fyne.Menu {
	m := fyne.NewMenu("")
	for _, id := range []keymap.ID{"rows.insert", "rows.duplicate", "rows.delete", "rows.up", "rows.down", "rows.paste"} {
		c := g.host.Keys().Command(id)
		m.Items = append(m.Items, fyne.NewMenuItem(keymap.ButtonText(c), func() { g.host.Keys().Run(id) }))
	}
	return m
}

// problemRow is one line of the problem list.
type problemRow struct {
	widget.BaseWidget
	sign *canvas.Text
	text *widget.Label
	mend *widget.Button
	id   int
	body *fyne.Container
}

func newProblemRow(mend func(int)) *problemRow {
	r := &problemRow{sign: canvas.NewText("", nil), text: widget.NewLabel("")}
	r.text.Truncation = fyne.TextTruncateEllipsis
	r.mend = widget.NewButton("采用建议", func() { mend(r.id) })
	wide := canvas.NewRectangle(nil)
	wide.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameText)*4.4, 0))
	edge := canvas.NewRectangle(nil)
	edge.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameScrollBar)+2, 0))
	r.body = container.NewBorder(nil, nil, container.NewStack(wide, container.NewCenter(r.sign)), container.NewHBox(r.mend, edge), r.text)
	r.ExtendBaseWidget(r)
	return r
}

func (r *problemRow) set(id int, p submission.Problem, row int) {
	r.id = id
	r.sign.Text, r.sign.Color = "? 提醒", theme.Color(base.ColorNameWarning)
	if p.Level == submission.Error {
		r.sign.Text, r.sign.Color = "! 错误", theme.Color(base.ColorNameError)
	}
	r.sign.TextSize = theme.Size(base.SizeNameText)
	r.sign.Refresh()
	where := ""
	switch {
	case row >= 0:
		where = fmt.Sprintf("第 %d 行 %s　", row+1, p.Column)
	case p.Kind == submission.KindHeader && p.Column != "":
		where = fmt.Sprintf("表头 %s　", p.Column)
	}
	r.text.SetText(where + p.Message)
	if p.Mend != "" && row >= 0 {
		r.mend.SetText("改为 " + p.Mend)
		r.mend.Show()
	} else {
		r.mend.Hide()
	}
}

// CreateRenderer draws the line.
func (r *problemRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

// Reveal puts the cursor on a cell of a row.
func (g *Page) Reveal(id string, c submission.Column) {
	if g.p == nil {
		return
	}
	if i := g.p.Index(id); i >= 0 {
		g.table.MoveTo(i, max(0, g.table.ColumnIndex(string(c))))
		g.table.Focus()
	}
}
