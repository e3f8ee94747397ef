package reviewpage

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/widget/pageview"
	"jinggao/sanitize/redact"
)

// paging tells whether pages are shown in place of the text.
func (g *Page) paging() bool {
	if !g.hasPages() {
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

// offerSecond shows a button for 复核人确认 while the finding list, which has one, is away.
func (g *Page) offerSecond(b *widget.Button) {
	n := g.p.Counts(-1).Waiting
	b.SetText(fmt.Sprintf("复核人确认 %d 处 [6]", n))
	if hide := g.looks != beside || n == 0; hide != b.Hidden {
		b.Hidden = hide
		b.Refresh()
	}
}

// Pages is the picture of the page, for tests and the self-test.
func (g *Page) Pages() *pageview.View { return g.pane.left.view }

// CleanPages is the picture of the page as the copy will show it, for tests.
func (g *Page) CleanPages() *pageview.View { return g.pane.right.view }
