package ole

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Property is one document property.
type Property struct {
	Name   string // Chinese name, or the custom name as stored
	Value  string
	Custom bool
	Time   bool // a date of creation, saving, printing
}

var summaryNames = map[uint32]string{
	2: "标题", 3: "主题", 4: "作者", 5: "关键词", 6: "备注", 7: "模板", 8: "最后保存者", 9: "修订次数", 10: "编辑时间",
	11: "打印时间", 12: "创建时间", 13: "保存时间", 14: "页数", 15: "字数", 16: "字符数", 17: "缩略图", 18: "程序", 19: "安全性",
}

var documentNames = map[uint32]string{
	2: "类别", 3: "演示格式", 12: "标题组", 13: "部件标题", 14: "经理", 15: "单位", 26: "内容类型", 27: "内容状态", 28: "语言", 29: "版本",
}

// dull are properties that count things and say nothing about anybody.
var dull = map[string]bool{"修订次数": true, "编辑时间": true, "页数": true, "字数": true, "字符数": true, "缩略图": true, "安全性": true, "演示格式": true, "标题组": true, "部件标题": true}

const (
	fmtidSummary  = "\xe0\x85\x9f\xf2\xf9\x4f\x68\x10\xab\x91\x08\x00\x2b\x27\xb3\xd9"
	fmtidDocument = "\x02\xd5\xcd\xd5\x9c\x2e\x1b\x10\x93\x97\x08\x00\x2b\x2c\xf9\xae"
	maxProps      = 4096
	propText      = 0x1E
	propWide      = 0x1F
	propTime      = 0x40
	propVector    = 0x1000
	propBlob      = 0x41
	propCodepage  = 1
)

// Properties reads all property sets of the file, also those in other storages.
// Damaged sets give what could be read.
func (f *File) Properties() []Property {
	var out []Property
	for i := range f.Streams {
		if s := &f.Streams[i]; strings.HasPrefix(s.Name, "\x05") && len(s.Path) == 0 {
			out = append(out, propertySet(s.Data)...)
		}
	}
	return out
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

func propertySet(b []byte) []Property {
	if u16(b, 0) != 0xFFFE {
		return nil
	}
	var out []Property
	for k := range min(int(u32(b, 24)), 8) {
		at := 28 + 20*k
		if at+20 > len(b) {
			break
		}
		off := int(u32(b, at+16))
		if off < 0 || off+8 > len(b) {
			continue
		}
		var names map[uint32]string
		switch string(b[at : at+16]) {
		case fmtidSummary:
			names = summaryNames
		case fmtidDocument:
			names = documentNames
		}
		out = append(out, section(b[off:], names)...)
	}
	return out
}

// section reads one section; names is nil for custom properties, whose names stand in a dictionary.
func section(b []byte, names map[uint32]string) []Property {
	n := min(int(u32(b, 4)), maxProps)
	at := map[uint32]int{}
	var ids []uint32
	for i := range n {
		id, off := u32(b, 8+8*i), int(u32(b, 12+8*i))
		if 16+8*i > len(b) || off <= 0 || off+4 > len(b) {
			continue
		}
		at[id] = off
		ids = append(ids, id)
	}
	page := 1252
	if off, ok := at[propCodepage]; ok {
		page = u16(b, off+4)
	}
	custom := names == nil
	if off, ok := at[0]; ok {
		names = dictionary(b[off:], page)
	}
	var out []Property
	for _, id := range ids {
		if id <= propCodepage || id&0x80000000 != 0 {
			continue
		}
		name := names[id]
		if name == "" {
			name = "属性 " + strconv.Itoa(int(id))
			if !custom && u32(b, at[id])&0xFFF != propText && u32(b, at[id])&0xFFF != propWide {
				continue // counts and switches
			}
		}
		typ := u32(b, at[id])
		v := value(b[at[id]+4:], typ, page)
		if v = strings.TrimSpace(v); v == "" || !custom && dull[name] {
			continue
		}
		out = append(out, Property{Name: name, Value: v, Custom: custom, Time: typ == propTime})
	}
	return out
}

// dictionary reads the names of custom properties.
func dictionary(b []byte, page int) map[uint32]string {
	out := map[uint32]string{}
	at := 4
	for range min(int(u32(b, 0)), maxProps) {
		if at+8 > len(b) {
			break
		}
		id, n := u32(b, at), int(u32(b, at+4))
		at += 8
		if page == 1200 {
			if n < 0 || at+2*n > len(b) {
				break
			}
			out[id] = wide(b[at : at+2*n])
			at += (2*n + 3) &^ 3
			continue
		}
		if n < 0 || at+n > len(b) {
			break
		}
		out[id] = narrow(b[at:at+n], page)
		at += n
	}
	return out
}

// value renders a property as text; "" for what says nothing.
func value(b []byte, typ uint32, page int) string {
	switch typ {
	case 2:
		return strconv.Itoa(int(int16(u16(b, 0))))
	case 3, 19, 22, 23:
		return strconv.Itoa(int(int32(u32(b, 0))))
	case 5:
		if len(b) >= 8 {
			return strconv.FormatFloat(math.Float64frombits(binary.LittleEndian.Uint64(b)), 'g', -1, 64)
		}
	case 11:
		return map[bool]string{true: "是", false: "否"}[u16(b, 0) != 0]
	case propText, 8:
		n := int(u32(b, 0))
		if n < 0 || n > len(b)-4 {
			n = max(len(b)-4, 0)
		}
		if len(b) < 4 {
			return ""
		}
		if page == 1200 && typ == 8 {
			return wide(b[4 : 4+n])
		}
		return narrow(b[4:4+n], page)
	case propWide:
		n := 2 * int(u32(b, 0))
		if len(b) < 4 {
			return ""
		}
		return wide(b[4 : 4+max(0, min(n, len(b)-4))])
	case propTime:
		return fileTime(b)
	case propBlob:
		n := int(u32(b, 0))
		if n > 0 && n <= len(b)-4 {
			return strings.Join(readable(b[4:4+n]), " ")
		}
	case propVector | propText, propVector | propWide:
		return vector(b, typ&^propVector, page)
	}
	return ""
}

func vector(b []byte, typ uint32, page int) string {
	var out []string
	at := 4
	for range min(int(u32(b, 0)), maxProps) {
		if at+4 > len(b) {
			break
		}
		n := int(u32(b, at))
		if typ == propWide {
			n *= 2
		}
		if n < 0 || at+4+n > len(b) {
			break
		}
		out = append(out, value(b[at:at+4+n], typ, page))
		at += 4 + n
		if typ == propWide {
			at = (at + 3) &^ 3
		}
	}
	return strings.Join(out, " ")
}

func fileTime(b []byte) string {
	if len(b) < 8 {
		return ""
	}
	t := binary.LittleEndian.Uint64(b)
	const epoch = 116444736000000000
	if t <= epoch || t > epoch*4 {
		return ""
	}
	return time.Unix(int64((t-epoch)/10_000_000), 0).UTC().Format("2006-01-02 15:04")
}

func wide(b []byte) string {
	us := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		us = append(us, binary.LittleEndian.Uint16(b[i:]))
	}
	return cleanText(string(utf16.Decode(us)))
}

