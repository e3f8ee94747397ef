package ooxml

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Verdict is what becomes of an element in a copy.
type Verdict uint8

// Verdicts: an element is left out, replaced by its children, or kept.
const (
	Drop Verdict = iota
	Unwrap
	Keep
)

// Cleaner copies a tree in place according to a list. Elements that no list
// names are left out with all they hold; attributes are kept only if their value
// can be nothing but layout; text stands only in elements made for it.
type Cleaner struct {
	Part    string              // part being written, for relationships
	Source  string              // part it was read from
	Judge   func(*Node) Verdict // for the format's own elements
	Attr    func(*Node, Attr) (value string, keep, known bool)
	Special map[string]func(*Node) []*Node // takes an element's place; nil leaves it out
	Out     map[*Node]bool                 // elements left out whatever they are
	Media   *Media
	Pkg     *Package
	names   int
	Charts  func(n *Node) bool // relates a c:chart; false leaves it out
}

// textElements hold visible text; layoutElements hold numbers and words of the layout.
var textElements = map[string]bool{"w:t": true, "w:instrText": true, "m:t": true, "a:t": true, "c:v": true}

var layoutElements = map[string]bool{
	"wp:posOffset": true, "wp:align": true, "xdr:col": true, "xdr:row": true, "xdr:colOff": true, "xdr:rowOff": true,
	"a:tableStyleId": true, "c:formatCode": true, "c:f": true, "c:separator": true,
}

// Clean cleans all below n.
func (c *Cleaner) Clean(n *Node) {
	kids := n.Kids
	n.Kids = nil
	for _, k := range kids {
		c.into(n, k)
	}
}

func (c *Cleaner) into(up, k *Node) {
	if c.Out[k] || k.Name == "-" {
		return
	}
	if k.Name == "" {
		if textElements[up.Name] || layoutElements[up.Name] && (SafeValue(k.Text) || layoutText(up.Name, k.Text)) {
			up.Add(k)
		}
		return
	}
	if f, ok := c.Special[k.Name]; ok {
		for _, x := range f(k) {
			up.Add(x)
		}
		return
	}
	switch c.verdict(k) {
	case Unwrap:
		for _, kk := range k.Kids {
			c.into(up, kk)
		}
	case Keep:
		if !c.attrs(k) {
			return
		}
		c.Clean(k)
		up.Add(k)
	}
}

func layoutText(elem, s string) bool {
	switch elem {
	case "a:tableStyleId":
		return guid.MatchString(s)
	case "c:formatCode":
		return SafeFormat(s)
	case "c:f":
		return rangeRef.MatchString(s)
	case "c:separator":
		return len([]rune(s)) <= 2
	}
	return false
}

var rangeRef = regexp.MustCompile(`^('?[^'!\[\]]{1,31}'?!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}(:\$?[A-Z]{1,3}\$?[0-9]{1,7})?$`)

// formatWords are the letters and signs of number formats.
var formatWords = regexp.MustCompile(`^([0#?.,%/:\-+ ();@*_\\$¥￥€"]|\[(Red|Blue|Black|Green|White|红色|蓝色|黑色|绿色|DBNum[123]|h|hh|m|mm|s|ss|\$[¥￥$€]?(-[0-9A-Fa-f]{1,6})?|[<>=]{1,2}[0-9.]{1,10})\]|General|G/通用格式|[yYmMdDhHsSeE]|AM/PM|上午/下午|[年月日时分秒元万亿个件项次人％])*$`)

// SafeFormat tells whether a number format is made of the usual signs only.
func SafeFormat(s string) bool { return len([]rune(s)) <= 80 && formatWords.MatchString(s) }

func (c *Cleaner) verdict(k *Node) Verdict {
	if c.Judge != nil {
		if p := prefix(k.Name); p != "a" && p != "pic" && p != "c" {
			return c.Judge(k)
		}
	}
	return judgeDrawing(k)
}

func prefix(name string) string {
	p, _, _ := strings.Cut(name, ":")
	return p
}

// refused are elements of the drawing namespaces that carry links, media,
// foreign data or things of programs.
var refused = map[string]bool{
	"extLst": true, "hlinkClick": true, "hlinkHover": true, "hlinkMouseOver": true, "snd": true, "sndAc": true, "videoFile": true, "audioFile": true,
	"wavAudioFile": true, "quickTimeFile": true, "audioCd": true, "custDataLst": true, "externalData": true, "userShapes": true, "printSettings": true, "pivotSource": true,
	"pivotFmts": true, "lang": true, "clrMapOvr": false, "srcRect": true, "contentPart": true, "oleObj": true, "controls": true,
}

// judgeDrawing keeps DrawingML, pictures and charts apart from what is refused.
func judgeDrawing(k *Node) Verdict {
	p, local, _ := strings.Cut(k.Name, ":")
	switch p {
	case "a", "pic", "c", "wp", "wps", "wpg", "wpc", "xdr", "cdr":
		if refused[local] {
			return Drop
		}
		return Keep
	}
	return Drop
}

// JudgeDrawing is the list for drawings, for format packages.
func JudgeDrawing(k *Node) Verdict { return judgeDrawing(k) }

