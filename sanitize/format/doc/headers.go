package doc

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
)

// marginKind is one of the six headers and footers of a section, in their order.
type marginKind struct {
	kind string
	foot bool
}

var marginKinds = [...]marginKind{{"even", false}, {"default", false}, {"even", true}, {"default", true}, {"first", false}, {"first", true}}

const separators = 6 // of notes, before the headers

// headers reads the headers and footers of each section: even, odd, even, odd,
// first, first; six separators of notes come before them. One that is empty is that of
// the section before.
func (r *reading) headers() {
	from, to := r.f.bounds(storyHeaders)
	plc := r.f.pair(fibHeaders)
	n := len(plc)/4 - 2
	r.facing = len(r.f.pair(fibDop)) > 0 && r.f.pair(fibDop)[0]&1 != 0
	if n < separators {
		r.story(storyHeaders, "header/1", "页眉页脚", document.RoleHeader)
		return
	}
	seen, now := map[string]string{}, map[marginKind]string{}
	count := map[document.Role]int{}
	for i := range n {
		a, b := from+int(u32(plc, 4*i)), from+int(u32(plc, 4*i+4))
		if a < from || b > to || a >= b {
			continue
		}
		s := r.f.layout(a, b)
		r.take(s)
		text := strings.TrimSpace(string(s.text))
		if i < separators {
			continue
		}
		section, kind := (i-separators)/len(marginKinds), marginKinds[(i-separators)%len(marginKinds)]
		used := kind.kind == "default" || kind.kind == "even" && r.facing || kind.kind == "first" && r.f.titled(section)
		role, name := document.RoleHeader, "页眉"
		if kind.foot {
			role, name = document.RoleFooter, "页脚"
		}
		key := string(role) + text
		switch {
		case text == "" && (!used || now[kind] == ""):
			continue
		case text == "":
			seen[key] = ""
		case !used:
			r.hide("N03", "未启用的页眉页脚", role, text)
			continue
		case seen[key] == "":
			count[role]++
			seen[key] = fmt.Sprintf("%s/%d", role, count[role])
			r.part(s, seen[key], fmt.Sprintf("%s %d", name, count[role]), role, nil)
		}
		now[kind] = seen[key]
		r.margins = append(r.margins, fresh.Margin{Section: section, Kind: kind.kind, Foot: kind.foot, Part: seen[key]})
	}
	r.order()
}

// order puts the headers and footers behind the other parts, as a copy has them.
func (r *reading) order() {
	var rest, margins []document.Part
	for _, p := range r.doc.Parts {
		if p.Role == document.RoleHeader || p.Role == document.RoleFooter {
			margins = append(margins, p)
		} else {
			rest = append(rest, p)
		}
	}
	r.doc.Parts = append(rest, margins...)
}
