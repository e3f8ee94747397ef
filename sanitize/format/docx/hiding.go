package docx

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// background is what text stands on: an explicit fill, or one that cannot be
// worked out (table style, filled shape), on which no colour is called hidden.
type background struct {
	fill    string
	unknown bool
}

// hiding tells why a run is not to be seen, "" if it is.
func (r *reader) hiding(n, p *ooxml.Node) (rule, why string) {
	rpr := n.Kid("w:rPr")
	if on(r.effective(rpr, p, "w:vanish")) || on(rpr.Kid("w:webHidden")) && !r.tocLike() || on(rpr.Kid("w:specVanish")) {
		return "N03", "隐藏文字"
	}
	rule, why = r.faint(rpr, p)
	if why != "" && strings.TrimSpace(runText(n)) == "" {
		r.blank = append(r.blank, n)
		return "", ""
	}
	return rule, why
}

// faint tells why text of a run with these properties would not be seen though
// it is not marked as hidden, "" if it would.
func (r *reader) faint(rpr, p *ooxml.Node) (rule, why string) {
	if r.tiny(rpr, p) {
		return "N03", "极小字"
	}
	if v := r.effective(rpr, p, "w:position"); v != nil {
		if k, err := strconv.Atoi(v.Attr("w:val")); err == nil && (k > 1000 || k < -1000) {
			return "N03", "页面外文字"
		}
	}
	if transparent(rpr) {
		return "N03", "透明字"
	}
	return r.camouflage(rpr, p)
}

// tiny tells text of at most two points, or squeezed to nearly no width.
func (r *reader) tiny(rpr, p *ooxml.Node) bool {
	if v := r.effective(rpr, p, "w:sz"); v != nil {
		if k, err := strconv.ParseFloat(v.Attr("w:val"), 64); err == nil && k > 0 && k <= 4 {
			return true
		}
	}
	if v := r.effective(rpr, p, "w:w"); v != nil {
		if k, err := strconv.Atoi(strings.TrimSuffix(v.Attr("w:val"), "%")); err == nil && k > 0 && k <= 5 {
			return true
		}
	}
	return false
}

// transparent tells text whose fill lets everything through.
func transparent(rpr *ooxml.Node) bool {
	f := rpr.Kid("w14:textFill")
	if f == nil {
		return false
	}
	if a := f.Find("w14:alpha"); a != nil && len(a.Attr("w14:val")) >= 6 {
		return true
	}
	return f.Kid("w14:noFill") != nil && rpr.Kid("w14:textOutline").Find("w14:solidFill") == nil
}

// tocLike tells whether a kept field is open: its page numbers are marked as
// hidden on the web and are no secret.
func (r *reader) tocLike() bool {
	for _, f := range r.fields {
		if instr, _ := safeInstr(f.text); instr != "" {
			return true
		}
	}
	return false
}

// textColour is the colour of a run as six hex digits, "" where it is automatic.
func (r *reader) textColour(rpr, p *ooxml.Node) string {
	c := r.effective(rpr, p, "w:color")
	colour := strings.ToUpper(c.Attr("w:val"))
	if colour == "AUTO" || colour == "" {
		switch c.Attr("w:themeColor") {
		case "background1", "light1", "bg1":
			if !c.HasAttr("w:themeShade") {
				return "FFFFFF"
			}
		}
		return ""
	}
	return colour
}

// behind is what a run stands on: highlight, shading of run and paragraph, cell or shape.
func (r *reader) behind(rpr, p *ooxml.Node) background {
	if h := r.effective(rpr, p, "w:highlight"); h != nil {
		if c := highlightColours[h.Attr("w:val")]; c != "" {
			return background{fill: c}
		}
	}
	if c := shadeOf(r.effective(rpr, p, "w:shd")); c != "" {
		return background{fill: c}
	}
	if c := r.paraShade(p); c != "" {
		return background{fill: c}
	}
	if len(r.shade) > 0 {
		return r.shade[len(r.shade)-1]
	}
	return background{}
}

