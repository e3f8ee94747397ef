package ooxml

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"
)

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

// Fragment writes an element without declarations, to stand inside a part whose
// default namespace is bare.
func Fragment(n *Node, bare string) []byte {
	var b bytes.Buffer
	encode(&b, n, bare, "")
	return b.Bytes()
}
