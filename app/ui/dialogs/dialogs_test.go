package dialogs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
	"jinggao/sanitize/document"
)

// TestMain makes one application for all tests: making one reads the faces anew.
func TestMain(m *testing.M) {
	theme.Apply(test.NewApp(), theme.Standard)
	os.Exit(m.Run())
}

// fixture is a window whose field has the keyboard before any dialog opens.
type fixture struct {
	t     *testing.T
	d     *dialogs.Dialogs
	w     fyne.Window
	field *widget.Entry
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{t: t, field: widget.NewEntry()}
	f.w = test.NewTempWindow(t, container.NewVBox(f.field))
	f.w.Resize(fyne.NewSize(900, 600))
	f.w.Canvas().Focus(f.field)
	f.d = dialogs.New(f.w)
	return f
}

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

// closed checks that no dialog is left and that the keyboard came back.
func (f *fixture) closed() {
	f.t.Helper()
	if f.d.Open() || f.w.Canvas().Overlays().Top() != nil {
		f.t.Error("the dialog is still open")
	}
	if f.w.Canvas().Focused() != fyne.Focusable(f.field) {
		f.t.Error("the keyboard did not come back")
	}
}

func TestNotice(t *testing.T) {
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape, fyne.KeySpace} {
		f := newFixture(t)
		n := 0
		f.d.Notice(dialogs.Notice{What: "文件已加密", Why: "设置了打开密码", Do: "取消密码后另存"}, func() { n++ })
		if !f.d.Open() {
			t.Fatal("not open")
		}
		f.key(k)
		f.closed()
		if n != 1 {
			t.Errorf("%s: closed called %d times", k, n)
		}
	}
}

func TestNoticeOf(t *testing.T) {
	r := &document.Refusal{What: "文件已加密", Why: "有密码", Do: "另存", Detail: "rc4"}
	n := dialogs.NoticeOf("读取失败", fmt.Errorf("read: %w", r))
	if n != (dialogs.Notice{What: "文件已加密", Why: "有密码", Do: "另存", Detail: "rc4"}) {
		t.Errorf("refusal: %+v", n)
	}
	if want := "文件已加密\n原因：有密码\n处理：另存\n详情：rc4"; n.Text() != want {
		t.Errorf("text %q", n.Text())
	}
	n = dialogs.NoticeOf("读取失败", errors.New("disk"))
	if n.What != "读取失败" || n.Detail != "disk" {
		t.Errorf("other error: %+v", n)
	}
}

func TestConfirm(t *testing.T) {
	for _, c := range []struct {
		name    string
		danger  bool
		keys    []fyne.KeyName
		yes, no int
	}{
		{"enter goes on", false, []fyne.KeyName{fyne.KeyReturn}, 1, 0},
		{"esc does not", false, []fyne.KeyName{fyne.KeyEscape}, 0, 1},
		{"enter in a dangerous one does not", true, []fyne.KeyName{fyne.KeyReturn}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t)
			yes, no := 0, 0
			f.d.ConfirmOr(dialogs.Question{Title: "删除行", Text: "将删除 3 行", Act: "删除", Danger: c.danger},
				func() { yes++ }, func() { no++ })
			f.key(c.keys...)
			f.closed()
			if yes != c.yes || no != c.no {
				t.Errorf("yes %d, no %d", yes, no)
			}
		})
	}
}

func TestAsk(t *testing.T) {
	f := newFixture(t)
	var got []string
	f.d.Ask(dialogs.Form{Title: "新建案卷", Act: "新建", Fields: []dialogs.Field{
		{Label: "名称", Check: func(v string) string {
			if v == "" {
				return "请填写名称"
			}
			return ""
		}},
		{Label: "部门", Choices: []string{"科技处", "人事处"}, Value: "人事处"},
		{Label: "说明", Lines: 3},
	}}, func(v []string) { got = v })
	f.key(fyne.KeyReturn)
	if got != nil || !f.d.Open() {
		t.Fatal("an empty name was accepted")
	}
	if !f.shows("请填写名称") {
		t.Error("nothing says what is missing")
	}
	f.typed("甲案")
	if f.shows("请填写名称") {
		t.Error("the complaint stays after the name was typed")
	}
	f.key(fyne.KeyReturn)
	f.closed()
	if strings.Join(got, "|") != "甲案|人事处|" {
		t.Errorf("values %q", got)
	}
}

// shows looks for a text in the topmost dialog.
func (f *fixture) shows(text string) bool {
	return strings.Contains(test.RenderObjectToMarkup(f.w.Canvas().Overlays().Top()), text)
}

func TestAskSeveralLines(t *testing.T) {
	f := newFixture(t)
	var got []string
	f.d.Ask(dialogs.Form{Title: "说明", Act: "保存", Fields: []dialogs.Field{{Label: "说明", Lines: 3}}}, func(v []string) { got = v })
	f.typed("甲")
	f.key(fyne.KeyReturn)
	f.typed("乙")
	if !f.d.Open() {
		t.Fatal("Enter closed a field of several lines")
	}
	sc := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	f.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(sc)
	f.closed()
	if len(got) != 1 || got[0] != "甲\n乙" {
		t.Errorf("values %q", got)
	}
}

