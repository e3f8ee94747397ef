// Package fresh writes new Office packages that hold nothing but plain text in
// paragraphs, tables and cells. Formats that are never changed in place (doc, xls,
// ppt, rtf, odf …) come out through it. The same input gives the same bytes, and
// there are no authors, times or programs in them.
package fresh

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

const (
	wordBase = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	wordMain = "word/document.xml"
)

// A4 upright in twips, with the margins of official papers.
const (
	pageWide, pageHigh = 11906, 16838
	textWide           = pageWide - 1588 - 1474
	maxTableCols       = 63 // of a Word table
)

// Docx writes the visible parts of a document as a Word document: headers and
// footers as such, everything else as paragraphs and tables of the body, in order.
// doc holds the text as it is to be, its plan already carried out.
func Docx(doc *document.Document) ([]byte, error) { return docx(doc, false) }

// Pages writes texts as a Word document, each from the top of a page.
func Pages(texts []string) ([]byte, error) {
	doc := &document.Document{}
	for _, t := range texts {
		doc.Parts = append(doc.Parts, document.Part{Role: document.RoleBody, Text: t})
	}
	return docx(doc, true)
}

// docx is Docx; paged puts every part of the body but the first on a new page.
func docx(doc *document.Document, paged bool) ([]byte, error) {
	b := ooxml.NewBuilder()
	b.SetMain(wordMain)
	body, sect := ooxml.El("w:body"), ooxml.El("w:sectPr")
	margins := map[document.Role]*ooxml.Node{}
	for i := range doc.Parts {
		p := &doc.Parts[i]
		switch {
		case p.Hidden != nil:
		case p.Role == document.RoleHeader || p.Role == document.RoleFooter:
			if margins[p.Role] == nil {
				margins[p.Role] = ooxml.El(map[document.Role]string{document.RoleHeader: "w:hdr", document.RoleFooter: "w:ftr"}[p.Role])
			}
			margins[p.Role].Add(blocks(p, "center")...)
		case p.Role == document.RoleBody || p.Role == document.RoleNote || p.Role == document.RoleTextBox:
			more := blocks(p, "")
			if paged && i > 0 {
				more = newPage(more)
			}
			body.Add(more...)
		}
	}
	for _, m := range []struct {
		role       document.Role
		name, elem string
	}{{document.RoleHeader, "header", "w:headerReference"}, {document.RoleFooter, "footer", "w:footerReference"}} {
		n := margins[m.role]
		if n == nil || len(n.Kids) == 0 {
			continue
		}
		part := "word/" + m.name + "1.xml"
		b.Add(part, wordBase+m.name+"+xml", ooxml.Encode(n, ""))
		sect.Add(ooxml.El(m.elem, "w:type", "default", "r:id", b.Rel(wordMain, m.name, part)))
	}
	sect.Add(ooxml.El("w:pgSz", "w:w", num(pageWide), "w:h", num(pageHigh)),
		ooxml.El("w:pgMar", "w:top", "2098", "w:right", "1474", "w:bottom", "1985", "w:left", "1588", "w:header", "851", "w:footer", "992", "w:gutter", "0"))
	if k := len(body.Kids); k == 0 || body.Kids[k-1].Name == "w:tbl" {
		body.Add(ooxml.El("w:p")) // a body ends with a paragraph
	}
	body.Add(sect)
	b.Add(wordMain, wordBase+"document.main+xml", ooxml.Encode(ooxml.El("w:document").Add(body), ""))
	b.Add("word/styles.xml", wordBase+"styles+xml", ooxml.Encode(styles(), ""))
	b.Rel(wordMain, "styles", "word/styles.xml")
	out, err := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write docx: %w", err)
	}
	return out, nil
}

func num(n int) string { return fmt.Sprint(n) }

func styles() *ooxml.Node {
	fonts := ooxml.El("w:rFonts", "w:ascii", "宋体", "w:hAnsi", "宋体", "w:eastAsia", "宋体", "w:cs", "宋体")
	rpr := ooxml.El("w:rPr").Add(fonts, ooxml.El("w:sz", "w:val", "24"), ooxml.El("w:szCs", "w:val", "24"))
	ppr := ooxml.El("w:pPr").Add(ooxml.El("w:spacing", "w:after", "0", "w:line", "360", "w:lineRule", "auto"))
	return ooxml.El("w:styles").Add(
		ooxml.El("w:docDefaults").Add(ooxml.El("w:rPrDefault").Add(rpr), ooxml.El("w:pPrDefault").Add(ppr)),
		ooxml.El("w:style", "w:type", "paragraph", "w:default", "1", "w:styleId", "a").Add(ooxml.El("w:name", "w:val", "Normal")))
}

