package rule

import (
	"crypto/sha256"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/finding"
)

// Word is one entry of a bureau's own word list (词库).
type Word struct {
	Term   string `json:"term"`
	Level  string `json:"level"`          // S1 … S4
	Note   string `json:"note,omitempty"` // what it is: shown as the name of the finding
	Action string `json:"action"`         // delete, replace, mask, human
	Text   string `json:"text,omitempty"` // for replace
}

// Treatment says what is done with the word as it stands in a list: 替换为：某单位.
func (w Word) Treatment() string {
	switch w.Action {
	case "replace":
		return "替换为：" + w.Text
	case "mask":
		return "掩码"
	case "human":
		return "人工"
	}
	return "删除"
}

// NewWord makes an entry of what a person or a list says: level and treatment may be
// empty (S2, 删除). The second result is what is wrong, in Chinese; "" if nothing.
func NewWord(term, level, note, treatment string) (Word, string) {
	w := Word{Term: strings.TrimSpace(term), Note: strings.TrimSpace(note)}
	switch n := utf8.RuneCountInString(w.Term); {
	case n < 2:
		return w, "词为空或只有一个字"
	case n > maxTerm:
		return w, fmt.Sprintf("词超过 %d 个字", maxTerm)
	}
	l, ok := levelOf(level)
	if !ok {
		return w, fmt.Sprintf("级别 %q 无效，应为 S1 至 S4", level)
	}
	w.Level = l.String()
	if w.Action, w.Text, ok = actionOf(treatment); !ok {
		return w, fmt.Sprintf("处置 %q 无效，应为 删除、替换为：××、掩码 或 人工", treatment)
	}
	return w, ""
}

// wordHeads are the words of a head row, for term, level, note and treatment.
var wordHeads = [][]string{
	{"词", "词语", "词条", "敏感词", "关键词", "term", "word"},
	{"级别", "级", "等级", "level"},
	{"备注", "说明", "note"},
	{"处置", "处理", "处置方式", "treatment", "action"},
}

// ParseWords reads a word list (.xlsx, .csv or .txt; text in UTF-8, UTF-16 or
// GB18030; one term a line: term, level, note, treatment; only the term is needed;
// lines beginning with # and a head row are passed over). What is wrong is listed
// with its line; the rest counts.
func ParseWords(name string, data []byte) ([]Word, []Problem) {
	base := baseName(name)
	rows, problems := readList(base, data)
	t := arrange(rows, wordHeads)
	out := make([]Word, 0, len(t.rows))
	seen := make(map[string]int, len(t.rows))
	for _, r := range t.rows {
		w, fault := NewWord(t.value(r, 0), t.value(r, 1), t.value(r, 2), t.value(r, 3))
		if fault != "" {
			problems = append(problems, Problem{base, r.line, fault + "，未采用"})
			continue
		}
		if first, dup := seen[w.Term]; dup {
			problems = append(problems, Problem{base, r.line, fmt.Sprintf("与第%d行重复", first)})
			continue
		}
		seen[w.Term] = r.line
		out = append(out, w)
	}
	sortProblems(problems)
	return out, problems
}

// AddWords adds a bureau's own word list, see ParseWords. Terms of one level, note
// and treatment become one rule W01, W02 ….
func (s *Set) AddWords(name string, data []byte) []Problem {
	_, problems := s.TakeWords(name, data)
	return problems
}

// TakeWords is AddWords that also tells how many entries are used.
func (s *Set) TakeWords(name string, data []byte) (used int, problems []Problem) {
	base := baseName(name)
	words, problems := ParseWords(base, data)
	s.addWords(base, nameOfList(base), words)
	s.files[base] = sum(data)
	s.finish()
	return len(words), problems
}

// AddWordEntries adds entries that do not come from a file; origin names where they
// come from (本单位词库). No entries change nothing.
func (s *Set) AddWordEntries(origin string, words []Word) {
	if len(words) == 0 {
		return
	}
	s.addWords(origin, origin, words)
	h := sha256.New()
	for _, w := range words {
		fmt.Fprintf(h, "%s\t%s\t%s\t%s\t%s\n", w.Term, w.Level, w.Note, w.Action, w.Text)
	}
	s.files[origin] = [sha256.Size]byte(h.Sum(nil))
	s.finish()
}

// maxNotes is how many different notes of a list become names of rules; in a list
// with more of them a note goes into the reasons of its finding.
const maxNotes = 200

func (s *Set) addWords(origin, title string, words []Word) {
	type key struct{ level, action, text, note string }
	notes := map[string]bool{}
	for _, w := range words {
		notes[w.Note] = true
	}
	named := len(notes) <= maxNotes
	rules := map[key]*Rule{}
	for _, w := range words {
		k := key{w.Level, w.Action, w.Text, ""}
		if named {
			k.note = w.Note
		}
		r := rules[k]
		if r == nil {
			r = &Rule{
				ID: s.freeID("W"), Name: title, Level: w.Level, Basis: "本单位词库",
				About: "本单位词库中的词。", Base: 0.7, Compact: w.Level == "S1",
				Treatment: Treatment{Action: w.Action, Text: w.Text, Mask: "fixed"},
			}
			if k.note != "" {
				r.Name = k.note
			}
			rules[k] = r
			s.add(r, origin)
		}
		r.Terms = append(r.Terms, w.Term)
		if !named && w.Note != "" {
			if r.Notes == nil {
				r.Notes = map[string]string{}
			}
			r.Notes[w.Term] = w.Note
		}
	}
	if n := len(words); n > 0 {
		s.Adjustments = append(s.Adjustments, Adjustment{Kind: "词库", Item: origin, Change: fmt.Sprintf("加入 %d 个词", n)})
	}
}

func nameOfList(base string) string { return "词库 " + strings.TrimSuffix(base, path.Ext(base)) }

// freeID gives the next id of a letter that is not taken: W01, W02 ….
func (s *Set) freeID(letter string) string {
	for {
		s.next++
		id := fmt.Sprintf("%s%02d", letter, s.next)
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
	if len(f) > 2 { // S1 阻断
		f = strings.Fields(f)[0]
	}
	l := ParseLevel(f)
	return l, l != 0
}

func actionOf(f string) (action, text string, ok bool) {
	f = strings.TrimSpace(f)
	for _, p := range []string{"替换为", "泛化为", "replace"} {
		if rest, found := strings.CutPrefix(f, p); found {
			rest = strings.TrimSpace(strings.TrimLeft(rest, "：: "))
			return "replace", rest, rest != ""
		}
	}
	switch f {
	case "", "删除", "delete":
		return "delete", "", true
	case "掩码", "mask":
		return "mask", "", true
	case "人工", "核查", "人工核定", "human":
		return "human", "", true
	}
	return "", "", false
}
