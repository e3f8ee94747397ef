package reviewpage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/widget/pageview"
	"jinggao/sanitize/document"
)

// pagePane shows the pages of a PDF: to look at what no program has read, to draw boxes
// over what must not be seen, and to see beforehand what the copy will show. The page
// and the page of the copy stand side by side, or one of them alone.
type pagePane struct {
	g       *Page
	left    *pageSheet // the page as it is
	right   *pageSheet // as the copy will show it
	halves  *fyne.Container
	place   *widget.Label
	tip     *widget.Label
	heads   *fyne.Container // bar, and note beside it
	noteBar *fyne.Container
	note    *widget.Label  // over the page of the copy, where both are shown
	second  *widget.Button // 复核人确认, while the finding list is away
	content *fyne.Container

	doc      int
	number   int // page shown, from 1
	total    int // 0: not known yet
	zoom     float64
	item     string // file and key of the item whose page was gone to
	revealed string // key of the item whose place was scrolled to
	moving   bool   // one page is following the other
	kept     []*keptPicture
}

// keptPicture is a drawn page in memory.
type keptPicture struct {
	pictureKey
	*document.Picture
	marks []string // keys of the items whose places are in Picture.Marks
}

// keepPictures is how many pictures are kept: those on the screen, or that one and the
// last before it.
const keepPictures = 2

var zooms = []float64{0.5, 0.75, 1, 1.5, 2, 3}

func newPagePane(g *Page) *pagePane {
	p := &pagePane{g: g, place: widget.NewLabel(""), tip: newCaption(), note: newCaption(), zoom: 1, number: 1}
	p.left, p.right = newPageSheet(p, false), newPageSheet(p, true)
	button := func(text string, id keymap.ID) *widget.Button {
		return widget.NewButton(text, func() { g.host.Keys().Run(id) })
	}
	bar := container.NewBorder(nil, nil,
		container.NewHBox(button("‹", "review.prevpage"), p.place, button("›", "review.nextpage"), button("－", "review.smaller"), button("＋", "review.larger")),
		nil, p.tip)
	p.second = widget.NewButton("", func() { g.host.Keys().Run("review.confirm") })
	p.second.Hide()
	p.noteBar = container.NewBorder(nil, nil, nil, p.second, p.note)
	p.noteBar.Hide()
	p.right.content.Hide()
	p.heads = container.New(&halves{}, bar, p.noteBar)
	p.halves = container.New(&fitting{p: p}, p.left.content, p.right.content)
	p.content = container.NewBorder(p.heads, nil, nil, nil, p.halves)
	return p
}

// fitting lays the pages out and has them fitted again when the room for them changes.
type fitting struct {
	halves
	p     *pagePane
	width float32
}

func (f *fitting) Layout(o []fyne.CanvasObject, s fyne.Size) {
	f.halves.Layout(o, s)
	if s.Width == f.width {
		return
	}
	f.width = s.Width
	if g := f.p.g; g.s != nil {
		g.s.Post(func() {
			if g.paging() {
				f.p.show(f.p.doc)
			}
		})
	}
}

// front is the sheet that has the keyboard as a rule.
func (p *pagePane) front() *pageSheet {
	if p.g.looks == cleaned {
		return p.right
	}
	return p.left
}

// sheets are those on the screen.
func (p *pagePane) sheets() []*pageSheet {
	switch p.g.looks {
	case beside:
		return []*pageSheet{p.left, p.right}
	case cleaned:
		return []*pageSheet{p.right}
	}
	return []*pageSheet{p.left}
}

// arrange shows one page or both.
func (p *pagePane) arrange() {
	left, right, both := p.g.looks != cleaned, p.g.looks != original, p.g.looks == beside
	if p.left.content.Hidden == !left && p.right.content.Hidden == !right && p.noteBar.Hidden == !both {
		return
	}
	p.left.content.Hidden, p.right.content.Hidden, p.noteBar.Hidden = !left, !right, !both
	p.heads.Refresh()
	p.halves.Refresh()
	for _, s := range []*pageSheet{p.left, p.right} {
		if s.content.Hidden {
			s.clear(usualWidth, usualHeight)
		}
	}
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
	p.arrange()
	for _, s := range p.sheets() {
		s.picture(&doc)
	}
	p.trim()
	p.boxes()
	p.follow(p.left)
}

