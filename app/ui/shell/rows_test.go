package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"jinggao/app/submission"
	"jinggao/app/ui/page"
	"jinggao/app/ui/rows"
)

// table opens a case with rows of the given titles beside the first.
func (b *bench) table(titles ...string) {
	b.t.Helper()
	b.openCase()
	var list []submission.Row
	for _, t := range titles {
		r := b.w.Session().Rows()[0]
		r.ID, r.Title = submission.NewID(), t
		list = append(list, r)
	}
	if err := b.w.Session().InsertRows("新增", 1, list); err != nil {
		b.t.Fatal(err)
	}
	b.w.Goto(page.Rows)
	b.settle()
}

func (b *bench) titles() string {
	var out []string
	for _, r := range b.w.Session().Rows() {
		out = append(out, r.Title)
	}
	return strings.Join(out, " ")
}

func ctrl(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl}
}

func (b *bench) shortcut(s fyne.Shortcut) {
	b.focused().(fyne.Shortcutable).TypedShortcut(s)
	b.settle()
}

// TestFindAndFilterByKeys searches with Ctrl+F, steps with Enter, filters, deletes a row
// that is shown and takes the filter away.
func TestFindAndFilterByKeys(t *testing.T) {
	b := newBench(t)
	b.table("海洋声学", "城市内涝", "海洋遥感")
	tab := b.w.Rows().Table()
	b.shortcut(ctrl(fyne.KeyF))
	b.keys("海洋")
	if r, _ := tab.CursorAt(); r != 1 {
		t.Fatalf("the cursor is on row %d", r)
	}
	b.key(fyne.KeyReturn)
	if r, c := tab.CursorAt(); r != 3 || tab.Columns()[c].ID != string(submission.ColTitle) {
		t.Fatalf("Enter went to row %d column %d", r, c)
	}
	b.w.Rows().SetFilter(rows.Filter{Text: "海洋"})
	if n := len(tab.Rows()); n != 2 {
		t.Fatalf("%d rows shown", n)
	}
	tab.SelectRows([]int{0, 1})
	b.w.Keys().Run("rows.delete")
	b.settle()
	if got := b.titles(); got != "可解释建模 城市内涝" {
		t.Fatal("hidden rows were deleted too:", got)
	}
	b.w.Undo()
	b.settle()
	b.w.Keys().Run("rows.all")
	if n := len(tab.Rows()); n != 4 {
		t.Fatalf("%d rows after the filter was taken away", n)
	}
}

// TestActsOnTheTable sorts by the head, fills down, moves two rows, and pastes over the
// end: each one step.
func TestActsOnTheTable(t *testing.T) {
	b := newBench(t)
	b.table("丙", "甲", "乙")
	tab := b.w.Rows().Table()
	title := tab.ColumnIndex(string(submission.ColTitle))
	undone := func(what, before string) {
		t.Helper()
		b.w.Undo()
		b.settle()
		if got := b.titles(); got != before {
			t.Errorf("%s is not one step: %s", what, got)
		}
	}
	before := b.titles()
	tab.OnHead(string(submission.ColTitle))
	b.settle()
	if got := b.titles(); got != "丙 甲 可解释建模 乙" || tab.HeadSign(string(submission.ColTitle)) != "▲" {
		t.Error("sorted:", got)
	}
	undone("the sort", before)
	if tab.HeadSign(string(submission.ColTitle)) != "" {
		t.Error("the sign of the sort stays")
	}
	tab.MoveTo(1, title)
	tab.SelectRows([]int{1, 2, 3})
	b.shortcut(ctrl(fyne.KeyD))
	if got := b.titles(); got != "可解释建模 丙 丙 丙" {
		t.Error("filled:", got)
	}
	undone("filling", before)
	tab.SelectRows([]int{2, 3})
	b.w.Keys().Run("rows.up")
	b.settle()
	if got := b.titles(); got != "可解释建模 甲 乙 丙" || len(tab.SelectedRows()) != 2 {
		t.Error("moved:", got, tab.SelectedRows())
	}
	undone("moving", before)
	tab.MoveTo(3, title)
	tab.OnPaste(3, title, [][]string{{"一"}, {"二"}, {"三"}})
	b.settle()
	if got := b.titles(); got != "可解释建模 丙 甲 一 二 三" {
		t.Error("pasted:", got)
	}
	undone("a paste that overlays and appends", before)
}

// TestNoLetterActsWithoutControl looks through the keys of the table.
func TestNoLetterActsWithoutControl(t *testing.T) {
	b := newBench(t)
	for _, c := range b.w.Keys().Commands() {
		for _, k := range c.Keys {
			letter := len(k.Name) == 1 && k.Name[0] >= 'A' && k.Name[0] <= 'Z' || k.Rune >= 'a' && k.Rune <= 'z'
			if letter && k.Mod&fyne.KeyModifierControl == 0 {
				t.Errorf("%s acts on %s", c.ID, k)
			}
		}
	}
}
