package xlsx

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// styles is xl/styles.xml as far as cells need it.
type styles struct {
	part    string
	root    *ooxml.Node
	formats map[int]string
	fonts   []*ooxml.Node
	fills   []*ooxml.Node
	xfs     []*ooxml.Node
}

func (b *book) readStyles() error {
	s := &styles{formats: map[int]string{}}
	b.styles = s
	rels := b.pkg.RelsOf(b.main, "styles")
	if len(rels) == 0 {
		return nil
	}
	n, err := b.pkg.XML(rels[0].Target)
	if err != nil {
		return err
	}
	b.seen[rels[0].Target] = true
	s.part, s.root = rels[0].Target, n
	for _, f := range n.Kid("x:numFmts").All("x:numFmt") {
		if id, err := strconv.Atoi(f.Attr("numFmtId")); err == nil {
			s.formats[id] = f.Attr("formatCode")
		}
	}
	s.fonts = kids(n.Kid("x:fonts"), "x:font")
	s.fills = kids(n.Kid("x:fills"), "x:fill")
	s.xfs = kids(n.Kid("x:cellXfs"), "x:xf")
	return nil
}

func kids(n *ooxml.Node, name string) []*ooxml.Node {
	var out []*ooxml.Node
	if n != nil {
		for _, k := range n.Kids {
			if k.Name == name {
				out = append(out, k)
			}
		}
	}
	return out
}

func pick(list []*ooxml.Node, id string) *ooxml.Node {
	i, err := strconv.Atoi(id)
	if err != nil || i < 0 || i >= len(list) {
		if len(list) > 0 {
			return list[0]
		}
		return nil
	}
	return list[i]
}

func (s *styles) xf(i int) *ooxml.Node {
	if i < 0 || i >= len(s.xfs) {
		return nil
	}
	return s.xfs[i]
}

// format gives the number format of a cell style.
func (s *styles) format(i int) string {
	id, err := strconv.Atoi(s.xf(i).Attr("numFmtId"))
	if err != nil {
		return ""
	}
	if f, ok := s.formats[id]; ok {
		return f
	}
	return builtinFormats[id]
}

// invisible tells why a cell of this style shows nothing, "" if it does.
func (s *styles) invisible(i int) string {
	xf := s.xf(i)
	if xf == nil {
		return ""
	}
	if f := strings.TrimSpace(s.format(i)); f != "" && strings.Trim(f, "; ") == "" && strings.Count(f, ";") >= 2 {
		return "数字格式隐藏的内容"
	}
	font := pick(s.fonts, xf.Attr("fontId"))
	if v, err := strconv.ParseFloat(font.Kid("x:sz").Attr("val"), 64); err == nil && v <= 2 {
		return "极小字"
	}
	fg := colourOf(font.Kid("x:color"))
	if fg == "" {
		return ""
	}
	fill := pick(s.fills, xf.Attr("fillId"))
	bg := "FFFFFF"
	if p := fill.Kid("x:patternFill"); p != nil {
		switch p.Attr("patternType") {
		case "", "none":
		case "solid":
			if bg = colourOf(p.Kid("x:fgColor")); bg == "" {
				return ""
			}
		default:
			return ""
		}
	} else if fill.Kid("x:gradientFill") != nil {
		return ""
	}
	if near(fg, bg) {
		if bg == "FFFFFF" {
			return "白色文字"
		}
		return "与底色相同的文字"
	}
	return ""
}

// indexed are the first colours of the old palette; the others are not asked for.
var indexed = map[string]string{"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "000000", "65": "FFFFFF"}

// colourOf resolves a colour element to six hex digits, "" where a theme decides.
func colourOf(n *ooxml.Node) string {
	if n == nil {
		return ""
	}
	if v := n.Attr("rgb"); len(v) == 8 {
		return strings.ToUpper(v[2:])
	} else if len(v) == 6 {
		return strings.ToUpper(v)
	}
	if v := n.Attr("theme"); v != "" && !n.HasAttr("tint") {
		return map[string]string{"0": "FFFFFF", "1": "000000"}[v]
	}
	return indexed[n.Attr("indexed")]
}

func near(a, b string) bool {
	x, err1 := strconv.ParseUint(a, 16, 32)
	y, err2 := strconv.ParseUint(b, 16, 32)
	if err1 != nil || err2 != nil {
		return false
	}
	d := 0
	for s := 0; s < 24; s += 8 {
		p, q := int(x>>s&255), int(y>>s&255)
		d += max(p-q, q-p)
	}
	return d <= 36
}
