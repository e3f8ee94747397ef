package rtf_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"image"
	"image/png"
	"io"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

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
		`{\fonttbl{\f0\froman\fcharset0{\*\panose 02020603050405020304}Times New Roman{\*\falt 13800138001};}{\f1\fcharset134 \'b7\'c2\'cb\'ce_GB2312;}{\f2\fnil\fcharset0 Secret 13800138002;}}{\colortbl;\red192\green0\blue0;\red255\green255\blue0;}` +
		`\pard\qc\sl-560\slmult0\outlinelevel0 {\loch\f0\dbch\af1\cf1\highlight2\fs32 Red}{\f2 x}{\field{\*\fldinst PAGE}{\fldrslt 7}}\par` +
		`\pard\qc\sa120{\b\fs44 Head}\par\pard\fi420 Body {\i\ul slanted} and x{\super 2}.\par` +
		`{\pict\pngblip\picw20\pich10\picwgoal2000\pichgoal1000\piccropl1000 ` + hex.EncodeToString(pic.Bytes()) + `}\par{\v{\pict\pngblip\picwgoal2000\pichgoal1000 ` + hex.EncodeToString(pic.Bytes()) + `}}` +
		`\page\pard{\listtext 1.\tab}Item\par` +
		`\trowd\trqc\trhdr\trrh800\clvmgf\clcbpat2\clvertalc\clbrdrt\brdrdb\brdrw20\brdrcf1\cellx3000\cellx6000\pard\intbl Left\cell Right\cell\row\trowd\clvmrg\cellx3000\cellx6000\pard\intbl\cell Below\cell\row\pard Phone 13800138000 end\par}`)
}

func TestLooksComeAlong(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.rtf", Data: styled(t)}
	d, err := rtf.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	text := d.Part("word/document.xml").Text
	if !strings.HasPrefix(text, "Redx7\nHead\nBody slanted and x2.\n") || strings.Contains(text, "Default") || !strings.Contains(text, "1.\tItem\nLeft\tRight\n\tBelow\nPhone") {
		t.Fatalf("%q", text)
	}
	i := len([]rune(text[:strings.Index(text, "13800138000")]))
	plan := document.Plan{Edits: []document.Edit{{Part: "word/document.xml", Span: document.Span{Start: 6, End: 8}, Text: "****"}, {Part: "word/document.xml", Span: document.Span{Start: i, End: i + 11}, Text: "138****8000"}}}
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
		`<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr><w:t xml:space="preserve">****ad</w:t>`, `<w:firstLine`, `<w:i/><w:iCs/>`, `superscript`,
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:color w:val="C00000"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:rPr><w:t xml:space="preserve">Red<`,
		`w:line="560" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>`, ` PAGE </w:instrText>`, `<w:tblHeader/>`,
		`<w:tcBorders><w:top w:val="double" w:sz="8" w:space="0" w:color="C00000"/><w:left w:val="nil"/>`, `<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/><w:vAlign w:val="center"/>`, `<w:pageBreakBefore/>`,
		`<w:gridCol w:w="3000"/><w:gridCol w:w="3000"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`, `<w:trHeight w:val="800"`, `w:orient="landscape"`, `<wp:extent cx="635000" cy="635000"/>`,
	} {
		if want == `<w:firstLine` {
			want = `w:firstLine="420"`
		}
		if !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("no %s in %s", want, parts["word/document.xml"])
		}
	}
	for name, part := range parts {
		if strings.Contains(part, "Secret") || strings.Contains(part, "1380013800") {
			t.Errorf("the name of a font is in %s", name)
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

// rebuilt asks that the copy of a file that is read is proved, holds the text that was
// read, and hides nothing.
func rebuilt(t interface {
	Helper()
	Fatal(...any)
}, data []byte,
) {
	t.Helper()
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
	problems := append(ooxmlproof.Check("docx", out.Data, nil), verify.SameText(d, again)...)
	if problems = append(problems, verify.StillHidden(again)...); len(problems) > 0 {
		t.Fatal(problems)
	}
}

// TestAnyWords: looks in any order, with any numbers.
func TestAnyWords(t *testing.T) {
	words := strings.Fields(`b i ul strike super sub dbch loch rtlch af afs f fs cf highlight cb chcbpat cbpat plain pard intbl ql qc qr qj qd fi li ri sb sa sl slmult pagebb keepn outlinelevel
		tqr tldot tx paperw paperh margl margr margt margb sectd pgwsxn pghsxn marglsxn margtsxn headery cols colsx sectlinegrid sectspecifyl sbknone sect page par line trowd trleft trqc trgaph trrh
		trhdr clmrg clvmgf clvmrg clbrdrt clbrdrl brdrs brdrw brdrcf clcbpat clvertalc cellx cell row v deleted`)
	rapid.Check(t, func(r *rapid.T) {
		var b strings.Builder
		b.WriteString(`{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red255\green250\blue240;\red200\green0\blue0;}`)
		for range rapid.IntRange(0, 60).Draw(r, "n") {
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0:
				b.WriteString(`{`)
			case 1:
				b.WriteString(`}`)
			case 2, 3:
				b.WriteString(" text")
			case 4:
				b.WriteString(`{\field{\*\fldinst PAGE}{\fldrslt 7}}`)
			default:
				b.WriteString(`\` + rapid.SampledFrom(words).Draw(r, "word") + strconv.Itoa(rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 240, -240, 3000, 6000, 12000, 99999, -99999}).Draw(r, "param")))
			}
		}
		s := b.String()
		for n := strings.Count(s, "{") - strings.Count(s, "}"); n > 0; n-- {
			s += "}"
		}
		rebuilt(r, []byte(s))
	})
}

func FuzzRebuild(f *testing.F) {
	f.Add([]byte(sample))
	f.Add(styled(f))
	f.Add([]byte("{{\\fonttbl{\\fcharset134A}}\\'81}0"))
	f.Fuzz(func(t *testing.T, data []byte) { rebuilt(t, data) })
}
