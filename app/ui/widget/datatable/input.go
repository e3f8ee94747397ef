package datatable

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/widget/datatable/tsv"
)

const (
	doubleClick = 400 * time.Millisecond
	wheel       = 2.7 // two rows a notch, nearly
)

// TypedRune begins an edit with the character.
func (t *Table[T]) TypedRune(r rune) {
	if t.row < 0 {
		return
	}
	t.edit(&r)
}

// TypedKey moves the cursor or begins an edit; OnKey sees the key first.
func (t *Table[T]) TypedKey(k *fyne.KeyEvent) {
	if t.OnKey != nil && t.OnKey(k) {
		return
	}
	mod := keymap.Modifiers()
	if t.move(k.Name, mod) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF2:
		t.Edit()
	case fyne.KeyDelete, fyne.KeyBackspace:
		t.clear()
	case fyne.KeyEscape:
		t.chosen = map[int]bool{}
		t.selected()
	case desktop.KeyMenu:
		t.openMenu()
	}
}

// move handles the keys that move the cursor.
func (t *Table[T]) move(key fyne.KeyName, mod fyne.KeyModifier) bool {
	shift := mod&fyne.KeyModifierShift != 0
	row, col := t.row, t.col
	switch key {
	case fyne.KeyUp:
		row--
	case fyne.KeyDown:
		if row == len(t.rows)-1 && !shift {
			t.step(row, col, 1, false)
			return true
		}
		row++
	case fyne.KeyLeft:
		col--
	case fyne.KeyRight:
		col++
	case fyne.KeyPageUp:
		row -= t.page()
	case fyne.KeyPageDown:
		row += t.page()
	case fyne.KeyHome:
		col = 0
	case fyne.KeyEnd:
		col = len(t.columns) - 1
	case fyne.KeyTab:
		t.tab(row, col, shift)
		return true
	default:
		return false
	}
	t.moveTo(row, col, shift)
	return true
}

// clear empties the cell under the cursor.
func (t *Table[T]) clear() {
	if t.row >= 0 {
		t.set(t.row, t.col, "")
	}
}

// TypedShortcut copies, cuts, pastes, chooses all; what it does not know goes on to
// the window.
func (t *Table[T]) TypedShortcut(s fyne.Shortcut) {
	if t.OnShortcut != nil && t.OnShortcut(s) {
		return
	}
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		t.copy()
	case *fyne.ShortcutCut:
		t.copy()
		t.clear()
	case *fyne.ShortcutPaste:
		t.paste(fyne.CurrentApp().Clipboard().Content())
	case *fyne.ShortcutSelectAll:
		for r := range t.rows {
			t.chosen[r] = true
		}
		t.selected()
	case *desktop.CustomShortcut:
		if !t.customKey(s) {
			t.forward(s)
		}
	default:
		t.forward(s)
	}
}

