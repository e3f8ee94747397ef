package detect

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// Scores at which a candidate counts, and at which it is still worth a hint.
const (
	reportScore = 0.50
	hintScore   = 0.38
)

const (
	deltaAligned  = 0.10
	deltaCrossing = -0.40
	deltaEither   = -0.15
	deltaNegated  = -0.30
	deltaDenied   = -0.50 // a negation that touches the statement
	deltaCited    = -0.30
	deltaStatute  = -0.25
	deltaVariant  = 0.10
	deltaPlace    = 0.15
	deltaSafe     = -1.0
)

// weigh gives every candidate of the part its evidence and keeps what counts.
func (w *work) weigh() {
	for i := range w.cands {
		c := &w.cands[i]
		if !c.settled && !w.evidence(c) {
			continue
		}
		w.kept = append(w.kept, *c)
	}
	clear(w.cands)
	w.cands = w.cands[:0]
}

func (c *candidate) step(delta float64, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if delta != 0 {
		text += fmt.Sprintf("，%+.2f", delta)
	}
	c.score += delta
	c.reasons = append(c.reasons, finding.Reason{Text: text, Delta: delta})
}

// evidence weighs one candidate; false drops it.
func (w *work) evidence(c *candidate) bool {
	safe, entry := w.safe(c)
	if safe && entry < 0 {
		return false
	}
	if safe { // it is weighed all the same: what would have counted is listed
		p := *c
		p.reasons = slices.Clone(c.reasons)
		if w.weight(&p) && p.level <= finding.S3 {
			w.permit(p, entry)
		}
		return false
	}
	return w.weight(c)
}

// weight weighs a candidate that no longer word takes away; false drops it.
func (w *work) weight(c *candidate) bool {
	w.variant(c)
	crossing := false
	together := w.adjoin(c)
	for i, s := range []document.Span{c.word, c.extra} {
		if s.Len() > 0 && !together && w.boundary(c, s, i == 0) {
			crossing = true
		}
	}
	if c.anchor.Len() > 1 {
		if b := w.cutWithin(c.anchor, anchorBits); b.kind == cutCrossing {
			c.step(deltaCrossing, "分词：“%s”跨越词界（%s）", w.clean(c.anchor), b.around)
			crossing = true
		}
	}
	w.context(c)
	if !c.firm {
		w.negation(c)
	}
	w.place(c)
	return w.verdict(c, crossing)
}

// adjoin tells whether the two words of a combination stand side by side and their
// clause can be cut so that both are words: 存有|机密级, whatever 有机 says.
func (w *work) adjoin(c *candidate) bool {
	if c.word.Len() < 2 || c.extra.Len() < 2 || c.word.End != c.extra.Start {
		return false
	}
	k := w.cutWithin(join(c.word, c.extra), longBits).kind
	return k == cutAligned || k == cutEither
}

// verdict turns the score into a level, a hint, or nothing.
func (w *work) verdict(c *candidate, crossing bool) bool {
	c.score = min(max(c.score, 0), 0.99)
	switch {
	case c.certain:
		return true
	case c.score >= reportScore && (!crossing || !c.rule.Aligned):
		if len(c.reasons) > 1 {
			c.step(0, "合计 %.2f", c.score)
		}
		return true
	case crossing && c.level == finding.S1 && c.score >= 0:
		c.level = finding.S4
		c.step(0, "跨词界且无旁证，降为提示")
		return true
	case c.score >= hintScore:
		c.level = finding.S4
		c.step(0, "得分 %.2f 低于 %.2f，降为提示", c.score, reportScore)
		return true
	}
	return false
}

