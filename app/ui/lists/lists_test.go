package lists_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/lists"
	"jinggao/app/ui/task"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
	"jinggao/sanitize/rule"
)

// TestMain makes one application for all tests.
func TestMain(m *testing.M) {
	theme.Apply(test.NewApp(), theme.Standard)
	os.Exit(m.Run())
}

// desk is a window with the dialog in it; work is done at once.
type desk struct {
	t      *testing.T
	win    fyne.Window
	dlg    *dialogs.Dialogs
	store  *rulebook.Store
	box    *lists.Box
	pick   string
	failed string
	closed int
}

func (d *desk) Window() fyne.Window         { return d.win }
func (d *desk) Dialogs() *dialogs.Dialogs   { return d.dlg }
func (d *desk) Say(string)                  {}
func (d *desk) Fail(what string, err error) { d.failed = what + ": " + err.Error() }
func (d *desk) Clerk() string               { return "周敏" }
func (d *desk) PickFiles(_ platform.FileRequest, _ string, ok func([]string)) {
	ok([]string{d.pick})
}
func (d *desk) PickSave(_ platform.FileRequest, _ string, ok func(string)) { ok(d.pick) }
func (d *desk) Start(_ string, w task.Work, after func(error)) {
	after(w(context.Background(), func(int, int, string) {}))
}

func open(t *testing.T, at lists.Tab) *desk {
	t.Helper()
	d := &desk{t: t, win: test.NewTempWindow(t, container.NewStack()), store: rulebook.Open(t.TempDir())}
	d.win.Resize(fyne.NewSize(1280, 700))
	d.dlg = dialogs.New(d.win)
	d.box = lists.Show(d, d.store, at, func() { d.closed++ })
	if d.box == nil {
		t.Fatal(d.failed)
	}
	return d
}

// top is the dialog in front.
func (d *desk) top() fyne.CanvasObject {
	o := d.win.Canvas().Overlays().Top()
	if p, ok := o.(*widget.PopUp); ok {
		return p.Content
	}
	return o
}

func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	f(o)
	switch c := o.(type) {
	case *fyne.Container:
		for _, x := range c.Objects {
			walk(x, f)
		}
	case *container.Scroll:
		walk(c.Content, f)
	}
}

// fill types into the fields of the form in front, in order; "" leaves one as it is.
func (d *desk) fill(values ...string) {
	d.t.Helper()
	i := 0
	walk(d.top(), func(o fyne.CanvasObject) {
		if i >= len(values) {
			return
		}
		switch f := o.(type) {
		case *ime.Entry:
			if values[i] != "" {
				f.SetText(values[i])
			}
			i++
		case *dialogs.Select:
			if values[i] != "" {
				f.SetSelected(values[i])
			}
			i++
		}
	})
	if i < len(values) {
		d.t.Fatalf("the form has %d fields", i)
	}
}

// tap presses a button of the dialog in front.
func (d *desk) tap(label string) {
	d.t.Helper()
	var found fyne.Tappable
	walk(d.top(), func(o fyne.CanvasObject) {
		if b, ok := o.(fyne.Tappable); ok && text(o) == label {
			found = b
		}
	})
	if found == nil {
		d.t.Fatalf("no button %q in %q", label, d.words())
	}
	found.Tapped(&fyne.PointEvent{})
}

// text is the label of a button, of the window library or of package dialogs.
func text(o fyne.CanvasObject) string {
	f := reflect.ValueOf(o).Elem().FieldByName("Text")
	if !f.IsValid() || f.Kind() != reflect.String {
		return ""
	}
	return f.String()
}

// words is all text of the dialog in front.
func (d *desk) words() string {
	var b strings.Builder
	walk(d.top(), func(o fyne.CanvasObject) {
		if l, ok := o.(*widget.Label); ok {
			b.WriteString(l.Text + "\n")
		}
	})
	return b.String()
}

func TestAddChangeDeleteAWord(t *testing.T) {
	d := open(t, lists.Words)
	d.box.New()
	d.fill("星", "S1 阻断", "替换为", "", "代号")
	d.tap("保存")
	if !strings.Contains(d.words(), "请填写替换后的文字") {
		t.Fatal("a replacement without text is taken: ", d.words())
	}
	d.fill("星", "", "", "国家重点工程")
	d.tap("保存")
	if !strings.Contains(d.words(), "只有一个字") {
		t.Fatal(d.words())
	}
	d.fill("星槎工程")
	d.tap("保存")
	if got := d.store.Book().Words; len(got) != 1 || got[0] != (rule.Word{Term: "星槎工程", Level: "S1", Note: "代号", Action: "replace", Text: "国家重点工程"}) {
		t.Fatalf("%+v", got)
	}
	d.box.Pick(0)
	d.fill("砺锋工程", "S3 中", "删除")
	d.tap("保存")
	if got := d.store.Book().Words; len(got) != 1 || got[0].Term != "砺锋工程" || got[0].Level != "S3" || got[0].Action != "delete" {
		t.Fatalf("%+v", got)
	}
	d.box.Delete()
	if !d.dlg.Open() || len(d.store.Book().Words) != 1 {
		t.Fatal("deleted without a question")
	}
	d.dlg.Cancel()
	if len(d.store.Book().Words) != 1 {
		t.Fatal("deleted although it was taken back")
	}
	d.box.Delete()
	d.tap("删除")
	if len(d.store.Book().Words) != 0 || len(d.box.Terms()) != 0 {
		t.Fatal("not deleted")
	}
	if n := len(d.store.Book().Events); n != 3 {
		t.Errorf("%d events", n)
	}
	d.dlg.Cancel()
	if d.closed != 1 {
		t.Error("closing was not told")
	}
}

