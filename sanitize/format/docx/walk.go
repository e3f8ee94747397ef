package docx

import (
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// blocks reads the paragraphs and tables of a container in order.
func (r *reader) blocks(t *ooxml.Text, n *ooxml.Node) {
	if n == nil {
		return
	}
	for _, k := range n.Kids {
		switch k.Name {
		case "w:p":
			r.para(t, k)
		case "w:tbl":
			r.table(t, k)
		case "w:sdt":
			r.control(k)
			r.blocks(t, k.Kid("w:sdtContent"))
		case "w:customXml", "w:smartTag":
			r.tag(k)
			r.blocks(t, k)
		case "w:ins", "w:moveTo":
			r.author(k)
			r.blocks(t, k)
		case "w:del", "w:moveFrom":
			r.author(k)
			r.doom(k, "N02", "修订删除", document.RoleRevision)
		case "mc:AlternateContent":
			r.blocks(t, r.choose(k))
		case "w:altChunk", "w:subDoc":
			r.chunk(k)
		case "w:bookmarkStart":
			r.bookmark(k)
		}
	}
}

// para reads one paragraph. A paragraph whose mark is hidden and that shows
// nothing is left out; one whose mark is deleted runs on into the next.
func (r *reader) para(t *ooxml.Text, p *ooxml.Node) {
	ppr := p.Kid("w:pPr")
	mark := ppr.Kid("w:rPr")
	r.changes(ppr)
	if on(mark.Kid("w:vanish")) && ppr.Kid("w:sectPr") == nil && r.showsNothing(p) {
		r.drainFields(p)
		r.doom(p, "N03", "隐藏文字", document.RoleBody)
		return
	}
	if r.joined < 0 && r.pending != 0 {
		t.AddSep(r.pending)
	}
	r.pending = 0
	start := t.Len()
	if r.joined >= 0 {
		start = r.joined
	}
	if offPage(ppr.Kid("w:framePr")) {
		for _, k := range p.Kids {
			if k.Name != "w:pPr" {
				r.doom(k, "N03", "页面外文字", document.RoleBody)
			}
		}
	} else {
		r.inline(t, p, p)
	}
	if mark.Kid("w:del") != nil && nextIsPara(p) {
		r.author(mark.Kid("w:del"))
		r.joined = start
		r.joins = append(r.joins, p)
		return
	}
	r.joined = -1
	t.Lines = append(t.Lines, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: p})
	r.pending = '\n'
}

// showsNothing tells whether no run of a paragraph is visible.
func (r *reader) showsNothing(p *ooxml.Node) bool {
	seen := false
	p.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "w:drawing", "w:pict", "w:object", "m:oMath", "w:footnoteReference", "w:endnoteReference":
			seen = true
		case "w:del", "w:moveFrom":
			return false
		case "w:r":
			if _, why := r.hiding(k, p); why == "" && k.Content() != "" {
				seen = true
			}
		}
		return !seen
	})
	return !seen
}

func nextIsPara(p *ooxml.Node) bool {
	if p.Up == nil {
		return false
	}
	after := false
	for _, k := range p.Up.Kids {
		if k == p {
			after = true
		} else if after && (k.Name == "w:p" || k.Name == "w:tbl" || k.Name == "w:sdt") {
			return k.Name == "w:p"
		}
	}
	return false
}

// inline reads what a paragraph or an element inside it holds.
func (r *reader) inline(t *ooxml.Text, n, p *ooxml.Node) {
	if n == nil {
		return
	}
	for _, k := range n.Kids {
		switch k.Name {
		case "w:r":
			r.run(t, k, p)
		case "w:hyperlink":
			r.link(k)
			r.inline(t, k, p)
		case "w:ins", "w:moveTo":
			r.author(k)
			r.inline(t, k, p)
		case "w:del", "w:moveFrom":
			r.author(k)
			r.drainFields(k)
			r.doom(k, "N02", "修订删除", document.RoleRevision)
		case "w:smartTag", "w:customXml":
			r.tag(k)
			r.inline(t, k, p)
		case "w:sdt":
			r.control(k)
			r.inline(t, k.Kid("w:sdtContent"), p)
		case "w:fldSimple":
			r.simpleField(k)
			r.inline(t, k, p)
		case "mc:AlternateContent":
			r.inline(t, r.choose(k), p)
		case "m:oMath", "m:oMathPara":
			r.math(t, k)
		case "w:dir", "w:bdo":
			r.inline(t, k, p)
		case "w:bookmarkStart":
			r.bookmark(k)
		case "w:subDoc":
			r.chunk(k)
		}
	}
}

