package redact

import (
	"slices"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
)

// What is taken away leaves something behind: half a bracket, a comma before a full
// stop, a label without a value. A reader of the copy sees it at once. So the edits of
// a field (a cell, or a stretch between line ends and tabs) are looked at together and
// stretched by a sign or two, or given a word:
//
//	已签保密协议（编号 NDA-2026）。      the edit breaks a pair: it takes the rest of the remark along
//	            └──────────┘╌╌╌╌╌╌
//	（见附件丙）、（见附件丁）           two deletions side by side are one; an empty pair goes with them
//	密码：Abc@123，首次登录后修改         a label keeps something to announce: （略）
//
// An edit only ever grows, within its field, and never over what another one put there.

// Omitted stands where a deletion would leave a label with nothing behind it.
const Omitted = "（略）"

// Up to how many runes of a remark go with the half that an edit takes.
const (
	remarkRest = 24
	remarkHead = 8
)

// draft is an edit that may still grow.
type draft struct {
	document.Edit
	words   bool // its text is the rule's own wording: the same twice in a row says no more than once
	more    bool // goes on from a piece before it
	decided bool
}

// field is a cell or a stretch of a line with the edits in it.
type field struct {
	text   []rune
	lo, hi int
	drafts []draft
	pairs  []pair
}

// pair is a pair of brackets or quotation marks.
type pair struct{ open, shut int }

// tidy goes over the drafts of a part, which are in order and do not overlap.
func tidy(kind document.Kind, part *document.Part, text []rune, drafts []draft) []document.Edit {
	out := make([]document.Edit, 0, len(drafts))
	cell := 0
	for i := 0; i < len(drafts); {
		f := field{text: text}
		f.lo, f.hi, cell = bounds(part, text, drafts[i].Span, cell)
		j := i + 1
		for j < len(drafts) && drafts[j].End <= f.hi {
			j++
		}
		f.drafts = drafts[i:j]
		if kind == "ofd" {
			f.spare()
		} else {
			f.tidy()
		}
		for _, d := range f.drafts {
			out = append(out, d.Edit)
		}
		i = j
	}
	return out
}

// bounds is the field that holds a span; c is a cell from which on it is looked for.
func bounds(part *document.Part, text []rune, s document.Span, c int) (lo, hi, cell int) {
	for c < len(part.Cells) && part.Cells[c].End <= s.Start {
		c++
	}
	lo, hi = s.Start, s.End
	first, last := 0, len(text)
	if c < len(part.Cells) {
		if part.Cells[c].Start <= s.Start {
			first, last = part.Cells[c].Start, part.Cells[c].End
		} else {
			last = part.Cells[c].Start
		}
	}
	if c > 0 {
		first = max(first, part.Cells[c-1].End)
	}
	for lo > first && text[lo-1] != '\n' && text[lo-1] != '\t' {
		lo--
	}
	for hi < last && text[hi] != '\n' && text[hi] != '\t' {
		hi++
	}
	return lo, hi, c
}

func (f *field) tidy() {
	f.pairs = pairs(f.text, f.lo, f.hi)
	f.merge()
	f.mend()
	f.merge()
	for i := range f.drafts {
		f.signs(i)
	}
}

// spare leaves the halves of brackets in whose other halves stay: a page whose glyphs
// have fixed places bears stars, no other wording.
func (f *field) spare() {
	for _, p := range pairs(f.text, f.lo, f.hi) {
		o, s := f.at(p.open), f.at(p.shut)
		switch {
		case o >= 0 && s < 0:
			f.without(o, p.open)
		case o < 0 && s >= 0:
			f.without(s, p.shut)
		}
	}
}

// without takes the rune at i out of a draft.
func (f *field) without(k, i int) {
	d := f.drafts[k]
	var pieces []draft
	for _, s := range []document.Span{{Start: d.Start, End: i}, {Start: i + 1, End: d.End}} {
		if s.Len() > 0 {
			p := d
			p.Span = s
			pieces = append(pieces, p)
		}
	}
	f.drafts = slices.Concat(f.drafts[:k], pieces, f.drafts[k+1:])
}

const (
	openers = "(（[［【〔《〈「『{“‘〖"
	closers = ")）]］】〕》〉」』}”’〗"
)

// kindOf is which bracket a rune is, from 1; brackets of either width are the same.
func kindOf(r rune) (kind int, opens bool) {
	if i := index(openers, r); i >= 0 {
		return []int{1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}[i], true
	}
	if i := index(closers, r); i >= 0 {
		return []int{1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}[i], false
	}
	return 0, false
}

func index(set string, r rune) int {
	i := 0
	for _, c := range set {
		if c == r {
			return i
		}
		i++
	}
	return -1
}

