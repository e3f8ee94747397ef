package odf

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ooxml"
)

// sheet is a sheet of the copy.
type sheet struct {
	part    string
	numbers map[string]bool
}

const (
	maxRows = 1 << 20
	maxCols = 1 << 14
)

// book reads the sheets of a spreadsheet.
func (r *reading) book(n *node) {
	var names []string
	for _, k := range n.kids {
		switch k.name {
		case "table:table":
			if r.styles.sheet[k.attr("table:style-name")] {
				r.table(k, true)
				continue
			}
			names = append(names, k.attr("table:name"))
			r.table(k, false)
		case "table:named-expressions", "table:database-ranges":
			k.walk(func(c *node) bool { r.name("定义名称", c.attr("table:name")); return true })
		case "table:content-validations":
			k.walk(func(c *node) bool {
				if c.name == "table:help-message" || c.name == "table:error-message" {
					r.hide("N03", "数据验证提示", document.RoleField, c.attr("table:title")+" "+c.content())
				}
				return true
			})
		case "table:tracked-changes":
			r.hide("N02", "修订删除", document.RoleRevision, k.content())
		}
	}
	if len(names) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "sheets", Label: "工作表名称", Role: document.RoleOther, Text: strings.Join(names, "\n")})
	}
}

// grid is a sheet while it is laid out.
type grid struct {
	r       *reading
	text    strings.Builder
	n       int
	row     int // of the last cell written
	col     int
	any     bool
	cells   []document.Cell
	hidCols map[int]bool
	hidRow  strings.Builder
	hidCol  strings.Builder
	numbers map[string]bool
}

func (g *grid) put(s string) {
	g.text.WriteString(s)
	g.n += len([]rune(s))
}

func (r *reading) table(t *node, hidden bool) {
	g := &grid{r: r, hidCols: map[int]bool{}, numbers: map[string]bool{}}
	col, row := 0, 0
	t.walk(func(n *node) bool {
		switch n.name {
		case "table:table-column":
			k := repeat(n.attr("table:number-columns-repeated"), maxCols)
			if v := n.attr("table:visibility"); v == "collapse" || v == "filter" {
				for c := col; c < min(col+k, 1024); c++ {
					g.hidCols[c] = true
				}
			}
			col += k
		case "table:table-row":
			g.rowOf(n, row)
			row += repeat(n.attr("table:number-rows-repeated"), maxRows)
		case "table:shapes":
			for _, k := range n.kids {
				if k.name != "" {
					r.boxes.drawing(k)
				}
			}
		case "office:forms":
			r.declared(n)
		default:
			return true
		}
		return false
	})
	if g.any {
		g.put("\n")
	}
	name := t.attr("table:name")
	p := document.Part{Label: "工作表 " + name, Role: document.RoleBody, Text: g.text.String(), Cells: g.cells}
	if hidden {
		p.ID, p.Label = "sheet/"+name, p.Label+"（隐藏）"
		p.Hidden = &document.Hiding{Rule: "N03", Kind: "隐藏工作表"}
		r.removed.Add("隐藏工作表", 1)
	} else {
		p.ID = fmt.Sprintf("xl/worksheets/sheet%d.xml", len(r.sheets)+1)
		r.sheets = append(r.sheets, &sheet{part: p.ID, numbers: g.numbers})
	}
	if p.Text != "" {
		ooxml.LabelCells(p.Cells, p.Text)
		for _, c := range p.Cells {
			if c.Row > 2 || len(p.Marks) >= 12 {
				break
			}
			p.Marks = append(p.Marks, c.Span)
		}
		r.doc.Parts = append(r.doc.Parts, p)
	}
	r.hiddenCells(name, "隐藏行", g.hidRow.String())
	r.hiddenCells(name, "隐藏列", g.hidCol.String())
}