// boxes shows the boxes on the sheets, and says what is to be seen.
func (p *pagePane) boxes() {
	chosen := ""
	if it := p.g.p.Current(); it != nil && it.Doc == p.doc {
		chosen = it.Key()
	}
	drawn := p.g.p.Boxes(p.doc, p.number)
	for _, s := range p.sheets() {
		s.boxes(drawn, chosen)
	}
	tip := "按住左键拖出遮盖框"
	if len(drawn) > 0 {
		tip = fmt.Sprintf("本页遮盖框 %d 个；单击选中，Delete 删除", len(drawn))
	}
	worth := "处理后" + p.worth()
	switch p.g.looks {
	case cleaned:
		tip = worth
	case beside:
		tip = "原页面：" + tip
	}
	p.tip.SetText(tip)
	p.note.SetText(worth)
	p.g.offerSecond(p.second)
}

// worth says what the page as the copy will show it is worth.
func (p *pagePane) worth() string {
	c := p.g.clean
	doc := p.g.p.Docs()[p.doc]
	open := 0
	for _, it := range p.g.p.Items(p.doc) {
		if it.Unchecked == nil && it.Page() == p.number && !it.State().Settled() {
			open++
		}
	}
	switch {
	case !c.current(&doc):
		return "：正在核对"
	case c.failed != nil:
		return "：未能生成"
	case c.text.Preview.Withheld != nil:
		return "：不生成副本"
	case !c.text.Preview.Tried:
		return "：正在核对"
	case open > 0:
		return fmt.Sprintf("：黑框为副本中的遮盖，黄框 %d 处尚未处理", open)
	}
	return "：副本中这一页将是这样，黑框为遮盖"
}

// reveal scrolls to the place of an item that has become current.
func (p *pagePane) reveal(boxes []pageview.Box, key string) {
	i := slices.IndexFunc(boxes, func(b pageview.Box) bool { return b.Key == key })
	if key == p.revealed || i < 0 {
		return
	}
	p.revealed = key
	s := p.front()
	at, size := s.view.Place(boxes[i].Rect)
	room := s.scroll.Size()
	if top := s.scroll.Offset.Y; at.Y < top || at.Y+size.Height > top+room.Height {
		s.scroll.ScrollToOffset(fyne.NewPos(max(at.X+size.Width-room.Width, 0), max(at.Y-room.Height/3, 0)))
		p.follow(s)
	}
}

// follow moves the other page to where one is.
func (p *pagePane) follow(from *pageSheet) {
	if p.moving || p.g.looks != beside {
		return
	}
	to := p.left
	if from == p.left {
		to = p.right
	}
	if to.scroll.Offset == from.scroll.Offset {
		return
	}
	p.moving = true
	defer func() { p.moving = false }()
	to.scroll.ScrollToOffset(from.scroll.Offset)
}

func rectOf(b document.Box) pageview.Rect {
	return pageview.Rect{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y1}
}

// find gives the picture of a key, or one of the same that is finer or coarser; nil if
// there is none.
func (p *pagePane) find(key pictureKey) *keptPicture {
	var near *keptPicture
	for _, k := range p.kept {
		if k.pictureKey == key {
			return k
		}
		if near == nil && k.sameSheet(key) {
			near = k
		}
	}
	return near
}

// pageSize is the size of a page in points, as far as it is known.
func (p *pagePane) pageSize(key pictureKey) (width, height float64) {
	for _, k := range p.kept {
		if k.samePage(key) {
			return k.Width, k.Height
		}
	}
	return usualWidth, usualHeight
}

// drawn takes a new picture.
func (p *pagePane) drawn(s *pageSheet, k *keptPicture) {
	p.kept = append([]*keptPicture{k}, p.kept...)
	if p.number == k.page && p.g.paging() && s.visible() {
		s.put(k)
		p.show(p.doc)
	}
	p.trim()
}

// trim lets go of the oldest pictures that are not on the screen.
func (p *pagePane) trim() {
	for i := len(p.kept) - 1; i >= 0 && len(p.kept) > keepPictures; i-- {
		if key := p.kept[i].pictureKey; key != p.left.shown && key != p.right.shown {
			p.kept = slices.Delete(p.kept, i, i+1)
		}
	}
}

// forget lets go of pictures of another case.
func (p *pagePane) forget() {
	p.kept = nil
	p.left.forget()
	p.right.forget()
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
	p.left.scroll.ScrollToTop()
	p.right.scroll.ScrollToTop()
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
	for _, s := range p.sheets() {
		if k := p.find(s.shown); k != nil {
			s.put(k) // larger or smaller at once
		}
	}
	p.g.refresh()
}
