//go:build race

package worker

// raceDetector: its shadow memory alone is larger than any limit on address space.
const raceDetector = true
