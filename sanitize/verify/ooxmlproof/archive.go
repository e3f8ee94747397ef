package ooxmlproof

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
)

const maxPart = 512 << 20

// open reads the archive: one record after another without gaps, no comments, no
// extra fields, times that say nothing, and a directory that says the same.
func (p *proof) open(b []byte) {
	le := binary.LittleEndian
	if len(b) < 22 || le.Uint32(b[len(b)-22:]) != 0x06054b50 {
		p.say("副本压缩结构异常：结尾")
		return
	}
	end := b[len(b)-22:]
	count, size, dir := int(le.Uint16(end[10:])), int(le.Uint32(end[12:])), int(le.Uint32(end[16:]))
	if le.Uint16(end[20:]) != 0 || dir+size != len(b)-22 || dir < 0 || size < 0 {
		p.say("副本压缩结构异常：目录位置或注释")
		return
	}
	at, next := dir, 0
	for range count {
		if at+46 > len(b)-22 || le.Uint32(b[at:]) != 0x02014b50 {
			p.say("副本压缩结构异常：目录")
			return
		}
		h := b[at : at+46]
		n, extra, note := int(le.Uint16(h[28:])), int(le.Uint16(h[30:])), int(le.Uint16(h[32:]))
		packed, plain, off := int(le.Uint32(h[20:])), int(le.Uint32(h[24:])), int(le.Uint32(h[42:]))
		if at+46+n > len(b) || extra != 0 || note != 0 || le.Uint16(h[12:]) != 0 || le.Uint16(h[14:]) != 1<<5|1 || off != next {
			p.say("副本压缩结构异常：附加字段、注释、时间或间隙")
			return
		}
		name := string(b[at+46 : at+46+n])
		at += 46 + n
		if _, dup := p.parts[name]; dup {
			p.say("副本中有重名部件")
			return
		}
		if off+30 > dir || le.Uint32(b[off:]) != 0x04034b50 || le.Uint16(b[off+28:]) != 0 || int(le.Uint16(b[off+26:])) != n || off+30+n+packed > dir || string(b[off+30:off+30+n]) != name {
			p.say("副本压缩结构异常：记录")
			return
		}
		body := b[off+30+n : off+30+n+packed]
		next = off + 30 + n + packed
		if le.Uint16(h[8:])&8 != 0 { // sizes behind the data
			next += 16
		}
		data := body
		if le.Uint16(h[10:]) == 8 {
			var err error
			r := flate.NewReader(bytes.NewReader(body))
			if data, err = io.ReadAll(io.LimitReader(r, maxPart)); err != nil {
				p.say("副本部件无法展开")
				return
			}
		}
		if len(data) != plain || crc32.ChecksumIEEE(data) != le.Uint32(h[16:]) {
			p.say("副本部件长度或校验不符")
			return
		}
		p.parts[name] = data
		p.order = append(p.order, name)
	}
	if at != dir+size || next != dir {
		p.say("副本压缩结构异常：间隙")
	}
}

// cleanPNG tells whether a PNG holds only what is needed to draw it.
func cleanPNG(b []byte) bool {
	if !bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")) {
		return false
	}
	for i := 8; i+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[i:]))
		if n < 0 || i+12+n > len(b) {
			return false
		}
		switch string(b[i+4 : i+8]) {
		case "IHDR", "PLTE", "tRNS", "IDAT":
		case "IEND":
			return n == 0 && i+12 == len(b)
		default:
			return false
		}
		i += 12 + n
	}
	return false
}

// cleanJPEG tells whether a JPEG holds tables, frame and scan only.
func cleanJPEG(b []byte) bool {
	if len(b) < 4 || b[0] != 0xff || b[1] != 0xd8 {
		return false
	}
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			return false
		}
		m := b[i+1]
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		switch m {
		case 0xdb, 0xc0, 0xc4, 0xdd:
		case 0xda:
			i += 2 + n
			for i+1 < len(b) && (b[i] != 0xff || b[i+1] == 0) {
				i++
			}
			return i+2 == len(b) && b[i+1] == 0xd9
		default:
			return false
		}
		i += 2 + n
	}
	return false
}
