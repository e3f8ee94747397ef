package ooxmlproof_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify/ooxmlproof"
)

type part = ziptest.Member

// write packs parts in the form of a copy, or as told otherwise by h.
func write(t testing.TB, parts []part, h func(*zip.FileHeader)) []byte {
	t.Helper()
	return ziptest.PackAs(t, func(i int, fh *zip.FileHeader) {
		if ziptest.AsCopy(i, fh); h != nil {
			h(fh)
		}
	}, parts...)
}

const relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// clean makes copies of a small document and a small workbook.
func clean(t testing.TB) (doc, sheet []byte) {
	t.Helper()
	src := func(main, typ, body, rels string) []byte {
		dir, _, _ := strings.Cut(main, "/")
		ps := []part{
			{Name: "[Content_Types].xml", Data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/` + main + `" ContentType="application/vnd.openxmlformats-officedocument.` + typ + `"/></Types>`},
			{Name: "_rels/.rels", Data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` + relBase + `officeDocument" Target="` + main + `"/></Relationships>`},
			{Name: main, Data: body},
		}
		if rels != "" {
			ps = append(ps, part{Name: dir + "/_rels/" + strings.TrimPrefix(main, dir+"/") + ".rels", Data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels + `</Relationships>`},
				part{Name: "xl/worksheets/sheet1.xml", Data: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲单位</t></is></c><c r="B1"><v>42</v></c></row></sheetData></worksheet>`})
		}
		return write(t, ps, nil)
	}
	d, err := docx.Rebuild(context.Background(), document.Source{Name: "a.docx", Data: src("word/document.xml", "wordprocessingml.document.main+xml",
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>正文一段</w:t></w:r></w:p><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`, "")}, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := xlsx.Rebuild(context.Background(), document.Source{Name: "a.xlsx", Data: src("xl/workbook.xml", "spreadsheetml.sheet.main+xml",
		`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>`,
		`<Relationship Id="s" Type="`+relBase+`worksheet" Target="worksheets/sheet1.xml"/>`)}, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	return d.Data, x.Data
}

func TestTampering(t *testing.T) {
	doc, sheet := clean(t)
	forbidden := []string{"陆望舒"}
	for kind, data := range map[document.Kind][]byte{"docx": doc, "xlsx": sheet} {
		if ps := ooxmlproof.Check(kind, data, forbidden); len(ps) > 0 {
			t.Fatalf("an untouched %s: %v", kind, ps)
		}
		if ps := ooxmlproof.Check(kind, write(t, ziptest.Unpack(t, data), nil), forbidden); len(ps) > 0 {
			t.Fatalf("a repacked %s: %v", kind, ps)
		}
	}
	edit := func(name, old, with string) func([]part) []part {
		return func(ps []part) []part {
			for i := range ps {
				if ps[i].Name == name {
					if !strings.Contains(ps[i].Data, old) {
						panic("nothing to change in " + name)
					}
					ps[i].Data = strings.Replace(ps[i].Data, old, with, 1)
				}
			}
			return ps
		}
	}
	add := func(p part) func([]part) []part { return func(ps []part) []part { return append(ps, p) } }
	const body, book, one = "word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
	cases := []struct {
		name   string
		kind   document.Kind
		change func([]part) []part
	}{
		{"the string itself", "docx", edit(body, "正文", "陆望舒正文")},
		{"the string over runs", "docx", edit(body, "正文一段", "陆</w:t></w:r><w:r><w:t>望舒")},
		{"the string in an attribute", "docx", edit(body, `w:val="center"`, `w:val="陆望舒"`)},
		{"a comment", "docx", edit(body, "<w:body>", "<w:body><!-- 注 -->")},
		{"an instruction", "docx", edit(body, "<w:body>", "<w:body><?a b?>")},
		{"hidden text", "docx", edit(body, "<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")},
		{"an insertion", "docx", edit(body, "<w:r>", `<w:ins w:author="某"/><w:r>`)},
		{"an author", "docx", edit(body, "<w:p>", `<w:p w:rsidR="00AA">`)},
		{"a field", "docx", edit(body, "<w:r>", `<w:r><w:instrText>INCLUDETEXT "a"</w:instrText></w:r><w:r>`)},
		{"text where none belongs", "docx", edit(body, "<w:pPr>", "<w:pPr>字")},
		{"a foreign namespace", "docx", edit(body, "<w:body>", `<w:body xmlns:z="urn:z">`)},
		{"a foreign element", "docx", edit(body, "<w:r>", `<z:a/><w:r>`)},
		{"a long number in an attribute", "docx", edit(body, `w:w="11906"`, `w:w="内部13800138000"`)},
		{"an external link", "docx", edit("_rels/.rels", `Target="word/document.xml"`, `Target="http://a/" TargetMode="External"`)},
		{"a custom part", "docx", add(part{Name: "customXml/item1.xml", Data: "<a/>"})},
		{"an unreferenced part", "docx", add(part{Name: "word/header9.xml", Data: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"})},
		{"macros", "docx", add(part{Name: "word/vbaProject.bin", Data: "x"})},
		{"a property", "docx", edit("docProps/app.xml", "/>", "><Company>某</Company></Properties>")},
		{"a doubled part", "docx", add(part{Name: body, Data: "x"})},
		{"a hidden sheet", "xlsx", edit(book, `name="表"`, `name="表" state="hidden"`)},
		{"a hidden row", "xlsx", edit(one, `<row r="1">`, `<row r="1" hidden="1">`)},
		{"a formula", "xlsx", edit(one, "<v>42</v>", "<f>A1</f><v>42</v>")},
		{"a name", "xlsx", edit(book, "</sheets>", `</sheets><definedNames><definedName name="某">'表'!A1</definedName></definedNames>`)},
		{"a paper header", "xlsx", edit(one, "</sheetData>", `</sheetData><headerFooter><oddHeader>&amp;C某单位</oddHeader></headerFooter>`)},
		{"the string in a cell", "xlsx", edit("xl/sharedStrings.xml", "甲单位", "陆<t/>望舒")},
		{"phonetic text", "xlsx", edit("xl/sharedStrings.xml", "</si>", `<rPh sb="0" eb="1"><t>某</t></rPh></si>`)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := map[document.Kind][]byte{"docx": doc, "xlsx": sheet}[c.kind]
			if ps := ooxmlproof.Check(c.kind, write(t, c.change(ziptest.Unpack(t, data)), nil), forbidden); len(ps) == 0 {
				t.Error("not noticed")
			} else if strings.Contains(strings.Join(ps, ""), "陆望舒") {
				t.Error("a problem repeats the text")
			}
		})
	}
}

func TestArchiveForm(t *testing.T) {
	doc, _ := clean(t)
	ps := ziptest.Unpack(t, doc)
	for name, data := range map[string][]byte{
		"extra field": write(t, ps, func(h *zip.FileHeader) { h.Extra = []byte{9, 9, 2, 0, 1, 1} }),
		"comment":     write(t, ps, func(h *zip.FileHeader) { h.Comment = "某" }),
		"time":        write(t, ps, func(h *zip.FileHeader) { h.ModifiedDate = 0x5921 }), //nolint:staticcheck // the field meant to replace it adds an extra field to the member
		"data before": append([]byte("xx"), doc...),
		"data after":  append(bytes.Clone(doc), 'x'),
		"cut off":     doc[:len(doc)-1],
		"empty":       {},
	} {
		if got := ooxmlproof.Check("docx", data, nil); len(got) == 0 {
			t.Errorf("%s: not noticed", name)
		}
	}
}

func FuzzCheck(f *testing.F) {
	doc, sheet := clean(f)
	f.Add(doc)
	f.Add(sheet)
	f.Fuzz(func(_ *testing.T, b []byte) {
		ooxmlproof.Check("docx", b, []string{"陆望舒"})
	})
}
