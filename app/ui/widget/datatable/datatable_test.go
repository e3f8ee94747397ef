package datatable_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/datatable"
	"jinggao/app/ui/widget/scrollbar"
)

// TestMain makes one application for all tests: making one reads the faces anew.
func TestMain(m *testing.M) {
	theme.Apply(test.NewApp(), theme.Standard)
	os.Exit(m.Run())
}

type row struct{ name, kind, state string }

var kinds = []string{"基础研究", "关键技术", "工程研发"}

func columns() []datatable.Column[row] {
	return []datatable.Column[row]{
		{ID: "name", Label: "项目名称", Width: 160, Text: func(r row) string { return r.name }},
		{ID: "kind", Label: "申报类别", Width: 100, Choices: kinds, Text: func(r row) string { return r.kind }},
		{ID: "state", Label: "状态", Width: 60, ReadOnly: true, Text: func(r row) string { return r.state }},
	}
}

// fixture is a table whose owner does what it is told.
type fixture struct {
	*datatable.Table[row]
	t     *testing.T
	clock time.Time
	w     fyne.Window
	rows  []row
	edits []string
}

func newFixture(t *testing.T, n int) *fixture {
	t.Helper()
	f := &fixture{Table: datatable.New(columns()), t: t}
	for i := range n {
		f.rows = append(f.rows, row{fmt.Sprintf("第%d项", i+1), kinds[i%3], "完整"})
	}
	f.OnEdit = func(r int, c, v string) {
		f.edits = append(f.edits, fmt.Sprintf("%d/%s=%s", r, c, v))
		switch c {
		case "name":
			f.rows[r].name = v
		case "kind":
			f.rows[r].kind = v
		}
		f.SetRows(f.rows)
	}
	f.SetNow(func() time.Time { return f.clock })
	f.SetRows(f.rows)
	f.w = test.NewTempWindow(t, f.Table)
	f.w.SetPadded(false)
	f.w.Resize(fyne.NewSize(500, 300))
	f.w.Canvas().Focus(f.Table)
	return f
}

