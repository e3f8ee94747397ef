package rtf

import (
	"context"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
	"jinggao/sanitize/redact"
)

// Kind is the format's name.
const Kind document.Kind = "rtf"

// Read reads an RTF document. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	doc, _, _, err := load(ctx, src)
	return doc, err
}

// Rebuild writes what is visible, the plan carried out, as a new .docx.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	doc, removed, p, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	applied := redact.Apply(doc, plan)
	forms := map[string]*fresh.Form{}
	for id, f := range map[string]*flow{"word/document.xml": p.body, "textboxes": p.boxes, "notes": p.notes, "word/header1.xml": p.head, "word/footer1.xml": p.foot} {
		forms[id] = f.form.Moved(applied.Edits(id), func(s document.Span) document.Span { return applied.Forward(id, s) })
	}
	data, shown, err := fresh.Styled(applied.Document, fresh.Layout{Page: p.sect, Forms: forms})
	if err != nil {
		return nil, err
	}
	removed.Add("图片（未带入副本）", doc.Pictures-shown)
	out := &document.Rebuilt{Kind: "docx", Ext: ".docx", Data: data, Removed: removed.List()}
	if shown > 0 {
		out.Unchecked = []document.Unchecked{{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", shown)}}
	}
	return out, nil
}

// dull are field instructions that say where a text comes from in the document itself.
var dull = regexp.MustCompile(`(?i)^\s*(PAGE|NUMPAGES|SECTIONPAGES|TOC|PAGEREF|NOTEREF|REF|SEQ|STYLEREF|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|SYMBOL|EQ|SHAPE|EMBED|HYPERLINK\s+\\+l)\b[^\p{Han}@]*$`)

func load(ctx context.Context, src document.Source) (*document.Document, *ooxml.Counter, *parser, error) {
	p, err := parse(src.Data)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, nil, err
	}
	doc := &document.Document{Name: src.Name, Kind: Kind}
	hidden, removed := ooxml.NewHidden(), ooxml.NewCounter()
	file := func(rule, kind, text string) {
		role := document.RoleOther
		switch rule {
		case "N01":
			role = document.RoleProperty
		case "N02":
			role = document.RoleComment
		case "N05":
			role = document.RoleField
		}
		hidden.Once(rule, kind, role, text)
		removed.Add(kind, 1)
	}
	for _, f := range []struct {
		flow      *flow
		id, label string
		role      document.Role
	}{
		{p.body, "word/document.xml", "正文", document.RoleBody},
		{p.boxes, "textboxes", "文本框", document.RoleTextBox},
		{p.notes, "notes", "脚注", document.RoleNote},
		{p.head, "word/header1.xml", "页眉 1", document.RoleHeader},
		{p.foot, "word/footer1.xml", "页脚 1", document.RoleFooter},
	} {
		if part := f.flow.part(f.id, f.label, f.role); part != nil {
			ooxml.LabelCells(part.Cells, part.Text)
			mark(part)
			doc.Parts = append(doc.Parts, *part)
		}
		for _, h := range f.flow.hidden {
			file(h.rule, h.kind, h.text)
		}
	}
	for _, h := range p.filed {
		if h.kind == "书签" && (strings.HasPrefix(h.text, "_") || ooxml.SafeValue(h.text)) {
			continue
		}
		file(h.rule, h.kind, h.text)
	}
	for _, s := range p.unseenPages(doc) {
		file("N03", "页面样式", s)
	}
	for _, i := range p.body.s.fields {
		switch {
		case dull.MatchString(i):
		case strings.HasPrefix(strings.ToUpper(i), "HYPERLINK"):
			file("N05", "超链接", strings.Trim(strings.TrimSpace(i[len("HYPERLINK"):]), `"`))
		default:
			file("N03", "域代码", i)
		}
	}
	doc.Parts = append(doc.Parts, hidden.Parts()...)
	p.objectsOf(ctx, doc, removed)
	if doc.Pictures = p.pictures; p.pictures > 0 {
		doc.Unchecked = append(doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", p.pictures)})
	}
	return doc, removed, p, nil
}

// telling words say something to a person: Chinese, long numbers, addresses.
var telling = regexp.MustCompile(`\p{Han}{2}|[0-9]{7}|@|://`)

// unseenPages gives the words of page styles that no visible part has.
func (p *parser) unseenPages(doc *document.Document) []string {
	var seen strings.Builder
	for i := range doc.Parts {
		seen.WriteString(doc.Parts[i].Text)
	}
	var out []string
	for _, t := range p.pageTexts {
		for _, w := range strings.Fields(t) {
			if w = strings.Trim(w, ";"); telling.MatchString(w) && !strings.Contains(seen.String(), w) && !strings.Contains(w, "shapeType") && !strings.Contains(w, "dxText") {
				out = append(out, w)
			}
		}
	}
	return out
}

func mark(p *document.Part) {
	n := len([]rune(p.Text))
	switch p.Role {
	case document.RoleHeader, document.RoleFooter:
		p.Marks = []document.Span{{Start: 0, End: n}}
	case document.RoleBody:
		start := 0
		for i, r := range []rune(p.Text) {
			if r != '\n' {
				continue
			}
			if i > start {
				p.Marks = append(p.Marks, document.Span{Start: start, End: i})
			}
			if start = i + 1; len(p.Marks) >= 6 {
				break
			}
		}
	}
}

// objectsOf opens embedded objects that hold a whole file.
func (p *parser) objectsOf(ctx context.Context, doc *document.Document, removed *ooxml.Counter) {
	unread := 0
	for i, h := range p.objectHex {
		b, err := hex.DecodeString(strings.Map(func(r rune) rune {
			if strings.ContainsRune("0123456789abcdefABCDEF", r) {
				return r
			}
			return -1
		}, h))
		if err != nil {
			unread++
		}
		name := fmt.Sprintf("嵌入对象 %d", i+1)
		text := strings.Join(ole.Readable(b), "\n")
		if k := strings.Index(string(b), "\xd0\xcf\x11\xe0"); k >= 0 {
			m := document.OpenMember(ctx, document.Source{Name: name, Data: b[k:]})
			if doc.Members = append(doc.Members, m); m.Refused != nil {
				unread++
			}
		} else if err == nil {
			unread++
		}
		doc.Parts = append(doc.Parts, document.Part{ID: fmt.Sprintf("object/%d", i+1), Label: name, Role: document.RoleObject, Hidden: &document.Hiding{Rule: "N05", Kind: "嵌入对象"}, Text: name + "\n" + text})
		removed.Add("嵌入对象（未带入副本）", 1)
	}
	if unread > 0 {
		doc.Unchecked = append(doc.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("嵌入对象 %d 个未能完整识别", unread)})
	}
}
