package detect_test

import (
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/internal/benchtext"
)

// Half a megabyte is enough to measure. What is measured beside it stands in sanitize/internal/compare.
const benchBytes = 500_000

func scanAll(b *testing.B, docs []string) {
	b.Helper()
	e, _ := loaded()
	benchtext.Report(b, benchtext.Bytes(docs), func() {
		for _, d := range docs {
			scanDocument(b, e, &document.Document{Parts: []document.Part{body(d)}})
		}
	})
}

// BenchmarkScan is detection as a whole: all rules, evidence and reasons.
func BenchmarkScan(b *testing.B) {
	_, set := loaded()
	b.Run("normal", func(b *testing.B) { scanAll(b, benchtext.Normal(benchBytes)) })
	b.Run("mixed", func(b *testing.B) { scanAll(b, benchtext.Mixed(set, benchBytes)) })
	b.Run("dense", func(b *testing.B) { scanAll(b, benchtext.Dense(set, benchBytes/5)) })
	b.Run("roster", func(b *testing.B) { scanAll(b, []string{benchtext.Roster(300), benchtext.Roster(300)}) })
}
