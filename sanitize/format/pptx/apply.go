package pptx

import (
	"strconv"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// apply carries out a plan on the trees.
func (d *deck) apply(plan document.Plan) error {
	edits, err := ooxml.ApplyAll(d.texts, plan, func(_ *ooxml.Text, gone ooxml.Gone) {
		for _, tr := range gone.Rows {
			d.dropRow(tr)
		}
		for _, p := range gone.Lines {
			d.dropPara(p)
		}
	})
	if err != nil {
		return err
	}
	for _, p := range d.extra {
		delete(edits, p.ID)
	}
	if len(edits) > 0 {
		return ooxml.ErrRebuild("edit of an unknown part")
	}
	return nil
}

// dropPara takes a paragraph out; the last of a text body is emptied.
func (d *deck) dropPara(p *ooxml.Node) {
	others := 0
	if p.Name == "a:p" && p.Up != nil {
		for _, k := range p.Up.Kids {
			if k.Name == "a:p" && k != p && !d.drop[k] {
				others++
			}
		}
	}
	if others > 0 {
		d.drop[p] = true
		return
	}
	p.Walk(func(k *ooxml.Node) bool {
		if k.Name == "" {
			k.Text = ""
		}
		return true
	})
}

// dropRow takes a table row out; merged cells go on from the next row, and the
// last row is emptied.
func (d *deck) dropRow(tr *ooxml.Node) {
	if tr.Up == nil {
		return
	}
	var next *ooxml.Node
	left, after := 0, false
	for _, k := range tr.Up.Kids {
		switch {
		case k == tr:
			after = true
		case k.Name == "a:tr" && !d.drop[k]:
			left++
			if after && next == nil {
				next = k
			}
		}
	}
	if left == 0 {
		tr.Walk(func(k *ooxml.Node) bool {
			if k.Name == "" {
				k.Text = ""
			}
			return true
		})
		return
	}
	d.drop[tr] = true
	if next == nil {
		return
	}
	cells := next.All("a:tc")
	for i, c := range tr.All("a:tc") {
		span := num(c.Attr("rowSpan"))
		if span > 1 && i < len(cells) && truth(cells[i].Attr("vMerge")) {
			cells[i].DropAttr("vMerge")
			if span > 2 {
				cells[i].SetAttr("rowSpan", strconv.FormatInt(span-1, 10))
			}
		}
	}
}
