package odf

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

const (
	maxRows  = 1 << 20
	maxCols  = 1 << 14
	maxCells = 1_000_000 // with content, repetitions counted
)

// filled tells cells and rows that hold something: only empty ones may stay repeated.
func filled(n *node) bool {
	found := false
	n.Walk(func(k *node) bool {
		found = found || k.Name == "text:p" || k.HasAttr("office:value-type") || strings.HasPrefix(k.Name, "draw:")
		return !found
	})
	return found
}

// expand writes out rows and cells that are stored once and shown many times.
func expand(book *node) error {
	budget := maxCells
	var err error
	walk(book, func(n *node) bool {
		if n.Name == "table:table" || rowGroups[n.Name] || n.Name == "table:table-row" {
			err = multiply(n, &budget, err)
		}
		return n.Name != "table:table-cell" && err == nil
	})
	return err
}

func multiply(n *node, budget *int, err error) error {
	const rows, cols = "table:number-rows-repeated", "table:number-columns-repeated"
	var kids []*node
	for _, k := range n.Kids {
		attr := ""
		switch k.Name {
		case "table:table-row":
			attr = rows
		case "table:table-cell", "table:covered-table-cell":
			attr = cols
		}
		kids = append(kids, k)
		if attr == "" || !filled(k) {
			continue
		}
		times := repeat(k.Attr(attr), maxRows)
		k.DropAttr(attr)
		size := 1
		if attr == rows {
			size = max(1, len(k.Kids))
		}
		if *budget -= times * size; *budget < 0 {
			return ole.ErrTooLarge()
		}
		for range times - 1 {
			c := k.Copy()
			c.Up = n
			kids = append(kids, c)
		}
	}
	n.Kids = kids
	return err
}

// book reads the sheets of a spreadsheet.
func (r *reader) book(n *node) {
	r.through[n] = false
	names := r.flow("sheets", "工作表名称", document.RoleOther)
	for _, k := range n.Kids {
		switch k.Name {
		case "":
		case "table:table":
			r.sheetOf(k, names)
		case "table:named-expressions", "table:database-ranges", "table:data-pilot-tables", "table:consolidation", "table:dde-links", "table:label-ranges":
			r.drop[k] = true
			walk(k, func(c *node) bool {
				for _, a := range []string{"table:name", "table:user-name", "table:expression", "table:database-name", "table:sql-statement", "table:query-name"} {
					r.name("定义名称", nameless(c.Attr(a)))
				}
				return true
			})
			r.hide("N05", "数据透视缓存", document.RoleObject, content(k))
			r.tell(k)
		case "table:content-validations":
			r.validations(k)
		case "table:tracked-changes":
			r.doom(k, "N02", "修订删除", document.RoleRevision)
		case "table:calculation-settings", "table:label-range":
			r.drop[k] = true
		default:
			r.declared(k)
		}
	}
}

// nameless leaves out addresses of cells, which name nothing.
func nameless(s string) string {
	if cellRange.MatchString(s) {
		return ""
	}
	return s
}

func (r *reader) validations(n *node) {
	r.drop[n] = true
	r.removed.Add("数据验证", len(n.Kids))
	walk(n, func(c *node) bool {
		switch c.Name {
		case "table:content-validation":
			if s := c.Attr("table:condition"); strings.Contains(s, `"`) {
				r.hide("N03", "数据验证提示", document.RoleField, s)
			}
		case "table:help-message", "table:error-message":
			r.hide("N03", "数据验证提示", document.RoleField, c.Attr("table:title")+" "+content(c))
		}
		return true
	})
	r.tell(n)
}

// grid is a sheet while it is laid out.
type grid struct {
	r       *reader
	f       *flow
	row     int // of the last cell written
	col     int
	any     bool
	hidCols map[int]bool
	styles  []string // of columns
	name    string
	hidden  map[string]*strings.Builder
}

func (r *reader) sheetOf(t *node, names *flow) {
	name := t.Attr("table:name")
	gone := r.cur.prop("table", t.Attr("table:style-name"), "table", "table:display") == "false" || t.Kid("table:scenario") != nil
	g := &grid{r: r, hidCols: map[int]bool{}, name: name, hidden: map[string]*strings.Builder{}}
	if gone {
		g.f = r.flow("hidden-sheet/"+name, "工作表 "+name+"（隐藏）", document.RoleBody)
		g.f.hiding = &document.Hiding{Rule: "N03", Kind: "隐藏工作表"}
		r.drop[t] = true
		r.removed.Add("隐藏工作表", 1)
	} else {
		r.printed(t, name)
		r.sheets, r.titles = append(r.sheets, t), append(r.titles, name)
		g.f = r.flow(fmt.Sprintf("sheet/%d", len(r.sheets)), "工作表 "+name, document.RoleBody)
		if names.t.Len() > 0 {
			names.t.AddSep('\n')
		}
		names.t.AddAttr(t, "table:name")
	}
	g.f.t.Table()
	row := 0
	g.kids(t, &row)
	for _, kind := range []string{"隐藏行", "隐藏列"} {
		if b := g.hidden[kind]; b != nil {
			r.removed.Add(kind, 1)
			r.doc.Parts = append(r.doc.Parts, document.Part{ID: "sheet/" + name + "#" + kind, Label: "工作表 " + name + " " + kind, Role: document.RoleBody, Hidden: &document.Hiding{Rule: "N03", Kind: kind}, Text: b.String()})
		}
	}
	if gone {
		r.tell(t)
	}
}

