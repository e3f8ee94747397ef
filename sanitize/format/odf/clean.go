package odf

import (
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// kept are the elements that a copy may hold.
var kept = set(`office:document-content office:document-styles office:font-face-decls office:automatic-styles office:styles office:master-styles office:body office:text office:spreadsheet office:presentation
	style:font-face style:style style:default-style style:text-properties style:paragraph-properties style:section-properties style:ruby-properties style:table-properties style:table-column-properties
	style:table-row-properties style:table-cell-properties style:graphic-properties style:drawing-page-properties style:tab-stops style:tab-stop style:drop-cap style:columns style:column style:column-sep
	style:page-layout style:default-page-layout style:page-layout-properties style:header-style style:footer-style style:header-footer-properties style:footnote-sep style:master-page
	style:header style:header-left style:header-first style:footer style:footer-left style:footer-first style:region-left style:region-center style:region-right
	style:list-level-properties style:list-level-label-alignment
	text:list-style text:list-level-style-number text:list-level-style-bullet text:outline-style text:outline-level-style text:notes-configuration
	text:p text:h text:span text:a text:list text:list-item text:list-header text:section text:tab text:line-break text:note text:note-citation text:note-body text:ruby text:ruby-base text:ruby-text
	text:page-number text:page-count text:sheet-name
	table:table table:table-columns table:table-header-columns table:table-column-group table:table-column table:table-rows table:table-header-rows table:table-row-group table:table-row table:table-cell table:covered-table-cell table:shapes
	draw:page draw:frame draw:text-box draw:rect draw:line draw:polyline draw:polygon draw:regular-polygon draw:path draw:circle draw:ellipse draw:connector draw:caption draw:measure draw:g
	draw:custom-shape draw:enhanced-geometry draw:equation draw:gradient draw:hatch draw:marker draw:stroke-dash draw:opacity
	presentation:footer presentation:header presentation:date-time presentation:footer-decl presentation:header-decl presentation:date-time-decl
	number:number-style number:currency-style number:percentage-style number:date-style number:time-style number:boolean-style number:text-style number:number number:scientific-number number:fraction
	number:text number:text-content number:currency-symbol number:day number:month number:year number:era number:day-of-week number:week-of-year number:quarter number:hours number:minutes number:seconds
	number:am-pm number:boolean number:embedded-text number:fill-character style:map`)

// into copies an element to its place in the copy: what the list does not name is
// left out with all it holds, and text comes along only if it was read as visible.
func (w *writer) into(up, k *node) {
	r := w.r
	if r.drop[k] || k.Name == "-" {
		return
	}
	if k.Name == "" {
		w.chars(up, k)
		return
	}
	if f := w.special[k.Name]; f != nil {
		f(up, k)
		return
	}
	if r.through[k] {
		w.kids(up, k)
		return
	}
	if kept[k.Name] {
		w.keep(up, k)
	}
}

func (w *writer) kids(up, k *node) {
	for _, c := range k.Kids {
		w.into(up, c)
	}
}

// keep copies an element with its attributes and what it holds.
func (w *writer) keep(up, k *node) *node {
	n := &node{Name: k.Name}
	w.attrs(n, k)
	up.Add(n)
	w.kids(n, k)
	return n
}

// attrs copies the attributes that may stay.
func (w *writer) attrs(n, k *node) {
	for _, a := range k.Attrs {
		if rel := relTo[a.Name]; rel != "" && w.cur.prop("graphic", k.Attr("draw:style-name"), "graphic", rel) != "" {
			continue // a share of something else than the format means; the plain size stands beside it
		}
		if refAttrs[a.Name] {
			if v := w.names.of(a.Value); v != "" || a.Name == "style:list-style-name" {
				n.SetAttr(a.Name, v)
			}
			continue
		}
		if v, ok := safe(k.Name, a.Name, a.Value); ok {
			n.SetAttr(a.Name, v)
		}
	}
}

// relTo are the attributes that say of what a size is a share.
var relTo = map[string]string{"style:rel-width": "loext:rel-width-rel", "style:rel-height": "loext:rel-height-rel"}

// chars copies text: blanks in a row, tabs and line ends as the elements that stand for them.
func (w *writer) chars(up, k *node) {
	if formatText[up.Name] {
		if formatSigns.MatchString(k.Text) {
			up.Add(ooxml.Txt(k.Text))
		}
		return
	}
	if !w.r.visited[k] {
		return
	}
	var b strings.Builder
	blanks := 0
	flush := func() {
		if b.Len() > 0 {
			up.Add(ooxml.Txt(b.String()))
			b.Reset()
		}
	}
	spaces := func() {
		if blanks == 0 {
			return
		}
		flush()
		s := &node{Name: "text:s"}
		if blanks > 1 {
			s.SetAttr("text:c", strconv.Itoa(blanks))
		}
		up.Add(s)
		blanks = 0
	}
	text := []rune(k.Text)
	for i, c := range text {
		switch c {
		case ' ':
			if i == 0 || i == len(text)-1 || text[i-1] == ' ' || text[i-1] == '\t' || text[i-1] == '\n' {
				blanks++
				continue
			}
			b.WriteByte(' ')
		case '\t', '\n':
			spaces()
			flush()
			up.Add(&node{Name: map[rune]string{'\t': "text:tab", '\n': "text:line-break"}[c]})
		case '\r':
		default:
			spaces()
			b.WriteRune(c)
		}
	}
	spaces()
	flush()
}

// formatText are elements of data styles that hold text of their own.
var formatText = map[string]bool{"number:text": true, "number:currency-symbol": true, "number:embedded-text": true, "number:fill-character": true}

// specials are the elements that take more than the list.
func (w *writer) specials() map[string]func(up, k *node) {
	return map[string]func(up, k *node){
		"text:t": w.kids, // what an edit has put in the place of a break
		"text:a": func(up, k *node) { // the link goes, what it looks like stays
			n := &node{Name: "text:span"}
			if v := k.Attr("text:style-name"); v != "" {
				n.SetAttr("text:style-name", w.names.of(v))
			}
			up.Add(n)
			w.kids(n, k)
		},
		"text:page-number": w.live, "text:page-count": w.live, "text:sheet-name": w.live,
		"presentation:footer": w.live, "presentation:header": w.live, "presentation:date-time": w.live,
		"text:note":              w.note,
		"text:list":              w.list,
		"text:section":           w.section,
		"table:table":            w.table,
		"table:table-cell":       w.cell,
		"draw:frame":             w.frame,
		"draw:page":              w.page,
		"draw:fill-image":        w.fillImage,
		"draw:equation":          w.equation,
		"draw:enhanced-geometry": w.geometry,
		"draw:gradient":          w.named, "draw:hatch": w.named, "draw:marker": w.named, "draw:stroke-dash": w.named, "draw:opacity": w.named,
		"style:font-face":       w.fontFace,
		"style:text-properties": w.textProperties,
		"style:style":           w.style, "text:list-style": w.style,
		"loext:graphic-properties": func(up, k *node) { // how cells of slides are filled
			if up.Attr("style:family") == "table-cell" {
				c := *k
				c.Name = "style:graphic-properties"
				w.keep(up, &c)
			}
		},
		"style:map": func(up, k *node) {
			if strings.HasPrefix(up.Name, "number:") && ofNumber.MatchString(k.Attr("style:condition")) {
				w.keep(up, k)
			}
		},
		"style:default-style": func(up, k *node) { w.keep(up, k) },
		"office:styles":       w.styles, "office:automatic-styles": w.styles,
	}
}

// live copies a field that changes from page to page, unless an edit has touched it.
func (w *writer) live(up, k *node) {
	if was := w.r.live[k]; was != "" && was != k.Content() {
		w.kids(up, k)
		return
	}
	n := &node{Name: k.Name}
	w.attrs(n, k)
	up.Add(n)
	if was := w.r.live[k]; was != "" {
		w.kids(n, k)
	}
}

// note copies a footnote or endnote; a sign of its own stays if it is short.
func (w *writer) note(up, k *node) {
	w.notes++
	n := &node{Name: "text:note"}
	n.SetAttr("text:id", "n"+strconv.Itoa(w.notes))
	w.attrs(n, k)
	cite := &node{Name: "text:note-citation"}
	label := strconv.Itoa(w.notes)
	if l := k.Kid("text:note-citation").Attr("text:label"); l != "" && len([]rune(l)) <= 2 && !hasHan(l) {
		cite.SetAttr("text:label", l)
		label = l
	}
	cite.Add(ooxml.Txt(label))
	body := &node{Name: "text:note-body"}
	if b := k.Kid("text:note-body"); b != nil {
		w.kids(body, b)
	}
	if len(body.Kids) == 0 {
		body.Add(&node{Name: "text:p"})
	}
	up.Add(n.Add(cite, body))
}

// list copies a list with the link to the one that it continues.
func (w *writer) list(up, k *node) {
	n := &node{Name: "text:list"}
	w.attrs(n, k)
	if v := k.Attr("xml:id"); v != "" {
		n.SetAttr("xml:id", "l"+w.lists.of(v)[1:])
	}
	if v := k.Attr("text:continue-list"); v != "" {
		n.SetAttr("text:continue-list", "l"+w.lists.of(v)[1:])
	}
	w.kids(n, k)
	kids := n.Kids[:0]
	for _, i := range n.Kids { // an item that held only what has gone
		if len(i.Kids) > 0 {
			kids = append(kids, i)
		}
	}
	if n.Kids = kids; len(kids) > 0 {
		up.Add(n)
	}
}

func (w *writer) section(up, k *node) {
	w.sections++
	n := &node{Name: "text:section"}
	w.attrs(n, k)
	n.SetAttr("text:name", "section"+strconv.Itoa(w.sections))
	w.kids(n, k)
	if len(n.Kids) > 0 {
		up.Add(n)
	}
}

// named copies a definition that drawings refer to by name.
func (w *writer) named(up, k *node) {
	n := &node{Name: k.Name}
	w.attrs(n, k)
	n.SetAttr("draw:name", w.names.of(k.Attr("draw:name")))
	up.Add(n)
}

// geometry copies the outline of a shape. Where a program keeps the size of the
// outline in an attribute of its own, the usual one gets it.
func (w *writer) geometry(up, k *node) {
	n := w.keep(up, k)
	size := strings.Fields(k.Attr("drawooo:sub-view-size"))
	if k.Attr("svg:viewBox") != "0 0 0 0" || len(size) != 2 {
		return
	}
	if box := "0 0 " + size[0] + " " + size[1]; path.MatchString(box) {
		n.SetAttr("svg:viewBox", box)
		n.SetAttr("draw:text-areas", box)
	}
}

func (w *writer) equation(up, k *node) {
	n := &node{Name: k.Name}
	v, ok := safe(k.Name, "draw:formula", k.Attr("draw:formula"))
	if name := k.Attr("draw:name"); ok && equationName.MatchString(name) {
		n.SetAttr("draw:name", name)
		n.SetAttr("draw:formula", v)
		up.Add(n)
	}
}

func (w *writer) fontFace(up, k *node) {
	n := &node{Name: k.Name}
	w.attrs(n, k)
	if v := k.Attr("svg:font-family"); v != "" {
		n.SetAttr("svg:font-family", fontFamily(v))
	}
	up.Add(n)
}

func (w *writer) textProperties(up, k *node) {
	n := w.keep(up, k)
	for _, a := range []string{"fo:font-family", "style:font-family-asian", "style:font-family-complex"} {
		if v := k.Attr(a); v != "" {
			n.SetAttr(a, fontFamily(v))
		}
	}
}

// style copies a style under its new name.
func (w *writer) style(up, k *node) {
	n := w.keep(up, k)
	if name := k.Attr("style:name"); builtin.MatchString(name) && strings.Contains(name, "_20_") {
		n.SetAttr("style:display-name", strings.ReplaceAll(name, "_20_", " "))
	}
}

// styles copies the styles of a part; data styles with words of their own stay behind.
func (w *writer) styles(up, k *node) {
	n := &node{Name: k.Name}
	up.Add(n)
	for _, c := range k.Kids {
		if strings.HasPrefix(c.Name, "number:") && !w.r.formats[c.Attr("style:name")] {
			continue
		}
		w.into(n, c)
	}
}
