package doc

import (
	"strconv"

	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

const (
	pictureHead  = 0x44
	pictureNamed = 0x66 // a name follows the head
	artOptions   = 0xF00B
	propCropTop  = 0x0100 // then bottom, left, right
	emuTwip      = 635
	maxGoal      = 32000 // of a side of a picture, in twips
)

// inline is a picture that stands for a character, and whether its pixels can be read.
type inline struct {
	fresh.Inline
	ok bool
}

// inline gives the picture that stands for a character; ok is false where its pixels
// cannot be read.
func (f *File) inline(at int) (fresh.Inline, bool) {
	x, known := f.inlines[at]
	if !known {
		if f.inlines == nil {
			f.inlines = map[int]inline{}
		}
		x.Inline, x.ok = f.readInline(at)
		f.inlines[at] = x
	}
	return x.Inline, x.ok
}

func (f *File) readInline(at int) (fresh.Inline, bool) {
	b := f.data
	if at < 0 || at+pictureHead > len(b) {
		return fresh.Inline{}, false
	}
	size, head := int(int32(u32(b, at))), u16(b, at+4)
	if head < pictureHead || size < head || at+size > len(b) {
		return fresh.Inline{}, false
	}
	body := b[at+head : at+size]
	if u16(b, at+6) == pictureNamed && len(body) > 0 {
		body = body[min(len(body), 1+int(body[0])):]
	}
	out := fresh.Inline{Key: strconv.Itoa(at)}
	for _, r := range ole.ArtRecords(body) {
		switch r.Kind {
		case artOptions:
			out.Crop = cropOf(r)
		case ole.ArtPicture:
			if out.Data == nil {
				out.Data = ole.Stored(r.Data)
			}
		}
	}
	c := out.Crop
	out.W = goal(u16(b, at+28), u16(b, at+32), c.L+c.R)
	out.H = goal(u16(b, at+30), u16(b, at+34), c.T+c.B)
	return out, out.Data != nil && out.W > 0 && out.H > 0
}

// goal is the length of a side as it is shown, in EMU: scaled by thousandths, with
// what is cut off in thousandths of a percent.
func goal(v, scale, cut int) int {
	if v <= 0 || v > maxGoal {
		return 0
	}
	if scale <= 0 || scale > 20000 {
		scale = 1000
	}
	return int(float64(v) * float64(scale) / 1000 * float64(100000-cut) / 100000 * emuTwip)
}

// cropOf reads what a shape cuts off its picture.
func cropOf(r ole.Art) ooxml.Crop {
	var c ooxml.Crop
	for i := range r.Inst {
		if 6*i+6 > len(r.Data) {
			break
		}
		v := int32(u32(r.Data, 6*i+2))
		if v <= 0 || v >= 1<<16 {
			continue
		}
		share := int(float64(v) / (1 << 16) * 100000)
		switch u16(r.Data, 6*i) & 0x3FFF {
		case propCropTop:
			c.T = share
		case propCropTop + 1:
			c.B = share
		case propCropTop + 2:
			c.L = share
		case propCropTop + 3:
			c.R = share
		}
	}
	if c.L+c.R >= 99000 || c.T+c.B >= 99000 {
		return ooxml.Crop{}
	}
	return c
}
