package sanitize

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

func newTemporary(dir string) (*temporary, error) { return named(dir) }

// name gives the file its name; an existing file is never replaced (fs.ErrExist).
func (t *temporary) name(to string) error {
	if err := t.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	from, err := windows.UTF16PtrFromString(t.path)
	if err != nil {
		return err
	}
	target, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	if err := patiently(func() error { return windows.MoveFileEx(from, target, windows.MOVEFILE_WRITE_THROUGH) }); err != nil {
		return &os.PathError{Op: "name", Path: to, Err: err}
	}
	t.done = true
	return nil
}

// Virus scanners and indexers open a file or a folder as soon as it is written, and
// let go of it again: patience is how long that is waited for.
const (
	patience = 5 * time.Second
	pause    = 50 * time.Millisecond
)

// patiently tries again while somebody else holds what is to be renamed. Windows says
// "access denied" of a folder in which a file is open.
func patiently(rename func() error) error {
	for end := time.Now().Add(patience); ; time.Sleep(pause) {
		err := rename()
		if err == nil || !locked(err) && !errors.Is(err, windows.ERROR_ACCESS_DENIED) || time.Now().After(end) {
			return err
		}
	}
}

func full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
func readOnly(err error) bool  { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
func notFolder(err error) bool { return errors.Is(err, windows.ERROR_DIRECTORY) }

func locked(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}

// stale files are those that nobody holds open: Windows removes no others.
func stale(os.FileInfo) bool { return true }
