package pptx

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// ground is what text stands on: a colour, or one that cannot be worked out, on
// which no text is called hidden. The zero value is the bare slide.
type ground struct {
	fill    string // six hex digits, or the name of a theme colour
	unknown bool
}

// colour gives the colour of a fill: hex digits, the name of a theme colour, or ""
// where it is changed by effects.
func colour(fill *ooxml.Node) string {
	if c := fill.Kid("a:srgbClr"); c != nil {
		return strings.ToUpper(c.Attr("val"))
	}
	if c := fill.Kid("a:schemeClr"); c != nil && c.Kid("a:lumMod") == nil && c.Kid("a:shade") == nil && c.Kid("a:lumOff") == nil && c.Kid("a:tint") == nil {
		return c.Attr("val")
	}
	if c := fill.Kid("a:sysClr"); c != nil {
		return strings.ToUpper(c.Attr("lastClr"))
	}
	if c := fill.Kid("a:prstClr"); c != nil {
		return map[string]string{"white": "FFFFFF", "black": "000000"}[c.Attr("val")]
	}
	return ""
}

func white(c string) bool {
	if c == "bg1" || c == "lt1" {
		return true
	}
	v, err := strconv.ParseUint(c, 16, 32)
	return err == nil && len(c) == 6 && v>>16 >= 0xf0 && v>>8&255 >= 0xf0 && v&255 >= 0xf0
}

// hiding tells why a run is not to be seen, "" if it is.
func (d *deck) hiding(pr *ooxml.Node, text string, g ground) string {
	if strings.TrimSpace(text) == "" || pr == nil {
		return ""
	}
	if v, err := strconv.Atoi(pr.Attr("sz")); err == nil && v > 0 && v <= 200 {
		return "极小字"
	}
	if pr.Kid("a:noFill") != nil && pr.At("a:ln", "a:solidFill") == nil {
		return "透明字"
	}
	fill := pr.Kid("a:solidFill")
	if fill == nil {
		return ""
	}
	if a := fill.Find("a:alpha"); a != nil && (a.Attr("val") == "0" || a.Attr("val") == "0%") {
		return "透明字"
	}
	c := colour(fill)
	if c == "" || g.unknown {
		return ""
	}
	if g.fill != "" {
		if c == g.fill || white(c) && white(g.fill) {
			if white(c) {
				return "白色文字"
			}
			return "与底色相同的文字"
		}
		return ""
	}
	if white(c) {
		return "白色文字"
	}
	return ""
}

// ground works out what the text of a shape stands on: its own fill, else what
// lies under it, else the background of the page.
func (d *deck) ground(sp *ooxml.Node, b box) ground {
	pr := sp.Kid("p:spPr")
	if f := pr.Kid("a:solidFill"); f != nil {
		c := colour(f)
		return ground{fill: c, unknown: c == ""}
	}
	for _, n := range []string{"a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill"} {
		if pr.Kid(n) != nil {
			return ground{unknown: true}
		}
	}
	if pr.Kid("a:noFill") == nil {
		if ref := sp.At("p:style", "a:fillRef"); ref != nil && ref.Attr("idx") != "0" {
			return ground{unknown: true}
		}
		if sp.At("p:nvSpPr", "p:nvPr", "p:ph") != nil {
			return ground{unknown: true} // a placeholder may be filled by its layout
		}
	}
	for _, p := range []*page{d.cur, d.cur.layout, masterOf(d.cur)} {
		if p == nil {
			continue
		}
		if d.coloured(p.root.At("p:cSld", "p:spTree"), sp, b, identity) {
			return ground{unknown: true}
		}
	}
	return d.background()
}

func masterOf(p *page) *page {
	if p.layout != nil {
		return p.layout.master
	}
	return p.master
}

// background is the fill of the page: the slide's, else the layout's, else the master's.
func (d *deck) background() ground {
	for _, p := range []*page{d.cur, d.cur.layout, masterOf(d.cur)} {
		if p == nil {
			continue
		}
		bg := p.root.At("p:cSld", "p:bg")
		if bg == nil {
			continue
		}
		if f := bg.At("p:bgPr", "a:solidFill"); f != nil {
			c := colour(f)
			return ground{fill: c, unknown: c == "" || !white(c) && len(c) != 6}
		}
		if r := bg.Kid("p:bgRef"); r != nil {
			if c := r.Kid("a:schemeClr").Attr("val"); white(c) && r.Attr("idx") == "1001" {
				return ground{fill: c}
			}
		}
		return ground{unknown: true}
	}
	return ground{}
}

// coloured tells whether a filled shape or a picture may lie under a box.
func (d *deck) coloured(tree, self *ooxml.Node, b box, f frame) bool {
	if tree == nil {
		return false
	}
	for _, k := range tree.Kids {
		if k == self {
			continue
		}
		switch k.Name {
		case "p:grpSp":
			if d.coloured(k, self, b, group(place(k), f)) {
				return true
			}
		case "p:pic", "p:graphicFrame":
			if meets(b, boxOf(place(k), f)) {
				return true
			}
		case "p:sp":
			pr := k.Kid("p:spPr")
			filled := pr.Kid("a:gradFill") != nil || pr.Kid("a:blipFill") != nil || pr.Kid("a:pattFill") != nil
			if s := pr.Kid("a:solidFill"); s != nil && !white(colour(s)) {
				filled = true
			}
			if ref := k.At("p:style", "a:fillRef"); ref != nil && ref.Attr("idx") != "0" && pr.Kid("a:noFill") == nil && pr.Kid("a:solidFill") == nil {
				filled = true
			}
			if filled && meets(b, boxOf(place(k), f)) {
				return true
			}
		}
	}
	return false
}

// meets tells whether two boxes overlap; one that is not known may lie anywhere.
func meets(a, b box) bool {
	if !a.known || !b.known {
		return true
	}
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}
