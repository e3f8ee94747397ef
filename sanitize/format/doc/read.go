package doc

import (
	"context"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

// Kind is the format's name.
const Kind document.Kind = "doc"

// reading gathers the document while it is read.
type reading struct {
	f        *File
	doc      *document.Document
	hidden   *ooxml.Hidden
	removed  *ooxml.Counter
	pictures int
	objects  int
	shapes   int
	forms    map[string]*fresh.Form // looks of the visible parts, by id
	margins  []fresh.Margin
	facing   bool            // even pages have headers of their own
	known    strings.Builder // all text that is reported, for telling what is left over
}

// Read reads a Word 97–2003 document. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	r, _, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.doc, nil
}

func load(ctx context.Context, src document.Source) (*reading, ole.Rest, error) {
	f, err := Open(src.Data)
	if err != nil {
		return nil, ole.Rest{}, err
	}
	r := &reading{f: f, doc: &document.Document{Name: src.Name, Kind: Kind}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(), forms: map[string]*fresh.Form{}}
	r.story(storyMain, "word/document.xml", "正文", document.RoleBody)
	r.story(storyBoxes, "textboxes", "文本框", document.RoleTextBox)
	r.story(storyHeaderBoxes, "header/textboxes", "页眉文本框", document.RoleTextBox)
	r.story(storyNotes, "footnotes", "脚注", document.RoleNote)
	r.story(storyEndnotes, "endnotes", "尾注", document.RoleNote)
	if err := ctx.Err(); err != nil {
		return nil, ole.Rest{}, err
	}
	r.headers()
	r.comments()
	r.story(storyMacro, "macro/text", "宏文字", document.RoleOther)
	r.names()
	r.settings()
	rest := f.container.Read(ctx, "WordDocument", "0Table", "1Table", "Data")
	r.pictureData()
	r.leftovers()
	r.finish(rest)
	return r, rest, nil
}

func (r *reading) story(n int, id, label string, role document.Role) {
	from, to := r.f.bounds(n)
	if from == to {
		return
	}
	s := r.f.layout(from, to)
	r.take(s)
	r.part(s, id, label, role, nil)
}

// part adds the text of a story as a part.
func (r *reading) part(s *story, id, label string, role document.Role, hid *document.Hiding) {
	text := string(s.text)
	if strings.TrimSpace(text) == "" {
		return
	}
	ooxml.LabelCells(s.cells, text)
	p := document.Part{ID: id, Label: label, Role: role, Hidden: hid, Text: text, Cells: s.cells}
	switch role {
	case document.RoleHeader, document.RoleFooter:
		p.Marks = []document.Span{{Start: 0, End: len(s.text)}}
	case document.RoleBody:
		p.Marks = firstLines(s.text, 6)
	}
	r.known.WriteString(text)
	r.forms[id] = &s.form
	r.doc.Parts = append(r.doc.Parts, p)
}

func firstLines(text []rune, n int) []document.Span {
	var out []document.Span
	start := 0
	for i := 0; i <= len(text) && len(out) < n; i++ {
		if i < len(text) && text[i] != '\n' {
			continue
		}
		if strings.TrimSpace(string(text[start:i])) != "" {
			out = append(out, document.Span{Start: start, End: i})
		}
		start = i + 1
	}
	return out
}

var hideNames = map[hide][2]string{hideDel: {"N02", "修订删除"}, hideVanish: {"N03", "隐藏文字"}, hideWhite: {"N03", "白色文字"}, hideTiny: {"N03", "极小字"}}

// take files what a story hides, and counts what it shows.
func (r *reading) take(s *story) {
	for _, why := range []hide{hideDel, hideVanish, hideWhite, hideTiny} {
		role := document.RoleBody
		if why == hideDel {
			role = document.RoleRevision
		}
		for _, t := range s.hidden[why] {
			r.hide(hideNames[why][0], hideNames[why][1], role, t)
		}
	}
	for _, f := range s.fields {
		r.field(f)
	}
	for _, at := range s.data {
		r.fieldData(at)
	}
	r.pictures += s.pictures
	r.objects += s.objects
	r.shapes += s.shapes
}

func (r *reading) hide(rule, kind string, role document.Role, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	r.hidden.Once(rule, kind, role, text)
	r.removed.Add(kind, 1)
	r.known.WriteString(text)
	r.known.WriteByte('\n')
}

func (r *reading) field(instr string) {
	instr = strings.TrimSpace(instr)
	if instr == "" || dullFields.MatchString(instr) {
		return
	}
	if m := linkTarget.FindStringSubmatch(instr); m != nil {
		r.hide("N05", "超链接", document.RoleField, strings.TrimSpace(m[1]+" "+strings.Trim(m[2], ` "`)))
		return
	}
	r.hide("N03", "域代码", document.RoleField, instr)
}

// fieldData reads what a form field or link keeps in the Data stream.
func (r *reading) fieldData(at int) {
	n := int(u32(r.f.data, at))
	if at < 0 || n < 0x44 || at+n > len(r.f.data) {
		return
	}
	for _, s := range ole.Readable(r.f.data[at+0x44 : at+n]) {
		r.hide("N03", "表单域", document.RoleField, s)
	}
}

// comments reads the comments and who made them.
func (r *reading) comments() {
	from, to := r.f.bounds(storyComments)
	if from < to {
		s := r.f.layout(from, to)
		s.cells = nil
		r.take(s)
		for _, l := range strings.Split(string(s.text), "\n") {
			r.hide("N02", "批注", document.RoleComment, l)
		}
	}
	for _, o := range xstList(r.f.pair(fibOwners)) {
		r.hide("N02", "批注", document.RoleComment, o)
	}
	ref := r.f.pair(fibCommentRef)
	for i, n := 0, (len(ref)-4)/34; i < n; i++ {
		d := ref[4*(n+1)+30*i:]
		if k := u16(d, 0); k > 0 && k <= 9 {
			r.hide("N02", "批注", document.RoleComment, wide(d[2:2+2*k]))
		}
	}
}

func (r *reading) finish(rest ole.Rest) {
	r.doc.Parts = append(r.doc.Parts, r.hidden.Parts()...)
	r.doc.Parts = append(r.doc.Parts, rest.Parts...)
	r.doc.Members = rest.Members
	r.doc.Unchecked = rest.Unchecked
	r.doc.Pictures = r.pictures + r.storedPictures()
	if r.doc.Pictures > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", r.doc.Pictures)})
	}
	if n := r.objects; n > 0 && len(rest.Members) == 0 && len(rest.Unchecked) == 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("嵌入对象 %d 个未能完整识别", n)})
	}
}
