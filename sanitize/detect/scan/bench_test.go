package scan_test

import (
	"strings"
	"testing"

	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/document"
	"jinggao/sanitize/internal/benchtext"
	"jinggao/sanitize/normal"
)

func bench(b *testing.B, text string) {
	b.Helper()
	v := normal.New(text)
	p := &document.Part{Text: text}
	benchtext.Report(b, int64(len(text)), func() { scan.All(p, v) })
}

func BenchmarkProse(b *testing.B) { bench(b, strings.Join(benchtext.Normal(100_000), "")) }

func BenchmarkRoster(b *testing.B) { bench(b, benchtext.Roster(1000)) }

// BenchmarkRows is a roster whose heads have been cut off.
func BenchmarkRows(b *testing.B) {
	_, rows, _ := strings.Cut(benchtext.Roster(1000), "\n")
	bench(b, rows)
}

func BenchmarkNumbers(b *testing.B) {
	bench(b, strings.Repeat("流水202503180000174425，金额12873500元，时间2024-06-18 12:30:45，版本v5.10.0.12，坐标0.9412，0.9187，编号NCTC-2024-0611873。\n", 400))
}
