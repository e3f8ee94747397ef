package submission

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jinggao/app/submission/tablefile"
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

// cell is the cleaned text of a mapped column.
func (t *taker) cell(i int, col Column) string {
	k, ok := t.m.Columns[col]
	if !ok {
		return ""
	}
	return CleanText(t.g.Text(i, k))
}

func (t *taker) raw(i int, col Column) tablefile.Cell {
	k, ok := t.m.Columns[col]
	if !ok || k >= len(t.g.Rows[i]) {
		return tablefile.Cell{}
	}
	return t.g.Rows[i][k]
}

// row takes a line over as a row.
func (t *taker) row(i int) {
	r := NewRow()
	r.Source = t.source(i)
	for _, col := range []Column{ColApplicant, ColTitle, ColPartners, ColNotes} {
		r.Set(col, t.ditto(i, col))
	}
	r.Title = stripGuard(r.Title)
	r.Category, _ = ParseCategory(t.dittoRaw(i, ColCategory), t.c)
	if r.Category == "" {
		r.Category = t.tickedColumn(i)
	}
	if r.Category == "" {
		r.Category = t.section
	}
	t.when(i, &r)
	t.contact(i, &r)
	if t.joinsAbove(i, &r) {
		return
	}
	if slices.Contains(t.g.HiddenRows, i) {
		t.problem(Problem{RowID: r.ID, Level: Warning, Kind: KindHiddenSheet, Source: r.Source, Title: r.Title, Message: "这一行在原表中是隐藏行，已导入，请确认是否应当申报"})
	}
	t.out.Rows = append(t.out.Rows, r)
	t.last = &t.out.Rows[len(t.out.Rows)-1]
}

// tickedColumn gives the category whose column holds a mark; of several marks none
// counts, and both names are kept for a person to see.
func (t *taker) tickedColumn(i int) string {
	hit := ""
	for col := range t.g.Width() {
		name := t.m.Ticks[col]
		text := CleanText(t.g.Text(i, col))
		if name == "" || text == "" || strings.ContainsAny(text, unticked+"×✗✘") || text == "否" || text == "无" || text == "/" || text == "-" || text == "0" {
			continue
		}
		if hit != "" {
			return hit + "、" + name
		}
		hit = name
	}
	return hit
}

// stripGuard undoes the apostrophe that keeps a text from being a formula.
func stripGuard(s string) string {
	if len(s) > 1 && (s[0] == '\'') && strings.ContainsRune("=+-@0123456789", rune(s[1])) {
		return s[1:]
	}
	return s
}

// isDitto knows the ways of writing 同上.
func isDitto(s string) bool {
	switch s {
	case "同上", "〃", "″", "\"", "''", "\"\"", "”", "“", "同前", "同左", "ditto", "Ditto", "同上行", "（同上）", "(同上)", "〃〃":
		return true
	}
	return false
}

func (t *taker) ditto(i int, col Column) string {
	s := t.cell(i, col)
	if isDitto(s) && t.last != nil {
		return t.last.Get(col)
	}
	return s
}

func (t *taker) dittoRaw(i int, col Column) string {
	if isDitto(t.cell(i, col)) && t.last != nil {
		return t.last.Get(col)
	}
	return t.raw(i, col).Text
}

func (t *taker) when(i int, r *Row) {
	cell := t.raw(i, ColTime)
	text := t.ditto(i, ColTime)
	switch {
	case cell.Date != "" && !isDitto(CleanText(cell.Text)):
		r.Time = cell.Date
	default:
		w := ParseWhen(text, t.c.Year)
		r.Time = text
		if w.ISO != "" {
			r.Time = w.ISO
		}
		if w.Swapped {
			t.problem(Problem{RowID: r.ID, Column: ColTime, Level: Warning, Kind: KindTime, Source: r.Source, Title: r.Title, Message: fmt.Sprintf("“%s”按月/日/年读作 %s，请核对", text, w.ISO)})
		}
	}
}

// contact reads name and number, from two columns, from one, or from a column of
// names in which numbers stand.
func (t *taker) contact(i int, r *Row) {
	name, phone := t.dittoRaw(i, ColContact), t.dittoRaw(i, ColPhone)
	if t.m.Both {
		if isDitto(CleanText(t.raw(i, ColContact).Text)) && t.last != nil {
			r.Contact, r.Phone = t.last.Contact, t.last.Phone
			return
		}
		if reID.MatchString(name) {
			r.Contact = CleanText(name)
			return
		}
		r.Contact, r.Phone = SplitContact(name)
		return
	}
	r.Contact, r.Phone = CleanText(name), CleanPhone(phone)
	for _, col := range t.m.More[ColPhone] {
		if more := CleanPhone(t.g.Text(i, col)); more != "" && !isDitto(more) && !strings.Contains(onlyDigits(r.Phone)+" ", onlyDigits(more)) {
			r.Phone = strings.Trim(r.Phone+"、"+more, "、")
		}
	}
	if len(onlyDigits(name)) >= 7 && !reID.MatchString(name) {
		n, p := SplitContact(name)
		if p != "" {
			r.Contact = n
			if !strings.Contains(onlyDigits(r.Phone), onlyDigits(p)) {
				r.Phone = strings.Trim(r.Phone+"、"+p, "、")
			}
		}
	}
}

// joinsAbove recognises a line that only carries a second contact of the row above:
// title and applicant are one merged cell with those of that row.
func (t *taker) joinsAbove(i int, r *Row) bool {
	if t.last == nil || r.Title == "" || !t.raw(i, ColTitle).Merged || !t.raw(i, ColApplicant).Merged || r.Title != t.last.Title || r.Applicant != t.last.Applicant || r.Category != t.last.Category {
		return false
	}
	if r.Contact != "" && r.Contact != t.last.Contact {
		t.last.Contact = strings.Trim(t.last.Contact+"、"+r.Contact, "、")
	}
	if r.Phone != "" && r.Phone != t.last.Phone {
		t.last.Phone = strings.Trim(t.last.Phone+"、"+r.Phone, "、")
	}
	t.skip(i, "并入上一行（合并单元格）")
	return true
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
