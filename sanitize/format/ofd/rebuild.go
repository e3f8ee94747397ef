package ofd

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Mask is what stands in the place of every treated character. The number of
// characters stays, so that their positions stay valid.
const Mask = '＊'

// Rebuild writes a clean package. Edits address parts as Read gives them. The
// treated characters become Mask one by one, whatever the text of the edit;
// fonts that showed them are no longer embedded, because a subset tells which
// characters there were. It returns a *document.Refusal where the file cannot be
// read, a page is made of glyph numbers only, or the plan does not fit.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	f, err := load(src)
	if err != nil {
		return nil, err
	}
	b := &building{f: f, files: map[string][]byte{}, fonts: map[*font]bool{}, drop: map[*etree.Element]bool{}, masked: map[*etree.Element]map[int]bool{}}
	n := 0
	for _, d := range f.documents {
		for _, g := range d.pages {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			n++
			if err := b.plan(d, g, n, plan); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range plan.Edits {
		if !strings.HasPrefix(e.Part, "page/") {
			b.done++ // nothing outside the pages is carried over
		}
	}
	if b.done != len(plan.Edits) {
		return nil, &document.Refusal{What: "处理方案与 OFD 文件不符", Why: "方案中的部分位置在文件中不存在", Do: "请重新扫描该文件"}
	}
	b.mask()
	b.write()
	out := &document.Rebuilt{Kind: "ofd", Ext: ".ofd", Data: b.zip(), Unchecked: b.unchecked}
	if b.pictures > 0 {
		out.Unchecked = append(out.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字，已保留", b.pictures)})
	}
	out.Removed = b.removed(ctx, src)
	return out, nil
}

type building struct {
	f         *file
	files     map[string][]byte
	done      int
	pictures  int
	fonts     map[*font]bool // fonts that may not be embedded any more
	drop      map[*etree.Element]bool
	masked    map[*etree.Element]map[int]bool // TextCode → runes
	unchecked []document.Unchecked
}

// plan turns the edits of one page into runes to be masked, and its hidden objects into objects to be dropped.
func (b *building) plan(d *doc, g *page, n int, plan document.Plan) error {
	c, how, layers := d.layers(g)
	b.pictures += len(c.pictures)
	r := reading{f: b.f, d: &document.Document{}}
	r.notice(c, layers[shown].text, n)
	b.unchecked = append(b.unchecked, r.d.Unchecked...)
	b.unseen(d, c, how)
	b.edits(d, c, layers, n, plan)
	for _, x := range plan.Boxes {
		if x.Page == n {
			return &document.Refusal{What: "OFD 文件不支持手工画框", Do: "请改用文字处理方式，或转为 PDF 后再处理"}
		}
	}
	return nil
}

// unseen drops the objects of which nothing is seen, and masks what is hidden in others.
func (b *building) unseen(d *doc, c *canvas, how []concealment) {
	seen := map[*etree.Element]bool{}
	for i := range c.glyphs {
		seen[c.glyphs[i].object] = seen[c.glyphs[i].object] || how[i] == shown
	}
	for i := range c.glyphs {
		switch o := &c.glyphs[i]; {
		case !seen[o.object]:
			b.drop[o.object] = true
		case how[i] != shown:
			b.hide(d, o)
		}
	}
}

func (b *building) edits(d *doc, c *canvas, layers [concealments]arranged, n int, plan document.Plan) {
	for _, e := range plan.Edits {
		for k := range concealments {
			if e.Part != partID(n, k) || e.Start < 0 || e.Start >= e.End || e.End > len(layers[k].text) {
				continue
			}
			b.done++
			start, end := scope(e, layers[k].text)
			for i := start; i < end; i++ {
				if at := layers[k].from[i]; at >= 0 {
					b.hide(d, &c.glyphs[at])
				}
			}
		}
	}
}

func (b *building) hide(d *doc, g *glyph) {
	if b.masked[g.code] == nil {
		b.masked[g.code] = map[int]bool{}
	}
	b.masked[g.code][g.index] = true
	if f := d.fonts[attr(g.object, "Font")]; f != nil {
		b.fonts[f] = true
	}
}

// scope widens an edit to its whole line for paragraphs and rows.
func scope(e document.Edit, text []rune) (start, end int) {
	start, end = e.Start, e.End
	if e.Scope == document.ScopeParagraph || e.Scope == document.ScopeRow {
		for start > 0 && text[start-1] != '\n' {
			start--
		}
		for end < len(text) && text[end] != '\n' {
			end++
		}
	}
	return start, end
}

// mask changes the TextCodes.
func (b *building) mask() {
	for code, at := range b.masked {
		runes := []rune(text(code))
		for i := range at {
			if i < len(runes) {
				runes[i] = Mask
			}
		}
		code.SetText(string(runes))
	}
}

// The names of parts in the output say nothing.
const root = "Doc_%d/"

func (b *building) write() {
	top := newRoot("OFD")
	top.CreateAttr("Version", "1.1")
	top.CreateAttr("DocType", "OFD")
	for i, d := range b.f.documents {
		w := writer{b: b, d: d, dir: fmt.Sprintf(root, i)}
		body := top.CreateElement("ofd:DocBody")
		info := body.CreateElement("ofd:DocInfo")
		info.CreateElement("ofd:DocID").SetText(fmt.Sprintf("%032d", i))
		body.CreateElement("ofd:DocRoot").SetText(w.dir + "Document.xml")
		w.document()
	}
	b.files["OFD.xml"] = bytesOf(top)
}

func newRoot(name string) *etree.Element {
	e := etree.NewElement("ofd:" + name)
	e.CreateAttr("xmlns:ofd", "http://www.ofdspec.org/2016")
	return e
}

func bytesOf(e *etree.Element) []byte {
	d := etree.NewDocument()
	d.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	d.SetRoot(e)
	out, _ := d.WriteToBytes() // a buffer does not fail
	return out
}

// writer writes one document of the package.
type writer struct {
	b   *building
	d   *doc
	dir string
}

func (w *writer) document() {
	e := newRoot("Document")
	common := e.CreateElement("ofd:CommonData")
	common.CreateElement("ofd:MaxUnitID").SetText("1000000")
	if area := kid(kid(w.d.root, "CommonData"), "PageArea"); area != nil {
		if c := w.copy(area); c != nil {
			common.AddChild(c)
		}
	}
	common.CreateElement("ofd:PublicRes").SetText("PublicRes.xml")
	w.resources()
	for i, id := range sortedKeys(w.d.templates) {
		t := w.d.templates[id]
		at := fmt.Sprintf("Tpls/Tpl_%d/Content.xml", i)
		p := common.CreateElement("ofd:TemplatePage")
		p.CreateAttr("ID", safe(id))
		p.CreateAttr("BaseLoc", at)
		w.content(at, t.root)
	}
	pages := e.CreateElement("ofd:Pages")
	for i, g := range w.d.pages {
		at := fmt.Sprintf("Pages/Page_%d/Content.xml", i)
		p := pages.CreateElement("ofd:Page")
		p.CreateAttr("ID", safe(g.id))
		p.CreateAttr("BaseLoc", at)
		w.content(at, g.root)
	}
	w.b.files[w.dir+"Document.xml"] = bytesOf(e)
}

func (w *writer) content(at string, from *etree.Element) {
	e := newRoot("Page")
	if from != nil {
		for _, c := range from.ChildElements() {
			if k := w.copy(c); k != nil {
				e.AddChild(k)
			}
		}
	}
	w.b.files[w.dir+at] = bytesOf(e)
}

// resources writes one resource part: colour spaces, draw parameters, fonts,
// pictures and composite objects that the document has.
func (w *writer) resources() {
	e := newRoot("Res")
	e.CreateAttr("BaseLoc", "Res")
	w.group(e, "ColorSpaces", w.colourSpaces())
	w.group(e, "DrawParams", values(w.d.paints))
	fonts := e.CreateElement("ofd:Fonts")
	for i, id := range sortedKeys(w.d.fonts) {
		f := w.d.fonts[id]
		c := fonts.CreateElement("ofd:Font")
		c.CreateAttr("ID", safe(id))
		name := ooxml.SafeFont(plainFont(attr(f.element, "FontName")))
		c.CreateAttr("FontName", name)
		c.CreateAttr("FamilyName", name)
		if data := w.b.f.p.parts[f.file]; f.file != "" && !w.b.fonts[f] && isFont(data) {
			at := fmt.Sprintf("font_%d%s", i, fontExt(data))
			c.CreateElement("ofd:FontFile").SetText(at)
			w.b.files[w.dir+"Res/"+at] = data
		}
	}
	media := e.CreateElement("ofd:MultiMedias")
	for i, id := range sortedKeys(w.d.media) {
		w.picture(media, w.d.media[id], i, id)
	}
	w.group(e, "CompositeGraphicUnits", values(w.d.composite))
	w.b.files[w.dir+"PublicRes.xml"] = bytesOf(e)
}

func (w *writer) picture(media *etree.Element, m *media, i int, id string) {
	data := w.b.f.p.parts[m.file]
	if m.kind != "Image" || len(data) == 0 || !w.used(id) {
		return
	}
	ext := "jb2"
	if !isJBIG2(data) {
		p := ooxml.Reencode(data, ooxml.Crop{})
		if p.Placeholder {
			w.b.unchecked = append(w.b.unchecked, document.Unchecked{Kind: "picture", Message: "图片 1 张无法解码，已以灰色图块代替"})
		}
		data, ext = p.Data, p.Ext
	}
	at := fmt.Sprintf("image_%d.%s", i, ext)
	c := media.CreateElement("ofd:MultiMedia")
	c.CreateAttr("ID", safe(id))
	c.CreateAttr("Type", "Image")
	c.CreateAttr("Format", strings.ToUpper(ext))
	c.CreateElement("ofd:MediaFile").SetText(at)
	w.b.files[w.dir+"Res/"+at] = data
}

// used tells whether a page or template draws the picture; others are not carried over.
func (w *writer) used(id string) bool {
	for _, g := range w.d.pages {
		for _, p := range w.d.draw(g).pictures {
			if p == id {
				return true
			}
		}
	}
	return false
}

func isJBIG2(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0x97, 'J', 'B', '2', 0x0D, 0x0A, 0x1A, 0x0A})
}

