package ooxml

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// exifNames are the tags worth a name; other text tags are given by number.
var exifNames = map[uint16]string{
	0x010e: "图像说明", 0x010f: "设备厂商", 0x0110: "设备型号", 0x0131: "软件", 0x0132: "日期", 0x013b: "作者", 0x8298: "版权",
	0x9003: "拍摄日期", 0x9004: "数字化日期", 0x9c9b: "标题", 0x9c9c: "备注", 0x9c9d: "作者", 0x9c9e: "关键词", 0x9c9f: "主题",
	0x9286: "用户注释", 0xa430: "所有者", 0xa431: "机身序列号", 0xa435: "镜头序列号", 0xa434: "镜头型号", 0x013c: "主机",
}

// PictureMeta reads what a picture says besides its pixels: EXIF with position,
// XMP, IPTC, comments, PNG text, data after its end. One item a line; "" if none.
func PictureMeta(data []byte) (text string) {
	var out []string
	defer func() {
		if r := recover(); r != nil {
			text = strings.Join(out, "\n")
		}
	}()
	add := func(name, s string) {
		s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
		if s != "" {
			out = append(out, name+"："+s)
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		jpegMeta(data, add)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		pngMeta(data, add)
	case bytes.HasPrefix(data, []byte("GIF8")), bytes.HasPrefix(data, []byte("BM")):
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		exifMeta(data, add)
	}
	return strings.Join(out, "\n")
}

func printable(r rune) rune {
	if r == utf8.RuneError || r < 0x20 {
		return ' '
	}
	return r
}

func jpegMeta(data []byte, add func(name, s string)) {
	end := jpegSegments(data, func(marker byte, body []byte) {
		switch {
		case marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			exifMeta(body[6:], add)
		case marker == 0xe1 && bytes.HasPrefix(body, []byte("http://ns.adobe.com/")):
			add("XMP", xmpText(body))
		case marker == 0xfe:
			add("注释", decodeText(body))
		case marker == 0xed:
			add("IPTC", strings.Join(Strings(body), " "))
		case marker >= 0xe3 && marker <= 0xef && marker != 0xee:
			add("附加段", strings.Join(Strings(body), " "))
		}
	})
	if end > 0 && end < len(data) {
		add("图像之后的数据", strings.Join(Strings(data[end:]), " "))
	}
}

// jpegSegments calls f for each marker segment and gives the offset after EOI, or 0.
func jpegSegments(data []byte, f func(marker byte, body []byte)) int {
	i := 2
	for i+4 <= len(data) {
		if data[i] != 0xff {
			return 0
		}
		m := data[i+1]
		switch m {
		case 0xff:
			i++
			continue
		case 0xd9:
			return i + 2
		case 0xda: // entropy-coded data until the next real marker
			i += 2 + int(binary.BigEndian.Uint16(data[i+2:]))
			for i+1 < len(data) && (data[i] != 0xff || data[i+1] == 0 || data[i+1] >= 0xd0 && data[i+1] <= 0xd7) {
				i++
			}
			if i+2 <= len(data) && i+4 > len(data) && data[i+1] == 0xd9 {
				return i + 2
			}
			continue
		}
		n := int(binary.BigEndian.Uint16(data[i+2:]))
		if n < 2 || i+2+n > len(data) {
			return 0
		}
		f(m, data[i+4:i+2+n])
		i += 2 + n
	}
	return 0
}

func exifMeta(tiff []byte, add func(name, s string)) {
	var lat, lon [4]string // reference and value
	exifTags(tiff, func(ifd string, tag, typ uint16, val []byte, order binary.ByteOrder) {
		if ifd == "gps" {
			switch tag {
			case 1:
				lat[0] = decodeText(val)
			case 2:
				lat[1] = degrees(val, order)
			case 3:
				lon[0] = decodeText(val)
			case 4:
				lon[1] = degrees(val, order)
			case 27, 28, 29:
				add("GPS", decodeText(val))
			}
			return
		}
		name, known := exifNames[tag]
		switch {
		case tag >= 0x9c9b && tag <= 0x9c9f:
			add(name, utf16le(val))
		case typ == 2 || known && typ == 7:
			if !known {
				name = fmt.Sprintf("标签 %04X", tag)
			}
			add(name, decodeText(val))
		}
	})
	if lat[1] != "" || lon[1] != "" {
		add("GPS 位置", strings.Trim(lat[0], "\x00")+lat[1]+"，"+strings.Trim(lon[0], "\x00")+lon[1])
	}
}

// exifTags walks the directories of a TIFF structure: main, thumbnail, EXIF, GPS.
func exifTags(b []byte, f func(ifd string, tag, typ uint16, val []byte, order binary.ByteOrder)) {
	if len(b) < 8 {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	sizes := map[uint16]int{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
	seen := map[uint32]bool{}
	var walk func(off uint32, ifd string)
	walk = func(off uint32, ifd string) {
		if off == 0 || seen[off] || int64(off)+2 > int64(len(b)) || len(seen) > 16 {
			return
		}
		seen[off] = true
		n := int(order.Uint16(b[off:]))
		p := int(off) + 2
		for i := 0; i < n && p+12 <= len(b); i, p = i+1, p+12 {
			tag, typ, cnt := order.Uint16(b[p:]), order.Uint16(b[p+2:]), order.Uint32(b[p+4:])
			size := int64(sizes[typ]) * int64(cnt)
			if size == 0 || size > int64(len(b)) {
				continue
			}
			val := b[p+8 : p+12]
			if size > 4 {
				o := int64(order.Uint32(val))
				if o+size > int64(len(b)) {
					continue
				}
				val = b[o : o+size]
			} else {
				val = val[:size]
			}
			switch tag {
			case 0x8769:
				if len(val) == 4 {
					walk(order.Uint32(val), "exif")
				}
			case 0x8825:
				if len(val) == 4 {
					walk(order.Uint32(val), "gps")
				}
			default:
				f(ifd, tag, typ, val, order)
			}
		}
		if ifd == "0" && p+4 <= len(b) {
			walk(order.Uint32(b[p:]), "1")
		}
	}
	walk(order.Uint32(b[4:]), "0")
}

func degrees(val []byte, order binary.ByteOrder) string {
	if len(val) < 24 {
		return ""
	}
	sum, scale := 0.0, 1.0
	for i := range 3 {
		den := float64(order.Uint32(val[i*8+4:]))
		if den != 0 {
			sum += float64(order.Uint32(val[i*8:])) / den * scale
		}
		scale /= 60
	}
	return fmt.Sprintf("%.6f", math.Abs(sum))
}

func decodeText(b []byte) string {
	b = bytes.TrimRight(bytes.TrimPrefix(bytes.TrimPrefix(b, []byte("ASCII\x00\x00\x00")), []byte("UNICODE\x00")), "\x00 ")
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.Join(Strings(b), " ")
}

func utf16le(b []byte) string {
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
	}
	return strings.TrimRight(string(utf16.Decode(u)), "\x00")
}

// xmpText gives the text and attribute values of an XMP packet.
func xmpText(b []byte) string {
	i, j := bytes.IndexByte(b, '<'), bytes.LastIndexByte(b, '>')
	if i < 0 || j < i {
		return decodeText(b)
	}
	n, err := Parse(b[i : j+1])
	if err != nil {
		return decodeText(b[i : j+1])
	}
	return strings.Join(generalLines(n), " ")
}

func pngMeta(data []byte, add func(name, s string)) {
	for i := 8; i+12 <= len(data); {
		n := int64(binary.BigEndian.Uint32(data[i:]))
		if n < 0 || int64(i)+12+n > int64(len(data)) {
			return
		}
		typ, body := string(data[i+4:i+8]), data[i+8:int64(i)+8+n]
		i += 12 + int(n)
		switch typ {
		case "tEXt":
			add("PNG 文字", decodeText(bytes.ReplaceAll(body, []byte{0}, []byte{' '})))
		case "zTXt":
			if k := bytes.IndexByte(body, 0); k > 0 && k+2 < len(body) {
				add("PNG 文字", string(body[:k])+" "+decodeText(inflate(body[k+2:])))
			}
		case "iTXt":
			pngInternational(body, add)
		case "eXIf":
			exifMeta(body, add)
		case "IEND":
			if i < len(data) {
				add("图像之后的数据", strings.Join(Strings(data[i:]), " "))
			}
			return
		}
	}
}

func pngInternational(body []byte, add func(name, s string)) {
	f := bytes.SplitN(body, []byte{0}, 2)
	if len(f) < 2 || len(f[1]) < 2 {
		return
	}
	packed := f[1][0] == 1
	g := bytes.SplitN(f[1][2:], []byte{0}, 3)
	if len(g) < 3 {
		return
	}
	text := g[2]
	if packed {
		text = inflate(text)
	}
	s := decodeText(text)
	if bytes.Contains(text, []byte("<x:xmpmeta")) || bytes.Contains(text, []byte("<rdf:RDF")) {
		s = xmpText(text)
	}
	add("PNG 文字", string(f[0])+" "+s)
}

func inflate(b []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer r.Close()
	out, _ := readAll(r, 4<<20)
	return out
}
