package pdfium

import (
	"fmt"
	"math"
)

// MaxPixels bounds one drawn page: 64 million pixels.
const MaxPixels = 64 << 20

// Format is the layout of the pixels of a Bitmap.
type Format int

// Pixel formats: one byte of grey, or four bytes B, G, R and one unused.
const (
	Gray Format = 1
	BGRx Format = 3
)

// Bitmap is a drawn page, top row first.
type Bitmap struct {
	Format Format
	W, H   int
	Stride int // bytes from row to row
	Pix    []byte
}

// Size is the size in pixels of a page at a resolution.
func (p *Page) Size(dpi int) (w, h int) {
	return max(1, int(math.Round(p.Width*float64(dpi)/72))), max(1, int(math.Round(p.Height*float64(dpi)/72)))
}

// Draw renders the page on white without annotations and form fields.
func (p *Page) Draw(dpi int, format Format) (*Bitmap, error) {
	w, h := p.Size(dpi)
	if w > 65000 || h > 65000 || w*h > MaxPixels {
		return nil, fmt.Errorf("page of %d × %d pixels is too large", w, h)
	}
	return p.DrawSize(w, h, format)
}

// DrawSize is Draw for a given number of pixels.
func (p *Page) DrawSize(w, h int, format Format) (*Bitmap, error) {
	in := p.in
	bmp := uint64(in.word("FPDFBitmap_CreateEx", uint64(w), uint64(h), uint64(format), 0, 0))
	if bmp == 0 {
		if in.err != nil {
			return nil, in.err
		}
		return nil, fmt.Errorf("no memory for a page of %d × %d pixels", w, h)
	}
	defer in.call("FPDFBitmap_Destroy", bmp)
	in.call("FPDFBitmap_FillRect", bmp, 0, 0, uint64(w), uint64(h), 0xFFFFFFFF)
	in.call("FPDF_RenderPageBitmap", bmp, uint64(p.handle), 0, 0, uint64(w), uint64(h), 0, 0)
	stride := int(in.word("FPDFBitmap_GetStride", bmp))
	at := in.word("FPDFBitmap_GetBuffer", bmp)
	pix := in.bytes(at, stride*h)
	if in.err != nil {
		return nil, in.err
	}
	if len(pix) == 0 {
		return nil, fmt.Errorf("drawing gave no pixels")
	}
	return &Bitmap{Format: format, W: w, H: h, Stride: stride, Pix: pix}, nil
}
