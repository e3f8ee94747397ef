package odf

import (
	"strings"

	"jinggao/sanitize/document"
)

// hides are the reasons for which the styles of a document hide text.
type styles struct {
	text   map[string]string // style → why its text is not seen
	parent map[string]string
	sheet  map[string]bool // table styles that are not displayed
	row    map[string]bool
	ground map[string]bool // styles with a ground of their own
}

func readStyles(parts ...*node) *styles {
	s := &styles{text: map[string]string{}, parent: map[string]string{}, sheet: map[string]bool{}, row: map[string]bool{}, ground: map[string]bool{}}
	for _, p := range parts {
		if p == nil {
			continue
		}
		p.walk(func(n *node) bool {
			if n.name != "style:style" && n.name != "style:default-style" {
				return true
			}
			name := n.attr("style:name")
			s.parent[name] = n.attr("style:parent-style-name")
			if t := n.find("style:text-properties"); t != nil {
				if why := whyHidden(t); why != "" {
					s.text[name] = why
				}
			}
			if t := n.find("style:table-properties"); t != nil && t.attr("table:display") == "false" {
				s.sheet[name] = true
			}
			for _, k := range n.kids {
				if c := k.attr("fo:background-color"); c != "" && c != "transparent" && !whiteColour(c) {
					s.ground[name] = true
				}
			}
			return false
		})
	}
	return s
}

func whiteColour(c string) bool { return strings.EqualFold(c, "#ffffff") }

func whyHidden(t *node) string {
	switch size := t.attr("fo:font-size"); {
	case t.attr("text:display") == "none":
		return "隐藏文字"
	case size == "1pt" || size == "2pt" || size == "0pt" || size == "1.5pt":
		return "极小字"
	case whiteColour(t.attr("fo:color")) && t.attr("fo:background-color") == "":
		return "白色文字"
	}
	return ""
}

// why follows a style and its parents.
func (s *styles) why(name string) string {
	for range 20 {
		if name == "" {
			return ""
		}
		if s.ground[name] {
			return ""
		}
		if w := s.text[name]; w != "" {
			return w
		}
		name = s.parent[name]
	}
	return ""
}

// flow lays the text of a story out.
type flow struct {
	r     *reading
	text  []rune
	cells []document.Cell
	table int
	deep  int    // tables around
	why   string // what hides the text at hand
	hid   strings.Builder
	shade bool // the text stands on a ground of its own
}

func (f *flow) put(s string) {
	if f.why != "" && (f.why != "白色文字" || !f.shade) {
		f.hid.WriteString(s)
		return
	}
	f.text = append(f.text, []rune(s)...)
}

func (f *flow) endHidden(why string) {
	if f.hid.Len() > 0 {
		f.r.hide("N03", why, document.RoleBody, f.hid.String())
		f.hid.Reset()
	}
}

func (f *flow) newline() {
	if n := len(f.text); n > 0 && f.text[n-1] != '\n' {
		f.text = append(f.text, '\n')
	}
}

// blocks reads paragraphs, tables, lists and sections.
func (f *flow) blocks(n *node) {
	for _, k := range n.kids {
		switch k.name {
		case "text:p", "text:h":
			f.paragraph(k)
		case "table:table":
			f.tableOf(k)
		case "text:tracked-changes":
			f.r.tracked(k)
		case "office:annotation", "office:annotation-end":
			f.r.annotation(k)
		case "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:event-listeners":
			f.r.declared(k)
		case "text:section", "text:hidden-paragraph":
			if k.attr("text:display") == "none" || k.attr("text:is-hidden") == "true" {
				f.r.hide("N03", "隐藏文字", document.RoleBody, k.content())
				continue
			}
			f.blocks(k)
		case "text:index-title-template", "text:table-of-content-source", "text:alphabetical-index-source", "text:illustration-index-source":
		case "":
		default:
			f.inlineOrBlock(k)
		}
	}
}

func (f *flow) inlineOrBlock(k *node) {
	if strings.HasPrefix(k.name, "draw:") || strings.HasPrefix(k.name, "dr3d:") {
		f.drawing(k)
		return
	}
	f.blocks(k)
}

func (f *flow) paragraph(p *node) {
	if f.deep == 0 {
		f.newline()
	}
	start := len(f.text)
	old := f.why
	if w := f.r.styles.why(p.attr("text:style-name")); w != "" {
		f.why = w
	}
	shade := f.shade
	f.shade = f.shade || f.r.styles.ground[p.attr("text:style-name")]
	f.inline(p)
	f.endHidden(f.why)
	f.why, f.shade = old, shade
	if len(f.text) > start || f.deep == 0 {
		f.text = append(f.text, '\n')
	}
}

