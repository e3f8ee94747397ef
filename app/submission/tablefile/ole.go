package tablefile

import (
	"bytes"
	"io"

	"github.com/richardlehane/mscfb"

	"jinggao/sanitize/document"
)

// sniffOLE tells by its streams what a compound file is.
func sniffOLE(data []byte) (kind document.Kind) {
	defer func() {
		if recover() != nil {
			kind = "ole"
		}
	}()
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return "ole"
	}
	for _, f := range r.File {
		switch f.Name {
		case "EncryptedPackage":
			return "encrypted"
		case "Workbook", "Book":
			if len(f.Path) == 0 {
				return "xls"
			}
		case "WordDocument":
			if len(f.Path) == 0 {
				return "doc"
			}
		}
	}
	return "ole"
}

// oleStream reads a top-level stream of a compound file; nil if there is none.
func oleStream(data []byte, name string) ([]byte, error) {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	for _, f := range r.File {
		if f.Name != name || len(f.Path) != 0 {
			continue
		}
		if f.Size > maxInflated || f.Size < 0 {
			return nil, errTooLarge()
		}
		b, err := io.ReadAll(io.LimitReader(f, f.Size))
		if err != nil {
			return nil, errDamaged(err.Error())
		}
		return b, nil
	}
	return nil, nil
}