// pairs matches the brackets of a stretch; those that match nothing are left out.
func pairs(text []rune, lo, hi int) []pair {
	var out []pair
	var stack []int
	for i := lo; i < hi; i++ {
		kind, opens := kindOf(text[i])
		switch {
		case kind == 0:
		case opens:
			stack = append(stack, i)
		default:
			for k := len(stack) - 1; k >= 0; k-- {
				if o, _ := kindOf(text[stack[k]]); o == kind {
					out = append(out, pair{stack[k], i})
					stack = stack[:k]
					break
				}
			}
		}
	}
	return out
}

// at is the draft that takes the rune at i away, -1 for none.
func (f *field) at(i int) int {
	for k := range f.drafts {
		if f.drafts[k].Start <= i && i < f.drafts[k].End {
			return k
		}
	}
	return -1
}

// merge joins deletions, and stand-ins of the same words, between which nothing stands
// but a sign: 有关单位、有关单位.
func (f *field) merge() {
	out := f.drafts[:0:0]
	for _, d := range f.drafts {
		if n := len(out); n > 0 && f.joins(&out[n-1], &d) {
			out[n-1].End = d.End
			continue
		}
		out = append(out, d)
	}
	f.drafts = out
}

func (f *field) joins(a, b *draft) bool {
	if a.Text != b.Text || a.decided || b.decided || a.Text != "" && (!a.words || !b.words) || f.unseen(a) || f.unseen(b) {
		return false
	}
	gap := f.text[a.End:b.Start]
	if len(gap) > 4 {
		return false
	}
	for _, r := range gap {
		if !unicode.IsSpace(r) && !strings.ContainsRune("，、,；;及和与或/", r) {
			return false
		}
	}
	return true
}

// unseen tells whether an edit takes away only what nobody sees.
func (f *field) unseen(d *draft) bool { return visible(string(f.text[d.Start:d.End])) == "" }

// mend sees to it that both halves of a pair go or stay.
func (f *field) mend() {
	for i := range f.drafts {
		if d := &f.drafts[i]; !d.decided && !balanced(d.Text) {
			d.Text = strings.Map(func(r rune) rune {
				if k, _ := kindOf(r); k > 0 {
					return -1
				}
				return r
			}, d.Text)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, p := range f.pairs {
			o, s := f.at(p.open), f.at(p.shut)
			switch {
			case o >= 0 && s < 0 && p.shut-f.drafts[o].End < remarkRest:
				f.grow(o, f.drafts[o].Start, p.shut+1)
				changed = true
			case o < 0 && s >= 0 && f.drafts[s].Start-p.open <= remarkHead:
				f.grow(s, p.open, f.drafts[s].End)
				changed = true
			}
		}
	}
	f.restore()
}

// balanced tells whether every bracket of a text has its other half.
func balanced(s string) bool {
	r := []rune(s)
	n := 0
	for _, c := range r {
		if k, _ := kindOf(c); k > 0 {
			n++
		}
	}
	return n == 2*len(pairs(r, 0, len(r)))
}

// grow stretches a draft over what lies beside it, other drafts included.
func (f *field) grow(i, start, end int) {
	d := f.drafts[i]
	d.Start, d.End = start, end
	out := f.drafts[:0:0]
	for k, o := range f.drafts {
		switch {
		case k == i:
			out = append(out, d)
		case start <= o.Start && o.End <= end:
		default:
			out = append(out, o)
		}
	}
	f.drafts = out
}

// restore puts back the halves whose other halves stay, where they are too far off.
func (f *field) restore() {
	type halves struct{ before, after []int }
	back := map[int]*halves{}
	of := func(k int) *halves {
		if back[k] == nil {
			back[k] = &halves{}
		}
		return back[k]
	}
	for _, p := range f.pairs {
		o, s := f.at(p.open), f.at(p.shut)
		switch {
		case o >= 0 && s < 0:
			of(o).after = append(of(o).after, p.open)
		case o < 0 && s >= 0:
			of(s).before = append(of(s).before, p.shut)
		}
	}
	for k, h := range back {
		slices.Sort(h.before)
		slices.Sort(h.after)
		f.drafts[k].Text = f.runes(h.before) + f.drafts[k].Text + f.runes(h.after)
		f.drafts[k].words = false
	}
}

func (f *field) runes(at []int) string {
	var b strings.Builder
	for _, i := range at {
		b.WriteRune(f.text[i])
	}
	return b.String()
}

const (
	commas   = "，、,；;"
	stops    = "。！？!?"
	copulas  = "为是于至系即称在由按"
	announce = "：:=＝"
)

// signs sees to what stands either side of a deletion.
func (f *field) signs(i int) {
	d := &f.drafts[i]
	if d.Text != "" || f.unseen(d) {
		return
	}
	f.emptyPairs(i)
	lo, hi := f.limits(i)
	e := edges{lo: lo, hi: hi, l: f.left(d.Start, lo), r: f.right(d.End, hi)}
	e.before, e.after = f.beside(i, e.l, lo, true), f.beside(i, e.r, hi, false)
	switch {
	case e.before == 0 && e.after == 0: // the whole field
	case f.announces(d, e):
		d.Text = Omitted
		if e.l >= lo && has(copulas+announce, e.before) {
			d.Start = e.l + 1
		}
	case f.afterwards(d, e), f.beforehand(d, e):
	case d.Start > lo && d.End < hi && blank(f.text[d.Start-1]) && blank(f.text[d.End]):
		d.End = e.r
	}
}

// edges is what will stand beside a deletion: the runes and, where they are of the text
// itself, their places (l not below lo, r below hi).
type edges struct {
	lo, hi, l, r  int
	before, after rune
}

// announces tells whether a deletion leaves a label with nothing behind it.
func (f *field) announces(d *draft, e edges) bool {
	ends := e.after == 0 || has(commas+stops+closers+openers+".", e.after)
	return e.before != 0 && ends && !d.more && f.dangles(e.before, d.Start-1-e.l, e.after)
}

// afterwards takes the sign behind a deletion along where it parts nothing any more.
func (f *field) afterwards(d *draft, e edges) bool {
	if e.r >= e.hi {
		return false
	}
	switch first := e.before == 0; {
	case has(commas, e.after) && (first && !d.more || has(stops+openers+announce, e.before)):
		d.End = f.right(e.r+1, e.hi)
	case has(commas, e.after) && has(commas, e.before) && (has("，、,", e.after) || e.l < e.lo):
		d.End = e.r + 1
	case has(stops, e.after) && (first || has(stops, e.before)):
		d.End = e.r + 1
	default:
		return false
	}
	return true
}

// beforehand takes the comma before a deletion along where it parts nothing any more.
func (f *field) beforehand(d *draft, e edges) bool {
	if e.l < e.lo || !has(commas, e.before) || e.after != 0 && !has(commas+stops+closers, e.after) {
		return false
	}
	d.Start = e.l
	return true
}

// dangles tells whether what stands before a deletion announces what is no longer there.
func (f *field) dangles(before rune, blanks int, after rune) bool {
	switch {
	case has(announce, before):
		return true
	case has(copulas, before):
		return after == 0 || has(commas+stops, after)
	}
	return blanks > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) && !has(closers, after)
}

