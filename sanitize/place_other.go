//go:build !linux && !windows

package sanitize

import (
	"errors"
	"os"
	"syscall"
	"time"
)

func newTemporary(dir string) (*temporary, error) { return named(dir) }

// name gives the file its name; an existing file is never replaced (fs.ErrExist).
func (t *temporary) name(to string) error { return os.Link(t.path, to) }

// patiently is for systems where an open file hinders its renaming.
func patiently(rename func() error) error { return rename() }

func full(err error) bool     { return errors.Is(err, syscall.ENOSPC) }
func readOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
func notFolder(err error) bool {
	return errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EEXIST)
}
func locked(err error) bool { return errors.Is(err, syscall.EBUSY) }

func stale(info os.FileInfo) bool { return time.Since(info.ModTime()) > time.Hour }
