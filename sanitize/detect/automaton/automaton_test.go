package automaton_test

import (
	"fmt"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/detect/automaton"
)

func runes(terms []string) [][]rune {
	out := make([][]rune, len(terms))
	for i, t := range terms {
		out[i] = []rune(t)
	}
	return out
}

func naive(terms []string, text string) []automaton.Match {
	t := []rune(text)
	first := map[string]int32{}
	for i, s := range terms {
		if _, ok := first[s]; !ok && s != "" {
			first[s] = int32(i)
		}
	}
	var out []automaton.Match
	for s, id := range first {
		p := []rune(s)
		for i := 0; i+len(p) <= len(t); i++ {
			if string(t[i:i+len(p)]) == s {
				out = append(out, automaton.Match{Term: id, Start: int32(i), End: int32(i + len(p))})
			}
		}
	}
	return out
}

func order(m []automaton.Match) []automaton.Match {
	sort.Slice(m, func(i, j int) bool {
		if m[i].End != m[j].End {
			return m[i].End < m[j].End
		}
		return m[i].Start < m[j].Start
	})
	return m
}

func TestAgainstNaiveSearch(t *testing.T) {
	letter := rapid.SampledFrom([]rune("机密秘绝a𝟏级"))
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(letter, 0, 4, -1)
		terms := rapid.SliceOfN(word, 0, 12).Draw(t, "terms")
		text := rapid.StringOfN(rapid.OneOf(letter, rapid.Rune()), 0, 60, -1).Draw(t, "text")
		got := automaton.New(runes(terms)).Scan([]rune(text), nil)
		want := order(naive(terms, text))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("terms %q text %q\n got %v\nwant %v", terms, text, got, want)
		}
	})
}

func TestManyTerms(t *testing.T) {
	var terms []string
	for i := range 50000 {
		terms = append(terms, fmt.Sprintf("词%d语", i))
	}
	a := automaton.New(runes(terms))
	got := a.Scan([]rune("前词49999语后词3语"), nil)
	if len(got) != 2 || got[0].Term != 49999 || got[1].Term != 3 {
		t.Fatalf("got %v", got)
	}
}

func TestNoTerms(t *testing.T) {
	if got := automaton.New(nil).Scan([]rune("机密"), nil); got != nil {
		t.Fatalf("got %v", got)
	}
}
