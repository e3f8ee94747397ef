package xlsx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// drawings writes the shapes of a sheet and the pictures that were kept in cells.
func (w *writer) drawings(s *sheet, part string, m *remap) *ooxml.Node {
	root := ooxml.El("xdr:wsDr")
	w.draws++
	name := fmt.Sprintf("xl/drawings/drawing%d.xml", w.draws)
	for _, d := range s.drawings {
		w.media.NoteCrops(d.root)
		c := &ooxml.Cleaner{Part: name, Source: d.part, Pkg: w.b.pkg, Media: w.media}
		c.Charts = func(n *ooxml.Node) bool { return w.chart(d, name, n) }
		c.Special = map[string]func(*ooxml.Node) []*ooxml.Node{"mc:AlternateContent": func(*ooxml.Node) []*ooxml.Node { return nil }}
		for _, a := range d.anchors {
			h := ooxml.El("h").Add(a)
			c.Clean(h)
			for _, k := range h.Kids {
				if f := k.Find("xdr:graphicFrame"); f != nil && f.Find("c:chart") == nil {
					continue
				}
				if moveAnchor(k, m) {
					root.Add(k)
				}
			}
		}
	}
	for _, c := range s.cells {
		if target := w.b.images[c.image]; c.image != "" && target != "" && !m.dropRow[c.row] && !m.dropCol[c.col] {
			root.Add(cellPicture(w.media.Place(name, target, ooxml.Crop{}), m.row(c.row), m.col(c.col), len(root.Kids)+1))
		}
	}
	if len(root.Kids) == 0 {
		w.draws--
		return nil
	}
	w.out.Add(name, "application/vnd.openxmlformats-officedocument.drawing+xml", ooxml.Encode(root, ""))
	return ooxml.El("x:drawing", "r:id", w.out.Rel(part, "drawing", name))
}

// cellPicture anchors a picture in the cell that held it.
func cellPicture(id string, row, col, n int) *ooxml.Node {
	num := func(name string, v int) *ooxml.Node { return ooxml.El(name).Add(ooxml.Txt(strconv.Itoa(v))) }
	return ooxml.El("xdr:oneCellAnchor").Add(
		ooxml.El("xdr:from").Add(num("xdr:col", col), num("xdr:colOff", 0), num("xdr:row", row), num("xdr:rowOff", 0)),
		ooxml.El("xdr:ext", "cx", "900000", "cy", "600000"),
		ooxml.El("xdr:pic").Add(
			ooxml.El("xdr:nvPicPr").Add(ooxml.El("xdr:cNvPr", "id", strconv.Itoa(1000+n), "name", fmt.Sprintf("图片 %d", n)), ooxml.El("xdr:cNvPicPr")),
			ooxml.El("xdr:blipFill").Add(ooxml.El("a:blip", "r:embed", id), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect"))),
			ooxml.El("xdr:spPr").Add(ooxml.El("a:xfrm").Add(ooxml.El("a:off", "x", "0", "y", "0"), ooxml.El("a:ext", "cx", "900000", "cy", "600000")),
				ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst")))),
		ooxml.El("xdr:clientData"))
}

// moveAnchor maps the corners of an anchor to the new rows and columns.
func moveAnchor(a *ooxml.Node, m *remap) bool {
	for _, end := range []string{"xdr:from", "xdr:to"} {
		n := a.Kid(end)
		if n == nil {
			continue
		}
		for _, x := range []string{"xdr:row", "xdr:col"} {
			k := n.Kid(x)
			v, err := strconv.Atoi(k.Content0())
			if err != nil || v < 0 {
				return false
			}
			if x == "xdr:row" {
				v = m.row(v)
			} else {
				v = m.col(v)
			}
			k.Kids = nil
			k.Add(ooxml.Txt(strconv.Itoa(v)))
		}
	}
	return true
}

var chartRef = regexp.MustCompile(`^\(?'?((?:[^'!]|'')+)'?!(.+?)\)?$`)

// chart writes the chart of a frame; its references follow names and rows.
func (w *writer) chart(d *drawing, part string, n *ooxml.Node) bool {
	rel, ok := w.b.pkg.RelByID(d.part, n.Attr("r:id"))
	if !ok || d.charts[rel.Target] == nil {
		return false
	}
	w.charts++
	name := d.charts[rel.Target].Write(w.b.pkg, w.out, w.media, "xl/charts", w.charts, w.chartRef)
	n.Attrs = []ooxml.Attr{{Name: "r:id", Value: w.out.Rel(part, "chart", name)}}
	return true
}

func (w *writer) chartRef(r string) string {
	vis := w.visible()
	x := chartRef.FindStringSubmatch(strings.TrimSpace(r))
	if x != nil {
		name := strings.ReplaceAll(x[1], "''", "'")
		for _, s := range vis {
			if s.name != name {
				continue
			}
			if a, ok := parseArea(strings.ReplaceAll(x[2], "$", "")); ok {
				if a, ok = w.maps[s].area(a); ok {
					return quoteSheet(w.names[s]) + "!" + a.ref(true)
				}
			}
		}
	}
	return "" // on a sheet that goes: the chart keeps the values themselves
}
