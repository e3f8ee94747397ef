package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/widget/docview"
)

func TestTheManualIsReadInsideTheProgram(t *testing.T) {
	b := newBench(t)
	b.w.Keys().Run("help.manual")
	view, ok := b.focused().(*docview.View)
	if !ok || !strings.Contains(string(view.Text()), "敏感信息审核") {
		t.Fatalf("the manual has not got the keyboard: %T", b.focused())
	}
	var list *widget.List
	for _, o := range test.LaidOutObjects(b.w.Window().Canvas().Overlays().Top()) {
		if l, ok := o.(*widget.List); ok {
			list = l
		}
	}
	if list == nil || list.Length() < 7 {
		t.Fatal("there are no contents")
	}
	list.Select(3)
	if top := view.TopOffset(); top == 0 || b.focused() != fyne.Focusable(view) {
		t.Errorf("a heading that was clicked left the text at %d", top)
	}
	before := view.TopOffset()
	b.key(fyne.KeyPageDown)
	if view.TopOffset() <= before {
		t.Error("PageDown does not turn")
	}
	b.key(fyne.KeyEscape)
	if b.w.Dialogs().Open() {
		t.Error("Esc does not close the manual")
	}
}
