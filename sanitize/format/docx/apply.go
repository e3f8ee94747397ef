package docx

import (
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// apply carries out a plan on the trees. An edit of a part that is not there is
// an error; one of a hidden part has nothing to do, since the part goes.
func (r *reader) apply(plan document.Plan) error {
	edits, err := ooxml.ApplyAll(r.texts, plan, func(_ *ooxml.Text, gone ooxml.Gone) {
		for _, n := range gone.Rows {
			r.dropRow(n)
		}
		for _, n := range gone.Lines {
			r.dropPara(n)
		}
	})
	if err != nil {
		return err
	}
	for _, n := range r.blank {
		if strings.TrimSpace(runText(n)) != "" {
			plain(n)
		}
	}
	for _, p := range r.extra {
		delete(edits, p.ID)
	}
	if len(edits) > 0 {
		return ooxml.ErrRebuild("edit of an unknown part")
	}
	return nil
}

// plain gives a run the form of ordinary text: what a treatment has put in the
// place of blanks that nobody could see is to be seen.
func plain(n *ooxml.Node) {
	form := ooxml.El("w:rPr").Add(
		ooxml.El("w:color", "w:val", "auto"), ooxml.El("w:w", "w:val", "100"), ooxml.El("w:position", "w:val", "0"),
		ooxml.El("w:sz", "w:val", "21"), ooxml.El("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", "auto"))
	if old := n.Kid("w:rPr"); old != nil {
		old.Remove()
	}
	form.Up = n
	n.Kids = append([]*ooxml.Node{form}, n.Kids...)
}

// dropPara takes a paragraph out, or empties it where the container needs one or
// a section ends in it.
func (r *reader) dropPara(p *ooxml.Node) {
	if p.Name != "w:p" { // a line of a chart or diagram: only its text goes
		p.Walk(func(k *ooxml.Node) bool {
			if k.Name == "" {
				k.Text = ""
			}
			return true
		})
		return
	}
	if p.At("w:pPr", "w:sectPr") == nil && r.othersIn(p) {
		r.drop[p] = true
		return
	}
	for _, k := range p.Kids {
		if k.Name != "w:pPr" {
			r.drop[k] = true
		}
	}
}

// othersIn tells whether the container keeps another paragraph when p goes.
func (r *reader) othersIn(p *ooxml.Node) bool {
	up := p.Up
	for up != nil && (unwrapped[up.Name] || up.Name == "mc:Choice") {
		up = up.Up
	}
	last := false // the container must not end in a table
	found := false
	up.Walk(func(k *ooxml.Node) bool {
		if k == up {
			return true
		}
		if k == p || r.drop[k] {
			return false
		}
		switch k.Name {
		case "w:p":
			found, last = true, true
			return false
		case "w:tbl":
			last = false
			return false
		}
		return true
	})
	return found && last
}

// dropRow takes a table row out, the whole table with its last row; a cell merged
// downwards from it goes on from the next row.
func (r *reader) dropRow(tr *ooxml.Node) {
	if r.drop[tr] {
		return
	}
	r.drop[tr] = true
	tbl := tr.Up
	for tbl != nil && tbl.Name != "w:tbl" {
		tbl = tbl.Up
	}
	if tbl == nil {
		return
	}
	rows := tableRows(tbl)
	var next *ooxml.Node
	after, left := false, 0
	for _, k := range rows {
		switch {
		case k == tr:
			after = true
		case r.drop[k]:
		default:
			left++
			if after && next == nil {
				next = k
			}
		}
	}
	if left == 0 {
		r.drop[tbl] = true
		return
	}
	if next == nil {
		return
	}
	starts := map[int]bool{}
	eachCell(tr, func(col int, tc *ooxml.Node) {
		if m := tc.At("w:tcPr", "w:vMerge"); m != nil && m.Attr("w:val") == "restart" {
			starts[col] = true
		}
	})
	eachCell(next, func(col int, tc *ooxml.Node) {
		if m := tc.At("w:tcPr", "w:vMerge"); m != nil && starts[col] && m.Attr("w:val") != "restart" {
			m.SetAttr("w:val", "restart")
		}
	})
}

// tableRows lists the rows of a table, not those of tables inside it.
func tableRows(tbl *ooxml.Node) []*ooxml.Node {
	var out []*ooxml.Node
	for _, k := range tbl.Kids {
		k.Walk(func(n *ooxml.Node) bool {
			if n.Name == "w:tr" {
				out = append(out, n)
				return false
			}
			return n.Name != "w:tbl"
		})
	}
	return out
}

func eachCell(tr *ooxml.Node, f func(col int, tc *ooxml.Node)) {
	col := atoi(tr.At("w:trPr", "w:gridBefore").Attr("w:val"))
	tr.Walk(func(n *ooxml.Node) bool {
		if n.Name != "w:tc" {
			return n == tr || unwrapped[n.Name]
		}
		f(col, n)
		col += max(1, atoi(n.At("w:tcPr", "w:gridSpan").Attr("w:val")))
		return false
	})
}

// joinParagraphs moves what stands in paragraphs without a mark to the front of
// the paragraph that follows.
func (r *reader) joinParagraphs() {
	for _, p := range r.joins {
		if p.Up == nil || r.drop[p] {
			continue
		}
		kids := p.Up.Kids
		for i, k := range kids {
			if k != p {
				continue
			}
			for _, next := range kids[i+1:] {
				if next.Name != "w:p" {
					continue
				}
				var front []*ooxml.Node
				var rest []*ooxml.Node
				for _, n := range next.Kids {
					if n.Name == "w:pPr" {
						front = append(front, n)
					} else {
						rest = append(rest, n)
					}
				}
				for _, n := range p.Kids {
					if n.Name != "w:pPr" {
						n.Up = next
						front = append(front, n)
					}
				}
				next.Kids = append(front, rest...)
				r.drop[p] = true
				break
			}
			break
		}
	}
}
