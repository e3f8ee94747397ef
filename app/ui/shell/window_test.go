package shell_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/export"
	"jinggao/app/ui/page"
	"jinggao/app/ui/prefs"
	"jinggao/app/ui/review"
	"jinggao/app/ui/shell"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize/redact"
)

// bench is a window on the test driver with an engine that knows five words.
type bench struct {
	t      *testing.T
	dir    string
	loop   *uitest.Loop
	engine *uitest.Engine
	w      *shell.Window
}

func newBench(t *testing.T) *bench {
	t.Helper()
	a := test.NewTempApp(t)
	theme.Apply(a, theme.Standard)
	b := &bench{t: t, dir: t.TempDir(), loop: uitest.NewLoop(), engine: uitest.NewEngine()}
	b.w = shell.New(shell.Params{
		App: a, Engine: b.engine, Prefs: prefs.New(a.Preferences()), Post: b.loop.Post,
		Facts: shell.Facts{Version: "0", RulesVersion: "1", RulesDigest: "00"},
	})
	b.w.Window().Resize(fyne.NewSize(1280, 700))
	t.Cleanup(func() { b.w.CloseNow() })
	return b
}

func (b *bench) settle() {
	b.loop.Until(func() bool { return !b.w.Busy() && (b.w.Session() == nil || !b.w.Session().Checking()) })
	b.loop.Drain()
}

func (b *bench) file(name, text string) string {
	p := filepath.Join(b.dir, name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return p
}

// openCase makes a case with a row and opens it.
func (b *bench) openCase() {
	c, err := casefile.Create(filepath.Join(b.dir, "案卷"+casefile.Ext), casefile.Info{Title: "测试案卷", Clerk: "周敏", Reviewer: "沈立"})
	if err != nil {
		b.t.Fatal(err)
	}
	b.w.Use(c)
	b.settle()
	r := submission.NewRow()
	r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone = "某大学", "基础研究", "可解释建模", "2026-04-12", "陆念一", "021-55500010"
	if err := b.w.Session().InsertRows("新增", 0, []submission.Row{r}); err != nil {
		b.t.Fatal(err)
	}
	b.settle()
}

func (b *bench) focused() fyne.Focusable { return b.w.Window().Canvas().Focused() }

func (b *bench) keys(text string) {
	for _, r := range text {
		if f := b.focused(); f != nil {
			f.TypedRune(r)
		}
	}
	b.settle()
}

func (b *bench) key(n fyne.KeyName) {
	if f := b.focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: n})
	}
	b.settle()
}

func TestPagesNeedACase(t *testing.T) {
	b := newBench(t)
	b.w.Goto(page.Review)
	if b.w.At() != page.Start {
		t.Fatal("went to a page without a case")
	}
	b.openCase()
	for _, s := range []page.Step{page.Rows, page.Attach, page.Review, page.Export, page.Start} {
		b.w.Goto(s)
		if b.w.At() != s {
			t.Fatalf("at %d, want %d", b.w.At(), s)
		}
	}
}

func TestEditInPlaceAndUndo(t *testing.T) {
	b := newBench(t)
	b.openCase()
	b.w.Goto(page.Rows)
	tab := b.w.Rows().Table()
	tab.MoveTo(0, tab.ColumnIndex(string(submission.ColTitle)))
	b.key(fyne.KeyF2)
	b.key(fyne.KeyEnd)
	b.keys("理论")
	b.key(fyne.KeyReturn)
	if got := b.w.Session().Rows()[0].Title; got != "可解释建模理论" {
		t.Fatal(got)
	}
	b.w.Undo()
	b.settle()
	if got := b.w.Session().Rows()[0].Title; got != "可解释建模" {
		t.Fatal(got)
	}
	b.w.Redo()
	b.settle()
	if got := b.w.Session().Rows()[0].Title; got != "可解释建模理论" {
		t.Fatal(got)
	}
}

// review opens a document on page ③.
func (b *bench) review(text string) *review.Presenter {
	b.openCase()
	b.w.Goto(page.Attach)
	b.w.Dropped([]string{b.file("方案.txt", text)})
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	if b.focused() != fyne.Focusable(b.w.Review().View()) {
		b.t.Fatal("the document view has not the keyboard")
	}
	return b.w.Session().Review()
}

