package xls

import (
	"jinggao/sanitize/format/fresh"
)

// xf is the style of a cell as the records have it.
type xf struct {
	font, format int
	pattern      int
	fore         int
	across, down int // alignment, as numbered in the file
	wrap, shrink bool
	indent       int
	turned       int
	borders      [4]int // left, right, top, bottom
	lines        [4]int // their colours
}

func readXF(d []byte) xf {
	low, high := u16(d, 10), u16(d, 12)
	rest := u32(d, 14)
	return xf{
		font: u16(d, 0), format: u16(d, 2), pattern: int(rest >> 26), fore: u16(d, 18) & 0x7F,
		across: u16(d, 6) & 7, wrap: u16(d, 6)&8 != 0, down: u16(d, 6) >> 4 & 7, turned: u16(d, 6) >> 8,
		indent: u16(d, 8) & 15, shrink: u16(d, 8)&16 != 0,
		borders: [4]int{low & 15, low >> 4 & 15, low >> 8 & 15, low >> 12 & 15},
		lines:   [4]int{high & 0x7F, high >> 7 & 0x7F, int(rest & 0x7F), int(rest >> 7 & 0x7F)},
	}
}

type font struct {
	height                          int // twentieths of a point
	colour                          int
	bold, italic, underline, strike bool
	name                            string
}

func readFont(d []byte) font {
	f := font{height: u16(d, 0), colour: u16(d, 4), italic: u16(d, 2)&2 != 0, strike: u16(d, 2)&8 != 0, bold: u16(d, 6) >= 600}
	if len(d) > 15 {
		f.underline = d[10] != 0
		f.name = shortString(d[14:], int(d[14]), 1)
	}
	return f
}

// fontOf gives the font of a style; nil if it names none that is there.
func (b *Book) fontOf(x xf) *font {
	k := x.font
	if k > 4 {
		k-- // number 4 is never used
	}
	if k >= len(b.fonts) {
		return nil
	}
	return &b.fonts[k]
}

// Words of the new format, by the numbers of the old.
var (
	acrossWords = [8]string{"", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed"}
	downWords   = [8]string{"top", "center", "", "justify", "distributed"}
	borderWords = [16]string{"", "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot", "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"}
)

// style gives how cells of a style look; nil for a number that no style has.
func (b *Book) style(i int) *fresh.CellStyle {
	if i < 0 || i >= len(b.xfs) {
		return nil
	}
	if s := b.styles[i]; s != nil {
		return s
	}
	x := b.xfs[i]
	s := &fresh.CellStyle{
		Horizontal: acrossWords[x.across], Vertical: downWords[x.down], Wrap: x.wrap, Shrink: x.shrink, Indent: x.indent, Turned: x.turned,
	}
	if f := b.fontOf(x); f != nil {
		s.Font, s.Size = f.name, float64(f.height)/20
		s.Bold, s.Italic, s.Underline, s.Strike = f.bold, f.italic, f.underline, f.strike
		s.Colour = b.colour(f.colour)
	}
	if x.pattern == 1 {
		s.Fill = b.colour(x.fore)
	}
	for k, n := range x.borders {
		s.Borders[k] = fresh.CellBorder{Style: borderWords[n]}
		if n > 0 {
			s.Borders[k].Colour = b.colour(x.lines[k])
		}
	}
	b.styles[i] = s
	return s
}

// colour is a colour by its number, none for those that the system decides.
func (b *Book) colour(i int) fresh.Colour {
	c := b.rgb(i)
	if c[3] == 0 {
		return 0
	}
	return fresh.RGB(byte(c[0]), byte(c[1]), byte(c[2]))
}

// base is the font of cells without a style of their own.
func (b *Book) base() fresh.CellStyle {
	if len(b.fonts) == 0 {
		return fresh.CellStyle{}
	}
	return fresh.CellStyle{Font: b.fonts[0].name, Size: float64(b.fonts[0].height) / 20}
}

// usualColours are those from number 8 on of a workbook without a palette of its own.
var usualColours = [56]uint32{
	0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080,
	0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF,
	0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC,
	0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
}

// rgb resolves a colour number; the last value is 0 where the system decides.
func (b *Book) rgb(i int) [4]int {
	if c, ok := b.palette[i]; ok {
		return [4]int{int(c[0]), int(c[1]), int(c[2]), 1}
	}
	if i >= 0 && i < 8 {
		i += 8 // the first eight stand twice
	}
	if i >= 8 && i < 64 {
		c := int(usualColours[i-8])
		return [4]int{c >> 16, c >> 8 & 255, c & 255, 1}
	}
	return [4]int{i, 0, 0, 0}
}

func (b *Book) white(i int) bool {
	c := b.rgb(i)
	return c[3] == 1 && c[0] >= 0xF0 && c[1] >= 0xF0 && c[2] >= 0xF0
}

// blank is a cell that holds nothing and may have lines or a colour.
type blank struct{ row, col, xf uint16 }

// maxBlanks bounds the blank cells of a workbook that are kept.
const maxBlanks = 300_000

// blank takes the blank cells of a record that can be seen.
func (b *Book) blank(sh *Sheet, d []byte, many bool) {
	n := 1
	if many {
		n = (len(d) - 6) / 2
	}
	for k := range n {
		x := u16(d, 4+2*k)
		if s := b.style(x); s == nil || s.Bare() {
			continue
		}
		if b.blanks++; b.blanks > maxBlanks {
			sh.blanksLost = true
			return
		}
		sh.blanks = append(sh.blanks, blank{uint16(u16(d, 0)), uint16(u16(d, 2) + k), uint16(x)}) //nolint:gosec // two bytes each in the file
	}
}

// row takes the height of a row and whether it is hidden.
func (sh *Sheet) row(d []byte) {
	if len(d) < 14 {
		return
	}
	if d[12]&0x20 != 0 {
		sh.HiddenRows[u16(d, 0)] = true
	}
	if h := u16(d, 6); h&0x8000 == 0 { // that bit: as all rows
		sh.Heights[u16(d, 0)] = fresh.Height{Points: float64(h) / 20, Set: d[12]&0x40 != 0}
	}
}
