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
		var why string
		if at, next, why = p.record(b, at, next, dir); why != "" {
			p.say("副本压缩结构异常：%s", why)
			return
		}
	}
	if at != dir+size || next != dir {
		p.say("副本压缩结构异常：间隙")
	}
}

// record reads one entry of the directory at at, whose data must begin at next,
// and gives where the following ones stand.
func (p *proof) record(b []byte, at, next, dir int) (int, int, string) {
	le := binary.LittleEndian
	if at+46 > len(b)-22 || le.Uint32(b[at:]) != 0x02014b50 {
		return 0, 0, "目录"
	}
	h := b[at : at+46]
	n, extra, note := int(le.Uint16(h[28:])), int(le.Uint16(h[30:])), int(le.Uint16(h[32:]))
	packed, off := int(le.Uint32(h[20:])), int(le.Uint32(h[42:]))
	if at+46+n > len(b) || extra != 0 || note != 0 || le.Uint16(h[12:]) != 0 || le.Uint16(h[14:]) != 1<<5|1 || off != next {
		return 0, 0, "附加字段、注释、时间或间隙"
	}
	name := string(b[at+46 : at+46+n])
	if _, dup := p.parts[name]; dup {
		return 0, 0, "重名部件"
	}
	start := off + 30 + n
	if start+packed > dir || le.Uint32(b[off:]) != 0x04034b50 || le.Uint16(b[off+28:]) != 0 || int(le.Uint16(b[off+26:])) != n || string(b[off+30:start]) != name {
		return 0, 0, "记录"
	}
	data, ok := unpack(h, b[start:start+packed])
	if !ok {
		return 0, 0, "部件无法展开，或长度、校验不符"
	}
	p.parts[name] = data
	p.order = append(p.order, name)
	next = start + packed
	if le.Uint16(h[8:])&8 != 0 { // sizes behind the data
		next += 16
	}
	return at + 46 + n, next, ""
}

// unpack inflates an entry and checks it against its directory record.
func unpack(h, body []byte) ([]byte, bool) {
	le := binary.LittleEndian
	data := body
	if le.Uint16(h[10:]) == 8 {
		var err error
		if data, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body)), maxPart)); err != nil {
			return nil, false
		}
	}
	return data, len(data) == int(le.Uint32(h[24:])) && crc32.ChecksumIEEE(data) == le.Uint32(h[16:])
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
