package ofd_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ofd"
	"jinggao/sanitize/verify/ofdproof"
)

// parts is a package by the names of its parts.
type parts map[string]string

func (p parts) zip(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, s := range p {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const namespace = `xmlns:ofd="http://www.ofdspec.org/2016"`

// object is a TextObject at a place in millimetres.
func object(id, x, y int, s, attributes, inside string) string {
	return fmt.Sprintf(`<ofd:TextObject ID="%d" Boundary="%d %d 150 6" Font="3" Size="4" %s>%s<ofd:TextCode X="0" Y="4" DeltaX="g 60 4">%s</ofd:TextCode></ofd:TextObject>`, id, x, y, attributes, inside, s)
}

func content(objects ...string) string {
	return `<ofd:Page ` + namespace + `><ofd:Content><ofd:Layer ID="2">` + strings.Join(objects, "") + `</ofd:Layer></ofd:Content></ofd:Page>`
}

// simple is a package of one page.
func simple(objects ...string) parts {
	return parts{
		"OFD.xml":                        `<ofd:OFD ` + namespace + ` Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Document.xml":             `<ofd:Document ` + namespace + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="10" BaseLoc="pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
		"Doc_0/PublicRes.xml":            `<ofd:Res ` + namespace + ` BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>`,
		"Doc_0/Pages/Page_0/Content.xml": content(objects...),
	}
}

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	d, err := ofd.Read(t.Context(), document.Source{Name: "a.ofd", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReadOrder(t *testing.T) {
	cases := map[string]struct {
		objects []string
		want    string
	}{
		"lines":          {[]string{object(3, 20, 20, "第一行的文字内容", "", ""), object(4, 20, 30, "第二行的文字内容", "", "")}, "第一行的文字内容\n第二行的文字内容"},
		"split in a row": {[]string{object(3, 20, 20, "申请人张", "", ""), object(4, 36, 20, "三丰同志的材料", "", "")}, "申请人张三丰同志的材料"},
		"glyph by glyph": {[]string{object(3, 28, 20, "丙", "", ""), object(4, 20, 20, "甲", "", ""), object(5, 24, 20, "乙", "", "")}, "甲乙丙"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := read(t, simple(c.objects...).zip(t)).Part("page/1").Text; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHiddenText(t *testing.T) {
	const secret = "内部资料第七号"
	cases := map[string]struct {
		rule    string
		objects []string
	}{
		"invisible":    {"N03", []string{object(5, 20, 60, secret, `Visible="false"`, "")}},
		"alpha":        {"N03", []string{object(5, 20, 60, secret, `Alpha="0"`, "")}},
		"white":        {"N03", []string{object(5, 20, 60, secret, "", `<ofd:FillColor Value="255 255 255"/>`)}},
		"white in hex": {"N03", []string{object(5, 20, 60, secret, "", `<ofd:FillColor Value="#FF #FF #FF"/>`)}},
		"no width":     {"N03", []string{object(5, 20, 60, secret, `HScale="0"`, "")}},
		"cut to nothing": {"N03", []string{object(5, 20, 60, secret, "",
			`<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 0 0"><ofd:AbbreviatedData>M 0 0 L 0 0 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>`)}},
		"outside": {"N03", []string{object(5, 400, 60, secret, "", "")}},
		"covered": {"N08", []string{
			object(5, 20, 60, secret, "", ""),
			`<ofd:PathObject ID="6" Boundary="15 55 100 15" Fill="true" Stroke="false"><ofd:AbbreviatedData>M 0 0 L 100 0 L 100 15 L 0 15 C</ofd:AbbreviatedData></ofd:PathObject>`,
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			data := simple(append([]string{object(3, 20, 20, "公开的正文内容", "", "")}, c.objects...)...).zip(t)
			d := read(t, data)
			if got := d.Part("page/1").Text; got != "公开的正文内容" {
				t.Errorf("visible %q", got)
			}
			found := false
			for _, p := range d.Parts {
				found = found || p.Hidden != nil && p.Hidden.Rule == c.rule && p.Text == secret
			}
			if !found {
				t.Errorf("not reported: %+v", d.Parts)
			}
			out, err := ofd.Rebuild(t.Context(), document.Source{Data: data}, document.Plan{})
			if err != nil {
				t.Fatal(err)
			}
			if err := ofdproof.Check(t.Context(), document.Source{Data: data}, out.Data, []string{secret}); err != nil {
				t.Error(err)
			}
		})
	}
}

// everywhere has a secret of its own in each hiding place.
func everywhere() (parts, map[string]string) {
	p := simple(object(3, 20, 20, "公开的正文内容", "", ""))
	secrets := map[string]string{
		"文档属性": "属性里的秘密一", "自定义": "数据里的秘密二", "大纲": "大纲里的秘密三", "批注": "批注里的秘密四", "附件": "附件里的秘密五",
		"标引": "标引里的秘密六", "未引用": "孤页里的秘密七",
	}
	p["OFD.xml"] = strings.Replace(p["OFD.xml"], "</ofd:DocInfo>", "<ofd:Author>"+secrets["文档属性"]+`</ofd:Author><ofd:CustomDatas><ofd:CustomData Name="x">`+secrets["自定义"]+"</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>", 1)
	p["Doc_0/Document.xml"] = strings.Replace(p["Doc_0/Document.xml"], "</ofd:Document>",
		`<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments><ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags><ofd:Outlines><ofd:OutlineElem Title="`+secrets["大纲"]+`"/></ofd:Outlines></ofd:Document>`, 1)
	p["Doc_0/Annots/Annotations.xml"] = `<ofd:Annotations ` + namespace + `><ofd:Page PageID="10"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`
	p["Doc_0/Annots/Page_0/Annotation.xml"] = `<ofd:PageAnnot ` + namespace + `><ofd:Annot ID="1" Type="Stamp"><ofd:Remark>` + secrets["批注"] + `</ofd:Remark></ofd:Annot></ofd:PageAnnot>`
	p["Doc_0/Attachs/Attachments.xml"] = `<ofd:Attachments ` + namespace + `><ofd:Attachment ID="1" Name="a"><ofd:FileLoc>a.txt</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`
	p["Doc_0/Attachs/a.txt"] = secrets["附件"]
	p["Doc_0/Tags/CustomTags.xml"] = `<ofd:CustomTags ` + namespace + `><ofd:CustomTag><ofd:FileLoc>t.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>`
	p["Doc_0/Tags/t.xml"] = `<:bad><t>` + secrets["标引"] + `</t></:bad>`
	p["Doc_0/Pages/Page_7/Content.xml"] = content(object(9, 20, 20, secrets["未引用"], "", ""))
	return p, secrets
}

func TestHidingPlaces(t *testing.T) {
	p, secrets := everywhere()
	data := p.zip(t)
	d := read(t, data)
	var forbidden []string
	for place, secret := range secrets {
		forbidden = append(forbidden, secret)
		found := false
		for _, part := range d.Parts {
			if part.Hidden != nil && strings.Contains(part.Text, secret) && strings.Contains(part.Label+part.Hidden.Kind, place) {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: not reported: %+v", place, d.Parts)
		}
	}
	out, err := ofd.Rebuild(t.Context(), document.Source{Data: data}, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if err := ofdproof.Check(t.Context(), document.Source{Data: data}, out.Data, forbidden); err != nil {
		t.Error(err)
	}
	again := read(t, out.Data)
	if len(again.Parts) != 1 || again.Parts[0].Text != "公开的正文内容" {
		t.Errorf("the copy reads %+v", again.Parts)
	}
}

func TestRandomPlans(t *testing.T) {
	data := simple(object(3, 20, 20, "第一行文字供随机测试使用", "", ""), object(4, 20, 30, "第二行文字ABC与数字123", "", "")).zip(t)
	before := []rune(read(t, data).Part("page/1").Text)
	rapid.Check(t, func(r *rapid.T) {
		start := rapid.IntRange(0, len(before)-1).Draw(r, "start")
		end := rapid.IntRange(start+1, len(before)).Draw(r, "end")
		out, err := ofd.Rebuild(t.Context(), document.Source{Data: data}, document.Plan{Edits: []document.Edit{{Part: "page/1", Span: document.Span{Start: start, End: end}}}})
		if err != nil {
			r.Fatal(err)
		}
		var forbidden []string
		if s := string(before[start:end]); strings.Count(string(before), s) == 1 { // else it stands elsewhere, untreated
			forbidden = append(forbidden, s)
		}
		if err := ofdproof.Check(t.Context(), document.Source{Data: data}, out.Data, forbidden); err != nil {
			r.Fatal(err)
		}
		after := []rune(read(t, out.Data).Part("page/1").Text)
		if len(after) != len(before) {
			r.Fatalf("%d runes became %d", len(before), len(after))
		}
		for i := range before {
			want := before[i]
			if i >= start && i < end && want != '\n' {
				want = ofd.Mask
			}
			if after[i] != want {
				r.Fatalf("rune %d is %q, want %q", i, after[i], want)
			}
		}
	})
}

func TestProofFindsTampering(t *testing.T) {
	data := simple(object(3, 20, 20, "姓名张三丰电话", "", "")).zip(t)
	src := document.Source{Data: data}
	out, err := ofd.Rebuild(t.Context(), src, document.Plan{Edits: []document.Edit{{Part: "page/1", Span: document.Span{Start: 2, End: 5}}}})
	if err != nil {
		t.Fatal(err)
	}
	clean := unzipped(t, out.Data)
	page := "Doc_0/Pages/Page_0/Content.xml"
	cases := map[string]func(parts){
		"text back":   func(p parts) { p[page] = strings.Replace(p[page], "＊＊＊", "张三丰", 1) },
		"other text":  func(p parts) { p[page] = strings.Replace(p[page], "姓名", "性名", 1) },
		"new part":    func(p parts) { p["Doc_0/a.txt"] = "x" },
		"comment":     func(p parts) { p[page] += "<!-- x -->" },
		"identifier":  func(p parts) { p[page] = strings.Replace(p[page], `ID="`, `ID="x`, 1) },
		"long number": func(p parts) { p[page] = strings.Replace(p[page], `Size="4"`, `Size="13800138000"`, 1) },
		"moved text":  func(p parts) { p[page] = strings.Replace(p[page], `Boundary="20 20`, `Boundary="20 30`, 1) },
		"misplaced": func(p parts) {
			p[page] = strings.Replace(p[page], "</ofd:TextObject>", `<ofd:Content/></ofd:TextObject>`, 1)
		},
		"unused resource": func(p parts) {
			p["Doc_0/PublicRes.xml"] = strings.Replace(p["Doc_0/PublicRes.xml"], "<ofd:Fonts>", `<ofd:Fonts><ofd:Font ID="99" FontName="x"/>`, 1)
		},
		"namespace": func(p parts) { p[page] = strings.Replace(p[page], "<ofd:Page ", `<ofd:Page xmlns:x="urn:x" `, 1) },
		"declaration": func(p parts) {
			p[page] = strings.Replace(p[page], `encoding="UTF-8"`, `encoding="UTF-8" standalone="yes"`, 1)
		},
		"attribute":       func(p parts) { p[page] = strings.Replace(p[page], `Size="4"`, `Size="张三"`, 1) },
		"element":         func(p parts) { p[page] = strings.Replace(p[page], "<ofd:Content>", "<ofd:Actions/><ofd:Content>", 1) },
		"text in between": func(p parts) { p[page] = strings.Replace(p[page], "<ofd:Content>", "<ofd:Content>张", 1) },
		"author": func(p parts) {
			p["OFD.xml"] = strings.Replace(p["OFD.xml"], "</ofd:DocInfo>", "<ofd:Author>a</ofd:Author></ofd:DocInfo>", 1)
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			p := parts{}
			for k, v := range clean {
				p[k] = v
			}
			change(p)
			if err := ofdproof.Check(t.Context(), src, p.zip(t), []string{"张三丰"}); !errors.Is(err, ofdproof.ErrFailed) {
				t.Errorf("not noticed: %v", err)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	bomb := simple()
	bomb["Doc_0/Pages/Page_0/Content.xml"] = strings.Repeat("<a>", 100_000)
	entity := simple()
	entity["OFD.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]>` + entity["OFD.xml"]
	unsafe := simple()
	unsafe["../x.xml"] = "x"
	cases := map[string][]byte{
		"empty": {}, "text": []byte("不是 OFD"), "no main part": parts{"a.xml": "<a/>"}.zip(t),
		"entity": entity.zip(t), "unsafe name": unsafe.zip(t),
		"cut": simple().zip(t)[:100],
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := ofd.Read(t.Context(), document.Source{Data: data})
			var r *document.Refusal
			if !errors.As(err, &r) || r.What == "" {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("deep page", func(t *testing.T) {
		d := read(t, bomb.zip(t))
		if len(d.Unchecked) == 0 || !d.Unchecked[0].Blocking {
			t.Errorf("%+v", d)
		}
	})
}

func FuzzRead(f *testing.F) {
	p, _ := everywhere()
	for _, s := range p {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := simple()
		q["Doc_0/Pages/Page_0/Content.xml"] = s
		q["Doc_0/PublicRes.xml"] = s
		data := q.zip(t)
		if _, err := ofd.Read(t.Context(), document.Source{Data: data}); err != nil {
			return
		}
		_, _ = ofd.Rebuild(t.Context(), document.Source{Data: data}, document.Plan{})
	})
}
