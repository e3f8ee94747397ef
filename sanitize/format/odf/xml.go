package odf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"sort"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

const (
	maxDeep  = 400
	maxNodes = 4_000_000
)

// node is an XML element; text stands in nodes without a name. Names carry the last
// word of their namespace, whatever prefix the file uses: text:p.
type node = ooxml.Node

// addresses are the namespaces that a copy is written with.
var addresses = map[string]string{
	"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
	"text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
	"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
	"svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
	"presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0", "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
	"config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
	"xlink":  "http://www.w3.org/1999/xlink",
}

// prefixOf gives the prefix of a namespace: for those of the format the usual one,
// for others the last word of the address.
func prefixOf(space string) string {
	space = strings.TrimSuffix(space, ":1.0")
	switch {
	case space == "http://www.w3.org/XML/1998/namespace":
		return "xml"
	case strings.HasSuffix(space, ":xsl-fo-compatible"):
		return "fo"
	case strings.HasSuffix(space, ":drawing"):
		return "draw"
	case strings.HasSuffix(space, ":svg-compatible"):
		return "svg"
	case strings.HasSuffix(space, ":datastyle"):
		return "number"
	case strings.Contains(space, "dublin") || strings.HasPrefix(space, "http://purl.org/dc/"):
		return "dc"
	case strings.HasSuffix(space, "xlink"):
		return "xlink"
	case strings.HasSuffix(space, "loext") || strings.Contains(space, "office:names:experimental"):
		return "loext"
	}
	last := space[strings.LastIndexAny(space, ":/#")+1:]
	if !strings.HasPrefix(space, "urn:oasis:") && addresses[last] != "" { // a program's own namespace
		last += "ooo"
	}
	return last
}

// parse reads a part; a DOCTYPE, too much depth or too many elements are refused.
func parse(b []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	p := &parser{root: &node{}, prefixes: map[string]string{}}
	p.top = p.root
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ole.ErrDamaged("xml syntax")
		}
		if err := p.token(t); err != nil {
			return nil, err
		}
	}
	if len(p.root.Kids) == 0 {
		return nil, ole.ErrDamaged("empty part")
	}
	return p.root, nil
}

// parser builds a tree.
type parser struct {
	root, top   *node
	deep, count int
	prefixes    map[string]string
}

func (p *parser) name(n xml.Name) string {
	switch n.Space {
	case "":
		return n.Local
	case "xml":
		return "xml:" + n.Local
	}
	s, ok := p.prefixes[n.Space]
	if !ok {
		s = prefixOf(n.Space)
		p.prefixes[n.Space] = s
	}
	return s + ":" + n.Local
}

func (p *parser) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		p.deep++
		if p.count++; p.deep > maxDeep || p.count > maxNodes {
			return ole.ErrTooLarge()
		}
		n := &node{Name: p.name(t.Name)}
		for _, a := range t.Attr {
			if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
				continue
			}
			n.Attrs = append(n.Attrs, ooxml.Attr{Name: p.name(a.Name), Value: a.Value})
		}
		p.top.Add(n)
		p.top = n
	case xml.EndElement:
		p.deep--
		p.top = p.top.Up
	case xml.CharData:
		if p.deep == 0 {
			return nil
		}
		if k := len(p.top.Kids); k > 0 && p.top.Kids[k-1].Name == "" {
			p.top.Kids[k-1].Text += string(t)
			return nil
		}
		p.top.Add(&node{Text: string(t)})
	case xml.Directive:
		return &document.Refusal{What: "文件结构不安全，已停止读取", Why: "内含 DOCTYPE 声明", Do: "请用 WPS 或 Office 打开后另存再添加"}
	}
	return nil
}

// spacer brings the blanks of paragraphs into one form, as programs show them: runs
// of blanks count as one, those at the beginning as none, text:s as what it stands for.
type spacer struct{ blank bool }

func settle(n *node) {
	for _, k := range n.Kids {
		switch k.Name {
		case "":
		case "text:p", "text:h":
			(&spacer{blank: true}).run(k)
		default:
			settle(k)
		}
	}
}

func (s *spacer) run(n *node) {
	for _, k := range n.Kids {
		switch k.Name {
		case "":
			k.Text = s.text(k.Text)
		case "text:s":
			k.Name, k.Text = "", strings.Repeat(" ", repeat(k.Attr("text:c"), 1000))
			k.Attrs, k.Kids, s.blank = nil, nil, false
		case "text:tab", "text:line-break":
			s.blank = false
		case "text:note", "office:annotation", "text:ruby-text":
			settle(k)
		case "text:p", "text:h":
			(&spacer{blank: true}).run(k)
		default:
			if strings.HasPrefix(k.Name, "draw:") || strings.HasPrefix(k.Name, "table:") {
				settle(k)
				continue
			}
			s.run(k)
		}
	}
}

func (s *spacer) text(in string) string {
	var b strings.Builder
	for _, r := range in {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !s.blank {
				b.WriteByte(' ')
			}
			s.blank = true
			continue
		}
		s.blank = false
		if r == utf8.RuneError { // stands for nothing; no copy could hold it
			r = '□'
		}
		if r >= 0x20 && r != 0xfffe && r != 0xffff {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// content joins all text of an element, lines parted by blanks.
func content(n *node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	var into func(*node)
	into = func(n *node) {
		b.WriteString(n.Text)
		for _, k := range n.Kids {
			into(k)
			if k.Name == "text:p" || k.Name == "text:h" || k.Name == "text:tab" || k.Name == "text:line-break" {
				b.WriteByte(' ')
			}
		}
	}
	into(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// find gives the first element of that name below n, or nil.
func find(n *node, name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if f := k.Find(name); f != nil {
			return f
		}
	}
	return nil
}

// walk visits all elements below n; f says whether to go into one.
func walk(n *node, f func(*node) bool) {
	if n == nil {
		return
	}
	for _, k := range n.Kids {
		if k.Name != "" && f(k) {
			walk(k, f)
		}
	}
}

func repeat(s string, limit int) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<24 {
			return 1
		}
		n = n*10 + int(c-'0')
	}
	return max(1, min(n, limit))
}

// encode writes a part with the namespaces that it uses.
func encode(root *node) []byte {
	used := map[string]bool{}
	mark := func(name string) {
		if p, _, ok := strings.Cut(name, ":"); ok {
			used[p] = true
		}
	}
	root.Walk(func(n *node) bool {
		mark(n.Name)
		for _, a := range n.Attrs {
			mark(a.Name)
		}
		return true
	})
	var ps []string
	for p := range used {
		if addresses[p] != "" {
			ps = append(ps, p)
		}
	}
	sort.Strings(ps)
	var decl []ooxml.Attr
	for _, p := range ps {
		decl = append(decl, ooxml.Attr{Name: "xmlns:" + p, Value: addresses[p]})
	}
	root.Attrs = append(decl, root.Attrs...)
	return append([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"), ooxml.Fragment(root, "")...)
}
