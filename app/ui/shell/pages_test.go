package shell_test

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/theme"
	"jinggao/sanitize/redact"
)

func TestPagesAreLookedAtAndCoveredByHand(t *testing.T) {
	b := newBench(t)
	b.openCase()
	path := b.file("扫描.pdf", "封面文字")
	b.w.Session().AddPaths([]string{path}, nil, nil)
	b.settle()
	b.w.Goto(page.Review)
	b.settle()
	p := b.w.Session().Review()
	it := p.Current()
	if it == nil || it.Unchecked == nil || it.Page() != 2 {
		t.Fatalf("the unread page is not the current item: %+v", it)
	}
	unread := it.Key()
	view := b.w.Review().Pages()
	b.loop.Until(func() bool { return view.HasPicture() && view.Message() == "" })
	if b.focused() != fyne.Focusable(view) {
		t.Fatal("the page has not got the keyboard")
	}
	drag := func(x, y float32) {
		view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x+80, y+40)}, Dragged: fyne.NewDelta(80, 40)})
		view.DragEnd()
		b.settle()
	}
	drag(50, 60)
	drag(50, 160)
	if n := len(p.Boxes(0, 2)); n != 2 {
		t.Fatalf("%d boxes on page 2", n)
	}
	b.key(fyne.KeyDelete) // the one just drawn
	if n := len(p.Boxes(0, 2)); n != 1 {
		t.Fatalf("%d boxes after one was deleted", n)
	}
	b.w.Keys().Run("edit.undo")
	b.settle()
	if n := len(p.Boxes(0, 2)); n != 2 {
		t.Fatalf("%d boxes after undo", n)
	}
	p.SelectKey(p.Docs()[0].File, unread)
	b.keys("1")
	if p.Counts(0).Left() != 0 {
		t.Fatal("已人工查看 is not recorded")
	}
	b.w.Goto(page.Export)
	b.w.Export().SetFolder(filepath.Join(b.dir, "导出"))
	b.w.Keys().Run("export.run")
	b.settle()
	if len(b.engine.Jobs()) != 1 || !b.engine.Jobs()[0].AllowUnchecked {
		t.Fatalf("%+v", b.engine.Jobs())
	}
	boxes := redact.Boxes(b.engine.Jobs()[0].Decisions, b.w.Session().Attachments()[0].SHA256)
	if len(boxes) != 2 || boxes[0].Page != 2 {
		t.Fatalf("the export got %+v", boxes)
	}
}

// The window fits a screen of 1366 × 768 with text of any size, whatever page ③ shows.
func TestTheReviewFitsTheScreen(t *testing.T) {
	b := newBench(t)
	b.pages()
	for _, size := range theme.TextSizes() {
		b.w.SetTextSize(size)
		b.settle()
		for _, command := range []keymap.ID{"", "review.beside", "review.preview", "review.pages", "review.preview", "review.beside", "review.beside"} {
			b.w.Keys().Run(command)
			if m := b.w.Window().Content().MinSize(); m.Width > 1366 || m.Height > 720 {
				t.Errorf("text %s, after %q: the window is at least %v", size, command, m)
			}
		}
	}
}

func TestThePagesFitTheScreen(t *testing.T) {
	b := newBench(t)
	b.openCase()
	for _, size := range theme.TextSizes() {
		b.w.SetTextSize(size)
		for _, s := range []page.Step{page.Start, page.Rows, page.Attach, page.Export} {
			b.w.Goto(s)
			b.settle()
			if m := b.w.Window().Content().MinSize(); m.Width > 1366 || m.Height > 720 {
				t.Errorf("text %s, page %d: the window is at least %v", size, s, m)
			}
		}
	}
}
