package docview

import (
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/native"
	"jinggao/app/ui/widget/docview/wrap"
)

const (
	doubleClick = 400 * time.Millisecond
	jitter      = 4 // a pointer that moved less was not dragged
	wheel       = 3 // lines a notch, nearly
)

// Cursor is the text cursor.
func (v *View) Cursor() desktop.Cursor { return desktop.TextCursor }

// Scrolled moves the lines with the wheel.
func (v *View) Scrolled(e *fyne.ScrollEvent) { v.scrollTo(v.offset - float64(e.Scrolled.DY)*wheel) }

// FocusGained shows the ring.
func (v *View) FocusGained() { v.setFocused(true) }

// FocusLost hides the ring.
func (v *View) FocusLost() { v.setFocused(false) }

func (v *View) setFocused(on bool) {
	v.focused = on
	native.EnableInputMethod(v, !on) // bare digits must arrive as digits
	if v.OnFocus != nil {
		v.OnFocus(on)
	}
	v.Refresh()
}

func (v *View) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(v) }

// MouseDown takes the keyboard and begins a selection; twice in the same place
// selects a word.
func (v *View) MouseDown(e *desktop.MouseEvent) {
	if c := v.canvas(); c != nil && c.Focused() != fyne.Focusable(v) {
		c.Focus(v)
	}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	now := v.now()
	near := e.Position.Subtract(v.lastDownAt)
	twice := now.Sub(v.lastDown) < doubleClick && near.X*near.X+near.Y*near.Y < 25
	v.lastDown, v.lastDownAt = now, e.Position
	if twice {
		v.lastDown = time.Time{}
		v.pressedHit = -1
		v.Select(v.word(v.runeAt(e.Position, 1)))
		return
	}
	v.pressedHit = v.hitAtPos(e.Position)
	at := v.offsetAt(e.Position)
	if e.Modifier&fyne.KeyModifierShift != 0 {
		v.Select(v.selA, at)
		v.pressedHit = -1
		return
	}
	v.Select(at, at)
}

// MouseUp tells of a hit that was clicked.
func (v *View) MouseUp(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary || v.dragging || v.pressedHit < 0 {
		return
	}
	i := v.pressedHit
	v.pressedHit = -1
	if v.hitAtPos(e.Position) == i && v.OnHit != nil {
		v.OnHit(i)
	}
}

// Dragged selects text; beyond the edge it scrolls.
func (v *View) Dragged(e *fyne.DragEvent) {
	if away := e.Position.Subtract(v.lastDownAt); !v.dragging && max(abs(away.X), abs(away.Y)) < jitter {
		return
	}
	v.dragging = true
	if over := e.Position.Y - v.Size().Height; over > 0 {
		v.scrollTo(v.offset + float64(over))
	} else if e.Position.Y < 0 {
		v.scrollTo(v.offset + float64(e.Position.Y))
	}
	v.Select(v.selA, v.offsetAt(e.Position))
}

func abs(x float32) float32 { return max(x, -x) }

// DragEnd ends the selection.
func (v *View) DragEnd() {
	v.dragging = false
	v.pressedHit = -1
}

// TappedSecondary opens the context menu; the keyboard comes back afterwards.
func (v *View) TappedSecondary(e *fyne.PointEvent) { v.openMenu(e.Position, e.AbsolutePosition) }

func (v *View) openMenu(p, abs fyne.Position) {
	c := v.canvas()
	if v.Menu == nil || c == nil {
		return
	}
	menu := v.Menu(v.runeAt(p, 1), v.hitAtPos(p))
	if menu == nil || len(menu.Items) == 0 {
		return
	}
	pop := widget.NewPopUpMenu(menu, c)
	hide := pop.OnDismiss
	pop.OnDismiss = func() {
		if hide != nil {
			hide()
		}
		c.Focus(v)
	}
	pop.ShowAtPosition(abs)
	c.Focus(pop)
}

// TypedRune passes characters to the owner.
func (v *View) TypedRune(r rune) {
	if v.OnRune != nil {
		v.OnRune(r)
	}
}

// TypedKey passes keys to the owner first, then scrolls.
func (v *View) TypedKey(k *fyne.KeyEvent) {
	if v.OnKey != nil && v.OnKey(k) {
		return
	}
	line := v.lineHeight()
	switch k.Name {
	case fyne.KeyUp:
		v.scrollTo(v.offset - line)
	case fyne.KeyDown:
		v.scrollTo(v.offset + line)
	case fyne.KeyPageUp:
		v.scrollTo(v.offset - v.page() + line)
	case fyne.KeyPageDown:
		v.scrollTo(v.offset + v.page() - line)
	case fyne.KeyHome:
		v.scrollTo(0)
	case fyne.KeyEnd:
		v.scrollTo(v.whole())
	case fyne.KeyEscape:
		v.Select(v.selB, v.selB)
	case desktop.KeyMenu:
		v.menuAtCurrent()
	}
}

// menuAtCurrent opens the context menu by keyboard: at the current hit or selection.
func (v *View) menuAtCurrent() {
	at := v.selB
	if v.current >= 0 {
		at = v.spans[v.current].Start
	}
	if len(v.lines) == 0 {
		return
	}
	n := wrap.At(v.lines, at)
	p := fyne.NewPos(v.xOf(v.lines[n], at)+1, v.lineTop(n)+float32(v.lineHeight())/2)
	v.openMenu(p, fyne.CurrentApp().Driver().AbsolutePositionForObject(v).Add(p))
}

// TypedShortcut passes shortcuts to the owner first, copies and selects all, and
// hands what it does not know on to the window.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	if v.OnShortcut != nil && v.OnShortcut(s) {
		return
	}
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if a, b, ok := v.Selection(); ok {
			fyne.CurrentApp().Clipboard().SetContent(string(v.text[a:b]))
		}
	case *fyne.ShortcutSelectAll:
		v.Select(0, len(v.text))
	default:
		if c, ok := v.canvas().(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
	}
}

// word finds the word around a rune for a double click.
func (v *View) word(at int) (start, end int) {
	if len(v.text) == 0 {
		return 0, 0
	}
	at = min(at, len(v.text)-1)
	if v.WordAt != nil {
		return v.WordAt(v.text, at)
	}
	return plainWord(v.text, at)
}

// plainWord is a run of letters and digits, or of Han characters, around at, and
// not more than 20 either side.
func plainWord(text []rune, at int) (start, end int) {
	kind := wordKind(text[at])
	if kind == 0 {
		return at, at + 1
	}
	const reach = 20
	start, end = at, at+1
	for start > 0 && at-start < reach && wordKind(text[start-1]) == kind {
		start--
	}
	for end < len(text) && end-at < reach && wordKind(text[end]) == kind {
		end++
	}
	return start, end
}

func wordKind(r rune) int {
	switch {
	case unicode.Is(unicode.Han, r):
		return 1
	case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
		return 2
	}
	return 0
}
