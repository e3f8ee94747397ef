package detect

import (
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// trimmings may stand around a mark that is alone on its line.
const trimmings = " \t()[]【】〔〕<>《》“”\"'★☆*-—_=|·.#:,。、"

var edgeNote = regexp.MustCompile(`^(?:第?[0-9]{1,4}(?:/[0-9]{1,4})?页?|page[0-9]{1,4}(?:of[0-9]{1,4})?|[0-9]{6}|共[0-9]{1,4}页|第[0-9]{1,4}页共[0-9]{1,4}页)$`)

// standsAlone: the line, cell, header or file name holds nothing but the word,
// save for page numbers, copy numbers and a period of secrecy.
func (w *work) standsAlone(m classWord) bool {
	r := w.engine.marks.alone
	if r == nil || m.safe {
		return false
	}
	if w.part.Role == document.RoleFileName {
		return w.inFileName(r, m)
	}
	return w.aloneOnLine(r, m)
}

func (w *work) aloneOnLine(r *compiled, m classWord) bool {
	before, after, inCell := w.restOfLine(m)
	notes := isNote(before) && isNote(after)
	respelled := m.form != 0
	plain := inCell && !respelled && m.gap == 0
	if w.atEdge(m) {
		if !notes {
			return !m.crossing && w.addAtEdge(r, m)
		}
	} else if plain && before == "" && after != "" && w.remarked(m.end) {
		return w.mentionedInCell(r, m)
	} else if after != "" || !notes || before != "" && (respelled || inCell) {
		return false
	}
	if plain && len(w.cells) > 4 {
		return w.mentionedInCell(r, m)
	}
	if m.form == normal.FoldHomophone {
		r = w.engine.marks.homophone
	}
	return w.addAlone(r, m, "整行只有密级字样")
}

var (
	markGoesOn = regexp.MustCompile(`^(?:级|件|文件|资料|材料|档案|信息|图纸|报告|等级|字样|内部|请|不得|禁止|严禁|注意|仅|限|妥善|阅|传|保存|长期)`)
	wordNamed  = regexp.MustCompile(`^["”’」』]\s?(?:一词|一语|这一|等词|是指|指的是|概念|二字的)`)
)

// addAtEdge handles a word among others where marks stand. A title that begins with it (机密文档管理系统)
// wants a look and is no mark; a sentence about the word (“机密”一词) is none at all.
func (w *work) addAtEdge(r *compiled, m classWord) bool {
	after := string(w.text[m.end:min(m.end+6, len(w.text))])
	if wordNamed.MatchString(after) {
		return false
	}
	if m.end < len(w.text) && isHan(w.text[m.end]) && !markGoesOn.MatchString(after) && m.form == 0 && m.gap == 0 && w.text[m.end-1] != '级' {
		c := w.mark(r, document.Span{Start: int(m.start), End: m.end}, m)
		c.level = finding.S3
		c.step(0, "处于标题或标志位置，与后文连成词语，转 S3")
		w.add(c)
		return true
	}
	return w.addAlone(r, m, "页眉、页脚或水印中含密级字样")
}

// remarked tells whether a remark follows: 秘密，另送.
func (w *work) remarked(at int) bool {
	return at < len(w.text) && strings.ContainsRune(",;、(。", w.text[at])
}

// atEdge tells whether a word stands where marks stand: header, footer, watermark.
func (w *work) atEdge(m classWord) bool {
	return w.part.Role == document.RoleHeader || w.part.Role == document.RoleFooter || w.atMark(m.span())
}

// maxAlone is how much, in runes, may stand either side of a mark on its line for
// it to be looked at; longLine stands for what is longer.
const (
	maxAlone = 120
	longLine = "…"
)

// restOfLine is what stands before and after a word on its line or in its cell,
// without brackets, stars and the like; a period of secrecy behind it is taken off.
func (w *work) restOfLine(m classWord) (before, after string, inCell bool) {
	area := w.line(int(m.start))
	area.End = max(area.End, w.line(m.end).End) // a word broken over two lines
	if i := w.cellAt(m.span()); i >= 0 {
		area, inCell = w.cells[i].Span, true
	}
	if int(m.start)-area.Start > maxAlone || area.End-m.end > maxAlone {
		return longLine, longLine, inCell
	}
	before = strings.Trim(string(w.text[min(area.Start, int(m.start)):m.start]), trimmings)
	after = strings.Trim(string(w.text[m.end:max(area.End, m.end)]), trimmings)
	if p := periodFull.FindString(after); p != "" && p == after {
		after = ""
	}
	return before, after, inCell
}

// isNote tells whether a text is empty or what else a page edge carries.
func isNote(s string) bool {
	return s == "" || edgeNote.MatchString(strings.ReplaceAll(s, " ", ""))
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
	if r == nil || int(m.start)-line.Start > maxAlone {
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

// maxHints bounds the hints about mere mentions in one part.
const maxHints = 200

// mentioned: a word of classification in running text. Respelled it is an
// evasion; plain it is no mark and at most a hint.
func (w *work) mentioned(m classWord) {
	if m.safe {
		return
	}
	s := document.Span{Start: int(m.start), End: m.end}
	folds := m.gap | m.form | w.view.Folds(m.span())
	hidden := folds &^ (normal.FoldTraditional | normal.FoldBreak)
	if folds&normal.FoldTraditional != 0 && w.simplified() && w.negated(int(m.start)) == "" && w.cited(m.span()) == "" {
		hidden |= normal.FoldTraditional
	}
	switch {
	case m.form == normal.FoldHomophone:
		w.homophone(m, s)
	case hidden != 0 && !m.crossing && w.engine.marks.variant != nil && !w.listed(m):
		c := w.mark(w.engine.marks.variant, s, m)
		w.example(&c)
		w.add(c)
	case w.stamped(m) && w.engine.marks.alone != nil:
		c := w.mark(w.engine.marks.alone, s, m)
		c.level = finding.S3
		c.step(0, "文中说明盖有、印有该字样，转 S3")
		w.example(&c)
		w.add(c)
	case w.hints < maxHints && w.engine.marks.alone != nil && !w.state.statute && w.negated(int(m.start)) == "" && w.cited(m.span()) == "":
		w.hints++
		c := w.mark(w.engine.marks.alone, s, m)
		c.level, c.settled, c.score = finding.S4, true, hintScore
		c.reasons = []finding.Reason{{Text: "文中提到“" + w.clean(m.span()) + "”，不在标志位置，仅提示", Delta: hintScore}}
		if m.crossing {
			c.reasons = append(c.reasons, finding.Reason{Text: "分词：跨越词界（" + m.around + "）"})
		}
		w.add(c)
	}
}

var (
	stampBefore = regexp.MustCompile(`(?:盖有|盖着|盖了|加盖|印有|印着|标有|注有|钤有|贴有|打有|写有|注明)[\p{Han}]{0,6}["“「『【\[(]?$`)
	stampAfter  = regexp.MustCompile(`^级?["”」』】\])]?(?:字样|[条长方圆]?形?印?章|戳|印记|二字|两字|标识|标志|标记|水印|红字|黑字)`)
)

// stamped tells whether a sentence says of a paper that it bears the word: 盖有“机密”条形章. What a
// program prints on papers is no such statement.
func (w *work) stamped(m classWord) bool {
	if m.crossing || w.negated(int(m.start)) != "" || w.cited(m.span()) != "" || w.state.statute {
		return false
	}
	s := w.sentence(m.span())
	if !stampAfter.MatchString(string(w.text[m.end:min(s.End, m.end+6)])) || !stampBefore.MatchString(string(w.text[max(s.Start, int(m.start)-12):m.start])) {
		return false
	}
	return !regexpAny(string(w.text[s.Start:s.End]), "系统", "自动", "软件", "功能", "支持", "应当", "不得", "可以", "识别", "检测", "平台")
}

// fewTraditional is one in how many characters, at most, a text in simplified
// characters has in their traditional forms.
const fewTraditional = 20

// simplified tells whether the part is written in simplified characters, where a word
// in traditional ones is out of place.
func (w *work) simplified() bool {
	if w.script == 0 {
		han, traditional := 0, 0
		for i, r := range w.text {
			if !isHan(r) {
				continue
			}
			if han++; w.view.Source[w.view.At(i)] != r {
				traditional++
			}
		}
		w.script = 1
		if traditional > max(2, han/fewTraditional) {
			w.script = -1
		}
	}
	return w.script > 0
}

// listed tells whether the sign inside the word is the comma of an enumeration
// between two words: 主机、密封件.
func (w *work) listed(m classWord) bool {
	for i := int(m.start); i < m.end; i++ {
		if r := w.text[i]; r == '、' || r == '/' || r == '|' {
			return m.either || w.engine.seg.Cut([]rune{'机'}) == nil // without a dictionary nobody can tell
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
	if m.end > int(m.match.end) || w.text[m.match.end-1] == '级' { // 级 has been taken in
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
