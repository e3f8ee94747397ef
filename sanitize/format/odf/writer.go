package odf

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

var equationName = regexp.MustCompile(`^f[0-9]{1,4}$`)

// writer makes the new package from what the reader holds.
type writer struct {
	r       *reader
	names   *names // of styles
	lists   *names
	cur     *styles
	special map[string]func(up, k *node)

	pictures     []member
	placed       map[string]string
	prints       map[*node]string // print ranges of the sheets
	placeholders int

	notes, sections, tables, pages int
}

// member is a part of the package to write.
type member struct {
	name, typ string
	data      []byte
}

func newWriter(r *reader) *writer {
	w := &writer{r: r, names: &names{map[string]string{}}, lists: &names{map[string]string{}}, placed: map[string]string{}, prints: map[*node]string{}}
	w.special = w.specials()
	return w
}

const mimeBase = "application/vnd.oasis.opendocument."

var mimes = map[document.Kind]string{Text: mimeBase + "text", Spreadsheet: mimeBase + "spreadsheet", Presentation: mimeBase + "presentation"}

func (w *writer) write() ([]byte, error) {
	r := w.r
	w.nameSheets()
	w.cur = readStyles(r.sheet.Kid("office:styles"), r.content.Kid("office:automatic-styles"))
	contentPart := w.part(r.content, "office:font-face-decls", "office:automatic-styles", "office:body")
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	w.cur = readStyles(r.sheet.Kid("office:styles"), r.sheet.Kid("office:automatic-styles"))
	stylesPart := w.part(r.sheet, "office:font-face-decls", "office:styles", "office:automatic-styles", "office:master-styles")
	return w.pack(encode(contentPart), encode(stylesPart))
}

// part copies the named children of a root.
func (w *writer) part(root *node, names ...string) *node {
	out := ooxml.El("office:document-styles", "office:version", "1.3")
	if root != nil {
		out.Name = root.Name
	}
	for _, name := range names {
		if k := root.Kid(name); k != nil {
			w.into(out, k)
		}
	}
	return out
}

// fixedDate is 1980-01-01 in the zip's own encoding.
const fixedDate = 1<<5 | 1

// pack writes the members: the type first and bare, as the format asks for, fixed
// times, no comments, no extra fields.
func (w *writer) pack(contentPart, stylesPart []byte) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, data []byte) error {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: 3 << 8, ModifiedDate: fixedDate} //nolint:staticcheck // the field meant to replace it adds an extra field to the member
		m, err := z.CreateHeader(h)
		if err != nil {
			return fmt.Errorf("write member: %w", err)
		}
		if _, err = m.Write(data); err != nil {
			return fmt.Errorf("write member: %w", err)
		}
		return nil
	}
	if err := putBare(z, "mimetype", []byte(mimes[w.r.kind])); err != nil {
		return nil, err
	}
	members := []member{{"content.xml", "text/xml", contentPart}, {"styles.xml", "text/xml", stylesPart}}
	if s := w.settings(); s != nil {
		members = append(members, member{"settings.xml", "text/xml", s})
	}
	members = append(members, w.pictures...)
	if err := put("META-INF/manifest.xml", encode(w.manifest(members))); err != nil {
		return nil, err
	}
	for _, m := range members {
		if err := put(m.name, m.data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close package: %w", err)
	}
	return out.Bytes(), nil
}

func (w *writer) manifest(members []member) *node {
	entry := func(path, typ string) *node {
		return ooxml.El("manifest:file-entry", "manifest:full-path", path, "manifest:media-type", typ)
	}
	root := entry("/", mimes[w.r.kind])
	root.SetAttr("manifest:version", "1.3")
	m := ooxml.El("manifest:manifest", "manifest:version", "1.3").Add(root)
	for _, p := range members {
		m.Add(entry(p.name, p.typ))
	}
	return m
}

