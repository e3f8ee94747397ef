package docx

import (
	"strconv"
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

// background is what text stands on: an explicit fill, or one that cannot be
// worked out (table style, filled shape), on which no colour is called hidden.
type background struct {
	fill    string
	unknown bool
}

// hiding tells why a run is not to be seen, "" if it is.
func (r *reader) hiding(n, p *ooxml.Node) (rule, why string) {
	rpr := n.Kid("w:rPr")
	if on(r.effective(rpr, p, "w:vanish")) || on(rpr.Kid("w:webHidden")) && !r.tocLike() || on(rpr.Kid("w:specVanish")) {
		return "N03", "隐藏文字"
	}
	rule, why = r.faint(rpr, p)
	if why != "" && strings.TrimSpace(runText(n)) == "" {
		r.blank = append(r.blank, n)
		return "", ""
	}
	return rule, why
}

// faint tells why text of a run with these properties would not be seen though
// it is not marked as hidden, "" if it would.
func (r *reader) faint(rpr, p *ooxml.Node) (rule, why string) {
	if r.tiny(rpr, p) {
		return "N03", "极小字"
	}
	if v := r.effective(rpr, p, "w:position"); v != nil {
		if k, err := strconv.Atoi(v.Attr("w:val")); err == nil && (k > 1000 || k < -1000) {
			return "N03", "页面外文字"
		}
	}
	if transparent(rpr) {
		return "N03", "透明字"
	}
	return r.camouflage(rpr, p)
}

// tiny tells text of at most two points, or squeezed to nearly no width.
func (r *reader) tiny(rpr, p *ooxml.Node) bool {
	if v := r.effective(rpr, p, "w:sz"); v != nil {
		if k, err := strconv.ParseFloat(v.Attr("w:val"), 64); err == nil && k > 0 && k <= 4 {
			return true
		}
	}
	if v := r.effective(rpr, p, "w:w"); v != nil {
		if k, err := strconv.Atoi(strings.TrimSuffix(v.Attr("w:val"), "%")); err == nil && k > 0 && k <= 5 {
			return true
		}
	}
	return false
}

// transparent tells text whose fill lets everything through.
func transparent(rpr *ooxml.Node) bool {
	f := rpr.Kid("w14:textFill")
	if f == nil {
		return false
	}
	if a := f.Find("w14:alpha"); a != nil && len(a.Attr("w14:val")) >= 6 {
		return true
	}
	return f.Kid("w14:noFill") != nil && rpr.Kid("w14:textOutline").Find("w14:solidFill") == nil
}

// tocLike tells whether a kept field is open: its page numbers are marked as
// hidden on the web and are no secret.
func (r *reader) tocLike() bool {
	for _, f := range r.fields {
		if instr, _ := safeInstr(f.text); instr != "" {
			return true
		}
	}
	return false
}

// textColour is the colour of a run as six hex digits, "" where it is automatic.
func (r *reader) textColour(rpr, p *ooxml.Node) string {
	c := r.effective(rpr, p, "w:color")
	colour := strings.ToUpper(c.Attr("w:val"))
	if colour == "AUTO" || colour == "" {
		switch c.Attr("w:themeColor") {
		case "background1", "light1", "bg1":
			if !c.HasAttr("w:themeShade") {
				return "FFFFFF"
			}
		}
		return ""
	}
	return colour
}

// behind is what a run stands on: highlight, shading of run and paragraph, cell or shape.
func (r *reader) behind(rpr, p *ooxml.Node) background {
	if h := r.effective(rpr, p, "w:highlight"); h != nil {
		if c := highlightColours[h.Attr("w:val")]; c != "" {
			return background{fill: c}
		}
	}
	if c := shadeOf(r.effective(rpr, p, "w:shd")); c != "" {
		return background{fill: c}
	}
	if c := r.paraShade(p); c != "" {
		return background{fill: c}
	}
	if len(r.shade) > 0 {
		return r.shade[len(r.shade)-1]
	}
	return background{}
}

// camouflage compares the colour of a run with what it stands on.
func (r *reader) camouflage(rpr, p *ooxml.Node) (rule, why string) {
	colour, bg := r.textColour(rpr, p), r.behind(rpr, p)
	if h := r.effective(rpr, p, "w:highlight"); h.Attr("w:val") == "black" && (colour == "" || darkColour(colour)) {
		return "N08", "黑色遮盖文字"
	}
	switch {
	case len(colour) != 6 || bg.unknown || bg.fill == "" && r.pageDark:
		return "", ""
	case bg.fill == "" || whiteColour(bg.fill):
		if whiteColour(colour) {
			return "N03", "白色文字"
		}
	case near(colour, bg.fill):
		if darkColour(colour) {
			return "N08", "黑色遮盖文字"
		}
		return "N03", "与底色相同的文字"
	}
	return "", ""
}

func (r *reader) paraShade(p *ooxml.Node) string {
	if s := shadeOf(p.At("w:pPr", "w:shd")); s != "" {
		return s
	}
	id := p.At("w:pPr", "w:pStyle").Attr("w:val")
	if id == "" {
		id = r.styles.deflt["paragraph"]
	}
	return shadeOf(r.styles.paraLookup(id, "w:shd"))
}

// tableShade tells what the text of a table stands on before its cells say more.
func (r *reader) tableShade(pr *ooxml.Node) background {
	if s := shadeOf(pr.Kid("w:shd")); s != "" {
		return background{fill: s}
	}
	id := pr.Kid("w:tblStyle").Attr("w:val")
	for range 20 {
		st := r.styles.byID[id]
		if st == nil {
			break
		}
		coloured := false
		st.Walk(func(k *ooxml.Node) bool {
			if k.Name == "w:shd" {
				if f := shadeOf(k); f != "" && !whiteColour(f) {
					coloured = true
				}
			}
			return !coloured
		})
		if coloured {
			return background{unknown: true}
		}
		id = st.Kid("w:basedOn").Attr("w:val")
	}
	if len(r.shade) > 0 {
		return r.shade[len(r.shade)-1]
	}
	return background{}
}

var highlightColours = map[string]string{
	"black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
	"blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
	"darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}

// shadeOf gives the colour of a w:shd, "" if it has none of its own.
func shadeOf(n *ooxml.Node) string {
	if n == nil {
		return ""
	}
	f := strings.ToUpper(n.Attr("w:fill"))
	if n.Attr("w:val") == "solid" {
		f = strings.ToUpper(n.Attr("w:color"))
		if f == "AUTO" || f == "" {
			f = "000000"
		}
	}
	if len(f) != 6 {
		return ""
	}
	return f
}

func rgb(s string) (c [3]int, ok bool) {
	s = strings.TrimPrefix(s, "#")
	if len(s) != 6 {
		return c, false
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return c, false
	}
	return [3]int{int(v >> 16), int(v >> 8 & 255), int(v & 255)}, true
}

func whiteColour(s string) bool {
	c, ok := rgb(s)
	return ok && c[0] >= 0xf0 && c[1] >= 0xf0 && c[2] >= 0xf0
}

func darkColour(s string) bool {
	c, ok := rgb(s)
	return ok && c[0]+c[1]+c[2] < 0x90
}

func near(a, b string) bool {
	x, ok1 := rgb(a)
	y, ok2 := rgb(b)
	if !ok1 || !ok2 {
		return false
	}
	d := 0
	for i := range x {
		d += max(x[i]-y[i], y[i]-x[i])
	}
	return d <= 24
}

func runText(n *ooxml.Node) string {
	var b strings.Builder
	for _, k := range n.Kids {
		if k.Name == "w:t" || k.Name == "w:sym" || k.Name == "w:ruby" {
			b.WriteString(k.Content())
			if k.Name != "w:t" {
				b.WriteByte('x')
			}
		}
	}
	return b.String()
}

// offPage tells frames that stand outside any page.
func offPage(n *ooxml.Node) bool {
	for _, a := range []string{"w:x", "w:y"} {
		if v, err := strconv.Atoi(n.Attr(a)); err == nil && (v < -8000 || v > 40000) {
			return true
		}
	}
	return false
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
