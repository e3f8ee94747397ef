package pdfium

// Subtypes of annotations, as PDFium numbers them, that draw no text of their own.
const (
	annotLink  = 2
	annotPopup = 16
)

// DrawsAnnotations tells whether the page has annotations that may draw text.
func (p *Page) DrawsAnnotations() bool {
	in := p.in
	n := int(int32(in.word("FPDFPage_GetAnnotCount", uint64(p.handle))))
	for i := 0; i < n && in.err == nil; i++ {
		a := in.word("FPDFPage_GetAnnot", uint64(p.handle), uint64(i))
		if a == 0 {
			continue
		}
		kind := in.word("FPDFAnnot_GetSubtype", uint64(a))
		in.call("FPDFPage_CloseAnnot", uint64(a))
		if kind != annotLink && kind != annotPopup {
			return true
		}
	}
	return false
}

// Flatten makes the appearances of annotations and fields part of the page's
// content, for the open document only. The page must be opened anew to see it.
func (p *Page) Flatten() bool {
	const success = 1
	return p.in.word("FPDFPage_Flatten", uint64(p.handle), 0) == success
}
