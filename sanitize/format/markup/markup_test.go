package markup_test

import (
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/markup"
)

const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="author" content="Zhao"><title>技术报告</title>
<style>p{color:red}/* 内部样式 */</style><script>var owner = "联系赵澄";</script></head><body>
<!-- 不公开的注释 --><p>国家<b>秘</b>&#23494;级<br>第二&nbsp;行</p><div style="display: none">暗语甲</div><p style="color:#fff">暗语乙</p>
<p style="background:#000;color:#fff">反白标题</p><img src="a.png" alt="现场照片丙"><a href="https://example.invalid/x">链接</a>
<table><tr><th>姓名</th><th>手机</th><th>备注</th></tr><tr><td rowspan=2>赵澄</td><td>138<i>0013</i>8000</td><td>丁</td></tr><tr><td>戊<p>己</p></td></tr></table>
<input type="hidden" value="暗语庚"><input value="看得见"></body></html>`

func TestPage(t *testing.T) {
	d, err := markup.ReadPage(context.Background(), document.Source{Name: "a.html", Data: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	p := d.Parts[0]
	if want := "技术报告\n国家秘密级\n第二\u00a0行\n反白标题\n链接\n姓名\t手机\t备注\n赵澄\t13800138000\t丁\n戊\n己\n看得见"; p.Text != want {
		t.Errorf("got  %q\nwant %q", p.Text, want)
	}
	at := map[string]document.Cell{}
	for _, c := range p.Cells {
		at[string([]rune(p.Text)[c.Start:c.End])] = c
	}
	if c := at["13800138000"]; c.Row != 1 || c.Col != 1 || c.Label != "手机" {
		t.Errorf("cell %+v", c)
	}
	if c := at["戊\n己"]; c.Row != 2 || c.Col != 1 {
		t.Errorf("cell beside a merged one %+v", c)
	}
	hidden := ""
	for _, x := range d.Parts[1:] {
		hidden += x.Hidden.Rule + " " + x.Text + "\n"
	}
	for _, want := range []string{"N01 Zhao", "内部样式", "联系赵澄", "不公开的注释", "暗语甲", "暗语乙", "现场照片丙", "https://example.invalid/x", "暗语庚"} {
		if !strings.Contains(hidden, want) {
			t.Errorf("%s is not among %q", want, hidden)
		}
	}
	if d.Pictures != 1 || len(d.Unchecked) != 1 {
		t.Errorf("pictures %d %v", d.Pictures, d.Unchecked)
	}
}

func TestStyleSheets(t *testing.T) {
	const file = `<html><head><style><!-- .gone, p.off > b {display:none} /* x */
