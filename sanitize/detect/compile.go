package detect

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/detect/automaton"
	"jinggao/sanitize/detect/sieve"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
	"jinggao/sanitize/rule"
)

// compiled is a rule made ready.
type compiled struct {
	*rule.Rule
	index    int32
	level    finding.Level
	base     float64
	patterns []pattern
	nears    []near
	slots    int32       // where the anchors of its patterns stand in work.anchors, those of its nears behind them
	contexts []condition // raise first, then lower
}

type pattern struct {
	re    *sieve.Expr
	named bool // looks for the name of a person
	group int
	base  float64
	level finding.Level
}

type near struct {
	rule.Near
	bRE, cRE *sieve.Expr
	bNamed   bool
	hasC     bool
	base     float64
	level    finding.Level
}

type condition struct {
	within int
	delta  float64
	text   string
	level  finding.Level
	re     *sieve.Expr
}

// useKind says what a term in the automaton is for.
type useKind uint8

const (
	useTerm useKind = iota
	useSpelling
	useClass // 绝密, 机密, 秘密 and their spellings
	useAnchor
	useNearA
	useNearB // from here on: looked up around candidates
	useNearC
	useContext
	useSafe
	useRisky
	useNegate
	useCite
	useAllow
)

// use ties a term to a rule and to one of its patterns, nears or contexts.
type use struct {
	kind useKind
	rule int32
	sub  int32
}

// entry is one distinct term of the automaton.
type entry struct {
	text        []rune
	left, right bool  // begins, ends with a Latin letter or digit: whole words only
	hot         []use // make candidates
	around      []use // are looked up around candidates
}

const (
	defaultBase = 0.6
	noRule      = -1
)

type compiler struct {
	e     *Engine
	index map[string]int
}

func (e *Engine) compile(set *rule.Set) error {
	c := &compiler{e: e, index: map[string]int{}}
	for i, r := range set.Rules {
		cr := &compiled{Rule: r, index: int32(i), level: r.Lvl(), base: r.Base}
		if cr.base == 0 {
			cr.base = defaultBase
		}
		if err := c.rule(cr); err != nil {
			return fmt.Errorf("rule %s: %w", r.ID, err)
		}
		e.rules = append(e.rules, cr)
		e.byID[r.ID] = cr
	}
	for _, w := range negations {
		c.add(w, use{useNegate, noRule, 0})
	}
	for _, w := range citations {
		c.add(w, use{useCite, noRule, 0})
	}
	for i, a := range e.allow {
		if expr := a.Pattern(); expr != "" {
			if err := e.permit(i, expr); err != nil {
				return fmt.Errorf("allow list entry %d: %w", i+1, err)
			}
			continue
		}
		c.add(a.Term, use{useAllow, noRule, int32(i)})
	}
	terms := make([][]rune, len(e.entries))
	for i := range e.entries {
		terms[i] = e.entries[i].text
	}
	e.auto = automaton.New(terms)
	e.marks = e.findMarkRules()
	return nil
}

func (c *compiler) add(term string, u use) {
	text := normal.New(term).Text
	if len(text) == 0 {
		return
	}
	key := string(text)
	i, ok := c.index[key]
	if !ok {
		i = len(c.e.entries)
		c.index[key] = i
		c.e.entries = append(c.e.entries, entry{
			text: text, left: isLatin(text[0]), right: isLatin(text[len(text)-1]),
		})
	}
	e := &c.e.entries[i]
	list := &e.hot
	if u.kind >= useNearB {
		list = &e.around
	}
	for _, have := range *list {
		if have == u {
			return
		}
	}
	*list = append(*list, u)
}

func (c *compiler) all(terms []string, kind useKind, r *compiled, sub int) {
	for _, t := range terms {
		c.add(t, use{kind, r.index, int32(sub)})
	}
}

