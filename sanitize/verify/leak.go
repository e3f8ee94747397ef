// Package verify looks at outputs by other code than wrote them: whether anything
// that had to go is still in the bytes, in any encoding and any layer, and whether
// the visible text differs from the original exactly by the plan.
//
// Problems name places and numbers, never the text itself.
package verify

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/text"
)

const (
	maxLayers = 6
	maxLayer  = 512 << 20 // bytes of one inflated layer
)

// Leaks searches the bytes of an output, and everything packed in them, for
// strings that must be gone. An output in which a layer cannot be opened is a problem too.
func Leaks(name string, data []byte, forbidden []string) []string {
	s := newSearch(forbidden)
	s.layer(name, data, 0)
	return s.problems
}

// search holds the forbidden strings in the forms in which they are looked for.
type search struct {
	texts    []string // without blanks, in the order given
	long     []bool   // enough characters to be no accident in markup or numbers
	patterns [][]byte // encoded forms, long enough to be no accident in binary data
	problems []string
}

func newSearch(forbidden []string) *search {
	s := &search{}
	seen := map[string]bool{}
	for _, f := range forbidden {
		f = squeeze(f)
		if seen[f] || !worth(f) {
			continue
		}
		seen[f] = true
		s.texts = append(s.texts, f)
		s.long = append(s.long, long(f))
		s.patterns = append(s.patterns, encoded(f)...)
	}
	return s
}

// worth leaves out what is too short to say anything: one Han character, three letters or digits.
func worth(f string) bool { return weight(f) >= 4 }

// long strings are looked for in markup and across cells as well.
func long(f string) bool {
	han := 0
	for _, r := range f {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	return han >= 2 || weight(f) >= 8
}

// weight counts a Han character as two.
func weight(f string) int {
	n := 0
	for _, r := range f {
		if r >= 0x2E80 {
			n++
		}
		n++
	}
	return n
}

// minPattern is how long an encoded form must be to be searched for in binary data.
const minPattern = 8

func encoded(f string) [][]byte {
	var out [][]byte
	add := func(b []byte) {
		if len(b) >= minPattern {
			out = append(out, b)
		}
	}
	add([]byte(f))
	if b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(f)); err == nil && !bytes.Equal(b, []byte(f)) {
		add(b)
	}
	units := utf16.Encode([]rune(f))
	le, be := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	add(le)
	add(be)
	return out
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

func (s *search) say(format string, args ...any) {
	if len(s.problems) < 20 {
		s.problems = append(s.problems, fmt.Sprintf(format, args...))
	}
}

// layer looks at one stretch of bytes and at what is packed in it.
func (s *search) layer(name string, data []byte, depth int) {
	if len(data) == 0 {
		return
	}
	if depth > maxLayers {
		s.say("%s：嵌套过深，无法核验", name)
		return
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		s.zip(name, data, depth)
		return
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
			if b, err := io.ReadAll(io.LimitReader(z, maxLayer)); err == nil {
				s.layer(name+"!gz", b, depth+1)
			}
		}
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		s.say("%s：副本中含未经处理的复合文件", name)
	}
	if d, err := text.Decode(data); err == nil {
		s.text(name, d.Text)
		s.base64(name, data, depth)
		return
	}
	s.raw(name, data)
}

func (s *search) raw(name string, data []byte) {
	for _, p := range s.patterns {
		if bytes.Contains(data, p) {
			s.say("%s：仍含应处理的内容（原始字节）", name)
			return
		}
	}
}

func (s *search) zip(name string, data []byte, depth int) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		s.say("%s：压缩层无法打开，无法核验", name)
		return
	}
	s.text(name+"（注释）", z.Comment)
	for _, f := range z.File {
		inner := name + "!" + f.Name
		s.text(name+"（成员名）", decodeName(f.Name)+"\n"+f.Comment)
		s.raw(name+"（附加字段）", f.Extra)
		if f.FileInfo().IsDir() {
			continue
		}
		r, err := f.Open()
		if err != nil {
			s.say("%s：无法打开，无法核验", inner)
			continue
		}
		b, err := io.ReadAll(io.LimitReader(r, maxLayer))
		_ = r.Close()
		if err != nil || len(b) == maxLayer {
			s.say("%s：无法读完，无法核验", inner)
			continue
		}
		s.layer(inner, b, depth+1)
	}
}

func decodeName(n string) string {
	if utf8.ValidString(n) {
		return n
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().String(n); err == nil {
		return s
	}
	return n
}

// text searches a text as it stands and, if it is markup, as a reader would put it together.
func (s *search) text(name, t string) {
	if t == "" || len(s.texts) == 0 {
		return
	}
	markup := isMarkup(t)
	flat := squeeze(t)
	joined := ""
	if markup {
		joined = squeeze(join(t))
		flat = squeeze(html.UnescapeString(flat))
	}
	for i, f := range s.texts {
		if (s.long[i] || !markup) && strings.Contains(flat, f) || markup && s.long[i] && strings.Contains(joined, f) {
			s.say("%s：仍含应处理的内容（第 %d 项）", name, i+1)
		}
	}
}

func isMarkup(t string) bool {
	t = strings.TrimLeft(t[:min(len(t), 256)], "\ufeff \t\r\n")
	return strings.HasPrefix(t, "<")
}

var (
	tags = regexp.MustCompile(`<[^>]*>`)
	ends = regexp.MustCompile(`</(?:\w+:)?(?:p|tc|tr|c|si|row|TextObject|title|body|td|th|li|div|h\d)\s*>`)
)

// barrier stands where text must not be joined; it is no blank.
const barrier = "\x01"

// join takes the tags out; the ends of paragraphs and cells become barriers.
func join(t string) string {
	return html.UnescapeString(tags.ReplaceAllString(ends.ReplaceAllString(t, barrier), ""))
}

var base64Run = regexp.MustCompile(`[A-Za-z0-9+/]{40,}={0,2}`)

func (s *search) base64(name string, data []byte, depth int) {
	for _, m := range base64Run.FindAll(data, 2000) {
		m = m[:len(m)&^3]
		if b, err := base64.StdEncoding.DecodeString(string(m)); err == nil {
			s.layer(name+"#base64", b, depth+1)
		}
	}
}

// Forbidden lists what must not be in the output: the texts of treated findings
// and the lines of hidden parts, unless the expected visible text holds them anyway.
func Forbidden(treated []string, doc *document.Document, expected string) []string {
	flat := squeeze(expected)
	var out []string
	add := func(t string) {
		if t = squeeze(t); t != "" && !strings.Contains(flat, t) {
			out = append(out, t)
		}
	}
	for _, t := range treated {
		add(t)
	}
	for i := range doc.Parts {
		if doc.Parts[i].Hidden == nil {
			continue
		}
		for line := range strings.SplitSeq(doc.Parts[i].Text, "\n") {
			line = squeeze(line)
			if weight(line) < minHiddenLine || formatWord(line) || strings.Contains(flat, html.UnescapeString(line)) {
				continue // the last: what is seen, written here as markup writes it
			}
			add(line)
		}
	}
	return out
}

// minHiddenLine is the weight that a hidden line needs to be told from format words.
const minHiddenLine = 6
