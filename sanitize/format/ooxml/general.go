package ooxml

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

var (
	guid     = regexp.MustCompile(`^\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$`)
	cellRefs = regexp.MustCompile(`^(\$?[A-Z]{1,3}\$?[0-9]{1,7}(:\$?[A-Z]{1,3}\$?[0-9]{1,7})?[ ,]?)+$|^[0-9, ]+$`)
	schemas  = regexp.MustCompile(`^(https?://(schemas\.|www\.w3\.org|purl\.|ns\.adobe)|urn:(schemas|oasis|iso)|[a-zA-Z]{1,12}[0-9]{0,5}$)`)
)

// general reads any part without knowing it: text nodes, telling attribute
// values, comments of XML; readable stretches of anything else.
func (p *Package) general(name string, depth int) string {
	b, err := p.Bytes(name)
	if err != nil {
		return ""
	}
	if strings.Contains(name, "/media/") || strings.HasPrefix(p.Type(name), "image/") {
		return PictureMeta(b)
	}
	if looksXML(b) {
		if n, err := Parse(b); err == nil {
			lines := generalLines(n)
			if s := Asides(b); s != "" {
				lines = append(lines, s)
			}
			return strings.Join(lines, "\n")
		}
		b = xmlDecl.ReplaceAll(b, nil) // broken: what it says is read as it stands
	}
	if strings.HasSuffix(name, ".odttf") || strings.HasSuffix(name, ".fntdata") {
		return ""
	}
	return ReadObject(b, depth).Text
}

var xmlDecl = regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>`)

func looksXML(b []byte) bool {
	h := strings.TrimLeft(string(head(b, 64)), "\ufeff \r\n\t")
	return strings.HasPrefix(h, "<?xml") || strings.HasPrefix(h, "<") || strings.HasPrefix(h, "\xff\xfe<") || strings.HasPrefix(h, "\xfe\xff")
}

// generalLines gives the text of a tree: runs of one paragraph joined, other
// text nodes a line each, then attribute values that are no layout.
func generalLines(n *Node) []string {
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	n.Walk(func(k *Node) bool {
		for _, a := range k.Attrs {
			if telling(k, a) {
				add(a.Value)
			}
		}
		switch k.Name {
		case "w:p", "a:p", "x:si", "x:is":
			add(k.Content())
			k.Walk(func(d *Node) bool {
				if d != k {
					for _, a := range d.Attrs {
						if telling(d, a) {
							add(a.Value)
						}
					}
				}
				return true
			})
			return false
		case "":
			if prefix(k.Up.Name) == "xvml" || k.Up.Name == "x:formula" && !strings.ContainsAny(k.Text, `"[`) {
				return true
			}
			if _, err := strconv.ParseFloat(k.Text, 64); err != nil || utf8.RuneCountInString(k.Text) > 5 {
				add(k.Text)
			}
		}
		return true
	})
	return out
}

// telling tells whether an attribute may say something to a person.
func telling(n *Node, a Attr) bool {
	switch a.Name {
	case "r:id", "r:embed", "r:link", "r:pict", "Id", "Type", "uri", "xml:space", "mc:Ignorable", "Requires", "typeface", "panose", "script", "ContentType", "formatCode", "type":
		return utf8.RuneCountInString(a.Value) > 60 || hasHan(a.Value)
	}
	if strings.HasSuffix(n.Name, ":Sources") && (a.Name == "SelectedStyle" || a.Name == "StyleName" || strings.HasSuffix(a.Name, ":SelectedStyle")) {
		return false
	}
	if p := prefix(n.Name); p == "v" || p == "o" || p == "xvml" || p == "w10" {
		switch a.Name {
		case "alt", "title", "o:title", "href", "o:href", "string":
			return strings.TrimSpace(a.Value) != ""
		}
		return false
	}
	v := a.Value
	if utf8.RuneCountInString(v) < 2 || SafeValue(v) || guid.MatchString(v) || cellRefs.MatchString(v) {
		return false
	}
	return hasHan(v) || !schemas.MatchString(v)
}

// Lines gives the readable text of a tree, a line each: for elements that a
// format package knows no better way to read.
func Lines(n *Node) []string { return generalLines(n) }

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x2e80 {
			return true
		}
	}
	return false
}

// place is how a kind of part that the format packages do not read themselves is
// called, and which rule it falls under. Skip: nothing but layout.
type place struct {
	match string // prefix of the path inside its folder, or a part of it
	rule  string
	kind  string
	skip  bool
}

