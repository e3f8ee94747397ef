package sanitize

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// newTemporary makes a nameless file: a killed run leaves nothing.
func newTemporary(dir string) (*temporary, error) {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o644)
	if err == nil {
		return &temporary{file: os.NewFile(uintptr(fd), filepath.Join(dir, "nameless"))}, nil
	}
	if errors.Is(err, unix.EOPNOTSUPP) || errors.Is(err, unix.EISDIR) || errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOENT) {
		return named(dir)
	}
	return nil, &os.PathError{Op: "open", Path: dir, Err: err}
}

// name gives the file its name; an existing file is never replaced (fs.ErrExist).
func (t *temporary) name(to string) error {
	var err error
	if t.path == "" {
		from := fmt.Sprintf("/proc/self/fd/%d", t.file.Fd())
		err = unix.Linkat(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.AT_SYMLINK_FOLLOW)
	} else if err = unix.Renameat2(unix.AT_FDCWD, t.path, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE); errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		err = os.Link(t.path, to) // the temporary name goes with discard
		if err != nil {
			return err
		}
		return syncFolder(to)
	}
	if err != nil {
		return &os.PathError{Op: "name", Path: to, Err: err}
	}
	t.done = true
	return syncFolder(to)
}

// syncFolder makes the new name survive a loss of power; not every file system can.
func syncFolder(file string) error {
	d, err := os.Open(filepath.Dir(file))
	if err != nil {
		return nil //nolint:nilerr // the file itself is safe
	}
	_ = d.Sync()
	return d.Close()
}

// patiently is for systems where an open file hinders its renaming.
func patiently(rename func() error) error { return rename() }

func full(err error) bool      { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }
func readOnly(err error) bool  { return errors.Is(err, unix.EROFS) }
func notFolder(err error) bool { return errors.Is(err, unix.ENOTDIR) || errors.Is(err, unix.EEXIST) }
func locked(err error) bool    { return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.ETXTBSY) }

func stale(info os.FileInfo) bool { return time.Since(info.ModTime()) > time.Hour }
