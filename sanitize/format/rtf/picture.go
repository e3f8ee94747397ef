package rtf

import (
	"encoding/hex"
	"strconv"

	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ooxml"
)

// picture is a picture while it is read.
type picture struct {
	depth  int
	flow   *flow
	seen   bool // stands in running text that is shown
	usable bool // PNG or JPEG
	hex    []byte
	bin    []byte
	w, h   int // as it is to be, in twips
	sx, sy int // percent
	crop   [4]int
}

func (p *parser) beginPicture() {
	if p.pic == nil {
		p.pic = &picture{depth: len(p.stack), flow: p.flow(), seen: p.running() && p.st.buf == nil && p.why() == "", sx: 100, sy: 100}
	}
}

const maxPicture = 128 << 20

func (p *parser) pictureHex(b []byte) {
	if p.pic == nil || len(p.stack) != p.pic.depth || len(p.pic.hex) > maxPicture {
		return
	}
	for _, c := range b {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' {
			p.pic.hex = append(p.pic.hex, c)
		}
	}
}

// pictureWord takes the words of a picture.
func (p *parser) pictureWord(t token) {
	if p.pic == nil || len(p.stack) != p.pic.depth {
		return
	}
	switch t.word {
	case "pngblip", "jpegblip":
		p.pic.usable = true
	case "picwgoal":
		p.pic.w = t.param
	case "pichgoal":
		p.pic.h = t.param
	case "picscalex":
		p.pic.sx = t.param
	case "picscaley":
		p.pic.sy = t.param
	case "piccropt":
		p.pic.crop[0] = t.param
	case "piccropr":
		p.pic.crop[1] = t.param
	case "piccropb":
		p.pic.crop[2] = t.param
	case "piccropl":
		p.pic.crop[3] = t.param
	case "bin":
		p.pic.bin = t.bytes
	}
}

// endPicture places a picture that is seen.
func (p *parser) endPicture() {
	x := p.pic
	p.pic = nil
	data := x.bin
	if len(data) == 0 {
		data = make([]byte, len(x.hex)/2)
		if _, err := hex.Decode(data, x.hex[:len(x.hex)&^1]); err != nil {
			return
		}
	}
	if !x.seen || !x.usable || len(data) == 0 || x.w <= 0 || x.h <= 0 || x.w > 60000 || x.h > 60000 {
		return
	}
	share := func(n, of int) int { return max(0, min(99000, int(float64(n)/float64(of)*100000))) }
	c := ooxml.Crop{T: share(x.crop[0], x.h), R: share(x.crop[1], x.w), B: share(x.crop[2], x.h), L: share(x.crop[3], x.w)}
	if c.L+c.R >= 99000 || c.T+c.B >= 99000 {
		c = ooxml.Crop{}
	}
	const twip = 635
	size := func(v, percent, cut int) int {
		percent = max(1, min(percent, 1000))
		return int(float64(v) * float64(percent) / 100 * float64(100000-cut) / 100000 * twip)
	}
	x.flow.look, x.flow.para = p.lookOf(""), p.para()
	if p.st.inTable {
		x.flow.startRow()
	}
	x.flow.form.Pictures = append(x.flow.form.Pictures, fresh.Inline{
		At: len(x.flow.s.text), Key: strconv.Itoa(p.pictures), Data: data, Crop: c, W: size(x.w, x.sx, c.L+c.R), H: size(x.h, x.sy, c.T+c.B),
	})
	x.flow.visible = true
}
