package pdfium

import (
	"errors"
	"fmt"
)

// Reasons why a document cannot be opened.
var (
	ErrPassword = errors.New("password needed")
	ErrDamaged  = errors.New("not a PDF or damaged beyond repair")
	ErrSecurity = errors.New("unsupported security scheme")
)

// Document is an open document; its bytes stay in the instance until Close.
type Document struct {
	in     *Instance
	handle uint32
	data   uint32
}

// Open loads a document from memory. The bytes are copied.
func (in *Instance) Open(data []byte) (*Document, error) {
	p := in.place(data)
	if in.err != nil {
		return nil, in.err
	}
	h := in.word("FPDF_LoadMemDocument", uint64(p), uint64(len(data)), 0)
	if in.err != nil {
		return nil, in.err
	}
	if h == 0 {
		code := in.word("FPDF_GetLastError")
		in.free(p)
		switch code {
		case 4:
			return nil, ErrPassword
		case 5:
			return nil, ErrSecurity
		}
		return nil, fmt.Errorf("%w (code %d)", ErrDamaged, code)
	}
	return &Document{in: in, handle: h, data: p}, nil
}

// Close frees the document.
func (d *Document) Close() {
	d.in.call("FPDF_CloseDocument", uint64(d.handle))
	d.in.free(d.data)
}

// Pages is the number of pages.
func (d *Document) Pages() int {
	return max(0, int(int32(d.in.word("FPDF_GetPageCount", uint64(d.handle)))))
}

// Encrypted tells whether the file has a security handler (with an empty user password, else it were not open).
func (d *Document) Encrypted() bool {
	return int32(d.in.word("FPDF_GetSecurityHandlerRevision", uint64(d.handle))) > 0
}

// Plain writes the document out again without encryption, all object streams and repairs resolved.
func (d *Document) Plain() []byte {
	w := d.in.word("PDFiumExt_OpenFileWriter")
	if w == 0 {
		return nil
	}
	defer d.in.call("PDFiumExt_CloseFileWriter", uint64(w))
	const removeSecurity = 3
	if !d.in.truth("PDFiumExt_SaveAsCopy", uint64(d.handle), uint64(w), removeSecurity) {
		return nil
	}
	n := int(d.in.word("PDFiumExt_GetFileWriterSize", uint64(w)))
	if n <= 0 {
		return nil
	}
	p := d.in.alloc(n)
	defer d.in.free(p)
	d.in.call("PDFiumExt_GetFileWriterData", uint64(w), uint64(p), uint64(n))
	return d.in.bytes(p, n)
}

// Page is an open page. All its geometry is in display space: points from the
// lower left corner of the page as shown, after cropping and rotation.
type Page struct {
	in     *Instance
	doc    *Document
	handle uint32
	Width  float64 // points
	Height float64
	show   matrix // user space → display space
}

// Page opens a page, counted from 0. It returns nil where the page is damaged.
func (d *Document) Page(index int) *Page {
	h := d.in.word("FPDF_LoadPage", uint64(d.handle), uint64(uint32(index)))
	if h == 0 {
		return nil
	}
	p := &Page{in: d.in, doc: d, handle: h}
	p.Width = d.in.real("FPDF_GetPageWidthF", uint64(h))
	p.Height = d.in.real("FPDF_GetPageHeightF", uint64(h))
	p.show = p.display()
	return p
}

// Close frees the page.
func (p *Page) Close() { p.in.call("FPDF_ClosePage", uint64(p.handle)) }

// Bounds is the whole page.
func (p *Page) Bounds() Rect { return Rect{0, 0, p.Width, p.Height} }

// display asks PDFium where three points of user space are shown, a thousandth of a point exact.
func (p *Page) display() matrix {
	const fine = 1000
	at := func(x, y float64) (float64, float64) {
		ok := p.in.truth("FPDF_PageToDevice", uint64(p.handle), 0, 0,
			uint64(uint32(int32(p.Width*fine))), uint64(uint32(int32(p.Height*fine))), 0,
			f64(x), f64(y), uint64(p.in.scratch), uint64(p.in.scratch+4))
		if !ok {
			return x, p.Height - y
		}
		return float64(int32(p.in.uint32At(p.in.scratch))) / fine, float64(int32(p.in.uint32At(p.in.scratch+4))) / fine
	}
	x0, y0 := at(0, 0)
	x1, y1 := at(100, 0)
	x2, y2 := at(0, 100)
	m := matrix{a: (x1 - x0) / 100, b: -(y1 - y0) / 100, c: (x2 - x0) / 100, d: -(y2 - y0) / 100, e: x0, f: p.Height - y0}
	return m
}