// key sends a key to whatever has the keyboard.
func (f *fixture) key(names ...fyne.KeyName) {
	f.t.Helper()
	for _, n := range names {
		if f.w.Canvas().Focused() == nil {
			f.t.Fatalf("nothing has the keyboard for %s", n)
		}
		f.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (f *fixture) typed(s string) {
	for _, r := range s {
		f.w.Canvas().Focused().TypedRune(r)
	}
}

func (f *fixture) at(row, col int) {
	f.t.Helper()
	if r, c := f.CursorAt(); r != row || c != col {
		f.t.Errorf("cursor at (%d, %d), want (%d, %d)", r, c, row, col)
	}
}

func TestMoving(t *testing.T) {
	f := newFixture(t, 30)
	f.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	f.at(2, 1)
	f.key(fyne.KeyTab, fyne.KeyTab)
	f.at(3, 0)
	f.key(fyne.KeyEnd)
	f.at(3, 2)
	f.key(fyne.KeyHome, fyne.KeyUp)
	f.at(2, 0)
	f.key(fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
	f.at(29, 0)
	f.key(fyne.KeyLeft)
	f.at(29, 0)
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	f.at(0, 0)
}

func TestTypingEditsEnterGoesDown(t *testing.T) {
	f := newFixture(t, 3)
	f.typed("新项目")
	if !f.Editing() {
		t.Fatal("typing does not edit")
	}
	f.key(fyne.KeyReturn)
	f.at(1, 0)
	if f.rows[0].name != "新项目" || f.Editing() {
		t.Errorf("rows %v, editing %v", f.rows, f.Editing())
	}
	f.typed("x")
	f.key(fyne.KeyTab)
	f.at(1, 1)
	if f.rows[1].name != "x" {
		t.Errorf("Tab did not commit: %v", f.rows)
	}
}

func TestF2KeepsTextEscTakesBack(t *testing.T) {
	f := newFixture(t, 2)
	f.key(fyne.KeyF2)
	f.key(fyne.KeyEnd)
	f.typed("改")
	f.key(fyne.KeyEscape)
	if f.Editing() || len(f.edits) > 0 || f.rows[0].name != "第1项" {
		t.Errorf("Esc changed %v", f.edits)
	}
	if f.w.Canvas().Focused() != fyne.Focusable(f.Table) {
		t.Error("the keyboard did not come back to the table")
	}
	f.key(fyne.KeyF2, fyne.KeyEnd)
	f.typed("改")
	f.key(fyne.KeyReturn)
	if f.rows[0].name != "第1项改" {
		t.Errorf("F2 gave %q", f.rows[0].name)
	}
}

func TestUnchangedIsNoEdit(t *testing.T) {
	f := newFixture(t, 2)
	f.key(fyne.KeyF2, fyne.KeyReturn)
	if len(f.edits) > 0 {
		t.Errorf("edits %v", f.edits)
	}
}

func TestCommitBeforeActing(t *testing.T) {
	f := newFixture(t, 2)
	f.typed("未回车")
	f.Commit()
	if f.rows[0].name != "未回车" {
		t.Error("Commit lost what was typed")
	}
	f.typed("又")
	f.MoveTo(1, 0)
	if f.rows[0].name != "又" {
		t.Error("moving away lost what was typed")
	}
}

func TestChoice(t *testing.T) {
	f := newFixture(t, 2)
	f.MoveTo(0, 1)
	f.typed("3")
	if f.rows[0].kind != "工程研发" {
		t.Errorf("digit picked %q", f.rows[0].kind)
	}
	f.typed("关")
	if f.rows[0].kind != "关键技术" {
		t.Errorf("first character picked %q", f.rows[0].kind)
	}
	f.key(fyne.KeyReturn)
	if f.w.Canvas().Overlays().Top() == nil {
		t.Fatal("Enter opens no list")
	}
	f.key(fyne.KeyDown, fyne.KeyReturn)
	if f.rows[0].kind != "工程研发" {
		t.Errorf("list picked %q: it begins at the value of the cell", f.rows[0].kind)
	}
	if f.w.Canvas().Overlays().Top() != nil || f.w.Canvas().Focused() != fyne.Focusable(f.Table) {
		t.Error("list stays or keyboard did not come back")
	}
	f.key(fyne.KeyReturn, fyne.KeyEscape)
	if f.rows[0].kind != "工程研发" || f.w.Canvas().Focused() != fyne.Focusable(f.Table) {
		t.Error("Esc changed the cell or lost the keyboard")
	}
}

func TestReadOnly(t *testing.T) {
	f := newFixture(t, 2)
	opened := ""
	f.OnOpen = func(r int, c string) { opened = fmt.Sprint(r, c) }
	f.MoveTo(1, 2)
	f.typed("x")
	f.key(fyne.KeyDelete)
	if f.Editing() || len(f.edits) > 0 {
		t.Error("a read-only cell was edited")
	}
	f.key(fyne.KeyReturn)
	if opened != "1state" {
		t.Errorf("opened %q", opened)
	}
}

func TestPaste(t *testing.T) {
	f := newFixture(t, 3)
	var got [][]string
	var at [2]int
	f.OnPaste = func(r, c int, cells [][]string) { got, at = cells, [2]int{r, c} }
	f.MoveTo(1, 0)
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent("甲\t基础研究\r\n\"乙\r\n丙\"\t关键技术\r\n")
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if at != [2]int{1, 0} || !reflect.DeepEqual(got, [][]string{{"甲", "基础研究"}, {"乙\n丙", "关键技术"}}) {
		t.Errorf("pasted %q at %v", got, at)
	}
	got = nil
	f.key(fyne.KeyF2)
	f.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if len(got) != 2 || f.Editing() {
		t.Error("a table pasted into an open cell did not go to the cells")
	}
	clip.SetContent("只有一格")
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if f.rows[1].name != "只有一格" {
		t.Errorf("single value: %q", f.rows[1].name)
	}
	clip.SetContent("")
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if f.rows[1].name != "只有一格" {
		t.Error("an empty clipboard emptied the cell")
	}
}

func TestRowsChosenByMouse(t *testing.T) {
	f := newFixture(t, 5)
	f.click(1, 0)
	f.click(3, fyne.KeyModifierControl)
	if got := f.SelectedRows(); !reflect.DeepEqual(got, []int{1, 3}) {
		t.Errorf("Ctrl: %v", got)
	}
	f.click(3, fyne.KeyModifierControl)
	if got := f.SelectedRows(); !reflect.DeepEqual(got, []int{1}) {
		t.Errorf("Ctrl again: %v", got)
	}
	f.click(0, 0)
	f.click(2, fyne.KeyModifierShift)
	if got := f.SelectedRows(); !reflect.DeepEqual(got, []int{0, 1, 2}) {
		t.Errorf("Shift: %v", got)
	}
	f.TypedShortcut(&fyne.ShortcutCopy{})
	want := "第1项\t基础研究\t完整\r\n第2项\t关键技术\t完整\r\n第3项\t工程研发\t完整\r\n"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q", got)
	}
	var gone []int
	f.OnDelete = func(rows []int) { gone = rows }
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDelete, Modifier: fyne.KeyModifierControl})
	if !reflect.DeepEqual(gone, []int{0, 1, 2}) {
		t.Errorf("deleted %v", gone)
	}
	f.SetRows(f.rows[:1])
	if got := f.SelectedRows(); !reflect.DeepEqual(got, []int{0}) {
		t.Errorf("chosen rows that are gone: %v", got)
	}
	f.SetRows(nil)
	if got := f.SelectedRows(); got != nil {
		t.Errorf("rows of an empty table: %v", got)
	}
}

