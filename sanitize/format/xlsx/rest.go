package xlsx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// headerFooter is one header or footer string taken apart: codes, and the text
// between them.
type headerFooter struct {
	elem   string // x:oddHeader …
	tokens []headToken
}

type headToken struct {
	code string // &L, &P, &"font" …; "" for text
	text *ooxml.Node
}

var headCode = regexp.MustCompile(`^&([LCRPNDTAFZGUESXYBIOHlcrpndtafzguesxybioh+\-]|"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+\-][0-9]{3}|[0-9]{1,3}|&)`)

// readHead takes a header or footer apart.
func readHead(elem, s string) *headerFooter {
	h := &headerFooter{elem: elem}
	var lit strings.Builder
	flush := func() {
		if lit.Len() > 0 {
			h.tokens = append(h.tokens, headToken{text: ooxml.Txt(lit.String())})
			lit.Reset()
		}
	}
	for len(s) > 0 {
		if s[0] == '&' {
			if m := headCode.FindString(s); m != "" {
				s = s[len(m):]
				if m == "&&" {
					lit.WriteByte('&')
					continue
				}
				flush()
				h.tokens = append(h.tokens, headToken{code: m})
				continue
			}
		}
		lit.WriteByte(s[0])
		s = s[1:]
	}
	flush()
	return h
}

// write puts a header together again; path and file name and pictures go.
func (h *headerFooter) write() string {
	var b strings.Builder
	for _, t := range h.tokens {
		switch {
		case t.text != nil:
			b.WriteString(strings.ReplaceAll(t.text.Text, "&", "&&"))
		case strings.HasPrefix(t.code, `&"`):
			font, style, _ := strings.Cut(strings.Trim(t.code[1:], `"`), ",")
			if len([]rune(style)) > 12 || strings.ContainsAny(style, "0123456789") {
				style = ""
			}
			if font != "-" {
				font = ooxml.SafeFont(font)
			}
			b.WriteString(`&"` + font + "," + style + `"`)
		case strings.ContainsAny(t.code[1:2], "FfZzGg"):
		default:
			b.WriteString(t.code)
		}
	}
	return b.String()
}

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

// drawings reads the drawings of a sheet, once all sheets are known.
func (b *book) drawings(s *sheet) {
	for _, r := range b.pkg.RelsOf(s.part, "drawing") {
		if !b.seen[r.Target] {
			b.drawing(s, r.Target)
		}
	}
}

// chartCache gives the values that a chart shows of the cells it refers to.
func (b *book) chartCache(ref string, numbers bool) *ooxml.Node {
	x := chartRef.FindStringSubmatch(ref)
	if x == nil {
		return nil
	}
	a, ok := parseArea(strings.ReplaceAll(x[2], "$", ""))
	if !ok || (a.r1-a.r0+1)*(a.c1-a.c0+1) > 4096 {
		return nil
	}
	out := ooxml.El("c:strCache")
	if numbers {
		out.Name = "c:numCache"
		out.Add(ooxml.El("c:formatCode").Add(ooxml.Txt("General")))
	}
	out.Add(ooxml.El("c:ptCount", "val", strconv.Itoa((a.r1-a.r0+1)*(a.c1-a.c0+1))))
	for _, s := range b.sheets {
		if s.name != strings.ReplaceAll(x[1], "''", "'") {
			continue
		}
		for _, c := range s.cells {
			if !a.holds(c.row, c.col) {
				continue
			}
			v := c.text()
			if numbers {
				v = c.value
				if !isNumber(v) || c.typ != "" && c.typ != "n" {
					continue
				}
			}
			out.Add(ooxml.El("c:pt", "idx", strconv.Itoa((c.row-a.r0)*(a.c1-a.c0+1)+c.col-a.c0)).Add(ooxml.El("c:v").Add(ooxml.Txt(v))))
		}
	}
	return out
}

