package pptx

import (
	"context"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// page is a slide, a layout or a master.
type page struct {
	part   string
	root   *ooxml.Node
	number int  // of a slide, from 1
	hidden bool // slide that is not shown
	layout *page
	master *page
	theme  string
	text   *ooxml.Text
}

// deck holds a presentation while it is read, and afterwards for the rebuild.
type deck struct {
	ctx    context.Context
	pkg    *ooxml.Package
	main   string
	root   *ooxml.Node
	seen   map[string]bool
	w, h   int64 // of a slide
	slides []*page
	pages  map[string]*page // layouts and masters in use, by part
	order  []*page          // the same in order of first use

	cur      *page
	texts    []*ooxml.Text
	extraT   []*ooxml.Text // charts and diagrams of the page being read
	hidden   *ooxml.Hidden
	removed  *ooxml.Counter
	drop     map[*ooxml.Node]bool
	extra    []document.Part
	un       []document.Unchecked
	pictures map[string]bool
	shown    int
	media    int
	charts   map[string]*ooxml.Chart
	diagrams map[*ooxml.Node]*ooxml.Diagram
	chosen   map[*ooxml.Node]*ooxml.Node
}

func load(ctx context.Context, src document.Source) (*deck, error) {
	pkg, err := ooxml.Open(src.Data)
	if err != nil {
		return nil, err
	}
	main, family, err := pkg.Main()
	if err != nil {
		return nil, err
	}
	if family != "slides" {
		return nil, ooxml.ErrKind(" PowerPoint 演示文稿")
	}
	d := &deck{
		ctx: ctx, pkg: pkg, main: main, seen: map[string]bool{main: true}, pages: map[string]*page{}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(),
		drop: map[*ooxml.Node]bool{}, pictures: map[string]bool{}, charts: map[string]*ooxml.Chart{}, diagrams: map[*ooxml.Node]*ooxml.Diagram{}, chosen: map[*ooxml.Node]*ooxml.Node{},
	}
	if d.root, err = pkg.XML(main); err != nil {
		return nil, err
	}
	if d.root.Name != "p:presentation" {
		return nil, ooxml.ErrDamaged("no p:presentation")
	}
	sz := d.root.Kid("p:sldSz")
	d.w, d.h = num(sz.Attr("cx")), num(sz.Attr("cy"))
	if d.w <= 0 || d.h <= 0 {
		d.w, d.h = 9144000, 6858000
	}
	for _, n := range d.root.Kid("p:sldIdLst").All("p:sldId") {
		rel, ok := pkg.RelByID(main, n.Attr("r:id"))
		if !ok || rel.External || !pkg.Has(rel.Target) || d.seen[rel.Target] {
			continue
		}
		if err := d.addSlide(rel.Target); err != nil {
			return nil, err
		}
	}
	for _, p := range d.slides {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.readSlide(p)
	}
	for _, p := range d.order {
		d.readLayout(p)
	}
	if err := d.readRest(); err != nil {
		return nil, err
	}
	return d, nil
}

func num(s string) int64 {
	v, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

func truth(s string) bool { return s == "1" || s == "true" }

func (d *deck) addSlide(part string) error {
	root, err := d.pkg.XML(part)
	if err != nil {
		return err
	}
	d.seen[part] = true
	p := &page{part: part, root: root, number: len(d.slides) + 1}
	show := root.Attr("show")
	p.hidden = show == "0" || show == "false"
	if rs := d.pkg.RelsOf(part, "slideLayout"); len(rs) > 0 {
		if p.layout, err = d.addLayout(rs[0].Target, !p.hidden); err != nil {
			return err
		}
	}
	d.slides = append(d.slides, p)
	return nil
}

// addLayout reads a layout and its master once; those of shown slides are kept.
func (d *deck) addLayout(part string, use bool) (*page, error) {
	if p := d.pages[part]; p != nil {
		if use {
			d.use(p)
		}
		return p, nil
	}
	root, err := d.pkg.XML(part)
	if err != nil {
		return nil, err
	}
	p := &page{part: part, root: root}
	d.pages[part] = p
	if rs := d.pkg.RelsOf(part, "slideMaster"); len(rs) > 0 {
		if p.master, err = d.addMaster(rs[0].Target); err != nil {
			return nil, err
		}
	}
	if use {
		d.use(p)
	}
	return p, nil
}

// addMaster reads a master once.
func (d *deck) addMaster(part string) (*page, error) {
	if m := d.pages[part]; m != nil {
		return m, nil
	}
	root, err := d.pkg.XML(part)
	if err != nil {
		return nil, err
	}
	m := &page{part: part, root: root}
	d.pages[part] = m
	for _, t := range d.pkg.RelsOf(part, "theme") {
		m.theme = t.Target
	}
	return m, nil
}

func (d *deck) use(p *page) {
	for _, q := range []*page{p.master, p} {
		if q == nil {
			continue
		}
		there := false
		for _, o := range d.order {
			there = there || o == q
		}
		if !there {
			d.order = append(d.order, q)
			d.seen[q.part] = true
		}
	}
}

// document assembles what has been read.
func (d *deck) document(name string) *document.Document {
	out := &document.Document{Name: name, Kind: Kind, Pages: len(d.slides), Pictures: d.shown, Unchecked: d.un}
	for _, t := range d.texts {
		out.Parts = append(out.Parts, t.Part())
	}
	out.Parts = append(out.Parts, d.extra...)
	return out
}
