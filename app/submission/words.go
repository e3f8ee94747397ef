package submission

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jinggao/assets"
)

// CleanText puts a foreign cell text into the shape of the table: invisible
// characters out, line breaks and tabs turned into blanks, full-width letters and
// digits made half-width, blanks between Chinese characters left only where they
// stood alone, ends trimmed. Nothing that can be seen is lost.
func CleanText(s string) string {
	var out strings.Builder
	rs := []rune(s)
	for i, r := range rs {
		switch {
		case r == '．' && i > 0 && i+1 < len(rs) && halfWidth(rs[i-1]) && halfWidth(rs[i+1]):
			out.WriteByte('.')
		case invisible(r):
		case r == '\u3000' || r == '\u00A0' || unicode.IsSpace(r):
			out.WriteByte(' ')
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			out.WriteRune(r - 0xFEE0)
		case unicode.IsControl(r):
		default:
			out.WriteRune(r)
		}
	}
	return squeeze(out.String())
}

// halfWidth tells letters and digits that are, or will be, half-width.
func halfWidth(r rune) bool {
	return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// squeeze makes one blank of several and drops blanks beside Chinese characters.
func squeeze(s string) string {
	f := strings.Fields(s)
	var out strings.Builder
	for i, w := range f {
		if i > 0 {
			last, _ := utf8.DecodeLastRuneInString(f[i-1])
			first, _ := utf8.DecodeRuneInString(w)
			if !wide(last) && !wide(first) {
				out.WriteByte(' ')
			}
		}
		out.WriteString(w)
	}
	return out.String()
}

func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r == 0xFEFF, r == 0x00AD, r == 0xFFFD:
		return true
	}
	return false
}

// wide tells characters as wide as they are high: Chinese and its punctuation.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0xFFE0 && r <= 0xFFE6 || r >= 0x20000 && r <= 0x3FFFF
}

// Units measures text in half widths: 2 for a wide character, 1 for another.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if wide(r) || r == '“' || r == '”' || r == '—' || r == '…' {
			n++
		}
	}
	return n
}

var traditional = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(string(assets.Packed(assets.Traditional))) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		f, _ := utf8.DecodeRuneInString(from)
		t, _ := utf8.DecodeRuneInString(to)
		m[f] = t
	}
	return m
})

// fold brings text into the form in which it is compared: NFKC, lower case,
// simplified characters, letters and digits only.
func fold(s string) string {
	tr := traditional()
	var out strings.Builder
	for _, r := range norm.NFKC.String(s) {
		if t, ok := tr[r]; ok {
			r = t
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// headWord brings a header word into the form in which it is looked up: folded,
// without what stands in brackets.
func headWord(s string) string {
	var out strings.Builder
	depth := 0
	for _, r := range norm.NFKC.String(s) {
		switch r {
		case '(', '[', '【', '〔', '<', '《':
			depth++
		case ')', ']', '】', '〕', '>', '》':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				out.WriteRune(r)
			}
		}
	}
	if w := fold(out.String()); w != "" {
		return w
	}
	return fold(s)
}

// clip cuts a text for a message, never inside a character.
func clip(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	return string(rs[:n]) + "…"
}