// safe tells whether a longer harmless word or an allow-list entry covers the
// candidate. The longest wins: a risky word longer than the safe one keeps it. entry
// is the allow-list entry that did it, or -1.
func (w *work) safe(c *candidate) (safe bool, entry int) {
	safest, risky := 0, 0
	permitted := longest{entry: -1}
	w.touching(c.span, func(m match) bool {
		s := m.span()
		for _, u := range w.engine.entries[m.term].around {
			switch u.kind {
			case useSafe:
				if u.rule == c.rule.index && w.shields(s, c) {
					safest = max(safest, s.Len())
				}
			case useRisky:
				if u.rule == c.rule.index && s.Covers(c.span) {
					risky = max(risky, s.Len())
				}
			case useAllow:
				if w.allowed(int(u.sub), s, c) {
					permitted.add(int(u.sub), s.Len())
				}
			}
		}
		return true
	})
	w.permits(c, &permitted)
	if max(safest, permitted.length) <= risky {
		return false, -1
	}
	if permitted.length > safest {
		return true, permitted.entry
	}
	return max(safest, permitted.length) > 0, -1
}

// shields tells whether a safe word at s takes a candidate away: it covers the
// whole of it, or the word from which it was made.
func (w *work) shields(s document.Span, c *candidate) bool {
	if s.Covers(c.span) {
		return true
	}
	for _, word := range []document.Span{c.word, c.extra} {
		if word.Len() > 0 && s.Covers(word) && s.Len() > word.Len() {
			return true
		}
	}
	return false
}

// variant notes how the original differs from what was matched.
func (w *work) variant(c *candidate) {
	f := c.gap | w.view.Folds(c.span)
	if f == 0 {
		return
	}
	c.gap = f
	hiding := f &^ (normal.FoldTraditional | normal.FoldWidth | normal.FoldBreak | normal.FoldNumeral)
	if hiding != 0 {
		c.step(deltaVariant, "原文为变写（%s）：“%s”", f.Names(), w.quote(c.span))
		return
	}
	c.step(0, "原文写法：%s", f.Names())
}

// quote is the original text of a span, short and on one line.
func (w *work) quote(s document.Span) string {
	t := []rune(w.view.SourceString(s))
	if len(t) > 24 {
		t = append(t[:24:24], '…')
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return '␤'
		}
		if normal.Invisible(r) {
			return -1
		}
		return r
	}, string(t))
}

// boundary weighs the word boundaries of the clause; true: the word crosses one.
func (w *work) boundary(c *candidate, s document.Span, reward bool) bool {
	b := w.cut(s)
	switch b.kind {
	case cutAligned:
		if !reward {
			return false
		}
		c.step(deltaAligned, "分词：“%s”两端与词界一致", w.clean(s))
	case cutInside:
		if w.riskyWord(c.rule, b.longer) {
			c.step(deltaAligned, "分词：处于风险长词“%s”", b.longer)
		} else {
			c.step(0, "分词：处于长词“%s”之内", b.longer)
		}
	case cutEither:
		c.step(deltaEither, "分词：两种切分均可能（%s）", b.around)
	case cutCrossing:
		if c.level == finding.S1 && w.corroborated(c, s) {
			c.step(0, "分词：跨越词界（%s），但另有旁证，保持原级", b.around)
			return false
		}
		c.step(deltaCrossing, "分词：跨越词界（%s）", b.around)
		return true
	}
	return false
}

func (w *work) riskyWord(r *compiled, word string) bool {
	for _, t := range r.Risky {
		if t == word {
			return true
		}
	}
	return false
}

// corroborated: beside the word stands what goes with a mark, or the word stands
// where marks stand, or a risky longer word covers it.
func (w *work) corroborated(c *candidate, s document.Span) bool {
	if s.Len() > 2 && w.text[s.End-1] == '级' {
		return true // 机密级 carries its own
	}
	after := w.text[s.End:min(s.End+3, len(w.text))]
	for _, word := range []string{"级", "文件", "件", "★", "☆", "标志"} {
		if strings.HasPrefix(string(after), word) {
			return true
		}
	}
	if w.atMark(s) {
		return true
	}
	found := false
	w.touching(s, func(m match) bool {
		if m.span().Covers(s) && m.span().Len() > s.Len() && w.has(m, useRisky, c.rule, -1) {
			found = true
		}
		return !found
	})
	return found
}

