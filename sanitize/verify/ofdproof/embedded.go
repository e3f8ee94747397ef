package ofdproof

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"image/png"
	"strings"
)

// picture checks that a picture is pixels alone: no further blocks, nothing behind it.
func picture(name string, b []byte) error {
	switch {
	case strings.HasSuffix(name, ".png"):
		pos := 8
		for pos+12 <= len(b) {
			n := int(binary.BigEndian.Uint32(b[pos:]))
			kind := string(b[pos+4 : pos+8])
			if !strings.Contains("IHDR PLTE tRNS IDAT IEND", kind) || n < 0 || n > len(b)-pos-12 {
				return fail("图片中有附加信息")
			}
			if pos += 12 + n; kind == "IEND" {
				break
			}
		}
		if _, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || pos != len(b) {
			return fail("图片中有附加信息")
		}
	case strings.HasSuffix(name, ".jpeg"):
		pos := 2
		for pos+4 <= len(b) && b[pos] == 0xFF && b[pos+1] != 0xDA {
			if k := b[pos+1]; k == 0xFE || k >= 0xE1 && k <= 0xEF {
				return fail("图片中有附加信息")
			}
			pos += 2 + int(binary.BigEndian.Uint16(b[pos+2:]))
		}
		if _, err := jpeg.DecodeConfig(bytes.NewReader(b)); err != nil || pos >= len(b) || bytes.Index(b[pos:], []byte{0xFF, 0xD9}) != len(b)-pos-2 {
			return fail("图片中有附加信息")
		}
	case strings.HasSuffix(name, ".ttf"):
		return fontFile(b)
	}
	return nil
}

// fontTables are the tables that an embedded font may have.
var fontTables = set("OS/2 cmap fpgm gasp glyf head hhea hmtx loca maxp post prep vhea vmtx")

// fontFile checks that a font has tables for drawing alone, one behind the other, and
// neither names nor dates.
func fontFile(b []byte) error {
	bad := fail("嵌入字体中有附加信息")
	if len(b) < 12 || !bytes.HasPrefix(b, []byte{0, 1, 0, 0}) {
		return bad
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	end := 12 + 16*n
	if len(b) < end {
		return bad
	}
	for i := range n {
		entry := b[12+16*i:]
		tag, at, size := string(entry[:4]), int(binary.BigEndian.Uint32(entry[8:])), int(binary.BigEndian.Uint32(entry[12:]))
		if tag != "cvt " && !fontTables[tag] || at != end || size < 0 || size > len(b)-at {
			return bad
		}
		if says(tag, b[at:at+size]) {
			return bad
		}
		next := (at + size + 3) &^ 3
		if next > len(b) || !zero(b[at+size:next]) {
			return bad
		}
		end = next
	}
	if end != len(b) {
		return bad
	}
	return nil
}

// says tells whether a table holds names, dates or a vendor.
func says(tag string, b []byte) bool {
	switch tag {
	case "post":
		return len(b) != 32 || b[1] != 3
	case "head":
		return len(b) != 54 || !zero(b[4:8]) || !zero(b[20:36])
	case "OS/2":
		return len(b) >= 62 && !zero(b[58:62])
	}
	return false
}

func zero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }
