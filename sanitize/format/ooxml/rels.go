package ooxml

import (
	"net/url"
	"path"
	"strings"
)

// Rel is one relationship of a part.
type Rel struct {
	ID       string
	Type     string // last segment of the type address: image, header, hyperlink …
	Target   string // part name, or the address as written when External
	External bool
}

// Rels gives the relationships of a part, "" for the package itself. A part
// without any has none; broken relationships are an error.
func (p *Package) Rels(part string) ([]Rel, error) {
	if r, ok := p.rels[part]; ok {
		return r, nil
	}
	name := rootRelsPart
	dir := ""
	if part != "" {
		dir = path.Dir(part)
		name = path.Join(dir, "_rels", path.Base(part)+".rels")
	}
	if !p.Has(name) {
		return nil, nil
	}
	n, err := p.XML(name)
	if err != nil {
		return nil, err
	}
	var out []Rel
	for _, k := range n.Kids {
		if k.Name != "rel:Relationship" {
			continue
		}
		r := Rel{ID: k.Attr("Id"), Type: path.Base(k.Attr("Type")), Target: k.Attr("Target")}
		r.External = strings.EqualFold(k.Attr("TargetMode"), "External")
		if !r.External {
			r.Target = p.real(resolve(dir, r.Target))
		}
		out = append(out, r)
	}
	p.rels[part] = out
	return out, nil
}

// resolve makes a part name of a relationship target.
func resolve(dir, target string) string {
	if i := strings.IndexByte(target, '#'); i >= 0 {
		target = target[:i]
	}
	if s, err := url.PathUnescape(target); err == nil {
		target = s
	}
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Join("/", dir, target), "/")
}

// RelByID finds a relationship of a part.
func (p *Package) RelByID(part, id string) (Rel, bool) {
	rs, _ := p.Rels(part)
	for _, r := range rs {
		if r.ID == id {
			return r, true
		}
	}
	return Rel{}, false
}

// RelsOf lists the relationships of one type whose parts are there.
func (p *Package) RelsOf(part, typ string) []Rel {
	rs, _ := p.Rels(part)
	var out []Rel
	for _, r := range rs {
		if r.Type == typ && !r.External && p.Has(r.Target) {
			out = append(out, r)
		}
	}
	return out
}

// Main finds the main part and its family: "word", "sheet" or "slides".
func (p *Package) Main() (name, family string, err error) {
	rs, err := p.Rels("")
	if err != nil {
		return "", "", err
	}
	for _, r := range rs {
		if r.Type != "officeDocument" || r.External || !p.Has(r.Target) {
			continue
		}
		t := p.Type(r.Target)
		switch {
		case strings.Contains(t, "wordprocessingml") || strings.Contains(t, "ms-word"):
			return r.Target, "word", nil
		case strings.Contains(t, "spreadsheetml") || strings.Contains(t, "ms-excel"):
			if strings.Contains(t, "binary") {
				return "", "", ErrKind("可读取的工作簿（xlsb 二进制格式不支持）")
			}
			return r.Target, "sheet", nil
		case strings.Contains(t, "presentationml") || strings.Contains(t, "ms-powerpoint"):
			return r.Target, "slides", nil
		}
		return "", "", ErrKind("可识别的 Office 文档")
	}
	return "", "", ErrDamaged("no main part")
}

// Macro tells whether the declared type of the main part is one with macros.
func (p *Package) Macro() bool {
	name, _, err := p.Main()
	return err == nil && strings.Contains(strings.ToLower(p.Type(name)), "macroenabled")
}

// Sniff says what family of document the bytes hold: "word", "sheet", "slides",
// or "" when they are no readable package of these.
func Sniff(data []byte) string {
	p, err := Open(data)
	if err != nil {
		return ""
	}
	_, f, err := p.Main()
	if err != nil {
		return ""
	}
	return f
}
