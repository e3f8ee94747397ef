package fresh

import (
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Margin is a header or footer of a section. Its part is read in the order in which the
// sections name the parts.
type Margin struct {
	Section int    // from 0
	Kind    string // default, even, first
	Foot    bool
	Part    string // id of the part; "" is an empty one
}

// margins writes the headers and footers of the sections; false if it is not said where
// each of them stands.
func (f *wordFile) margins() bool {
	parts := map[string]*document.Part{}
	for i := range f.doc.Parts {
		if p := &f.doc.Parts[i]; isMargin(p) {
			parts[p.ID] = p
		}
	}
	named := map[string]bool{}
	for _, m := range f.placed {
		named[m.Part] = true
	}
	for id := range parts {
		if !named[id] {
			return false
		}
	}
	if len(f.placed) == 0 {
		return false
	}
	ids := map[Margin]string{}
	for _, m := range f.placed {
		if m.Part != "" && parts[m.Part] == nil || m.Section < 0 {
			continue
		}
		for len(f.refs) <= m.Section {
			f.refs = append(f.refs, nil)
		}
		file := Margin{Foot: m.Foot, Part: m.Part}
		if ids[file] == "" {
			ids[file] = f.marginFile(len(ids)+1, m.Foot, parts[m.Part])
		}
		f.refs[m.Section] = append(f.refs[m.Section], reference(m.Foot, m.Kind, ids[file]))
	}
	if f.facing {
		const part = "word/settings.xml"
		f.b.Add(part, wordBase+"settings+xml", ooxml.Encode(ooxml.El("w:settings").Add(ooxml.El("w:evenAndOddHeaders")), ""))
		f.b.Rel(wordMain, "settings", part)
	}
	return true
}

func isMargin(p *document.Part) bool {
	return p.Hidden == nil && (p.Role == document.RoleHeader || p.Role == document.RoleFooter)
}

func reference(foot bool, kind, id string) *ooxml.Node {
	name := "w:headerReference"
	if foot {
		name = "w:footerReference"
	}
	if kind != "even" && kind != "first" {
		kind = "default"
	}
	return ooxml.El(name, "w:type", kind, "r:id", id)
}

// marginFile writes a header or footer and gives the relationship to it.
func (f *wordFile) marginFile(n int, foot bool, parts ...*document.Part) string {
	kind, root := "header", "w:hdr"
	if foot {
		kind, root = "footer", "w:ftr"
	}
	part := fmt.Sprintf("word/%s%d.xml", kind, n)
	node := ooxml.El(root)
	for _, p := range parts {
		if p != nil {
			node.Add(f.story(p, part, "center").blocks()...)
		}
	}
	if k := len(node.Kids); k == 0 || node.Kids[k-1].Name == "w:tbl" {
		node.Add(ooxml.El("w:p"))
	}
	f.b.Add(part, wordBase+kind+"+xml", ooxml.Encode(node, ""))
	return f.b.Rel(wordMain, kind, part)
}

// everywhere puts all headers and footers on all pages.
func (f *wordFile) everywhere() {
	var heads, feet []*document.Part
	for i := range f.doc.Parts {
		switch p := &f.doc.Parts[i]; {
		case !isMargin(p):
		case p.Role == document.RoleHeader:
			heads = append(heads, p)
		default:
			feet = append(feet, p)
		}
	}
	f.refs = [][]*ooxml.Node{nil}
	if len(heads) > 0 {
		f.refs[0] = append(f.refs[0], reference(false, "default", f.marginFile(1, false, heads...)))
	}
	if len(feet) > 0 {
		f.refs[0] = append(f.refs[0], reference(true, "default", f.marginFile(1, true, feet...)))
	}
}

// references lead to the headers and footers of the section at hand; the last takes all
// that are left.
func (f *wordFile) references(last bool) []*ooxml.Node {
	var out []*ooxml.Node
	take := func(refs []*ooxml.Node) {
		for _, r := range refs {
			for i, o := range out {
				if o.Name == r.Name && o.Attr("w:type") == r.Attr("w:type") {
					out = append(out[:i], out[i+1:]...)
					break
				}
			}
			out = append(out, r)
		}
	}
	for f.sect < len(f.refs) {
		take(f.refs[f.sect])
		if f.sect++; !last {
			return out
		}
	}
	f.sect++
	return out
}
