package odf

import (
	"context"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

// reader holds a document while it is read, and all that a rebuild needs to know.
type reader struct {
	ctx  context.Context
	kind document.Kind
	p    *pack
	doc  *document.Document

	content, sheet *node   // roots of content.xml and styles.xml; the latter may be nil
	cur            *styles // those that hold where the reader is
	base           look    // of the page below
	below          []area  // what colours the ground of shapes on the slide at hand

	hidden  *ooxml.Hidden
	removed *ooxml.Counter
	visited map[*node]bool   // text nodes that are seen
	drop    map[*node]bool   // elements that do not come into a copy
	through map[*node]bool   // elements that are replaced by what they hold
	said    map[*node]bool   // hidden text that has been filed
	live    map[*node]string // fields that stay fields, with what they show
	seen    map[string]bool  // members that have been read

	flows   []*flow
	boxes   *flow
	notes   *flow
	ruby    *flow
	prints  *flow   // what masters print on each page
	queue   []*node // shapes whose text is read after the paragraph that holds them
	noted   []*node // bodies of notes, in order
	cells   map[*node]*value
	sheets  []*node
	titles  []string        // of the sheets, as they were read
	formats map[string]bool // data styles that a copy may use
	objects int
	unread  int
}

func load(ctx context.Context, src document.Source) (*reader, error) {
	p, err := openPack(src.Data)
	if err != nil {
		return nil, err
	}
	r := &reader{
		ctx: ctx, p: p, doc: &document.Document{Name: src.Name}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(),
		visited: map[*node]bool{}, drop: map[*node]bool{}, through: map[*node]bool{}, said: map[*node]bool{}, live: map[*node]string{},
		seen: map[string]bool{"content.xml": true, "styles.xml": true, "meta.xml": true, "mimetype": true}, cells: map[*node]*value{}, formats: map[string]bool{},
	}
	if err := r.open(); err != nil {
		return nil, err
	}
	r.boxes = r.flow("textboxes", "文本框", document.RoleTextBox)
	r.notes = r.flow("notes", "脚注", document.RoleNote)
	r.ruby = r.flow("ruby", "注音", document.RoleOther)
	if err := r.body(); err != nil {
		return nil, err
	}
	r.rest()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.masters()
	r.rest()
	r.finish()
	return r, nil
}

// open parses the two parts and brings them into the form in which they are read.
func (r *reader) open() error {
	for _, o := range []struct {
		name, elem string
		root       **node
	}{{"content.xml", "office:document-content", &r.content}, {"styles.xml", "office:document-styles", &r.sheet}} {
		b := r.p.files[o.name]
		if b == nil {
			continue
		}
		n, err := parse(b)
		if err != nil {
			return err
		}
		if *o.root = n.Kid(o.elem); *o.root == nil {
			return ole.ErrDamaged("root of " + o.name)
		}
		settle(*o.root)
		if s := ooxml.Asides(b); s != "" {
			r.hide("N03", "XML 注释", document.RoleOther, s)
		}
	}
	if r.content == nil {
		return ole.ErrDamaged("no content")
	}
	r.cur = readStyles(r.sheet.Kid("office:styles"), r.content.Kid("office:automatic-styles"))
	for _, h := range r.holders() {
		for _, n := range h.Kids {
			if strings.HasPrefix(n.Name, "number:") {
				r.formats[n.Attr("style:name")] = goodFormat(n)
			}
		}
	}
	return nil
}

// holders are the elements that styles stand in.
func (r *reader) holders() []*node {
	var out []*node
	for _, n := range []*node{r.sheet.Kid("office:styles"), r.sheet.Kid("office:automatic-styles"), r.content.Kid("office:automatic-styles")} {
		if n != nil {
			out = append(out, n)
		}
	}
	return out
}

func (r *reader) body() error {
	body := r.content.Kid("office:body")
	if body == nil || len(body.Kids) == 0 {
		return ole.ErrDamaged("no body")
	}
	r.base = r.pageGround()
	for _, k := range body.Kids {
		switch k.Name {
		case "office:spreadsheet":
			r.kind = Spreadsheet
			if err := expand(k); err != nil {
				return err
			}
			r.book(k)
		case "office:presentation", "office:drawing":
			r.kind = Presentation
			r.slides(k)
		case "office:text":
			r.kind = Text
			f := r.flow("content", "正文", document.RoleBody)
			f.look = r.base
			f.blocks(k)
		}
	}
	if r.kind == "" {
		return ole.ErrDamaged("kind of body")
	}
	return nil
}

// pageGround is what the pages of a text are coloured with.
func (r *reader) pageGround() look {
	var l look
	if a := r.sheet.Kid("office:automatic-styles"); a != nil {
		for _, n := range a.All("style:page-layout-properties") {
			p := look{}.with(n).filled(n.Attr("draw:fill"), n.Attr("draw:fill-color"))
			l.unknown = l.unknown || p.unknown || p.ground != "" && !white(p.ground)
		}
	}
	return l
}

// rest reads what was put off: shapes inside paragraphs and the bodies of notes.
func (r *reader) rest() {
	for len(r.queue) > 0 || len(r.noted) > 0 {
		q, n := r.queue, r.noted
		r.queue, r.noted = nil, nil
		for _, k := range q {
			r.boxes.look = r.base
			r.boxes.look.unknown = r.base.unknown || r.kind == Presentation
			r.boxes.drawing(k)
		}
		for _, k := range n {
			r.notes.look = r.base
			r.notes.blocks(k)
		}
	}
}

// flow begins a part.
func (r *reader) flow(id, label string, role document.Role) *flow {
	f := &flow{r: r, t: &ooxml.Text{ID: id, Label: label, Role: role}}
	r.flows = append(r.flows, f)
	return f
}

// hide files hidden text.
func (r *reader) hide(rule, kind string, role document.Role, text string) {
	if text = strings.TrimSpace(text); text != "" {
		r.hidden.Once(rule, kind, role, text)
		r.removed.Add(kind, 1)
	}
}

// doom files what an element says and leaves it out of a copy.
func (r *reader) doom(n *node, rule, kind string, role document.Role) {
	if r.drop[n] {
		return
	}
	r.drop[n] = true
	r.tell(n)
	r.hide(rule, kind, role, content(n))
	for _, i := range n.All("draw:image") {
		r.seen[target(i)] = true
		r.removed.Add("隐藏内容中的图片", 1)
	}
}

// tell marks all below n as filed.
func (r *reader) tell(n *node) {
	n.Walk(func(k *node) bool { r.said[k] = true; return true })
}

func (r *reader) name(kind, s string) {
	if s != "" && !strings.HasPrefix(s, "_") && !ooxml.SafeValue(s) {
		r.hide("N01", kind, document.RoleProperty, s)
	}
}

// target is the member that an element refers to.
func target(n *node) string { return strings.TrimPrefix(n.Attr("xlink:href"), "./") }

// finish makes the parts.
func (r *reader) finish() {
	r.doc.Kind = r.kind
	for _, f := range r.flows {
		if strings.TrimSpace(f.t.String()) == "" {
			continue
		}
		p := f.t.Part()
		ooxml.LabelCells(p.Cells, p.Text)
		p.Marks = marks(&p)
		if f.hiding != nil {
			p.Hidden = f.hiding
		}
		r.doc.Parts = append(r.doc.Parts, p)
	}
	r.meta()
	r.fills()
	r.others()
	r.styleNames()
	r.strays()
	r.doc.Parts = append(r.doc.Parts, r.hidden.Parts()...)
	if n := r.doc.Pictures; n > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", n)})
	}
	if r.unread > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("嵌入对象 %d 个未能完整识别", r.unread)})
	}
}

// marks are the places where a classification mark would stand.
func marks(p *document.Part) []document.Span {
	var out []document.Span
	switch {
	case p.Role == document.RoleHeader || p.Role == document.RoleFooter:
		return []document.Span{{Start: 0, End: len([]rune(p.Text))}}
	case p.Role != document.RoleBody:
		return nil
	case strings.HasPrefix(p.ID, "sheet/"):
		for _, c := range p.Cells {
			if c.Row > 2 || len(out) >= 12 {
				break
			}
			out = append(out, c.Span)
		}
		return out
	}
	start := 0
	text := []rune(p.Text + "\n")
	for i, c := range text {
		if c != '\n' {
			continue
		}
		if i > start {
			out = append(out, document.Span{Start: start, End: i})
		}
		if start = i + 1; len(out) >= 6 {
			break
		}
	}
	return out
}
