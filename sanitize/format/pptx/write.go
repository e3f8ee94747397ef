package pptx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

const (
	typeBase = "application/vnd.openxmlformats-officedocument.presentationml."
	mainOut  = "ppt/presentation.xml"
)

// writer makes the new presentation from what the deck holds.
type writer struct {
	d      *deck
	b      *ooxml.Builder
	media  *ooxml.Media
	name   map[*page]string
	charts map[string]string
	ids    int64 // masters and layouts share one range
	shapes int
}

func newWriter(d *deck) *writer {
	w := &writer{d: d, b: ooxml.NewBuilder(), name: map[*page]string{}, charts: map[string]string{}, ids: 2147483648}
	w.media = ooxml.NewMedia(d.pkg, w.b, "ppt/media")
	w.b.SetMain(mainOut)
	return w
}

func (w *writer) write() ([]byte, error) {
	var shown []*page
	for _, p := range w.d.slides {
		if !p.hidden {
			shown = append(shown, p)
		}
	}
	if len(shown) == 0 && len(w.d.slides) > 0 {
		return nil, &document.Refusal{What: "无法生成副本", Why: "全部幻灯片均已隐藏", Do: "请取消隐藏需要公开的幻灯片后再试"}
	}
	w.namePages(shown)
	pres := ooxml.El("p:presentation")
	masters := ooxml.El("p:sldMasterIdLst")
	for _, p := range w.d.order {
		if p.root.Name == "p:sldMaster" {
			masters.Add(w.masterPart(p))
		}
	}
	list := ooxml.El("p:sldIdLst")
	for i, p := range shown {
		if err := w.d.ctx.Err(); err != nil {
			return nil, err
		}
		w.pagePart(p, "slide+xml")
		if l := p.layout; l != nil && w.name[l] != "" {
			w.b.Rel(w.name[p], "slideLayout", w.name[l])
		}
		list.Add(ooxml.El("p:sldId", "id", strconv.Itoa(256+i), "r:id", w.b.Rel(mainOut, "slide", w.name[p])))
	}
	if len(masters.Kids) > 0 {
		pres.Add(masters)
	}
	if len(list.Kids) > 0 {
		pres.Add(list)
	}
	c := w.cleaner(w.d.main, mainOut)
	for _, n := range []string{"p:sldSz", "p:notesSz", "p:defaultTextStyle"} {
		if k := w.d.root.Kid(n); k != nil {
			h := ooxml.El("h").Add(k)
			c.Clean(h)
			pres.Add(h.Kids...)
		}
	}
	w.b.Add(mainOut, typeBase+"presentation.main+xml", ooxml.Encode(pres, ""))
	w.tableStyles()
	return w.b.Bytes()
}

func (w *writer) namePages(shown []*page) {
	for i, p := range shown {
		w.name[p] = fmt.Sprintf("ppt/slides/slide%d.xml", i+1)
	}
	m, l := 0, 0
	for _, p := range w.d.order {
		if p.root.Name == "p:sldMaster" {
			m++
			w.name[p] = fmt.Sprintf("ppt/slideMasters/slideMaster%d.xml", m)
		} else {
			l++
			w.name[p] = fmt.Sprintf("ppt/slideLayouts/slideLayout%d.xml", l)
		}
	}
}

// masterPart writes a master with its theme and the layouts in use.
func (w *writer) masterPart(p *page) *ooxml.Node {
	id := w.ids
	w.ids++
	name := w.name[p]
	list := ooxml.El("p:sldLayoutIdLst")
	for _, l := range w.d.order {
		if l.root.Name == "p:sldLayout" && l.master == p {
			list.Add(ooxml.El("p:sldLayoutId", "id", strconv.FormatInt(w.ids, 10), "r:id", w.b.Rel(name, "slideLayout", w.name[l])))
			w.ids++
			w.pagePart(l, "slideLayout+xml")
			w.b.Rel(w.name[l], "slideMaster", name)
		}
	}
	if p.theme != "" {
		if data := ooxml.CleanTheme(w.d.pkg, p.theme); data != nil {
			theme := strings.Replace(name, "slideMasters/slideMaster", "theme/theme", 1)
			w.b.Add(theme, ooxml.ThemeType, data)
			w.b.Rel(name, "theme", theme)
		}
	}
	w.cleanPage(p)
	var kids []*ooxml.Node
	for _, k := range p.root.Kids {
		kids = append(kids, k)
		if k.Name == "p:clrMap" && len(list.Kids) > 0 {
			kids = append(kids, list)
		}
	}
	p.root.Kids = kids
	w.b.Add(name, typeBase+"slideMaster+xml", ooxml.Encode(p.root, ""))
	return ooxml.El("p:sldMasterId", "id", strconv.FormatInt(id, 10), "r:id", w.b.Rel(mainOut, "slideMaster", name))
}

func (w *writer) pagePart(p *page, typ string) {
	w.cleanPage(p)
	w.b.Add(w.name[p], typeBase+typ, ooxml.Encode(p.root, ""))
}

