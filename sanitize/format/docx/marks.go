package docx

import (
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// author files who tracked a change.
func (r *reader) author(n *ooxml.Node) {
	r.removed.Add("修订", 1)
	if a := trimmed(n.Attr("w:author")); a != "" {
		r.hidden.Once("N02", "修订作者", document.RoleRevision, a)
	}
}

// changes files the authors of format changes and inserted marks below properties.
func (r *reader) changes(pr *ooxml.Node) {
	if pr == nil {
		return
	}
	for _, k := range pr.Kids {
		switch {
		case strings.HasSuffix(k.Name, "Change") || k.Name == "w:ins" || k.Name == "w:moveTo":
			r.author(k)
		case k.Name == "w:rPr":
			r.changes(k)
		}
	}
}

// link files what a hyperlink says besides its text; the address itself comes
// with the relationships.
func (r *reader) link(n *ooxml.Node) {
	r.linkText(n.Attr("w:tooltip"))
	if a := n.Attr("w:anchor"); a != "" && !n.HasAttr("r:id") {
		r.anchors[a] = true
	}
	if n.HasAttr("r:id") {
		r.removed.Add("超链接", 1)
	}
}

func (r *reader) linkText(s string) {
	if s = trimmed(s); s != "" {
		r.hidden.Once("N05", "超链接", document.RoleField, s)
	}
}

// control files the names of a content control.
func (r *reader) control(n *ooxml.Node) {
	pr := n.Kid("w:sdtPr")
	if pr == nil {
		return
	}
	r.removed.Add("内容控件", 1)
	pr.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "w:rPr":
			return false
		case "w:docPart", "w:docPartGallery", "w:docPartCategory":
			return true
		}
		for _, a := range k.Attrs {
			if v := trimmed(a.Value); v != "" && !ooxml.SafeValue(v) && controlAttr(k.Name, a.Name) {
				r.hidden.Once("N03", "内容控件", document.RoleField, v)
			}
		}
		return true
	})
	if p := pr.At("w:placeholder", "w:docPart").Attr("w:val"); p != "" && !defaultPart.MatchString(p) {
		r.hidden.Once("N03", "内容控件", document.RoleField, p)
	}
}

var defaultPart = regexp.MustCompile(`^([0-9A-F]{32}|DefaultPlaceholder_[-0-9]+|Placeholder[A-Za-z0-9_]*)$`)

func controlAttr(elem, attr string) bool {
	switch elem {
	case "w:alias", "w:tag", "w15:webExtensionCreated":
		return attr == "w:val"
	case "w:listItem":
		return true
	case "w:dataBinding":
		return attr == "w:xpath" && false
	case "w:id", "w:lock", "w:date", "w:dateFormat", "w:lid", "w:storeMappedDataAs", "w:calendar", "w:color":
		return false
	}
	return attr == "w:val"
}

// tag files the names and attributes of smart tags and custom XML in the text.
func (r *reader) tag(n *ooxml.Node) {
	r.removed.Add("自定义标记", 1)
	if n.Name == "w:customXml" {
		if v := n.Attr("w:element"); v != "" && !ooxml.SafeValue(v) {
			r.hidden.Once("N01", "自定义标记", document.RoleProperty, v)
		}
	}
	for _, prName := range []string{"w:smartTagPr", "w:customXmlPr"} {
		for _, a := range n.Kid(prName).All("w:attr") {
			if v := trimmed(a.Attr("w:val")); v != "" && !ooxml.SafeValue(v) {
				r.hidden.Once("N01", "自定义标记", document.RoleProperty, v)
			}
		}
	}
}

// usualBookmark are the names that Word gives by itself.
var usualBookmark = regexp.MustCompile(`^(_GoBack|(_Toc|_Ref|_Hlk|_Hlt|_Toc_|OLE_LINK)[0-9]{0,16}|_[A-Za-z]{2,4}[0-9]{6,16})$`)

func (r *reader) bookmark(n *ooxml.Node) {
	name := trimmed(n.Attr("w:name"))
	if name == "" || r.drop[n] {
		return
	}
	r.bookmarks = append(r.bookmarks, name)
	if !usualBookmark.MatchString(name) {
		r.hidden.Once("N01", "书签", document.RoleProperty, name)
	}
}

// readSettings reads document variables and what else of the settings can say something.
func (r *reader) readSettings() error {
	for _, rel := range r.pkg.RelsOf(r.main, "settings") {
		n, err := r.pkg.XML(rel.Target)
		if err != nil {
			return err
		}
		r.seen[rel.Target] = true
		r.evenOdd = r.evenOdd || on(n.Kid("w:evenAndOddHeaders"))
		for _, k := range n.Kids {
			switch k.Name {
			case "w:docVars":
				for _, v := range k.All("w:docVar") {
					r.removed.Add("文档变量", 1)
					r.hidden.Add("N01", "文档变量", document.RoleProperty, v.Attr("w:name")+"："+ooxml.Unbase64(v.Attr("w:val")), nil)
				}
			case "w:mailMerge":
				r.removed.Add("邮件合并", 1)
				k.Walk(func(d *ooxml.Node) bool {
					if v := d.Attr("w:val"); v != "" && !ooxml.SafeValue(v) {
						r.hidden.Add("N05", "邮件合并", document.RoleField, v, nil)
					}
					return true
				})
			case "w:saveThroughXslt", "w:schemaLibrary", "w:captions", "w:attachedSchema", "w:writeProtection", "w:clickAndTypeStyle", "w:defaultTableStyle":
				k.Walk(func(d *ooxml.Node) bool {
					for _, a := range d.Attrs {
						if strings.HasPrefix(a.Name, "w:") && !ooxml.SafeValue(a.Value) && len(a.Value) > 3 && !strings.HasPrefix(a.Name, "w:hash") && !strings.HasPrefix(a.Name, "w:salt") && !strings.HasPrefix(a.Name, "w:crypt") {
							r.hidden.Add("N01", "文档设置", document.RoleProperty, a.Value, nil)
						}
					}
					return true
				})
			}
		}
	}
	return nil
}

