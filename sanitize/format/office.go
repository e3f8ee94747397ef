package format

import (
	"context"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/ofd"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/format/pptx"
	"jinggao/sanitize/format/xlsx"
)

// officeHandler gives the package for office and page formats.
func officeHandler(kind document.Kind) (handler, bool) {
	switch kind {
	case "docx":
		return handler{docx.Read, docx.Rebuild}, true
	case "xlsx":
		return handler{xlsx.Read, xlsx.Rebuild}, true
	case "pptx":
		return handler{pptx.Read, pptx.Rebuild}, true
	case "ofd":
		return handler{ofd.Read, ofd.Rebuild}, true
	case "pdf":
		return handler{pdf.Read, pdf.Rebuild}, true
	}
	return legacyHandler(kind)
}

// Warm loads what readers need and what is slow to load.
func Warm(ctx context.Context) error { return pdf.Warm(ctx) }
