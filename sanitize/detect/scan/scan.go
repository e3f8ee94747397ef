package scan

import (
	"slices"
	"sort"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// scanner holds the state of one pass over one part.
//
//	text ──► pass ──► letters, digits  → token.go, number.go, net.go, secret.go, geo.go
//	                  labels           → what the label announces stands behind it
//	                  ° 〔 字 京 室 …     → geo.go, papers.go, plate.go, address.go
//	tables ─► cells  → a value under a head needs no label beside it
//
// Labels are noted as the pass meets them, so that a number can ask what was
// announced before it without looking at the text again.
type scanner struct {
	t      []rune // number view: Chinese and circled digits open, letters in lower case
	v      *normal.View
	x      *lexicon
	labels []Label
	cells  []Cell
	col    int     // the next cell to be judged by its head
	listed int     // names in a row are read up to here
	src    []int32 // place in the view of each rune of t; nil: the same place
	skip   int     // nothing but labels is looked for before this place: inside a URL, a key
	hits   []Hit
	late   []Hit // found across line ends
	pool   []finding.Reason
	groups []group // of the number at hand
	seps   []rune
	spare  *scanner // used again from line end to line end
}

// All runs every scanner over a part. p may be nil (plain text without cells);
// v is the normalised view of its text. The hits are sorted by place; their spans count runes of
// v.Text. Of several hits of one rule that overlap the strongest stays.
func All(p *document.Part, v *normal.View) []Hit { return InCells(Cells(p, v), v) }

// InCells is All for a part whose cells are known.
func InCells(cells []Cell, v *normal.View) []Hit {
	s := &scanner{t: v.Text, v: v, x: defaultLexicon(), cells: cells}
	if s.x.dressed(v.Text) {
		s.t = opened(v)
	}
	s.pass()
	s.holders()
	s.wraps()
	return tidy(s.hits)
}

// pass walks the text once.
func (s *scanner) pass() {
	t, x := s.t, s.x
	next := len(t) // where the next cell with a head begins
	if len(s.cells) > 0 {
		next = 0
	}
	for i := 0; i < len(t); {
		if i >= next {
			next = s.columns(i)
		}
		r := t[i]
		if r < 0x80 {
			i = s.ascii(i, r)
			continue
		}
		if r >= 1<<16 || x.at[r] == 0 {
			i++
			continue
		}
		i = s.begin(i, r)
	}
}

// ascii handles an ASCII rune and returns where to go on.
func (s *scanner) ascii(i int, r rune) int {
	if alnum(r) {
		return s.token(i)
	}
	if i < s.skip {
		return i + 1
	}
	switch r {
	case '@':
		return s.email(i)
	case '#':
		return s.hashEmail(i)
	case '/':
		return s.slashPair(i)
	case '\n':
		s.signature(i)
	case ':':
		s.someone(i)
		return s.afterColon(i)
	case '(', '[':
		s.year(i)
	case '-':
		if s.follows(i, "-----b") {
			return max(i+1, s.pem(i))
		}
	}
	return i + 1
}

// afterColon handles the colon of a scheme and that of a port.
func (s *scanner) afterColon(i int) int {
	switch {
	case s.follows(i, "://"):
		return max(i+1, s.url(i))
	case digit(s.at(i+1)) && letter(s.prev(i)) && !s.full(i):
		return max(i+1, s.domainPort(i))
	}
	return i + 1
}

// begin handles a rune with which a label or another thing may begin.
func (s *scanner) begin(i int, r rune) int {
	e := &s.x.entries[s.x.at[r]]
	switch e.action {
	case actDegree:
		s.degree(i)
	case actYear:
		s.year(i)
	case actWord:
		s.officer(i)
	case actPlate:
		if end := s.plate(i); end > i {
			return end
		}
	case actRoad:
		s.road(i)
	case actTitle:
		if n := s.titleAt(i); n > 0 {
			s.title(i, n)
			s.behindTitle(i, n)
		}
	case actGender:
		s.gendered(i)
	case actAgent:
		s.agent(i)
	case actReceive:
		s.receiver(i)
	case actDate:
		s.born(i)
	case actAt:
		s.saidEmail(i)
	case actList:
		s.row(i)
	case actPerson:
		s.bearer(i)
	}
	if l, ok := s.x.label(s.t, i); ok {
		s.note(l)
		return l.End
	}
	return i + 1
}

// note keeps a label and looks behind it for what it announces.
func (s *scanner) note(l Label) {
	s.labels = append(s.labels, l)
	if c := s.cell(l.Start); c != nil && c.IsHead {
		return
	}
	s.announced(l)
}

// add records a hit and returns it for more reasons.
func (s *scanner) add(id string, start, end int, base float64, why string) *Hit {
	const room = 4 // reasons of one hit, seldom more
	if len(s.pool) < room {
		s.pool = make([]finding.Reason, 64*room)
	}
	reasons := s.pool[:1:room]
	s.pool = s.pool[room:]
	reasons[0] = finding.Reason{Text: why, Delta: base}
	if s.hits == nil {
		s.hits = make([]Hit, 0, max(len(s.cells), 8))
	}
	s.hits = append(s.hits, Hit{Rule: id, Span: document.Span{Start: start, End: end}, Score: base, Reasons: reasons})
	return &s.hits[len(s.hits)-1]
}

// why adds a step of the arithmetic.
func (h *Hit) why(delta float64, text string) *Hit {
	h.Score = min(max(h.Score+delta, 0), 1)
	h.Reasons = append(h.Reasons, finding.Reason{Text: text, Delta: delta})
	return h
}

// proved marks a shape that carries its own proof.
func (h *Hit) proved(text string) *Hit {
	h.Certain = true
	d := max(0.95-h.Score, 0)
	return h.why(d, text)
}

// hint lowers a hit to S4.
func (h *Hit) hint(text string) *Hit {
	h.Level = finding.S4
	h.Reasons = append(h.Reasons, finding.Reason{Text: text})
	return h
}

// cell is the cell that covers place i, or nil.
func (s *scanner) cell(i int) *Cell {
	if len(s.cells) == 0 {
		return nil
	}
	k := max(s.col-1, 0)
	if s.cells[k].Start > i || s.cells[k].End <= i {
		k = sort.Search(len(s.cells), func(k int) bool { return s.cells[k].End > i })
	}
	if k < len(s.cells) && s.cells[k].Start <= i {
		return &s.cells[k]
	}
	return nil
}

// raw is the original rune behind place i with its case, full-width ASCII folded.
func (s *scanner) raw(i int) rune {
	r := s.source(i)
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	return r
}

// source is the original rune behind place i.
func (s *scanner) source(i int) rune {
	if s.src != nil {
		k := int(s.src[i])
		if k < 0 {
			return s.t[i]
		}
		i = k
	}
	return s.v.Source[s.v.At(i)]
}

// rawString is the ASCII of [a,b) with its case.
func (s *scanner) rawString(a, b int) string {
	var room [64]byte
	out := room[:0]
	for i := a; i < b; i++ {
		out = utf8.AppendRune(out, s.raw(i))
	}
	return string(out)
}

// full tells whether the original rune at i is a full-width sign: those end a
// value in Chinese text where the ASCII one may be part of it.
func (s *scanner) full(i int) bool {
	return s.source(i) >= 0x80
}

// tidy sorts hits and drops the weaker of two that say the same of one place.
func tidy(hits []Hit) []Hit {
	order(hits, byPlace)
	out := hits[:0]
	for _, h := range hits {
		keep := true
		for k := len(out) - 1; k >= 0 && k >= len(out)-8; k-- {
			o := out[k]
			if !o.Overlaps(h.Span) || !same(o.Rule, h.Rule) {
				continue
			}
			if better(h, o) {
				out = append(out[:k], out[k+1:]...)
			} else {
				keep = false
				break
			}
		}
		if keep {
			out = append(out, h)
		}
	}
	return out
}

// byPlace puts hits in order of the text, the longer first.
func byPlace(a, b Hit) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return b.End - a.End
}

