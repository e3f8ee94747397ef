package reviewpage

import (
	"fmt"
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/review"
	"jinggao/app/ui/widget/ime"
	"jinggao/app/ui/widget/pageview"
	"jinggao/sanitize/document"
)

// pagePane shows the pages of a PDF: to look at what no program has read, and to draw
// boxes over what must not be seen.
type pagePane struct {
	g       *Page
	view    *pageview.View
	scroll  *container.Scroll
	place   *widget.Label
	tip     *widget.Label
	content *fyne.Container

	doc    int
	number int // page shown, from 1
	total  int // 0: not known yet
	zoom   float64
	item   string // file and key of the item whose page was gone to
	shown  pictureKey
	wanted pictureKey
	stop   func()
	kept   []keptPicture // the last few, newest first
}

// pictureKey names a drawn page.
type pictureKey struct {
	file   string
	digest string
	page   int
	dpi    int
}

type keptPicture struct {
	pictureKey
	*document.Picture
}

const (
	keepPictures = 4
	leastDPI     = 50
	mostDPI      = 220
	usualWidth   = 595 // points, until the page is known
)

var zooms = []float64{0.5, 0.75, 1, 1.5, 2, 3}

func newPagePane(g *Page) *pagePane {
	p := &pagePane{g: g, view: pageview.New(), place: widget.NewLabel(""), tip: widget.NewLabel(""), zoom: 1, number: 1}
	p.view.OnKey = func(k *fyne.KeyEvent) bool { return g.host.Keys().TypedKey(Scope, k.Name, keymap.Modifiers()) }
	p.view.OnRune = func(r rune) bool { return g.host.Keys().TypedRune(Scope, r) }
	p.view.OnShortcut = func(s fyne.Shortcut) bool { return g.host.Keys().TypedShortcut(Scope, s) }
	p.view.OnFocus = func(on bool) { platform.EnableInputMethod(ime.WindowHandle(g.host.Window()), !on) }
	p.view.OnDraw = p.draw
	p.view.OnChoose = p.choose
	button := func(text string, id keymap.ID) *widget.Button {
		return widget.NewButton(text, func() { g.host.Keys().Run(id) })
	}
	p.tip.Truncation = fyne.TextTruncateEllipsis
	bar := container.NewBorder(nil, nil,
		container.NewHBox(button("‹", "review.prevpage"), p.place, button("›", "review.nextpage"), button("－", "review.smaller"), button("＋", "review.larger")),
		nil, p.tip)
	p.scroll = container.NewScroll(container.New(layout.NewCenterLayout(), p.view))
	p.content = container.NewBorder(bar, nil, nil, nil, paper(p.scroll))
	return p
}

// show shows the page of the current item, or the one that was last looked at.
func (p *pagePane) show(d int) {
	doc := p.g.p.Docs()[d]
	if d != p.doc {
		p.doc, p.number, p.total = d, 1, 0
	}
	if doc.Document.Pages > 0 {
		p.total = doc.Document.Pages
	}
	if it := p.g.p.Current(); it != nil && it.Doc == d {
		if key := doc.File + "\x00" + it.Key(); key != p.item {
			p.item = key
			if n := it.Page(); n > 0 {
				p.number = n
			}
		}
	}
	if p.total > 0 {
		p.number = min(p.number, p.total)
	}
	p.place.SetText(fmt.Sprintf("第 %d/%d 页", p.number, max(p.total, p.number)))
	p.boxes()
	p.picture(&doc)
}

// boxes shows what is drawn on the page.
func (p *pagePane) boxes() {
	var out []pageview.Box
	chosen := ""
	for _, b := range p.g.p.Boxes(p.doc, p.number) {
		out = append(out, pageview.Box{Key: b.Key, Rect: pageview.Rect{X0: b.Box.X0, Y0: b.Box.Y0, X1: b.Box.X1, Y1: b.Box.Y1}})
		if it := p.g.p.Current(); it != nil && it.Key() == b.Key {
			chosen = b.Key
		}
	}
	p.tip.SetText("按住左键拖出遮盖框")
	if len(out) > 0 {
		p.tip.SetText(fmt.Sprintf("本页遮盖框 %d 个；单击选中，Delete 删除", len(out)))
	}
	p.view.SetBoxes(out, chosen)
}

// picture shows the picture of the page, or has it drawn.
func (p *pagePane) picture(doc *review.Doc) {
	width := float64(usualWidth)
	if k := p.newest(doc, p.number); k != nil {
		width = k.Width
	}
	key := pictureKey{doc.File, doc.SHA256, p.number, p.resolution(width)}
	if key == p.shown {
		return
	}
	for _, k := range p.kept {
		if k.pictureKey == key {
			p.put(k.pictureKey, k.Picture)
			return
		}
	}
	if key == p.wanted {
		return // is being drawn
	}
	if k := p.newest(doc, p.number); k != nil {
		p.put(k.pictureKey, k.Picture) // coarser or finer, until the right one is there
	} else {
		p.view.SetPage(nil, usualWidth, 842, float32(p.fit(usualWidth)))
		p.view.SetMessage(fmt.Sprintf("正在绘制第 %d 页", p.number))
	}
	p.ask(key)
}

