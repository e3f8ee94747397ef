package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// sheetRest reads headers, links, validations, comments and drawings of a sheet,
// and whatever else of it can say something.
func (b *book) sheetRest(s *sheet) {
	b.headers(s)
	for _, k := range s.root.Kids {
		switch k.Name {
		case "x:hyperlinks":
			b.links(s, k)
		case "x:dataValidations":
			b.validations(s, k)
		case "x:sheetPr", "x:protectedRanges", "x:scenarios", "x:autoFilter", "x:customProperties", "x:conditionalFormatting", "x:oleObjects", "x:controls",
			"x:customSheetViews", "x:webPublishItems", "x:smartTags", "x:extLst", "x:sortState", "x:dataConsolidate", "x:cellWatches", "mc:AlternateContent":
			b.settings(k)
		case "x:sheetData":
			for _, l := range ooxml.Lines(k) {
				b.hidden.Add("N03", "其他隐藏内容", document.RoleOther, l, nil)
			}
		}
	}
	rs, _ := b.pkg.Rels(s.part)
	for _, r := range rs {
		if r.External || !b.pkg.Has(r.Target) || b.seen[r.Target] {
			continue
		}
		switch r.Type {
		case "comments":
			b.comments(s, r.Target)
		case "threadedComment":
			b.threaded(s, r.Target)
		case "table":
			b.table(s, r.Target)
		}
	}
}

func (b *book) links(s *sheet, n *ooxml.Node) {
	for _, k := range n.All("x:hyperlink") {
		b.removed.Add("超链接", 1)
		for _, a := range []string{"display", "tooltip", "location"} {
			v := strings.TrimSpace(k.Attr(a))
			if v == "" || a == "location" && inside.MatchString(v) || a == "display" && strings.Contains(s.text.String(), v) {
				continue
			}
			b.hidden.Once("N05", "超链接", document.RoleField, v)
		}
	}
}

var inside = regexp.MustCompile(`^('?[^!]*'?!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}(:\$?[A-Z]{1,3}\$?[0-9]{1,7})?$`)

// validations files prompts as hidden and lists to choose from as text of their own.
func (b *book) validations(s *sheet, n *ooxml.Node) {
	var t *ooxml.Text
	for _, k := range n.All("x:dataValidation") {
		for _, a := range []string{"promptTitle", "prompt", "errorTitle", "error"} {
			if v := strings.TrimSpace(k.Attr(a)); v != "" && !s.plainPrompt(v, k.Kid("x:formula1").Content()) {
				b.hidden.Once("N03", "数据验证提示", document.RoleField, v)
				b.removed.Add("数据验证提示", 1)
			}
		}
		for _, name := range []string{"x:formula1", "x:formula2"} {
			f := k.Kid(name)
			v := strings.TrimSpace(f.Content())
			if v == "" {
				continue
			}
			if k.Attr("type") == "list" && plainOptions.MatchString(v) && !s.hidden {
				if t == nil {
					t = &ooxml.Text{ID: s.part + "#list", Label: "工作表 " + s.name + " 下拉选项", Role: document.RoleField}
				}
				tn := f.TextNode()
				tn.Text = strings.Trim(v, `"`)
				start := t.Len()
				t.AddText(tn)
				t.Lines = append(t.Lines, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: f})
				t.AddSep('\n')
				s.lists = append(s.lists, k)
			} else if strings.ContainsAny(v, `"[`) {
				b.hidden.Once("N03", "数据验证选项", document.RoleField, v)
			}
		}
	}
	if t != nil {
		b.texts = append(b.texts, t)
	}
}

var promptFiller = regexp.MustCompile(`请|从|下拉|列表|选项|选择|填写|输入|中|之一|的|为|只能|有效|[\s,，、。;；:：（）()"“”]`)

// plainPrompt tells prompts that only repeat the choices or a word of the sheet.
func (s *sheet) plainPrompt(v, list string) bool {
	for _, o := range strings.FieldsFunc(strings.Trim(list, `"`), func(r rune) bool { return r == ',' || r == '，' }) {
		v = strings.ReplaceAll(v, strings.TrimSpace(o), "")
	}
	v = promptFiller.ReplaceAllString(v, "")
	return v == "" || strings.Contains(s.text.String(), v)
}

// plainOptions are lists of short Chinese words to choose from.
var plainOptions = regexp.MustCompile(`^"\p{Han}{1,8}([,，]\s*\p{Han}{1,8}){0,60}"$`)

// usualName are code names that programs give by themselves.
var usualName = regexp.MustCompile(`^(ThisWorkbook|Sheet|Chart|工作表|Module)[0-9]{0,4}$`)

// settings files what an element of the sheet says that no page shows.
func (b *book) settings(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "x:formula" && !strings.ContainsAny(k.Content(), `"[`) {
			k.Kids = nil
		}
		return true
	})
	for _, l := range ooxml.Lines(n) {
		if !usualName.MatchString(l) && !boring.MatchString(l) {
			b.hidden.Once("N01", "工作表设置", document.RoleProperty, l)
		}
	}
}

