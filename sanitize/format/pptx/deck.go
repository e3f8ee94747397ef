package pptx

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// page is a slide, a layout or a master.
type page struct {
	part   string
	root   *ooxml.Node
	number int  // of a slide, from 1
	hidden bool // slide that is not shown
	layout *page
	master *page
	theme  string
	text   *ooxml.Text
}

// deck holds a presentation while it is read, and afterwards for the rebuild.
type deck struct {
	ctx    context.Context
	pkg    *ooxml.Package
	main   string
	root   *ooxml.Node
	seen   map[string]bool
	w, h   int64 // of a slide
	slides []*page
	pages  map[string]*page // layouts and masters in use, by part
	order  []*page          // the same in order of first use

	cur      *page
	texts    []*ooxml.Text
	extraT   []*ooxml.Text // charts and diagrams of the page being read
	hidden   *ooxml.Hidden
	removed  *ooxml.Counter
	drop     map[*ooxml.Node]bool
	extra    []document.Part
	un       []document.Unchecked
	pictures map[string]bool
	shown    int
	media    int
	charts   map[string]*ooxml.Chart
	diagrams map[*ooxml.Node]*ooxml.Diagram
	chosen   map[*ooxml.Node]*ooxml.Node
}

func load(ctx context.Context, src document.Source) (*deck, error) {
	pkg, err := ooxml.Open(src.Data)
	if err != nil {
		return nil, err
	}
	main, family, err := pkg.Main()
	if err != nil {
		return nil, err
	}
	if family != "slides" {
		return nil, ooxml.ErrKind(" PowerPoint 演示文稿")
	}
	d := &deck{
		ctx: ctx, pkg: pkg, main: main, seen: map[string]bool{main: true}, pages: map[string]*page{}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(),
		drop: map[*ooxml.Node]bool{}, pictures: map[string]bool{}, charts: map[string]*ooxml.Chart{}, diagrams: map[*ooxml.Node]*ooxml.Diagram{}, chosen: map[*ooxml.Node]*ooxml.Node{},
	}
	if d.root, err = pkg.XML(main); err != nil {
		return nil, err
	}
	if d.root.Name != "p:presentation" {
		return nil, ooxml.ErrDamaged("no p:presentation")
	}
	sz := d.root.Kid("p:sldSz")
	d.w, d.h = num(sz.Attr("cx")), num(sz.Attr("cy"))
	if d.w <= 0 || d.h <= 0 {
		d.w, d.h = 9144000, 6858000
	}
	for _, n := range d.root.Kid("p:sldIdLst").All("p:sldId") {
		rel, ok := pkg.RelByID(main, n.Attr("r:id"))
		if !ok || rel.External || !pkg.Has(rel.Target) || d.seen[rel.Target] {
			continue
		}
		if err := d.addSlide(rel.Target); err != nil {
			return nil, err
		}
	}
	for _, p := range d.slides {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.readSlide(p)
	}
	for _, p := range d.order {
		d.readLayout(p)
	}
	if err := d.readRest(); err != nil {
		return nil, err
	}
	return d, nil
}

