package markup

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainAttrs are attributes that hold the words of the markup itself.
var plainAttrs = map[string]bool{
	"class": true, "id": true, "style": true, "width": true, "height": true, "align": true, "valign": true, "border": true, "colspan": true, "rowspan": true,
	"lang": true, "type": true, "rel": true, "charset": true, "http-equiv": true, "bgcolor": true, "color": true, "face": true, "size": true, "target": true,
	"cellpadding": true, "cellspacing": true, "namespace": true, "srcset": false,
}

// attributes files what the attributes of an element say and nobody sees.
func (w *walker) attributes(n *html.Node) {
	if n.DataAtom == atom.Input {
		return
	}
	meta, about := "", ""
	for _, a := range n.Attr {
		v := strings.TrimSpace(a.Val)
		switch a.Key {
		case "href", "src", "action", "data", "background", "cite", "longdesc", "poster":
			if v != "" && !strings.HasPrefix(v, "#") && !strings.HasPrefix(v, "cid:") && !strings.HasPrefix(v, "data:") && Telling(v) {
				w.hide("N05", "链接地址", v)
			}
		case "name", "property":
			meta = strings.ToLower(v)
		case "content":
			about = v
		default:
			if !plainAttrs[a.Key] && !strings.HasPrefix(a.Key, "xmlns") && Telling(v) {
				w.hide("N03", "网页属性", v)
			}
		}
	}
	if n.DataAtom == atom.Meta && about != "" && (Telling(about) || personal(meta)) {
		w.hide("N01", "网页元数据", about)
	}
}

// personal tells meta data that names people, places of work or paths.
func personal(name string) bool {
	for _, s := range []string{"author", "creator", "company", "manager", "owner", "contact", "publisher", "editor", "originator"} {
		if strings.Contains(name, s) {
			return true
		}
	}
	return false
}

// Telling tells values that say something from words of the markup.
func Telling(v string) bool {
	if strings.IndexFunc(v, func(r rune) bool { return r >= 0x2E80 }) >= 0 {
		return true
	}
	if strings.Contains(v, "www.w3.org/") || strings.Contains(v, "schemas.microsoft.com/") || strings.Contains(v, "schemas-microsoft-com") {
		return false
	}
	return strings.ContainsAny(v, "@") || strings.Contains(v, "://") || strings.ContainsAny(v, "0123456789") && len(v) >= 8 && !strings.Contains(v, "charset")
}

var (
	anyTag  = regexp.MustCompile(`<[^>]*>`)
	persons = regexp.MustCompile(`(?is)<o:(Author|LastAuthor|Company|Manager|Title|Subject|Keywords|Description)>(.*?)</o:`)
)

// comment files a comment. Those that are there for one browser hold the document
// properties of pages that Word has saved.
func (w *walker) comment(t string) {
	t = strings.TrimSpace(t)
	low := strings.ToLower(t)
	if prolog.MatchString(low) { // the first line of XHTML
		return
	}
	if !strings.HasPrefix(low, "[if") && !strings.HasPrefix(low, "<![") && !strings.HasPrefix(low, "[endif") {
		w.hide("N03", "网页注释", html.UnescapeString(t))
		return
	}
	for _, m := range persons.FindAllStringSubmatch(t, 50) {
		w.hide("N01", "网页元数据", html.UnescapeString(m[2]))
	}
	for l := range strings.SplitSeq(anyTag.ReplaceAllString(persons.ReplaceAllString(t, "<"), "\n"), "\n") {
		if l = html.UnescapeString(strings.TrimSpace(l)); Telling(l) {
			w.hide("N03", "网页注释", l)
		}
	}
}

var prolog = regexp.MustCompile(`^\?xml\s+version=["'][0-9.]+["'](\s+encoding=["'][a-z0-9_-]+["'])?(\s+standalone=["'][a-z]+["'])?\s*\?$`)

var subset = regexp.MustCompile(`(?is)<!DOCTYPE[^>\[]*\[(.*?)(?:\]\s*>|$)`)

// declared files what stands in a document type declaration, which a tree leaves out.
func (w *walker) declared(s string) {
	for _, m := range subset.FindAllStringSubmatch(s, 50) {
		if Telling(m[1]) {
			w.hide("N03", "文档类型声明", m[1])
		}
	}
}

func content(n *html.Node) string {
	var b strings.Builder
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		b.WriteString(k.Data)
	}
	return b.String()
}

// script files a script that holds more than code.
func (w *walker) script(n *html.Node) {
	if s := content(n); Telling(s) {
		w.hide("N05", "网页脚本", s)
	}
}

var cssComment = regexp.MustCompile(`(?s)/\*(.*?)\*/`)

// Comments gives the comments of a style sheet or script that say something.
func Comments(s string) []string {
	var out []string
	for _, m := range cssComment.FindAllStringSubmatch(s, 1000) {
		if t := strings.TrimSpace(m[1]); Telling(t) {
			out = append(out, t)
		}
	}
	return out
}
