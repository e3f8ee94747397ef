package benchtext

import "testing"

// Report measures a loop over n bytes by the processor time that the whole process
// takes, so that other work on the machine does not count.
func Report(b *testing.B, n int64, once func()) {
	b.Helper()
	b.SetBytes(n)
	b.ReportAllocs()
	before, rounds := ProcessorSeconds(), 0
	for b.Loop() {
		if rounds == 0 {
			before = ProcessorSeconds()
		}
		once()
		rounds++
	}
	if spent := ProcessorSeconds() - before; spent > 0 {
		b.ReportMetric(float64(n)*float64(rounds)/1e6/spent, "MB/cpu-s")
	}
}
