package datatable

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/safe"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
)

// Edit begins to edit the cell under the cursor, or opens its choice.
func (t *Table[T]) Edit() { t.edit(nil) }

// Editing tells whether a cell is being edited.
func (t *Table[T]) Editing() bool { return t.editor != nil }

// Commit ends an edit under way and hands the value over. Call it before acting on
// the rows: a click on a button does not take the keyboard from a text field.
func (t *Table[T]) Commit() {
	if t.editor == nil {
		return
	}
	value, row, col := t.editor.Text, t.row, t.col
	t.dropEditor()
	t.set(row, col, value)
}

// CancelEdit ends an edit under way and keeps the old value.
func (t *Table[T]) CancelEdit() {
	if t.editor != nil {
		t.dropEditor()
	}
}

// set hands a changed value over.
func (t *Table[T]) set(row, col int, value string) {
	if row < 0 || row >= len(t.rows) {
		return
	}
	c := t.columns[col]
	if c.ReadOnly || c.Text(t.rows[row]) == value || t.OnEdit == nil {
		return
	}
	t.OnEdit(row, c.ID, value)
	t.Refresh()
}

// dropEditor takes the text field away and the keyboard back.
func (t *Table[T]) dropEditor() {
	had := t.canvas() != nil && t.canvas().Focused() == fyne.Focusable(t.editor)
	t.editor.OnFocus = nil
	t.editor = nil
	t.Refresh()
	if had {
		t.Focus()
	}
}

