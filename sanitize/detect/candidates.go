package detect

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinggao/sanitize/detect/sieve"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// accepts tells whether a rule takes a match with something put inside: a line
// break always, signs and blanks for rules of high risk.
func accepts(r *compiled, gap normal.Fold) bool {
	return gap&normal.FoldGap == 0 || r.Compact
}

// terms makes candidates of term matches and sorts out the anchors.
func (w *work) terms() {
	for _, m := range w.matches {
		for _, u := range w.engine.entries[m.term].hot {
			r := w.engine.rules[u.rule]
			if !accepts(r, m.gap) {
				continue
			}
			switch u.kind {
			case useTerm, useSpelling:
				w.term(m, r, u.kind == useSpelling)
			case useAnchor, useNearA:
				slot := r.slots + u.sub
				if u.kind == useNearA {
					slot += int32(len(r.patterns))
				}
				if len(w.anchors[slot]) == 0 {
					w.met = append(w.met, slot)
				}
				w.anchors[slot] = append(w.anchors[slot], m)
			}
		}
	}
}

func (w *work) term(m match, r *compiled, spelled bool) {
	if r.Upper && !w.capitals(m.span()) || r.Structure == structureEvasion && !w.interrupted(m.span()) {
		return
	}
	text := string(w.engine.entries[m.term].text)
	c := candidate{rule: r, span: m.span(), level: r.level, score: r.base, gap: m.gap, word: m.span(), firm: r.Firm}
	if spelled {
		c.gap |= normal.FoldSplit
		c.word = document.Span{}
	}
	if i, ok := w.last[r.index]; ok && !spelled {
		// 国家科学技术秘密 and 科学技术秘密项目 are one place, not two words that cross.
		if o := &w.cands[i]; o.word.Overlaps(c.word) && !o.word.Covers(c.word) && !c.word.Covers(o.word) {
			c.span, c.word = join(o.span, c.span), join(o.word, c.word)
			c.gap |= o.gap
			text = w.clean(c.span)
			*o = c
			o.reasons = termReason(r, text)
			return
		}
	}
	c.reasons = termReason(r, text)
	if note := r.Notes[text]; note != "" {
		c.step(0, "词库备注：%s", note)
	}
	w.last[r.index] = len(w.cands)
	w.add(c)
}

// structureEvasion marks the rule whose terms count only where a sign stands between
// their characters: 部．队.
const structureEvasion = "evasion"

// interrupted tells whether single signs that belong to no sentence stand inside a word.
func (w *work) interrupted(s document.Span) bool {
	signs := 0
	for i := s.Start; i < s.End; i++ {
		switch r := w.text[i]; {
		case isHan(r):
		case strings.ContainsRune("·.-_*+~#^&='`", r):
			signs++
		default:
			return false
		}
	}
	return signs > 0
}

func termReason(r *compiled, text string) []finding.Reason {
	return []finding.Reason{{Text: fmt.Sprintf("命中词“%s”，基础分 %.2f", text, r.base), Delta: r.base}}
}

