package ofd_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/png"
	"sort"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ofd"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify/ofdproof"
)

// rich is a package with everything that a copy carries over, and things that it does not.
func rich(t testing.TB) parts {
	t.Helper()
	block := `<ofd:AbbreviatedData>M 0 0 L 30 0 L 30 20 L 0 20 C</ofd:AbbreviatedData>`
	p := simple(
		object(3, 20, 20, "公开的正文内容", `HScale="1" Weight="400" Italic="false"`, `<ofd:FillColor Value="0 0 #10" ColorSpace="70"/>`),
		`<ofd:TextObject ID="4" Boundary="20 40 150 6" Font="5" Size="4" CTM="1 0 0 1 0 0"><ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>1 1</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="4">二行</ofd:TextCode></ofd:TextObject>`,
		`<ofd:PageBlock ID="6"><ofd:PathObject ID="7" Boundary="20 60 30 20" Stroke="true" LineWidth="0.35" Join="Miter" Cap="Butt" DashPattern="1 2" DrawParam="60"><ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 30 20">`+block+`</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips><ofd:StrokeColor Value="0 0 0"/>`+block+`</ofd:PathObject></ofd:PageBlock>`,
		`<ofd:PathObject ID="8" Boundary="60 60 30 20" Fill="true" Rule="NonZero"><ofd:FillColor><ofd:Pattern Width="5" Height="5" XStep="5" YStep="5" ReflectMethod="Normal"><ofd:CellContent><ofd:PathObject ID="9" Boundary="0 0 2 2" Fill="true">`+block+`</ofd:PathObject></ofd:CellContent></ofd:Pattern></ofd:FillColor>`+block+`</ofd:PathObject>`,
		`<ofd:PathObject ID="12" Boundary="60 90 30 20" Fill="true"><ofd:FillColor><ofd:AxialShd MapType="Direct" StartPoint="0 0" EndPoint="30 0"><ofd:Segment Position="0"><ofd:Color Value="1 2 3"/></ofd:Segment></ofd:AxialShd></ofd:FillColor>`+block+`</ofd:PathObject>`,
		`<ofd:ImageObject ID="13" Boundary="20 120 30 20" CTM="30 0 0 20 0 0" ResourceID="80"><ofd:Border LineWidth="1"><ofd:BorderColor Value="1 1 1"/></ofd:Border></ofd:ImageObject>`,
		`<ofd:CompositeObject ID="14" Boundary="0 0 210 297" ResourceID="90"/>`,
	)
	p["Doc_0/Document.xml"] = strings.Replace(p["Doc_0/Document.xml"], "</ofd:CommonData>", `<ofd:TemplatePage ID="50" BaseLoc="Tpls/a.xml"/><ofd:TemplatePage ID="51" BaseLoc="Tpls/b.xml"/></ofd:CommonData>`, 1)
	page := "Doc_0/Pages/Page_0/Content.xml"
	p[page] = strings.Replace(p[page], "<ofd:Content>", `<ofd:Template TemplateID="50" ZOrder="Background"/><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content>`, 1)
	p["Doc_0/Tpls/a.xml"] = content(object(501, 20, 10, "页眉文字", "", ""))
	p["Doc_0/Tpls/b.xml"] = content(object(502, 20, 10, "没有用到的底版", "", ""))
	p["Doc_0/PublicRes.xml"] = `<ofd:Res ` + namespace + ` BaseLoc="Res"><ofd:ColorSpaces><ofd:ColorSpace ID="70" Type="RGB" BitsPerComponent="8"><ofd:Palette><ofd:CV>1 2 3</ofd:CV></ofd:Palette></ofd:ColorSpace></ofd:ColorSpaces>` +
		`<ofd:DrawParams><ofd:DrawParam ID="60" LineWidth="0.2"><ofd:FillColor Value="0 0 0"/></ofd:DrawParam></ofd:DrawParams>` +
		`<ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/><ofd:Font ID="5" FontName="ABCDEF+Evermore Kai"><ofd:FontFile>a.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>` +
		`<ofd:MultiMedias><ofd:MultiMedia ID="80" Type="Image" Format="PNG"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia><ofd:MultiMedia ID="81" Type="Image"><ofd:MediaFile>b.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>` +
		`<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="90" Width="100" Height="100"><ofd:Content>` + object(901, 20, 200, "组合图元文字", "", "") + `</ofd:Content></ofd:CompositeGraphicUnit>` +
		`<ofd:CompositeGraphicUnit ID="91" Width="100" Height="100"><ofd:Content>` + object(911, 20, 200, "没有用到的图元", "", "") + `</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`
	p["Doc_0/Res/a.ttf"] = string(trueType())
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	p["Doc_0/Res/a.png"], p["Doc_0/Res/b.png"] = b.String(), b.String()
	return p
}

