package sanitize

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
)

func TestSplicedPages(t *testing.T) {
	pages := []string{"甲乙丙", "丁", "戊己"}
	for _, c := range []struct {
		start, end int
		want       string
	}{
		{0, 1, "×乙丙|丁|戊己"},
		{2, 6, "甲乙×|×|戊己"},
		{1, 10, "甲×|×|×"},
		{3, 5, "甲乙丙|丁|戊己"}, // nothing but what stands between two pages
		{9, 10, "甲乙丙|丁|戊×"},
	} {
		if got := strings.Join(splicedPages(pages, 2, document.Span{Start: c.start, End: c.end}, "×"), "|"); got != c.want {
			t.Errorf("[%d, %d): %s, want %s", c.start, c.end, got, c.want)
		}
	}
}

// Whatever is treated, what stood outside of it stays, and nothing of it is left.
func TestSplicedPagesAtRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pages := rapid.SliceOfN(rapid.StringMatching(`[甲乙a]{0,6}`), 1, 5).Draw(t, "pages")
		joined := []rune(strings.Join(pages, "\n"))
		start := rapid.IntRange(0, len(joined)).Draw(t, "start")
		end := rapid.IntRange(start, len(joined)).Draw(t, "end")
		got := splicedPages(pages, 1, document.Span{Start: start, End: end}, "")
		keep := func(s string) string { return strings.ReplaceAll(s, "\n", "") }
		want := keep(string(slices.Concat(joined[:start], joined[end:])))
		if strings.Join(got, "") != want || len(got) != len(pages) || utf8.RuneCountInString(want) > len(joined) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}
