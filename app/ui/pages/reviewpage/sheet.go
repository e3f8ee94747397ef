package reviewpage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/review"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview"
)

// refreshDoc shows the current document with its hits.
func (g *Page) refreshDoc() {
	d := g.p.CurrentDoc()
	if d < 0 {
		return
	}
	doc := g.p.Docs()[d]
	name := doc.Name
	if doc.Row != "" {
		name += "　" + doc.Row
	}
	g.title.SetText(name)
	at, of := g.p.Neighbours()
	g.place.SetText("")
	if of > 0 {
		g.place.SetText(fmt.Sprintf("第 %d/%d 处", at, of))
	}
	g.layout(&doc)
	g.clean.watch(d, &doc)
	g.showSheet(d, &doc)
	g.clean.refresh(&doc)
	g.showDone(d)
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// layout lays a document out that was not shown before.
func (g *Page) layout(doc *review.Doc) {
	if doc.File == g.shown && doc.Document == g.shownDoc && g.flat != nil {
		return
	}
	g.shown, g.shownDoc = doc.File, doc.Document
	g.flat = review.Flatten(doc.Document)
	g.view.SetText(textOr(g.flat.Text, doc))
	g.view.SetHeads(headings(g.flat))
}

// headings are the lines that name the parts.
func headings(f *review.Flat) []docview.Span {
	out := make([]docview.Span, len(f.Heads))
	for i, h := range f.Heads {
		out[i] = docview.Span{Start: h.Start, End: h.End}
	}
	return out
}

// showSheet shows the pages or the text.
func (g *Page) showSheet(d int, doc *review.Doc) {
	c := g.host.Window().Canvas()
	had := slices.Contains(g.faces(), c.Focused())
	paging := g.paging()
	g.showButtons(doc, paging)
	if paging {
		g.halves.Hide()
		g.pane.content.Show()
		g.pane.show(d)
	} else {
		g.pane.content.Hide()
		g.halves.Show()
		g.showText(d)
	}
	if had && !slices.Contains(g.onScreen(), c.Focused()) {
		g.Focus()
	}
}

// faces are all views of a document: whichever has the keyboard, the keys of the page act.
func (g *Page) faces() []fyne.Focusable {
	return []fyne.Focusable{g.view, g.clean.view, g.pane.left.view, g.pane.right.view}
}

// onScreen are the views that are seen, that which takes the keyboard first.
func (g *Page) onScreen() []fyne.Focusable {
	var out []fyne.Focusable
	switch paging := g.paging(); {
	case paging:
		for _, s := range g.pane.sheets() {
			out = append(out, s.view)
		}
	case g.looks == beside:
		out = append(out, g.view, g.clean.view)
	case g.looks == cleaned:
		out = append(out, g.clean.view)
	default:
		out = append(out, g.view)
	}
	return out
}

// showButtons says what else may be looked at.
func (g *Page) showButtons(doc *review.Doc, paging bool) {
	g.sheet.Hidden = !doc.HasPages()
	g.sheet.SetText(withKey("看页面", "Ctrl+G"))
	if paging {
		g.sheet.SetText(withKey("看文字", "Ctrl+G"))
	}
	g.mode.SetText(withKey("处理后", "Ctrl+P"))
	g.side.SetText(withKey("对照", "F7"))
	switch g.looks {
	case cleaned:
		g.mode.SetText(withKey("看原文", "Ctrl+P"))
	case beside:
		g.side.SetText(withKey("收起对照", "F7"))
	}
	g.split()
}

// withKey adds a key to the words of a button. The largest text leaves no room for it on
// the smallest screen.
func withKey(text, key string) string {
	if theme.Size(base.SizeNameText) > theme.New(theme.Large).Size(base.SizeNameText) {
		return text
	}
	return text + " [" + key + "]"
}

func (g *Page) showText(d int) {
	var spans []docview.Span
	g.spanOf, g.itemOf = map[int]int{}, nil
	for _, i := range g.p.Indexes(d) {
		it := g.p.Item(i)
		if it.Unchecked != nil {
			continue
		}
		s, ok := g.flat.Span(it.Finding.Part, it.Finding.Span)
		if !ok || s.Len() == 0 {
			continue
		}
		g.spanOf[i] = len(spans)
		g.itemOf = append(g.itemOf, i)
		spans = append(spans, docview.Span{Start: s.Start, End: s.End, State: viewState(it.State())})
	}
	g.view.SetSpans(spans)
	g.showCurrent()
}

func (g *Page) showCurrent() {
	if i, ok := g.spanOf[g.p.CurrentIndex()]; ok {
		g.view.SetCurrent(i)
		return
	}
	g.view.SetCurrent(-1)
}

// textOr is the text, or the reason why there is none.
func textOr(text []rune, doc *review.Doc) []rune {
	switch {
	case doc.Refused != nil:
		return []rune(doc.Refused.Error())
	case len(text) > 0:
		return text
	case doc.Pending:
		return []rune("正在读取文件，稍候显示原文。")
	}
	return []rune("该文件中没有文字。")
}

func (g *Page) showDone(d int) {
	c := g.p.Counts(d)
	if c.Left() > 0 || g.p.Docs()[d].Refused != nil {
		g.doneBar.Hide()
		return
	}
	g.doneMsg.Text = "✓ 本文件已审完"
	g.doneGo.SetText("下一文件 [Ctrl+Enter]")
	if g.p.Withdrawn(d) {
		g.doneMsg.Text = "× 本文件整件移出，不生成副本"
	}
	if g.p.Counts(-1).Left() == 0 {
		g.doneMsg.Text = "✓ 全部文件已审完，可导出成果"
		g.doneGo.SetText("去导出 [Ctrl+Enter]")
	}
	g.doneMsg.TextSize = theme.Size(base.SizeNameText)
	g.doneMsg.Refresh()
	g.doneBar.Show()
}
