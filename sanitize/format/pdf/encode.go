package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/jpeg"

	"jinggao/sanitize/format/pdf/pdfium"
)

// picture is a page ready to be written as a PDF image.
type picture struct {
	space  string // colour space as PDF source
	bits   int    // bits per component
	filter string
	data   []byte
}

// How colours are kept. Pages of text and drawings are stored without loss after
// each channel has been brought to Levels steps, far finer than the eye needs at
// this resolution, which keeps a page of text small and lets every pixel be
// proved. Only photographs go through JPEG: pages where every fourth pixel differs
// from its neighbour, or with more colours than a palette holds.
const (
	Levels      = 16
	JPEGQuality = 85
	maxPalette  = 256
)

// Quantise is the stored step of a channel value: 0 … Levels-1.
func Quantise(v byte) byte { return byte((int(v)*(Levels-1) + 127) / 255) }

// encode picks the smallest form that keeps what the page shows: black and white,
// grey, a palette, or JPEG for photographs.
func encode(b *pdfium.Bitmap) picture {
	s := survey(b)
	switch {
	case s.lively*4 > b.W*b.H:
		if s.colourless {
			return picture{"/DeviceGray", 8, "DCTDecode", grayPhotograph(b)}
		}
		return picture{"/DeviceRGB", 8, "DCTDecode", photograph(b)}
	case s.bilevel:
		return picture{"/DeviceGray", 1, "FlateDecode", deflate(packRows(b, 1, func(i int) byte { return Quantise(b.Pix[i]) & 1 }))}
	case s.gray:
		return picture{"/DeviceGray", 4, "FlateDecode", deflate(packRows(b, 4, func(i int) byte { return Quantise(b.Pix[i]) }))}
	}
	return indexed(b, s)
}

// colours is what a survey of the pixels found.
type colours struct {
	bilevel, gray bool
	palette       []uint16 // quantised colours r<<8|g<<4|b in the order of appearance
	index         [1 << 12]int16
	colourless    bool // every pixel is exactly grey
	lively        int  // pixels unlike their left neighbour: few on pages of text, most on photographs
}

func survey(b *pdfium.Bitmap) *colours {
	s := &colours{bilevel: true, gray: true, colourless: true, palette: []uint16{}}
	for i := range s.index {
		s.index[i] = -1
	}
	last := -1
	was := [3]byte{}
	for y := range b.H {
		row := b.Pix[y*b.Stride : y*b.Stride+4*b.W]
		for x := 0; x < len(row); x += 4 {
			if now := [3]byte(row[x : x+3]); now != was {
				was = now
				s.lively++
				s.colourless = s.colourless && now[0] == now[1] && now[1] == now[2]
			} else {
				continue
			}
			c := int(Quantise(row[x+2]))<<8 | int(Quantise(row[x+1]))<<4 | int(Quantise(row[x]))
			if c == last {
				continue
			}
			last = c
			if s.index[c] >= 0 {
				continue
			}
			if len(s.palette) >= maxPalette {
				s.palette, s.gray, s.bilevel, s.colourless = nil, false, false, false
				s.lively = b.W * b.H // no palette: JPEG in any case
				return s
			}
			s.index[c] = int16(len(s.palette))
			s.palette = append(s.palette, uint16(c))
			if c>>8 != c>>4&15 || c>>8 != c&15 {
				s.gray = false
			}
			if c != 0 && c != 0xFFF {
				s.bilevel = false
			}
		}
	}
	s.bilevel = s.bilevel && s.gray
	return s
}

func indexed(b *pdfium.Bitmap, s *colours) picture {
	bits := 8
	if len(s.palette) <= 16 {
		bits = 4
	}
	var table bytes.Buffer
	for _, c := range s.palette {
		fmt.Fprintf(&table, "%02X%02X%02X", (c>>8)*17, (c>>4&15)*17, (c&15)*17)
	}
	data := packRows(b, bits, func(i int) byte {
		c := int(Quantise(b.Pix[i+2]))<<8 | int(Quantise(b.Pix[i+1]))<<4 | int(Quantise(b.Pix[i]))
		return byte(s.index[c])
	})
	space := fmt.Sprintf("[/Indexed /DeviceRGB %d <%s>]", len(s.palette)-1, table.String())
	return picture{space, bits, "FlateDecode", deflate(data)}
}

// packRows packs one value a pixel into bits, each row starting on a byte.
func packRows(b *pdfium.Bitmap, bits int, value func(at int) byte) []byte {
	per := 8 / bits
	width := (b.W + per - 1) / per
	out := make([]byte, width*b.H)
	for y := range b.H {
		to := out[y*width:]
		for x := range b.W {
			shift := 8 - bits*(x%per+1)
			to[x/per] |= value(y*b.Stride+4*x) << shift
		}
	}
	return out
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, _ = z.Write(b) // a buffer does not fail
	_ = z.Close()
	return out.Bytes()
}

func grayPhotograph(b *pdfium.Bitmap) []byte {
	img := image.NewGray(image.Rect(0, 0, b.W, b.H))
	for y := range b.H {
		row, to := b.Pix[y*b.Stride:], img.Pix[y*img.Stride:]
		for x := range b.W {
			to[x] = row[4*x]
		}
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, img, &jpeg.Options{Quality: JPEGQuality}) // a buffer does not fail
	return out.Bytes()
}

func photograph(b *pdfium.Bitmap) []byte {
	img := image.NewRGBA(image.Rect(0, 0, b.W, b.H))
	for y := range b.H {
		row, to := b.Pix[y*b.Stride:], img.Pix[y*img.Stride:]
		for x := range b.W {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = row[4*x+2], row[4*x+1], row[4*x], 255
		}
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, img, &jpeg.Options{Quality: JPEGQuality}) // a buffer does not fail
	return out.Bytes()
}
