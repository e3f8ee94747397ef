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
	var out [][]string
	var rec []string
	var field strings.Builder
	quoted, started := false, false
	rs := []rune(strings.ReplaceAll(text, "\r\n", "\n"))
	flush := func() {
		rec = append(rec, field.String())
		field.Reset()
		started = false
	}
	for i := 0; i < len(rs); i++ {
		c := rs[i]
		switch {
		case quoted && c == '"' && i+1 < len(rs) && rs[i+1] == '"':
			field.WriteByte('"')
			i++
		case quoted && c == '"' && (i+1 == len(rs) || rs[i+1] == comma || rs[i+1] == '\n' || rs[i+1] == '\r'):
			quoted = false
		case quoted:
			field.WriteRune(c)
		case c == '"' && !started && closes(rs, i, comma):
			quoted, started = true, true
		case c == comma:
			flush()
		case c == '\n' || c == '\r':
			flush()
			out = append(out, rec)
			rec = nil
		default:
			started = true
			field.WriteRune(c)
		}
	}
	if started || field.Len() > 0 || len(rec) > 0 {
		flush()
		out = append(out, rec)
	}
	return out
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
