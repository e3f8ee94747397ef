//go:build !windows

package rulebook

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// keyFile keeps the key of this user where the system has no store of its own.
const keyFile = "rulebook.key"

// fileKeeper wraps by a key in a file that only this user may read.
type fileKeeper struct{ path string }

func newKeeper(dir string) keeper { return &fileKeeper{filepath.Join(dir, keyFile)} }

const wrapHead = "jinggao rule book key"

func (k *fileKeeper) wrap(key []byte) ([]byte, error) {
	own, err := k.key(true)
	if err != nil {
		return nil, err
	}
	out, err := sealWith(own, []byte(wrapHead), key)
	if err != nil {
		return nil, err
	}
	return out[len(wrapHead):], nil
}

func (k *fileKeeper) unwrap(wrapped []byte) ([]byte, error) {
	own, err := k.key(false)
	if err != nil {
		return nil, err
	}
	key, err := openWith(own, []byte(wrapHead), wrapped)
	if err != nil {
		return nil, ErrUser
	}
	return key, nil
}

// key reads the key of this user, or makes one. A key that others may read is made
// private again.
func (k *fileKeeper) key(make bool) ([]byte, error) {
	b, err := os.ReadFile(k.path)
	switch {
	case err == nil && len(b) == 32:
		if st, err := os.Stat(k.path); err == nil && st.Mode().Perm()&0o077 != 0 {
			_ = os.Chmod(k.path, 0o600) // on file systems without rights there is nothing to set
		}
		return b, nil
	case err == nil && !make, errors.Is(err, fs.ErrNotExist) && !make:
		return nil, ErrUser
	case err == nil:
		// A damaged key opens nothing any more; it is kept beside the new one.
		if err := os.Rename(k.path, k.path+".damaged"); err != nil {
			return nil, fmt.Errorf("put the damaged key aside: %w", err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read key: %w", err)
	}
	return k.create()
}

func (k *fileKeeper) create() ([]byte, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	f, err := os.OpenFile(k.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create key: %w", err)
	}
	_, err = f.Write(key)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(k.path) // ours, half written
		return nil, fmt.Errorf("write key: %w", err)
	}
	return key, nil
}
