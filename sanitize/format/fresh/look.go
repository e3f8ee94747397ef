package fresh

import (
	"fmt"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// Colour is one that a file names; the zero value is the one that programs pick.
type Colour uint32

const named Colour = 1 << 24

// RGB makes a colour.
func RGB(r, g, b byte) Colour {
	return named | Colour(r)<<16 | Colour(g)<<8 | Colour(b)
}

// Pale tells whether white text would not be seen on a ground of that colour.
func (c Colour) Pale() bool { return !apart(white, c) }

const (
	black = named
	white = named | 0xFFFFFF
)

func (c Colour) hex() string { return fmt.Sprintf("%06X", uint32(c&0xFFFFFF)) }

// light is how light a colour is, from 0 to 255.
func (c Colour) light() int {
	return (299*int(c>>16&255) + 587*int(c>>8&255) + 114*int(c&255)) / 1000
}

// contrast is how far apart text and ground must be to be told from each other.
const contrast = 40

func apart(a, b Colour) bool {
	d := a.light() - b.light()
	return d >= contrast || d <= -contrast
}

// legible gives the colours in which text and its own ground are written on what lies
// below (cell or paragraph), so that no text hides in its ground. Text of no colour
// on a dark ground of its own, as a bar that was to cover it, loses the ground.
func legible(text, own, below Colour) (Colour, Colour) {
	said := text
	if text == 0 {
		text = black
	}
	if own != 0 && !apart(text, own) {
		own = 0
	}
	ground := own
	if ground == 0 {
		ground = below
	}
	if ground == 0 {
		ground = white
	}
	if apart(text, ground) {
		return said, own
	}
	if ground.light() < 128 {
		return white, own
	}
	return 0, own
}

// fonts are those that a copy names, by every name they go by.
var fonts = func() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(`宋体 SimSun 新宋体 NSimSun
黑体 SimHei
仿宋 FangSong
仿宋_GB2312 FangSong_GB2312
楷体 KaiTi
楷体_GB2312 KaiTi_GB2312
微软雅黑 Microsoft_YaHei
等线 DengXian
隶书 LiSu
幼圆 YouYuan
华文中宋 STZhongsong
华文宋体 STSong
华文仿宋 STFangsong
华文楷体 STKaiti
华文细黑 STXihei
方正小标宋简体 FZXiaoBiaoSong-B05S
方正小标宋_GBK FZXiaoBiaoSong-B05
方正仿宋简体
方正仿宋_GBK
方正楷体简体
方正楷体_GBK
方正黑体简体
方正黑体_GBK
方正书宋简体
方正书宋_GBK
思源黑体
思源宋体`, "\n") {
		all := strings.Fields(line)
		for _, n := range all {
			m[fontKey(n)] = all[0]
		}
	}
	for _, n := range []string{"Times New Roman", "Arial", "Calibri", "Cambria", "Courier New", "Verdana", "Tahoma", "Georgia", "Consolas", "Cambria Math"} {
		m[fontKey(n)] = n
	}
	return m
}()

func fontKey(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(s, "_", ""), " ", ""))
}

// Font gives the font that a copy names for one that a file names: itself if it is well
// known, the usual one of its kind if its name tells that, else "". A name of a font is
// words of an author as well; no other than these come into a copy.
func Font(name string) string {
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "@"), ";")
	if f := fonts[fontKey(strings.TrimSpace(name))]; f != "" {
		return f
	}
	for _, k := range []struct{ part, font string }{{"小标宋", "方正小标宋简体"}, {"仿宋", "仿宋"}, {"楷", "楷体"}, {"黑", "黑体"}, {"宋", "宋体"}, {"隶", "隶书"}} {
		if strings.Contains(name, k.part) {
			return k.font
		}
	}
	return ""
}

// rpr writes a look on a ground; nil if there is nothing to say.
func (l Look) rpr(below Colour) *ooxml.Node {
	form := ooxml.El("w:rPr")
	flag := func(on bool, names ...string) {
		for _, n := range names {
			if on {
				form.Add(ooxml.El(n))
			}
		}
	}
	if east, west := Font(l.East), Font(l.West); east != "" || west != "" {
		n := ooxml.El("w:rFonts")
		if west != "" {
			n.SetAttr("w:ascii", west)
			n.SetAttr("w:hAnsi", west)
		}
		if east != "" {
			n.SetAttr("w:eastAsia", east)
		}
		form.Add(n)
	}
	flag(l.Bold, "w:b", "w:bCs")
	flag(l.Italic, "w:i", "w:iCs")
	flag(l.Strike, "w:strike")
	text, own := legible(l.Colour, l.Ground, below)
	if text != 0 {
		form.Add(ooxml.El("w:color", "w:val", text.hex()))
	}
	if l.Size > 0 {
		size := num(clamp(l.Size, 10, 400))
		form.Add(ooxml.El("w:sz", "w:val", size), ooxml.El("w:szCs", "w:val", size))
	}
	if l.Underline {
		form.Add(ooxml.El("w:u", "w:val", "single"))
	}
	if own != 0 {
		form.Add(shade(own))
	}
	if l.Raise != 0 {
		form.Add(ooxml.El("w:vertAlign", "w:val", map[bool]string{true: "superscript", false: "subscript"}[l.Raise > 0]))
	}
	if len(form.Kids) == 0 {
		return nil
	}
	return form
}

func shade(c Colour) *ooxml.Node {
	return ooxml.El("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", c.hex())
}

// edgeKinds are the kinds of lines that a copy draws.
var edgeKinds = map[string]bool{"single": true, "double": true, "dotted": true, "dashed": true, "thick": true, "triple": true}

// node writes an edge as the element of that name.
func (e Edge) node(name string) *ooxml.Node {
	if !edgeKinds[e.Kind] || e.Size <= 0 {
		return ooxml.El(name, "w:val", "nil")
	}
	colour := "auto"
	if e.Colour != 0 {
		colour = e.Colour.hex()
	}
	return ooxml.El(name, "w:val", e.Kind, "w:sz", num(clamp(e.Size, 2, 96)), "w:space", "0", "w:color", colour)
}

func (e Edge) drawn() bool { return edgeKinds[e.Kind] && e.Size > 0 }
