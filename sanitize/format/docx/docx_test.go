package docx_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify/ooxmlproof"

	"pgregory.net/rapid"
)

const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`

const relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// file is a Word document under construction: parts by name, relationships of the body.
type file struct {
	parts map[string]string
	rels  []string
}

// make packs a document with the given body.
func (f file) make(t testing.TB, body string) []byte {
	t.Helper()
	var types strings.Builder
	types.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	parts := map[string]string{
		"[Content_Types].xml":          types.String(),
		"_rels/.rels":                  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":            `<w:document ` + ns + `><w:body>` + body + `</w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(f.rels, "") + `</Relationships>`,
	}
	for k, v := range f.parts {
		parts[k] = v
	}
	return ziptest.PackMap(t, parts)
}

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	d, err := docx.Read(context.Background(), document.Source{Name: "申报书.docx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rebuild(t testing.TB, data []byte, edits ...document.Edit) []byte {
	t.Helper()
	out, err := docx.Rebuild(context.Background(), document.Source{Name: "申报书.docx", Data: data}, document.Plan{Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return out.Data
}

func p(s string) string { return `<w:p><w:r><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>` }

// TestHiddenPlaces: each place is read as hidden and gone from the copy, while the
// visible words stay.
func TestHiddenPlaces(t *testing.T) {
	run := func(pr, s string) string { return `<w:r><w:rPr>` + pr + `</w:rPr><w:t>` + s + `</w:t></w:r>` }
	cases := []struct{ name, body, label string }{
		{"vanish", `<w:p>` + run(`<w:vanish/>`, "暗语甲") + `</w:p>`, "隐藏文字"},
		{"white", `<w:p>` + run(`<w:color w:val="FFFFFF"/>`, "暗语甲") + `</w:p>`, "白色文字"},
		{"tiny", `<w:p>` + run(`<w:sz w:val="2"/>`, "暗语甲") + `</w:p>`, "极小字"},
		{"black on black", `<w:p>` + run(`<w:color w:val="000000"/><w:highlight w:val="black"/>`, "暗语甲") + `</w:p>`, "黑色遮盖文字"},
		{"far away", `<w:p>` + run(`<w:position w:val="-9999"/>`, "暗语甲") + `</w:p>`, "页面外文字"},
		{"deleted", `<w:p><w:del w:author="某甲"><w:r><w:delText>暗语甲</w:delText></w:r></w:del></w:p>`, "修订删除"},
		{"author", `<w:p><w:ins w:author="暗语甲"><w:r><w:t>留下</w:t></w:r></w:ins></w:p>`, "修订作者"},
		{"moved", `<w:p><w:moveFrom w:author="某甲"><w:r><w:t>暗语甲</w:t></w:r></w:moveFrom></w:p>`, "修订删除"},
		{"hidden row", `<w:tbl><w:tblGrid/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>` + p("暗语甲") + `</w:tc></w:tr></w:tbl>` + p(""), "隐藏行"},
		{"field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDETEXT "暗语甲" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "域代码"},
		{"bookmark", `<w:p><w:bookmarkStart w:id="1" w:name="暗语甲"/><w:bookmarkEnd w:id="1"/></w:p>`, "书签"},
		{"control", `<w:sdt><w:sdtPr><w:tag w:val="暗语甲"/></w:sdtPr><w:sdtContent>` + p("控件") + `</w:sdtContent></w:sdt>`, "内容控件"},
		{"tooltip", `<w:p><w:hyperlink w:tooltip="暗语甲"><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>`, "超链接"},
		{"caption", `<w:tbl><w:tblPr><w:tblCaption w:val="暗语甲"/></w:tblPr><w:tr><w:tc>` + p("格") + `</w:tc></w:tr></w:tbl>` + p(""), "替代文字"},
		{"comment in xml", p("正文") + `<!-- 暗语甲 -->`, "XML 注释"},
		{"unknown element", `<w:p><x:y xmlns:x="urn:x">暗语甲</x:y></w:p>`, "其他隐藏内容"},
		{"shape", `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="s" descr="暗语甲"/></wp:inline></w:drawing></w:r></w:p>`, "替代文字"},
		{"fallback", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData uri="u"><wps:wsp><wps:txbx><w:txbxContent>` + p("框") + `</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("暗语甲") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "替代内容"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := file{}.make(t, p("开头的话")+c.body+p("结尾的话"))
			found := false
			for _, x := range read(t, data).Parts {
				if strings.Contains(x.Text, "暗语甲") {
					if x.Hidden == nil || x.Label != c.label {
						t.Errorf("found in %q, hidden %v", x.Label, x.Hidden)
					}
					found = true
				}
			}
			if !found {
				t.Error("not read")
			}
			out := rebuild(t, data)
			if strings.Contains(ziptest.Inside(t, out), "暗语甲") {
				t.Error("still in the copy")
			}
			again := read(t, out)
			if !strings.Contains(again.Parts[0].Text, "开头的话") || !strings.Contains(again.Parts[0].Text, "结尾的话") {
				t.Errorf("visible text lost: %q", again.Parts[0].Text)
			}
			for _, x := range again.Parts {
				if x.Hidden != nil {
					t.Errorf("the copy hides %q", x.Label)
				}
			}
			if ps := ooxmlproof.Check("docx", out, []string{"暗语甲"}); len(ps) > 0 {
				t.Error(ps)
			}
		})
	}
}

func TestPhraseOverRuns(t *testing.T) {
	data := file{}.make(t, `<w:p><w:r><w:t>联系人陆</w:t></w:r><w:proofErr w:type="gramStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>望</w:t></w:r><w:r><w:t>舒，电话另附</w:t></w:r></w:p>`)
	d := read(t, data)
	at := strings.Index(d.Parts[0].Text, "陆望舒")
	start := len([]rune(d.Parts[0].Text[:at]))
	out := rebuild(t, data, document.Edit{Part: d.Parts[0].ID, Span: document.Span{Start: start, End: start + 3}, Text: "陆某"})
	if got := read(t, out).Parts[0].Text; got != "联系人陆某，电话另附" {
		t.Errorf("got %q", got)
	}
	if s := ziptest.Inside(t, out); strings.Contains(s, "proofErr") || strings.Contains(s, "望") {
		t.Error("left over")
	}
}

func TestScopes(t *testing.T) {
	row := func(a, b string) string { return `<w:tr><w:tc>` + p(a) + `</w:tc><w:tc>` + p(b) + `</w:tc></w:tr>` }
	data := file{}.make(t, p("第一段")+p("第二段")+`<w:tbl><w:tblGrid/>`+row("甲", "乙")+row("丙", "丁")+`</w:tbl>`+p("第三段"))
	d := read(t, data)
	id, text := d.Parts[0].ID, d.Parts[0].Text
	if text != "第一段\n第二段\n甲\t乙\n丙\t丁\n第三段" {
		t.Fatalf("read %q", text)
	}
	if len(d.Parts[0].Cells) != 4 || d.Parts[0].Cells[3].Row != 1 || d.Parts[0].Cells[3].Col != 1 {
		t.Errorf("cells %+v", d.Parts[0].Cells)
	}
	span := func(s string) document.Span {
		i := len([]rune(text[:strings.Index(text, s)]))
		return document.Span{Start: i, End: i + len([]rune(s))}
	}
	out := rebuild(t, data, document.Edit{Part: id, Span: span("二"), Scope: document.ScopeParagraph}, document.Edit{Part: id, Span: span("丙"), Scope: document.ScopeRow})
	if got := read(t, out).Parts[0].Text; got != "第一段\n甲\t乙\n第三段" {
		t.Errorf("got %q", got)
	}
}

func TestDigitsOverCells(t *testing.T) {
	var row strings.Builder
	for _, r := range "13800138000" {
		row.WriteString(`<w:tc>` + p(string(r)) + `</w:tc>`)
	}
	data := file{}.make(t, `<w:tbl><w:tblGrid/><w:tr>`+row.String()+`</w:tr></w:tbl>`+p(""))
	d := read(t, data)
	n := len([]rune(strings.TrimRight(d.Parts[0].Text, "\n")))
	out := rebuild(t, data, document.Edit{Part: d.Parts[0].ID, Span: document.Span{Start: 0, End: n}, Text: "138****8000"})
	if got := strings.TrimSpace(read(t, out).Parts[0].Text); got != "1\t3\t8\t*\t*\t*\t*\t8\t0\t0\t0" {
		t.Errorf("got %q", got)
	}
}

// TestBlanksGiveWay: what takes the place of blanks in a form that nobody could see is seen.
func TestBlanksGiveWay(t *testing.T) {
	data := file{}.make(t, `<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r></w:p>`)
	body := read(t, data).Parts[0]
	out := rebuild(t, data,
		document.Edit{Part: body.ID, Span: document.Span{Start: 1, End: 2}, Text: "某单位"},
		document.Edit{Part: body.ID, Span: document.Span{Start: 2, End: 3}, Text: "某人"})
	again := read(t, out)
	if got := strings.TrimSpace(again.Parts[0].Text); got != "甲某单位某人" {
		t.Errorf("got %q", got)
	}
	for _, x := range again.Parts {
		if x.Hidden != nil {
			t.Errorf("the copy hides %q: %q", x.Label, x.Text)
		}
	}
}

func TestUnusedHeader(t *testing.T) {
	f := file{
		parts: map[string]string{
			"word/header1.xml": `<w:hdr ` + ns + `>` + p("常用页眉") + `</w:hdr>`,
			"word/header2.xml": `<w:hdr ` + ns + `>` + p("暗语甲") + `</w:hdr>`,
		},
		rels: []string{`<Relationship Id="h1" Type="` + relBase + `header" Target="header1.xml"/>`, `<Relationship Id="h2" Type="` + relBase + `header" Target="header2.xml"/>`},
	}
	data := f.make(t, p("正文")+`<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/></w:sectPr>`)
	d := read(t, data)
	if d.Parts[1].Label != "页眉 1" || d.Parts[1].Hidden != nil || len(d.Parts[1].Marks) == 0 {
		t.Errorf("header in use: %+v", d.Parts[1])
	}
	out := ziptest.Inside(t, rebuild(t, data))
	if strings.Contains(out, "暗语甲") || !strings.Contains(out, "常用页眉") {
		t.Error("wrong header kept")
	}
}

func TestBadInput(t *testing.T) {
	fine := file{}.make(t, p("正文"))
	for name, data := range map[string][]byte{"empty": {}, "text": []byte("正文"), "cut": fine[:len(fine)-40], "no body": []byte("PK\x03\x04")} {
		_, err := docx.Read(context.Background(), document.Source{Name: "a.docx", Data: data})
		var r *document.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := docx.Rebuild(context.Background(), document.Source{Data: fine}, document.Plan{Edits: []document.Edit{{Part: "word/none.xml", Span: document.Span{End: 1}}}}); err == nil {
		t.Error("an edit of an unknown part was passed over")
	}
}

func TestReproducible(t *testing.T) {
	data := file{}.make(t, p("正文")+`<w:tbl><w:tblGrid/><w:tr><w:tc>`+p("甲")+`</w:tc></w:tr></w:tbl>`+p("尾"))
	if !bytes.Equal(rebuild(t, data), rebuild(t, data)) {
		t.Error("two copies differ")
	}
}

// drawBody makes a document body of paragraphs, tables, runs, hidden runs and text boxes.
func drawBody(rt *rapid.T) string {
	word := rapid.StringMatching(`[甲乙丙丁戊己庚辛a-f0-9，。 ]{1,8}`)
	runs := func() string {
		var b strings.Builder
		for range rapid.IntRange(0, 5).Draw(rt, "runs") {
			pr := rapid.SampledFrom([]string{"", "", "<w:b/>", `<w:color w:val="FF0000"/>`, "<w:vanish/>", `<w:sz w:val="2"/>`}).Draw(rt, "pr")
			fmt.Fprintf(&b, `<w:r><w:rPr>%s</w:rPr><w:t xml:space="preserve">%s</w:t>%s</w:r>`, pr, word.Draw(rt, "t"), rapid.SampledFrom([]string{"", "", "<w:br/>", "<w:tab/>"}).Draw(rt, "brk"))
		}
		return b.String()
	}
	para := func() string {
		in := runs()
		switch rapid.IntRange(0, 4).Draw(rt, "wrap") {
		case 0:
			in = `<w:ins w:author="某甲">` + in + `</w:ins>`
		case 1:
			in += `<w:del w:author="删改者"><w:r><w:delText>删去</w:delText></w:r></w:del>`
		case 2:
			in = `<w:smartTag>` + in + `</w:smartTag>` + runs()
		}
		mark := ""
		if rapid.IntRange(0, 9).Draw(rt, "mark") == 0 {
			mark = `<w:pPr><w:rPr><w:del w:author="并段者"/></w:rPr></w:pPr>`
		}
		return `<w:p>` + mark + in + `</w:p>`
	}
	var b strings.Builder
	for range rapid.IntRange(1, 5).Draw(rt, "blocks") {
		if rapid.IntRange(0, 3).Draw(rt, "table") > 0 {
			b.WriteString(para())
			continue
		}
		b.WriteString(`<w:tbl><w:tblGrid/>`)
		for range rapid.IntRange(1, 3).Draw(rt, "rows") {
			b.WriteString(`<w:tr><w:tc>` + para() + `</w:tc><w:tc>` + para() + para() + `</w:tc></w:tr>`)
		}
		b.WriteString(`</w:tbl>`)
	}
	return b.String() + p("尾")
}

// TestPlanProperty: a random plan over a random document; afterwards the text is
// the spliced text, separators apart, nothing is hidden and the proof is content.
func TestPlanProperty(t *testing.T) {
	squeeze := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\t' || r == ' ' }), "")
	}
	rapid.Check(t, func(rt *rapid.T) {
		data := file{}.make(t, drawBody(rt))
		d := read(t, data)
		body := d.Parts[0]
		r := []rune(body.Text)
		var edits []document.Edit
		want := ""
		at := 0
		for at < len(r) && rapid.Bool().Draw(rt, "more") {
			s := rapid.IntRange(at, len(r)-1).Draw(rt, "s")
			e := rapid.IntRange(s+1, min(len(r), s+6)).Draw(rt, "e")
			if strings.ContainsAny(string(r[s:e]), "\n\t") { // plans keep to one line and cell
				at = s + 1
				continue
			}
			x := document.Edit{Part: body.ID, Span: document.Span{Start: s, End: e}, Text: rapid.SampledFrom([]string{"", "某", "＊＊＊＊"}).Draw(rt, "x")}
			edits = append(edits, x)
			at = e
		}
		pos := 0
		for _, e := range edits {
			want += string(r[pos:e.Start]) + e.Text
			pos = e.End
		}
		want += string(r[pos:])
		out := rebuild(t, data, edits...)
		again := read(t, out)
		got := ""
		for _, x := range again.Parts {
			if x.Hidden != nil {
				rt.Fatalf("the copy hides %q: %q", x.Label, x.Text)
			}
			if x.ID == body.ID {
				got = x.Text
			}
		}
		if squeeze(got) != squeeze(want) {
			rt.Fatalf("got  %q\nwant %q\nfrom %q %v", got, want, body.Text, edits)
		}
		if ps := ooxmlproof.Check("docx", out, []string{"删去", "删改者", "并段者"}); len(ps) > 0 {
			rt.Fatal(ps)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(p("正文") + `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>`))
	f.Add([]byte(`<w:tbl><w:tr><w:tc>` + p("甲") + `</w:tc></w:tr></w:tbl><w:p><w:r><w:fldChar w:fldCharType="end"/><w:instrText>PAGE</w:instrText></w:r></w:p>`))
	f.Add([]byte(`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="x"/></mc:AlternateContent><w:pict><v:shape type="#_x0000_t136"><v:textpath string="机密"/></v:shape></w:pict></w:r></w:p>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		data := file{}.make(t, string(body))
		src := document.Source{Name: "a.docx", Data: data}
		d, err := docx.Read(context.Background(), src)
		if err != nil {
			var r *document.Refusal
			if !errors.As(err, &r) || strings.HasPrefix(r.Detail, "panic") {
				t.Fatal(err, r)
			}
			return
		}
		out, err := docx.Rebuild(context.Background(), src, document.Plan{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := docx.Read(context.Background(), document.Source{Name: "b.docx", Data: out.Data}); err != nil {
			t.Fatal(err)
		}
		_ = d
	})
}
