package detect

import (
	"cmp"
	"regexp"
	"slices"
	"sync"

	"jinggao/sanitize/detect/automaton"
	"jinggao/sanitize/rule"
)

var nameShape = sync.OnceValue(func() *regexp.Regexp {
	re, err := rule.Compile("{NAME}")
	if err != nil { // only a wrong macro could cause it
		panic(err)
	}
	return re
})

// plausibleName tells whether something in a match that has the shape of a name
// is no ordinary word: 残疾人权益 holds none, for 权益 is in the dictionary and no
// name there.
func (w *work) plausibleName(text string) bool {
	rs := []rune(text)
	for i := range rs {
		for n := 2; n <= 4 && i+n <= len(rs); n++ {
			s := string(rs[i : i+n])
			if loc := nameShape().FindStringIndex(s); loc == nil || loc[0] != 0 || loc[1] != len(s) {
				continue
			}
			if !w.engine.seg.Ordinary(s) && !w.engine.seg.Ordinary(string(rs[i:min(i+2, len(rs))])) {
				return true
			}
		}
	}
	return false
}

// fewNames is up to how many names are looked for without an automaton, which
// would cost more to make than it saves.
const fewNames = 48

// nameFinder finds the names of one document again.
type nameFinder struct {
	auto  *automaton.Automaton // for many names; nil for few
	terms [][]rune
	first [1 << 6]uint64   // one bit for the last twelve bits of a rune with which a name begins
	by    map[rune][]int32 // the names by first rune
}

func newNameFinder(terms [][]rune) *nameFinder {
	if len(terms) > fewNames {
		return &nameFinder{auto: automaton.New(terms)}
	}
	f := &nameFinder{terms: terms, by: make(map[rune][]int32, len(terms))}
	for i, t := range terms {
		r := t[0]
		f.first[r>>6&63] |= 1 << (r & 63)
		f.by[r] = append(f.by[r], int32(i))
	}
	return f
}

// scan gives every occurrence, ordered by end, longer first.
func (f *nameFinder) scan(text []rune) []automaton.Match {
	if f.auto != nil {
		return f.auto.Scan(text, nil)
	}
	var out []automaton.Match
	for i, r := range text {
		if f.first[r>>6&63]&(1<<(r&63)) == 0 {
			continue
		}
		for _, k := range f.by[r] {
			t := f.terms[k]
			if end := i + len(t); end <= len(text) && slices.Equal(text[i:end], t) {
				out = append(out, automaton.Match{Term: k, Start: int32(i), End: int32(end)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b automaton.Match) int { return int(cmp.Or(a.End-b.End, a.Start-b.Start)) })
	return out
}
