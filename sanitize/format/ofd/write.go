package ofd

import (
	"archive/zip"
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

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
