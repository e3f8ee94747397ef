package odf

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// table reads a table of a text or slide row by row: cells parted by tabs, one line
// a row unless a cell holds several paragraphs.
func (f *flow) table(t *node) {
	for _, k := range t.Kids {
		switch k.Name {
		case "table:title", "table:desc":
			f.r.doom(k, "N03", "替代文字", document.RoleOther)
		}
	}
	number, row := f.t.Table(), 0
	l := f.look
	f.look = f.r.cur.over(l, "table", t.Attr("table:style-name"))
	f.rows(t, number, &row)
	f.look = l
}

// rowGroups hold rows or columns.
var rowGroups = map[string]bool{
	"table:table-rows": true, "table:table-header-rows": true, "table:table-row-group": true,
	"table:table-columns": true, "table:table-header-columns": true, "table:table-column-group": true,
}

func hiddenRow(n *node) bool {
	v := n.Attr("table:visibility")
	return v == "collapse" || v == "filter"
}

func (f *flow) rows(n *node, table int, row *int) {
	for _, k := range n.Kids {
		switch {
		case rowGroups[k.Name]:
			f.rows(k, table, row)
		case k.Name == "table:table-row":
			if hiddenRow(k) {
				f.r.doom(k, "N03", "隐藏行", document.RoleBody)
				continue
			}
			f.row(k, table, *row)
			*row += repeat(k.Attr("table:number-rows-repeated"), 1000)
		case k.Name == "" || k.Name == "table:table-column" || k.Name == "text:soft-page-break":
		default:
			f.r.doom(k, "N03", "其他隐藏内容", document.RoleOther)
		}
	}
}

func (f *flow) row(tr *node, table, row int) {
	if f.pending != 0 {
		f.t.AddSep('\n')
	}
	f.pending = 0
	start, col, first := f.t.Len(), 0, true
	for _, c := range tr.Kids {
		switch c.Name {
		case "table:table-cell":
			if !first {
				f.t.AddSep('\t')
			}
			f.cell(c, table, row, col)
		case "table:covered-table-cell":
			if !first {
				f.t.AddSep('\t')
			}
			f.r.emptied(c)
		default:
			continue
		}
		first = false
		col += repeat(c.Attr("table:number-columns-repeated"), 1024)
	}
	f.t.Rows = append(f.t.Rows, ooxml.Line{Span: document.Span{Start: start, End: f.t.Len()}, Node: tr})
	f.pending = '\n'
}

func (f *flow) cell(c *node, table, row, col int) {
	f.pending = 0
	start, at := f.t.Len(), len(f.t.Cells)
	f.t.Cells = append(f.t.Cells, document.Cell{Table: table, Row: row, Col: col})
	l := f.look
	f.look = f.r.cur.over(l, "table-cell", c.Attr("table:style-name"))
	f.deep++
	f.blocks(c)
	f.deep--
	f.look, f.pending = l, 0
	f.t.Cells[at].Span = document.Span{Start: start, End: f.t.Len()}
}

// emptied files what a cell under a merged one holds, and takes it out.
func (r *reader) emptied(c *node) {
	for _, k := range c.Kids {
		r.doom(k, "N03", "合并单元格遮盖的内容", document.RoleBody)
	}
}
