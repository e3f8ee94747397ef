package raw

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Text decodes a text string: UTF-16 or UTF-8 by their marks, else UTF-8 or GBK
// where the bytes are such, else Latin.
func (s String) Text() string {
	b := []byte(s)
	switch {
	case len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF:
		return clean(wide(b[2:], false))
	case len(b) >= 2 && b[0] == 0xFF && b[1] == 0xFE:
		return clean(wide(b[2:], true))
	case len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF:
		return clean(string(b[3:]))
	case utf8.Valid(b):
		return clean(string(b))
	}
	if t, err := simplifiedchinese.GBK.NewDecoder().Bytes(b); err == nil && !strings.ContainsRune(string(t), utf8.RuneError) {
		return clean(string(t))
	}
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = rune(c)
	}
	return clean(string(out))
}

// Plain tells whether a string says by its mark or its bytes that it is text: not a
// table of colours or an identifier, which could be taken for text in GBK or Latin.
func (s String) Plain() bool {
	if bytes.HasPrefix(s, []byte{0xFE, 0xFF}) || bytes.HasPrefix(s, []byte{0xFF, 0xFE}) {
		return true
	}
	return utf8.Valid(s) && !bytes.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) })
}

func wide(b []byte, little bool) string {
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if little {
			u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
		} else {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		}
	}
	return string(utf16.Decode(u))
}

// clean keeps line ends as LF and drops other control characters.
func clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
