package sanitize

import (
	"errors"
	"os"

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
	if err := windows.MoveFileEx(from, target, windows.MOVEFILE_WRITE_THROUGH); err != nil {
		return &os.PathError{Op: "name", Path: to, Err: err}
	}
	t.done = true
	return nil
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
