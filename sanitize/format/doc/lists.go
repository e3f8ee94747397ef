package doc

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"jinggao/sanitize/format/fresh"
)

// Entries of the FIB that describe lists.
const (
	fibLists   = 73
	fibListUse = 74
)

const (
	maxLists   = 4096
	levelHead  = 28
	listHead   = 28
	listUse    = 16
	listLevels = 9
)

// level is one level of a list with what it says of its paragraphs.
type level struct {
	fresh.Level
	para []byte
}

// use is a list as paragraphs use it.
type use struct {
	family int
	levels []level
}

// join makes a paragraph belong to a list or leave it, and takes over its indents.
func (f *File) join(l *fresh.Line, sprm int, arg []byte) {
	if sprm == sprmDepthList {
		l.Depth = min(int(arg[0]), listLevels-1)
	} else if l.List = u16(arg, 0); l.List > len(f.uses) {
		l.List = 0
	}
	if l.List == 0 {
		return
	}
	if levels := f.uses[l.List-1].levels; l.Depth < len(levels) {
		walkProps(levels[l.Depth].para, func(sprm int, arg []byte) {
			if sprm != sprmDepthList && sprm != sprmList {
				place(l, sprm, arg)
			}
		})
	}
}

// readLists reads the lists and how they are used. What is damaged is left out.
func (f *File) readLists() {
	b, ids := f.lists()
	families, byID := [][]level{}, map[uint32]int{}
	for _, id := range ids {
		n := listLevels
		if id.simple {
			n = 1
		}
		var levels []level
		for range n {
			v, size := levelOf(b)
			if size == 0 {
				break
			}
			levels, b = append(levels, v), b[size:]
		}
		byID[id.id] = len(families)
		families = append(families, levels)
		if len(levels) < n {
			break
		}
	}
	plc := f.pair(fibListUse)
	n := int(min(u32(plc, 0), maxLists))
	if 4+listUse*n > len(plc) {
		return
	}
	more := plc[4+listUse*n:]
	for i := range n {
		head := plc[4+listUse*i:]
		u := use{family: -1}
		if k, ok := byID[u32(head, 0)]; ok {
			u = use{family: k, levels: append([]level(nil), families[k]...)}
		}
		more = u.override(more, int(head[12]))
		f.uses = append(f.uses, u)
	}
}

// listID names a list.
type listID struct {
	id     uint32
	simple bool // has one level
}

// lists gives the names of the lists and the bytes of their levels behind them.
func (f *File) lists() ([]byte, []listID) {
	head := f.pair(fibLists)
	n := u16(head, 0)
	if len(head) < 2 || n > maxLists || 2+listHead*n > len(head) {
		return nil, nil
	}
	var ids []listID
	for i := range n {
		at := 2 + listHead*i
		ids = append(ids, listID{id: u32(head, at), simple: head[at+26]&1 != 0})
	}
	behind := f.behind(fibLists)
	return behind, ids
}

// behind gives what follows a stretch of the table stream.
func (f *File) behind(n int) []byte {
	at := 0x20
	at += 2 + 2*u16(f.main, at)
	at += 2 + 4*u16(f.main, at)
	end := uint64(u32(f.main, at+2+8*n)) + uint64(u32(f.main, at+6+8*n))
	if end > uint64(len(f.table)) {
		return nil
	}
	return f.table[end:]
}

// numberFormats by their numbers in the file.
var numberFormats = map[byte]string{
	0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle",
	22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 31: "ideographZodiac",
	33: "taiwaneseCounting", 37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}

// levelOf reads a level and gives its length; 0 if it is cut off.
func levelOf(b []byte) (level, int) {
	if len(b) < levelHead {
		return level{}, 0
	}
	chp, pap := int(b[24]), int(b[25])
	text := levelHead + pap + chp
	if text+2 > len(b) || text+2+2*u16(b, text) > len(b) {
		return level{}, 0
	}
	n := u16(b, text)
	v := level{para: b[levelHead : levelHead+pap]}
	v.Start, v.Format = int(int32(u32(b, 0))), numberFormats[b[4]]
	if v.Format == "" {
		v.Format = "decimal"
	}
	v.Follow = map[byte]string{1: "space", 2: "nothing"}[b[15]]
	v.Text = levelText(b[text+2:text+2+2*n], v.Format == "bullet")
	return v, text + 2 + 2*n
}

// levelText reads the text of a level: signs below 9 stand for the numbers of levels.
func levelText(b []byte, bullet bool) string {
	var us []uint16
	for i := 0; i+1 < len(b); i += 2 {
		us = append(us, uint16(u16(b, i)))
	}
	var out strings.Builder
	for _, r := range utf16.Decode(us) {
		switch {
		case r < listLevels && !bullet:
			fmt.Fprintf(&out, "%%%d", r+1)
		case bullet:
			out.WriteRune(bulletOf(r))
		case r != '%':
			out.WriteRune(r)
		}
	}
	return out.String()
}

// bulletOf gives the usual sign for one of a font of symbols.
func bulletOf(r rune) rune {
	if s, ok := map[rune]rune{0xF06C: '●', 0xF06E: '■', 0xF0A7: '▪', 0xF0D8: '➢', 0xF0FC: '✓', 0xF076: '❖', 0xF075: '◆', 0xF0B2: '◇', 0xF0A1: '○', 0xF071: '□', 'o': '○', '-': '-'}[r]; ok {
		return s
	}
	if r >= 0xF000 && r < 0xF100 {
		return '•'
	}
	return r
}

// override takes over what a use of a list says otherwise; it gives what follows.
func (u *use) override(b []byte, n int) []byte {
	if len(b) < 4 {
		return nil
	}
	b = b[4:]
	for range n {
		if len(b) < 8 {
			return nil
		}
		start, flags := int(int32(u32(b, 0))), u32(b, 4)
		k := int(flags & 15)
		b = b[8:]
		if flags&32 != 0 {
			v, size := levelOf(b)
			if size == 0 {
				return nil
			}
			b = b[size:]
			if k < len(u.levels) {
				u.levels[k], start = v, v.Start
			}
		}
		if flags&(16|32) != 0 && k < len(u.levels) {
			u.levels[k].Start, u.levels[k].Anew = start, flags&16 != 0
		}
	}
	return b
}

// listForms gives the lists as a copy has them. A use with levels of its own is a
// family of its own.
func (f *File) listForms() []fresh.List {
	var out []fresh.List
	for _, u := range f.uses {
		l := fresh.List{Family: u.family}
		for _, v := range u.levels {
			l.Levels = append(l.Levels, v.Level)
		}
		out = append(out, l)
	}
	return out
}
