package odf

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

// drawing reads a shape: its text, its picture, its names.
func (f *flow) drawing(k *node) {
	r := f.r
	r.shapeName(k)
	switch k.Name {
	case "draw:image":
		r.picture(k)
		return
	case "draw:object", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame":
		r.object(k)
		return
	case "draw:control":
		r.drop[k] = true
		r.removed.Add("控件", 1)
		return
	case "draw:a":
		r.hide("N05", "超链接", document.RoleField, k.Attr("xlink:href"))
		r.hide("N05", "超链接", document.RoleField, k.Attr("office:title"))
		r.through[k] = true
	}
	if strings.HasPrefix(k.Name, "dr3d:") {
		r.removed.Add("三维图形", 1)
		r.doom(k, "N03", "三维图形", document.RoleOther)
		return
	}
	if k.Attr("draw:display") == "none" || k.Attr("drawooo:display") == "none" {
		r.doom(k, "N03", "隐藏图形", document.RoleTextBox)
		return
	}
	if far(k) {
		r.doom(k, "N03", "页面外图形", document.RoleTextBox)
		return
	}
	l := f.look
	f.look = r.shapeLook(l, k)
	for _, c := range k.Kids {
		f.shapeKid(c)
	}
	f.look = l
}

// far tells shapes that stand beyond any page.
func far(k *node) bool {
	const most = 4000 // points
	for _, a := range []string{"svg:x", "svg:y"} {
		if p := points(k.Attr(a)); k.HasAttr(a) && (p > most || p < -most/2) {
			return true
		}
	}
	return false
}

func (f *flow) shapeKid(c *node) {
	r := f.r
	switch c.Name {
	case "":
	case "text:p", "text:h", "text:list", "table:table", "text:section", "text:table-of-content", "office:annotation", "office:annotation-end", "office:forms":
		f.block(c)
	case "svg:title", "svg:desc":
		r.doom(c, "N03", "替代文字", document.RoleOther)
	case "office:event-listeners":
		walk(c, func(e *node) bool {
			r.hide("N05", "超链接", document.RoleField, e.Attr("xlink:href"))
			return true
		})
		r.drop[c] = true
	case "draw:image-map":
		walk(c, func(e *node) bool {
			r.hide("N05", "超链接", document.RoleField, e.Attr("xlink:href"))
			return true
		})
		r.doom(c, "N03", "替代文字", document.RoleOther)
	case "draw:enhanced-geometry", "draw:glue-point", "draw:contour-polygon", "draw:contour-path", "loext:table-template":
		if s := content(c); s != "" {
			r.doom(c, "N03", "其他隐藏内容", document.RoleOther)
		}
	case "loext:p": // the text of a shape, written a second time
		r.doom(c, "N03", "替代内容", document.RoleOther)
	default:
		if p := prefix(c.Name); p == "draw" || p == "dr3d" {
			f.drawing(c)
			return
		}
		r.doom(c, "N03", "其他隐藏内容", document.RoleOther)
	}
}

// shapeLook is how the text of a shape looks before its own styles are asked.
func (r *reader) shapeLook(l look, k *node) look {
	switch k.Name {
	case "draw:text-box", "draw:g", "draw:a": // stand where the frame or the shapes in them stand
	default:
		l.unknown = l.unknown || r.over(k)
	}
	if v := k.Attr("draw:style-name"); v != "" {
		l = r.cur.over(l, "graphic", v)
	}
	if v := k.Attr("presentation:style-name"); v != "" {
		l = r.cur.over(l, "presentation", v)
	}
	if v := k.Attr("draw:text-style-name"); v != "" {
		l = r.cur.over(l, "paragraph", v)
	}
	return l
}

func (r *reader) shapeName(k *node) {
	if n := k.Attr("draw:name"); n != "" && !ooxml.SafeValue(n) && strings.IndexFunc(n, func(c rune) bool { return c >= 0x2E80 }) >= 0 {
		r.hide("N03", "图形名称", document.RoleOther, n)
	}
	for _, a := range []string{"draw:caption-id", "presentation:verb", "draw:chain-next-name"} {
		r.name("图形名称", k.Attr(a))
	}
}

func (r *reader) picture(k *node) {
	href := target(k)
	r.seen[href] = true
	for _, c := range k.Kids {
		if c.Name != "office:binary-data" && c.Name != "" {
			r.doom(c, "N03", "其他隐藏内容", document.RoleOther)
		}
	}
	b := r.p.files[href]
	if b == nil && href != "" {
		r.hide("N05", "外部链接", document.RoleField, href)
	}
	if strings.Contains(href, "ObjectReplacements") {
		return
	}
	r.doc.Pictures++
	r.hide("N04", "图片 EXIF", document.RoleProperty, ooxml.PictureMeta(b))
}

// object reads an embedded object: one of this format by its content part, others as raw text.
func (r *reader) object(k *node) {
	r.drop[k] = true
	r.tell(k)
	r.objects++
	href := target(k)
	text := content(k)
	whole := false
	for _, n := range r.p.names {
		if n != href && !strings.HasPrefix(n, href+"/") || href == "" {
			continue
		}
		r.seen[n] = true
		b := r.p.files[n]
		if strings.HasSuffix(n, "content.xml") {
			if root, err := parse(b); err == nil {
				text += content(root) + "\n"
				whole = true
			}
		} else if n == href {
			m := document.OpenMember(r.ctx, document.Source{Name: fmt.Sprintf("嵌入对象 %d", r.objects), Data: b})
			r.doc.Members = append(r.doc.Members, m)
			whole = m.Refused == nil
			text += strings.Join(ole.Readable(b), "\n")
		}
	}
	if !whole {
		r.unread++
	}
	r.hide("N05", "嵌入对象", document.RoleObject, fmt.Sprintf("嵌入对象 %d\n%s", r.objects, text))
}
