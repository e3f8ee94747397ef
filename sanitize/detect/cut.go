package detect

import (
	"strings"

	"jinggao/sanitize/document"
)

type cutKind int

const (
	cutUnknown  cutKind = iota // no dictionary yet, or nothing to say
	cutAligned                 // both ends are ends of words
	cutInside                  // inside one longer word
	cutCrossing                // an end lies within a word that goes beyond
	cutEither                  // the clause can be cut either way
)

// Up to which price, in bits, another cut is as good as the best: for a word
// alone, and for a word within an expression that matched as a whole.
const (
	eitherBits = 2.0
	longBits   = 8.0 // for words of three characters or more, which seldom arise by chance
	anchorBits = 16.0
)

type cutResult struct {
	kind   cutKind
	longer string // the word that holds it
	around string // the words crossed, with | between
}

// clauseReach bounds a clause to either side of the word, in runes.
const clauseReach = 24

// clause is the text around a word that is cut, its gaps closed: to the nearest
// punctuation either side, over gaps inside words.
func (w *work) clause(s document.Span) document.Span {
	start := s.Start
	for low := max(0, s.Start-clauseReach); start > low; {
		r := w.text[start-1]
		if g := w.gapBefore(start); g > 0 && start-g-1 >= low && g == 1 && bridges(r) {
			start -= g
			continue
		}
		if endsClause(r) {
			break
		}
		start--
	}
	end := s.End
	for high := min(len(w.text), s.End+clauseReach); end < high; {
		r := w.text[end]
		if g := gapAt(w.text, end); g == 1 && bridges(r) {
			end += g
			continue
		}
		if endsClause(r) {
			break
		}
		end++
	}
	return document.Span{Start: start, End: end}
}

// bridges tells whether a clause goes on over a single sign between characters.
func bridges(r rune) bool { return r != '、' && r != '/' && r != '|' }

// gapBefore is the length of a gap that ends just before i.
func (w *work) gapBefore(i int) int {
	for n := 1; n <= 2; n++ {
		if i-n > 0 && gapAt(w.text, i-n) == n {
			return n
		}
	}
	return 0
}

// cut tells how a word sits among the words of its clause.
func (w *work) cut(s document.Span) cutResult {
	if s.Len() >= 3 {
		return w.cutWithin(s, longBits)
	}
	return w.cutWithin(s, eitherBits)
}

func (w *work) cutWithin(s document.Span, tolerance float64) cutResult {
	if !isHan(w.text[s.Start]) || !isHan(w.text[s.End-1]) {
		return cutResult{}
	}
	cl := w.clause(s)
	c := w.closed(cl)
	ends, ok := w.cuts[cl]
	if !ok {
		ends = w.engine.seg.Cut(c.text)
		w.cuts[cl] = ends
	}
	if len(ends) == 0 {
		return cutResult{}
	}
	from, to := c.find(s.Start), c.find(s.End-1)+1
	if from < 0 || to <= 0 {
		return cutResult{}
	}
	out := judge(c.text, ends, from, to)
	if out.kind == cutCrossing {
		if bits, ok := w.engine.seg.Margin(c.text, from, to); ok && bits <= tolerance {
			out.kind = cutEither
		}
	}
	return out
}

// judge compares the ends of a word with the ends of the words of its clause.
func judge(text []rune, ends []int, from, to int) cutResult {
	startCut, endCut := from == 0, false
	first, last, prev := 0, len(text), 0 // first and last: of the words that hold the two ends
	for _, e := range ends {
		startCut = startCut || e == from
		endCut = endCut || e == to
		if prev <= from && from < e {
			first = prev
		}
		if prev < to && to <= e {
			last = e
		}
		prev = e
	}
	if startCut && endCut {
		return cutResult{kind: cutAligned}
	}
	words := between(text, ends, first, last)
	if len(words) == 1 {
		return cutResult{kind: cutInside, longer: words[0]}
	}
	return cutResult{kind: cutCrossing, around: strings.Join(words, "|")}
}

// between lists the words of a stretch.
func between(text []rune, ends []int, first, last int) []string {
	var out []string
	prev := first
	for _, e := range ends {
		if e > first && e <= last {
			out = append(out, string(text[prev:e]))
			prev = e
		}
	}
	return out
}
