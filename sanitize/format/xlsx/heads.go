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

func (b *book) headers(s *sheet) {
	hf := s.root.Kid("x:headerFooter")
	if hf == nil {
		return
	}
	names := map[string]string{"x:oddHeader": "页眉", "x:oddFooter": "页脚", "x:evenHeader": "偶数页页眉", "x:evenFooter": "偶数页页脚", "x:firstHeader": "首页页眉", "x:firstFooter": "首页页脚"}
	for _, k := range hf.Kids {
		v := k.Content()
		if names[k.Name] == "" || v == "" {
			continue
		}
		h := readHead(k.Name, v)
		on := !strings.HasPrefix(k.Name, "x:even") && !strings.HasPrefix(k.Name, "x:first") ||
			strings.HasPrefix(k.Name, "x:even") && truth(hf.Attr("differentOddEven")) || strings.HasPrefix(k.Name, "x:first") && truth(hf.Attr("differentFirst"))
		role := document.RoleHeader
		if strings.HasSuffix(k.Name, "Footer") {
			role = document.RoleFooter
		}
		t := &ooxml.Text{ID: s.part + "#" + strings.TrimPrefix(k.Name, "x:"), Label: "工作表 " + s.name + " " + names[k.Name], Role: role}
		for _, tok := range h.tokens {
			switch {
			case tok.text != nil:
				t.AddText(tok.text)
			case strings.ContainsAny(tok.code[1:2], "LCRlcr") && t.Len() > 0:
				t.AddSep('\n')
			}
		}
		if strings.TrimSpace(t.String()) == "" {
			if on && !s.hidden {
				s.heads = append(s.heads, h)
			}
			continue
		}
		t.Marks = []document.Span{{Start: 0, End: t.Len()}}
		if on && !s.hidden && pageWords.MatchString(t.String()) {
			s.heads = append(s.heads, h)
			b.texts = append(b.texts, t)
			continue
		}
		// Text here shows on paper only; programs keep paths and names in it. It goes, the page numbers stay.
		kind := "工作表页眉页脚"
		if !on || s.hidden {
			kind = "未启用的页眉页脚"
			t.Label += "（未启用）"
		}
		t.Hidden = &document.Hiding{Rule: "N03", Kind: kind}
		b.removed.Add(kind, 1)
		b.extra = append(b.extra, t.Part())
		if on && !s.hidden {
			for _, tok := range h.tokens {
				if tok.text != nil && !pageWords.MatchString(tok.text.Text) {
					tok.text.Text = ""
				}
			}
			s.heads = append(s.heads, h)
		}
	}
}

// pageWords are the words around page numbers.
var pageWords = regexp.MustCompile(`^[\s第页共张,，/—\-–·|()（）]*$`)
