package odf_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/odf"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/odfproof"
)

const urn = "urn:oasis:names:tc:opendocument:xmlns:"

const ns = `xmlns:office="` + urn + `office:1.0" xmlns:text="` + urn + `text:1.0" xmlns:table="` + urn + `table:1.0" xmlns:style="` + urn + `style:1.0" xmlns:draw="` + urn + `drawing:1.0" xmlns:fo="` + urn + `xsl-fo-compatible:1.0" xmlns:svg="` + urn + `svg-compatible:1.0" xmlns:number="` + urn + `datastyle:1.0" xmlns:presentation="` + urn + `presentation:1.0" xmlns:meta="` + urn + `meta:1.0" xmlns:form="` + urn + `form:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"`

// file is a document under construction.
type file struct {
	mime, styles, body string
	common, master     string // of styles.xml
	more               []ziptest.Member
}

func (f file) pack(t testing.TB) []byte {
	t.Helper()
	return ziptest.Pack(t, append([]ziptest.Member{
		{Name: "mimetype", Data: "application/vnd.oasis.opendocument." + f.mime},
		{Name: "content.xml", Data: `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + ns + `><office:automatic-styles>` + f.styles + `</office:automatic-styles><office:body>` + f.body + `</office:body></office:document-content>`},
		{Name: "styles.xml", Data: `<office:document-styles ` + ns + `><office:styles>` + f.common + `</office:styles><office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles>` + f.master + `</office:master-styles></office:document-styles>`},
		{Name: "meta.xml", Data: `<office:document-meta ` + ns + `><office:meta><dc:creator>赵知行</dc:creator></office:meta></office:document-meta>`},
	}, f.more...)...)
}

func text(styles, body string) file {
	return file{mime: "text", styles: styles, body: "<office:text>" + body + "</office:text>"}
}

func book(styles, body string) file {
	return file{mime: "spreadsheet", styles: styles, body: "<office:spreadsheet>" + body + "</office:spreadsheet>"}
}

func deck(styles, body, master string) file {
	return file{mime: "presentation", styles: styles, body: "<office:presentation>" + body + "</office:presentation>", master: `<style:master-page style:name="M" style:page-layout-name="pm1">` + master + `</style:master-page>`}
}

const hideStyles = `<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>` +
	`<style:style style:name="T2" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>` +
	`<style:style style:name="T3" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>` +
	`<style:style style:name="T4" style:family="text"><style:text-properties fo:color="#000000" fo:background-color="#000000"/></style:style>` +
	`<style:style style:name="T5" style:family="text" style:parent-style-name="T2"/>` +
	`<style:style style:name="T6" style:family="text"><style:text-properties style:text-scale="1%"/></style:style>` +
	`<style:style style:name="T7" style:family="text"><style:text-properties style:text-position="-13999% 100%"/></style:style>` +
	`<style:style style:name="S1" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`<style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>`

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	d, err := odf.Read(context.Background(), document.Source{Name: "申报书.odt", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rebuild(t testing.TB, data []byte, edits ...document.Edit) *document.Rebuilt {
	t.Helper()
	out, err := odf.Rebuild(context.Background(), document.Source{Name: "申报书.odt", Data: data}, document.Plan{Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sound asks all that a copy must pass.
func sound(t testing.TB, want *document.Document, out *document.Rebuilt, forbidden ...string) *document.Document {
	t.Helper()
	again := read(t, out.Data)
	problems := append(verify.SameText(want, again), verify.StillHidden(again)...)
	problems = append(problems, verify.Leaks("副本", out.Data, forbidden)...)
	if problems = append(problems, odfproof.Check(out.Kind, out.Data, forbidden)...); len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, ziptest.Inside(t, out.Data))
	}
	return again
}

func body(d *document.Document) string {
	for _, id := range []string{"content", "sheet/1", "slide/1"} {
		if p := d.Part(id); p != nil {
			return p.Text
		}
	}
	return ""
}

func TestText(t *testing.T) {
	data := text(hideStyles, `<text:p>标题</text:p><text:p>甲<text:span text:style-name="T1">暗语</text:span>乙 <text:s text:c="3"/>己<text:tab/><text:a xlink:href="http://oa.example.invalid/">丙</text:a></text:p>`+
		`<table:table><table:table-row><table:table-cell><text:p>丁</text:p></table:table-cell><table:table-cell><text:p>戊</text:p></table:table-cell></table:table-row></table:table>`+
		`<text:p><office:annotation><dc:creator>钱某</dc:creator><text:p>批注内容</text:p></office:annotation>末尾<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注</text:p></text:note-body></text:note></text:p>`).pack(t)
	d := read(t, data)
	if p := d.Part("content"); d.Kind != odf.Text || p == nil || p.Text != "标题\n甲乙    己\t丙\n丁\t戊\n末尾" || len(p.Cells) != 2 {
		t.Fatalf("%+v", p)
	}
	out := rebuild(t, data)
	if out.Kind != odf.Text || out.Ext != ".odt" {
		t.Error(out.Kind, out.Ext)
	}
	again := sound(t, d, out, "批注内容", "暗语", "oa.example", "赵知行", "钱某")
	if body(again) != body(d) || again.Part("notes") == nil {
		t.Errorf("%q", body(again))
	}
	if b := rebuild(t, data).Data; !bytes.Equal(b, out.Data) {
		t.Error("the same document gives other bytes")
	}
}

// TestHiddenPlaces: each place is read as hidden and gone from the copy, while the
// visible words stay.
func TestHiddenPlaces(t *testing.T) {
	inText := func(s string) file {
		return text(hideStyles, "<text:p>开头的话</text:p>"+s+"<text:p>结尾的话</text:p>")
	}
	cell := func(s string) string { return `<table:table-cell><text:p>` + s + `</text:p></table:table-cell>` }
	inBook := func(rows, more string) file {
		return book(hideStyles, `<table:table table:name="表"><table:table-column/><table:table-column table:visibility="collapse"/><table:table-row>`+cell("开头的话")+`</table:table-row>`+rows+`<table:table-row>`+cell("结尾的话")+`</table:table-row></table:table>`+more)
	}
	frame := func(s string) string {
		return `<draw:frame svg:x="1cm" svg:y="1cm" svg:width="5cm" svg:height="2cm">` + s + `</draw:frame>`
	}
	box := func(s string) string { return frame(`<draw:text-box><text:p>` + s + `</text:p></draw:text-box>`) }
	inDeck := func(page, more, master string) file {
		return deck(hideStyles, `<draw:page draw:master-page-name="M">`+box("开头的话")+page+box("结尾的话")+`</draw:page>`+more, master)
	}
	cases := []struct {
		name, kind string
		f          file
	}{
		{"display none", "隐藏文字", inText(`<text:p><text:span text:style-name="T1">暗语甲</text:span></text:p>`)},
		{"white", "白色文字", inText(`<text:p><text:span text:style-name="T2">暗语甲</text:span></text:p>`)},
		{"white by its parent", "白色文字", inText(`<text:p><text:span text:style-name="T5">暗语甲</text:span></text:p>`)},
		{"tiny", "极小字", inText(`<text:p><text:span text:style-name="T3">暗语甲</text:span></text:p>`)},
		{"black on black", "与底色相同的文字", inText(`<text:p><text:span text:style-name="T4">暗语甲</text:span></text:p>`)},
		{"squeezed", "极小字", inText(`<text:p><text:span text:style-name="T6">暗语甲</text:span></text:p>`)},
		{"lowered off the page", "页面外文字", inText(`<text:p><text:span text:style-name="T7">暗语甲</text:span></text:p>`)},
		{"frame off the page", "页面外图形", inText(`<text:p><draw:frame svg:x="-900cm" svg:y="1cm"><draw:text-box><text:p>暗语甲</text:p></draw:text-box></draw:frame></text:p>`)},
		{"section", "隐藏文字", inText(`<text:section text:display="none"><text:p>暗语甲</text:p></text:section>`)},
		{"hidden paragraph", "隐藏文字", inText(`<text:p>暗语甲<text:hidden-paragraph text:condition="1" text:is-hidden="true"/></text:p>`)},
		{"hidden text", "隐藏文字", inText(`<text:p><text:hidden-text text:string-value="暗语甲"/></text:p>`)},
		{"condition", "域代码", inText(`<text:p><text:conditional-text text:string-value-if-false="暗语甲">显</text:conditional-text></text:p>`)},
		{"deleted", "修订删除", inText(`<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>某甲</dc:creator></office:change-info><text:p>暗语甲</text:p></text:deletion></text:changed-region></text:tracked-changes>`)},
		{"author", "修订作者", inText(`<text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:creator>暗语甲</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>`)},
		{"annotation", "批注", inText(`<text:p><office:annotation><text:p>暗语甲</text:p></office:annotation></text:p>`)},
		{"link", "超链接", inText(`<text:p><text:a xlink:href="http://暗语甲.example/">链</text:a></text:p>`)},
		{"bookmark", "书签", inText(`<text:p><text:bookmark text:name="暗语甲"/></text:p>`)},
		{"linked section", "外部链接", inText(`<text:section><text:section-source xlink:href="file:///暗语甲.odt"/><text:p>显</text:p></text:section>`)},
		{"variable", "变量与表单", inText(`<text:user-field-decls><text:user-field-decl text:name="甲甲" office:string-value="暗语甲"/></text:user-field-decls>`)},
		{"form", "变量与表单", inText(`<office:forms><form:form><form:text form:value="暗语甲"/></form:form></office:forms>`)},
		{"alt text", "替代文字", inText(`<text:p>` + frame(`<draw:text-box><text:p>框</text:p></draw:text-box><svg:desc>暗语甲</svg:desc>`) + `</text:p>`)},
		{"shape name", "图形名称", inText(`<text:p><draw:rect draw:name="暗语甲"/></text:p>`)},
		{"hidden row", "隐藏行", inText(`<table:table><table:table-row table:visibility="collapse">` + cell("暗语甲") + `</table:table-row><table:table-row>` + cell("格") + `</table:table-row></table:table>`)},
		{"under a merged cell", "合并单元格遮盖的内容", inText(`<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>格</text:p></table:table-cell><table:covered-table-cell><text:p>暗语甲</text:p></table:covered-table-cell></table:table-row></table:table>`)},
		{"comment in xml", "XML 注释", inText(`<!-- 暗语甲 -->`)},
		{"instruction in xml", "XML 注释", inText(`<?note 暗语甲?>`)},
		{"unknown element", "其他隐藏内容", inText(`<x:y xmlns:x="urn:x">暗语甲</x:y>`)},
		{"unknown attribute", "异常属性值", inText(`<text:p text:note="暗语甲的话">显</text:p>`)},
		{"value of a layout attribute", "异常属性值", text(`<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:text-align="暗语甲"/></style:style>`, `<text:p text:style-name="P1">开头的话结尾的话</text:p>`)},
		{"text between elements", "其他隐藏内容", inText(`<text:list>暗语甲<text:list-item><text:p>项</text:p></text:list-item></text:list>`)},
		{"script", "其他隐藏内容", inText(`<text:p><text:script>暗语甲</text:script></text:p>`)},
		{"index mark", "索引标记", inText(`<text:p><text:alphabetical-index-mark text:string-value="暗语甲"/></text:p>`)},
		{"header that is off", "未启用的页眉页脚", file{mime: "text", body: "<office:text><text:p>开头的话结尾的话</text:p></office:text>", master: `<style:master-page style:name="M"><style:header style:display="false"><text:p>暗语甲</text:p></style:header></style:master-page>`}},
		{"hidden sheet row", "隐藏行", inBook(`<table:table-row table:visibility="filter">`+cell("暗语甲")+`</table:table-row>`, "")},
		{"hidden column", "隐藏列", inBook(`<table:table-row>`+cell("格")+cell("暗语甲")+cell("丙")+`</table:table-row>`, "")},
		{"hidden sheet", "隐藏工作表", inBook("", `<table:table table:name="底稿" table:style-name="S1"><table:table-row>`+cell("暗语甲")+`</table:table-row></table:table>`)},
		{"cell under a merged one", "合并单元格遮盖的内容", inBook(`<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>格</text:p></table:table-cell><table:covered-table-cell/><table:covered-table-cell><text:p>暗语甲</text:p></table:covered-table-cell></table:table-row>`, "")},
		{"value behind the text", "与显示不符的单元格值", inBook(`<table:table-row><table:table-cell office:value-type="string" office:string-value="暗语甲"><text:p>格</text:p></table:table-cell></table:table-row>`, "")},
		{"formula", "公式", inBook(`<table:table-row><table:table-cell table:formula='of:="暗语甲"'><text:p>格</text:p></table:table-cell></table:table-row>`, "")},
		{"external formula", "外部链接公式", inBook(`<table:table-row><table:table-cell table:formula="of:='file:///暗语甲.ods'#A1"><text:p>格</text:p></table:table-cell></table:table-row>`, "")},
		{"name", "定义名称", inBook("", `<table:named-expressions><table:named-range table:name="暗语甲"/></table:named-expressions>`)},
		{"validation", "数据验证提示", inBook("", `<table:content-validations><table:content-validation><table:help-message><text:p>暗语甲</text:p></table:help-message></table:content-validation></table:content-validations>`)},
		{"note of a cell", "批注", inBook(`<table:table-row><table:table-cell><office:annotation><text:p>暗语甲</text:p></office:annotation><text:p>格</text:p></table:table-cell></table:table-row>`, "")},
		{"hidden page", "隐藏幻灯片", inDeck("", `<draw:page draw:style-name="dp1" draw:master-page-name="M">`+box("暗语甲")+`</draw:page>`, "")},
		{"speaker notes", "备注", inDeck(`<presentation:notes>`+box("暗语甲")+`</presentation:notes>`, "", "")},
		{"beside the page", "页面外图形", inDeck(`<draw:frame svg:x="60cm" svg:y="1cm" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>暗语甲</text:p></draw:text-box></draw:frame>`, "", "")},
		{"white on a bare page", "白色文字", inDeck(box(`<text:span text:style-name="T2">暗语甲</text:span>`), "", "")},
		{"footer that no page shows", "未启用的页眉页脚", inDeck("", `<presentation:footer-decl presentation:name="f1">暗语甲</presentation:footer-decl>`, "")},
		{"prompt of a master", "母版提示文字", inDeck("", "", `<draw:frame presentation:class="title"><draw:text-box><text:p>暗语甲</text:p></draw:text-box></draw:frame>`)},
		{"event", "超链接", inDeck(`<draw:rect><office:event-listeners><presentation:event-listener xlink:href="http://暗语甲.example/"/></office:event-listeners></draw:rect>`, "", "")},
		{"other member", "其他部件", func() file {
			f := inText("")
			f.more = []ziptest.Member{{Name: "notes.xml", Data: "<a>暗语甲暗语甲</a>"}}
			return f
		}()},
		{"unused picture", "未引用部件", func() file {
			f := inText("")
			f.more = []ziptest.Member{{Name: "Pictures/暗语甲.png", Data: "x"}}
			return f
		}()},
		{"path in the settings", "打印机", func() file {
			f := inText("")
			f.more = []ziptest.Member{{Name: "settings.xml", Data: `<a xmlns:config="` + urn + `config:1.0"><config:config-item config:name="PrinterName" config:type="string">暗语甲</config:config-item></a>`}}
			return f
		}()},
		{"embedded object", "嵌入对象", func() file {
			f := inText(`<text:p>` + frame(`<draw:object xlink:href="./Object 1"/>`) + `</text:p>`)
			f.more = []ziptest.Member{{Name: "Object 1/content.xml", Data: `<office:document-content ` + ns + `><office:body><office:text><text:p>暗语甲</text:p></office:text></office:body></office:document-content>`}}
			return f
		}()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := c.f.pack(t)
			d := read(t, data)
			found := false
			for _, x := range d.Parts {
				if strings.Contains(x.Text, "暗语甲") {
					if x.Hidden == nil || x.Hidden.Kind != c.kind {
						t.Errorf("found in %q, hidden %v", x.Label, x.Hidden)
					}
					found = true
				}
			}
			if !found {
				t.Error("not read")
			}
			out := rebuild(t, data)
			if s := ziptest.Inside(t, out.Data); strings.Contains(s, "暗语甲") || !strings.Contains(s, "开头的话") || !strings.Contains(s, "结尾的话") {
				t.Error("still in the copy, or what is seen is not", s)
			}
			sound(t, d, out, "暗语甲")
		})
	}
}

func TestWhiteOnColourStays(t *testing.T) {
	for name, f := range map[string]file{
		"cell": text(hideStyles+`<style:style style:name="C1" style:family="table-cell"><style:table-cell-properties fo:background-color="#203864"/></style:style>`,
			`<table:table><table:table-row><table:table-cell table:style-name="C1"><text:p><text:span text:style-name="T2">看得见</text:span></text:p></table:table-cell></table:table-row></table:table>`),
		"shape": text(hideStyles+`<style:style style:name="g1" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#203864"/></style:style>`,
			`<text:p>图<draw:custom-shape draw:style-name="g1"><text:p><text:span text:style-name="T2">看得见</text:span></text:p></draw:custom-shape></text:p>`),
		"page": deck(hideStyles+`<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties draw:fill="solid" draw:fill-color="#203864"/></style:style>`,
			`<draw:page draw:style-name="dp2" draw:master-page-name="M"><draw:frame><draw:text-box><text:p><text:span text:style-name="T2">看得见</text:span></text:p></draw:text-box></draw:frame></draw:page>`, ""),
	} {
		d := read(t, f.pack(t))
		if !strings.Contains(verify.Visible(d), "看得见") {
			t.Errorf("%s: taken for hidden", name)
		}
	}
}

// TestEdits: a phrase over several spans counts as one; scopes take paragraphs and
// rows out; merged cells follow.
func TestEdits(t *testing.T) {
	data := text(`<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>`,
		`<text:p>联系人张<text:span text:style-name="B">建</text:span>国在此</text:p><text:p>要删的一段</text:p>`+
			`<table:table><table:table-column/><table:table-column/><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>合</text:p></table:table-cell><table:table-cell><text:p>删行</text:p></table:table-cell></table:table-row>`+
			`<table:table-row><table:covered-table-cell/><table:table-cell><text:p>留行</text:p></table:table-cell></table:table-row></table:table><text:p>末<text:line-break/>尾</text:p>`).pack(t)
	d := read(t, data)
	at := func(s string) document.Span {
		i := len([]rune(body(d)[:strings.Index(body(d), s)]))
		return document.Span{Start: i, End: i + len([]rune(s))}
	}
	edits := []document.Edit{
		{Part: "content", Span: at("张建国"), Text: "***"},
		{Part: "content", Span: at("要删的一段"), Scope: document.ScopeParagraph},
		{Part: "content", Span: at("合\t删行"), Scope: document.ScopeRow},
	}
	out := rebuild(t, data, edits...)
	s := ziptest.Inside(t, out.Data)
	again := sound(t, redact.Apply(d, document.Plan{Edits: edits}).Document, out, "张建国", "要删的一段", "删行")
	if got := body(again); got != "联系人***在此\n\t留行\n末\n尾" {
		t.Errorf("%q", got)
	}
	if strings.Contains(s, "covered-table-cell") || strings.Contains(s, `rows-spanned="2"`) {
		t.Error("merged cells are out of order", s)
	}
}

func TestValues(t *testing.T) {
	cell := func(attrs, s string) string {
		return `<table:table-cell ` + attrs + `><text:p>` + s + `</text:p></table:table-cell>`
	}
	data := book("", `<table:table table:name="数"><table:table-row>`+
		cell(`office:value-type="float" office:value="1234.5678"`, "1,234.57")+cell(`office:value-type="percentage" office:value="0.12512"`, "12.5%")+
		cell(`office:value-type="float" office:value="13800138000"`, "手机")+cell(`office:value-type="date" office:date-value="2026-11-24"`, "2026年11月24日")+
		cell(`office:value-type="date" office:date-value="2026-11-24"`, "11月")+cell(`office:value-type="float" office:value="5"`, "5")+
		`<table:table-cell office:value-type="float" office:value="7"/></table:table-row></table:table>`).pack(t)
	d := read(t, data)
	i := len([]rune(body(d)[:strings.Index(body(d), "5\t7")]))
	out := rebuild(t, data, document.Edit{Part: "sheet/1", Span: document.Span{Start: i, End: i + 1}, Text: "***"})
	s := ziptest.Inside(t, out.Data)
	for _, want := range []string{`office:value="1234.57"`, `office:value="0.125"`, `office:date-value="2026-11-24"`, `office:value="7"`} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"5678", "12512", "13800138000", `office:value="5"`} {
		if strings.Contains(s, not) {
			t.Errorf("still %s", not)
		}
	}
	if strings.Count(s, "date-value") != 1 {
		t.Error("a date of which only the month is seen stays")
	}
	if p := odfproof.Check(out.Kind, out.Data, nil); len(p) > 0 {
		t.Error(p)
	}
}

func TestRefusals(t *testing.T) {
	for name, data := range map[string][]byte{
		"no zip":   []byte("x"),
		"doctype":  text("", `<!DOCTYPE a [<!ENTITY b "c">]>`).pack(t),
		"deep":     text("", strings.Repeat("<text:section>", 1000)+strings.Repeat("</text:section>", 1000)).pack(t),
		"cut off":  text("", "<text:p>甲</text:p>").pack(t)[:300],
		"no body":  file{mime: "text"}.pack(t),
		"too much": book("", `<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>`).pack(t),
	} {
		if _, err := odf.Read(context.Background(), document.Source{Name: "a.odt", Data: data}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// TestRandomPlans: of a made document with a random plan carried out nothing that was
// treated is left anywhere, and all else is as it was.
func TestRandomPlans(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		data := made(r).pack(t)
		d := read(t, data)
		var plan document.Plan
		var gone []string
		taken := map[string]bool{}
		for _, p := range d.Parts {
			if p.Hidden != nil || p.ID == "names" || p.ID == "sheets" {
				continue
			}
			for _, w := range words {
				if i := strings.Index(p.Text, w); i >= 0 && !taken[w] && rapid.Bool().Draw(r, "treat") {
					start := len([]rune(p.Text[:i]))
					plan.Edits = append(plan.Edits, document.Edit{Part: p.ID, Span: document.Span{Start: start, End: start + len([]rune(w))}, Text: rapid.SampledFrom([]string{"", "*", "某单位", "a  b"}).Draw(r, "with")})
					gone, taken[w] = append(gone, w), true
				}
			}
		}
		slices.SortFunc(plan.Edits, func(a, b document.Edit) int {
			return 1000*strings.Compare(a.Part, b.Part) + a.Start - b.Start
		})
		out, err := odf.Rebuild(context.Background(), document.Source{Name: "a.odt", Data: data}, plan)
		if err != nil {
			r.Fatal(err)
		}
		sound(t, redact.Apply(d, plan).Document, out, gone...)
	})
}

// words are the phrases of made documents, each once.
var words = []string{"青石桥研究所", "白鹭洲路七号", "红枫计划甲", "紫藤园小区", "黄鹤楼基地", "蓝湖样品七"}

func made(r *rapid.T) file {
	pool := slices.Clone(words)
	phrase := func() string { // a phrase, perhaps in several spans
		if len(pool) == 0 {
			return "余文"
		}
		w := []rune(pool[0])
		pool = pool[1:]
		if k := rapid.IntRange(0, len(w)-1).Draw(r, "cut"); k > 0 {
			return string(w[:k]) + `<text:span text:style-name="B">` + string(w[k:]) + `</text:span>`
		}
		return string(w)
	}
	p := func() string { return "<text:p>前 文" + phrase() + "后<text:tab/>文 </text:p>" }
	cells := func() string {
		return "<table:table-row><table:table-cell>" + p() + "</table:table-cell><table:table-cell>" + p() + "</table:table-cell></table:table-row>"
	}
	style := `<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>`
	box := func() string { return "<draw:frame><draw:text-box>" + p() + "</draw:text-box></draw:frame>" }
	switch rapid.IntRange(0, 2).Draw(r, "kind") {
	case 0:
		return text(style, p()+"<table:table>"+cells()+"</table:table><text:list><text:list-item>"+p()+"</text:list-item></text:list><text:p>图"+box()+"</text:p>")
	case 1:
		return book(style, `<table:table table:name="甲">`+cells()+cells()+`</table:table>`)
	}
	return deck(style, `<draw:page draw:master-page-name="M">`+box()+box()+`</draw:page>`, box())
}

func FuzzRebuild(f *testing.F) {
	f.Add(text(hideStyles, "<text:p>甲</text:p>").pack(f))
	f.Add(book("", "<table:table><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>").pack(f))
	f.Add(deck("", `<draw:page draw:master-page-name="M"/>`, "").pack(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, data)
	})
}

// FuzzContent changes only the parts, which a changed archive seldom gets to.
func FuzzContent(f *testing.F) {
	for _, s := range []string{
		`<office:text><text:p text:style-name="P1">甲<text:span>乙</text:span><text:note><text:note-body><text:p>丙</text:p></text:note-body></text:note></text:p></office:text>`,
		`<office:spreadsheet><table:table table:name="a"><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-rows-spanned="3" office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`,
		`<office:presentation><draw:page draw:master-page-name="M"><draw:frame><draw:text-box><text:list><text:list-item><text:p>甲</text:p></text:list-item></text:list></draw:text-box></draw:frame></draw:page></office:presentation>`,
	} {
		f.Add("text", s)
	}
	f.Fuzz(func(t *testing.T, mime, body string) {
		check(t, file{mime: mime, styles: hideStyles, body: body, master: `<style:master-page style:name="M"/>`}.pack(t))
	})
}

// check: what can be read can be rebuilt, and the copy passes its proof.
func check(t *testing.T, data []byte) {
	ctx := context.Background()
	d, err := odf.Read(ctx, document.Source{Name: "a.odt", Data: data})
	if err != nil {
		return
	}
	out, err := odf.Rebuild(ctx, document.Source{Name: "a.odt", Data: data}, document.Plan{})
	if err != nil {
		return
	}
	again, err := odf.Read(ctx, document.Source{Name: "a.odt", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if p := append(verify.SameText(d, again), odfproof.Check(out.Kind, out.Data, nil)...); len(p) > 0 {
		t.Fatal(fmt.Sprint(p), ziptest.Inside(t, out.Data))
	}
}
