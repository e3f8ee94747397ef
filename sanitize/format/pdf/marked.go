package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"jinggao/sanitize/format/pdf/pdfium"
	"jinggao/sanitize/format/pdf/raw"
)

// maxMarks bounds the replacement texts taken from one page.
const maxMarks = 20_000

// marked is what the marked content around one object gives out for its text.
type marked struct {
	object uint32
	texts  []string
	actual bool // ActualText is among them
}

func markTexts(p *pdfium.Page, objects []pdfium.Object) []marked {
	var out []marked
	for _, o := range objects {
		if o.Type == pdfium.ObjectPath || !o.Marked || len(out) >= maxMarks {
			continue
		}
		found, actual := p.MarkText(o.Handle)
		if len(found) == 0 {
			continue
		}
		m := marked{object: o.Handle, actual: actual}
		for _, b := range found {
			m.texts = append(m.texts, raw.String(b).Text())
		}
		out = append(out, m)
	}
	return out
}

// glyphs reads the characters of a page as its glyphs show them. PDFium prefers
// ActualText, which need not be what is seen; it is believed only where the glyphs
// themselves say less.
func glyphs(p *pdfium.Page, marks []marked) (chars []pdfium.Char, full bool) {
	chars, full = p.Chars()
	actual := false
	for _, m := range marks {
		actual = actual || m.actual
	}
	if !actual {
		return chars, full
	}
	for _, m := range marks {
		if m.actual {
			p.StripActualText(m.object)
		}
	}
	own, fullOwn := p.Chars()
	mend(own, marks)
	if unmapped(own) > unmapped(chars) {
		return chars, full
	}
	return own, fullOwn
}

// pageChars is glyphs for a page of which nothing is known yet.
func pageChars(p *pdfium.Page) []pdfium.Char {
	objects, _ := p.Objects()
	chars, _ := glyphs(p, markTexts(p, objects))
	return chars
}

// mend takes over from ActualText what a glyph's own code says badly: several
// characters share one glyph, and producers such as Chromium name the radical (⻓)
// where the character (长) was meant.
func mend(chars []pdfium.Char, marks []marked) {
	places := map[uint32][]int{}
	for i, c := range chars {
		if !c.Generated {
			places[c.Object] = append(places[c.Object], i)
		}
	}
	for _, m := range marks {
		at := places[m.object]
		want := []rune(m.texts[0])
		if !m.actual || len(at) != len(want) {
			continue
		}
		for k, i := range at {
			if weak(chars[i].Rune) && want[k] != 0 {
				chars[i].Rune, chars[i].MapError = want[k], false
			}
		}
	}
}

// weak tells whether a character is a poor name for what a glyph shows: none, a
// radical, a compatibility form, private use, or a mark like a dash.
func weak(r rune) bool {
	return r == 0 || r == unicode.ReplacementChar || r >= 0x2E80 && r < 0x2FE0 || r >= 0xF900 && r < 0xFB00 ||
		unicode.Is(unicode.Co, r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

func unmapped(chars []pdfium.Char) int {
	n := 0
	for _, c := range chars {
		if !c.Generated && (c.Rune == 0 || c.Rune == unicode.ReplacementChar || c.MapError || unicode.Is(unicode.Co, c.Rune)) {
			n++
		}
	}
	return n
}

// replacements keeps what marked content gives out for its text, where the page does not show the same.
func (c *content) replacements(marks []marked, chars []pdfium.Char) {
	if len(marks) == 0 {
		return
	}
	seen := map[string]bool{}
	own := textByObject(chars)
	visible := fold(string(c.layers[shown].text))
	for _, m := range marks {
		shows := fold(own[m.object])
		for _, s := range m.texts {
			t := fold(s)
			same := strings.Contains(shows, t) || strings.Contains(visible, t) && strings.Contains(t, shows)
			if !same && !seen[s] {
				seen[s] = true
				c.marks = append(c.marks, s)
			}
		}
	}
}

// fold makes texts comparable: compatibility forms resolved, white space taken out.
func fold(s string) string { return squeeze(norm.NFKC.String(s)) }

func textByObject(chars []pdfium.Char) map[uint32]string {
	runes := map[uint32][]rune{}
	for _, ch := range chars {
		if r := printable(ch.Rune); !ch.Generated && !unicode.IsSpace(r) && r != 0 {
			runes[ch.Object] = append(runes[ch.Object], r)
		}
	}
	out := make(map[uint32]string, len(runes))
	for o, r := range runes {
		out[o] = string(r)
	}
	return out
}

// squeeze takes out all white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
