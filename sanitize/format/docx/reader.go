package docx

import (
	"context"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// story is one part with text: the body, a header, the footnotes.
type story struct {
	name  string // part name
	root  *ooxml.Node
	used  bool // shown on some page
	kind  string
	title string
}

// reader holds a document while it is read, and afterwards for the rebuild.
type reader struct {
	ctx    context.Context
	pkg    *ooxml.Package
	main   string
	seen   map[string]bool
	styles *styles

	stories []*story
	cur     *story
	texts   []*ooxml.Text
	boxes   []*ooxml.Text // text boxes met while walking a story, after it
	ruby    *ooxml.Text
	hidden  *ooxml.Hidden
	removed *ooxml.Counter

	drop    map[*ooxml.Node]bool // left out by the rebuild
	visited map[*ooxml.Node]bool // text nodes that have been read, shown or hidden
	fields  []*field
	kept    []keptField
	instr   map[*ooxml.Node]bool // nodes of kept fields
	pending rune                 // separator owed before the next paragraph
	joined  int                  // start of a line whose paragraph mark is deleted, or -1
	cells   int                  // nesting of table cells
	shade   []background
	notes   map[string]bool // "footnote/3" referenced in the text
	chosen  map[*ooxml.Node]*ooxml.Node

	pictures  map[string]bool // media parts shown
	shown     int             // pictures shown
	objects   map[string]bool
	webPages  map[string]bool // parts that are web pages laid into the text
	charts    []*ooxml.Chart
	chartPart map[string]bool
	diagrams  map[*ooxml.Node]*ooxml.Diagram
	joins     []*ooxml.Node // paragraphs whose mark is deleted
	blank     []*ooxml.Node // runs of blanks in a form in which text would not be seen
	bookmarks []string
	evenOdd   bool
	pageDark  bool
	anchors   map[string]bool // bookmark names that kept fields and links point to
	extra     []document.Part
	unchecked []document.Unchecked
}

func load(ctx context.Context, src document.Source) (*reader, error) {
	pkg, err := ooxml.Open(src.Data)
	if err != nil {
		return nil, err
	}
	main, family, err := pkg.Main()
	if err != nil {
		return nil, err
	}
	if family != "word" {
		return nil, ooxml.ErrKind(" Word 文档")
	}
	r := &reader{
		ctx: ctx, pkg: pkg, main: main, seen: map[string]bool{main: true}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(),
		drop: map[*ooxml.Node]bool{}, visited: map[*ooxml.Node]bool{}, instr: map[*ooxml.Node]bool{}, joined: -1,
		notes: map[string]bool{}, chosen: map[*ooxml.Node]*ooxml.Node{}, pictures: map[string]bool{}, objects: map[string]bool{}, webPages: map[string]bool{},
		chartPart: map[string]bool{}, diagrams: map[*ooxml.Node]*ooxml.Diagram{}, anchors: map[string]bool{},
	}
	root, err := pkg.XML(main)
	if err != nil {
		return nil, err
	}
	if root.Name != "w:document" || root.Kid("w:body") == nil {
		return nil, ooxml.ErrDamaged("no w:body")
	}
	if err := r.readStyles(); err != nil {
		return nil, err
	}
	if err := r.readSettings(); err != nil {
		return nil, err
	}
	r.pageDark = darkColour(root.Kid("w:background").Attr("w:color"))
	body := &story{name: main, root: root, used: true, kind: "body", title: "正文"}
	r.stories = append(r.stories, body)
	if err := r.readStories(root); err != nil {
		return nil, err
	}
	for _, s := range r.stories {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.walkStory(s)
	}
	if err := r.readRest(); err != nil {
		return nil, err
	}
	return r, nil
}

// on reads a toggle element: there, and not switched off.
func on(n *ooxml.Node) bool {
	if n == nil {
		return false
	}
	switch n.Attr("w:val") {
	case "0", "false", "off":
		return false
	}
	return true
}

func (r *reader) walkStory(s *story) {
	r.cur, r.fields, r.pending, r.joined, r.cells, r.shade = s, nil, 0, -1, 0, nil
	r.boxes, r.ruby = nil, nil
	if !s.used {
		r.hideStory(s)
		return
	}
	switch s.kind {
	case "footnotes", "endnotes":
		r.walkNotes(s)
	default:
		t := &ooxml.Text{ID: s.name, Label: s.title, Role: roleOf(s.kind)}
		root := s.root
		if s.kind == "body" {
			root = root.Kid("w:body")
		}
		r.blocks(t, root)
		r.flattenOpen()
		r.finish(t)
		if s.kind != "body" {
			t.Marks = whole(t)
		} else {
			t.Marks = firstLines(t.String(), 6)
		}
	}
	r.texts = append(r.texts, r.boxes...)
	if r.ruby != nil {
		r.texts = append(r.texts, r.ruby)
	}
	r.rest(s.root)
}

func (r *reader) finish(t *ooxml.Text) {
	ooxml.LabelCells(t.Cells, t.String())
	if strings.TrimSpace(t.String()) != "" {
		r.texts = append(r.texts, t)
	}
}

func whole(t *ooxml.Text) []document.Span {
	if t.Len() == 0 {
		return nil
	}
	return []document.Span{{Start: 0, End: t.Len()}}
}

// firstLines gives the spans of the first n lines that hold something.
func firstLines(s string, n int) []document.Span {
	var out []document.Span
	pos := 0
	for _, l := range strings.Split(s, "\n") {
		w := len([]rune(l))
		if strings.TrimSpace(l) != "" {
			out = append(out, document.Span{Start: pos, End: pos + w})
			if len(out) == n {
				break
			}
		}
		pos += w + 1
	}
	return out
}

func roleOf(kind string) document.Role {
	switch kind {
	case "header":
		return document.RoleHeader
	case "footer":
		return document.RoleFooter
	case "footnotes", "endnotes":
		return document.RoleNote
	}
	return document.RoleBody
}

// hideStory reads a header or footer that no page shows.
func (r *reader) hideStory(s *story) {
	text := r.gather(s.root)
	if strings.TrimSpace(text) == "" {
		return
	}
	r.removed.Add("未启用的页眉页脚", 1)
	r.extra = append(r.extra, document.Part{
		ID: s.name, Label: s.title, Role: roleOf(s.kind),
		Hidden: &document.Hiding{Rule: "N03", Kind: "未启用的页眉页脚"}, Text: text,
	})
}

// walkNotes reads foot- or endnotes; those without a reference are hidden.
func (r *reader) walkNotes(s *story) {
	t := &ooxml.Text{ID: s.name, Label: s.title, Role: document.RoleNote}
	for _, n := range s.root.Kids {
		if n.Name != "w:footnote" && n.Name != "w:endnote" {
			continue
		}
		typ := n.Attr("w:type")
		kind := strings.TrimPrefix(n.Name, "w:")
		if typ == "" || typ == "normal" {
			if !r.notes[kind+"/"+n.Attr("w:id")] {
				r.doom(n, "N03", "未引用的"+s.title, document.RoleNote)
				continue
			}
		}
		r.blocks(t, n)
		r.pending = '\n'
	}
	r.flattenOpen()
	r.finish(t)
}

// doom marks an element as left out and files its text under a kind of hiding.
func (r *reader) doom(n *ooxml.Node, rule, kind string, role document.Role) {
	if r.drop[n] {
		return
	}
	r.drop[n] = true
	r.removed.Add(kind, 1)
	r.hidden.Add(rule, kind, role, r.gather(n), n.Up)
}

// gather collects everything readable at or below an element, a line a paragraph.
func (r *reader) gather(n *ooxml.Node) string {
	var b strings.Builder
	n.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "":
			if k.Up != nil {
				r.visited[k] = true
				b.WriteString(k.Text)
			}
		case "w:p", "w:tr":
			if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
				b.WriteByte('\n')
			}
		case "w:tc":
			if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
				b.WriteByte('\t')
			}
		case "w:br", "w:tab", "w:cr":
			b.WriteByte(' ')
		case "v:textpath":
			b.WriteString(k.Attr("string"))
		case "wp:docPr", "pic:cNvPr":
			for _, a := range []string{"descr", "title"} {
				if v := k.Attr(a); v != "" {
					b.WriteString(" " + v)
				}
			}
		}
		return true
	})
	return strings.TrimRight(b.String(), "\n")
}

// rest files the text nodes of a story that nothing above has read.
func (r *reader) rest(root *ooxml.Node) {
	root.Walk(func(n *ooxml.Node) bool {
		if r.drop[n] {
			return false
		}
		if n.Name == "" && !r.visited[n] && strings.TrimSpace(n.Text) != "" && !layoutText(n.Up) {
			r.hidden.Add("N03", "其他隐藏内容", document.RoleOther, n.Text, n)
		}
		return true
	})
}

// layoutText tells the elements whose text is a number of the layout.
func layoutText(n *ooxml.Node) bool {
	return strings.HasPrefix(n.Name, "wp") && ooxml.SafeValue(n.Content())
}

// document assembles what has been read.
func (r *reader) document(name string) *document.Document {
	d := &document.Document{Name: name, Kind: Kind, Pictures: r.shown, Unchecked: r.unchecked}
	for _, t := range r.texts {
		d.Parts = append(d.Parts, t.Part())
	}
	d.Parts = append(d.Parts, r.extra...)
	return d
}
