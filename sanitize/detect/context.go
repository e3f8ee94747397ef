package detect

import "jinggao/sanitize/document"

// context weighs the words around: each condition counts once.
func (w *work) context(c *candidate) {
	if len(c.rule.contexts) == 0 {
		return
	}
	sentence := w.sentence(c.span)
	seen := w.contextWords(c, sentence)
	for i := range c.rule.contexts {
		x := &c.rule.contexts[i]
		if seen[i].word == "" && x.re != nil {
			area := sentence
			if x.within > 0 {
				area = document.Span{Start: max(area.Start, c.span.Start-x.within), End: min(area.End, c.span.End+x.within)}
			}
			seen[i].word = x.re.Find(w.text[area.Start:area.End])
		}
		if seen[i].word == "" {
			continue
		}
		text := x.text
		if text == "" {
			text = "语境"
		}
		delta := x.delta
		if seen[i].far && delta < 0 && x.level == 0 {
			text, delta = "另一分句的"+text, delta/2
		}
		c.step(delta, "%s“%s”", text, seen[i].word)
		if x.level != 0 && c.level != x.level {
			c.step(0, "级别由 %s 改为 %s", c.level, x.level)
			c.level = x.level
		}
	}
}

// seenWord is a word of a condition in the sentence; far where another clause holds
// it, which may speak of something else.
type seenWord struct {
	word string
	far  bool
}

// farContext is how far off, in runes, a word in another clause is far.
const farContext = 10

// contextWords gives, for each condition of the rule, a word of it that stands in
// the sentence and near enough, rather a close one than a far one; "" for none.
func (w *work) contextWords(c *candidate, sentence document.Span) []seenWord {
	seen := make([]seenWord, len(c.rule.contexts))
	w.within(sentence, func(m match) bool {
		for _, u := range w.engine.entries[m.term].around {
			if u.kind != useContext || u.rule != c.rule.index || seen[u.sub].word != "" && !seen[u.sub].far || w.isOwnWord(c, m) {
				continue
			}
			if n := c.rule.contexts[u.sub].within; n > 0 && apart(c.span, m.span()) > n {
				continue
			}
			seen[u.sub] = seenWord{w.clean(m.span()), c.rule.contexts[u.sub].within == 0 && w.farOff(c.span, m.span())}
		}
		return true
	})
	return seen
}

// farOff tells whether a word stands in another clause and not close by.
func (w *work) farOff(a, b document.Span) bool {
	if apart(a, b) <= farContext {
		return false
	}
	for i := min(a.End, b.End); i < max(a.Start, b.Start); i++ {
		if isClauseStop(w.text[i]) {
			return true
		}
	}
	return false
}

// isOwnWord: a word of the candidate itself is no context for it.
func (w *work) isOwnWord(c *candidate, m match) bool {
	return c.word.Len() > 0 && c.word.Covers(m.span()) || c.extra.Len() > 0 && c.extra.Covers(m.span())
}
