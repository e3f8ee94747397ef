package ppt

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
const Kind document.Kind = "ppt"

// reading gathers the presentation while it is read.
type reading struct {
	f       *file
	doc     *document.Document
	hidden  *ooxml.Hidden
	removed *ooxml.Counter
	known   strings.Builder
	live    map[*record]bool
	objects int
	shown   []shown

	taken      map[int]bool // pictures that are in the copy
	slideCount int          // hidden ones included
}

// shown is a visible slide: its part, if it has text, and where its texts stand.
type shown struct {
	id       string
	spans    []span
	pictures []placed
}

// Read reads a PowerPoint 97–2003 presentation. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	r, _, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.doc, nil
}

// Rebuild writes the visible slides, the plan carried out, as a new .pptx: each text
// where it stood.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	r, rest, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	if len(r.shown) == 0 && r.slideCount > 0 {
		return nil, &document.Refusal{What: "无法生成副本", Why: "全部幻灯片均已隐藏", Do: "请取消隐藏需要公开的幻灯片后再试"}
	}
	width, height := r.size()
	slides := r.slides(plan)
	r.addPictures(slides)
	data, err := fresh.Pptx(width, height, slides)
	if err != nil {
		return nil, err
	}
	r.removed.Add("图片（未带入副本）", r.doc.Pictures-len(r.taken))
	return &document.Rebuilt{Kind: "pptx", Ext: ".pptx", Data: data, Removed: append(r.removed.List(), rest.Removed...), Unchecked: r.unchecked()}, nil
}

func load(ctx context.Context, src document.Source) (*reading, ole.Rest, error) {
	f, err := open(src.Data)
	if err != nil {
		return nil, ole.Rest{}, err
	}
	r := &reading{f: f, doc: &document.Document{Name: src.Name, Kind: Kind}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(), live: map[*record]bool{}, taken: map[int]bool{}}
	d := f.document()
	r.live[d] = true
	n := 0
	for _, k := range d.kids {
		if k.kind != recSlideList {
			continue
		}
		for _, s := range slidesOf(k) {
			if err := ctx.Err(); err != nil {
				return nil, ole.Rest{}, err
			}
			if k.inst == 0 {
				n++
			}
			r.slide(s, k.inst, n)
		}
	}
	r.documentTexts(d)
	r.old()
	rest := f.container.Read(ctx, "PowerPoint Document", "Current User", "Pictures")
	r.finish(rest)
	return r, rest, nil
}

func (r *reading) hide(rule, kind string, role document.Role, text string) {
	if text = strings.TrimSpace(text); text != "" {
		r.hidden.Once(rule, kind, role, text)
		r.removed.Add(kind, 1)
		r.known.WriteString(text + "\n")
	}
}

// entry is a slide in a list: where it is, and its outline texts in order.
type entry struct {
	persist int
	texts   []string
	kinds   []int // of the texts: 0 and 6 are titles
}

func slidesOf(list *record) []entry {
	var out []entry
	for _, k := range list.kids {
		switch k.kind {
		case recSlidePersist:
			out = append(out, entry{persist: int(u32(k.data, 0))})
		case recTextHeader:
			if n := len(out); n > 0 {
				out[n-1].texts = append(out[n-1].texts, "")
				out[n-1].kinds = append(out[n-1].kinds, int(u32(k.data, 0)))
			}
		case recChars, recBytes:
			if n := len(out); n > 0 {
				e := &out[n-1]
				if m := len(e.texts); m > 0 {
					e.texts[m-1] += k.text()
				} else {
					e.texts = append(e.texts, k.text())
					e.kinds = append(e.kinds, -1)
				}
			}
		}
	}
	return out
}

