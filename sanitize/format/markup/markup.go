// Package markup reads web pages (html, xhtml) and other XML files by their
// meaning: character references resolved, tags taken away, tables cell by cell.
// Of a page it shows what a browser shows as 正文; comments, hidden elements,
// link targets, alternative texts, meta data and scripts are parts of group N.
// Of an XML file every text and attribute value is a line, named by its element
// or attribute. A rebuild writes what is seen: a page as docx, other XML as txt.
// Not read: pictures, frames and objects that a page refers to (they are listed).
package markup

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ooxml"
	"jinggao/sanitize/format/text"
	"jinggao/sanitize/redact"
)

// partID is the ID of the part that holds what is seen.
const partID = "text"

// ReadPage reads a web page. What is no text is a *document.Refusal.
func ReadPage(_ context.Context, src document.Source) (*document.Document, error) {
	doc, _, err := loadPage(src)
	return doc, err
}

// RebuildPage writes what a page shows, the plan carried out, as a Word document.
func RebuildPage(_ context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	doc, removed, err := loadPage(src)
	if err != nil {
		return nil, err
	}
	data, err := fresh.Docx(redact.Apply(doc, plan).Document)
	if err != nil {
		return nil, err
	}
	removed.Add("图片（未带入副本）", doc.Pictures)
	return &document.Rebuilt{Kind: "docx", Ext: ".docx", Data: data, Removed: removed.List()}, nil
}

func loadPage(src document.Source) (*document.Document, *ooxml.Counter, error) {
	s, un, err := decode(src.Data, metaCharset)
	if err != nil {
		return nil, nil, err
	}
	p := ParsePage(s)
	doc := p.document("html", un)
	doc.Name, doc.Pictures = src.Name, p.Pictures
	if p.Pictures > 0 {
		doc.Unchecked = append(doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", p.Pictures)})
	}
	if p.Frames > 0 {
		doc.Unchecked = append(doc.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("网页引用的框架或对象 %d 个不在文件中，未检查", p.Frames)})
	}
	return doc, p.removed(), nil
}

// ReadXML reads an XML file that is no web page; one that breaks the rules of XML
// is read as a page would be, which no input can break.
func ReadXML(_ context.Context, src document.Source) (*document.Document, error) {
	doc, _, err := loadXML(src)
	return doc, err
}

// RebuildXML writes the lines of an XML file, the plan carried out, as plain text.
func RebuildXML(_ context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	doc, removed, err := loadXML(src)
	if err != nil {
		return nil, err
	}
	out := ""
	if p := redact.Apply(doc, plan).Document.Part(partID); p != nil {
		out = strings.TrimRight(p.Text, "\n") + "\n"
	}
	return &document.Rebuilt{Kind: "txt", Ext: ".txt", Data: []byte(out), Removed: removed.List()}, nil
}

func loadXML(src document.Source) (*document.Document, *ooxml.Counter, error) {
	s, un, err := decode(src.Data, xmlEncoding)
	if err != nil {
		return nil, nil, err
	}
	p, ok := parseXML(s)
	if !ok {
		p = ParsePage(s)
	}
	doc := p.document("xml", un)
	doc.Name = src.Name
	if strings.Contains(s, "<!ENTITY") { // what they stand for is never put in
		doc.Unchecked = append(doc.Unchecked, document.Unchecked{Kind: "object", Message: "XML 含自定义实体，所代表的文字未展开、未检查", Blocking: true})
	}
	if !ok {
		doc.Notes = append(doc.Notes, "XML 有语法错误，已按网页读取")
	}
	return doc, p.removed(), nil
}

// document files what has been read as parts.
func (p *Page) document(kind document.Kind, un []document.Unchecked) *document.Document {
	doc := &document.Document{Kind: kind, Unchecked: un}
	ooxml.LabelCells(p.Cells, p.Text)
	doc.Parts = append(doc.Parts, document.Part{
		ID: partID, Label: "正文", Role: document.RoleBody, Text: p.Text, Cells: p.Cells, Marks: text.Top([]rune(p.Text)),
	})
	h := ooxml.NewHidden()
	for _, x := range p.Hidden {
		h.Once(x.Rule, x.Kind, x.role(), x.Text)
	}
	doc.Parts = append(doc.Parts, h.Parts()...)
	return doc
}

func (p *Page) removed() *ooxml.Counter {
	c := ooxml.NewCounter()
	for _, x := range p.Hidden {
		c.Add(x.Kind, 1)
	}
	return c
}

func (h Hidden) role() document.Role {
	switch h.Rule {
	case "N01":
		return document.RoleProperty
	case "N05":
		return document.RoleField
	}
	return document.RoleOther
}

var (
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]+charset=["']?([A-Za-z0-9_-]+)`)
	xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]+encoding=["']([A-Za-z0-9_-]+)`)
)

// CharsetOf takes the charset that a message gives, else the one the page names itself.
func CharsetOf(b []byte, named string) string {
	if named != "" {
		return named
	}
	if m := metaCharset.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// decode turns bytes into text: as they show themselves (mark, UTF-8, UTF-16,
// GB18030), or in the encoding they name if it is another one.
func decode(b []byte, naming *regexp.Regexp) (string, []document.Unchecked, error) {
	if m := naming.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		switch name := strings.ToLower(string(m[1])); {
		case strings.HasPrefix(name, "utf"), strings.HasPrefix(name, "gb"):
		default:
			e, err := htmlindex.Get(name)
			if err != nil || bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
				break
			}
			if s, err := e.NewDecoder().Bytes(b); err == nil {
				return string(s), nil, nil
			}
		}
	}
	d, err := text.Decode(b)
	if err != nil {
		return "", nil, err
	}
	return d.Text, d.Unread(), nil
}
