package ofd

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
)

// file is the structure of a package as reached from OFD.xml.
type file struct {
	p         *pack
	documents []*doc
}

// doc is one DocBody.
type doc struct {
	body      *etree.Element
	at        string // path of Document.xml
	root      *etree.Element
	pages     []*page
	templates map[string]*template
	fonts     map[string]*font
	media     map[string]*media
	composite map[string]*etree.Element
	paints    map[string]*etree.Element // DrawParams
	area      rect                      // millimetres
	data      func(part string) []byte
}

type page struct {
	id, at    string
	root      *etree.Element
	templates []*template // in the order of drawing, below the page's own content
}

type template struct {
	id, at string
	root   *etree.Element
}

type font struct {
	element *etree.Element
	file    string // embedded font, "" if none
}

type media struct {
	element *etree.Element
	kind    string // Image, Audio, Video
	file    string
}

// rect is a rectangle in millimetres, y downwards.
type rect struct{ x, y, w, h float64 }

func numbers(s string) []float64 {
	fields := strings.Fields(s)
	out := make([]float64, 0, len(fields))
	for _, f := range fields {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || v != v || v > 1e7 || v < -1e7 {
			v = 0
		}
		out = append(out, v)
	}
	return out
}

func rectOf(s string) (rect, bool) {
	n := numbers(s)
	if len(n) != 4 {
		return rect{}, false
	}
	return rect{n[0], n[1], n[2], n[3]}, true
}

// load walks the structure.
func load(src document.Source) (*file, error) {
	p, err := openPack(src.Data)
	if err != nil {
		return nil, err
	}
	f := &file{p: p}
	main := p.find("", "OFD.xml")
	root := p.tree(main)
	if root == nil || root.Tag != "OFD" {
		return nil, damaged("no OFD.xml")
	}
	pages := 0
	for _, body := range kids(root, "DocBody") {
		d := &doc{
			body: body, templates: map[string]*template{}, fonts: map[string]*font{}, media: map[string]*media{},
			composite: map[string]*etree.Element{}, paints: map[string]*etree.Element{}, area: rect{0, 0, 210, 297}, data: func(n string) []byte { return p.parts[n] },
		}
		d.at = p.find(main, text(kid(body, "DocRoot")))
		d.root = p.tree(d.at)
		if d.root == nil {
			return nil, damaged("no Document.xml")
		}
		d.load(p)
		pages += len(d.pages)
		f.documents = append(f.documents, d)
	}
	if pages == 0 {
		return nil, damaged("no pages")
	}
	if pages > maxPages {
		return nil, &document.Refusal{What: "OFD 文件页数过多", Do: "请拆分后分别处理"}
	}
	return f, nil
}

// spaces gives the colour spaces of the resource parts of the package, in its order.
func (p *pack) spaces() []*etree.Element {
	var out []*etree.Element
	for _, name := range p.names {
		if t := p.trees[name]; t != nil && t.Tag == "Res" {
			out = append(out, kids(kid(t, "ColorSpaces"), "ColorSpace")...)
		}
	}
	return out
}

func (d *doc) load(p *pack) {
	common := kid(d.root, "CommonData")
	if r, ok := rectOf(text(kid(kid(common, "PageArea"), "PhysicalBox"))); ok {
		d.area = r
	}
	for _, name := range []string{"PublicRes", "DocumentRes"} {
		for _, e := range kids(common, name) {
			d.resources(p, p.find(d.at, text(e)))
		}
	}
	for _, e := range kids(common, "TemplatePage") {
		t := &template{id: attr(e, "ID"), at: p.find(d.at, attr(e, "BaseLoc"))}
		t.root = p.tree(t.at)
		d.templates[t.id] = t
		d.pageResources(p, t.at, t.root)
	}
	for _, e := range kids(kid(d.root, "Pages"), "Page") {
		g := &page{id: attr(e, "ID"), at: p.find(d.at, attr(e, "BaseLoc"))}
		g.root = p.tree(g.at)
		for _, t := range kids(g.root, "Template") {
			if known := d.templates[attr(t, "TemplateID")]; known != nil {
				g.templates = append(g.templates, known)
			}
		}
		d.pageResources(p, g.at, g.root)
		d.pages = append(d.pages, g)
	}
}

func (d *doc) pageResources(p *pack, at string, root *etree.Element) {
	for _, e := range kids(root, "PageRes") {
		d.resources(p, p.find(at, text(e)))
	}
}

// resources reads a resource part: fonts, pictures, composite objects, draw parameters.
func (d *doc) resources(p *pack, at string) {
	root := p.tree(at)
	if root == nil {
		return
	}
	base := strings.Trim(strings.TrimSpace(attr(root, "BaseLoc")), "/")
	locate := func(loc string) string {
		if loc = strings.TrimSpace(loc); loc == "" {
			return ""
		}
		if name := p.find(at, base+"/"+loc); name != "" {
			return name
		}
		return p.find(at, loc)
	}
	for _, e := range kids(kid(root, "Fonts"), "Font") {
		d.fonts[attr(e, "ID")] = &font{element: e, file: locate(text(kid(e, "FontFile")))}
	}
	for _, e := range kids(kid(root, "MultiMedias"), "MultiMedia") {
		d.media[attr(e, "ID")] = &media{element: e, kind: attr(e, "Type"), file: locate(text(kid(e, "MediaFile")))}
	}
	for _, e := range kids(kid(root, "CompositeGraphicUnits"), "CompositeGraphicUnit") {
		d.composite[attr(e, "ID")] = e
	}
	for _, e := range kids(root, "CompositeGraphicUnit") {
		d.composite[attr(e, "ID")] = e
	}
	for _, e := range kids(kid(root, "DrawParams"), "DrawParam") {
		d.paints[attr(e, "ID")] = e
	}
}

// areaOf is the size of a page: its own area, that of a template, or the document's.
func (d *doc) areaOf(g *page) rect {
	roots := []*etree.Element{g.root}
	for _, t := range g.templates {
		roots = append(roots, t.root)
	}
	for _, r := range roots {
		if a, ok := rectOf(text(kid(kid(r, "Area"), "PhysicalBox"))); ok {
			return a
		}
	}
	return d.area
}
