// Package attachpage shows page ② 附件材料: rows at the left, their documents at the
// right, each with its state and what to do. Files come by button and by dropping
// them on the window.
package attachpage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/attach"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/datatable"
)

// Page is page ②.
type Page struct {
	host page.Host
	s    *session.Session
	p    *attach.Presenter

	groups  []attach.Group
	group   string
	list    *widget.List
	table   *datatable.Table[attach.File]
	summary *widget.Label
	note    *widget.Label
	buttons map[keymap.ID]*widget.Button
	root    fyne.CanvasObject
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(h page.Host) *Page { return &Page{host: h, buttons: map[keymap.ID]*widget.Button{}} }

// Commands are the commands of the page.
func (g *Page) Commands() []keymap.Command {
	on := func() bool { return g.p != nil }
	front := func() bool { return on() && g.root != nil && g.root.Visible() }
	some := func() bool { return front() && len(g.chosen()) > 0 }
	k := func(id keymap.ID, label string, enabled func() bool, run func(), keys ...keymap.Key) keymap.Command {
		return keymap.Command{ID: "attach." + id, Label: label, Group: "附件", Keys: keys, Enabled: enabled, Run: run}
	}
	return []keymap.Command{
		k("add", "添加文件…", on, g.addFiles, keymap.Press(fyne.KeyA, fyne.KeyModifierControl, fyne.KeyModifierShift)),
		k("folder", "添加文件夹…", on, g.addFolder),
		k("link", "关联到项目…", some, g.link),
		k("rescan", "重新扫描", func() bool { return on() && len(g.s.Attachments()) > 0 }, g.rescan, keymap.Press(fyne.KeyF5)),
		k("open", "打开原件", some, g.openFile),
		k("relocate", "重新定位…", some, g.relocate),
		k("remove", "移出案卷", some, g.remove),
	}
}

// Build makes the content.
func (g *Page) Build() fyne.CanvasObject {
	g.list = widget.NewList(func() int { return len(g.groups) },
		func() fyne.CanvasObject { return newGroupRow() },
		func(id widget.ListItemID, o fyne.CanvasObject) {
			if id < len(g.groups) {
				o.(*groupRow).set(g.groups[id], g.groups[id].ID == g.group)
			}
		})
	g.list.HideSeparators = true
	g.list.OnSelected = func(id widget.ListItemID) {
		g.list.UnselectAll()
		if id < len(g.groups) {
			g.group = g.groups[id].ID
			g.refresh()
			g.table.Focus()
		}
	}
	g.buildTable()
	g.summary = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	g.note = widget.NewLabel("")
	g.note.Wrapping = fyne.TextWrapBreak
	bar := container.NewHBox()
	for _, id := range []keymap.ID{"attach.add", "attach.folder", "attach.link", "attach.rescan", "attach.open", "attach.relocate", "attach.remove"} {
		b := g.host.Keys().Button(id)
		b.SetText(g.host.Keys().Command(id).Label)
		g.buttons[id] = b
		bar.Add(b)
	}
	g.buttons["attach.add"].Importance = widget.HighImportance
	left := container.NewBorder(widget.NewLabelWithStyle("所属项目", fyne.TextAlignLeading, fyne.TextStyle{Bold: true}), nil, nil, nil, paper(g.list))
	noteBox := container.NewStack(minHeight(64), paper(g.note))
	right := container.NewBorder(container.NewVBox(bar, g.summary), noteBox, nil, nil, g.table)
	split := container.NewHSplit(left, right)
	split.SetOffset(0.22)
	g.root = split
	return split
}

func minHeight(h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(0, h))
	return r
}

func paper(o fyne.CanvasObject) fyne.CanvasObject {
	edge := canvas.NewRectangle(nil) // over the rows of a list
	edge.StrokeColor, edge.StrokeWidth = theme.Color(base.ColorNameSeparator), 1
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.ColorPaper)), o, edge)
}

