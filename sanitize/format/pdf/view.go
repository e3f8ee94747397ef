package pdf

import (
	"context"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// Shown is a page of an original as it is shown, for comparison with a copy.
type Shown struct {
	Number        int     // from 1
	Width, Height float64 // points
	Bitmap        *pdfium.Bitmap
	// Veil are the places, in points from the lower left corner, where the original
	// holds text that nobody sees and that a copy leaves out.
	Veil []pdfium.Rect
	// Text is the visible text as Read gives it, with the place of every rune, empty for
	// white space that has none. Readable tells whether it can be trusted: a text layer
	// is made of no other.
	Text     []rune
	Places   []pdfium.Rect
	Readable bool
}

// View draws every page of the original without annotations, in the number of
// pixels that size asks for (given the page from 1 and the number of pages), and
// hands it over; the bitmap is gone when each returns. A size of 0 × 0 ends the work
// without an error.
func View(ctx context.Context, src document.Source, size func(number, pages int) (w, h int), each func(*Shown) error) error {
	s, err := open(ctx, src.Data)
	if err != nil {
		return err
	}
	defer s.close()
	pages := s.doc.Pages()
	for n := 1; n <= pages; n++ {
		w, h := size(n, pages)
		if w <= 0 || h <= 0 {
			return nil
		}
		if err := s.view(n, w, h, each); err != nil {
			return refusal(ctx, err)
		}
		document.Stepped(ctx, n, pages)
	}
	return refusalOf(ctx, s)
}

func refusalOf(ctx context.Context, s *session) error {
	if err := s.in.Err(); err != nil {
		return refusal(ctx, err)
	}
	return nil
}

func (s *session) view(n, w, h int, each func(*Shown) error) error {
	p := s.doc.Page(n - 1)
	if p == nil {
		return pdfium.ErrDamaged
	}
	defer p.Close()
	c, err := examine(p, n)
	if err != nil {
		return err
	}
	b, err := p.DrawSize(w, h, pdfium.BGRx)
	if err != nil {
		return err
	}
	defer b.Free()
	return each(&Shown{
		Number: n, Width: p.Width, Height: p.Height, Bitmap: b, Veil: c.veil,
		Text: c.layers[shown].text, Places: c.layers[shown].boxes, Readable: c.readable(),
	})
}
