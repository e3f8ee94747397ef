package shell_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/export"
	"jinggao/app/ui/page"
	"jinggao/app/ui/uitest"
	"jinggao/app/ui/widget/pageview"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
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

// What page ④ is asked for holds for what is shown on page ③: kept with the case, it
// does so before anybody has been there.
func TestTheCleanTextIsNumberedAsTheExportWillBe(t *testing.T) {
	b := newBench(t)
	b.engine.Terms["张立新"] = uitest.Term{Rule: "I18", Level: finding.S3, Suggest: "张某"}
	b.openCase()
	if err := b.w.Session().Case().SetSetting("export.pseudonyms", "true"); err != nil {
		t.Fatal(err)
	}
	path := b.w.Session().Case().Path()
	b.w.CloseCase()
	b.w.OpenPath(path)
	b.loop.Until(func() bool { return b.w.Session() != nil })
	b.settle()
	b.w.Session().AddPaths([]string{b.file("甲.txt", "负责人张建国。"), b.file("乙.txt", "联系人张立新。")}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	b.key(fyne.KeyF7)
	b.keys("1") // and on to the other file
	if got := b.cleanText("联系人"); !strings.Contains(got, "张立新") {
		t.Errorf("open, and yet %q", got)
	}
	b.keys("1")
	b.cleanText("联系人张某二。")
	b.w.Goto(page.Export)
	b.w.Export().SetCopies(export.Options{DPI: 200})
	b.w.Goto(page.Review)
	b.cleanText("联系人张某。")
	b.w.Export().SetCopies(export.Options{DPI: 200, Pseudonyms: true})
	b.w.Goto(page.Review)
	b.cleanText("联系人张某二。")
	b.w.Session().Review().NextDoc(-1)
	b.w.Review().Changed(0)
	b.cleanText("负责人张某。")
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

// pages opens a case with a PDF of two pages on page ③, at its second.
func (b *bench) pages() (left, right *pageview.View) {
	b.t.Helper()
	b.openCase()
	b.w.Session().AddPaths([]string{b.file("扫描.pdf", "封面文字")}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	left, right = b.w.Review().Pages(), b.w.Review().CleanPages()
	b.loop.Until(func() bool { return left.HasPicture() && left.Message() == "" })
	return left, right
}

// box draws a box on a page with the mouse.
func (b *bench) box(view *pageview.View, x, y float32) {
	view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x+80, y+40)}, Dragged: fyne.NewDelta(80, 40)})
	view.DragEnd()
	b.settle()
}

// cleanDrawn are the pages drawn as the copy will show them.
func (b *bench) cleanDrawn() (out []document.Drawing) {
	for _, d := range b.engine.Drawn() {
		if d.What.Clean {
			out = append(out, d.What)
		}
	}
	return out
}

// burned waits until the page as the copy will show it has so many boxes burned in.
func (b *bench) burned(view *pageview.View, boxes int) document.Drawing {
	b.t.Helper()
	var last document.Drawing
	b.loop.Until(func() bool {
		all := b.cleanDrawn()
		if len(all) > 0 {
			last = all[len(all)-1]
		}
		return len(last.Plan.Boxes) == boxes && view.HasPicture() && view.Message() == ""
	})
	return last
}

func TestThePageAsTheCopyWillShowIt(t *testing.T) {
	b := newBench(t)
	left, right := b.pages()
	b.box(left, 50, 60)
	if len(b.cleanDrawn()) != 0 {
		t.Fatal("the copy is drawn before anybody asked for it")
	}
	b.w.Keys().Run("review.preview")
	if p := b.burned(right, 1).Plan; p.Boxes[0].Page != 2 {
		t.Errorf("burned in: %+v", p)
	}
	if shown(left) || !shown(right) || b.focused() != fyne.Focusable(right) {
		t.Error("Ctrl+P does not show the page of the copy alone, with the keyboard")
	}
	b.box(right, 50, 260)
	b.burned(right, 2)
	b.w.Keys().Run("review.preview") // back to the page itself
	if got := b.looksButton(); got != "处理后 [Ctrl+P]" || !shown(left) || shown(right) {
		t.Errorf("after Ctrl+P the button says %q", got)
	}
}

// shown tells whether an object is on the screen, with all that it lies in.
func shown(o fyne.CanvasObject) bool {
	p := fyne.CurrentApp().Driver().AbsolutePositionForObject(o) // at the corner, or beyond it, for what is not there
	return p.X > 0 && p.Y > 0
}

