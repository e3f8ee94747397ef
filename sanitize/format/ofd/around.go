package ofd

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
	"jinggao/sanitize/format/pdf"
)

// around reads what a document holds besides its pages.
func (r *reading) around(ctx context.Context, d *doc, i int) {
	id := func(s string) string { return fmt.Sprintf("ofd/%d/%s", i, s) }
	info := kid(d.body, "DocInfo")
	var properties, custom []string
	for _, e := range infoElements(info) {
		if e.Tag == "CustomDatas" {
			for _, c := range kids(e, "CustomData") {
				custom = append(custom, strings.TrimSpace(attr(c, "Name")+"："+text(c)))
			}
			continue
		}
		if e.Tag != "DocID" && e.Tag != "CreationDate" && e.Tag != "ModDate" {
			properties = append(properties, text(e))
		}
	}
	r.hiddenPart(id("info"), "文档属性（文档信息）", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "文档属性"}, properties)
	r.hiddenPart(id("custom"), "自定义数据 CustomData", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "自定义数据"}, custom)
	r.hiddenPart(id("outline"), "大纲（书签）", document.RoleOther, document.Hiding{Rule: "N01", Kind: "大纲"}, allStrings(kid(d.root, "Outlines")))
	r.hiddenPart(id("bookmarks"), "书签", document.RoleOther, document.Hiding{Rule: "N01", Kind: "书签"}, allStrings(kid(d.root, "Bookmarks")))
	r.hiddenPart(id("actions"), "动作和链接", document.RoleField, document.Hiding{Rule: "N05", Kind: "链接"}, allStrings(kid(d.root, "Actions")))
	r.hiddenPart(id("extensions"), "扩展信息", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "扩展信息"}, allStrings(kid(d.root, "Extensions")))
	r.annotations(d, id("annotations"))
	r.attachments(ctx, d, i)
	r.tags(d, id("tags"))
	r.signatures(d, id("signatures"))
	r.pictureMeta(d, id("pictures"))
	r.hiddenPart(id("besides"), "页面和资源中的附加内容", document.RoleOther, document.Hiding{Rule: "N01", Kind: "附加内容"}, wordsOnly(r.besides(d)))
	var links []string
	for _, g := range d.pages {
		links = append(links, actions(g.root)...)
	}
	r.hiddenPart(id("page-actions"), "页面链接", document.RoleField, document.Hiding{Rule: "N05", Kind: "链接"}, links)
}

func infoElements(e *etree.Element) []*etree.Element {
	if e == nil {
		return nil
	}
	return e.ChildElements()
}

// allStrings gives every text and every wordy attribute below an element.
func allStrings(e *etree.Element) []string {
	if e == nil {
		return nil
	}
	var out []string
	for _, a := range e.Attr {
		if a.Space != "xmlns" && a.Key != "xmlns" && wordy(a.Key, a.Value) {
			out = append(out, a.Value)
		}
	}
	for _, t := range e.Child {
		switch v := t.(type) {
		case *etree.CharData:
			out = append(out, v.Data)
		case *etree.Comment:
			out = append(out, v.Data)
		case *etree.Element:
			out = append(out, allStrings(v)...)
		}
	}
	return out
}

// dull are the attributes that say nothing about anybody.
var dull = map[string]bool{
	"ID": true, "Boundary": true, "CTM": true, "Type": true, "Subtype": true, "PageID": true, "PageRef": true, "TypeID": true,
	"LastModDate": true, "CreationDate": true, "ModDate": true, "Visible": true, "Format": true, "Size": true, "Font": true,
	"DeltaX": true, "DeltaY": true, "X": true, "Y": true, "Event": true, "BaseLoc": true, "FileRef": true, "version": true, "Version": true,
	"ResourceID": true, "ImageMask": true, "TemplateID": true, "Charset": true, "Value": true, "ColorSpace": true, "Alpha": true, "ReadOnly": true, "Print": true, "Count": true, "Expanded": true,
}

func wordy(key, value string) bool { return !dull[key] && strings.TrimSpace(value) != "" }

// actions gives the targets of the actions below an element.
func actions(e *etree.Element) []string {
	if e == nil {
		return nil
	}
	var out []string
	for _, c := range e.ChildElements() {
		if c.Tag == "Actions" || c.Tag == "Action" {
			out = append(out, allStrings(c)...)
			continue
		}
		out = append(out, actions(c)...)
	}
	return out
}

