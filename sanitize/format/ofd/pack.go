// Package ofd reads and rebuilds OFD files (GB/T 33190-2016).
//
// Read gives one part for the visible text of each page, its template included,
// ordered by position: TextCode elements of TextObjects in Content.xml and Tpls,
// placed by Boundary, CTM, X, Y, DeltaX and DeltaY. Further parts hold what the
// page does not show: invisible, white, tiny, covered and off-page objects, pages
// that nothing refers to, annotations, attachments, custom data and tags, outline,
// bookmarks, actions, document information, signatures, and any other XML part.
// Pictures, text given only by glyph numbers and outlines are listed as unchecked.
//
// Rebuild writes a new package: from each page what the reading goes through, from the
// resources what the pages use; every identifier numbered anew, every value written
// anew from its grammar, pictures from pixels, embedded TrueType fonts from the tables
// that draw. The treated characters are replaced one by one, and fonts that showed
// them are no longer embedded.
package ofd

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"sort"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Limits on one file.
const (
	maxParts    = 5000
	maxInflated = 256 << 20
	maxXML      = 64 << 20
	maxNesting  = 200
	maxPages    = 5000
)

// pack is an OFD package in memory.
type pack struct {
	parts map[string][]byte // by clean path, without a leading slash
	lower map[string]string // lower-case path → path
	names []string          // in the order of the file
	notes []string          // what the archive says outside its entries
	used  map[string]bool   // parts that were reached from OFD.xml
	trees map[string]*etree.Element
}

func damaged(detail string) error {
	return &document.Refusal{
		What: "OFD 文件无法打开", Why: "内容不完整、已损坏，或不是 OFD 文件",
		Do: "请用原软件重新导出 OFD 或 PDF 后再试", Detail: detail,
	}
}

// openPack inflates every part within the limits.
func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged(err.Error())
	}
	if len(z.File) > maxParts {
		return nil, &document.Refusal{What: "OFD 文件内部部件过多", Why: "文件结构异常", Do: "请用原软件重新导出后再试"}
	}
	p := &pack{parts: map[string][]byte{}, lower: map[string]string{}, used: map[string]bool{}, trees: map[string]*etree.Element{}}
	p.notes = ooxml.Wrapping(data, z)
	left := int64(maxInflated)
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, &document.Refusal{What: "OFD 文件已加密，无法读取", Do: "请取消加密后另存，再重新添加"}
		}
		name, ok := cleanName(f.Name)
		if !ok {
			return nil, &document.Refusal{What: "OFD 文件无法读取", Why: "内部部件名称不安全", Do: "请用原软件重新导出后再试"}
		}
		if _, twice := p.lower[strings.ToLower(name)]; twice {
			return nil, &document.Refusal{What: "OFD 文件无法读取", Why: "内部部件重名", Do: "请用原软件重新导出后再试"}
		}
		b, err := inflate(f, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(b))
		p.parts[name] = b
		p.lower[strings.ToLower(name)] = name
		p.names = append(p.names, name)
	}
	return p, nil
}

func inflate(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err.Error())
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(io.LimitReader(r, left+1))
	if err != nil {
		return nil, damaged(err.Error())
	}
	if int64(len(b)) > left {
		return nil, &document.Refusal{What: "OFD 文件展开后过大", Why: "文件结构异常", Do: "请用原软件重新导出后再试"}
	}
	return b, nil
}

// cleanName gives the path of a part; false for one that leaves the package.
func cleanName(name string) (string, bool) {
	name = strings.ReplaceAll(name, "\\", "/")
	for _, s := range strings.Split(name, "/") {
		if s == ".." {
			return "", false
		}
	}
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	return name, name != "" && !strings.ContainsRune(name, 0)
}

// find resolves a location as written in the part from: absolute, relative to
// that part, or relative to the root; in any case of letters. "" if there is none.
func (p *pack) find(from, loc string) string {
	loc = strings.TrimSpace(strings.ReplaceAll(loc, "\\", "/"))
	if loc == "" {
		return ""
	}
	tries := []string{strings.TrimPrefix(path.Clean("/"+loc), "/")}
	if !strings.HasPrefix(loc, "/") {
		tries = append([]string{strings.TrimPrefix(path.Clean("/"+path.Dir(from)+"/"+loc), "/")}, tries...)
	}
	for _, t := range tries {
		if name, ok := p.lower[strings.ToLower(t)]; ok {
			p.used[name] = true
			return name
		}
	}
	return ""
}

// tree parses an XML part; nil if there is none or it is damaged.
func (p *pack) tree(name string) *etree.Element {
	if t, ok := p.trees[name]; ok {
		return t
	}
	t := parse(p.parts[name])
	p.trees[name] = t
	return t
}

func parse(b []byte) *etree.Element {
	if len(b) == 0 || len(b) > maxXML || bytes.Contains(b, []byte("<!DOCTYPE")) || bytes.Contains(b, []byte("<!ENTITY")) || tooDeep(b) {
		return nil
	}
	d := etree.NewDocument()
	d.ReadSettings.PreserveCData = false
	if err := d.ReadFromBytes(b); err != nil {
		return nil
	}
	return d.Root()
}

// tooDeep counts the nesting roughly, before a tree is built.
func tooDeep(b []byte) bool {
	depth := 0
	for i := 0; i < len(b); i++ {
		if b[i] != '<' || i+1 >= len(b) {
			continue
		}
		switch b[i+1] {
		case '/':
			depth--
		case '!', '?':
		default:
			end := bytes.IndexByte(b[i:], '>')
			if end > 0 && b[i+end-1] != '/' {
				depth++
			}
		}
		if depth > maxNesting {
			return true
		}
	}
	return false
}

// kids gives the child elements with a local name.
func kids(e *etree.Element, name string) []*etree.Element {
	if e == nil {
		return nil
	}
	var out []*etree.Element
	for _, c := range e.ChildElements() {
		if c.Tag == name {
			out = append(out, c)
		}
	}
	return out
}

// kid gives the first child element with a local name, or nil.
func kid(e *etree.Element, name string) *etree.Element {
	if k := kids(e, name); len(k) > 0 {
		return k[0]
	}
	return nil
}

// attr gives an attribute by its local name.
func attr(e *etree.Element, name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.Attr {
		if a.Key == name && a.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// text gives all character data below an element.
func text(e *etree.Element) string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	for _, t := range e.Child {
		switch v := t.(type) {
		case *etree.CharData:
			b.WriteString(v.Data)
		case *etree.Element:
			b.WriteString(text(v))
		}
	}
	return b.String()
}

// ownText gives the character data of an element itself, as programs show it that
// read TextCode; what stands in elements below it nobody sees.
func ownText(e *etree.Element) string {
	var b strings.Builder
	for _, t := range e.Child {
		if v, ok := t.(*etree.CharData); ok {
			b.WriteString(v.Data)
		}
	}
	return b.String()
}

// unreached gives the names of the parts that nothing refers to, in order.
func (p *pack) unreached() []string {
	var out []string
	for _, n := range p.names {
		if !p.used[n] {
			out = append(out, n)
		}
	}
	sort.Strings(out)
	return out
}
