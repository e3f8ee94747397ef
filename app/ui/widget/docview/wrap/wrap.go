// Package wrap cuts a document into lines of a given width. It knows nothing of
// windows: widths come from a function.
//
// How a line ends. Going along a line, the last place where it may be cut is kept:
//
//	本项目（编号 A-12）由张三负责，
//	一二三四五六七^八九            ^ last place that may be cut
//
// Between two runes a cut is allowed unless
//   - the second may not begin a line (，。）》：！ … 行首禁则),
//   - the first may not end one (（《“ … 行尾禁则), or
//   - both belong to one Latin word or number (letters, digits, and the marks
//     that hold them together: - . _ @ / : % and the like).
//
// When a rune no longer fits, the line is cut at the last allowed place, or right
// there if there was none (a word longer than the line). Spaces at the end of a
// line hang over and need no room.
package wrap

import "unicode"

// Line is one line on the screen: the runes [Start, End) of the document, without
// the line break that may follow. Lines are in order; together with line breaks
// they cover the document.
type Line struct{ Start, End int }

// Measure tells how wide text is. Widths have any unit, the same for all.
type Measure struct {
	Advance func(r rune) float32 // width of a rune; 0 for marks that combine
	Tab     float32              // distance of tab stops, > 0
}

// Next gives the x after a rune that begins at x. A tab leaves a gap that can be
// seen, at least a quarter of the distance of the stops.
func (m Measure) Next(x float32, r rune) float32 {
	if r == '\t' {
		return float32(int((x+m.Tab/4)/m.Tab)+1) * m.Tab
	}
	return x + m.Advance(r)
}

// Lines cuts a document. A document always has at least one line; a width too
// small for a rune gives lines of one rune.
func Lines(doc []rune, width float32, m Measure) []Line {
	out := make([]Line, 0, len(doc)/24+1)
	start, brk := 0, -1
	var x float32
	for i := 0; i < len(doc); {
		r := doc[i]
		if n := breakLen(doc, i); n > 0 {
			out = append(out, Line{start, i})
			i += n
			start, brk, x = i, -1, 0
			continue
		}
		if i > start && canBreak(doc[i-1], r) {
			brk = i
		}
		next := m.Next(x, r)
		if next > width && i > start && !hangs(r) && next > x {
			if brk <= start {
				brk = hardBreak(doc, start, i)
			}
			out = append(out, Line{start, brk})
			i, start, brk, x = brk, brk, -1, 0
			continue
		}
		x = next
		i++
	}
	return append(out, Line{start, len(doc)})
}

// hardBreak is where to cut a word too long for a line: as near before i as the
// rules for the beginning and end of lines allow; if nothing does, at i, but not
// between a rune and the marks that combine with it.
func hardBreak(doc []rune, start, i int) int {
	for j := i; j > start; j-- {
		if c := classOf(doc[j]); c != noStart && c != joined && c != space && classOf(doc[j-1]) != noEnd {
			return j
		}
	}
	for j := i; j > start; j-- {
		if !combines(doc[j]) {
			return j
		}
	}
	return i
}

// breakLen is the number of runes of the line break at i, or 0.
func breakLen(doc []rune, i int) int {
	switch doc[i] {
	case '\n', '\v', '\f', 0x85, 0x2028, 0x2029:
		return 1
	case '\r':
		if i+1 < len(doc) && doc[i+1] == '\n' {
			return 2
		}
		return 1
	}
	return 0
}

func hangs(r rune) bool { return r == ' ' || r == 0x3000 }

func canBreak(a, b rune) bool {
	ca, cb := classOf(a), classOf(b)
	switch {
	case cb == space || cb == noStart || cb == joined:
		return false
	case ca == noEnd:
		return false
	case ca == space:
		return true
	case ca == word && cb == word:
		return false
	case ca == noStart && isASCIIMark(a) && cb == word:
		return false // 3.14, a@b, 12:30: marks inside words
	}
	return true
}

type class uint8

const (
	other   class = iota // may be cut on both sides: Han, kana, symbols
	word                 // letters and digits of alphabets
	space                //
	noStart              // may not begin a line
	noEnd                // may not end a line
	joined               // belongs to the rune before it
)

func isASCIIMark(r rune) bool { return r < 0x80 }

func classOf(r rune) class {
	switch {
	case r < 0x80:
		return asciiClass(r)
	case r >= 0x3400 && r <= 0x9FFF:
		return other
	case r == 0x3000:
		return space
	case isNoStart(r):
		return noStart
	case isNoEnd(r):
		return noEnd
	case r < 0x300 || r >= 0x370 && r < 0x2000:
		if combines(r) {
			return joined
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return word
		}
		return other
	case combines(r):
		return joined
	}
	return other
}

func asciiClass(r rune) class {
	switch {
	case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return word
	case r == ' ' || r == '\t':
		return space
	}
	switch r {
	case '(', '[', '{', '<', '"', '\'', '#', '$', '@', '+', '\\', '&', '=', '*', '~', '^', '`', '|', '_':
		return word // stay with the word that they touch
	case ')', ']', '}', '>', ',', '.', ';', ':', '!', '?', '%', '-', '/':
		return noStart
	}
	return other
}

func isNoStart(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '？', '！', '）', '】', '》', '〉', '」', '』', '〕', '〗', '”', '’',
		'％', '‰', '℃', '…', '—', '·', '～', '〞', '﹂', '﹄', '．', '］', '｝', '／', '‧', '〙', '〛', '｠', '々', 'ー':
		return true
	}
	return false
}

func isNoEnd(r rune) bool {
	switch r {
	case '（', '【', '《', '〈', '「', '『', '〔', '〖', '“', '‘', '［', '｛', '〝', '￥', '＄', '〘', '〚', '｟':
		return true
	}
	return false
}

// combines tells whether a rune is drawn onto the one before it or is invisible.
func combines(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xAD
	case r >= 0x200B && r <= 0x200F, r == 0x2060, r == 0xFEFF, r >= 0xFE00 && r <= 0xFE0F:
		return true
	case r >= 0x3400 && r <= 0x9FFF:
		return false
	}
	return unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r)
}

// At finds the line that holds a rune offset: the last one that begins at or
// before it.
func At(lines []Line, offset int) int {
	lo, hi := 0, len(lines)
	for hi-lo > 1 {
		mid := (lo + hi) / 2
		if lines[mid].Start <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
