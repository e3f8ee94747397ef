package doc

import (
	"encoding/binary"
	"slices"
	"sort"

	"jinggao/sanitize/format/fresh"
)

// Properties (sprm) that matter for reading.
const (
	sprmDel       = 0x0800
	sprmData      = 0x0806 // the character stands for data of a field
	sprmOle2      = 0x080A
	sprmVanish    = 0x083C
	sprmWebHidden = 0x0811
	sprmSpecial   = 0x0855
	sprmObject    = 0x0856
	sprmHighlight = 0x2A0C
	sprmIco       = 0x2A42
	sprmStyle     = 0x4A30
	sprmSize      = 0x4A43
	sprmShade80   = 0x4866
	sprmScale     = 0x4852
	sprmColour    = 0x6870
	sprmPicture   = 0x6A03
	sprmSymbol    = 0x6A09
	sprmShade     = 0xCA71

	sprmInTable    = 0x2416
	sprmRowEnd     = 0x2417
	sprmInnerCell  = 0x244B
	sprmInnerRow   = 0x244C
	sprmParaShade8 = 0x442D
	sprmParaShade  = 0xC64D
	sprmDepth      = 0x6649
	sprmTableProps = 0x646B // kept in the Data stream
	sprmHugeProps  = 0x6646
	sprmTableDef   = 0xD608
	sprmCellShade8 = 0xD609
	sprmCellShade  = 0xD612
	sprmTitlePage  = 0x300A

	tableProperty = 5 // in bits 10 to 12 of a property
)

// hide says why a character is not seen.
type hide uint8

const (
	hideDel hide = 1 << iota
	hideVanish
	hideWhite
	hideTiny
)

// charProps are what direct formatting and styles say about a character.
type charProps struct {
	del, vanish, special, object, data, symbol, shaded bool
	white                                              bool
	size, scale                                        int // half points, per cent; 0 unknown
	picture                                            int // offset in Data; -1 none
	look                                               fresh.Look
}

// paraProps are what a paragraph says about tables and ground.
type paraProps struct {
	style                  int
	inTable, rowEnd, inner bool
	shaded                 bool
	below                  []bool // of a row end: which cells go on with the cell above
	edges                  []int  // of a row end: positions of the cell borders
	line                   fresh.Line
	tight                  bool      // no space between it and others of its style
	row                    *rowProps // of a row end
}

// span is a run of the WordDocument stream with its property list.
type span struct {
	start, end int
	style      int
	props      []byte
}

// pages reads the 512-byte pages of properties that a plc names.
func (f *File) pages(entry int, run func(page []byte, k, runs int) (int, []byte, bool)) []span {
	plc := f.pair(entry)
	n := (len(plc) - 4) / 8
	var out []span
	seen := map[int]bool{}
	for i := range max(n, 0) {
		at := int(u32(plc, 4*(n+1)+4*i)&0x3FFFFF) * 512
		if at+512 > len(f.main) || seen[at] {
			continue
		}
		seen[at] = true
		p := f.main[at : at+512]
		runs := int(p[511])
		for k := range runs {
			if 4*(k+2) > 511 {
				break
			}
			style, props, ok := run(p, k, runs)
			if ok {
				out = append(out, span{start: int(u32(p, 4*k)), end: int(u32(p, 4*(k+1))), style: style, props: props})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].start < out[j].start })
	return out
}

func chpxRun(p []byte, k, runs int) (int, []byte, bool) {
	at := 4*(runs+1) + k
	if at >= 511 {
		return 0, nil, false
	}
	off := int(p[at]) * 2
	if off == 0 {
		return 0, nil, true
	}
	if off >= 511 || off+1+int(p[off]) > 511 {
		return 0, nil, false
	}
	return 0, p[off+1 : off+1+int(p[off])], true
}

