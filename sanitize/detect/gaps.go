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

// closed is a stretch of text with its gaps taken out, and the way back.
type closed struct {
	text []rune
	at   []int32
}

// closeSpan closes the gaps in a span of t.
func closeSpan(t []rune, s document.Span) closed {
	c := closed{make([]rune, 0, s.Len()), make([]int32, 0, s.Len())}
	for i := s.Start; i < s.End; {
		if n := gapAt(t, i); n > 0 && i > s.Start {
			i += n
			continue
		}
		c.text = append(c.text, t[i])
		c.at = append(c.at, int32(i))
		i++
	}
	return c
}

// closeGaps looks for terms that are interrupted and tells whether it added any.
func (w *work) closeGaps() bool {
	t := w.text
	for i := 1; i < len(t); {
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
		if w.scanClosed(closeSpan(t, span)) {
			added = true
		}
		i = j + 1
	}
	return added
}

func (w *work) scanClosed(c closed) bool {
	added := false
	for _, m := range w.engine.auto.Scan(c.text, nil) {
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
