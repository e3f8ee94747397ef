package docx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

var vmlKept = map[string]bool{
	"v:shape": true, "v:rect": true, "v:roundrect": true, "v:oval": true, "v:line": true, "v:group": true, "v:fill": true, "v:stroke": true,
	"v:shadow": true, "v:textbox": true, "v:textpath": true, "v:imagedata": true, "v:path": true, "w10:wrap": true, "w10:anchorlock": true, "v:polyline": true,
}

func (w *writer) judgeVML(k *ooxml.Node) ooxml.Verdict {
	if vmlKept[k.Name] {
		return ooxml.Keep
	}
	return ooxml.Drop
}

var (
	vmlNums   = regexp.MustCompile(`^[0-9.\-, ]{1,80}(pt|px|in|cm|mm|emu|f)?$`)
	vmlPairs  = regexp.MustCompile(`^-?[0-9.]{1,9}(pt|px|in|cm|mm)?,-?[0-9.]{1,9}(pt|px|in|cm|mm)?$`)
	vmlColour = regexp.MustCompile(`^(#[0-9a-fA-F]{3,6}|[a-z]{3,20}|fill|window|windowText)( \[[0-9a-zA-Z ]{1,20}\])?$`)
	vmlType   = regexp.MustCompile(`^#_x0000_t(75|136|202)$`)
	vmlProp   = regexp.MustCompile(`^(position|left|top|width|height|margin-left|margin-top|margin-right|margin-bottom|z-index|rotation|flip|v-text-anchor|layout-flow|mso-position-horizontal|mso-position-vertical|mso-position-horizontal-relative|mso-position-vertical-relative|mso-wrap-style|mso-wrap-distance-left|mso-wrap-distance-top|mso-wrap-distance-right|mso-wrap-distance-bottom|mso-fit-shape-to-text|mso-width-relative|mso-height-relative|mso-width-percent|mso-height-percent|mso-layout-flow-alt|font-size|font-weight|font-style|text-align|font-family|v-text-kern|v-same-letter-heights)$`)
	vmlVal    = regexp.MustCompile(`^(-?[0-9.]{1,12}(pt|px|in|cm|mm|em|%|fd)?|[a-z]{1,12}(-[a-z]{1,12}){0,4})$`)
)

func vmlAttr(k *ooxml.Node, a ooxml.Attr) (string, bool) {
	switch a.Name {
	case "style":
		return vmlStyle(a.Value), true
	case "type":
		if k.Name == "v:shape" {
			return a.Value, vmlType.MatchString(a.Value)
		}
		return a.Value, ooxml.SafeValue(a.Value)
	case "string":
		return a.Value, k.Name == "v:textpath"
	case "fillcolor", "strokecolor", "color", "color2":
		return a.Value, vmlColour.MatchString(a.Value)
	case "coordsize", "coordorigin", "adj", "inset", "from", "to", "arcsize", "opacity", "offset":
		return a.Value, vmlNums.MatchString(a.Value) || vmlPairs.MatchString(a.Value)
	case "filled", "stroked", "strokeweight", "on", "trim", "fitshape", "fitpath", "weight", "dashstyle", "o:allowincell", "o:allowoverlap", "o:spt", "anchorx", "anchory", "side", "textpathok", "gradientshapeok", "wrapcoords":
		return a.Value, ooxml.SafeValue(a.Value)
	}
	return "", false
}

// vmlStyle keeps the properties of a VML style that place and size a shape.
func vmlStyle(s string) string {
	var out []string
	for _, f := range strings.Split(s, ";") {
		k, v, ok := strings.Cut(f, ":")
		k, v = strings.ToLower(strings.TrimSpace(k)), strings.TrimSpace(v)
		if !ok || !vmlProp.MatchString(k) {
			continue
		}
		if k == "font-family" {
			v = `"` + ooxml.SafeFont(strings.Trim(v, `"'`)) + `"`
		} else if !vmlVal.MatchString(v) {
			continue
		}
		out = append(out, k+":"+v)
	}
	return strings.Join(out, ";")
}

// pict cleans a VML drawing: names are numbers, pictures are placed anew, the
// shape types that Word must find are our own.
func (w *writer) pict(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	types := map[string]bool{}
	n.Walk(func(k *ooxml.Node) bool {
		if m := vmlType.FindStringSubmatch(k.Attr("type")); m != nil && k.Name == "v:shape" {
			types[m[1]] = true
		}
		if k.Name == "v:imagedata" {
			w.imagedata(c.Source, c.Part, k)
		}
		return true
	})
	ids := map[*ooxml.Node]string{}
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "v:imagedata" {
			ids[k] = k.Attr("r:id")
		}
		return true
	})
	c.Clean(n)
	if len(n.Kids) == 0 {
		return nil
	}
	n.Walk(func(k *ooxml.Node) bool {
		if strings.HasPrefix(k.Name, "v:") && (k.HasAttr("style") || k.Name == "v:line") {
			w.shapes++
			k.SetAttr("id", fmt.Sprintf("_x0000_s%d", 1025+w.shapes))
		}
		if id := ids[k]; id != "" {
			k.SetAttr("r:id", id)
		}
		return true
	})
	out := ooxml.El("w:pict")
	for _, t := range []string{"75", "136", "202"} {
		if types[t] {
			out.Add(shapeType(t))
		}
	}
	return []*ooxml.Node{out.Add(n.Kids...)}
}

