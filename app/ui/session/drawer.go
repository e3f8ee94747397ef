package session

import (
	"time"

	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
)

// patience is how long a page that nobody asks for any more may go on being drawn while
// another one waits. To stop it earlier costs more: its child process goes with it.
const patience = time.Second

// Drawer draws pages one after the other. Of those that are asked for meanwhile only
// the last is drawn, so that nothing piles up behind a person who leafs through. Its
// methods are called on the goroutine of the window.
type Drawer struct {
	s    *Session
	runs *drawing // nil: idle
	next *drawing // waits for it
}

// drawing is one page that is asked for.
type drawing struct {
	doc   review.Doc
	what  document.Drawing
	after func(*document.Picture, error)
	stop  func()
	timer *time.Timer
	over  bool
}

// NewDrawer makes a drawer without work.
func (s *Session) NewDrawer() *Drawer { return &Drawer{s: s} }

// Draw draws a page as DrawPage does. After is not told if another page is asked for, or
// Stop called, before it is there.
func (d *Drawer) Draw(doc *review.Doc, what document.Drawing, after func(*document.Picture, error)) {
	want := &drawing{doc: *doc, what: what, after: after}
	if d.runs == nil {
		d.start(want)
		return
	}
	if runs := d.runs; d.next == nil {
		runs.timer = time.AfterFunc(patience, func() { d.s.cfg.Post(func() { d.lose(runs) }) })
	}
	d.next = want
}

// Stop drops all work.
func (d *Drawer) Stop() {
	d.next = nil
	d.end(d.runs)
}

func (d *Drawer) start(g *drawing) {
	d.runs = g
	g.stop = d.s.DrawPage(&g.doc, g.what, func(p *document.Picture, err error) {
		waited := d.next != nil
		d.end(g)
		if !waited {
			g.after(p, err)
		}
	})
	if g.over { // there was nothing to draw
		g.stop()
	}
}

// lose gives a drawing up that another one has waited for long enough.
func (d *Drawer) lose(g *drawing) {
	if g == d.runs && d.next != nil {
		d.end(g)
	}
}

// end ends a drawing and begins what waits for it.
func (d *Drawer) end(g *drawing) {
	if g == nil || g.over {
		return
	}
	g.over = true
	if g.timer != nil {
		g.timer.Stop()
	}
	if g.stop != nil {
		g.stop()
	}
	d.runs = nil
	if next := d.next; next != nil {
		d.next = nil
		d.start(next)
	}
}
