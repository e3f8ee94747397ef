package detect

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

// roundReach is how far, in runes, a place is followed to the other half of a bracket in it.
const roundReach = 24

// brackets by kind: what opens and what shuts.
var brackets = map[rune]rune{'(': ')', '[': ']', '【': '】', '〔': '〕', '《': '》', '“': '”', '「': '」', '『': '』'}

// numbered is a remark in brackets that gives the number of what stands before it:
// （编号 NDA-2026-077）, （沪岚办〔2025〕12号）.
var numbered = regexp.MustCompile(`^\s?\((?:[\p{Han}]{0,4}(?:编号|文号|合同号|协议号|代号|号码|no\.?)[:：为]?\s?[^()\n]{1,24}|[\p{Han}]{2,14}[〔\[(]20[0-9]{2}[〕\])](?:第)?[0-9]{1,5}号|[a-z]{1,6}[-/][a-z0-9/-]{2,20})\)`)

// rounded stretches a place to the other half of a bracket that opens in it, and over
// the number of what it names: 保密协议（编号 NDA-2026-077）.
func (w *work) rounded(s document.Span) document.Span {
	var open []rune
	for _, r := range w.text[s.Start:s.End] {
		if shut, ok := brackets[r]; ok {
			open = append(open, shut)
		} else if n := len(open); n > 0 && r == open[n-1] {
			open = open[:n-1]
		}
	}
	end := s.End
	for i := s.End; len(open) > 0 && i < min(len(w.text), s.End+roundReach) && w.text[i] != '\n' && w.text[i] != '\t'; i++ {
		switch r := w.text[i]; {
		case r == open[len(open)-1]:
			if open = open[:len(open)-1]; len(open) == 0 {
				end = i + 1
			}
		case brackets[r] != 0:
			open = append(open, brackets[r])
		}
	}
	s.End = end
	if end < len(w.text) && (w.text[end] == '(' || w.text[end] == ' ') {
		rest := string(w.text[end:min(len(w.text), end+roundReach+16)])
		s.End += utf8.RuneCountInString(numbered.FindString(rest))
	}
	return s
}

// statement is the clause in which a place stands, without the signs around it.
func (w *work) statement(s document.Span) document.Span {
	stops := func(r rune) bool {
		return isClauseStop(r) || endsSentence(r) || strings.ContainsRune("\n\t()《》“”", r)
	}
	for low := max(0, s.Start-roundReach); s.Start > low && !stops(w.text[s.Start-1]); {
		s.Start--
	}
	for high := min(len(w.text), s.End+roundReach); s.End < high && !stops(w.text[s.End]); {
		s.End++
	}
	return s
}
