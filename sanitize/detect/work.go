package detect

import (
	"sort"

	"jinggao/sanitize/detect/automaton"
	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// match is an occurrence of a term, in runes of the view. gap says what was put
// inside it, 0 for nothing.
type match struct {
	term       int32
	start, end int32
	gap        normal.Fold
}

func (m match) span() document.Span { return document.Span{Start: int(m.start), End: int(m.end)} }

// candidate is a place that may become a finding. Spans count runes of the view.
type candidate struct {
	rule    *compiled
	span    document.Span
	level   finding.Level
	score   float64
	reasons []finding.Reason
	gap     normal.Fold    // what was put inside, or how it was respelled
	word    document.Span  // the word whose boundaries are evidence; empty: none
	extra   document.Span  // a second such word (the other half of a NEAR)
	anchor  document.Span  // the literal of a pattern: it must not cross a boundary
	firm    bool           // negation and citation do not weaken it
	certain bool           // proved by a check digit: context cannot drop it
	settled bool           // all evidence has been weighed already
	source  *document.Span // the place in the original, where the view has nothing to show for it
	hidden  bool           // the hiding place as a whole
	whole   bool           // speaks of the document as a whole, has no place
	table   bool           // speaks of a table as a whole: what is in its cells stands beside it
}

// work is one part on its way through.
type work struct {
	state     *scanState
	engine    *Engine
	part      *document.Part
	index     int
	view      *normal.View
	text      []rune // view.Text
	matches   []match
	gaps      []int32     // places in text where a word may be interrupted: first rune of the gap
	cells     []scan.Cell // in runes of the view, in the order of the text
	lines     []int32     // starts of lines in text
	anchors   [][]match   // by slot
	met       []int32     // slots with anchors
	cands     []candidate
	last      map[int32]int // the last term candidate of each rule
	kept      []candidate
	passed    []passed                // what the allow list let pass
	cuts      map[document.Span][]int // words of a clause, by its span
	refs      []document.Cell         // the cells with an address, by place in the source
	stretches [2]stretch              // for second and third members of combinations
	hints     int                     // how many mere mentions have been noted
	source    []int32                 // starts of lines in the source
	script    int8                    // 1 simplified characters, -1 traditional ones, 0 not yet known
}

func newWork(s *scanState, p *document.Part, i int) *work {
	w, ok := s.engine.spare.Get().(*work)
	if !ok {
		w = &work{view: &normal.View{}, anchors: make([][]match, s.engine.slots), last: map[int32]int{}, cuts: map[document.Span][]int{}}
	}
	w.state, w.engine, w.part, w.index = s, s.engine, p, i
	w.view.Renew(p.Text)
	w.text = w.view.Text
	w.lines = append(w.lines, 0)
	for i, r := range w.text {
		if r == '\n' {
			w.lines = append(w.lines, int32(i+1))
		}
	}
	w.cells = scan.Cells(p, w.view)
	return w
}

// collect runs the automaton over the view and over what is left when gaps
// inside words are closed.
func (w *work) collect() {
	w.state.found = w.engine.auto.Scan(w.text, w.state.found[:0])
	plain := w.state.found
	for _, m := range plain {
		if w.whole(m) {
			w.matches = append(w.matches, match{m.Term, m.Start, m.End, 0})
		}
	}
	if w.closeGaps() {
		sort.SliceStable(w.matches, func(i, j int) bool { return w.matches[i].end < w.matches[j].end })
	}
}

// Parts longer than this, in runes, and those with more matches do not leave their
// memory to later ones.
const (
	spareText    = 1 << 18
	spareMatches = 1 << 14
)

// release leaves the memory of the parts to later scans.
func (s *scanState) release() {
	for _, w := range s.works {
		if cap(w.text) > spareText || cap(w.matches) > spareMatches || len(w.cuts) > spareMatches || cap(w.cands) > spareMatches {
			continue
		}
		for _, k := range w.met {
			w.anchors[k] = w.anchors[k][:0]
		}
		clear(w.cands)
		clear(w.last)
		clear(w.cuts)
		*w = work{
			view: w.view, matches: w.matches[:0], gaps: w.gaps[:0], lines: w.lines[:0], cands: w.cands[:0],
			anchors: w.anchors, met: w.met[:0], last: w.last, cuts: w.cuts,
		}
		s.engine.spare.Put(w)
	}
	s.works = nil
}

// whole drops Latin terms inside longer Latin words; anchors may be part of one.
func (w *work) whole(m automaton.Match) bool {
	e := &w.engine.entries[m.Term]
	if !e.left && !e.right {
		return true
	}
	if e.left && m.Start > 0 && isLatin(w.text[m.Start-1]) || e.right && int(m.End) < len(w.text) && isLatin(w.text[m.End]) {
		for _, u := range e.hot {
			if u.kind == useAnchor {
				return true
			}
		}
		return false
	}
	return true
}

// line is the line that holds a place.
func (w *work) line(at int) document.Span {
	i := sort.Search(len(w.lines), func(i int) bool { return int(w.lines[i]) > at }) - 1
	end := len(w.text)
	if i+1 < len(w.lines) {
		end = int(w.lines[i+1]) - 1
	}
	return document.Span{Start: int(w.lines[i]), End: end}
}

// maxSentence bounds how far a sentence is followed to either side, in runes.
const maxSentence = 160

// sentence is the sentence around a span: to the nearest full stop either side,
// over single line breaks inside a paragraph that was wrapped.
func (w *work) sentence(s document.Span) document.Span {
	start, end := s.Start, s.End
	for low := max(0, start-maxSentence); start > low; start-- {
		r := w.text[start-1]
		if endsSentence(r) || r == '\n' && !w.wrapped(start-1) {
			break
		}
	}
	for high := min(len(w.text), end+maxSentence); end < high; end++ {
		r := w.text[end]
		if endsSentence(r) || r == '\n' && !w.wrapped(end) {
			break
		}
	}
	return document.Span{Start: start, End: end}
}

// wrapLine is how long a line must be, at least, for its end to be taken for a
// wrap and not for the end of a paragraph.
const wrapLine = 28

// wrapped tells whether the line break at a place is a mere wrap.
func (w *work) wrapped(at int) bool {
	if at == 0 || at+1 >= len(w.text) {
		return false
	}
	before, after := w.text[at-1], w.text[at+1]
	if !isHan(before) && before != ',' && before != '、' || !isHan(after) {
		return false
	}
	return at-w.line(at-1).Start >= wrapLine
}

// within lists the matches that lie inside a span.
func (w *work) within(s document.Span, visit func(match) bool) {
	i := sort.Search(len(w.matches), func(i int) bool { return int(w.matches[i].end) > s.Start })
	for ; i < len(w.matches); i++ {
		m := w.matches[i]
		if int(m.end) > s.End {
			return
		}
		if int(m.start) >= s.Start && !visit(m) {
			return
		}
	}
}

// touching lists the matches that share a rune with a span.
func (w *work) touching(s document.Span, visit func(match) bool) {
	i := sort.Search(len(w.matches), func(i int) bool { return int(w.matches[i].end) > s.Start })
	limit := s.End + 3*w.engine.auto.Longest()
	for ; i < len(w.matches); i++ {
		m := w.matches[i]
		if int(m.end) > limit {
			return
		}
		if int(m.start) < s.End && !visit(m) {
			return
		}
	}
}

func (w *work) has(m match, kind useKind, r *compiled, sub int) bool {
	for _, u := range w.engine.entries[m.term].around {
		if u.kind == kind && (u.rule == noRule || r != nil && u.rule == r.index) && (sub < 0 || int(u.sub) == sub) {
			return true
		}
	}
	return false
}

func (w *work) add(c candidate) { w.cands = append(w.cands, c) }
