package pdfium

import (
	"fmt"
	"math"
	"slices"
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
	in     *Instance
}

// maxSpare is how many freed pictures an instance keeps for its next drawings.
const maxSpare = 2

// Free gives the pixels back for later drawings of the same instance; the bitmap is
// of no further use. Bitmaps that are not freed are left to the garbage collector.
func (b *Bitmap) Free() {
	if b != nil && b.in != nil && len(b.in.spare) < maxSpare {
		b.in.spare = append(b.in.spare, b.Pix)
	}
	if b != nil {
		b.Pix, b.in = nil, nil
	}
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
	stride := (w*int(bytesPer[format]) + 3) &^ 3
	at := in.paper(stride * h)
	bmp := uint64(in.word("FPDFBitmap_CreateEx", uint64(w), uint64(h), uint64(format), uint64(at), uint64(stride)))
	if bmp == 0 {
		if in.err != nil {
			return nil, in.err
		}
		return nil, fmt.Errorf("no memory for a page of %d × %d pixels", w, h)
	}
	defer in.call("FPDFBitmap_Destroy", bmp) // the canvas stays
	in.call("FPDF_RenderPageBitmap", bmp, uint64(p.handle), 0, 0, uint64(w), uint64(h), 0, 0)
	drawn := in.view(at, stride*h)
	if in.err != nil {
		return nil, in.err
	}
	if len(drawn) == 0 {
		return nil, fmt.Errorf("drawing gave no pixels")
	}
	return &Bitmap{Format: format, W: w, H: h, Stride: stride, Pix: append(in.room(len(drawn)), drawn...), in: in}, nil
}

// room is an empty slice that holds n bytes, a freed one where there is one.
func (in *Instance) room(n int) []byte {
	for i, b := range in.spare {
		if cap(b) >= n {
			in.spare = slices.Delete(in.spare, i, i+1)
			return b[:0]
		}
	}
	in.spare = nil // too small for these pages
	return make([]byte, 0, n)
}

// bytesPer is the size of a pixel.
var bytesPer = [4]byte{Gray: 1, BGRx: 4}

// paper is a white canvas of n bytes.
func (in *Instance) paper(n int) uint32 {
	if n > in.size {
		in.free(in.canvas)
		in.size = 0
		if in.canvas = in.alloc(n); in.err != nil {
			return 0
		}
		in.size = n
	}
	if b := in.view(in.canvas, n); len(b) > 0 {
		b[0] = 0xFF
		for done := 1; done < n; done *= 2 {
			copy(b[done:], b[:done])
		}
	}
	return in.canvas
}
