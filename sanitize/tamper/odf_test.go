package tamper_test

import "testing"

const (
	odfURN = "urn:oasis:names:tc:opendocument:xmlns:"
	odfNS  = `xmlns:office="` + odfURN + `office:1.0" xmlns:text="` + odfURN + `text:1.0" xmlns:table="` + odfURN + `table:1.0" xmlns:style="` + odfURN + `style:1.0" xmlns:draw="` + odfURN + `drawing:1.0" xmlns:fo="` + odfURN + `xsl-fo-compatible:1.0" xmlns:svg="` + odfURN + `svg-compatible:1.0" xmlns:presentation="` + odfURN + `presentation:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"`
)

// openFile makes an OpenDocument file.
func openFile(t testing.TB, mime, styles, body string) []byte {
	t.Helper()
	return pack(t, "",
		entry{Name: "mimetype", Data: "application/vnd.oasis.opendocument." + mime},
		entry{Name: "META-INF/manifest.xml", Data: `<manifest:manifest xmlns:manifest="` + odfURN + `manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.` + mime + `"/></manifest:manifest>`},
		entry{Name: "content.xml", Data: `<office:document-content ` + odfNS + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body>` + body + `</office:body></office:document-content>`},
		entry{Name: "styles.xml", Data: `<office:document-styles ` + odfNS + `><office:styles/><office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/></office:master-styles></office:document-styles>`},
		entry{Name: "Pictures/a.jpeg", Data: string(photo(t))},
	)
}

const odfHideStyles = `<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>`

func openText(t testing.TB) []byte {
	return openFile(t, "text", odfHideStyles, `<office:text><text:p>项目通过<text:span text:style-name="T1">验收</text:span>，达到预期目标。</text:p><text:p><draw:frame svg:width="3cm" svg:height="2cm"><draw:image xlink:href="Pictures/a.jpeg"/></draw:frame></text:p>`+
		`<table:table><table:table-column/><table:table-row><table:table-cell><text:p>指标</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>合格</text:p></table:table-cell></table:table-row></table:table></office:text>`)
}

func openBook(t testing.TB) []byte {
	row := func(a, b string) string {
		return `<table:table-row><table:table-cell><text:p>` + a + `</text:p></table:table-cell><table:table-cell><text:p>` + b + `</text:p></table:table-cell></table:table-row>`
	}
	return openFile(t, "spreadsheet", odfHideStyles, `<office:spreadsheet><table:table table:name="统计"><table:table-column/><table:table-column/>`+row("指标", "结果")+row("可用率", "合格")+`</table:table></office:spreadsheet>`)
}

func openDeck(t testing.TB) []byte {
	return openFile(t, "presentation", odfHideStyles, `<office:presentation><draw:page draw:master-page-name="Standard"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="2cm"><draw:text-box><text:p>项目通过验收</text:p></draw:text-box></draw:frame></draw:page></office:presentation>`)
}

// openWays are ways that all three kinds know; end is the last tag before which
// something can be put, style the end of the automatic styles.
func openWays() []way {
	member := func(name, data string) func(testing.TB, []byte) []byte {
		return func(t testing.TB, c []byte) []byte { return reopen(t, c).put(name, data).bytes() }
	}
	return append(zipWays("content.xml"), []way{
		{"author in meta.xml", member("meta.xml", `<office:document-meta `+odfNS+` xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>周见微</dc:creator></office:meta></office:document-meta>`)},
		{"thumbnail", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("Thumbnails/thumbnail.png", string(exif(photo(t)))).bytes()
		}},
		{"macro", member("Basic/Standard/Module1.xml", `<a/>`)},
		{"signature", member("META-INF/documentsignatures.xml", `<a>`+secret+`</a>`)},
		{"printer in the settings", member("settings.xml", `<a xmlns:config="`+odfURN+`config:1.0"><config:config-item config:name="PrinterName" config:type="string">`+secret+`</config:config-item></a>`)},
		{"object", member("Object 1/content.xml", `<office:document-content `+odfNS+`><office:body><office:text><text:p>`+secret+`</text:p></office:text></office:body></office:document-content>`)},
		{"picture that nothing shows", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("Pictures/b.jpeg", string(photo(t))).bytes()
		}},
		{"XML comment", edit("content.xml", "<office:body>", "<!-- "+secret+" --><office:body>")},
		{"XML instruction", edit("content.xml", "<office:body>", "<?a "+secret+"?><office:body>")},
		{"element of another kind", edit("content.xml", "</text:p>", `<x:a xmlns:x="urn:x">`+secret+`</x:a></text:p>`)},
		{"attribute of another kind", edit("content.xml", "<office:body>", `<office:body x:note="`+secret+`" xmlns:x="urn:x">`)},
		{"annotation", edit("content.xml", "</text:p>", `<office:annotation><text:p>`+secret+`</text:p></office:annotation></text:p>`)},
		{"hidden text", hide(`text:display="none"`)},
		{"white text", hide(`fo:color="#ffffff"`)},
		{"text of one point", hide(`fo:font-size="1pt"`)},
		{"black on black", hide(`fo:color="#000000" fo:background-color="#000000"`)},
		{"link", edit("content.xml", "</text:p>", `<text:a xlink:type="simple" xlink:href="http://oa.example.org/neibu">详见</text:a></text:p>`)},
		{"name with zero-width signs", edit("content.xml", "</text:p>", "联系人：张\u200b建\u200b国</text:p>")},
		{"hidden field", edit("content.xml", "</text:p>", `<text:hidden-text text:string-value="`+secret+`"/></text:p>`)},
		{"bookmark name", edit("content.xml", "</text:p>", `<text:bookmark text:name="`+secret+`"/></text:p>`)},
	}...)
}

// hide puts text of a look of its own into the first paragraph.
func hide(look string) func(testing.TB, []byte) []byte {
	return func(t testing.TB, c []byte) []byte {
		return reopen(t, c).swap("content.xml", "</office:automatic-styles>", `<style:style style:name="T9" style:family="text"><style:text-properties xmlns:fo="`+odfURN+`xsl-fo-compatible:1.0" `+look+`/></style:style></office:automatic-styles>`).
			swap("content.xml", "</text:p>", `<text:span text:style-name="T9">`+secret+`</text:span></text:p>`).bytes()
	}
}

func openTextWays() []way {
	return append(openWays(), []way{
		{"tracked deletion", edit("content.xml", "<office:text>", `<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>`+secret+`</text:p></text:deletion></text:changed-region></text:tracked-changes>`)},
		{"hidden section", edit("content.xml", "</office:text>", `<text:section text:name="a" text:display="none"><text:p>`+secret+`</text:p></text:section></office:text>`)},
		{"hidden row", edit("content.xml", "</table:table>", `<table:table-row table:visibility="collapse"><table:table-cell><text:p>`+secret+`</text:p></table:table-cell></table:table-row></table:table>`)},
		{"variable", edit("content.xml", "<office:text>", `<office:text><text:user-field-decls><text:user-field-decl text:name="a" office:string-value="`+secret+`"/></text:user-field-decls>`)},
		{"form", edit("content.xml", "<office:text>", `<office:text><office:forms><form:form xmlns:form="`+odfURN+`form:1.0" form:name="`+secret+`"/></office:forms>`)},
		{"alt text", edit("content.xml", "</draw:frame>", `<svg:desc>`+secret+`</svg:desc></draw:frame>`)},
		{"name of a shape", edit("content.xml", "<draw:frame ", `<draw:frame draw:name="`+secret+`" `)},
		{"EXIF in a picture", func(t testing.TB, c []byte) []byte {
			r := reopen(t, c)
			for i, e := range r.es {
				if e.Name == "Pictures/image1.jpeg" {
					r.es[i].Data = string(exif([]byte(e.Data)))
					return r.bytes()
				}
			}
			t.Fatal("no picture in the copy")
			return nil
		}},
		{"phone in a header", edit("styles.xml", `style:page-layout-name="s2"/>`, `style:page-layout-name="s2"><style:header><text:p xmlns:text="`+odfURN+`text:1.0">联系电话：13800138000</text:p></style:header></style:master-page>`)},
	}...)
}

func openBookWays() []way {
	cell := func(attrs, s string) string {
		return `<table:table-row><table:table-cell ` + attrs + `><text:p>` + s + `</text:p></table:table-cell></table:table-row></table:table>`
	}
	return append(openWays(), []way{
		{"hidden sheet", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).swap("content.xml", "</office:automatic-styles>", `<style:style style:name="ta9" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>`).
				swap("content.xml", "</office:spreadsheet>", `<table:table table:name="附表" table:style-name="ta9"><table:table-row><table:table-cell><text:p>`+secret+`</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`).bytes()
		}},
		{"hidden row", edit("content.xml", "<table:table-row>", `<table:table-row table:visibility="collapse">`)},
		{"filtered row", edit("content.xml", "<table:table-row>", `<table:table-row table:visibility="filter">`)},
		{"hidden column", edit("content.xml", "<table:table-column/>", `<table:table-column table:visibility="collapse"/>`)},
		{"value behind the text", edit("content.xml", "</table:table>", cell(`office:value-type="string" office:string-value="`+secret+`"`, "合格"))},
		{"number behind the text", edit("content.xml", "</table:table>", cell(`office:value-type="float" office:value="13800138000"`, "合格"))},
		{"formula", edit("content.xml", "</table:table>", cell(`table:formula="of:=&quot;`+secret+`&quot;"`, "合格"))},
		{"defined name", edit("content.xml", "</office:spreadsheet>", `<table:named-expressions><table:named-range table:name="`+secret+`"/></table:named-expressions></office:spreadsheet>`)},
		{"prompt of a validation", edit("content.xml", "<office:spreadsheet>", `<office:spreadsheet><table:content-validations><table:content-validation><table:help-message><text:p>`+secret+`</text:p></table:help-message></table:content-validation></table:content-validations>`)},
		{"cell under a merged one", edit("content.xml", "</table:table>", `<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>合</text:p></table:table-cell><table:covered-table-cell><text:p>`+secret+`</text:p></table:covered-table-cell></table:table-row></table:table>`)},
	}...)
}

func openDeckWays() []way {
	box := func(attrs string) string {
		return `<draw:frame svg:width="9cm" svg:height="2cm" ` + attrs + `><draw:text-box><text:p>` + secret + `</text:p></draw:text-box></draw:frame>`
	}
	return append(openWays(), []way{
		{"shape beside the page", edit("content.xml", "</draw:page>", box(`svg:x="90cm" svg:y="1cm"`)+"</draw:page>")},
		{"notes", edit("content.xml", "</draw:page>", `<presentation:notes xmlns:presentation="`+odfURN+`presentation:1.0">`+box(`svg:x="1cm" svg:y="1cm"`)+"</presentation:notes></draw:page>")},
		{"hidden page", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).swap("content.xml", "</office:automatic-styles>", `<style:style style:name="dp9" style:family="drawing-page"><style:drawing-page-properties xmlns:presentation="`+odfURN+`presentation:1.0" presentation:visibility="hidden"/></style:style></office:automatic-styles>`).
				swap("content.xml", "<draw:page ", `<draw:page draw:style-name="dp9" `).bytes()
		}},
		{"footer that no page shows", edit("content.xml", "<office:presentation>", `<office:presentation><presentation:footer-decl xmlns:presentation="`+odfURN+`presentation:1.0" presentation:name="f9">`+secret+`</presentation:footer-decl>`)},
		{"prompt of a master", edit("styles.xml", "</office:master-styles>", `<style:master-page style:name="s8"><draw:frame xmlns:draw="`+odfURN+`drawing:1.0"><draw:text-box><text:p xmlns:text="`+odfURN+`text:1.0">`+secret+`</text:p></draw:text-box></draw:frame></style:master-page></office:master-styles>`)},
	}...)
}
