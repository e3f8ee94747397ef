package odf

import (
	"context"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
	"jinggao/sanitize/redact"
)

// reading gathers a document while it is read.
type reading struct {
	ctx     context.Context
	p       *pack
	doc     *document.Document
	styles  *styles
	hidden  *ooxml.Hidden
	removed *ooxml.Counter
	boxes   *flow
	notes   *flow
	inSlide bool
	seen    map[string]bool
	unread  int
	objects int
	sheets  []*sheet
}

// Read reads an OpenDocument file. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.doc, nil
}

// Rebuild writes what is visible, the plan carried out, as a new .docx or .xlsx.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	applied := redact.Apply(r.doc, plan).Document
	out := &document.Rebuilt{Kind: "docx", Ext: ".docx"}
	if len(r.sheets) > 0 {
		out.Kind, out.Ext = "xlsx", ".xlsx"
		out.Data, err = fresh.Xlsx(r.sheetsOf(applied))
	} else {
		out.Data, err = fresh.Docx(applied)
	}
	if err != nil {
		return nil, err
	}
	r.removed.Add("图片（未带入副本）", r.doc.Pictures)
	r.removed.Add("嵌入对象（未带入副本）", r.objects)
	out.Removed = r.removed.List()
	return out, nil
}

func load(ctx context.Context, src document.Source) (*reading, error) {
	p, err := openPack(src.Data)
	if err != nil {
		return nil, err
	}
	r := &reading{ctx: ctx, p: p, doc: &document.Document{Name: src.Name}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(), seen: map[string]bool{"content.xml": true, "styles.xml": true, "meta.xml": true, "mimetype": true, "META-INF/manifest.xml": true}}
	r.boxes, r.notes = &flow{r: r}, &flow{r: r}
	content, err := parse(p.files["content.xml"])
	if err != nil {
		return nil, err
	}
	var sheets *node
	if b := p.files["styles.xml"]; b != nil {
		if sheets, err = parse(b); err != nil {
			return nil, err
		}
	}
	r.styles = readStyles(sheets, content)
	body := content.find("office:body")
	if body == nil {
		return nil, ole.ErrDamaged("no body")
	}
	for _, k := range body.kids {
		switch k.name {
		case "office:spreadsheet":
			r.book(k)
		case "office:presentation", "office:drawing":
			r.slides(k)
		case "":
		default:
			f := &flow{r: r}
			f.blocks(k)
			r.part(f, "word/document.xml", "正文", document.RoleBody)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.part(r.boxes, "textboxes", "文本框", document.RoleTextBox)
	r.part(r.notes, "notes", "脚注", document.RoleNote)
	r.margins(sheets)
	r.meta()
	r.others()
	r.finish()
	return r, nil
}

func (r *reading) hide(rule, kind string, role document.Role, text string) {
	if text = strings.TrimSpace(text); text != "" {
		r.hidden.Once(rule, kind, role, text)
		r.removed.Add(kind, 1)
	}
}

func (r *reading) name(kind, s string) {
	if s != "" && !strings.HasPrefix(s, "_") && !ooxml.SafeValue(s) {
		r.hide("N01", kind, document.RoleProperty, s)
	}
}

func (r *reading) part(f *flow, id, label string, role document.Role) {
	text := string(f.text)
	if strings.TrimSpace(text) == "" {
		return
	}
	text = fresh.Printable(text)
	ooxml.LabelCells(f.cells, text)
	p := document.Part{ID: id, Label: label, Role: role, Text: text, Cells: f.cells}
	n := len([]rune(text))
	switch role {
	case document.RoleHeader, document.RoleFooter:
		p.Marks = []document.Span{{Start: 0, End: n}}
	case document.RoleBody:
		start := 0
		for i, c := range []rune(text) {
			if c != '\n' {
				continue
			}
			if i > start {
				p.Marks = append(p.Marks, document.Span{Start: start, End: i})
			}
			if start = i + 1; len(p.Marks) >= 6 {
				break
			}
		}
	}
	r.doc.Parts = append(r.doc.Parts, p)
}

// tracked reads deletions, and who has changed what.
func (r *reading) tracked(n *node) {
	n.walk(func(k *node) bool {
		switch k.name {
		case "text:deletion":
			var b strings.Builder
			for _, c := range k.kids {
				if c.name != "office:change-info" {
					b.WriteString(c.content() + "\n")
				}
			}
			r.hide("N02", "修订删除", document.RoleRevision, b.String())
		case "office:change-info":
			if c := k.find("dc:creator"); c != nil {
				r.hide("N02", "修订作者", document.RoleRevision, c.content())
			}
		}
		return true
	})
}

func (r *reading) annotation(n *node) {
	var b strings.Builder
	for _, k := range n.kids {
		if k.name != "dc:date" && k.name != "meta:date-string" && k.name != "meta:creator-initials" && k.name != "loext:sender-initials" {
			b.WriteString(k.content() + " ")
		}
	}
	r.hide("N02", "批注", document.RoleComment, b.String())
}

// declared reads declarations that hold values: variables, user fields, form controls.
func (r *reading) declared(n *node) {
	n.walk(func(k *node) bool {
		for _, a := range []string{"office:string-value", "form:label", "form:value", "form:current-value", "form:title", "xlink:href"} {
			if v := k.attr(a); v != "" && !ooxml.SafeValue(v) {
				r.hide("N03", "变量与表单", document.RoleField, v)
			}
		}
		if n := k.attr("text:name"); !usualSequence[n] {
			r.name("变量与表单", n)
		}
		return true
	})
}

// usualSequence are the counters that every text document declares.
var usualSequence = map[string]bool{"Illustration": true, "Table": true, "Text": true, "Drawing": true, "Figure": true}

func (r *reading) note(n *node) {
	if b := n.find("text:note-body"); b != nil {
		r.notes.blocks(b)
	}
}

func (r *reading) shapeNames(k *node) {
	for _, c := range k.kids {
		if c.name == "svg:title" || c.name == "svg:desc" {
			r.hide("N03", "替代文字", document.RoleOther, c.content())
		}
	}
	if n := k.attr("draw:name"); n != "" && !ooxml.SafeValue(n) && strings.IndexFunc(n, func(c rune) bool { return c >= 0x2E80 }) >= 0 {
		r.hide("N03", "图形名称", document.RoleOther, n)
	}
}

func (r *reading) picture(k *node) {
	href := strings.TrimPrefix(k.attr("xlink:href"), "./")
	r.seen[href] = true
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
func (r *reading) object(k *node) {
	r.objects++
	href := strings.TrimPrefix(k.attr("xlink:href"), "./")
	text := ""
	whole := false
	for _, n := range r.p.names {
		if n != href && !strings.HasPrefix(n, href+"/") || href == "" {
			continue
		}
		r.seen[n] = true
		b := r.p.files[n]
		if strings.HasSuffix(n, "content.xml") {
			if root, err := parse(b); err == nil {
				text += root.content() + "\n"
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

// margins reads the headers and footers of the page styles.
func (r *reading) margins(styles *node) {
	if styles == nil {
		return
	}
	heads, feet := &flow{r: r}, &flow{r: r}
	styles.walk(func(k *node) bool {
		switch k.name {
		case "style:header", "style:header-left", "style:header-first":
			r.margin(heads, k)
		case "style:footer", "style:footer-left", "style:footer-first":
			r.margin(feet, k)
		case "style:master-page":
			r.name("版式名称", k.attr("style:display-name"))
			return true
		case "style:style", "style:default-style":
			return false
		default:
			return true
		}
		return false
	})
	if len(r.sheets) > 0 {
		if t := strings.TrimSpace(string(heads.text) + string(feet.text)); t != "" && t != "???" {
			r.doc.Parts = append(r.doc.Parts, document.Part{ID: "margins", Label: "页眉页脚", Role: document.RoleOther, Text: t, Marks: []document.Span{{Start: 0, End: len([]rune(t))}}})
			r.removed.Add("页眉页脚（未带入副本）", 1)
		}
		return
	}
	r.part(heads, "word/header1.xml", "页眉 1", document.RoleHeader)
	r.part(feet, "word/footer1.xml", "页脚 1", document.RoleFooter)
}

func (r *reading) margin(f *flow, k *node) {
	if k.attr("style:display") == "false" {
		r.hide("N03", "未启用的页眉页脚", document.RoleHeader, k.content())
		return
	}
	f.blocks(k)
}

var metaNames = map[string]string{"dc:title": "标题", "dc:subject": "主题", "dc:creator": "最后保存者", "meta:initial-creator": "作者", "meta:keyword": "关键词", "dc:description": "备注", "meta:printed-by": "打印者", "dc:language": "语言"}

// meta reads the document properties.
func (r *reading) meta() {
	b := r.p.files["meta.xml"]
	if b == nil {
		return
	}
	root, err := parse(b)
	if err != nil {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: "文档属性无法读取"})
		return
	}
	var lines []string
	root.walk(func(k *node) bool {
		name, v := metaNames[k.name], k.content()
		switch k.name {
		case "meta:user-defined":
			name = k.attr("meta:name")
			v = ooxml.Unbase64(v)
		case "meta:template":
			name, v = "模板", k.attr("xlink:title")+" "+k.attr("xlink:href")
		case "meta:generator":
			if strings.ContainsAny(v, "_{") {
				name = "程序"
			}
		}
		if name != "" && strings.TrimSpace(v) != "" && name != "语言" {
			lines = append(lines, name+"："+v)
		}
		return true
	})
	if len(lines) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "property/core", Label: "文档属性", Role: document.RoleProperty, Hidden: &document.Hiding{Rule: "N01", Kind: "文档属性"}, Text: strings.Join(lines, "\n")})
		r.removed.Add("文档属性", len(lines))
	}
}

// others reads the parts that nobody has asked for.
func (r *reading) others() {
	macros := false
	for _, n := range r.p.names {
		b := r.p.files[n]
		switch {
		case r.seen[n] || strings.HasPrefix(n, "Configurations2/") || n == "manifest.rdf" || n == "settings.xml" && !strings.Contains(string(b), "PrinterName"):
		case strings.HasPrefix(n, "Basic/") || strings.HasPrefix(n, "Scripts/"):
			macros = true
		case strings.HasPrefix(n, "Thumbnails/"):
			r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: "缩略图 1 张未识别文字"})
			r.removed.Add("缩略图", 1)
		case strings.HasPrefix(n, "Pictures/"):
			r.hide("N05", "未引用部件", document.RoleObject, n)
			r.hide("N04", "图片 EXIF", document.RoleProperty, ooxml.PictureMeta(b))
		case strings.HasPrefix(n, "ObjectReplacements/"):
		case n == "settings.xml":
			root, err := parse(b)
			if err != nil {
				continue
			}
			root.walk(func(k *node) bool {
				if v := k.content(); strings.HasPrefix(k.attr("config:name"), "Printer") && len(k.kids) == 1 && k.attr("config:name") == "PrinterName" {
					r.hide("N01", "打印机", document.RoleProperty, v)
				}
				return true
			})
		default:
			for _, s := range ole.Readable(b) {
				r.hide("N05", "其他部件", document.RoleOther, s)
			}
		}
	}
	if macros {
		r.hide("N05", "宏", document.RoleObject, "Basic 工程")
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: "含宏代码，宏内容未检查"})
	}
}

