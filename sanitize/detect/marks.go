package detect

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/detect/sieve"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// structureMark marks the rules whose terms are the words of classification.
const structureMark = "mark"

// markRules are the rules between which a word of classification is decided by
// the place where it stands.
type markRules struct {
	star, alone, field, section, head, property, variant, homophone *compiled
}

func (e *Engine) findMarkRules() markRules {
	return markRules{
		star: e.byID["A01"], alone: e.byID["A02"], field: e.byID["A03"], section: e.byID["A06"],
		head: e.byID["A07"], property: e.byID["A10"], variant: e.byID["A11"], homophone: e.byID["A12"],
	}
}

// classWord is one occurrence of 绝密, 机密, 秘密 or of a spelling of them.
type classWord struct {
	match
	form     normal.Fold // FoldSplit, FoldHomophone or 0
	end      int         // with 级 behind it
	crossing bool
	either   bool // its clause can be cut so that it crosses a boundary
	safe     bool // inside a longer harmless word: 机密性
	around   string
}

// markings decides about every word of classification: with a star (A01), in a
// field (A03, A10), at the head of a paragraph (A06), alone on its line (A02),
// under a copy number (A07), respelled (A11, A12), or a mere mention (hint).
func (w *work) markings() {
	for _, m := range w.classWords() {
		switch {
		case w.starred(m), w.labelled(m), w.standsAlone(m), w.bracketed(m):
		default:
			w.mentioned(m)
		}
	}
	w.circled()
}

// circled: the sign ㊙ by itself, which the view reads as 秘; ㊙籍 and the like are puffery.
func (w *work) circled() {
	r := w.engine.marks.variant
	if r == nil {
		return
	}
	for i, c := range w.view.Source {
		if c != '㊙' {
			continue
		}
		s := w.view.Normal(document.Span{Start: i, End: i + 1})
		if next := w.text[s.End:min(s.End+1, len(w.text))]; len(next) > 0 && strings.ContainsRune("密籍方诀制闻书录史", next[0]) {
			continue
		}
		k := w.mark(r, s, classWord{match: match{start: int32(s.Start), end: int32(s.End)}, form: normal.FoldForm})
		w.add(k)
	}
}

// classWords lists the words of classification, longest first at a place.
func (w *work) classWords() []classWord {
	var out []classWord
	for _, m := range w.matches {
		for _, u := range w.engine.entries[m.term].hot {
			if u.kind != useClass {
				continue
			}
			r := w.engine.rules[u.rule]
			c := classWord{match: m, end: int(m.end)}
			switch {
			case r == w.engine.marks.homophone:
				c.form = normal.FoldHomophone
			case u.sub == 1:
				c.form = normal.FoldSplit
			}
			if n := len(out); n > 0 && out[n-1].end > int(m.start) && out[n-1].start <= m.start {
				continue
			}
			if n := len(out); n > 0 && m.start <= out[n-1].start && out[n-1].end <= int(m.end) {
				out = out[:n-1]
			}
			w.judgeWord(&c)
			out = append(out, c)
		}
	}
	return out
}

func (w *work) judgeWord(c *classWord) {
	if i := w.skipBlanks(c.end, 1); i < len(w.text) && w.text[i] == '级' {
		c.end = i + 1
	}
	if c.end+1 < len(w.text) && c.gap != 0 && isGapSign(w.text[c.end]) && w.text[c.end+1] == '级' { // 机.密.级
		c.end += 2
	}
	r := w.engine.marks.star
	if r == nil {
		return
	}
	probe := candidate{rule: r, span: c.span()}
	c.safe, _ = w.safe(&probe)
	if c.form == 0 && !c.safe {
		b := w.cut(c.span())
		c.crossing, c.either, c.around = b.kind == cutCrossing, b.kind == cutEither, b.around
	}
}

// skipBlanks is the place after at most n blanks.
func (w *work) skipBlanks(i, n int) int {
	for ; n > 0 && i < len(w.text) && isBlank(w.text[i]); n-- {
		i++
	}
	return i
}

func isStar(r rune) bool {
	switch r {
	case '★', '☆', '✩', '✪', '✫', '✬', '✭', '✮', '✯', '✰', '⭐', '⋆', '⚝', '🌟', '*':
		return true
	}
	return false
}

