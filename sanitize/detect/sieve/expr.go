package sieve

import "regexp"

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