// click presses the name cell of a row; rows are as high as the header.
func (f *fixture) click(row int, mod fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod}
	f.clock = f.clock.Add(time.Millisecond)
	e.Position = fyne.NewPos(80, f.rowHeight()*(float32(row)+1.5))
	f.MouseDown(e)
	f.MouseUp(e)
}

func (f *fixture) rowHeight() float32 {
	// the bar at the right begins below the header
	for _, o := range test.WidgetRenderer(f.Table).Objects() {
		if _, ok := o.(*scrollbar.Bar); ok {
			return o.Position().Y
		}
	}
	f.t.Fatal("no scroll bar")
	return 0
}

func TestDoubleClickEdits(t *testing.T) {
	f := newFixture(t, 3)
	f.click(1, 0)
	f.clock = f.clock.Add(time.Second)
	f.click(1, 0)
	if f.Editing() {
		t.Fatal("two slow clicks edit")
	}
	f.clock = f.clock.Add(200 * time.Millisecond)
	f.click(1, 0)
	if !f.Editing() {
		t.Fatal("double click does not edit")
	}
	f.at(1, 0)
	f.typed("双击")
	f.click(2, 0)
	if f.Editing() || f.rows[1].name != "双击" {
		t.Errorf("a click elsewhere lost what was typed: %q", f.rows[1].name)
	}
}

func TestLongTextIsEditedOnSeveralLines(t *testing.T) {
	f := newFixture(t, 1)
	f.rows[0].name = strings.Repeat("很长的项目名称", 10)
	f.SetRows(f.rows)
	f.key(fyne.KeyF2, fyne.KeyEnd)
	f.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(
		&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierAlt})
	f.typed("第二行")
	f.key(fyne.KeyReturn)
	if want := strings.Repeat("很长的项目名称", 10) + "\n第二行"; f.rows[0].name != want {
		t.Errorf("got %q", f.rows[0].name)
	}
}

