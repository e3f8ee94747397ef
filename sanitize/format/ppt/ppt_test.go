package ppt_test

import (
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole/oletest"
	"jinggao/sanitize/format/ppt"
	"jinggao/sanitize/format/pptx"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

var le = binary.LittleEndian

func rec(ver, inst, kind int, data ...[]byte) []byte {
	var body []byte
	for _, d := range data {
		body = append(body, d...)
	}
	out := le.AppendUint16(nil, uint16(inst<<4|ver))
	out = le.AppendUint16(out, uint16(kind))
	return append(le.AppendUint32(out, uint32(len(body))), body...)
}

func chars(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, u)
	}
	return rec(0, 0, 4000, b)
}

func u32s(v ...uint32) []byte {
	var b []byte
	for _, x := range v {
		b = le.AppendUint32(b, x)
	}
	return b
}

// fixture is a presentation of two slides, the second hidden, with a slide of an
// older save that nothing points to.
func fixture() []byte {
	slide := func(text string, flags byte) []byte {
		info := make([]byte, 16)
		info[10] = flags
		return rec(15, 0, 1006, rec(0, 0, 1017, info), rec(15, 0, 0xF004, rec(15, 0, 0xF00D, rec(0, 0, 3998, u32s(0)), chars(text))))
	}
	list := rec(15, 0, 4080, rec(0, 0, 1011, u32s(2, 0, 0, 256, 0)), rec(0, 0, 3999, u32s(0)), chars("标题一"), rec(0, 0, 1011, u32s(3, 0, 0, 257, 0)))
	doc := rec(15, 0, 1000, list)
	one, two, old := slide("正文甲", 0), slide("正文乙", 4), slide("旧稿丙丁", 0)
	var s []byte
	at := map[int]uint32{}
	for i, r := range [][]byte{doc, one, two, old} {
		at[i+1] = uint32(len(s))
		s = append(s, r...)
	}
	dir := uint32(len(s))
	s = append(s, rec(0, 0, 6002, u32s(3<<20|1, at[1], at[2], at[3]))...)
	edit := uint32(len(s))
	s = append(s, rec(0, 0, 4085, u32s(0, 0, 0, dir, 1, 0, 0))...)
	user := rec(0, 0, 4086, u32s(20, 0xE391C05F, edit, 0))
	return oletest.Compound(map[string][]byte{"PowerPoint Document": s, "Current User": user}, "PowerPoint Document", "Current User")
}

func TestReadAndRebuild(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.ppt", Data: fixture()}
	d, err := ppt.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	if p := d.Part("slide/1"); p == nil || p.Text != "标题一\n正文甲\n" {
		t.Fatalf("%+v", p)
	}
	hidden := map[string]string{}
	for _, p := range d.Parts {
		if p.Hidden != nil {
			hidden[p.Hidden.Kind] = p.Text
		}
	}
	if !strings.Contains(hidden["隐藏幻灯片"], "正文乙") || !strings.Contains(hidden["快速保存残留文字"], "旧稿丙丁") {
		t.Errorf("hidden %v", hidden)
	}
	out, err := ppt.Rebuild(ctx, src, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("pptx", out.Data, []string{"正文乙", "旧稿丙丁"}); len(p) > 0 {
		t.Error(p)
	}
	again, err := pptx.Read(ctx, document.Source{Name: "a.pptx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if p := verify.SameText(d, again); len(p) > 0 {
		t.Error(p)
	}
}

func TestRefusals(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing":       []byte("x"),
		"cut off":       fixture()[:1200],
		"powerpoint 95": oletest.Compound(map[string][]byte{"PP40": make([]byte, 4096)}, "PP40"),
		"no document":   oletest.Compound(map[string][]byte{"PowerPoint Document": make([]byte, 4096)}, "PowerPoint Document"),
	} {
		if _, err := ppt.Read(context.Background(), document.Source{Name: "a.ppt", Data: data}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(fixture())
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = ppt.Read(context.Background(), document.Source{Name: "a.ppt", Data: data}) // must return
	})
}
