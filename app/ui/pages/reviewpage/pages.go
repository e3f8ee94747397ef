package reviewpage

import (
	"fmt"
	"hash/fnv"
	"image"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/review"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
	"jinggao/app/ui/widget/pageview"
	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
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

	doc      int
	number   int // page shown, from 1
	total    int // 0: not known yet
	zoom     float64
	item     string // file and key of the item whose page was gone to
	revealed string // key of the item whose place was scrolled to
	shown    pictureKey
	wanted   pictureKey
	stop     func()
	kept     []keptPicture // the last few, newest first
}

// pictureKey names a drawn page.
type pictureKey struct {
	file   string
	digest string
	page   int
	dpi    int
	plan   uint64 // what is burned in, 0 for the page itself
	marks  uint64 // the places that were asked for
}

type keptPicture struct {
	pictureKey
	*document.Picture
	marks []string // keys of the items whose places are in Picture.Marks
}

// sameSheet tells whether two pictures show the same, finer or coarser.
func (k pictureKey) sameSheet(o pictureKey) bool {
	k.dpi, k.marks, o.dpi, o.marks = 0, 0, 0, 0
	return k == o
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
	p.picture(&doc)
	p.boxes()
}

// boxes shows what is drawn on the page and where its findings are.
func (p *pagePane) boxes() {
	var out []pageview.Box
	chosen := ""
	if it := p.g.p.Current(); it != nil && it.Doc == p.doc {
		chosen = it.Key()
	}
	clean := p.g.looks != original
	out = append(out, p.found(clean)...)
	drawn := p.g.p.Boxes(p.doc, p.number)
	for _, b := range drawn {
		box := pageview.Box{Key: b.Key, Rect: rectOf(b.Box)}
		if clean { // burned in: the outline is for choosing it
			box.Edge = theme.ColorMaskedEdge
		}
		out = append(out, box)
	}
	switch {
	case clean && p.g.clean.failed != nil:
		p.tip.SetText("处理后：未能生成")
	case clean:
		p.tip.SetText(fmt.Sprintf("处理后：黑框为副本中的遮盖，黄框尚未处理%s", besides(len(drawn))))
	case len(drawn) > 0:
		p.tip.SetText(fmt.Sprintf("本页遮盖框 %d 个；单击选中，Delete 删除", len(drawn)))
	default:
		p.tip.SetText("按住左键拖出遮盖框")
	}
	p.view.SetBoxes(out, chosen)
	p.reveal(out, chosen)
}

// reveal scrolls to the place of an item that has become current.
func (p *pagePane) reveal(boxes []pageview.Box, key string) {
	i := slices.IndexFunc(boxes, func(b pageview.Box) bool { return b.Key == key })
	if key == p.revealed || i < 0 {
		return
	}
	p.revealed = key
	at, size := p.view.Place(boxes[i].Rect)
	room := p.scroll.Size()
	if top := p.scroll.Offset.Y; at.Y < top || at.Y+size.Height > top+room.Height {
		p.scroll.ScrollToOffset(fyne.NewPos(max(at.X+size.Width-room.Width, 0), max(at.Y-room.Height/3, 0)))
	}
}

func besides(drawn int) string {
	if drawn == 0 {
		return ""
	}
	return fmt.Sprintf("；手工遮盖 %d 个", drawn)
}

func rectOf(b document.Box) pageview.Rect {
	return pageview.Rect{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y1}
}

// found outlines the findings on the page: all of them, or those that are open.
func (p *pagePane) found(openOnly bool) []pageview.Box {
	i := slices.IndexFunc(p.kept, func(k keptPicture) bool { return k.pictureKey == p.shown })
	if i < 0 {
		return nil
	}
	states := map[string]review.State{}
	for _, it := range p.g.p.Items(p.doc) {
		states[it.Key()] = it.State()
	}
	var out []pageview.Box
	for n, key := range p.kept[i].marks {
		st, ok := states[key]
		if !ok || n >= len(p.kept[i].Marks) || openOnly && st.Settled() {
			continue
		}
		for _, b := range p.kept[i].Marks[n] {
			out = append(out, pageview.Box{Key: key, Rect: rectOf(b), Edge: stateName(st)})
		}
	}
	return out
}

// picture shows the picture of the page, or has it drawn.
func (p *pagePane) picture(doc *review.Doc) {
	what, keys, key, known := p.wish(doc)
	if !known { // what is burned in is being worked out
		p.view.SetMessage("正在核对处理结果")
		return
	}
	width := float64(usualWidth)
	near := slices.IndexFunc(p.kept, func(k keptPicture) bool { return k.sameSheet(key) })
	if near >= 0 {
		width = p.kept[near].Width
	}
	key.dpi = p.resolution(width)
	what.DPI = key.dpi
	if key == p.shown {
		p.view.SetMessage("")
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
	if near >= 0 {
		p.put(p.kept[near].pictureKey, p.kept[near].Picture) // until the right one is there
	} else {
		if p.shown.file != key.file || p.shown.page != key.page {
			p.view.SetPage(nil, usualWidth, 842, float32(p.fit(usualWidth)))
			p.shown = pictureKey{}
		}
		p.view.SetMessage(fmt.Sprintf("正在绘制第 %d 页", p.number))
	}
	p.ask(doc, key, what, keys)
}

// wish says what is to be drawn; known is false while the decisions are worked out.
func (p *pagePane) wish(doc *review.Doc) (what document.Drawing, keys []string, key pictureKey, known bool) {
	what = document.Drawing{Page: p.number}
	key = pictureKey{file: doc.File, digest: doc.SHA256, page: p.number}
	part := fmt.Sprintf("page/%d", p.number)
	for _, it := range p.g.p.Items(p.doc) {
		if f := &it.Finding; it.Unchecked == nil && f.Part == part && f.Len() > 0 {
			what.Marks = append(what.Marks, document.Edit{Part: part, Span: f.Span})
			keys = append(keys, it.Key())
		}
	}
	key.marks = hash(keys)
	if p.g.looks == original {
		return what, keys, key, true
	}
	text := p.g.clean.text
	if text == nil || p.g.clean.file != doc.File || text.Preview.Withheld != nil {
		return what, keys, key, p.g.clean.file == doc.File && text != nil // a withheld page is shown as it is
	}
	what.Clean = true
	for _, e := range text.Preview.Plan.Edits {
		if e.Part == part {
			what.Plan.Edits = append(what.Plan.Edits, e)
		}
	}
	for _, b := range p.g.p.Boxes(p.doc, p.number) {
		what.Plan.Boxes = append(what.Plan.Boxes, b.Box)
	}
	key.plan = hash(what.Plan) | 1
	return what, keys, key, true
}

func hash(v any) uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%v", v) // a hash takes everything
	return h.Sum64()
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

func (p *pagePane) ask(doc *review.Doc, key pictureKey, what document.Drawing, keys []string) {
	if p.stop != nil {
		p.stop()
	}
	p.wanted = key
	p.stop = p.g.s.DrawPage(doc, what, func(pic *document.Picture, err error) {
		if p.wanted != key {
			return
		}
		p.wanted = pictureKey{}
		if err != nil {
			p.view.SetMessage(document.AsRefusal(err).Error())
			return
		}
		p.kept = append([]keptPicture{{key, pic, keys}}, p.kept[:min(len(p.kept), keepPictures-1)]...)
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
	p.doc, p.number, p.total, p.item, p.revealed = 0, 1, 0, "", ""
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
	onlyThere := it != nil && it.Page() > 0 && (it.Unchecked != nil || redact.IsBox(it.Key()))
	return g.pagesOn || onlyThere && !g.textOn
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
