package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"jinggao/assets"
	"jinggao/sanitize/finding"
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

	byID   map[string]*Rule
	origin map[string]string // rule id → file
	files  map[string][sha256.Size]byte
	lists  map[string][]string
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
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
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

// Override is how a bureau changes a rule: off, or at another level. Both need a
// reason and a name, which the caller records.
type Override struct {
	Rule   string `json:"rule" toml:"rule"`
	Off    bool   `json:"off,omitempty" toml:"off"`
	Level  string `json:"level,omitempty" toml:"level"`
	Reason string `json:"reason" toml:"reason"`
	By     string `json:"by" toml:"by"`
}

// Apply returns a copy of the set with the overrides carried out. Rules that mean
// 整件移出 can be neither switched off nor lowered; such overrides, unknown ids
// and overrides without a reason are returned as problems and left out.
func (s *Set) Apply(overrides []Override) (*Set, []Problem) {
	out := NewSet()
	out.Version, out.Allow = s.Version, s.Allow
	for n, sum := range s.files {
		out.files[n] = sum
	}
	var problems []Problem
	byID := map[string]Override{}
	for i, o := range overrides {
		if msg := s.refuses(o); msg != "" {
			problems = append(problems, Problem{"规则调整", i + 1, msg})
			continue
		}
		byID[o.Rule] = o
	}
	for _, r := range s.Rules {
		o, ok := byID[r.ID]
		switch {
		case ok && o.Off:
			continue
		case ok:
			c := *r
			c.Level = strings.ToUpper(o.Level)
			r = &c
		}
		out.add(r, s.origin[r.ID])
	}
	out.finish()
	return out, problems
}

func (s *Set) refuses(o Override) string {
	r := s.byID[o.Rule]
	switch {
	case r == nil:
		return fmt.Sprintf("没有编号为 %s 的规则", o.Rule)
	case strings.TrimSpace(o.Reason) == "" || strings.TrimSpace(o.By) == "":
		return fmt.Sprintf("调整规则 %s 须写明理由和经办人", o.Rule)
	case !o.Off && ParseLevel(o.Level) == 0:
		return fmt.Sprintf("规则 %s 的级别 %q 无效，应为 S1 至 S4", o.Rule, o.Level)
	case r.Withdraw && (o.Off || ParseLevel(o.Level) > finding.S1):
		return fmt.Sprintf("规则 %s 属整件移出，不可停用或下调", o.Rule)
	}
	return ""
}

func sum(data []byte) [sha256.Size]byte { return sha256.Sum256(data) }
