package submission

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// taker reads the rows of one grid.
type taker struct {
	g       *Grid
	m       Mapping
	c       *Campaign
	match   *matcher
	out     Taken
	section string // category of the section we are in
	last    *Row
}

// Take reads the rows of a grid by a mapping. Every line of the grid ends up in
// Rows or in Skipped; what a person should look at is in Problems.
func Take(g *Grid, m Mapping, c *Campaign) Taken {
	t := &taker{g: g, m: m, c: c, match: newMatcher(c), out: Taken{Grid: g, Mapping: m}}
	t.above()
	if m.Head < 0 {
		return t.out
	}
	for i := m.Body; i < len(g.Rows); i++ {
		t.line(i)
	}
	t.unused()
	t.leave()
	return t.out
}

// above reads what stands over the header.
func (t *taker) above() {
	for _, p := range t.g.Before {
		if h, n := headerLine([]string{p}); n > 0 {
			t.out.Header.fill(h)
		}
	}
	for i := range min(max(t.m.Head, 0), len(t.g.Rows)) {
		if texts := t.texts(i); len(texts) > 0 {
			h, n := headerLine(texts)
			if n > 0 {
				t.out.Header.fill(h)
			}
			t.skip(i, "表头以上")
		}
	}
}

// texts are the different texts of a line in order; a merged cell counts once.
func (t *taker) texts(i int) []string {
	var out []string
	for col, c := range t.g.Rows[i] {
		s := strings.TrimSpace(c.Text)
		if s == "" || c.Merged && col > 0 && t.g.Rows[i][col-1].Text == c.Text {
			continue
		}
		out = append(out, s)
	}
	return out
}

func (t *taker) source(i int) Source {
	return Source{File: t.g.File, Sheet: t.g.Sheet, Table: t.g.Table, Row: t.g.Row(i)}
}

func (t *taker) skip(i int, reason string) {
	t.out.Skipped = append(t.out.Skipped, Skipped{Source: t.source(i), Reason: reason, Text: clip(CleanText(strings.Join(t.texts(i), " ")), 80)})
}

func (t *taker) problem(p Problem) { t.out.Problems = append(t.out.Problems, p) }

// line decides what a line below the header is.
func (t *taker) line(i int) {
	texts := t.texts(i)
	if len(texts) == 0 {
		t.skip(i, "空行")
		return
	}
	if m := t.match.header(t.g, i, 1); m.Head == i && m.Score >= 0.5 {
		m.Both = m.Both || t.m.Both && m.Columns[ColContact] == m.Columns[ColPhone]
		t.m.Columns, t.m.More, t.m.Both, t.m.Ticks = m.Columns, m.More, m.Both, m.Ticks
		t.skip(i, "重复的表头")
		return
	}
	if h, n := headerLine(texts); n >= 2 {
		t.out.Header.fill(h)
		t.skip(i, "部门与联系人")
		return
	}
	if reason := t.notARow(i, texts); reason != "" {
		t.skip(i, reason)
		return
	}
	if len(texts) == 1 || t.cell(i, ColTitle) == "" && t.cell(i, ColApplicant) == "" && t.few(i) {
		t.lone(i, texts)
		return
	}
	t.row(i)
}

// notARow knows totals, notes, hints and a stated 无.
func (t *taker) notARow(i int, texts []string) string {
	if reason := t.byText(texts); reason != "" {
		return reason
	}
	switch {
	case isTotal(texts[0]):
		return "合计行"
	case len(texts) == 1 && isNote(texts[0]), len(texts) == 2 && labelOnly.MatchString(squeezeLabel(texts[0])):
		return "说明行"
	}
	if k := t.sectionOf(i, texts); k != "" {
		t.section = k
		return "类别小标题"
	}
	if no := t.cell(i, ColNo); no == "例" || no == "示例" || no == "样例" || no == "例如" {
		t.problem(Problem{Level: Warning, Kind: KindSkipped, Source: t.source(i), Message: "示例行，未导入：" + clip(t.cell(i, ColTitle), 30), Title: t.cell(i, ColTitle)})
		return "示例行"
	}
	return ""
}

// sectionOf gives the category whose heading a line is.
func (t *taker) sectionOf(i int, texts []string) string {
	k := t.category(texts[0])
	if len(texts) == 1 || t.cell(i, ColTitle) == "" && len(texts) <= 3 && CleanText(texts[0]) != t.cell(i, ColCategory) {
		return k
	}
	return ""
}

