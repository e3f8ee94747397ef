package tamper_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// secret is a sentence of which every hiding place is a finding, whatever it says.
const secret = "蓝湖样品第七号说明"

// zipWays are ways that every package knows.
func zipWays(body string) []way {
	return []way{
		{"zip comment", func(t testing.TB, c []byte) []byte { return pack(t, secret, reopen(t, c).es...) }},
		{"appended bytes", func(_ testing.TB, c []byte) []byte { return append(bytes.Clone(c), secret...) }},
		{"bytes before the package", func(_ testing.TB, c []byte) []byte { return append([]byte(secret), c...) }},
		{"the same entry twice", func(t testing.TB, c []byte) []byte {
			r := reopen(t, c)
			for _, e := range r.es {
				if e.Name == body {
					r.es = append(r.es, e)
					break
				}
			}
			return r.bytes()
		}},
		{"a part that nothing refers to", func(t testing.TB, c []byte) []byte { return reopen(t, c).put("trash/0000.dat", secret).bytes() }},
		{"bytes between two entries", func(t testing.TB, c []byte) []byte { return between(t, c) }},
		{"an extra field of an entry", func(t testing.TB, c []byte) []byte { return extraField(t, c) }},
	}
}

func edit(suffix, old, with string) func(testing.TB, []byte) []byte {
	return func(t testing.TB, c []byte) []byte { return reopen(t, c).swap(suffix, old, with).bytes() }
}

func wordWays() []way {
	const rels = "word/_rels/document.xml.rels"
	paragraph := func(rPr, text string) string {
		return `<w:p><w:r><w:rPr>` + rPr + `</w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
	}
	before := func(s string) func(testing.TB, []byte) []byte {
		return edit("word/document.xml", "<w:tbl>", s+"<w:tbl>")
	}
	part := func(name, kind, body string) func(testing.TB, []byte) []byte {
		return func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("word/"+name, `<?xml version="1.0"?>`+body).relate(rels, "rIdX", kind, name, "").bytes()
		}
	}
	return append(zipWays("word/document.xml"), []way{
		{"comment", part("comments.xml", "comments", `<w:comments `+wordNS+`><w:comment w:id="0" w:author="周某"><w:p><w:r><w:t>`+secret+`</w:t></w:r></w:p></w:comment></w:comments>`)},
		{"author in docProps", func(t testing.TB, c []byte) []byte { return core(t, c) }},
		{"custom properties", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("docProps/custom.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="经办"><vt:lpwstr>`+secret+`</vt:lpwstr></property></Properties>`).relate("_rels/.rels", "rIdX", "custom-properties", "docProps/custom.xml", "").bytes()
		}},
		{"hidden text", before(paragraph("<w:vanish/>", secret))},
		{"white text", before(paragraph(`<w:color w:val="FFFFFF"/>`, secret))},
		{"text of one point", before(paragraph(`<w:sz w:val="2"/>`, secret))},
		{"tracked deletion", before(`<w:p><w:del w:id="1" w:author="周某"><w:r><w:delText>` + secret + `</w:delText></w:r></w:del></w:p>`)},
		{"hidden row", edit("word/document.xml", "</w:tbl>", `<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>`+secret+`</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`)},
		{"phone in a header", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("word/headerX.xml", `<w:hdr `+wordNS+`><w:p><w:r><w:t>联系电话：13800138000</w:t></w:r></w:p></w:hdr>`).
				relate(rels, "rIdX", "header", "headerX.xml", "").
				swap("word/document.xml", "</w:body>", `<w:sectPr><w:headerReference w:type="default" r:id="rIdX"/></w:sectPr></w:body>`).bytes()
		}},
		{"name with zero-width signs", before(paragraph("", "联系人：张\u200b建\u200b国"))},
		{"alt text", edit("word/document.xml", "<wp:docPr ", `<wp:docPr descr="`+secret+`" `)},
		{"document variable", func(t testing.TB, c []byte) []byte {
			r := reopen(t, c)
			for i, e := range r.es {
				if e.Name == "word/settings.xml" {
					r.es[i].Data = `<w:settings ` + wordNS + `><w:docVars><w:docVar w:name="a" w:val="` + secret + `"/></w:docVars></w:settings>`
					return r.bytes()
				}
			}
			return part("settings.xml", "settings", `<w:settings `+wordNS+`><w:docVars><w:docVar w:name="a" w:val="`+secret+`"/></w:docVars></w:settings>`)(t, c)
		}},
		{"customXml", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("customXml/item1.xml", `<root>`+secret+`</root>`).relate(rels, "rIdX", "customXml", "../customXml/item1.xml", "").bytes()
		}},
		{"thumbnail", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("docProps/thumbnail.jpeg", string(photo(t))).relate("_rels/.rels", "rIdX", "metadata/thumbnail", "docProps/thumbnail.jpeg", "").bytes()
		}},
		{"external link", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).relate(rels, "rIdX", "hyperlink", "http://oa.example.org/"+"neibu", ` TargetMode="External"`).
				swap("word/document.xml", "<w:tbl>", `<w:p><w:hyperlink r:id="rIdX"><w:r><w:t>详见附件</w:t></w:r></w:hyperlink></w:p><w:tbl>`).bytes()
		}},
		{"attached template", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("word/_rels/settings.xml.rels", `<Relationships `+relNS+`><Relationship Id="rIdX" Type="`+relBase+`attachedTemplate" Target="file:///C:/neibu/a.dotx" TargetMode="External"/></Relationships>`).bytes()
		}},
		{"EXIF in a picture", func(t testing.TB, c []byte) []byte { return mediaExif(t, c) }},
		{"embedded object", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("word/embeddings/oleObject1.bin", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+secret).relate(rels, "rIdX", "oleObject", "embeddings/oleObject1.bin", "").bytes()
		}},
		{"macro", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("word/vbaProject.bin", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").relate(rels, "rIdX", "vbaProject", "vbaProject.bin", "").bytes()
		}},
		{"XML comment", edit("word/document.xml", "<w:tbl>", "<!-- "+secret+" --><w:tbl>")},
		{"bookmark name", before(`<w:p><w:bookmarkStart w:id="1" w:name="` + secret + `"/><w:bookmarkEnd w:id="1"/></w:p>`)},
		{"table caption", edit("word/document.xml", "<w:tbl>", `<w:tbl><w:tblPr><w:tblCaption w:val="`+secret+`"/></w:tblPr>`)},
	}...)
}

