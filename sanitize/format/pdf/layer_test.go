package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/verify/pdfproof"
)

// layered makes a copy with text layers and proves it.
func layered(t testing.TB, data []byte, plan document.Plan, forbidden ...string) *document.Rebuilt {
	t.Helper()
	plan.Text, plan.Layer = true, true
	out := rebuild(t, data, plan)
	if err := proved(t, data, out, plan, out.Data, forbidden...); err != nil {
		t.Fatal(err)
	}
	return out
}

func proved(t testing.TB, data []byte, out *document.Rebuilt, plan document.Plan, file []byte, forbidden ...string) error {
	t.Helper()
	c := pdfproof.Copy{
		Original: document.Source{Name: "a.pdf", Data: data}, Data: file, Boxes: out.Boxes, Forbidden: forbidden,
		Layer: true, Plan: plan, Text: out.Text,
	}
	return c.Check(t.Context())
}

// solid is a text without white space.
func solid(s string) string { return strings.Join(strings.Fields(s), "") }

func TestTextLayer(t *testing.T) {
	data := simple(t, "联系人甲乙丙电话", "第二行全部文字", "A bit of Latin 𠮷𫍰字")
	d := read(t, data)
	e := edit(t, d, "page/1", "甲乙丙")
	e.Text = "甲某"
	plan := document.Plan{Edits: []document.Edit{e}, Boxes: []document.Box{{Page: 1, X0: 50, Y0: 750, X1: 80, Y1: 770}}}
	out := layered(t, data, plan, "甲乙丙", "第二")
	again := read(t, out.Data)
	if got, want := solid(again.Part("page/1").Text), "联系人甲某电话＊＊＊行全部文字AbitofLatin𠮷𫍰字"; got != want {
		t.Errorf("the layer reads %q, want %q", got, want)
	}
	for i := range again.Parts {
		if p := &again.Parts[i]; p.Hidden != nil && p.Text != "" {
			t.Errorf("the layer is called hidden: %s %q", p.Label, p.Text)
		}
	}
	if len(again.Unchecked) == 0 || !again.Unchecked[0].Blocking {
		t.Errorf("the copy is a picture and must say so: %+v", again.Unchecked)
	}
	bare := rebuild(t, data, plan)
	picture := func(b []byte) []byte { return b[bytes.Index(b, []byte("/Subtype /Image")):][:3000] }
	if !bytes.Equal(picture(out.Data), picture(bare.Data)) {
		t.Error("the picture is another one with the layer")
	}
	if err := pdfproof.Check(t.Context(), document.Source{Data: data}, out.Data, out.Boxes, nil); !errors.Is(err, pdfproof.ErrFailed) {
		t.Errorf("a layer that nobody asked for: %v", err)
	}
	if err := proved(t, data, out, plan, bare.Data); !errors.Is(err, pdfproof.ErrFailed) {
		t.Errorf("a layer that is not there: %v", err)
	}
	if other := layered(t, data, plan); !bytes.Equal(other.Data, out.Data) {
		t.Error("the same plan gave other bytes")
	}
}

// What is not seen on a page never enters its layer, nor does a page without text get one.
func TestTextLayerOfHiddenText(t *testing.T) {
	b := newBuilder()
	b.page(line(60, 780, "正文内容", "")+line(60, 740, "白色文字", "1 g")+line(60, 700, "看不见的", "3 Tr"), "")
	b.page("0 0 100 100 re f", "")
	data := b.bytes()
	out := layered(t, data, document.Plan{})
	if again := read(t, out.Data); again.Part("page/1").Text != "正文内容" || again.Part("page/2").Text != "" {
		t.Errorf("%+v", again.Parts)
	}
	if !slices.ContainsFunc(out.Unchecked, func(u document.Unchecked) bool {
		return u.Message == "第 2 页没有可信的文字，未加文字层"
	}) {
		t.Errorf("%+v", out.Unchecked)
	}
	b = newBuilder()
	b.page("0 0 100 100 re f", "")
	out = layered(t, b.bytes(), document.Plan{})
	if bytes.Contains(out.Data, []byte("/Font")) {
		t.Error("fonts without a layer")
	}
}

