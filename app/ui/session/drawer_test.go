package session_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize/document"
)

// slowEngine draws a page when it is let go, or gives it up when ctx ends.
type slowEngine struct {
	*uitest.Engine
	began chan int      // pages begun
	let   chan struct{} // one for each page that may end
}

func (e *slowEngine) Draw(ctx context.Context, path, member string, what document.Drawing) (*document.Picture, error) {
	e.began <- what.Page
	select {
	case <-e.let:
		return e.Engine.Draw(ctx, path, member, what)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// drawing opens a case with a PDF and a drawer.
func drawing(t *testing.T) (*slowEngine, *uitest.Loop, *session.Session, *review.Doc) {
	t.Helper()
	engine, loop, dir := &slowEngine{uitest.NewEngine(), make(chan int, 100), make(chan struct{}, 100)}, uitest.NewLoop(), t.TempDir()
	c, err := casefile.Create(filepath.Join(dir, "案卷"+casefile.Ext), casefile.Info{Title: "测试", Clerk: "周敏"})
	if err != nil {
		t.Fatal(err)
	}
	tasks := task.New(loop.Post, func(task.Status) {})
	s, err := session.New(c, session.Config{Engine: engine, Rules: "1", Tasks: tasks, Post: loop.Post})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	in := filepath.Join(dir, "扫描.pdf")
	if err := os.WriteFile(in, []byte("封面"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.AddPaths([]string{in}, nil, nil)
	loop.Until(func() bool { return !tasks.Busy() && len(s.Review().Docs()) == 1 && !s.Review().Docs()[0].Pending })
	return engine, loop, s, &s.Review().Docs()[0]
}

func TestADrawerDrawsWhatIsWantedLast(t *testing.T) {
	engine, loop, s, doc := drawing(t)
	d := s.NewDrawer()
	var told []int
	for n := 1; n <= 9; n++ {
		d.Draw(doc, document.Drawing{Page: n, DPI: 50}, func(p *document.Picture, err error) {
			if told = append(told, p.Page); err != nil {
				t.Error(err)
			}
		})
	}
	engine.let <- struct{}{}
	engine.let <- struct{}{}
	loop.Until(func() bool { return len(told) > 0 })
	loop.Drain()
	if begun := []int{<-engine.began, <-engine.began}; !slices.Equal(begun, []int{1, 9}) || len(engine.began) > 0 || !slices.Equal(told, []int{9}) {
		t.Errorf("drawn were %v and %d more, told was %v", begun, len(engine.began), told)
	}
	d.Draw(doc, document.Drawing{Page: 2, DPI: 50}, func(*document.Picture, error) { t.Error("stopped, and yet told") })
	d.Draw(doc, document.Drawing{Page: 3, DPI: 50}, func(*document.Picture, error) { t.Error("stopped, and yet told") })
	d.Stop()
	again := false
	d.Draw(doc, document.Drawing{Page: 4, DPI: 50}, func(*document.Picture, error) { again = true })
	engine.let <- struct{}{}
	engine.let <- struct{}{} // the one that was stopped may take the first
	loop.Until(func() bool { return again })
}

func TestADrawerLosesPatience(t *testing.T) {
	engine, loop, s, doc := drawing(t)
	d := s.NewDrawer()
	d.Draw(doc, document.Drawing{Page: 1, DPI: 50}, func(*document.Picture, error) { t.Error("nobody wants the first page any more") })
	if n := <-engine.began; n != 1 {
		t.Fatal(n)
	}
	done := false
	d.Draw(doc, document.Drawing{Page: 2, DPI: 50}, func(_ *document.Picture, err error) { done = err == nil })
	go func() { // the first one is never let go
		<-engine.began
		engine.let <- struct{}{}
	}()
	loop.Until(func() bool { return done })
}

func TestADrawerOfAMissingFile(t *testing.T) {
	_, _, s, doc := drawing(t)
	if err := s.Remove([]string{doc.File}); err != nil {
		t.Fatal(err)
	}
	d := s.NewDrawer()
	for range 2 {
		var got error
		d.Draw(doc, document.Drawing{Page: 1, DPI: 50}, func(_ *document.Picture, err error) { got = err })
		if got == nil {
			t.Error("a page of a file that is not in the case is drawn")
		}
	}
}