var places = []place{
	{match: "/theme/", skip: true},
	{match: "fonttable", skip: true},
	{match: "/fonts/", skip: true},
	{match: "styleswitheffects", skip: true},
	{match: "tablestyles", skip: true},
	{match: "/charts/style", skip: true},
	{match: "/charts/colors", skip: true},
	{match: "calcchain", skip: true},
	{match: "/diagrams/layout", skip: true},
	{match: "/diagrams/quickstyle", skip: true},
	{match: "/diagrams/colors", skip: true},
	{match: "viewprops", skip: true},
	{match: "customxml/", rule: "N01", kind: "自定义 XML"},
	{match: "docmetadata/", rule: "N01", kind: "敏感度标签"},
	{match: "people.xml", rule: "N02", kind: "批注作者"},
	{match: "/persons/", rule: "N02", kind: "批注作者"},
	{match: "commentauthors", rule: "N02", kind: "批注作者"},
	{match: "ppt/authors", rule: "N02", kind: "批注作者"},
	{match: "comments", rule: "N02", kind: "批注"},
	{match: "/revisions/", rule: "N02", kind: "修订记录"},
	{match: "glossary/", rule: "N03", kind: "自动图文集"},
	{match: "websettings", rule: "N01", kind: "网页设置"},
	{match: "externallinks/", rule: "N05", kind: "外部链接"},
	{match: "connections", rule: "N05", kind: "数据连接"},
	{match: "querytables", rule: "N05", kind: "数据连接"},
	{match: "pivot", rule: "N05", kind: "数据透视缓存"},
	{match: "slicer", rule: "N05", kind: "切片器"},
	{match: "timeline", rule: "N05", kind: "日程表"},
	{match: "printersettings", rule: "N01", kind: "打印机设置"},
	{match: "webextension", rule: "N05", kind: "加载项"},
	{match: "activex", rule: "N05", kind: "控件"},
	{match: "ctrlprops", rule: "N05", kind: "控件"},
	{match: "vba", rule: "N05", kind: "宏"},
	{match: "macrosheets", rule: "N05", kind: "宏表"},
	{match: "attachedtoolbars", rule: "N05", kind: "工具栏"},
	{match: "tags/", rule: "N01", kind: "标记"},
	{match: "embeddings/", rule: "N05", kind: "嵌入对象"},
	{match: "afchunk", rule: "N05", kind: "嵌入内容"},
	{match: "ink/", rule: "N03", kind: "墨迹"},
	{match: "handoutmaster", rule: "N03", kind: "讲义母版"},
	{match: "notesmaster", rule: "N03", kind: "备注母版"},
	{match: "vmldrawing", rule: "N03", kind: "旧式图形"},
	{match: "cellimages", rule: "N05", kind: "单元格图片"},
	{match: "customproperty", rule: "N01", kind: "自定义属性"},
	{match: "customizations", rule: "N05", kind: "自定义界面"},
	{match: "signatures", rule: "N01", kind: "数字签名"},
	{match: "model/", rule: "N05", kind: "数据模型"},
	{match: "diagrams/", rule: "N03", kind: "图示数据"},
	{match: "mailmerge", rule: "N05", kind: "邮件合并"},
	{match: "recipientdata", rule: "N05", kind: "邮件合并"},
}

// Report is what the general reading of a package adds to a document.
type Report struct {
	Parts     []document.Part
	Unchecked []document.Unchecked
	Removed   map[string]int // kinds of parts that a rebuild leaves out
}

// Leftovers reads every part that the format package has not marked as seen.
// Reachable tells parts that some relationship leads to from those that none does.
func (p *Package) Leftovers(seen map[string]bool) Report {
	r := Report{Removed: map[string]int{}}
	reach := p.reachable()
	count := map[string]int{}
	objects, macros, pictures := 0, 0, 0
	for _, name := range p.names {
		low := strings.ToLower(name)
		if seen[name] || low == strings.ToLower(typesPart) || strings.HasSuffix(low, ".rels") || strings.HasPrefix(low, "docprops/") {
			continue
		}
		pl := placeOf(low)
		if !reach[name] {
			pl = place{rule: "N05", kind: "未引用部件"}
		}
		if pl.skip {
			continue
		}
		switch pl.kind {
		case "宏":
			macros++
		case "嵌入对象", "控件", "未引用部件", "嵌入内容":
			if p.opaque(name) {
				objects++
			}
		}
		if strings.Contains(low, "/media/") && pixels[path.Ext(low)] {
			pictures++
		}
		text := p.general(name, 1)
		if pl.kind == "宏" {
			text = strings.TrimSpace("VBA 工程 " + path.Base(name))
		}
		if text == "" {
			continue
		}
		count[pl.kind]++
		r.Removed[pl.kind]++
		label := pl.kind
		if count[pl.kind] > 1 {
			label += " " + strconv.Itoa(count[pl.kind])
		}
		r.Parts = append(r.Parts, document.Part{ID: "part/" + name, Label: label, Role: pl.role(), Hidden: &document.Hiding{Rule: pl.rule, Kind: pl.kind}, Text: text})
	}
	if objects > 0 {
		r.Unchecked = append(r.Unchecked, document.Unchecked{Kind: "object", Message: "嵌入对象 " + strconv.Itoa(objects) + " 个未能完整识别"})
	}
	if pictures > 0 {
		r.Unchecked = append(r.Unchecked, document.Unchecked{Kind: "picture", Message: "文中未显示的图片 " + strconv.Itoa(pictures) + " 张未识别文字"})
	}
	if macros > 0 {
		r.Unchecked = append(r.Unchecked, document.Unchecked{Kind: "object", Message: "含宏代码，宏内容未检查"})
	}
	return r
}

// pixels are the endings of pictures made of pixels.
var pixels = map[string]bool{".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".bmp": true, ".tif": true, ".tiff": true, ".webp": true}

// opaque tells a part that is neither text nor a picture, nor an object read whole.
func (p *Package) opaque(name string) bool {
	b, err := p.Bytes(name)
	return err == nil && !looksXML(b) && !strings.Contains(strings.ToLower(name), "/media/") && !ReadObject(b, 1).Whole
}

func (pl place) role() document.Role {
	switch pl.rule {
	case "N01":
		return document.RoleProperty
	case "N02":
		return document.RoleComment
	case "N05":
		return document.RoleObject
	}
	return document.RoleOther
}

func placeOf(low string) place {
	for _, pl := range places {
		if strings.Contains(low, pl.match) {
			return pl
		}
	}
	return place{rule: "N05", kind: "其他部件"}
}

// reachable follows all relationships from the package root.
func (p *Package) reachable() map[string]bool {
	out := map[string]bool{}
	todo := []string{""}
	for len(todo) > 0 {
		part := todo[0]
		todo = todo[1:]
		rs, _ := p.Rels(part)
		for _, r := range rs {
			if !r.External && p.Has(r.Target) && !out[r.Target] {
				out[r.Target] = true
				todo = append(todo, r.Target)
			}
		}
	}
	return out
}
