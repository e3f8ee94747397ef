package odf

import (
	"strconv"
	"strings"
)

// styles are the styles that one part may name: the common ones, and the automatic
// ones of that part. Keys are family and name.
type styles struct {
	by map[string]*node
}

func readStyles(holders ...*node) *styles {
	s := &styles{by: map[string]*node{}}
	for _, h := range holders {
		if h == nil {
			continue
		}
		for _, n := range h.Kids {
			if n.Name == "style:style" {
				s.by[n.Attr("style:family")+"/"+n.Attr("style:name")] = n
			}
		}
	}
	return s
}

// maxChain bounds a chain of parents, which a hostile file may close to a ring.
const maxChain = 30

// chain gives a style and its parents, the style itself last.
func (s *styles) chain(family, name string) []*node {
	var out []*node
	for range maxChain {
		n := s.by[family+"/"+name]
		if name == "" || n == nil {
			break
		}
		out = append([]*node{n}, out...)
		name = n.Attr("style:parent-style-name")
	}
	return out
}

// prop gives a property as the chain of a style sets it last; kind is the element
// that holds it, "graphic" for style:graphic-properties.
func (s *styles) prop(family, name, kind, attr string) string {
	v := ""
	for _, n := range s.chain(family, name) {
		if p := n.Kid("style:" + kind + "-properties"); p.HasAttr(attr) {
			v = p.Attr(attr)
		}
	}
	return v
}

// look is how text is shown, as far as it matters for whether it can be seen.
type look struct {
	none    bool // text:display="none"
	colour  string
	size    string
	ground  string // what it stands on; "" is the bare page
	unknown bool   // on something that cannot be worked out
	narrow  bool   // squeezed to a line
	away    bool   // raised or lowered off the page
}

// over lays the properties of a style over a look.
func (s *styles) over(l look, family, name string) look {
	var fill, colour string
	for _, n := range s.chain(family, name) {
		for _, p := range n.Kids {
			l = l.with(p)
			if v := p.Attr("draw:fill"); v != "" {
				fill = v
			}
			if v := p.Attr("draw:fill-color"); v != "" {
				colour = v
			}
			l.unknown = l.unknown || fill == "solid" && p.HasAttr("draw:opacity")
		}
	}
	return l.filled(fill, colour)
}

// filled lays the fill of a shape under a look.
func (l look) filled(fill, colour string) look {
	switch {
	case fill == "solid" && colour != "":
		l.ground = colour
	case fill == "gradient" || fill == "bitmap" || fill == "hatch":
		l.unknown = true
	case fill == "" && colour != "" && l.ground == "" && !white(colour):
		l.unknown = true // whether it is used, the default styles say
	}
	return l
}

// with lays one element of properties over a look.
func (l look) with(p *node) look {
	if p.Name == "style:text-properties" {
		if v := p.Attr("text:display"); v != "" {
			l.none = v == "none"
		}
		if v := p.Attr("fo:font-size"); v != "" && !strings.HasSuffix(v, "%") {
			l.size = v
		}
		if v := p.Attr("style:text-scale"); v != "" {
			l.narrow = percent(v) <= 5
		}
		if v, _, _ := strings.Cut(p.Attr("style:text-position"), " "); v != "" {
			l.away = percent(v) > 500 || percent(v) < -500
		}
		if v := p.Attr("fo:color"); v != "" {
			l.colour = v
		}
		if p.Attr("style:use-window-font-color") == "true" {
			l.colour = ""
		}
	}
	if v := p.Attr("fo:background-color"); v != "" && v != "transparent" {
		l.ground = v
	}
	if p.Kid("style:background-image").HasAttr("xlink:href") {
		l.unknown = true
	}
	return l
}

// why says why text of this look is not seen, "" if it is.
func (l look) why() string {
	switch {
	case l.none:
		return "隐藏文字"
	case l.away:
		return "页面外文字"
	case l.narrow || l.size != "" && points(l.size) <= 2:
		return "极小字"
	case l.colour == "" || l.unknown:
		return ""
	case white(l.colour) && (l.ground == "" || white(l.ground)):
		return "白色文字"
	case strings.EqualFold(l.colour, l.ground):
		return "与底色相同的文字"
	}
	return ""
}

// white tells colours that are not seen on a white page.
func white(c string) bool {
	v, err := strconv.ParseUint(strings.TrimPrefix(c, "#"), 16, 32)
	return err == nil && len(c) == 7 && v>>16 >= 0xf0 && v>>8&255 >= 0xf0 && v&255 >= 0xf0
}

// percent gives a share; 100 for what is none.
func percent(s string) float64 {
	if v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64); err == nil && strings.HasSuffix(s, "%") {
		return v
	}
	return 100
}

// units are lengths in points.
var units = map[string]float64{"pt": 1, "pc": 12, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75}

// points gives a length in points; 1000 for what is no length.
func points(s string) float64 {
	for u, f := range units {
		if n, ok := strings.CutSuffix(s, u); ok {
			if v, err := strconv.ParseFloat(strings.TrimSpace(n), 64); err == nil {
				return v * f
			}
		}
	}
	return 1000
}
