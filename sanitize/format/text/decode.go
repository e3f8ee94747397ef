package text

import (
	"bytes"
	"errors"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"jinggao/sanitize/document"
)

// Encoding is how the characters of a file are written in bytes.
type Encoding string

// Encodings that are told apart. BOM first, then valid UTF-8, else GB18030.
const (
	UTF8    Encoding = "UTF-8"
	UTF16LE Encoding = "UTF-16LE"
	UTF16BE Encoding = "UTF-16BE"
	GB18030 Encoding = "GB18030"
)

// Decoded is a text file taken apart: the text with LF line ends, and for each of
// its runes where its bytes lie, so that an edit touches only what it must.
type Decoded struct {
	Text     string // LF line ends, no BOM
	Runes    []rune // the same
	Encoding Encoding
	Invalid  int // bytes that mean no character; each stands as U+FFFD in Text
	data     []byte
	at       []int32 // byte offset of each rune, and one more: the end
}

// Decode reads a text file. It refuses what is not text (a *document.Refusal).
func Decode(data []byte) (*Decoded, error) {
	if len(data) == 0 {
		return nil, &document.Refusal{What: "文件为空（0 字节）", Do: "请确认文件是否传输完整"}
	}
	d := &Decoded{data: data, Runes: make([]rune, 0, len(data)/2)}
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		d.Encoding = UTF8
		d.utf8(3)
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		d.Encoding = UTF16LE
		d.utf16(2)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		d.Encoding = UTF16BE
		d.utf16(2)
	case utf8.Valid(data):
		d.Encoding = UTF8
		d.utf8(0)
	default:
		d.Encoding = wide(data)
		if d.Encoding == GB18030 {
			d.gb()
		} else {
			d.utf16(0)
		}
	}
	if d.binary() {
		return nil, &document.Refusal{What: "内容不是文本，无法读取", Why: "二进制文件，或编码无法识别", Do: "请用 WPS 或记事本打开后另存为 UTF-8 文本"}
	}
	d.foldLines()
	d.Text = string(d.Runes)
	return d, nil
}

// wide tells UTF-16 without a mark (every second byte of ASCII is zero) from GB18030.
func wide(data []byte) Encoding {
	n := min(len(data), 4096) &^ 1
	even, odd := 0, 0
	for i := 0; i+1 < n; i += 2 {
		if data[i] == 0 && data[i+1] != 0 {
			even++
		}
		if data[i+1] == 0 && data[i] != 0 {
			odd++
		}
	}
	switch {
	case odd*8 > n && even == 0:
		return UTF16LE
	case even*8 > n && odd == 0:
		return UTF16BE
	}
	return GB18030
}

func (d *Decoded) add(r rune, at int) {
	d.Runes = append(d.Runes, r)
	d.at = append(d.at, int32(at))
}

func (d *Decoded) utf8(from int) {
	for i := from; i < len(d.data); {
		r, n := utf8.DecodeRune(d.data[i:])
		if r == utf8.RuneError && n == 1 {
			d.Invalid++
		}
		d.add(r, i)
		i += n
	}
	d.at = append(d.at, int32(len(d.data)))
}

func (d *Decoded) utf16(from int) {
	unit := func(i int) rune {
		if d.Encoding == UTF16LE {
			return rune(d.data[i]) | rune(d.data[i+1])<<8
		}
		return rune(d.data[i])<<8 | rune(d.data[i+1])
	}
	i := from
	for i+1 < len(d.data) {
		r, n := unit(i), 2
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+3 < len(d.data) {
				low = unit(i + 2)
			}
			if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
				r, n = both, 4
			} else {
				r = utf8.RuneError
				d.Invalid++
			}
		}
		d.add(r, i)
		i += n
	}
	if i < len(d.data) { // an odd byte at the end
		d.add(utf8.RuneError, i)
		d.Invalid++
	}
	d.at = append(d.at, int32(len(d.data)))
}

func (d *Decoded) gb() {
	dec := simplifiedchinese.GB18030.NewDecoder()
	var out [16]byte
	for i := 0; i < len(d.data); {
		n := gbLength(d.data[i:])
		if n == 1 && d.data[i] < 0x80 {
			d.add(rune(d.data[i]), i)
			i++
			continue
		}
		dec.Reset()
		made, read, err := dec.Transform(out[:], d.data[i:i+n], true)
		r, size := utf8.DecodeRune(out[:made])
		if (err != nil && !errors.Is(err, transform.ErrShortDst)) || read != n || size != made || r == utf8.RuneError {
			r, n = utf8.RuneError, 1
			d.Invalid++
		}
		d.add(r, i)
		i += n
	}
	d.at = append(d.at, int32(len(d.data)))
}

// gbLength is the number of bytes that the character at the start of b should take.
func gbLength(b []byte) int {
	switch {
	case b[0] < 0x81 || b[0] == 0xFF || len(b) < 2:
		return 1
	case b[1] >= 0x30 && b[1] <= 0x39:
		if len(b) < 4 {
			return 1
		}
		return 4
	}
	return 2
}

// binary tells whether this is no text at all: NUL or many control characters or undecodable bytes.
func (d *Decoded) binary() bool {
	control := 0
	for _, r := range d.Runes {
		switch {
		case r == 0:
			return true
		case r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != 0x1A:
			control++
		}
	}
	return (control+d.Invalid)*20 > len(d.Runes)
}

// foldLines makes CRLF and lone CR one LF, keeping the map to the bytes.
func (d *Decoded) foldLines() {
	w := 0
	for i := 0; i < len(d.Runes); i++ {
		r, at := d.Runes[i], d.at[i]
		if r == '\r' {
			r = '\n'
			if i+1 < len(d.Runes) && d.Runes[i+1] == '\n' {
				i++
			}
		}
		d.Runes[w], d.at[w] = r, at
		w++
	}
	d.at[w] = d.at[len(d.at)-1]
	d.Runes, d.at = d.Runes[:w], d.at[:w+1]
}

// encode writes s in the file's own encoding, its line ends as the file has them.
func (d *Decoded) encode(s string) []byte {
	if d.crlf() {
		s = string(bytes.ReplaceAll([]byte(s), []byte("\n"), []byte("\r\n")))
	}
	switch d.Encoding {
	case UTF16LE, UTF16BE:
		var out []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if d.Encoding == UTF16LE {
				out = append(out, byte(u), byte(u>>8))
			} else {
				out = append(out, byte(u>>8), byte(u))
			}
		}
		return out
	case GB18030:
		out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil { // GB18030 writes every character; only broken UTF-8 could fail
			return bytes.Repeat([]byte("*"), utf8.RuneCountInString(s))
		}
		return out
	}
	return []byte(s)
}

func (d *Decoded) crlf() bool { return bytes.Contains(d.data, []byte("\r\n")) }

// Splice carries out edits, which are sorted and do not overlap, and leaves every
// other byte of the file as it was. Positions are runes of Text.
func (d *Decoded) Splice(edits []document.Edit) ([]byte, error) {
	var out bytes.Buffer
	out.Write(d.data[:d.at[0]]) // the byte order mark, if there is one
	done := 0                   // runes
	for _, e := range edits {
		if e.Start < done || e.End < e.Start || e.End > len(d.Runes) {
			return nil, &document.Refusal{What: "处理计划与文件不符，未生成副本", Do: "请重新扫描该文件", Detail: "edit out of range or out of order"}
		}
		out.Write(d.data[d.at[done]:d.at[e.Start]])
		out.Write(d.encode(e.Text))
		done = e.End
	}
	out.Write(d.data[d.at[done]:])
	return out.Bytes(), nil
}
