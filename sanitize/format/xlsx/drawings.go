package xlsx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// drawings reads the drawings of a sheet, once all sheets are known.
func (b *book) drawings(s *sheet) {
	for _, r := range b.pkg.RelsOf(s.part, "drawing") {
		if !b.seen[r.Target] {
			b.drawing(s, r.Target)
		}
	}
}

// chartCache gives the values that a chart shows of the cells it refers to.
func (b *book) chartCache(ref string, numbers bool) *ooxml.Node {
	x := chartRef.FindStringSubmatch(ref)
	if x == nil {
		return nil
	}
	a, ok := parseArea(strings.ReplaceAll(x[2], "$", ""))
	if !ok || (a.r1-a.r0+1)*(a.c1-a.c0+1) > 4096 {
		return nil
	}
	out := ooxml.El("c:strCache")
	if numbers {
		out.Name = "c:numCache"
		out.Add(ooxml.El("c:formatCode").Add(ooxml.Txt("General")))
	}
	out.Add(ooxml.El("c:ptCount", "val", strconv.Itoa((a.r1-a.r0+1)*(a.c1-a.c0+1))))
	for _, s := range b.sheets {
		if s.name != strings.ReplaceAll(x[1], "''", "'") {
			continue
		}
		for _, c := range s.cells {
			if !a.holds(c.row, c.col) {
				continue
			}
			v := c.text()
			if numbers {
				v = c.value
				if !isNumber(v) || c.typ != "" && c.typ != "n" {
					continue
				}
			}
			out.Add(ooxml.El("c:pt", "idx", strconv.Itoa((c.row-a.r0)*(a.c1-a.c0+1)+c.col-a.c0)).Add(ooxml.El("c:v").Add(ooxml.Txt(v))))
		}
	}
	return out
}

// readCellImages reads the pictures that WPS keeps in cells.
func (b *book) readCellImages() {
	for _, name := range b.pkg.Names() {
		if !strings.HasSuffix(strings.ToLower(name), "cellimages.xml") {
			continue
		}
		n, err := b.pkg.XML(name)
		if err != nil {
			continue
		}
		b.seen[name] = true
		for _, p := range n.All("xdr:pic") {
			pr := p.Find("xdr:cNvPr")
			id := pr.Attr("name")
			if rel, ok := b.pkg.RelByID(name, p.Find("a:blip").Attr("r:embed")); ok && !rel.External && b.pkg.Has(rel.Target) {
				b.images[id] = rel.Target
				b.pictures[rel.Target] = true
				b.shown++
			}
			if !usualImageID.MatchString(id) {
				b.hidden.Once("N05", "单元格图片", document.RoleField, id)
			}
			for _, a := range []string{"descr", "title"} {
				if v := strings.TrimSpace(pr.Attr(a)); v != "" {
					b.hidden.Once("N03", "替代文字", document.RoleOther, v)
					b.removed.Add("替代文字", 1)
				}
			}
		}
	}
}

// drawing is a drawing part of a sheet with its anchors.
type drawing struct {
	part    string
	root    *ooxml.Node
	anchors []*ooxml.Node // to be kept
	charts  map[string]*ooxml.Chart
}

var usualShape = regexp.MustCompile(`^(图片|图像|图形|图表|文本框|矩形|圆角矩形|椭圆|直线|箭头|组合|形状|对象|Picture|Image|Text Box|TextBox|Rectangle|Oval|Line|Shape|Group|Object|Chart|Straight Connector|Diagram|Graphic|Host Control)?[ :：]*[0-9]{0,6}( [0-9]{1,4})?$`)

