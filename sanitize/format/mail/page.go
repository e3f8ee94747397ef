package mail

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]+charset=["']?([A-Za-z0-9_-]+)`)

// charsetOf takes the charset of the message, else the one the page names itself.
func charsetOf(b []byte, named string) string {
	if named != "" {
		return named
	}
	if m := metaCharset.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

var unseen = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](px|pt)?\s*(;|$)|(^|[;\s])color\s*:\s*(#fff(fff)?|white)\b`)

// blockTags end a line.
var blockTags = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Tr: true, atom.Li: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Table: true, atom.Title: true, atom.Blockquote: true, atom.Hr: true, atom.Option: true, atom.Pre: true,
}

// page reads a web page by its tags.
type page struct {
	out    strings.Builder
	hidden []string
	deep   []atom.Atom // open elements that hide their text
	skip   atom.Atom   // style or script
}

// pageText gives the text of a web page, and what the page does not show: hidden
// elements, comments, link targets, alternative texts.
func pageText(s string) (text string, hidden []string) {
	p := &page{}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidyLines(p.out.String()), p.hidden
		case html.CommentToken:
			if t := strings.TrimSpace(string(z.Text())); t != "" && !strings.HasPrefix(t, "[if") && !strings.HasPrefix(t, "[endif") && !strings.HasPrefix(t, "<![") && !strings.Contains(t, "{") {
				p.hidden = append(p.hidden, t)
			}
		case html.TextToken:
			p.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start(z.Token())
		case html.EndTagToken:
			p.end(z.Token())
		}
	}
}

func (p *page) text(s string) {
	if p.skip != 0 {
		return
	}
	s = html.UnescapeString(s)
	if len(p.deep) > 0 {
		if t := strings.TrimSpace(s); t != "" {
			p.hidden = append(p.hidden, t)
		}
		return
	}
	p.out.WriteString(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s))
}

var voidTags = map[atom.Atom]bool{atom.Br: true, atom.Img: true, atom.Meta: true, atom.Link: true, atom.Input: true, atom.Hr: true, atom.Col: true, atom.Area: true, atom.Base: true}

func (p *page) start(t html.Token) {
	if t.DataAtom == atom.Style || t.DataAtom == atom.Script {
		p.skip = t.DataAtom
		return
	}
	hides := false
	for _, a := range t.Attr {
		switch a.Key {
		case "style":
			hides = hides || unseen.MatchString(a.Val)
		case "hidden":
			hides = true
		case "href", "src", "alt", "title", "value", "content", "placeholder":
			if v := strings.TrimSpace(a.Val); v != "" && !strings.HasPrefix(v, "#") && !strings.HasPrefix(v, "cid:") && !strings.HasPrefix(v, "data:") && telling(v) {
				p.hidden = append(p.hidden, v)
			}
		}
	}
	if blockTags[t.DataAtom] {
		p.out.WriteByte('\n')
	}
	if !voidTags[t.DataAtom] && t.Type == html.StartTagToken && (hides || len(p.deep) > 0) && len(p.deep) < 4096 {
		p.deep = append(p.deep, t.DataAtom)
	}
}

// telling leaves out values that are words of the markup.
func telling(v string) bool {
	if strings.IndexFunc(v, func(r rune) bool { return r >= 0x2E80 }) >= 0 {
		return true
	}
	return strings.ContainsAny(v, "@") || strings.Contains(v, "://") || strings.ContainsAny(v, "0123456789") && len(v) >= 8 && !strings.Contains(v, "charset")
}

func (p *page) end(t html.Token) {
	if t.DataAtom == p.skip {
		p.skip = 0
		return
	}
	if n := len(p.deep); n > 0 && p.deep[n-1] == t.DataAtom {
		p.deep = p.deep[:n-1]
	}
	if t.DataAtom == atom.Td || t.DataAtom == atom.Th {
		p.out.WriteByte('\t')
	} else if blockTags[t.DataAtom] {
		p.out.WriteByte('\n')
	}
}

// tidyLines trims lines and joins runs of empty ones.
func tidyLines(s string) string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		l = strings.Trim(l, " \t\u00a0")
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

var cssComment = regexp.MustCompile(`(?s)/\*(.*?)\*/`)

// comments gives the comments of a style sheet or script.
func comments(s string) []string {
	var out []string
	for _, m := range cssComment.FindAllStringSubmatch(s, 1000) {
		if t := strings.TrimSpace(m[1]); telling(t) {
			out = append(out, t)
		}
	}
	return out
}