func TestColumnResize(t *testing.T) {
	f := newFixture(t, 3)
	told := map[string]float32{}
	f.OnResize = func(c string, w float32) { told[c] = w }
	var x float32
	for x = 100; x < 300 && f.Cursor() != desktop.HResizeCursor; x++ {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(x, 5)
		f.MouseMoved(e)
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position, e.AbsolutePosition = fyne.NewPos(x-1, 5), fyne.NewPos(x-1, 5)
	f.MouseDown(e)
	f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(x+49, 5)}})
	f.DragEnd()
	if told["name"] != 210 {
		t.Errorf("widths %v, want 210 for the name", told)
	}
	e.Position = fyne.NewPos(x+49, 5)
	for range 2 {
		f.clock = f.clock.Add(time.Millisecond)
		f.MouseDown(e)
		f.MouseUp(e)
	}
	if w := told["name"]; w < 50 || w > 110 {
		t.Errorf("double click gives %v, want the width of the label", w)
	}
}

func TestAppend(t *testing.T) {
	f := newFixture(t, 2)
	f.OnAppend = func() {
		f.rows = append(f.rows, row{})
		f.SetRows(f.rows)
	}
	f.key(fyne.KeyDown, fyne.KeyDown)
	f.at(2, 0)
	f.typed("尾行")
	f.key(fyne.KeyReturn)
	f.at(3, 0)
	if len(f.rows) != 4 || f.rows[2].name != "尾行" {
		t.Errorf("rows %v", f.rows)
	}
}

func TestUnknownShortcutsGoOn(t *testing.T) {
	f := newFixture(t, 2)
	got := 0
	sc := &desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierControl}
	f.w.Canvas().AddShortcut(sc, func(fyne.Shortcut) { got++ })
	f.TypedShortcut(sc)
	if got != 1 {
		t.Error("Ctrl+E ends in the table")
	}
}

func TestEmptyTable(t *testing.T) {
	f := newFixture(t, 0)
	f.Empty = "尚无项目"
	pasted := false
	f.OnPaste = func(int, int, [][]string) { pasted = true }
	f.key(fyne.KeyDown, fyne.KeyF2, fyne.KeyDelete, fyne.KeyEnd, fyne.KeyPageDown, fyne.KeyTab)
	f.typed("x")
	f.TypedShortcut(&fyne.ShortcutSelectAll{})
	f.TypedShortcut(&fyne.ShortcutCopy{})
	fyne.CurrentApp().Clipboard().SetContent("a\tb")
	f.TypedShortcut(&fyne.ShortcutPaste{})
	if !pasted {
		t.Error("an empty table takes no paste")
	}
	f.at(-1, 0)
	f.click(0, 0)
}

func TestRowsShrinkWhileEditing(t *testing.T) {
	f := newFixture(t, 3)
	f.MoveTo(2, 0)
	f.typed("x")
	f.rows = f.rows[:0]
	f.SetRows(f.rows)
	if f.Editing() {
		t.Error("an edit of a row that is gone")
	}
	f.Commit()
	if len(f.edits) > 0 {
		t.Errorf("edits %v", f.edits)
	}
}

func TestWrongColumnsPanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	datatable.New([]datatable.Column[row]{{ID: "a", Label: "甲"}})
}

// TestMarks holds how faults are drawn: tint, corner, sign and words.
func TestMarks(t *testing.T) {
	f := newFixture(t, 2)
	f.w.Resize(fyne.NewSize(400, 170))
	f.MarkAt = func(r int, c string) (datatable.Mark, bool) {
		switch {
		case r == 0 && c == "kind":
			return datatable.Mark{Text: "申报类别只能三选一"}, true
		case r == 1 && c == "name":
			return datatable.Mark{Level: datatable.Doubt, Text: "与上一行重复"}, true
		}
		return datatable.Mark{}, false
	}
	f.MoveTo(0, 1)
	test.AssertRendersToMarkup(t, "marks.xml", f.w.Canvas())
}

func BenchmarkScroll5000(b *testing.B) {
	t := datatable.New(columns())
	rows := make([]row, 5000)
	for i := range rows {
		rows[i] = row{fmt.Sprintf("面向复杂场景的第%d号关键技术研究与示范应用项目", i), kinds[i%3], "完整"}
	}
	t.SetRows(rows)
	test.NewTempWindow(b, t).Resize(fyne.NewSize(1366, 700))
	i := 0
	for b.Loop() {
		t.MoveTo(i%5000, i%3)
		i += 37
	}
}
