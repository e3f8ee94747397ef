package ofd

import (
	"math"
	"strconv"
	"strings"
)

// grammar is what a value of a copy may be. Values are written anew from what they
// mean, so that nothing but numbers and words of the standard comes through.
type grammar int

const (
	_          grammar = iota
	number             // one number
	numbersOf          // numbers divided by blanks
	whole              // whole numbers divided by blanks
	steps              // numbers, and "g n v" for n times v (DeltaX, DeltaY)
	colour             // numbers, or #hh in the way of the standard (Value, CV)
	truth              // true or false
	word               // a word of the standard
	drawing            // a path (AbbreviatedData)
	identifier         // the ID of an element, numbered anew
	reference          // the ID of another element, numbered anew
)

// words are the fixed words of GB/T 33190-2016 that attributes of a copy may say.
var words = wordSet(`Butt Round Square Miter Bevel NonZero Even-Odd Body Background Foreground GRAY RGB CMYK
	Normal Column Row ColumnAndRow Page Object Direct Repeat Reflect`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// canonical writes a value anew; "" for one that does not follow the grammar.
func canonical(g grammar, v string) string {
	v = strings.TrimSpace(v)
	switch g {
	case number:
		s, _ := plainNumber(v)
		return s
	case numbersOf:
		return each(v, plainNumber)
	case whole:
		return each(v, plainWhole)
	case steps:
		return each(v, func(s string) (string, bool) {
			if s == "g" {
				return s, true
			}
			return plainNumber(s)
		})
	case colour:
		return each(v, plainColour)
	case truth:
		if s := strings.ToLower(v); s == "true" || s == "false" {
			return s
		}
	case word:
		if words[v] {
			return v
		}
	case drawing:
		return plainPath(v)
	}
	return ""
}

// each writes all fields anew, or nothing if one of them is none.
func each(v string, plain func(string) (string, bool)) string {
	fields := strings.Fields(v)
	for i, f := range fields {
		s, ok := plain(f)
		if !ok {
			return ""
		}
		fields[i] = s
	}
	return strings.Join(fields, " ")
}

// plainNumber writes a number with at most six digits behind the point.
func plainNumber(s string) (string, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > 1e7 || strings.ContainsAny(s, "xXpP_") {
		return "", false
	}
	v = math.Round(v*1e6) / 1e6
	if v == 0 {
		v = 0 // not -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64), true
}

func plainWhole(s string) (string, bool) {
	v, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return "", false
	}
	return strconv.FormatInt(v, 10), true
}

// plainColour writes a channel of a colour: a number, or # and two hexadecimal digits.
func plainColour(s string) (string, bool) {
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		v, err := strconv.ParseUint(hex, 16, 8)
		return strconv.FormatUint(v, 10), err == nil
	}
	return plainNumber(s)
}

// operands are the commands of a path and how many numbers follow each.
var operands = map[byte]int{'S': 2, 'M': 2, 'L': 2, 'Q': 4, 'B': 6, 'A': 7, 'C': 0}

// plainPath writes a path anew; "" if there is anything in it that does not draw.
func plainPath(v string) string {
	var out []string
	open := 0
	for _, f := range spaced(v) {
		if n, ok := operands[f[0]]; ok && len(f) == 1 {
			if open != 0 {
				return ""
			}
			open = n
			out = append(out, f)
			continue
		}
		s, ok := plainNumber(f)
		if !ok || open == 0 {
			return ""
		}
		open--
		out = append(out, s)
	}
	if open != 0 {
		return ""
	}
	return strings.Join(out, " ")
}

// spaced divides a path into commands and numbers, also where a command touches a number.
func spaced(v string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r <= ' ' }) {
		for f != "" {
			n := strings.IndexFunc(f, func(r rune) bool { return r < 0x80 && operandLetter(byte(r)) })
			switch {
			case n < 0:
				n = len(f)
			case n == 0:
				n = 1
			}
			out = append(out, f[:n])
			f = f[n:]
		}
	}
	return out
}

func operandLetter(b byte) bool { _, ok := operands[b]; return ok }
