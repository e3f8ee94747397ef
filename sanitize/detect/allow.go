package detect

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
	"jinggao/sanitize/rule"
)

// permit is an allow-list entry that is a pattern.
type permit struct {
	entry   int // in Engine.allow
	re      *regexp.Regexp
	literal string // stands in every match
}

func (e *Engine) permit(entry int, expr string) error {
	re, literal, err := rule.CompileAllow(expr)
	if err != nil {
		return err
	}
	e.permits = append(e.permits, permit{entry, re, string(normal.New(literal).Text)})
	return nil
}

// longest is the longest allow-list entry that covers a candidate.
type longest struct{ entry, length int }

func (l *longest) add(entry, length int) {
	if length > l.length {
		l.entry, l.length = entry, length
	}
}

// passed is a candidate that an allow-list entry let pass.
type passed struct {
	cand  candidate
	entry int
}

// allowed tells whether an allow-list entry speaks for a candidate. Marks that
// mean 整件移出 are corrected by two persons, never by a list, unless the entry
// is a longer word.
func (w *work) allowed(i int, s document.Span, c *candidate) bool {
	a := w.engine.allow[i]
	if !a.Covers(c.rule.ID, w.engine.now) || !s.Covers(c.span) {
		return false
	}
	return !c.rule.Withdraw || s.Len() > c.span.Len()
}

// reach bounds how far either side of a candidate a pattern is tried, in runes.
const reach = 200

// permits tries the patterns of the allow list on the line of a candidate. Marks
// that mean 整件移出 no pattern lets pass.
func (w *work) permits(c *candidate, best *longest) {
	if len(w.engine.permits) == 0 || c.rule.Withdraw || c.whole || c.span.Len() == 0 {
		return
	}
	line := w.line(c.span.Start)
	from, to := max(line.Start, c.span.Start-reach), min(max(line.End, c.span.End), c.span.End+reach)
	text := string(w.text[from:to])
	for _, p := range w.engine.permits {
		if !w.engine.allow[p.entry].Covers(c.rule.ID, w.engine.now) || !strings.Contains(text, p.literal) {
			continue
		}
		for _, m := range p.re.FindAllStringIndex(text, -1) {
			start := from + utf8.RuneCountInString(text[:m[0]])
			s := document.Span{Start: start, End: start + utf8.RuneCountInString(text[m[0]:m[1]])}
			if s.Covers(c.span) {
				best.add(p.entry, s.Len())
			}
		}
	}
}

// permit notes what an entry let pass, for the lists that stay in the office.
func (w *work) permit(c candidate, entry int) {
	p := passed{c, entry}
	a := w.engine.allow[entry]
	p.cand.reasons = append(p.cand.reasons, finding.Reason{Text: "白名单“" + a.Term + "”：" + a.Reason + "（" + a.By + "）"})
	w.passed = append(w.passed, p)
}

// allowed lists what the allow list let pass, each place of a rule once.
func (s *scanState) allowed() []finding.Finding {
	var out []finding.Finding
	for _, w := range s.works {
		var part []finding.Finding
		for i := range w.passed {
			f := w.finding(&w.passed[i].cand)
			if !slices.ContainsFunc(part, func(x finding.Finding) bool { return x.Rule == f.Rule && x.Span == f.Span }) {
				part = append(part, f)
			}
		}
		slices.SortStableFunc(part, func(a, b finding.Finding) int {
			return cmp.Or(a.Start-b.Start, b.End-a.End, strings.Compare(a.Rule, b.Rule))
		})
		out = append(out, part...)
	}
	fingerprint(s, out)
	return out
}