// spaces: breaks in the text of a part stand for spaces.
var spaces = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// inline reads what stands in a paragraph.
func (f *flow) inline(n *node) {
	for _, k := range n.kids {
		switch k.name {
		case "":
			f.put(spaces.Replace(k.text))
		case "text:s":
			f.put(strings.Repeat(" ", repeat(k.attr("text:c"), 1000)))
		case "text:tab":
			f.put(map[bool]string{true: " ", false: "\t"}[f.deep > 0])
		case "text:line-break":
			f.put("\n")
		case "text:span":
			f.span(k)
		case "text:a":
			f.r.hide("N05", "超链接", document.RoleField, k.attr("xlink:href"))
			f.inline(k)
		case "text:note":
			f.r.note(k)
		case "office:annotation":
			f.r.annotation(k)
		case "text:hidden-text":
			f.r.hide("N03", "隐藏文字", document.RoleBody, k.attr("text:string-value")+" "+k.content())
		case "text:conditional-text":
			f.r.hide("N03", "域代码", document.RoleField, k.attr("text:string-value-if-true")+" "+k.attr("text:string-value-if-false"))
			f.inline(k)
		case "text:bookmark", "text:bookmark-start", "text:reference-mark", "text:reference-mark-start":
			f.r.name("书签", k.attr("text:name"))
		case "text:ruby":
			f.inline(k)
		case "text:ruby-text":
			f.r.hide("N03", "拼音注音", document.RoleOther, k.content())
		case "text:change", "text:change-start", "text:change-end", "office:annotation-end", "text:soft-page-break", "text:bookmark-end":
		default:
			if strings.HasPrefix(k.name, "draw:") || strings.HasPrefix(k.name, "dr3d:") {
				f.drawing(k)
				continue
			}
			f.inline(k)
		}
	}
}

func (f *flow) span(k *node) {
	old, shade := f.why, f.shade
	name := k.attr("text:style-name")
	w := f.r.styles.why(name)
	f.shade = f.shade || f.r.styles.ground[name]
	if w != "" && f.why == "" {
		f.why = w
		f.inline(k)
		f.endHidden(w)
	} else {
		f.inline(k)
	}
	f.why, f.shade = old, shade
}

// drawing reads a shape: its text goes to the text boxes, its picture is counted.
func (f *flow) drawing(k *node) {
	f.r.shapeNames(k)
	switch k.name {
	case "draw:image":
		f.r.picture(k)
	case "draw:object", "draw:object-ole":
		f.r.object(k)
		return
	case "svg:title", "svg:desc":
		return
	}
	b := f.r.boxes
	if f.r.inSlide || f == b {
		b = f
	}
	for _, c := range k.kids {
		switch {
		case c.name == "text:p" || c.name == "text:h":
			b.paragraph(c)
		case c.name == "text:list" || c.name == "table:table":
			b.blocks(&node{kids: []*node{c}})
		case c.name != "":
			f.drawing(c)
		}
	}
}

// tableOf reads a table of a text or slide; a nested one becomes lines of its cell.
func (f *flow) tableOf(t *node) {
	if f.deep == 0 {
		f.newline()
	}
	table := f.table
	if f.deep == 0 {
		f.table++
	}
	f.deep++
	row := 0
	t.walk(func(n *node) bool {
		if n.name == "table:table" {
			return false
		}
		if n.name != "table:table-row" {
			return true
		}
		if v := n.attr("table:visibility"); v == "collapse" || v == "filter" {
			f.r.hide("N03", "隐藏行", document.RoleBody, n.content())
			return false
		}
		f.rowOf(n, table, row)
		row++
		return false
	})
	f.deep--
}

func (f *flow) rowOf(n *node, table, row int) {
	col, first := 0, true
	for _, c := range n.kids {
		if c.name != "table:table-cell" && c.name != "table:covered-table-cell" {
			continue
		}
		if !first && f.deep == 1 {
			f.text = append(f.text, '\t')
		}
		first = false
		start := len(f.text)
		shade := f.shade
		f.shade = f.shade || f.r.styles.ground[c.attr("table:style-name")]
		f.blocks(c)
		f.shade = shade
		for k := len(f.text); k > start && f.text[k-1] == '\n'; k-- {
			f.text = f.text[:k-1]
		}
		if f.deep == 1 && c.name == "table:table-cell" {
			f.cells = append(f.cells, document.Cell{Span: document.Span{Start: start, End: len(f.text)}, Table: table, Row: row, Col: col})
		}
		col += repeat(c.attr("table:number-columns-repeated"), 64)
		if f.deep > 1 {
			f.text = append(f.text, ' ')
		}
	}
	f.text = append(f.text, '\n')
}
