package wordfile

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	ns      = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relNS   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relType = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	wordCT  = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	types   = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordCT + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + wordCT + `styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordCT + `settings+xml"/><Override PartName="/word/footer1.xml" ContentType="` + wordCT + `footer+xml"/></Types>`

	packageRels  = xmlHead + relNS + `<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/></Relationships>`
	documentRels = xmlHead + relNS + `<Relationship Id="rId1" Type="` + relType + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + relType + `settings" Target="settings.xml"/><Relationship Id="rId3" Type="` + relType + `footer" Target="footer1.xml"/></Relationships>`

	styles = xmlHead + `<w:styles` + ns + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="仿宋"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`

	settings = xmlHead + `<w:settings` + ns + `><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
)

// footer is the page number between dashes, 14 pt.
func footer() string {
	const rpr = `<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>`
	run := func(s string) string { return `<w:r>` + rpr + s + `</w:r>` }
	return xmlHead + `<w:ftr` + ns + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
		run(`<w:t xml:space="preserve">— </w:t>`) + run(`<w:fldChar w:fldCharType="begin"/>`) + run(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) +
		run(`<w:fldChar w:fldCharType="separate"/>`) + run(`<w:t>1</w:t>`) + run(`<w:fldChar w:fldCharType="end"/>`) + run(`<w:t xml:space="preserve"> —</w:t>`) + `</w:p></w:ftr>`
}
