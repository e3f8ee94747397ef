package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sort"

	"jinggao/assets"
)

// Problem is something wrong in a rule file or word list, for people.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"` // from 1; 0: the file as a whole
	Message string `json:"message"`
}

// Error gives the problem as one Chinese line.
func (p Problem) Error() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s 第%d行：%s", p.File, p.Line, p.Message)
	}
	return p.File + "：" + p.Message
}

// Set is the rules in force, sorted by id, with their version and digest.
// A Set is not changed once an engine has been made from it.
type Set struct {
	Rules   []*Rule
	Version string
	// Digest is the SHA-256 over the names and contents of all files, in hex.
	Digest string
	// Allow holds the allow-list entries in force.
	Allow []Allow
	// Adjustments says what differs from the rules that the program brings along, in
	// the order in which it was done. Reports list it.
	Adjustments []Adjustment

	byID   map[string]*Rule
	origin map[string]string // rule id → file
	files  map[string][sha256.Size]byte
	lists  map[string][]string
	next   int // last number given to a rule of a word list
}

// NewSet returns an empty set.
func NewSet() *Set {
	return &Set{byID: map[string]*Rule{}, origin: map[string]string{}, files: map[string][sha256.Size]byte{}, lists: map[string][]string{}}
}

// Builtin loads the rules that the program brings along. Any problem is an error.
func Builtin() (*Set, error) {
	s := NewSet()
	problems, err := s.AddFS(assets.Rules())
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("built-in rules: %w (and %d more)", problems[0], len(problems)-1)
	}
	return s, nil
}

// AddFS adds every *.toml in a folder. What is wrong is listed; the rest counts.
// The error is for a folder that cannot be read.
func (s *Set) AddFS(fsys fs.FS) ([]Problem, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list rule files: %w", err)
	}
	sort.Strings(names)
	var problems []Problem
	for _, n := range names {
		data, err := fs.ReadFile(fsys, n)
		if err != nil {
			return nil, fmt.Errorf("read rule file %q: %w", n, err)
		}
		problems = append(problems, s.AddFile(n, data)...)
	}
	return problems, nil
}

// AddFile adds the rules of one TOML file. A rule with a fault is left out and
// named; a file that is no TOML is left out whole. Earlier rules stay in force:
// an id that is already taken is a problem, not a replacement.
func (s *Set) AddFile(name string, data []byte) []Problem {
	base := baseName(name)
	f, problems := parse(base, data)
	if f == nil {
		return problems
	}
	s.files[base] = sum(data)
	if f.Version != "" {
		s.Version = f.Version
	}
	for n, words := range f.Lists {
		s.lists[n] = words
	}
	for i := range f.Rules {
		r := &f.Rules[i]
		for _, n := range expand(r, s.lists) {
			problems = append(problems, Problem{base, f.lines.find(i, "@"+n), fmt.Sprintf("规则 %s 引用的词表 @%s 不存在", r.ID, n)})
		}
		if ps := check(base, f.lines, i, r); len(ps) > 0 {
			problems = append(problems, ps...)
			continue
		}
		if from, taken := s.origin[r.ID]; taken {
			problems = append(problems, Problem{base, f.lines.rule(i), fmt.Sprintf("规则编号 %s 重复，已在 %s 中定义", r.ID, from)})
			continue
		}
		s.add(r, base)
	}
	s.finish()
	return problems
}

func (s *Set) add(r *Rule, from string) {
	s.Rules = append(s.Rules, r)
	s.byID[r.ID] = r
	s.origin[r.ID] = from
}

func (s *Set) finish() {
	sort.SliceStable(s.Rules, func(i, j int) bool { return s.Rules[i].ID < s.Rules[j].ID })
	names := make([]string, 0, len(s.files))
	for n := range s.files {
		names = append(names, n)
	}
	sort.Strings(names)
	h := sha256.New()
	for _, n := range names {
		sum := s.files[n]
		fmt.Fprintf(h, "%s\x00%x\n", n, sum)
	}
	s.Digest = hex.EncodeToString(h.Sum(nil))
}

// Rule returns the rule with the id, or nil.
func (s *Set) Rule(id string) *Rule { return s.byID[id] }

// Origin is the file that a rule came from, "" if the id is unknown.
func (s *Set) Origin(id string) string { return s.origin[id] }

// Counts gives the number of rules of each group letter.
func (s *Set) Counts() map[string]int {
	out := map[string]int{}
	for _, r := range s.Rules {
		out[r.Group()]++
	}
	return out
}

func sum(data []byte) [sha256.Size]byte { return sha256.Sum256(data) }