// annotations reads remarks, parameters and the text that annotations draw.
func (r *reading) annotations(d *doc, id string) {
	at := r.f.p.find(d.at, text(kid(d.root, "Annotations")))
	var lines []string
	for _, g := range kids(r.f.p.tree(at), "Page") {
		part := r.f.p.find(at, text(kid(g, "FileLoc")))
		root := r.f.p.tree(part)
		if root == nil {
			if len(r.f.p.parts[part]) > 0 {
				lines = append(lines, bareText(r.f.p.parts[part])...)
			}
			continue
		}
		for _, a := range kids(root, "Annot") {
			lines = append(lines, annotation(d, a)...)
			for _, p := range kids(a, "Appearance") {
				c := &canvas{d: d}
				c.children(p, matrix{a: 1, d: 1}, false, 0)
				r.d.Pictures += len(c.pictures)
			}
		}
	}
	r.hiddenPart(id, "批注（注释）", document.RoleComment, document.Hiding{Rule: "N02", Kind: "批注"}, lines)
}

func annotation(d *doc, a *etree.Element) []string {
	var out []string
	for _, x := range a.Attr {
		if x.Space != "xmlns" && wordy(x.Key, x.Value) {
			out = append(out, x.Value)
		}
	}
	for _, e := range a.ChildElements() {
		if e.Tag != "Appearance" {
			out = append(out, allStrings(e)...)
			continue
		}
		c := &canvas{d: d}
		c.children(e, matrix{a: 1, d: 1}, false, 0)
		how := make([]concealment, len(c.glyphs))
		out = append(out, string(c.arrange(how, shown, rect{0, 0, 1000, 1000}, false).text))
		out = append(out, actions(e)...)
	}
	return out
}

func (r *reading) attachments(ctx context.Context, d *doc, i int) {
	at := r.f.p.find(d.at, text(kid(d.root, "Attachments")))
	var names []string
	for k, e := range kids(r.f.p.tree(at), "Attachment") {
		loc := r.f.p.find(at, text(kid(e, "FileLoc")))
		name := attr(e, "Name")
		if name == "" {
			name = path.Base(loc)
		}
		names = append(names, attr(e, "Name"), attr(e, "Usage"), path.Base(text(kid(e, "FileLoc"))))
		if ext := path.Ext(loc); ext != "" && path.Ext(name) == "" {
			name += ext
		}
		r.attached(ctx, fmt.Sprintf("ofd/%d/attachment/%d", i, k), name, r.f.p.parts[loc])
	}
	r.hiddenPart(fmt.Sprintf("ofd/%d/attachments", i), "附件名称", document.RoleObject, document.Hiding{Rule: "N05", Kind: "附件"}, names)
}

func (r *reading) attached(ctx context.Context, id, name string, data []byte) {
	parts, unchecked := pdf.AttachmentParts(ctx, id, name, data)
	r.d.Parts = append(r.d.Parts, parts...)
	r.d.Unchecked = append(r.d.Unchecked, unchecked...)
}

func (r *reading) tags(d *doc, id string) {
	at := r.f.p.find(d.at, text(kid(d.root, "CustomTags")))
	var lines []string
	for _, t := range kids(r.f.p.tree(at), "CustomTag") {
		lines = append(lines, attr(t, "NameSpace"))
		for _, name := range []string{"FileLoc", "SchemaLoc"} {
			part := r.f.p.find(at, text(kid(t, name)))
			lines = append(lines, r.textOf(part)...)
		}
	}
	r.hiddenPart(id, "自定义标引 CustomTag", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "自定义标引"}, wordsOnly(lines))
}

// textOf gives the texts of an XML part, also of one that is not well-formed.
func (r *reading) textOf(part string) []string {
	if root := r.f.p.tree(part); root != nil {
		return allStrings(root)
	}
	return bareText(r.f.p.parts[part])
}

