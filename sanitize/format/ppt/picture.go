package ppt

import (
	"encoding/binary"
	"strconv"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ooxml"
)

// Records of the store of pictures.
const (
	recStore    = 0xF001
	recStored   = 0xF007
	recJPEG     = 0xF01D
	recPNG      = 0xF01E
	recJPEGCMYK = 0xF02A
)

// Properties of a shape that shows a picture: which one, and what is cut off it.
const (
	propPicture = 0x0104
	propCropTop = 0x0100 // then bottom, left, right
)

// placed is a picture on a slide.
type placed struct {
	number int // in the store, from 1
	crop   ooxml.Crop
	at     frame
}

// pictureOf reads the picture that a shape shows.
func pictureOf(shape *record, at frame) (placed, bool) {
	p := placed{at: at}
	for _, k := range shape.kids {
		if k.kind != recOptions {
			continue
		}
		for i := range k.inst {
			if 6*i+6 > len(k.data) {
				break
			}
			v := u32(k.data, 6*i+2)
			share := 0
			if s := int32(v); s > 0 && s < 1<<16 {
				share = int(float64(s) / (1 << 16) * 100000)
			}
			switch u16(k.data, 6*i) & 0x3FFF {
			case propPicture:
				p.number = int(v)
			case propCropTop:
				p.crop.T = share
			case propCropTop + 1:
				p.crop.B = share
			case propCropTop + 2:
				p.crop.L = share
			case propCropTop + 3:
				p.crop.R = share
			}
		}
	}
	if p.crop.L+p.crop.R >= 100000 || p.crop.T+p.crop.B >= 100000 {
		p.crop = ooxml.Crop{}
	}
	return p, p.number > 0 && !at.empty()
}

// store reads where the pictures stand in their stream, in the order of their numbers.
func (r *reading) store() []int {
	var out []int
	r.f.document().walk(func(k *record) bool {
		if k.kind != recStore {
			return len(out) == 0
		}
		for _, e := range k.kids {
			at := -1
			if e.kind == recStored && len(e.data) >= 32 {
				at = int(u32(e.data, 28))
			}
			out = append(out, at)
		}
		return false
	})
	return out
}

// bytesOf gives the file of a picture; nil for what is no JPEG or PNG.
func (r *reading) bytesOf(stream []byte, at int) []byte {
	if at < 0 || at+8 > len(stream) {
		return nil
	}
	inst, kind, n := u16(stream, at)>>4, u16(stream, at+2), int(binary.LittleEndian.Uint32(stream[at+4:]))
	if kind != recJPEG && kind != recPNG && kind != recJPEGCMYK || n < 0 || n > len(stream)-at-8 {
		return nil
	}
	skip := 17 // a digest and a mark, or two digests
	if inst&1 != 0 {
		skip = 33
	}
	if n < skip {
		return nil
	}
	return stream[at+8+skip : at+8+n]
}

// addPictures puts the pictures of the visible slides where they stood.
func (r *reading) addPictures(slides []fresh.Slide) {
	store, stream := r.store(), r.f.container.Top("Pictures")
	for i := range slides {
		for _, p := range r.shown[i].pictures {
			if p.number > len(store) {
				continue
			}
			data := r.bytesOf(stream, store[p.number-1])
			if data == nil {
				continue
			}
			slides[i].Pictures = append(slides[i].Pictures, fresh.Picture{
				Key: strconv.Itoa(p.number), Data: data, Crop: p.crop,
				X: int(p.at.l * unit), Y: int(p.at.t * unit), W: int((p.at.r - p.at.l) * unit), H: int((p.at.b - p.at.t) * unit),
			})
			r.taken[p.number] = true
		}
	}
}

// unchecked lists what is in the copy and was read by nobody.
func (r *reading) unchecked() []document.Unchecked {
	if n := len(r.taken); n > 0 {
		return []document.Unchecked{{Kind: "picture", Message: "图片 " + strconv.Itoa(n) + " 张未识别文字"}}
	}
	return nil
}