func (t *Table[T]) forward(s fyne.Shortcut) {
	if c, ok := t.canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (t *Table[T]) customKey(s *desktop.CustomShortcut) bool {
	if s.Modifier != fyne.KeyModifierControl {
		return false
	}
	switch s.KeyName {
	case fyne.KeyHome:
		t.moveTo(0, 0, false)
	case fyne.KeyEnd:
		t.moveTo(len(t.rows)-1, len(t.columns)-1, false)
	case fyne.KeyDelete:
		if t.OnDelete == nil || len(t.rows) == 0 {
			return false
		}
		t.OnDelete(t.SelectedRows())
	default:
		return false
	}
	return true
}

// copy puts the chosen rows on the clipboard, or the one cell if no rows are chosen.
func (t *Table[T]) copy() {
	if t.row < 0 {
		return
	}
	if len(t.chosen) == 0 {
		fyne.CurrentApp().Clipboard().SetContent(t.columns[t.col].Text(t.rows[t.row]))
		return
	}
	var cells [][]string
	for _, r := range t.SelectedRows() {
		line := make([]string, len(t.columns))
		for i, c := range t.columns {
			line[i] = c.Text(t.rows[r])
		}
		cells = append(cells, line)
	}
	fyne.CurrentApp().Clipboard().SetContent(tsv.Format(cells))
}

// paste hands a table on to the owner; a single value goes into the cell.
func (t *Table[T]) paste(text string) {
	cells := tsv.Parse(text)
	if len(cells) == 0 {
		return
	}
	if len(cells) == 1 && len(cells[0]) == 1 && t.row >= 0 {
		t.set(t.row, t.col, cells[0][0])
		return
	}
	row := 0
	if rows := t.SelectedRows(); len(rows) > 0 {
		row = rows[0]
	}
	if t.OnPaste != nil {
		t.OnPaste(row, t.col, cells)
	}
}

// Scrolled moves the cells with the wheel.
func (t *Table[T]) Scrolled(e *fyne.ScrollEvent) {
	t.scrollTo(t.offX-float64(e.Scrolled.DX)*wheel, t.offY-float64(e.Scrolled.DY)*wheel)
}

// MouseDown takes the keyboard, puts the cursor, chooses rows, grabs a border.
func (t *Table[T]) MouseDown(e *desktop.MouseEvent) {
	t.pointer = e.Position
	t.Commit()
	t.Focus()
	if col := t.borderAt(e.Position); col >= 0 {
		if t.twice(-1, col) {
			t.fitColumn(col)
			return
		}
		t.dragCol, t.dragStart, t.dragFrom = col, e.AbsolutePosition.X, t.widths[col]
		return
	}
	row, col := t.rowAt(e.Position), t.colAt(e.Position)
	if c := t.hoverHead(); c >= 0 && e.Button == desktop.MouseButtonPrimary && t.OnHead != nil {
		t.OnHead(t.columns[c].ID)
		return
	}
	if row < 0 || row >= len(t.rows) {
		return
	}
	if col < 0 || col >= len(t.columns) {
		col = t.col
	}
	if e.Button == desktop.MouseButtonSecondary {
		if !t.chosen[row] {
			t.moveTo(row, col, false)
		}
		return
	}
	t.pick(row, col, e.Modifier)
	twice := t.twice(row, col)
	arrow := len(t.columns[col].Choices) > 0 &&
		e.Position.X > t.colLeft(col)+t.colWidth(col)-t.arrowRoom()
	if e.Modifier == 0 && (twice || arrow) {
		t.Edit()
	}
}

// twice tells whether this press is the second of a double click on a cell.
func (t *Table[T]) twice(row, col int) bool {
	now, at := t.now(), [2]int{row, col}
	yes := now.Sub(t.lastDown) < doubleClick && t.lastDownAt == at
	t.lastDown, t.lastDownAt = now, at
	if yes {
		t.lastDown = time.Time{}
	}
	return yes
}

// fitColumn makes a column as wide as its label and the texts on the screen need.
func (t *Table[T]) fitColumn(col int) {
	c := t.columns[col]
	w := t.bold.Width(c.Label)
	first := int(t.offY / float64(t.rowH))
	for n := first; n < len(t.rows) && t.rowTop(n) < t.Size().Height; n++ {
		w = max(w, t.face.Width(c.Text(t.rows[n])))
	}
	t.SetColumnWidth(c.ID, min(w/t.scale()+2*cellPad+2, maxFit))
	if t.OnResize != nil {
		t.OnResize(c.ID, t.widths[col])
	}
}

// pick puts the cursor on a cell as Ctrl and Shift say.
func (t *Table[T]) pick(row, col int, mod fyne.KeyModifier) {
	if mod&fyne.KeyModifierControl == 0 {
		t.moveTo(row, col, mod&fyne.KeyModifierShift != 0)
		return
	}
	if len(t.chosen) == 0 && t.row >= 0 && t.row != row {
		t.chosen[t.row] = true
	}
	if t.chosen[row] {
		delete(t.chosen, row)
	} else {
		t.chosen[row] = true
	}
	t.row, t.col, t.anchor = row, col, row
	t.selected()
}

// MouseUp lets a border go.
func (t *Table[T]) MouseUp(*desktop.MouseEvent) { t.endResize() }

// Tapped takes the keyboard.
func (t *Table[T]) Tapped(*fyne.PointEvent) {}

// TappedSecondary opens the context menu.
func (t *Table[T]) TappedSecondary(*fyne.PointEvent) { t.openMenu() }

func (t *Table[T]) openMenu() {
	if t.Menu == nil || t.row < 0 || t.canvas() == nil {
		return
	}
	menu := t.Menu(t.row, t.columns[t.col].ID)
	if menu == nil || len(menu.Items) == 0 {
		return
	}
	t.popup(menu, fyne.NewPos(max(t.colLeft(t.col), t.gutter())+cellPad, t.rowTop(t.row)+t.rowH*0.7), 0)
}

// Dragged moves the border of a column.
func (t *Table[T]) Dragged(e *fyne.DragEvent) {
	if t.dragCol < 0 {
		return
	}
	t.widths[t.dragCol] = max(t.dragFrom+(e.AbsolutePosition.X-t.dragStart)/t.scale(), minColumn)
	t.scrollTo(t.offX, t.offY)
	t.Refresh()
}

// DragEnd lets the border go.
func (t *Table[T]) DragEnd() { t.endResize() }

func (t *Table[T]) endResize() {
	if t.dragCol < 0 {
		return
	}
	col := t.dragCol
	t.dragCol = -1
	if t.widths[col] != t.dragFrom && t.OnResize != nil {
		t.OnResize(t.columns[col].ID, t.widths[col])
	}
}

// MouseIn follows the pointer.
func (t *Table[T]) MouseIn(e *desktop.MouseEvent) { t.hover(e.Position) }

// MouseMoved follows the pointer.
func (t *Table[T]) MouseMoved(e *desktop.MouseEvent) { t.hover(e.Position) }

// MouseOut forgets the pointer.
func (t *Table[T]) MouseOut() { t.hover(fyne.NewPos(-1, -1)) }

func (t *Table[T]) hover(p fyne.Position) {
	t.faces()
	t.pointer = p
	row, col := -1, -1
	if p.X >= 0 && p.Y >= 0 {
		row, col = t.rowAt(p), t.colAt(p)
	}
	if row == t.hoverRow && col == t.hoverCol {
		return
	}
	t.hoverRow, t.hoverCol = row, col
	t.Refresh()
}
