package shell_test

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/casefile"
	"jinggao/app/ui/page"
)

// says tells whether a label of the window shows some words.
func (b *bench) says(words string) bool {
	for _, o := range test.LaidOutObjects(b.w.Window().Canvas().Content()) {
		if l, ok := o.(*widget.Label); ok && strings.Contains(l.Text, words) {
			return true
		}
	}
	return false
}

// A key pressed while a case is being opened acts when it is there, or is refused in words.
func TestKeysWhileACaseIsBeingOpened(t *testing.T) {
	for _, c := range []struct {
		name  string
		press func(b *bench)
		want  page.Step
		says  string
	}{
		{"a step", func(b *bench) { b.w.Keys().Run("step.3") }, page.Review, "打开后转到“敏感信息审核”"},
		{"the last of two steps", func(b *bench) { b.w.Keys().Run("step.3"); b.w.Keys().Run("step.4") }, page.Export, "打开后转到“导出成果”"},
		{"a command of a case", func(b *bench) { b.w.Keys().Run("case.copy") }, page.Rows, "正在打开案卷，请稍候"},
		{"a bare key", func(b *bench) {
			b.w.Window().Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyDown})
		}, page.Rows, "正在打开案卷，请稍候"},
		{"nothing", func(*bench) {}, page.Rows, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			path := filepath.Join(b.dir, "另一件"+casefile.Ext)
			made, err := casefile.Create(path, casefile.Info{Title: "另一件", Clerk: "周敏"})
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
			b.w.OpenPath(path)
			c.press(b)
			if b.w.Session() != nil || c.says != "" && !b.says(c.says) {
				t.Errorf("the window does not say %q", c.says)
			}
			b.settle()
			if b.w.Session() == nil || b.w.At() != c.want {
				t.Errorf("at page %d, want %d", b.w.At(), c.want)
			}
			if !b.says("已打开案卷") {
				t.Error("the window does not say that the case is there")
			}
		})
	}
	b := newBench(t)
	b.w.OpenPath(filepath.Join(b.dir, "没有"+casefile.Ext))
	b.w.Keys().Run("step.3")
	b.settle()
	b.w.Dialogs().Cancel()
	b.openCase()
	if b.w.At() != page.Rows {
		t.Error("a wish for a case that did not open came true in another")
	}
}