var (
	period     = regexp.MustCompile(`^\s{0,2}(?:长\s?期|永\s?久|(?:启用|公布|发布|开标|解密|实施|考试结束|考试启用)[前后]|[0-9〇零一二三四五六七八九十百](?:\s?[0-9〇零一二三四五六七八九十百]){0,3}\s?(?:个?月|年|天|日)?)`)
	periodFull = regexp.MustCompile(`^\s{0,2}(?:长\s?期|[0-9〇零一二三四五六七八九十百](?:\s?[0-9〇零一二三四五六七八九十百]){0,3}\s?(?:个?月|年))`)
)

// starred: 机密★10年. An asterisk needs the period behind it.
func (w *work) starred(m classWord) bool {
	r := w.engine.marks.star
	i := w.skipBlanks(m.end, 2)
	if r == nil || i >= len(w.text) || !isStar(w.text[i]) {
		return false
	}
	plainStar := w.text[i] == '*'
	for i+1 < len(w.text) && w.text[i+1] == w.text[i] {
		i++
	}
	rest := string(w.text[i+1 : min(i+12, len(w.text))])
	p := period.FindString(rest)
	if plainStar && !periodFull.MatchString(rest) || p == "" && m.safe {
		return false
	}
	c := w.mark(r, document.Span{Start: int(m.start), End: i + 1 + utf8.RuneCountInString(p)}, m)
	if p != "" {
		c.reasons = append(c.reasons, finding.Reason{Text: "星号后为保密期限“" + strings.TrimSpace(p) + "”"})
	}
	w.example(&c)
	w.add(c)
	w.copyNumber(m)
	return true
}

// mark begins the candidate of a decided mark; its evidence is the place.
func (w *work) mark(r *compiled, s document.Span, m classWord) candidate {
	c := candidate{rule: r, span: s, level: r.level, score: r.base, gap: m.gap | m.form, firm: true}
	c.reasons = []finding.Reason{{
		Text:  fmt.Sprintf("%s：“%s”，基础分 %.2f", r.Name, w.clean(s), r.base),
		Delta: r.base,
	}}
	return c
}

var exampleWords = []string{"例如", "示例", "样式", "格式为", "格式如", "格式是", "形如", "写法为", "标注方法", "标注为“密级", "如:", "依次为", "次序为"}

// example lowers a mark that a sentence shows as an example, or that stands in a
// regulation.
func (w *work) example(c *candidate) {
	if w.atMark(c.span) {
		return
	}
	s := w.sentence(c.span)
	text := string(w.text[s.Start:s.End])
	for _, e := range exampleWords {
		if strings.Contains(text, e) {
			c.level = finding.S3
			c.step(deltaCited, "处于示例或格式说明句（“%s”），转 S3", e)
			c.score = max(c.score, reportScore)
			return
		}
	}
	if by := w.cited(c.span); by != "" || w.state.statute {
		c.level = finding.S3
		c.step(deltaCited, "处于法规引用或制度文本，转 S3")
		c.score = max(c.score, reportScore)
	}
}

var fieldLabel = sieve.MustCompile(`(?:密级标识|密级情况|定密情况|定密结果|定密意见|定密结论|文件密级|材料密级|资料密级|数据密级|项目密级|信息密级|涉密等级|涉密级别|秘密等级|保密等级|保密级别|定密等级|密级程度|密级|密等|定密)(?:及保密期限|和保密期限|和期限|\(.{0,8}\))?(?:[:=]|为|是|定为|拟定为|确定为|标注为|标为|属于|属)*[“"\[(【]?$`)

// labelled: 密级：机密. The label may stand in the cell before or in the head of the column.
func (w *work) labelled(m classWord) bool {
	r := w.engine.marks.field
	if r == nil || m.safe {
		return false
	}
	from := max(0, int(m.start)-24)
	before := strings.Map(func(r rune) rune {
		if fills(r) {
			return -1
		}
		return r
	}, string(w.text[from:m.start]))
	span, why := w.fieldBefore(m, before)
	if why == "" {
		return false
	}
	if w.part.Role == document.RoleProperty && w.engine.marks.property != nil {
		r = w.engine.marks.property
	}
	c := w.mark(r, span, m)
	c.reasons = append(c.reasons, finding.Reason{Text: why})
	w.example(&c)
	w.add(c)
	return true
}