func (b *book) headers(s *sheet) {
	hf := s.root.Kid("x:headerFooter")
	if hf == nil {
		return
	}
	names := map[string]string{"x:oddHeader": "页眉", "x:oddFooter": "页脚", "x:evenHeader": "偶数页页眉", "x:evenFooter": "偶数页页脚", "x:firstHeader": "首页页眉", "x:firstFooter": "首页页脚"}
	for _, k := range hf.Kids {
		v := k.Content()
		if names[k.Name] == "" || v == "" {
			continue
		}
		h := readHead(k.Name, v)
		on := !strings.HasPrefix(k.Name, "x:even") && !strings.HasPrefix(k.Name, "x:first") ||
			strings.HasPrefix(k.Name, "x:even") && truth(hf.Attr("differentOddEven")) || strings.HasPrefix(k.Name, "x:first") && truth(hf.Attr("differentFirst"))
		role := document.RoleHeader
		if strings.HasSuffix(k.Name, "Footer") {
			role = document.RoleFooter
		}
		t := &ooxml.Text{ID: s.part + "#" + strings.TrimPrefix(k.Name, "x:"), Label: "工作表 " + s.name + " " + names[k.Name], Role: role}
		for _, tok := range h.tokens {
			switch {
			case tok.text != nil:
				t.AddText(tok.text)
			case strings.ContainsAny(tok.code[1:2], "LCRlcr") && t.Len() > 0:
				t.AddSep('\n')
			}
		}
		if strings.TrimSpace(t.String()) == "" {
			if on && !s.hidden {
				s.heads = append(s.heads, h)
			}
			continue
		}
		t.Marks = []document.Span{{Start: 0, End: t.Len()}}
		if on && !s.hidden && pageWords.MatchString(t.String()) {
			s.heads = append(s.heads, h)
			b.texts = append(b.texts, t)
			continue
		}
		// Text here shows on paper only; programs keep paths and names in it. It goes, the page numbers stay.
		kind := "工作表页眉页脚"
		if !on || s.hidden {
			kind = "未启用的页眉页脚"
			t.Label += "（未启用）"
		}
		t.Hidden = &document.Hiding{Rule: "N03", Kind: kind}
		b.removed.Add(kind, 1)
		b.extra = append(b.extra, t.Part())
		if on && !s.hidden {
			for _, tok := range h.tokens {
				if tok.text != nil && !pageWords.MatchString(tok.text.Text) {
					tok.text.Text = ""
				}
			}
			s.heads = append(s.heads, h)
		}
	}
}

// pageWords are the words around page numbers.
var pageWords = regexp.MustCompile(`^[\s第页共张,，/—\-–·|()（）]*$`)

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

var usualStyle = regexp.MustCompile(`^(常规|Normal|百分比|千位分隔|货币|超链接|已访问的超链接|Hyperlink|Percent|Comma|Currency|样式|标题|好|差|适中|计算|输入|输出|汇总|注释|警告文本|解释性文本|链接单元格|检查单元格|强调文字颜色|着色|20%|40%|60%)[ \-_0-9A-Za-z\[\]着色强调文字颜色]{0,24}$`)

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

// readCellImages reads the pictures that WPS keeps in cells.
func (b *book) readCellImages() {
	for _, name := range b.pkg.Names() {
		if !strings.HasSuffix(strings.ToLower(name), "cellimages.xml") {
			continue
		}
		n, err := b.pkg.XML(name)
		if err != nil {
			continue
		}
		b.seen[name] = true
		for _, p := range n.All("xdr:pic") {
			pr := p.Find("xdr:cNvPr")
			id := pr.Attr("name")
			if rel, ok := b.pkg.RelByID(name, p.Find("a:blip").Attr("r:embed")); ok && !rel.External && b.pkg.Has(rel.Target) {
				b.images[id] = rel.Target
				b.pictures[rel.Target] = true
				b.shown++
			}
			if !usualImageID.MatchString(id) {
				b.hidden.Once("N05", "单元格图片", document.RoleField, id)
			}
			for _, a := range []string{"descr", "title"} {
				if v := strings.TrimSpace(pr.Attr(a)); v != "" {
					b.hidden.Once("N03", "替代文字", document.RoleOther, v)
					b.removed.Add("替代文字", 1)
				}
			}
		}
	}
}

// drawing is a drawing part of a sheet with its anchors.
type drawing struct {
	part    string
	root    *ooxml.Node
	anchors []*ooxml.Node // to be kept
	charts  map[string]*ooxml.Chart
}

var usualShape = regexp.MustCompile(`^(图片|图像|图形|图表|文本框|矩形|圆角矩形|椭圆|直线|箭头|组合|形状|对象|Picture|Image|Text Box|TextBox|Rectangle|Oval|Line|Shape|Group|Object|Chart|Straight Connector|Diagram|Graphic|Host Control)?[ :：]*[0-9]{0,6}( [0-9]{1,4})?$`)

