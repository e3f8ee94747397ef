package ooxml

import (
	"fmt"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
)

// ChartType is the content type of a chart part.
const ChartType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"

// Chart is a chart part with its text: titles, series and category names, and
// long numbers of its cached data.
type Chart struct {
	Part string
	Root *Node
	Text *Text
}

// ReadChart reads a chart part. Where a reference has no cached values, fill (if
// not nil) gives the cache for it.
func ReadChart(p *Package, part, label string, fill func(ref string, numbers bool) *Node) (*Chart, error) {
	root, err := p.XML(part)
	if err != nil {
		return nil, err
	}
	if root.Name != "c:chartSpace" {
		return nil, ErrDamaged("chart")
	}
	if fill != nil {
		root.Walk(func(n *Node) bool {
			numbers := n.Name == "c:numRef"
			if (numbers || n.Name == "c:strRef") && n.Kid("c:numCache") == nil && n.Kid("c:strCache") == nil {
				n.Add(fill(n.Kid("c:f").Content0(), numbers))
			}
			return true
		})
	}
	c := &Chart{Part: part, Root: root, Text: &Text{ID: part, Label: label, Role: document.RoleTextBox}}
	root.Walk(func(n *Node) bool {
		switch n.Name {
		case "a:p":
			c.Text.Paragraph(n)
			return false
		case "c:v":
			tn := n.TextNode()
			if !numeric(tn.Text) || digits(tn.Text) >= 7 {
				start := c.Text.Len()
				c.Text.AddText(tn)
				c.Text.Lines = append(c.Text.Lines, Line{document.Span{Start: start, End: c.Text.Len()}, n})
				c.Text.AddSep('\n')
			}
			return false
		case "c:extLst", "mc:Fallback":
			return false
		}
		return true
	})
	return c, nil
}

func numeric(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) && !strings.ContainsRune(".-+eE%, ", r) {
			return false
		}
	}
	return true
}

// Paragraph adds an a:p as a line: its runs, fields and breaks.
func (t *Text) Paragraph(p *Node) {
	start := t.n
	for _, k := range p.Kids {
		switch k.Name {
		case "a:r", "a:fld":
			if x := k.Kid("a:t"); x != nil {
				t.AddText(x.TextNode())
			}
		case "a:br":
			t.AddBreak('\n', k)
		}
	}
	t.Lines = append(t.Lines, Line{document.Span{Start: start, End: t.n}, p})
	if t.n > start {
		t.AddSep('\n')
	}
}

// Write cleans the chart and adds it to the new package; the name is returned.
func (c *Chart) Write(pkg *Package, b *Builder, m *Media, dir string, n int, sheets func(ref string) string) string {
	name := fmt.Sprintf("%s/chart%d.xml", dir, n)
	m.NoteCrops(c.Root)
	cl := &Cleaner{Part: name, Source: c.Part, Media: m, Pkg: pkg}
	cl.Special = map[string]func(*Node) []*Node{
		"mc:AlternateContent": func(*Node) []*Node { return nil },
		"c:f":                 func(f *Node) []*Node { return []*Node{El("c:f").Add(Txt(chartRef(f.Content(), sheets)))} },
	}
	for _, name := range []string{"c:strRef", "c:numRef", "c:multiLvlStrRef"} {
		cl.Special[name] = func(n *Node) []*Node {
			lost := chartRef(n.Kid("c:f").Content(), sheets) == ""
			up := n.Up
			h := El(n.Name)
			cl.Clean(n)
			h.Kids = n.Kids
			if !lost {
				return []*Node{h}
			}
			return literalRef(up, h)
		}
	}
	cl.Clean(c.Root)
	c.Root.Attrs = nil
	b.Add(name, ChartType, Encode(c.Root, ""))
	return name
}

// chartRef gives a reference as it may stay, "" if what it refers to is gone.
// Without sheets the chart stands in a text or on a slide and has no workbook.
func chartRef(ref string, sheets func(string) string) string {
	if sheets != nil {
		return sheets(ref)
	}
	if i := strings.LastIndexByte(ref, '!'); i >= 0 && rangeRef.MatchString("Sheet1"+ref[i:]) {
		return "Sheet1" + ref[i:]
	}
	return "Sheet1!$A$1"
}

// literalRef turns a reference into the values it showed.
func literalRef(up, ref *Node) []*Node {
	cache := ref.Kid("c:strCache")
	kind := "c:strLit"
	if c := ref.Kid("c:numCache"); c != nil {
		cache, kind = c, "c:numLit"
	}
	if c := ref.Kid("c:multiLvlStrCache"); c != nil {
		cache = El("c:strCache").Add(c.Kid("c:ptCount"))
		if l := c.Kid("c:lvl"); l != nil {
			cache.Add(l.Kids...)
		}
	}
	if cache == nil {
		return nil
	}
	if up != nil && up.Name == "c:tx" {
		text := cache.Find("c:v").Content()
		if up.Up != nil && up.Up.Name == "c:ser" {
			return []*Node{El("c:v").Add(Txt(text))}
		}
		return []*Node{El("c:rich").Add(El("a:bodyPr"), El("a:p").Add(El("a:r").Add(El("a:t").Add(Txt(text)))))}
	}
	return []*Node{El(kind).Add(cache.Kids...)}
}

// Diagram is a SmartArt as it is drawn.
type Diagram struct {
	Parts  []string // parts that it is made of
	Shapes []*Node  // dsp:sp in drawing order
	Text   *Text
	Hidden string // text of the data that the drawing does not show
}

// ReadDiagram finds the parts of a diagram (dgm:relIds) and reads the drawing
// that programs keep of it; without one the points of the data are its text.
func ReadDiagram(p *Package, part string, relIDs *Node, label string) *Diagram {
	d := &Diagram{}
	for _, a := range []string{"r:dm", "r:lo", "r:qs", "r:cs"} {
		if r, ok := p.RelByID(part, relIDs.Attr(a)); ok && !r.External {
			d.Parts = append(d.Parts, r.Target)
		}
	}
	dm, ok := p.RelByID(part, relIDs.Attr("r:dm"))
	if !ok || dm.External {
		return nil
	}
	data, err := p.XML(dm.Target)
	if err != nil {
		return nil
	}
	d.Text = &Text{ID: dm.Target, Label: label, Role: document.RoleTextBox}
	if ext := data.Find("dsp:dataModelExt"); ext != nil {
		if r, ok := p.RelByID(part, ext.Attr("relId")); ok && !r.External && p.Has(r.Target) {
			if dr, err := p.XML(r.Target); err == nil {
				d.Parts = append(d.Parts, r.Target)
				d.Shapes = dr.All("dsp:sp")
				for _, ps := range dr.All("a:p") {
					d.Text.Paragraph(ps)
				}
			}
		}
	}
	shown := strings.Join(strings.Fields(d.Text.String()), "")
	var hidden []string
	for _, ps := range data.All("a:p") {
		s := strings.TrimSpace(ps.Content())
		if s == "" || strings.Contains(shown, strings.Join(strings.Fields(s), "")) {
			continue
		}
		if len(d.Shapes) == 0 {
			d.Text.Paragraph(ps)
		} else {
			hidden = append(hidden, s)
		}
	}
	d.Hidden = strings.Join(hidden, "\n")
	return d
}
