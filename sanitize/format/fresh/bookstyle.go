package fresh

import (
	"strconv"

	"jinggao/sanitize/format/ooxml"
)

// CellStyle is how a cell of a new workbook looks; the zero value is as cells come.
// What is out of bounds is not written.
type CellStyle struct {
	Font                            string  // as the file names it, see Font
	Size                            float64 // points
	Bold, Italic, Underline, Strike bool
	Colour, Fill                    Colour
	Horizontal, Vertical            string // words of the format: left, center, top …
	Wrap, Shrink                    bool
	Indent                          int // 0–15
	Turned                          int // degrees 0–180, or 255: letters below each other
	Borders                         [4]CellBorder
}

// CellBorder is one side of a cell, in the order left, right, top, bottom.
type CellBorder struct {
	Style  string // word of the format, "" none
	Colour Colour
}

// Bare tells that an empty cell of the style looks like no cell.
func (s *CellStyle) Bare() bool { return s.Fill == 0 && s.Borders == [4]CellBorder{} }

// Formats of numbers by their numbers in the format.
const (
	formatGeneral = 0
	formatText    = 49
)

var (
	acrossWords  = map[string]bool{"left": true, "center": true, "right": true, "fill": true, "justify": true, "centerContinuous": true, "distributed": true}
	downWords    = map[string]bool{"top": true, "center": true, "justify": true, "distributed": true} // bottom is as it comes
	borderWords  = map[string]bool{"thin": true, "medium": true, "dashed": true, "dotted": true, "thick": true, "double": true, "hair": true, "mediumDashed": true, "dashDot": true, "mediumDashDot": true, "dashDotDot": true, "mediumDashDotDot": true, "slantDashDot": true}
	numberForms  = map[int]bool{1: true, 2: true, 3: true, 4: true, 9: true, 10: true} // 0, 0.00, #,##0, #,##0.00, 0%, 0.00%
	borderPlaces = [4]string{"left", "right", "top", "bottom"}
)

// styleTable collects the styles of a workbook: fonts, fills, borders and what of
// them and a number format makes the style of a cell.
type styleTable struct {
	fonts, fills, borders, xfs list
	base                       CellStyle
}

// list holds elements, each once.
type list struct {
	index map[string]int
	nodes []*ooxml.Node
}

func (l *list) id(n *ooxml.Node) int {
	if l.index == nil {
		l.index = map[string]int{}
	}
	key := string(ooxml.Encode(n, "x"))
	i, ok := l.index[key]
	if !ok {
		i = len(l.nodes)
		l.index[key] = i
		l.nodes = append(l.nodes, n)
	}
	return i
}

func (l *list) node(name string) *ooxml.Node {
	return ooxml.El(name, "count", num(len(l.nodes))).Add(l.nodes...)
}

// newStyleTable begins with what every workbook has; base is the font of cells that
// name none.
func newStyleTable(base CellStyle) *styleTable {
	t := &styleTable{base: CellStyle{Font: base.Font, Size: base.Size}}
	t.fonts.id(t.font(&CellStyle{}))
	for _, p := range []string{"none", "gray125"} {
		t.fills.id(ooxml.El("x:fill").Add(ooxml.El("x:patternFill", "patternType", p)))
	}
	t.borders.id(t.border(&CellStyle{}))
	t.xfs.id(t.xf(nil, formatGeneral))
	return t
}

// id gives the number of a style with a number format; nil is the style of a cell
// whose file says nothing: text that wraps.
func (t *styleTable) id(s *CellStyle, format int) int {
	if s == nil && format == formatText {
		s = &CellStyle{Vertical: "center", Wrap: true}
	}
	return t.xfs.id(t.xf(s, format))
}

