// Package reviewpage shows page ③ 敏感信息审核: the finding list, the document with
// its hits, and the card that says why. What may be decided and what comes next
// is the presenter's (app/ui/review).
package reviewpage

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/export"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview"
	"jinggao/app/ui/widget/ime"
	"jinggao/sanitize/document"
)

// Scope is the scope of the bare keys: they act while the document view has the keyboard.
const Scope keymap.Scope = "review"

// listWidth is the width of the finding list at the standard text size.
const listWidth = 292

// Page is page ③.
type Page struct {
	// Choices are those of page ④, by which the copies will be made; nil: the usual ones.
	Choices func() export.Options

	host page.Host
	s    *session.Session
	p    *review.Presenter

	list   *widget.List
	rows   []review.Row
	show   *widget.Select
	search *ime.Entry
	tally  *widget.Label
	second *widget.Button // 复核人确认

	title   *widget.Label
	place   *widget.Label
	mode    *widget.Button
	side    *widget.Button
	view    *docview.View
	doneBar *fyne.Container
	doneMsg *canvas.Text
	doneGo  *widget.Button // to the next file, or to the export
	empty   *fyne.Container
	work    fyne.CanvasObject

	card *card

	pane    *pagePane
	sheet   *widget.Button // changes between text and pages
	pagesOn bool           // pages in place of the text where there are any
	textOn  bool           // text even for items that only the picture shows

	looks    mode
	clean    *cleanPane
	numbers  *export.Numbers // of names, as the export would give them
	caption  *widget.Label   // over the original, beside the other
	halves   *fyne.Container
	index    fyne.CanvasObject // the finding list and what belongs to it
	shownDoc *document.Document
	shown    string // file key of the shown document
	flat     *review.Flat
	spanOf   map[int]int // item index → index of its hit in the view
	itemOf   []int       // the way back
	last     int         // last reason for 忽略
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(h page.Host) *Page { return &Page{host: h} }

// Build makes the content.
func (g *Page) Build() fyne.CanvasObject {
	g.card = newCard(g)
	g.index = wide(g.buildList(), listWidth)
	g.work = container.NewBorder(nil, nil, g.index, g.card.content, container.New(&inset{left: 4, right: 4}, g.buildDoc()))
	g.empty = emptyState("尚无可审核的附件", "先在“附件材料”中添加文件，扫描后在此逐条审核。", widget.NewButton("前往附件材料", func() { g.host.Goto(page.Attach) }))
	return container.NewStack(g.work, g.empty)
}

func emptyState(head, text string, action fyne.CanvasObject) *fyne.Container {
	h := widget.NewLabelWithStyle(head, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	return container.NewCenter(container.NewVBox(h, widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{}), container.NewCenter(action)))
}

func (g *Page) buildList() fyne.CanvasObject {
	g.show = widget.NewSelect(review.Shows(), func(string) { g.refilter() })
	g.show.Selected = review.Shows()[0]
	g.search = ime.NewEntry()
	g.search.PlaceHolder = "查找词语、规则"
	g.search.OnChanged = func(string) { g.refilter() }
	g.search.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF3, fyne.KeyDown:
			g.p.Step(1)
			g.refresh()
			g.Focus()
		case fyne.KeyEscape:
			g.search.SetText("")
			g.Focus()
		case fyne.KeyF6:
			g.Focus()
		default:
			return false
		}
		return true
	}
	g.list = widget.NewList(func() int { return len(g.rows) },
		func() fyne.CanvasObject { return newListRow() },
		func(id widget.ListItemID, o fyne.CanvasObject) {
			if id < len(g.rows) {
				r := g.rows[id]
				o.(*listRow).set(r, r.Kind == review.ItemRow && r.Item == g.p.CurrentIndex())
			}
		})
	g.list.HideSeparators = true
	g.list.OnSelected = g.tapRow
	g.tally = widget.NewLabel("")
	g.tally.Wrapping = fyne.TextWrapWord
	g.second = widget.NewButton("复核人确认…", func() { g.host.Keys().Run("review.confirm") })
	head := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(theme.Size(base.SizeNameText)*7.4, g.show.MinSize().Height), g.show), nil, g.search)
	return container.NewBorder(head, container.NewVBox(g.tally, g.second), nil, nil, paper(g.list))
}

// wide keeps an object at least so wide, in units of the standard text size.
func wide(o fyne.CanvasObject, w float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(wideOf(w), 0))
	return container.NewStack(r, o)
}

func wideOf(w float32) float32 { return w * (1 + theme.Size(base.SizeNameText)/14) / 2 }

func paper(o fyne.CanvasObject) fyne.CanvasObject {
	edge := canvas.NewRectangle(nil) // over the rows of a list
	edge.StrokeColor, edge.StrokeWidth = theme.Color(base.ColorNameSeparator), 1
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.ColorPaper)), o, edge)
}

