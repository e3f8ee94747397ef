package scan

import (
	"sort"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// Hard line ends cut numbers, addresses of machines and even labels in two. The pass
// goes over the text as it stands; then what stands around each line end that looks like a mere
// wrap is joined and looked at once more:
//
//	… 备用节点 172.23 ↵ .14.31，仅限 …   →   备用节点 172.23.14.31，仅限
//	      └─ window ──┴── window ─┘
//
// Only what crosses a line end, or hangs on a label that does, is taken over, and
// only if it is well proved.

// windowReach is how far, in runes, a window goes to either side of a line end.
const windowReach = 80

// wraps looks at the line ends of the part, and at cells with line ends in them.
func (s *scanner) wraps() {
	t := s.t
	order(s.hits, byPlace)
	for i := 0; i < len(t); i++ {
		if t[i] != '\n' || !s.wrap(i) {
			continue
		}
		first, last := i, i
		for k := i + 1; k < len(t) && k-last < 40; k++ {
			if t[k] != '\n' {
				continue
			}
			if !s.wrap(k) {
				break
			}
			last = k
		}
		s.joined(s.lineStart(first), s.lineEnd(last), "")
		i = last
	}
	for k := range s.cells {
		c := &s.cells[k]
		if c.Field != FieldNone && !c.IsHead && c.Len() < 400 && hasBreak(t[c.Start:c.End]) {
			s.joined(c.Start, c.End, c.Head+":")
		}
	}
	s.spacedOut()
	s.hits = append(s.hits, s.late...)
}

// A run of characters that stand one by one, as letter-spaced text does, counts from
// leastSpaced of them on: 1 9 2 . 1 6 8 . 7 . 9.
const leastSpaced = 7

// spacedOut looks at letter-spaced runs as if their blanks were not there.
func (s *scanner) spacedOut() {
	t := s.t
	for i := 1; i+1 < len(t); i++ {
		if t[i] != ' ' || !alone(t[i-1]) || !alone(t[i+1]) || i > 1 && alone(t[i-2]) {
			continue
		}
		from, to := i-1, i
		for to+1 < len(t) && t[to] == ' ' && alone(t[to+1]) && (to+2 == len(t) || !alone(t[to+2])) {
			to += 2
		}
		if (to-from+1)/2 >= leastSpaced && (to == len(t) || !alone(t[to])) {
			a, b := max(s.lineStart(from), from-windowReach/4), min(s.lineEnd(to-1), to+windowReach/4)
			s.closedUp(a, b, from, to)
		}
		i = to
	}
}

// alone tells whether r may be one of the characters of a letter-spaced run.
func alone(r rune) bool {
	return alnum(r) || r > ' ' && r < 0x80 && containsRune("-.@:/_#", r) || containsRune("°′″·", r)
}

// closedUp scans [a,b) without the blanks in [from,to).
func (s *scanner) closedUp(a, b, from, to int) {
	w := s.fresh()
	var cuts []int
	for i := a; i < b; i++ {
		if s.t[i] == ' ' && i > from && i < to {
			cuts = append(cuts, len(w.t))
			continue
		}
		w.t = append(w.t, s.t[i])
		w.src = append(w.src, int32(i))
	}
	s.take(w, cuts, false)
}

func hasBreak(t []rune) bool {
	for _, r := range t {
		if r == '\n' {
			return true
		}
	}
	return false
}

// lineStart is where the window before a line end begins: at the line, or not
// farther than the reach, and never within a token.
func (s *scanner) lineStart(i int) int {
	a := i
	for a > 0 && s.t[a-1] != '\n' && (i-a < windowReach || alnum(s.t[a-1])) && i-a < 2*windowReach {
		a--
	}
	return a
}

func (s *scanner) lineEnd(i int) int {
	b := i + 1
	for b < len(s.t) && s.t[b] != '\n' && (b-i < windowReach || alnum(s.t[b])) && b-i < 2*windowReach {
		b++
	}
	return b
}

// wrap tells whether the line end at i may stand in the middle of something that a
// scanner looks for.
func (s *scanner) wrap(i int) bool {
	a, b := i-1, i+1
	for s.at(a) == ' ' {
		a--
	}
	for b-i < 40 && s.at(b) == ' ' {
		b++
	}
	p, q := s.at(a), s.at(b)
	if c := s.cell(a); c != nil && c.Field != FieldNone {
		return false // a row of a table
	}
	if stop(p) || p == '”' || p == ':' && !alnum(q) || s.item(b) {
		return false
	}
	if han(p) && han(q) {
		return s.labelAcross(a, b) || s.labelBefore(a)
	}
	return continues(p) && continues(q)
}

// continues tells whether r may stand beside a cut.
func continues(r rune) bool {
	return r != 0 && (han(r) || alnum(r) || containsRune("-.@:/_〔〕[](),°′″'\"=%&?#+·", r))
}

// item tells whether a numbered paragraph begins at i: 1. 一、 （二） 第三章.
func (s *scanner) item(i int) bool {
	k := i
	if s.at(k) == '(' || s.at(k) == '第' {
		k++
	}
	a := k
	for k < a+3 && (digit(s.at(k)) || containsRune("一二三四五六七八九十", s.at(k)) && s.at(k) != 0) {
		k++
	}
	if k == a {
		return s.at(i) == '-' && s.at(i+1) == ' '
	}
	switch s.at(k) {
	case '、', ')', '章', '节', '条', '步':
		return true
	case '.':
		return !digit(s.at(k + 1))
	}
	return false
}

// labelAcross tells whether a label begins before a line end and ends behind it; a and
// b are the places on either side.
func (s *scanner) labelAcross(a, b int) bool {
	var buf [12]rune
	n := 0
	for k := max(0, a-5); k <= a; k++ {
		buf[n] = s.t[k]
		n++
	}
	m := n
	for k := b; k < min(len(s.t), b+6); k++ {
		buf[n] = s.t[k]
		n++
	}
	for k := range m {
		if l, ok := s.x.label(buf[:n], k); ok && l.End > m {
			return true
		}
	}
	return false
}

// labelBefore tells whether a label of a name or address stands shortly before a.
func (s *scanner) labelBefore(a int) bool {
	for k := len(s.labels) - 1; k >= 0; k-- {
		l := s.labels[k]
		if l.End > a+1 {
			continue
		}
		switch l.Field {
		case FieldName:
			return a-l.End < 4
		case FieldAddress:
			return a-l.End < 40
		}
		return false
	}
	return false
}

// joined scans [a,b) with its line ends taken out, behind a text that stands for a
// head.
func (s *scanner) joined(a, b int, head string) {
	w := s.fresh()
	for _, r := range head {
		w.t = append(w.t, r)
		w.src = append(w.src, -1)
	}
	var cuts []int
	for i := a; i < b; i++ {
		if s.t[i] != '\n' {
			from := i
			for ; i < b && s.t[i] != '\n'; i++ {
				w.src = append(w.src, int32(i))
			}
			w.t = append(w.t, s.t[from:i]...)
			i--
			continue
		}
		k := len(w.t)
		for k > 0 && w.t[k-1] == ' ' {
			k--
		}
		w.t, w.src = w.t[:k], w.src[:k]
		n := i + 1
		for n < b && s.t[n] == ' ' {
			n++
		}
		if k > 0 && n < b && letter(w.t[k-1]) && letter(s.t[n]) && plainWord(w.t[:k]) {
			w.t = append(w.t, ' ')
			w.src = append(w.src, int32(i))
		}
		cuts = append(cuts, len(w.t))
		i = n - 1
	}
	s.take(w, cuts, len(head) > 0)
}

// take scans a window and takes over what it finds across the cuts.
func (s *scanner) take(w *scanner, cuts []int, cell bool) {
	w.pool = s.pool
	w.pass()
	taken := false
	for _, h := range w.hits {
		if s.takeOver(w, &h, cuts, cell) {
			h.Span = document.Span{Start: int(w.src[h.Start]), End: int(w.src[h.End-1]) + 1}
			s.late = append(s.late, h)
			taken = true
		}
	}
	if taken || len(w.pool) > len(s.pool) {
		s.pool = w.pool // else nobody holds what was taken from it
	}
}

// fresh gives the scanner of the windows, emptied.
func (s *scanner) fresh() *scanner {
	if s.spare == nil {
		s.spare = &scanner{v: s.v, x: s.x}
	}
	w := s.spare
	*w = scanner{v: s.v, x: s.x, t: w.t[:0], src: w.src[:0], labels: w.labels[:0], hits: w.hits[:0]}
	return w
}

// plainWord tells whether the token at the end of t is nothing but letters: then a
// blank belongs behind it.
func plainWord(t []rune) bool {
	for k := len(t) - 1; k >= 0 && t[k] > ' ' && t[k] < 0x80; k-- {
		if !letter(t[k]) && !containsRune(",.;", t[k]) {
			return false
		}
	}
	return true
}

// wellProved is the score from which a finding across a line end is taken over.
const wellProved = 0.8

// takeOver decides about a hit in a joined window.
func (s *scanner) takeOver(w *scanner, h *Hit, cuts []int, cell bool) bool {
	for h.Start < h.End && w.src[h.Start] < 0 { // in the head put in front
		h.Start++
	}
	if h.Start == h.End || h.Level == finding.S4 {
		return false
	}
	cut := crossed(h.Span, cuts)
	strong := h.Certain || h.Score >= wellProved || h.Rule == "M03" || h.Rule == "I05" && cut >= 0
	switch {
	case !strong:
		return false
	case cut < 0:
		return !cell && s.isNew(w, h)
	}
	switch h.Rule {
	case "G05", "G13", "H07", "G02": // a word on the next line is not part of a URL
		return containsRune("/?&%=-_.", w.t[cut]) || containsRune("/?&%=-_.", w.t[cut-1])
	case "H01", "H02", "H08", "H04":
		return s.isNew(w, h)
	}
	return true
}

// crossed is the last of the cuts inside a span, -1 if there is none.
func crossed(h document.Span, cuts []int) int {
	cut := -1
	for _, c := range cuts {
		if h.Start < c && c < h.End {
			cut = c
		}
	}
	return cut
}

// isNew tells whether the pass over the text as it stands found nothing of the kind there.
func (s *scanner) isNew(w *scanner, h *Hit) bool {
	span := document.Span{Start: int(w.src[h.Start]), End: int(w.src[h.End-1]) + 1}
	from := sort.Search(len(s.hits), func(k int) bool { return s.hits[k].Start >= span.Start })
	for k := max(0, from-24); k < len(s.hits) && s.hits[k].Start < span.End; k++ {
		if s.hits[k].Overlaps(span) && same(s.hits[k].Rule, h.Rule) {
			return false
		}
	}
	return true
}
