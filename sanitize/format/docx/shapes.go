package docx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// supported are the extensions whose Choice we take; of the others (wp14 sizes in
// per cent, newer charts, ink) the Fallback stands.
var supported = map[string]bool{"wps": true, "wpg": true, "wpc": true, "w14": true, "a14": true, "w15": true}

// choose takes the branch of an AlternateContent that is shown; what the other
// branches say besides is hidden.
func (r *reader) choose(n *ooxml.Node) *ooxml.Node {
	if c, ok := r.chosen[n]; ok {
		return c
	}
	var pick *ooxml.Node
	for _, k := range n.Kids {
		if k.Name == "mc:Choice" && pick == nil {
			ok := true
			for _, p := range strings.Fields(k.Attr("Requires")) {
				ok = ok && supported[p]
			}
			if ok {
				pick = k
			}
		}
	}
	if pick == nil {
		pick = n.Kid("mc:Fallback")
	}
	r.chosen[n] = pick
	said := ""
	if pick != nil {
		said = squeeze(pick.Content())
	}
	for _, k := range n.Kids {
		if k == pick {
			continue
		}
		r.drop[k] = true
		r.altTexts(k)
		if s := squeeze(k.Content()); s != "" && s != said {
			r.hidden.Add("N03", "替代内容", document.RoleTextBox, r.gather(k), nil)
			r.removed.Add("替代内容", 1)
		}
		r.markRead(k)
	}
	return pick
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// drawing reads a DrawingML drawing: alternative texts, pictures, text boxes,
// charts; hidden ones and those outside the page are left out.
func (r *reader) drawing(n *ooxml.Node) {
	for _, d := range n.Kids {
		pr := d.Kid("wp:docPr")
		if v := pr.Attr("hidden"); v == "1" || v == "true" {
			r.altTexts(d)
			r.seePictures(d, false)
			r.doom(n, "N03", "隐藏图形", document.RoleTextBox)
			return
		}
		if outside(d) {
			r.altTexts(d)
			r.doom(n, "N03", "页面外图形", document.RoleTextBox)
			return
		}
	}
	r.altTexts(n)
	r.seePictures(n, true)
	fill := background{}
	n.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "wps:wsp":
			fill = shapeFill(k)
		case "w:txbxContent":
			r.textBox(k, fill)
			return false
		case "c:chart":
			r.chart(k.Attr("r:id"))
		case "dgm:relIds":
			r.diagram(k)
		case "mc:AlternateContent":
			if c := r.choose(k); c != nil {
				for _, kk := range c.Kids {
					kk.Walk(func(j *ooxml.Node) bool {
						if j.Name == "w:txbxContent" {
							r.textBox(j, background{unknown: true})
							return false
						}
						return true
					})
				}
			}
			return false
		}
		return true
	})
}

// shapeFill tells what the text of a shape stands on.
func shapeFill(n *ooxml.Node) background {
	pr := n.Kid("wps:spPr")
	if f := pr.Kid("a:solidFill"); f != nil {
		if c := f.Kid("a:srgbClr").Attr("val"); c != "" {
			return background{fill: strings.ToUpper(c)}
		}
		return background{unknown: true}
	}
	if pr.Kid("a:noFill") != nil {
		return background{}
	}
	if pr.Kid("a:gradFill") != nil || pr.Kid("a:blipFill") != nil || pr.Kid("a:pattFill") != nil || n.Kid("wps:style") != nil {
		return background{unknown: true}
	}
	return background{}
}

// outside tells an anchored drawing that no page can show.
func outside(d *ooxml.Node) bool {
	if d.Name != "wp:anchor" {
		return false
	}
	far := func(pos *ooxml.Node, size string) bool {
		o := pos.Kid("wp:posOffset")
		if o == nil {
			return false
		}
		v, err := strconv.ParseInt(trimmed(o.Content()), 10, 64)
		w, _ := strconv.ParseInt(size, 10, 64)
		return err == nil && (v+w < -3_600_000 || v > 30_000_000)
	}
	ext := d.Kid("wp:extent")
	return far(d.Kid("wp:positionH"), ext.Attr("cx")) || far(d.Kid("wp:positionV"), ext.Attr("cy"))
}

