package odf_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/odf"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

const ns = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"`

func pack(t testing.TB, mime, styles, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument." + mime},
		{"content.xml", `<office:document-content ` + ns + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body>` + body + `</office:body></office:document-content>`},
		{"meta.xml", `<office:document-meta ` + ns + `><office:meta><dc:creator>赵知行</dc:creator></office:meta></office:document-meta>`},
	} {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const hideStyle = `<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="S1" style:family="table"><style:table-properties table:display="false"/></style:style>`

func textFile(t testing.TB) []byte {
	return pack(t, "text", hideStyle, `<office:text><text:p>标题</text:p><text:p>甲<text:span text:style-name="T1">暗语</text:span>乙<text:a xlink:href="http://oa.example.invalid/">丙</text:a></text:p>`+
		`<table:table><table:table-row><table:table-cell><text:p>丁</text:p></table:table-cell><table:table-cell><text:p>戊</text:p></table:table-cell></table:table-row></table:table>`+
		`<text:p><office:annotation><dc:creator>钱某</dc:creator><text:p>批注内容</text:p></office:annotation>末尾</text:p></office:text>`)
}

func hiddenOf(d *document.Document) map[string]string {
	out := map[string]string{}
	for _, p := range d.Parts {
		if p.Hidden != nil {
			out[p.Hidden.Kind] += p.Text
		}
	}
	return out
}

func TestText(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.odt", Data: textFile(t)}
	d, err := odf.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	if p := d.Part("word/document.xml"); p == nil || p.Text != "标题\n甲乙丙\n丁\t戊\n末尾\n" || len(p.Cells) != 2 {
		t.Fatalf("%+v", p)
	}
	for kind, want := range map[string]string{"隐藏文字": "暗语", "批注": "批注内容", "超链接": "oa.example", "文档属性": "赵知行"} {
		if got := hiddenOf(d)[kind]; !strings.Contains(got, want) {
			t.Errorf("%s: %q", kind, got)
		}
	}
	out, err := odf.Rebuild(ctx, src, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("docx", out.Data, []string{"批注内容", "暗语"}); len(p) > 0 {
		t.Error(p)
	}
	again, err := docx.Read(ctx, document.Source{Name: "a.docx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if p := append(verify.SameText(d, again), verify.StillHidden(again)...); len(p) > 0 {
		t.Error(p)
	}
}

func TestSheets(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.ods", Data: pack(t, "spreadsheet", hideStyle, `<office:spreadsheet><table:table table:name="名单"><table:table-column table:number-columns-repeated="3"/>`+
		`<table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>电话</text:p></table:table-cell></table:table-row>`+
		`<table:table-row table:visibility="collapse"><table:table-cell><text:p>隐行</text:p></table:table-cell></table:table-row></table:table>`+
		`<table:table table:name="底稿" table:style-name="S1"><table:table-row><table:table-cell><text:p>隐表</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`)}
	d, err := odf.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	if p := d.Part("xl/worksheets/sheet1.xml"); p == nil || len(p.Cells) != 2 || p.Cells[1].Ref != "D1" {
		t.Fatalf("%+v", p)
	}
	if h := hiddenOf(d); !strings.Contains(h["隐藏行"], "隐行") || !strings.Contains(h["隐藏工作表"], "隐表") {
		t.Errorf("hidden %v", h)
	}
	out, err := odf.Rebuild(ctx, src, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("xlsx", out.Data, []string{"隐行", "隐表"}); len(p) > 0 {
		t.Error(p)
	}
	again, err := xlsx.Read(ctx, document.Source{Name: "a.xlsx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if p := append(verify.SameText(d, again), verify.StillHidden(again)...); len(p) > 0 {
		t.Error(p)
	}
}

func TestRefusals(t *testing.T) {
	for name, data := range map[string][]byte{
		"no zip":  []byte("x"),
		"doctype": pack(t, "text", "", `<!DOCTYPE a [<!ENTITY b "c">]><office:text/>`),
		"deep":    pack(t, "text", "", strings.Repeat("<office:text>", 1000)+strings.Repeat("</office:text>", 1000)),
		"cut off": textFile(t)[:300],
	} {
		if _, err := odf.Read(context.Background(), document.Source{Name: "a.odt", Data: data}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(textFile(f))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = odf.Read(context.Background(), document.Source{Name: "a.odt", Data: data}) // must return
	})
}
