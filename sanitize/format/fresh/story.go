package fresh

import (
	"cmp"
	"fmt"
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
	var out []*ooxml.Node
	at := 0
	for i := 0; i < len(cells); {
		j := i
		for j < len(cells) && cells[j].Table == cells[i].Table {
			j++
		}
		start := clamp(cells[i].Start, at, len(s.text))
		out = append(out, s.lines(at, start, at < start)...)
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
	return append(out, s.lines(at, len(s.text), at < len(s.text))...)
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
	form := ooxml.El("w:pPr")
	if l.Break {
		form.Add(ooxml.El("w:pageBreakBefore"))
	}
	most := s.f.textWide() * 3 / 4 // further out nobody would look
	l.First, l.Left, l.Right = clamp(l.First, -most, most), clamp(l.Left, -most/3, most), clamp(l.Right, -most/3, most-max(0, l.Left))
	if l.Before != 0 || l.After != 0 || l.Spacing != 0 {
		form.Add(spacing(l))
	}
	if l.First != 0 || l.Left != 0 || l.Right != 0 {
		ind := ooxml.El("w:ind", "w:left", num(l.Left), "w:right", num(l.Right))
		if l.First < 0 {
			ind.SetAttr("w:hanging", num(-l.First))
		} else {
			ind.SetAttr("w:firstLine", num(l.First))
		}
		form.Add(ind)
	}
	if l.Align != "" {
		form.Add(ooxml.El("w:jc", "w:val", l.Align))
	}
	if len(form.Kids) > 0 {
		p.Add(form)
	}
	for at := from; ; {
		s.pictures(p, at)
		if at >= to {
			return p
		}
		look, end := s.form.look(at, to)
		if s.form != nil && s.drawn < len(s.form.Pictures) {
			if next := s.form.Pictures[s.drawn].At; next > at && next < end {
				end = next
			}
		}
		p.Add(run(string(s.text[at:end]), look))
		at = end
	}
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
		n.SetAttr("w:lineRule", "atLeast")
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

func run(text string, l Look) *ooxml.Node {
	r := ooxml.El("w:r")
	form := ooxml.El("w:rPr")
	flag := func(on bool, names ...string) {
		for _, n := range names {
			if on {
				form.Add(ooxml.El(n))
			}
		}
	}
	flag(l.Bold, "w:b", "w:bCs")
	flag(l.Italic, "w:i", "w:iCs")
	flag(l.Strike, "w:strike")
	if l.Size > 0 {
		size := num(clamp(l.Size, 10, 400))
		form.Add(ooxml.El("w:sz", "w:val", size), ooxml.El("w:szCs", "w:val", size))
	}
	if l.Underline {
		form.Add(ooxml.El("w:u", "w:val", "single"))
	}
	if l.Raise != 0 {
		form.Add(ooxml.El("w:vertAlign", "w:val", map[bool]string{true: "superscript", false: "subscript"}[l.Raise > 0]))
	}
	if len(form.Kids) > 0 {
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

// picture writes a picture from its pixels, no wider than the page.
func (f *wordFile) picture(part string, p Inline) *ooxml.Node {
	key := fmt.Sprint(p.Key, p.Crop)
	name, ok := f.media[key]
	if !ok {
		pic := ooxml.Reencode(p.Data, p.Crop)
		name = fmt.Sprintf("word/media/image%d.%s", len(f.media)+1, pic.Ext)
		f.media[key] = name
		f.b.Add(name, pic.Type, pic.Data)
	}
	const twip = 635
	w, h := max(p.W, emuPoint), max(p.H, emuPoint)
	if most := f.textWide() * twip; w > most {
		w, h = most, max(emuPoint, int(float64(h)*float64(most)/float64(w)))
	}
	h = min(h, f.page.H*twip)
	f.shown++
	id, title := num(f.shown), fmt.Sprintf("图片 %d", f.shown)
	pic := ooxml.El("pic:pic").Add(
		ooxml.El("pic:nvPicPr").Add(ooxml.El("pic:cNvPr", "id", id, "name", title), ooxml.El("pic:cNvPicPr")),
		ooxml.El("pic:blipFill").Add(ooxml.El("a:blip", "r:embed", f.b.Rel(part, "image", name)), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect"))),
		ooxml.El("pic:spPr").Add(placeNode(0, 0, w, h), ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))))
	return ooxml.El("w:drawing").Add(ooxml.El("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0").Add(
		ooxml.El("wp:extent", "cx", num(w), "cy", num(h)), ooxml.El("wp:docPr", "id", id, "name", title),
		ooxml.El("a:graphic").Add(ooxml.El("a:graphicData", "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture").Add(pic))))
}