// fontNote stands in three places of the font of rich: names, a table of its own, and behind it.
const fontNote = "ZqFontNote"

// trueType is a font file of two glyphs without outlines, with tables that do not draw.
func trueType() []byte {
	head, maxp := make([]byte, 54), make([]byte, 6)
	copy(head[20:], fontNote)
	maxp[5] = 2
	tables := map[string][]byte{
		"head": head, "maxp": maxp, "loca": make([]byte, 6), "glyf": {}, "hhea": make([]byte, 36), "hmtx": make([]byte, 8),
		"OS/2": append(make([]byte, 58), "Zq F\x00\x00"...), "name": []byte("\x00\x00\x00\x00\x00\x06" + fontNote), "ZqZq": []byte(fontNote),
	}
	tags := make([]string, 0, len(tables))
	for t := range tables {
		tags = append(tags, t)
	}
	sort.Strings(tags)
	out := []byte{0, 1, 0, 0, 0, byte(len(tags)), 0, 0, 0, 0, 0, 0}
	at := len(out) + 16*len(tags)
	var body []byte
	for _, t := range tags {
		out = append(out, t...)
		for _, v := range []int{0, at + len(body), len(tables[t])} {
			out = binary.BigEndian.AppendUint32(out, uint32(v))
		}
		body = append(body, tables[t]...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(append(out, body...), fontNote...)
}

// unzipped gives the parts of a package.
func unzipped(t testing.TB, data []byte) parts {
	t.Helper()
	p := parts{}
	for _, m := range ziptest.Unpack(t, data) {
		p[m.Name] = m.Data
	}
	return p
}

// cleaned rebuilds a package without edits and proves it.
func cleaned(t testing.TB, p parts) parts {
	t.Helper()
	src := document.Source{Name: "a.ofd", Data: p.zip(t)}
	out, err := ofd.Rebuild(t.Context(), src, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if err := ofdproof.Check(t.Context(), src, out.Data, nil); err != nil {
		t.Fatal(err)
	}
	return unzipped(t, out.Data)
}

func (p parts) holds(s string) bool {
	for name, b := range p {
		if strings.Contains(name+b, s) {
			return true
		}
	}
	return false
}

func TestWhatStaysAndWhatGoes(t *testing.T) {
	p := rich(t)
	out := cleaned(t, p)
	for _, s := range []string{"公开的正文内容", "二行", "页眉文字", "组合图元文字", `DashPattern="1 2"`, `<ofd:Glyphs>1 1</ofd:Glyphs>`, "AxialShd", "BorderColor", `Value="0 0 16"`, "CellContent", "Doc_0/Res/font_1.ttf", "Doc_0/Res/image_0.png", "楷体", "<ofd:CV>1 2 3</ofd:CV>"} {
		if !out.holds(s) {
			t.Errorf("%s is gone", s)
		}
	}
	for _, s := range []string{"没有用到的底版", "没有用到的图元", "image_1.png", fontNote, "Zq", "Evermore"} {
		if out.holds(s) {
			t.Errorf("%s came through", s)
		}
	}
	var hidden strings.Builder
	for _, part := range read(t, p.zip(t)).Parts {
		if part.Hidden != nil {
			hidden.WriteString(part.Text + "\n")
		}
	}
	for _, s := range []string{"没有用到的底版", "没有用到的图元"} {
		if !strings.Contains(hidden.String(), s) {
			t.Errorf("%s was not read", s)
		}
	}
}

// A word in any attribute, element or comment of any part, and text below any element,
// never comes through unless it was read as text of a page.
func TestAWordAnywhere(t *testing.T) {
	const word = "Zq7secret"
	base := rich(t)
	n := 0
	for name, xml := range base {
		if !strings.HasSuffix(name, ".xml") {
			continue
		}
		doc := etree.NewDocument()
		if err := doc.ReadFromString(xml); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, e := range doc.FindElements("//*") {
			key := e.GetPath()
			for _, a := range e.Attr {
				key += " " + a.FullKey()
			}
			if seen[key] {
				continue
			}
			seen[key] = true
			for how, change := range changes(e, word) {
				undo := change()
				s, err := doc.WriteToString()
				if err != nil {
					t.Fatal(err)
				}
				undo()
				p := parts{}
				for k, v := range base {
					p[k] = v
				}
				p[name] = s
				n++
				checkWord(t, p, word, name+" "+e.Tag+" "+how)
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d places", n)
	}
}

// changes puts a word into or below an element in several ways; each gives the way back.
func changes(e *etree.Element, word string) map[string]func() (undo func()) {
	out := map[string]func() func(){
		"new attribute": func() func() { e.CreateAttr("Odd", word); return func() { e.RemoveAttr("Odd") } },
		"comment":       func() func() { c := e.CreateComment(word); return func() { e.RemoveChild(c) } },
		"instruction":   func() func() { c := e.CreateProcInst("odd", word); return func() { e.RemoveChild(c) } },
		"element": func() func() {
			c := e.CreateElement("ofd:Odd")
			c.SetText(word)
			return func() { e.RemoveChild(c) }
		},
		"text": func() func() {
			c := e.CreateText(word)
			return func() { e.RemoveChild(c) }
		},
		"text object": func() func() {
			c := e.CreateElement("ofd:TextObject")
			c.CreateAttr("Boundary", "20 250 100 6")
			c.CreateAttr("Font", "3")
			c.CreateAttr("Size", "4")
			code := c.CreateElement("ofd:TextCode")
			code.CreateAttr("X", "0")
			code.CreateAttr("Y", "4")
			code.SetText(word)
			return func() { e.RemoveChild(c) }
		},
	}
	for _, a := range e.Attr {
		if a.Space == "xmlns" {
			continue
		}
		key, old := a.FullKey(), a.Value
		for _, v := range []string{word, old + " " + word, word + old} {
			out[key+"="+v] = func() func() {
				e.CreateAttr(key, v)
				return func() { e.CreateAttr(key, old) }
			}
		}
	}
	return out
}

func checkWord(t *testing.T, p parts, word, where string) {
	t.Helper()
	src := document.Source{Name: "a.ofd", Data: p.zip(t)}
	out, err := ofd.Rebuild(t.Context(), src, document.Plan{})
	if err != nil {
		var r *document.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: %v", where, err)
		}
		return
	}
	if !unzipped(t, out.Data).holds(word) {
		if err := ofdproof.Check(t.Context(), src, out.Data, []string{word}); err != nil {
			t.Errorf("%s: %v", where, err)
		}
		return
	}
	for _, part := range read(t, src.Data).Parts {
		if part.Hidden == nil && strings.Contains(strings.Join(strings.Fields(part.Text), ""), word) {
			return // text of a page: it was scanned, and nobody decided against it
		}
	}
	t.Errorf("%s: the word came through unread", where)
}