// fieldBefore finds the label of a field before a word of classification, or in
// the head of its column; why is "" if there is none.
func (w *work) fieldBefore(m classWord, before string) (span document.Span, why string) {
	span = document.Span{Start: int(m.start), End: m.end}
	if loc := fieldLabel.FindIndex([]rune(before)); loc != nil {
		if label := w.backTo(int(m.start), utf8.RuneCountInString(before[loc[0]:])); label >= 0 {
			span.Start = label
		}
		return span, "前有密级字段"
	}
	if head := w.cellLabel(span); head != "" && strings.Contains(closedHead(head), "密级") {
		return span, fmt.Sprintf("所在列的表头为“%s”", head)
	}
	return span, ""
}

func closedHead(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return r
	}, s)
}

// fills tells whether a rune may stand between the characters of a label.
func fills(r rune) bool {
	return isBlank(r) || r == '·' || r == '-' || r == '_' || r == '.' || r == '*'
}

// backTo is the place n counting runes (no blanks, no gap signs) before at.
func (w *work) backTo(at, n int) int {
	for i := at - 1; i >= 0; i-- {
		if fills(w.text[i]) {
			continue
		}
		if n--; n == 0 {
			return i
		}
	}
	return -1
}

// bracketed: （秘密） at the head of a paragraph or sentence.
func (w *work) bracketed(m classWord) bool {
	r := w.engine.marks.section
	open, end := int(m.start)-1, m.end
	if r == nil || open < 0 || end >= len(w.text) || m.safe {
		return false
	}
	if !strings.ContainsRune("([【〔<《", w.text[open]) || !strings.ContainsRune(")]】〕>》", w.text[end]) {
		return false
	}
	head := w.begins(open)
	if !head && !w.endsLine(end+1) && (w.text[open] == '<' || w.text[open] == '《' || w.negated(open) != "" || w.cited(m.span()) != "") {
		return false
	}
	c := w.mark(r, document.Span{Start: open, End: end + 1}, m)
	switch {
	case head || w.endsLine(end+1):
	case w.titled(open) && w.negated(open) == "":
		c.reasons = append(c.reasons, finding.Reason{Text: "括注在文件、附件或章节名称之后"})
	default:
		c.level = finding.S3
		c.step(0, "括注密级不在段首、句首，转 S3")
	}
	w.example(&c)
	w.add(c)
	return true
}

var titleEnd = regexp.MustCompile(`(?:[》”"』]|(?:附件|附录|附表|附图|图|表|卷|第)[0-9一二三四五六七八九十a-z]{1,3}(?:[-.][0-9]{1,2})?[章节册卷部份页]?|方案|报告|大纲|手册|文件|资料|材料|说明书?|规范|清单|纪要|总结|分册|图册|图纸|附件|附录|预算|任务书|协议书?|要点|细则|计划|论证|数据|文档|[上中下]册|[0-9一二三四五六七八九十][章节册卷])\s?$`)

// titled tells whether the title of a document, of an annex or a chapter ends at a place.
func (w *work) titled(at int) bool {
	line := w.line(max(0, at-1))
	return titleEnd.MatchString(string(w.text[max(line.Start, at-8):at]))
}

// begins tells whether a line, a cell, a sentence or a numbered paragraph begins at a place.
func (w *work) begins(at int) bool {
	for at > 0 && w.text[at-1] == ' ' {
		at--
	}
	return at == 0 || w.text[at-1] == '\n' || w.text[at-1] == '\t' || endsSentence(w.text[at-1]) || w.numbered(at)
}

var numbering = regexp.MustCompile(`^\s*(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[.、．:：]?|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}|第[0-9一二三四五六七八九十]{1,3}[条章节款项][:：]?|[a-z][.、)])\s*$`)

// numbered tells whether nothing but the number of a paragraph stands before a place on its line.
func (w *work) numbered(at int) bool {
	line := w.line(max(0, at-1))
	return at-line.Start <= 12 && numbering.MatchString(string(w.text[line.Start:at]))
}

// endsLine tells whether only blanks follow on the line.
func (w *work) endsLine(i int) bool {
	for ; i < len(w.text); i++ {
		if w.text[i] == '\n' {
			return true
		}
		if w.text[i] != ' ' {
			return false
		}
	}
	return true
}
