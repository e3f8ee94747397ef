package rulebook

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A sealed book is
//
//	magic │ length of the wrapped key (4) │ wrapped key │ nonce (12) │ AES-256-GCM
//
// of the deflated JSON. The key is made anew at each save and is wrapped for this user:
// by DPAPI on Windows, by a key file elsewhere. Magic and wrapped key are authenticated.
const magic = "JGRULES1"

// maxBook bounds a book unpacked, in bytes.
const maxBook = 256 << 20

// Errors of a sealed book.
var (
	// ErrUser means that the book was sealed for another user, or on another computer.
	ErrUser = errors.New("rule book sealed for another user")
	// ErrDamaged means that the file is not whole, or no rule book.
	ErrDamaged = errors.New("rule book damaged")
)

// keeper wraps keys for this user.
type keeper interface {
	wrap(key []byte) ([]byte, error)
	// unwrap fails with ErrUser where the key is not this user's.
	unwrap(wrapped []byte) ([]byte, error)
}

func seal(k keeper, b *Book) ([]byte, error) {
	var plain bytes.Buffer
	z, err := flate.NewWriter(&plain, flate.BestSpeed)
	if err != nil {
		return nil, fmt.Errorf("pack rule book: %w", err)
	}
	if err := errors.Join(json.NewEncoder(z).Encode(b), z.Close()); err != nil {
		return nil, fmt.Errorf("pack rule book: %w", err)
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	wrapped, err := k.wrap(key)
	if err != nil {
		return nil, fmt.Errorf("wrap key: %w", err)
	}
	head := binary.BigEndian.AppendUint32([]byte(magic), uint32(len(wrapped)))
	head = append(head, wrapped...)
	return sealWith(key, head, plain.Bytes())
}

// sealWith appends nonce and sealed text to a head, which it authenticates.
func sealWith(key, head, plain []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("make nonce: %w", err)
	}
	out := append(append([]byte(nil), head...), nonce...)
	return aead.Seal(out, nonce, plain, head), nil
}

func openWith(key, head, sealed []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < aead.NonceSize() {
		return nil, ErrDamaged
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], head)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("prepare cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("prepare cipher: %w", err)
	}
	return aead, nil
}

func unseal(k keeper, data []byte) (*Book, error) {
	const fixed = len(magic) + 4
	if len(data) < fixed || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: no rule book", ErrDamaged)
	}
	n := int(binary.BigEndian.Uint32(data[len(magic):fixed]))
	if n > 1<<16 || len(data) < fixed+n {
		return nil, fmt.Errorf("%w: cut off", ErrDamaged)
	}
	key, err := k.unwrap(data[fixed : fixed+n])
	if err != nil {
		return nil, err
	}
	if len(key) != 32 {
		return nil, fmt.Errorf("%w: key of %d bytes", ErrDamaged, len(key))
	}
	plain, err := openWith(key, data[:fixed+n], data[fixed+n:])
	if err != nil {
		return nil, err
	}
	in := io.LimitReader(flate.NewReader(bytes.NewReader(plain)), maxBook+1)
	text, err := io.ReadAll(in)
	if err != nil || len(text) > maxBook {
		return nil, fmt.Errorf("%w: does not unpack", ErrDamaged)
	}
	b := &Book{}
	if err := json.Unmarshal(text, b); err != nil {
		return nil, fmt.Errorf("%w: not the form of a rule book", ErrDamaged)
	}
	return b, nil
}
