// Package odf reads OpenDocument files: text (.odt), spreadsheets (.ods) and
// presentations (.odp).
//
// Where it reads: content.xml (text, tables, notes, annotations, tracked changes,
// frames), styles.xml (headers, footers, what hides text), meta.xml (properties),
// embedded objects' content.xml, and any other XML part as raw text. Pictures are
// counted, their pixels are not read; macros are listed; encrypted files are refused.
//
// Rebuild writes .odt and .odp as a new .docx, .ods as a new .xlsx of values.
package odf

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
)

const (
	maxInflated = 256 << 20
	maxRatio    = 400
	maxFiles    = 5000
	maxDeep     = 400
	maxNodes    = 4_000_000
)

// pack is an opened package.
type pack struct {
	names []string
	files map[string][]byte
}

func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ole.ErrDamaged(err.Error())
	}
	if len(z.File) > maxFiles {
		return nil, ole.ErrTooLarge()
	}
	p := &pack{files: map[string][]byte{}}
	seen := map[string]bool{}
	total := uint64(0)
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "./")
		if f.FileInfo().IsDir() {
			continue
		}
		low := strings.ToLower(name)
		if seen[low] || !filepath.IsLocal(name) || strings.ContainsAny(name, `\:`) {
			return nil, &document.Refusal{What: "文件内部部件名称不安全，已停止读取", Why: "部件重名或名称指向文件之外", Do: "请用 WPS 或 Office 打开核对后另存再添加"}
		}
		seen[low] = true
		if total += f.UncompressedSize64; total > maxInflated || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/(f.CompressedSize64+1) > maxRatio {
			return nil, &document.Refusal{What: "文件展开后过大，已停止读取", Why: "压缩比或内容数量超出限制，可能是恶意文件", Do: "请核实来源，确需使用时拆分或另存后再添加"}
		}
		r, err := f.Open()
		if err != nil {
			return nil, ole.ErrDamaged(err.Error())
		}
		b, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1))
		_ = r.Close()
		if err != nil || uint64(len(b)) != f.UncompressedSize64 {
			return nil, ole.ErrDamaged("part cannot be inflated")
		}
		p.names = append(p.names, name)
		p.files[name] = b
	}
	if m := p.files["META-INF/manifest.xml"]; bytes.Contains(m, []byte("encryption-data")) {
		return nil, ole.ErrEncrypted()
	}
	if p.files["content.xml"] == nil {
		return nil, ole.ErrDamaged("no content part")
	}
	return p, nil
}

// node is an XML element; text stands in nodes without a name.
type node struct {
	name  string // local name with the last word of its namespace: text:p
	attrs map[string]string
	kids  []*node
	text  string
}

// prefixes are the namespaces of the format by what they end in.
func prefixOf(space string) string {
	space = strings.TrimSuffix(space, ":1.0")
	switch {
	case strings.HasSuffix(space, ":xsl-fo-compatible"):
		return "fo"
	case strings.HasSuffix(space, ":drawing"):
		return "draw"
	case strings.HasSuffix(space, ":svg-compatible"):
		return "svg"
	case strings.Contains(space, "dublin") || strings.HasPrefix(space, "http://purl.org/dc/"):
		return "dc"
	case strings.HasSuffix(space, "xlink"):
		return "xlink"
	case strings.HasSuffix(space, "loext") || strings.Contains(space, "office:names:experimental"):
		return "loext"
	}
	return space[strings.LastIndexAny(space, ":/#")+1:]
}

// parse reads a part; a DOCTYPE, too much depth or too many elements are refused.
func parse(b []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	root := &node{}
	stack := []*node{root}
	count := 0
	prefixes := map[string]string{}
	name := func(n xml.Name) string {
		if n.Space == "" {
			return n.Local
		}
		p, ok := prefixes[n.Space]
		if !ok {
			p = prefixOf(n.Space)
			prefixes[n.Space] = p
		}
		return p + ":" + n.Local
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ole.ErrDamaged("xml syntax")
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if count++; len(stack) > maxDeep || count > maxNodes {
				return nil, ole.ErrTooLarge()
			}
			n := &node{name: name(t.Name)}
			if len(t.Attr) > 0 {
				n.attrs = make(map[string]string, len(t.Attr))
			}
			for _, a := range t.Attr {
				n.attrs[name(a.Name)] = a.Value
			}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 1 {
				top.kids = append(top.kids, &node{text: string(t)})
			}
		case xml.Directive:
			return nil, &document.Refusal{What: "文件结构不安全，已停止读取", Why: "内含 DOCTYPE 声明", Do: "请用 WPS 或 Office 打开后另存再添加"}
		}
	}
	if len(root.kids) == 0 {
		return nil, ole.ErrDamaged("empty part")
	}
	return root, nil
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// find gives the first element of that name, depth first.
func (n *node) find(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if f := k.find(name); f != nil {
			return f
		}
	}
	return nil
}

// walk visits all elements; f says whether to go into one.
func (n *node) walk(f func(*node) bool) {
	for _, k := range n.kids {
		if k.name != "" && f(k) {
			k.walk(f)
		}
	}
}

// content joins all text of an element, lines parted by blanks.
func (n *node) content() string {
	var b strings.Builder
	var into func(*node)
	into = func(n *node) {
		b.WriteString(n.text)
		for _, k := range n.kids {
			into(k)
			if k.name == "text:p" || k.name == "text:h" {
				b.WriteByte(' ')
			}
		}
	}
	into(n)
	return strings.Join(strings.Fields(b.String()), " ")
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