@media print { .paper {display:none} } @media screen and (min-width:1px) { #wide {visibility: hidden} }
@import "a.css"; .tab {display:none} .tab.now {display:block} .w {color:#FFF} .dark {background:#024} .small{font-size:1px !important}
a:hover{display:none} .loud{display:none !important}</style></head><body>
<p class="gone">暗甲</p><p class="off">明一<b>暗乙</b></p><p class="paper">明二</p><p id="wide">暗丙</p>
<div class="tab">暗丁</div><div class="tab now">明三</div><p class="w">暗戊</p><div class="dark"><p class="w">明四</p></div>
<p class="small" style="font-size:12pt">暗己</p><a href="#">明五</a><p class="gone" style="display:block">明六</p><p class="loud" style="display:block">暗庚</p></body></html>`
	d, err := markup.ReadPage(context.Background(), document.Source{Name: "a.html", Data: []byte(file)})
	if err != nil {
		t.Fatal(err)
	}
	if want := "明一\n明二\n明三\n明四\n明五\n明六"; d.Parts[0].Text != want {
		t.Errorf("got %q", d.Parts[0].Text)
	}
	hidden := ""
	for _, x := range d.Parts[1:] {
		hidden += x.Text
	}
	for _, want := range []string{"暗甲", "暗乙", "暗丙", "暗丁", "暗戊", "暗己", "暗庚"} {
		if !strings.Contains(hidden, want) {
			t.Errorf("%s is not hidden", want)
		}
	}
}

func TestPageCopy(t *testing.T) {
	src := document.Source{Name: "a.html", Data: []byte(page)}
	d, err := markup.ReadPage(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	c := d.Parts[0].Cells[3]
	out, err := markup.RebuildPage(context.Background(), src, document.Plan{Edits: []document.Edit{{Part: d.Parts[0].ID, Span: c.Span, Text: "某人"}}})
	if err != nil || out.Ext != ".docx" {
		t.Fatal(err, out)
	}
	again, err := docx.Read(context.Background(), document.Source{Name: "a.docx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Parts) != 1 || !strings.Contains(again.Parts[0].Text, "某人\t13800138000") || strings.Contains(again.Parts[0].Text, "赵澄") {
		t.Errorf("%+v", again.Parts)
	}
}

func TestXML(t *testing.T) {
	const file = `<?xml version="1.0" encoding="GB2312"?><表><人 手机="13800138000"><姓名>赵&#28548;</姓名><p>正<b>文</b>尾</p></人><!-- 暗语 --><x><![CDATA[a<b]]></x></表>`
	d, err := markup.ReadXML(context.Background(), document.Source{Name: "a.xml", Data: []byte(file)})
	if err != nil {
		t.Fatal(err)
	}
	if want := "手机：13800138000\n姓名：赵澄\n正\n文\n尾\na<b"; d.Parts[0].Text != want {
		t.Errorf("got %q", d.Parts[0].Text)
	}
	if len(d.Parts) != 2 || d.Parts[1].Text != "暗语" {
		t.Errorf("%+v", d.Parts)
	}
	broken, err := markup.ReadXML(context.Background(), document.Source{Name: "b.xml", Data: []byte(`<a>机&#23494;<b></a>`)})
	if err != nil || broken.Parts[0].Text != "机密" || len(broken.Notes) != 1 {
		t.Errorf("%v %+v", err, broken)
	}
	out, err := markup.RebuildXML(context.Background(), document.Source{Name: "a.xml", Data: []byte(file)}, document.Plan{})
	if err != nil || out.Ext != ".txt" || strings.Contains(string(out.Data), "暗语") || !strings.Contains(string(out.Data), "姓名：赵澄") {
		t.Errorf("%v %s", err, out.Data)
	}
}

// TestDeclarations: an entity that the file declares is not put in, and said so.
func TestDeclarations(t *testing.T) {
	d, err := markup.ReadXML(context.Background(), document.Source{Name: "a.xml", Data: []byte(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "暗语辛">]><a>正文&b;</a>`)})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Unchecked) != 1 || !d.Unchecked[0].Blocking {
		t.Errorf("unchecked %v", d.Unchecked)
	}
	if len(d.Parts) != 2 || !strings.Contains(d.Parts[1].Text, "暗语辛") {
		t.Errorf("parts %+v", d.Parts)
	}
}

// FuzzPage: any page is read, its cells lie in its text, one after another, and
// the copy shows the text again.
func FuzzPage(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte(`<table><tr><td rowspan=99 colspan=100>a<tr><td><table><tr><td>b</table>`))
	f.Add([]byte("<pre>a\n\tb</pre><!--[if mso]><o:Author>c</o:Author><![endif]-->"))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := document.Source{Name: "a.html", Data: data}
		d, err := markup.ReadPage(context.Background(), src)
		if err != nil {
			return
		}
		last := 0
		for _, c := range d.Parts[0].Cells {
			if c.Start < last || c.End < c.Start || c.End > len([]rune(d.Parts[0].Text)) {
				t.Fatalf("cell %+v after %d", c, last)
			}
			last = c.End
		}
		if _, err := markup.RebuildPage(context.Background(), src, document.Plan{}); err != nil {
			t.Fatal(err)
		}
		if _, err := markup.ReadXML(context.Background(), document.Source{Name: "a.xml", Data: data}); err != nil {
			t.Fatal(err)
		}
	})
}