func (w *work) atMark(s document.Span) bool {
	o := w.view.Original(s)
	for _, m := range w.part.Marks {
		if m.Covers(o) && !w.sentences(m) {
			return true
		}
	}
	return false
}

// sentences tells whether a span of the source holds running text: where a sentence
// stands no mark does, be it the first line of a file.
func (w *work) sentences(m document.Span) bool {
	if w.part.Role != document.RoleBody {
		return false
	}
	commas := 0
	for _, r := range w.view.Source[m.Start:min(m.End, len(w.view.Source))] {
		switch {
		case endsSentence(r):
			return true
		case r == '，' || r == '、':
			commas++
		}
	}
	return commas > 1
}

var articleStart = regexp.MustCompile(`^\s*第[一二三四五六七八九十百零〇0-9]+条`)

const negationReach = 8

// denial is the weight of a negation before a place: 不含国家秘密 denies, 严禁……国家秘密 forbids.
func (w *work) denial(word string, at int) float64 {
	if strings.HasSuffix(w.clean(document.Span{Start: max(0, at-len([]rune(word))), End: at}), word) {
		return deltaDenied
	}
	return deltaNegated
}

// negation weighs negation before the candidate and quotation of laws around it.
func (w *work) negation(c *candidate) {
	at := c.span.Start
	if c.word.Len() > 0 {
		at = min(c.word.Start, max(c.span.Start, c.word.Start))
	}
	if n := w.negated(at); n != "" {
		c.step(w.denial(n, at), "前有否定“%s”", n)
	}
	if c.extra.Len() > 0 && c.extra.Start > at {
		if n := w.negated(c.extra.Start); n != "" && !strings.Contains(c.reasons[len(c.reasons)-1].Text, "否定") {
			c.step(deltaNegated, "前有否定“%s”", n)
		}
	}
	if by := w.cited(c.span); by != "" {
		c.step(deltaCited, "处于法规引用（%s）", by)
	} else if w.state.statute {
		c.step(deltaStatute, "本件为法规、制度文本")
	}
}

// negated gives the negation that stands within reach before a place, in the same
// clause; single characters count only when they touch it.
func (w *work) negated(at int) string {
	start := at
	for low := max(0, at-negationReach-3); start > low && !isClauseStop(w.text[start-1]); start-- {
	}
	found := ""
	w.within(document.Span{Start: start, End: at}, func(m match) bool {
		if !w.has(m, useNegate, nil, -1) || m.gap != 0 {
			return true
		}
		n := int(m.end - m.start)
		gap := at - int(m.end)
		if gap > negationReach || n == 1 && gap > w.singleReach(int(m.start)) {
			return true
		}
		if s := w.clean(m.span()); len(s) > len(found) {
			found = s
		}
		return true
	})
	return found
}

// singleReach is how far a negation of one character works: 不 over a verb
// (不产生×), the others only on what touches them. 不仅, 不同 … are none.
func (w *work) singleReach(at int) int {
	if w.text[at] != '不' || at+1 >= len(w.text) {
		return 0
	}
	if strings.ContainsRune("仅少同断但久止只论管足过可错单光等时慎当法良", w.text[at+1]) {
		return -1
	}
	return 3
}

// cited gives what shows that the sentence quotes a law, "" if nothing does.
func (w *work) cited(s document.Span) string {
	if line := w.line(s.Start); s.Start-line.Start < 600 {
		if m := articleStart.FindString(string(w.text[line.Start:min(line.End, line.Start+12)])); m != "" {
			return strings.TrimSpace(m)
		}
	}
	found := ""
	w.within(w.sentence(s), func(m match) bool {
		if w.has(m, useCite, nil, -1) && !m.span().Overlaps(s) && m.gap == 0 {
			found = w.clean(m.span())
		}
		return found == ""
	})
	return found
}

// place weighs where in the document the candidate stands.
func (w *work) place(c *candidate) {
	if w.atMark(c.span) && c.level <= finding.S2 {
		c.step(deltaPlace, "处于标志位置")
	}
}
