package doc_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/doc"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

// formed is a document with looks from styles and of its own, a list, a table, a
// picture that is seen and one that is hidden, and a landscape page.
func formed(t testing.TB) book {
	cellDef := func(flags int) []byte {
		edge := []byte{4, 1, 0, 0}
		return cat(two(flags), two(0), edge, edge, edge, edge)
	}
	row := func(first int) []byte {
		def := cat([]byte{2}, two(-108), two(2892), two(5892), cellDef(first<<5), cellDef(0))
		return cat(sprm(0x2416, 1), sprm(0x2417, 1), sprm(0xD608, append(two(len(def)+1), def...)...), sprm(0x9407, two(800)...),
			sprm(0xD612, append([]byte{20}, cat(make([]byte, 10), []byte{0, 0, 0, 0xFF, 0x1F, 0x38, 0x64, 0, 0, 0})...)...))
	}
	in := sprm(0x2416, 1)
	level := make([]byte, 28)
	le.PutUint32(level, 3)
	level[4] = 39 // 一、二、
	level[25] = 4 // of properties
	level = cat(level, sprm(0x840F, two(420)...), two(4), two('第'), two(0), two('条'), two('甲'))
	lst := make([]byte, 28)
	le.PutUint32(lst, 77)
	lst[26] = 1
	use := make([]byte, 16)
	le.PutUint32(use, 77)
	return book{
		fonts: []string{"宋体", "仿宋_GB2312", "Times New Roman", "绝密资料专用字体楷"},
		styles: [][]byte{
			paraStyle(0, 0xFFF, sprm(0x2403, 3), cat(sprm(0x4A43, two(21)...), sprm(0x4A50, two(1)...), sprm(0x4A4F, two(2)...))),
			paraStyle(1, 0, cat(sprm(0x2403, 1), sprm(0xA413, two(240)...)), cat(sprm(0x0835, 1), sprm(0x4A43, two(44)...))),
		},
		lists: cat(two(1), lst, level), listHead: 30,
		uses: cat(le.AppendUint32(nil, 1), use, []byte{255, 255, 255, 255}),
		section: cat(sprm(0xB01F, two(16838)...), sprm(0xB020, two(11906)...), sprm(0xB021, two(1000)...), sprm(0xB022, two(1000)...),
			sprm(0x5032, two(2)...), sprm(0x9031, two(312)...)),
		data: shot(t),
		lines: []line{
			{text: "标题\r", style: 1},
			{text: "正文\r", para: cat(sprm(0x8411, two(420)...), sprm(0x6412, cat(two(-560), two(0))...)), signs: cat(sprm(0x0836, 1), sprm(0x2A3E, 1), sprm(0x2A48, 1), sprm(0x6870, 0xC0, 0, 0, 0))},
			{text: "非粗体\r", style: 1, signs: sprm(0x0835, 0x81)},
			{text: "名\r", signs: sprm(0x4A50, two(3)...)},
			{text: "白字黑底\r", signs: cat(sprm(0x6870, 255, 255, 255, 0), sprm(0x4866, two(1|1<<5)...))},
			{text: "电话13800138000止\r", para: cat(sprm(0x260A, 0), sprm(0x460B, two(1)...))},
			{text: "图\x01\r", signs: cat(sprm(0x0855, 1), sprm(0x6A03, 0, 0, 0, 0)), lastOnly: true},
			{text: "藏\x01\r", signs: cat(sprm(0x0855, 1), sprm(0x6A03, 0, 0, 0, 0), sprm(0x083C, 1))},
			{text: "甲\r", para: cat(in, sprm(0x2403, 1))},
			{text: "\a", para: in},
			{text: "乙\a", para: in, signs: sprm(0x6870, 255, 255, 255, 0)},
			{text: "\a", para: row(3)},
			{text: "\a", para: in},
			{text: "丙\a", para: in},
			{text: "\a", para: row(1)},
			{text: "页\x13 PAGE \x147\x15码\r", para: sprm(0x2407, 1)},
		},
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

// rebuilt carries a plan out and asks that the copy is proved and reads as planned.
func rebuilt(t interface {
	Helper()
	Fatal(...any)
}, data []byte, plan document.Plan,
) *document.Rebuilt {
	t.Helper()
	ctx := context.Background()
	src := document.Source{Name: "a.doc", Data: data}
	d, err := doc.Read(ctx, src)
	if err != nil {
		return nil
	}
	out, err := doc.Rebuild(ctx, src, plan)
	if err != nil {
		t.Fatal(err)
	}
	again, err := docx.Read(ctx, document.Source{Name: "a.docx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	problems := append(ooxmlproof.Check("docx", out.Data, nil), verify.SameText(redact.Apply(d, plan).Document, again)...)
	if problems = append(problems, verify.StillHidden(again)...); len(problems) > 0 {
		t.Fatal(problems)
	}
	return out
}

func TestLooksComeAlong(t *testing.T) {
	data := formed(t).bytes()
	d, err := doc.Read(context.Background(), document.Source{Name: "a.doc", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	text := d.Part("word/document.xml").Text
	const want = "标题\n正文\n非粗体\n名\n白字黑底\n电话13800138000止\n图\n甲\t乙\n\t丙\n页7码"
	if strings.TrimSpace(text) != want {
		t.Fatalf("%q", text)
	}
	i := len([]rune(text[:strings.Index(text, "13800138000")]))
	plan := document.Plan{Edits: []document.Edit{{Part: "word/document.xml", Span: document.Span{Start: i, End: i + 11}, Text: "138****8000"}}}
	out := rebuilt(t, data, plan)
	again := rebuilt(t, data, plan)
	if !bytes.Equal(out.Data, again.Data) {
		t.Error("two copies of one file differ")
	}
	parts := members(t, out.Data)
	body := parts["word/document.xml"]
	for name, want := range map[string]string{
		"heading of a style":   `<w:spacing w:before="240" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr><w:t xml:space="preserve">标题</w:t>`,
		"own looks":            `<w:i/><w:iCs/><w:color w:val="C00000"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:u w:val="single"/><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve">正文</w:t>`,
		"height and indent":    `w:line="560" w:lineRule="exact"/><w:ind w:left="0" w:right="0" w:firstLine="420"/><w:jc w:val="both"/>`,
		"bold turned off":      `<w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr><w:t xml:space="preserve">非粗体`,
		"font of that kind":    `w:eastAsia="楷体"/><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr><w:t xml:space="preserve">名`,
		"white on its ground":  `<w:color w:val="FFFFFF"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/></w:rPr><w:t xml:space="preserve">白字黑底`,
		"list":                 `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`,
		"indent of the list":   `<w:ind w:left="420" w:right="0" w:firstLine="0"/>`,
		"picture":              `<wp:extent cx="635000" cy="635000"/>`,
		"columns":              `<w:gridCol w:w="3000"/><w:gridCol w:w="3000"/>`,
		"merged cells":         `<w:vMerge w:val="restart"/>`,
		"lines of a cell":      `<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/>`,
		"height of a row":      `<w:trHeight w:val="800" w:hRule="atLeast"/>`,
		"ground of a cell":     `<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>`,
		"white on that ground": `<w:color w:val="FFFFFF"/><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr><w:t xml:space="preserve">乙`,
		"number of the page":   `<w:instrText xml:space="preserve"> PAGE </w:instrText>`,
		"new page":             `<w:pageBreakBefore/>`,
		"paper":                `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`,
		"grid":                 `<w:docGrid w:type="lines" w:linePitch="312"/>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s: no %s", name, want)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
	if n := parts["word/numbering.xml"]; !strings.Contains(n, `<w:start w:val="3"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/>`) {
		t.Errorf("list %s", n)
	}
	if strings.Count(body, "<w:drawing>") != 1 || parts["word/media/image2.png"] != "" {
		t.Error("a hidden picture is in the copy")
	}
	for name, p := range parts {
		if strings.Contains(p, "绝密") {
			t.Errorf("the name of a font is in %s", name)
		}
	}
	img, err := png.Decode(strings.NewReader(parts["word/media/image1.png"]))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 20 {
		t.Error("a part that is cut off is in the copy")
	}
	if !slices.ContainsFunc(out.Unchecked, func(u document.Unchecked) bool { return u.Kind == "picture" && strings.Contains(u.Message, "1 张") }) {
		t.Errorf("the picture is not reported: %+v", out.Unchecked)
	}
	if !slices.ContainsFunc(out.Removed, func(r document.Removal) bool { return strings.HasPrefix(r.Kind, "图片") && r.Count == 1 }) {
		t.Errorf("the hidden picture is not reported: %+v", out.Removed)
	}
}

// TestDamagedLooks: whatever stands in the properties, the copy is proved and holds the
// text that was read, or the file is refused.
func TestDamagedLooks(t *testing.T) {
	books := [][]byte{formed(t).bytes(), floated(t).bytes()}
	rapid.Check(t, func(r *rapid.T) {
		data := bytes.Clone(books[rapid.IntRange(0, len(books)-1).Draw(r, "book")])
		for range rapid.IntRange(1, 12).Draw(r, "n") {
			at := rapid.IntRange(512+0x200, len(data)-1).Draw(r, "at")
			data[at] = rapid.Byte().Draw(r, "b")
		}
		rebuilt(r, data, document.Plan{})
	})
}

// TestAnyProperties: property lists of any bytes.
func TestAnyProperties(t *testing.T) {
	base := formed(t)
	codes := []int{0x0835, 0x2A42, 0x6870, 0x2A0C, 0x4866, 0xCA71, 0x4A43, 0x4A4F, 0x4A30, 0x2403, 0x840F, 0x8411, 0x6412, 0xA413, 0x460B, 0x260A, 0xC60D, 0xC615, 0x442D, 0xC64D, 0xD608, 0xD605, 0xD613, 0xD609, 0xD612, 0xD620, 0xD62F, 0xD61A, 0xD62B, 0xD62C, 0x6424, 0xC64E, 0x6646, 0x646B, 0x6A03}
	rapid.Check(t, func(r *rapid.T) {
		b := base
		b.lines = slices.Clone(base.lines)
		list := func() []byte {
			var out []byte
			for range rapid.IntRange(0, 3).Draw(r, "props") {
				code := rapid.SampledFrom(codes).Draw(r, "code")
				n := map[int]int{0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}[code>>13]
				if code>>13 == 6 {
					n = rapid.IntRange(0, 8).Draw(r, "len")
					out = append(out, sprm(code, byte(n))...)
				} else {
					out = append(out, sprm(code)...)
				}
				out = append(out, rapid.SliceOfN(rapid.Byte(), n, n).Draw(r, "arg")...)
			}
			return out
		}
		k := rapid.IntRange(0, len(b.lines)-1).Draw(r, "line")
		b.lines[k].signs, b.lines[k].para = list(), append(bytes.Clone(b.lines[k].para), list()...)
		b.section = list()
		rebuilt(r, b.bytes(), document.Plan{})
	})
}

// floated is a document with a picture that floats, one that is hidden, and one that
// stands outside the page.
func floated(t testing.TB) book {
	t.Helper()
	spa := func(id, left, flags int) []byte {
		b := le.AppendUint32(nil, uint32(id))
		for _, v := range []int{left, 200, left + 1000, 700} {
			b = le.AppendUint32(b, uint32(v))
		}
		return cat(b, two(flags), make([]byte, 4))
	}
	drawn := func(id int, options ...[]byte) []byte {
		head := le.AppendUint32(le.AppendUint32(nil, uint32(id)), 0)
		return rec(15, 0, 0xF004, rec(2, 75, 0xF00A, head), rec(3, len(options), 0xF00B, options...))
	}
	b := formed(t)
	b.drawings = cat(rec(15, 0, 0xF000, rec(15, 1, 0xF001, entry(t))), []byte{0},
		rec(15, 0, 0xF002, rec(15, 0, 0xF003,
			drawn(7, option(0x4104, 1), option(0x0100, 1<<15)),
			drawn(8, option(0x4104, 1), option(0x03BF, 2|2<<16)),
			drawn(9, option(0x4104, 1)))))
	b.floats = [][]byte{spa(7, 300, 1<<1|2<<3|2<<5|1<<14), spa(8, 300, 0), spa(9, 40000, 0)}
	b.lines[1] = line{text: "正文\b\b\b\r", signs: sprm(0x0855, 1)}
	return b
}

// TestFloatingPictures: a picture floats where it did; one that is hidden, or stands
// outside the page, stays out.
func TestFloatingPictures(t *testing.T) {
	out := rebuilt(t, floated(t).bytes(), document.Plan{})
	body := members(t, out.Data)["word/document.xml"]
	if strings.Count(body, "<wp:anchor") != 1 {
		t.Fatal(body)
	}
	for _, want := range []string{
		`behindDoc="1"`, `<wp:positionH relativeFrom="page"><wp:posOffset>190500</wp:posOffset>`, `<wp:positionV relativeFrom="paragraph"><wp:posOffset>127000</wp:posOffset>`,
		`<wp:extent cx="635000" cy="317500"/>`, `<wp:wrapSquare wrapText="bothSides"/>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if !slices.ContainsFunc(out.Removed, func(r document.Removal) bool { return strings.HasPrefix(r.Kind, "图形") && r.Count == 2 }) {
		t.Errorf("shapes that stay behind are not reported: %+v", out.Removed)
	}
}

// TestHeadersOfSections: each header stands on the pages of its section and kind, and
// one that is no longer used stays out.
func TestHeadersOfSections(t *testing.T) {
	b := formed(t)
	b.split, b.lines[1].text = 2, "正文\f"
	b.section = append(b.section, sprm(0x300A, 1)...)
	b.more = sprm(0xB01F, two(11906)...)
	b.heads = []string{
		"双\r", "单\r", "", "脚\x13PAGE\x141\x15\r", "首\r", "",
		"", "二\r", "", "\r", "弃\r", "",
	}
	data := b.bytes()
	d, err := doc.Read(context.Background(), document.Source{Name: "a.doc", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Parts {
		if p.Role == document.RoleHeader || p.Role == document.RoleFooter {
			got = append(got, p.ID+strings.TrimSpace(p.Text))
		}
	}
	if !slices.Equal(got, []string{"header/1双", "header/2单", "footer/1脚1", "header/3首", "header/4二", "hidden/未启用的页眉页脚弃"}) {
		t.Errorf("parts %q", got)
	}
	parts := members(t, rebuilt(t, data, document.Plan{}).Data)
	body := parts["word/document.xml"]
	first, last, ok := strings.Cut(body, "</w:sectPr>")
	first, last = first[strings.Index(first, "<w:sectPr"):], last[strings.LastIndex(last, "<w:sectPr"):]
	if !ok || strings.Count(first, "w:headerReference") != 3 || strings.Count(first, "w:footerReference") != 1 || !strings.Contains(first, `w:type="even"`) || !strings.Contains(first, "<w:titlePg/>") || !strings.Contains(first, `w:w="16838"`) {
		t.Errorf("first section %s", first)
	}
	if strings.Count(last, "w:headerReference") != 1 || strings.Count(last, "w:footerReference") != 1 || strings.Contains(last, "titlePg") || !strings.Contains(last, `<w:pgSz w:w="11906" w:h="15840"/>`) {
		t.Errorf("last section %s", last)
	}
	if !strings.Contains(parts["word/settings.xml"], "<w:evenAndOddHeaders/>") || !strings.Contains(parts["word/footer3.xml"], " PAGE ") {
		t.Errorf("%s %s", parts["word/settings.xml"], parts["word/footer3.xml"])
	}
	for name, p := range parts {
		if strings.Contains(p, "弃") {
			t.Errorf("a header that is not used is in %s", name)
		}
	}
}

// TestHalfSign: half of a pair of units stands for nothing and is seen as such.
func TestHalfSign(t *testing.T) {
	data := docFixture()
	i := bytes.Index(data, wide("标题"))
	le.PutUint16(data[i:], 0xD83D)
	d, err := doc.Read(context.Background(), document.Source{Name: "a.doc", Data: data})
	if err != nil || !strings.HasPrefix(d.Part("word/document.xml").Text, "□题") {
		t.Fatal(d, err)
	}
	rebuilt(t, data, document.Plan{})
}

func FuzzRebuild(f *testing.F) {
	f.Add(docFixture())
	f.Add(formed(f).bytes())
	f.Add(floated(f).bytes())
	f.Fuzz(func(t *testing.T, data []byte) { rebuilt(t, data, document.Plan{}) })
}
