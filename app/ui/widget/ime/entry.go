// Package ime holds the text field used everywhere: widget.Entry that tells the
// input method where the cursor is, so that the candidate window opens beside the
// text, and that lets its owner see keys first. Never give it a whole document.
package ime

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/native"
)

// MaxRunes is the longest text that a field takes; longer input is cut.
const MaxRunes = 2000

// Entry is a text field. The hooks may be nil; they run on the UI goroutine.
type Entry struct {
	widget.Entry

	OnKey      func(*fyne.KeyEvent) bool  // sees each key first; true: used up
	OnShortcut func(s fyne.Shortcut) bool // sees each shortcut first; true: used up
	OnFocus    func(focused bool)         // after the keyboard came or went
	TakesTab   bool                       // Tab comes to OnKey instead of moving on
	min        fyne.Size
}

var (
	_ fyne.Focusable    = (*Entry)(nil)
	_ fyne.Shortcutable = (*Entry)(nil)
)

// NewEntry makes a field of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	return e
}

// NewMultiLine makes a field of several lines that wraps, anywhere: Chinese has no
// spaces to wrap at.
func NewMultiLine(rows int) *Entry {
	e := &Entry{}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapBreak
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// SetMinWidth keeps the field at least so wide.
func (e *Entry) SetMinWidth(w float32) { e.min.Width = w }

// MinSize is that of the field, but not less than SetMinWidth.
func (e *Entry) MinSize() fyne.Size { return e.Entry.MinSize().Max(e.min) }

// AcceptsTab tells whether Tab stays in the field.
func (e *Entry) AcceptsTab() bool { return e.TakesTab }

// FocusGained gives the field the keyboard.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.place()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost takes the keyboard away.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// TypedKey handles a key, after OnKey.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	e.Entry.TypedKey(k)
	e.place()
}

// TypedRune takes a character in.
func (e *Entry) TypedRune(r rune) {
	if len(e.Text) >= MaxRunes && len([]rune(e.Text)) >= MaxRunes {
		return
	}
	e.Entry.TypedRune(r)
	e.place()
}

// TypedShortcut handles a shortcut, after OnShortcut.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	e.Entry.TypedShortcut(s)
	if t := []rune(e.Text); len(t) > MaxRunes {
		e.SetText(string(t[:MaxRunes]))
	}
	e.place()
}

// Tapped sets the cursor.
func (e *Entry) Tapped(ev *fyne.PointEvent) {
	e.Entry.Tapped(ev)
	e.place()
}

// place tells the input method where the cursor is.
func (e *Entry) place() {
	line := fyne.MeasureText("国", theme.TextSize(), fyne.TextStyle{}).Height
	native.PlaceInputMethod(e, e.CursorPosition(), line)
}

// WindowHandle returns the HWND of a window on Windows, else 0.
func WindowHandle(w fyne.Window) uintptr { return native.Handle(w) }
