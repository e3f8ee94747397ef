package ooxml

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"
)

// relTypes gives the full address of each relationship type that is ever written.
const relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// Builder collects the parts of a new package. The same parts in the same order
// give the same bytes.
type Builder struct {
	parts []outPart
	have  map[string]bool
	rels  map[string][]Rel
	main  string
}

type outPart struct {
	name, typ string
	data      []byte
}

// NewBuilder begins an empty package.
func NewBuilder() *Builder {
	return &Builder{have: map[string]bool{}, rels: map[string][]Rel{}}
}

// Add puts in a part. A name that is there already is a mistake of the caller and ignored.
func (b *Builder) Add(name, contentType string, data []byte) {
	if b.have[name] {
		return
	}
	b.have[name] = true
	b.parts = append(b.parts, outPart{name, contentType, data})
}

// Has tells whether the part has been added.
func (b *Builder) Has(name string) bool { return b.have[name] }

// Rel relates two parts and gives the id, numbered per part. The same target is
// related once.
func (b *Builder) Rel(from, typ, to string) string {
	for _, r := range b.rels[from] {
		if r.Target == to && r.Type == typ {
			return r.ID
		}
	}
	id := fmt.Sprintf("rId%d", len(b.rels[from])+1)
	b.rels[from] = append(b.rels[from], Rel{ID: id, Type: typ, Target: to})
	return id
}

// fixedDate is 1980-01-01 in the zip's own encoding.
const fixedDate = 1<<5 | 1

// Bytes writes the package: fixed times, no comments, no extra fields.
func (b *Builder) Bytes() ([]byte, error) {
	b.Add("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", Encode(El("ep:Properties"), "ep"))
	b.Add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", Encode(El("cp:coreProperties"), ""))
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	put := func(name string, data []byte) error {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: 3 << 8, ModifiedDate: fixedDate} //nolint:staticcheck // the field meant to replace it adds an extra field to the member
		w, err := zw.CreateHeader(h)
		if err != nil {
			return fmt.Errorf("write part: %w", err)
		}
		if _, err = w.Write(data); err != nil {
			return fmt.Errorf("write part: %w", err)
		}
		return nil
	}
	if err := put(typesPart, b.contentTypes()); err != nil {
		return nil, err
	}
	if err := put(rootRelsPart, b.rootRels()); err != nil {
		return nil, err
	}
	sort.SliceStable(b.parts, func(i, j int) bool { return b.parts[i].name < b.parts[j].name })
	for _, p := range b.parts {
		if err := put(p.name, p.data); err != nil {
			return nil, err
		}
		if rs := b.rels[p.name]; len(rs) > 0 {
			if err := put(path.Join(path.Dir(p.name), "_rels", path.Base(p.name)+".rels"), relsXML(path.Dir(p.name), rs)); err != nil {
				return nil, err
			}
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("close package: %w", err)
	}
	return out.Bytes(), nil
}

// SetMain names the main part.
func (b *Builder) SetMain(name string) { b.main = name }

func (b *Builder) rootRels() []byte {
	n := El("rel:Relationships").Add(
		El("rel:Relationship", "Id", "rId1", "Type", relBase+"officeDocument", "Target", b.main),
		El("rel:Relationship", "Id", "rId2", "Type", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "Target", "docProps/core.xml"),
		El("rel:Relationship", "Id", "rId3", "Type", relBase+"extended-properties", "Target", "docProps/app.xml"))
	return Encode(n, "rel")
}

func relsXML(dir string, rs []Rel) []byte {
	n := El("rel:Relationships")
	for _, r := range rs {
		n.Add(El("rel:Relationship", "Id", r.ID, "Type", relBase+r.Type, "Target", relative(dir, r.Target)))
	}
	return Encode(n, "rel")
}

// relative writes a part name as seen from a folder.
func relative(dir, target string) string {
	a, b := strings.Split(dir, "/"), strings.Split(target, "/")
	i := 0
	for i < len(a) && i < len(b)-1 && a[i] == b[i] {
		i++
	}
	return strings.Repeat("../", len(a)-i) + strings.Join(b[i:], "/")
}

func (b *Builder) contentTypes() []byte {
	n := El("ct:Types").Add(
		El("ct:Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml"),
		El("ct:Default", "Extension", "xml", "ContentType", "application/xml"))
	exts := map[string]string{}
	for _, p := range b.parts {
		if e := strings.TrimPrefix(path.Ext(p.name), "."); e != "xml" {
			exts[e] = p.typ
		}
	}
	var es []string
	for e := range exts {
		es = append(es, e)
	}
	sort.Strings(es)
	for _, e := range es {
		n.Add(El("ct:Default", "Extension", e, "ContentType", exts[e]))
	}
	ps := append([]outPart(nil), b.parts...)
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].name < ps[j].name })
	for _, p := range ps {
		if strings.HasSuffix(p.name, ".xml") {
			n.Add(El("ct:Override", "PartName", "/"+p.name, "ContentType", p.typ))
		}
	}
	return Encode(n, "ct")
}

// readAll is io.ReadAll with a limit.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = ErrBomb("stream larger than allowed")
	}
	return b, err
}
