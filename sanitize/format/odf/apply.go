package odf

import (
	"strconv"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// apply carries out a plan on the trees. An edit of a part that is not there is an
// error; one of a hidden part has nothing to do, since the part goes.
func (r *reader) apply(plan document.Plan) error {
	edits := ooxml.ByPart(plan)
	for _, f := range r.flows {
		es := edits[f.t.ID]
		delete(edits, f.t.ID)
		if len(es) == 0 || f.hiding != nil {
			continue
		}
		gone, err := f.t.Apply(es)
		if err != nil {
			return err
		}
		for _, n := range gone.Rows {
			r.drop[n] = true
		}
		for _, n := range gone.Lines {
			r.dropPara(n)
		}
	}
	for i := range r.doc.Parts {
		delete(edits, r.doc.Parts[i].ID)
	}
	if len(edits) > 0 {
		return ooxml.ErrRebuild("edit of an unknown part")
	}
	return nil
}

// dropPara takes a paragraph out, or empties it where a new page begins with it or
// its container needs one.
func (r *reader) dropPara(p *node) {
	style := p.Attr("text:style-name")
	breaks := r.cur.styleAttr("paragraph", style, "style:master-page-name") != ""
	for _, a := range []string{"fo:break-before", "fo:break-after"} {
		if v := r.cur.prop("paragraph", style, "paragraph", a); v != "" && v != "auto" {
			breaks = true
		}
	}
	if p.Name != "text:p" && p.Name != "text:h" {
		breaks = true
	}
	if !breaks && r.othersIn(p) {
		r.drop[p] = true
		return
	}
	for _, k := range p.Kids {
		r.drop[k] = true
	}
}

// othersIn tells whether the container keeps another paragraph when p goes.
func (r *reader) othersIn(p *node) bool {
	for _, k := range p.Up.Kids {
		if k != p && !r.drop[k] && (k.Name == "text:p" || k.Name == "text:h") {
			return true
		}
	}
	return false
}

// tableRow is a row of a table with the group that holds it.
type tableRow struct{ row, up *node }

func tableRows(n *node) []tableRow {
	var out []tableRow
	for _, k := range n.Kids {
		switch {
		case k.Name == "table:table-row":
			out = append(out, tableRow{k, n})
		case rowGroups[k.Name]:
			out = append(out, tableRows(k)...)
		}
	}
	return out
}

// tidyTable brings the merged cells of a table into line with the rows that go: a
// cell merged downwards is as much shorter, one whose own row goes moves to the next.
// It tells whether any row is left.
func (r *reader) tidyTable(t *node) bool {
	rows := tableRows(t)
	left := 0
	for i, x := range rows {
		if !r.drop[x.row] {
			left++
		}
		col := 0
		for _, c := range x.row.Kids {
			if c.Name != "table:table-cell" && c.Name != "table:covered-table-cell" {
				continue
			}
			if n := repeat(c.Attr("table:number-rows-spanned"), maxRows); n > 1 {
				r.shorten(rows, i, col, n, c)
			}
			col += repeat(c.Attr("table:number-columns-repeated"), maxCols)
		}
	}
	return left > 0
}

// shorten fits a cell that reaches over n rows from row i on.
func (r *reader) shorten(rows []tableRow, i, col, n int, c *node) {
	stays, first := 0, -1
	for j := i; j < min(i+n, len(rows)); j++ {
		if !r.drop[rows[j].row] {
			if stays++; first < 0 {
				first = j
			}
		}
	}
	stays += max(0, i+n-len(rows)) // rows that are stored as one
	if first < 0 || first == i {
		c.SetAttr("table:number-rows-spanned", strconv.Itoa(max(1, stays)))
		return
	}
	at := 0
	for _, k := range rows[first].row.Kids {
		if k.Name != "table:table-cell" && k.Name != "table:covered-table-cell" {
			continue
		}
		times := repeat(k.Attr("table:number-columns-repeated"), maxCols)
		if at == col && k.Name == "table:covered-table-cell" && times == 1 {
			k.Name = "table:table-cell"
			k.SetAttr("table:number-rows-spanned", strconv.Itoa(stays))
			if v := c.Attr("table:number-columns-spanned"); v != "" {
				k.SetAttr("table:number-columns-spanned", v)
			}
			if v := c.Attr("table:style-name"); v != "" {
				k.SetAttr("table:style-name", v)
			}
			return
		}
		at += times
	}
}

// dropColumns takes hidden columns out of a sheet.
func dropColumns(t *node, hidden map[int]bool) {
	any := false
	for _, h := range hidden {
		any = any || h
	}
	if !any {
		return
	}
	col := 0
	narrow(t, "table:table-column", &col, hidden)
	for _, x := range tableRows(t) {
		col := 0
		narrow(x.row, "table:table-cell", &col, hidden)
	}
}

// narrow counts the columns that elements of that kind stand for anew.
func narrow(n *node, kind string, col *int, hidden map[int]bool) {
	kids := n.Kids[:0]
	for _, k := range n.Kids {
		if rowGroups[k.Name] && kind == "table:table-column" {
			narrow(k, kind, col, hidden)
		}
		if k.Name != kind && (kind != "table:table-cell" || k.Name != "table:covered-table-cell") {
			kids = append(kids, k)
			continue
		}
		times := repeat(k.Attr("table:number-columns-repeated"), maxCols)
		if span := repeat(k.Attr("table:number-columns-spanned"), maxCols); span > 1 {
			k.SetAttr("table:number-columns-spanned", strconv.Itoa(max(1, stay(*col, span, hidden))))
		}
		n := stay(*col, times, hidden)
		*col += times
		if n == 0 {
			continue
		}
		if n != times {
			k.SetAttr("table:number-columns-repeated", strconv.Itoa(n))
		}
		kids = append(kids, k)
	}
	n.Kids = kids
}

func stay(from, n int, hidden map[int]bool) int {
	out := 0
	for c := from; c < from+n; c++ {
		if !hidden[c] {
			out++
		}
	}
	return out
}
