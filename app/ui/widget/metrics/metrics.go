// Package metrics measures text rune by rune and remembers the widths: measuring
// whole strings through the window library is too slow for long documents.
package metrics

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Face knows the widths of one typeface in one size and style. It is to be used on
// the UI goroutine only and made anew when the theme changes.
type Face struct {
	Size   float32
	Style  fyne.TextStyle
	Height float32 // of a line of text without spacing

	ascii [128]float32 // 0: not measured yet
	han   float32      // all of U+3400–U+9FFF have one width
	more  map[rune]float32
}

// New measures a face of the theme in force.
func New(size float32, style fyne.TextStyle) *Face {
	f := &Face{Size: size, Style: style, more: map[rune]float32{}}
	f.han = f.measure('国')
	f.Height = fyne.MeasureText("国", size, style).Height
	return f
}

// measure takes the mean of several, because one alone may be rounded.
func (f *Face) measure(r rune) float32 {
	const n = 8
	return fyne.MeasureText(strings.Repeat(string(r), n), f.Size, f.Style).Width / n
}

// Advance is the width of a rune. Control characters have none.
func (f *Face) Advance(r rune) float32 {
	switch {
	case r < 0x20 || r == 0x7F:
		return 0
	case r < 0x7F:
		w := f.ascii[r]
		if w == 0 {
			w = f.measure(r)
			f.ascii[r] = w
		}
		return w
	case r >= 0x3400 && r <= 0x9FFF:
		return f.han
	}
	w, ok := f.more[r]
	if !ok {
		w = f.measure(r)
		f.more[r] = w
	}
	return w
}

// Width is the width of a text on one line.
func (f *Face) Width(text string) float32 {
	var w float32
	for _, r := range text {
		w += f.Advance(r)
	}
	return w
}

// Fit returns the text, cut with … if it is wider than the room. Line breaks are
// shown as ⏎.
func (f *Face) Fit(text string, room float32) string {
	if strings.ContainsAny(text, "\r\n\t") {
		text = strings.NewReplacer("\r\n", "⏎", "\n", "⏎", "\r", "⏎", "\t", " ").Replace(text)
	}
	var w float32
	dots := f.Advance('…')
	cut := 0
	for i, r := range text {
		if w+dots <= room {
			cut = i
		}
		w += f.Advance(r)
		if w > room {
			return text[:cut] + "…"
		}
	}
	return text
}
