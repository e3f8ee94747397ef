package ofd

import (
	"encoding/binary"
	"sort"
)

// drawingTables are the tables of a TrueType font that are needed to draw with it.
// What else a font file holds (names, licences, signatures, the sources of its
// outlines) is not carried over.
var drawingTables = wordSet("OS/2 cmap fpgm gasp glyf head hhea hmtx loca maxp prep vhea vmtx")

// Sizes and places in tables of a TrueType font (ISO/IEC 14496-22).
const (
	headSize     = 54
	maxFontTable = 64
)

// plainFontFile writes a TrueType font anew: the tables that draw, without dates,
// revision and vendor, one behind the other with nothing in between. It is nil for
// other kinds of fonts and for damaged ones.
func plainFontFile(b []byte) []byte {
	tables := fontTables(b)
	head, maxp, loca := tables["head"], tables["maxp"], tables["loca"]
	if len(head) < headSize || len(maxp) < 6 || loca == nil || tables["glyf"] == nil {
		return nil
	}
	head = append([]byte(nil), head[:headSize]...)
	clear(head[4:12])  // revision, adjustment of the check sum
	clear(head[20:36]) // created, modified
	glyphs := int(binary.BigEndian.Uint16(maxp[4:]))
	end, size, ok := outlines(loca, glyphs, binary.BigEndian.Uint16(head[50:]) != 0)
	if !ok || end > len(tables["glyf"]) {
		return nil
	}
	tables["head"], tables["loca"], tables["glyf"] = head, loca[:size], tables["glyf"][:end]
	if os2 := tables["OS/2"]; len(os2) >= 62 {
		os2 = append([]byte(nil), os2...)
		clear(os2[58:62]) // vendor
		tables["OS/2"] = os2
	}
	// post of version 3: no names of glyphs.
	tables["post"] = append([]byte{0, 3, 0, 0}, make([]byte, 28)...)
	return fontFile(tables)
}

// fontTables gives the tables that draw; nil for what is no TrueType font.
func fontTables(b []byte) map[string][]byte {
	if len(b) < 12 || string(b[:4]) != "\x00\x01\x00\x00" && string(b[:4]) != "true" {
		return nil
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	if n > maxFontTable || len(b) < 12+16*n {
		return nil
	}
	out := map[string][]byte{}
	for i := range n {
		e := b[12+16*i:]
		tag, at, size := string(e[:4]), uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		if tag == "cvt " || drawingTables[tag] {
			if at+size > uint64(len(b)) {
				return nil
			}
			out[tag] = b[at : at+size]
		}
	}
	return out
}

// outlines gives the end of the last outline in glyf and the size of loca; false
// if the places do not ascend.
func outlines(loca []byte, glyphs int, long bool) (end, size int, ok bool) {
	width := 2
	if long {
		width = 4
	}
	size = (glyphs + 1) * width
	if len(loca) < size {
		return 0, 0, false
	}
	for i := range glyphs + 1 {
		at := 2 * int(binary.BigEndian.Uint16(loca[i*width:]))
		if long {
			at = int(binary.BigEndian.Uint32(loca[i*width:]))
		}
		if at < end || i == 0 && at != 0 {
			return 0, 0, false
		}
		end = at
	}
	return end, size, true
}

// fontFile writes the tables in the order of their tags.
func fontFile(tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	for t := range tables {
		tags = append(tags, t)
	}
	sort.Strings(tags)
	n := len(tags)
	power, log := 1, 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{n, 16 * power, log, 16 * (n - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*n
	for _, t := range tags {
		out = append(out, t...)
		for _, v := range []uint32{checkSum(tables[t]), uint32(at), uint32(len(tables[t]))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		at += (len(tables[t]) + 3) &^ 3
	}
	headAt := 0
	for _, t := range tags {
		if t == "head" {
			headAt = len(out)
		}
		out = append(out, tables[t]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], 0xB1B0AFBA-checkSum(out))
	return out
}

func checkSum(b []byte) uint32 {
	var sum uint32
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}
