package odf

import (
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// flow lays the text of a part out, with the way back to its nodes.
type flow struct {
	r       *reader
	t       *ooxml.Text
	hiding  *document.Hiding // of a part that is hidden as a whole
	look    look
	pending rune // what parts the next paragraph from the last
	deep    int  // tables around
}

// blocks reads the paragraphs, tables, lists and sections of a container.
func (f *flow) blocks(n *node) {
	for _, k := range n.Kids {
		f.block(k)
	}
}

func (f *flow) block(k *node) {
	r := f.r
	switch k.Name {
	case "":
	case "text:p", "text:h":
		f.para(k)
	case "table:table":
		f.table(k)
	case "text:tracked-changes":
		r.tracked(k)
	case "office:annotation", "officeooo:annotation":
		r.annotation(k)
	case "office:annotation-end", "text:soft-page-break", "office:dde-source", "text:change", "text:change-start", "text:change-end":
		r.drop[k] = true
	case "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:event-listeners", "text:dde-connection-decls", "text:alphabetical-index-auto-mark-file":
		r.declared(k)
	case "text:section":
		f.section(k)
	case "text:table-of-content", "text:alphabetical-index", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index", "text:bibliography":
		f.index(k)
	case "text:index-title":
		f.section(k)
		r.through[k] = true
	case "text:list":
		f.list(k)
	case "text:numbered-paragraph":
		r.through[k] = true
		f.blocks(k)
	default:
		switch prefix(k.Name) {
		case "draw", "dr3d":
			f.drawing(k)
		default:
			r.doom(k, "N03", "其他隐藏内容", document.RoleOther)
		}
	}
}

func prefix(name string) string {
	p, _, _ := strings.Cut(name, ":")
	return p
}

func (f *flow) list(n *node) {
	for _, k := range n.Kids {
		switch k.Name {
		case "text:list-item", "text:list-header":
			f.blocks(k)
		case "":
		case "text:number":
			f.r.number(k)
		default:
			f.r.doom(k, "N03", "其他隐藏内容", document.RoleOther)
		}
	}
}

// number leaves out the written form of a list number, which programs make anew.
func (r *reader) number(k *node) {
	r.drop[k] = true
	r.tell(k)
	if s := content(k); len([]rune(s)) > 12 {
		r.hide("N03", "其他隐藏内容", document.RoleOther, s)
	}
}

func (f *flow) section(n *node) {
	if s := n.Kid("text:section-source"); s != nil {
		f.r.hide("N05", "外部链接", document.RoleField, s.Attr("xlink:href"))
		f.r.drop[s] = true
	}
	if n.Attr("text:display") == "none" || n.Attr("text:is-hidden") == "true" {
		f.r.doom(n, "N03", "隐藏文字", document.RoleBody)
		return
	}
	if c := n.Attr("text:condition"); c != "" {
		f.r.hide("N03", "域代码", document.RoleField, c)
	}
	f.r.name("节名称", n.Attr("text:name"))
	if dde := n.Kid("office:dde-source"); dde != nil {
		f.r.drop[dde] = true
	}
	f.blocks(n)
}

// index reads the made part of a table of contents or another index.
func (f *flow) index(n *node) {
	f.r.through[n] = true
	for _, k := range n.Kids {
		if k.Name == "text:index-body" {
			f.r.through[k] = true
			f.blocks(k)
		} else if k.Name != "" {
			f.r.drop[k] = true
			f.r.tell(k)
		}
	}
}

// para reads one paragraph. One that a field hides is left out whole.
func (f *flow) para(p *node) {
	r := f.r
	for _, h := range p.All("text:hidden-paragraph") {
		if h.Attr("text:is-hidden") == "true" {
			r.doom(p, "N03", "隐藏文字", document.RoleBody)
			return
		}
	}
	l := r.cur.over(f.look, "paragraph", p.Attr("text:style-name"))
	if f.pending != 0 {
		f.t.AddSep(f.pending)
	}
	start := f.t.Len()
	f.inline(p, l, p)
	f.t.Lines = append(f.t.Lines, ooxml.Line{Span: document.Span{Start: start, End: f.t.Len()}, Node: p})
	f.pending = '\n'
}

// inline reads what stands in a paragraph or an element inside it.
func (f *flow) inline(n *node, l look, p *node) {
	for _, k := range n.Kids {
		if k.Name == "" {
			f.chars(k, l, p)
			continue
		}
		if !f.mark(k) && !f.field(k, l, p) {
			f.part(k, l, p)
		}
	}
}

// chars reads a text node.
func (f *flow) chars(k *node, l look, p *node) {
	if why := l.why(); why != "" {
		if strings.TrimSpace(k.Text) != "" {
			f.r.hidden.Add("N03", why, document.RoleBody, k.Text, p)
			f.r.removed.Add(why, 1)
		}
		f.r.said[k] = true
		return
	}
	f.r.visited[k] = true
	f.t.AddText(k)
}

// part reads an element of a paragraph that is neither a mark nor a field.
func (f *flow) part(k *node, l look, p *node) {
	r := f.r
	switch k.Name {
	case "text:tab":
		if f.deep > 0 {
			f.t.AddBreak(' ', k)
		} else {
			f.t.AddBreak('\t', k)
		}
	case "text:line-break":
		f.t.AddBreak('\n', k)
	case "text:span":
		f.inline(k, r.cur.over(l, "text", k.Attr("text:style-name")), p)
	case "text:a":
		r.hide("N05", "超链接", document.RoleField, k.Attr("xlink:href"))
		for _, a := range []string{"office:title", "office:name"} {
			r.hide("N05", "超链接", document.RoleField, k.Attr(a))
		}
		f.inline(k, l, p)
	case "text:ruby":
		for _, x := range k.Kids {
			switch x.Name {
			case "text:ruby-base":
				f.inline(x, l, p)
			case "text:ruby-text":
				if r.ruby.t.Len() > 0 {
					r.ruby.t.AddSep('\n')
				}
				r.ruby.inline(x, r.cur.over(f.look, "text", x.Attr("text:style-name")), p)
			}
		}
	case "text:note":
		r.noted = append(r.noted, noteBody(k)...)
		r.tellBut(k, "text:note-body")
	case "text:meta", "text:meta-field", "loext:content-control", "text:dropdown", "text:toc-mark-start":
		r.through[k] = true
		r.control(k)
		f.inline(k, l, p)
	case "table:table", "text:p", "text:h", "text:list": // not where they may stand
		r.doom(k, "N03", "其他隐藏内容", document.RoleOther)
	default:
		if pre := prefix(k.Name); pre == "draw" || pre == "dr3d" {
			r.queue = append(r.queue, k)
			return
		}
		r.doom(k, "N03", "其他隐藏内容", document.RoleOther)
	}
}

func noteBody(n *node) []*node {
	if b := n.Kid("text:note-body"); b != nil {
		return []*node{b}
	}
	return nil
}

// tellBut marks what an element holds as filed, but for one child.
func (r *reader) tellBut(n *node, but string) {
	for _, k := range n.Kids {
		if k.Name != but {
			r.tell(k)
		}
	}
}

// control files what the attributes of a content control say.
func (r *reader) control(k *node) {
	for _, a := range k.Attrs {
		switch a.Name {
		case "loext:alias", "loext:tag", "loext:id", "loext:data-binding-prefix-mappings", "loext:data-binding-xpath":
			r.name("内容控件", a.Value)
		}
	}
	for _, i := range k.All("loext:list-item") {
		r.hide("N03", "内容控件", document.RoleField, i.Attr("loext:display-text")+" "+i.Attr("loext:value"))
		r.drop[i] = true
	}
}

// mark reads elements that show nothing; false for any other.
func (f *flow) mark(k *node) bool {
	r := f.r
	switch k.Name {
	case "office:annotation", "officeooo:annotation":
		r.annotation(k)
	case "text:bookmark", "text:bookmark-start", "text:reference-mark", "text:reference-mark-start", "text:user-index-mark", "text:user-index-mark-start":
		r.name("书签", k.Attr("text:name"))
	case "text:toc-mark", "text:alphabetical-index-mark", "text:alphabetical-index-mark-start":
		for _, a := range []string{"text:string-value", "text:key1", "text:key2"} {
			r.hide("N03", "索引标记", document.RoleField, k.Attr(a))
		}
	case "field:fieldmark", "field:fieldmark-start":
		for _, p := range k.All("field:param") {
			if v := p.Attr("field:value"); !dullField.MatchString(v) {
				r.hide("N03", "域代码", document.RoleField, v)
			}
		}
	case "text:number":
		r.number(k)
	case "text:change", "text:change-start", "text:change-end", "office:annotation-end", "text:soft-page-break", "text:bookmark-end", "text:reference-mark-end",
		"text:toc-mark-end", "text:user-index-mark-end", "text:alphabetical-index-mark-end", "field:fieldmark-separator", "field:fieldmark-end", "text:hidden-paragraph", "text:script":
		r.hide("N03", "其他隐藏内容", document.RoleOther, content(k))
	default:
		return false
	}
	r.drop[k] = true
	r.tell(k)
	return true
}

// tracked reads deletions, and who has changed what.
func (r *reader) tracked(n *node) {
	r.drop[n] = true
	r.tell(n)
	walk(n, func(k *node) bool {
		switch k.Name {
		case "text:deletion":
			var b strings.Builder
			for _, c := range k.Kids {
				if c.Name != "office:change-info" {
					b.WriteString(content(c) + "\n")
				}
			}
			r.hide("N02", "修订删除", document.RoleRevision, b.String())
		case "office:change-info":
			if c := find(k, "dc:creator"); c != nil {
				r.hide("N02", "修订作者", document.RoleRevision, content(c))
			}
		}
		return true
	})
}

func (r *reader) annotation(n *node) {
	r.drop[n] = true
	r.tell(n)
	var b strings.Builder
	for _, k := range n.Kids {
		switch k.Name {
		case "dc:date", "meta:date-string", "meta:creator-initials", "loext:sender-initials":
		default:
			b.WriteString(content(k) + " ")
		}
	}
	r.hide("N02", "批注", document.RoleComment, b.String())
}

// usualSequence are the counters that every text document declares.
var usualSequence = map[string]bool{"Illustration": true, "Table": true, "Text": true, "Drawing": true, "Figure": true}

// declared reads declarations that hold values: variables, user fields, form controls.
func (r *reader) declared(n *node) {
	r.drop[n] = true
	r.tell(n)
	n.Walk(func(k *node) bool {
		for _, a := range []string{"office:string-value", "form:label", "form:value", "form:current-value", "form:title", "xlink:href", "office:dde-item", "office:dde-topic"} {
			if v := k.Attr(a); v != "" && !ooxml.SafeValue(v) {
				r.hide("N03", "变量与表单", document.RoleField, v)
			}
		}
		for _, a := range []string{"text:name", "form:name"} {
			if v := k.Attr(a); !usualSequence[v] {
				r.name("变量与表单", v)
			}
		}
		if k.Name == "" {
			r.hide("N03", "变量与表单", document.RoleField, k.Text)
		}
		return true
	})
}
