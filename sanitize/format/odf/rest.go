package odf

import (
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

var metaNames = map[string]string{"dc:title": "标题", "dc:subject": "主题", "dc:creator": "最后保存者", "meta:initial-creator": "作者", "meta:keyword": "关键词", "dc:description": "备注", "meta:printed-by": "打印者"}

// meta reads the document properties.
func (r *reader) meta() {
	b := r.p.files["meta.xml"]
	if b == nil {
		return
	}
	root, err := parse(b)
	if err != nil {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: "文档属性无法读取"})
		return
	}
	r.hide("N03", "XML 注释", document.RoleOther, ooxml.Asides(b))
	var lines []string
	walk(root, func(k *node) bool {
		name, v := metaNames[k.Name], content(k)
		switch k.Name {
		case "meta:user-defined":
			name = k.Attr("meta:name")
			v = ooxml.Unbase64(v)
		case "meta:template":
			name, v = "模板", k.Attr("xlink:title")+" "+k.Attr("xlink:href")
		case "meta:hyperlink-behaviour", "meta:auto-reload":
			name, v = "链接", k.Attr("xlink:href")
		case "meta:generator":
			if strings.ContainsAny(v, "_{") {
				name = "程序"
			}
		}
		if name != "" && strings.TrimSpace(v) != "" {
			lines = append(lines, name+"："+v)
		}
		return true
	})
	if len(lines) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "property/core", Label: "文档属性", Role: document.RoleProperty, Hidden: &document.Hiding{Rule: "N01", Kind: "文档属性"}, Text: strings.Join(lines, "\n")})
		r.removed.Add("文档属性", len(lines))
	}
}

// fills counts the pictures that areas are filled with.
func (r *reader) fills() {
	for _, root := range []*node{r.content, r.sheet} {
		root.Walk(func(k *node) bool {
			switch k.Name {
			case "office:body", "office:master-styles":
				return false
			case "draw:fill-image":
				r.picture(k)
			case "style:background-image":
				if target(k) != "" {
					r.removed.Add("背景图片（未带入副本）", 1)
					r.hide("N04", "图片 EXIF", document.RoleProperty, ooxml.PictureMeta(r.p.files[target(k)]))
				}
				r.seen[target(k)] = true
			case "text:list-level-style-image":
				r.seen[target(k)] = true
				r.removed.Add("项目符号图片（未带入副本）", 1)
			}
			return true
		})
	}
}

// others reads the members that nobody has asked for, and the archive itself.
func (r *reader) others() {
	for _, s := range r.p.notes {
		r.hide("N05", "压缩包注释与附加数据", document.RoleOther, s)
	}
	macros := false
	for _, n := range r.p.names {
		if !r.seen[n] {
			macros = r.member(n, r.p.files[n]) || macros
		}
	}
	if macros {
		r.hide("N05", "宏", document.RoleObject, "Basic 工程")
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: "含宏代码，宏内容未检查"})
	}
}

// member reads one such member; true if it belongs to a macro.
func (r *reader) member(n string, b []byte) bool {
	folder, _, _ := strings.Cut(n, "/")
	switch {
	case n == "layout-cache" || folder == "ObjectReplacements" || folder == "Configurations2" && len(b) == 0:
	case n == "META-INF/manifest.xml":
		r.manifest(b)
	case folder == "Basic" || folder == "Scripts" || folder == "Dialogs":
		return true
	case folder == "Thumbnails":
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: "缩略图 1 张未识别文字"})
		r.hide("N04", "缩略图", document.RoleProperty, ooxml.PictureMeta(b))
		r.removed.Add("缩略图", 1)
	case folder == "Pictures":
		r.hide("N05", "未引用部件", document.RoleObject, n)
		r.hide("N04", "图片 EXIF", document.RoleProperty, ooxml.PictureMeta(b))
	case folder == "Fonts":
		r.removed.Add("嵌入字体", 1)
	case n == "settings.xml":
		r.settings(b)
	case n == "manifest.rdf":
		r.rdf(b)
	case folder == "META-INF" && strings.Contains(n, "signature"):
		for _, s := range ole.Readable(b) {
			r.hide("N01", "数字签名", document.RoleProperty, s)
		}
	default:
		r.other(b)
	}
	return false
}