// emptyPairs stretches a deletion over the brackets between which it leaves nothing but signs.
func (f *field) emptyPairs(i int) {
	d := &f.drafts[i]
	for {
		lo, hi := f.limits(i)
		l, r := d.Start-1, d.End
		for l >= lo && (blank(f.text[l]) || has(commas, f.text[l])) {
			l--
		}
		for r < hi && (blank(f.text[r]) || has(commas, f.text[r])) {
			r++
		}
		if l < lo || r >= hi || !slices.Contains(f.pairs, pair{l, r}) && (f.text[l] != '"' || f.text[r] != '"') {
			return
		}
		d.Start, d.End = l, r+1
	}
}

// limits is how far a draft may grow: to its neighbours, or the edges of the field.
func (f *field) limits(i int) (lo, hi int) {
	lo, hi = f.lo, f.hi
	if i > 0 {
		lo = f.drafts[i-1].End
	}
	if i+1 < len(f.drafts) {
		hi = f.drafts[i+1].Start
	}
	return lo, hi
}

// left is the place of the last rune before i that is no blank; lo-1 if there is none.
func (f *field) left(i, lo int) int {
	for i--; i >= lo && blank(f.text[i]); i-- {
	}
	return i
}

// right is the place of the first rune from i on that is no blank; hi if there is none.
func (f *field) right(i, hi int) int {
	for i < hi && blank(f.text[i]) {
		i++
	}
	return i
}

// beside is the rune that will stand at a place beside draft i: of the text, or of what
// the neighbour puts there; 0 at the edge of the field.
func (f *field) beside(i, at, limit int, before bool) rune {
	if before && at >= limit || !before && at < limit {
		return f.text[at]
	}
	k := i + 1
	if before {
		k = i - 1
	}
	if k < 0 || k >= len(f.drafts) {
		return 0
	}
	t := []rune(f.drafts[k].Text)
	switch {
	case len(t) == 0:
		return '，' // two deletions that were not joined: as good as a comma
	case before:
		return t[len(t)-1]
	}
	return t[0]
}

func blank(r rune) bool { return r == ' ' || r == '　' || r == 0xA0 }

func has(set string, r rune) bool { return r != 0 && strings.ContainsRune(set, r) }