// edit begins an edit; first, if not nil, replaces the text.
func (t *Table[T]) edit(first *rune) {
	if t.row < 0 || t.editor != nil {
		return
	}
	c := t.columns[t.col]
	switch {
	case c.ReadOnly:
		if first == nil && t.OnOpen != nil {
			t.OnOpen(t.row, c.ID)
		}
		return
	case len(c.Choices) > 0:
		t.choose(first)
		return
	}
	t.reveal()
	text := c.Text(t.rows[t.row])
	e := ime.NewEntry()
	if strings.ContainsRune(text, '\n') || t.face.Width(text) > t.editorWidth()-3*cellPad {
		e = ime.NewMultiLine(3)
	}
	t.editor, t.editWas = e, text
	e.TakesTab = true
	e.OnKey = t.editorKey
	e.OnShortcut = t.editorShortcut
	e.OnFocus = t.editorFocus
	if first == nil {
		e.SetText(text)
		e.CursorColumn = len([]rune(text))
	}
	t.Refresh()
	if cv := t.canvas(); cv != nil {
		cv.Focus(e)
	}
	if first != nil {
		e.TypedRune(*first)
	} else {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// editorFocus commits when the keyboard went to something else, but not when it
// went to a menu over the field or to another window. Where it went is known only
// after this call.
func (t *Table[T]) editorFocus(on bool) {
	if t.OnFocus != nil {
		t.OnFocus(on)
	}
	e := t.editor
	if on || e == nil {
		return
	}
	safe.OnUI(func() {
		c := t.canvas()
		if t.editor == e && c != nil && c.Overlays().Top() == nil && c.Focused() != fyne.Focusable(e) {
			t.Commit()
		}
	})
}

func (t *Table[T]) editorKey(k *fyne.KeyEvent) bool {
	shift := keymap.Modifiers()&fyne.KeyModifierShift != 0
	row, col := t.row, t.col
	switch k.Name {
	case fyne.KeyEscape:
		t.CancelEdit()
	case fyne.KeyReturn, fyne.KeyEnter:
		t.Commit()
		t.step(row, col, 1, shift)
	case fyne.KeyTab:
		t.Commit()
		t.tab(row, col, shift)
	case fyne.KeyUp, fyne.KeyDown:
		if t.editor.MultiLine {
			return false
		}
		t.Commit()
		t.step(row, col, 1, k.Name == fyne.KeyUp)
	default:
		return false
	}
	return true
}

// editorShortcut lets a pasted table go to the cells instead of into the field.
func (t *Table[T]) editorShortcut(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutPaste:
		text := s.Clipboard.Content()
		if !strings.ContainsAny(strings.TrimRight(text, "\r\n"), "\t\n") {
			return false
		}
		t.CancelEdit()
		t.Focus()
		t.paste(text)
		return true
	case *desktop.CustomShortcut:
		if s.Modifier == fyne.KeyModifierAlt && (s.KeyName == fyne.KeyReturn || s.KeyName == fyne.KeyEnter) {
			t.editor.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // a line break, as in Excel
			return true
		}
		return t.OnShortcut != nil && t.OnShortcut(s)
	}
	return false
}

// step goes down a row after an edit, or up; on the last row it asks for one more.
func (t *Table[T]) step(row, col, n int, up bool) {
	if up {
		n = -n
	}
	if n > 0 && row+n >= len(t.rows) && t.OnAppend != nil {
		t.OnAppend()
	}
	t.moveTo(row+n, col, false)
}

// tab goes to the next cell, over the end of the row to the next row.
func (t *Table[T]) tab(row, col int, back bool) {
	if back {
		col--
	} else {
		col++
	}
	switch {
	case col < 0 && row > 0:
		row, col = row-1, len(t.columns)-1
	case col >= len(t.columns) && row < len(t.rows)-1:
		row, col = row+1, 0
	}
	t.moveTo(row, col, false)
}

// choose opens the list of a choice column under the cell. A typed digit picks at
// once, a typed first character too.
func (t *Table[T]) choose(first *rune) {
	c := t.columns[t.col]
	row, col := t.row, t.col
	if first != nil {
		r := keymap.FoldRune(*first)
		if n := int(r - '1'); n >= 0 && n < len(c.Choices) {
			t.set(row, col, c.Choices[n])
			return
		}
		for _, v := range c.Choices {
			if strings.HasPrefix(v, string(*first)) {
				t.set(row, col, v)
				return
			}
		}
	}
	cv := t.canvas()
	if cv == nil {
		return
	}
	t.reveal()
	menu := fyne.NewMenu("")
	now := c.Text(t.rows[row])
	at := 0
	for i, v := range c.Choices {
		if v == now {
			at = i
		}
		item := fyne.NewMenuItem(v, func() { t.set(row, col, v) })
		item.Checked = v == now
		menu.Items = append(menu.Items, item)
	}
	t.popup(menu, fyne.NewPos(t.colLeft(col), t.rowTop(row)+t.rowH), at)
}

// popup shows a menu at a place in the view with item at marked; the keyboard comes
// back afterwards.
func (t *Table[T]) popup(menu *fyne.Menu, p fyne.Position, at int) {
	cv := t.canvas()
	pop := widget.NewPopUpMenu(menu, cv)
	hide := pop.OnDismiss
	pop.OnDismiss = func() {
		if hide != nil {
			hide()
		}
		t.Focus()
	}
	pop.ShowAtPosition(fyne.CurrentApp().Driver().AbsolutePositionForObject(t).Add(p))
	cv.Focus(pop)
	for range at + 1 {
		pop.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
}

// editorWidth is that of the cell, but enough for a few words.
func (t *Table[T]) editorWidth() float32 { return max(t.colWidth(t.col), 240*t.scale()) }

// editorBounds is where the text field is drawn: over the cell, at least as wide as
// a few words, inside the view.
func (t *Table[T]) editorBounds() (fyne.Position, fyne.Size) {
	w := t.editorWidth()
	h := t.rowH
	if t.editor.MultiLine {
		h = t.editor.MinSize().Height
	}
	size := t.Size()
	x := max(min(t.colLeft(t.col), size.Width-w-theme.Size(base.SizeNameScrollBar)), t.gutter())
	y := min(t.rowTop(t.row), size.Height-h)
	return fyne.NewPos(x, y), fyne.NewSize(min(w, size.Width-x), h)
}
