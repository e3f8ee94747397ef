package sanitize

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/emmansun/gmsm/sm3"
)

// digests gives SHA-256 and SM3 in hex.
func digests(data []byte) (sha, sm string) {
	a := sha256.Sum256(data)
	b := sm3.Sum(data)
	return hex.EncodeToString(a[:]), hex.EncodeToString(b[:])
}