func sheetWays() []way {
	const sheet = "xl/worksheets/sheet1.xml"
	return append(zipWays("xl/workbook.xml"), []way{
		{"author in docProps", func(t testing.TB, c []byte) []byte { return core(t, c) }},
		{"hidden sheet", func(t testing.TB, c []byte) []byte { return addSheet(t, c, "hidden") }},
		{"very hidden sheet", func(t testing.TB, c []byte) []byte { return addSheet(t, c, "veryHidden") }},
		{"hidden row", edit(sheet, `<row r="3"`, `<row r="3" hidden="1"`)},
		{"hidden column", func(t testing.TB, c []byte) []byte {
			r := reopen(t, c)
			for _, e := range r.es {
				if e.Name == sheet && strings.Contains(e.Data, "<cols>") {
					return r.swap(sheet, "<cols>", `<cols><col min="2" max="2" width="9" hidden="1"/>`).bytes()
				}
			}
			return r.swap(sheet, "<sheetData>", `<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>`).bytes()
		}},
		{"defined name", edit("xl/workbook.xml", "</sheets>", `</sheets><definedNames><definedName name="`+secret+`">Sheet1!$A$1</definedName></definedNames>`)},
		{"phone in a header", edit(sheet, "</worksheet>", `<headerFooter><oddHeader>&amp;C联系电话：13800138000</oddHeader></headerFooter></worksheet>`)},
		{"prompt of a validation", edit(sheet, "</sheetData>", `</sheetData><dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1" prompt="`+secret+`" sqref="A1"><formula1>"甲,乙"</formula1></dataValidation></dataValidations>`)},
		{"text that no cell shows", edit("xl/sharedStrings.xml", "</sst>", `<si><t>`+secret+`</t></si></sst>`)},
		{"formula", edit(sheet, `<row r="3"`, `<row r="9"><c r="A9"><f>"`+secret+`"</f><v>1</v></c></row><row r="3"`)},
		{"comment", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("xl/comments1.xml", `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>周某</author></authors><commentList><comment ref="A1" authorId="0"><text><t>`+secret+`</t></text></comment></commentList></comments>`).
				relate("xl/worksheets/_rels/sheet1.xml.rels", "rIdX", "comments", "../comments1.xml", "").bytes()
		}},
		{"external workbook", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("xl/externalLinks/externalLink1.xml", `<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook><sheetNames><sheetName val="`+secret+`"/></sheetNames></externalBook></externalLink>`).
				relate("xl/_rels/workbook.xml.rels", "rIdX", "externalLink", "externalLinks/externalLink1.xml", "").bytes()
		}},
	}...)
}

