package ooxmlproof

import (
	"path"
	"strings"
)

var relTypes = func() map[string]bool {
	m := map[string]bool{"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties": true}
	for _, t := range strings.Fields(`officeDocument extended-properties styles settings numbering footnotes endnotes header footer theme image chart worksheet chartsheet
		sharedStrings drawing slide slideLayout slideMaster tableStyles presProps viewProps`) {
		m["http://schemas.openxmlformats.org/officeDocument/2006/relationships/"+t] = true
	}
	return m
}()

// bareOf tells which prefix is written as the default namespace of a part.
func bareOf(name string) string {
	switch {
	case name == "[Content_Types].xml":
		return "ct"
	case strings.HasSuffix(name, ".rels"):
		return "rel"
	case name == "docProps/app.xml":
		return "ep"
	case strings.HasPrefix(name, "xl/") && !strings.Contains(name, "/drawings/") && !strings.Contains(name, "/charts/") && !strings.Contains(name, "/theme/"):
		return "x"
	}
	return ""
}

// barrierAfter are elements at whose end text must not be joined to what follows.
var barrierAfter = map[string]bool{"w:p": true, "w:tc": true, "w:br": true, "a:p": true, "a:br": true, "x:si": true, "x:c": true, "c:v": true, "x:formula1": true}

// xml checks one XML part and searches its text.
func (p *proof) xml(name string, data []byte) {
	bare := bareOf(name)
	full := func(n string) string {
		if bare != "" && !strings.Contains(n, ":") {
			return bare + ":" + n
		}
		return n
	}
	var text strings.Builder
	var stack []string
	depth := 0
	cellType := ""
	err := scan(data, handler{
		start: func(n string, attrs []attr) {
			depth++
			n = full(n)
			stack = append(stack, n)
			if depth == 1 {
				p.declarations(name, bare, attrs)
			} else {
				p.undeclared(attrs)
			}
			switch {
			case bare == "ct":
				return
			case bare == "rel":
				p.relation(name, n, attrs)
				return
			case name == "docProps/app.xml" || name == "docProps/core.xml":
				if depth > 1 {
					p.say("副本中仍有文档属性")
				}
				return
			}
			if n == "x:c" {
				cellType = value(attrs, "t")
			}
			p.element(name, n, attrs)
			for _, a := range attrs {
				text.WriteString("\x01" + a.value + "\x01")
			}
		},
		end: func(n string) {
			if n = full(n); barrierAfter[n] {
				text.WriteByte(1)
			}
			stack = stack[:len(stack)-1]
			depth--
		},
		text: func(s string) {
			in := stack[len(stack)-1]
			if textIn[in] {
				if in != "x:v" || cellType != "s" {
					text.WriteString(s)
				}
				return
			}
			if re := quiet[in]; re == nil || !re.MatchString(s) {
				p.say("副本中有不应有文字的元素 %s", in)
			}
			text.WriteString("\x01" + s + "\x01")
		},
	})
	if err != nil {
		p.say("副本部件形式异常：%s", path.Base(name))
		return
	}
	p.search(name, text.String())
}

func value(attrs []attr, name string) string {
	for _, a := range attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// declarations checks the namespaces on the root of a part.
func (p *proof) declarations(name, bare string, attrs []attr) {
	for _, a := range attrs {
		switch {
		case a.name == "xmlns":
			if uris[bare] != a.value {
				p.say("副本中有不明的命名空间：%s", path.Base(name))
			}
		case strings.HasPrefix(a.name, "xmlns:"):
			if pre := a.name[6:]; uris[pre] != a.value {
				p.say("副本中有不明的命名空间：%s", path.Base(name))
			}
		}
	}
}

// undeclared sees that elements below the root declare no namespace.
func (p *proof) undeclared(attrs []attr) {
	for _, a := range attrs {
		if a.name == "xmlns" || strings.HasPrefix(a.name, "xmlns:") {
			p.say("副本中有不明的命名空间声明")
		}
	}
}

// relation checks one relationship and notes where it leads.
func (p *proof) relation(part, elem string, attrs []attr) {
	if elem != "rel:Relationship" {
		return
	}
	if len(attrs) != 3 || !relTypes[value(attrs, "Type")] {
		p.say("副本中有清单以外的关系")
		return
	}
	from := owner(part)
	target := path.Join(path.Dir(from), value(attrs, "Target"))
	if from == "" {
		target = value(attrs, "Target")
	}
	p.rels[from] = append(p.rels[from], target)
}

// search looks for the strings that had to go.
func (p *proof) search(name, text string) {
	flat := squeeze(text)
	for i, f := range p.forbidden {
		if strings.Contains(flat, f) {
			p.say("副本 %s 中仍含应处理的内容（第 %d 项）", path.Base(name), i+1)
		}
	}
}