func TestKeysDecide(t *testing.T) {
	b := newBench(t)
	p := b.review("口令为Abc@12345。电话13800138000，负责人张建国。【图】")
	b.keys("1") // S1: asks for the 复核人
	if !b.w.Dialogs().Open() {
		t.Fatal("nobody asked for the second person")
	}
	b.keys("1")
	b.keys("１") // full width, as an input method leaves it
	b.keys("2")
	b.keys("有关负责人")
	b.key(fyne.KeyReturn)
	b.keys("1") // the picture: 已人工查看
	if c := p.Counts(-1); c.Settled != 4 || c.Left() != 0 {
		t.Fatalf("%+v", c)
	}
	id := b.w.Session().Attachments()[0].ID
	var got []string
	for _, d := range b.w.Session().Case().Decisions(id) {
		got = append(got, string(d.Action)+":"+d.Text+":"+d.Confirmed)
	}
	slices.Sort(got)
	want := []string{"delete::沈立", "mask:138****8000:", "replace:有关负责人:"}
	if strings.Join(got, " ") != strings.Join(want, " ") && !slices.Contains(got, "replace:张某有关负责人:") {
		t.Fatal(got)
	}
	b.w.Review().View().TypedShortcut(&fyne.ShortcutUndo{})
	b.settle()
	if c := p.Counts(-1); c.Settled != 3 {
		t.Fatalf("after undo %+v", c)
	}
}

func TestBareKeysActOnlyInTheView(t *testing.T) {
	b := newBench(t)
	p := b.review("电话13800138000，负责人张建国。")
	b.w.Keys().Run("review.find")
	b.keys("1")
	if p.Counts(-1).Settled != 0 {
		t.Fatal("a digit typed into the search field decided a finding")
	}
}

func TestMarkIsWithdrawnOrCleared(t *testing.T) {
	b := newBench(t)
	p := b.review("合同写明机密★10年。")
	b.keys("1")
	if !p.Withdrawn(0) || p.Counts(-1).Left() != 0 {
		t.Fatalf("%+v", p.Counts(-1))
	}
	b.key(fyne.KeyDelete)
	b.keys("3")
	if !b.w.Dialogs().Open() {
		t.Fatal("no form for 认定非密级标志")
	}
	b.keys("商业合同条款")
	b.w.Window().Canvas().Focused().(fyne.Shortcutable).TypedShortcut(ctrlEnter())
	b.settle()
	b.keys("2") // left for the 复核人
	if c := p.Counts(-1); c.Waiting != 1 || !p.Withdrawn(0) {
		t.Fatalf("%+v", c)
	}
	if _, err := p.Confirm(p.Waiting(-1), "沈立"); err != nil || p.Withdrawn(0) {
		t.Fatal("not cleared by two", err)
	}
}

func TestMarkByHand(t *testing.T) {
	b := newBench(t)
	p := b.review("项目代号青鸟，另见附表。")
	v := b.w.Review().View()
	at := strings.Index(string(v.Text()), "青鸟")
	from := len([]rune(string(v.Text())[:at]))
	v.Select(from, from+2)
	b.keys("5")
	if it := p.Current(); it == nil || it.Finding.Text != "青鸟" || it.Decision.Action != redact.ActionMask {
		t.Fatalf("%+v", p.Current())
	}
}

func TestExport(t *testing.T) {
	b := newBench(t)
	b.review("电话13800138000，负责人张建国。")
	b.w.Session().AddPaths([]string{b.file("密件.txt", "机密★10年"), b.file("坏件.txt", "x")}, nil, nil)
	b.settle()
	out := filepath.Join(b.dir, "导出")
	b.w.Goto(page.Export)
	b.w.Export().SetFolder(out)
	b.w.Export().SetSuggest(true)
	left := filepath.Join(out, export.WorkPrefix()+"1", "对外") // of an export that was killed
	other := filepath.Join(out, ".净稿未完成-00000000-1")          // of somebody else's that runs
	for _, dir := range []string{left, other} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	b.w.Keys().Run("export.run")
	b.settle()
	res := b.w.Export().Last()
	if res == nil || len(res.Made) != 1 || len(res.Failures) != 2 || res.Letters != 1 {
		t.Fatalf("%+v", res)
	}
	copied, err := os.ReadFile(filepath.Join(res.Dir, res.Made[0].Out))
	if err != nil || string(copied) != "电话138****8000，负责人张某。" {
		t.Fatal(string(copied), err)
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) != 2 || entries[0].Name() != filepath.Base(other) {
		t.Fatal("something half written stays, or another's went", entries, err)
	}
	if p := b.w.Session().Review(); p.Counts(0).Left() != 0 {
		t.Fatal("what was treated as suggested is not recorded")
	}
}

