package doc

import (
	"strings"

	"jinggao/sanitize/format/fresh"
)

// Properties (sprm) that say how signs look.
const (
	sprmBold       = 0x0835
	sprmItalic     = 0x0836
	sprmStrike     = 0x0837
	sprmDblStrike  = 0x2A53
	sprmUnderline  = 0x2A3E
	sprmRaise      = 0x2A48
	sprmFontWest   = 0x4A4F
	sprmFontEast   = 0x4A50
	sprmPlainSigns = 0x2A33
)

const usualSize = 20 // of signs for which nothing is said, in half points

// inks are the colours that have numbers.
var inks = [17]fresh.Colour{
	0, fresh.RGB(0, 0, 0), fresh.RGB(0, 0, 255), fresh.RGB(0, 255, 255), fresh.RGB(0, 255, 0), fresh.RGB(255, 0, 255), fresh.RGB(255, 0, 0),
	fresh.RGB(255, 255, 0), fresh.RGB(255, 255, 255), fresh.RGB(0, 0, 128), fresh.RGB(0, 128, 128), fresh.RGB(0, 128, 0), fresh.RGB(128, 0, 128),
	fresh.RGB(128, 0, 0), fresh.RGB(128, 128, 0), fresh.RGB(128, 128, 128), fresh.RGB(192, 192, 192),
}

func ink(n int) fresh.Colour {
	if n < 0 || n >= len(inks) {
		return 0
	}
	return inks[n]
}

// colourOf reads a colour of four bytes; the last says that there is none.
func colourOf(b []byte) fresh.Colour {
	if len(b) < 4 || b[3] != 0 {
		return 0
	}
	return fresh.RGB(b[0], b[1], b[2])
}

// shading works out the ground that two colours and a pattern make; 0 is none.
func shading(fore, back fresh.Colour, pattern int) fresh.Colour {
	share := patternShare(pattern) // of the fore colour, in thousandths
	if share == 0 {
		return back
	}
	if fore == 0 {
		fore = fresh.RGB(0, 0, 0)
	}
	if back == 0 {
		back = fresh.RGB(255, 255, 255)
	}
	mix := func(shift int) byte {
		a, b := int(fore>>shift&255), int(back>>shift&255)
		return byte((a*share + b*(1000-share)) / 1000)
	}
	return fresh.RGB(mix(16), mix(8), mix(0))
}

var (
	shares     = [...]int{0, 1000, 50, 100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900}
	fineShares = [...]int{25, 75, 125, 150, 175, 225, 275, 325, 350, 375, 425, 450, 475, 525, 550, 575, 625, 650, 675, 725, 775, 825, 850, 875, 925, 950, 970, 970}
)

func patternShare(p int) int {
	switch {
	case p >= 0 && p < len(shares):
		return shares[p]
	case p >= 35 && p < 35+len(fineShares):
		return fineShares[p-35]
	case p >= 14 && p < 35: // stripes
		return 350
	}
	return 0
}

// shade80 reads a shading of two bytes.
func shade80(v int) fresh.Colour {
	if v == 0xFFFF {
		return 0
	}
	return shading(ink(v&31), ink(v>>5&31), v>>10&63)
}

// shade10 reads a shading of ten bytes.
func shade10(b []byte) fresh.Colour {
	if len(b) < 10 {
		return 0
	}
	return shading(colourOf(b), colourOf(b[4:]), u16(b, 8))
}

// dress adds one property to the look of signs; below is the look of what lies under it.
func (f *File) dress(l *fresh.Look, sprm int, arg []byte, below *fresh.Look) {
	switch sprm {
	case sprmBold:
		l.Bold = toggle(arg, below.Bold)
	case sprmItalic:
		l.Italic = toggle(arg, below.Italic)
	case sprmStrike, sprmDblStrike:
		l.Strike = toggle(arg, below.Strike)
	case sprmUnderline:
		l.Underline = arg[0] != 0
	case sprmRaise:
		l.Raise = map[byte]int{1: 1, 2: -1}[arg[0]]
	case sprmSize:
		l.Size = u16(arg, 0)
	case sprmFontWest:
		l.West = f.font(u16(arg, 0)).west
	case sprmFontEast:
		l.East = f.font(u16(arg, 0)).east
	default:
		tint(l, sprm, arg)
	}
}

// tint adds a colour of signs or of the ground that they stand on.
func tint(l *fresh.Look, sprm int, arg []byte) {
	switch sprm {
	case sprmIco:
		l.Colour = ink(int(arg[0]))
	case sprmColour:
		l.Colour = colourOf(arg)
	case sprmHighlight:
		l.Ground = ink(int(arg[0]))
	case sprmShade80:
		if g := shade80(u16(arg, 0)); g != 0 {
			l.Ground = g
		}
	case sprmShade:
		if g := shade10(arg[1:]); g != 0 {
			l.Ground = g
		}
	}
}

// font is what a copy calls a font of the file; empty names are the usual font.
type font struct{ east, west string }

func (f *File) font(n int) font {
	if n < 0 || n >= len(f.fonts) {
		return font{}
	}
	return f.fonts[n]
}

const (
	fibFonts  = 15
	fontHead  = 40 // bytes before the name
	charsetGB = 134
)

// readFonts reads the table of fonts. A font that is not well known is called by the
// usual one of its kind.
func (f *File) readFonts() {
	b := f.pair(fibFonts)
	for at, k := 4, 0; k < min(u16(b, 0), 4096) && at < len(b); k++ {
		n := int(b[at]) + 1
		if at+n > len(b) {
			return
		}
		f.fonts = append(f.fonts, fontOf(b[at:at+n]))
		at += n
	}
}

func fontOf(b []byte) font {
	if len(b) <= fontHead {
		return font{}
	}
	names := strings.Split(wide(b[fontHead:]), "\x00")
	for _, n := range names {
		if k := fresh.Font(n); k != "" {
			return font{k, k}
		}
	}
	if b[4] == charsetGB || b[4] == 2 { // signs of the East, symbols
		return font{}
	}
	return font{west: map[byte]string{1: "Times New Roman", 2: "Arial", 3: "Courier New"}[b[1]>>4&7]}
}

// lookIndex gives the number of a look.
func (f *File) lookIndex(l fresh.Look) int32 {
	n, known := f.lookNo[l]
	if !known {
		if f.lookNo == nil {
			f.lookNo = map[fresh.Look]int32{}
		}
		n = int32(len(f.looks))
		f.looks = append(f.looks, l)
		f.lookNo[l] = n
	}
	return n
}
