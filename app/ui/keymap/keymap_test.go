package keymap_test

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
)

const review keymap.Scope = "review"

type fixture struct {
	table *keymap.Table
	ran   []keymap.ID
	busy  bool
	saved bool
	focus fyne.Focusable
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{}
	run := func(id keymap.ID) func() { return func() { f.ran = append(f.ran, id) } }
	table, err := keymap.New(
		keymap.Command{ID: "open", Label: "打开案卷", Group: "文件", Keys: []keymap.Key{keymap.Ctrl(fyne.KeyO)}, Run: run("open")},
		keymap.Command{ID: "save", Label: "保存", Group: "文件", Keys: []keymap.Key{keymap.Ctrl(fyne.KeyS)}, Run: run("save"), Enabled: func() bool { return !f.saved }},
		keymap.Command{ID: "undo", Label: "撤销", Group: "编辑", Keys: []keymap.Key{keymap.Ctrl(fyne.KeyZ)}, Run: run("undo")},
		keymap.Command{ID: "help", Label: "键位表", Group: "帮助", Keys: []keymap.Key{keymap.Press(fyne.KeyF1)}, Run: run("help"), AlsoInDialogs: true},
		keymap.Command{ID: "mask", Label: "脱敏", Group: "审核", Scope: review, Keys: []keymap.Key{keymap.Char('1'), keymap.Press(fyne.KeyReturn)}, Run: run("mask")},
		keymap.Command{ID: "back", Label: "上一处待处理", Group: "审核", Scope: review, Keys: []keymap.Key{keymap.Press(fyne.KeyF8, fyne.KeyModifierShift)}, Run: run("back")},
	)
	if err != nil {
		t.Fatal(err)
	}
	table.Busy = func() bool { return f.busy }
	table.Focused = func() fyne.Focusable { return f.focus }
	f.table = table
	return f
}

func (f *fixture) last() keymap.ID {
	if len(f.ran) == 0 {
		return ""
	}
	return f.ran[len(f.ran)-1]
}

func TestConflicts(t *testing.T) {
	run := func() {}
	for name, cmds := range map[string][]keymap.Command{
		"same id":   {{ID: "a", Label: "甲", Run: run}, {ID: "a", Label: "乙", Run: run}},
		"same key":  {{ID: "a", Label: "甲", Run: run, Keys: []keymap.Key{keymap.Char('1')}}, {ID: "b", Label: "乙", Run: run, Keys: []keymap.Key{keymap.Char('1')}}},
		"no label":  {{ID: "a", Run: run}},
		"no action": {{ID: "a", Label: "甲"}},
	} {
		if _, err := keymap.New(cmds...); !errors.Is(err, keymap.ErrConflict) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestKeysOfAScope(t *testing.T) {
	f := newFixture(t)
	if !f.table.TypedRune(review, '１') || f.last() != "mask" {
		t.Error("full-width digit not folded")
	}
	if f.table.TypedRune(keymap.Global, '1') {
		t.Error("key of the review acts outside of it")
	}
	if !f.table.TypedKey(review, fyne.KeyEnter, 0) || f.last() != "mask" {
		t.Error("Enter of the number pad is not Enter")
	}
	if !f.table.TypedKey(review, fyne.KeyF8, fyne.KeyModifierShift) || f.last() != "back" {
		t.Error("Shift+F8")
	}
	if f.table.TypedKey(review, fyne.KeyF8, 0) {
		t.Error("F8 without Shift ran something")
	}
	if !f.table.TypedKey(review, fyne.KeyF1, 0) || f.last() != "help" {
		t.Error("global bare key does not act in a scope")
	}
	if !f.table.TypedShortcut(review, &desktop.CustomShortcut{KeyName: fyne.KeyO, Modifier: fyne.KeyModifierControl}) || f.last() != "open" {
		t.Error("global shortcut does not act in a scope")
	}
	if !f.table.TypedShortcut(review, &fyne.ShortcutUndo{}) || f.last() != "undo" {
		t.Error("Ctrl+Z arrives as the undo shortcut")
	}
}

func TestEnabledAndDialogs(t *testing.T) {
	f := newFixture(t)
	f.saved = true
	if f.table.Run("save") {
		t.Error("disabled command ran")
	}
	f.busy = true
	if f.table.Run("open") {
		t.Error("command ran while a dialog was open")
	}
	if !f.table.Run("help") {
		t.Error("command for dialogs did not run")
	}
	if f.table.Run("nothing") {
		t.Error("unknown command ran")
	}
}

func TestMenu(t *testing.T) {
	test.NewTempApp(t)
	f := newFixture(t)
	f.saved = true
	m := f.table.Menu("文件", "编辑", "审核", "帮助")
	if len(m.Items) != 3 {
		t.Fatalf("%d menus, want 3: commands of a scope have no menu", len(m.Items))
	}
	save := m.Items[0].Items[1]
	if !save.Disabled {
		t.Error("disabled command is enabled in the menu")
	}
	save.Action()
	if f.last() != "" {
		t.Error("shortcut of a disabled item ran")
	}
	f.saved = false
	f.table.RefreshItems(m)
	if save.Disabled {
		t.Error("RefreshItems did not enable the item")
	}
	if got := m.Items[2].Items[0].Label; got != "键位表　F1" {
		t.Errorf("label with bare key: %q", got)
	}
}

func TestMenuLeavesUndoToATextField(t *testing.T) {
	test.NewTempApp(t)
	f := newFixture(t)
	e := widget.NewEntry()
	w := test.NewTempWindow(t, e)
	w.Canvas().Focus(e)
	f.focus = e
	test.Type(e, "甲乙")
	m := f.table.Menu("编辑")
	m.Items[0].Items[0].Action()
	if f.last() != "" {
		t.Error("Ctrl+Z in a text field undid a decision")
	}
	if e.Text == "甲乙" {
		t.Error("Ctrl+Z in a text field did nothing")
	}
	f.focus = nil
	m.Items[0].Items[0].Action()
	if f.last() != "undo" {
		t.Error("Ctrl+Z outside of text fields did nothing")
	}
}

func TestSheetAndButtons(t *testing.T) {
	test.NewTempApp(t)
	f := newFixture(t)
	s := f.table.Sheet()
	if len(s) != 4 || s[0].Title != "文件" || s[3].Lines[0] != (keymap.Line{Label: "脱敏", Keys: "1 或 Enter"}) {
		t.Errorf("sheet %+v", s)
	}
	b := f.table.Button("save")
	if b.Text != "保存 [Ctrl+S]" {
		t.Errorf("button %q", b.Text)
	}
	test.Tap(b)
	if f.last() != "save" {
		t.Error("button did not run")
	}
	f.saved = true
	f.table.RefreshButton(b, "save")
	if !b.Disabled() {
		t.Error("button stays enabled")
	}
}

func TestKeyNames(t *testing.T) {
	for want, k := range map[string]keymap.Key{
		"Ctrl+Enter": keymap.Ctrl(fyne.KeyReturn), "Shift+F8": keymap.Press(fyne.KeyF8, fyne.KeyModifierShift),
		"↑": keymap.Press(fyne.KeyUp), "空格": keymap.Char(' '), "1": keymap.Char('1'), "Ctrl+Z": keymap.Ctrl(fyne.KeyZ),
	} {
		if got := k.String(); got != want {
			t.Errorf("%v shown as %q, want %q", k, got, want)
		}
	}
}