func papxRun(p []byte, k, runs int) (int, []byte, bool) {
	at := 4*(runs+1) + 13*k
	if at >= 511 {
		return 0, nil, false
	}
	off := int(p[at]) * 2
	if off == 0 {
		return 0, nil, true
	}
	if off+2 > 511 {
		return 0, nil, false
	}
	size, start := 2*int(p[off])-1, off+1
	if p[off] == 0 {
		size, start = 2*int(p[off+1]), off+2
	}
	if size < 2 || start+size > 511 {
		return 0, nil, false
	}
	return u16(p, start), p[start+2 : start+size], true
}

// find gives the index of the run that holds an offset, or -1.
func find(runs []span, at int) int {
	i := sort.Search(len(runs), func(i int) bool { return runs[i].start > at }) - 1
	if i >= 0 && at < runs[i].end {
		return i
	}
	return -1
}

// walkProps calls f for each property with its operand.
func walkProps(props []byte, f func(sprm int, arg []byte)) {
	for len(props) >= 3 {
		sprm := u16(props, 0)
		n := sprmLen(sprm, props)
		if n > len(props) {
			return
		}
		f(sprm, props[2:n])
		props = props[n:]
	}
}

// sprmLen is the length of a property with its operand.
func sprmLen(sprm int, props []byte) int {
	switch sprm >> 13 {
	case 0, 1:
		return 3
	case 2, 4, 5:
		return 4
	case 3:
		return 6
	case 7:
		return 5
	}
	if sprm == sprmTableDef { // two bytes of length, one too many
		return max(4, 3+u16(props, 2))
	}
	if sprm == 0xC615 && props[2] == 255 && len(props) > 4 { // tab stops beyond 255 bytes
		d := int(props[3])
		if 4+4*d < len(props) {
			return 5 + 4*d + 3*int(props[4+4*d])
		}
	}
	return 3 + int(props[2])
}

// toggle reads a switch that may refer to the style below it.
func toggle(arg []byte, below bool) bool {
	switch arg[0] {
	case 0:
		return false
	case 0x80:
		return below
	case 0x81:
		return !below
	}
	return true
}

// apply adds a property list to what is known of a character.
func (f *File) apply(c charProps, props []byte) charProps {
	below, look := c.vanish, c.look
	walkProps(props, func(sprm int, arg []byte) {
		if sprm != sprmStyle {
			c.add(sprm, arg, below)
			f.dress(&c.look, sprm, arg, &look)
			return
		}
		if s := u16(arg, 0); s < len(f.styles) && f.styles[s].kind == styleChar {
			f.addStyle(&c, f.styleProps(s))
			below, look = c.vanish, c.look // what a toggle above is relative to
		}
	})
	return c
}

// addStyle adds the properties of a character style, in which styles count for nothing.
func (f *File) addStyle(c *charProps, props []byte) {
	below, look := c.vanish, c.look
	walkProps(props, func(sprm int, arg []byte) {
		c.add(sprm, arg, below)
		f.dress(&c.look, sprm, arg, &look)
	})
}

// add adds one property; below is whether the text is hidden by what lies under it.
func (c *charProps) add(sprm int, arg []byte, below bool) {
	switch sprm {
	case sprmDel:
		c.del = arg[0] == 1
	case sprmVanish:
		c.vanish = toggle(arg, below)
	case sprmSpecial:
		c.special = arg[0] != 0
	case sprmOle2, sprmObject:
		c.object = c.object || arg[0] != 0
	case sprmData:
		c.data = arg[0] != 0
	case sprmSize:
		c.size = u16(arg, 0)
	case sprmScale:
		c.scale = u16(arg, 0)
	case sprmPicture:
		c.picture = int(u32(arg, 0))
	case sprmSymbol:
		c.symbol = true
	default:
		c.paint(sprm, arg)
	}
}

// paint adds a property of the colour or the ground.
func (c *charProps) paint(sprm int, arg []byte) {
	switch sprm {
	case sprmIco:
		c.white = arg[0] == 8
	case sprmColour:
		c.white = arg[3] == 0 && arg[0] >= 0xF0 && arg[1] >= 0xF0 && arg[2] >= 0xF0
	case sprmHighlight:
		c.shaded = c.shaded || arg[0] != 0 && arg[0] != 8
	case sprmShade80:
		c.shaded = c.shaded || u16(arg, 0) != 0 && u16(arg, 0) != 0xFFFF
	case sprmShade:
		c.shaded = c.shaded || shades(arg)
	}
}

