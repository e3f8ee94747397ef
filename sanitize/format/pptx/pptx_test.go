package pptx_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pptx"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify/ooxmlproof"

	"pgregory.net/rapid"
)

const (
	ns      = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relNS   = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	treeTop = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>`
)

// deck packs a presentation of slides (shape trees), with one layout and master.
func deck(t testing.TB, more map[string]string, slides ...string) []byte {
	t.Helper()
	parts := map[string]string{
		"[Content_Types].xml":                          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`,
		"_rels/.rels":                                  `<Relationships ` + relNS + `><Relationship Id="r" Type="` + relBase + `officeDocument" Target="ppt/presentation.xml"/></Relationships>`,
		"ppt/slideMasters/slideMaster1.xml":            `<p:sldMaster ` + ns + `><p:cSld><p:spTree>` + treeTop + shape(`x="0" y="0"`, "", `<p:nvPr><p:ph type="title"/></p:nvPr>`, "单击此处编辑母版标题样式", "") + `</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="l"/></p:sldLayoutIdLst></p:sldMaster>`,
		"ppt/slideMasters/_rels/slideMaster1.xml.rels": `<Relationships ` + relNS + `><Relationship Id="l" Type="` + relBase + `slideLayout" Target="../slideLayouts/slideLayout1.xml"/></Relationships>`,
		"ppt/slideLayouts/slideLayout1.xml":            `<p:sldLayout ` + ns + `><p:cSld name="空白"><p:spTree>` + treeTop + `</p:spTree></p:cSld></p:sldLayout>`,
		"ppt/slideLayouts/_rels/slideLayout1.xml.rels": `<Relationships ` + relNS + `><Relationship Id="m" Type="` + relBase + `slideMaster" Target="../slideMasters/slideMaster1.xml"/></Relationships>`,
	}
	var ids, rels strings.Builder
	for i, s := range slides {
		fmt.Fprintf(&ids, `<p:sldId id="%d" r:id="s%d"/>`, 256+i, i)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%sslide" Target="slides/slide%d.xml"/>`, i, relBase, i+1)
		show := ""
		if rest, ok := strings.CutPrefix(s, "hidden:"); ok {
			s, show = rest, ` show="0"`
		}
		parts[fmt.Sprintf("ppt/slides/slide%d.xml", i+1)] = `<p:sld ` + ns + show + `><p:cSld><p:spTree>` + treeTop + s + `</p:spTree></p:cSld></p:sld>`
		parts[fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", i+1)] = `<Relationships ` + relNS + `><Relationship Id="l" Type="` + relBase + `slideLayout" Target="../slideLayouts/slideLayout1.xml"/></Relationships>`
	}
	parts["ppt/presentation.xml"] = `<p:presentation ` + ns + `><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="m"/></p:sldMasterIdLst><p:sldIdLst>` + ids.String() + `</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`
	parts["ppt/_rels/presentation.xml.rels"] = `<Relationships ` + relNS + `>` + rels.String() + `<Relationship Id="m" Type="` + relBase + `slideMaster" Target="slideMasters/slideMaster1.xml"/></Relationships>`
	for n, s := range more {
		parts[n] = s
	}
	return ziptest.PackMap(t, parts)
}

// shape makes a text shape: place, attributes of its name, its nvPr, text, run properties.
func shape(off, attrs, nvPr, text, rPr string) string {
	if nvPr == "" {
		nvPr = "<p:nvPr/>"
	}
	return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="文本框 1" ` + attrs + `/><p:cNvSpPr/>` + nvPr + `</p:nvSpPr><p:spPr><a:xfrm><a:off ` + off + `/><a:ext cx="2000000" cy="500000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr>` + rPr + `</a:rPr><a:t>` + text + `</a:t></a:r></a:p></p:txBody></p:sp>`
}

