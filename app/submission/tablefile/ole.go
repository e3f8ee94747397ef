package tablefile

import (
	"bytes"

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