func narrow(b []byte, page int) string {
	if page == 1200 && len(b) >= 2 {
		return wide(b)
	}
	return cleanText(DecodePage(b, page))
}

func cleanText(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\n' || r == '\t' || r == '\v':
			return ' '
		case r < 0x20:
			return -1
		}
		return r
	}, s)
}

// DecodePage decodes bytes of a Windows code page; unknown pages are taken for
// UTF-8 if they are valid, else for GB18030.
func DecodePage(b []byte, page int) string {
	var e encoding.Encoding
	switch page {
	case 65001:
		return strings.ToValidUTF8(string(b), "\uFFFD")
	case 936, 54936, 10008:
		e = simplifiedchinese.GB18030
	case 950:
		e = traditionalchinese.Big5
	case 932:
		e = japanese.ShiftJIS
	case 1250:
		e = charmap.Windows1250
	case 1251:
		e = charmap.Windows1251
	case 1252, 0, 10000:
		// WPS and others write UTF-8 or GBK under the page of the West.
		if utf8.Valid(b) {
			return string(b)
		}
		e = charmap.Windows1252
		if hanPairs(b) {
			e = simplifiedchinese.GB18030
		}
	default:
		if utf8.Valid(b) {
			return string(b)
		}
		e = simplifiedchinese.GB18030
	}
	s, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(s)
}

// hanPairs tells bytes that are Chinese in GB2312: high bytes only come in pairs of its rows.
func hanPairs(b []byte) bool {
	pairs := 0
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if b[i] < 0xA1 || b[i] > 0xF7 || i+1 >= len(b) || b[i+1] < 0xA1 {
			return false
		}
		pairs++
		i++
	}
	return pairs > 0
}

// String renders a property as a line of text.
func (p Property) String() string { return fmt.Sprintf("%s：%s", p.Name, p.Value) }