// bareText strips tags without parsing.
func bareText(b []byte) []string {
	var out []string
	for _, s := range strings.Split(strings.ToValidUTF8(string(b), ""), "<") {
		if i := strings.IndexByte(s, '>'); i >= 0 {
			s = s[i+1:]
		}
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// wordsOnly leaves out plain object numbers.
func wordsOnly(lines []string) []string {
	var out []string
	for _, l := range lines {
		if len([]rune(strings.TrimSpace(l))) > 5 || strings.Trim(l, "0123456789 ") != "" {
			out = append(out, l)
		}
	}
	return out
}

func (r *reading) signatures(d *doc, id string) {
	at := r.f.p.find("OFD.xml", text(kid(d.body, "Signatures")))
	var lines []string
	n := 0
	for _, s := range kids(r.f.p.tree(at), "Signature") {
		n++
		part := r.f.p.find(at, attr(s, "BaseLoc"))
		info := kid(r.f.p.tree(part), "SignedInfo")
		if p := kid(info, "Provider"); p != nil {
			lines = append(lines, attr(p, "ProviderName"), attr(p, "Company"))
		}
		if seal := kid(info, "Seal"); seal != nil {
			r.f.p.find(part, text(kid(seal, "BaseLoc")))
		}
		r.f.p.find(part, text(kid(r.f.p.tree(part), "SignedValue")))
	}
	if n > 0 && len(lines) == 0 {
		lines = append(lines, fmt.Sprintf("签名 %d 个", n))
	}
	r.hiddenPart(id, "数字签名", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "数字签名"}, lines)
	if n > 0 {
		r.unchecked("object", fmt.Sprintf("数字签名和印章 %d 个未读取", n))
	}
}

func (r *reading) pictureMeta(d *doc, id string) {
	var lines []string
	for _, key := range sortedKeys(d.media) {
		m := d.media[key]
		lines = append(lines, ooxml.PictureMeta(r.f.p.parts[m.file]))
		if m.kind != "Image" && m.file != "" {
			r.unchecked("object", "多媒体文件 1 个未读取")
		}
	}
	r.hiddenPart(id, "图片元数据", document.RoleProperty, document.Hiding{Rule: "N04", Kind: "图片元数据"}, lines)
}

// besides gives what pages, templates and resources hold that is not drawn: strange
// elements and attributes, text in patterns, and objects that no page uses.
func (r *reading) besides(d *doc) []string {
	var out []string
	for _, g := range d.pages {
		if g.root != nil {
			out = append(out, unlisted(g.root)...)
		}
	}
	for _, id := range sortedKeys(d.templates) {
		switch t := d.templates[id]; {
		case t.root == nil:
		case r.seen[t.root]:
			out = append(out, unlisted(t.root)...)
		default:
			out = append(append(out, unlisted(t.root)...), textCodes(t.root)...)
		}
	}
	for _, id := range sortedKeys(d.composite) {
		unit := d.composite[id]
		if out = append(out, unlisted(unit)...); !r.seen[unit] {
			out = append(out, textCodes(unit)...)
		}
	}
	for _, id := range sortedKeys(d.paints) {
		out = append(out, unlisted(d.paints[id])...)
	}
	common := kid(d.root, "CommonData")
	for _, e := range kids(common, "TemplatePage") {
		out = append(out, attr(e, "Name"))
	}
	for _, e := range append(r.f.p.spaces(), kids(common, "PageArea")...) {
		out = append(out, unlisted(e)...)
	}
	return out
}

// leftovers reads the parts that nothing refers to.
func (r *reading) leftovers(ctx context.Context) {
	var lines []string
	n := 0
	for _, name := range r.f.p.names {
		if strings.EqualFold(path.Ext(name), ".xml") {
			lines = append(lines, ooxml.Asides(r.f.p.parts[name]))
		}
	}
	for _, name := range r.f.p.unreached() {
		b := r.f.p.parts[name]
		if strings.EqualFold(path.Ext(name), ".xml") {
			lines = append(lines, orphan(r.f.p.tree(name), b)...)
			continue
		}
		if len(b) > 0 {
			n++
			r.attached(ctx, fmt.Sprintf("orphan/%d", n), "（未引用）"+path.Base(name), b)
		}
	}
	r.hiddenPart("zip/comment", "压缩包注释", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "压缩包注释"}, r.f.p.notes)
	r.hiddenPart("ofd/orphans", "未引用的残留内容", document.RoleOther, document.Hiding{Rule: "N05", Kind: "未引用的残留内容"}, wordsOnly(lines))
}

// orphan gives the text of an unreferenced page, or all strings of another part.
func orphan(root *etree.Element, b []byte) []string {
	if root == nil {
		return bareText(b)
	}
	if root.Tag != "Page" {
		return allStrings(root)
	}
	return textCodes(root)
}

// textCodes gives the texts of all TextCodes below an element.
func textCodes(root *etree.Element) []string {
	var out []string
	for _, e := range root.FindElements(".//TextCode") {
		out = append(out, text(e))
	}
	return out
}
