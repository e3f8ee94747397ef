package ooxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Limits of one XML part.
const (
	maxDepth = 400
	maxNodes = 6_000_000
)

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
