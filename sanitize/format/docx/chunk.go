package docx

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/markup"
	"jinggao/sanitize/format/ooxml"
)

// chunk reads a file that the document lays into its text when it is opened. No copy
// takes it over. A web page is read as one; anything else is read like an object.
func (r *reader) chunk(n *ooxml.Node) {
	r.drop[n] = true
	id := n.Attr("r:id")
	r.object(id)
	rel, ok := r.pkg.RelByID(r.cur.name, id)
	switch {
	case !ok || rel.External:
		r.notRead("引用的外部子文档 1 个未读取")
	case r.webPage(rel.Target):
		r.notRead("并入的网页 1 个，文字已检查，副本中不含")
	default:
		r.notRead("并入的其他文件 1 个未按版式读取，副本中不含")
	}
}

func (r *reader) notRead(message string) {
	r.unchecked = append(r.unchecked, document.Unchecked{Kind: "object", Message: message})
}

// pageTypes are the types, pageEnds the endings under which web pages lie in a package.
var (
	pageTypes = []string{"text/html", "application/xhtml+xml"}
	pageEnds  = []string{".htm", ".html", ".xhtml"}
)

// webPage reads a part that is a web page: what it shows first, then what it does not.
// False: it is none, or cannot be read as one.
func (r *reader) webPage(name string) bool {
	if !r.pkg.Has(name) || !slices.Contains(pageTypes, strings.ToLower(r.pkg.Type(name))) && !slices.Contains(pageEnds, strings.ToLower(path.Ext(name))) {
		return false
	}
	if r.seen[name] { // laid in at two places
		return r.webPages[name]
	}
	data, err := r.pkg.Bytes(name)
	if err != nil {
		return false
	}
	page, err := markup.ReadPage(r.ctx, document.Source{Name: path.Base(name), Data: data})
	if err != nil {
		return false
	}
	r.seen[name], r.webPages[name] = true, true
	label := "嵌入网页"
	if n := len(r.webPages); n > 1 {
		label += " " + strconv.Itoa(n)
	}
	r.removed.Add("嵌入内容", 1)
	for _, p := range page.Parts {
		if p.Hidden == nil {
			p.Label, p.Hidden = label, &document.Hiding{Rule: "N05", Kind: "嵌入内容"}
		} else {
			p.Label = label + " " + p.Label
		}
		p.ID, p.Role = "part/"+name+"#"+p.ID, document.RoleObject
		if p.Text != "" {
			r.extra = append(r.extra, p)
		}
	}
	for _, u := range page.Unchecked {
		u.Message = label + "：" + u.Message
		r.unchecked = append(r.unchecked, u)
	}
	return true
}