// camouflage compares the colour of a run with what it stands on.
func (r *reader) camouflage(rpr, p *ooxml.Node) (rule, why string) {
	colour, bg := r.textColour(rpr, p), r.behind(rpr, p)
	if h := r.effective(rpr, p, "w:highlight"); h.Attr("w:val") == "black" && (colour == "" || darkColour(colour)) {
		return "N08", "黑色遮盖文字"
	}
	switch {
	case len(colour) != 6 || bg.unknown || bg.fill == "" && r.pageDark:
		return "", ""
	case bg.fill == "" || whiteColour(bg.fill):
		if whiteColour(colour) {
			return "N03", "白色文字"
		}
	case near(colour, bg.fill):
		if darkColour(colour) {
			return "N08", "黑色遮盖文字"
		}
		return "N03", "与底色相同的文字"
	}
	return "", ""
}

func (r *reader) paraShade(p *ooxml.Node) string {
	if s := shadeOf(p.At("w:pPr", "w:shd")); s != "" {
		return s
	}
	id := p.At("w:pPr", "w:pStyle").Attr("w:val")
	if id == "" {
		id = r.styles.deflt["paragraph"]
	}
	return shadeOf(r.styles.paraLookup(id, "w:shd"))
}

// tableShade tells what the text of a table stands on before its cells say more.
func (r *reader) tableShade(pr *ooxml.Node) background {
	if s := shadeOf(pr.Kid("w:shd")); s != "" {
		return background{fill: s}
	}
	id := pr.Kid("w:tblStyle").Attr("w:val")
	for range 20 {
		st := r.styles.byID[id]
		if st == nil {
			break
		}
		coloured := false
		st.Walk(func(k *ooxml.Node) bool {
			if k.Name == "w:shd" {
				if f := shadeOf(k); f != "" && !whiteColour(f) {
					coloured = true
				}
			}
			return !coloured
		})
		if coloured {
			return background{unknown: true}
		}
		id = st.Kid("w:basedOn").Attr("w:val")
	}
	if len(r.shade) > 0 {
		return r.shade[len(r.shade)-1]
	}
	return background{}
}

var highlightColours = map[string]string{
	"black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
	"blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
	"darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}

// shadeOf gives the colour of a w:shd, "" if it has none of its own.
func shadeOf(n *ooxml.Node) string {
	if n == nil {
		return ""
	}
	f := strings.ToUpper(n.Attr("w:fill"))
	if n.Attr("w:val") == "solid" {
		f = strings.ToUpper(n.Attr("w:color"))
		if f == "AUTO" || f == "" {
			f = "000000"
		}
	}
	if len(f) != 6 {
		return ""
	}
	return f
}

func rgb(s string) (c [3]int, ok bool) {
	s = strings.TrimPrefix(s, "#")
	if len(s) != 6 {
		return c, false
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return c, false
	}
	return [3]int{int(v >> 16), int(v >> 8 & 255), int(v & 255)}, true
}

func whiteColour(s string) bool {
	c, ok := rgb(s)
	return ok && c[0] >= 0xf0 && c[1] >= 0xf0 && c[2] >= 0xf0
}

func darkColour(s string) bool {
	c, ok := rgb(s)
	return ok && c[0]+c[1]+c[2] < 0x90
}

func near(a, b string) bool {
	x, ok1 := rgb(a)
	y, ok2 := rgb(b)
	if !ok1 || !ok2 {
		return false
	}
	d := 0
	for i := range x {
		d += max(x[i]-y[i], y[i]-x[i])
	}
	return d <= 24
}

func runText(n *ooxml.Node) string {
	var b strings.Builder
	for _, k := range n.Kids {
		if k.Name == "w:t" || k.Name == "w:sym" || k.Name == "w:ruby" {
			b.WriteString(k.Content())
			if k.Name != "w:t" {
				b.WriteByte('x')
			}
		}
	}
	return b.String()
}

// offPage tells frames that stand outside any page.
func offPage(n *ooxml.Node) bool {
	for _, a := range []string{"w:x", "w:y"} {
		if v, err := strconv.Atoi(n.Attr(a)); err == nil && (v < -8000 || v > 40000) {
			return true
		}
	}
	return false
}
