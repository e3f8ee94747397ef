package pptx

import (
	"fmt"
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// frame maps the coordinates inside a group to the slide.
type frame func(x, y, w, h float64) (float64, float64, float64, float64)

func identity(x, y, w, h float64) (float64, float64, float64, float64) { return x, y, w, h }

// box is a rectangle on the slide; known is false where a shape says none.
type box struct {
	x, y, w, h float64
	known      bool
}

func boxOf(x *ooxml.Node, f frame) box {
	o, e := x.Kid("a:off"), x.Kid("a:ext")
	if o == nil || e == nil {
		return box{}
	}
	b := box{known: true}
	b.x, b.y, b.w, b.h = f(float64(num(o.Attr("x"))), float64(num(o.Attr("y"))), float64(num(e.Attr("cx"))), float64(num(e.Attr("cy"))))
	return b
}

// group gives the frame inside a group shape.
func group(x *ooxml.Node, f frame) frame {
	o, e, co, ce := x.Kid("a:off"), x.Kid("a:ext"), x.Kid("a:chOff"), x.Kid("a:chExt")
	if o == nil || e == nil || co == nil || ce == nil || num(ce.Attr("cx")) == 0 || num(ce.Attr("cy")) == 0 {
		return f
	}
	ox, oy, cx, cy := float64(num(o.Attr("x"))), float64(num(o.Attr("y"))), float64(num(co.Attr("x"))), float64(num(co.Attr("y")))
	sx, sy := float64(num(e.Attr("cx")))/float64(num(ce.Attr("cx"))), float64(num(e.Attr("cy")))/float64(num(ce.Attr("cy")))
	return func(x, y, w, h float64) (float64, float64, float64, float64) {
		return f(ox+(x-cx)*sx, oy+(y-cy)*sy, w*sx, h*sy)
	}
}

// outside tells a box of which nothing lies on the slide.
func (d *deck) outside(b box) bool {
	return b.known && (b.x+b.w <= 0 || b.y+b.h <= 0 || b.x >= float64(d.w) || b.y >= float64(d.h))
}

// shapes reads the shapes of a tree or group in drawing order.
func (d *deck) shapes(t *ooxml.Text, tree *ooxml.Node, f frame) {
	if tree == nil {
		return
	}
	for _, k := range tree.Kids {
		switch k.Name {
		case "p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp", "p:contentPart":
			d.shape(t, k, f)
		case "mc:AlternateContent":
			if c := d.choose(k); c != nil {
				d.shapes(t, c, f)
			}
		}
	}
}

func (d *deck) shape(t *ooxml.Text, k *ooxml.Node, f frame) {
	pr := props(k)
	if truth(pr.Attr("hidden")) {
		d.doom(k, "隐藏图形")
		return
	}
	b := boxOf(place(k), f)
	if d.outside(b) {
		d.doom(k, "页面外图形")
		return
	}
	switch k.Name {
	case "p:grpSp":
		d.shapes(t, k, group(place(k), f))
	case "p:sp":
		d.seePictures(k.Kid("p:spPr"), true)
		prompt := d.cur.number == 0 && k.At("p:nvSpPr", "p:nvPr", "p:ph") != nil // shows on no slide
		if body := k.Kid("p:txBody"); body != nil && !prompt {
			d.body(t, body, d.ground(k, b))
		}
	case "p:pic":
		d.seePictures(k, true)
	case "p:graphicFrame":
		d.graphic(t, k)
	}
}

// props gives the cNvPr of any shape.
func props(k *ooxml.Node) *ooxml.Node {
	for _, n := range []string{"p:nvSpPr", "p:nvPicPr", "p:nvGraphicFramePr", "p:nvGrpSpPr", "p:nvCxnSpPr"} {
		if x := k.At(n, "p:cNvPr"); x != nil {
			return x
		}
	}
	return nil
}

// place gives the xfrm of any shape.
func place(k *ooxml.Node) *ooxml.Node {
	for _, n := range []string{"p:spPr", "p:grpSpPr"} {
		if x := k.At(n, "a:xfrm"); x != nil {
			return x
		}
	}
	return k.Kid("p:xfrm")
}

// doom leaves a shape out and files its text.
func (d *deck) doom(k *ooxml.Node, kind string) {
	if d.drop[k] {
		return
	}
	d.drop[k] = true
	d.removed.Add(kind, 1)
	d.seePictures(k, false)
	d.hidden.Add("N03", kind, document.RoleTextBox, gather(k), nil)
}

// gather joins the paragraphs at or below a node.
func gather(n *ooxml.Node) string {
	var out []string
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "a:p" {
			if s := k.Content(); strings.TrimSpace(s) != "" {
				out = append(out, s)
			}
			return false
		}
		return true
	})
	return strings.Join(out, "\n")
}

