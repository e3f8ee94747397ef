package submission

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// ExportDOCX writes the same table as a Word document in the look of an official
// attachment: A4 landscape, repeated head, page number. The package is written by
// hand and holds nothing but what is shown.
func ExportDOCX(w io.Writer, t Table) error {
	z := zip.NewWriter(w)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRels},
		{"word/document.xml", t.docxDocument()},
		{"word/styles.xml", docxStyles},
		{"word/settings.xml", docxSettings},
		{"word/footer1.xml", docxFooter},
		{"word/_rels/document.xml.rels", docxDocumentRels},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

	docxTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`
	docxRels  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

	docxDocumentRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`

	docxStyles = xmlHead + `<w:styles` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="仿宋"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`

	docxSettings = xmlHead + `<w:settings` + wordNS + `><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

	docxFooter = xmlHead + `<w:ftr` + wordNS + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr>` + fontSong + `<w:sz w:val="28"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`

	fontSong = `<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>`

	// A4 landscape with the margins of the official format turned by a quarter.
	docxSection = `<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1588" w:right="1134" w:bottom="1474" w:left="1134" w:header="680" w:footer="680" w:gutter="0"/></w:sectPr>`
	docxWidth   = 16838 - 2*1134 // twips between the margins
)

func (t *Table) docxDocument() string {
	cols := t.columns()
	widths := docxWidths(cols)
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document` + wordNS + `><w:body>`)
	b.WriteString(docxPara("center", "方正小标宋简体", 44, t.Campaign.Table))
	h := t.header()
	b.WriteString(docxPara("left", "仿宋", 28, strings.Join(h[:], "　　　　")))
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, s := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + s + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	head := make([]string, len(cols))
	for i, c := range cols {
		head[i] = c.name
	}
	docxRow(&b, cols, widths, head, true)
	for i := range t.Rows {
		texts := make([]string, len(cols))
		for j, c := range cols {
			texts[j] = cellText(c.text(i, &t.Rows[i]))
		}
		docxRow(&b, cols, widths, texts, false)
	}
	if len(t.Rows) == 0 {
		texts := make([]string, len(cols))
		texts[1] = "无"
		docxRow(&b, cols, widths, texts, false)
	}
	b.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>` + docxSection + `</w:body></w:document>`)
	return b.String()
}

// docxWidths shares the page among the columns, in twips.
func docxWidths(cols []column) []int {
	total := 0.0
	for _, c := range cols {
		total += c.width
	}
	out := make([]int, len(cols))
	for i, c := range cols {
		out[i] = int(c.width / total * docxWidth)
	}
	return out
}

func docxRow(b *strings.Builder, cols []column, widths []int, texts []string, head bool) {
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	for i := range cols {
		jc, font, size := "center", fontBody, 2*sizeBody
		if cols[i].left {
			jc = "left"
		}
		if head {
			jc, font, size = "center", fontHead, 28
		}
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, widths[i], docxPara(jc, font, size, texts[i]))
	}
	b.WriteString(`</w:tr>`)
}

// docxPara is one paragraph; size in half points.
func docxPara(jc, font string, size int, text string) string {
	var esc strings.Builder
	_ = xml.EscapeText(&esc, []byte(cellText(text))) // a strings.Builder does not fail
	return fmt.Sprintf(`<w:p><w:pPr><w:spacing w:before="40" w:after="40"/><w:jc w:val="%s"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s"/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
		jc, font, font, font, size, size, esc.String())
}
