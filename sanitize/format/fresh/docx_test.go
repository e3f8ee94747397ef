package fresh_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

func dot(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// check asks that a Word document is proved and reads as the parts that it was made of.
func check(t interface {
	Helper()
	Fatal(...any)
}, doc *document.Document, data []byte,
) {
	t.Helper()
	again, err := docx.Read(context.Background(), document.Source{Name: "a.docx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	problems := append(ooxmlproof.Check("docx", data, nil), verify.SameText(doc, again)...)
	if problems = append(problems, verify.StillHidden(again)...); len(problems) > 0 {
		t.Fatal(problems, string(data))
	}
}

func TestStyled(t *testing.T) {
	doc := &document.Document{Parts: []document.Part{{
		ID: "a", Role: document.RoleBody, Text: "标题\n正文粗斜\n甲\t\t乙\n丙\t丁\t戊\n尾",
		Cells: []document.Cell{
			{Span: document.Span{Start: 8, End: 9}},
			{Span: document.Span{Start: 10, End: 10}, Col: 1},
			{Span: document.Span{Start: 11, End: 12}, Col: 2},
			{Span: document.Span{Start: 13, End: 14}, Row: 1},
			{Span: document.Span{Start: 15, End: 16}, Row: 1, Col: 1},
			{Span: document.Span{Start: 17, End: 18}, Row: 1, Col: 2},
		},
	}}}
	form := &fresh.Form{
		Runs:     []fresh.Run{{Span: document.Span{Start: 0, End: 2}, Look: fresh.Look{Bold: true, Size: 44}}, {Span: document.Span{Start: 5, End: 7}, Look: fresh.Look{Italic: true, Underline: true, Raise: 1}}},
		Lines:    []fresh.Line{{Span: document.Span{Start: 0, End: 2}, Align: "center"}, {Span: document.Span{Start: 3, End: 7}, First: 480}},
		Pictures: []fresh.Inline{{At: 5, Key: "x", Data: dot(t), W: 99999999, H: 100000}},
		Cells:    []fresh.CellForm{{Left: 0, Right: 4000}, {Left: 2000, Right: 4000, Gone: true}, {Left: 4000, Right: 6000, Down: fresh.Begins}, {Left: 0, Right: 2000}, {Left: 2000, Right: 4000}, {Left: 4000, Right: 6000}},
	}
	data, shown, err := fresh.Styled(doc, fresh.Layout{Page: fresh.Page{W: 16838, H: 11906, Top: 1000, Right: 1000, Bottom: 1000, Left: 1000}, Forms: map[string]*fresh.Form{"a": form}})
	if err != nil || shown != 1 {
		t.Fatal(shown, err)
	}
	check(t, doc, data)
	s := string(unzip(t, data, "word/document.xml"))
	for _, want := range []string{
		`<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/><w:sz w:val="44"/>`, `w:firstLine="480"`, `<w:i/><w:iCs/><w:u w:val="single"/><w:vertAlign w:val="superscript"/>`,
		`w:orient="landscape"`, `<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, `<w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/>`, `<wp:extent cx="9422130"`,
	} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s in %s", want, s)
		}
	}
}

// TestStyledAnyForm: whatever a form says, the text is all there, and nothing is hidden.
func TestStyledAnyForm(t *testing.T) {
	pic := dot(t)
	rapid.Check(t, func(r *rapid.T) {
		var text []rune
		var cells []document.Cell
		span := func() document.Span {
			a, b := rapid.IntRange(-2, 60).Draw(r, "a"), rapid.IntRange(-2, 60).Draw(r, "b")
			return document.Span{Start: min(a, b), End: max(a, b)}
		}
		for table := range rapid.IntRange(0, 2).Draw(r, "tables") {
			text = append(text, []rune(rapid.StringMatching(`[甲a ]{0,4}\n`).Draw(r, "before"))...)
			for row := range rapid.IntRange(1, 3).Draw(r, "rows") {
				for col := range rapid.IntRange(1, 4).Draw(r, "cols") {
					start := len(text)
					text = append(text, []rune(rapid.StringMatching(`[乙b\n]{0,3}`).Draw(r, "cell"))...)
					cells = append(cells, document.Cell{Span: document.Span{Start: start, End: len(text)}, Table: table, Row: row, Col: col})
					text = append(text, '\t')
				}
				text[len(text)-1] = '\n'
			}
		}
		text = append(text, []rune(rapid.StringMatching(`([丙c\t ]{0,5}\n?){0,3}`).Draw(r, "after"))...)
		doc := &document.Document{Parts: []document.Part{{ID: "a", Role: document.RoleBody, Text: string(text), Cells: cells}}}
		form := &fresh.Form{Tables: map[int]fresh.TableForm{0: {Align: "center"}, 1: {Indent: -90000, Pad: 9999}}}
		colour := func() fresh.Colour {
			return rapid.SampledFrom([]fresh.Colour{0, 0, fresh.RGB(0, 0, 0), fresh.RGB(255, 255, 255), fresh.RGB(250, 250, 250), fresh.RGB(255, 255, 0), fresh.RGB(30, 30, 60), fresh.RGB(200, 0, 0)}).Draw(r, "colour")
		}
		for range cells {
			form.Cells = append(form.Cells, fresh.CellForm{
				Ground: colour(), Edges: rapid.SampledFrom([]*[4]fresh.Edge{nil, {}, {{Kind: "single", Size: 900, Colour: fresh.RGB(1, 2, 3)}, {Kind: "秘密"}}}).Draw(r, "edges"),
				Tail: make([]fresh.Line, rapid.IntRange(0, 2).Draw(r, "tail")),
				Left: rapid.IntRange(-100, 5000).Draw(r, "l"), Right: rapid.IntRange(-100, 5000).Draw(r, "r"), Down: fresh.Down(rapid.IntRange(0, 2).Draw(r, "down")), Gone: rapid.Bool().Draw(r, "gone"),
			})
		}
		at := 0
		for range rapid.IntRange(0, 4).Draw(r, "runs") {
			s := document.Span{Start: at, End: at + rapid.IntRange(1, 9).Draw(r, "n")}
			at = s.End + rapid.IntRange(0, 3).Draw(r, "gap")
			form.Runs = append(form.Runs, fresh.Run{Span: s, Look: fresh.Look{Bold: rapid.Bool().Draw(r, "bold"), Size: rapid.IntRange(0, 900).Draw(r, "size"), Raise: rapid.IntRange(-1, 1).Draw(r, "raise"), Colour: colour(), Ground: colour(), East: rapid.SampledFrom([]string{"", "仿宋", "某某人的电话"}).Draw(r, "font")}})
			form.Fields = append(form.Fields, fresh.Field{Span: span(), Total: rapid.Bool().Draw(r, "total")})
		}
		form.Lines = []fresh.Line{{Span: span(), Align: "both", First: -200, Left: 400, Ground: colour(), List: rapid.IntRange(-1, 3).Draw(r, "list"), Depth: rapid.IntRange(-1, 3).Draw(r, "depth"), Spacing: -rapid.IntRange(0, 500).Draw(r, "high"), Exact: true, Level: 12}}
		for range rapid.IntRange(0, 3).Draw(r, "sections") {
			form.Sections = append(form.Sections, fresh.Section{At: span().End, Page: fresh.Page{W: rapid.IntRange(0, 40000).Draw(r, "w"), H: 12000, Columns: 3}})
		}
		lists := []fresh.List{{Family: 1, Levels: []fresh.Level{{Format: "decimal", Text: "第%1条：陆望舒", Start: 1}, {Format: "望舒", Text: "13800138000", Start: -1, Anew: true}}}, {}}
		form.Pictures = []fresh.Inline{{At: span().Start, Key: "k", Data: pic, W: 1, H: 1}}
		data, _, err := fresh.Styled(doc, fresh.Layout{Forms: map[string]*fresh.Form{"a": form}, Lists: lists})
		if err != nil {
			r.Fatal(err)
		}
		check(r, doc, data)
		for _, part := range []string{"word/document.xml", "word/numbering.xml"} {
			if s := string(unzip(t, data, part)); strings.Contains(s, "望舒") || strings.Contains(s, "某某人") || strings.Contains(s, "1380013") || strings.Contains(s, "秘密") {
				r.Fatal("words of a form are in the copy", s)
			}
		}
	})
}
