package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
)

// subset cuts a TrueType typeface down to some glyphs. Glyph numbers stay as they
// are; all other glyphs are empty. Only what a PDF viewer needs is kept.
func subset(font []byte, keep map[uint16]bool) ([]byte, error) {
	be := binary.BigEndian
	if len(font) < 12 {
		return nil, errors.New("no typeface")
	}
	tables := map[string][]byte{}
	for i := range int(be.Uint16(font[4:])) {
		rec := font[12+16*i:]
		off, n := be.Uint32(rec[8:]), be.Uint32(rec[12:])
		if uint64(off)+uint64(n) > uint64(len(font)) {
			return nil, errors.New("table outside the file")
		}
		tables[string(rec[:4])] = font[off : off+n]
	}
	for _, t := range []string{"head", "maxp", "hhea", "hmtx", "loca", "glyf"} {
		if tables[t] == nil {
			return nil, fmt.Errorf("typeface has no %s table", t)
		}
	}
	head := append([]byte(nil), tables["head"]...)
	glyphs := int(be.Uint16(tables["maxp"][4:]))
	long := be.Uint16(head[50:]) == 1
	at := func(g int) uint32 {
		if long {
			return be.Uint32(tables["loca"][4*g:])
		}
		return 2 * uint32(be.Uint16(tables["loca"][2*g:]))
	}
	keep[0] = true
	closeOver(keep, func(g uint16) []byte { return tables["glyf"][at(int(g)):at(int(g)+1)] })
	var glyf []byte
	loca := make([]byte, 4*(glyphs+1))
	for g := range glyphs {
		be.PutUint32(loca[4*g:], uint32(len(glyf)))
		if keep[uint16(g)] {
			glyf = append(glyf, tables["glyf"][at(g):at(g+1)]...)
			for len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
		}
	}
	be.PutUint32(loca[4*glyphs:], uint32(len(glyf)))
	be.PutUint16(head[50:], 1)
	be.PutUint32(head[8:], 0)
	out := map[string][]byte{"head": head, "maxp": tables["maxp"], "hhea": tables["hhea"], "hmtx": tables["hmtx"], "loca": loca, "glyf": glyf}
	for _, t := range []string{"cvt ", "fpgm", "prep"} {
		if tables[t] != nil {
			out[t] = tables[t]
		}
	}
	return assemble(out), nil
}

// closeOver adds the parts of composite glyphs.
func closeOver(keep map[uint16]bool, glyph func(uint16) []byte) {
	be := binary.BigEndian
	var todo []uint16
	for g := range keep {
		todo = append(todo, g)
	}
	for len(todo) > 0 {
		b := glyph(todo[0])
		todo = todo[1:]
		if len(b) < 10 || int16(be.Uint16(b)) >= 0 {
			continue
		}
		for i := 10; i+4 <= len(b); {
			flags, part := be.Uint16(b[i:]), be.Uint16(b[i+2:])
			if !keep[part] {
				keep[part] = true
				todo = append(todo, part)
			}
			i += 4 + componentSize(flags)
			if flags&0x20 == 0 {
				break
			}
		}
	}
}

func componentSize(flags uint16) int {
	n := 2
	if flags&1 != 0 {
		n = 4
	}
	switch {
	case flags&8 != 0:
		n += 2
	case flags&0x40 != 0:
		n += 4
	case flags&0x80 != 0:
		n += 8
	}
	return n
}

func assemble(tables map[string][]byte) []byte {
	be := binary.BigEndian
	var names []string
	for n := range tables {
		names = append(names, n)
	}
	sort.Strings(names)
	out := make([]byte, 12+16*len(names))
	be.PutUint32(out, 0x00010000)
	be.PutUint16(out[4:], uint16(len(names)))
	for i, n := range names {
		rec := out[12+16*i:]
		copy(rec, n)
		be.PutUint32(rec[4:], sum(tables[n]))
		be.PutUint32(rec[8:], uint32(len(out)))
		be.PutUint32(rec[12:], uint32(len(tables[n])))
		out = append(out, tables[n]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

func sum(b []byte) uint32 {
	var s uint32
	for i := 0; i < len(b); i += 4 {
		var w [4]byte
		copy(w[:], b[i:])
		s += binary.BigEndian.Uint32(w[:])
	}
	return s
}
