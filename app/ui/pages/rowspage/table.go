package rowspage

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"jinggao/app/submission"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/widget/datatable"
)

func (g *Page) buildTable() {
	g.table = datatable.New(g.columns())
	g.table.Empty = "尚无项目。从 Excel 导入、粘贴表格（Ctrl+V），或新增一行（Ctrl+Enter）；也可把表格文件拖到此处。"
	g.table.OnEdit = func(row int, column, value string) {
		g.after("", g.p.Set(g.abs(row), submission.Column(column), value))
	}
	g.table.OnPaste = g.pasteCells
	g.table.OnSelect = g.refreshButtons
	g.table.OnDelete = g.deleteShown
	g.table.OnHead = g.headTapped
	g.table.HeadSign = g.headSign
	g.table.Number = func(row int) string { return strconv.Itoa(g.abs(row) + 1) }
	g.table.Lit = func(row int, column string) bool {
		return g.p != nil && g.p.Found(g.abs(row), submission.Column(column))
	}
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
			if rs := g.selected(); len(rs) > 1 {
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
		submission.ColApplicant: 210, submission.ColCategory: 122, submission.ColTitle: 280,
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
		}
		out = append(out, col)
	}
	return out
}

func (g *Page) mark(row int, column string) (datatable.Mark, bool) {
	level, text, ok := g.p.CellProblem(g.abs(row), submission.Column(column))
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
	for _, id := range []keymap.ID{"rows.insert", "rows.duplicate", "rows.fill", "rows.delete", "rows.up", "rows.down", "rows.ascending", "rows.descending", "rows.paste"} {
		c := g.host.Keys().Command(id)
		m.Items = append(m.Items, fyne.NewMenuItem(keymap.ButtonText(c), func() { g.host.Keys().Run(id) }))
	}
	return m
}
