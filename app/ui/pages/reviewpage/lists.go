package reviewpage

import (
	"strings"
	"unicode/utf8"

	"jinggao/app/ui/review"
)

// longestWord is the longest text that a list can take, in runes.
const longestWord = 64

// allowable tells whether what was found can stand in an allow list: a word or phrase
// in the open, not a place that hides something.
func allowable(it *review.Item) bool {
	return it != nil && it.Finding.Hidden == "" && listable(it.Finding.Text)
}

func listable(text string) bool {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	return n >= 2 && n <= longestWord && !strings.ContainsAny(text, "\r\n\t")
}

// allowWord asks for an allow-list entry for what was found.
func (g *Page) allowWord() {
	if it := g.item(); allowable(it) {
		g.host.AllowWord(it.Finding.Text, it.Finding.Rule)
	}
}

// listWord asks for a word-list entry for what is selected in the document.
func (g *Page) listWord() {
	a, b, ok := g.view.Selection()
	if !ok || g.flat == nil {
		return
	}
	text := g.flat.Text
	if a < 0 || b > len(text) || !listable(string(text[a:b])) {
		g.host.Say("所选文字须为 2 至 64 个字，且在一行之内")
		return
	}
	g.host.ListWord(string(text[a:b]))
}
