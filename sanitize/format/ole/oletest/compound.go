// Package oletest builds small compound files for the tests of their readers.
package oletest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

var le = binary.LittleEndian

// Compound packs up to three streams into the root storage of a compound file.
func Compound(streams map[string][]byte, order ...string) []byte {
	const sector = 512
	var body []byte
	fat := []uint32{}
	chain := func(data []byte) (first uint32, n int) {
		for len(data) < 4096 || len(data)%sector != 0 {
			data = append(data, 0)
		}
		first, n = uint32(len(fat)), len(data)/sector
		for i := range n {
			next := uint32(len(fat) + 1)
			if i == n-1 {
				next = 0xFFFFFFFE
			}
			fat = append(fat, next)
		}
		body = append(body, data...)
		return first, n * sector
	}
	dir := make([]byte, 128*4)
	entry := func(i int, name string, kind byte, child, right, start uint32, size int) {
		e := dir[128*i:]
		u := utf16.Encode([]rune(name))
		for k, c := range u {
			le.PutUint16(e[2*k:], c)
		}
		le.PutUint16(e[64:], uint16(2*len(u)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], 0xFFFFFFFF)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint64(e[120:], uint64(size))
	}
	entry(0, "Root Entry", 5, 1, 0xFFFFFFFF, 0xFFFFFFFE, 0)
	for i, name := range order {
		start, size := chain(streams[name])
		right := uint32(i + 2)
		if i == len(order)-1 {
			right = 0xFFFFFFFF
		}
		entry(i+1, name, 2, 0xFFFFFFFF, right, start, size)
	}
	dirStart := uint32(len(fat))
	fat = append(fat, 0xFFFFFFFE)
	body = append(body, dir...)
	fatStart := uint32(len(fat))
	fat = append(fat, 0xFFFFFFFD)
	table := bytes.Repeat([]byte{0xFF}, sector)
	for i, f := range fat {
		le.PutUint32(table[4*i:], f)
	}
	body = append(body, table...)
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(head[24:], 0x3E)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], dirStart)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], 0xFFFFFFFE)
	le.PutUint32(head[68:], 0xFFFFFFFE)
	for i := 76; i < sector; i += 4 {
		le.PutUint32(head[i:], 0xFFFFFFFF)
	}
	le.PutUint32(head[76:], fatStart)
	return append(head, body...)
}