var boring = regexp.MustCompile(`^(\{[0-9A-Fa-f-]{36}\}|[0-9.,\s-]*|(xl|x)?[A-Za-z]{1,20}[0-9]{0,3})$`)

func (b *book) comments(s *sheet, part string) {
	n, err := b.pkg.XML(part)
	if err != nil {
		return
	}
	b.seen[part] = true
	var who []string
	for _, a := range n.Kid("x:authors").All("x:author") {
		who = append(who, strings.TrimSpace(a.Content()))
	}
	named := map[string]bool{}
	for _, c := range n.All("x:comment") {
		b.removed.Add("批注", 1)
		text := c.Kid("x:text").Content()
		if i, err := strconv.Atoi(c.Attr("authorId")); err == nil && i >= 0 && i < len(who) && who[i] != "" {
			named[who[i]] = true
			text = who[i] + "：" + text
		}
		b.hidden.Add("N02", "批注", document.RoleComment, s.name+" "+c.Attr("ref")+" "+text, nil)
	}
	for _, w := range who {
		if w != "" && !named[w] {
			b.hidden.Once("N02", "批注", document.RoleComment, w)
		}
	}
}

func (b *book) threaded(s *sheet, part string) {
	n, err := b.pkg.XML(part)
	if err != nil {
		return
	}
	b.seen[part] = true
	for _, c := range n.All("tc:threadedComment") {
		b.removed.Add("批注", 1)
		b.hidden.Add("N02", "批注", document.RoleComment, s.name+" "+c.Attr("ref")+" "+c.Kid("tc:text").Content(), nil)
	}
}

// table notes where a table stands; its names are those of the header cells.
func (b *book) table(s *sheet, part string) {
	n, err := b.pkg.XML(part)
	if err != nil {
		return
	}
	b.seen[part] = true
	b.removed.Add("表格对象", 1)
	holder := s.root.Kid("tables")
	if holder == nil {
		holder = ooxml.El("tables")
		s.root.Add(holder)
	}
	holder.Add(ooxml.El("table", "ref", n.Attr("ref")))
	shown := s.text.String()
	for _, l := range ooxml.Lines(n) {
		if !strings.Contains(shown, l) && !usualTable.MatchString(l) {
			b.hidden.Once("N01", "表格名称", document.RoleProperty, l)
		}
	}
}

var usualTable = regexp.MustCompile(`^(表|Table|表格|列|Column|Table_)_?[0-9]{0,4}$|^TableStyle[A-Za-z]{1,10}[0-9]{0,2}$|^_xlnm`)

// readRest reads the workbook's own settings, names, strings nobody uses,
// properties, links, picture data and all other parts.
func (b *book) readRest() error {
	b.names = &ooxml.Text{ID: "sheets", Label: "工作表名称", Role: document.RoleOther}
	for _, s := range b.sheets {
		if !s.hidden {
			start := b.names.Len()
			b.names.AddAttr(s.node, "name")
			b.names.Lines = append(b.names.Lines, ooxml.Line{Span: document.Span{Start: start, End: b.names.Len()}, Node: s.node})
			b.names.AddSep('\n')
		} else {
			b.hidden.Add("N03", "隐藏工作表名称", document.RoleOther, s.name, nil)
		}
	}
	b.texts = append(b.texts, b.names)
	b.workbook()
	for i, u := range b.used {
		if !u {
			if t := strings.TrimSpace(stringText(b.strings[i])); t != "" {
				b.hidden.Add("N03", "未引用的共享字符串", document.RoleOther, t, nil)
				b.removed.Add("未引用的共享字符串", 1)
			}
		}
	}
	b.fontNames()
	b.externals()
	b.pictureData()
	props, un, err := b.pkg.Properties()
	if err != nil {
		return err
	}
	for _, p := range props {
		b.removed.Add(p.Hidden.Kind, 1)
	}
	if b.shown > 0 {
		b.un = append(b.un, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(b.shown) + " 张未识别文字"})
	}
	b.un = append(b.un, un...)
	for name := range b.pictures {
		b.seen[name] = true
	}
	asides := b.asides()
	left := b.pkg.Leftovers(b.seen)
	for k, n := range left.Removed {
		b.removed.Add(k, n)
	}
	b.un = append(b.un, left.Unchecked...)
	b.extra = append(b.extra, b.hidden.Parts()...)
	b.extra = append(b.extra, left.Parts...)
	b.extra = append(b.extra, asides...)
	b.extra = append(b.extra, props...)
	b.extra = append(b.extra, b.pkg.StrayPart(b.seen, b.document("").Parts)...)
	return nil
}

func stringText(si *ooxml.Node) string {
	var b strings.Builder
	for _, k := range si.Kids {
		b.WriteString(unescape(k.Content()))
	}
	return b.String()
}