// order sorts hits that are nearly in order: a label yields its value a little ahead of what the
// pass meets on the way there.
func order(hits []Hit, by func(a, b Hit) int) {
	moves := 0
	for i := 1; i < len(hits); i++ {
		for k := i; k > 0 && by(hits[k], hits[k-1]) < 0; k-- {
			hits[k], hits[k-1] = hits[k-1], hits[k]
			if moves++; moves > 16*len(hits) {
				slices.SortStableFunc(hits, by)
				return
			}
		}
	}
}

// same tells whether two rules claim a place for the same kind of thing: the same
// rule, or two of the numbers of which one place can hold only one.
func same(a, b string) bool {
	if a == b {
		return true
	}
	return number(a) && number(b) || secret(a) && secret(b)
}

func number(id string) bool {
	switch id {
	case "I01", "I02", "I03", "I04", "I06", "I07", "I08", "I09", "I10", "I11", "I12", "I13", "I14", "I15", "I17", "I22", "I23", "G12", "L01", "L05", "H09":
		return true
	}
	return false
}

func secret(id string) bool {
	switch id {
	case "H01", "H02", "H03", "H04", "H08", "H10":
		return true
	}
	return false
}

// better tells whether h displaces o: hints give way, then proof, then length, then score.
func better(h, o Hit) bool {
	if (h.Level == finding.S4) != (o.Level == finding.S4) {
		return o.Level == finding.S4
	}
	if h.Certain != o.Certain {
		return h.Certain
	}
	if h.Len() != o.Len() && h.Rule == o.Rule {
		return h.Len() > o.Len()
	}
	return h.Score > o.Score
}