func (g *Page) buildTable() {
	col := func(id string, width float32, center bool, text func(f attach.File) string) datatable.Column[attach.File] {
		return datatable.Column[attach.File]{ID: id, Label: id, Width: width, ReadOnly: true, Center: center, Text: text}
	}
	g.table = datatable.New([]datatable.Column[attach.File]{
		col("文件名", 262, false, func(f attach.File) string { return f.Name }),
		col("类型", 60, true, func(f attach.File) string { return f.Kind }),
		col("大小", 72, true, func(f attach.File) string { return f.Size }),
		col("页数", 54, true, func(f attach.File) string { return f.Pages }),
		col("字数", 70, true, func(f attach.File) string { return f.Characters }),
		col("状态", 92, true, func(f attach.File) string { return f.Word }),
		col("待处理", 64, true, func(f attach.File) string { return f.Open }),
		col("所属项目", 250, false, func(f attach.File) string { return f.Rows }),
	})
	g.table.Empty = "没有附件。点击“添加文件…”，或把文件、文件夹拖到窗口中。"
	g.table.OnSelect = g.showNote
	g.table.OnOpen = func(int, string) { g.review() }
	g.table.OnDelete = func([]int) { g.remove() }
	g.table.MarkAt = func(row int, column string) (datatable.Mark, bool) {
		if column != "状态" || row >= len(g.table.Rows()) {
			return datatable.Mark{}, false
		}
		f := g.table.Rows()[row]
		switch f.State {
		case attach.Refused, attach.Missing, attach.Marked:
			return datatable.Mark{Level: datatable.Fault, Text: f.Note}, true
		case attach.Partial:
			return datatable.Mark{Level: datatable.Doubt, Text: f.Note}, true
		}
		return datatable.Mark{}, false
	}
	g.table.OnKey = func(k *fyne.KeyEvent) bool {
		if len(k.Name) > 1 && k.Name[0] == 'F' {
			return g.host.Keys().TypedKey(keymap.Global, k.Name, keymap.Modifiers())
		}
		if k.Name == fyne.KeyDelete {
			g.remove()
			return true
		}
		return false
	}
	g.table.OnShortcut = func(sc fyne.Shortcut) bool { return g.host.Keys().TypedShortcut(keymap.Global, sc) }
	g.table.Menu = func(int, string) *fyne.Menu {
		m := fyne.NewMenu("")
		for _, id := range []keymap.ID{"attach.open", "attach.link", "attach.rescan", "attach.relocate", "attach.remove"} {
			c := g.host.Keys().Command(id)
			m.Items = append(m.Items, fyne.NewMenuItem(c.Label, func() { g.host.Keys().Run(id) }))
		}
		return m
	}
}

// review goes to the file on page ③.
func (g *Page) review() {
	fs := g.chosen()
	if len(fs) == 0 {
		return
	}
	p := g.s.Review()
	for d, doc := range p.Docs() {
		if doc.File == fs[0].ID && len(p.Indexes(d)) > 0 {
			p.Select(p.Indexes(d)[0])
		}
	}
	g.host.Goto(page.Review)
}

// Open gives the page a case.
func (g *Page) Open(s *session.Session) {
	g.s, g.p, g.group = s, nil, attach.All
	if s != nil {
		g.p = attach.New(s)
	}
}

// Show brings the page up to date and takes the keyboard.
func (g *Page) Show() {
	g.refresh()
	g.table.Focus()
}

// Changed brings the page up to date after a change of the case.
func (g *Page) Changed(session.What) { g.refresh() }

func (g *Page) refresh() {
	if g.p == nil || g.table == nil {
		return
	}
	g.groups = g.p.Groups()
	if !slices.ContainsFunc(g.groups, func(x attach.Group) bool { return x.ID == g.group }) {
		g.group = attach.All
	}
	g.list.Refresh()
	g.table.SetRows(g.p.Files(g.group))
	g.summary.SetText(g.p.Summary())
	g.showNote()
}

func (g *Page) showNote() {
	for id, b := range g.buttons {
		g.host.Keys().RefreshButton(b, id)
	}
	fs := g.chosen()
	if len(fs) == 0 {
		g.note.SetText("一个项目可有多个附件，一个附件也可属于多个项目。原件只读取，不改动。")
		return
	}
	f := fs[0]
	text := f.Path
	if f.Note != "" {
		text = f.Word + "：" + f.Note + "\n" + text
	}
	g.note.SetText(text)
}

func (g *Page) chosen() []attach.File {
	if g.table == nil {
		return nil
	}
	var out []attach.File
	for _, r := range g.table.SelectedRows() {
		if r < len(g.table.Rows()) {
			out = append(out, g.table.Rows()[r])
		}
	}
	return out
}

func (g *Page) chosenIDs() []string {
	var out []string
	for _, f := range g.chosen() {
		out = append(out, f.ID)
	}
	return out
}

// target is the row that new files are linked to: the one chosen at the left.
func (g *Page) target() []string {
	if g.group == attach.All || g.group == attach.Loose {
		return nil
	}
	return []string{g.group}
}

// Choose makes a row the one that new files are linked to.
func (g *Page) Choose(row string) {
	g.group = row
	g.refresh()
}

