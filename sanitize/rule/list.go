package rule

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// maxList bounds a word list in bytes.
const maxList = 64 << 20

// maxTerm is the longest term that a list may hold, in runes.
const maxTerm = 64

// row is one line of a list; line counts from 1 as an editor or a spreadsheet does.
type row struct {
	line   int
	fields []string
}

func (r row) field(i int) string {
	if i >= 0 && i < len(r.fields) {
		return strings.TrimSpace(r.fields[i])
	}
	return ""
}

// table is a list cut into rows, with the place of each column.
type table struct {
	rows    []row
	columns []int // for each known column its index in a row, -1 for none
}

// value is what a row says in column c (a number of the known columns).
func (t *table) value(r row, c int) string { return r.field(t.columns[c]) }

// arrange looks for a head row among the first rows and puts the columns by its
// words; without one they stand in the order of heads. The head row is taken away.
// heads[0] must be in a head row.
func arrange(rows []row, heads [][]string) table {
	t := table{rows: rows, columns: make([]int, len(heads))}
	for i := range heads {
		t.columns[i] = i
	}
	for n, r := range rows {
		if r.line > 5 || n > 3 {
			break
		}
		found := make([]int, len(heads))
		hits := 0
		for c, words := range heads {
			found[c] = slices.IndexFunc(r.fields, func(f string) bool {
				f = strings.ToLower(strings.TrimSpace(f))
				return f != "" && slices.Contains(words, f)
			})
			if found[c] >= 0 {
				hits++
			}
		}
		if found[0] < 0 || found[0] > 0 && hits < 2 {
			continue
		}
		if hits > 1 {
			t.columns = found
		}
		t.rows = rows[n+1:]
		break
	}
	return t
}

// readList cuts a list into rows: a spreadsheet (.xlsx), or text with comma, tab
// or full-width comma between fields.
func readList(name string, data []byte) ([]row, []Problem) {
	if len(data) > maxList {
		return nil, []Problem{{name, 0, "列表超过 64 MB"}}
	}
	if isSheet(name, data) {
		return readSheet(name, data)
	}
	text, err := decode(data)
	if err != nil {
		return nil, []Problem{{name, 0, "无法识别编码，请另存为 UTF-8"}}
	}
	var rows []row
	var problems []Problem
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r")
		if t := strings.TrimSpace(line); t == "" || strings.HasPrefix(t, "#") {
			continue
		}
		fields, err := splitLine(line)
		if err != nil {
			problems = append(problems, Problem{name, i + 1, "引号不成对，未采用"})
			continue
		}
		rows = append(rows, row{i + 1, fields})
	}
	if len(rows) == 0 && len(problems) == 0 {
		problems = append(problems, Problem{name, 0, "列表是空的"})
	}
	return rows, problems
}

func splitLine(line string) ([]string, error) {
	if strings.Contains(line, "\t") {
		return strings.Split(line, "\t"), nil
	}
	if !strings.Contains(line, ",") && strings.Contains(line, "，") {
		return strings.Split(line, "，"), nil
	}
	r := csv.NewReader(strings.NewReader(line))
	r.FieldsPerRecord = -1
	fields, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("split line: %w", err)
	}
	return fields, nil
}

// decode reads UTF-8 (with or without mark), UTF-16 with a mark, or else GB18030.
func decode(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return "", errors.New("not UTF-16")
		}
		return string(out), nil
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("decode GB18030: %w", err)
	}
	if bytes.ContainsRune(out, utf8.RuneError) {
		return "", errors.New("neither UTF-8 nor GB18030")
	}
	return string(out), nil
}

func sortProblems(ps []Problem) {
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].Line < ps[j].Line })
}

func baseName(name string) string { return path.Base(strings.ReplaceAll(name, "\\", "/")) }