func TestImportShowsBadLinesAndTakesTheRest(t *testing.T) {
	d := open(t, lists.Words)
	d.pick = filepath.Join(t.TempDir(), "词库.csv")
	if err := os.WriteFile(d.pick, []byte("词语,级别\n星槎工程,S1\n一,S1\n砺锋,S9\n沧澜,S2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.box.Import()
	if text := d.words(); !strings.Contains(text, "词库.csv 第3行") || !strings.Contains(text, "词库.csv 第4行") {
		t.Fatal(text)
	}
	if len(d.store.Book().Words) != 0 {
		t.Fatal("imported before the person saw the problems")
	}
	d.tap("导入可用的 2 条")
	if got := d.box.Terms(); !slices.Equal(got, []string{"星槎工程", "沧澜"}) {
		t.Fatal(got)
	}
	if !strings.Contains(d.box.Foot(), "新增 2 条") || !strings.Contains(d.box.Foot(), "未采用 2 行") {
		t.Error(d.box.Foot())
	}
}

func TestChangeOfARule(t *testing.T) {
	d := open(t, lists.Rules)
	d.box.Pick(d.box.RuleRow("A01"))
	if !strings.Contains(d.words(), "不可停用或下调") {
		t.Fatal("a mark could be switched off: ", d.words())
	}
	d.dlg.Cancel()
	d.box.Pick(d.box.RuleRow("I05"))
	d.tap("保存调整")
	if !strings.Contains(d.words(), "请选择停用或新的级别") {
		t.Fatal(d.words())
	}
	d.fill("停用")
	d.tap("保存调整")
	if !strings.Contains(d.words(), "须写明理由") || len(d.store.Book().Changes) > 0 {
		t.Fatal("changed without a reason", d.words())
	}
	d.fill("停用", "均为公开邮箱")
	d.tap("保存调整")
	if o, ok := d.store.Book().Change("I05"); !ok || !o.Off || o.By != "周敏" || o.At.IsZero() {
		t.Fatalf("%+v", o)
	}
	if got := d.box.States()["I05"]; !strings.HasPrefix(got, "○ 停用") {
		t.Error(got)
	}
	d.box.Pick(d.box.RuleRow("I05"))
	d.fill("S4 提示", "")
	d.tap("保存调整")
	if got := d.box.States()["I05"]; !strings.Contains(got, "→ S4 提示") {
		t.Error(got)
	}
}

const pack = `version = "2026.12"
[[rule]]
id = "K90"
name = "项目代号"
level = "S2"
basis = "本单位规定"
about = "本单位项目代号"
base = 0.8
terms = ["沧澜计划"]
yes = ["参加沧澜计划。"]
no = ["沧澜江上。"]
[rule.treatment]
action = "delete"
`

func TestPackIsTakenOverOnlyWithItsDigest(t *testing.T) {
	d := open(t, lists.Pack)
	p := filepath.Join(t.TempDir(), "k.toml")
	if err := os.WriteFile(p, []byte(pack), 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(pack))
	digest := hex.EncodeToString(sum[:])
	d.box.ReadPack(p)
	if text := d.words(); !strings.Contains(text, digest[:8]+" "+digest[8:16]) {
		t.Fatal("the digest is not shown: ", text)
	}
	d.fill("00000000")
	d.tap("启用")
	if d.store.Book().Pack != nil || !strings.Contains(d.words(), "不符") {
		t.Fatal("taken over with another digest")
	}
	d.fill(digest[:8])
	d.tap("启用")
	if k := d.store.Book().Pack; k == nil || k.SHA256 != digest || k.By != "周敏" {
		t.Fatalf("%+v %s", k, d.words())
	}
	if err := os.WriteFile(p, []byte(strings.Replace(pack, `"S2"`, `"S8"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.box.ReadPack(p)
	if text := d.words(); !strings.Contains(text, "k.toml 第5行") || d.store.Book().Pack.SHA256 != digest {
		t.Fatal(text)
	}
}
