package format

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/doc"
	"jinggao/sanitize/format/image"
	"jinggao/sanitize/format/mail"
	"jinggao/sanitize/format/odf"
	"jinggao/sanitize/format/ppt"
	"jinggao/sanitize/format/rtf"
	"jinggao/sanitize/format/xls"
)

// legacyHandler gives the package for formats of older and of other programs.
func legacyHandler(kind document.Kind) (handler, bool) {
	switch kind {
	case "doc":
		return handler{doc.Read, doc.Rebuild}, true
	case "xls":
		return handler{xls.Read, xls.Rebuild}, true
	case "ppt":
		return handler{ppt.Read, ppt.Rebuild}, true
	case "rtf":
		return handler{rtf.Read, rtf.Rebuild}, true
	case "odt", "ods", "odp":
		return handler{odf.Read, odf.Rebuild}, true
	case "eml", "mht":
		return handler{mail.Read, mail.Rebuild}, true
	case "png", "jpeg", "gif", "tiff", "bmp", "webp":
		return handler{image.Read, image.Rebuild}, true
	}
	return handler{}, false
}