// body reads the paragraphs of a text body, hidden runs left out.
func (d *deck) body(t *ooxml.Text, body *ooxml.Node, g ground) {
	for _, p := range body.Kids {
		if p.Name == "a:p" {
			d.para(t, p, g)
			t.AddSep('\n')
		}
	}
}

func (d *deck) para(t *ooxml.Text, p *ooxml.Node, g ground) {
	start := t.Len()
	for _, k := range p.Kids {
		switch k.Name {
		case "a:r", "a:fld":
			x := k.Kid("a:t")
			if x == nil || d.drop[k] {
				continue
			}
			if why := d.hiding(k.Kid("a:rPr"), x.Content(), g); why != "" {
				d.drop[k] = true
				d.removed.Add(why, 1)
				d.hidden.Add("N03", why, document.RoleTextBox, x.Content(), p)
				continue
			}
			t.AddText(x.TextNode())
		case "a:br":
			t.AddBreak('\n', k)
		case "mc:AlternateContent": // formulas: the text of the branch that is not shown says the same
			for _, l := range ooxml.Lines(k) {
				d.hidden.Once("N03", "公式与替代内容", document.RoleTextBox, l)
			}
		case "a14:m":
			for _, m := range k.All("m:t") {
				t.AddText(m.TextNode())
			}
		}
	}
	t.Lines = append(t.Lines, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: p})
}

// graphic reads a table, chart, diagram or embedded object.
func (d *deck) graphic(t *ooxml.Text, k *ooxml.Node) {
	data := k.At("a:graphic", "a:graphicData")
	if data == nil {
		return
	}
	if tbl := data.Kid("a:tbl"); tbl != nil {
		d.table(t, tbl)
		return
	}
	if c := data.Kid("c:chart"); c != nil {
		d.chart(c)
		return
	}
	if ids := data.Kid("dgm:relIds"); ids != nil {
		g := ooxml.ReadDiagram(d.pkg, d.cur.part, ids, fmt.Sprintf("图示 %d", len(d.diagrams)+1))
		if g != nil {
			d.diagrams[ids] = g
			for _, p := range g.Parts {
				d.seen[p] = true
			}
			d.hidden.Add("N03", "图示数据", document.RoleTextBox, g.Hidden, nil)
			for _, l := range g.Text.Lines {
				t.Paragraph(l.Node)
			}
		}
		return
	}
	data.Walk(func(n *ooxml.Node) bool {
		if n.Name == "p:oleObj" || n.Name == "p:control" {
			d.removed.Add("嵌入对象", 1)
			if v := n.Attr("name"); v != "" && !usualName.MatchString(v) && !ooxml.SafeValue(v) && !usualObject.MatchString(v) {
				d.hidden.Once("N05", "嵌入对象名称", document.RoleObject, v)
			}
			return true
		}
		return n.Name != "mc:Choice"
	})
	if b := preview(data); b != nil {
		d.seePictures(b, true)
	}
}

var usualObject = regexp.MustCompile(`^(Worksheet|Document|Equation|Chart|工作表|文档|公式|图表|Microsoft|Visio|Presentation|Package|包)[A-Za-z0-9 .工作表文档公式图]{0,24}$`)

// preview finds the picture that stands for an embedded object.
func preview(data *ooxml.Node) *ooxml.Node {
	var pic *ooxml.Node
	data.Walk(func(n *ooxml.Node) bool {
		if n.Name == "p:pic" && pic == nil {
			pic = n
		}
		return pic == nil
	})
	return pic
}

func (d *deck) table(t *ooxml.Text, tbl *ooxml.Node) {
	table, row := t.Table(), 0
	g := ground{unknown: true} // table styles colour the cells
	if tbl.At("a:tblPr", "a:tableStyleId") == nil {
		g = ground{}
	}
	for _, tr := range tbl.Kids {
		if tr.Name != "a:tr" {
			continue
		}
		start, col := t.Len(), 0
		for _, tc := range tr.Kids {
			if tc.Name != "a:tc" {
				continue
			}
			if col > 0 {
				t.AddSep('\t')
			}
			at := t.Len()
			cg := g
			if f := tc.At("a:tcPr", "a:solidFill"); f != nil {
				cg = ground{fill: colour(f), unknown: colour(f) == ""}
			}
			first := true
			for _, p := range tc.Kid("a:txBody").All("a:p") {
				if !first {
					t.AddSep('\n')
				}
				first = false
				d.para(t, p, cg)
			}
			t.Cells = append(t.Cells, document.Cell{Span: document.Span{Start: at, End: t.Len()}, Table: table, Row: row, Col: col})
			col++
		}
		t.Rows = append(t.Rows, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: tr})
		t.AddSep('\n')
		row++
	}
}

