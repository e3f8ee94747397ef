package pdfium

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// Char is one character of a page as PDFium sees it.
type Char struct {
	Rune      rune    // 0 where the font gives no Unicode
	Box       Rect    // union of the glyph's tight box and the font's loose box; zero for generated characters
	Tight     Rect    // the glyph itself; may be empty for blanks and missing glyphs
	Object    uint32  // the text object that draws it; 0 for generated characters
	Angle     float64 // radians, counter-clockwise from the page's baseline
	Generated bool    // put in by PDFium: a blank or a line end
	MapError  bool    // the mapping to Unicode failed
	Source    int     // for the caller: where the character came from
}

// TextStyle is how a text object is drawn.
type TextStyle struct {
	Mode    int // PDF text rendering mode 0–7; 3 is invisible
	Size    float64
	Fill    Color
	Stroke  Color
	Painted bool // Fill is known (not a pattern)
	Font    string
}

// Color is a colour with opacity, each 0–255.
type Color struct{ R, G, B, A uint8 }

// MaxChars bounds the characters taken from one page.
const MaxChars = 1 << 20

// Chars gives the characters of the page in PDFium's order. Full is false if
// there were more than MaxChars.
func (p *Page) Chars() (chars []Char, full bool) {
	in := p.in
	tp := uint64(in.word("FPDFText_LoadPage", uint64(p.handle)))
	if tp == 0 {
		return nil, in.err == nil
	}
	defer in.call("FPDFText_ClosePage", tp)
	n := int(int32(in.word("FPDFText_CountChars", tp)))
	full = n <= MaxChars
	n = min(n, MaxChars)
	if n <= 0 {
		return nil, full
	}
	chars = make([]Char, 0, n)
	var last Char
	for i := 0; i < n && in.err == nil; i++ {
		last = p.char(tp, uint64(i), last)
		chars = append(chars, last)
	}
	return joinSurrogates(chars), full
}

// char reads one character; what all characters of a text object share is taken from the last.
func (p *Page) char(tp, i uint64, last Char) Char {
	in := p.in
	c := Char{Rune: rune(in.word("FPDFText_GetUnicode", tp, i))}
	if c.Rune <= ' ' { // PDFium makes up blanks and line ends only
		c.Generated = in.word("FPDFText_IsGenerated", tp, i) == 1
		if c.Generated {
			return c
		}
	}
	c.Object = in.word("FPDFText_GetTextObject", tp, i)
	if c.Object == last.Object && last.Object != 0 {
		c.Angle = last.Angle
	} else {
		c.Angle = in.real("FPDFText_GetCharAngle", tp, i)
	}
	if c.Rune == 0 || c.Rune > 0xE000 || c.Object != last.Object {
		c.MapError = in.word("FPDFText_HasUnicodeMapError", tp, i) == 1
	}
	s := uint64(in.scratch)
	if in.truth("FPDFText_GetCharBox", tp, i, s, s+8, s+16, s+24) {
		b := in.view(in.scratch, 32)
		c.Tight = p.show.rect(ordered(double(b, 0), double(b, 16), double(b, 8), double(b, 24)))
	}
	c.Box = c.Tight
	if in.truth("FPDFText_GetLooseCharBox", tp, i, s) {
		b := in.view(in.scratch, 16)
		loose := p.show.rect(ordered(single(b, 0), single(b, 12), single(b, 8), single(b, 4)))
		if c.Tight.Empty() {
			c.Box = loose
		} else {
			c.Box = c.Tight.Union(loose)
		}
	}
	return c
}

// Style asks how a text object is drawn.
func (p *Page) Style(object uint32) TextStyle {
	in := p.in
	o := uint64(object)
	st := TextStyle{Mode: int(int32(in.word("FPDFTextObj_GetTextRenderMode", o)))}
	if in.truth("FPDFTextObj_GetFontSize", o, uint64(in.scratch)) {
		st.Size = in.float32At(in.scratch)
	}
	st.Fill, st.Painted = p.color("FPDFPageObj_GetFillColor", object)
	st.Stroke, _ = p.color("FPDFPageObj_GetStrokeColor", object)
	return st
}

// FontName is the base name of the font of a text object, "" if unknown.
func (p *Page) FontName(object uint32) (name string, embedded bool) {
	f := uint64(p.in.word("FPDFTextObj_GetFont", uint64(object)))
	if f == 0 {
		return "", false
	}
	return p.in.text8("FPDFFont_GetBaseFontName", f), p.in.word("FPDFFont_GetIsEmbedded", f) == 1
}

func (p *Page) color(name string, object uint32) (Color, bool) {
	s := uint64(p.in.scratch)
	if !p.in.truth(name, uint64(object), s, s+4, s+8, s+12) {
		return Color{}, false
	}
	b := p.in.view(p.in.scratch, 16)
	if b == nil {
		return Color{}, false
	}
	return Color{b[0], b[4], b[8], b[12]}, true
}

func joinSurrogates(chars []Char) []Char {
	out := chars[:0]
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		if utf16.IsSurrogate(c.Rune) {
			if i+1 < len(chars) {
				if r := utf16.DecodeRune(c.Rune, chars[i+1].Rune); r != '\uFFFD' {
					c.Rune = r
					c.Box = c.Box.Union(chars[i+1].Box)
					i++
				}
			}
			if utf16.IsSurrogate(c.Rune) {
				c.Rune, c.MapError = 0, true
			}
		}
		out = append(out, c)
	}
	return out
}

func ordered(x0, y0, x1, y1 float64) Rect {
	return Rect{math.Min(x0, x1), math.Min(y0, y1), math.Max(x0, x1), math.Max(y0, y1)}
}

func double(b []byte, at int) float64 {
	if len(b) < at+8 {
		return 0
	}
	return finite(math.Float64frombits(binary.LittleEndian.Uint64(b[at:])))
}

func single(b []byte, at int) float64 {
	if len(b) < at+4 {
		return 0
	}
	return finite(float64(math.Float32frombits(binary.LittleEndian.Uint32(b[at:]))))
}