func deckWays() []way {
	const slide = "ppt/slides/slide1.xml"
	box := func(attrs, place, rPr string) string {
		return `<p:sp><p:nvSpPr><p:cNvPr id="9" name="" ` + attrs + `/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off ` + place + `/><a:ext cx="2000000" cy="500000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr>` + rPr + `</a:rPr><a:t>` + secret + `</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>`
	}
	return append(zipWays("ppt/presentation.xml"), []way{
		{"author in docProps", func(t testing.TB, c []byte) []byte { return core(t, c) }},
		{"shape beside the slide", edit(slide, "</p:spTree>", box("", `x="-9000000" y="100"`, ""))},
		{"hidden shape", edit(slide, "</p:spTree>", box(`hidden="1"`, `x="100" y="900000"`, ""))},
		{"white text", edit(slide, "</p:spTree>", box("", `x="100" y="900000"`, `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`))},
		{"alt text", edit(slide, "<p:cNvPr ", `<p:cNvPr descr="`+secret+`" `)},
		{"hidden slide", func(t testing.TB, c []byte) []byte {
			return edit(slide, "<p:sld ", `<p:sld show="0" `)(t, c)
		}},
		{"notes", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("ppt/notesSlides/notesSlide1.xml", `<p:notes `+deckNS+`><p:cSld><p:spTree>`+treeTop+box("", `x="1" y="1"`, "")+`</p:cSld></p:notes>`).
				relate("ppt/slides/_rels/slide1.xml.rels", "rIdX", "notesSlide", "../notesSlides/notesSlide1.xml", "").bytes()
		}},
		{"comment authors", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("ppt/commentAuthors.xml", `<p:cmAuthorLst `+deckNS+`><p:cmAuthor id="0" name="周见微" initials="Z" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>`).
				relate("ppt/_rels/presentation.xml.rels", "rIdX", "commentAuthors", "commentAuthors.xml", "").bytes()
		}},
		{"name of the layout", edit("ppt/slideLayouts/slideLayout1.xml", "<p:cSld", `<p:cSld name="`+secret+`"`)},
	}...)
}

// core puts an author into the properties.
func core(t testing.TB, c []byte) []byte {
	t.Helper()
	return reopen(t, c).put("docProps/core.xml", `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>周见微</dc:creator></cp:coreProperties>`).
		relate("_rels/.rels", "rIdX", "metadata/core-properties", "docProps/core.xml", "").bytes()
}

// addSheet adds a sheet in a state of its own, with one cell.
func addSheet(t testing.TB, c []byte, state string) []byte {
	t.Helper()
	return reopen(t, c).put("xl/worksheets/sheet9.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`+secret+`</t></is></c></row></sheetData></worksheet>`).
		relate("xl/_rels/workbook.xml.rels", "rIdX", "worksheet", "worksheets/sheet9.xml", "").
		swap("xl/workbook.xml", "</sheets>", `<sheet name="附表" sheetId="9" state="`+state+`" r:id="rIdX"/></sheets>`).bytes()
}

// mediaExif puts EXIF data into the first picture of a package.
func mediaExif(t testing.TB, c []byte) []byte {
	t.Helper()
	r := reopen(t, c)
	for i, e := range r.es {
		if strings.Contains(e.Name, "/media/") {
			r.es[i].Data = string(exif([]byte(e.Data)))
			return r.bytes()
		}
	}
	t.Fatal("no picture in the copy")
	return nil
}

// between puts text behind the last entry, before the directory.
func between(t testing.TB, c []byte) []byte {
	t.Helper()
	at, end := bytes.Index(c, []byte("PK\x01\x02")), bytes.LastIndex(c, []byte("PK\x05\x06"))
	if at < 0 || end < 0 {
		t.Fatal("no directory")
	}
	out := append(append(bytes.Clone(c[:at]), secret...), c[at:]...)
	end += len(secret)
	binary.LittleEndian.PutUint32(out[end+16:], uint32(at+len(secret)))
	return out
}

// extraField rewrites the first local header with an extra field that holds text.
func extraField(t testing.TB, c []byte) []byte {
	t.Helper()
	note := []byte(secret)
	field := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, 0x4e4a), uint16(len(note)))
	field = append(field, note...)
	out := bytes.Clone(c)
	at := bytes.Index(out, []byte("PK\x01\x02")) // the first entry of the directory
	if at < 0 {
		t.Fatal("no directory")
	}
	name := int(binary.LittleEndian.Uint16(out[at+28:]))
	had := int(binary.LittleEndian.Uint16(out[at+30:]))
	binary.LittleEndian.PutUint16(out[at+30:], uint16(had+len(field)))
	cut := at + 46 + name + had
	end := bytes.LastIndex(out, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint32(out[end+12:], binary.LittleEndian.Uint32(out[end+12:])+uint32(len(field)))
	return append(append(bytes.Clone(out[:cut]), field...), out[cut:]...)
}
