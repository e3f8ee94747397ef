package pdf

import (
	"context"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/raw"
)

// MaxPages bounds the pages of one file.
const MaxPages = 5000

// Read gives the document of a PDF file. It returns a *document.Refusal for a file
// that is encrypted, damaged beyond repair, too large or no PDF at all.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	s, err := open(ctx, src.Data)
	if err != nil {
		return nil, err
	}
	defer s.close()
	d := &document.Document{Name: src.Name, Kind: "pdf", Pages: s.doc.Pages()}
	if d.Pages > MaxPages {
		return nil, tooManyPages(d.Pages)
	}
	r := reading{d: d}
	plain := s.doc.Plain()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the second reader, too
	second := secondReading(ctx, plain, d.Pages)
	for n := 1; n <= d.Pages; n++ {
		if ctx.Err() != nil || s.in.Err() != nil {
			break
		}
		r.page(s, n)
		document.Stepped(ctx, n, d.Pages)
	}
	if err := s.in.Err(); err != nil {
		return nil, refusal(ctx, err)
	}
	if ctx.Err() != nil {
		return nil, refusal(ctx, ctx.Err())
	}
	r.pictures()
	r.outsidePages(ctx, s, src.Data, plain)
	r.revisions(ctx, s, src.Data)
	r.compare(ctx, second)
	if err := s.in.Err(); err != nil {
		return nil, refusal(ctx, err)
	}
	return d, nil
}

// outsidePages reads what the file holds besides its pages.
func (r *reading) outsidePages(ctx context.Context, s *session, data, plain []byte) {
	if s.doc.Encrypted() {
		data = plain
	}
	f := raw.Parse(data)
	around := gather(f)
	around.add(placeReplacement, r.marks...)
	r.d.Parts = append(r.d.Parts, around.parts()...)
	r.behind(data)
	r.attachments(ctx, f)
	if !f.Full {
		r.unchecked("object", "文件内部对象过多，页面以外的内容未全部读取")
	}
}

func tooManyPages(n int) error {
	return &document.Refusal{
		What: fmt.Sprintf("PDF 文件共 %d 页，超出上限 %d 页", n, MaxPages),
		Do:   "请拆分后分别处理",
	}
}

// reading collects the document page by page.
type reading struct {
	d      *document.Document
	marks  []string
	images []int // pictures by page
}

func (r *reading) page(s *session, n int) {
	p := s.doc.Page(n - 1)
	if p == nil {
		r.blocked("page", fmt.Sprintf("第%d页已损坏，无法读取", n))
		r.d.Parts = append(r.d.Parts, document.Part{ID: partID(n, shown), Label: label(n), Role: document.RoleBody})
		return
	}
	defer p.Close()
	c, err := examine(p, n)
	if err != nil {
		r.blocked("page", fmt.Sprintf("第%d页无法绘制，未能核对隐藏文字", n))
		return
	}
	r.parts(c)
	r.notice(c)
	r.marks = append(r.marks, c.marks...)
	r.images = append(r.images, c.images)
	r.d.Pictures += c.images
	r.appearances(s, p, n)
}

func label(n int) string { return fmt.Sprintf("正文 第%d页", n) }

// parts adds the visible text of the page, always, and what is hidden on it.
func (r *reading) parts(c *content) {
	body := document.Part{
		ID: partID(c.number, shown), Label: label(c.number), Role: document.RoleBody,
		Text: string(c.layers[shown].text), Marks: c.headMarks(), Cells: c.layers[shown].cells(),
	}
	r.d.Parts = append(r.d.Parts, body)
	for k := shown + 1; k < concealments; k++ {
		if len(c.layers[k].text) == 0 {
			continue
		}
		as := hiding[k].as
		r.d.Parts = append(r.d.Parts, document.Part{
			ID: partID(c.number, k), Label: label(c.number) + "（" + hiding[k].name + "，隐藏）", Role: document.RoleBody,
			Hidden: &as, Text: string(c.layers[k].text),
		})
	}
}

// notice lists what of the page could not be read.
func (r *reading) notice(c *content) {
	text := len(strings.TrimSpace(string(c.layers[shown].text))) > 0
	n := c.number
	switch {
	case c.cut:
		r.blocked("page", fmt.Sprintf("第%d页内容过多，未全部读取", n))
	case c.strange:
		r.blocked("font", fmt.Sprintf("第%d页文字编码异常，读出的文字不可信", n))
	case text && c.unknown > 0 && c.unknown*2 > len(c.layers[shown].text):
		r.blocked("font", fmt.Sprintf("第%d页字体没有文字编码，文字无法识别", n))
	case c.displaced:
		r.blocked("page", fmt.Sprintf("第%d页部分文字的显示位置无法确定，需人工查看", n))
	case c.scanned:
		r.blocked("page", fmt.Sprintf("第%d页为图像，文字取自其文字层，未与图像核对", n))
	case !text && c.images > 0:
		r.blocked("page", fmt.Sprintf("第%d页为图像，未识别文字", n))
	case !text && c.shapes > 0:
		r.blocked("page", fmt.Sprintf("第%d页只有图形，未识别文字", n))
	}
	if text {
		r.inPart(c)
	}
}

// inPart lists what of a page with text could not be read.
func (r *reading) inPart(c *content) {
	n := c.number
	if c.unknown > 0 && c.unknown*2 <= len(c.layers[shown].text) {
		r.unchecked("font", fmt.Sprintf("第%d页有 %d 个字符没有文字编码，未识别", n, c.unknown))
	}
	if c.shapes > manyShapes && c.shapes > len(c.layers[shown].text)/4 {
		r.unchecked("page", fmt.Sprintf("第%d页有较多图形，其中可能有转为轮廓的文字，未识别", n))
	}
}

// manyShapes is the number of drawings on a page from which letters may be among them.
const manyShapes = 40

// pictures sums up the pictures of pages that were otherwise read.
func (r *reading) pictures() {
	if r.d.Pictures > 0 {
		r.unchecked("picture", fmt.Sprintf("图片 %d 张未识别文字", r.d.Pictures))
	}
}

func (r *reading) unchecked(kind, message string) {
	r.d.Unchecked = append(r.d.Unchecked, document.Unchecked{Kind: kind, Message: message})
}

func (r *reading) blocked(kind, message string) {
	r.d.Unchecked = append(r.d.Unchecked, document.Unchecked{Kind: kind, Message: message, Blocking: true})
}
