// Package wordfile writes small Word documents in the look of official papers:
// paragraphs and ruled tables, a page number between dashes. The package is made
// by hand and holds nothing but what is shown: no author, no program, no times.
package wordfile

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

// Fonts of official papers; where one is not installed the program that opens the
// file takes its own.
const (
	FontTitle = "方正小标宋简体"
	FontHead  = "黑体"
	FontBody  = "仿宋"
)

// Para is how a paragraph looks.
type Para struct {
	Align  string  // left, center, right, both; "" is left
	Font   string  // "" is FontBody
	Size   float64 // points; 0 is 16 (3 号)
	Indent bool    // two characters in the first line
	Before float64 // points of space before
	After  float64
}

// Column is a column of a table.
type Column struct {
	Head  string
	Width float64 // share of the page, in any unit
	Left  bool    // aligned left; the rest is centred
}

// Document collects what is written. The zero value is A4 upright.
type Document struct {
	Landscape bool
	body      strings.Builder
}

// Paragraph adds a paragraph; line breaks in the text stay.
func (d *Document) Paragraph(p Para, text string) { d.body.WriteString(paragraph(p, text)) }

// Table adds a ruled table; the head is repeated on each page, rows are not torn.
func (d *Document) Table(cols []Column, size float64, rows [][]string) {
	b := &d.body
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, s := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + s + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := d.widths(cols)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	head := make([]string, len(cols))
	for i, c := range cols {
		head[i] = c.Head
	}
	row(b, cols, widths, head, size+2, true)
	for _, r := range rows {
		row(b, cols, widths, r, size, false)
	}
	b.WriteString(`</w:tbl>`)
}

// Write writes the document.
func (d *Document) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", types},
		{"_rels/.rels", packageRels},
		{"word/document.xml", xmlHead + `<w:document` + ns + `><w:body>` + d.body.String() + `<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>` + d.section() + `</w:body></w:document>`},
		{"word/styles.xml", styles},
		{"word/settings.xml", settings},
		{"word/footer1.xml", footer()},
		{"word/_rels/document.xml.rels", documentRels},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CreatorVersion: 3 << 8, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
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

// A4 in twips, and the margins of the official format; across, turned by a quarter.
const (
	short, long = 11906, 16838
	sideUpright = 1588 // 28 mm
	sideAcross  = 1134 // 20 mm
)

func (d *Document) section() string {
	if d.Landscape {
		return fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/><w:pgMar w:top="1588" w:right="%d" w:bottom="1474" w:left="%d" w:header="680" w:footer="680" w:gutter="0"/></w:sectPr>`, long, short, sideAcross, sideAcross)
	}
	return fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="%d" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>`, short, long, sideUpright)
}

func (d *Document) widths(cols []Column) []int {
	page := short - sideUpright - 1474
	if d.Landscape {
		page = long - 2*sideAcross
	}
	total := 0.0
	for _, c := range cols {
		total += c.Width
	}
	out := make([]int, len(cols))
	for i, c := range cols {
		out[i] = int(c.Width / total * float64(page))
	}
	return out
}

func row(b *strings.Builder, cols []Column, widths []int, texts []string, size float64, head bool) {
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	for i := range cols {
		p := Para{Align: "center", Size: size, Before: 2, After: 2}
		if cols[i].Left && !head {
			p.Align = "left"
		}
		if head {
			p.Font = FontHead
		}
		text := ""
		if i < len(texts) {
			text = texts[i]
		}
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, widths[i], paragraph(p, text))
	}
	b.WriteString(`</w:tr>`)
}

func paragraph(p Para, text string) string {
	if p.Font == "" {
		p.Font = FontBody
	}
	if p.Size == 0 {
		p.Size = 16
	}
	if p.Align == "" {
		p.Align = "left"
	}
	indent := ""
	if p.Indent {
		indent = fmt.Sprintf(`<w:ind w:firstLineChars="200" w:firstLine="%d"/>`, int(p.Size*40))
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<w:p><w:pPr><w:spacing w:before="%d" w:after="%d"/>%s<w:jc w:val="%s"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s"/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`,
		int(p.Before*20), int(p.After*20), indent, p.Align, p.Font, p.Font, p.Font, int(p.Size*2), int(p.Size*2))
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteString(`<w:br/>`)
		}
		out.WriteString(`<w:t xml:space="preserve">`)
		_ = xml.EscapeText(&out, []byte(plain(line))) // a strings.Builder does not fail
		out.WriteString(`</w:t>`)
	}
	out.WriteString(`</w:r></w:p>`)
	return out.String()
}

// plain drops what XML or a reader's eye cannot take.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
