package submission

import (
	"testing"

	"pgregory.net/rapid"
)

// slow is the edit distance by the book.
func slow(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	d := slow(a[1:], b[1:])
	if a[0] == b[0] {
		return d
	}
	return 1 + min(d, slow(a[1:], b), slow(a, b[1:]))
}

func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := []rune(rapid.StringMatching(`[甲乙丙]{0,7}`).Draw(t, "a"))
		b := []rune(rapid.StringMatching(`[甲乙丙]{0,7}`).Draw(t, "b"))
		limit := rapid.IntRange(1, 3).Draw(t, "limit")
		if got, want := distance(a, b, limit), min(slow(a, b), limit+1); got != want {
			t.Fatalf("%s %s limit %d: %d, want %d", string(a), string(b), limit, got, want)
		}
	})
}

// The index finds every string within two edits.
func TestNearIndexIsComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := []rune(rapid.StringMatching(`[甲乙丙丁]{8,14}`).Draw(t, "a"))
		b := append([]rune(nil), a...)
		for range rapid.IntRange(0, 2).Draw(t, "edits") {
			i := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				b[i] = '戊'
			case 1:
				b = append(b[:i], b[i+1:]...)
			case 2:
				b = append(b[:i], append([]rune{'己'}, b[i:]...)...)
			}
		}
		x := newNearIndex()
		x.add(0, string(a))
		if len(x.near(string(b))) != 1 {
			t.Fatalf("%s is not near %s", string(b), string(a))
		}
	})
}
