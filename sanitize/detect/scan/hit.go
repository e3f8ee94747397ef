// Package scan finds what has a shape rather than a wording: numbers, addresses
// of machines, credentials, names behind labels, household addresses. Its
// scanners are written by hand and walk the normalised view once.
package scan

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// Hit is a candidate from a scanner. Span counts runes of the normalised view.
type Hit struct {
	Rule string // taxonomy id the shape belongs to: I01
	document.Span
	Score   float64          // base, raised or lowered by the scanner's own evidence
	Reasons []finding.Reason // Chinese, in order; the first is the base
	// Level overrides the rule's level where the ruling says so (0: as the rule says).
	Level finding.Level
	// Certain marks a shape proved by a check digit or a parser; context cannot drop it.
	Certain bool
	// Rare marks a name whose surname is more often a word: it counts only where the
	// dictionary knows no word there.
	Rare bool
}