// other reads a member that is no part of the format.
func (r *reader) other(b []byte) {
	if s := ooxml.Asides(b); s != "" {
		r.hide("N03", "XML 注释", document.RoleOther, s)
	}
	root, err := parse(b)
	if err != nil {
		for _, s := range ole.Readable(b) {
			r.hide("N05", "其他部件", document.RoleOther, s)
		}
		return
	}
	root.Walk(func(k *node) bool {
		if k.Name == "text:p" || k.Name == "text:h" {
			r.hide("N05", "其他部件", document.RoleOther, content(k))
			return false
		}
		if k.Name == "" && len([]rune(strings.TrimSpace(k.Text))) > 1 && !ooxml.SafeValue(strings.TrimSpace(k.Text)) {
			r.hide("N05", "其他部件", document.RoleOther, k.Text)
		}
		for _, a := range k.Attrs {
			if telling.MatchString(a.Value) && !quiet[a.Name] && !refAttrs[a.Name] {
				r.hide("N05", "其他部件", document.RoleOther, a.Value)
			}
		}
		return true
	})
}

// manifest reads names of members that are not there, which only the manifest says.
func (r *reader) manifest(b []byte) {
	r.hide("N03", "XML 注释", document.RoleOther, ooxml.Asides(b))
	root, err := parse(b)
	if err != nil {
		return
	}
	root.Walk(func(k *node) bool {
		if k.Name == "" {
			r.hide("N05", "其他部件", document.RoleOther, k.Text)
		}
		for _, a := range k.Attrs {
			if _, known := r.p.files[a.Value]; !known && telling.MatchString(a.Value) && !strings.HasPrefix(a.Value, "application/") {
				r.hide("N05", "其他部件", document.RoleOther, a.Value)
			}
		}
		return true
	})
}

// rdf reads statements about the document beyond those that every document has.
func (r *reader) rdf(b []byte) {
	root, err := parse(b)
	if err != nil {
		r.other(b)
		return
	}
	root.Walk(func(k *node) bool {
		if k.Name == "" {
			r.hide("N01", "RDF 元数据", document.RoleProperty, k.Text)
		}
		for _, a := range k.Attrs {
			if !strings.HasPrefix(a.Value, "http://docs.oasis-open.org/") && telling.MatchString(a.Value) {
				r.hide("N01", "RDF 元数据", document.RoleProperty, a.Value)
			}
		}
		return true
	})
}

// settings reads what the settings say of printers and places.
func (r *reader) settings(b []byte) {
	root, err := parse(b)
	if err != nil {
		r.other(b)
		return
	}
	walk(root, func(k *node) bool {
		if k.Name != "config:config-item" {
			return true
		}
		v := content(k)
		switch n := k.Attr("config:name"); {
		case v == "" || n == "PrinterSetup" || n == "PrintFaxName":
		case n == "PrinterName":
			r.hide("N01", "打印机", document.RoleProperty, v)
		case n == "CurrentDatabaseDataSource" || n == "CurrentDatabaseCommand" || n == "ImagePreferredDPI" && len(v) > 6:
			r.hide("N05", "数据连接", document.RoleProperty, v)
		case strings.HasSuffix(n, "URL") && !strings.HasPrefix(v, "$("):
			r.hide("N01", "文件路径", document.RoleProperty, v)
		case k.Attr("config:type") == "string" && telling.MatchString(v) && !strings.HasPrefix(v, "$("):
			r.hide("N01", "文档设置", document.RoleProperty, v)
		}
		return true
	})
}

