//go:build windows

package rulebook

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// userKeeper wraps by the data protection of Windows: only this user of this computer
// (or of this domain profile) can unwrap.
type userKeeper struct{}

func newKeeper(string) keeper { return userKeeper{} }

// entropy ties what is wrapped to this purpose.
var entropy = []byte("jinggao rule book 1")

func blob(b []byte) *windows.DataBlob {
	if len(b) == 0 {
		return &windows.DataBlob{}
	}
	return &windows.DataBlob{Size: uint32(len(b)), Data: &b[0]}
}

// take copies what Windows has allocated and gives the memory back.
func take(d *windows.DataBlob) []byte {
	out := append([]byte(nil), unsafe.Slice(d.Data, d.Size)...)
	_, _ = windows.LocalFree(windows.Handle(unsafe.Pointer(d.Data))) // failing costs only the memory
	return out
}

func (userKeeper) wrap(key []byte) ([]byte, error) {
	var out windows.DataBlob
	err := windows.CryptProtectData(blob(key), nil, blob(entropy), 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	if err != nil {
		return nil, fmt.Errorf("protect key: %w", err)
	}
	return take(&out), nil
}

func (userKeeper) unwrap(wrapped []byte) ([]byte, error) {
	if len(wrapped) == 0 {
		return nil, ErrDamaged
	}
	var out windows.DataBlob
	err := windows.CryptUnprotectData(blob(wrapped), nil, blob(entropy), 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUser, err)
	}
	return take(&out), nil
}
