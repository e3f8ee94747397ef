package submission

import (
	"io"
	"strings"

	"jinggao/app/submission/wordfile"
)

// ExportDOCX writes the same table as a Word document in the look of an official
// attachment: A4 landscape, repeated head, page number.
func ExportDOCX(w io.Writer, t Table) error {
	d := wordfile.Document{Landscape: true}
	d.Paragraph(wordfile.Para{Align: "center", Font: wordfile.FontTitle, Size: 22, After: 6}, t.Campaign.Table)
	h := t.header()
	d.Paragraph(wordfile.Para{Size: 14, After: 4}, strings.Join(h[:], "　　　　"))
	cols := t.columns()
	heads := make([]wordfile.Column, len(cols))
	for i, c := range cols {
		heads[i] = wordfile.Column{Head: c.name, Width: c.width, Left: c.left}
	}
	rows := make([][]string, 0, max(1, len(t.Rows)))
	for i := range t.Rows {
		r := make([]string, len(cols))
		for j, c := range cols {
			r[j] = c.show(i, &t.Rows[i])
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		rows = append(rows, []string{"", "无"})
	}
	d.Table(heads, sizeBody, rows)
	return d.Write(w)
}
