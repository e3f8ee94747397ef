package detect

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/normal"
)

// gapReach is how far a closed stretch goes to either side of a gap, in runes.
const gapReach = 10

// gapAt gives the length of a gap that begins at i: one or two signs or blanks
// between two Han characters, no empty line; 0 if there is none.
func gapAt(t []rune, i int) int {
	if i == 0 || !isHan(t[i-1]) || !isGapSign(t[i]) {
		return 0
	}
	if n := blankGap(t, i); n > 2 {
		return n
	}
	n := 1
	if i+1 < len(t) && isGapSign(t[i+1]) {
		if t[i] == '\n' && t[i+1] == '\n' {
			return 0
		}
		n = 2
	}
	if i+n >= len(t) || !isHan(t[i+n]) {
		return 0
	}
	return n
}

// widestGap is how many blanks may part two characters that stand by themselves.
const widestGap = 8

// blankGap is the number of blanks at i where they part characters that stand alone on
// either side, as letter-spaced words do: 机    密. 0 if the characters belong to words.
func blankGap(t []rune, i int) int {
	n := 0
	for i+n < len(t) && t[i+n] == ' ' {
		n++
	}
	if n < 3 || n > widestGap || i > 1 && isHan(t[i-2]) || i+n >= len(t) || !isHan(t[i+n]) {
		return 0
	}
	if i+n+1 < len(t) && isHan(t[i+n+1]) {
		return 0
	}
	return n
}

// closed is a stretch of text with its gaps taken out, and the way back.
type closed struct {
	text []rune
	at   []int32 // nil: nothing was taken out
	from int32   // where the stretch begins
}

// place is where a rune of the closed text stands in the whole.
func (c closed) place(i int) int {
	if c.at == nil {
		return int(c.from) + i
	}
	return int(c.at[i])
}

// find is the reverse of place, -1 for a place that was taken out.
func (c closed) find(at int) int {
	if c.at == nil {
		return at - int(c.from)
	}
	for i, p := range c.at {
		if int(p) == at {
			return i
		}
	}
	return -1
}

// closed closes the gaps in a span, which mostly has none.
func (w *work) closed(s document.Span) closed {
	if w.gapless(s) {
		return closed{text: w.text[s.Start:s.End], from: int32(s.Start)}
	}
	return closeSpan(w.text, s)
}

// gapless tells whether no gap begins inside a span.
func (w *work) gapless(s document.Span) bool {
	low, high := 0, len(w.gaps)
	for low < high {
		mid := (low + high) / 2
		if int(w.gaps[mid]) > s.Start {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low == len(w.gaps) || int(w.gaps[low]) >= s.End
}

// closeSpan closes the gaps in a span of t.
func closeSpan(t []rune, s document.Span) closed {
	c := closed{text: make([]rune, 0, s.Len()), at: make([]int32, 0, s.Len())}
	c.close(t, s)
	return c
}

// close appends what a span holds without its gaps.
func (c *closed) close(t []rune, s document.Span) {
	c.from = int32(s.Start)
	for i := s.Start; i < s.End; {
		if n := gapAt(t, i); n > 0 && i > s.Start {
			i += n
			continue
		}
		c.text = append(c.text, t[i])
		c.at = append(c.at, int32(i))
		i++
	}
}

// closeGaps looks for terms that are interrupted and tells whether it added any.
func (w *work) closeGaps() bool {
	t := w.text
	for i := 1; i < len(t); {
		if t[i] > lastGapSign {
			i++
			continue
		}
		if n := gapAt(t, i); n > 0 {
			w.gaps = append(w.gaps, int32(i))
			i += n
			continue
		}
		i++
	}
	added := false
	for i := 0; i < len(w.gaps); {
		span := document.Span{Start: max(0, int(w.gaps[i])-gapReach)}
		j := i
		for j+1 < len(w.gaps) && int(w.gaps[j+1])-int(w.gaps[j]) <= gapReach {
			j++
		}
		span.End = min(len(t), int(w.gaps[j])+2+gapReach)
		c := closed{text: w.state.closed.text[:0], at: w.state.closed.at[:0]}
		c.close(t, span)
		w.state.closed = c
		if w.scanClosed(c) {
			added = true
		}
		i = j + 1
	}
	return added
}

func (w *work) scanClosed(c closed) bool {
	added := false
	w.state.found = w.engine.auto.Scan(c.text, w.state.found[:0])
	for _, m := range w.state.found {
		start, end := c.at[m.Start], c.at[m.End-1]+1
		if end-start == m.End-m.Start {
			continue // nothing was put inside: found already
		}
		if e := &w.engine.entries[m.Term]; e.left || e.right {
			continue
		}
		w.matches = append(w.matches, match{m.Term, start, end, w.gapKind(int(start), int(end))})
		added = true
	}
	return added
}

func (w *work) gapKind(start, end int) normal.Fold {
	f := normal.Fold(0)
	if w.gapless(document.Span{Start: start, End: end}) {
		return f
	}
	for i := start + 1; i < end; {
		n := gapAt(w.text, i)
		if n == 0 {
			i++
			continue
		}
		kind := normal.FoldGap
		for _, r := range w.text[i : i+n] {
			if r == '\n' {
				kind = normal.FoldBreak
			}
		}
		f |= kind
		i += n
	}
	return f
}
