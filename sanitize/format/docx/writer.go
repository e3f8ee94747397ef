package docx

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// writer makes the new package from what the reader holds.
type writer struct {
	r         *reader
	b         *ooxml.Builder
	media     *ooxml.Media
	out       map[string]string // part read → part written
	hasStory  map[string]bool
	used      map[string]string // style id → new id, for styles that are used
	queue     []string
	styleMode bool
	cur       string
	bookmarks map[string]bool
	anchors   map[string]string
	placed    map[string]bool
	marks     map[string]string
	charts    map[string]string

	shapes, objects, placeholders, ownStyles int
}

const (
	typeBase = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	mainOut  = "word/document.xml"
)

func newWriter(r *reader) *writer {
	w := &writer{
		r: r, b: ooxml.NewBuilder(), out: map[string]string{r.main: mainOut}, hasStory: map[string]bool{}, used: map[string]string{},
		bookmarks: map[string]bool{}, anchors: map[string]string{}, placed: map[string]bool{}, marks: map[string]string{}, charts: map[string]string{},
	}
	w.media = ooxml.NewMedia(r.pkg, w.b, "word/media")
	w.b.SetMain(mainOut)
	return w
}

func (w *writer) write() ([]byte, error) {
	r := w.r
	r.joinParagraphs()
	w.nameParts()
	for _, s := range r.stories {
		if s.used {
			w.media.NoteCrops(s.root)
			w.seeBookmarks(s.root)
		}
	}
	w.settleFields()
	for _, s := range r.stories {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		w.story(s)
	}
	w.numbering()
	w.stylesPart()
	w.theme()
	w.settings()
	return w.b.Bytes()
}

// nameParts numbers the headers and footers that stay.
func (w *writer) nameParts() {
	n := map[string]int{}
	for _, s := range w.r.stories {
		switch s.kind {
		case "header", "footer":
			if s.used {
				n[s.kind]++
				w.out[s.name] = fmt.Sprintf("word/%s%d.xml", s.kind, n[s.kind])
			}
		case "footnotes", "endnotes":
			w.out[s.name] = "word/" + s.kind + ".xml"
			w.hasStory[s.kind] = true
		}
	}
}

func (w *writer) seeBookmarks(root *ooxml.Node) {
	root.Walk(func(k *ooxml.Node) bool {
		if w.r.drop[k] {
			return false
		}
		if k.Name == "w:bookmarkStart" && w.r.anchors[k.Attr("w:name")] {
			w.bookmarks[k.Attr("w:name")] = true
		}
		return true
	})
}

// settleFields writes the cleaned instructions; a reference to a bookmark that is
// not there becomes its result.
func (w *writer) settleFields() {
	for _, f := range w.r.kept {
		if f.anchor != "" && !w.bookmarks[f.anchor] {
			for _, n := range f.nodes {
				delete(w.r.instr, n)
			}
			continue
		}
		t := f.first.TextNode()
		f.first.Kids = []*ooxml.Node{t}
		t.Text = w.renamed(f.instr)
	}
}

func (w *writer) story(s *story) {
	name, ok := w.out[s.name]
	if !ok {
		return
	}
	w.cur = name
	c := w.cleaner(s.name, name)
	bg := s.root.Kid("w:background")
	root := ooxml.El(s.root.Name)
	if s.kind == "body" {
		body := s.root.Kid("w:body")
		c.Clean(body)
		mergeRuns(body)
		body.Attrs = nil
		if bg != nil && ooxml.SafeValue(bg.Attr("w:color")) && bg.Attr("w:color") != "" {
			root.Add(ooxml.El("w:background", "w:color", bg.Attr("w:color")))
		}
		root.Add(body)
	} else {
		c.Clean(s.root)
		mergeRuns(s.root)
		root.Add(s.root.Kids...)
	}
	if s.kind == "header" || s.kind == "footer" || s.kind == "footnotes" || s.kind == "endnotes" {
		w.fillEmpty(root)
	}
	typ := map[string]string{"body": "document.main+xml", "header": "header+xml", "footer": "footer+xml", "footnotes": "footnotes+xml", "endnotes": "endnotes+xml"}[s.kind]
	w.b.Add(name, typeBase+typ, ooxml.Encode(root, ""))
	if s.kind == "footnotes" || s.kind == "endnotes" {
		w.b.Rel(mainOut, s.kind, name)
	}
}

// fillEmpty gives containers without a paragraph one.
func (w *writer) fillEmpty(root *ooxml.Node) {
	for _, n := range append([]*ooxml.Node{root}, root.Kids...) {
		if (n.Name == "w:hdr" || n.Name == "w:ftr" || n.Name == "w:footnote" || n.Name == "w:endnote") && n.Find("w:p") == nil {
			n.Add(ooxml.El("w:p"))
		}
	}
}

