package redact

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
)

// Rectangles that a person drew over a PDF page (人工遮盖) are kept as decisions whose
// fingerprint says of which file and where: box/DIGEST/PAGE/X0,Y0,X1,Y1, in hundredths
// of a point from the lower left corner of the page as shown. A file with another
// content has another digest, so that a box never lands on a page it was not drawn on.

const (
	boxPrefix  = "box/"
	digestSize = 16 // hex digits of the SHA-256 that name the file
	maxCoord   = 20_000_00
)

// RuleBox is the id under which boxes drawn by hand are counted and listed.
const RuleBox = "U02"

// BoxKey is the fingerprint of a box on a page of the file with a SHA-256 in hex.
func BoxKey(sha256 string, b document.Box) string {
	n := func(v float64) int { return int(math.Round(v * 100)) }
	x0, x1 := min(n(b.X0), n(b.X1)), max(n(b.X0), n(b.X1))
	y0, y1 := min(n(b.Y0), n(b.Y1)), max(n(b.Y0), n(b.Y1))
	return fmt.Sprintf("%s%s/%d/%d,%d,%d,%d", boxPrefix, digestOf(sha256), b.Page, x0, y0, x1, y1)
}

func digestOf(sha256 string) string { return sha256[:min(len(sha256), digestSize)] }

// IsBox tells the fingerprints of BoxKey from others.
func IsBox(fingerprint string) bool { return strings.HasPrefix(fingerprint, boxPrefix) }

// ParseBox reads a fingerprint of BoxKey; ok is false for anything else. Mine tells
// whether the box was drawn on the file with this SHA-256.
func ParseBox(fingerprint, sha256 string) (b document.Box, mine, ok bool) {
	rest, found := strings.CutPrefix(fingerprint, boxPrefix)
	f := strings.Split(rest, "/")
	if !found || len(f) != 3 {
		return b, false, false
	}
	var v [4]float64
	at := strings.Split(f[2], ",")
	if len(at) != len(v) {
		return b, false, false
	}
	for i, s := range at {
		n, err := strconv.Atoi(s)
		if err != nil || n < -maxCoord || n > maxCoord {
			return b, false, false
		}
		v[i] = float64(n) / 100
	}
	page, err := strconv.Atoi(f[1])
	if err != nil || page < 1 || v[2] <= v[0] || v[3] <= v[1] {
		return b, false, false
	}
	return document.Box{Page: page, X0: v[0], Y0: v[1], X1: v[2], Y1: v[3]}, len(sha256) >= digestSize && f[0] == digestOf(sha256), true
}

// Boxes are the boxes among decisions that were drawn on the file with this SHA-256.
func Boxes(ds []Decision, sha256 string) []document.Box {
	var out []document.Box
	for i := range ds {
		if b, mine, ok := ParseBox(ds[i].Fingerprint, sha256); ok && mine && ds[i].Action == ActionMask {
			out = append(out, b)
		}
	}
	return out
}