func (r *reading) hiddenCells(sheet, kind, text string) {
	if text == "" {
		return
	}
	r.removed.Add(kind, 1)
	r.doc.Parts = append(r.doc.Parts, document.Part{ID: "sheet/" + sheet + "#" + kind, Label: "工作表 " + sheet + " " + kind, Role: document.RoleBody, Hidden: &document.Hiding{Rule: "N03", Kind: kind}, Text: text})
}

// rowOf reads a row. Repeated rows and cells are written once: only empty ones and
// copies of the same value are stored so.
func (g *grid) rowOf(n *node, row int) {
	v := n.attr("table:visibility")
	gone := v == "collapse" || v == "filter"
	times := 1
	if n.content() != "" {
		times = repeat(n.attr("table:number-rows-repeated"), 1000)
	}
	for k := range times {
		col := 0
		for _, c := range n.kids {
			if c.name != "table:table-cell" && c.name != "table:covered-table-cell" {
				continue
			}
			text := g.cellText(c, k == 0)
			k := repeat(c.attr("table:number-columns-repeated"), maxCols)
			if text != "" {
				for i := range min(k, 1024) {
					g.cell(row, col+i, text, gone, c)
				}
			}
			col += k
		}
		row++
	}
}

func (g *grid) cellText(c *node, first bool) string {
	f := &flow{r: g.r, deep: 1}
	f.shade = g.r.styles.ground[c.attr("table:style-name")]
	if w := g.r.styles.why(c.attr("table:style-name")); w != "" && !f.shade {
		f.why = w
	}
	for _, k := range c.kids {
		switch {
		case k.name == "text:p":
			f.paragraph(k)
		case k.name == "office:annotation":
			if first {
				g.r.annotation(k)
			}
		case strings.HasPrefix(k.name, "draw:"):
			if first {
				g.r.boxes.drawing(k)
			}
		}
	}
	f.endHidden(f.why)
	return fresh.Printable(strings.ReplaceAll(strings.TrimSpace(string(f.text)), "\t", " "))
}

func (g *grid) cell(row, col int, text string, gone bool, c *node) {
	at := fresh.Ref(row, col)
	switch {
	case gone:
		fmt.Fprintf(&g.hidRow, "%s：%s\n", at, text)
		return
	case g.hidCols[col]:
		fmt.Fprintf(&g.hidCol, "%s：%s\n", at, text)
		return
	}
	if !g.any || row != g.row {
		if g.any {
			g.put("\n")
		}
		g.any, g.row, g.col = true, row, 0
	}
	g.put(strings.Repeat("\t", max(0, min(col-g.col, 64))))
	g.col = col
	start := g.n
	g.put(text)
	g.cells = append(g.cells, document.Cell{Span: document.Span{Start: start, End: g.n}, Row: row, Col: col, Ref: at})
	g.numbers[at] = c.attr("office:value-type") == "float"
}

// sheetsOf gives the sheets of the copy.
func (r *reading) sheetsOf(doc *document.Document) []fresh.Sheet {
	var names []string
	if p := doc.Part("sheets"); p != nil {
		names = strings.Split(p.Text, "\n")
	}
	var out []fresh.Sheet
	for i, sh := range r.sheets {
		s := fresh.Sheet{}
		if i < len(names) {
			s.Name = names[i]
		}
		if p := doc.Part(sh.part); p != nil {
			text := []rune(p.Text)
			for _, c := range p.Cells {
				s.Cells = append(s.Cells, fresh.Cell{Row: c.Row, Col: c.Col, Text: string(text[c.Start:c.End]), Number: sh.numbers[c.Ref]})
			}
		}
		out = append(out, s)
	}
	for _, id := range []string{"textboxes", "notes"} {
		if p := doc.Part(id); p != nil {
			s := fresh.Sheet{Name: map[string]string{"textboxes": "图形文字", "notes": "脚注"}[id]}
			for i, l := range strings.Split(p.Text, "\n") {
				s.Cells = append(s.Cells, fresh.Cell{Row: i, Text: l})
			}
			out = append(out, s)
		}
	}
	return out
}
