package tablefile

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

func readCSV(data []byte) ([]Grid, error) {
	text, err := DecodeText(data)
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	g := Grid{First: 1}
	for i, rec := range SplitRecords(text, delimiter(text)) {
		for j, f := range rec {
			if err := g.set(i, j, Cell{Text: unguard(f)}); err != nil {
				return nil, err
			}
		}
		for len(g.Rows) <= i {
			g.Rows = append(g.Rows, nil)
		}
	}
	return []Grid{g}, nil
}

// DecodeText decodes a text file: byte order mark, else UTF-8 if it is valid, else
// GB18030.
func DecodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), data)
		return string(out), err
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), nil
	case utf8.Valid(data):
		return string(data), nil
	}
	out, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), data)
	return string(out), err
}

// SplitRecords splits delimited text as spreadsheet programs write it: fields may
// be quoted, quoted fields may hold line breaks and doubled quotes, anything odd is
// taken as it stands. An empty line is a record of one empty field.
func SplitRecords(text string, comma rune) [][]string {
	s := splitter{rs: []rune(strings.ReplaceAll(text, "\r\n", "\n")), comma: comma}
	for s.at < len(s.rs) {
		s.step()
	}
	if s.started || s.field.Len() > 0 || len(s.rec) > 0 {
		s.endField()
		s.out = append(s.out, s.rec)
	}
	return s.out
}

type splitter struct {
	rs      []rune
	comma   rune
	at      int
	field   strings.Builder
	rec     []string
	out     [][]string
	quoted  bool // inside quotes
	started bool // the field has begun
}

func (s *splitter) endField() {
	s.rec = append(s.rec, s.field.String())
	s.field.Reset()
	s.started = false
}

// ends tells that a field ends at i.
func (s *splitter) ends(i int) bool {
	return i >= len(s.rs) || s.rs[i] == s.comma || s.rs[i] == '\n' || s.rs[i] == '\r'
}

func (s *splitter) step() {
	c := s.rs[s.at]
	s.at++
	switch {
	case s.quoted:
		s.inQuotes(c)
	case c == '"' && !s.started && closes(s.rs, s.at-1, s.comma):
		s.quoted, s.started = true, true
	case c == s.comma:
		s.endField()
	case c == '\n' || c == '\r':
		s.endField()
		s.out, s.rec = append(s.out, s.rec), nil
	default:
		s.started = true
		s.field.WriteRune(c)
	}
}

func (s *splitter) inQuotes(c rune) {
	switch {
	case c == '"' && s.at < len(s.rs) && s.rs[s.at] == '"':
		s.field.WriteByte('"')
		s.at++
	case c == '"' && s.ends(s.at):
		s.quoted = false
	default:
		s.field.WriteRune(c)
	}
}

// closes tells whether the quote at i has a partner before a field end, within
// reason; a lone quote is text.
func closes(rs []rune, i int, comma rune) bool {
	for j := i + 1; j < len(rs) && j-i < 32768; j++ {
		if rs[j] != '"' {
			continue
		}
		if j+1 < len(rs) && rs[j+1] == '"' {
			j++
			continue
		}
		if j+1 == len(rs) || rs[j+1] == comma || rs[j+1] == '\n' || rs[j+1] == '\r' {
			return true
		}
	}
	return false
}

// delimiter picks the character that cuts the first lines into the most even
// records.
func delimiter(text string) rune {
	head := text[:min(len(text), 64<<10)]
	best, score := ',', 0
	for _, c := range []rune{',', '\t', ';', '|', '，'} {
		recs := SplitRecords(head, c)
		counts := map[int]int{}
		for _, r := range recs[:min(len(recs), 50)] {
			if len(r) > 1 {
				counts[len(r)]++
			}
		}
		for width, n := range counts {
			if s := n * min(width, 12); s > score {
				best, score = c, s
			}
		}
	}
	return best
}

// unguard undoes ="13800000000", the way some exports keep digits as text.
func unguard(f string) string {
	if strings.HasPrefix(f, `="`) && strings.HasSuffix(f, `"`) && len(f) >= 3 && !strings.Contains(f[2:len(f)-1], `"`) {
		return f[2 : len(f)-1]
	}
	return f
}