func TestChoose(t *testing.T) {
	choice := dialogs.Choice{Title: "忽略理由", Act: "忽略", Options: []dialogs.Option{
		{Label: "误报·非敏感"}, {Label: "已公开信息"}, {Label: "业务必需保留", NeedsNote: true},
	}}
	run := func(c dialogs.Choice, f *fixture) (index *int, note *string) {
		i, n := -1, ""
		f.d.Choose(c, func(index int, text string) { i, n = index, text })
		return &i, &n
	}
	t.Run("digit", func(t *testing.T) {
		f := newFixture(t)
		i, _ := run(choice, f)
		f.typed("２")
		f.closed()
		if *i != 1 {
			t.Errorf("chose %d", *i)
		}
	})
	t.Run("digit that needs a note", func(t *testing.T) {
		f := newFixture(t)
		i, note := run(choice, f)
		f.typed("3")
		if !f.d.Open() {
			t.Fatal("closed without a note")
		}
		f.key(fyne.KeyReturn)
		if !f.d.Open() || !f.shows("请填写备注") {
			t.Fatal("Enter without a note was accepted, or nothing says why not")
		}
		f.typed("合同要求")
		f.key(fyne.KeyReturn)
		f.closed()
		if *i != 2 || *note != "合同要求" {
			t.Errorf("chose %d %q", *i, *note)
		}
	})
	t.Run("arrows", func(t *testing.T) {
		f := newFixture(t)
		i, _ := run(choice, f)
		f.key(fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn)
		f.closed()
		if *i != 1 {
			t.Errorf("chose %d", *i)
		}
	})
	t.Run("note always", func(t *testing.T) {
		f := newFixture(t)
		c := choice
		c.NeedsNote = true
		i, _ := run(c, f)
		f.typed("1")
		if !f.d.Open() {
			t.Fatal("closed without a note")
		}
		f.key(fyne.KeyEscape)
		f.closed()
		if *i != -1 {
			t.Errorf("Esc chose %d", *i)
		}
	})
}

func TestShow(t *testing.T) {
	f := newFixture(t)
	e, box := ime.NewEntry(), dialogs.NewCheck("保留", nil)
	acted, closed := 0, 0
	ok := false
	f.d.Show(dialogs.Custom{
		Title: "词库", Content: container.NewVBox(widget.NewLabel("说明"), container.NewVScroll(container.NewVBox(e, box))),
		Act: "保存", Valid: func() string {
			if ok {
				return ""
			}
			return "尚不可保存"
		},
		OnAct: func() { acted++ }, OnClose: func() { closed++ },
	})
	if f.w.Canvas().Focused() != fyne.Focusable(e) {
		t.Error("the first field has no keyboard")
	}
	f.key(fyne.KeyReturn)
	if acted != 0 {
		t.Error("acted though it was not possible")
	}
	ok = true
	f.w.Canvas().Focus(box)
	f.typed(" ")
	if !box.Checked {
		t.Error("Space does not switch the box")
	}
	f.key(fyne.KeyReturn)
	f.closed()
	if acted != 1 || closed != 1 {
		t.Errorf("acted %d, closed %d", acted, closed)
	}
}

func TestNestedDialogs(t *testing.T) {
	f := newFixture(t)
	e := ime.NewEntry()
	f.d.Show(dialogs.Custom{Title: "外", Content: e, Act: "保存", OnAct: func() {}})
	f.d.Confirm(dialogs.Question{Title: "内", Text: "?", Act: "继续"}, func() {})
	if !f.d.Cancel() {
		t.Fatal("nothing to cancel")
	}
	if f.w.Canvas().Focused() != fyne.Focusable(e) {
		t.Error("the keyboard did not come back to the outer dialog")
	}
	f.d.Cancel()
	f.closed()
	if f.d.Cancel() {
		t.Error("cancelled without a dialog")
	}
}

func TestActMayOpenTheNextDialog(t *testing.T) {
	f := newFixture(t)
	f.d.Confirm(dialogs.Question{Title: "一", Text: "?", Act: "继续"}, func() {
		f.d.Notice(dialogs.Notice{What: "二"}, nil)
	})
	f.key(fyne.KeyReturn)
	if !f.d.Open() {
		t.Fatal("the second dialog is not open")
	}
	f.key(fyne.KeyReturn)
	f.closed()
}

// TestSaveFileWithoutSystemDialog runs where the system has no dialog: a path is asked for.
func TestSaveFileWithoutSystemDialog(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	dir := t.TempDir()
	old := filepath.Join(dir, "旧.jgc")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		keys []fyne.KeyName
		want string
	}{
		{"新", []fyne.KeyName{fyne.KeyReturn}, filepath.Join(dir, "新.jgc")},
		{"旧", []fyne.KeyName{fyne.KeyReturn, fyne.KeyReturn}, ""}, // asks, and Enter does not replace
		{"弃", []fyne.KeyName{fyne.KeyEscape}, ""},
		{"无/此夹", []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape}, ""},
	} {
		t.Run(strings.ReplaceAll(c.name, "/", "_"), func(t *testing.T) {
			f := newFixture(t)
			got := make(chan string, 1)
			f.d.RunHere()
			f.d.SaveFile(platform.FileRequest{
				Title: "保存案卷", Folder: dir, Name: c.name,
				Filters: []platform.Filter{{Name: "案卷", Extensions: []string{".jgc"}}},
			}, func(p string) { got <- p })
			f.key(c.keys...)
			f.closed()
			select {
			case p := <-got:
				if p != c.want {
					t.Errorf("path %q, want %q", p, c.want)
				}
			default:
				if c.want != "" {
					t.Error("no path")
				}
			}
		})
	}
}
