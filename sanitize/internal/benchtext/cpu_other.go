//go:build !unix

package benchtext

// processorSeconds is not known here.
func processorSeconds() float64 { return 0 }
