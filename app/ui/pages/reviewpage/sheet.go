package reviewpage

import (
	"fmt"

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
	if g.preview {
		g.mode.SetText("看原文 [Ctrl+P]")
	} else {
		g.mode.SetText("脱敏后预览 [Ctrl+P]")
	}
	g.showSheet(d, &doc)
	g.showDone(d)
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// showSheet shows the pages or the text.
func (g *Page) showSheet(d int, doc *review.Doc) {
	paging := g.paging()
	g.sheet.Hidden, g.mode.Hidden = !doc.HasPages(), paging
	if paging {
		g.sheet.SetText("看文字 [Ctrl+G]")
		had := g.host.Window().Canvas().Focused() == fyne.Focusable(g.view)
		g.view.Hide()
		g.pane.content.Show()
		g.pane.show(d)
		if had {
			g.Focus()
		}
		return
	}
	g.sheet.SetText("看页面 [Ctrl+G]")
	had := g.host.Window().Canvas().Focused() == fyne.Focusable(g.pane.view)
	g.pane.content.Hide()
	g.view.Show()
	g.showText(d, doc)
	if had {
		g.Focus()
	}
}

func (g *Page) showText(d int, doc *review.Doc) {
	key := fmt.Sprint(doc.File, g.preview)
	fresh := key != g.shown || doc.Document != g.shownDoc
	g.shown, g.shownDoc = key, doc.Document
	if g.preview {
		g.showPreview(d, doc)
		return
	}
	if fresh {
		g.flat = review.Flatten(doc.Document)
		g.view.SetText(textOr(g.flat.Text, doc))
	}
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

func (g *Page) showPreview(d int, doc *review.Doc) {
	text, marks, _ := review.Preview(doc.Document, g.p.Items(d))
	if g.p.Withdrawn(d) {
		text, marks = []rune("本文件含密级标志，整件移出，不生成脱敏副本。\n请停止使用，交定密责任人处理。"), nil
	}
	top := g.view.TopOffset()
	g.view.SetText(textOr(text, doc))
	g.view.ScrollToOffset(top)
	var spans []docview.Span
	g.spanOf, g.itemOf = map[int]int{}, nil
	idx := g.p.Indexes(d)
	for _, m := range marks {
		i := idx[m.Item]
		g.spanOf[i] = len(spans)
		g.itemOf = append(g.itemOf, i)
		spans = append(spans, docview.Span{Start: m.Start, End: m.End, State: viewState(m.State)})
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
	if g.p.Withdrawn(d) {
		g.doneMsg.Text = "× 本文件整件移出，不生成副本"
	}
	if g.p.Counts(-1).Left() == 0 {
		g.doneMsg.Text = "✓ 全部文件已审完，可导出成果"
	}
	g.doneMsg.TextSize = theme.Size(base.SizeNameText)
	g.doneMsg.Refresh()
	g.doneBar.Show()
}