func (w *writer) imagedata(source, part string, k *ooxml.Node) {
	id := k.Attr("r:id")
	if id == "" {
		id = k.Attr("r:pict")
	}
	target := ""
	if rel, ok := w.r.pkg.RelByID(source, id); ok && !rel.External {
		target = rel.Target
	}
	crop := ooxml.Crop{L: fraction(k.Attr("cropleft")), T: fraction(k.Attr("croptop")), R: fraction(k.Attr("cropright")), B: fraction(k.Attr("cropbottom"))}
	if crop.L+crop.R >= 100000 || crop.T+crop.B >= 100000 {
		crop = ooxml.Crop{}
	}
	k.Attrs = []ooxml.Attr{{Name: "r:id", Value: w.media.Place(part, target, crop)}}
}

// fraction reads a VML crop: a share of one, or of 65536 with an f.
func fraction(s string) int {
	div := 1.0
	if strings.HasSuffix(s, "f") {
		s, div = strings.TrimSuffix(s, "f"), 65536
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 {
		return 0
	}
	return int(min(v/div, 1) * 100000)
}

// shapeType gives Word's own definition of a shape type.
func shapeType(t string) *ooxml.Node {
	st := ooxml.El("v:shapetype", "id", "_x0000_t"+t, "coordsize", "21600,21600", "o:spt", t)
	switch t {
	case "75":
		st.SetAttr("path", "m@4@5l@4@11@9@11@9@5xe")
		st.SetAttr("filled", "f")
		st.SetAttr("stroked", "f")
	case "136":
		st.SetAttr("adj", "10800")
		st.SetAttr("path", "m@7,l@8,m@5,21600l@6,21600e")
		f := ooxml.El("v:formulas")
		for _, e := range []string{"sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0", "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7", "sum @6 0 @5"} {
			f.Add(ooxml.El("v:f", "eqn", e))
		}
		st.Add(f, ooxml.El("v:path", "textpathok", "t"), ooxml.El("v:textpath", "on", "t", "fitshape", "t"))
	case "202":
		st.SetAttr("path", "m,l,21600r21600,l21600,xe")
		st.Add(ooxml.El("v:stroke", "joinstyle", "miter"), ooxml.El("v:path", "gradientshapeok", "t"))
	}
	return st
}

// object puts the preview picture of an embedded object in its place.
func (w *writer) object(c *ooxml.Cleaner, source, part string, n *ooxml.Node) []*ooxml.Node {
	w.objects++
	img := n.Find("v:imagedata")
	shape := n.Find("v:shape")
	cx, cy := "1800000", "600000"
	if shape != nil {
		cx, cy = emu(shape.Attr("style"), "width", cx), emu(shape.Attr("style"), "height", cy)
	}
	var id string
	switch {
	case img != nil:
		w.imagedata(source, part, img)
		id = img.Attr("r:id")
	case n.Find("a:blip") != nil:
		rel, _ := w.r.pkg.RelByID(source, n.Find("a:blip").Attr("r:embed"))
		id = w.media.Place(part, rel.Target, ooxml.Crop{})
	default:
		w.placeholders++
		id = w.media.Place(part, "", ooxml.Crop{})
	}
	w.shapes++
	return []*ooxml.Node{ooxml.El("w:drawing").Add(ooxml.El("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0").Add(
		ooxml.El("wp:extent", "cx", cx, "cy", cy), ooxml.El("wp:docPr", "id", strconv.Itoa(5000+w.shapes), "name", fmt.Sprintf("图片 %d", w.shapes)),
		ooxml.El("a:graphic").Add(ooxml.El("a:graphicData", "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture").Add(picNode(id, cx, cy)))))}
}

var sizeUnit = map[string]float64{"pt": 12700, "in": 914400, "cm": 360000, "mm": 36000, "px": 9525, "": 12700}

// emu reads a length of a VML style in English metric units.
func emu(style, prop, fallback string) string {
	for _, f := range strings.Split(style, ";") {
		k, v, _ := strings.Cut(f, ":")
		if strings.TrimSpace(strings.ToLower(k)) != prop {
			continue
		}
		v = strings.TrimSpace(v)
		num := strings.TrimRight(v, "abcdefghijklmnopqrstuvwxyz%")
		x, err := strconv.ParseFloat(num, 64)
		u, ok := sizeUnit[v[len(num):]]
		if err == nil && ok && x > 0 && x < 5000 {
			return strconv.FormatInt(int64(x*u), 10)
		}
	}
	return fallback
}
