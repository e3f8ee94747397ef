package doc

import (
	"unicode/utf16"

	"jinggao/sanitize/format/fresh"
)

const (
	stylePara = 1
	styleChar = 2
	userStyle = 0xFFE
)

// style is an entry of the style sheet, as far as characters are concerned.
type style struct {
	kind  int
	base  int
	props []byte
	para  []byte

	heading int // level of a heading; 0 none
}

// readStyles reads the style sheet; a damaged one ends where it is damaged.
func (f *File) readStyles() {
	b := f.pair(fibStyles)
	head := u16(b, 0)
	count, baseLen := u16(b, 2), u16(b, 4)
	at := 2 + head
	f.usual = fresh.Look{Size: usualSize}
	if head >= 18 { // fonts of the styles that name none
		f.usual.West, f.usual.East = f.font(u16(b, 14)).west, f.font(u16(b, 16)).east
	}
	for range min(count, 4096) {
		n := u16(b, at)
		at += 2
		if at+n > len(b) {
			return
		}
		f.styles = append(f.styles, f.oneStyle(b[at:at+n], baseLen))
		at += n + n&1
	}
}

func (f *File) oneStyle(b []byte, baseLen int) style {
	if len(b) < 10 || baseLen < 10 || baseLen+2 > len(b) {
		return style{base: -1}
	}
	s := style{kind: u16(b, 2) & 0xF, base: u16(b, 2) >> 4}
	if sti := u16(b, 0) & 0xFFF; s.kind == stylePara && sti >= 1 && sti <= 9 {
		s.heading = sti
	}
	upx := u16(b, 4) & 0xF
	n := u16(b, baseLen)
	at := baseLen + 2
	if at+2*n+2 > len(b) {
		return style{base: -1}
	}
	if u16(b, 0)&0xFFF == userStyle {
		us := make([]uint16, n)
		for i := range us {
			us[i] = uint16(u16(b, at+2*i))
		}
		f.names = append(f.names, string(utf16.Decode(us)))
	}
	at += 2*n + 2
	for i := range upx {
		size := u16(b, at)
		at += 2
		if at+size > len(b) {
			break
		}
		u := b[at : at+size]
		at += size + size&1
		switch {
		case s.kind == stylePara && i == 0 && len(u) >= 2:
			s.para = u[2:]
		case s.kind == stylePara && i == 1, s.kind == styleChar && i == 0:
			s.props = u
		}
	}
	return s
}

// styleProps joins the character properties of a style and of those it builds on.
func (f *File) styleProps(i int) []byte {
	var chain [][]byte
	for range 20 {
		if i < 0 || i >= len(f.styles) {
			break
		}
		chain = append(chain, f.styles[i].props)
		i = f.styles[i].base
	}
	var out []byte
	for k := len(chain) - 1; k >= 0; k-- {
		out = append(out, chain[k]...)
	}
	return out
}

// paraStyle joins the paragraph properties of a style and of those it builds on.
func (f *File) paraStyle(i int) []byte {
	var chain [][]byte
	for range 20 {
		if i < 0 || i >= len(f.styles) || f.styles[i].kind != stylePara {
			break
		}
		chain = append(chain, f.styles[i].para)
		i = f.styles[i].base
	}
	var out []byte
	for k := len(chain) - 1; k >= 0; k-- {
		out = append(out, chain[k]...)
	}
	return out
}
