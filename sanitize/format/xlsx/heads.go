package xlsx

import (
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// headerFooter is one header or footer string taken apart: codes, and the text
// between them.
type headerFooter struct {
	elem   string // x:oddHeader …
	tokens []headToken
}

type headToken struct {
	code string // &L, &P, &"font" …; "" for text
	text *ooxml.Node
}

var headCode = regexp.MustCompile(`^&([LCRPNDTAFZGUESXYBIOHlcrpndtafzguesxybioh+\-]|"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+\-][0-9]{3}|[0-9]{1,3}|&)`)

// readHead takes a header or footer apart.
func readHead(elem, s string) *headerFooter {
	h := &headerFooter{elem: elem}
	var lit strings.Builder
	flush := func() {
		if lit.Len() > 0 {
			h.tokens = append(h.tokens, headToken{text: ooxml.Txt(lit.String())})
			lit.Reset()
		}
	}
	for len(s) > 0 {
		if s[0] == '&' {
			if m := headCode.FindString(s); m != "" {
				s = s[len(m):]
				if m == "&&" {
					lit.WriteByte('&')
					continue
				}
				flush()
				h.tokens = append(h.tokens, headToken{code: m})
				continue
			}
		}
		lit.WriteByte(s[0])
		s = s[1:]
	}
	flush()
	return h
}

// write puts a header together again; path and file name and pictures go.
func (h *headerFooter) write() string {
	var b strings.Builder
	for _, t := range h.tokens {
		switch {
		case t.text != nil:
			b.WriteString(strings.ReplaceAll(t.text.Text, "&", "&&"))
		case strings.HasPrefix(t.code, `&"`):
			font, style, _ := strings.Cut(strings.Trim(t.code[1:], `"`), ",")
			if len([]rune(style)) > 12 || strings.ContainsAny(style, "0123456789") {
				style = ""
			}
			if font != "-" {
				font = ooxml.SafeFont(font)
			}
			b.WriteString(`&"` + font + "," + style + `"`)
		case strings.ContainsAny(t.code[1:2], "FfZzGg"):
		default:
			b.WriteString(t.code)
		}
	}
	return b.String()
}

var headNames = map[string]string{"x:oddHeader": "页眉", "x:oddFooter": "页脚", "x:evenHeader": "偶数页页眉", "x:evenFooter": "偶数页页脚", "x:firstHeader": "首页页眉", "x:firstFooter": "首页页脚"}

func (b *book) headers(s *sheet) {
	hf := s.root.Kid("x:headerFooter")
	if hf == nil {
		return
	}
	for _, k := range hf.Kids {
		if v := k.Content(); headNames[k.Name] != "" && v != "" {
			b.header(s, k.Name, readHead(k.Name, v), !s.hidden && inUse(hf, k.Name))
		}
	}
}

// inUse tells whether a kind of header is switched on.
func inUse(hf *ooxml.Node, elem string) bool {
	switch {
	case strings.HasPrefix(elem, "x:even"):
		return truth(hf.Attr("differentOddEven"))
	case strings.HasPrefix(elem, "x:first"):
		return truth(hf.Attr("differentFirst"))
	}
	return true
}

// header files one header or footer. Text here shows on paper only, and programs
// keep paths and names in it: it goes, the words around page numbers stay.
func (b *book) header(s *sheet, elem string, h *headerFooter, on bool) {
	t := h.read(&ooxml.Text{ID: s.part + "#" + strings.TrimPrefix(elem, "x:"), Label: "工作表 " + s.name + " " + headNames[elem], Role: document.RoleHeader})
	if strings.HasSuffix(elem, "Footer") {
		t.Role = document.RoleFooter
	}
	if on {
		s.heads = append(s.heads, h)
	}
	if strings.TrimSpace(t.String()) == "" {
		return
	}
	t.Marks = []document.Span{{Start: 0, End: t.Len()}}
	if on && pageWords.MatchString(t.String()) {
		b.texts = append(b.texts, t)
		return
	}
	kind := "工作表页眉页脚"
	if !on {
		kind = "未启用的页眉页脚"
		t.Label += "（未启用）"
	}
	t.Hidden = &document.Hiding{Rule: "N03", Kind: kind}
	b.removed.Add(kind, 1)
	b.extra = append(b.extra, t.Part())
	for _, tok := range h.tokens {
		if tok.text != nil && !pageWords.MatchString(tok.text.Text) {
			tok.text.Text = ""
		}
	}
}

// read adds the text between the codes; each section is a line.
func (h *headerFooter) read(t *ooxml.Text) *ooxml.Text {
	for _, tok := range h.tokens {
		switch {
		case tok.text != nil:
			t.AddText(tok.text)
		case strings.ContainsAny(tok.code[1:2], "LCRlcr") && t.Len() > 0:
			t.AddSep('\n')
		}
	}
	return t
}

// pageWords are the words around page numbers.
var pageWords = regexp.MustCompile(`^[\s第页共张,，/—\-–·|()（）]*$`)
