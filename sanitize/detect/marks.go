package detect

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

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
	r := w.engine.marks.star
	if r == nil {
		return
	}
	probe := candidate{rule: r, span: c.span()}
	c.safe = w.safe(&probe)
	if c.form == 0 {
		b := w.cut(c.span())
		c.crossing, c.around = b.kind == cutCrossing, b.around
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
	period     = regexp.MustCompile(`^\s{0,2}(?:长期|永久|(?:启用|公布|发布|开标|解密|实施|考试结束|考试启用)[前后]|[0-9〇零一二三四五六七八九十百]{1,4}\s?(?:个?月|年|天|日)?)`)
	periodFull = regexp.MustCompile(`^\s{0,2}(?:长期|[0-9〇零一二三四五六七八九十百]{1,4}\s?(?:个?月|年))`)
)

// starred: 机密★10年. An asterisk needs the period behind it.
func (w *work) starred(m classWord) bool {
	r := w.engine.marks.star
	i := w.skipBlanks(m.end, 2)
	if r == nil || i >= len(w.text) || !isStar(w.text[i]) {
		return false
	}
	plainStar := w.text[i] == '*'
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

var fieldLabel = regexp.MustCompile(`(?:密级标识|文件密级|材料密级|资料密级|数据密级|项目密级|信息密级|涉密等级|涉密级别|秘密等级|保密等级|保密级别|定密等级|密级程度|密级|密等|定密)(?:及保密期限|和保密期限|和期限|\(.{0,8}\))?(?:[:=]|为|是|定为|拟定为|确定为|标注为|标为|属于|属)*[“"\[(【]?$`)

// labelled: 密级：机密. The label may stand in the cell before or in the head of the column.
func (w *work) labelled(m classWord) bool {
	r := w.engine.marks.field
	if r == nil || m.safe {
		return false
	}
	from := max(0, int(m.start)-24)
	before := strings.Map(func(r rune) rune {
		if isBlank(r) || r == '·' || r == '-' || r == '_' || r == '.' || r == '*' {
			return -1
		}
		return r
	}, string(w.text[from:m.start]))
	span := document.Span{Start: int(m.start), End: m.end}
	why := ""
	if loc := fieldLabel.FindStringIndex(before); loc != nil {
		if label := w.backTo(int(m.start), utf8.RuneCountInString(before[loc[0]:])); label >= 0 {
			span.Start = label
		}
		why = "前有密级字段"
	} else if head := w.cellLabel(span); head != "" && strings.Contains(closedHead(head), "密级") {
		why = fmt.Sprintf("所在列的表头为“%s”", head)
	}
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

func closedHead(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return r
	}, s)
}

