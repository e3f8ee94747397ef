// Package ooxml is what the three Office Open XML formats share: opening the
// package safely, relationships, XML as a tree with fixed prefixes, text with a
// way back to its nodes, pictures without their metadata, and a writer of new
// packages that are the same byte for byte for the same content.
//
// The package is never edited in place. Readers look at every part; what a
// format package does not know is read in a general way (Leftovers), so that no
// part stays silently unread. Writers take only what is on their lists.
package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// Limits of a package. They are far above honest documents.
const (
	maxEntries   = 20000
	maxPart      = 256 << 20 // bytes of one part, inflated
	maxTotal     = 512 << 20 // bytes of all parts, inflated
	ratioFrom    = 4 << 20   // parts below this size are not asked for their ratio
	maxRatio     = 300
	maxXMLPart   = 160 << 20
	oleMagic     = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	typesPart    = "[Content_Types].xml"
	rootRelsPart = "_rels/.rels"
)

// Package is an opened file: its parts by name, without leading slash.
type Package struct {
	files   map[string]*zip.File
	fold    map[string]string // lower case → name: part names do not tell cases apart
	names   []string          // sorted
	cache   map[string][]byte
	total   int64
	types   map[string]string // by part name
	byExt   map[string]string
	Comment bool   // the archive or an entry carries a comment or extra data
	Notes   string // that comment, for reading
	rels    map[string][]Rel
}

// Open takes a package apart. Errors are refusals: encrypted, damaged, unsafe
// names, too large. Nothing is inflated beyond the limits.
func Open(data []byte) (*Package, error) {
	if err := checkMagic(data); err != nil {
		return nil, err
	}
	if err := checkFrame(data); err != nil {
		return nil, err
	}
	p, err := openZip(data)
	if err != nil {
		return nil, err
	}
	if err := p.readTypes(); err != nil {
		return nil, err
	}
	if !p.Has(rootRelsPart) {
		return nil, ErrDamaged("no _rels/.rels")
	}
	return p, nil
}

// openZip reads the directory of an archive and checks its entries; it need not
// be a document.
func openZip(data []byte) (*Package, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamaged("zip: " + err.Error())
	}
	if len(zr.File) > maxEntries {
		return nil, ErrBomb(fmt.Sprintf("entries: %d", len(zr.File)))
	}
	p := &Package{files: map[string]*zip.File{}, fold: map[string]string{}, cache: map[string][]byte{}, rels: map[string][]Rel{}}
	folded := map[string]bool{}
	var sum uint64
	for _, f := range zr.File {
		if err := checkEntry(f, folded); err != nil {
			return nil, err
		}
		sum += f.UncompressedSize64
		if sum > maxTotal {
			return nil, ErrBomb("declared size of all parts")
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		p.files[f.Name] = f
		p.fold[strings.ToLower(f.Name)] = f.Name
		p.names = append(p.names, f.Name)
	}
	sort.Strings(p.names)
	notes := Wrapping(data, zr)
	p.Notes = strings.Join(notes, "\n")
	p.Comment = len(notes) > 0
	return p, nil
}

