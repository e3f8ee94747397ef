package docx

import (
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// styles is word/styles.xml by style id.
type styles struct {
	part  string
	root  *ooxml.Node
	byID  map[string]*ooxml.Node
	deflt map[string]string // default style id by type
	docRP *ooxml.Node       // rPr of docDefaults
}

func (r *reader) readStyles() error {
	s := &styles{byID: map[string]*ooxml.Node{}, deflt: map[string]string{}}
	r.styles = s
	rels := r.pkg.RelsOf(r.main, "styles")
	if len(rels) == 0 {
		return nil
	}
	s.part = rels[0].Target
	root, err := r.pkg.XML(s.part)
	if err != nil {
		return err
	}
	r.seen[s.part] = true
	s.root = root
	s.docRP = root.At("w:docDefaults", "w:rPrDefault", "w:rPr")
	for _, k := range root.Kids {
		if k.Name != "w:style" {
			continue
		}
		id := k.Attr("w:styleId")
		if _, ok := s.byID[id]; !ok {
			s.byID[id] = k
		}
		if v := k.Attr("w:default"); v == "1" || v == "true" || v == "on" {
			s.deflt[k.Attr("w:type")] = id
		}
	}
	return nil
}

// lookup finds a run property of a style, following basedOn.
func (s *styles) lookup(id, prop string) *ooxml.Node {
	for range 20 {
		st := s.byID[id]
		if st == nil {
			return nil
		}
		if n := st.At("w:rPr", prop); n != nil {
			return n
		}
		id = st.Kid("w:basedOn").Attr("w:val")
	}
	return nil
}

// paraLookup finds a paragraph property of a style, following basedOn.
func (s *styles) paraLookup(id, prop string) *ooxml.Node {
	for range 20 {
		st := s.byID[id]
		if st == nil {
			return nil
		}
		if n := st.At("w:pPr", prop); n != nil {
			return n
		}
		id = st.Kid("w:basedOn").Attr("w:val")
	}
	return nil
}

// effective finds a run property: on the run, in its character style, in the
// paragraph's style, in the defaults.
func (r *reader) effective(rpr, p *ooxml.Node, prop string) *ooxml.Node {
	if n := rpr.Kid(prop); n != nil {
		return n
	}
	if id := rpr.Kid("w:rStyle").Attr("w:val"); id != "" {
		if n := r.styles.lookup(id, prop); n != nil {
			return n
		}
	}
	id := p.At("w:pPr", "w:pStyle").Attr("w:val")
	if id == "" {
		id = r.styles.deflt["paragraph"]
	}
	if n := r.styles.lookup(id, prop); n != nil {
		return n
	}
	return r.styles.docRP.Kid(prop)
}

// styleNames lists names of own styles, fonts and number formats: seen by
// whoever opens the lists, kept only where they are usual.
func (r *reader) styleNames() []string {
	var out []string
	for _, k := range r.styles.root.All("w:style") {
		for _, a := range []string{"w:name", "w:aliases"} {
			if v := k.Kid(a).Attr("w:val"); v != "" && !builtinStyle(v) {
				out = append(out, v)
			}
		}
	}
	return append(append(out, r.fontNames()...), r.listNames()...)
}

func (r *reader) fontNames() []string {
	var out []string
	for _, rel := range r.pkg.RelsOf(r.main, "fontTable") {
		r.seen[rel.Target] = true
		if n, err := r.pkg.XML(rel.Target); err == nil {
			for _, f := range n.All("w:font") {
				for _, v := range []string{f.Attr("w:name"), f.Kid("w:altName").Attr("w:val")} {
					if v != "" && ooxml.SafeFont(v) != v {
						out = append(out, v)
					}
				}
			}
		}
	}
	return out
}

func (r *reader) listNames() []string {
	var out []string
	for _, rel := range r.pkg.RelsOf(r.main, "numbering") {
		r.seen[rel.Target] = true
		if n, err := r.pkg.XML(rel.Target); err == nil {
			for _, f := range n.All("w:lvlText") {
				if v := f.Attr("w:val"); len([]rune(v)) > 6 {
					out = append(out, v)
				}
			}
			for _, name := range []string{"w:name", "w:styleLink", "w:numStyleLink"} {
				for _, f := range n.All(name) {
					if v := f.Attr("w:val"); v != "" && !ooxml.SafeValue(v) {
						out = append(out, v)
					}
				}
			}
		}
	}
	return out
}

func builtinStyle(name string) bool {
	n := strings.ToLower(strings.TrimSpace(name))
	if builtinStyles[n] {
		return true
	}
	for _, p := range []string{"heading ", "toc ", "index ", "list ", "list bullet ", "list number ", "list continue ", "body text ", "body text indent ", "body text first indent ", "table grid ", "table list ", "table web ", "table classic ", "table colorful ", "table columns ", "table simple ", "table subtle ", "table 3d effects ", "envelope ", "note heading"} {
		if rest, ok := strings.CutPrefix(n, p); ok && len(rest) <= 1 {
			return true
		}
	}
	for _, p := range []string{"light shading", "light list", "light grid", "medium shading 1", "medium shading 2", "medium list 1", "medium list 2", "medium grid 1", "medium grid 2", "medium grid 3", "dark list", "colorful shading", "colorful list", "colorful grid", "grid table 1 light", "grid table 2", "grid table 3", "grid table 4", "grid table 5 dark", "grid table 6 colorful", "grid table 7 colorful", "list table 1 light", "list table 2", "list table 3", "list table 4", "list table 5 dark", "list table 6 colorful", "list table 7 colorful", "plain table", "grid table light"} {
		if rest, ok := strings.CutPrefix(n, p); ok && (rest == "" || len(rest) == 2 || strings.HasPrefix(rest, " accent ") && len(rest) == 9 || strings.HasPrefix(rest, " - accent ") && len(rest) == 11 || strings.HasPrefix(rest, "-accent ") && len(rest) == 9) {
			return true
		}
	}
	return false
}

var builtinStyles = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Split(`normal|normal table|default paragraph font|no list|title|subtitle|strong|emphasis|header|footer|caption|hyperlink|followedhyperlink|list paragraph|table grid|no spacing|quote|intense quote|subtle emphasis|intense emphasis|subtle reference|intense reference|book title|toc heading|toa heading|body text|body text indent|body text first indent|block text|date|salutation|signature|closing|document map|plain text|balloon text|annotation text|annotation subject|annotation reference|footnote text|footnote reference|endnote text|endnote reference|page number|line number|normal (web)|normal indent|list|list bullet|list number|list continue|macro|table of figures|table of authorities|envelope address|envelope return|message header|note heading|e-mail signature|html top of form|html bottom of form|html acronym|html address|html cite|html code|html definition|html keyboard|html preformatted|html sample|html typewriter|html variable|outline list 1|outline list 2|outline list 3|placeholder text|revision|bibliography|table contemporary|table elegant|table professional|table theme|index heading|macro text|unresolved mention|mention|hashtag|smart hyperlink`, "|") {
		m[s] = true
	}
	return m
}()

// names files the names part and the bookmarks.
func (r *reader) namesPart() {
	if ns := r.styleNames(); len(ns) > 0 {
		r.extra = append(r.extra, document.Part{ID: "names", Label: "样式与字体名称", Role: document.RoleOther, Text: strings.Join(ns, "\n")})
	}
}