// badName are signs that no sheet may have in its name.
var badName = strings.NewReplacer("[", "", "]", "", ":", "", "*", "＊", "?", "", "/", "", `\`, "")

// nameSheets gives each sheet a name that programs take, and takes out what is
// hidden in it.
func (w *writer) nameSheets() {
	taken := map[string]bool{}
	for i, t := range w.r.sheets {
		hidden := hiddenColumns(t)
		w.prints[t] = w.ranges(t, w.r.titles[i], hidden)
		name := strings.Trim(strings.TrimSpace(badName.Replace(t.Attr("table:name"))), "'")
		if c := []rune(name); len(c) > 31 {
			name = string(c[:31])
		}
		if name == "" {
			name = fmt.Sprintf("工作表%d", i+1)
		}
		for n := 2; taken[strings.ToLower(name)]; n++ {
			c := []rune(name)
			name = string(c[:min(len(c), 27)]) + strconv.Itoa(n)
		}
		taken[strings.ToLower(name)] = true
		t.SetAttr("table:name", name)
		dropColumns(t, hidden)
	}
}

// hiddenColumns are the numbers of the columns of a sheet that are not shown.
func hiddenColumns(t *node) map[int]bool {
	out := map[int]bool{}
	col := 0
	var into func(*node)
	into = func(n *node) {
		for _, k := range n.Kids {
			switch {
			case rowGroups[k.Name]:
				into(k)
			case k.Name == "table:table-column":
				for range repeat(k.Attr("table:number-columns-repeated"), maxCols) {
					if hiddenRow(k) {
						out[col] = true
					}
					col++
				}
			}
		}
	}
	into(t)
	return out
}

// table copies a table, or a sheet with its name.
func (w *writer) table(up, k *node) {
	n := &node{Name: "table:table"}
	w.attrs(n, k)
	w.tables++
	if up.Name == "office:spreadsheet" {
		n.SetAttr("table:name", k.Attr("table:name"))
		if v := w.prints[k]; v != "" {
			n.SetAttr("table:print-ranges", v)
		}
		if k.Attr("table:print") == "false" {
			n.SetAttr("table:print", "false")
		}
	} else {
		n.SetAttr("table:name", "表"+strconv.Itoa(w.tables))
	}
	left := w.r.tidyTable(k)
	if !left && up.Name != "office:spreadsheet" {
		return
	}
	w.kids(n, k)
	prune(n)
	if !left {
		n.Add((&node{Name: "table:table-row"}).Add(&node{Name: "table:table-cell"}))
	}
	up.Add(n)
}

// prune takes out groups of rows that are left empty.
func prune(n *node) {
	kids := n.Kids[:0]
	for _, k := range n.Kids {
		if rowGroups[k.Name] {
			if prune(k); len(k.Kids) == 0 {
				continue
			}
		}
		kids = append(kids, k)
	}
	n.Kids = kids
}

// cell copies a cell; a value stays only beside the text that it was read with.
func (w *writer) cell(up, k *node) {
	n := &node{Name: k.Name}
	w.attrs(n, k)
	if v := w.r.cells[k]; v != nil && w.r.kind == Spreadsheet {
		text := shown(k)
		switch {
		case text == "":
		case text == v.text && v.attrs != nil:
			for _, a := range v.attrs {
				n.SetAttr(a.Name, a.Value)
			}
		default:
			n.SetAttr("office:value-type", "string")
		}
	}
	up.Add(n)
	w.kids(n, k)
}

// page copies a slide.
func (w *writer) page(up, k *node) {
	w.pages++
	n := &node{Name: k.Name}
	w.attrs(n, k)
	n.SetAttr("draw:name", "page"+strconv.Itoa(w.pages))
	up.Add(n)
	w.kids(n, k)
}

// unchecked lists what is in the copy and was read by nobody.
func (w *writer) unchecked() []document.Unchecked {
	var out []document.Unchecked
	if n := len(w.pictures); n > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(n) + " 张未识别文字"})
	}
	if w.placeholders > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片或对象 " + strconv.Itoa(w.placeholders) + " 个无法转换，已用占位图代替"})
	}
	return out
}