func (c *compiler) rule(r *compiled) error {
	if r.Structure == structureMark {
		c.all(r.Terms, useClass, r, 0)
		c.all(r.Spellings, useClass, r, 1)
	} else {
		c.all(r.Terms, useTerm, r, 0)
		c.all(r.Spellings, useSpelling, r, 0)
		if r.Compact {
			for _, term := range r.Terms {
				c.all(splitForms(term), useSpelling, r, 0)
			}
		}
	}
	r.slots = int32(c.e.slots)
	c.e.slots += len(r.Patterns) + len(r.Near)
	c.all(r.Safe, useSafe, r, 0)
	c.all(r.Risky, useRisky, r, 0)
	for i, p := range r.Patterns {
		re, err := rule.Compile(p.Expr)
		if err != nil {
			return fmt.Errorf("pattern %d: %w", i+1, err)
		}
		r.patterns = append(r.patterns, pattern{sieve.Wrap(re), rule.HasName(p.Expr), p.Group, or(p.Base, r.base), orLevel(p.Level, r.level)})
		c.all(p.Anchors, useAnchor, r, i)
	}
	for i, n := range r.Near {
		if err := c.near(r, i, n); err != nil {
			return fmt.Errorf("near %d: %w", i+1, err)
		}
	}
	for _, x := range append(append([]rule.Context(nil), r.Raise...), r.Lower...) {
		re, err := rule.Compile(x.Expr)
		if err != nil {
			return fmt.Errorf("context: %w", err)
		}
		c.all(x.Words, useContext, r, len(r.contexts))
		r.contexts = append(r.contexts, condition{x.Within, x.Delta, x.Text, rule.ParseLevel(x.Level), sieve.Wrap(re)})
	}
	return nil
}

func (c *compiler) near(r *compiled, i int, n rule.Near) error {
	b, err := rule.Compile(n.BExpr)
	if err != nil {
		return err
	}
	cc, err := rule.Compile(n.CExpr)
	if err != nil {
		return err
	}
	r.nears = append(r.nears, near{
		Near: n, bRE: sieve.Wrap(b), cRE: sieve.Wrap(cc), bNamed: rule.HasName(n.BExpr), hasC: len(n.C) > 0 || cc != nil,
		base: or(n.Base, r.base), level: orLevel(n.Level, r.level),
	})
	c.all(n.A, useNearA, r, i)
	c.all(n.B, useNearB, r, i)
	c.all(n.C, useNearC, r, i)
	return nil
}

func or(v, d float64) float64 {
	if v == 0 {
		return d
	}
	return v
}

func orLevel(s string, d finding.Level) finding.Level {
	if l := rule.ParseLevel(s); l != 0 {
		return l
	}
	return d
}

// dictionaryWords are the longer terms, which the segmenter must know as words.
// Short terms are left out: where they begin and end is what is to be found out.
// Short anchors are in, for they only stand inside a longer expression.
func (e *Engine) dictionaryWords() []string {
	var out []string
	seen := map[string]bool{}
	add := func(words []string, least int) {
		for _, w := range words {
			w = string(normal.New(w).Text)
			if utf8.RuneCountInString(w) < least || seen[w] || strings.IndexFunc(w, func(r rune) bool { return !isHan(r) }) >= 0 {
				continue
			}
			seen[w] = true
			out = append(out, w)
		}
	}
	for _, r := range e.rules {
		add(r.Terms, 3)
		add(r.Risky, 3)
		add(r.Safe, 3)
		for _, p := range r.Patterns {
			add(p.Anchors, 2)
		}
		for _, n := range r.Near {
			add(n.A, 3)
			add(n.B, 3)
		}
	}
	return out
}

// negations weaken a statement that follows within eight runes of the clause.
var negations = []string{
	"不涉及", "不涉", "不含", "不包含", "不属于", "不属", "不存在", "不承载", "不载有", "不处理", "不存储", "未涉及", "未使用", "未接入", "未处理", "未存储", "未采集", "未采用", "未承载", "未产生", "未接触", "未连接", "未部署", "未引用", "未包含", "未发现", "没有",
	"无涉", "并非", "非", "禁止", "严禁", "不得", "不准", "不应", "不许", "避免", "防止", "杜绝", "均不", "不会", "不再", "不是", "不", "无", "未",
	"去除", "剔除", "排除", "脱离", "不直接", "而非",
}

// citations show that a law or an article is quoted.
var citations = []string{
	"法》", "条例》", "规定》", "办法》", "细则》",
	"依照", "法律规定", "法规规定",
}