// byText knows lines by what all their cells say.
func (t *taker) byText(texts []string) string {
	switch {
	case t.all(texts, func(s string) bool { return reHint.MatchString(s) }):
		return "填写提示行"
	case t.all(texts, func(s string) bool { return reNone.MatchString(s) || isNumber(s) || s == "/" || s == "-" || s == "—" }) && t.any(texts, reNone.MatchString):
		return "填写为“无”"
	case t.all(texts, isNumber):
		return "只有序号的空行"
	}
	return ""
}

func (t *taker) all(texts []string, f func(string) bool) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return !f(CleanText(s)) })
}

func (t *taker) any(texts []string, f func(string) bool) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return f(CleanText(s)) })
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSuffix(s, "."), 64)
	return err == nil && len(s) <= 6
}

// category is the official name a text stands for, "" if none.
func (t *taker) category(s string) string {
	if name, ok := ParseCategory(s, t.c); ok {
		return name
	}
	return ""
}

// few tells that at most one mapped column besides 序号 holds text.
func (t *taker) few(i int) bool {
	n := 0
	for _, col := range Editable() {
		if t.cell(i, col) != "" {
			n++
		}
	}
	return n <= 1
}

// lone is a line with a single text that is neither note nor section: reported,
// because a person should know that it was there.
func (t *taker) lone(i int, texts []string) {
	text := clip(CleanText(strings.Join(texts, " ")), 60)
	t.skip(i, "无法判断的行")
	t.problem(Problem{Level: Warning, Kind: KindSkipped, Source: t.source(i), Title: text, Message: fmt.Sprintf("这一行不像申报项目，未导入：%s", text)})
}

// unused reports columns that hold something and were not taken over.
func (t *taker) unused() {
	used := map[int]bool{}
	for _, k := range t.m.Columns {
		used[k] = true
	}
	for k := range t.m.Ticks {
		used[k] = true
	}
	for _, ks := range t.m.More {
		for _, k := range ks {
			used[k] = true
		}
	}
	var names []string
	for k := range t.g.Width() {
		if used[k] || !t.holds(k) {
			continue
		}
		name := ""
		if k < len(t.m.Words) {
			name = t.m.Words[k]
		}
		if name == "" {
			name = "第 " + strconv.Itoa(k+1) + " 列"
		}
		names = append(names, name)
	}
	if len(names) > 0 {
		t.problem(Problem{Level: Warning, Kind: KindSkipped, Source: Source{File: t.g.File, Sheet: t.g.Sheet, Table: t.g.Table}, Message: "有内容而未采用的列：" + strings.Join(names, "、")})
	}
}

// holds tells whether a column has text in a line that became a row.
func (t *taker) holds(col int) bool {
	for _, r := range t.out.Rows {
		i := r.Source.Row - t.g.First
		if i >= 0 && i < len(t.g.Rows) && strings.TrimSpace(t.g.Text(i, col)) != "" {
			return true
		}
	}
	return false
}

// leave decides whether the table is taken over at all.
func (t *taker) leave() {
	where := Source{File: t.g.File, Sheet: t.g.Sheet, Table: t.g.Table}
	n := len(t.out.Rows)
	if t.g.Hidden {
		t.out.Left = LeftHidden
		t.problem(Problem{Level: Warning, Kind: KindHiddenSheet, Source: where, Message: fmt.Sprintf("隐藏的工作表“%s”有 %d 行，未导入", t.g.Sheet, n)})
		return
	}
	above := slices.Clone(t.g.Before)
	for i := range t.m.Head {
		above = append(above, strings.Join(t.texts(i), " "))
	}
	why, old := oldYear(t.g.Sheet, above, t.c.Year)
	if !old || n == 0 {
		return
	}
	now, dated := 0, 0
	for _, r := range t.out.Rows {
		if len(r.Time) >= 4 && ParseWhen(r.Time, t.c.Year).ISO != "" {
			dated++
			if strings.HasPrefix(r.Time, strconv.Itoa(t.c.Year)) {
				now++
			}
		}
	}
	if dated > 0 && now*2 > dated {
		t.problem(Problem{Level: Warning, Kind: KindOldSheet, Source: where, Message: fmt.Sprintf("表名或标题写的是%s，申报时间多在今年，已导入，请核对", why)})
		return
	}
	t.out.Left = LeftOld
	t.problem(Problem{Level: Warning, Kind: KindOldSheet, Source: where, Message: fmt.Sprintf("“%s”是往年（%s）的表，%d 行未导入", t.g.Sheet, why, n)})
}