// drawing reads the shapes of a sheet: text, pictures, charts, alternative texts.
func (b *book) drawing(s *sheet, part string) {
	n, err := b.pkg.XML(part)
	if err != nil {
		return
	}
	b.seen[part] = true
	d := &drawing{part: part, root: n, charts: map[string]*ooxml.Chart{}}
	if !s.hidden {
		s.drawings = append(s.drawings, d)
	}
	for _, a := range n.Kids {
		if !strings.HasSuffix(a.Name, "Anchor") {
			if a.Name == "mc:AlternateContent" {
				for _, l := range ooxml.Lines(a) {
					b.hidden.Once("N05", "控件", document.RoleObject, l)
				}
			}
			continue
		}
		b.altTexts(a)
		if b.hiddenShape(s, a) {
			continue
		}
		d.anchors = append(d.anchors, a)
		b.shapes(s, d, a)
	}
}

func (b *book) hiddenShape(s *sheet, a *ooxml.Node) bool {
	hid := s.hidden
	for _, p := range a.All("xdr:cNvPr") {
		hid = hid || truth(p.Attr("hidden"))
	}
	if r, err := strconv.Atoi(a.At("xdr:from", "xdr:row").Content0()); err == nil && s.rowHidden(r) {
		if to, err := strconv.Atoi(a.At("xdr:to", "xdr:row").Content0()); err != nil || s.rowHidden(to) {
			hid = true
		}
	}
	if !hid {
		return false
	}
	text := ""
	for _, p := range a.All("a:p") {
		text += p.Content() + "\n"
	}
	b.hidden.Add("N03", "隐藏图形", document.RoleTextBox, strings.TrimSpace(text), nil)
	b.removed.Add("隐藏图形", 1)
	for _, x := range a.All("a:blip") {
		if rel, ok := b.pkg.RelByID(partOfRoot(s, b, a), x.Attr("r:embed")); ok {
			b.pictures[rel.Target] = true
		}
	}
	return true
}

func partOfRoot(s *sheet, b *book, a *ooxml.Node) string {
	for _, r := range b.pkg.RelsOf(s.part, "drawing") {
		return r.Target
	}
	return s.part
}

func (b *book) altTexts(a *ooxml.Node) {
	a.Walk(func(k *ooxml.Node) bool {
		switch {
		case strings.HasSuffix(k.Name, ":cNvPr"):
			for _, n := range []string{"descr", "title"} {
				if v := strings.TrimSpace(k.Attr(n)); v != "" && !usualShape.MatchString(v) {
					b.hidden.Once("N03", "替代文字", document.RoleOther, v)
					b.removed.Add("替代文字", 1)
				}
			}
			if v := strings.TrimSpace(k.Attr("name")); !usualShape.MatchString(v) {
				b.hidden.Once("N03", "替代文字", document.RoleOther, v)
			}
		case k.Name == "a:hlinkClick":
			if v := k.Attr("tooltip"); v != "" {
				b.hidden.Once("N05", "超链接", document.RoleField, v)
			}
		}
		return true
	})
}

func (b *book) shapes(s *sheet, d *drawing, a *ooxml.Node) {
	a.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "mc:Fallback":
			return false
		case "a:blip":
			if rel, ok := b.pkg.RelByID(d.part, k.Attr("r:embed")); ok && !rel.External && b.pkg.Has(rel.Target) {
				b.pictures[rel.Target] = true
				b.shown++
			}
		case "xdr:txBody":
			t := &ooxml.Text{ID: fmt.Sprintf("%s#box/%d", d.part, len(b.texts)), Label: "工作表 " + s.name + " 文本框", Role: document.RoleTextBox}
			for _, p := range k.Kids {
				if p.Name == "a:p" {
					t.Paragraph(p)
				}
			}
			if t.Len() > 0 {
				b.texts = append(b.texts, t)
			}
			return false
		case "c:chart":
			if rel, ok := b.pkg.RelByID(d.part, k.Attr("r:id")); ok && !rel.External && d.charts[rel.Target] == nil {
				if c, err := ooxml.ReadChart(b.pkg, rel.Target, "工作表 "+s.name+" 图表", b.chartCache); err == nil {
					d.charts[rel.Target] = c
					b.seen[rel.Target] = true
					if c.Text.Len() > 0 {
						b.texts = append(b.texts, c.Text)
					}
				}
			}
		}
		return true
	})
}