// cleanPage cleans the tree of a page and of its own attributes.
func (w *writer) cleanPage(p *page) {
	w.media.NoteCrops(p.root)
	c := w.cleaner(p.part, w.name[p])
	h := ooxml.El("h").Add(p.root)
	c.Clean(h)
	p.root.Up = nil
}

var kept = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`sld cSld bg bgPr bgRef spTree nvGrpSpPr cNvPr cNvGrpSpPr nvPr grpSpPr grpSp sp nvSpPr cNvSpPr spPr style txBody pic nvPicPr cNvPicPr blipFill
		graphicFrame nvGraphicFramePr cNvGraphicFramePr xfrm cxnSp nvCxnSpPr cNvCxnSpPr ph clrMapOvr clrMap sldLayout sldMaster txStyles titleStyle bodyStyle otherStyle hf
		sldSz notesSz defaultTextStyle`) {
		m["p:"+s] = true
	}
	return m
}()

func (w *writer) cleaner(source, part string) *ooxml.Cleaner {
	c := &ooxml.Cleaner{Part: part, Source: source, Pkg: w.d.pkg, Media: w.media, Out: w.d.drop}
	c.Judge = func(n *ooxml.Node) ooxml.Verdict {
		if kept[n.Name] {
			return ooxml.Keep
		}
		if strings.HasPrefix(n.Name, "m:") {
			return ooxml.Drop
		}
		return ooxml.Drop
	}
	c.Attr = func(n *ooxml.Node, a ooxml.Attr) (string, bool, bool) {
		switch {
		case n.Name == "p:cSld" && a.Name == "name", n.Name == "p:sld" && a.Name == "show", a.Name == "userDrawn", a.Name == "matchingName", a.Name == "dirty", a.Name == "err", a.Name == "smtClean":
			return "", false, true
		}
		return "", false, false
	}
	c.Charts = func(n *ooxml.Node) bool { return w.chart(source, part, n) }
	c.Special = map[string]func(*ooxml.Node) []*ooxml.Node{
		"mc:AlternateContent": func(n *ooxml.Node) []*ooxml.Node {
			pick := w.d.chosen[n]
			if pick == nil {
				return nil
			}
			c.Clean(pick)
			return pick.Kids
		},
		"a:fld":          func(n *ooxml.Node) []*ooxml.Node { return field(c, n) },
		"p:graphicFrame": func(n *ooxml.Node) []*ooxml.Node { return w.frame(c, n) },
	}
	return c
}

// field keeps slide numbers; dates and the like become plain text.
func field(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	typ := n.Attr("type")
	c.Clean(n)
	if typ == "slidenum" {
		n.Attrs = []ooxml.Attr{{Name: "id", Value: "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"}, {Name: "type", Value: "slidenum"}}
		return []*ooxml.Node{n}
	}
	out := ooxml.El("a:r")
	for _, k := range n.Kids {
		if k.Name == "a:rPr" || k.Name == "a:t" {
			out.Add(k)
		}
	}
	return []*ooxml.Node{out}
}

// frame keeps tables and charts; a diagram becomes the shapes it was drawn with,
// an embedded object its preview picture.
func (w *writer) frame(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	data := n.At("a:graphic", "a:graphicData")
	x := n.Kid("p:xfrm")
	switch {
	case data == nil:
		return nil
	case data.Kid("a:tbl") != nil || data.Kid("c:chart") != nil:
		h := ooxml.El("h")
		cc := *c
		cc.Special = map[string]func(*ooxml.Node) []*ooxml.Node{"mc:AlternateContent": c.Special["mc:AlternateContent"], "a:fld": c.Special["a:fld"]}
		cc.Clean(h.Add(n))
		if n.Find("a:tbl") == nil && n.Find("c:chart") == nil {
			return []*ooxml.Node{w.picture(c.Part, "", ooxml.Crop{}, x)}
		}
		return h.Kids
	case data.Kid("dgm:relIds") != nil:
		if d := w.d.diagrams[data.Kid("dgm:relIds")]; d != nil && (len(d.Shapes) > 0 || d.Text.Len() > 0) {
			return []*ooxml.Node{w.diagram(c, d, x)}
		}
		return []*ooxml.Node{w.picture(c.Part, "", ooxml.Crop{}, x)}
	}
	target := ""
	if pic := preview(data); pic != nil {
		if rel, ok := w.d.pkg.RelByID(c.Source, pic.Find("a:blip").Attr("r:embed")); ok && !rel.External {
			target = rel.Target
		}
	}
	return []*ooxml.Node{w.picture(c.Part, target, ooxml.Crop{}, x)}
}

func xfrm(x *ooxml.Node) *ooxml.Node {
	out := ooxml.El("a:xfrm")
	for _, k := range []string{"a:off", "a:ext"} {
		if n := x.Kid(k); n != nil {
			e := ooxml.El(k)
			for _, a := range n.Attrs {
				if ooxml.SafeValue(a.Value) {
					e.SetAttr(a.Name, a.Value)
				}
			}
			out.Add(e)
		}
	}
	if len(out.Kids) < 2 {
		out.Kids = nil
		out.Add(ooxml.El("a:off", "x", "0", "y", "0"), ooxml.El("a:ext", "cx", "900000", "cy", "600000"))
	}
	return out
}

