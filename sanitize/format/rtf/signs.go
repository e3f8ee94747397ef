package rtf

import (
	"unicode/utf16"
)

// unicode takes a \u: a UTF-16 unit as a signed number.
func (p *parser) unicode(n int) {
	p.flush()
	p.skip = p.st.uc
	u := uint16(n)
	switch {
	case u >= 0xD800 && u < 0xDC00:
		p.surr = u
		return
	case u >= 0xDC00 && u < 0xE000:
		if r := utf16.DecodeRune(rune(p.surr), rune(u)); r != 0xFFFD {
			p.put(string(r))
		}
		p.surr = 0
		return
	}
	if u >= 0x20 {
		p.put(string(bulletOf(rune(u))))
	}
}

// bulletOf gives the usual sign for one of a font of symbols.
func bulletOf(r rune) rune {
	switch r {
	case 0xF0B7:
		return '•'
	case 0xF06C:
		return '●'
	case 0xF06E:
		return '■'
	case 0xF0A7:
		return '▪'
	case 0xF0D8:
		return '➢'
	case 0xF0FC:
		return '✓'
	case 0xF076:
		return '❖'
	}
	return r
}
