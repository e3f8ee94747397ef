package pdf_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/verify/pdfproof"
)

// edit finds a phrase in a part, white space aside.
func edit(t testing.TB, d *document.Document, part, phrase string) document.Edit {
	t.Helper()
	text := d.Part(part).Text
	at := strings.Index(text, phrase)
	if at < 0 {
		t.Fatalf("%q is not in %s", phrase, part)
	}
	start := utf8.RuneCountInString(text[:at])
	return document.Edit{Part: part, Span: document.Span{Start: start, End: start + utf8.RuneCountInString(phrase)}}
}

func rebuild(t testing.TB, data []byte, plan document.Plan) *document.Rebuilt {
	t.Helper()
	out, err := pdf.Rebuild(t.Context(), document.Source{Name: "a.pdf", Data: data}, plan)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRebuild(t *testing.T) {
	data, secrets := everywhere()
	d := read(t, data)
	const phrase = "正文内容"
	out := rebuild(t, data, document.Plan{Edits: []document.Edit{edit(t, d, "page/1", phrase)}})
	src := document.Source{Name: "a.pdf", Data: data}
	forbidden := []string{phrase}
	for _, s := range secrets {
		forbidden = append(forbidden, s)
	}
	if err := pdfproof.Check(t.Context(), src, out.Data, out.Boxes, forbidden); err != nil {
		t.Fatal(err)
	}
	if len(out.Boxes) != 1 || out.Boxes[0].X1-out.Boxes[0].X0 < 48 || out.Boxes[0].Y1-out.Boxes[0].Y0 < 10 {
		t.Errorf("boxes %+v", out.Boxes)
	}
	again := read(t, out.Data)
	for _, p := range again.Parts {
		if p.Text != "" {
			t.Errorf("the copy still holds %s %q", p.Label, p.Text)
		}
	}
	if again.Pages != 1 || len(again.Unchecked) == 0 {
		t.Errorf("the copy is a picture and must say so: %+v", again)
	}
	if other := rebuild(t, data, document.Plan{Edits: []document.Edit{edit(t, d, "page/1", phrase)}}); !bytes.Equal(out.Data, other.Data) {
		t.Error("the same plan gave other bytes")
	}
	kinds := ""
	for _, r := range out.Removed {
		kinds += r.Kind
	}
	for _, k := range []string{"批注", "表单域", "附件", "文档属性", "书签", "隐藏文字"} {
		if !strings.Contains(kinds, k) {
			t.Errorf("%s is not in the list of what was removed: %v", k, out.Removed)
		}
	}
}

func TestRebuildOverLines(t *testing.T) {
	data := simple(t, "该工程由甲乙丙丁戊", "己庚辛单位承担研制", "其余文字不受影响的")
	d := read(t, data)
	out := rebuild(t, data, document.Plan{Edits: []document.Edit{edit(t, d, "page/1", "丙丁戊\n己庚辛")}})
	if len(out.Boxes) != 2 {
		t.Errorf("a phrase over two lines gave %d boxes", len(out.Boxes))
	}
	e := edit(t, d, "page/1", "丙")
	e.Scope = document.ScopeParagraph
	out = rebuild(t, data, document.Plan{Edits: []document.Edit{e}})
	if len(out.Boxes) != 1 || out.Boxes[0].X1-out.Boxes[0].X0 < 9*12 {
		t.Errorf("a whole line gave %+v", out.Boxes)
	}
}

func TestRebuildManualBox(t *testing.T) {
	data := simple(t, "正文")
	box := document.Box{Page: 1, X0: 300, Y0: 300, X1: 200, Y1: 400}
	out := rebuild(t, data, document.Plan{Boxes: []document.Box{box}})
	if len(out.Boxes) != 1 || out.Boxes[0].X0 != 200 {
		t.Fatalf("boxes %+v", out.Boxes)
	}
	if err := pdfproof.Check(t.Context(), document.Source{Data: data}, out.Data, out.Boxes, nil); err != nil {
		t.Error(err)
	}
}

func TestRebuildForeignPlan(t *testing.T) {
	data := simple(t, "正文")
	for _, e := range []document.Edit{
		{Part: "page/2", Span: document.Span{Start: 0, End: 1}},
		{Part: "page/1", Span: document.Span{Start: 0, End: 99}},
		{Part: "page/1/second", Span: document.Span{Start: 0, End: 1}},
	} {
		_, err := pdf.Rebuild(t.Context(), document.Source{Data: data}, document.Plan{Edits: []document.Edit{e}})
		var r *document.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%+v: got %v", e, err)
		}
	}
}

func TestRenderPage(t *testing.T) {
	data := simple(t, "正文")
	img, err := pdf.RenderPage(t.Context(), document.Source{Data: data}, 1, 72)
	if err != nil || img.Bounds().Dx() != 595 || img.Bounds().Dy() != 842 {
		t.Fatalf("%v %v", img, err)
	}
	if _, err := pdf.RenderPage(t.Context(), document.Source{Data: data}, 2, 72); err == nil {
		t.Error("page 2 of 1 was drawn")
	}
}

