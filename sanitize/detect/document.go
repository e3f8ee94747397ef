package detect

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// statuteArticles is how many lines must begin with 第×条 for a document to be
// taken for a regulation.
const statuteArticles = 8

// looksLikeStatute tells whether a document is the text of a law or a regulation.
func looksLikeStatute(d *document.Document) bool {
	n := 0
	for i := range d.Parts {
		for line := range strings.Lines(d.Parts[i].Text) {
			t := strings.TrimLeft(line, " \t\u3000")
			if strings.HasPrefix(t, "第") && articleStart.MatchString(t[:min(len(t), 40)]) {
				n++
			}
		}
	}
	return n >= statuteArticles
}

// hidingRule stands in where the set has no rule for a hiding place.
func hidingRule(id string) *rule.Rule {
	if id == "" {
		id = "N03"
	}
	return &rule.Rule{ID: id, Name: "隐蔽内容", Level: "S2", Treatment: rule.Treatment{Action: "delete"}}
}

// repeatedNames finds names that were labelled somewhere in all other places of
// the document. A name of two characters must stand as a word.
func (s *scanState) repeatedNames() {
	r := s.engine.byID["I18"]
	if r == nil {
		return
	}
	known := map[string]string{} // name → where it was labelled
	var terms [][]rune
	for _, w := range s.works {
		for i := range w.kept {
			c := &w.kept[i]
			if c.rule != r || c.level > finding.S3 {
				continue
			}
			name := closedHead(w.clean(c.span))
			for _, x := range splitNames(name) {
				if known[x] == "" {
					known[x] = w.part.Label
					terms = append(terms, []rune(x))
				}
			}
		}
	}
	if len(terms) == 0 {
		return
	}
	names := newNameFinder(terms)
	for _, w := range s.works {
		w.repeat(r, names, terms, known)
	}
}

// splitNames takes the bare name out of a labelled or titled one.
func splitNames(s string) []string {
	for _, t := range []string{"教授", "研究员", "院士", "博士", "主任", "工程师", "处长", "科长", "局长", "院长", "所长", "经理", "同志", "老师", "先生", "女士"} {
		if i := strings.Index(s, t); i > 0 {
			s = s[:i]
		}
	}
	for _, t := range []string{"举报人", "联系人", "负责人", "患者", "学生"} {
		s = strings.TrimPrefix(s, t)
	}
	n := len([]rune(s))
	if n < 2 || n > 16 || !isHan([]rune(s)[0]) {
		return nil
	}
	return []string{s}
}

func (w *work) repeat(r *compiled, names *nameFinder, terms [][]rune, known map[string]string) {
	taken := grid{}
	for i := range w.kept {
		if c := &w.kept[i]; c.rule == r && c.level <= finding.S3 {
			taken.add(c.span, i)
		}
	}
	for _, m := range names.scan(w.text) {
		span := document.Span{Start: int(m.Start), End: int(m.End)}
		if w.overlapsAny(taken, span) || w.view.Original(span).Len() == 0 {
			continue
		}
		name := string(terms[m.Term])
		score := 0.75
		reasons := []finding.Reason{{Text: fmt.Sprintf("“%s”在本件“%s”中作为姓名出现，基础分 %.2f", name, known[name], score), Delta: score}}
		if span.Len() == 2 {
			b := w.cut(span)
			if b.kind == cutCrossing || b.kind == cutInside {
				continue
			}
		}
		c := candidate{rule: r, span: span, level: r.level, score: score, reasons: reasons, settled: true}
		if safe, entry := w.safe(&c); safe {
			if entry >= 0 {
				w.permit(c, entry)
			}
			continue
		}
		taken.add(c.span, len(w.kept))
		w.kept = append(w.kept, c)
	}
}

func (w *work) overlapsAny(places grid, s document.Span) bool {
	for _, i := range places.near(s) {
		if w.kept[i].span.Overlaps(s) {
			return true
		}
	}
	return false
}

// personalItems is how many different S2 personal data items make a document-level
// finding.
const personalItems = 10

// concentration is the id of the document-level rule.
const concentration = "I25"

// documentRules adds what only the document as a whole shows.
func (s *scanState) documentRules() {
	s.concentrated()
	s.evasions()
}

// concentrated: ten different personal data items at S2 (口径 3).
func (s *scanState) concentrated() {
	r := s.engine.byID[concentration]
	if r == nil || len(s.works) == 0 {
		return
	}
	items := map[string]bool{}
	byRule := map[string]int{}
	var first *work
	for _, w := range s.works {
		for i := range w.kept {
			c := &w.kept[i]
			if g := c.rule.Group(); (g != "I" && g != "J") || c.level > finding.S2 || c.hidden {
				continue
			}
			key := c.rule.ID + closedHead(w.clean(c.span))
			if !items[key] {
				items[key] = true
				byRule[c.rule.Name]++
				if first == nil {
					first = w
				}
			}
		}
	}
	if len(items) < personalItems {
		return
	}
	first.kept = append(first.kept, candidate{
		rule: r, span: document.Span{}, level: r.level, score: 0.95, settled: true, whole: true,
		reasons: []finding.Reason{{Text: fmt.Sprintf("个人信息集中：全文 S2 级个人信息 %d 项（%s）", len(items), counts(byRule)), Delta: 0.95}},
	})
}

func counts(m map[string]int) string {
	var parts []string
	for _, k := range sortedKeys(m) {
		parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
	}
	return strings.Join(parts, "、")
}

// evasionKinds is how many respelled findings make a summary (N09).
const evasionCount = 2

// evasions sums up respellings in the document (N09).
func (s *scanState) evasions() {
	r := s.engine.byID["N09"]
	if r == nil {
		return
	}
	n := 0
	kinds := map[string]int{}
	var first *work
	for _, w := range s.works {
		for i := range w.kept {
			c := &w.kept[i]
			if c.rule == r || c.level > finding.S3 || c.hidden || c.gap&hidingFolds == 0 {
				continue
			}
			n++
			for _, k := range strings.Split((c.gap & hidingFolds).Names(), "、") {
				kinds[k]++
			}
			if first == nil {
				first = w
			}
		}
	}
	if n < evasionCount {
		return
	}
	first.kept = append(first.kept, candidate{
		rule: r, level: r.level, score: 0.9, settled: true, whole: true,
		reasons: []finding.Reason{{Text: fmt.Sprintf("规避写法汇总：全文 %d 处命中为变写（%s）", n, counts(kinds)), Delta: 0.9}},
	})
}