func (g *grid) kids(n *node, row *int) {
	r := g.r
	for _, k := range n.Kids {
		switch {
		case k.Name == "":
		case rowGroups[k.Name]:
			g.kids(k, row)
		case k.Name == "table:table-column":
			times := repeat(k.Attr("table:number-columns-repeated"), maxCols)
			for range min(times, maxCols-len(g.styles)) {
				g.hidCols[len(g.styles)] = hiddenRow(k)
				g.styles = append(g.styles, k.Attr("table:default-cell-style-name"))
			}
		case k.Name == "table:table-row":
			g.line(k, *row)
			*row += repeat(k.Attr("table:number-rows-repeated"), maxRows)
		case k.Name == "table:shapes":
			for _, s := range k.Kids {
				if s.Name != "" {
					r.queue = append(r.queue, s)
				}
			}
		case k.Name == "table:title" || k.Name == "table:desc":
			r.doom(k, "N03", "替代文字", document.RoleOther)
		case k.Name == "table:named-expressions":
			walk(k, func(c *node) bool { r.name("定义名称", c.Attr("table:name")); return true })
			r.drop[k] = true
		case k.Name == "table:scenario":
			r.hide("N03", "方案", document.RoleField, k.Attr("table:comment"))
			r.drop[k] = true
		case k.Name == "table:table-source":
			r.hide("N05", "外部链接", document.RoleField, k.Attr("xlink:href"))
			r.drop[k] = true
		case k.Name == "calcext:conditional-formats":
			r.removed.Add("条件格式", 1)
			walk(k, func(c *node) bool {
				if v := c.Attr("calcext:value"); strings.Contains(v, `"`) {
					r.hide("N03", "条件格式", document.RoleField, v)
				}
				return true
			})
			r.drop[k] = true
		default:
			r.declared(k)
		}
	}
}

func (g *grid) line(n *node, row int) {
	gone := hiddenRow(n)
	if gone {
		g.r.drop[n] = true
	}
	start, col := -1, 0
	for _, c := range n.Kids {
		switch c.Name {
		case "table:table-cell":
		case "table:covered-table-cell":
			g.r.emptied(c)
		default:
			continue
		}
		if c.Name == "table:table-cell" && filled(c) {
			if at, ok := g.cell(c, row, col, gone, n); ok && start < 0 {
				start = at
			}
		}
		col += repeat(c.Attr("table:number-columns-repeated"), maxCols)
	}
	if start >= 0 {
		g.f.t.Rows = append(g.f.t.Rows, ooxml.Line{Span: document.Span{Start: start, End: g.f.t.Len()}, Node: n})
	}
}

// cell reads a cell; it gives where its text begins, and false if there is none.
func (g *grid) cell(c *node, row, col int, gone bool, tr *node) (int, bool) {
	r, f := g.r, g.f
	style := c.Attr("table:style-name")
	if style == "" {
		style = tr.Attr("table:default-cell-style-name")
	}
	if style == "" && col < len(g.styles) {
		style = g.styles[col]
	}
	r.value(c, style)
	at := fresh.Ref(row, col)
	if gone || g.hidCols[col] {
		kind := "隐藏行"
		if !gone {
			kind = "隐藏列"
			r.drop[c] = true
		}
		if s := content(c); s != "" {
			if g.hidden[kind] == nil {
				g.hidden[kind] = &strings.Builder{}
			}
			fmt.Fprintf(g.hidden[kind], "%s：%s\n", at, s)
		}
		r.tell(c)
		return 0, false
	}
	l := r.cur.over(look{}, "table-cell", style)
	pending := g.before(row, col)
	begin, first := 0, true
	for _, k := range c.Kids {
		switch {
		case r.drop[k]:
		case k.Name == "text:p":
			if content(k) != "" || !first {
				if first {
					pending()
					begin = f.t.Len()
					f.pending, first = 0, false
				}
				f.look = l
				f.deep++
				f.para(k)
				f.deep--
			}
		case k.Name == "":
		case strings.HasPrefix(k.Name, "draw:"):
			r.queue = append(r.queue, k)
		case k.Name == "office:annotation" || k.Name == "officeooo:annotation":
			r.annotation(k)
		default:
			r.doom(k, "N03", "其他隐藏内容", document.RoleOther)
		}
	}
	f.look, f.pending = look{}, 0
	if first {
		return 0, false
	}
	f.t.Cells = append(f.t.Cells, document.Cell{Span: document.Span{Start: begin, End: f.t.Len()}, Row: row, Col: col, Ref: at})
	return begin, true
}

// before parts a cell from the one before it, once it is known to hold text.
func (g *grid) before(row, col int) func() {
	return func() {
		t := g.f.t
		if !g.any || row != g.row {
			if g.any {
				t.AddSep('\n')
			}
			g.any, g.row, g.col = true, row, 0
		}
		for range max(0, min(col-g.col, 64)) {
			t.AddSep('\t')
		}
		g.col = col
	}
}