// shades tells whether a shading of ten bytes paints anything but white.
func shades(arg []byte) bool {
	if len(arg) < 11 {
		return false
	}
	back := arg[5:9]
	plain := back[3] == 0xFF || back[0] >= 0xF0 && back[1] >= 0xF0 && back[2] >= 0xF0
	return !plain || u16(arg, 9) != 0
}

// hidden says why a character of these properties is not seen.
func (c charProps) hidden(p *paraProps, paintedRow bool) hide {
	var h hide
	if c.del {
		h |= hideDel
	}
	if c.vanish {
		h |= hideVanish
	}
	if c.white && !c.shaded && !p.shaded && !paintedRow {
		h |= hideWhite
	}
	if c.size > 0 && c.size <= 4 || c.scale > 0 && c.scale <= 5 {
		h |= hideTiny
	}
	return h
}

// paraUnder is a paragraph of a style.
func (f *File) paraUnder(style int) paraProps {
	p := paraProps{style: style, line: usualLine()}
	if style >= 0 && style < len(f.styles) {
		p.line.Level = f.styles[style].heading
	}
	f.paraApply(&p, f.paraStyle(style), 0)
	return p
}

// paraOf reads a paragraph's own properties.
func (f *File) paraOf(s *span) paraProps {
	p := paraProps{style: s.style}
	f.paraApply(&p, s.props, 0)
	return p
}

func (f *File) paraApply(p *paraProps, props []byte, depth int) {
	walkProps(props, func(sprm int, arg []byte) {
		f.stand(&p.line, sprm, arg)
		p.rowApply(sprm, arg)
		p.paint(sprm, arg)
		switch sprm {
		case sprmTight:
			p.tight = arg[0] == 1
		case sprmRowEnd:
			p.rowEnd = arg[0] != 0
		case sprmInTable:
			p.inTable = arg[0] != 0
		case sprmDepth:
			p.inTable = p.inTable || u32(arg, 0) > 0
		case sprmInnerCell, sprmInnerRow:
			p.inner = p.inner || arg[0] != 0
		case sprmTableDef:
			p.below, p.edges = tableDef(arg[2:])
		case sprmTableProps, sprmHugeProps:
			at := int(u32(arg, 0))
			if depth == 0 && at >= 0 && at+2 <= len(f.data) {
				f.paraApply(p, f.data[at+2:min(len(f.data), at+2+u16(f.data, at))], 1)
			}
		}
	})
}

// paint notes a ground that is no white.
func (p *paraProps) paint(sprm int, arg []byte) {
	switch sprm {
	case sprmParaShade8:
		p.shaded = p.shaded || u16(arg, 0) != 0 && u16(arg, 0) != 0xFFFF
	case sprmParaShade:
		p.shaded = p.shaded || shades(arg)
	case sprmCellShade8, sprmCellShade:
		p.shaded = p.shaded || slices.ContainsFunc(arg[1:], func(b byte) bool { return b != 0 && b != 0xFF })
	}
}

// rowApply adds a property of a table row.
func (p *paraProps) rowApply(sprm int, arg []byte) {
	if sprm>>10&7 != tableProperty {
		return
	}
	if p.row == nil {
		p.row = &rowProps{}
	}
	p.row.add(sprm, arg)
}

// tableDef reads the cells of a row: which continue the one above, and the borders between them.
func tableDef(def []byte) (below []bool, edges []int) {
	if len(def) == 0 {
		return nil, nil
	}
	n := int(def[0])
	for i := range n + 1 {
		if at := 1 + 2*i; at+2 <= len(def) {
			edges = append(edges, int(int16(binary.LittleEndian.Uint16(def[at:]))))
		}
	}
	tc := 1 + 2*(n+1)
	below = make([]bool, n)
	for i := range n {
		if at := tc + 20*i; at+2 <= len(def) {
			below[i] = u16(def, at)>>5&3 == 1
		}
	}
	return below, edges
}
