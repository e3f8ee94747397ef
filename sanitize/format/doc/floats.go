package doc

import (
	"strconv"

	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
)

// Entries of the FIB that say where shapes float.
const (
	fibFloats     = 40
	fibHeadFloats = 41
)

// Records and properties of shapes.
const (
	artShape      = 0xF004
	artShapeHead  = 0xF00A
	artMore       = 0xF122
	propPicture   = 0x0104
	propAlignX    = 0x038F // then from what, then the same for Y
	propShapeFlag = 0x03BF
	floatSize     = 26
	shapeDeleted  = 0x8
)

// shape is a drawn shape as far as it shows a picture.
type shape struct {
	picture int // in the store, from 1
	crop    ole.Art
	hidden  bool
	pos     [4]int // align X, from X, align Y, from Y; 0 is not said
}

// floating gives the pictures that float, by the character that they are anchored at.
func (f *File) floating() map[int]fresh.Inline {
	out := map[int]fresh.Inline{}
	shapes, store := f.shapes()
	for _, s := range []struct{ entry, story int }{{fibFloats, storyMain}, {fibHeadFloats, storyHeaders}} {
		plc := f.pair(s.entry)
		n := (len(plc) - 4) / (4 + floatSize)
		from, to := f.bounds(s.story)
		for i := range max(n, 0) {
			at, b := from+int(u32(plc, 4*i)), plc[4*(n+1)+floatSize*i:]
			sh := shapes[u32(b, 0)]
			if at >= to || sh == nil || sh.hidden || sh.picture < 1 || sh.picture > len(store) || store[sh.picture-1] == nil {
				continue
			}
			if p, ok := placeOf(b, sh); ok {
				p.Key, p.Data, p.Crop = "float"+strconv.Itoa(sh.picture), store[sh.picture-1], cropOf(sh.crop)
				out[at] = p
			}
		}
	}
	return out
}

// shapes reads the shapes by their numbers and the files of the pictures in the store.
func (f *File) shapes() (map[uint32]*shape, [][]byte) {
	out := map[uint32]*shape{}
	var store [][]byte
	cur := &shape{}
	for _, r := range f.drawings() {
		switch r.Kind {
		case ole.ArtPicture:
			store = append(store, f.stored(r.Data))
		case artShape:
			cur = &shape{}
		case artShapeHead:
			if flags := u32(r.Data, 4); flags&shapeDeleted != 0 {
				cur.hidden = true
			}
			out[u32(r.Data, 0)] = cur
		case artOptions, artMore:
			cur.read(r)
		}
	}
	return out, store
}

// stored gives the file of a picture of the store: it stands in the entry or in the main
// stream; nil where there is none that can be read.
func (f *File) stored(entry []byte) []byte {
	if len(entry) < 32 {
		return nil
	}
	if b := ole.Stored(entry); b != nil {
		return b
	}
	at, n := int(u32(entry, 28)), int(u32(entry, 20))
	if at <= 0 || n <= 0 || at > len(f.main) || n > len(f.main)-at {
		return nil
	}
	return ole.Blip(f.main[at : at+n])
}

func (s *shape) read(r ole.Art) {
	for i := range r.Inst {
		if 6*i+6 > len(r.Data) {
			break
		}
		v := u32(r.Data, 6*i+2)
		switch id := u16(r.Data, 6*i) & 0x3FFF; id {
		case propPicture:
			s.picture, s.crop = int(min(v, 1<<20)), r
		case propAlignX, propAlignX + 1, propAlignX + 2, propAlignX + 3:
			s.pos[id-propAlignX] = int(min(v, 100))
		case propShapeFlag:
			s.hidden = s.hidden || v>>1&1 != 0 && v>>17&1 != 0
		}
	}
}

// placeOf reads where a shape floats; false if it stands outside any page.
func placeOf(b []byte, s *shape) (fresh.Inline, bool) {
	l, t, r, m := int(int32(u32(b, 4))), int(int32(u32(b, 8))), int(int32(u32(b, 12))), int(int32(u32(b, 16)))
	const far, near = 20000, -1500 // in twips
	if r <= l || m <= t || r-l > maxGoal || m-t > maxGoal || l > far || t > far || r < near || m < near {
		return fresh.Inline{}, false
	}
	flags := u16(b, 20)
	p := &fresh.Float{X: l * emuTwip, Y: t * emuTwip, Behind: flags>>14&1 != 0}
	p.FromX = [...]string{"margin", "page", "column", "column"}[flags>>1&3]
	p.FromY = [...]string{"margin", "page", "paragraph", "paragraph"}[flags>>3&3]
	switch flags >> 5 & 15 {
	case 0, 2, 4, 5:
		p.Wrap = "square"
	case 1:
		p.Wrap = "topAndBottom"
	}
	p.AlignX = map[int]string{1: "left", 2: "center", 3: "right"}[s.pos[0]]
	p.AlignY = map[int]string{1: "top", 2: "center", 3: "bottom"}[s.pos[2]]
	if p.AlignX != "" {
		p.FromX = map[int]string{0: "margin", 1: "page"}[s.pos[1]]
	}
	if p.AlignY != "" {
		p.FromY = map[int]string{0: "margin", 1: "page"}[s.pos[3]]
	}
	return fresh.Inline{W: (r - l) * emuTwip, H: (m - t) * emuTwip, Float: p}, true
}