// checkMagic tells the usual strangers apart before anything is parsed.
func checkMagic(data []byte) error {
	switch {
	case len(data) == 0:
		return ErrDamaged("empty file")
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return oleRefusal(data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil
	case bytes.Contains(head(data, 1024), []byte("PK\x03\x04")):
		return ErrUnsafe("data before the first record")
	}
	return ErrKind(" Office 文档")
}

func head(b []byte, n int) []byte {
	if len(b) < n {
		return b
	}
	return b[:n]
}

// checkFrame refuses archives with data before, after or between the directory
// and its end: programs disagree about what such files hold.
func checkFrame(data []byte) error {
	i := bytes.LastIndex(data, []byte("PK\x05\x06"))
	if i < 0 || i+22 > len(data) {
		return ErrDamaged("no end of directory")
	}
	// The comment itself may hold the signature: take the record whose comment reaches the end.
	for i >= 0 {
		n := int(binary.LittleEndian.Uint16(data[i+20:]))
		if i+22+n == len(data) {
			break
		}
		j := bytes.LastIndex(data[:i], []byte("PK\x05\x06"))
		if j < 0 || len(data)-j > 66000 {
			return ErrUnsafe("data after the last record")
		}
		i = j
	}
	size := int64(binary.LittleEndian.Uint32(data[i+12:]))
	off := int64(binary.LittleEndian.Uint32(data[i+16:]))
	if off == 0xffffffff || size == 0xffffffff {
		return nil // zip64: archive/zip checks
	}
	if off+size != int64(i) && !bytes.Contains(data[max(0, i-80):i], []byte("PK\x06\x07")) {
		return ErrUnsafe("directory is not where it says")
	}
	return nil
}

func checkEntry(f *zip.File, folded map[string]bool) error {
	n := f.Name
	trim := strings.TrimSuffix(n, "/")
	if trim == "" || strings.ContainsAny(n, "\\:\x00") || strings.HasPrefix(n, "/") || !filepath.IsLocal(trim) || path.Clean(trim) != trim || deviceName(trim) {
		return ErrUnsafe("part name")
	}
	k := strings.ToLower(trim)
	if folded[k] {
		return ErrUnsafe("duplicate part name")
	}
	folded[k] = true
	if f.Flags&1 != 0 {
		return ErrEncrypted()
	}
	if f.UncompressedSize64 > maxPart {
		return ErrBomb("declared size of a part")
	}
	if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/(f.CompressedSize64+1) > maxRatio {
		return ErrBomb("compression ratio of a part")
	}
	return nil
}

// deviceName tells whether a path element is a Windows device: CON, NUL, COM1 …
func deviceName(name string) bool {
	for _, e := range strings.Split(name, "/") {
		base, _, _ := strings.Cut(strings.ToUpper(e), ".")
		switch base {
		case "CON", "PRN", "AUX", "NUL":
			return true
		}
		if len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT")) && base[3] >= '1' && base[3] <= '9' {
			return true
		}
	}
	return false
}

// extraText gives what an extra field holds beyond the usual time and zip64 blocks.
func extraText(b []byte) string {
	var out []string
	for len(b) >= 4 {
		id, n := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if n > len(b)-4 {
			n = len(b) - 4
		}
		body := b[4 : 4+n]
		b = b[4+n:]
		switch id {
		case 0x0001, 0x5455, 0x000a, 0x7875, 0x5855, 0xa220: // sizes, times, owner, padding
			continue
		}
		if s := strings.Join(Strings(body), " "); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

// Names lists the parts, sorted.
func (p *Package) Names() []string { return p.names }

// Has tells whether there is a part of that name.
func (p *Package) Has(name string) bool { _, ok := p.files[p.real(name)]; return ok }

// real gives a part's name as the archive writes it.
func (p *Package) real(name string) string {
	if n, ok := p.fold[strings.ToLower(name)]; ok {
		return n
	}
	return name
}

// Bytes inflates a part. The result is shared: callers do not change it.
func (p *Package) Bytes(name string) ([]byte, error) {
	name = p.real(name)
	if b, ok := p.cache[name]; ok {
		return b, nil
	}
	f, ok := p.files[name]
	if !ok {
		return nil, ErrDamaged("missing part")
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged("zip: " + err.Error())
	}
	defer r.Close()
	limit := int64(f.UncompressedSize64)
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, ErrDamaged("zip: " + err.Error())
	}
	if int64(len(b)) > limit {
		return nil, ErrBomb("a part is larger than it says")
	}
	p.total += int64(len(b))
	if p.total > maxTotal {
		return nil, ErrBomb("size of all parts")
	}
	p.cache[name] = b
	return b, nil
}

// XML parses a part. A missing part is an error.
func (p *Package) XML(name string) (*Node, error) {
	b, err := p.Bytes(name)
	if err != nil {
		return nil, err
	}
	if len(b) > maxXMLPart {
		return nil, ErrTooLarge("xml part")
	}
	return Parse(b)
}

// Type is the declared content type of a part, "" if none.
func (p *Package) Type(name string) string {
	if t := p.types[strings.ToLower(name)]; t != "" {
		return t
	}
	return p.byExt[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

func (p *Package) readTypes() error {
	if !p.Has(typesPart) {
		return ErrDamaged("no [Content_Types].xml")
	}
	n, err := p.XML(typesPart)
	if err != nil {
		return err
	}
	if n.Name != "ct:Types" {
		return ErrDamaged("[Content_Types].xml")
	}
	p.types, p.byExt = map[string]string{}, map[string]string{}
	for _, k := range n.Kids {
		switch k.Name {
		case "ct:Default":
			p.byExt[strings.ToLower(k.Attr("Extension"))] = k.Attr("ContentType")
		case "ct:Override":
			p.types[strings.ToLower(strings.TrimPrefix(k.Attr("PartName"), "/"))] = k.Attr("ContentType")
		}
	}
	return nil
}
