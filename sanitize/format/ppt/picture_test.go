package ppt_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole/oletest"
	"jinggao/sanitize/format/ppt"
	"jinggao/sanitize/verify/ooxmlproof"
)

// pictured is a presentation of one slide with a title, a picture of which the upper
// half is cut off, and a group whose one cell holds a text.
func pictured(t testing.TB) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 40, 20))
	img.SetGray(1, 19, color.Gray{200})
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	i16 := func(v ...int) []byte {
		var b []byte
		for _, x := range v {
			b = le.AppendUint16(b, uint16(x))
		}
		return b
	}
	prop := func(id int, v uint32) []byte { return append(i16(id), u32s(v)...) }
	anchor := func(v ...int) []byte { return rec(0, 0, 0xF010, i16(v...)) } // top, left, right, bottom
	shape := func(kids ...[]byte) []byte { return rec(15, 0, 0xF004, kids...) }
	box := func(kind uint32, s string) []byte { return rec(15, 0, 0xF00D, rec(0, 0, 3999, u32s(kind)), chars(s)) }
	slide := rec(15, 0, 1006,
		shape(anchor(100, 200, 2000, 600), box(0, "标题一")),
		shape(rec(3, 2, 0xF00B, prop(0x4104, 1), prop(0x0100, 1<<15)), anchor(1000, 1000, 2000, 2000)),
		rec(15, 0, 0xF003, shape(rec(1, 0, 0xF009, u32s(0, 0, 100, 100)), anchor(3000, 0, 1000, 4000)), shape(rec(0, 0, 0xF00F, u32s(50, 50, 100, 100)), box(4, "格中字"))))
	entry := append(make([]byte, 28), u32s(0, 0)...)
	doc := rec(15, 0, 1000, rec(1, 0, 1001, u32s(5760, 4320)), rec(15, 0, 1035, rec(15, 0, 0xF000, rec(15, 1, 0xF001, rec(2, 6, 0xF007, entry)))),
		rec(15, 0, 4080, rec(0, 0, 1011, u32s(2, 0, 0, 256, 0))))
	s := append(bytes.Clone(doc), slide...)
	dir := uint32(len(s))
	s = append(s, rec(0, 0, 6002, u32s(2<<20|1, 0, uint32(len(doc))))...)
	edit := uint32(len(s))
	s = append(s, rec(0, 0, 4085, u32s(0, 0, 0, dir, 1, 0, 0))...)
	pics := rec(0, 0x6E0, 0xF01E, make([]byte, 17), file.Bytes())
	return oletest.Compound(map[string][]byte{"PowerPoint Document": s, "Current User": rec(0, 0, 4086, u32s(20, 0xE391C05F, edit, 0)), "Pictures": pics}, "PowerPoint Document", "Current User", "Pictures")
}

func TestPicturesAndPlaces(t *testing.T) {
	out, err := ppt.Rebuild(context.Background(), document.Source{Name: "a.ppt", Data: pictured(t)}, document.Plan{Edits: []document.Edit{{Part: "slide/1", Span: document.Span{Start: 0, End: 3}, Text: "某某题目"}}})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("pptx", out.Data, []string{"标题一"}); len(p) > 0 {
		t.Error(p)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Data), int64(len(out.Data)))
	if err != nil {
		t.Fatal(err)
	}
	get := func(name string) []byte {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	s := string(get("ppt/slides/slide1.xml"))
	for _, want := range []string{
		`<a:off x="317500" y="158750"/><a:ext cx="2857500" cy="793750"/>`, // the title
		`<a:off x="1587500" y="1587500"/>`,                                // the picture
		`<a:off x="793750" y="5556250"/><a:ext cx="793750" cy="793750"/>`, // the lower right quarter of the group
		"某某题目", "格中字",
	} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s in %s", want, s)
		}
	}
	img, err := png.Decode(bytes.NewReader(get("ppt/media/image1.png")))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 40 || b.Dy() != 10 {
		t.Error("the part that is cut off is still there", b)
	}
}

func FuzzRebuild(f *testing.F) {
	f.Add(fixture())
	f.Add(pictured(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := ppt.Rebuild(context.Background(), document.Source{Name: "a.ppt", Data: data}, document.Plan{})
		if err != nil {
			return
		}
		if p := ooxmlproof.Check("pptx", out.Data, nil); len(p) > 0 {
			t.Fatal(p)
		}
	})
}