// capitals tells whether the original has no small Latin letter.
func (w *work) capitals(s document.Span) bool {
	o := w.view.Original(s)
	for _, r := range w.view.Source[o.Start:o.End] {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// patternReach is how much of the line around its anchor a pattern sees.
const patternReach = 40

// patterns tries the regular expressions whose anchors were met.
func (w *work) patterns() {
	for _, r := range w.engine.rules {
		for i := range r.patterns {
			hits := w.anchors[int(r.slots)+i]
			if len(hits) == 0 {
				continue
			}
			p := &r.patterns[i]
			for _, s := range w.windows(hits, r.Compact) {
				w.pattern(r, p, s, hits)
			}
		}
	}
}

// windows are the lines around anchors, bounded, without overlap; where across is
// set, those at the head of a line that goes on the one above see its end as well.
func (w *work) windows(hits []match, across bool) []document.Span {
	var out []document.Span
	for _, h := range hits {
		line := w.line(int(h.start))
		if at := line.Start; across && int(h.start) == at && at > 1 && (isDigit(w.text[at-2]) || isHan(w.text[at-2])) {
			line.Start = w.line(at - 2).Start // 93142 ⏎ 部队
		}
		s := document.Span{
			Start: max(line.Start, int(h.start)-patternReach),
			End:   min(w.line(int(h.end)).End, int(h.end)+patternReach),
		}
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	merged := out[:0]
	for _, s := range out {
		if n := len(merged); n > 0 && s.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, s.End)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

func (w *work) pattern(r *compiled, p *pattern, s document.Span, hits []match) {
	c := closed{text: w.text[s.Start:s.End], from: int32(s.Start)}
	if r.Compact {
		c = w.closed(s)
	}
	if r.Digits {
		c.text = normal.OpenDigits(c.text)
	}
	str, found := p.find(c.text)
	for _, m := range found {
		b, e := m[2*p.group], m[2*p.group+1]
		if b < 0 || b == e || p.named && !w.plausibleName(str[m[0]:m[1]]) {
			continue
		}
		start := utf8.RuneCountInString(str[:b])
		end := start + utf8.RuneCountInString(str[b:e])
		span := w.rounded(document.Span{Start: c.place(start), End: c.place(end-1) + 1})
		w.add(candidate{
			rule: r, span: span, level: p.level, score: p.base, firm: r.Firm, gap: w.gapKind(span.Start, span.End),
			anchor:  longestWithin(hits, span),
			reasons: []finding.Reason{{Text: fmt.Sprintf("符合“%s”的写法，基础分 %.2f", r.Name, p.base), Delta: p.base}},
		})
	}
}

func (p *pattern) find(text []rune) (string, [][]int) {
	if p.group > 0 {
		return p.re.FindGroup(text, p.group)
	}
	return p.re.FindAll(text)
}

// longestWithin is the longest anchor that lies inside a span; empty for none.
func longestWithin(hits []match, s document.Span) document.Span {
	var best document.Span
	for _, h := range hits {
		if a := h.span(); s.Covers(a) && a.Len() > best.Len() {
			best = a
		}
	}
	return best
}

// nears tries the combinations whose first word was met.
func (w *work) nears() {
	for _, r := range w.engine.rules {
		for i := range r.nears {
			for _, a := range w.anchors[int(r.slots)+len(r.patterns)+i] {
				w.near(r, i, a)
			}
		}
	}
}

// nearSlack is how much longer than the distance allowed the partner itself may
// reach, in runes.
const nearSlack = 24

// near looks for the second and third member around a first one.
func (w *work) near(r *compiled, i int, a match) {
	n := &r.nears[i]
	area := document.Span{Start: int(a.start) - n.Within - nearSlack, End: int(a.end) + n.Within + nearSlack}
	if n.Within == 0 { // anywhere in the sentence
		area = w.sentence(a.span())
	}
	area = document.Span{Start: max(area.Start, 0), End: min(area.End, len(w.text))}
	if n.Order {
		area.Start = int(a.end)
	}
	var c document.Span
	if n.hasC { // asked first: expressions say no more cheaply than words, which may have to be cut
		var ok bool
		if c, _, ok = w.partner(r, i, useNearC, n.cRE, false, a.span(), area, n.Within); !ok {
			return
		}
	}
	b, bWord, ok := w.partner(r, i, useNearB, n.bRE, n.bNamed, a.span(), area, n.Within)
	if !ok {
		return
	}
	all := join(a.span(), b)
	if n.hasC {
		all = join(all, c)
	}
	span := all
	switch n.Cover {
	case "a":
		span = a.span()
	case "b":
		span = b
	case "clause":
		span = w.statement(all)
	case "sentence":
		span = w.sentence(all)
	}
	span = w.rounded(span)
	if r.Structure == structureFuture && w.past(all) {
		return
	}
	k := candidate{
		rule: r, span: span, level: n.level, score: n.base, word: a.span(), gap: a.gap, firm: r.Firm,
		reasons: []finding.Reason{{
			Text:  fmt.Sprintf("“%s”与“%s”同句出现，基础分 %.2f", w.clean(a.span()), w.clean(b), n.base),
			Delta: n.base,
		}},
	}
	if bWord {
		k.extra = b
	}
	w.add(k)
}

// partner is the nearest word of a list, or match of an expression (its first
// group, if it has one), that does not overlap the first; word tells that it is a
// word whose boundaries can be judged.
func (w *work) partner(r *compiled, i int, kind useKind, re *sieve.Expr, named bool, a, area document.Span, within int) (best document.Span, word, ok bool) {
	distance := 1 << 30
	consider := func(s document.Span, isWord bool) {
		if s.Overlaps(a) {
			return
		}
		d := apart(a, s)
		if within > 0 && d > within || d >= distance || w.parted(a, s) {
			return
		}
		if isWord && w.partnerCut(s) == cutCrossing {
			return // 外企 in 境外企业 is no partner
		}
		best, word, ok, distance = s, isWord, true, d
	}
	w.within(area, func(m match) bool {
		if accepts(r, m.gap) && w.has(m, kind, r, i) {
			consider(m.span(), true)
		}
		return true
	})
	for _, s := range w.expressions(kind, r, re, named, area) {
		consider(s, false)
	}
	return best, word, ok
}

// stretch remembers what an expression matched in a stretch of text, for the next
// first word in the same sentence.
type stretch struct {
	re    *sieve.Expr
	area  document.Span
	spans []document.Span
}

// partnerCut tells how a partner sits among the words of its clause; longer ones
// (机密级) are given the benefit of the doubt.
func (w *work) partnerCut(s document.Span) cutKind {
	if s.Len() >= 3 {
		return w.cutWithin(s, anchorBits).kind
	}
	return w.cut(s).kind
}

// expressions lists the matches of an expression in a stretch: the first group
// if there is one, for what must stand beside it is no part of it.
func (w *work) expressions(kind useKind, r *compiled, re *sieve.Expr, named bool, area document.Span) []document.Span {
	if re == nil || area.Start >= area.End {
		return nil
	}
	known := &w.stretches[kind-useNearB]
	if known.re == re && known.area == area {
		return known.spans
	}
	known.re, known.area, known.spans = re, area, known.spans[:0]
	text := w.text[area.Start:area.End]
	if r.Digits {
		text = normal.OpenDigits(text)
	}
	find := re.FindAll
	if re.Groups() > 0 {
		find = func(t []rune) (string, [][]int) { return re.FindGroup(t, 1) }
	}
	str, found := find(text)
	for _, m := range found {
		if named && !w.plausibleName(str[m[0]:m[1]]) {
			continue
		}
		if len(m) > 2 && m[2] >= 0 {
			m = m[2:]
		}
		start := area.Start + utf8.RuneCountInString(str[:m[0]])
		known.spans = append(known.spans, document.Span{Start: start, End: start + utf8.RuneCountInString(str[m[0]:m[1]])})
	}
	return known.spans
}

// parted tells whether a sentence ends between two spans.
func (w *work) parted(a, b document.Span) bool {
	for i := min(a.End, b.End); i < max(a.Start, b.Start); i++ {
		if r := w.text[i]; endsSentence(r) || r == '\n' && !w.wrapped(i) {
			return true
		}
	}
	return false
}

// clean is a span's normalised text without the gaps, for reasons.
func (w *work) clean(s document.Span) string { return string(w.closed(s).text) }

func apart(a, b document.Span) int {
	if b.Start >= a.End {
		return b.Start - a.End
	}
	return a.Start - b.End
}

func join(a, b document.Span) document.Span {
	return document.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
}