func TestThePageBesideThatOfTheCopy(t *testing.T) {
	b := newBench(t)
	left, right := b.pages()
	b.key(fyne.KeyF7)
	b.burned(right, 0)
	if !shown(left) || !shown(right) || b.focused() != fyne.Focusable(left) || b.looksButton() != "处理后 [Ctrl+P]" {
		t.Fatal("F7 does not show both pages, the keyboard at the left")
	}
	if l, r := left.Size(), right.Size(); l != r || l.Width < 300 || l.Width > 480 {
		t.Errorf("the pages are %v and %v", l, r)
	}
	// A box drawn at the left is burned in at the right; until then a sign stands there.
	left.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(130, 100)}, Dragged: fyne.NewDelta(80, 40)})
	left.DragEnd()
	if right.Message() == "" {
		t.Error("the page without the box stands there as if it were the last word")
	}
	b.burned(right, 1)
	if left.Message() != "" {
		t.Errorf("the page itself says %q", left.Message())
	}
	// Undone, the page without it is drawn again.
	b.w.Keys().Run("edit.undo")
	if right.Message() == "" {
		t.Error("the page with the box stands there as if it were the last word")
	}
	b.settle()
	b.burned(right, 0)
	// Both turn, both grow.
	b.key(fyne.KeyPageUp)
	b.loop.Until(func() bool {
		all := b.engine.Drawn()
		pages := map[bool]int{}
		for _, d := range all {
			pages[d.What.Clean] = d.What.Page
		}
		return pages[true] == 1 && pages[false] == 1 && left.Message()+right.Message() == "" && left.HasPicture() && right.HasPicture()
	})
	was := left.Size()
	b.keys("+")
	b.loop.Until(func() bool { return left.Message()+right.Message() == "" })
	if l, r := left.MinSize(), right.MinSize(); l != r || l.Width <= was.Width {
		t.Errorf("larger: %v and %v, was %v", l, r, was)
	}
	b.key(fyne.KeyF7)
	if shown(right) || !shown(left) || b.focused() != fyne.Focusable(left) {
		t.Error("F7 does not put it away")
	}
}

func TestPagesFitTheWindow(t *testing.T) {
	b := newBench(t)
	left, right := b.pages()
	was := left.Size().Width
	b.w.Window().Resize(fyne.NewSize(1000, 700))
	b.loop.Until(func() bool { return left.MinSize().Width < was-200 && left.Message() == "" })
	b.key(fyne.KeyF7)
	b.burned(right, 0)
	b.w.Window().Resize(fyne.NewSize(1280, 700))
	b.loop.Until(func() bool {
		return left.MinSize().Width > 400 && left.MinSize() == right.MinSize() && left.Message()+right.Message() == ""
	})
}

func TestBothPagesScrollTogether(t *testing.T) {
	b := newBench(t)
	left, right := b.pages()
	b.key(fyne.KeyF7)
	b.burned(right, 0)
	b.keys("+")
	b.keys("+")
	b.loop.Until(func() bool { return left.Message()+right.Message() == "" })
	b.loop.Drain()
	top := func(v *pageview.View) fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(v) }
	began := top(left).Y
	if top(right).Y != began {
		t.Fatalf("the pages begin at %v and %v", began, top(right).Y)
	}
	for i, v := range []*pageview.View{left, right} {
		scrollOf(b, v).Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-30, -60)})
		if l, r := top(left), top(right); l.Y != r.Y || l.Y != began-60*float32(i+1) {
			t.Errorf("after scrolling %d the pages stand at %v and %v", i, l, r)
		}
	}
	b.key(fyne.KeyPageUp)
	b.loop.Until(func() bool { return left.HasPicture() && right.HasPicture() })
	if l, r := top(left).Y, top(right).Y; l != began || r != began {
		t.Errorf("another page begins at %v and %v", l, r)
	}
}

// scrollOf is what scrolls a page.
func scrollOf(b *bench, v *pageview.View) *container.Scroll {
	b.t.Helper()
	for _, o := range test.LaidOutObjects(b.w.Window().Canvas().Content()) {
		if s, ok := o.(*container.Scroll); ok {
			if c, ok := s.Content.(*fyne.Container); ok && slices.Contains(c.Objects, fyne.CanvasObject(v)) {
				return s
			}
		}
	}
	b.t.Fatal("nothing scrolls the page")
	return nil
}

func TestAMarkedPageHasNoCopyBesideIt(t *testing.T) {
	b := newBench(t)
	b.openCase()
	b.w.Session().AddPaths([]string{b.file("涉密.pdf", "机密★10年。")}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	b.key(fyne.KeyF7)
	b.w.Keys().Run("review.pages")
	right := b.w.Review().CleanPages()
	b.loop.Until(func() bool { return strings.Contains(right.Message(), "整件移出") })
	if right.HasPicture() || len(b.cleanDrawn()) != 0 {
		t.Error("a page is shown of which there will be no copy")
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
		acted := uitest.Held(f)
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
