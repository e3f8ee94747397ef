package docx_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/internal/ziptest"
)

const webPage = `<html><head><style>.no{display:none}</style><!-- 注记丁 --></head><body><h1>机密★10年</h1><p>联系<b>人</b>&#38889;砚秋</p>` +
	`<table><tr><td>甲格</td><td>乙格</td></tr></table><p class="no">隐语丙</p><img src="a.png" alt="图注戊"></body></html>`

// withChunk is a document into whose text a part is laid.
func withChunk(name, typ, data string) file {
	rel := `<Relationship Id="rId5" Type="` + relBase + `aFChunk" Target="` + name + `"/>`
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/` + name + `" ContentType="` + typ + `"/></Types>`
	return file{rels: []string{rel}, parts: map[string]string{"word/" + name: data, "[Content_Types].xml": types}}
}

func messages(d *document.Document) string {
	var out []string
	for _, u := range d.Unchecked {
		out = append(out, u.Message)
	}
	return strings.Join(out, "；")
}

// A web page laid into a document is read as one: references resolved, cells apart,
// what it hides told apart from what it shows; the copy is without it and says so.
func TestWebPageLaidIn(t *testing.T) {
	const body = `<w:altChunk r:id="rId5"/>`
	for name, c := range map[string]struct{ name, typ string }{"by type": {"afchunk.dat", "text/html"}, "by ending": {"afchunk.htm", "application/octet-stream"}, "xhtml": {"a.xml", "application/xhtml+xml"}} {
		t.Run(name, func(t *testing.T) {
			data := withChunk(c.name, c.typ, webPage).make(t, p("正文甲")+body+body)
			d := read(t, data)
			shown := d.Part("part/word/" + c.name + "#text")
			if shown == nil || shown.Text != "机密★10年\n联系人韩砚秋\n甲格\t乙格" || shown.Hidden == nil || shown.Hidden.Rule != "N05" || len(shown.Cells) != 2 || len(shown.Marks) == 0 {
				t.Fatalf("%+v", d.Parts)
			}
			var rest strings.Builder
			for _, x := range d.Parts {
				if x.ID != shown.ID {
					rest.WriteString(x.Text + "\n")
				}
			}
			for _, s := range []string{"隐语丙", "注记丁", "图注戊"} {
				if !strings.Contains(rest.String(), s) {
					t.Errorf("%s is not read: %s", s, rest.String())
				}
			}
			if strings.Contains(rest.String(), "<p>") {
				t.Errorf("read as raw text too: %s", rest.String())
			}
			if m := messages(d); !strings.Contains(m, "并入的网页 1 个，文字已检查，副本中不含") || !strings.Contains(m, "嵌入网页：图片 1 张") {
				t.Error(m)
			}
			out, err := docx.Rebuild(context.Background(), document.Source{Name: "a.docx", Data: data}, document.Plan{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(out.Removed, func(r document.Removal) bool { return r.Kind == "嵌入内容" }) {
				t.Errorf("not listed: %v", out.Removed)
			}
			if all := ziptest.Inside(t, out.Data); strings.Contains(all, "砚秋") || strings.Contains(all, "altChunk") || strings.Contains(all, "隐语丙") || !strings.Contains(all, "正文甲") {
				t.Error(all)
			}
		})
	}
}

func TestOtherFilesLaidInAreListed(t *testing.T) {
	for name, c := range map[string]struct{ file, typ, data, says string }{
		"rtf":     {"afchunk.rtf", "application/rtf", `{\rtf1 word}`, "并入的其他文件 1 个未按版式读取，副本中不含"},
		"no text": {"afchunk.htm", "text/html", "\x00\x01\x02\x03\xff\xfe\xfd" + strings.Repeat("\x00\x81", 500), "并入的其他文件 1 个未按版式读取，副本中不含"},
	} {
		d := read(t, withChunk(c.file, c.typ, c.data).make(t, p("正文甲")+`<w:altChunk r:id="rId5"/>`))
		if m := messages(d); !strings.Contains(m, c.says) {
			t.Errorf("%s: %s", name, m)
		}
	}
	if m := messages(read(t, file{}.make(t, p("正文甲")+`<w:altChunk r:id="rId9"/>`))); !strings.Contains(m, "引用的外部子文档 1 个未读取") {
		t.Error(m)
	}
}
