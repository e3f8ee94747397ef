package submission

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Table is what is written: the rows in order under the line above.
type Table struct {
	Campaign *Campaign
	Header   Header
	Rows     []Row
	Internal bool // with 联合申报机构, 内部备注 and 来源; never to be sent
	// States says how far a row is, by its ID, in words; shown where Internal is set.
	States map[string]string
}

// column is one column of a written table.
type column struct {
	col   Column  // "" for a column of the internal table alone
	name  string  // in the head
	width float64 // in characters of the body font
	text  func(i int, r *Row) string
	left  bool // aligned left; the rest is centred
}

func (t *Table) columns() []column {
	of := func(c Column) func(int, *Row) string { return func(_ int, r *Row) string { return r.Get(c) } }
	named := func(c Column, width float64, left bool) column {
		return column{c, t.Campaign.Word(c), width, of(c), left}
	}
	cols := []column{
		{ColNo, t.Campaign.Word(ColNo), 7, func(i int, _ *Row) string { return strconv.Itoa(i + 1) }, false},
		named(ColApplicant, 26, true),
		named(ColCategory, 12, false),
		named(ColTitle, 36, true),
		named(ColTime, 16, false),
		named(ColContact, 12, false),
		named(ColPhone, 18, false),
	}
	if t.Internal {
		cols = append(cols, named(ColPartners, 24, true), named(ColNotes, 24, true),
			column{"", "来源", 24, func(_ int, r *Row) string { return r.Source.String() }, true})
		if t.States != nil {
			cols = append(cols, column{"", "状态", 20, func(_ int, r *Row) string { return t.States[r.ID] }, true})
		}
	}
	return cols
}

// show is the text as a person sees it: two numbers stand on two lines.
func (c *column) show(i int, r *Row) string {
	s := cellText(c.text(i, r))
	if c.col == ColPhone {
		s = numberLines.Replace(s)
	}
	return s
}

var numberLines = strings.NewReplacer("、", "\n", "; ", "\n", ";", "\n", "；", "\n")

// header is the line 部门/联系人/联系方式 as three texts.
func (t *Table) header() [3]string {
	return [3]string{"部门：" + cellText(t.Header.Department), "联系人：" + cellText(t.Header.Contact), "联系方式：" + cellText(t.Header.Phone)}
}

// cellText makes a text fit for a cell of a file that is mailed: no control
// characters, no line breaks, no ends of blanks.
func cellText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), invisible(r), r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(s)
}

// ExportCSV writes the table as UTF-8 CSV with a byte order mark. A text that a
// spreadsheet program would take for a formula gets an apostrophe in front.
func ExportCSV(w io.Writer, t Table) error {
	var b strings.Builder
	line := func(fields ...string) {
		for i, f := range fields {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(csvField(f))
		}
		b.WriteString("\r\n")
	}
	b.WriteString("\uFEFF")
	line(t.Campaign.Table)
	h := t.header()
	line(h[:]...)
	cols := t.columns()
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = c.name
	}
	line(names...)
	for i := range t.Rows {
		f := make([]string, len(cols))
		for j, c := range cols {
			f[j] = cellText(c.text(i, &t.Rows[i]))
		}
		line(f...)
	}
	if len(t.Rows) == 0 {
		line("", "无")
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

func csvField(f string) string {
	if f != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(f)[0]) {
		f = "'" + f
	}
	if strings.ContainsAny(f, ",\"\r\n") || strings.HasPrefix(f, " ") || strings.HasSuffix(f, " ") {
		return `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
	}
	return f
}
