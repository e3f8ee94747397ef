// Package rtf reads Rich Text Format documents: text, tables, headers, footers,
// footnotes and text boxes as visible parts; comments, deleted, hidden, white and
// tiny text, field instructions, link targets, document information, variables,
// bookmarks and unknown destinations as hidden ones. Pictures and embedded objects
// are counted and listed, their pixels and content are not read.
//
// Rebuild writes a new .docx of what is visible: sizes, bold and the like of the signs,
// alignment and indents of paragraphs, widths and merges of cells, PNG and JPEG
// pictures made anew from their pixels, the size of the page.
package rtf

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ole"
)

const (
	maxDepth  = 2000
	maxTokens = 30_000_000
)

// tokenKind tells the four things RTF is made of.
type tokenKind uint8

const (
	tokOpen tokenKind = iota
	tokClose
	tokWord  // control word or symbol
	tokBytes // text bytes in the code page of the font
	tokEnd
)

type token struct {
	kind  tokenKind
	word  string
	param int
	has   bool // a parameter was given
	bytes []byte
}

// lexer cuts the file into tokens.
type lexer struct {
	b  []byte
	at int
}

func (l *lexer) next() token {
	for l.at < len(l.b) && (l.b[l.at] == '\r' || l.b[l.at] == '\n' || l.b[l.at] == 0) {
		l.at++
	}
	if l.at >= len(l.b) {
		return token{kind: tokEnd}
	}
	switch l.b[l.at] {
	case '{':
		l.at++
		return token{kind: tokOpen}
	case '}':
		l.at++
		return token{kind: tokClose}
	case '\\':
		return l.control()
	}
	start := l.at
	for l.at < len(l.b) && !strings.ContainsRune("{}\\\r\n\x00", rune(l.b[l.at])) {
		l.at++
	}
	return token{kind: tokBytes, bytes: l.b[start:l.at]}
}

func (l *lexer) control() token {
	l.at++
	if l.at >= len(l.b) {
		return token{kind: tokEnd}
	}
	c := l.b[l.at]
	if c == '\'' {
		return l.hex()
	}
	if !letter(c) {
		l.at++
		if c == '\r' || c == '\n' {
			return token{kind: tokWord, word: "par"}
		}
		return token{kind: tokWord, word: string(rune(c))}
	}
	start := l.at
	for l.at < len(l.b) && letter(l.b[l.at]) && l.at-start < 40 {
		l.at++
	}
	t := token{kind: tokWord, word: string(l.b[start:l.at])}
	t.param, t.has = l.number()
	if l.at < len(l.b) && l.b[l.at] == ' ' {
		l.at++
	}
	if t.word == "bin" && t.param > 0 { // raw bytes follow
		end := min(len(l.b), l.at+t.param)
		t.bytes, l.at = l.b[l.at:end], end
	}
	return t
}

// hex reads a character written as two hexadecimal digits.
func (l *lexer) hex() token {
	if l.at+3 <= len(l.b) {
		if v, err := strconv.ParseUint(string(l.b[l.at+1:l.at+3]), 16, 8); err == nil {
			l.at += 3
			return token{kind: tokBytes, word: "'", bytes: []byte{byte(v)}}
		}
	}
	l.at++
	return token{kind: tokWord, word: "'"}
}

// number reads the parameter of a word, if it has one.
func (l *lexer) number() (v int, ok bool) {
	num := l.at
	if num < len(l.b) && l.b[num] == '-' {
		num++
	}
	end := num
	for end < len(l.b) && l.b[end] >= '0' && l.b[end] <= '9' && end-num < 10 {
		end++
	}
	if end == num {
		return 0, false
	}
	v, _ = strconv.Atoi(string(l.b[l.at:end])) // ten digits at most
	l.at = end
	return v, true
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// pages are the code pages of font character sets.
var pages = map[int]int{0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}

func decode(b []byte, page int) string {
	if page == 1252 {
		page = 0 // high bytes that are Chinese under the page of the West are taken as such
	}
	return ole.DecodePage(b, page)
}
