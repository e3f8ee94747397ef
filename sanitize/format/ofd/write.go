package ofd

import (
	"archive/zip"
	"bytes"
	"fmt"
	"sort"
	"strconv"
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
		w := writer{b: b, d: d, dir: fmt.Sprintf(root, i), numbers: map[string]int{}, wanted: map[target]bool{}}
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
	b       *building
	d       *doc
	dir     string
	numbers map[string]int  // IDs of the original → those of the copy
	wanted  map[target]bool // what the elements written so far refer to
}

// number gives the ID of the copy for one of the original, "" for none.
func (w *writer) number(id string) string {
	if id = strings.TrimSpace(id); id == "" {
		return ""
	}
	if w.numbers[id] == 0 {
		w.numbers[id] = len(w.numbers) + 1
	}
	return strconv.Itoa(w.numbers[id])
}

func (w *writer) document() {
	e := newRoot("Document")
	common := e.CreateElement("ofd:CommonData")
	largest := common.CreateElement("ofd:MaxUnitID")
	if area := kid(kid(w.d.root, "CommonData"), "PageArea"); area != nil {
		if c := w.copy(area); c != nil {
			common.AddChild(c)
		}
	}
	common.CreateElement("ofd:PublicRes").SetText("PublicRes.xml")
	pages := e.CreateElement("ofd:Pages")
	for i, g := range w.d.pages {
		at := fmt.Sprintf("Pages/Page_%d/Content.xml", i)
		p := pages.CreateElement("ofd:Page")
		p.CreateAttr("ID", w.number(fmt.Sprintf("page %d", i)))
		p.CreateAttr("BaseLoc", at)
		w.content(at, g.root, kids(g.root, "Template"))
	}
	for i, id := range sortedKeys(w.d.templates) {
		if !w.wanted[target{"TemplatePage", id}] {
			continue // no page shows it
		}
		at := fmt.Sprintf("Tpls/Tpl_%d/Content.xml", i)
		p := common.CreateElement("ofd:TemplatePage")
		p.CreateAttr("ID", w.number(id))
		p.CreateAttr("BaseLoc", at)
		w.content(at, w.d.templates[id].root, nil)
	}
	w.resources()
	largest.SetText(strconv.Itoa(len(w.numbers)))
	w.b.files[w.dir+"Document.xml"] = bytesOf(e)
}

// content writes a page or a template: its size, its content, and what lies below it.
func (w *writer) content(at string, from *etree.Element, below []*etree.Element) {
	e := newRoot("Page")
	list := below
	for _, name := range []string{"Area", "Content"} {
		if c := kid(from, name); c != nil {
			list = append(list, c)
		}
	}
	for _, c := range list {
		if k := w.copy(c); k != nil {
			e.AddChild(k)
		}
	}
	w.b.files[w.dir+at] = bytesOf(e)
}

// resources writes one resource part: the colour spaces, draw parameters, fonts,
// pictures and composite objects that the pages refer to, and those that these do.
func (w *writer) resources() {
	composite := w.reached("CompositeGraphicUnit", w.d.composite)
	params := w.reached("DrawParam", w.d.paints)
	e := newRoot("Res")
	e.CreateAttr("BaseLoc", "Res")
	group(e, "ColorSpaces", w.reached("ColorSpace", w.colourSpaces()))
	group(e, "DrawParams", params)
	fonts := e.CreateElement("ofd:Fonts")
	for i, id := range sortedKeys(w.d.fonts) {
		if w.wanted[target{"Font", id}] {
			w.font(fonts, w.d.fonts[id], i, id)
		}
	}
	media := e.CreateElement("ofd:MultiMedias")
	for i, id := range sortedKeys(w.d.media) {
		if w.wanted[target{"MultiMedia", id}] {
			w.picture(media, w.d.media[id], i, id)
		}
	}
	group(e, "CompositeGraphicUnits", composite)
	w.b.files[w.dir+"PublicRes.xml"] = bytesOf(e)
}

// reached copies the elements that something refers to, and those that they refer to.
func (w *writer) reached(kind string, all map[string]*etree.Element) []*etree.Element {
	copies := map[string]*etree.Element{}
	for before := -1; before != len(copies); {
		before = len(copies)
		for _, id := range sortedKeys(all) {
			if w.wanted[target{kind, id}] && copies[id] == nil {
				if c := w.copy(all[id]); c != nil {
					copies[id] = c
				}
			}
		}
	}
	return values(copies)
}

func (w *writer) font(to *etree.Element, f *font, i int, id string) {
	c := to.CreateElement("ofd:Font")
	c.CreateAttr("ID", w.number(id))
	name := fontName(attr(f.element, "FontName"))
	c.CreateAttr("FontName", name)
	c.CreateAttr("FamilyName", name)
	if data := w.b.embedded(f); data != nil {
		at := fmt.Sprintf("font_%d.ttf", i)
		c.CreateElement("ofd:FontFile").SetText(at)
		w.b.files[w.dir+"Res/"+at] = data
	}
}

func (w *writer) picture(media *etree.Element, m *media, i int, id string) {
	data := w.b.f.p.parts[m.file]
	if m.kind != "Image" || len(data) == 0 {
		return
	}
	if isJBIG2(data) {
		data = w.b.bilevel(data)
	}
	p := ooxml.Reencode(data, ooxml.Crop{})
	if p.Placeholder {
		w.b.unchecked = append(w.b.unchecked, document.Unchecked{Kind: "picture", Message: "图片 1 张无法解码，已以灰色图块代替"})
	}
	at := fmt.Sprintf("image_%d.%s", i, p.Ext)
	c := media.CreateElement("ofd:MultiMedia")
	c.CreateAttr("ID", w.number(id))
	c.CreateAttr("Type", "Image")
	c.CreateAttr("Format", strings.ToUpper(p.Ext))
	c.CreateElement("ofd:MediaFile").SetText(at)
	w.b.files[w.dir+"Res/"+at] = p.Data
}

// fontName gives the name of a font as a copy may say it: a usual one, or the one of
// its kind, because programs that do not find a font take it by its name.
func fontName(s string) string {
	if len(s) > 7 && s[6] == '+' { // the mark of a subset
		s = s[7:]
	}
	if name := ooxml.SafeFont(s); name != latinFont || strings.HasPrefix(s, "Times") {
		return name
	}
	s = strings.ToLower(s)
	for _, kind := range [][2]string{{"kai", "楷体"}, {"fang", "仿宋"}, {"hei", "黑体"}, {"song", "宋体"}, {"sun", "宋体"}, {"ming", "宋体"}} {
		if strings.Contains(s, kind[0]) {
			return kind[1]
		}
	}
	return latinFont
}

// latinFont is what ooxml.SafeFont gives for an unusual name.
const latinFont = "Times New Roman"

func values[T any](m map[string]T) []T {
	var out []T
	for _, k := range sortedKeys(m) {
		out = append(out, m[k])
	}
	return out
}

func group(to *etree.Element, name string, list []*etree.Element) {
	if len(list) == 0 {
		return
	}
	g := to.CreateElement("ofd:" + name)
	for _, e := range list {
		g.AddChild(e)
	}
}

// colourSpaces gives the first colour space of each ID.
func (w *writer) colourSpaces() map[string]*etree.Element {
	out := map[string]*etree.Element{}
	for _, e := range w.b.f.p.spaces() {
		if id := attr(e, "ID"); out[id] == nil {
			out[id] = e
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
