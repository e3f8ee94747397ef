package xlsx

import (
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// apply carries out a plan on the cells, names, headers and shapes.
func (b *book) apply(plan document.Plan) error {
	edits, err := ooxml.ApplyAll(b.texts, plan, func(t *ooxml.Text, gone ooxml.Gone) {
		for _, s := range b.sheets {
			if s.text != t {
				continue
			}
			for _, n := range gone.Rows {
				s.gone[s.rowNodes[n]] = true
			}
			s.empty(gone.Lines)
		}
		for _, n := range gone.Lines {
			if strings.HasPrefix(n.Name, "a:") || n.Name == "c:v" {
				n.Walk(func(k *ooxml.Node) bool {
					if k.Name == "" {
						k.Text = ""
					}
					return true
				})
			}
		}
	})
	if err != nil {
		return err
	}
	for _, p := range b.extra {
		delete(edits, p.ID)
	}
	if len(edits) > 0 {
		return ooxml.ErrRebuild("edit of an unknown part")
	}
	return nil
}

// empty takes the text out of the cells that the given nodes stand for.
func (s *sheet) empty(nodes []*ooxml.Node) {
	if len(nodes) == 0 {
		return
	}
	gone := map[*ooxml.Node]bool{}
	for _, n := range nodes {
		gone[n] = true
	}
	for _, c := range s.cells {
		if len(c.runs) > 0 && gone[c.runs[0].text] {
			for _, r := range c.runs {
				r.text.Text = ""
			}
		}
	}
}
