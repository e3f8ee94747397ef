package reviewpage

import (
	"fmt"
	"hash/fnv"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/export"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/widget/docview"
	"jinggao/sanitize/document"
)

// mode says which of the two texts of a document is looked at.
type mode int

const (
	original mode = iota
	beside        // both, side by side, scrolled together; the finding list makes room
	cleaned       // as the copy will read
)

// look changes to a mode, or from it back to the original.
func (g *Page) look(m mode) {
	if g.looks == m {
		m = original
	}
	g.looks = m
	g.refresh()
	g.Focus()
}

// split shows one text or both, and the finding list beside one.
func (g *Page) split() {
	both := g.looks == beside
	if g.index.Visible() == both {
		if both {
			g.index.Hide()
		} else {
			g.index.Show()
		}
		g.work.Refresh()
	}
	first := g.halves.Objects[0]
	if first.Visible() != (g.looks != cleaned) || g.clean.content.Visible() != (g.looks != original) || g.caption.Visible() != both {
		first.(*fyne.Container).Hidden, g.view.Hidden = g.looks == cleaned, g.looks == cleaned
		g.clean.content.Hidden, g.clean.view.Hidden = g.looks == original, g.looks == original
		g.caption.Hidden = !both
		g.halves.Refresh()
	}
}

// halves shares the width among what is shown.
type halves struct{}

const between = 6

func (*halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, x := range o {
		if x.Visible() {
			m = m.Max(x.MinSize())
		}
	}
	return m
}

func (*halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n, x := float32(0), float32(0)
	for _, x := range o {
		if x.Visible() {
			n++
		}
	}
	w := (s.Width - between*(n-1)) / max(n, 1)
	for _, half := range o {
		if half.Visible() {
			half.Move(fyne.NewPos(x, 0))
			half.Resize(fyne.NewSize(w, s.Height))
			x += w + between
		}
	}
}

