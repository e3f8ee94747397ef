package pptx

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// readSlide reads the shapes, notes and comments of a slide.
func (d *deck) readSlide(p *page) {
	d.cur = p
	label := fmt.Sprintf("幻灯片 %d", p.number)
	d.altTexts(p.root)
	if p.hidden {
		text := gather(p.root)
		d.removed.Add("隐藏幻灯片", 1)
		if text != "" {
			d.extra = append(d.extra, document.Part{
				ID: p.part, Label: label + "（隐藏）", Role: document.RoleBody,
				Hidden: &document.Hiding{Rule: "N03", Kind: "隐藏幻灯片"}, Text: text,
			})
		}
		d.seePictures(p.root, false)
		d.hiddenGraphics(p)
	} else {
		p.text = &ooxml.Text{ID: p.part, Label: label, Role: document.RoleBody}
		d.shapes(p.text, p.root.At("p:cSld", "p:spTree"), identity)
		d.seePictures(p.root.At("p:cSld", "p:bg"), true)
		d.finish(p.text)
	}
	for _, r := range d.pkg.RelsOf(p.part, "notesSlide") {
		d.notes(p, r.Target)
	}
	for _, r := range d.pkg.RelsOf(p.part, "comments") {
		d.comments(p, r.Target)
	}
}

// hiddenGraphics marks the charts and diagrams of a hidden slide as hidden text.
func (d *deck) hiddenGraphics(p *page) {
	p.root.Walk(func(n *ooxml.Node) bool {
		switch n.Name {
		case "c:chart":
			if rel, ok := d.pkg.RelByID(p.part, n.Attr("r:id")); ok && !rel.External {
				if c, err := ooxml.ReadChart(d.pkg, rel.Target, "", nil); err == nil {
					d.seen[rel.Target] = true
					d.hidden.Add("N03", "隐藏幻灯片图表", document.RoleBody, strings.TrimSpace(c.Text.String()), nil)
				}
			}
		case "dgm:relIds":
			if g := ooxml.ReadDiagram(d.pkg, p.part, n, ""); g != nil {
				for _, q := range g.Parts {
					d.seen[q] = true
				}
				d.hidden.Add("N03", "隐藏幻灯片图表", document.RoleBody, strings.TrimSpace(g.Text.String()+g.Hidden), nil)
			}
		}
		return true
	})
}

func (d *deck) finish(t *ooxml.Text) {
	ooxml.LabelCells(t.Cells, t.String())
	if strings.TrimSpace(t.String()) != "" {
		t.Marks = marks(t)
		d.texts = append(d.texts, t)
	}
	d.texts = append(d.texts, d.extraT...)
	d.extraT = nil
}

// marks gives the first and last lines of a page, where a classification would stand.
func marks(t *ooxml.Text) []document.Span {
	var out []document.Span
	for i, l := range t.Lines {
		if l.Len() > 0 && (i < 3 || i >= len(t.Lines)-2) {
			out = append(out, l.Span)
		}
	}
	return out
}

// readLayout reads what a layout or master shows on slides; the prompts of its
// placeholders show nowhere.
func (d *deck) readLayout(p *page) {
	d.cur = p
	label := "母版"
	if p.root.Name == "p:sldLayout" {
		label = "版式"
	}
	n := 1
	for _, q := range d.order {
		if q == p {
			break
		}
		if q.root.Name == p.root.Name {
			n++
		}
	}
	d.altTexts(p.root)
	p.text = &ooxml.Text{ID: p.part, Label: fmt.Sprintf("%s %d", label, n), Role: document.RoleHeader}
	tree := p.root.At("p:cSld", "p:spTree")
	d.prompts(tree)
	d.shapes(p.text, tree, identity)
	d.seePictures(p.root.At("p:cSld", "p:bg"), true)
	d.finish(p.text)
}

// prompts takes the text out of placeholders of layouts and masters.
func (d *deck) prompts(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name != "p:sp" {
			return true
		}
		if k.At("p:nvSpPr", "p:nvPr", "p:ph") == nil {
			return false
		}
		body := k.Kid("p:txBody")
		if body == nil {
			return false
		}
		for _, para := range body.Kids {
			if para.Name != "a:p" {
				continue
			}
			s := ""
			for _, r := range para.Kids {
				if r.Name == "a:r" || r.Name == "a:fld" && r.Attr("type") != "slidenum" {
					d.drop[r] = true
					s += r.Kid("a:t").Content()
				}
			}
			if s = strings.TrimSpace(s); s != "" && !usualPrompt(s) && !datey.MatchString(s) {
				d.hidden.Once("N03", "版式占位提示", document.RoleOther, s)
			}
		}
		return false
	})
}

var promptWords = []string{
	"单击", "点击", "编辑", "母版", "文本样式", "第二级", "第三级", "第四级", "第五级", "二级", "三级", "四级", "五级", "Click to", "Edit Master", "Second level", "Third level",
	"Fourth level", "Fifth level", "级", "在此处", "添加", "标题", "副标题", "图标", "图片", "日期", "页脚", "‹#›", "<#>", "Master", "Subtitle", "Title", "Text",
}

func usualPrompt(s string) bool {
	if len([]rune(s)) > 24 {
		return false
	}
	for _, w := range promptWords {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func (d *deck) notes(p *page, part string) {
	n, err := d.pkg.XML(part)
	if err != nil {
		return
	}
	d.seen[part] = true
	d.altTexts(n)
	var lines []string
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "p:sp" {
			if t := k.At("p:nvSpPr", "p:nvPr", "p:ph").Attr("type"); t == "sldNum" {
				return false
			}
		}
		if k.Name == "a:p" {
			if s := k.Content(); strings.TrimSpace(s) != "" {
				lines = append(lines, s)
			}
			return false
		}
		return true
	})
	d.removed.Add("备注", 1)
	if len(lines) > 0 {
		d.extra = append(d.extra, document.Part{
			ID: part, Label: fmt.Sprintf("备注 %d", p.number), Role: document.RoleNote,
			Hidden: &document.Hiding{Rule: "N03", Kind: "备注"}, Text: strings.Join(lines, "\n"),
		})
	}
}

// comments reads the older comments; newer ones come with the general reading.
func (d *deck) comments(p *page, part string) {
	n, err := d.pkg.XML(part)
	if err != nil || n.Name != "p:cmLst" {
		return
	}
	d.seen[part] = true
	who := map[string]string{}
	for _, r := range d.pkg.RelsOf(d.main, "commentAuthors") {
		if a, err := d.pkg.XML(r.Target); err == nil {
			d.seen[r.Target] = true
			for _, k := range a.All("p:cmAuthor") {
				v := k.Attr("name")
				if i := k.Attr("initials"); i != "" && i != v {
					v += "（" + i + "）"
				}
				who[k.Attr("id")] = v
			}
		}
	}
	for _, c := range n.All("p:cm") {
		d.removed.Add("批注", 1)
		text := c.Kid("p:text").Content()
		if a := who[c.Attr("authorId")]; a != "" {
			text = a + "：" + text
		}
		d.hidden.Add("N02", "批注", document.RoleComment, fmt.Sprintf("幻灯片 %d ", p.number)+text, nil)
	}
}
