package normal

import (
	"strings"
	"unicode"

	"jinggao/sanitize/document"
)

// Fold is a set of kinds of folding that touched a span.
type Fold uint16

// Kinds of folding. Gap, Split and Homophone are set by detection, which knows
// the terms; the rest follow from the runes.
const (
	FoldWidth       Fold = 1 << iota // full width
	FoldForm                         // compatibility forms, radicals, look-alike signs
	FoldTraditional                  // traditional characters
	FoldInvisible                    // zero width, direction, soft hyphen
	FoldNumeral                      // Chinese or circled digits
	FoldGap                          // blanks or signs put in
	FoldBreak                        // a line break inside
	FoldSplit                        // 拆字
	FoldHomophone                    // 谐音、拼音
)

var foldNames = []struct {
	fold Fold
	name string
}{
	{FoldWidth, "全角"},
	{FoldForm, "异形字符"},
	{FoldTraditional, "繁体"},
	{FoldInvisible, "零宽字符"},
	{FoldNumeral, "汉字或圈码数字"},
	{FoldGap, "插入空格或符号"},
	{FoldBreak, "断行"},
	{FoldSplit, "拆字"},
	{FoldHomophone, "谐音"},
}

// Names gives the kinds in Chinese, 、 between; "" for none.
func (f Fold) Names() string {
	var out []string
	for _, n := range foldNames {
		if f&n.fold != 0 {
			out = append(out, n.name)
		}
	}
	return strings.Join(out, "、")
}

// Folds tells which kinds of folding touched the source behind a span of Text.
// Case is not counted, and neither is the width of punctuation, which is the
// ordinary form in Chinese.
func (v *View) Folds(s document.Span) Fold {
	var f Fold
	o := v.Original(s)
	for _, r := range v.Source[o.Start:o.End] {
		if r >= 0x80 {
			f |= foldKind(r)
		}
	}
	return f
}

func foldKind(r rune) Fold {
	switch {
	case Invisible(r):
		return FoldInvisible
	case r >= 0xFF10 && r <= 0xFF19, r >= 0xFF21 && r <= 0xFF3A, r >= 0xFF41 && r <= 0xFF5A, r == 0xFF20:
		return FoldWidth
	case r >= 0x2E80 && r <= 0x2FDF, r >= 0xF900 && r <= 0xFAFF, r >= 0x3200 && r <= 0x33FF, r >= 0x1D400 && r <= 0x1F2FF:
		return FoldForm
	}
	one, _, kind := defaultTable().look(r)
	if kind == foldsToOne && one != r && unicode.Is(unicode.Han, r) {
		return FoldTraditional
	}
	return 0
}

// digitRun is a row of runes that stand for consecutive digits.
type digitRun struct {
	first, last rune
	value       int // of the first
}

// digitRuns are the digits in circles, brackets, raised and lowered, by rune.
var digitRuns = []digitRun{
	{0xB2, 0xB3, 2},
	{0xB9, 0xB9, 1},
	{0x2070, 0x2070, 0},
	{0x2074, 0x2079, 4},
	{0x2080, 0x2089, 0},
	{0x2460, 0x2468, 1}, // ①
	{0x2474, 0x247C, 1}, // ⑴
	{0x2488, 0x2490, 1}, // ⒈
	{0x24EA, 0x24EA, 0},
	{0x24F5, 0x24FD, 1}, // ⓪ ⓵
	{0x24FF, 0x24FF, 0},
	{0x2776, 0x277E, 1},
	{0x2780, 0x2788, 1},
	{0x278A, 0x2792, 1}, // ❶ ➀ ➊
	{0x1F10B, 0x1F10B, 0},
}

// digitOf gives the value of a rune as a single decimal digit, -1 if it is none.
// Numbers above nine in one circle are none.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x80:
		return -1
	case r >= 0x3000 && r < 0x10000:
		return hanDigit(r)
	case r == '○':
		return 0
	}
	for _, d := range digitRuns {
		if r >= d.first && r <= d.last {
			return d.value + int(r-d.first)
		}
	}
	return -1
}

func hanDigit(r rune) int {
	switch r {
	case '〇', '零':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// minNumeralRun is how many digits, at least, must stand in a row before Chinese
// and circled digits among them open to figures.
const minNumeralRun = 5

// Digits is the number view: the same runes at the same places, with Chinese and
// circled digits opened to figures wherever five digits or more stand in a row
// (single blanks and hyphens between them allowed). It returns v itself where
// there is nothing to open.
func (v *View) Digits() *View {
	text := OpenDigits(v.Text)
	if len(text) == 0 || &text[0] == &v.Text[0] {
		return v
	}
	return &View{Source: v.Source, at: v.at, Text: text}
}

// OpenDigits is what Digits does, for a stretch of normalised text. It returns
// the stretch itself where there is nothing to open and never writes to it.
func OpenDigits(text []rune) []rune {
	out := text
	copied := false
	for i := 0; i < len(text); {
		if digitOf(text[i]) < 0 {
			i++
			continue
		}
		end, digits, foreign := digitStretch(text, i)
		if digits >= minNumeralRun && foreign > 0 {
			if !copied {
				out, copied = append([]rune(nil), text...), true
			}
			openDigits(out[i:end])
		}
		i = end
	}
	return out
}

// digitStretch follows a row of digits from i, over single blanks and hyphens:
// where it ends, how many digits it has and how many of them are not ASCII.
func digitStretch(text []rune, i int) (end, digits, foreign int) {
	end = i
	for j := i; j < len(text); j++ {
		r := text[j]
		if digitOf(r) >= 0 {
			digits++
			if r >= 0x80 {
				foreign++
			}
			end = j + 1
			continue
		}
		if (r == ' ' || r == '-') && j == end {
			continue
		}
		break
	}
	return end, digits, foreign
}

func openDigits(text []rune) {
	for j, r := range text {
		if d := digitOf(r); d >= 0 {
			text[j] = rune('0' + d)
		}
	}
}
