package rtf_test

import (
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/rtf"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

const sample = `{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}{\colortbl;\red255\green255\blue255;}{\info{\author \'d5\'c5\'b3\'c9}}` +
	`{\header \pard page head\par}\pard \'b1\'ea\'cc\'e2\par {\v secret words}{\cf1 white words} \u20013?\u22269? shown\par ` +
	`\trowd\cellx100\cellx200 \intbl A\cell B\cell\row \trowd\cellx100\cellx200 \intbl C\cell D\cell\row \pard ` +
	`{\field{\*\fldinst HYPERLINK "http://oa.example.invalid/x"}{\fldrslt link}}{\*\annotation {note here}}\par}`

func TestReadAndRebuild(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.rtf", Data: []byte(sample)}
	d, err := rtf.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	main := d.Part("word/document.xml")
	if main == nil || !strings.HasPrefix(main.Text, "标题\n 中国 shown\nA\tB\nC\tD\nlink") || len(main.Cells) != 4 {
		t.Fatalf("%+v", main)
	}
	hidden := map[string]string{}
	for _, p := range d.Parts {
		if p.Hidden != nil {
			hidden[p.Hidden.Kind] = p.Text
		}
	}
	for kind, want := range map[string]string{"隐藏文字": "secret words", "白色文字": "white words", "文档属性": "张成", "超链接": "oa.example", "批注": "note here"} {
		if !strings.Contains(hidden[kind], want) {
			t.Errorf("%s: %q", kind, hidden[kind])
		}
	}
	out, err := rtf.Rebuild(ctx, src, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("docx", out.Data, []string{"secret words", "oa.example"}); len(p) > 0 {
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

func TestRefusesOpenGroups(t *testing.T) {
	for _, s := range []string{`{\rtf1 a`, `{\rtf1 ` + strings.Repeat("{", 5000)} {
		if _, err := rtf.Read(context.Background(), document.Source{Name: "a.rtf", Data: []byte(s)}); err == nil {
			t.Errorf("%.20q was read", s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = rtf.Read(context.Background(), document.Source{Name: "a.rtf", Data: data}) // must return
	})
}
