package odf

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// slides reads the pages of a presentation; hidden pages and notes are hidden parts.
func (r *reader) slides(n *node) {
	num := 0
	for _, k := range n.Kids {
		if k.Name == "draw:page" {
			num++
			r.slide(k, num)
		}
	}
	r.decls(n)
	for _, k := range n.Kids {
		switch k.Name {
		case "", "draw:page", "presentation:footer-decl", "presentation:header-decl", "presentation:date-time-decl":
		default:
			r.declared(k)
		}
	}
}

func (r *reader) slide(k *node, num int) {
	style := k.Attr("draw:style-name")
	if r.cur.prop("drawing-page", style, "drawing-page", "presentation:visibility") == "hidden" {
		for _, c := range k.All("presentation:notes") {
			r.doom(c, "N03", "备注", document.RoleNote)
		}
		r.doom(k, "N03", "隐藏幻灯片", document.RoleBody)
		return
	}
	master := r.master(k.Attr("draw:master-page-name"))
	f := r.flow(fmt.Sprintf("slide/%d", num), fmt.Sprintf("幻灯片 %d", num), document.RoleBody)
	f.look = r.slideGround(k, master)
	r.base = f.look
	r.doc.Pages++
	if n := k.Attr("draw:name"); n != "" && strings.IndexFunc(n, func(c rune) bool { return c >= 0x2E80 }) >= 0 {
		r.hide("N03", "幻灯片名称", document.RoleOther, n)
	}
	w, h := r.pageSize(master)
	for _, c := range k.Kids {
		switch {
		case c.Name == "":
		case c.Name == "presentation:notes":
			r.doom(c, "N03", "备注", document.RoleNote)
		case c.Name == "office:annotation" || c.Name == "officeooo:annotation":
			r.annotation(c)
		case prefix(c.Name) == "anim" || c.Name == "presentation:animations":
			r.drop[c] = true
			r.removed.Add("动画", 1)
		case c.Name == "draw:layer-set" || c.Name == "office:forms":
			r.declared(c)
		case offPage(c, w, h):
			r.doom(c, "N03", "页面外图形", document.RoleTextBox)
		case prefix(c.Name) == "draw" || prefix(c.Name) == "dr3d":
			f.drawing(c)
			f.pendingLine()
		default:
			r.doom(c, "N03", "其他隐藏内容", document.RoleOther)
		}
	}
}

func (f *flow) pendingLine() {
	if f.t.Len() > 0 && f.pending == 0 {
		f.pending = '\n'
	}
}

// master gives the master page of that name, or nil.
func (r *reader) master(name string) *node {
	if m := r.sheet.Kid("office:master-styles"); m != nil {
		for _, k := range m.Kids {
			if k.Name == "style:master-page" && k.Attr("style:name") == name {
				return k
			}
		}
	}
	return nil
}

// pageSize gives width and height in points; 0 where they are not said.
func (r *reader) pageSize(master *node) (float64, float64) {
	a := r.sheet.Kid("office:automatic-styles")
	if a == nil {
		return 0, 0
	}
	for _, k := range a.Kids {
		if k.Name == "style:page-layout" && k.Attr("style:name") == master.Attr("style:page-layout-name") {
			p := k.Kid("style:page-layout-properties")
			if p.HasAttr("fo:page-width") && p.HasAttr("fo:page-height") {
				return points(p.Attr("fo:page-width")), points(p.Attr("fo:page-height"))
			}
		}
	}
	return 0, 0
}

// offPage tells shapes that stand beside their page.
func offPage(k *node, w, h float64) bool {
	if w == 0 || h == 0 || k.HasAttr("draw:transform") || !k.HasAttr("svg:x") || !k.HasAttr("svg:y") || !k.HasAttr("svg:width") || !k.HasAttr("svg:height") {
		return false
	}
	x, y := points(k.Attr("svg:x")), points(k.Attr("svg:y"))
	return x >= w || y >= h || x+max(0, points(k.Attr("svg:width"))) <= 0 || y+max(0, points(k.Attr("svg:height"))) <= 0
}

// slideGround is what the text of a slide stands on. Pictures and coloured shapes
// are noted with their places: text over one of them is not called white on white.
func (r *reader) slideGround(page, master *node) look {
	var l look
	own := readStyles(r.sheet.Kid("office:styles"), r.sheet.Kid("office:automatic-styles"))
	if v := page.Attr("draw:style-name"); v != "" {
		l = r.cur.over(l, "drawing-page", v)
	}
	if l.ground == "" {
		l = own.over(l, "drawing-page", master.Attr("draw:style-name"))
		l = own.over(l, "presentation", master.Attr("style:name")+"-background")
	}
	r.below = nil
	r.noteGrounds(page, r.cur)
	if master != page {
		r.noteGrounds(master, own)
	}
	return l
}

