package ooxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Limits of one XML part.
const (
	maxDepth = 400
	maxNodes = 6_000_000
)

// Node is an element, or a stretch of text when Name is empty. Names carry fixed
// prefixes ("w:p"), whatever prefixes the file uses; attributes without a
// namespace have no prefix.
type Node struct {
	Name  string
	Attrs []Attr
	Kids  []*Node
	Text  string // of a text node
	Up    *Node
}

// Attr is one attribute.
type Attr struct{ Name, Value string }

// Parse reads a part into a tree. Comments and instructions are collected on the
// root as kids named "!" and "?"; a DOCTYPE is refused, and so is what nests too deep.
func Parse(data []byte) (*Node, error) { return ParseWith(data, nil) }

// ParseWith is Parse with a hook that sees each element at its end; where it
// returns true the element is taken out of the tree (large sheets are read so).
func ParseWith(data []byte, hook func(*Node) bool) (*Node, error) {
	data, err := toUTF8(data)
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset
	cache := names{}
	var root, cur *Node
	depth, count := 0, 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ErrDamaged("xml syntax")
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			count += 1 + len(t.Attr)/4
			if depth > maxDepth {
				return nil, ErrBomb("xml nesting")
			}
			if count > maxNodes {
				return nil, ErrTooLarge("xml elements")
			}
			n := &Node{Name: cache.of(t.Name.Space, t.Name.Local), Up: cur, Attrs: attrs(t.Attr, cache)}
			if cur == nil {
				if root != nil {
					return nil, ErrDamaged("xml: two roots")
				}
				root = n
			} else {
				cur.Kids = append(cur.Kids, n)
			}
			cur = n
		case xml.EndElement:
			depth--
			cur.tidy()
			up := cur.Up
			if hook != nil && up != nil && hook(cur) {
				up.Kids = up.Kids[:len(up.Kids)-1]
				count -= 1 + len(cur.Attrs)/4 + len(cur.Kids)
			}
			cur = up
		case xml.CharData:
			if cur != nil {
				cur.addText(string(t))
			}
		case xml.Directive:
			return nil, ErrBomb("xml DOCTYPE")
		}
	}
	if root == nil || cur != nil {
		return nil, ErrDamaged("xml: no root")
	}
	return root, nil
}

// Asides gives the comments and processing instructions of a part, joined.
func Asides(data []byte) string {
	data, err := toUTF8(data)
	if err != nil || !bytes.Contains(data, []byte("<!--")) && bytes.Count(data, []byte("<?")) <= 1 {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset
	d.Strict = false
	var out []string
	for {
		tok, err := d.RawToken()
		if err != nil {
			return strings.Join(out, "\n")
		}
		switch t := tok.(type) {
		case xml.Comment:
			out = append(out, strings.TrimSpace(string(t)))
		case xml.ProcInst:
			if t.Target != "xml" && t.Target != "mso-application" {
				out = append(out, strings.TrimSpace(t.Target+" "+string(t.Inst)))
			}
		}
	}
}

func attrs(in []xml.Attr, cache names) []Attr {
	var out []Attr
	for _, a := range in {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" && a.Name.Space == "" {
			continue
		}
		space := a.Name.Space
		if space == "xml" {
			space = "http://www.w3.org/XML/1998/namespace"
		}
		out = append(out, Attr{cache.of(space, a.Name.Local), a.Value})
	}
	return out
}

func charset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "utf-16", "utf16", "us-ascii", "ascii":
		return r, nil // UTF-16 has been converted before
	case "gb2312", "gbk", "gb18030":
		return simplifiedchinese.GB18030.NewDecoder().Reader(r), nil
	}
	return nil, errors.New("unknown encoding")
}

func toUTF8(b []byte) ([]byte, error) {
	big := bytes.HasPrefix(b, []byte{0xfe, 0xff})
	if !big && !bytes.HasPrefix(b, []byte{0xff, 0xfe}) {
		return bytes.TrimPrefix(b, []byte{0xef, 0xbb, 0xbf}), nil
	}
	u := make([]uint16, 0, len(b)/2)
	for i := 2; i+1 < len(b); i += 2 {
		if big {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		} else {
			u = append(u, uint16(b[i+1])<<8|uint16(b[i]))
		}
	}
	return []byte(string(utf16.Decode(u))), nil
}

func (n *Node) addText(s string) {
	if k := len(n.Kids); k > 0 && n.Kids[k-1].Name == "" {
		n.Kids[k-1].Text += s
		return
	}
	n.Kids = append(n.Kids, &Node{Text: s, Up: n})
}

// tidy drops the white space between elements and joins what is left of text.
func (n *Node) tidy() {
	elems := false
	for _, k := range n.Kids {
		if k.Name != "" {
			elems = true
			break
		}
	}
	if !elems {
		return
	}
	kids := n.Kids[:0]
	for _, k := range n.Kids {
		if k.Name != "" || strings.TrimSpace(k.Text) != "" {
			kids = append(kids, k)
		}
	}
	n.Kids = kids
}

// Attr gives an attribute's value, "" if there is none.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			return n.Attrs[i].Value
		}
	}
	return ""
}

// HasAttr tells whether the attribute is there.
func (n *Node) HasAttr(name string) bool {
	if n == nil {
		return false
	}
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			return true
		}
	}
	return false
}

// SetAttr sets or adds an attribute.
func (n *Node) SetAttr(name, value string) {
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			n.Attrs[i].Value = value
			return
		}
	}
	n.Attrs = append(n.Attrs, Attr{name, value})
}

// DropAttr removes an attribute if it is there.
func (n *Node) DropAttr(name string) {
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			n.Attrs = append(n.Attrs[:i], n.Attrs[i+1:]...)
			return
		}
	}
}

