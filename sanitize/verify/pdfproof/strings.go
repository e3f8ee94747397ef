package pdfproof

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// shortest is the number of bytes below which a form is not searched: two bytes
// occur by chance in any compressed picture.
const shortest = 6

// Searchable gives the bytes of a copy in which treated strings are searched: without the
// fonts of its text layers. These are the same in every copy, as the scan proves, and
// hold words such as Adobe and Identity that may have been treated elsewhere.
func Searchable(out []byte) []byte {
	from := len(out)
	for range planes {
		if from = bytes.LastIndex(out[:from], []byte("<< /Type /Font /Subtype /Type0 /BaseFont /Blank ")); from < 0 {
			return out
		}
	}
	to := bytes.LastIndex(out, []byte("\nxref\n0 "))
	if to < from {
		return out
	}
	return slices.Concat(out[:from], out[to:])
}

// noneOf searches the raw bytes for every string in the encodings in which it could survive.
func noneOf(out []byte, forbidden []string) error {
	upper := bytes.ToUpper(out)
	for i, s := range forbidden {
		s = strings.TrimSpace(s)
		for k, form := range forms(s) {
			if len(form) < shortest || k == 0 && shortNumber(s) {
				continue
			}
			if bytes.Contains(out, form) {
				return fail("第 %d 个已处理的词句仍在文件字节中", i+1)
			}
			if h := []byte(strings.ToUpper(hex.EncodeToString(form))); bytes.Contains(upper, h) {
				return fail("第 %d 个已处理的词句仍以十六进制留在文件中", i+1)
			}
		}
	}
	return nil
}

// shortNumber tells whether a string could stand by chance among the lengths and
// offsets of the file's structure, which the scan has proved to hold nothing else.
func shortNumber(s string) bool {
	return len(s) < 11 && strings.Trim(s, "0123456789. ") == ""
}

// forms are the bytes of a string in UTF-8, GBK and both orders of UTF-16.
func forms(s string) [][]byte {
	if !utf8.ValidString(s) || s == "" {
		return nil
	}
	out := [][]byte{[]byte(s)}
	if b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s)); err == nil {
		out = append(out, b)
	}
	units := utf16.Encode([]rune(s))
	big, little := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		big = append(big, byte(u>>8), byte(u))
		little = append(little, byte(u), byte(u>>8))
	}
	return append(out, big, little)
}
