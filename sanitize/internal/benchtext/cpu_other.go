//go:build !unix

package benchtext

// ProcessorSeconds is not known here.
func ProcessorSeconds() float64 { return 0 }