func (g *Page) addFiles() {
	req := platform.FileRequest{Title: "选择附件材料", Multiple: true, Filters: []platform.Filter{
		{Name: "文档", Extensions: []string{".docx", ".xlsx", ".pptx", ".pdf", ".ofd", ".doc", ".xls", ".ppt", ".wps", ".et", ".txt", ".csv", ".zip"}},
		{Name: "所有文件", Extensions: []string{".*"}},
	}}
	g.host.PickFiles(req, "attach", g.Add)
}

func (g *Page) addFolder() {
	g.host.PickFolder("选择附件所在的文件夹", "attach", func(p string) { g.Add([]string{p}) })
}

// Add takes files and folders in, links them to the chosen row and scans them.
func (g *Page) Add(paths []string) {
	if g.s == nil {
		return
	}
	g.s.AddPaths(paths, g.target(), g.added)
}

func (g *Page) added(a session.Added, err error) {
	if errors.Is(err, context.Canceled) {
		g.host.Say("已取消添加附件")
		return
	}
	if err != nil {
		g.host.Fail("附件未能添加", err)
		return
	}
	g.host.Did(a.Text())
	if len(a.Refused) == 0 {
		return
	}
	r := a.Refused[0]
	n := dialogs.Notice{What: fmt.Sprintf("%d 个文件未能添加：%s", len(a.Refused), filepath.Base(r.Path)), Why: r.Refused.What, Do: r.Refused.Do, Detail: r.Refused.Detail}
	g.host.Dialogs().Notice(n, nil)
}

func (g *Page) rescan() {
	ids := g.chosenIDs()
	if g.root == nil || !g.root.Visible() || len(ids) == 0 {
		for _, a := range g.s.Attachments() {
			ids = append(ids, a.ID)
		}
	}
	g.s.Rescan(ids)
	g.host.Say(fmt.Sprintf("重新扫描 %d 个文件，已作的决定保留", len(ids)))
}

func (g *Page) openFile() {
	if err := platform.OpenPath(g.chosen()[0].Path); err != nil {
		g.host.Fail("原件未能打开", err)
	}
}

func (g *Page) relocate() {
	f := g.chosen()[0]
	g.host.PickFiles(platform.FileRequest{Title: "重新定位：" + f.Name}, "attach", func(p []string) { g.s.Relocate(f.ID, p[0]) })
}

func (g *Page) remove() {
	ids := g.chosenIDs()
	if len(ids) == 0 {
		return
	}
	g.host.Dialogs().Confirm(dialogs.Question{
		Title: "移出案卷", Text: fmt.Sprintf("把所选 %d 个文件移出案卷，其审核决定一并移去；原件不受影响，可用 Ctrl+Z 撤销。", len(ids)),
		Act: "移出案卷",
	}, func() {
		if err := g.s.Remove(ids); err != nil {
			g.host.Fail("附件未能移出", err)
			return
		}
		g.host.Did(fmt.Sprintf("移出 %d 个附件", len(ids)))
		g.refresh()
		g.table.Focus()
	})
}

// link asks which rows the chosen files belong to.
func (g *Page) link() {
	ids := g.chosenIDs()
	rows := g.s.Rows()
	if len(rows) == 0 {
		g.host.Say("尚无项目，请先在项目表格中新增")
		return
	}
	now := g.s.RowsOf(ids[0])
	checks := make([]*dialogs.Check, len(rows))
	box := container.NewVBox()
	for i, r := range rows {
		checks[i] = dialogs.NewCheck(attach.RowName(i, r), nil)
		checks[i].Checked = slices.Contains(now, r.ID)
		box.Add(checks[i])
	}
	title := "关联到项目"
	if len(ids) > 1 {
		title = fmt.Sprintf("把 %d 个附件关联到项目", len(ids))
	}
	g.host.Dialogs().Show(dialogs.Custom{
		Title: title, Content: container.NewVScroll(box), Size: fyne.NewSize(620, 420), Act: "保存关联",
		OnAct: func() {
			var to []string
			for i, c := range checks {
				if c.Checked {
					to = append(to, rows[i].ID)
				}
			}
			if err := g.s.Link(ids, to); err != nil {
				g.host.Fail("关联未能保存", err)
				return
			}
			g.host.Did(fmt.Sprintf("关联 %d 个附件", len(ids)))
		},
	})
}

// Dropped tells whether a path looks like a table of rows rather than a document.
func Dropped(path string) bool {
	return slices.Contains([]string{".xlsx", ".xls", ".et", ".csv"}, strings.ToLower(filepath.Ext(path)))
}