// slide reads a slide, master or note: the texts of its shapes in drawing order,
// then those of its outline that no shape has shown.
func (r *reading) slide(e entry, inst, n int) {
	c := r.f.at[r.f.persist[e.persist]]
	var pieces []piece
	var pictures []placed
	used := make([]bool, len(e.texts))
	hidden := false
	if c != nil {
		r.live[c] = true
		hidden = r.container(c, e, used, &pieces, &pictures)
	}
	for i, t := range e.texts {
		if !used[i] {
			pieces = append(pieces, piece{text: t, title: titleKind(e.kinds[i])})
		}
	}
	text, spans := join(pieces)
	id := fmt.Sprintf("slide/%d", n)
	if inst == 0 {
		if r.slideCount++; !hidden {
			r.shown = append(r.shown, shown{id, spans, pictures})
		}
	}
	if text == "" {
		return
	}
	switch {
	case inst == 1:
		r.master(text)
	case inst == 2:
		r.hide("N03", "备注", document.RoleNote, text)
	case hidden:
		r.hide("N03", "隐藏幻灯片", document.RoleBody, fmt.Sprintf("幻灯片 %d\n%s", n, text))
	default:
		r.known.WriteString(text + "\n")
		p := document.Part{ID: id, Label: fmt.Sprintf("幻灯片 %d", n), Role: document.RoleBody, Text: text + "\n"}
		if first, _, _ := strings.Cut(text, "\n"); n == 1 {
			p.Marks = []document.Span{{Start: 0, End: len([]rune(first))}}
		}
		r.doc.Parts = append(r.doc.Parts, p)
		r.doc.Pages = n
	}
}

// container walks a slide's records; true if the slide is hidden.
func (r *reading) container(c *record, e entry, used []bool, pieces *[]piece, pictures *[]placed) (hidden bool) {
	top := inGroup{sx: 1, sy: 1}
	var group func(c *record, g inGroup, at frame)
	group = func(c *record, g inGroup, at frame) {
		for _, k := range c.kids {
			inner, place := g, at
			switch k.kind {
			case recShowInfo:
				hidden = u16(k.data, 10)&4 != 0
			case recGroup:
				inner = groupOf(k, g)
			case recShape:
				place, _ = anchorOf(k, g)
				if p, ok := pictureOf(k, place); ok {
					*pictures = append(*pictures, p)
				}
			case recShapeBox:
				r.shapeText(k, e, used, place, g != top, pieces)
				continue
			default:
				if !r.aside(k) {
					continue
				}
			}
			group(k, inner, place)
		}
	}
	group(c, top, frame{})
	return hidden
}

// shapeText reads the text of a shape.
func (r *reading) shapeText(k *record, e entry, used []bool, at frame, grouped bool, pieces *[]piece) {
	if len(k.kids) == 0 { // some programs leave the container mark out
		if kids, err := r.f.split(k.data, k.at+8, 1); err == nil {
			k.kids = kids
		}
	}
	p := piece{at: at, group: grouped}
	for _, t := range k.kids {
		switch t.kind {
		case recTextHeader:
			p.title = titleKind(int(u32(t.data, 0)))
		case recOutlineRef:
			if i := int(u32(t.data, 0)); i >= 0 && i < len(e.texts) {
				used[i] = true
				p.text += "\n" + e.texts[i]
				p.title = titleKind(e.kinds[i])
			}
		case recChars, recBytes:
			p.text += "\n" + t.text()
		}
	}
	*pieces = append(*pieces, p)
}

// aside files what a slide holds besides text; false where there is nothing below to walk.
func (r *reading) aside(k *record) bool {
	switch k.kind {
	case recOptions, 0xF121, 0xF122:
		for _, s := range ole.ArtTexts([]ole.Art{{Kind: k.kind, Inst: k.inst, Data: k.data}}) {
			r.hide("N03", "图形名称与替代文字", document.RoleOther, s)
		}
	case recComment:
		r.comment(k)
		return false
	case recFooters:
		r.footers(k)
		return false
	case recCString:
		if s := k.text(); len([]rune(s)) > 1 && !strings.HasPrefix(s, "___") && !ooxml.SafeValue(s) {
			r.hide("N01", "名称与标记", document.RoleProperty, s)
		}
	}
	return true
}

func (r *reading) comment(c *record) {
	var parts []string
	c.walk(func(k *record) bool {
		if k.kind == recCString {
			parts = append(parts, k.text())
		}
		return true
	})
	r.hide("N02", "批注", document.RoleComment, strings.Join(parts, " "))
}