func num(s string) int64 {
	v, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

func truth(s string) bool { return s == "1" || s == "true" }

func (d *deck) addSlide(part string) error {
	root, err := d.pkg.XML(part)
	if err != nil {
		return err
	}
	d.seen[part] = true
	p := &page{part: part, root: root, number: len(d.slides) + 1}
	show := root.Attr("show")
	p.hidden = show == "0" || show == "false"
	if rs := d.pkg.RelsOf(part, "slideLayout"); len(rs) > 0 {
		if p.layout, err = d.addLayout(rs[0].Target, !p.hidden); err != nil {
			return err
		}
	}
	d.slides = append(d.slides, p)
	return nil
}

// addLayout reads a layout and its master once; those of shown slides are kept.
func (d *deck) addLayout(part string, use bool) (*page, error) {
	if p := d.pages[part]; p != nil {
		if use {
			d.use(p)
		}
		return p, nil
	}
	root, err := d.pkg.XML(part)
	if err != nil {
		return nil, err
	}
	p := &page{part: part, root: root}
	d.pages[part] = p
	if rs := d.pkg.RelsOf(part, "slideMaster"); len(rs) > 0 {
		if p.master, err = d.addMaster(rs[0].Target); err != nil {
			return nil, err
		}
	}
	if use {
		d.use(p)
	}
	return p, nil
}

// addMaster reads a master once.
func (d *deck) addMaster(part string) (*page, error) {
	if m := d.pages[part]; m != nil {
		return m, nil
	}
	root, err := d.pkg.XML(part)
	if err != nil {
		return nil, err
	}
	m := &page{part: part, root: root}
	d.pages[part] = m
	for _, t := range d.pkg.RelsOf(part, "theme") {
		m.theme = t.Target
	}
	return m, nil
}

func (d *deck) use(p *page) {
	for _, q := range []*page{p.master, p} {
		if q == nil {
			continue
		}
		there := false
		for _, o := range d.order {
			there = there || o == q
		}
		if !there {
			d.order = append(d.order, q)
			d.seen[q.part] = true
		}
	}
}

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

// document assembles what has been read.
func (d *deck) document(name string) *document.Document {
	out := &document.Document{Name: name, Kind: Kind, Pages: len(d.slides), Pictures: d.shown, Unchecked: d.un}
	for _, t := range d.texts {
		out.Parts = append(out.Parts, t.Part())
	}
	out.Parts = append(out.Parts, d.extra...)
	return out
}

// apply carries out a plan on the trees.
func (d *deck) apply(plan document.Plan) error {
	edits := ooxml.ByPart(plan)
	for _, t := range d.texts {
		es := edits[t.ID]
		delete(edits, t.ID)
		if len(es) == 0 {
			continue
		}
		gone, err := t.Apply(es)
		if err != nil {
			return err
		}
		for _, tr := range gone.Rows {
			d.dropRow(tr)
		}
		for _, p := range gone.Lines {
			d.dropPara(p)
		}
	}
	for _, p := range d.extra {
		delete(edits, p.ID)
	}
	if len(edits) > 0 {
		return ooxml.ErrRebuild("edit of an unknown part")
	}
	return nil
}

// dropPara takes a paragraph out; the last of a text body is emptied.
func (d *deck) dropPara(p *ooxml.Node) {
	others := 0
	if p.Name == "a:p" && p.Up != nil {
		for _, k := range p.Up.Kids {
			if k.Name == "a:p" && k != p && !d.drop[k] {
				others++
			}
		}
	}
	if others > 0 {
		d.drop[p] = true
		return
	}
	p.Walk(func(k *ooxml.Node) bool {
		if k.Name == "" {
			k.Text = ""
		}
		return true
	})
}

// dropRow takes a table row out; merged cells go on from the next row, and the
// last row is emptied.
func (d *deck) dropRow(tr *ooxml.Node) {
	if tr.Up == nil {
		return
	}
	var next *ooxml.Node
	left, after := 0, false
	for _, k := range tr.Up.Kids {
		switch {
		case k == tr:
			after = true
		case k.Name == "a:tr" && !d.drop[k]:
			left++
			if after && next == nil {
				next = k
			}
		}
	}
	if left == 0 {
		tr.Walk(func(k *ooxml.Node) bool {
			if k.Name == "" {
				k.Text = ""
			}
			return true
		})
		return
	}
	d.drop[tr] = true
	if next == nil {
		return
	}
	cells := next.All("a:tc")
	for i, c := range tr.All("a:tc") {
		span := num(c.Attr("rowSpan"))
		if span > 1 && i < len(cells) && truth(cells[i].Attr("vMerge")) {
			cells[i].DropAttr("vMerge")
			if span > 2 {
				cells[i].SetAttr("rowSpan", strconv.FormatInt(span-1, 10))
			}
		}
	}
}
