package shell_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"jinggao/app/casefile"
	"jinggao/app/report"
	"jinggao/app/rulebook"
	"jinggao/app/ui/export"
	"jinggao/app/ui/page"
	"jinggao/app/ui/prefs"
	"jinggao/app/ui/shell"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize/rule"
)

// listBench is a bench with a book of the bureau.
func listBench(t *testing.T) (*bench, *uitest.Engine, *rulebook.Store) {
	t.Helper()
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	a := test.NewTempApp(t)
	theme.Apply(a, theme.Standard)
	b := &bench{t: t, dir: t.TempDir(), loop: uitest.NewLoop()}
	engine, store := uitest.NewEngine(), rulebook.Open(t.TempDir())
	b.w = shell.New(shell.Params{
		App: a, Engine: engine, Prefs: prefs.New(a.Preferences()), Post: b.loop.Post, Book: store,
		Facts: shell.Facts{Version: "0", RulesVersion: set.Version, RulesDigest: set.Digest},
	})
	b.w.Window().Resize(fyne.NewSize(1280, 700))
	t.Cleanup(func() { b.w.CloseNow() })
	return b, engine, store
}

func TestChangedRulesMarkWhatWasScanned(t *testing.T) {
	b, engine, store := listBench(t)
	b.review("电话13800138000，砺锋。")
	id := b.w.Session().Attachments()[0].ID
	scans := len(engine.Scans())
	if err := store.Save(store.Book().Edit("周敏", "停用", func(k *rulebook.Book) {
		k.PutChange(rule.Override{Rule: "I05", Off: true, Reason: "公开邮箱", By: "周敏"})
	})); err != nil {
		t.Fatal(err)
	}
	b.w.ShowLists()
	b.w.Dialogs().Cancel()
	b.settle()
	if engine.Rules() == nil || engine.Rules().Rule("I05") != nil {
		t.Fatal("the engine does not know the change")
	}
	a, _ := b.w.Session().Case().Attachment(id)
	if a.State != casefile.StateChanged || !strings.Contains(a.Note, "规则") {
		t.Fatalf("state %s, note %q", a.State, a.Note)
	}
	plan := export.Make(b.w.Session(), export.Options{Folder: b.dir, Copies: true, Suggest: true})
	if len(plan.Ready) > 0 || len(plan.Skips) != 1 {
		t.Error("a copy could go out by old rules")
	}
	if !b.w.Dialogs().Open() {
		t.Fatal("nobody is asked to scan again")
	}
	b.key(fyne.KeyReturn)
	a, _ = b.w.Session().Case().Attachment(id)
	if a.State != casefile.StateRead || len(engine.Scans()) != scans+1 {
		t.Errorf("state %s after %d scans", a.State, len(engine.Scans())-scans)
	}
	if got := b.w.Session().RulesVersion(); !strings.Contains(got, "本单位") {
		t.Error(got)
	}
}

func TestNothingChangedScansNothing(t *testing.T) {
	b, engine, _ := listBench(t)
	b.review("电话13800138000。")
	b.w.ShowLists()
	b.w.Dialogs().Cancel()
	b.settle()
	if b.w.Dialogs().Open() || engine.Rules() != nil {
		t.Error("an unchanged book had an effect")
	}
}

func TestAllowFromTheReview(t *testing.T) {
	b, engine, store := listBench(t)
	b.review("电话13800138000。")
	b.w.Keys().Run("review.allow")
	if !b.w.Dialogs().Open() {
		t.Fatal("no form")
	}
	b.key(fyne.KeyReturn)
	if len(store.Book().Allow) > 0 {
		t.Fatal("taken without a reason")
	}
	b.w.Window().Canvas().FocusNext()
	b.w.Window().Canvas().FocusNext()
	b.keys("对外公布的电话")
	b.key(fyne.KeyReturn)
	list := store.Book().Allow
	if len(list) != 1 || list[0].Term != "13800138000" || list[0].Rule != "I03" || list[0].By != "周敏" || list[0].Reason != "对外公布的电话" {
		t.Fatalf("%+v", list)
	}
	if set := engine.Rules(); set == nil || !slices.ContainsFunc(set.Adjustments, func(a rule.Adjustment) bool { return a.Kind == "白名单" }) {
		t.Error("not in force")
	}
}

func TestAnUnreadableBookIsTold(t *testing.T) {
	b, engine, _ := listBench(t)
	dir := t.TempDir()
	s := rulebook.Open(dir)
	for range 2 {
		if err := s.Save(s.Book().Edit("周敏", "新增", func(k *rulebook.Book) { k.PutWord(rule.Word{Term: "砺锋", Level: "S2", Action: "delete"}) })); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "rulebook.jgr"), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := shell.New(shell.Params{
		App: fyne.CurrentApp(), Engine: engine, Prefs: b.w.Prefs(), Post: b.loop.Post, Book: rulebook.Open(dir), Facts: shell.Facts{Version: "0"},
	})
	w.ShowLists()
	if !w.Dialogs().Open() || w.Book().Trouble() == nil || w.Lists() {
		t.Fatal("a damaged book passed")
	}
	if list := w.Adjustments(); len(list) != 1 || list[0].Kind != report.KindMissing {
		t.Errorf("reports do not say that the book was not read: %+v", list)
	}
	if w.At() != page.Start {
		t.Fatal(w.At())
	}
	if _, err := w.Book().Restore(); err != nil || len(w.Book().Book().Words) != 1 {
		t.Error(err)
	}
	w.CloseNow()
}
