package rtf_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/rtf"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

func styled(t testing.TB) []byte {
	t.Helper()
	var pic bytes.Buffer
	if err := png.Encode(&pic, image.NewGray(image.Rect(0, 0, 20, 10))); err != nil {
		t.Fatal(err)
	}
	return []byte(`{\rtf1\ansi\deff0\paperw16838\paperh11906\margl1000\margr1000\margt1000\margb1000{\*\pgdsctbl{\pgdsc0 Default Page Style;}}` +
		`\pard\qc\sa120{\b\fs44 Head}\par\pard\fi420 Body {\i\ul slanted} and x{\super 2}.\par` +
		`{\pict\pngblip\picw20\pich10\picwgoal2000\pichgoal1000\piccropl1000 ` + hex.EncodeToString(pic.Bytes()) + `}\par{\v{\pict\pngblip\picwgoal2000\pichgoal1000 ` + hex.EncodeToString(pic.Bytes()) + `}}` +
		`\page\pard{\listtext 1.\tab}Item\par` +
		`\trowd\trrh800\clvmgf\cellx3000\cellx6000\pard\intbl Left\cell Right\cell\row\trowd\clvmrg\cellx3000\cellx6000\pard\intbl\cell Below\cell\row\pard Phone 13800138000 end\par}`)
}

func TestLooksComeAlong(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.rtf", Data: styled(t)}
	d, err := rtf.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	text := d.Part("word/document.xml").Text
	if !strings.HasPrefix(text, "Head\nBody slanted and x2.\n") || strings.Contains(text, "Default") || !strings.Contains(text, "1.\tItem\nLeft\tRight\n\tBelow\nPhone") {
		t.Fatalf("%q", text)
	}
	i := len([]rune(text[:strings.Index(text, "13800138000")]))
	plan := document.Plan{Edits: []document.Edit{{Part: "word/document.xml", Span: document.Span{Start: 0, End: 2}, Text: "****"}, {Part: "word/document.xml", Span: document.Span{Start: i, End: i + 11}, Text: "138****8000"}}}
	out, err := rtf.Rebuild(ctx, src, plan)
	if err != nil {
		t.Fatal(err)
	}
	again, err := docx.Read(ctx, document.Source{Name: "a.docx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	problems := append(ooxmlproof.Check("docx", out.Data, []string{"13800138000"}), verify.SameText(redact.Apply(d, plan).Document, again)...)
	if problems = append(problems, verify.StillHidden(again)...); len(problems) > 0 {
		t.Error(problems)
	}
	parts := members(t, out.Data)
	for _, want := range []string{
		`<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr><w:t xml:space="preserve">****ad</w:t>`, `<w:firstLine`, `<w:i/><w:iCs/>`, `superscript`, `<w:pageBreakBefore/>`,
		`<w:gridCol w:w="3000"/><w:gridCol w:w="3000"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`, `<w:trHeight w:val="800"`, `w:orient="landscape"`, `<wp:extent cx="635000" cy="635000"/>`,
	} {
		if want == `<w:firstLine` {
			want = `w:firstLine="420"`
		}
		if !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("no %s in %s", want, parts["word/document.xml"])
		}
	}
	img, err := png.Decode(strings.NewReader(parts["word/media/image1.png"]))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 10 || parts["word/media/image2.png"] != "" {
		t.Error("a part that is cut off, or a hidden picture, is in the copy", b)
	}
}

func members(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

func FuzzRebuild(f *testing.F) {
	f.Add([]byte(sample))
	f.Add(styled(f))
	f.Add([]byte("{{\\fonttbl{\\fcharset134A}}\\'81}0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx := context.Background()
		d, err := rtf.Read(ctx, document.Source{Name: "a.rtf", Data: data})
		if err != nil {
			return
		}
		out, err := rtf.Rebuild(ctx, document.Source{Name: "a.rtf", Data: data}, document.Plan{})
		if err != nil {
			return
		}
		again, err := docx.Read(ctx, document.Source{Name: "a.docx", Data: out.Data})
		if err != nil {
			t.Fatal(err)
		}
		if p := append(ooxmlproof.Check("docx", out.Data, nil), verify.SameText(d, again)...); len(p) > 0 {
			t.Fatal(p)
		}
	})
}
