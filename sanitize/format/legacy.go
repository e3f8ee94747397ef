package format

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/doc"
	"jinggao/sanitize/format/xls"
)

// legacyHandler gives the package for formats of older and of other programs.
func legacyHandler(kind document.Kind) (handler, bool) {
	switch kind {
	case "xls":
		return handler{xls.Read, xls.Rebuild}, true
	case "doc":
		return handler{doc.Read, doc.Rebuild}, true
	}
	return handler{}, false
}
