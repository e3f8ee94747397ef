// Package fresh writes new Office packages that hold nothing but text in paragraphs,
// tables and cells, with looks that are numbers and known names. Formats that are never
// changed in place (doc, xls, ppt, rtf, odf …) come out through it. The same input gives
// the same bytes, and there are no authors, times or programs in them.
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
	return (&wordFile{doc: doc, last: usualPage().Sane()}).write()
}

// Pages writes texts as a Word document, each from the top of a page and in smaller
// letters than Docx, so that a printed page finds room on one. Lines in a row with the
// same number of tabs become a table.
func Pages(texts []string) ([]byte, error) {
	doc := &document.Document{}
	for _, t := range texts {
		doc.Parts = append(doc.Parts, document.Part{Role: document.RoleBody, Text: t, Cells: tabbed(t)})
	}
	return (&wordFile{doc: doc, last: usualPage().Sane(), paged: true}).write()
}

// Layout is how a document looks: the page (of the last section), the looks of parts by
// their ids, and the lists that their lines belong to.
type Layout struct {
	Page  Page
	Forms map[string]*Form
	Lists []List

	Facing  bool     // even pages have headers of their own
	Margins []Margin // headers and footers of the sections; nil puts all of them on all pages
}

// Styled is Docx with a layout. It gives the number of pictures that came along too.
func Styled(doc *document.Document, l Layout) ([]byte, int, error) {
	f := &wordFile{doc: doc, last: l.Page.Sane(), forms: l.Forms, lists: l.Lists, placed: l.Margins, facing: l.Facing}
	data, err := f.write()
	return data, f.shown, err
}

// wordFile is a Word document being written.
type wordFile struct {
	doc   *document.Document
	last  Page // of the last section
	page  Page // of the section at hand
	forms map[string]*Form
	lists []List
	paged bool // every part of the body but the first begins a page

	b     *ooxml.Builder
	media map[string]string
	shown int // pictures

	placed []Margin
	facing bool
	refs   [][]*ooxml.Node // to headers and footers, by section
	sect   int             // number of the section at hand
}

func (f *wordFile) textWide() int { return f.page.column() }

func (f *wordFile) write() ([]byte, error) {
	f.b, f.media = ooxml.NewBuilder(), map[string]string{}
	f.b.SetMain(wordMain)
	f.page = f.last
	if !f.margins() {
		f.everywhere()
	}
	body := ooxml.El("w:body")
	for i := range f.doc.Parts {
		p := &f.doc.Parts[i]
		if p.Hidden != nil || p.Role != document.RoleBody && p.Role != document.RoleNote && p.Role != document.RoleTextBox {
			continue
		}
		more := f.story(p, wordMain, "").blocks()
		if f.paged && i > 0 {
			more = newPage(more)
		}
		body.Add(more...)
	}
	if k := len(body.Kids); k == 0 || body.Kids[k-1].Name == "w:tbl" {
		body.Add(ooxml.El("w:p")) // a body ends with a paragraph
	}
	body.Add(f.last.node(f.references(true)))
	f.b.Add(wordMain, wordBase+"document.main+xml", ooxml.Encode(ooxml.El("w:document").Add(body), ""))
	f.b.Add("word/styles.xml", wordBase+"styles+xml", ooxml.Encode(styles(f.paged), ""))
	f.b.Rel(wordMain, "styles", "word/styles.xml")
	if len(f.lists) > 0 {
		const part = "word/numbering.xml"
		f.b.Add(part, wordBase+"numbering+xml", ooxml.Encode(numbering(f.lists), ""))
		f.b.Rel(wordMain, "numbering", part)
	}
	out, err := f.b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write docx: %w", err)
	}
	return out, nil
}

func (f *wordFile) story(p *document.Part, part, align string) *story {
	return &story{f: f, text: []rune(p.Text), form: f.forms[p.ID], cells: p.Cells, part: part, align: align}
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
