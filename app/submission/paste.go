package submission

import (
	"slices"
	"strings"

	"jinggao/app/submission/tablefile"
)

// Pasted is what clipboard text came to: whole rows where it has a header or no
// place is given, else cells to be written from a place on.
type Pasted struct {
	Rows []Row
	// Cells are the texts as a block, for pasting over cells from a place on.
	Cells [][]string
	// Taken says how the rows were read where the text began with a header.
	Taken *Taken
}

// ParsePasted reads text copied from Excel or WPS as rows; see ParseBlock.
func ParsePasted(text string, at Column, c *Campaign) []Row {
	return ParseBlock(text, at, c).Rows
}

// ParseBlock reads text copied from Excel or WPS (tab-separated, CRLF, quoted
// cells). Where it has a header the columns are mapped by it; otherwise they are
// taken in the order of Editable from the column at on (a leading column of
// numbers, 序号, is left out where at is the first).
func ParseBlock(text string, at Column, c *Campaign) Pasted {
	recs := tablefile.SplitRecords(strings.TrimRight(text, "\r\n\x00"), '\t')
	var p Pasted
	g := Grid{File: "", Sheet: "粘贴", First: 1}
	for _, rec := range recs {
		cells := make([]tablefile.Cell, len(rec))
		clean := make([]string, len(rec))
		for j, f := range rec {
			cells[j] = tablefile.Cell{Text: f}
			clean[j] = CleanText(f)
		}
		g.Rows = append(g.Rows, cells)
		p.Cells = append(p.Cells, clean)
	}
	if m := Guess(&g, c); m.Head >= 0 {
		t := Take(&g, m, c)
		for i := range t.Rows {
			t.Rows[i].Source = Source{}
		}
		p.Rows, p.Taken = t.Rows, &t
		return p
	}
	cols := Editable()
	if i := slices.Index(cols, at); i > 0 {
		cols = cols[i:]
	} else if numbered(p.Cells) {
		cols = append([]Column{ColNo}, cols...)
	}
	for _, rec := range p.Cells {
		r := NewRow()
		for j, f := range rec {
			if j < len(cols) {
				r.Set(cols[j], Tidy(cols[j], f, c))
			}
		}
		if !r.Empty() {
			p.Rows = append(p.Rows, r)
		}
	}
	return p
}

// numbered tells that the first column is 1, 2, 3 … and more columns follow.
func numbered(recs [][]string) bool {
	for _, r := range recs {
		if len(r) < 3 || !isNumber(r[0]) {
			return false
		}
	}
	return len(recs) > 0
}

// Tidy brings a text that a person typed or pasted into the shape of its column:
// category and date in the official spelling where they can be read, anything else
// cleaned.
func Tidy(col Column, text string, c *Campaign) string {
	switch col {
	case ColCategory:
		name, _ := ParseCategory(text, c)
		return name
	case ColTime:
		if w := ParseWhen(text, c.Year); w.ISO != "" {
			return w.ISO
		}
		return CleanText(text)
	case ColPhone:
		return CleanPhone(text)
	}
	return CleanText(text)
}

// TSV writes rows as text for the clipboard, as Excel and WPS take it.
func TSV(rows [][]string) string {
	var out strings.Builder
	for _, r := range rows {
		for j, f := range r {
			if j > 0 {
				out.WriteByte('\t')
			}
			if strings.ContainsAny(f, "\t\n\r\"") {
				f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
			}
			out.WriteString(f)
		}
		out.WriteString("\r\n")
	}
	return out.String()
}