// textBox reads the paragraphs of a text box as a part of their own.
func (r *reader) textBox(n *ooxml.Node, fill background) {
	t := &ooxml.Text{ID: fmt.Sprintf("%s#box/%d", r.cur.name, len(r.boxes)+1), Label: fmt.Sprintf("文本框 %d", r.countBoxes()+1), Role: document.RoleTextBox}
	at := len(r.boxes)
	r.boxes = append(r.boxes, t)
	pending, joined, cells, shade, fields := r.pending, r.joined, r.cells, r.shade, r.fields
	r.pending, r.joined, r.cells, r.fields = 0, -1, 0, nil
	r.shade = []background{fill}
	r.blocks(t, n)
	r.flattenOpen()
	r.pending, r.joined, r.cells, r.shade, r.fields = pending, joined, cells, shade, fields
	ooxml.LabelCells(t.Cells, t.String())
	if r.cur.kind == "header" || r.cur.kind == "footer" {
		t.Marks = whole(t)
	}
	_ = at
}

func (r *reader) countBoxes() int {
	n := len(r.boxes)
	for _, t := range r.texts {
		if t.Role == document.RoleTextBox {
			n++
		}
	}
	return n
}

// usualName are the names that programs give to shapes by themselves.
var usualName = regexp.MustCompile(`^(图片|图像|图形|图表|图示|文本框|文字方塊|矩形|圆角矩形|椭圆|直线|直接|箭头|组合|任意多边形|形状|对象|画布|艺术字|自选图形|直接连接符|直接箭头连接符|连接符|内容占位符|标题|副标题|表格|灯片编号占位符|页脚占位符|日期占位符|Picture|Image|Text Box|TextBox|Rectangle|Oval|Line|Shape|Group|Object|Chart|Diagram|Straight Connector|Straight Arrow Connector|AutoShape|Freeform|WordArt|Canvas|Title|Subtitle|Content Placeholder|Table|Graphic|Connector)?[ :：]*[0-9]{0,6}( [0-9]{1,4})?$`)

// altTexts files names and descriptions of drawings, and their links.
func (r *reader) altTexts(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "wp:docPr", "pic:cNvPr", "wps:cNvPr", "wpg:cNvPr", "wpc:cNvPr", "a:cNvPr":
			for _, a := range []string{"descr", "title"} {
				r.alt(k.Attr(a))
			}
			if v := k.Attr("name"); !usualName.MatchString(v) {
				r.alt(v)
			}
		case "a:hlinkClick", "a:hlinkHover":
			r.linkText(k.Attr("tooltip"))
		}
		if strings.HasPrefix(k.Name, "v:") {
			for _, a := range []string{"alt", "title", "o:title"} {
				r.alt(k.Attr(a))
			}
			r.linkText(k.Attr("href"))
			r.linkText(k.Attr("o:href"))
		}
		return true
	})
}

func (r *reader) alt(s string) {
	if s = trimmed(s); s != "" && !strings.HasPrefix(s, "#_x0000") {
		r.hidden.Once("N03", "替代文字", document.RoleOther, s)
		r.removed.Add("替代文字", 1)
	}
}

// seePictures notes the media parts that a drawing shows.
func (r *reader) seePictures(n *ooxml.Node, shown bool) {
	n.Walk(func(k *ooxml.Node) bool {
		id := ""
		switch k.Name {
		case "a:blip":
			id = k.Attr("r:embed")
			if id == "" && k.Attr("r:link") != "" && shown {
				r.shown++
			}
		case "v:imagedata":
			if id = k.Attr("r:id"); id == "" {
				id = k.Attr("r:pict")
			}
		case "mc:Fallback":
			return false
		}
		if id != "" {
			if rel, ok := r.pkg.RelByID(r.cur.name, id); ok && !rel.External && r.pkg.Has(rel.Target) {
				r.pictures[rel.Target] = true
				if shown {
					r.shown++
				}
			}
		}
		return true
	})
}