func (r *reading) finish() {
	r.doc.Parts = append(r.doc.Parts, r.hidden.Parts()...)
	if n := r.doc.Pictures; n > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", n)})
	}
	if r.unread > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("嵌入对象 %d 个未能完整识别", r.unread)})
	}
}

// slides reads the pages of a presentation; hidden pages and notes are hidden parts.
func (r *reading) slides(n *node) {
	r.inSlide = true
	defer func() { r.inSlide = false }()
	num := 0
	hidden := r.hiddenPages()
	for _, k := range n.kids {
		if k.name != "draw:page" {
			if k.name != "" {
				r.declared(k)
			}
			continue
		}
		num++
		f := &flow{r: r}
		for _, c := range k.kids {
			switch c.name {
			case "presentation:notes":
				r.hide("N03", "备注", document.RoleNote, c.content())
			case "office:annotation":
				r.annotation(c)
			case "":
			default:
				f.inlineOrBlock(c)
			}
		}
		label := fmt.Sprintf("幻灯片 %d", num)
		if hidden[k.attr("draw:style-name")] {
			r.hide("N03", "隐藏幻灯片", document.RoleBody, string(f.text))
			continue
		}
		r.part(f, fmt.Sprintf("slide/%d", num), label, document.RoleBody)
	}
}

// hiddenPages lists the page styles that are left out of the show.
func (r *reading) hiddenPages() map[string]bool {
	out := map[string]bool{}
	root, err := parse(r.p.files["content.xml"])
	if err != nil {
		return out
	}
	root.walk(func(k *node) bool {
		if k.name == "style:style" && k.attr("style:family") == "drawing-page" {
			if p := k.find("style:drawing-page-properties"); p.attr("presentation:visibility") == "hidden" {
				out[k.attr("style:name")] = true
			}
		}
		return true
	})
	return out
}