func TestExportOptionsStayWithTheCase(t *testing.T) {
	b := newBench(t)
	b.review("电话13800138000，负责人张建国。")
	b.w.Goto(page.Export)
	b.w.Export().SetFolder(filepath.Join(b.dir, "导出"))
	b.w.Export().SetSuggest(true)
	if o := b.w.Export().Options(); o.Pseudonyms || o.Layer || o.Text || o.WordText || o.DPI != 200 {
		t.Fatalf("what nobody chose: %+v", o)
	}
	b.w.Export().SetCopies(export.Options{Pseudonyms: true, Layer: true, Text: true, WordText: true, DPI: 300})
	b.w.Keys().Run("export.run")
	b.settle()
	e := b.engine
	if n := len(e.Jobs()); n != 1 || e.Jobs()[0].Pseudonyms == nil || !e.Jobs()[0].Layer || !e.Jobs()[0].Text || !e.Jobs()[0].Word || e.Jobs()[0].DPI != 300 {
		t.Fatalf("%+v", e.Jobs())
	}
	path := b.w.Session().Case().Path()
	other, err := casefile.Create(filepath.Join(b.dir, "另一案卷"+casefile.Ext), casefile.Info{Title: "另一案卷"})
	if err != nil {
		t.Fatal(err)
	}
	b.w.Use(other)
	b.settle()
	b.w.Goto(page.Export)
	if o := b.w.Export().Options(); o.Pseudonyms || o.Layer || o.Text || o.WordText || o.DPI != 200 {
		t.Fatalf("the choices of one case count in another: %+v", o)
	}
	c, err := casefile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	b.w.Use(c)
	b.settle()
	b.w.Goto(page.Export)
	if o := b.w.Export().Options(); !o.Pseudonyms || !o.Layer || !o.Text || !o.WordText || o.DPI != 300 {
		t.Fatalf("the choices are forgotten: %+v", o)
	}
}

func TestExportWithoutRowsIsAZeroReport(t *testing.T) {
	b := newBench(t)
	c, err := casefile.Create(filepath.Join(b.dir, "空"+casefile.Ext), casefile.Info{Title: "空", Clerk: "周敏"})
	if err != nil {
		t.Fatal(err)
	}
	b.w.Use(c)
	b.settle()
	b.w.Goto(page.Export)
	b.w.Export().SetFolder(filepath.Join(b.dir, "导出"))
	b.w.Keys().Run("export.run")
	b.settle()
	if res := b.w.Export().Last(); res == nil || res.Rows != 0 || len(res.Table) != 2 {
		t.Fatalf("%+v", res)
	}
}

func TestTextSizeChangesLive(t *testing.T) {
	b := newBench(t)
	b.review("电话13800138000")
	before := b.w.Window().Content().MinSize()
	b.w.SetTextSize(theme.ExtraLarge)
	b.settle()
	if after := b.w.Window().Content().MinSize(); after.Height <= before.Height {
		t.Fatal("nothing grew", before, after)
	}
	b.keys("1")
	if b.w.Session().Review().Counts(-1).Settled != 1 {
		t.Fatal("keys are dead after the change")
	}
}

func TestEveryPageFitsASmallScreen(t *testing.T) {
	b := newBench(t)
	b.review("电话13800138000，负责人张建国。【图】")
	for _, size := range []theme.TextSize{theme.Standard, theme.Large} {
		b.w.SetTextSize(size)
		for s := page.Start; s <= page.Export; s++ {
			b.w.Goto(s)
			b.settle()
			if m := b.w.Window().Content().MinSize(); m.Width > 1346 || m.Height > 690 {
				t.Errorf("page %d in size %s needs %v", s, size, m)
			}
		}
	}
}

func TestMissingCaseIsToldAndNothingElseHappens(t *testing.T) {
	b := newBench(t)
	b.openCase()
	s := b.w.Session()
	b.w.OpenPath(filepath.Join(b.dir, "没有"+casefile.Ext))
	b.settle()
	if !b.w.Dialogs().Open() || b.w.Session() != s {
		t.Fatal("no message, or the open case was left")
	}
	b.key(fyne.KeyEscape)
	if b.w.Dialogs().Open() {
		t.Fatal("Esc does not close the message")
	}
}

func TestKeySheetAndSettingsCloseWithEsc(t *testing.T) {
	b := newBench(t)
	for _, open := range []func(){b.w.KeySheet, b.w.Settings, b.w.About, b.w.NewCase} {
		open()
		if !b.w.Dialogs().Open() {
			t.Fatal("no dialog")
		}
		b.key(fyne.KeyEscape)
		if b.w.Dialogs().Open() {
			t.Fatal("Esc does not close it")
		}
	}
}

func TestCommandsSpeakChinese(t *testing.T) {
	b := newBench(t)
	for _, c := range b.w.Keys().Commands() {
		han := strings.IndexFunc(c.Label, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
		if !han || c.Group == "" || strings.Contains(c.Label, "！") {
			t.Errorf("%s: %q in %q", c.ID, c.Label, c.Group)
		}
	}
}
