// Package normal makes the view that detection reads: the text with width,
// traditional characters, invisible characters and listed spellings folded away,
// and an exact map back to the original runes.
package normal

import "jinggao/sanitize/document"

// View is a normalised text with its way back. Text[i] came from Source[at[i]].
type View struct {
	Source []rune // the original text
	Text   []rune // what is matched
	at     []int32
}

// Original maps a span of Text to the span of Source that it came from: from the
// source of its first rune to just after the source of its last.
func (v *View) Original(s document.Span) document.Span {
	if s.Start >= s.End || s.Start >= len(v.at) {
		n := len(v.Source)
		if s.Start < len(v.at) {
			n = int(v.at[s.Start])
		}
		return document.Span{Start: n, End: n}
	}
	return document.Span{Start: int(v.at[s.Start]), End: int(v.at[s.End-1]) + 1}
}