func (r *reader) math(t *ooxml.Text, n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "m:t" || k.Name == "w:t" {
			tn := k.TextNode()
			r.visited[tn] = true
			t.AddText(tn)
			return false
		}
		return true
	})
}

// run reads one run: its text if it is shown, else the reason why not.
func (r *reader) run(t *ooxml.Text, n, p *ooxml.Node) {
	r.changes(n.Kid("w:rPr"))
	rule, why := r.hiding(n, p)
	r.runKids(t, n, p, rule, why)
}

func (r *reader) runKids(t *ooxml.Text, n, p *ooxml.Node, rule, why string) {
	for _, k := range n.Kids {
		switch k.Name {
		case "w:fldChar", "w:instrText", "w:delInstrText":
			r.fieldChar(k)
			continue
		case "w:rPr":
			continue
		case "mc:AlternateContent":
			if c := r.choose(k); c != nil {
				r.runKids(t, c, p, rule, why)
			}
			continue
		}
		if f := r.inInstr(); f != nil { // what stands in an instruction is not shown
			if k.Name == "w:t" {
				f.text += k.Content()
				r.markRead(k)
			}
			f.nodes = append(f.nodes, k)
			continue
		}
		if why != "" {
			switch k.Name {
			case "w:t", "w:tab", "w:br", "w:cr", "w:sym", "w:noBreakHyphen", "w:ruby", "w:drawing", "w:pict", "w:object", "w:delText":
				if !r.drop[k] {
					r.drop[k] = true
					r.hidden.Add(rule, why, document.RoleBody, r.gather(k), p)
					r.removed.Add(why, 1)
				}
			}
			continue
		}
		r.shownKid(t, k, p)
	}
}

// shownKid reads one child of a visible run.
func (r *reader) shownKid(t *ooxml.Text, k, p *ooxml.Node) {
	switch k.Name {
	case "w:t":
		tn := k.TextNode()
		r.visited[tn] = true
		t.AddText(tn)
	case "w:tab", "w:ptab":
		if r.cells > 0 {
			t.AddBreak(' ', k)
		} else {
			t.AddBreak('\t', k)
		}
	case "w:br", "w:cr":
		t.AddBreak('\n', k)
	case "w:noBreakHyphen":
		t.AddBreak('-', k)
	case "w:sym":
		t.AddBreak('\ufffc', k)
	case "w:delText":
		r.doom(k, "N02", "修订删除", document.RoleRevision)
	case "w:ruby":
		r.inline(t, k.Kid("w:rubyBase"), p)
		if r.ruby == nil {
			r.ruby = &ooxml.Text{ID: r.cur.name + "#ruby", Label: r.cur.title + " 注音", Role: document.RoleOther}
		}
		pending := r.pending
		r.inline(r.ruby, k.Kid("w:rt"), p)
		r.ruby.AddSep('\n')
		r.pending = pending
	case "w:footnoteReference":
		r.notes["footnote/"+k.Attr("w:id")] = true
	case "w:endnoteReference":
		r.notes["endnote/"+k.Attr("w:id")] = true
	case "w:drawing":
		r.drawing(k)
	case "w:pict":
		r.pict(k)
	case "w:object":
		r.oleObject(k)
	}
}

func (r *reader) markRead(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "" {
			r.visited[k] = true
		}
		return true
	})
}

