package rowspage

import (
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"jinggao/app/submission"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/widget/datatable"
	"jinggao/app/ui/widget/datatable/tsv"
)

// abs turns a row of the table into its index among all rows, -1 if it is not there.
func (g *Page) abs(row int) int {
	if row < 0 || row >= len(g.index) {
		return -1
	}
	return g.index[row]
}

// shown turns an index among all rows into a row of the table, -1 if it is hidden.
func (g *Page) shown(i int) int {
	if r, ok := slices.BinarySearch(g.index, i); ok {
		return r
	}
	return -1
}

// showRows shows the rows that the filter leaves; cursor and chosen rows stay with
// their rows.
func (g *Page) showRows() {
	old := g.ids
	g.index = g.p.Visible()
	g.ids = make([]string, len(g.index))
	for r, i := range g.index {
		g.ids[r] = g.p.Row(i).ID
	}
	g.table.SetRowsMoved(g.index, func(r int) int {
		if r >= len(old) {
			return -1
		}
		return g.shown(g.p.Index(old[r]))
	})
	g.strip.tell()
}

// selected lists the chosen rows that are shown, as indexes among all rows.
func (g *Page) selected() []int {
	if g.table == nil {
		return nil
	}
	var out []int
	for _, r := range g.table.SelectedRows() {
		if i := g.abs(r); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// cursor is the row, among all rows, and the column of the cursor.
func (g *Page) cursor() (int, submission.Column) {
	r, c := g.table.CursorAt()
	if c < 0 || c >= len(g.table.Columns()) {
		return g.abs(r), submission.ColApplicant
	}
	return g.abs(r), submission.Column(g.table.Columns()[c].ID)
}

// showRow puts the cursor on a cell of a row; a filter that hides it goes.
func (g *Page) showRow(i, col int) {
	if g.shown(i) < 0 && g.p.Filter().Active() {
		g.showAll()
		g.host.Say("已清除筛选，以显示该行")
	}
	g.table.MoveTo(g.shown(i), col)
}

// showBlock puts the cursor on the first of some rows and chooses them all.
func (g *Page) showBlock(list []int, col int) {
	if len(list) == 0 {
		return
	}
	g.showRow(list[0], col)
	if len(list) > 1 {
		var rs []int
		for _, i := range list {
			rs = append(rs, g.shown(i))
		}
		g.table.SelectRows(rs)
	}
}

func (g *Page) after(said string, err error) bool {
	if err != nil {
		told := []error{rows.ErrNoRow, rows.ErrFirstLast, rows.ErrNothing, rows.ErrNoFill, rows.ErrNoColumn, rows.ErrSorted}
		if slices.ContainsFunc(told, func(e error) bool { return errors.Is(err, e) }) {
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
	if i, _ := g.cursor(); i >= 0 && i < g.p.Len()-1 {
		at = i + 1
	}
	i, err := g.p.Insert(at)
	if g.after("新增一行", err) {
		g.showRow(i, 0)
		g.table.Focus()
	}
}

func (g *Page) duplicate() {
	g.table.Commit()
	list := g.selected()
	_, c := g.table.CursorAt()
	at, err := g.p.Duplicate(list)
	if g.after(fmt.Sprintf("复制 %d 行", len(list)), err) {
		g.showBlock(span(at, len(list)), c)
	}
}

func span(from, n int) []int {
	out := make([]int, n)
	for k := range out {
		out[k] = from + k
	}
	return out
}

func (g *Page) fillDown() {
	g.table.Commit()
	_, c := g.cursor()
	n, err := g.p.FillDown(g.selected(), c)
	if err == nil && n == 0 {
		g.host.Say("所选各行的" + string(c) + "已经相同")
		return
	}
	g.after(fmt.Sprintf("向下填充%s %d 行", c, n), err)
}

// deleteShown deletes rows of the table.
func (g *Page) deleteShown(rs []int) {
	var list []int
	for _, r := range rs {
		list = append(list, g.abs(r))
	}
	g.delete(list)
}

func (g *Page) delete(list []int) {
	g.table.CancelEdit()
	if len(list) == 0 {
		return
	}
	g.table.SelectRows(nil)
	g.after(fmt.Sprintf("删除 %d 行", len(list)), g.p.Delete(list))
	g.table.Focus()
}

func (g *Page) move(by int) {
	g.table.Commit()
	list := g.selected()
	_, c := g.table.CursorAt()
	to, err := g.p.Move(list, by)
	said := ""
	if len(list) == 1 && err == nil {
		said = fmt.Sprintf("第 %d 行移到第 %d 行", list[0]+1, to[0]+1)
	} else if err == nil {
		said = fmt.Sprintf("移动 %d 行", len(list))
	}
	if g.after(said, err) {
		g.showBlock(to, c)
	}
}

// sortHere sorts by the column of the cursor.
func (g *Page) sortHere(desc bool) {
	_, c := g.cursor()
	g.sort(c, desc)
}

// headTapped sorts by a column; a second time the other way round.
func (g *Page) headTapped(column string) {
	c := submission.Column(column)
	now, desc, ok := g.p.Sorted()
	g.sort(c, ok && now == c && !desc)
}

func (g *Page) sort(c submission.Column, desc bool) {
	g.table.Commit()
	said := rows.SortLabel(c, desc)
	if g.p.Filter().Active() {
		said = fmt.Sprintf("筛选出的 %d 行已%s，序号已重排", len(g.index), said)
	} else {
		said = fmt.Sprintf("已%s，序号已重排", said)
	}
	g.after(said, g.p.Sort(c, desc))
	g.table.Focus()
}

// headSign shows the order that the rows are in.
func (g *Page) headSign(column string) string {
	if g.p == nil || g.sorted != submission.Column(column) {
		return ""
	}
	if g.descending {
		return "▼"
	}
	return "▲"
}

func (g *Page) pasteAll() { g.pasteText(fyne.CurrentApp().Clipboard().Content()) }

func (g *Page) pasteText(text string) {
	g.table.Commit()
	i, c := g.cursor()
	n, err := g.p.Paste(text, i, c)
	g.after(fmt.Sprintf("粘贴 %d 行", n), err)
	g.table.Focus()
}

// Table is the table, for tests and the self-test.
func (g *Page) Table() *datatable.Table[int] { return g.table }

func (g *Page) pasteCells(row, col int, cells [][]string) {
	c := submission.Column(g.table.Columns()[col].ID)
	n, err := g.p.Paste(tsv.Format(cells), g.abs(row), c)
	g.after(fmt.Sprintf("粘贴 %d 行", n), err)
}

// Reveal puts the cursor on a cell of a row.
func (g *Page) Reveal(id string, c submission.Column) {
	if g.p == nil {
		return
	}
	if i := g.p.Index(id); i >= 0 {
		g.showRow(i, max(0, g.table.ColumnIndex(string(c))))
		g.table.Focus()
	}
}