// blocks renders a part as paragraphs and tables.
func blocks(p *document.Part, align string) []*ooxml.Node {
	text := []rune(p.Text)
	cells := slices.Clone(p.Cells)
	slices.SortStableFunc(cells, func(a, b document.Cell) int { return cmp.Compare(a.Start, b.Start) })
	var out []*ooxml.Node
	at := 0
	for i := 0; i < len(cells); {
		j := i
		for j < len(cells) && cells[j].Table == cells[i].Table {
			j++
		}
		start := clamp(cells[i].Start, at, len(text))
		out = append(out, lines(strings.TrimSuffix(string(text[at:start]), "\n"), at < start, align)...)
		t, end := table(text, cells[i:j], start)
		if k := len(out); k > 0 && out[k-1].Name == "w:tbl" {
			out = append(out, ooxml.El("w:p")) // two tables in a row would grow together
		}
		out = append(out, t)
		if at = end; at < len(text) && text[at] == '\n' {
			at++
		}
		i = j
	}
	return append(out, lines(strings.TrimSuffix(string(text[at:]), "\n"), at < len(text), align)...)
}

func clamp(n, lo, hi int) int { return max(lo, min(n, hi)) }

func lines(s string, any bool, align string) []*ooxml.Node {
	if !any {
		return nil
	}
	var out []*ooxml.Node
	for l := range strings.SplitSeq(s, "\n") {
		out = append(out, paragraph(l, align))
	}
	return out
}

func paragraph(s, align string) *ooxml.Node {
	p := ooxml.El("w:p")
	if align != "" {
		p.Add(ooxml.El("w:pPr").Add(ooxml.El("w:jc", "w:val", align)))
	}
	if s == "" {
		return p
	}
	r := ooxml.El("w:r")
	for i, piece := range strings.Split(s, "\t") {
		if i > 0 {
			r.Add(ooxml.El("w:tab"))
		}
		if piece = Printable(piece); piece != "" {
			r.Add(ooxml.El("w:t", "xml:space", "preserve").Add(ooxml.Txt(piece)))
		}
	}
	return p.Add(r)
}

// newPage lets blocks begin a page.
func newPage(blocks []*ooxml.Node) []*ooxml.Node {
	if len(blocks) == 0 || blocks[0].Name != "w:p" {
		blocks = append([]*ooxml.Node{ooxml.El("w:p")}, blocks...)
	}
	first := blocks[0]
	first.Kids = append([]*ooxml.Node{ooxml.El("w:pPr").Add(ooxml.El("w:pageBreakBefore"))}, first.Kids...)
	return blocks
}

// table renders the cells of one table; what stands between them is kept in the
// cell before. It gives the end of the last cell.
func table(text []rune, cells []document.Cell, at int) (*ooxml.Node, int) {
	cols := 1
	for _, c := range cells {
		cols = max(cols, min(c.Col+1, maxTableCols))
	}
	tbl := ooxml.El("w:tbl").Add(tableProps(), grid(cols))
	var row, cell *ooxml.Node
	last, col := -1, 0
	endRow := func() {
		for row != nil && col < cols {
			row.Add(tableCell(textWide / cols).Add(paragraph("", "")))
			col++
		}
	}
	for _, c := range cells {
		start := clamp(c.Start, at, len(text))
		end := clamp(c.End, start, len(text))
		if gap := strings.TrimSpace(string(text[at:start])); gap != "" && cell != nil {
			cell.Add(lines(gap, true, "")...)
		}
		if c.Row != last || row == nil {
			endRow()
			row = ooxml.El("w:tr")
			tbl.Add(row)
			last, col = c.Row, 0
		}
		for col < c.Col && col < cols-1 {
			row.Add(tableCell(textWide / cols).Add(paragraph("", "")))
			col++
		}
		s := string(text[start:end])
		if col < cols {
			cell = tableCell(textWide / cols)
			row.Add(cell)
			col++
		}
		cell.Add(lines(s, true, "")...)
		at = end
	}
	endRow()
	return tbl, at
}

func tableProps() *ooxml.Node {
	borders := ooxml.El("w:tblBorders")
	for _, s := range []string{"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"} {
		borders.Add(ooxml.El(s, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "000000"))
	}
	return ooxml.El("w:tblPr").Add(ooxml.El("w:tblW", "w:w", num(textWide), "w:type", "dxa"), borders, ooxml.El("w:tblLayout", "w:type", "fixed"))
}

func grid(cols int) *ooxml.Node {
	g := ooxml.El("w:tblGrid")
	for range cols {
		g.Add(ooxml.El("w:gridCol", "w:w", num(textWide/cols)))
	}
	return g
}

func tableCell(width int) *ooxml.Node {
	return ooxml.El("w:tc").Add(ooxml.El("w:tcPr").Add(ooxml.El("w:tcW", "w:w", num(width), "w:type", "dxa")))
}

// Printable drops the characters that XML does not take.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r >= 0xD800 && r < 0xE000 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