// The length of what was treated is told by nothing of the file.
func TestTextLayerTellsNoLength(t *testing.T) {
	small := func(lines ...string) []byte {
		b := newBuilder()
		var content strings.Builder
		for i, s := range lines {
			content.WriteString(strings.ReplaceAll(line(60, 780-40*i, s, ""), "/F1 12 Tf", "/F1 7 Tf"))
		}
		b.page(content.String(), "")
		return b.bytes()
	}
	cases := map[string]struct {
		names []string // all covered by the same box
		after string   // stands in the line behind the name
		boxes []document.Box
	}{
		"at the end of a line":      {names: []string{"甲乙", "甲乙丙"}},
		"under a box drawn by hand": {names: []string{"甲", "甲乙丙丁", "1", "甲 1"}, boxes: []document.Box{{Page: 1, X0: 87, Y0: 774, X1: 130, Y1: 790}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var files [][]byte
			for _, who := range c.names {
				data := small("联系人 "+who+c.after, "第二行")
				plan := document.Plan{Boxes: c.boxes}
				if c.boxes == nil {
					e := edit(t, read(t, data), "page/1", who)
					e.Text = "＊＊＊"
					plan.Edits = []document.Edit{e}
				}
				files = append(files, layered(t, data, plan, who).Data)
			}
			for i := range files {
				if !bytes.Equal(files[0], files[i]) {
					t.Errorf("the copies of %q and %q differ, and show the same", c.names[0], c.names[i])
				}
			}
		})
	}
}

// What the fonts of every layer say may have been treated elsewhere in a file.
func TestTextLayerOfFontNames(t *testing.T) {
	layered(t, simple(t, "正文"), document.Plan{DPI: 72}, "Adobe", "Identity", "IdentityAdobe", "FontDescriptor")
}

// What is kept stands in the layer where it is seen, however the page is written.
func TestTextLayerStandsWhereTextIsSeen(t *testing.T) {
	turned := func(matrix, s string) string { return fmt.Sprintf("BT /F1 12 Tf %s Tm %s Tj ET\n", matrix, ucs2(s)) }
	var column strings.Builder
	for i, r := range []rune("竖排的文字从上到下") {
		column.WriteString(line(300, 700-14*i, string(r), ""))
	}
	cases := map[string]struct{ content, entries string }{
		"level":           {line(60, 780, "第一行文字 Latin words 123", "") + line(90, 740, "第二行", "") + line(300, 740, "另一格", ""), ""},
		"condensed":       {line(60, 780, "窄的文字", "60 Tz") + line(60, 740, "疏的文字", "9 Tc"), ""},
		"rotated page":    {line(60, 780, "转过的页面", ""), "/Rotate 90"},
		"upside down":     {line(60, 780, "转过的页面", ""), "/Rotate 180"},
		"upwards":         {turned("0 1 -1 0 200 300", "向上的一行文字"), ""},
		"downwards":       {turned("0 -1 1 0 200 600", "向下的一行文字"), ""},
		"column":          {column.String(), ""},
		"part of a sheet": {line(160, 580, "裁过的页面", ""), "/CropBox [100 100 500 700]"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			b.page(c.content, c.entries)
			data := b.bytes()
			out := layered(t, data, document.Plan{DPI: 72})
			was, is := seen(t, data), seen(t, out.Data)
			if solid(string(was.Text)) != solid(string(is.Text)) {
				t.Fatalf("%q became %q", string(was.Text), string(is.Text))
			}
			at := 0
			for i, r := range was.Text {
				if unicode.IsSpace(r) {
					continue
				}
				for unicode.IsSpace(is.Text[at]) {
					at++
				}
				p, q := was.Places[i], is.Places[at]
				if math.Abs(p.X0+p.X1-q.X0-q.X1) > 14 || math.Abs(p.Y0+p.Y1-q.Y0-q.Y1) > 14 {
					t.Errorf("%c stands at %.0f, in the layer at %.0f", r, p, q)
				}
				at++
			}
		})
	}
}

