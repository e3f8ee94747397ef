package submission

import (
	"fmt"
	"slices"
	"strings"

	"jinggao/app/submission/tablefile"
)

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
