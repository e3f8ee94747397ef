package markup

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseXML reads an XML file: a line for each text and each attribute value, under
// the name it has there. False where the file breaks the rules of XML.
func parseXML(s string) (*Page, bool) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	p := &Page{}
	var out strings.Builder
	var text []strings.Builder // of the open elements
	var names []string
	line := func(name, value string) {
		if value = strings.TrimSpace(value); value == "" {
			return
		}
		if named(name) {
			out.WriteString(name + "：")
		}
		out.WriteString(value + "\n")
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			p.Text = strings.TrimRight(out.String(), "\n")
			return p, true
		}
		if err != nil {
			return nil, false
		}
		switch t := t.(type) {
		case xml.StartElement:
			if n := len(names); n > 0 { // text before a child is a line of its own
				line(names[n-1], text[n-1].String())
				text[n-1].Reset()
			}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					line(a.Name.Local, a.Value)
				}
			}
			names, text = append(names, t.Name.Local), append(text, strings.Builder{})
		case xml.EndElement:
			n := len(names) - 1
			line(names[n], text[n].String())
			names, text = names[:n], text[:n]
		case xml.CharData:
			if n := len(names); n > 0 {
				text[n-1].Write(t)
			}
		case xml.Comment:
			p.Hidden = append(p.Hidden, Hidden{"N03", "XML 注释", strings.TrimSpace(string(t))})
		case xml.ProcInst:
			if v := strings.TrimSpace(string(t.Inst)); t.Target != "xml" && v != "" {
				p.Hidden = append(p.Hidden, Hidden{"N01", "XML 处理指令", v})
			}
		case xml.Directive:
			if v := string(t); strings.Contains(v, "ENTITY") {
				p.Hidden = append(p.Hidden, Hidden{"N03", "XML 实体声明", v})
			}
		}
	}
}

// named tells names that say what a value is: 姓名, phone, not p or td.
func named(name string) bool {
	return utf8.RuneCountInString(name) >= 3 || strings.IndexFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}