// TestProofFindsTampering changes a good copy in many ways; each must be noticed.
func TestProofFindsTampering(t *testing.T) {
	data := simple(t, "姓名张三丰电话", "第二行的文字内容")
	d := read(t, data)
	out := rebuild(t, data, document.Plan{Edits: []document.Edit{edit(t, d, "page/1", "张三丰")}})
	src := document.Source{Name: "a.pdf", Data: data}
	if err := pdfproof.Check(t.Context(), src, out.Data, out.Boxes, []string{"张三丰"}); err != nil {
		t.Fatal(err)
	}
	plain := rebuild(t, data, document.Plan{})
	other := rebuild(t, simple(t, "姓名张三丰电话", "第二行被改的内容"), document.Plan{Edits: []document.Edit{edit(t, d, "page/1", "张三丰")}})
	swap := func(old, new string) []byte { return bytes.Replace(out.Data, []byte(old), []byte(new), 1) }
	cases := map[string][]byte{
		"box not burned":    plain.Data,
		"other page":        other.Data,
		"bytes after":       append(append([]byte{}, out.Data...), "张三丰"...),
		"blank after":       append(append([]byte{}, out.Data...), '\n'),
		"second end":        append(append([]byte{}, out.Data...), "%%EOF\n"...),
		"comment in head":   swap("%PDF-1.4\n", "%PDF-1.4\n%张三丰\n"),
		"info":              swap("/Root 1 0 R >>", "/Root 1 0 R /Info 1 0 R >>"),
		"annotation":        swap("/MediaBox", "/Annots [] /MediaBox"),
		"metadata":          swap("/Type /Catalog", "/Type /Catalog /Metadata 2 0 R"),
		"content":           swap("/I Do Q", "/I Do q"),
		"text in content":   swap("cm /I Do Q", "cm BT ET /I Do Q"),
		"offset":            swap("0000000015", "0000000016"),
		"cut":               out.Data[:len(out.Data)-7],
		"empty":             {},
		"original":          data,
		"page count":        swap("/Count 1", "/Count 2"),
		"image width":       swap("/Width 16", "/Width 17"),
		"image description": swap("/Type /XObject /Subtype /Image", "/Type /XObject /Name (x) /Subtype /Image"),
	}
	for name, b := range cases {
		t.Run(name, func(t *testing.T) {
			if bytes.Equal(b, out.Data) {
				t.Fatal("nothing was changed")
			}
			if err := pdfproof.Check(t.Context(), src, b, out.Boxes, []string{"张三丰"}); !errors.Is(err, pdfproof.ErrFailed) {
				t.Errorf("not noticed: %v", err)
			}
		})
	}
	t.Run("box left out", func(t *testing.T) {
		if err := pdfproof.Check(t.Context(), src, out.Data, nil, nil); !errors.Is(err, pdfproof.ErrFailed) {
			t.Errorf("not noticed: %v", err)
		}
	})
}

// TestRandomPlans: whatever span is treated, the copy passes the proof.
func TestRandomPlans(t *testing.T) {
	data := simple(t, "第一行文字供随机测试使用", "第二行文字ABC与数字123", "第三行文字用于跨行的范围")
	d := read(t, data)
	n := utf8.RuneCountInString(d.Part("page/1").Text)
	for seed := range 12 {
		start := rapid.IntRange(0, n-1).Example(seed)
		end := rapid.IntRange(start+1, n).Example(seed)
		plan := document.Plan{DPI: 72, Edits: []document.Edit{{Part: "page/1", Span: document.Span{Start: start, End: end}}}}
		out := rebuild(t, data, plan)
		if err := pdfproof.Check(t.Context(), document.Source{Data: data}, out.Data, out.Boxes, nil); err != nil {
			t.Fatalf("[%d, %d): %v", start, end, err)
		}
	}
}

func TestDrawnAsTheCopyWillBe(t *testing.T) {
	data, _ := everywhere()
	d := read(t, data)
	mark := edit(t, d, "page/1", "正文内容")
	plan := document.Plan{Edits: []document.Edit{mark}, Boxes: []document.Box{{Page: 1, X0: 20, Y0: 20, X1: 60, Y1: 40}}, DPI: 72}
	out := rebuild(t, data, plan)
	src := document.Source{Name: "a.pdf", Data: data}
	p, err := pdf.Draw(t.Context(), src, document.Drawing{Page: 1, DPI: 72, Clean: true, Plan: plan, Marks: []document.Edit{mark, {Part: "page/2", Span: mark.Span}}})
	if err != nil {
		t.Fatal(err)
	}
	copied, err := pdf.Picture(t.Context(), document.Source{Name: "b.pdf", Data: out.Data}, 1, 72)
	if err != nil {
		t.Fatal(err)
	}
	if p.W != copied.W || p.H != copied.H {
		t.Fatalf("%d×%d, in the copy %d×%d", p.W, p.H, copied.W, copied.H)
	}
	differ := 0
	for i := range p.Pix {
		if d := int(p.Pix[i]) - int(copied.Pix[i]); d < -8 || d > 8 {
			differ++
		}
	}
	if differ > 0 {
		t.Errorf("what is shown beforehand is not the page of the copy: %d of %d bytes differ", differ, len(p.Pix))
	}
	if len(p.Marks) != 2 || len(p.Marks[0]) != 1 || len(p.Marks[1]) != 0 {
		t.Fatalf("marks %+v", p.Marks)
	}
	m, b := p.Marks[0][0], out.Boxes[0]
	if m.X0 < b.X0 || m.X1 > b.X1 || m.Y0 < b.Y0 || m.Y1 > b.Y1 {
		t.Errorf("the mark %+v is not where the box %+v is", m, b)
	}
	plain, err := pdf.Draw(t.Context(), src, document.Drawing{Page: 1, DPI: 72, Marks: []document.Edit{mark}})
	if err != nil || bytes.Equal(plain.Pix, p.Pix) || len(plain.Marks[0]) != 1 {
		t.Error("the page itself", err)
	}
}