// workbook files names, users, folders and views of xl/workbook.xml.
func (b *book) workbook() {
	for _, k := range b.root.Kids {
		switch k.Name {
		case "x:sheets", "x:calcPr", "x:externalReferences", "x:pivotCaches":
		case "x:definedNames":
			for _, n := range k.Kids {
				b.definedName(n)
			}
		case "mc:AlternateContent":
			for _, l := range ooxml.Lines(k) {
				b.hidden.Once("N01", "保存路径", document.RoleProperty, l)
				b.removed.Add("保存路径", 1)
			}
		default:
			for _, l := range ooxml.Lines(k) {
				if !usualName.MatchString(l) && !boring.MatchString(l) {
					b.hidden.Once("N01", "工作簿设置", document.RoleProperty, l)
				}
			}
		}
	}
}

func (b *book) definedName(n *ooxml.Node) {
	name, value := n.Attr("name"), strings.TrimSpace(n.Content())
	if strings.HasPrefix(name, "_xlnm.") && !strings.Contains(value, "[") && n.Attr("comment") == "" {
		return
	}
	b.removed.Add("定义名称", 1)
	text := name
	for _, v := range []string{value, n.Attr("comment"), n.Attr("description"), n.Attr("help"), n.Attr("statusBar")} {
		if v = strings.TrimSpace(v); v != "" {
			text += " " + v
		}
	}
	b.hidden.Add("N01", "定义名称", document.RoleProperty, text, nil)
}

// fontNames lists fonts and cell styles with unusual names.
func (b *book) fontNames() {
	if b.styles.root == nil {
		return
	}
	var out []string
	for _, f := range b.styles.root.Kid("x:fonts").All("x:name") {
		if v := f.Attr("val"); v != "" && ooxml.SafeFont(v) != v {
			out = append(out, v)
		}
	}
	for _, f := range b.styles.root.Kid("x:cellStyles").All("x:cellStyle") {
		if v := f.Attr("name"); !f.HasAttr("builtinId") && v != "" && !usualStyle.MatchString(v) {
			out = append(out, v)
		}
	}
	for _, f := range b.styles.formats {
		for _, l := range literal.FindAllString(f, -1) {
			if len([]rune(l)) > 6 {
				out = append(out, strings.Trim(l, `"`))
			}
		}
	}
	if len(out) > 0 {
		b.extra = append(b.extra, document.Part{ID: "names", Label: "样式与字体名称", Role: document.RoleOther, Text: strings.Join(dedupe(out), "\n")})
	}
}

var usualStyle = regexp.MustCompile(`^(常规|Normal|百分比|千位分隔|货币|超链接|已访问的超链接|Hyperlink|Percent|Comma|Currency|样式|标题|好|差|适中|计算|输入|输出|汇总|注释|警告文本|解释性文本|链接单元格|检查单元格|强调文字颜色|着色|20%|40%|60%)( ?- ?)?(着色|强调文字颜色|Accent)? ?(\[0\])?[0-9]{0,2}( [0-9]{1,2}){0,3}$`)

func dedupe(in []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// externals files link targets outside the package.
func (b *book) externals() {
	var all strings.Builder
	for _, t := range b.texts {
		all.WriteString(t.String())
	}
	shown := all.String()
	for _, name := range b.pkg.Names() {
		rs, _ := b.pkg.Rels(name)
		for _, r := range rs {
			if !r.External || r.Target == "" {
				continue
			}
			if r.Type == "hyperlink" {
				bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(r.Target, "mailto:"), "http://"), "https://"), "/")
				if bare == "" || strings.Contains(shown, bare) {
					continue
				}
				b.hidden.Once("N05", "超链接", document.RoleField, r.Target)
				continue
			}
			b.removed.Add("外部链接", 1)
			b.hidden.Once("N05", "外部链接", document.RoleField, r.Target)
		}
	}
}

func (b *book) pictureData() {
	for _, name := range b.pkg.Names() {
		if !b.pictures[name] {
			continue
		}
		data, err := b.pkg.Bytes(name)
		if err != nil {
			continue
		}
		if s := ooxml.PictureMeta(data); s != "" {
			b.hidden.Add("N04", "图片 EXIF", document.RoleProperty, s, nil)
			b.removed.Add("图片 EXIF", 1)
		}
	}
}

func (b *book) asides() []document.Part {
	var out []string
	for _, name := range b.pkg.Names() {
		if b.seen[name] && strings.HasSuffix(name, ".xml") {
			if data, err := b.pkg.Bytes(name); err == nil {
				if s := ooxml.Asides(data); s != "" {
					out = append(out, s)
				}
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []document.Part{{ID: "xml/comments", Label: "XML 注释", Role: document.RoleOther, Hidden: &document.Hiding{Rule: "N03", Kind: "XML 注释"}, Text: strings.Join(out, "\n")}}
}