func plain(text string) string { return shape(`x="100" y="100"`, "", "", text, "") }

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	d, err := pptx.Read(context.Background(), document.Source{Name: "汇报.pptx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rebuild(t testing.TB, data []byte, edits ...document.Edit) []byte {
	t.Helper()
	out, err := pptx.Rebuild(context.Background(), document.Source{Name: "汇报.pptx", Data: data}, document.Plan{Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return out.Data
}

func TestHiddenPlaces(t *testing.T) {
	white := `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`
	notes := map[string]string{
		"ppt/slides/_rels/slide1.xml.rels": `<Relationships ` + relNS + `><Relationship Id="l" Type="` + relBase + `slideLayout" Target="../slideLayouts/slideLayout1.xml"/><Relationship Id="n" Type="` + relBase + `notesSlide" Target="../notesSlides/notesSlide1.xml"/></Relationships>`,
		"ppt/notesSlides/notesSlide1.xml":  `<p:notes ` + ns + `><p:cSld><p:spTree>` + plain("暗语甲") + `</p:spTree></p:cSld></p:notes>`,
	}
	cases := []struct {
		name, label string
		more        map[string]string
		slides      []string
	}{
		{"off slide", "页面外图形", nil, []string{plain("看得见") + shape(`x="-30000000" y="0"`, "", "", "暗语甲", "")}},
		{"in a group off slide", "页面外图形", nil, []string{plain("看得见") + `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="5" name="组合 4"/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/><a:chExt cx="10" cy="10"/></a:xfrm></p:grpSpPr>` + shape(`x="99000000" y="0"`, "", "", "暗语甲", "") + `</p:grpSp>`}},
		{"hidden shape", "隐藏图形", nil, []string{plain("看得见") + shape(`x="0" y="0"`, `hidden="1"`, "", "暗语甲", "")}},
		{"white", "白色文字", nil, []string{plain("看得见") + shape(`x="0" y="0"`, "", "", "暗语甲", white)}},
		{"hidden slide", "幻灯片 2（隐藏）", nil, []string{plain("看得见"), "hidden:" + plain("暗语甲")}},
		{"notes", "备注 1", notes, []string{plain("看得见")}},
		{"alternative text", "替代文字", nil, []string{plain("看得见") + shape(`x="0" y="0"`, `descr="暗语甲"`, "", "字", "")}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := deck(t, c.more, c.slides...)
			found := false
			for _, x := range read(t, src).Parts {
				if strings.Contains(x.Text, "暗语甲") {
					found = true
					if x.Hidden == nil || x.Label != c.label {
						t.Errorf("found in %q, hidden %v", x.Label, x.Hidden)
					}
				}
			}
			if !found {
				t.Error("not read")
			}
			out := rebuild(t, src)
			if s := ziptest.Inside(t, out); strings.Contains(s, "暗语甲") || !strings.Contains(s, "看得见") {
				t.Error("the wrong things are in the copy")
			}
			for _, x := range read(t, out).Parts {
				if x.Hidden != nil {
					t.Errorf("the copy hides %q", x.Label)
				}
			}
			if ps := ooxmlproof.Check("pptx", out, []string{"暗语甲"}); len(ps) > 0 {
				t.Error(ps)
			}
		})
	}
}

// TestWhiteOnColour: white text on a filled shape, or above one, is meant to be read.
func TestWhiteOnColour(t *testing.T) {
	white := `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`
	bar := `<p:sp><p:nvSpPr><p:cNvPr id="9" name="矩形 8"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9000000" cy="900000"/></a:xfrm><a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill></p:spPr></p:sp>`
	d := read(t, deck(t, nil, bar+shape(`x="0" y="0"`, "", "", "白字标题", white)))
	if d.Parts[0].Hidden != nil || !strings.Contains(d.Parts[0].Text, "白字标题") {
		t.Errorf("%+v", d.Parts)
	}
}

func TestTable(t *testing.T) {
	tc := func(s string) string {
		return `<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>`
	}
	tbl := `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="表格 3"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr/><a:tblGrid/><a:tr h="1">` + tc("姓名") + tc("电话") + `</a:tr><a:tr h="1">` + tc("陆望舒") + tc("13800138000") + `</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	data := deck(t, nil, tbl)
	p := read(t, data).Parts[0]
	if p.Text != "姓名\t电话\n陆望舒\t13800138000\n" || len(p.Cells) != 4 {
		t.Fatalf("%q %+v", p.Text, p.Cells)
	}
	c := p.Cells[2]
	out := rebuild(t, data, document.Edit{Part: p.ID, Span: c.Span, Scope: document.ScopeRow})
	if got := read(t, out).Parts[0].Text; got != "姓名\t电话\n" {
		t.Errorf("got %q", got)
	}
}

func TestBadInput(t *testing.T) {
	fine := deck(t, nil, plain("甲"))
	for name, data := range map[string][]byte{"empty": {}, "cut": fine[:len(fine)/2], "all hidden": deck(t, nil, "hidden:"+plain("甲"))} {
		_, err := pptx.Rebuild(context.Background(), document.Source{Name: "a.pptx", Data: data}, document.Plan{})
		var r *document.Refusal
		if !errors.As(err, &r) || r.Do == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPlanProperty(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	rapid.Check(t, func(rt *rapid.T) {
		var slide strings.Builder
		for range rapid.IntRange(1, 5).Draw(rt, "shapes") {
			text := rapid.StringMatching(`[甲乙丙丁a-f0-9，]{1,8}`).Draw(rt, "t")
			switch rapid.IntRange(0, 4).Draw(rt, "kind") {
			case 0:
				slide.WriteString(shape(`x="0" y="0"`, `hidden="1"`, "", text, ""))
			case 1:
				slide.WriteString(shape(`x="-9000000" y="0"`, "", "", text, ""))
			default:
				slide.WriteString(plain(text + `</a:t></a:r><a:r><a:rPr b="1"/><a:t>` + text))
			}
		}
		data := deck(t, nil, slide.String())
		p := read(t, data).Parts[0]
		if p.Label != "幻灯片 1" {
			return
		}
		r := []rune(p.Text)
		var edits []document.Edit
		want, pos, at := "", 0, 0
		for at < len(r) && rapid.Bool().Draw(rt, "more") {
			s := rapid.IntRange(at, len(r)-1).Draw(rt, "s")
			e := rapid.IntRange(s+1, min(len(r), s+6)).Draw(rt, "e")
			at = e
			if strings.Contains(string(r[s:e]), "\n") {
				continue
			}
			x := document.Edit{Part: p.ID, Span: document.Span{Start: s, End: e}, Text: rapid.SampledFrom([]string{"", "某", "****"}).Draw(rt, "x")}
			edits = append(edits, x)
			want += string(r[pos:s]) + x.Text
			pos = e
		}
		want += string(r[pos:])
		out := rebuild(t, data, edits...)
		got := ""
		for _, x := range read(t, out).Parts {
			if x.Hidden != nil {
				rt.Fatalf("the copy hides %q", x.Label)
			}
			if x.Label == p.Label {
				got = x.Text
			}
		}
		if squeeze(got) != squeeze(want) {
			rt.Fatalf("got %q, want %q", got, want)
		}
		if ps := ooxmlproof.Check("pptx", out, nil); len(ps) > 0 {
			rt.Fatal(ps)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(plain("甲")))
	f.Add([]byte(`<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc/></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame><p:grpSp><p:grpSpPr><a:xfrm><a:chExt cx="0"/></a:xfrm></p:grpSpPr></p:grpSp>`))
	f.Fuzz(func(t *testing.T, slide []byte) {
		src := document.Source{Name: "a.pptx", Data: deck(t, nil, string(slide))}
		if _, err := pptx.Read(context.Background(), src); err != nil {
			var r *document.Refusal
			if !errors.As(err, &r) || strings.HasPrefix(r.Detail, "panic") {
				t.Fatal(err, r)
			}
			return
		}
		out, err := pptx.Rebuild(context.Background(), src, document.Plan{})
		var r *document.Refusal
		if err != nil && (!errors.As(err, &r) || strings.HasPrefix(r.Detail, "panic")) {
			t.Fatal(err)
		}
		if err == nil {
			if _, err := pptx.Read(context.Background(), document.Source{Name: "b.pptx", Data: out.Data}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