// drawing reads the shapes of a sheet: text, pictures, charts, alternative texts.
func (b *book) drawing(s *sheet, part string) {
	n, err := b.pkg.XML(part)
	if err != nil {
		return
	}
	b.seen[part] = true
	d := &drawing{part: part, root: n, charts: map[string]*ooxml.Chart{}}
	if !s.hidden {
		s.drawings = append(s.drawings, d)
	}
	for _, a := range n.Kids {
		if !strings.HasSuffix(a.Name, "Anchor") {
			if a.Name == "mc:AlternateContent" {
				for _, l := range ooxml.Lines(a) {
					b.hidden.Once("N05", "控件", document.RoleObject, l)
				}
			}
			continue
		}
		b.altTexts(a)
		if b.hiddenShape(s, a) {
			continue
		}
		d.anchors = append(d.anchors, a)
		b.shapes(s, d, a)
	}
}

func (b *book) hiddenShape(s *sheet, a *ooxml.Node) bool {
	hid := s.hidden
	for _, p := range a.All("xdr:cNvPr") {
		hid = hid || truth(p.Attr("hidden"))
	}
	if r, err := strconv.Atoi(a.At("xdr:from", "xdr:row").Content0()); err == nil && s.rowHidden(r) {
		if to, err := strconv.Atoi(a.At("xdr:to", "xdr:row").Content0()); err != nil || s.rowHidden(to) {
			hid = true
		}
	}
	if !hid {
		return false
	}
	text := ""
	for _, p := range a.All("a:p") {
		text += p.Content() + "\n"
	}
	b.hidden.Add("N03", "隐藏图形", document.RoleTextBox, strings.TrimSpace(text), nil)
	b.removed.Add("隐藏图形", 1)
	for _, x := range a.All("a:blip") {
		if rel, ok := b.pkg.RelByID(partOfRoot(s, b, a), x.Attr("r:embed")); ok {
			b.pictures[rel.Target] = true
		}
	}
	return true
}

func partOfRoot(s *sheet, b *book, a *ooxml.Node) string {
	for _, r := range b.pkg.RelsOf(s.part, "drawing") {
		return r.Target
	}
	return s.part
}

func (b *book) altTexts(a *ooxml.Node) {
	a.Walk(func(k *ooxml.Node) bool {
		switch {
		case strings.HasSuffix(k.Name, ":cNvPr"):
			for _, n := range []string{"descr", "title"} {
				if v := strings.TrimSpace(k.Attr(n)); v != "" && !usualShape.MatchString(v) {
					b.hidden.Once("N03", "替代文字", document.RoleOther, v)
					b.removed.Add("替代文字", 1)
				}
			}
			if v := strings.TrimSpace(k.Attr("name")); !usualShape.MatchString(v) {
				b.hidden.Once("N03", "替代文字", document.RoleOther, v)
			}
		case k.Name == "a:hlinkClick":
			if v := k.Attr("tooltip"); v != "" {
				b.hidden.Once("N05", "超链接", document.RoleField, v)
			}
		}
		return true
	})
}

func (b *book) shapes(s *sheet, d *drawing, a *ooxml.Node) {
	a.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "mc:Fallback":
			return false
		case "a:blip":
			if rel, ok := b.pkg.RelByID(d.part, k.Attr("r:embed")); ok && !rel.External && b.pkg.Has(rel.Target) {
				b.pictures[rel.Target] = true
				b.shown++
			}
		case "xdr:txBody":
			t := &ooxml.Text{ID: fmt.Sprintf("%s#box/%d", d.part, len(b.texts)), Label: "工作表 " + s.name + " 文本框", Role: document.RoleTextBox}
			for _, p := range k.Kids {
				if p.Name == "a:p" {
					t.Paragraph(p)
				}
			}
			if t.Len() > 0 {
				b.texts = append(b.texts, t)
			}
			return false
		case "c:chart":
			if rel, ok := b.pkg.RelByID(d.part, k.Attr("r:id")); ok && !rel.External && d.charts[rel.Target] == nil {
				if c, err := ooxml.ReadChart(b.pkg, rel.Target, "工作表 "+s.name+" 图表", b.chartCache); err == nil {
					d.charts[rel.Target] = c
					b.seen[rel.Target] = true
					if c.Text.Len() > 0 {
						b.texts = append(b.texts, c.Text)
					}
				}
			}
		}
		return true
	})
}
