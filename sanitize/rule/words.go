package rule

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/finding"
)

// Allow is one entry of an allow list: a word that may stand, for which rule, why,
// by whose word and until when.
type Allow struct {
	Term   string    `json:"term"`
	Rule   string    `json:"rule,omitempty"` // "" or "*": any rule
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Until  time.Time `json:"until,omitzero"` // last day on which it holds; zero: no end
}

// Covers tells whether the entry speaks about a rule on a day.
func (a Allow) Covers(ruleID string, day time.Time) bool {
	if a.Rule != "" && a.Rule != "*" && !strings.EqualFold(a.Rule, ruleID) {
		return false
	}
	return a.Until.IsZero() || day.Before(a.Until.AddDate(0, 0, 1))
}

// maxList bounds a word list in bytes.
const maxList = 64 << 20

// maxTerm is the longest term that a list may hold, in runes.
const maxTerm = 64

// AddWords adds a bureau's own word list (.csv or .txt; UTF-8 or GB18030; one
// term a line: term, level, note, treatment; only the term is needed, S2 and
// delete are the defaults; lines beginning with # and a head row are passed
// over). Terms of one level and treatment become one rule W01, W02 ….
func (s *Set) AddWords(name string, data []byte) []Problem {
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	rows, problems := readList(base, data)
	type key struct{ level, action, text, note string }
	lists := map[key][]string{}
	seen := map[string]int{}
	var order []key
	for _, row := range rows {
		term := strings.TrimSpace(row.field(0))
		if row.isHead("词", "词语", "词条", "敏感词", "term") {
			continue
		}
		n := utf8.RuneCountInString(term)
		switch {
		case n < 2:
			problems = append(problems, Problem{base, row.line, "词为空或只有一个字，未采用"})
			continue
		case n > maxTerm:
			problems = append(problems, Problem{base, row.line, fmt.Sprintf("词超过 %d 个字，未采用", maxTerm)})
			continue
		}
		if first, dup := seen[term]; dup {
			problems = append(problems, Problem{base, row.line, fmt.Sprintf("与第%d行重复", first)})
			continue
		}
		level, ok := levelOf(row.field(1))
		if !ok {
			problems = append(problems, Problem{base, row.line, fmt.Sprintf("级别 %q 无效，应为 S1 至 S4，未采用", row.field(1))})
			continue
		}
		action, text, ok := actionOf(row.field(3))
		if !ok {
			problems = append(problems, Problem{base, row.line, fmt.Sprintf("处置 %q 无效，应为 删除、替换为：××、掩码 或 人工，未采用", row.field(3))})
			continue
		}
		seen[term] = row.line
		k := key{level.String(), action, text, strings.TrimSpace(row.field(2))}
		if _, ok := lists[k]; !ok {
			order = append(order, k)
		}
		lists[k] = append(lists[k], term)
	}
	for _, k := range order {
		s.add(&Rule{
			ID: s.freeID("W"), Name: nameOfList(base, k.note), Level: k.level, Basis: "本单位词库",
			About: "本单位词库中的词。", Base: 0.7, Terms: lists[k], Compact: k.level == "S1",
			Treatment: Treatment{Action: k.action, Text: k.text, Mask: "fixed"},
		}, base)
	}
	s.files[base] = sum(data)
	s.finish()
	sortProblems(problems)
	return problems
}

func nameOfList(base, note string) string {
	if note != "" {
		return note
	}
	return "词库 " + strings.TrimSuffix(base, path.Ext(base))
}

func (s *Set) freeID(letter string) string {
	for i := 1; ; i++ {
		id := fmt.Sprintf("%s%02d", letter, i)
		if s.byID[id] == nil {
			return id
		}
	}
}

func levelOf(f string) (finding.Level, bool) {
	f = strings.TrimSpace(f)
	switch f {
	case "":
		return finding.S2, true
	case "阻断":
		return finding.S1, true
	case "高":
		return finding.S2, true
	case "中":
		return finding.S3, true
	case "提示":
		return finding.S4, true
	}
	l := ParseLevel(f)
	return l, l != 0
}

func actionOf(f string) (action, text string, ok bool) {
	f = strings.TrimSpace(f)
	for _, p := range []string{"替换为", "泛化为", "replace"} {
		if rest, found := strings.CutPrefix(f, p); found {
			rest = strings.TrimLeft(rest, "：: ")
			return "replace", rest, rest != ""
		}
	}
	switch f {
	case "", "删除", "delete":
		return "delete", "", true
	case "掩码", "mask":
		return "mask", "", true
	case "人工", "核查", "human":
		return "human", "", true
	}
	return "", "", false
}

// AddAllow adds an allow list (.csv or .txt; UTF-8 or GB18030; one entry a line:
// term, rule, reason, who, valid until). Reason and name are needed.
func (s *Set) AddAllow(name string, data []byte) []Problem {
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	rows, problems := readList(base, data)
	for _, row := range rows {
		if row.isHead("词", "词语", "词条", "白名单", "term") {
			continue
		}
		a := Allow{
			Term: strings.TrimSpace(row.field(0)), Rule: strings.TrimSpace(row.field(1)),
			Reason: strings.TrimSpace(row.field(2)), By: strings.TrimSpace(row.field(3)),
		}
		msg := ""
		switch {
		case utf8.RuneCountInString(a.Term) < 2:
			msg = "词为空或只有一个字，未采用"
		case utf8.RuneCountInString(a.Term) > maxTerm:
			msg = fmt.Sprintf("词超过 %d 个字，未采用", maxTerm)
		case a.Reason == "" || a.By == "":
			msg = "白名单须写明理由和审批人，未采用"
		case a.Rule != "" && a.Rule != "*" && s.byID[strings.ToUpper(a.Rule)] == nil:
			msg = fmt.Sprintf("没有编号为 %s 的规则，未采用", a.Rule)
		}
		if msg == "" {
			until, ok := dateOf(row.field(4))
			if !ok {
				msg = fmt.Sprintf("有效期 %q 无效，应为 2026-12-31 的形式，未采用", row.field(4))
			}
			a.Until = until
		}
		if msg != "" {
			problems = append(problems, Problem{base, row.line, msg})
			continue
		}
		s.Allow = append(s.Allow, a)
	}
	s.files[base] = sum(data)
	s.finish()
	sortProblems(problems)
	return problems
}

func dateOf(f string) (time.Time, bool) {
	f = strings.TrimSpace(f)
	if f == "" || f == "长期" {
		return time.Time{}, true
	}
	for _, layout := range []string{"2006-01-02", "2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"} {
		if t, err := time.ParseInLocation(layout, f, time.Local); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// row is one line of a list.
type row struct {
	line   int
	fields []string
}

func (r row) field(i int) string {
	if i < len(r.fields) {
		return r.fields[i]
	}
	return ""
}

func (r row) isHead(names ...string) bool {
	if r.line > 3 {
		return false
	}
	for _, n := range names {
		if strings.EqualFold(strings.TrimSpace(r.field(0)), n) {
			return true
		}
	}
	return false
}

// readList cuts a list into rows: comma, tab or full-width comma between fields.
func readList(name string, data []byte) ([]row, []Problem) {
	if len(data) > maxList {
		return nil, []Problem{{name, 0, "列表超过 64 MB"}}
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

// decode reads UTF-8 (with or without mark) or else GB18030.
func decode(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
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
