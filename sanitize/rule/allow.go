package rule

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Allow is one entry of an allow list: a word that may stand, for which rule, why,
// by whose word and until when. A term between slashes is a regular expression on
// the normalised text of a line: /星槎\d+号/.
type Allow struct {
	Term   string    `json:"term"`
	Rule   string    `json:"rule,omitempty"` // "" or "*": any rule; "W": whatever the bureau's own words found
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Until  time.Time `json:"until,omitzero"` // last day on which it holds; zero: no end
}

// OwnWords stands for all rules that are made of the bureau's own words: their numbers
// change with the list.
const OwnWords = "W"

// Covers tells whether the entry speaks about a rule on a day.
func (a Allow) Covers(ruleID string, day time.Time) bool {
	switch {
	case a.Rule == "" || a.Rule == "*" || strings.EqualFold(a.Rule, ruleID):
	case strings.EqualFold(a.Rule, OwnWords) && strings.HasPrefix(ruleID, OwnWords):
	default:
		return false
	}
	return a.Until.IsZero() || day.Before(a.Until.AddDate(0, 0, 1))
}

// Pattern is the expression of an entry that is one, without its slashes; "" for a
// plain word.
func (a Allow) Pattern() string {
	if n := len(a.Term); n > 2 && a.Term[0] == '/' && a.Term[n-1] == '/' {
		return a.Term[1 : n-1]
	}
	return ""
}

// CompileAllow makes an allow pattern ready. Literal is a piece of at least two
// characters that stands in every match, in lower case: without one a pattern could
// let anything pass, which is an error.
func CompileAllow(expr string) (re *regexp.Regexp, literal string, err error) {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, "", fmt.Errorf("parse allow pattern: %w", err)
	}
	literal = strings.ToLower(longestLiteral(tree))
	if utf8.RuneCountInString(literal) < 2 {
		return nil, "", errTooWide
	}
	re, err = regexp.Compile("(?i:" + expr + ")")
	if err != nil {
		return nil, "", fmt.Errorf("compile allow pattern: %w", err)
	}
	return re, literal, nil
}

var errTooWide = errors.New("allow pattern without two fixed characters")

