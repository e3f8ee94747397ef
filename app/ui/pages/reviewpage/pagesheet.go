package reviewpage

import (
	"fmt"
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/platform"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
	"jinggao/app/ui/widget/pageview"
	"jinggao/sanitize/document"
)

const (
	leastDPI    = 50
	mostDPI     = 220
	usualWidth  = 595 // points, until the page is known
	usualHeight = 842
)

// pageSheet shows one page: as it is, or as the copy will show it.
type pageSheet struct {
	p       *pagePane
	clean   bool
	view    *pageview.View
	scroll  *container.Scroll
	ring    *canvas.Rectangle // tells who has the keyboard
	content *fyne.Container

	shown  pictureKey
	wanted pictureKey
	scale  float32 // of what is shown
	drawer *session.Drawer
}

func newPageSheet(p *pagePane, clean bool) *pageSheet {
	g := p.g
	s := &pageSheet{p: p, clean: clean, view: pageview.New(), ring: canvas.NewRectangle(nil)}
	s.view.OnKey = func(k *fyne.KeyEvent) bool { return g.host.Keys().TypedKey(Scope, k.Name, keymap.Modifiers()) }
	s.view.OnRune = func(r rune) bool { return g.host.Keys().TypedRune(Scope, r) }
	s.view.OnShortcut = func(sc fyne.Shortcut) bool { return g.host.Keys().TypedShortcut(Scope, sc) }
	s.view.OnFocus = func(on bool) {
		platform.EnableInputMethod(ime.WindowHandle(g.host.Window()), !on)
		s.outline(on)
	}
	s.view.OnDraw = p.draw
	s.view.OnChoose = p.choose
	s.scroll = container.NewScroll(container.New(layout.NewCenterLayout(), s.view))
	s.scroll.OnScrolled = func(fyne.Position) { p.follow(s) }
	s.content = container.NewStack(paper(s.scroll), s.ring)
	s.outline(false)
	return s
}

// outline shows or hides the ring.
func (s *pageSheet) outline(on bool) {
	s.ring.StrokeColor, s.ring.StrokeWidth = theme.Color(base.ColorNameSeparator), 1
	if on {
		s.ring.StrokeColor, s.ring.StrokeWidth = theme.Color(base.ColorNamePrimary), 2
	}
	s.ring.Refresh()
}

// visible tells whether the sheet is on the screen.
func (s *pageSheet) visible() bool { return !s.content.Hidden && !s.p.content.Hidden }

// clear takes the picture off the screen.
func (s *pageSheet) clear(width, height float64) {
	s.shown = pictureKey{}
	s.view.SetPage(nil, width, height, float32(s.fit(width)))
}

// forget lets go of everything.
func (s *pageSheet) forget() {
	if s.drawer != nil {
		s.drawer.Stop()
	}
	s.wanted, s.drawer = pictureKey{}, nil
	s.clear(usualWidth, usualHeight)
	s.view.SetBoxes(nil, "")
	s.view.SetMessage("")
}

// picture shows the picture of the page, or has it drawn.
func (s *pageSheet) picture(doc *review.Doc) {
	w := s.p.wish(doc, s.clean)
	width, height := s.p.pageSize(w.key)
	if w.gone || !s.shown.samePage(w.key) {
		s.clear(width, height)
	}
	if w.none {
		s.view.SetMessage(w.sign)
		return
	}
	w.key.dpi = s.resolution(width)
	w.what.DPI = w.key.dpi
	near := s.p.find(w.key)
	if near != nil && (s.shown != near.pictureKey || s.scale != float32(s.fit(near.Width))) {
		s.put(near) // the very picture, or a coarser one until it is there
	}
	switch {
	case s.shown == w.key:
		s.view.SetMessage(w.sign)
		return
	case near != nil: // what is shown is right, though coarse
		s.view.SetMessage(w.sign)
	case s.clean:
		s.view.SetMessage(making)
	default:
		s.view.SetMessage(fmt.Sprintf("正在绘制第 %d 页", s.p.number))
	}
	s.ask(doc, &w)
}

func (s *pageSheet) ask(doc *review.Doc, w *wish) {
	if w.key == s.wanted {
		return // is being drawn
	}
	if s.drawer == nil {
		s.drawer = s.p.g.s.NewDrawer()
	}
	key, keys := w.key, w.keys
	s.wanted = key
	s.drawer.Draw(doc, w.what, func(pic *document.Picture, err error) {
		if s.wanted != key {
			return
		}
		s.wanted = pictureKey{}
		if err != nil {
			s.clear(s.p.pageSize(key))
			s.view.SetMessage(document.AsRefusal(err).Error())
			return
		}
		s.p.total = pic.Pages
		s.p.drawn(s, &keptPicture{key, pic, keys})
	})
}

// put puts a picture on the screen.
func (s *pageSheet) put(k *keptPicture) {
	s.shown, s.scale = k.pictureKey, float32(s.fit(k.Width))
	img := &image.RGBA{Pix: k.Pix, Stride: 4 * k.W, Rect: image.Rect(0, 0, k.W, k.H)}
	s.view.SetPage(img, k.Width, k.Height, s.scale)
	s.scroll.Refresh()
}

// fit is how many units of the window a point takes.
func (s *pageSheet) fit(width float64) float64 {
	room := float64(s.scroll.Size().Width) - 16
	if room < 100 {
		room = 600
	}
	return room / width * s.p.zoom
}

// resolution is the one that the screen can show, in steps so that a small change of
// the window draws nothing again.
func (s *pageSheet) resolution(width float64) int {
	scale := 1.0
	if c := s.p.g.host.Window().Canvas(); c != nil {
		scale = float64(c.Scale())
	}
	dpi := 72 * s.fit(width) * scale
	return int(min(max(math.Ceil(dpi/20)*20, leastDPI), mostDPI))
}

// boxes shows what is drawn on the page and where its findings are.
func (s *pageSheet) boxes(drawn []review.Drawn, chosen string) {
	out := s.found()
	for _, b := range drawn {
		box := pageview.Box{Key: b.Key, Rect: rectOf(b.Box)}
		if s.clean { // burned in: the outline is for choosing it
			box.Edge = theme.ColorMaskedEdge
		}
		out = append(out, box)
	}
	s.view.SetBoxes(out, chosen)
	if s == s.p.front() {
		s.p.reveal(out, chosen)
	}
}

// found outlines the findings on the page: all of them, or those that are open.
func (s *pageSheet) found() []pageview.Box {
	k := s.p.find(s.shown)
	if k == nil {
		return nil
	}
	states := map[string]review.State{}
	for _, it := range s.p.g.p.Items(s.p.doc) {
		states[it.Key()] = it.State()
	}
	var out []pageview.Box
	for n, key := range k.marks {
		st, ok := states[key]
		if !ok || n >= len(k.Marks) || s.clean && st.Settled() {
			continue
		}
		for _, b := range k.Marks[n] {
			out = append(out, pageview.Box{Key: key, Rect: rectOf(b), Edge: stateName(st)})
		}
	}
	return out
}
