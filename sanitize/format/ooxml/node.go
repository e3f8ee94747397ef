package ooxml

import (
	"strings"
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

// Content0 is Content trimmed, and "" for nil.
func (n *Node) Content0() string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Content())
}

// Copy copies a tree; the copy has no parent.
func (n *Node) Copy() *Node {
	c := &Node{Name: n.Name, Text: n.Text, Attrs: append([]Attr(nil), n.Attrs...)}
	for _, k := range n.Kids {
		c.Add(k.Copy())
	}
	return c
}
