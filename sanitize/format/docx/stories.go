package docx

import (
	"fmt"
	"sort"

	"jinggao/sanitize/format/ooxml"
)

// readStories finds headers, footers and notes and which of them are shown.
func (r *reader) readStories(root *ooxml.Node) error {
	shown := r.shownHeaders(root)
	count := map[string]int{}
	rs, err := r.pkg.Rels(r.main)
	if err != nil {
		return err
	}
	for _, rel := range byUse(root, rs) {
		if rel.External || !r.pkg.Has(rel.Target) || r.seen[rel.Target] {
			continue
		}
		var title string
		switch rel.Type {
		case "header":
			title = "页眉"
		case "footer":
			title = "页脚"
		case "footnotes":
			title = "脚注"
		case "endnotes":
			title = "尾注"
		default:
			continue
		}
		n, err := r.pkg.XML(rel.Target)
		if err != nil {
			return err
		}
		r.seen[rel.Target] = true
		s := &story{name: rel.Target, root: n, kind: rel.Type, used: true, title: title}
		if rel.Type == "header" || rel.Type == "footer" {
			count[rel.Type]++
			s.title = fmt.Sprintf("%s %d", title, count[rel.Type])
			s.used = shown[rel.ID]
			if !s.used {
				s.title += "（未启用）"
			}
		}
		r.stories = append(r.stories, s)
	}
	return nil
}

// byUse puts the relationships that sections refer to first, in the order of the
// sections, so that a copy reads in the same order as its original.
func byUse(root *ooxml.Node, rs []ooxml.Rel) []ooxml.Rel {
	place := map[string]int{}
	root.Walk(func(n *ooxml.Node) bool {
		if n.Name == "w:headerReference" || n.Name == "w:footerReference" {
			if id := n.Attr("r:id"); place[id] == 0 {
				place[id] = len(place) + 1
			}
		}
		return true
	})
	out := append([]ooxml.Rel(nil), rs...)
	at := func(r ooxml.Rel) int {
		if n := place[r.ID]; n > 0 {
			return n
		}
		if r.Type == "endnotes" {
			return 1<<20 + 1
		}
		return 1 << 20
	}
	sort.SliceStable(out, func(i, j int) bool { return at(out[i]) < at(out[j]) })
	return out
}

// shownHeaders follows the sections in order; a section without a reference
// takes over the one before. First and even pages count only if switched on.
func (r *reader) shownHeaders(root *ooxml.Node) map[string]bool {
	shown := map[string]bool{}
	cur := map[string]string{}
	for _, s := range root.All("w:sectPr") {
		if s.Up != nil && s.Up.Name == "w:sectPrChange" {
			continue
		}
		for _, k := range s.Kids {
			if k.Name == "w:headerReference" || k.Name == "w:footerReference" {
				typ := k.Attr("w:type")
				if typ == "" {
					typ = "default"
				}
				cur[k.Name+typ] = k.Attr("r:id")
			}
		}
		for _, h := range []string{"w:headerReference", "w:footerReference"} {
			shown[cur[h+"default"]] = true
			if on(s.Kid("w:titlePg")) {
				shown[cur[h+"first"]] = true
			}
			if r.evenOdd {
				shown[cur[h+"even"]] = true
			}
		}
	}
	return shown
}