func (w *writer) props(tag string, extra ...*ooxml.Node) *ooxml.Node {
	w.shapes++
	return ooxml.El(tag).Add(ooxml.El("p:cNvPr", "id", strconv.Itoa(10000+w.shapes), "name", fmt.Sprintf("对象 %d", w.shapes))).Add(extra...).Add(ooxml.El("p:nvPr"))
}

// picture stands a picture where a frame stood.
func (w *writer) picture(part, target string, crop ooxml.Crop, x *ooxml.Node) *ooxml.Node {
	return ooxml.El("p:pic").Add(
		w.props("p:nvPicPr", ooxml.El("p:cNvPicPr")),
		ooxml.El("p:blipFill").Add(ooxml.El("a:blip", "r:embed", w.media.Place(part, target, crop)), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect"))),
		ooxml.El("p:spPr").Add(xfrm(x), ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))))
}

// diagram makes a group of the shapes that a SmartArt was drawn with.
func (w *writer) diagram(c *ooxml.Cleaner, d *ooxml.Diagram, x *ooxml.Node) *ooxml.Node {
	at := xfrm(x)
	ext := at.Kid("a:ext")
	at.Add(ooxml.El("a:chOff", "x", "0", "y", "0"), ooxml.El("a:chExt", "cx", ext.Attr("cx"), "cy", ext.Attr("cy")))
	out := ooxml.El("p:grpSp").Add(w.props("p:nvGrpSpPr", ooxml.El("p:cNvGrpSpPr")), ooxml.El("p:grpSpPr").Add(at))
	for _, s := range d.Shapes {
		sp := ooxml.El("p:sp").Add(w.props("p:nvSpPr", ooxml.El("p:cNvSpPr")))
		for _, k := range s.Kids {
			switch k.Name {
			case "dsp:spPr", "dsp:style", "dsp:txBody":
				c.Clean(k)
				k.Name, k.Attrs = "p:"+strings.TrimPrefix(k.Name, "dsp:"), nil
				sp.Add(k)
			}
		}
		if sp.Kid("p:spPr") != nil {
			out.Add(sp)
		}
	}
	if len(d.Shapes) == 0 {
		body := ooxml.El("p:txBody").Add(ooxml.El("a:bodyPr", "wrap", "square"))
		for _, l := range d.Text.Lines {
			c.Clean(l.Node)
			body.Add(l.Node)
		}
		out.Add(ooxml.El("p:sp").Add(w.props("p:nvSpPr", ooxml.El("p:cNvSpPr", "txBox", "1")),
			ooxml.El("p:spPr").Add(ooxml.El("a:xfrm").Add(ooxml.El("a:off", "x", "0", "y", "0"), ooxml.El("a:ext", "cx", ext.Attr("cx"), "cy", ext.Attr("cy"))),
				ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))), body))
	}
	return out
}

func (w *writer) chart(source, part string, n *ooxml.Node) bool {
	rel, ok := w.d.pkg.RelByID(source, n.Attr("r:id"))
	if !ok || w.d.charts[rel.Target] == nil {
		return false
	}
	name, done := w.charts[rel.Target]
	if !done {
		name = w.d.charts[rel.Target].Write(w.d.pkg, w.b, w.media, "ppt/charts", len(w.charts)+1, nil)
		w.charts[rel.Target] = name
	}
	n.Attrs = []ooxml.Attr{{Name: "r:id", Value: w.b.Rel(part, "chart", name)}}
	return true
}

var guid = regexp.MustCompile(`^\{[0-9A-Fa-f-]{36}\}$`)

// tableStyles keeps the table styles that tables name by number.
func (w *writer) tableStyles() {
	rels := w.d.pkg.RelsOf(w.d.main, "tableStyles")
	if len(rels) == 0 {
		return
	}
	n, err := w.d.pkg.XML(rels[0].Target)
	if err != nil || n.Name != "a:tblStyleLst" {
		return
	}
	const name = "ppt/tableStyles.xml"
	c := w.cleaner(rels[0].Target, name)
	count := 0
	c.Attr = func(k *ooxml.Node, a ooxml.Attr) (string, bool, bool) {
		switch a.Name {
		case "styleId", "def":
			return a.Value, guid.MatchString(a.Value), true
		case "styleName":
			count++
			return fmt.Sprintf("样式 %d", count), true, true
		}
		return "", false, false
	}
	def := n.Attr("def")
	c.Clean(n)
	n.Attrs = nil
	if guid.MatchString(def) {
		n.SetAttr("def", def)
	}
	w.b.Add(name, typeBase+"tableStyles+xml", ooxml.Encode(n, ""))
	w.b.Rel(mainOut, "tableStyles", name)
}

// unchecked lists what is in the copy and was read by nobody.
func (w *writer) unchecked() []document.Unchecked {
	var out []document.Unchecked
	if n := w.d.shown - w.media.Placeholders; n > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(n) + " 张未识别文字"})
	}
	if w.media.Placeholders > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(w.media.Placeholders) + " 张无法转换，已用占位图代替"})
	}
	return out
}