// readRest reads comments, properties, links, picture data and all other parts.
func (r *reader) readRest() error {
	if err := r.readComments(); err != nil {
		return err
	}
	r.namesPart()
	r.links()
	r.pictureData()
	props, un, err := r.pkg.Properties()
	if err != nil {
		return err
	}
	for _, p := range props {
		r.removed.Add(p.Hidden.Kind, 1)
	}
	if r.shown > 0 {
		r.unchecked = append(r.unchecked, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(r.shown) + " 张未识别文字"})
	}
	r.unchecked = append(r.unchecked, un...)
	asides := r.asides()
	for name := range r.pictures {
		r.seen[name] = true
	}
	left := r.pkg.Leftovers(r.seen)
	for k, n := range left.Removed {
		r.removed.Add(k, n)
	}
	r.unchecked = append(r.unchecked, left.Unchecked...)
	r.extra = append(r.extra, r.hidden.Parts()...)
	r.extra = append(r.extra, left.Parts...)
	r.extra = append(r.extra, asides...)
	r.extra = append(r.extra, props...)
	r.extra = append(r.extra, r.pkg.StrayPart(r.seen, r.document("").Parts)...)
	return nil
}

// readComments reads each comment with its author.
func (r *reader) readComments() error {
	for _, rel := range r.pkg.RelsOf(r.main, "comments") {
		n, err := r.pkg.XML(rel.Target)
		if err != nil {
			return err
		}
		r.seen[rel.Target] = true
		for _, c := range n.Kids {
			if c.Name != "w:comment" {
				continue
			}
			r.removed.Add("批注", 1)
			who := trimmed(c.Attr("w:author"))
			if i := trimmed(c.Attr("w:initials")); i != "" && i != who {
				who += "（" + i + "）"
			}
			text := r.gather(c)
			if who != "" {
				text = who + "：" + text
			}
			r.hidden.Add("N02", "批注", document.RoleComment, text, nil)
		}
	}
	for _, typ := range []string{"commentsExtended", "commentsIds", "commentsExtensible"} {
		for _, rel := range r.pkg.RelsOf(r.main, typ) {
			r.seen[rel.Target] = true
		}
	}
	return nil
}

// links files the targets outside the package that no page shows.
func (r *reader) links() {
	var all strings.Builder
	for _, t := range r.texts {
		all.WriteString(t.String())
	}
	shown := squeeze(all.String())
	for _, name := range r.pkg.Names() {
		if strings.HasSuffix(name, ".rels") {
			continue
		}
		rs, _ := r.pkg.Rels(name)
		for _, rel := range rs {
			if !rel.External || rel.Target == "" {
				continue
			}
			if rel.Type == "hyperlink" {
				bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(rel.Target, "mailto:"), "http://"), "https://"), "/")
				if bare == "" || strings.Contains(shown, squeeze(bare)) {
					continue
				}
				r.hidden.Once("N05", "超链接", document.RoleField, rel.Target)
				continue
			}
			if rel.Type == "attachedTemplate" && strings.HasSuffix(strings.ToLower(rel.Target), "normal.dotm") && !strings.ContainsAny(rel.Target, `/\`) {
				continue
			}
			r.removed.Add("外部链接", 1)
			r.hidden.Once("N05", "外部链接", document.RoleField, rel.Target)
		}
	}
}

// pictureData files what the pictures say besides their pixels.
func (r *reader) pictureData() {
	for _, name := range r.pkg.Names() {
		if !r.pictures[name] {
			continue
		}
		b, err := r.pkg.Bytes(name)
		if err != nil {
			continue
		}
		if s := ooxml.PictureMeta(b); s != "" {
			r.hidden.Add("N04", "图片 EXIF", document.RoleProperty, s, nil)
			r.removed.Add("图片 EXIF", 1)
		}
	}
}

// asides reads the XML comments and instructions of the parts read here.
func (r *reader) asides() []document.Part {
	var out []string
	for _, name := range r.pkg.Names() {
		if !r.seen[name] || !strings.HasSuffix(name, ".xml") {
			continue
		}
		if b, err := r.pkg.Bytes(name); err == nil {
			if s := ooxml.Asides(b); s != "" {
				out = append(out, s)
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []document.Part{{ID: "xml/comments", Label: "XML 注释", Role: document.RoleOther, Hidden: &document.Hiding{Rule: "N03", Kind: "XML 注释"}, Text: strings.Join(out, "\n")}}
}
