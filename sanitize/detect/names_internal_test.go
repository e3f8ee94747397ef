package detect

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/detect/automaton"
)

// Few names are found just as the automaton finds them.
func TestFewNamesAsByAutomaton(t *testing.T) {
	letter := rapid.SampledFrom([]rune("林知夏沈舟𠮷 ·a"))
	rapid.Check(t, func(t *rapid.T) {
		var terms [][]rune
		for _, n := range rapid.SliceOfNDistinct(rapid.StringOfN(letter, 1, 4, -1), 1, 9, rapid.ID).Draw(t, "names") {
			terms = append(terms, []rune(n))
		}
		text := []rune(rapid.StringOfN(letter, 0, 60, -1).Draw(t, "text"))
		got, want := newNameFinder(terms).scan(text), automaton.New(terms).Scan(text, nil)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("names %q text %q\n got %v\nwant %v", terms, string(text), got, want)
		}
	})
}