// telling values say something to a person: Chinese, long numbers, addresses, paths.
var telling = regexp.MustCompile(`\p{Han}|[0-9]{7}|@|://|\\`)

// quiet are attributes that are judged elsewhere, or hold numbers and names of the format.
var quiet = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`xlink:href svg:d draw:points draw:enhanced-path draw:formula draw:modifiers draw:name draw:display-name table:formula office:value office:string-value office:date-value
		office:time-value office:name text:name text:id xml:id text:continue-list text:change-id form:name style:display-name svg:font-family fo:font-family style:font-family-asian style:font-family-complex
		style:num-format table:target-range-address table:base-cell-address table:cell-range-address table:print-ranges calcext:target-range-address calcext:base-cell-address calcext:value style:condition
		table:condition style:base-cell-address table:expression loext:num-list-format svg:viewBox draw:text-areas draw:glue-points field:value field:name field:type text:formula text:condition
		text:string-value text:string-value-if-true text:string-value-if-false office:title draw:transform table:scenario-ranges loext:linked-style-name calcext:apply-style-name text:ref-name
		officeooo:rsid officeooo:paragraph-rsid loext:id loext:tag loext:alias xml:base fo:clip text:style-name style:name svg:string draw:class-id drawooo:sub-view-size drawooo:enhanced-path
		presentation:use-footer-name presentation:use-header-name presentation:use-date-time-name presentation:name fo:language`) {
		m[s] = true
	}
	return m
}()

// strays reads text and attribute values that have no place in the format, or say
// what the schema does not ask for.
func (r *reader) strays() {
	for _, root := range []*node{r.content, r.sheet} {
		root.Walk(func(k *node) bool {
			if r.said[k] {
				return false
			}
			if k.Name == "" {
				if !r.visited[k] && len([]rune(strings.TrimSpace(k.Text))) > 1 && !ownText[k.Up.Name] {
					r.hide("N03", "其他隐藏内容", document.RoleOther, k.Text)
				}
				return true
			}
			for _, a := range k.Attrs {
				if quiet[a.Name] || refAttrs[a.Name] || k.Name == "table:table" && a.Name == "table:name" || !telling.MatchString(a.Value) {
					continue
				}
				if _, ok := safe(k.Name, a.Name, a.Value); !ok {
					r.hide("N03", "异常属性值", document.RoleOther, a.Value)
				}
			}
			return true
		})
	}
}

// ownText are elements whose text belongs to the format.
var ownText = map[string]bool{
	"number:text": true, "number:currency-symbol": true, "number:embedded-text": true, "number:fill-character": true, "text:linenumbering-separator": true,
	"text:note-citation": true, "text:page-number": true, "text:sheet-name": true, "text:index-entry-span": true,
}

// styleNames lists names of own styles and fonts: seen by whoever opens the lists,
// kept only where they are usual.
func (r *reader) styleNames() {
	var out []string
	have := map[string]bool{}
	add := func(s string) {
		if s != "" && !have[s] {
			have[s] = true
			out = append(out, s)
		}
	}
	for _, root := range []*node{r.content, r.sheet} {
		root.Walk(func(k *node) bool {
			switch k.Name {
			case "office:body":
				return false
			case "style:style", "text:list-style", "style:master-page", "draw:gradient", "draw:fill-image", "table:table-template":
				if v := k.Attr("style:display-name") + k.Attr("draw:display-name"); hasHan(v) || hasHan(k.Attr("style:name")) {
					add(v)
					add(k.Attr("style:name"))
				}
			case "style:font-face":
				if v := strings.Trim(k.Attr("svg:font-family"), `'"`); v != "" && ooxml.SafeFont(v) != v {
					add(v)
				}
			}
			return true
		})
	}
	if len(out) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "names", Label: "样式与字体名称", Role: document.RoleOther, Text: strings.Join(out, "\n")})
	}
}

func hasHan(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= 0x2e80 }) >= 0
}