// area is where a shape stands, in points; one without a place covers the page.
type area struct {
	n              *node
	x0, y0, x1, y1 float64
}

func areaOf(k *node) area {
	a := area{k, -1e6, -1e6, 1e6, 1e6}
	for up := k; up != nil; up = up.Up {
		if up.HasAttr("draw:transform") {
			return a
		}
	}
	for k.Up != nil && k.Name == "draw:image" {
		k = k.Up
	}
	if k.HasAttr("svg:x") && k.HasAttr("svg:y") && k.HasAttr("svg:width") && k.HasAttr("svg:height") {
		a.x0, a.y0 = points(k.Attr("svg:x")), points(k.Attr("svg:y"))
		a.x1, a.y1 = a.x0+points(k.Attr("svg:width")), a.y0+points(k.Attr("svg:height"))
	}
	return a
}

// noteGrounds lists what on a page colours the ground of other shapes.
func (r *reader) noteGrounds(page *node, by *styles) {
	walk(page, func(k *node) bool {
		if k.Name == "presentation:notes" || promptClasses[k.Attr("presentation:class")] && page.Name == "style:master-page" {
			return false
		}
		var g look
		if v := k.Attr("draw:style-name"); v != "" {
			g = by.over(g, "graphic", v)
		}
		if v := k.Attr("presentation:style-name"); v != "" {
			g = by.over(g, "presentation", v)
		}
		if k.Name == "draw:image" || prefix(k.Name) == "draw" && (g.unknown || g.ground != "" && !white(g.ground)) {
			r.below = append(r.below, areaOf(k))
		}
		return true
	})
}

// over tells whether a shape stands on another one that colours its ground.
func (r *reader) over(k *node) bool {
	a := areaOf(k)
	for _, b := range r.below {
		if b.n != k && a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 {
			return true
		}
	}
	return false
}

// decls reads the texts of headers and footers of slides, which pages refer to by name.
func (r *reader) decls(n *node) {
	var f *flow
	for _, k := range n.Kids {
		kind, ok := strings.CutSuffix(strings.TrimPrefix(k.Name, "presentation:"), "-decl")
		if !ok || kind != "footer" && kind != "header" && kind != "date-time" {
			continue
		}
		if !r.declUsed(n, kind, k.Attr("presentation:name")) {
			r.doom(k, "N03", "未启用的页眉页脚", document.RoleFooter)
			continue
		}
		if f == nil {
			f = r.flow("footers", "幻灯片页脚", document.RoleFooter)
		}
		f.inline(k, look{}, k)
		f.pendingSep()
	}
}

func (f *flow) pendingSep() {
	if f.t.Len() > 0 {
		f.t.AddSep('\n')
	}
	f.pending = 0
}

// declUsed tells whether a page shows that text.
func (r *reader) declUsed(n *node, kind, name string) bool {
	for _, p := range n.Kids {
		if p.Name != "draw:page" || r.drop[p] || p.Attr("presentation:use-"+kind+"-name") != name {
			continue
		}
		if r.cur.prop("drawing-page", p.Attr("draw:style-name"), "drawing-page", "presentation:display-"+kind) != "false" {
			return true
		}
	}
	return false
}

// masters reads what stands in styles.xml: headers and footers of texts and sheets,
// what the masters of a presentation print on each slide.
func (r *reader) masters() {
	r.cur = readStyles(r.sheet.Kid("office:styles"), r.sheet.Kid("office:automatic-styles"))
	m := r.sheet.Kid("office:master-styles")
	if m == nil {
		return
	}
	if r.kind == Presentation {
		r.deckMasters(m)
		return
	}
	r.base = r.pageGround()
	heads := r.flow("header", "页眉", document.RoleHeader)
	feet := r.flow("footer", "页脚", document.RoleFooter)
	used := r.usedMasters(m)
	for _, p := range m.Kids {
		if p.Name != "style:master-page" {
			if p.Name != "" {
				r.doom(p, "N03", "母版文字", document.RoleOther)
			}
			continue
		}
		if !used[p.Attr("style:name")] {
			for _, k := range p.Kids {
				r.doom(k, "N03", "未启用的页眉页脚", document.RoleHeader)
			}
			continue
		}
		for _, k := range p.Kids {
			switch k.Name {
			case "":
			case "style:header", "style:header-left", "style:header-first":
				r.margin(heads, k)
			case "style:footer", "style:footer-left", "style:footer-first":
				r.margin(feet, k)
			default:
				r.doom(k, "N03", "母版文字", document.RoleOther)
			}
		}
	}
}

