package shell_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/page"
	"jinggao/sanitize/document"
)

// cleanText waits until the text as the copy will read holds some words.
func (b *bench) cleanText(words string) string {
	b.t.Helper()
	view := b.w.Review().Clean()
	b.loop.Until(func() bool { return strings.Contains(string(view.Text()), words) })
	return string(view.Text())
}

func TestTheCleanTextBesideTheOriginal(t *testing.T) {
	b := newBench(t)
	b.openCase()
	filler := strings.Repeat("本段说明建设内容和进度安排。\n", 120)
	b.w.Session().AddPaths([]string{b.file("方案.txt", "负责人张建国，电话13800138000。\n"+filler+"另见附件，口令Abc@12345。\n"+filler)}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	rv, view, clean := b.w.Session().Review(), b.w.Review().View(), b.w.Review().Clean()
	if rv.Current().Finding.Text != "Abc@12345" || clean.Visible() {
		t.Fatalf("at %q", rv.Current().Finding.Text)
	}
	b.key(fyne.KeyF7)
	if got := b.cleanText("张建国"); got != string(view.Text()) {
		t.Errorf("nothing is decided, and the copy reads %q", got)
	}
	if !clean.Visible() || !view.Visible() || clean.Size().Width < 400 || view.Size().Width < 400 {
		t.Errorf("side by side: %v and %v", view.Size(), clean.Size())
	}
	if b.focused() != fyne.Focusable(view) {
		t.Error("the original has not got the keyboard")
	}
	a, ok1 := view.CurrentStart()
	c, ok2 := clean.CurrentStart()
	ya, seenA := view.Height(a)
	yc, seenC := clean.Height(c)
	if !ok1 || !ok2 || !seenA || !seenC || ya != yc {
		t.Errorf("the current place stands at %v %v and %v %v", ya, seenA, yc, seenC)
	}
	// A decision carried out by key shows at once; what is open stays.
	b.key(fyne.KeyDown)
	if rv.Current().Finding.Text != "13800138000" {
		t.Fatalf("at %q", rv.Current().Finding.Text)
	}
	b.keys("1")
	if got := b.cleanText("138****8000"); !strings.Contains(got, "张建国，电话138****8000") {
		t.Errorf("%q", got[:60])
	}
	// Both scroll together, whichever is moved.
	for _, v := range []interface {
		Scrolled(*fyne.ScrollEvent)
	}{view, clean} {
		v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -100)})
		if view.TopOffset() == 0 || view.TopOffset() != clean.TopOffset() { // the replacement is as long
			t.Errorf("tops %d and %d", view.TopOffset(), clean.TopOffset())
		}
	}
	// The other text has the same keys.
	b.w.Window().Canvas().Focus(clean)
	b.key(fyne.KeyHome)
	b.key(fyne.KeyF7)
	if clean.Visible() || b.focused() != fyne.Focusable(view) {
		t.Error("F7 does not put it away")
	}
	b.w.Keys().Run("review.preview")
	if view.Visible() || !clean.Visible() || b.focused() != fyne.Focusable(clean) {
		t.Error("Ctrl+P does not show it alone")
	}
	b.w.Keys().Run("edit.undo")
	b.settle()
	b.cleanText("电话13800138000")
}

func TestAMarkedFileHasNoCleanText(t *testing.T) {
	b := newBench(t)
	b.openCase()
	b.w.Session().AddPaths([]string{b.file("涉密.txt", "机密★10年。张建国")}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	b.key(fyne.KeyF7)
	if got := b.cleanText("整件移出"); strings.Contains(got, "张建国") {
		t.Errorf("%q", got)
	}
	b.key(fyne.KeyUp) // nothing follows a text that is not there
}

func TestThePageAsTheCopyWillShowIt(t *testing.T) {
	b := newBench(t)
	b.openCase()
	b.w.Session().AddPaths([]string{b.file("扫描.pdf", "封面文字")}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	view := b.w.Review().Pages()
	drawn := func() document.Drawing { all := b.engine.Drawn(); return all[len(all)-1].What }
	b.loop.Until(func() bool { return view.Visible() && view.Message() == "" })
	view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(130, 100)}, Dragged: fyne.NewDelta(80, 40)})
	view.DragEnd()
	b.settle()
	if drawn().Clean {
		t.Fatal("the original is drawn as the copy")
	}
	b.w.Keys().Run("review.preview")
	b.loop.Until(func() bool { return drawn().Clean && view.Message() == "" })
	if p := drawn().Plan; len(p.Boxes) != 1 || p.Boxes[0].Page != 2 {
		t.Errorf("burned in: %+v", p)
	}
	view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(130, 300)}, Dragged: fyne.NewDelta(80, 40)})
	view.DragEnd()
	b.loop.Until(func() bool { return len(drawn().Plan.Boxes) == 2 && view.Message() == "" })
	b.key(fyne.KeyF7) // back to the page itself
	if got := b.looksButton(); got != "处理后 [Ctrl+P]" {
		t.Errorf("after F7 the button says %q", got)
	}
}

// looksButton is the text of the button that says what Ctrl+P does.
func (b *bench) looksButton() string {
	for _, o := range test.LaidOutObjects(b.w.Window().Canvas().Content()) {
		if btn, ok := o.(*widget.Button); ok && btn.Visible() && strings.HasSuffix(btn.Text, "[Ctrl+P]") {
			return btn.Text
		}
	}
	return ""
}

// A document of a million characters keeps the window free while it is worked out. The
// limits leave room for a busy machine.
func TestAMillionCharactersBesideEachOther(t *testing.T) {
	b := newBench(t)
	b.openCase()
	line := "负责人张建国，电话13800138000，负责流域水文过程可解释建模和港口集卡调度一体化平台的建设与运行。\n"
	b.w.Session().AddPaths([]string{b.file("长文.txt", strings.Repeat(strings.Repeat("本段说明建设内容、进度安排和经费使用情况，附表另列。\n", 99)+line, 380))}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	if n := len(b.w.Review().View().Text()); n < 1_000_000 {
		t.Fatalf("only %d characters", n)
	}
	took := func(what string, limit time.Duration, f func()) {
		began := time.Now()
		f()
		acted := time.Since(began)
		t.Logf("%-12s %6.1f ms", what, float64(acted.Microseconds())/1000)
		if acted > limit {
			t.Errorf("%s took %v, limit %v", what, acted, limit)
		}
	}
	press := func(k fyne.KeyName) { b.focused().TypedKey(&fyne.KeyEvent{Name: k}) }
	took("F7", 2*time.Second, func() { press(fyne.KeyF7) })
	view, clean := b.w.Review().View(), b.w.Review().Clean()
	b.loop.Until(func() bool { return len(clean.Text()) == len(view.Text()) })
	b.loop.Drain()
	took("decide", time.Second, func() { b.focused().TypedRune('1') })
	took("next", time.Second, func() { press(fyne.KeyDown) })
	took("scroll", 400*time.Millisecond, func() { view.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -40)}) })
	b.cleanText("138****8000")
}
