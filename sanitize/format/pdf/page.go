package pdf

import (
	"fmt"
	"math"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"jinggao/sanitize/format/pdf/pdfium"
)

// content is all that was made out about one page. It is the same at every
// reading of the same file, so that plans made on one reading fit another.
type content struct {
	number    int // from 1
	bounds    pdfium.Rect
	layers    [concealments]layer // by how they are hidden; [shown] is the visible text
	drop      []uint32            // text objects of which nothing is seen: not drawn in a copy
	stain     []pdfium.Rect       // unseen characters of objects that are partly seen: blackened in a copy
	veil      []pdfium.Rect       // where something unseen is removed from the picture
	marks     []string            // replacement texts of marked content
	images    int                 // pictures large enough to hold text
	fine      float64             // dots per inch of the finest of these pictures
	imaged    float64             // share of the page under pictures
	shapes    int                 // paths with many segments: drawings, or letters turned into outlines
	chars     []pdfium.Char       // what the sources of the layers count
	displaced bool                // text is drawn elsewhere than it is said to be
	scanned   bool                // the text is a machine's reading of a scan
	unknown   int                 // characters without Unicode
	strange   bool                // the text is improbable: a font with a false mapping
	cut       bool                // more characters or objects than the limits allow
}

// partID is the address of the text of a page.
func partID(number int, how concealment) string {
	if how == shown {
		return fmt.Sprintf("page/%d", number)
	}
	return fmt.Sprintf("page/%d/hidden-%d", number, how)
}

// examine reads one page.
func examine(p *pdfium.Page, number int) (*content, error) {
	c := &content{number: number, bounds: p.Bounds()}
	objects, fullTree := p.Objects()
	marks := markTexts(p, objects)
	chars, fullText := glyphs(p, marks)
	c.cut = !fullText || !fullTree
	for i := range chars {
		chars[i].Source = i
	}
	v, err := conceal(p, chars, objects)
	if err != nil {
		return nil, err
	}
	how := v.how
	c.chars, c.scanned, c.displaced = chars, v.scanned, v.displaced
	for k := range concealments {
		if part := only(chars, how, k); len(part) > 0 {
			c.layers[k] = layOut(part)
		}
	}
	c.hide(chars, how)
	c.count(objects)
	c.judge(chars)
	c.replacements(marks, chars)
	return c, nil
}

// only keeps the characters of one kind, with the white space that PDFium put between them.
func only(chars []pdfium.Char, how []concealment, kind concealment) []pdfium.Char {
	var out []pdfium.Char
	any := false
	for i, c := range chars {
		switch {
		case c.Generated:
			out = append(out, c)
		case how[i] == kind:
			out = append(out, c)
			any = true
		}
	}
	if !any {
		return nil
	}
	return out
}

// hide sorts the unseen characters into objects to be left out and places to be blackened.
func (c *content) hide(chars []pdfium.Char, how []concealment) {
	seen := map[uint32]bool{}
	for i, ch := range chars {
		if how[i] == shown {
			seen[ch.Object] = true
		}
	}
	gone := map[uint32]bool{}
	for i, ch := range chars {
		if how[i] == shown || ch.Generated {
			continue
		}
		if how[i] != outside {
			c.veil = append(c.veil, ch.Box)
		}
		switch {
		case !seen[ch.Object]:
			if !gone[ch.Object] {
				gone[ch.Object] = true
				c.drop = append(c.drop, ch.Object)
			}
		case how[i] != outside:
			c.stain = append(c.stain, ch.Box)
		}
	}
}

// Pictures smaller than this hold no text: pixels, and square points on the page.
const (
	minPixels = 256
	minArea   = 64

	pointsPerInch = 72
)

func (c *content) count(objects []pdfium.Object) {
	area := 0.0
	for _, o := range objects {
		switch o.Type {
		case pdfium.ObjectImage:
			at := o.Bounds.Intersect(c.bounds)
			if o.Pixels < minPixels || at.Empty() || at.Area() < minArea {
				continue
			}
			c.images++
			c.fine = max(c.fine, pointsPerInch*math.Sqrt(float64(o.Pixels)/o.Bounds.Area()))
			area += at.Area()
		case pdfium.ObjectPath:
			if o.Curves {
				c.shapes++
			}
		case pdfium.ObjectShading:
			c.shapes++
		}
	}
	if total := c.bounds.Area(); total > 0 {
		c.imaged = min(1, area/total)
	}
}

// judge looks for text that no reader can trust.
func (c *content) judge(chars []pdfium.Char) {
	total, odd := 0, 0
	sets := []*encoding.Encoder{
		simplifiedchinese.GBK.NewEncoder(), traditionalchinese.Big5.NewEncoder(), japanese.ShiftJIS.NewEncoder(),
	}
	common := map[rune]bool{}
	for _, ch := range chars {
		r := ch.Rune
		if ch.Generated || unicode.IsSpace(r) {
			continue
		}
		total++
		switch {
		case r == 0 || r == 0xFFFD || ch.MapError:
			c.unknown++
		case improbable(r, sets, common):
			odd++
		}
	}
	c.strange = odd >= 8 && odd*4 > total
}

// improbable tells whether a character hardly occurs in honest text: private use,
// unassigned, control, or a Chinese character outside all national sets.
func improbable(r rune, sets []*encoding.Encoder, known map[rune]bool) bool {
	switch {
	case r == 0x02 || r == 0xFFFE:
		return false
	case r < 0x20 || r >= 0x80 && r < 0xA0:
		return true
	case unicode.Is(unicode.Co, r):
		return true
	case !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r):
		return true
	case !unicode.Is(unicode.Han, r):
		return unicode.In(r, unicode.Yi, unicode.Vai, unicode.Canadian_Aboriginal, unicode.Cuneiform, unicode.Ethiopic)
	}
	odd, ok := known[r]
	if !ok {
		odd = !inSets(r, sets)
		known[r] = odd
	}
	return odd
}

func inSets(r rune, sets []*encoding.Encoder) bool {
	for i, e := range sets {
		b, err := e.String(string(r))
		if err != nil || len(b) != 2 {
			continue
		}
		if i > 0 || b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1 { // of GBK only GB 2312
			return true
		}
	}
	return false
}
