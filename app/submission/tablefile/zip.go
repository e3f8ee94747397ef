package tablefile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
)

// pack is an Office package opened with limits.
type pack struct {
	files map[string]*zip.File // by lower-case name
	left  int64                // bytes that may still be unpacked
}

func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	p := &pack{files: map[string]*zip.File{}, left: maxInflated}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := p.files[name]; twice && !strings.HasSuffix(name, "/") {
			return nil, errDamaged("part stored twice")
		}
		p.files[name] = f
	}
	return p, nil
}

func (p *pack) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// read unpacks a part; nil, nil if there is none of that name.
func (p *pack) read(name string) ([]byte, error) {
	f := p.files[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, nil
	}
	b, err := inflate(f, p.left)
	if err != nil {
		return nil, err
	}
	p.left -= int64(len(b))
	return b, nil
}

// inflate unpacks one zip entry, counting real bytes; a bomb is refused before and
// while it is unpacked.
func inflate(f *zip.File, left int64) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, unsupported("encrypted")
	}
	if f.UncompressedSize64 > uint64(max(left, 0)) {
		return nil, errTooLarge()
	}
	if f.UncompressedSize64 > 16<<20 && f.UncompressedSize64/(f.CompressedSize64+1) > 400 {
		return nil, errTooLarge()
	}
	r, err := f.Open()
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, left+1))
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	if int64(len(b)) > left {
		return nil, errTooLarge()
	}
	return b, nil
}

func sniffZip(data []byte) document.Kind {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "zip"
	}
	kind := document.Kind("zip")
	for _, f := range z.File {
		switch strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")) {
		case "xl/workbook.xml", "xl/workbook.bin":
			return "xlsx"
		case "word/document.xml":
			return "docx"
		case "ppt/presentation.xml", "ofd.xml":
			return "other"
		case "[content_types].xml":
			kind = "other" // an Office package that is none of these … or a plain zip of one
		}
	}
	if kind == "other" {
		return officeMain(data)
	}
	return kind
}

// officeMain follows the package relationships where the main part has an unusual name.
func officeMain(data []byte) document.Kind {
	p, err := openPack(data)
	if err != nil {
		return "other"
	}
	main := p.mainPart()
	switch {
	case strings.HasPrefix(main, "xl/"):
		return "xlsx"
	case strings.HasPrefix(main, "word/"):
		return "docx"
	}
	return "other"
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// rels reads the relationships of a part ("" for the package), by Id.
func (p *pack) rels(part string) map[string]relationship {
	dir, base := path.Split(part)
	b, err := p.read(dir + "_rels/" + base + ".rels")
	if err != nil || b == nil {
		return nil
	}
	var x struct {
		R []relationship `xml:"Relationship"`
	}
	if err := decodeXML(b, &x); err != nil {
		return nil
	}
	out := map[string]relationship{}
	for _, r := range x.R {
		if strings.EqualFold(r.Mode, "External") {
			continue
		}
		if t := r.Target; strings.HasPrefix(t, "/") {
			r.Target = strings.TrimPrefix(t, "/")
		} else {
			r.Target = path.Join(dir, t)
		}
		out[r.ID] = r
	}
	return out
}

func (p *pack) mainPart() string {
	for _, r := range p.rels("") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return r.Target
		}
	}
	return ""
}

func decodeXML(b []byte, v any) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = charsetOf
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("decode xml: %w", err)
	}
	return nil
}

// charsetOf lets XML parts say UTF-8 in another spelling and nothing else.
func charsetOf(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "":
		return r, nil
	case "gb2312", "gbk", "gb18030":
		return simplifiedchinese.GB18030.NewDecoder().Reader(r), nil
	}
	return nil, fmt.Errorf("unknown charset %q", label)
}

// memberName decodes the name of an archive member: UTF-8 if it is, else GB18030.
func memberName(f *zip.File) string {
	n := f.Name
	if !utf8.ValidString(n) || f.NonUTF8 && !isASCII(n) && !utf8.ValidString(n) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(n); err == nil {
			n = s
		}
	}
	return strings.ReplaceAll(n, `\`, "/")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
