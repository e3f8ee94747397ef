// Package fresh writes new Office packages that hold nothing but plain text in
// paragraphs, tables and cells. Formats that are never changed in place (doc, xls,
// ppt, rtf, odf …) come out through it. The same input gives the same bytes, and
// there are no authors, times or programs in them.
package fresh

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

const (
	wordBase = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	wordMain = "word/document.xml"
)

// A4 upright in twips.
const (
	pageWide, pageHigh = 11906, 16838
	maxTableCols       = 63 // of a Word table
)

// Docx writes the visible parts of a document as a Word document: headers and
// footers as such, everything else as paragraphs and tables of the body, in order.
// doc holds the text as it is to be, its plan already carried out.
func Docx(doc *document.Document) ([]byte, error) {
	return (&wordFile{doc: doc, page: usualPage()}).write()
}

// Pages writes texts as a Word document, each from the top of a page and in smaller
// letters than Docx, so that a printed page finds room on one. Lines in a row with the
// same number of tabs become a table.
func Pages(texts []string) ([]byte, error) {
	doc := &document.Document{}
	for _, t := range texts {
		doc.Parts = append(doc.Parts, document.Part{Role: document.RoleBody, Text: t, Cells: tabbed(t)})
	}
	return (&wordFile{doc: doc, page: usualPage(), paged: true}).write()
}

// Styled is Docx with the looks of parts, by their ids, and a page. It gives the number
// of pictures that came along too.
func Styled(doc *document.Document, page Page, forms map[string]*Form) ([]byte, int, error) {
	f := &wordFile{doc: doc, page: page.Sane(), forms: forms}
	data, err := f.write()
	return data, f.shown, err
}

// wordFile is a Word document being written.
type wordFile struct {
	doc   *document.Document
	page  Page
	forms map[string]*Form
	paged bool // every part of the body but the first begins a page

	b     *ooxml.Builder
	media map[string]string
	shown int // pictures
}

func (f *wordFile) textWide() int { return f.page.W - f.page.Left - f.page.Right }

const (
	headerPart = "word/header1.xml"
	footerPart = "word/footer1.xml"
)

func (f *wordFile) write() ([]byte, error) {
	f.b, f.media = ooxml.NewBuilder(), map[string]string{}
	f.b.SetMain(wordMain)
	body, sect := ooxml.El("w:body"), ooxml.El("w:sectPr")
	margins := map[string]*ooxml.Node{headerPart: ooxml.El("w:hdr"), footerPart: ooxml.El("w:ftr")}
	for i := range f.doc.Parts {
		p := &f.doc.Parts[i]
		s := &story{f: f, text: []rune(p.Text), form: f.forms[p.ID], cells: p.Cells, part: wordMain}
		switch {
		case p.Hidden != nil:
		case p.Role == document.RoleHeader:
			s.part, s.align = headerPart, "center"
			margins[headerPart].Add(s.blocks()...)
		case p.Role == document.RoleFooter:
			s.part, s.align = footerPart, "center"
			margins[footerPart].Add(s.blocks()...)
		case p.Role == document.RoleBody || p.Role == document.RoleNote || p.Role == document.RoleTextBox:
			more := s.blocks()
			if f.paged && i > 0 {
				more = newPage(more)
			}
			body.Add(more...)
		}
	}
	f.margin(sect, headerPart, "header", margins[headerPart])
	f.margin(sect, footerPart, "footer", margins[footerPart])
	size := ooxml.El("w:pgSz", "w:w", num(f.page.W), "w:h", num(f.page.H))
	if f.page.W > f.page.H {
		size.SetAttr("w:orient", "landscape")
	}
	sect.Add(size, ooxml.El("w:pgMar", "w:top", num(f.page.Top), "w:right", num(f.page.Right), "w:bottom", num(f.page.Bottom), "w:left", num(f.page.Left), "w:header", "851", "w:footer", "992", "w:gutter", "0"))
	if k := len(body.Kids); k == 0 || body.Kids[k-1].Name == "w:tbl" {
		body.Add(ooxml.El("w:p")) // a body ends with a paragraph
	}
	body.Add(sect)
	f.b.Add(wordMain, wordBase+"document.main+xml", ooxml.Encode(ooxml.El("w:document").Add(body), ""))
	f.b.Add("word/styles.xml", wordBase+"styles+xml", ooxml.Encode(styles(f.paged), ""))
	f.b.Rel(wordMain, "styles", "word/styles.xml")
	out, err := f.b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write docx: %w", err)
	}
	return out, nil
}

// margin writes a header or footer that holds something.
func (f *wordFile) margin(sect *ooxml.Node, part, kind string, n *ooxml.Node) {
	if len(n.Kids) == 0 {
		return
	}
	if n.Kids[len(n.Kids)-1].Name == "w:tbl" {
		n.Add(ooxml.El("w:p"))
	}
	f.b.Add(part, wordBase+kind+"+xml", ooxml.Encode(n, ""))
	sect.Add(ooxml.El("w:"+kind+"Reference", "w:type", "default", "r:id", f.b.Rel(wordMain, kind, part)))
}

func num(n int) string { return fmt.Sprint(n) }

func styles(small bool) *ooxml.Node {
	size, line := "24", "360"
	if small {
		size, line = "21", "300"
	}
	fonts := ooxml.El("w:rFonts", "w:ascii", "宋体", "w:hAnsi", "宋体", "w:eastAsia", "宋体", "w:cs", "宋体")
	rpr := ooxml.El("w:rPr").Add(fonts, ooxml.El("w:sz", "w:val", size), ooxml.El("w:szCs", "w:val", size))
	ppr := ooxml.El("w:pPr").Add(ooxml.El("w:spacing", "w:after", "0", "w:line", line, "w:lineRule", "auto"))
	return ooxml.El("w:styles").Add(
		ooxml.El("w:docDefaults").Add(ooxml.El("w:rPrDefault").Add(rpr), ooxml.El("w:pPrDefault").Add(ppr)),
		ooxml.El("w:style", "w:type", "paragraph", "w:default", "1", "w:styleId", "a").Add(ooxml.El("w:name", "w:val", "Normal")))
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

// Printable drops the characters that XML does not take.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r >= 0xD800 && r < 0xE000 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
