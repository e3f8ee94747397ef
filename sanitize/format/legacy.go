package format

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/doc"
)

// legacyHandler gives the package for formats of older and of other programs.
func legacyHandler(kind document.Kind) (handler, bool) {
	switch kind {
	case "doc":
		return handler{doc.Read, doc.Rebuild}, true
	}
	return handler{}, false
}
