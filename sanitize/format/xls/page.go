package xls

import (
	"encoding/binary"
	"math"

	"jinggao/sanitize/format/fresh"
)

// Records of how a sheet is printed and first shown.
const (
	recMarginLeft   = 0x0026
	recMarginRight  = 0x0027
	recMarginTop    = 0x0028
	recMarginBottom = 0x0029
	recPrintLines   = 0x002B
	recPane         = 0x0041
	recDefColWidth  = 0x0055
	recWSBool       = 0x0081
	recHCenter      = 0x0083
	recVCenter      = 0x0084
	recStandardWide = 0x0099
	recDefRowHeight = 0x0225
	recSetup        = 0x00A1
	recWindow2      = 0x023E
)

// usualMargins are those of a sheet that says nothing about one, in inches.
var usualMargins = [6]float64{0.75, 0.75, 1, 1, 0.5, 0.5}

// margin sets one margin; the others become the usual ones if they were not set.
func (sh *Sheet) margin(i int, d []byte, at int) {
	if len(d) < at+8 {
		return
	}
	if sh.page.Margins == [6]float64{} {
		sh.page.Margins = usualMargins
	}
	sh.page.Margins[i] = math.Float64frombits(binary.LittleEndian.Uint64(d[at:]))
}

// pageRecord reads a record of the layout of a sheet, of its rows and columns; false
// for other records.
func (sh *Sheet) pageRecord(id uint16, d []byte) bool {
	p := &sh.page
	switch id {
	case recRow:
		sh.row(d)
	case recColInfo:
		sh.columns(d)
	case recMarginLeft, recMarginRight, recMarginTop, recMarginBottom:
		sh.margin(int(id-recMarginLeft), d, 0)
	case recPrintLines:
		p.Lines = u16(d, 0) == 1
	case recHCenter:
		p.Centred = u16(d, 0) == 1
	case recVCenter:
		p.Middle = u16(d, 0) == 1
	case recWSBool:
		p.Fit = u16(d, 0)&0x0100 != 0
	case recDefColWidth:
		sh.wide = float64(u16(d, 0))
	case recDefRowHeight:
		sh.tall = float64(u16(d, 2)) / 20
	case recStandardWide:
		sh.standard = float64(u16(d, 0)) / 256
	case recSetup:
		sh.setup(d)
	case recWindow2:
		sh.frozen = len(d) >= 6 && u16(d, 0)&0x0008 != 0 && u16(d, 2) == 0 && u16(d, 4) == 0
	case recPane:
		if sh.frozen && len(d) >= 4 {
			p.Frozen = [2]int{u16(d, 0), u16(d, 2)}
		}
	default:
		return false
	}
	return true
}

func (sh *Sheet) setup(d []byte) {
	const noOptions, noOrient, portrait = 0x04, 0x40, 0x02
	if len(d) < 32 {
		return
	}
	p := &sh.page
	p.FitWide, p.FitTall = u16(d, 6), u16(d, 8)
	flags := u16(d, 10)
	sh.margin(4, d, 16)
	sh.margin(5, d, 24)
	if flags&noOptions != 0 { // the printer's own
		return
	}
	p.Paper, p.Scale = u16(d, 0), u16(d, 2)
	p.Landscape = flags&noOrient == 0 && flags&portrait == 0
}

// Names that programs know by their number.
const (
	nameArea   = 6
	nameTitles = 7
)

// printName reads a name by which programs know what is printed of a sheet.
func (b *Book) printName(d []byte) {
	if len(d) < 16 || u16(d, 0)&0x20 == 0 || d[3] != 1 || d[15] != nameArea && d[15] != nameTitles {
		return
	}
	i := u16(d, 8) - 1
	if i < 0 || i >= len(b.Sheets) {
		return
	}
	at := 16 + int(d[14]&1) // one character, one byte or two
	if at > len(d) {
		return
	}
	areas, ok := areasOf(d[at:min(len(d), at+u16(d, 4))])
	sh := b.Sheets[i]
	switch {
	case d[15] == nameTitles:
		for _, a := range areas {
			if a[1] == 0 && a[3] >= maxCol-1 {
				sh.page.TopRows = [2]int{a[0], a[2]}
			} else if a[0] == 0 && a[2] >= maxRow-1 {
				sh.page.SideCols = [2]int{a[1], a[3]}
			} else {
				ok = false
			}
		}
		sh.printsLost = sh.printsLost || !ok
	case ok && len(areas) == 1:
		sh.page.Area = areas[0]
	default:
		sh.printsLost = true
	}
}

// areasOf reads a formula that names one block of cells, or two; false for any other.
func areasOf(f []byte) ([][4]int, bool) {
	const block, memory, union = 0x1B, 0x09, 0x10
	if len(f) >= 3 && f[0]&0x1F == memory {
		f = f[3:]
	}
	var out [][4]int
	for len(f) >= 11 && f[0]&0x1F == block && len(out) < 2 {
		out = append(out, [4]int{u16(f, 3), u16(f, 7) & 0x3FFF, u16(f, 5), u16(f, 9) & 0x3FFF}) // rows from–to, columns from–to
		f = f[11:]
	}
	if len(out) == 2 && len(f) == 1 && f[0] == union {
		f = nil
	}
	return out, len(out) > 0 && len(f) == 0
}

// bookPage gives how a sheet is printed and shown in a copy.
func (sh *Sheet) bookPage() *fresh.BookPage {
	p := sh.page
	return &p
}

// columnWidth is the width of columns that have none of their own; 0: unknown.
func (sh *Sheet) columnWidth() float64 {
	if sh.standard > 0 {
		return sh.standard
	}
	if sh.wide > 0 {
		return sh.wide + 0.72 // the room beside the signs, which the other widths hold
	}
	return 0
}