func (g *Page) buildDoc() fyne.CanvasObject {
	g.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	g.title.Truncation = fyne.TextTruncateEllipsis
	g.place = widget.NewLabel("")
	g.mode = widget.NewButton("", func() { g.host.Keys().Run("review.preview") })
	g.side = widget.NewButton("", func() { g.host.Keys().Run("review.beside") })
	prev := widget.NewButton("‹", func() { g.host.Keys().Run("review.prevdoc") })
	next := widget.NewButton("›", func() { g.host.Keys().Run("review.nextdoc") })
	g.sheet = widget.NewButton("", func() { g.host.Keys().Run("review.pages") })
	g.pane = newPagePane(g)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(g.place, prev, next, g.sheet, g.side, g.mode), g.title)
	g.view = g.newView()
	g.view.OnHit = g.tapHit
	g.view.OnSelect = func(_, _ int) { g.card.refreshButtons() }
	g.view.Menu = g.menu
	g.clean = newCleanPane(g)
	g.caption = newCaption()
	g.caption.SetText("原文")
	g.halves = container.New(&halves{}, container.NewBorder(g.caption, nil, nil, nil, g.view), g.clean.content)
	g.doneMsg = canvas.NewText("", theme.Color(base.ColorNameSuccess))
	g.doneGo = widget.NewButton("", func() { g.host.Keys().Run("review.filedone") })
	g.doneBar = container.NewBorder(nil, nil, vcentre(g.doneMsg), g.doneGo)
	return container.NewBorder(head, g.doneBar, nil, nil, container.NewStack(g.halves, g.pane.content))
}

// newView makes a document view whose keys are those of the page.
func (g *Page) newView() *docview.View {
	v := docview.New()
	v.OnKey = func(k *fyne.KeyEvent) bool {
		return g.host.Keys().TypedKey(Scope, k.Name, keymap.Modifiers())
	}
	v.OnRune = func(r rune) bool { return g.host.Keys().TypedRune(Scope, r) }
	v.OnShortcut = func(sc fyne.Shortcut) bool { return g.host.Keys().TypedShortcut(Scope, sc) }
	v.OnFocus = func(on bool) { platform.EnableInputMethod(ime.WindowHandle(g.host.Window()), !on) }
	return v
}

func vcentre(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewPadded(container.NewVBox(o))
}

// Open gives the page a case.
func (g *Page) Open(s *session.Session) {
	g.s, g.p = s, nil
	g.shownDoc, g.shown, g.looks = nil, "", original
	g.clean.forget()
	g.pagesOn, g.textOn = false, false
	g.pane.forget()
	g.numbers = nil
	if s == nil {
		return
	}
	g.numbers = export.NewNumbers(s)
	g.p = s.Review()
	g.p.Advance = g.host.Prefs().Advance()
}

// Show brings the page up to date and takes the keyboard.
func (g *Page) Show() {
	if g.s == nil {
		return
	}
	g.s.ReadAll()
	if g.p.Current() == nil || g.p.Current().State().Settled() {
		g.p.NextOpen(true)
	}
	g.refresh()
	g.Focus()
}

// Changed brings the page up to date after a change of the case.
func (g *Page) Changed(session.What) { g.refresh() }

// Focus gives the document view the keyboard.
func (g *Page) Focus() {
	if g.host.Dialogs().Open() {
		return
	}
	g.host.Window().Canvas().Focus(g.onScreen()[0])
}

// View is the document view, for tests and the self-test.
func (g *Page) View() *docview.View { return g.view }

// Reload brings the page up to date at the place of an undone step.
func (g *Page) Reload(file string, fingerprints []string) {
	if g.p == nil {
		return
	}
	for _, fp := range fingerprints {
		if g.p.SelectKey(file, fp) {
			break
		}
	}
	g.refresh()
}

func (g *Page) refilter() {
	if g.p == nil {
		return
	}
	show := 0
	for i, w := range review.Shows() {
		if w == g.show.Selected {
			show = i
		}
	}
	g.p.SetFilter(review.Filter{Show: review.Show(show), Text: g.search.Text})
	g.refreshList()
}

// refresh shows what the presenter holds.
func (g *Page) refresh() {
	if g.p == nil || g.view == nil {
		return
	}
	if len(g.p.Docs()) == 0 {
		g.work.Hide()
		g.empty.Show()
		return
	}
	g.empty.Hide()
	g.work.Show()
	g.refreshList()
	g.refreshDoc()
	g.card.refresh()
}

func (g *Page) refreshList() {
	g.rows = g.p.Rows()
	g.list.Refresh()
	for i, r := range g.rows {
		if r.Kind == review.ItemRow && r.Item == g.p.CurrentIndex() {
			g.list.ScrollTo(i)
			break
		}
	}
	c := g.p.Counts(-1)
	g.tally.SetText(c.Progress())
	if c.Waiting > 0 {
		g.second.SetText(fmt.Sprintf("复核人确认 %d 处 [6]", c.Waiting))
		g.second.Show()
	} else {
		g.second.Hide()
	}
}

func (g *Page) tapRow(id widget.ListItemID) {
	g.list.UnselectAll()
	if id >= len(g.rows) {
		return
	}
	r := g.rows[id]
	switch r.Kind {
	case review.ItemRow:
		g.p.Select(r.Item)
	case review.FileRow, review.FoldRow:
		g.p.Toggle(r)
	}
	g.refresh()
	g.Focus()
}

func (g *Page) tapHit(span int) {
	if span < len(g.itemOf) {
		g.p.Select(g.itemOf[span])
		g.refresh()
	}
}