var (
	vmlHidden = regexp.MustCompile(`(?i)visibility\s*:\s*hidden|display\s*:\s*none`)
	vmlFar    = regexp.MustCompile(`(?i)(margin-left|margin-top|left|top)\s*:\s*-\d{4,}(\.\d+)?pt`)
)

// pict reads a VML drawing.
func (r *reader) pict(n *ooxml.Node) {
	r.altTexts(n)
	for _, k := range n.Kids {
		if strings.HasPrefix(k.Name, "v:") && vmlHidden.MatchString(k.Attr("style")) {
			r.doom(k, "N03", "隐藏图形", document.RoleTextBox)
		} else if vmlFar.MatchString(k.Attr("style")) {
			r.doom(k, "N03", "页面外图形", document.RoleTextBox)
		}
	}
	r.vml(n)
}

func (r *reader) vml(n *ooxml.Node) {
	for _, k := range n.Kids {
		if r.drop[k] {
			r.markRead(k)
			continue
		}
		switch k.Name {
		case "v:textpath":
			if k.Attr("string") != "" {
				t := &ooxml.Text{ID: fmt.Sprintf("%s#mark/%d", r.cur.name, len(r.boxes)+1), Label: "水印", Role: r.watermarkRole()}
				t.AddAttr(k, "string")
				t.Marks = whole(t)
				r.boxes = append(r.boxes, t)
			}
		case "w:txbxContent":
			fill := background{}
			if c := n.Up.Attr("fillcolor"); c != "" {
				fill.unknown = !strings.HasPrefix(strings.ToLower(c), "white")
			}
			r.textBox(k, fill)
			continue
		case "v:imagedata":
			up := ooxml.El("v")
			up.Kids = []*ooxml.Node{k}
			r.seePictures(up, true)
		case "mc:AlternateContent":
			if c := r.choose(k); c != nil {
				r.vml(c)
			}
			continue
		}
		r.vml(k)
	}
}

func (r *reader) watermarkRole() document.Role {
	if r.cur.kind == "header" || r.cur.kind == "footer" {
		return document.RoleHeader
	}
	return document.RoleTextBox
}

// oleObject reads an embedded object: its preview is a picture of the page, the
// object itself is a hidden attachment.
func (r *reader) oleObject(n *ooxml.Node) {
	r.altTexts(n)
	r.vml(n)
	n.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "o:OLEObject":
			r.object(k.Attr("r:id"))
		case "w:control":
			if v := k.Attr("w:name"); v != "" && !ooxml.SafeValue(v) {
				r.hidden.Add("N05", "控件", document.RoleObject, v, nil)
			}
			r.removed.Add("控件", 1)
		}
		return true
	})
}

// object notes an embedded part; the general reading gives its text.
func (r *reader) object(id string) {
	if rel, ok := r.pkg.RelByID(r.cur.name, id); ok && !rel.External {
		r.objects[rel.Target] = true
	}
	r.removed.Add("嵌入对象", 1)
}

func (r *reader) chart(id string) {
	rel, ok := r.pkg.RelByID(r.cur.name, id)
	if !ok || rel.External || r.chartPart[rel.Target] || !r.pkg.Has(rel.Target) {
		return
	}
	c, err := ooxml.ReadChart(r.pkg, rel.Target, fmt.Sprintf("图表 %d", len(r.charts)+1), nil)
	if err != nil {
		return
	}
	r.chartPart[rel.Target] = true
	r.seen[rel.Target] = true
	r.charts = append(r.charts, c)
	r.boxes = append(r.boxes, c.Text)
}

// diagram reads the drawing of a SmartArt; the rebuild puts its shapes in its place.
func (r *reader) diagram(n *ooxml.Node) {
	d := ooxml.ReadDiagram(r.pkg, r.cur.name, n, fmt.Sprintf("图示 %d", len(r.diagrams)+1))
	if d == nil {
		return
	}
	r.diagrams[n] = d
	r.boxes = append(r.boxes, d.Text)
	for _, p := range d.Parts {
		r.seen[p] = true
	}
	r.hidden.Add("N03", "图示数据", document.RoleTextBox, d.Hidden, nil)
}