// Kid gives the first child element of that name, or nil.
func (n *Node) Kid(name string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// At follows a path of child names, or gives nil.
func (n *Node) At(names ...string) *Node {
	for _, s := range names {
		if n = n.Kid(s); n == nil {
			return nil
		}
	}
	return n
}

// Walk visits n and all below it; below an element only if f returns true.
func (n *Node) Walk(f func(*Node) bool) {
	if n == nil || !f(n) {
		return
	}
	for _, k := range n.Kids {
		k.Walk(f)
	}
}

// Find gives the first element of that name at or below n, or nil.
func (n *Node) Find(name string) *Node {
	var found *Node
	n.Walk(func(k *Node) bool {
		if found == nil && k.Name == name {
			found = k
		}
		return found == nil
	})
	return found
}

// All gives every element of that name at or below n, in document order.
func (n *Node) All(name string) []*Node {
	var out []*Node
	n.Walk(func(k *Node) bool {
		if k.Name == name {
			out = append(out, k)
		}
		return true
	})
	return out
}

// Content joins all text at or below n.
func (n *Node) Content() string {
	var b strings.Builder
	n.Walk(func(k *Node) bool {
		if k.Name == "" {
			b.WriteString(k.Text)
		}
		return true
	})
	return b.String()
}

// TextNode gives the text node of an element that holds text only, making one if there is none.
func (n *Node) TextNode() *Node {
	for _, k := range n.Kids {
		if k.Name == "" {
			return k
		}
	}
	t := &Node{Up: n}
	n.Kids = append(n.Kids, t)
	return t
}

// Remove takes n out of its parent.
func (n *Node) Remove() {
	if n.Up == nil {
		return
	}
	for i, k := range n.Up.Kids {
		if k == n {
			n.Up.Kids = append(n.Up.Kids[:i:i], n.Up.Kids[i+1:]...)
			n.Up = nil
			return
		}
	}
}

// Add appends children.
func (n *Node) Add(kids ...*Node) *Node {
	for _, k := range kids {
		if k != nil {
			k.Up = n
			n.Kids = append(n.Kids, k)
		}
	}
	return n
}

// El makes an element; attributes come in pairs.
func El(name string, attrs ...string) *Node {
	n := &Node{Name: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attrs = append(n.Attrs, Attr{attrs[i], attrs[i+1]})
	}
	return n
}

// Txt makes a text node.
func Txt(s string) *Node { return &Node{Text: s} }

// Encode writes a part. Namespaces are declared on the root; the prefix bare is
// written as the default namespace ("" for none).
func Encode(root *Node, bare string) []byte {
	used := map[string]bool{}
	root.Walk(func(n *Node) bool {
		mark(used, n.Name)
		for _, a := range n.Attrs {
			mark(used, a.Name)
			if a.Name == "Requires" {
				for _, p := range strings.Fields(a.Value) {
					used[p] = true
				}
			}
		}
		return true
	})
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
	var ps []string
	for p := range used {
		if written[p] != "" && p != "xml" {
			ps = append(ps, p)
		}
	}
	sort.Strings(ps)
	var decl strings.Builder
	for _, p := range ps {
		if p == bare {
			decl.WriteString(` xmlns="` + written[p] + `"`)
		} else {
			decl.WriteString(` xmlns:` + p + `="` + written[p] + `"`)
		}
	}
	encode(&b, root, bare, decl.String())
	return b.Bytes()
}

func mark(used map[string]bool, name string) {
	if p, _, ok := strings.Cut(name, ":"); ok {
		used[p] = true
	}
}

func encode(b *bytes.Buffer, n *Node, bare, decl string) {
	if n.Name == "" {
		escape(b, n.Text, false)
		return
	}
	name := n.Name
	if p, l, ok := strings.Cut(name, ":"); ok && p == bare {
		name = l
	}
	b.WriteByte('<')
	b.WriteString(name)
	b.WriteString(decl)
	for _, a := range n.Attrs {
		b.WriteByte(' ')
		b.WriteString(a.Name)
		b.WriteString(`="`)
		escape(b, a.Value, true)
		b.WriteByte('"')
	}
	if len(n.Kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, k := range n.Kids {
		encode(b, k, bare, "")
	}
	b.WriteString("</")
	b.WriteString(name)
	b.WriteByte('>')
}

// escape writes text as XML; characters that XML cannot hold are left out.
func escape(b *bytes.Buffer, s string, attr bool) {
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"' && attr:
			b.WriteString("&quot;")
		case r == '\r' || attr && (r == '\n' || r == '\t'):
			b.WriteString("&#x" + string("0123456789ABCDEF"[r]) + ";")
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < 0x20 || r == 0xfffe || r == 0xffff || r == utf8.RuneError:
		default:
			b.WriteRune(r)
		}
	}
}

// Escape gives text as it may stand in XML.
func Escape(s string) string {
	var b bytes.Buffer
	escape(&b, s, true)
	return b.String()
}

// Content0 is Content trimmed, and "" for nil.
func (n *Node) Content0() string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Content())
}

// Fragment writes an element without declarations, to stand inside a part whose
// default namespace is bare.
func Fragment(n *Node, bare string) []byte {
	var b bytes.Buffer
	encode(&b, n, bare, "")
	return b.Bytes()
}

// Copy copies a tree; the copy has no parent.
func (n *Node) Copy() *Node {
	c := &Node{Name: n.Name, Text: n.Text, Attrs: append([]Attr(nil), n.Attrs...)}
	for _, k := range n.Kids {
		c.Add(k.Copy())
	}
	return c
}
