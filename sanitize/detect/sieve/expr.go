package sieve

import (
	"regexp"
	"unicode/utf8"
)

// Expr is an expression behind its sieve, for texts in runes. A nil Expr matches nothing.
type Expr struct {
	re    *regexp.Regexp
	sieve *Sieve
}

// MustCompile is for the fixed expressions of the program; it panics on a wrong one.
func MustCompile(expr string) *Expr { return Wrap(regexp.MustCompile(expr)) }

// Wrap puts a sieve before an expression; nil stays nil.
func Wrap(re *regexp.Regexp) *Expr {
	if re == nil {
		return nil
	}
	return &Expr{re: re, sieve: New(re)}
}

// FindAll gives all matches with their groups, as regexp does, in bytes of the
// string that it returns with them.
func (e *Expr) FindAll(text []rune) (string, [][]int) {
	if e == nil || !e.sieve.Maybe(text) {
		return "", nil
	}
	s := string(text)
	return s, e.re.FindAllStringSubmatchIndex(s, -1)
}

// FindGroup gives all matches as FindAll does, and also those that begin with what
// an earlier one had behind its group: such an expression asks what stands around the group,
// and two groups may share a neighbour (甲部队、乙部队).
func (e *Expr) FindGroup(text []rune, group int) (string, [][]int) {
	if e == nil || !e.sieve.Maybe(text) {
		return "", nil
	}
	s := string(text)
	var out [][]int
	for at := 0; at <= len(s); {
		m := e.re.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		out = append(out, m)
		next := m[1]
		if end := m[2*group+1]; end > m[2*group] && end < next {
			_, size := utf8.DecodeLastRuneInString(s[:end])
			next = end - size
		}
		if next <= at {
			_, size := utf8.DecodeRuneInString(s[at:])
			next = at + max(size, 1)
		}
		at = next
	}
	return s, out
}

// Groups is how many groups the expression has.
func (e *Expr) Groups() int {
	if e == nil {
		return 0
	}
	return e.re.NumSubexp()
}

// FindIndex gives the first match in bytes of string(text), nil for none.
func (e *Expr) FindIndex(text []rune) []int {
	if e == nil || !e.sieve.Maybe(text) {
		return nil
	}
	return e.re.FindStringIndex(string(text))
}

// Find gives the text of the first match, "" for none.
func (e *Expr) Find(text []rune) string {
	if e == nil || !e.sieve.Maybe(text) {
		return ""
	}
	return e.re.FindString(string(text))
}
