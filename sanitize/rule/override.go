package rule

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jinggao/sanitize/finding"
)

// Adjustment is one thing in which a set differs from the built-in rules, for
// reports that stay in the office.
type Adjustment struct {
	Kind   string    `json:"kind"` // 规则包, 规则调整, 词库, 白名单
	Item   string    `json:"item"` // I05 邮箱, a word, a file
	Change string    `json:"change"`
	Reason string    `json:"reason,omitempty"`
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// Override is how a bureau changes a rule: off, or at another level. Both need a
// reason and a name, which the caller records.
type Override struct {
	Rule   string    `json:"rule" toml:"rule"`
	Off    bool      `json:"off,omitempty" toml:"off"`
	Level  string    `json:"level,omitempty" toml:"level"`
	Reason string    `json:"reason" toml:"reason"`
	By     string    `json:"by" toml:"by"`
	At     time.Time `json:"at,omitzero" toml:"at"`
}

// Change says in Chinese what an override does to a rule of the given level.
func (o Override) Change(from string) string {
	if o.Off {
		return "停用（原为 " + from + "）"
	}
	return from + " 改为 " + strings.ToUpper(o.Level)
}

// Fixed tells whether a rule means 整件移出: it can be neither switched off nor
// lowered (taxonomy, 口径 1 and 12).
func (r *Rule) Fixed() bool {
	return r.Withdraw || r.Group() == "A" && r.Lvl() == finding.S1
}

// clone copies a set so that it can be changed without changing the other.
func (s *Set) clone() *Set {
	out := NewSet()
	out.Version, out.next = s.Version, s.next
	out.Allow, out.Adjustments = slices.Clone(s.Allow), slices.Clone(s.Adjustments)
	maps.Copy(out.files, s.files)
	maps.Copy(out.lists, s.lists)
	for _, r := range s.Rules {
		out.add(r, s.origin[r.ID])
	}
	return out
}

// Apply returns a copy of the set with the overrides carried out; where a rule comes
// twice the later one counts. Rules that mean 整件移出 can be neither switched off nor
// lowered; such overrides, unknown ids and overrides without a reason are returned as
// problems and left out. A rule whose level is changed has that level throughout,
// whatever level its single patterns and contexts name.
func (s *Set) Apply(overrides []Override) (*Set, []Problem) {
	out := s.clone()
	var problems []Problem
	byID := map[string]Override{}
	for i, o := range overrides {
		if msg := s.refuses(o); msg != "" {
			problems = append(problems, Problem{"规则调整", i + 1, msg})
			continue
		}
		o.Rule = strings.ToUpper(o.Rule)
		byID[o.Rule] = o
	}
	if len(byID) == 0 {
		out.finish()
		return out, problems
	}
	out.Rules, out.byID = nil, map[string]*Rule{}
	h := sha256.New()
	for _, r := range s.Rules {
		o, changed := byID[r.ID]
		if changed {
			fmt.Fprintf(h, "%s\t%v\t%s\n", o.Rule, o.Off, strings.ToUpper(o.Level))
			out.Adjustments = append(out.Adjustments, Adjustment{Kind: "规则调整", Item: r.ID + " " + r.Name, Change: o.Change(r.Level), Reason: o.Reason, By: o.By, At: o.At})
		}
		if changed && o.Off {
			continue
		}
		if changed {
			r = r.at(strings.ToUpper(o.Level))
		}
		out.add(r, s.origin[r.ID])
	}
	out.files["规则调整"] = [sha256.Size]byte(h.Sum(nil))
	out.finish()
	return out, problems
}

// at is a copy of the rule at another level throughout.
func (r *Rule) at(level string) *Rule {
	c := *r
	c.Level = level
	c.Patterns, c.Near = slices.Clone(r.Patterns), slices.Clone(r.Near)
	c.Raise, c.Lower = slices.Clone(r.Raise), slices.Clone(r.Lower)
	for i := range c.Patterns {
		c.Patterns[i].Level = ""
	}
	for i := range c.Near {
		c.Near[i].Level = ""
	}
	for _, list := range [][]Context{c.Raise, c.Lower} {
		for i := range list {
			list[i].Level = ""
		}
	}
	return &c
}

// Refuses says why an override cannot be carried out on the set, in Chinese; "" if
// it can.
func (s *Set) Refuses(o Override) string { return s.refuses(o) }

func (s *Set) refuses(o Override) string {
	r := s.byID[strings.ToUpper(o.Rule)]
	switch {
	case r == nil:
		return fmt.Sprintf("没有编号为 %s 的规则", o.Rule)
	case strings.TrimSpace(o.Reason) == "" || strings.TrimSpace(o.By) == "":
		return fmt.Sprintf("调整规则 %s 须写明理由和经办人", o.Rule)
	case !o.Off && ParseLevel(o.Level) == 0:
		return fmt.Sprintf("规则 %s 的级别 %q 无效，应为 S1 至 S4", o.Rule, o.Level)
	case r.Fixed() && (o.Off || ParseLevel(o.Level) > finding.S1):
		return fmt.Sprintf("规则 %s 属整件移出，不可停用或下调", o.Rule)
	}
	return ""
}