func (t *styleTable) xf(s *CellStyle, format int) *ooxml.Node {
	n := ooxml.El("x:xf", "numFmtId", num(format), "fontId", "0", "fillId", "0", "borderId", "0", "xfId", "0")
	if format != formatGeneral {
		n.SetAttr("applyNumberFormat", "1")
	}
	if s == nil {
		return n
	}
	form := *s
	form.Colour, form.Fill = legible(s.Colour, s.Fill, white)
	for _, x := range []struct {
		attr, apply string
		id          int
	}{{"fontId", "applyFont", t.fonts.id(t.font(&form))}, {"fillId", "applyFill", t.fill(&form)}, {"borderId", "applyBorder", t.borders.id(t.border(&form))}} {
		if x.id > 0 {
			n.SetAttr(x.attr, num(x.id))
			n.SetAttr(x.apply, "1")
		}
	}
	if a := alignment(&form); len(a.Attrs) > 0 {
		n.SetAttr("applyAlignment", "1")
		n.Add(a)
	}
	return n
}

func (t *styleTable) font(s *CellStyle) *ooxml.Node {
	n := ooxml.El("x:font")
	for _, f := range []struct {
		on   bool
		name string
	}{{s.Bold, "x:b"}, {s.Italic, "x:i"}, {s.Strike, "x:strike"}, {s.Underline, "x:u"}} {
		if f.on {
			n.Add(ooxml.El(f.name))
		}
	}
	size := s.Size
	if size < 5 || size > 96 {
		if size = t.base.Size; size < 5 || size > 36 {
			size = 11
		}
	}
	n.Add(ooxml.El("x:sz", "val", strconv.FormatFloat(size, 'f', -1, 64)))
	if s.Colour != 0 {
		n.Add(ooxml.El("x:color", "rgb", "FF"+s.Colour.hex()))
	}
	name := Font(s.Font)
	if name == "" {
		name = Font(t.base.Font)
	}
	if name == "" {
		name = "宋体"
	}
	return n.Add(ooxml.El("x:name", "val", name))
}

func (t *styleTable) fill(s *CellStyle) int {
	if s.Fill == 0 {
		return 0
	}
	return t.fills.id(ooxml.El("x:fill").Add(ooxml.El("x:patternFill", "patternType", "solid").Add(ooxml.El("x:fgColor", "rgb", "FF"+s.Fill.hex()), ooxml.El("x:bgColor", "indexed", "64"))))
}

func (t *styleTable) border(s *CellStyle) *ooxml.Node {
	n := ooxml.El("x:border")
	for i, place := range borderPlaces {
		side := ooxml.El("x:" + place)
		if b := s.Borders[i]; borderWords[b.Style] {
			side.SetAttr("style", b.Style)
			if b.Colour != 0 {
				side.Add(ooxml.El("x:color", "rgb", "FF"+b.Colour.hex()))
			} else {
				side.Add(ooxml.El("x:color", "auto", "1"))
			}
		}
		n.Add(side)
	}
	return n.Add(ooxml.El("x:diagonal"))
}

func alignment(s *CellStyle) *ooxml.Node {
	n := ooxml.El("x:alignment")
	if acrossWords[s.Horizontal] {
		n.SetAttr("horizontal", s.Horizontal)
	}
	if downWords[s.Vertical] {
		n.SetAttr("vertical", s.Vertical)
	}
	if s.Turned > 0 && s.Turned <= 180 || s.Turned == 255 {
		n.SetAttr("textRotation", num(s.Turned))
	}
	if s.Wrap {
		n.SetAttr("wrapText", "1")
	}
	if s.Indent > 0 && s.Indent <= 15 {
		n.SetAttr("indent", num(s.Indent))
	}
	if s.Shrink && !s.Wrap {
		n.SetAttr("shrinkToFit", "1")
	}
	return n
}

func (t *styleTable) node() *ooxml.Node {
	return ooxml.El("x:styleSheet").Add(
		t.fonts.node("x:fonts"), t.fills.node("x:fills"), t.borders.node("x:borders"),
		ooxml.El("x:cellStyleXfs", "count", "1").Add(ooxml.El("x:xf", "numFmtId", "0", "fontId", "0", "fillId", "0", "borderId", "0")),
		t.xfs.node("x:cellXfs"),
		ooxml.El("x:cellStyles", "count", "1").Add(ooxml.El("x:cellStyle", "name", "Normal", "xfId", "0", "builtinId", "0")))
}