// style gives the new id of a style and notes that it is used.
func (w *writer) style(id string) (string, bool) {
	if v, ok := w.used[id]; ok {
		return v, v != ""
	}
	st := w.r.styles.byID[id]
	if st == nil {
		w.used[id] = ""
		return "", false
	}
	v := id
	if !builtinStyle(st.Kid("w:name").Attr("w:val")) || !plainID.MatchString(id) {
		w.ownStyles++
		v = fmt.Sprintf("own%d", w.ownStyles)
	}
	w.used[id] = v
	w.queue = append(w.queue, id)
	return v, true
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9-]{1,28}$`)

// stylesPart writes the styles in use and what they rest on.
func (w *writer) stylesPart() {
	s := w.r.styles
	if s.root == nil {
		return
	}
	var defaults []string
	for _, id := range s.deflt {
		defaults = append(defaults, id)
	}
	sort.Strings(defaults)
	for _, id := range defaults {
		w.style(id)
	}
	const name = "word/styles.xml"
	w.styleMode, w.cur = true, name
	c := w.cleaner(s.part, name)
	root := ooxml.El("w:styles")
	if d := s.root.Kid("w:docDefaults"); d != nil {
		holder := ooxml.El("h").Add(d)
		c.Clean(holder)
		root.Add(holder.Kids...)
	}
	n := 0
	for len(w.queue) > 0 {
		id := w.queue[0]
		w.queue = w.queue[1:]
		st := s.byID[id]
		title := st.Kid("w:name").Attr("w:val")
		if !builtinStyle(title) {
			n++
			title = "样式 " + strconv.Itoa(n)
		}
		out := ooxml.El("w:style", "w:type", "paragraph", "w:styleId", w.used[id])
		if t := st.Attr("w:type"); t == "character" || t == "table" || t == "numbering" {
			out.SetAttr("w:type", t)
		}
		if s.deflt[st.Attr("w:type")] == id {
			out.SetAttr("w:default", "1")
		} else if !builtinStyle(title) {
			out.SetAttr("w:customStyle", "1")
		}
		out.Add(ooxml.El("w:name", "w:val", title))
		for _, k := range st.Kids {
			switch k.Name {
			case "w:next", "w:link":
				if v := w.used[k.Attr("w:val")]; v == "" {
					continue
				}
			case "w:basedOn":
				if _, ok := w.style(k.Attr("w:val")); !ok {
					continue
				}
			case "w:uiPriority", "w:semiHidden", "w:unhideWhenUsed", "w:qFormat", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr":
			default:
				continue
			}
			holder := ooxml.El("h").Add(k)
			c.Clean(holder)
			out.Add(holder.Kids...)
		}
		root.Add(out)
	}
	w.styleMode = false
	w.b.Add(name, typeBase+"styles+xml", ooxml.Encode(root, ""))
	w.b.Rel(mainOut, "styles", name)
}

func (w *writer) numbering() {
	rels := w.r.pkg.RelsOf(w.r.main, "numbering")
	if len(rels) == 0 {
		return
	}
	n, err := w.r.pkg.XML(rels[0].Target)
	if err != nil {
		return
	}
	const name = "word/numbering.xml"
	w.styleMode, w.cur = true, name
	c := w.cleaner(rels[0].Target, name)
	c.Clean(n)
	w.styleMode = false
	root := ooxml.El("w:numbering").Add(n.Kids...)
	w.b.Add(name, typeBase+"numbering+xml", ooxml.Encode(root, ""))
	w.b.Rel(mainOut, "numbering", name)
}

func (w *writer) theme() {
	rels := w.r.pkg.RelsOf(w.r.main, "theme")
	if len(rels) == 0 {
		return
	}
	if data := ooxml.CleanTheme(w.r.pkg, rels[0].Target); data != nil {
		w.b.Add("word/theme/theme1.xml", ooxml.ThemeType, data)
		w.b.Rel(mainOut, "theme", "word/theme/theme1.xml")
	}
}

// placeChart writes the chart that a drawing shows.
func (w *writer) placeChart(source, part string, n *ooxml.Node) bool {
	rel, ok := w.r.pkg.RelByID(source, n.Attr("r:id"))
	if !ok {
		return false
	}
	name, done := w.charts[rel.Target]
	if !done {
		for _, c := range w.r.charts {
			if c.Part == rel.Target {
				name = c.Write(w.r.pkg, w.b, w.media, "word/charts", len(w.charts)+1, nil)
				w.charts[rel.Target] = name
			}
		}
	}
	if name == "" {
		return false
	}
	n.Attrs = []ooxml.Attr{{Name: "r:id", Value: w.b.Rel(part, "chart", name)}}
	return true
}

// uncheckedOut lists what is in the copy and was read by nobody.
func (r *reader) uncheckedOut(w *writer) []document.Unchecked {
	var out []document.Unchecked
	if n := r.shown - w.media.Placeholders; n > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(n) + " 张未识别文字"})
	}
	if w.media.Placeholders > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(w.media.Placeholders) + " 张无法转换，已用占位图代替"})
	}
	return out
}
