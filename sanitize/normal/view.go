// Package normal makes the view that detection reads: the text with width,
// traditional characters, invisible characters and compatibility forms folded
// away, and an exact map back to the original runes.
//
//	source   機 ZWSP 密 ★ １ ０ 年 Ⅳ
//	         │       │  │ │  │  │  ├┐
//	text     机      密 ★ 1  0  年 i v      at = 0 2 3 4 5 6 7 7
//
// Folding goes rune by rune: one source rune becomes none (invisible), one, or
// several view runes; two source runes never melt into one, so digits that
// stand apart stay apart. Circled digits are left alone here and open only in
// the view that Digits returns.
package normal

import (
	"sort"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

// View is a normalised text with its way back. Text[i] came from Source[at[i]].
// A View is read-only once made and safe for concurrent readers.
type View struct {
	Source []rune // the original text
	Text   []rune // what is matched
	at     []int32
}

// New folds a text.
func New(text string) *View {
	v := &View{}
	v.Renew(text)
	return v
}

// Renew makes v the view of another text, in the memory that it has. Nobody may
// hold anything of the old one.
func (v *View) Renew(text string) {
	t := defaultTable()
	if n := utf8.RuneCountInString(text); n > cap(v.Source) || n > cap(v.Text) {
		v.Source, v.Text, v.at = make([]rune, 0, n), make([]rune, 0, n), make([]int32, 0, n)
	}
	v.Source, v.Text, v.at = v.Source[:0], v.Text[:0], v.at[:0]
	one := t.one
	i := int32(0)
	for _, r := range text {
		v.Source = append(v.Source, r)
		if r < 1<<16 {
			if c := one[r]; c < manyRunes {
				v.Text = append(v.Text, rune(c))
				v.at = append(v.at, i)
				i++
				continue
			}
		}
		v.fold(t, r, i)
		i++
	}
}

// fold appends what the table makes of the source rune r at index i.
func (v *View) fold(t *table, r rune, i int32) {
	one, many, kind := t.look(r)
	switch kind {
	case foldsToNone:
	case foldsToMany:
		for _, m := range many {
			v.Text = append(v.Text, m)
			v.at = append(v.at, i)
		}
	default:
		v.Text = append(v.Text, one)
		v.at = append(v.at, i)
	}
}

// Original maps a span of Text to the span of Source that it came from: from the
// source of its first rune to just after the source of its last. A span outside
// of Text is cut to it.
func (v *View) Original(s document.Span) document.Span {
	s = v.clip(s)
	if s.Start >= s.End {
		n := len(v.Source)
		if s.Start < len(v.at) {
			n = int(v.at[s.Start])
		}
		return document.Span{Start: n, End: n}
	}
	return document.Span{Start: int(v.at[s.Start]), End: int(v.at[s.End-1]) + 1}
}

// Normal maps a span of Source to the span of Text that came from it. A span of
// nothing but invisible runes gives an empty span where they stood.
func (v *View) Normal(s document.Span) document.Span {
	start := sort.Search(len(v.at), func(i int) bool { return int(v.at[i]) >= s.Start })
	end := start + sort.Search(len(v.at)-start, func(i int) bool { return int(v.at[start+i]) >= s.End })
	return document.Span{Start: start, End: end}
}

// At is the index in Source that Text[i] came from; len(Source) past the end.
func (v *View) At(i int) int {
	if i < 0 {
		return 0
	}
	if i >= len(v.at) {
		return len(v.Source)
	}
	return int(v.at[i])
}

// String gives the normalised text of a span of Text.
func (v *View) String(s document.Span) string {
	s = v.clip(s)
	if s.Start >= s.End {
		return ""
	}
	return string(v.Text[s.Start:s.End])
}

// SourceString gives the original text behind a span of Text.
func (v *View) SourceString(s document.Span) string {
	o := v.Original(s)
	return string(v.Source[o.Start:o.End])
}

func (v *View) clip(s document.Span) document.Span {
	s.Start = min(max(s.Start, 0), len(v.at))
	s.End = min(max(s.End, 0), len(v.at))
	return s
}
