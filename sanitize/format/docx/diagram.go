package docx

import (
	"strconv"

	"jinggao/sanitize/format/ooxml"
)

const groupURI = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"

// diagram replaces a SmartArt by a group of the shapes that it was drawn with.
func (w *writer) diagram(c *ooxml.Cleaner, n, ids *ooxml.Node) []*ooxml.Node {
	d := w.r.diagrams[ids]
	if d == nil || len(d.Shapes) == 0 && d.Text.Len() == 0 {
		return []*ooxml.Node{ooxml.El("a:graphicData", "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture").Add(w.placeholderPic(c.Part))}
	}
	cx, cy := "5000000", "3000000"
	for up := n.Up; up != nil; up = up.Up {
		if e := up.Kid("wp:extent"); e != nil {
			cx, cy = e.Attr("cx"), e.Attr("cy")
			break
		}
	}
	box := func(off string) *ooxml.Node {
		return ooxml.El("a:xfrm").Add(ooxml.El("a:off", "x", "0", "y", "0"), ooxml.El("a:ext", "cx", cx, "cy", cy))
	}
	group := ooxml.El("wpg:wgp").Add(ooxml.El("wpg:cNvGrpSpPr"),
		ooxml.El("wpg:grpSpPr").Add(box("").Add(ooxml.El("a:chOff", "x", "0", "y", "0"), ooxml.El("a:chExt", "cx", cx, "cy", cy))))
	for i, s := range d.Shapes {
		group.Add(w.diagramShape(c, s, i))
	}
	if len(d.Shapes) == 0 { // only the data is there: one text box with its lines
		shape := ooxml.El("wps:wsp").Add(ooxml.El("wps:cNvPr", "id", "1", "name", "对象 1"), ooxml.El("wps:cNvSpPr", "txBox", "1"),
			ooxml.El("wps:spPr").Add(box(""), ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))))
		content := ooxml.El("w:txbxContent")
		for _, l := range d.Text.Lines {
			content.Add(wordPara(l.Node))
		}
		group.Add(shape.Add(ooxml.El("wps:txbx").Add(content), ooxml.El("wps:bodyPr")))
	}
	return []*ooxml.Node{ooxml.El("a:graphicData", "uri", groupURI).Add(group)}
}

// diagramShape makes a Word shape of a drawn one.
func (w *writer) diagramShape(c *ooxml.Cleaner, s *ooxml.Node, i int) *ooxml.Node {
	out := ooxml.El("wps:wsp").Add(ooxml.El("wps:cNvPr", "id", strconv.Itoa(9000+i), "name", "对象"), ooxml.El("wps:cNvSpPr"))
	if pr := s.Kid("dsp:spPr"); pr != nil {
		c.Clean(pr)
		pr.Name, pr.Attrs = "wps:spPr", nil
		out.Add(pr)
	} else {
		out.Add(ooxml.El("wps:spPr"))
	}
	if st := s.Kid("dsp:style"); st != nil {
		c.Clean(st)
		st.Name, st.Attrs = "wps:style", nil
		out.Add(st)
	}
	if tx := s.Kid("dsp:txBody"); tx != nil && tx.Content() != "" {
		content := ooxml.El("w:txbxContent")
		for _, p := range tx.Kids {
			if p.Name == "a:p" {
				content.Add(wordPara(p))
			}
		}
		out.Add(ooxml.El("wps:txbx").Add(content))
	}
	return out.Add(ooxml.El("wps:bodyPr", "anchor", "ctr"))
}

// wordPara makes a Word paragraph of a DrawingML one: text, size, bold.
func wordPara(p *ooxml.Node) *ooxml.Node {
	out := ooxml.El("w:p")
	if p.Kid("a:pPr").Attr("algn") != "l" {
		out.Add(ooxml.El("w:pPr").Add(ooxml.El("w:jc", "w:val", "center")))
	}
	for _, k := range p.Kids {
		if k.Name != "a:r" && k.Name != "a:fld" {
			continue
		}
		s := k.Kid("a:t").Content()
		if k.Kid("a:t") == nil || s == "" {
			continue
		}
		rp := ooxml.El("w:rPr")
		src := k.Kid("a:rPr")
		if src.Attr("b") == "1" {
			rp.Add(ooxml.El("w:b"))
		}
		if v := atoi(src.Attr("sz")); v > 0 {
			rp.Add(ooxml.El("w:sz", "w:val", strconv.Itoa(v/50)))
		}
		r := ooxml.El("w:r")
		if len(rp.Kids) > 0 {
			r.Add(rp)
		}
		out.Add(r.Add(textNode(s)))
	}
	return out
}