func isFont(b []byte) bool { return fontExt(b) != "" }

func fontExt(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0, 1, 0, 0}), bytes.HasPrefix(b, []byte("true")), bytes.HasPrefix(b, []byte("ttcf")):
		return ".ttf"
	case bytes.HasPrefix(b, []byte("OTTO")):
		return ".otf"
	}
	return ""
}

// plainFont takes the subset mark off a font name.
func plainFont(s string) string {
	if len(s) > 7 && s[6] == '+' {
		return s[7:]
	}
	return s
}

func values[T any](m map[string]T) []T {
	var out []T
	for _, k := range sortedKeys(m) {
		out = append(out, m[k])
	}
	return out
}

func (w *writer) group(to *etree.Element, name string, list []*etree.Element) {
	g := etree.NewElement("ofd:" + name)
	for _, e := range list {
		if c := w.copy(e); c != nil {
			g.AddChild(c)
		}
	}
	if len(g.ChildElements()) > 0 {
		to.AddChild(g)
	}
}

// colourSpaces collects the colour spaces of the reached resource parts.
func (w *writer) colourSpaces() []*etree.Element {
	var out []*etree.Element
	seen := map[string]bool{}
	for _, name := range w.b.f.p.names {
		t := w.b.f.p.trees[name]
		if t == nil || t.Tag != "Res" {
			continue
		}
		for _, e := range kids(kid(t, "ColorSpaces"), "ColorSpace") {
			if id := attr(e, "ID"); !seen[id] {
				seen[id] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// zip writes the parts in order, without dates.
func (b *building) zip() []byte {
	names := sortedKeys(b.files)
	sort.SliceStable(names, func(i, j int) bool { return names[i] == "OFD.xml" && names[j] != "OFD.xml" })
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, n := range names {
		f, err := z.CreateHeader(&zip.FileHeader{Name: n, Method: zip.Deflate})
		if err == nil {
			_, err = f.Write(b.files[n])
		}
		if err != nil { // a buffer does not fail
			panic(err)
		}
	}
	_ = z.Close()
	return out.Bytes()
}

// removed counts what of the original is not in the copy.
func (b *building) removed(ctx context.Context, src document.Source) []document.Removal {
	d, err := Read(ctx, src)
	if err != nil {
		return nil
	}
	count := map[string]int{}
	var kinds []string
	for _, p := range d.Parts {
		if p.Hidden == nil {
			continue
		}
		if count[p.Hidden.Kind] == 0 {
			kinds = append(kinds, p.Hidden.Kind)
		}
		count[p.Hidden.Kind] += strings.Count(p.Text, "\n") + 1
	}
	var out []document.Removal
	for _, k := range kinds {
		out = append(out, document.Removal{Kind: k, Count: count[k]})
	}
	n := 0
	for f := range b.fonts {
		if f.file != "" {
			n++
		}
	}
	if n > 0 {
		out = append(out, document.Removal{Kind: "嵌入字体", Count: n})
	}
	return out
}
