package doc

import (
	"encoding/binary"

	"jinggao/sanitize/format/ole"
)

// Characters with a meaning of their own.
const (
	cellMark   = 0x07
	paraMark   = 0x0D
	lineBreak  = 0x0B
	pageBreak  = 0x0C
	columnEnd  = 0x0E
	fieldBegin = 0x13
	fieldSep   = 0x14
	fieldEnd   = 0x15
)

// char is one UTF-16 unit of the text with what is known about it.
type char struct {
	u    uint16
	hide hide
	kind charKind
	para int32 // index of the paragraph's properties
	look int32
	data int32 // offset in the Data stream of what the character stands for; -1 none
	fc   int32
}

type charKind uint8

const (
	kindText charKind = iota
	kindPicture
	kindObject
	kindData
	kindSymbol
)

// characters lays all pieces out one after another, with their properties.
func (f *File) characters() error {
	total := f.pieces[len(f.pieces)-1].cp1
	if total > maxChars {
		return ole.ErrTooLarge()
	}
	f.chars = make([]char, 0, total)
	for i := range f.pieces {
		p := &f.pieces[i]
		for k := range p.cp1 - p.cp0 {
			c := char{data: -1}
			if p.narrow {
				c.fc = int32(p.fc + k)
				c.u = cp1252(f.main[p.fc+k])
			} else {
				c.fc = int32(p.fc + 2*k)
				c.u = binary.LittleEndian.Uint16(f.main[p.fc+2*k:])
			}
			f.chars = append(f.chars, c)
		}
	}
	f.paragraphs()
	f.format()
	return nil
}

// paragraphs gives each character the properties at the mark that ends its paragraph.
func (f *File) paragraphs() {
	f.paras = append(f.paras, f.paraUnder(0))
	start := 0
	for i := range f.chars {
		switch f.chars[i].u {
		case paraMark, cellMark, pageBreak:
		default:
			continue
		}
		at := int32(0)
		if k := find(f.pap, int(f.chars[i].fc)); k >= 0 {
			if f.papIndex == nil {
				f.papIndex = map[int]int32{}
			}
			known, ok := f.papIndex[k]
			if !ok {
				p := f.paraUnder(f.pap[k].style)
				own := f.paraOf(&f.pap[k])
				own.shaded = own.shaded || p.shaded
				f.paraApply(&p, f.pap[k].props, 0)
				own.line, own.tight = p.line, p.tight
				f.paras = append(f.paras, own)
				known = int32(len(f.paras) - 1)
				f.papIndex[k] = known
			}
			at = known
		}
		for ; start <= i; start++ {
			f.chars[start].para = at
		}
	}
}

// format works out for each character what hides it and what it stands for.
func (f *File) format() {
	painted := f.paintedRows()
	run, style, piece, look := -2, -1, 0, int32(0)
	var c charProps
	for i := range f.chars {
		ch := &f.chars[i]
		for piece < len(f.pieces)-1 && i >= f.pieces[piece].cp1 {
			piece++
			run = -2
		}
		p := &f.paras[ch.para]
		if run < 0 || int(ch.fc) < f.chp[run].start || int(ch.fc) >= f.chp[run].end || p.style != style {
			run, style = find(f.chp, int(ch.fc)), p.style
			c = f.apply(charProps{picture: -1, look: f.usual}, f.styleProps(style))
			if run >= 0 {
				c = f.apply(c, f.chp[run].props)
			}
			c = f.apply(c, f.pieceProps(f.pieces[piece].prm))
			look = f.lookIndex(c.look)
		}
		ch.hide = c.hidden(p, painted[i])
		ch.data, ch.look = int32(c.picture), look
		switch {
		case ch.u == 1 && c.data:
			ch.kind = kindData
		case ch.u == 1 && c.object:
			ch.kind = kindObject
		case ch.u == 1 && c.special:
			ch.kind = kindPicture
		case c.symbol && c.special:
			ch.kind = kindSymbol
		}
	}
}

// pieceProps gives the properties that a piece adds to its text.
func (f *File) pieceProps(prm uint16) []byte {
	if prm&1 != 0 {
		if i := int(prm >> 1); i < len(f.prcs) {
			return f.prcs[i]
		}
		return nil
	}
	v := byte(prm >> 8)
	switch prm >> 1 & 0x7F {
	case 0x41:
		return []byte{sprmDel & 0xFF, sprmDel >> 8, v}
	case 0x5C:
		return []byte{sprmVanish & 0xFF, sprmVanish >> 8, v}
	}
	return nil
}

// paintedRows tells the characters of table rows in which some cell has a ground of its own.
func (f *File) paintedRows() map[int]bool {
	out := map[int]bool{}
	start := 0
	for i := range f.chars {
		p := &f.paras[f.chars[i].para]
		switch {
		case f.chars[i].u == cellMark && p.rowEnd:
			if p.shaded {
				for k := start; k <= i; k++ {
					out[k] = true
				}
			}
			start = i + 1
		case f.chars[i].u == paraMark && !p.inTable:
			start = i + 1
		}
	}
	return out
}

// cp1252 widens a byte of a narrow piece.
func cp1252(b byte) uint16 {
	if b >= 0x80 && b < 0xA0 {
		return high1252[b-0x80]
	}
	return uint16(b)
}

var high1252 = [32]uint16{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}
