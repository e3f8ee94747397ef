package sanitize

import (
	"regexp"
	"strings"
	"unicode"

	"jinggao/sanitize/format/fresh"
)

// forWord makes running text of the lines of a page: a line that is full and does not
// end a sentence is joined with the next. Nothing but white space changes, and what a
// Word file does not hold.
func forWord(page string) string {
	page = fresh.Printable(strings.ReplaceAll(page, "\uFFFD", "□"))
	lines := strings.Split(page, "\n")
	full := 0
	for _, l := range lines {
		if !strings.Contains(l, "\t") {
			full = max(full, breadth(l))
		}
	}
	var out strings.Builder
	for i, l := range lines {
		out.WriteString(l)
		switch {
		case i == len(lines)-1:
		case !goesOn(l, lines[i+1], full):
			out.WriteByte('\n')
		case wordEnd.MatchString(l) && wordStart.MatchString(lines[i+1]):
			out.WriteByte(' ')
		}
	}
	return out.String()
}

var (
	wordEnd   = regexp.MustCompile(`[A-Za-z0-9,.;:)]$`)
	wordStart = regexp.MustCompile(`^[A-Za-z0-9(]`)
	opening   = regexp.MustCompile(`^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.、．\s]|第[一二三四五六七八九十0-9]{1,3}[章节条部]|[•●■◆·\-—]\s*|附件|[①-⑳])`)
)

// enders end a paragraph where they end a line; clingers never begin one.
const (
	enders   = "。！？；：…!?;:"
	clingers = "，。、；：！？）」』”》〉】,;:!?)"
)

// A line that may go on in the next has fullShare of the longest of the page, and no
// fewer than leastFull half characters.
const (
	fullShare = 0.75
	leastFull = 32
)

// goesOn tells whether a line goes on in the next one.
func goesOn(line, next string, full int) bool {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	switch {
	case line == "" || strings.TrimSpace(next) == "" || strings.Contains(line, "\t") || strings.Contains(next, "\t"):
		return false
	case strings.ContainsRune(clingers, []rune(strings.TrimSpace(next))[0]):
		return true
	case strings.ContainsRune(enders, []rune(line)[len([]rune(line))-1]) || opening.MatchString(next):
		return false
	}
	return float64(breadth(line)) >= max(fullShare*float64(full), leastFull)
}

// breadth of a line, in half characters.
func breadth(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x2E80 {
			n++
		}
	}
	return n
}

// solid tells whether a rune counts where texts are compared.
func solid(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }

// solids counts the runes of a text that are solid.
func solids(rs []rune) (n int) {
	for _, r := range rs {
		if solid(r) {
			n++
		}
	}
	return n
}
