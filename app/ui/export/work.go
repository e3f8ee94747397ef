package export

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/user"
	"path/filepath"
	"strings"
)

// WorkPrefix begins the name of the folder that an export works in until it is
// whole. It differs from person to person and from computer to computer, so that
// on a shared drive nobody takes another's running export for what a kill has left;
// the program itself runs once for each of them.
func WorkPrefix() string {
	host, _ := os.Hostname() // empty where unknown: the person alone tells them apart
	name := ""
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	sum := sha256.Sum256([]byte(host + "\x00" + name))
	return ".净稿未完成-" + hex.EncodeToString(sum[:4]) + "-"
}

// sweep removes what this person's export, killed on this computer, left in the folder.
func sweep(base string) {
	entries, err := os.ReadDir(base)
	if err != nil {
		return // the export itself will say what is wrong with the folder
	}
	mine := WorkPrefix()
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), mine) {
			_ = os.RemoveAll(filepath.Join(base, e.Name())) // what cannot be removed is hidden and in nobody's way
		}
	}
}