// backTo is the place n counting runes (no blanks, no gap signs) before at.
func (w *work) backTo(at, n int) int {
	for i := at - 1; i >= 0; i-- {
		switch r := w.text[i]; {
		case isBlank(r), r == '·', r == '-', r == '_', r == '.', r == '*':
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
	before := open
	for before > 0 && w.text[before-1] == ' ' {
		before--
	}
	head := before == 0 || w.text[before-1] == '\n' || w.text[before-1] == '\t' || endsSentence(w.text[before-1])
	if !head && !w.endsLine(end+1) {
		return false
	}
	c := w.mark(r, document.Span{Start: open, End: end + 1}, m)
	w.example(&c)
	w.add(c)
	return true
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

// trimmings may stand around a mark that is alone on its line.
const trimmings = " \t()[]【】〔〕<>《》“”\"'★☆*-—_=|·.#:,。、"

var edgeNote = regexp.MustCompile(`^(?:第?[0-9]{1,4}(?:/[0-9]{1,4})?页?|page[0-9]{1,4}(?:of[0-9]{1,4})?|[0-9]{6}|共[0-9]{1,4}页|第[0-9]{1,4}页共[0-9]{1,4}页)$`)

// standsAlone: the line, cell, header or file name holds nothing but the word.
func (w *work) standsAlone(m classWord) bool {
	r := w.engine.marks.alone
	if r == nil || m.safe {
		return false
	}
	if w.part.Role == document.RoleFileName {
		return w.inFileName(r, m)
	}
	area := w.line(int(m.start))
	area.End = max(area.End, w.line(m.end).End) // a word broken over two lines
	inCell := false
	if i := w.cellAt(m.span()); i >= 0 {
		area, inCell = w.cells[i].Span, true
	}
	before := strings.Trim(string(w.text[area.Start:m.start]), trimmings)
	after := strings.Trim(string(w.text[m.end:max(area.End, m.end)]), trimmings)
	edge := w.part.Role == document.RoleHeader || w.part.Role == document.RoleFooter || w.atMark(m.span())
	if p := periodFull.FindString(after); p != "" && p == after {
		after = ""
	}
	if before != "" && !(edge || m.form == 0 && !inCell) || after != "" && !edge {
		return false
	}
	if before != "" && !edgeNote.MatchString(strings.ReplaceAll(before, " ", "")) || after != "" && !edgeNote.MatchString(strings.ReplaceAll(after, " ", "")) {
		return edge && !m.crossing && w.addAlone(r, m, "页眉、页脚或水印中含密级字样")
	}
	if inCell && m.form == 0 && m.gap == 0 && len(w.cells) > 4 {
		return w.mentionedInCell(r, m)
	}
	if m.form == normal.FoldHomophone {
		r = w.engine.marks.homophone
	}
	return w.addAlone(r, m, "整行只有密级字样")
}

func (w *work) addAlone(r *compiled, m classWord, why string) bool {
	if r == nil {
		return false
	}
	c := w.mark(r, document.Span{Start: int(m.start), End: m.end}, m)
	c.reasons = append(c.reasons, finding.Reason{Text: why})
	w.add(c)
	w.copyNumber(m)
	return true
}

// mentionedInCell: a cell of a table that says only 秘密, under a head that does
// not speak of 密级, wants a look.
func (w *work) mentionedInCell(r *compiled, m classWord) bool {
	c := w.mark(r, document.Span{Start: int(m.start), End: m.end}, m)
	c.level = finding.S3
	c.step(0, "表格单元格中只有密级字样，表头未注明密级，转 S3")
	w.add(c)
	return true
}

// inFileName: a file name names the class between signs, not inside words.
func (w *work) inFileName(r *compiled, m classWord) bool {
	before := m.start == 0 || !isHan(w.text[m.start-1])
	after := m.end >= len(w.text) || !isHan(w.text[m.end])
	if !before || !after {
		return false
	}
	c := w.mark(r, document.Span{Start: int(m.start), End: m.end}, m)
	c.reasons = append(c.reasons, finding.Reason{Text: "文件名中单列密级字样"})
	w.add(c)
	return true
}

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// copyNumber: a line of six digits just above the mark is a 份号 (A07).
func (w *work) copyNumber(m classWord) {
	r := w.engine.marks.head
	line := w.line(int(m.start))
	if r == nil {
		return
	}
	from := line.Start
	same := strings.Trim(string(w.text[line.Start:m.start]), trimmings)
	switch {
	case sixDigits.MatchString(same):
	case same == "" && line.Start > 0:
		above := w.line(line.Start - 1)
		if !sixDigits.MatchString(strings.Trim(string(w.text[above.Start:above.End]), trimmings)) {
			return
		}
		from = above.Start
	default:
		return
	}
	c := w.mark(r, document.Span{Start: from, End: m.end}, m)
	c.reasons = append(c.reasons, finding.Reason{Text: "密级上方为六位份号，符合公文版头"})
	w.add(c)
}

// homophoneNeeds are the words without which 机蜜 is no more than a slip.
var homophoneNeeds = []string{"级", "文件", "件", "材料", "资料", "信息", "标志", "标识", "档案", "★", "程度", "内容", "报告", "项目", "字样", "二字", "两字", "数据", "图纸", "等级"}

// mentioned: a word of classification in running text. Respelled it is an
// evasion; plain it is no mark and at most a hint.
func (w *work) mentioned(m classWord) {
	if m.safe {
		return
	}
	s := document.Span{Start: int(m.start), End: m.end}
	hidden := (m.gap | m.form | w.view.Folds(m.span())) &^ (normal.FoldTraditional | normal.FoldBreak)
	switch {
	case m.form == normal.FoldHomophone:
		w.homophone(m, s)
	case hidden != 0 && !m.crossing && w.engine.marks.variant != nil && !w.listed(m):
		c := w.mark(w.engine.marks.variant, s, m)
		w.example(&c)
		w.add(c)
	case w.engine.marks.alone != nil && !w.state.statute && w.negated(int(m.start)) == "" && w.cited(m.span()) == "":
		c := w.mark(w.engine.marks.alone, s, m)
		c.level, c.settled, c.score = finding.S4, true, hintScore
		c.reasons = []finding.Reason{{Text: "文中提到“" + w.clean(m.span()) + "”，不在标志位置，仅提示", Delta: hintScore}}
		if m.crossing {
			c.reasons = append(c.reasons, finding.Reason{Text: "分词：跨越词界（" + m.around + "）"})
		}
		w.add(c)
	}
}

// listed tells whether the sign inside the word is the comma of an enumeration
// between two words: 主机、密封件.
func (w *work) listed(m classWord) bool {
	for i := int(m.start); i < int(m.end); i++ {
		if r := w.text[i]; r == '、' || r == '/' || r == '|' {
			return w.engine.seg.Cut([]rune{'机'}) == nil // without a dictionary nobody can tell
		}
	}
	return false
}

func (w *work) homophone(m classWord, s document.Span) {
	r := w.engine.marks.homophone
	if r == nil {
		return
	}
	after := string(w.text[m.end:min(m.end+4, len(w.text))])
	if m.end > int(m.match.end) { // 级 has been taken in
		after = "级" + after
	}
	for _, n := range homophoneNeeds {
		if strings.HasPrefix(strings.TrimLeft(after, " "), n) {
			c := w.mark(r, s, m)
			c.reasons = append(c.reasons, finding.Reason{Text: "后接“" + n + "”"})
			w.add(c)
			return
		}
	}
}
