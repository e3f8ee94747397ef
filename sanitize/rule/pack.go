package rule

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"sort"
	"strings"

	"jinggao/sanitize/finding"
)

// AddPack returns a copy of the set with the rules of a pack: a rule with an id that
// is taken replaces the one there, others are added. files are TOML texts by name.
// A pack counts whole or not at all: with any problem the set is returned as it was.
// Rules that mean 整件移出 can be reworded but not weakened.
func (s *Set) AddPack(name string, files map[string][]byte) (*Set, []Problem) {
	pack := s.Bare()
	var problems []Problem
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		problems = append(problems, pack.AddFile(n, files[n])...)
	}
	if len(problems) == 0 && len(pack.Rules) == 0 {
		problems = append(problems, Problem{name, 0, "规则包中没有规则"})
	}
	for _, r := range pack.Rules {
		old := s.byID[r.ID]
		switch {
		case strings.HasPrefix(r.ID, "W"):
			problems = append(problems, Problem{pack.origin[r.ID], lineOfRule(files, pack.origin[r.ID], r.ID), fmt.Sprintf("规则编号 %s 留给词库使用", r.ID)})
		case old != nil && old.Fixed() && (!r.Withdraw || r.Lvl() != finding.S1):
			problems = append(problems, Problem{pack.origin[r.ID], lineOfRule(files, pack.origin[r.ID], r.ID), fmt.Sprintf("规则 %s 属整件移出，规则包不得取消或下调", r.ID)})
		}
	}
	if len(problems) > 0 {
		return s, problems
	}
	return s.With(name, pack), nil
}

// Bare is an empty set that knows the word lists of this one, for the rules of a file
// by themselves.
func (s *Set) Bare() *Set {
	out := NewSet()
	maps.Copy(out.lists, s.lists)
	return out
}

// With returns a copy of the set with the rules of another: those with an id that is
// taken replace the one there, the others are added. name is what it is called in
// reports.
func (s *Set) With(name string, pack *Set) *Set {
	out := s.clone()
	out.Rules, out.byID = nil, map[string]*Rule{}
	replaced, added := 0, 0
	for _, r := range s.Rules {
		if n := pack.byID[r.ID]; n != nil {
			out.add(n, pack.origin[r.ID])
			replaced++
			continue
		}
		out.add(r, s.origin[r.ID])
	}
	for _, r := range pack.Rules {
		if out.byID[r.ID] == nil {
			out.add(r, pack.origin[r.ID])
			added++
		}
	}
	maps.Copy(out.lists, pack.lists)
	h := sha256.New()
	fmt.Fprint(h, pack.Digest)
	out.files["规则包"] = [sha256.Size]byte(h.Sum(nil))
	if pack.Version != "" {
		out.Version = strings.TrimSpace(out.Version + "＋" + pack.Version)
	}
	out.Adjustments = append(out.Adjustments, Adjustment{Kind: "规则包", Item: name, Change: fmt.Sprintf("更新 %d 条，新增 %d 条", replaced, added)})
	out.finish()
	return out
}

func lineOfRule(files map[string][]byte, origin, id string) int {
	for n, data := range files {
		if baseName(n) != origin {
			continue
		}
		l := linesOf(data)
		for i := range l.rules {
			if at := l.find(i, `id = "`+id+`"`); at != l.rule(i) {
				return at
			}
		}
	}
	return 0
}

// Text is a text with which a rule proves itself.
type Text struct {
	File string
	Rule string
	Text string
	Hit  bool // must be found; else must not be, at S1–S3
	Line int  // in its file, from 1; 0 if it cannot be told
}

// Texts lists the texts of the rules of a TOML file, with their lines. A file with a
// fault in its form has none.
func Texts(name string, data []byte) []Text {
	base := baseName(name)
	f, _ := parse(base, data)
	if f == nil {
		return nil
	}
	var out []Text
	for i := range f.Rules {
		r := &f.Rules[i]
		for _, t := range r.Yes {
			out = append(out, Text{base, r.ID, t, true, f.lines.find(i, t)})
		}
		for _, t := range r.No {
			out = append(out, Text{base, r.ID, t, false, f.lines.find(i, t)})
		}
	}
	return out
}
