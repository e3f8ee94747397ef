package fresh_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/pptx"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

func TestPptx(t *testing.T) {
	long := strings.Repeat("一段很长的文字，要放进不大的框里。", 60)
	slides := []fresh.Slide{
		{Boxes: []fresh.Box{{Text: "标题", Title: true}, {Text: "第一行\n第二行"}, {Text: long}}},
		{},
		{Boxes: []fresh.Box{
			{Text: "有位置的", X: 100000, Y: 200000, W: 3000000, H: 400000, Framed: true},
			{Text: "在页外的", X: 99000000, Y: -5000000, W: 300, H: 100},
			{Text: long, X: 1, Y: 1, W: 2000000, H: 100000},
			{Text: "坏\x01字\ufffe符"},
		}},
	}
	data, err := fresh.Pptx(9144000, 5143500, slides)
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("pptx", data, []string{"不在其中"}); len(p) > 0 {
		t.Error(p)
	}
	d, err := pptx.Read(context.Background(), document.Source{Name: "a.pptx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	var want document.Document
	for _, s := range slides {
		for _, b := range s.Boxes {
			want.Parts = append(want.Parts, document.Part{Role: document.RoleBody, Text: fresh.Printable(b.Text)})
		}
	}
	if p := append(verify.SameText(&want, d), verify.StillHidden(d)...); len(p) > 0 {
		t.Error(p)
	}
	again, err := fresh.Pptx(9144000, 5143500, slides)
	if err != nil || !bytes.Equal(data, again) {
		t.Error("the same slides give other bytes", err)
	}
}

// TestPptxSizes: the more text, the smaller the letters, within what can be read.
func TestPptxSizes(t *testing.T) {
	size := func(n int) string {
		data, err := fresh.Pptx(0, 0, []fresh.Slide{{Boxes: []fresh.Box{{Text: strings.Repeat("字", n), X: 500000, Y: 500000, W: 4000000, H: 2000000}}}})
		if err != nil {
			t.Fatal(err)
		}
		s := string(unzip(t, data, "ppt/slides/slide1.xml"))
		i := strings.Index(s, ` sz="`)
		return s[i+5 : i+5+strings.IndexByte(s[i+5:], '"')]
	}
	if a, b, c := size(5), size(200), size(5000); a != "2400" || len(b) != 4 || b >= a || c != "800" {
		t.Error(a, b, c)
	}
}
