package doc

import (
	"encoding/binary"
	"slices"

	"jinggao/sanitize/format/fresh"
)

// Properties (sprm) that say how paragraphs stand.
const (
	sprmAlign80   = 0x2403
	sprmAlign     = 0x2461
	sprmKeep      = 0x2405
	sprmKeepNext  = 0x2406
	sprmBreak     = 0x2407
	sprmTight     = 0x246D // no space between paragraphs of one style
	sprmDepthList = 0x260A
	sprmList      = 0x460B
	sprmRight80   = 0x840E
	sprmLeft80    = 0x840F
	sprmNest80    = 0x4610
	sprmFirst80   = 0x8411
	sprmRight     = 0x845D
	sprmLeft      = 0x845E
	sprmNest      = 0x465F
	sprmFirst     = 0x8460
	sprmLineHigh  = 0x6412
	sprmBefore    = 0xA413
	sprmAfter     = 0xA414
	sprmAutoAbove = 0x245B
	sprmAutoBelow = 0x245C
	sprmGrid      = 0x2447
	sprmOutline   = 0x2640
	sprmTabsOwn   = 0xC60D
	sprmTabs      = 0xC615
	sprmAbove80   = 0x6424
	sprmBelow80   = 0x6426
	sprmAbove     = 0xC64E
	sprmBelow     = 0xC650
)

const autoSpace = 280 // around paragraphs that leave it to the program, in twips

var aligns = [...]string{"left", "center", "right", "both", "distribute"}

func i16(b []byte, at int) int { return int(int16(u16(b, at))) }

// usualLine is a paragraph of which nothing is said.
func usualLine() fresh.Line { return fresh.Line{Align: aligns[0], Spacing: 240} }

// stand adds one property to how a paragraph stands.
func (f *File) stand(l *fresh.Line, sprm int, arg []byte) {
	switch sprm {
	case sprmAlign80, sprmAlign:
		if int(arg[0]) < len(aligns) {
			l.Align = aligns[arg[0]]
		}
	case sprmBreak:
		l.Break = arg[0] == 1
	case sprmKeep:
		l.Whole = arg[0] == 1
	case sprmKeepNext:
		l.Next = arg[0] == 1
	case sprmGrid:
		l.Loose = arg[0] == 0
	case sprmOutline:
		if l.Level = 0; arg[0] < 9 {
			l.Level = int(arg[0]) + 1
		}
	case sprmLineHigh:
		lineHeight(l, i16(arg, 0), u16(arg, 2) == 1)
	case sprmBefore:
		l.Before = u16(arg, 0)
	case sprmAfter:
		l.After = u16(arg, 0)
	case sprmAutoAbove:
		l.Before = autoOr(arg, l.Before)
	case sprmAutoBelow:
		l.After = autoOr(arg, l.After)
	case sprmDepthList, sprmList:
		f.join(l, sprm, arg)
	default:
		place(l, sprm, arg)
	}
}

func autoOr(arg []byte, v int) int {
	if arg[0] == 1 {
		return autoSpace
	}
	return v
}

func lineHeight(l *fresh.Line, v int, share bool) {
	switch {
	case v == 0:
		l.Spacing, l.Exact = 240, false
	case share:
		l.Spacing, l.Exact = max(1, v), false
	default:
		l.Spacing, l.Exact = -max(v, -v), v < 0
	}
}

// place adds a property of indents, lines and grounds.
func place(l *fresh.Line, sprm int, arg []byte) {
	switch sprm {
	case sprmLeft80, sprmLeft:
		l.Left = i16(arg, 0)
	case sprmNest80, sprmNest:
		l.Left = max(0, l.Left+i16(arg, 0))
	case sprmRight80, sprmRight:
		l.Right = i16(arg, 0)
	case sprmFirst80, sprmFirst:
		l.First = i16(arg, 0)
	case sprmAbove80:
		l.Above, _ = edge80(arg)
	case sprmBelow80:
		l.Below, _ = edge80(arg)
	case sprmAbove:
		l.Above, _ = edge8(arg[1:])
	case sprmBelow:
		l.Below, _ = edge8(arg[1:])
	case sprmParaShade8:
		l.Ground = shade80(u16(arg, 0))
	case sprmParaShade:
		l.Ground = shade10(arg[1:])
	case sprmTabsOwn:
		l.Tabs = tabStops(l.Tabs, arg[1:], 2)
	case sprmTabs:
		l.Tabs = tabStops(l.Tabs, arg[1:], 4)
	}
}

// tabStops reads tab stops that are taken away, each of as many bytes, and added.
func tabStops(have []fresh.Tab, b []byte, size int) []fresh.Tab {
	if len(b) == 0 {
		return have
	}
	out := slices.Clone(have)
	n := int(b[0])
	for i := range n {
		at := i16(b, 1+2*i)
		out = slices.DeleteFunc(out, func(t fresh.Tab) bool { return t.At >= at-25 && t.At <= at+25 })
	}
	at := 1 + size*n
	if at >= len(b) {
		return out
	}
	k := int(b[at])
	for i := range k {
		pos, form := at+1+2*i, at+1+2*k+i
		if form >= len(b) {
			break
		}
		t := fresh.Tab{At: i16(b, pos)}
		if a := int(b[form] & 7); a < 4 {
			t.Align = [...]string{"left", "center", "right", "decimal"}[a]
		}
		switch b[form] >> 3 & 7 {
		case 1, 5:
			t.Lead = "dot"
		case 2:
			t.Lead = "hyphen"
		case 3, 4:
			t.Lead = "underscore"
		}
		out = slices.DeleteFunc(out, func(x fresh.Tab) bool { return x.At == t.At })
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b fresh.Tab) int { return a.At - b.At })
	return out
}

// edge80 reads a line at a side from four bytes; said is false where a table's own counts.
func edge80(b []byte) (e fresh.Edge, said bool) {
	if len(b) < 4 || binary.LittleEndian.Uint32(b) == 0xFFFFFFFF {
		return fresh.Edge{}, len(b) >= 4
	}
	return edgeOf(int(b[0]), int(b[1]), ink(int(b[2])))
}

// edge8 reads a line at a side from eight bytes.
func edge8(b []byte) (e fresh.Edge, said bool) {
	if len(b) < 8 || binary.LittleEndian.Uint32(b[4:]) == 0xFFFFFFFF {
		return fresh.Edge{}, len(b) >= 8
	}
	return edgeOf(int(b[4]), int(b[5]), colourOf(b))
}

var edgeKinds = map[int]string{2: "thick", 3: "double", 6: "dotted", 7: "dashed", 8: "dashed", 9: "dotted", 10: "triple", 22: "dashed", 23: "dashed"}

func edgeOf(size, kind int, c fresh.Colour) (fresh.Edge, bool) {
	if kind == 0 || kind == 0xFF {
		return fresh.Edge{}, false
	}
	e := fresh.Edge{Kind: edgeKinds[kind], Size: max(size, 2), Colour: c}
	if e.Kind == "" {
		e.Kind = "single"
		if kind >= 11 && kind <= 19 {
			e.Kind = "double"
		}
	}
	return e, true
}