func (d *deck) chart(n *ooxml.Node) {
	rel, ok := d.pkg.RelByID(d.cur.part, n.Attr("r:id"))
	if !ok || rel.External || d.charts[rel.Target] != nil || !d.pkg.Has(rel.Target) {
		return
	}
	c, err := ooxml.ReadChart(d.pkg, rel.Target, fmt.Sprintf("图表 %d", len(d.charts)+1), nil)
	if err != nil {
		return
	}
	d.charts[rel.Target] = c
	d.seen[rel.Target] = true
	if c.Text.Len() > 0 {
		d.extraT = append(d.extraT, c.Text)
	}
}

// choose takes the branch of an AlternateContent that is kept: the fallback,
// which every program can show, or a choice without special needs.
func (d *deck) choose(n *ooxml.Node) *ooxml.Node {
	if c, ok := d.chosen[n]; ok {
		return c
	}
	var pick *ooxml.Node
	for _, k := range n.Kids {
		if k.Name == "mc:Choice" && pick == nil {
			if r := k.Attr("Requires"); r == "a14" && k.Find("a14:m") == nil || r == "p14" && k.Find("p14:media") == nil {
				pick = k
			}
		}
	}
	if f := n.Kid("mc:Fallback"); f != nil && (pick == nil || len(f.Kids) > 0) {
		pick = f
	}
	if pick == nil {
		pick = n.Kid("mc:Choice")
	}
	d.chosen[n] = pick
	said := ""
	if pick != nil {
		said = strings.Join(strings.Fields(gather(pick)), "")
	}
	for _, k := range n.Kids {
		if k != pick {
			d.drop[k] = true
			if s := gather(k); strings.Join(strings.Fields(s), "") != said {
				d.hidden.Add("N03", "替代内容", document.RoleTextBox, s, nil)
			}
		}
	}
	return pick
}

// usualName are the names that programs give to shapes by themselves.
var usualName = regexp.MustCompile(`^(图片|图像|图形|图表|图示|文本框|矩形|圆角矩形|椭圆|直线|直接连接符|直接箭头连接符|箭头|组合|任意多边形|形状|对象|艺术字|连接符|内容占位符|文本占位符|图片占位符|标题|副标题|表格|灯片编号占位符|幻灯片编号占位符|页脚占位符|日期占位符|备注占位符|幻灯片图像占位符|流程图|圆|弧形|三角形|燕尾形|五边形|左大括号|右大括号|右箭头|下箭头|Picture|Image|Text Box|TextBox|Rectangle|Rounded Rectangle|Oval|Line|Shape|Group|Object|Chart|Diagram|Straight Connector|Straight Arrow Connector|AutoShape|Freeform|WordArt|Title|Subtitle|Content Placeholder|Text Placeholder|Picture Placeholder|Slide Number Placeholder|Footer Placeholder|Date Placeholder|Notes Placeholder|Slide Image Placeholder|Header Placeholder|Table|Graphic|Connector|s)?[ :：]*[0-9]{0,6}( [0-9]{1,4})?$`)

// altTexts files names, descriptions and link hints of shapes.
func (d *deck) altTexts(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		switch {
		case strings.HasSuffix(k.Name, ":cNvPr"):
			for _, a := range []string{"descr", "title"} {
				if v := strings.TrimSpace(k.Attr(a)); v != "" {
					d.hidden.Once("N03", "替代文字", document.RoleOther, v)
					d.removed.Add("替代文字", 1)
				}
			}
			if v := strings.TrimSpace(k.Attr("name")); !usualName.MatchString(v) {
				d.hidden.Once("N03", "图形名称", document.RoleOther, v)
			}
		case k.Name == "a:hlinkClick" || k.Name == "a:hlinkHover" || k.Name == "a:hlinkMouseOver":
			d.removed.Add("超链接", 1)
			if v := strings.TrimSpace(k.Attr("tooltip")); v != "" {
				d.hidden.Once("N05", "超链接", document.RoleField, v)
			}
		case k.Name == "p:cSld":
			if v := strings.TrimSpace(k.Attr("name")); v != "" && !usualLayout.MatchString(v) {
				d.hidden.Once("N01", "版式名称", document.RoleProperty, v)
			}
		}
		return true
	})
}

var usualLayout = regexp.MustCompile(`^([0-9]+_)?(标题幻灯片|标题和内容|节标题|两栏内容|比较|仅标题|空白|内容与标题|图片与标题|标题和竖排文字|竖排标题与文本|垂直排列标题与文本|自定义版式|Title Slide|Title and Content|Section Header|Two Content|Comparison|Title Only|Blank|Content with Caption|Picture with Caption|Title and Vertical Text|Vertical Title and Text|Custom Layout|Office.{0,10}|默认设计模板)?$`)

// seePictures notes the media parts that a shape shows.
func (d *deck) seePictures(n *ooxml.Node, shown bool) {
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "a:blip" {
			if rel, ok := d.pkg.RelByID(d.cur.part, k.Attr("r:embed")); ok && !rel.External && d.pkg.Has(rel.Target) {
				d.pictures[rel.Target] = true
				if shown {
					d.shown++
				}
			}
		}
		return true
	})
}