// seen is the first page of a file.
func seen(t testing.TB, data []byte) (out pdf.Shown) {
	t.Helper()
	err := pdf.View(t.Context(), document.Source{Data: data}, func(n, _ int) (int, int) { return 100 * (2 - n), 100 }, func(v *pdf.Shown) error {
		out = *v
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTextLayerTamperedWith(t *testing.T) {
	data := simple(t, "联系人甲乙丙电话", "第二行全部文字")
	b := newBuilder()
	b.page(line(60, 780, "联系人甲乙丙电话", ""), "")
	b.page("0 0 100 100 re f", "")
	two := b.bytes()
	d := read(t, data)
	e := edit(t, d, "page/1", "甲乙丙")
	e.Text = "＊＊＊"
	plan := document.Plan{DPI: 72, Edits: []document.Edit{e}}
	out := layered(t, data, plan, "甲乙丙")
	pages := layered(t, two, plan, "甲乙丙")
	swap := func(old, with string) []byte { return resized(bytes.Replace(out.Data, []byte(old), []byte(with), 1)) }
	drop := func(expr string) []byte { return resized(regexp.MustCompile(expr).ReplaceAll(out.Data, nil)) }
	cases := map[string][]byte{
		"a character":            swap("<8054", "<8055"),
		"the treated text":       swap("<FF0AFF0AFF0A>", "<75324E594E19>"),
		"text added":             swap("> Tj\n", "7532> Tj\n"),
		"text left out":          swap("<FF0AFF0AFF0A>", "<FF0A5168>"),
		"a stretch left out":     drop(`\d+ Tz 1 0 0 1 [\d. ]+ Tm\n/F0 [\d.]+ Tf <7B2C[0-9A-F]+> Tj\n`),
		"blanks only":            swap("<FF0AFF0AFF0A>", "<0020>"),
		"visible text":           swap("3 Tr", "0 Tr"),
		"clipping text":          swap("3 Tr", "7 Tr"),
		"colour":                 swap("3 Tr\n", "3 Tr\n1 g\n"),
		"another operator":       swap("> Tj\n", "> Tj\n() Tj\n"),
		"spacing":                swap("3 Tr\n", "3 Tr\n9 Tw\n"),
		"rise":                   swap(" Tf <", " Tf 900 Ts <"),
		"advances":               swap("<FF0AFF0AFF0A> Tj", "[<FF0A> -2000 <FF0AFF0A>] TJ"),
		"text beside the page":   swap(" Tm\n", "0000 Tm\n"),
		"text below the page":    swap("1 0 0 1 60", "1 0 0 1 -60"),
		"tiny text":              swap(" 12 Tf", " 1 Tf"),
		"size of nothing":        swap(" 12 Tf", " 0 Tf"),
		"slanted matrix":         swap("1 0 0 1 60", "1 0 9 1 60"),
		"squeezed text":          swap("100 Tz", "1 Tz"),
		"lower case digits":      swap("FF0AFF0A", "ff0aff0a"),
		"another font":           swap("/F0 12 Tf", "/F1 12 Tf"),
		"a font less":            swap(" /F3", " /F2"),
		"another page's font":    swap("/Font << /F0 6 0 R", "/Font << /F0 7 0 R"),
		"comment":                swap("BT\n", "BT\n%\n"),
		"two text objects":       swap("ET\n", "ET\nBT\nET\n"),
		"picture drawn after":    swap("/I Do Q\nBT", "Q\nBT"),
		"encoding":               swap("/Identity-H", "/Identity-V"),
		"base font":              swap("/BaseFont /Blank", "/BaseFont /Bland"),
		"width":                  swap("/DW 1000", "/DW 1001"),
		"widths":                 swap("[0 255 500]", "[0 255 501]"),
		"descriptor":             swap("/Flags 4", "/Flags 5"),
		"character set":          swap("/StemV 80", "/StemV 80 /CharSet (/A)"),
		"font file":              swap("\x00\x01\x00\x00\x00\x08", "\x00\x01\x00\x00\x00\x09"),
		"text in the font file":  swap("\x5F\x0F\x3C\xF5", "\x5F\x0F\x3C\xF6"),
		"compressed map":         mangled(out.Data, "/Filter /FlateDecode /Length", 0),
		"map of the glyphs":      mangled(out.Data, "/Filter /FlateDecode /Length", -1),
		"behind a map":           swap("\nendstream\nendobj\n11 0 obj", "x\nendstream\nendobj\n11 0 obj"),
		"layer of another page":  resized(bytes.Replace(bytes.Replace(pages.Data, []byte("/XObject << /I 8 0 R >>"), []byte("/XObject << /I 8 0 R >> /Font << /F0 9 0 R /F1 10 0 R /F2 11 0 R /F3 12 0 R >>"), 1), []byte("q 595 0 0 842 0 0 cm /I Do Q\nendstream"), []byte("q 595 0 0 842 0 0 cm /I Do Q\nBT\n3 Tr\n100 Tz 1 0 0 1 60 60 Tm\n/F0 12 Tf <8054> Tj\nET\nendstream"), 1)),
		"object behind":          swap("xref\n0", "20 0 obj\n<< >>\nendobj\nxref\n0"),
		"fonts without any text": resized(regexp.MustCompile(`(?s)\nBT\n.*?ET`).ReplaceAll(out.Data, nil)),
	}
	for name, file := range cases {
		t.Run(name, func(t *testing.T) {
			if bytes.Equal(file, out.Data) || bytes.Equal(file, pages.Data) {
				t.Fatal("nothing was changed")
			}
			src, made := data, out
			if strings.Contains(name, "another page") && !strings.Contains(name, "font") {
				src, made = two, pages
			}
			if err := proved(t, src, made, plan, file, "甲乙丙"); !errors.Is(err, pdfproof.ErrFailed) {
				t.Errorf("not noticed: %v", err)
			}
		})
	}
	if err := proved(t, data, out, document.Plan{}, out.Data); !errors.Is(err, pdfproof.ErrFailed) {
		t.Errorf("another plan: %v", err)
	}
	if err := proved(t, data, &document.Rebuilt{Boxes: out.Boxes, Text: []string{"别的文字"}}, plan, out.Data); !errors.Is(err, pdfproof.ErrFailed) {
		t.Errorf("text that nobody has searched: %v", err)
	}
	if err := proved(t, data, out, plan, resized(bytes.Clone(out.Data)), "甲乙丙"); err != nil {
		t.Errorf("writing the lengths anew changes more than them: %v", err)
	}
}

// resized makes the lengths and the table of a file true again, so that nothing but the
// change itself can be noticed.
func resized(b []byte) []byte {
	var out bytes.Buffer
	var at []int
	const head = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
	out.WriteString(head)
	body := b[len(head):bytes.LastIndex(b, []byte("xref\n0"))]
	length := regexp.MustCompile(`/Length \d+ >>\nstream\n`)
	for len(body) > 0 {
		end := bytes.Index(body, []byte("\nendobj\n")) + len("\nendobj\n")
		if s := length.FindIndex(body[:end]); s != nil {
			for !bytes.HasSuffix(body[:end], []byte("\nendstream\nendobj\n")) {
				end += bytes.Index(body[end:], []byte("\nendobj\n")) + len("\nendobj\n")
			}
			at = append(at, out.Len())
			data := body[s[1] : end-len("\nendstream\nendobj\n")]
			out.Write(body[:s[0]])
			fmt.Fprintf(&out, "/Length %d >>\nstream\n", len(data))
			out.Write(body[s[1]:end])
		} else {
			at = append(at, out.Len())
			out.Write(body[:end])
		}
		body = body[end:]
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

// mangled changes a byte in the middle of one of the streams with such a head, counted
// from 0, or from the end.
func mangled(b []byte, head string, n int) []byte {
	all := regexp.MustCompile(regexp.QuoteMeta(head)+` (\d+) >>\nstream\n`).FindAllIndex(b, -1)
	if n < 0 {
		n += len(all)
	}
	out := bytes.Clone(b)
	out[all[n][1]+40] ^= 0x10
	return out
}

// TestRandomLayers: whatever is treated or covered, the layer is the treated text, and
// none of what was treated is anywhere in the file.
func TestRandomLayers(t *testing.T) {
	const letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
	signs := []rune(letters)
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 7))
		b := newBuilder()
		for range 1 + random.IntN(2) {
			var content strings.Builder
			for k := range 1 + random.IntN(6) {
				var s []rune
				for range 4 + random.IntN(20) {
					s = append(s, signs[random.IntN(len(signs))])
				}
				content.WriteString(line(40+random.IntN(80), 780-30*k, string(s), ""))
			}
			b.page(content.String(), "")
		}
		data := b.bytes()
		d := read(t, data)
		plan := document.Plan{DPI: 72}
		want, gone := "", []string(nil)
		for i := range d.Parts {
			p := &d.Parts[i]
			if p.Hidden != nil {
				continue
			}
			runes := []rune(p.Text)
			rest := 0
			for at := random.IntN(6); at+8 < len(runes); at += 8 + random.IntN(12) {
				e := document.Edit{Part: p.ID, Span: document.Span{Start: at, End: at + 5 + random.IntN(4)}, Text: []string{"＊＊＊", "某单位", "", "1**2"}[random.IntN(4)]}
				plan.Edits = append(plan.Edits, e)
				want += string(runes[rest:e.Start]) + e.Text
				gone = append(gone, solid(string(runes[e.Start:e.End])))
				rest = e.End
			}
			want += string(runes[rest:])
		}
		gone = slices.DeleteFunc(gone, func(s string) bool { return strings.Contains(solid(want), s) })
		out := layered(t, data, plan, gone...)
		got := ""
		for _, p := range read(t, out.Data).Parts {
			got += p.Text
		}
		if solid(got) != solid(want) {
			t.Errorf("seed %d: the layer reads\n%q, want\n%q", seed, solid(got), solid(want))
		}
		for _, s := range gone {
			digits := strings.ToUpper(strings.Trim(ucs2(s), "<>"))
			if bytes.Contains(out.Data, []byte(digits)) || utf8.RuneCountInString(s) > 2 && bytes.Contains(out.Data, []byte(s)) {
				t.Errorf("seed %d: %q is in the file", seed, s)
			}
		}
	}
}