// attrs filters the attributes of an element; false leaves the element out.
func (c *Cleaner) attrs(k *Node) bool {
	if strings.HasSuffix(k.Name, ":cNvPr") || k.Name == "wp:docPr" {
		c.names++
		id := k.Attr("id")
		if !safeNumber.MatchString(id) {
			id = fmt.Sprint(c.names)
		}
		k.Attrs = []Attr{{"id", id}, {"name", fmt.Sprintf("对象 %d", c.names)}}
		return true
	}
	switch k.Name {
	case "a:blip":
		return c.blip(k)
	case "c:chart":
		if k.HasAttr("r:id") {
			return c.Charts != nil && c.Charts(k)
		}
	}
	kept := k.Attrs[:0]
	for _, a := range k.Attrs {
		if c.Attr != nil {
			if v, keep, known := c.Attr(k, a); known {
				if keep {
					kept = append(kept, Attr{a.Name, v})
				}
				continue
			}
		}
		if v, keep := c.attr(k, a); keep {
			kept = append(kept, Attr{a.Name, v})
		} else if a.Name == "w:val" || a.Name == "val" {
			k.Attrs = kept
			return false
		}
	}
	k.Attrs = kept
	return true
}

var gdToken = regexp.MustCompile(`^(-?[0-9]{1,10}|[a-zA-Z]{1,14}[0-9]{0,5}|\*/|\+-|\+/|\?:)$`)

func (c *Cleaner) attr(k *Node, a Attr) (string, bool) {
	switch p := prefix(a.Name); {
	case strings.Contains(a.Name, ":") && p != "w" && p != "m" && p != "a" && p != "wp" && p != "xml":
		return "", false
	}
	switch a.Name {
	case "typeface":
		return SafeFont(a.Value), true
	case "panose":
		return a.Value, safeColour.MatchString(a.Value) || safePanose.MatchString(a.Value)
	case "uri":
		return a.Value, graphicURI.MatchString(a.Value)
	case "xml:space":
		return a.Value, true
	case "char":
		return a.Value, k.Name == "a:buChar" && len([]rune(a.Value)) <= 2
	}
	if geometry[k.Name] {
		return a.Value, geometryValue(a.Value)
	}
	if SafeValue(a.Value) {
		return a.Value, true
	}
	if longDecimal.MatchString(a.Value) { // more digits than a length needs
		if v, err := strconv.ParseFloat(a.Value, 64); err == nil {
			return strconv.FormatFloat(v, 'f', 4, 64), true
		}
	}
	return "", false
}

// geometry are the elements of own shapes: guides, points, arcs.
var geometry = map[string]bool{"a:gd": true, "a:pt": true, "a:pos": true, "a:rect": true, "a:arcTo": true, "a:cxn": true, "a:ahXY": true, "a:ahPolar": true}

// geometryValue tells formulas and names of guides.
func geometryValue(s string) bool {
	ok := len(s) <= 80
	for _, w := range strings.Fields(s) {
		ok = ok && gdToken.MatchString(w)
	}
	return ok
}

var longDecimal = regexp.MustCompile(`^-?[0-9]{1,7}(\.[0-9]{7,20})?([eE]-?[0-9]{1,2})?$`)

var (
	safePanose = regexp.MustCompile(`^[0-9A-Fa-f]{20}$`)
	graphicURI = regexp.MustCompile(`^http://schemas\.(openxmlformats\.org/drawingml/2006/(picture|chart|table)|microsoft\.com/office/word/2010/wordprocessing(Shape|Group|Canvas))$`)
)

// blip puts the re-encoded picture in place of the one referred to.
func (c *Cleaner) blip(k *Node) bool {
	id := k.Attr("r:embed")
	crop := Crop{}
	if k.Up != nil {
		if s := k.Up.Kid("a:srcRect"); s != nil {
			crop = CropOf(s)
		}
	}
	for _, s := range c.crops(k) {
		crop = s
	}
	target := ""
	if rel, ok := c.Pkg.RelByID(c.Source, id); ok && !rel.External {
		target = rel.Target
	}
	k.Attrs = []Attr{{"r:embed", c.Media.Place(c.Part, target, crop)}}
	var kids []*Node
	for _, e := range k.Kids { // effects stay, extensions (originals, SVG) go
		if e.Name != "a:extLst" {
			kids = append(kids, e)
		}
	}
	k.Kids = kids
	return true
}

// crops finds the srcRect beside a blip: the parent's link is gone while the
// parent is being cleaned, so the original siblings are asked.
func (c *Cleaner) crops(k *Node) []Crop {
	if r, ok := c.Media.rects[k]; ok {
		return []Crop{r}
	}
	return nil
}

// Media writes pictures, each (part, crop) once.
type Media struct {
	pkg          *Package
	b            *Builder
	dir          string
	done         map[string]string
	rects        map[*Node]Crop
	Placeholders int // pictures replaced by a grey field
	count        int
}

// NewMedia writes pictures of pkg into dir of b, numbered in the order of use.
func NewMedia(pkg *Package, b *Builder, dir string) *Media {
	return &Media{pkg: pkg, b: b, dir: dir, done: map[string]string{}, rects: map[*Node]Crop{}}
}

// NoteCrops remembers the srcRect beside every blip of a tree, before cleaning
// takes the tree apart.
func (m *Media) NoteCrops(root *Node) {
	root.Walk(func(n *Node) bool {
		if n.Name == "a:blip" && n.Up != nil {
			if s := n.Up.Kid("a:srcRect"); s != nil {
				m.rects[n] = CropOf(s)
			}
		}
		return true
	})
}

// Place writes the picture of a media part and relates it; the id is returned.
// A missing part gives a placeholder.
func (m *Media) Place(part, media string, crop Crop) string {
	key := fmt.Sprint(media, crop)
	name, ok := m.done[key]
	if !ok {
		pic := Placeholder()
		if b, err := m.pkg.Bytes(media); err == nil {
			pic = Reencode(b, crop)
		}
		if pic.Placeholder {
			m.Placeholders++
		}
		m.count++
		name = fmt.Sprintf("%s/image%d.%s", m.dir, m.count, pic.Ext)
		m.done[key] = name
		m.b.Add(name, pic.Type, pic.Data)
	}
	return m.b.Rel(part, "image", name)
}