func newCaption() *widget.Label {
	l := widget.NewLabel("")
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// cleanPane shows the text as the clean copy will read by the decisions made so far.
// The engine works it out behind the window.
type cleanPane struct {
	g       *Page
	view    *docview.View
	note    *widget.Label
	second  *widget.Button // 复核人确认, while the list is away
	content *fyne.Container

	doc    *document.Document // that was asked about
	file   string
	stamp  uint64 // of the decisions that were asked about
	known  uint64 // of the decisions that text or failed is about
	stop   func()
	text   *review.CleanText // nil: not known yet
	failed error
	keys   []string // of the items of the hits
	moving bool     // one text is following the other
}

func newCleanPane(g *Page) *cleanPane {
	c := &cleanPane{g: g, view: g.newView(), note: newCaption()}
	c.second = widget.NewButton("", func() { g.host.Keys().Run("review.confirm") })
	c.view.OnHit = func(i int) {
		if i < len(c.keys) && c.keys[i] != "" {
			g.p.SelectKey(c.file, c.keys[i])
			g.refresh()
		}
	}
	c.view.Menu = func(_, hit int) *fyne.Menu {
		if hit >= 0 {
			c.view.OnHit(hit)
		}
		return g.menu(0, -1)
	}
	g.view.OnScroll = func() { c.follow(g.view, c.view, (*review.CleanText).There) }
	c.view.OnScroll = func() { c.follow(c.view, g.view, (*review.CleanText).Back) }
	c.content = container.NewBorder(container.NewBorder(nil, nil, nil, c.second, c.note), nil, nil, nil, c.view)
	c.view.Hide()
	c.content.Hide()
	return c
}

// forget lets go of a document of another case.
func (c *cleanPane) forget() {
	if c.stop != nil {
		c.stop()
	}
	c.doc, c.file, c.stamp, c.known, c.stop, c.text, c.failed, c.keys = nil, "", 0, 0, nil, nil, nil, nil
}

// current tells whether text or failed is about a document as it is decided now.
func (c *cleanPane) current(doc *review.Doc) bool {
	return c.doc != nil && c.doc == doc.Document && c.file == doc.File && c.known == c.stamp && (c.text != nil || c.failed != nil)
}

// readable tells whether there is a text to treat.
func readable(doc *review.Doc) bool {
	return doc.Document != nil && !doc.Pending && doc.Refused == nil
}

// watch asks for the text by the decisions of now, where it is to be seen.
func (c *cleanPane) watch(d int, doc *review.Doc) {
	switch {
	case c.g.looks == original:
		return
	case !readable(doc):
		c.forget()
		return
	}
	stamp, book := decisionsOf(c.g.p.Items(d)), c.g.book(doc.File)
	if book != nil {
		stamp = stamp*31 + book.Stamp
	}
	switch {
	case c.doc != doc.Document || c.file != doc.File:
		c.forget()
		c.view.SetText([]rune("正在生成，稍候显示处理后的文字。"))
		c.ask(d, doc, stamp, book)
	case c.stamp != stamp:
		c.ask(d, doc, stamp, book)
	}
}

// refresh brings the pane up to date with what is known.
func (c *cleanPane) refresh(doc *review.Doc) {
	if c.g.looks == original {
		return
	}
	if !readable(doc) {
		c.note.SetText("处理后")
		c.view.SetText(textOr(nil, doc))
		return
	}
	c.show(false)
	c.caption()
}

// decisionsOf tells states of decision apart.
func decisionsOf(items []review.Item) uint64 {
	h := fnv.New64a()
	for i := range items {
		_, _ = fmt.Fprintf(h, "%s\x00", items[i].Key())
		if d := items[i].Decision; d != nil {
			_, _ = fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00", d.Action, d.Text, d.Confirmed, d.Reason)
		}
	}
	return h.Sum64()
}

// book is that by which an export would number the names of a document; nil for none.
func (g *Page) book(file string) *export.Book {
	if g.Choices == nil {
		return nil
	}
	return g.numbers.Book(g.Choices(), file)
}

func (c *cleanPane) ask(d int, doc *review.Doc, stamp uint64, book *export.Book) {
	if c.stop != nil {
		c.stop()
	}
	c.doc, c.file, c.stamp = doc.Document, doc.File, stamp
	var names session.Book
	if book != nil {
		names = book
	}
	c.stop = c.g.s.Preview(d, c.g.flat, names, func(t *review.CleanText, err error) {
		c.text, c.failed, c.known = t, err, stamp
		c.show(true)
		c.caption()
		if c.g.paging() {
			c.g.pane.show(c.g.p.CurrentDoc())
		}
	})
}

// show puts the text and its places on the screen.
func (c *cleanPane) show(changed bool) {
	switch {
	case c.failed != nil:
		c.view.SetText([]rune(document.AsRefusal(c.failed).Error()))
		return
	case c.text == nil:
		return
	}
	if changed {
		c.moving = true // what is put anew is moved to its place below
		c.put()
		c.moving = false
	}
	at := -1
	if it := c.g.p.Current(); it != nil {
		at = slices.Index(c.keys, it.Key())
	}
	c.moving = true
	c.view.SetCurrent(at)
	c.moving = false
	if c.g.looks == beside {
		c.follow(c.g.view, c.view, (*review.CleanText).There)
	}
}

func (c *cleanPane) put() {
	text := c.text.Text
	if r := c.text.Preview.Withheld; r != nil {
		text = []rune("本文件整件移出，不生成脱敏副本。\n" + r.Error())
	}
	if !slices.Equal(text, c.view.Text()) {
		top := c.view.TopOffset()
		c.view.SetText(text)
		c.view.ScrollToOffset(top)
		c.view.SetHeads(headings(c.text.Flat))
	}
	c.keys = c.keys[:0]
	spans := make([]docview.Span, 0, len(c.text.Marks))
	for _, m := range c.text.Marks {
		c.keys = append(c.keys, m.Key)
		spans = append(spans, docview.Span{Start: m.Start, End: m.End, State: viewState(m.State)})
	}
	c.view.SetSpans(spans)
}

// caption says what the text is worth.
func (c *cleanPane) caption() {
	c.g.offerSecond(c.second)
	c.note.SetText("处理后" + c.worth())
}

func (c *cleanPane) worth() string {
	d := c.g.p.CurrentDoc()
	left := c.g.p.Counts(d)
	switch {
	case c.known != c.stamp || c.text == nil && c.failed == nil:
		return "：正在核对"
	case c.failed != nil:
		return "：未能生成"
	case !c.text.Preview.Tried:
		return "：正在核对"
	case c.text.Preview.Withheld != nil:
		return "：不生成副本"
	case left.Open+left.Waiting > left.Unread:
		return fmt.Sprintf("：尚有 %d 处未定，黄色标出", left.Open+left.Waiting-left.Unread)
	case c.doc.Kind == "pdf":
		return "：副本页面上为遮盖框，可看页面"
	}
	return "：副本将写成这样"
}

// follow moves one text to where the other is.
func (c *cleanPane) follow(from, to *docview.View, across func(*review.CleanText, int) int) {
	if c.moving || c.g.looks != beside || c.doc != c.g.shownDoc || c.text == nil || c.text.Preview.Text == nil {
		return
	}
	c.moving = true
	defer func() { c.moving = false }()
	third := float64(from.Size().Height) / 3
	at, above := from.At(third)
	if start, ok := from.CurrentStart(); ok {
		if y, seen := from.Height(start); seen {
			at, third, above = start, y, 0
		}
	}
	to.Align(across(c.text, at), third, above)
}

// Clean is the text as the copy will read, for tests and the self-test.
func (g *Page) Clean() *docview.View { return g.clean.view }
