package pdfproof

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/format/pdf/pdfium"
)

// stepTolerance is how far a pixel of a lossless page may be from the original:
// such pages hold 16 levels a channel, so half a step of 17. A page stored as JPEG
// is compared with the original after the same compression, and may differ by
// jpegTolerance; what is compressed together spreads over jpegReach pixels.
const (
	stepTolerance = 9
	jpegTolerance = 2
	jpegReach     = 16
	boxTolerance  = 24 // of black, for boxes on JPEG pages
)

// samePages draws the original afresh and compares every page; also is told of each.
func samePages(ctx context.Context, original document.Source, pages []page, boxes []document.Box, also func(*pdf.Shown)) error {
	for _, b := range boxes {
		if b.Page < 1 || b.Page > len(pages) {
			return fail("遮盖框不在任何一页上")
		}
	}
	n := 0
	size := func(number, total int) (int, int) {
		if total != len(pages) || number > len(pages) {
			return 0, 0
		}
		return pages[number-1].w, pages[number-1].h
	}
	err := pdf.View(ctx, original, size, func(v *pdf.Shown) error {
		n++
		also(v)
		p := &pages[v.Number-1]
		if err := p.decode(); err != nil {
			return err
		}
		defer func() { p.rgb = nil }()
		return samePage(p, v, boxes)
	})
	if err != nil {
		return err
	}
	if n != len(pages) {
		return fail("页数不符")
	}
	return nil
}

// Classes of pixels. The mask says for each pixel whether it lies in a box, in the veil of removed
// unseen text, or must equal the original.
const (
	same = iota
	veiled
	boxed
)

func samePage(p *page, v *pdf.Shown, boxes []document.Box) error {
	if math.Abs(p.width-v.Width) > 0.02 || math.Abs(p.height-v.Height) > 0.02 {
		return fail("第%d页尺寸与原件不同", v.Number)
	}
	mask := make([]byte, p.w*p.h)
	veil := 2.0
	if p.jpeg {
		veil += jpegReach * p.width / float64(p.w)
	}
	for _, r := range v.Veil {
		p.mark(mask, r.Grow(veil), veiled, false)
	}
	var mine []pdfium.Rect
	for _, b := range boxes {
		if b.Page == v.Number {
			r := pdfium.Rect{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y1}
			mine = append(mine, r)
			p.mark(mask, r, boxed, false)
		}
	}
	if err := p.black(mask, v.Number); err != nil {
		return err
	}
	for _, r := range mine { // nothing of a box may have been left out of the mask
		if p.mark(mask, r, boxed, true) == 0 && !r.Empty() && r.W() > 1 && r.H() > 1 {
			return fail("第%d页有遮盖框未落在页面上", v.Number)
		}
	}
	return p.equal(mask, v)
}

// mark sets the pixels that a rectangle touches, and gives their number.
func (p *page) mark(mask []byte, r pdfium.Rect, as byte, count bool) int {
	clamp := func(x float64, top int) int { return int(math.Max(0, math.Min(x, float64(top)))) }
	sx, sy := float64(p.w)/p.width, float64(p.h)/p.height
	x0, x1 := clamp(math.Floor(r.X0*sx), p.w), clamp(math.Floor(r.X1*sx)+1, p.w)
	y0, y1 := clamp(math.Floor((p.height-r.Y1)*sy), p.h), clamp(math.Floor((p.height-r.Y0)*sy)+1, p.h)
	n := 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			n++
			if !count {
				mask[y*p.w+x] = as
			}
		}
	}
	return n
}

// black checks that every boxed pixel is black.
func (p *page) black(mask []byte, number int) error {
	limit := byte(0)
	if p.jpeg {
		limit = boxTolerance
	}
	for i, m := range mask {
		if m != boxed {
			continue
		}
		// The rim of a box on a JPEG page blends with its surroundings.
		if p.jpeg && (i%p.w == 0 || i%p.w == p.w-1 || !p.inside(mask, i)) {
			continue
		}
		if p.rgb[3*i] > limit || p.rgb[3*i+1] > limit || p.rgb[3*i+2] > limit {
			return fail("第%d页的遮盖框不是纯色", number)
		}
	}
	return nil
}

// inside tells whether all pixels within eight of i are boxed too.
func (p *page) inside(mask []byte, i int) bool {
	x, y := i%p.w, i/p.w
	for _, d := range [4][2]int{{-8, -8}, {8, -8}, {-8, 8}, {8, 8}} {
		u, v := x+d[0], y+d[1]
		if u < 0 || v < 0 || u >= p.w || v >= p.h || mask[v*p.w+u] != boxed {
			return false
		}
	}
	return true
}

// equal compares all pixels that are neither boxed nor veiled.
func (p *page) equal(mask []byte, v *pdf.Shown) error {
	if !p.jpeg {
		return p.lossless(mask, v)
	}
	want, err := compressed(p.fresh(v), mask, p.w, p.h, p.gray)
	if err != nil {
		return err
	}
	for at, m := range mask {
		if m != same {
			continue
		}
		for k := 3 * at; k < 3*at+3; k++ {
			if apart(p.rgb[k], want[k]) > jpegTolerance {
				return different(v)
			}
		}
	}
	return nil
}

// lossless is equal for pages stored without loss.
func (p *page) lossless(mask []byte, v *pdf.Shown) error {
	for y := range p.h {
		drawn := v.Bitmap.Pix[y*v.Bitmap.Stride:][:4*p.w]
		mine, masked := p.rgb[3*y*p.w:][:3*p.w], mask[y*p.w:][:p.w]
		for x, m := range masked {
			if m != same {
				continue
			}
			a, b := mine[3*x:3*x+3:3*x+3], drawn[4*x:4*x+3:4*x+3]
			if apart(a[0], b[2]) > stepTolerance || apart(a[1], b[1]) > stepTolerance || apart(a[2], b[0]) > stepTolerance {
				return different(v)
			}
		}
	}
	return nil
}

// apart is how far two values of a channel lie apart.
func apart(a, b byte) int { return max(int(a), int(b)) - min(int(a), int(b)) }

func different(v *pdf.Shown) error {
	return fail("第%d页在遮盖框以外与原件不同", v.Number)
}

// fresh is the new drawing of the original as RGB.
func (p *page) fresh(v *pdf.Shown) []byte {
	out := make([]byte, 3*p.w*p.h)
	for y := range p.h {
		row, to := v.Bitmap.Pix[y*v.Bitmap.Stride:], out[3*y*p.w:]
		for x := range p.w {
			to[3*x], to[3*x+1], to[3*x+2] = row[4*x+2], row[4*x+1], row[4*x]
		}
	}
	return out
}

// compressed sends a drawing, its boxes blackened, through JPEG and back.
func compressed(rgb, mask []byte, w, h int, gray bool) ([]byte, error) {
	var img draw.Image = image.NewRGBA(image.Rect(0, 0, w, h))
	if gray {
		img = image.NewGray(image.Rect(0, 0, w, h))
	}
	for i, m := range mask {
		c := color.RGBA{rgb[3*i], rgb[3*i+1], rgb[3*i+2], 255}
		if m == boxed {
			c = color.RGBA{A: 255}
		}
		switch t := img.(type) {
		case *image.RGBA:
			t.SetRGBA(i%w, i/w, c)
		case *image.Gray:
			t.Pix[i] = c.R
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: pdf.JPEGQuality}); err != nil {
		return nil, fail("图像无法比对")
	}
	q := page{w: w, h: h, rgb: make([]byte, len(rgb))}
	if err := q.photograph(out.Bytes()); err != nil {
		return nil, err
	}
	return q.rgb, nil
}