// table reads a table row by row: cells parted by tabs, one line a row unless a
// cell holds several paragraphs.
func (r *reader) table(t *ooxml.Text, tbl *ooxml.Node) {
	pr := tbl.Kid("w:tblPr")
	for _, name := range []string{"w:tblCaption", "w:tblDescription"} {
		if k := pr.Kid(name); k != nil {
			r.hidden.Add("N03", "替代文字", document.RoleOther, k.Attr("w:val"), nil)
			r.removed.Add("替代文字", 1)
		}
	}
	r.shade = append(r.shade, r.tableShade(pr))
	table, row := t.Table(), 0
	r.rows(t, tbl, table, &row)
	r.shade = r.shade[:len(r.shade)-1]
}

func (r *reader) rows(t *ooxml.Text, n *ooxml.Node, table int, row *int) {
	for _, k := range n.Kids {
		switch k.Name {
		case "w:tr":
			if r.goneRow(k) {
				continue
			}
			r.row(t, k, table, *row)
			*row++
		case "w:sdt":
			r.control(k)
			if c := k.Kid("w:sdtContent"); c != nil {
				r.rows(t, c, table, row)
			}
		case "w:customXml", "w:ins", "w:moveTo":
			r.rows(t, k, table, row)
		case "w:del", "w:moveFrom":
			r.author(k)
			r.doom(k, "N02", "修订删除", document.RoleRevision)
		case "mc:AlternateContent":
			if c := r.choose(k); c != nil {
				r.rows(t, c, table, row)
			}
		case "w:bookmarkStart":
			r.bookmark(k)
		}
	}
}

// goneRow dooms hidden and deleted rows.
func (r *reader) goneRow(tr *ooxml.Node) bool {
	pr := tr.Kid("w:trPr")
	r.changes(pr)
	switch {
	case pr.Kid("w:del") != nil:
		r.author(pr.Kid("w:del"))
		r.doom(tr, "N02", "修订删除", document.RoleRevision)
	case on(pr.Kid("w:hidden")):
		r.doom(tr, "N03", "隐藏行", document.RoleBody)
	default:
		if ins := pr.Kid("w:ins"); ins != nil {
			r.author(ins)
		}
		return false
	}
	return true
}

func (r *reader) row(t *ooxml.Text, tr *ooxml.Node, table, row int) {
	if r.pending != 0 {
		t.AddSep('\n')
	}
	r.pending = 0
	start, col := t.Len(), 0
	if g := tr.At("w:trPr", "w:gridBefore"); g != nil {
		col += atoi(g.Attr("w:val"))
	}
	first := true
	r.rowCells(t, tr, table, row, &col, &first)
	t.Rows = append(t.Rows, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: tr})
	r.pending = '\n'
}

func (r *reader) rowCells(t *ooxml.Text, n *ooxml.Node, table, row int, col *int, first *bool) {
	for _, k := range n.Kids {
		switch k.Name {
		case "w:tc":
			if pr := k.Kid("w:tcPr"); pr.Kid("w:cellDel") != nil {
				r.doom(k, "N02", "修订删除", document.RoleRevision)
				continue
			}
			if !*first {
				t.AddSep('\t')
			}
			*first = false
			r.cell(t, k, table, row, *col)
			*col += max(1, atoi(k.At("w:tcPr", "w:gridSpan").Attr("w:val")))
		case "w:sdt":
			r.control(k)
			if c := k.Kid("w:sdtContent"); c != nil {
				r.rowCells(t, c, table, row, col, first)
			}
		case "w:customXml", "w:ins", "w:moveTo":
			r.rowCells(t, k, table, row, col, first)
		case "w:bookmarkStart":
			r.bookmark(k)
		}
	}
}

func (r *reader) cell(t *ooxml.Text, tc *ooxml.Node, table, row, col int) {
	r.pending = 0
	start, at := t.Len(), len(t.Cells)
	t.Cells = append(t.Cells, document.Cell{Table: table, Row: row, Col: col})
	sh := r.shade[len(r.shade)-1]
	if c := shadeOf(tc.At("w:tcPr", "w:shd")); c != "" {
		sh = background{fill: c}
	}
	r.shade = append(r.shade, sh)
	r.cells++
	r.blocks(t, tc)
	r.cells--
	r.shade = r.shade[:len(r.shade)-1]
	r.pending = 0
	t.Cells[at].Span = document.Span{Start: start, End: t.Len()}
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1_000_000 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func trimmed(s string) string { return strings.TrimSpace(s) }
