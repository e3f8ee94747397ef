// Package raw walks the objects of a PDF file without trusting its structure:
// every object in the bytes is parsed, whether the cross-reference table, a page
// or nothing at all refers to it. It is a sieve for strings, not a PDF reader.
package raw

import (
	"bytes"
	"strconv"
)

// Object is one of: nil, bool, float64, Name, String, Ref, Array, Dict, *Stream.
type Object any

// Name is a PDF name without its slash.
type Name string

// String is the bytes of a PDF string.
type String []byte

// Ref is the number of an indirect object.
type Ref int

// Array is a PDF array.
type Array []Object

// Dict is a PDF dictionary.
type Dict map[Name]Object

// Stream is a dictionary with data, still encoded.
type Stream struct {
	Dict Dict
	Data []byte
}

const maxNesting = 60

// lexer reads objects from bytes; damaged syntax gives nil objects, never an error.
type lexer struct {
	b   []byte
	pos int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (l *lexer) space() {
	for l.pos < len(l.b) {
		switch c := l.b[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.b) && l.b[l.pos] != '\n' && l.b[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// word is a run of regular characters.
func (l *lexer) word() string {
	start := l.pos
	for l.pos < len(l.b) && !isSpace(l.b[l.pos]) && !isDelimiter(l.b[l.pos]) {
		l.pos++
	}
	return string(l.b[start:l.pos])
}

// end stands for a closing bracket or the end of the data.
type end byte

func (l *lexer) object(depth int) Object {
	l.space()
	if l.pos >= len(l.b) || depth > maxNesting {
		return end(0)
	}
	switch c := l.b[l.pos]; c {
	case '/':
		l.pos++
		return l.name()
	case '(':
		return l.literal()
	case '[':
		l.pos++
		return l.array(depth)
	case '<':
		if l.pos+1 < len(l.b) && l.b[l.pos+1] == '<' {
			l.pos += 2
			return l.dict(depth)
		}
		return l.hex()
	case ']', '>', ')', '}', '{':
		l.pos++
		if c == '>' && l.pos < len(l.b) && l.b[l.pos] == '>' {
			l.pos++
		}
		return end(c)
	}
	return l.atom()
}

// atom is a number, a reference or a keyword.
func (l *lexer) atom() Object {
	w := l.word()
	switch w {
	case "":
		l.pos++
		return nil
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	v, err := strconv.ParseFloat(w, 64)
	if err != nil {
		if w == "endobj" || w == "stream" || w == "endstream" || w == "obj" {
			return end('e')
		}
		return nil
	}
	if n := int(v); n >= 0 && float64(n) == v {
		save := l.pos
		l.space()
		if _, err := strconv.Atoi(l.word()); err == nil {
			l.space()
			if l.word() == "R" {
				return Ref(n)
			}
		}
		l.pos = save
	}
	return v
}

func (l *lexer) name() Name { return Unescape(l.word()) }

// Unescape resolves the two-digit escapes of a name.
func Unescape(w string) Name {
	if !bytes.Contains([]byte(w), []byte("#")) {
		return Name(w)
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if v, err := strconv.ParseUint(w[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return Name(out)
}

func (l *lexer) array(depth int) Object {
	var a Array
	for {
		o := l.object(depth + 1)
		if _, ok := o.(end); ok {
			return a
		}
		a = append(a, o)
	}
}

func (l *lexer) dict(depth int) Object {
	d := Dict{}
	for {
		key := l.object(depth + 1)
		if _, ok := key.(end); ok {
			return d
		}
		k, ok := key.(Name)
		if !ok {
			continue
		}
		v := l.object(depth + 1)
		if _, ok := v.(end); ok {
			return d
		}
		d[k] = v
	}
}

func (l *lexer) hex() Object {
	l.pos++
	var out []byte
	half, have := byte(0), false
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		v, ok := hexDigit(c)
		switch {
		case !ok:
		case have:
			out, have = append(out, half<<4|v), false
		default:
			half, have = v, true
		}
	}
	if have {
		out = append(out, half<<4)
	}
	return String(out)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// literal is a string in parentheses.
func (l *lexer) literal() Object {
	l.pos++
	var out []byte
	for depth := 1; l.pos < len(l.b); {
		c := l.b[l.pos]
		l.pos++
		switch c {
		case '\\':
			out = l.escape(out)
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return String(out)
			}
		}
		out = append(out, c)
	}
	return String(out)
}

func (l *lexer) escape(out []byte) []byte {
	if l.pos >= len(l.b) {
		return out
	}
	c := l.b[l.pos]
	l.pos++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if l.pos < len(l.b) && l.b[l.pos] == '\n' {
			l.pos++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	return append(out, l.octal(c))
}

// octal reads up to two more digits.
func (l *lexer) octal(c byte) byte {
	v := int(c - '0')
	for i := 0; i < 2 && l.pos < len(l.b) && l.b[l.pos] >= '0' && l.b[l.pos] <= '7'; i++ {
		v = v<<3 | int(l.b[l.pos]-'0')
		l.pos++
	}
	return byte(v)
}
