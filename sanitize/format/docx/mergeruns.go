package docx

import (
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// mergeRuns joins neighbouring runs that look the same.
func mergeRuns(n *ooxml.Node) {
	var kids []*ooxml.Node
	for _, k := range n.Kids {
		mergeRuns(k)
		if k.Name == "w:r" {
			if len(k.Kids) == 0 || len(k.Kids) == 1 && k.Kids[0].Name == "w:rPr" {
				continue
			}
			if m := len(kids); m > 0 && kids[m-1].Name == "w:r" && plainRun(kids[m-1]) && plainRun(k) && look(kids[m-1]) == look(k) {
				joinRun(kids[m-1], k)
				continue
			}
		}
		if k.Name == "w:tc" && !endsInPara(k) {
			k.Add(ooxml.El("w:p"))
		}
		kids = append(kids, k)
	}
	n.Kids = kids
}

func endsInPara(tc *ooxml.Node) bool {
	return len(tc.Kids) > 0 && tc.Kids[len(tc.Kids)-1].Name == "w:p"
}

// plainRun tells runs of text, tabs and breaks only.
func plainRun(n *ooxml.Node) bool {
	for _, k := range n.Kids {
		switch k.Name {
		case "w:rPr", "w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:softHyphen":
		default:
			return false
		}
	}
	return true
}

// look is a run's formatting as text, without language and font hints.
func look(n *ooxml.Node) string {
	rp := n.Kid("w:rPr")
	if rp == nil {
		return ""
	}
	var b strings.Builder
	for _, k := range rp.Kids {
		if k.Name == "w:lang" {
			continue
		}
		var as []string
		for _, a := range k.Attrs {
			if a.Name != "w:hint" {
				as = append(as, a.Name+"="+a.Value)
			}
		}
		if k.Name == "w:rFonts" && len(as) == 0 {
			continue
		}
		b.WriteString(k.Name + "(" + strings.Join(as, ",") + ")")
	}
	return b.String()
}

func joinRun(a, b *ooxml.Node) {
	for _, k := range b.Kids {
		if k.Name == "w:rPr" {
			continue
		}
		if last := a.Kids[len(a.Kids)-1]; k.Name == "w:t" && last.Name == "w:t" {
			t := textNode(last.Content() + k.Content())
			t.Up = a
			a.Kids[len(a.Kids)-1] = t
			continue
		}
		a.Add(k)
	}
}