// footers files what is printed on each slide by the master.
func (r *reading) footers(c *record) {
	for _, k := range c.kids {
		if s := strings.TrimSpace(k.text()); k.kind == recCString && s != "" && !strings.Contains(r.known.String(), s) {
			r.hide("N03", "页眉页脚文字", document.RoleOther, s)
		}
	}
}

// prompts are what masters say where text is to be put in.
var prompts = []string{"单击此处", "第二级", "第三级", "第四级", "第五级", "二级", "三级", "四级", "五级", "Click to edit", "Second level", "Third level", "Fourth level", "Fifth level", "‹#›", "*"}

// master files the texts of a master that are no prompts.
func (r *reading) master(text string) {
	for l := range strings.SplitSeq(text, "\n") {
		l = strings.TrimSpace(l)
		prompt := l == ""
		for _, p := range prompts {
			prompt = prompt || strings.HasPrefix(l, p)
		}
		if !prompt {
			r.hide("N03", "母版文字", document.RoleOther, l)
		}
	}
}

// documentTexts reads what the document record holds besides slides: links, names, footers.
func (r *reading) documentTexts(d *record) {
	d.walk(func(k *record) bool {
		switch k.kind {
		case recSlideList:
			return false
		case recLink:
			k.walk(func(s *record) bool {
				if t := s.text(); s.kind == recCString && t != "" {
					r.hide("N05", "超链接", document.RoleField, t)
				}
				return true
			})
			return false
		case recFooters:
			r.footers(k)
			return false
		case recCString:
			if s := k.text(); len([]rune(s)) > 1 && !strings.HasPrefix(s, "___") && !ooxml.SafeValue(s) {
				r.hide("N01", "名称与标记", document.RoleProperty, s)
			}
		case recChars, recBytes:
			if s := strings.TrimSpace(k.text()); !isPrompt(s) {
				r.hide("N03", "母版文字", document.RoleOther, s)
			}
		}
		return true
	})
}

func isPrompt(s string) bool {
	for _, p := range prompts {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return s == ""
}

// old reads the records that no directory points to: slides and texts of earlier saves.
func (r *reading) old() {
	known := strings.Join(strings.Fields(r.known.String()), "")
	for _, top := range r.f.records {
		if top.kind == recOleStorage {
			r.objects++
		}
		if r.live[top] {
			continue
		}
		top.walk(func(k *record) bool {
			if len(k.kids) == 0 && k.kind == recShapeBox {
				if kids, err := r.f.split(k.data, k.at+8, 1); err == nil {
					k.kids = kids
				}
			}
			for l := range strings.SplitSeq(k.text(), "\n") {
				l = strings.TrimSpace(l)
				if s := strings.Join(strings.Fields(l), ""); len([]rune(s)) > 1 && !isPrompt(l) && !strings.HasPrefix(l, "___") && !strings.Contains(known, s) && !ooxml.SafeValue(l) {
					r.hide("N03", "快速保存残留文字", document.RoleOther, l)
				}
			}
			return true
		})
	}
}

func (r *reading) finish(rest ole.Rest) {
	r.doc.Parts = append(r.doc.Parts, r.hidden.Parts()...)
	r.doc.Parts = append(r.doc.Parts, rest.Parts...)
	r.doc.Members = rest.Members
	r.doc.Unchecked = rest.Unchecked
	pics := r.f.container.Top("Pictures")
	for at := 0; at+8 <= len(pics); {
		n := int(u32(pics, at+4))
		if k := u16(pics, at+2); k < 0xF018 || k > 0xF117 || n < 0 || n > len(pics)-at-8 {
			break
		}
		r.doc.Pictures++
		at += 8 + n
	}
	for _, l := range ole.PictureTexts(pics) {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: fmt.Sprintf("picture/meta/%d", len(r.doc.Parts)), Label: "图片 EXIF", Role: document.RoleProperty, Hidden: &document.Hiding{Rule: "N04", Kind: "图片 EXIF"}, Text: l})
	}
	if n := r.doc.Pictures; n > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", n)})
	}
	if r.objects > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("嵌入对象 %d 个未能完整识别", r.objects)})
		r.removed.Add("嵌入对象（未带入副本）", r.objects)
	}
}
