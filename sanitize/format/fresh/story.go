package fresh

import (
	"cmp"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// story is the text of one part while it is written.
type story struct {
	f     *wordFile
	part  string // of the package, that pictures are related to
	text  []rune
	form  *Form
	cells []document.Cell
	align string // where the form says nothing
	drawn int    // pictures written so far
	ended int    // sections written so far

	inCell bool
	ground Colour // of the cell at hand
}

// celled is a cell with the form that goes with it.
type celled struct {
	document.Cell
	CellForm
}

// blocks renders the part as paragraphs and tables.
func (s *story) blocks() []*ooxml.Node {
	cells := make([]celled, len(s.cells))
	for i, c := range s.cells {
		cells[i].Cell = c
		if s.form != nil && len(s.form.Cells) == len(s.cells) {
			cells[i].CellForm = s.form.Cells[i]
		}
	}
	slices.SortStableFunc(cells, func(a, b celled) int { return cmp.Compare(a.Start, b.Start) })
	s.section()
	var out []*ooxml.Node
	at := 0
	for i := 0; i < len(cells); {
		j := i
		for j < len(cells) && cells[j].Table == cells[i].Table {
			j++
		}
		start := clamp(cells[i].Start, at, len(s.text))
		out = s.sections(append(out, s.lines(at, start, at < start)...), start)
		t, end := s.table(cells[i:j], start)
		if k := len(out); k > 0 && out[k-1].Name == "w:tbl" {
			out = append(out, ooxml.El("w:p")) // two tables in a row would grow together
		}
		out = append(out, t)
		if at = end; at < len(s.text) && s.text[at] == '\n' {
			at++
		}
		i = j
	}
	out = append(out, s.lines(at, len(s.text), at < len(s.text))...)
	return s.sections(out, len(s.text)+1)
}

// section takes up the page of the section at hand.
func (s *story) section() {
	if s.form == nil || s.part != wordMain {
		return
	}
	s.f.page = s.f.last
	if s.ended < len(s.form.Sections) {
		s.f.page = s.form.Sections[s.ended].Page.Sane()
	}
}

// sections ends the sections that end before an offset at the last of the blocks, or in
// a paragraph of their own behind a table.
func (s *story) sections(out []*ooxml.Node, at int) []*ooxml.Node {
	for s.form != nil && s.part == wordMain && s.ended < len(s.form.Sections) && s.form.Sections[s.ended].At <= at {
		last := len(out) - 1
		if last < 0 || out[last].Name != "w:p" || out[last].At("w:pPr", "w:sectPr") != nil {
			out = append(out, ooxml.El("w:p"))
			last++
		}
		s.endSection(out[last])
	}
	return out
}

// endSection makes a paragraph the last of the section at hand.
func (s *story) endSection(p *ooxml.Node) {
	form := p.Kid("w:pPr")
	if form == nil {
		form = ooxml.El("w:pPr")
		p.Kids = append([]*ooxml.Node{form}, p.Kids...)
	}
	form.Add(s.f.page.node(s.f.references(false)))
	s.ended++
	s.section()
}

func clamp(n, lo, hi int) int { return max(lo, min(n, hi)) }

// lines renders a stretch of text as paragraphs, the line end at its end not counted.
func (s *story) lines(from, to int, any bool) []*ooxml.Node {
	if !any {
		return nil
	}
	if to > from && s.text[to-1] == '\n' {
		to--
	}
	var out []*ooxml.Node
	for at := from; ; {
		end := at
		for end < to && s.text[end] != '\n' {
			end++
		}
		out = append(out, s.paragraph(at, end))
		if !s.inCell && end < to {
			out = s.sections(out, end+1)
		}
		if end >= to {
			return out
		}
		at = end + 1
	}
}

// paragraph renders a line with its looks and pictures.
func (s *story) paragraph(from, to int) *ooxml.Node {
	p := ooxml.El("w:p")
	l := s.form.line(from, to)
	if l.Align == "" {
		l.Align = s.align
	}
	below := s.ground
	if l.Ground != 0 {
		below = l.Ground
	}
	drawn := s.drawn
	for at := from; ; {
		s.pictures(p, at)
		if at >= to {
			break
		}
		if f, ok := s.form.field(at, to); ok {
			look, _ := s.form.look(at, to)
			p.Add(fieldRuns(f, string(s.text[at:f.End]), look.rpr(below))...)
			at = f.End
			continue
		}
		look, end := s.form.look(at, to)
		end = s.form.fieldFrom(at, end)
		if s.form != nil && s.drawn < len(s.form.Pictures) {
			if next := s.form.Pictures[s.drawn].At; next > at && next < end {
				end = next
			}
		}
		p.Add(run(string(s.text[at:end]), look.rpr(below)))
		at = end
	}
	if l.Exact && (s.drawn > drawn || -l.Spacing < s.form.tallest(from, to)) {
		l.Exact = false
	}
	if form := s.ppr(l, from == to); len(form.Kids) > 0 {
		p.Kids = append([]*ooxml.Node{form}, p.Kids...)
	}
	return p
}

// ppr writes how a paragraph stands.
func (s *story) ppr(l Line, empty bool) *ooxml.Node {
	form := ooxml.El("w:pPr")
	for _, f := range []struct {
		on   bool
		name string
	}{{l.Next, "w:keepNext"}, {l.Whole, "w:keepLines"}, {l.Break, "w:pageBreakBefore"}} {
		if f.on {
			form.Add(ooxml.El(f.name))
		}
	}
	listed := l.List > 0 && l.List <= len(s.f.lists) && l.Depth >= 0 && l.Depth < len(s.f.lists[l.List-1].Levels)
	if listed {
		form.Add(ooxml.El("w:numPr").Add(ooxml.El("w:ilvl", "w:val", num(l.Depth)), ooxml.El("w:numId", "w:val", num(l.List))))
	}
	form.Add(frame(l)...)
	if l.Ground != 0 {
		form.Add(shade(l.Ground))
	}
	form.Add(tabStops(l.Tabs)...)
	if l.Loose {
		form.Add(ooxml.El("w:snapToGrid", "w:val", "0"))
	}
	if l.Before != 0 || l.After != 0 || l.Spacing != 0 {
		form.Add(spacing(l))
	}
	form.Add(s.indent(l, listed)...)
	if l.Align != "" {
		form.Add(ooxml.El("w:jc", "w:val", l.Align))
	}
	if l.Level > 0 {
		form.Add(ooxml.El("w:outlineLvl", "w:val", num(clamp(l.Level, 1, 9)-1)))
	}
	if mark := l.Mark.rpr(l.Ground); mark != nil && (empty || listed) {
		form.Add(mark)
	}
	return form
}

// frame writes the lines above and below a paragraph; nothing if there are none.
func frame(l Line) []*ooxml.Node {
	n := ooxml.El("w:pBdr")
	if l.Above.drawn() {
		n.Add(l.Above.node("w:top"))
	}
	if l.Below.drawn() {
		n.Add(l.Below.node("w:bottom"))
	}
	if len(n.Kids) == 0 {
		return nil
	}
	return []*ooxml.Node{n}
}

// indent writes how far a paragraph stands from the margins; nothing if it does not,
// unless it is to be said.
func (s *story) indent(l Line, say bool) []*ooxml.Node {
	most := s.f.textWide() * 3 / 4 // further out nobody would look
	first, left := clamp(l.First, -most, most), clamp(l.Left, -most/3, most)
	right := clamp(l.Right, -most/3, most-max(0, left))
	if first == 0 && left == 0 && right == 0 && !say {
		return nil
	}
	ind := ooxml.El("w:ind", "w:left", num(left), "w:right", num(right))
	if first < 0 {
		ind.SetAttr("w:hanging", num(-first))
	} else {
		ind.SetAttr("w:firstLine", num(first))
	}
	return []*ooxml.Node{ind}
}

var tabKinds = map[string]bool{"left": true, "center": true, "right": true, "decimal": true}

// tabStops writes where tabs lead to; nothing if there are none.
func tabStops(stops []Tab) []*ooxml.Node {
	n := ooxml.El("w:tabs")
	for _, t := range stops[:min(len(stops), 30)] {
		if !tabKinds[t.Align] || t.At < 0 || t.At > 31680 {
			continue
		}
		x := ooxml.El("w:tab", "w:val", t.Align, "w:pos", num(t.At))
		if t.Lead == "dot" || t.Lead == "hyphen" || t.Lead == "underscore" {
			x.SetAttr("w:leader", t.Lead)
		}
		n.Add(x)
	}
	if len(n.Kids) == 0 {
		return nil
	}
	return []*ooxml.Node{n}
}

// spacing is the space around and in a paragraph.
func spacing(l Line) *ooxml.Node {
	n := ooxml.El("w:spacing", "w:before", num(clamp(l.Before, 0, 2000)), "w:after", num(clamp(l.After, 0, 2000)))
	switch {
	case l.Spacing > 0:
		n.SetAttr("w:line", num(clamp(l.Spacing, 200, 1000)))
		n.SetAttr("w:lineRule", "auto")
	case l.Spacing < 0:
		n.SetAttr("w:line", num(clamp(-l.Spacing, 200, 2000)))
		n.SetAttr("w:lineRule", map[bool]string{true: "exact", false: "atLeast"}[l.Exact])
	}
	return n
}

// pictures adds the pictures that stand at or before an offset.
func (s *story) pictures(p *ooxml.Node, at int) {
	for s.form != nil && s.drawn < len(s.form.Pictures) && s.form.Pictures[s.drawn].At <= at {
		p.Add(ooxml.El("w:r").Add(s.f.picture(s.part, s.form.Pictures[s.drawn])))
		s.drawn++
	}
}

func run(text string, form *ooxml.Node) *ooxml.Node {
	r := ooxml.El("w:r")
	if form != nil {
		r.Add(form)
	}
	for i, piece := range strings.Split(text, "\t") {
		if i > 0 {
			r.Add(ooxml.El("w:tab"))
		}
		if piece = Printable(piece); piece != "" {
			r.Add(ooxml.El("w:t", "xml:space", "preserve").Add(ooxml.Txt(piece)))
		}
	}
	return r
}

// fieldRuns writes a text that programs work out anew.
func fieldRuns(f Field, text string, form *ooxml.Node) []*ooxml.Node {
	instr := " PAGE "
	if f.Total {
		instr = " NUMPAGES "
	}
	part := func(n *ooxml.Node) *ooxml.Node {
		r := ooxml.El("w:r")
		if form != nil {
			r.Add(form.Copy())
		}
		return r.Add(n)
	}
	return []*ooxml.Node{
		part(ooxml.El("w:fldChar", "w:fldCharType", "begin")), part(ooxml.El("w:instrText", "xml:space", "preserve").Add(ooxml.Txt(instr))),
		part(ooxml.El("w:fldChar", "w:fldCharType", "separate")), run(text, form), part(ooxml.El("w:fldChar", "w:fldCharType", "end")),
	}
}
