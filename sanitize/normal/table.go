package normal

import (
	"bufio"
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jinggao/assets"
)

// table says what becomes of each rune. The basic plane is an array; what lies
// above it is rare and worked out when met.
type table struct {
	one         []uint16 // 65,536 entries: the folded rune, or dropRune, or manyRunes
	many        map[rune][]rune
	traditional map[rune]rune // beyond what `one` holds: runes above the basic plane
}

const (
	dropRune  = 0xFFFF
	manyRunes = 0xFFFE
)

type foldsTo int

const (
	foldsToOne foldsTo = iota
	foldsToNone
	foldsToMany
)

// defaultTable is built on first use from the packed conversion table; without
// that file traditional characters stay as they are.
var defaultTable = sync.OnceValue(func() *table {
	return newTable(assets.Packed(assets.Traditional))
})

func newTable(traditional []byte) *table {
	ts := parseTraditional(traditional)
	t := &table{one: make([]uint16, 1<<16), many: map[rune][]rune{}, traditional: map[rune]rune{}}
	for r, s := range ts {
		if r > 0xFFFF {
			t.traditional[r] = s
		}
	}
	for r := rune(0); r < 1<<16; r++ {
		t.one[r] = uint16(r)
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		out := foldRune(r, ts)
		switch {
		case len(out) == 0:
			t.one[r] = dropRune
		case len(out) == 1 && out[0] < manyRunes:
			t.one[r] = uint16(out[0])
		default:
			t.one[r] = manyRunes
			t.many[r] = out
		}
	}
	return t
}

// look folds one rune.
func (t *table) look(r rune) (rune, []rune, foldsTo) {
	if r < 1<<16 {
		switch c := t.one[r]; c {
		case dropRune:
			return 0, nil, foldsToNone
		case manyRunes:
			return 0, t.many[r], foldsToMany
		default:
			return rune(c), nil, foldsToOne
		}
	}
	out := foldRune(r, t.traditional)
	switch len(out) {
	case 0:
		return 0, nil, foldsToNone
	case 1:
		return out[0], nil, foldsToOne
	}
	return 0, out, foldsToMany
}

// foldRune is the rule behind the table: invisible runes go, own folds come
// first, then the compatibility form, then simplified, then lower case.
func foldRune(r rune, traditional map[rune]rune) []rune {
	if Invisible(r) {
		return nil
	}
	if f, ok := ownFolds[r]; ok {
		return []rune{f}
	}
	out := []rune{r}
	if r >= 0x80 && !keepsForm(r) {
		out = []rune(norm.NFKC.String(string(r)))
	}
	if len(out) > 1 {
		kept := out[:0]
		for _, o := range out {
			if !Invisible(o) {
				kept = append(kept, o)
			}
		}
		out = kept
	}
	for i, o := range out {
		if s, ok := traditional[o]; ok {
			o = s
		}
		if f, ok := ownFolds[o]; ok {
			o = f
		}
		out[i] = unicode.ToLower(o)
	}
	return out
}

// keepsForm lists the runes whose compatibility form would invent text: digits
// in circles or brackets, raised and lowered digits, fractions, dots.
func keepsForm(r rune) bool {
	switch {
	case r >= 0x2460 && r <= 0x249B, // ① … ⒛
		r >= 0x24EA && r <= 0x24FF,                             // ⓪ … ⓿
		r >= 0x2776 && r <= 0x2793,                             // ❶ … ➓
		r >= 0x3248 && r <= 0x325F, r >= 0x32B1 && r <= 0x32BF, // circled numbers above twenty
		r == 0xB2, r == 0xB3, r == 0xB9, r >= 0x2070 && r <= 0x2079, r >= 0x2080 && r <= 0x2089,
		r >= 0xBC && r <= 0xBE, r >= 0x2150 && r <= 0x215E, r == 0x2189,
		r == 0x2025, r == 0x2026, r == 0xB4, r == 0xA8, r == 0xAF, r == 0xB8,
		r == 0x2033, r == 0x2034, r == 0x2036, r == 0x2037,
		r >= 0x3358 && r <= 0x3370, r >= 0x33E0 && r <= 0x33FE, r >= 0x32C0 && r <= 0x32CB, // hours, days, months
		r >= 0x1F100 && r <= 0x1F10A: // digit comma
		return true
	}
	return false
}

// Invisible tells whether a rune leaves nothing on the page: zero width, text
// direction, soft hyphen, variation selectors, tags, combining marks, control
// characters other than tab and line feed.
func Invisible(r rune) bool {
	if r < 0x80 {
		return r < 0x20 && r != '\n' && r != '\t' || r == 0x7F
	}
	return unicode.Is(invisible, r)
}

// invisible lists what Invisible means above ASCII.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0080, 0x009F, 1},
		{0x00AD, 0x00AD, 1},
		{0x0300, 0x036F, 1},
		{0x061C, 0x061C, 1},
		{0x115F, 0x1160, 1},
		{0x17B4, 0x17B5, 1},
		{0x180B, 0x180E, 1},
		{0x1AB0, 0x1AFF, 1},
		{0x1DC0, 0x1DFF, 1},
		{0x200B, 0x200F, 1},
		{0x202A, 0x202E, 1},
		{0x2060, 0x206F, 1},
		{0x20D0, 0x20FF, 1},
		{0x3164, 0x3164, 1},
		{0xFE00, 0xFE0F, 1},
		{0xFE20, 0xFE2F, 1},
		{0xFEFF, 0xFEFF, 1},
		{0xFFA0, 0xFFA0, 1},
		{0xFFF9, 0xFFFC, 1},
	},
	R32:         []unicode.Range32{{0xE0000, 0xE0FFF, 1}},
	LatinOffset: 2,
}

// parseTraditional reads OpenCC's table: traditional TAB simplified[ simplified…].
func parseTraditional(data []byte) map[rune]rune {
	out := map[rune]rune{}
	sc := bufio.NewScanner(bytes.NewReader(data))
	for sc.Scan() {
		from, to, ok := strings.Cut(sc.Text(), "\t")
		if !ok || strings.HasPrefix(from, "#") {
			continue
		}
		f, n := utf8.DecodeRuneInString(from)
		s, m := utf8.DecodeRuneInString(to)
		if n != len(from) || m == 0 || f == s {
			continue
		}
		out[f] = s
	}
	return out
}
