package ooxmlproof

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// attr is an attribute as written, entities resolved.
type attr struct{ name, value string }

// errForm says that a part is not in the one form that copies are written in.
var errForm = errors.New("form")

// handler is told what a part holds.
type handler struct {
	start func(name string, attrs []attr)
	end   func(name string)
	text  func(s string)
}

// scan reads a part: a declaration, then nested elements and text. Comments,
// instructions, CDATA, DOCTYPE, other entities and quotes are an error.
func scan(b []byte, h handler) error {
	if !utf8.Valid(b) {
		return errForm
	}
	decl := []byte("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
	if !bytes.HasPrefix(b, decl) {
		return errForm
	}
	s := string(b[len(decl):])
	var stack []string
	for len(s) > 0 {
		if s[0] != '<' {
			i := strings.IndexByte(s, '<')
			if i < 0 || len(stack) == 0 {
				return errForm
			}
			t, ok := plain(s[:i])
			if !ok {
				return errForm
			}
			h.text(t)
			s = s[i:]
			continue
		}
		i := strings.IndexByte(s, '>')
		if i < 2 {
			return errForm
		}
		tag := s[1:i]
		s = s[i+1:]
		if tag[0] == '/' {
			if len(stack) == 0 || stack[len(stack)-1] != tag[1:] {
				return errForm
			}
			stack = stack[:len(stack)-1]
			h.end(tag[1:])
			if len(stack) == 0 && s != "" {
				return errForm
			}
			continue
		}
		empty := strings.HasSuffix(tag, "/")
		name, attrs, ok := parseTag(strings.TrimSuffix(tag, "/"))
		if !ok || len(stack) > 500 {
			return errForm
		}
		h.start(name, attrs)
		if empty {
			h.end(name)
			if len(stack) == 0 {
				break
			}
			continue
		}
		stack = append(stack, name)
	}
	if len(stack) > 0 || s != "" {
		return errForm
	}
	return nil
}

func parseTag(tag string) (string, []attr, bool) {
	name, rest, _ := strings.Cut(tag, " ")
	if !validName(name) {
		return "", nil, false
	}
	var out []attr
	for rest != "" {
		i := strings.Index(rest, `="`)
		if i < 1 || !validName(rest[:i]) {
			return "", nil, false
		}
		j := strings.IndexByte(rest[i+2:], '"')
		if j < 0 {
			return "", nil, false
		}
		v, ok := plain(rest[i+2 : i+2+j])
		if !ok {
			return "", nil, false
		}
		out = append(out, attr{rest[:i], v})
		rest = strings.TrimPrefix(rest[i+3+j:], " ")
	}
	return name, out, true
}

func validName(s string) bool {
	colons := 0
	for i, r := range s {
		switch {
		case r == ':':
			colons++
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || i > 0 && (r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.'):
		default:
			return false
		}
	}
	return s != "" && colons <= 1
}

var entities = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#xD;", "\r", "&#xA;", "\n", "&#x9;", "\t")

// plain resolves the entities that copies are written with; any other is wrong.
func plain(s string) (string, bool) {
	for rest := s; ; {
		i := strings.IndexByte(rest, '&')
		if i < 0 {
			break
		}
		rest = rest[i:]
		ok := false
		for _, e := range []string{"&amp;", "&lt;", "&gt;", "&quot;", "&#xD;", "&#xA;", "&#x9;"} {
			ok = ok || strings.HasPrefix(rest, e)
		}
		if !ok {
			return "", false
		}
		rest = rest[1:]
	}
	return entities.Replace(s), !strings.ContainsAny(s, "<>")
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// weight counts a character of the East as two.
func weight(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}