// longestLiteral is the longest text that every match of an expression must hold.
func longestLiteral(t *syntax.Regexp) string {
	switch t.Op {
	case syntax.OpLiteral:
		return string(t.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return longestLiteral(t.Sub[0])
	case syntax.OpRepeat:
		if t.Min > 0 {
			return longestLiteral(t.Sub[0])
		}
	case syntax.OpConcat:
		best := ""
		for _, s := range t.Sub {
			if l := longestLiteral(s); len(l) > len(best) {
				best = l
			}
		}
		return best
	}
	return ""
}

// NewAllow makes an entry of what a person or a list says. known tells whether there
// is a rule of an id; nil: any id will do. The second result is what is wrong, in
// Chinese; "" if nothing.
func NewAllow(term, ruleID, reason, by, until string, known func(id string) bool) (Allow, string) {
	a := Allow{Term: strings.TrimSpace(term), Rule: strings.ToUpper(strings.TrimSpace(ruleID)), Reason: strings.TrimSpace(reason), By: strings.TrimSpace(by)}
	if a.Rule == "全部" || a.Rule == "任何规则" {
		a.Rule = ""
	}
	switch n := utf8.RuneCountInString(a.Term); {
	case n < 2:
		return a, "词为空或只有一个字"
	case n > maxTerm:
		return a, fmt.Sprintf("词超过 %d 个字", maxTerm)
	case a.Reason == "" || a.By == "":
		return a, "白名单须写明理由和审批人"
	case a.Rule != "" && a.Rule != "*" && a.Rule != OwnWords && known != nil && !known(a.Rule):
		return a, fmt.Sprintf("没有编号为 %s 的规则", a.Rule)
	}
	if p := a.Pattern(); p != "" {
		if _, _, err := CompileAllow(p); err != nil {
			return a, patternFault(err)
		}
	}
	var ok bool
	if a.Until, ok = dateOf(until); !ok {
		return a, fmt.Sprintf("有效期 %q 无效，应为 2026-12-31 的形式", until)
	}
	return a, ""
}

// allowHeads are the words of a head row, for term, rule, reason, who and until.
var allowHeads = [][]string{
	{"词", "词语", "词条", "白名单", "词或正则", "term", "word"},
	{"规则", "规则编号", "适用规则", "rule"},
	{"理由", "原因", "reason"},
	{"审批人", "经办", "批准人", "by", "who"},
	{"有效期", "有效期至", "期限", "until"},
}

// ParseAllow reads an allow list (.xlsx, .csv or .txt; text in UTF-8, UTF-16 or
// GB18030; one entry a line: term, rule, reason, who, valid until). Reason and name
// are needed. known is as for NewAllow.
func ParseAllow(name string, data []byte, known func(id string) bool) ([]Allow, []Problem) {
	base := baseName(name)
	rows, problems := readList(base, data)
	t := arrange(rows, allowHeads)
	out := make([]Allow, 0, len(t.rows))
	for _, r := range t.rows {
		a, fault := NewAllow(t.value(r, 0), t.value(r, 1), t.value(r, 2), t.value(r, 3), t.value(r, 4), known)
		if fault != "" {
			problems = append(problems, Problem{base, r.line, fault + "，未采用"})
			continue
		}
		out = append(out, a)
	}
	sortProblems(problems)
	return out, problems
}

// IsAllowList tells by the head row whether a list is an allow list: it asks for a
// reason and a person, which a word list does not have.
func IsAllowList(name string, data []byte) bool {
	rows, _ := readList(baseName(name), data)
	for _, r := range rows[:min(len(rows), 3)] {
		asks := func(words []string) bool {
			return slices.ContainsFunc(r.fields, func(f string) bool { return slices.Contains(words, strings.ToLower(strings.TrimSpace(f))) })
		}
		if asks(allowHeads[2]) && asks(allowHeads[3]) {
			return true
		}
	}
	return false
}

// AddAllow adds an allow list, see ParseAllow. The rules must be in the set before.
func (s *Set) AddAllow(name string, data []byte) []Problem {
	_, problems := s.TakeAllow(name, data)
	return problems
}

// TakeAllow is AddAllow that also tells how many entries are used.
func (s *Set) TakeAllow(name string, data []byte) (used int, problems []Problem) {
	base := baseName(name)
	list, problems := ParseAllow(base, data, func(id string) bool { return s.byID[id] != nil })
	s.addAllow(list)
	s.files[base] = sum(data)
	s.finish()
	return len(list), problems
}

// AddAllowEntries adds entries that do not come from a file; those for a rule that
// is not in the set wait for it. No entries change nothing.
func (s *Set) AddAllowEntries(origin string, list []Allow) {
	if len(list) == 0 {
		return
	}
	s.addAllow(list)
	h := sha256.New()
	for _, a := range list {
		fmt.Fprintf(h, "%s\t%s\t%s\n", a.Term, a.Rule, day(a.Until))
	}
	s.files[origin] = [sha256.Size]byte(h.Sum(nil))
	s.finish()
}

func (s *Set) addAllow(list []Allow) {
	s.Allow = append(s.Allow, list...)
	for _, a := range list {
		change := "放行"
		if a.Rule != "" && a.Rule != "*" {
			change += "（规则 " + a.Rule + "）"
		}
		if !a.Until.IsZero() {
			change += "，有效期至 " + day(a.Until)
		}
		s.Adjustments = append(s.Adjustments, Adjustment{Kind: "白名单", Item: a.Term, Change: change, Reason: a.Reason, By: a.By})
	}
}

// day gives a day as 2026-12-31, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}

// Day is the last day of the entry as it stands in a list, 长期 where there is none.
func (a Allow) Day() string {
	if a.Until.IsZero() {
		return "长期"
	}
	return day(a.Until)
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
	return serialDate(f)
}

// serialDate reads a date as a spreadsheet stores it: days since 1899-12-30.
func serialDate(f string) (time.Time, bool) {
	n := 0
	for _, r := range f {
		if r < '0' || r > '9' {
			return time.Time{}, false
		}
		n = n*10 + int(r-'0')
		if n > 100_000 {
			return time.Time{}, false
		}
	}
	if n < 36_526 { // 2000-01-01
		return time.Time{}, false
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.Local), true
}