// usedMasters are the page styles of a text or workbook that some page may have: the
// usual ones, those that a style in use names, and what follows them.
func (r *reader) usedMasters(m *node) map[string]bool {
	used := map[string]bool{"Standard": true, "Default": true}
	for _, h := range r.holders() {
		for _, n := range h.Kids {
			used[n.Attr("style:master-page-name")] = true
		}
	}
	walk(r.content.Kid("office:body"), func(k *node) bool {
		used[k.Attr("text:master-page-name")] = true
		return true
	})
	for range m.Kids {
		for _, p := range m.Kids {
			if used[p.Attr("style:name")] {
				used[p.Attr("style:next-style-name")] = true
			}
		}
	}
	if p := m.Kid("style:master-page"); !hasMaster(m, "Standard") && !hasMaster(m, "Default") {
		used[p.Attr("style:name")] = true // the first one is taken
	}
	return used
}

func hasMaster(m *node, name string) bool {
	for _, p := range m.Kids {
		if p.Attr("style:name") == name {
			return true
		}
	}
	return false
}

func (r *reader) margin(f *flow, k *node) {
	if k.Attr("style:display") == "false" {
		r.doom(k, "N03", "未启用的页眉页脚", document.RoleHeader)
		return
	}
	f.look = r.base
	for _, c := range k.Kids {
		switch c.Name {
		case "style:region-left", "style:region-center", "style:region-right":
			f.blocks(c)
		case "":
		default:
			f.block(c)
		}
	}
}

// promptClasses are frames of a master whose text only stands for that of the slides.
var promptClasses = map[string]bool{"title": true, "subtitle": true, "outline": true, "text": true, "notes": true, "page": true, "handout": true, "object": true, "graphic": true, "chart": true, "table": true, "orgchart": true}

func (r *reader) deckMasters(m *node) {
	used := map[string]bool{}
	walk(r.content.Kid("office:body"), func(k *node) bool {
		if k.Name == "draw:page" && !r.drop[k] {
			used[k.Attr("draw:master-page-name")] = true
		}
		return k.Name != "draw:page"
	})
	r.prints = r.flow("masters", "母版文字", document.RoleTextBox)
	for _, p := range m.Kids {
		switch {
		case p.Name == "" || p.Name == "draw:layer-set":
			r.drop[p] = true
		case p.Name != "style:master-page":
			r.prompt(p)
		case !used[p.Attr("style:name")]:
			r.prompt(p)
		default:
			r.deckMaster(p)
		}
	}
}

func (r *reader) deckMaster(p *node) {
	f := r.prints
	f.look = r.slideGround(p, p)
	r.base = f.look
	w, h := r.pageSize(p)
	for _, k := range p.Kids {
		switch {
		case k.Name == "":
		case k.Name == "presentation:notes" || promptClasses[k.Attr("presentation:class")]:
			r.prompt(k)
		case prefix(k.Name) == "draw" && offPage(k, w, h):
			r.doom(k, "N03", "页面外图形", document.RoleTextBox)
		case prefix(k.Name) == "draw":
			f.drawing(k)
			f.pendingLine()
		default:
			r.prompt(k)
		}
	}
}

// prompts are what masters say where text is to be put in.
var prompts = []string{"单击", "点击", "按鼠标", "编辑母版", "第二", "第三", "第四", "第五", "第六", "第七", "二级", "三级", "四级", "五级", "Click to", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Edit Master", "<", "‹", "*"}

// prompt leaves out what a master holds to be written over, and files what is no prompt.
func (r *reader) prompt(n *node) {
	r.drop[n] = true
	r.tell(n)
	n.Walk(func(k *node) bool {
		switch k.Name {
		case "draw:image":
			r.seen[target(k)] = true
		case "text:p", "text:h":
			s := content(k)
			usual := s == ""
			for _, p := range prompts {
				usual = usual || strings.HasPrefix(s, p)
			}
			if !usual && !ooxml.SafeValue(s) {
				r.hide("N03", "母版提示文字", document.RoleOther, s)
			}
			return false
		}
		return true
	})
}
