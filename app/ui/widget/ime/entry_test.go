package ime_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/widget/ime"
)

func TestHooksSeeKeysFirst(t *testing.T) {
	test.NewTempApp(t)
	e := ime.NewEntry()
	w := test.NewTempWindow(t, e)
	w.Canvas().Focus(e)
	e.SetText("甲")
	e.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyBackspace }
	e.CursorColumn = 1
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if e.Text != "甲" {
		t.Error("a key that was used up reached the field")
	}
	e.OnKey = nil
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if e.Text != "" {
		t.Error("a key that was not used up did not reach the field")
	}
}

func TestFocusIsTold(t *testing.T) {
	test.NewTempApp(t)
	e := ime.NewEntry()
	w := test.NewTempWindow(t, e)
	var told []bool
	e.OnFocus = func(on bool) { told = append(told, on) }
	w.Canvas().Focus(e)
	w.Canvas().Unfocus()
	if len(told) != 2 || !told[0] || told[1] {
		t.Errorf("told %v", told)
	}
}

func TestLongInputIsCut(t *testing.T) {
	test.NewTempApp(t)
	e := ime.NewEntry()
	w := test.NewTempWindow(t, e)
	w.Canvas().Focus(e)
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent(strings.Repeat("长", 50000))
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if n := len([]rune(e.Text)); n != ime.MaxRunes {
		t.Errorf("%d runes after pasting", n)
	}
	e.TypedRune('x')
	if n := len([]rune(e.Text)); n != ime.MaxRunes {
		t.Errorf("%d runes after typing", n)
	}
}

func TestTab(t *testing.T) {
	test.NewTempApp(t)
	e := ime.NewMultiLine(3)
	if e.AcceptsTab() {
		t.Error("Tab does not leave a field of several lines")
	}
	e.TakesTab = true
	if !e.AcceptsTab() {
		t.Error("TakesTab does nothing")
	}
}