// newest is the picture of a page at any resolution.
func (p *pagePane) newest(doc *review.Doc, page int) *keptPicture {
	for i := range p.kept {
		if k := &p.kept[i]; k.file == doc.File && k.digest == doc.SHA256 && k.page == page {
			return k
		}
	}
	return nil
}

// fit is how many units of the window a point takes.
func (p *pagePane) fit(width float64) float64 {
	room := float64(p.scroll.Size().Width) - 16
	if room < 100 {
		room = 600
	}
	return room / width * p.zoom
}

// resolution is the one that the screen can show, in steps so that a small change of
// the window draws nothing again.
func (p *pagePane) resolution(width float64) int {
	scale := 1.0
	if c := p.g.host.Window().Canvas(); c != nil {
		scale = float64(c.Scale())
	}
	dpi := 72 * p.fit(width) * scale
	return int(min(max(math.Ceil(dpi/20)*20, leastDPI), mostDPI))
}

func (p *pagePane) ask(key pictureKey) {
	if p.stop != nil {
		p.stop()
	}
	p.wanted = key
	p.stop = p.g.s.DrawPage(key.file, key.page, key.dpi, func(pic *document.Picture, err error) {
		if p.wanted != key {
			return
		}
		p.wanted = pictureKey{}
		if err != nil {
			p.view.SetMessage(document.AsRefusal(err).Error())
			return
		}
		p.kept = append([]keptPicture{{key, pic}}, p.kept[:min(len(p.kept), keepPictures-1)]...)
		p.total = pic.Pages
		if p.number == key.page && p.g.paging() {
			p.put(key, pic)
			p.show(p.doc)
		}
	})
}

// put puts a picture on the screen.
func (p *pagePane) put(key pictureKey, pic *document.Picture) {
	p.shown = key
	img := &image.RGBA{Pix: pic.Pix, Stride: 4 * pic.W, Rect: image.Rect(0, 0, pic.W, pic.H)}
	p.view.SetPage(img, pic.Width, pic.Height, float32(p.fit(pic.Width)))
	p.view.SetMessage("")
	p.scroll.Refresh()
}

// forget lets go of pictures of another case.
func (p *pagePane) forget() {
	if p.stop != nil {
		p.stop()
	}
	p.kept, p.shown, p.wanted, p.stop = nil, pictureKey{}, pictureKey{}, nil
	p.doc, p.number, p.total, p.item = 0, 1, 0, ""
}

// draw keeps a rectangle.
func (p *pagePane) draw(r pageview.Rect) {
	said, err := p.g.p.DrawBox(p.doc, document.Box{Page: p.number, X0: r.X0, Y0: r.Y0, X1: r.X1, Y1: r.Y1})
	p.g.after(said, err)
}

// choose makes a box the current item.
func (p *pagePane) choose(key string) {
	if key != "" {
		p.g.p.SelectKey(p.g.p.Docs()[p.doc].File, key)
	}
	p.g.refresh()
}

func (p *pagePane) turn(by int) {
	n := p.number + by
	if n < 1 || p.total > 0 && n > p.total {
		p.g.host.Say("已到尽头")
		return
	}
	p.number = n
	p.scroll.ScrollToTop()
	p.g.refresh()
}

func (p *pagePane) resize(by int) {
	at := 0
	for i, z := range zooms {
		if z <= p.zoom {
			at = i
		}
	}
	p.zoom = zooms[min(max(at+by, 0), len(zooms)-1)]
	p.shown = pictureKey{}
	p.g.refresh()
}

// paging tells whether pages are shown in place of the text.
func (g *Page) paging() bool {
	if g.p == nil || g.p.CurrentDoc() < 0 || !g.p.Docs()[g.p.CurrentDoc()].HasPages() {
		return false
	}
	it := g.p.Current()
	return g.pagesOn || it != nil && it.Unchecked != nil && it.Page() > 0 && !g.textOn
}

// hasPages tells whether there are pages to look at.
func (g *Page) hasPages() bool {
	return g.p != nil && g.p.CurrentDoc() >= 0 && g.p.Docs()[g.p.CurrentDoc()].HasPages()
}

// togglePages changes between the text and the pages.
func (g *Page) togglePages() {
	on := !g.paging()
	g.pagesOn, g.textOn = on, !on
	g.refresh()
	g.Focus()
}

// pageCommands are the commands of the page pictures.
func (g *Page) pageCommands(k func(id keymap.ID, label string, enabled func() bool, run func(), keys ...keymap.Key) keymap.Command) []keymap.Command {
	return []keymap.Command{
		k("pages", "看页面、看文字切换", g.hasPages, g.togglePages, keymap.Ctrl(fyne.KeyG)),
		k("nextpage", "下一页", g.paging, func() { g.pane.turn(1) }, keymap.Press(fyne.KeyPageDown)),
		k("prevpage", "上一页", g.paging, func() { g.pane.turn(-1) }, keymap.Press(fyne.KeyPageUp)),
		k("larger", "放大页面", g.paging, func() { g.pane.resize(1) }, keymap.Char('+')),
		k("smaller", "缩小页面", g.paging, func() { g.pane.resize(-1) }, keymap.Char('-')),
	}
}

// Pages is the picture of the page, for tests and the self-test.
func (g *Page) Pages() *pageview.View { return g.pane.view }
