package tablefile

import (
	"strconv"

	"jinggao/sanitize/format/doc"
	"jinggao/sanitize/format/xls"
)

// readXLS reads the sheets of a 97–2003 workbook (and of WPS .et, which is the same).
func readXLS(data []byte) ([]Grid, error) {
	b, err := xls.Open(data)
	if err != nil {
		return nil, err
	}
	var out []Grid
	for _, sh := range b.Sheets {
		if sh.Kind != 0 { // charts and macro sheets
			continue
		}
		g := Grid{Sheet: sh.Name, First: 1, Hidden: sh.Hidden}
		for i := range sh.Cells {
			if err := g.set(sh.Cells[i].Row, sh.Cells[i].Col, xlsCell(&sh.Cells[i], b.Date1904)); err != nil {
				return nil, err
			}
		}
		for r := range g.Rows {
			if sh.HiddenRows[r] {
				g.HiddenRows = append(g.HiddenRows, r)
			}
		}
		for _, m := range sh.Merges {
			g.merge(m[0], m[1], m[2], m[3])
		}
		out = append(out, g)
	}
	return out, nil
}

func xlsCell(c *xls.Cell, date1904 bool) Cell {
	if !c.Number {
		return Cell{Text: c.Text}
	}
	nf := builtin(c.FormatID)
	if !nf.date && c.Format != "" {
		nf = parseFormat(c.Format)
	}
	return numberCell(c.Value, nf, date1904)
}

// readDOC reads the tables of a 97–2003 Word document (and of WPS Writer .wps,
// which is the same).
func readDOC(data []byte) ([]Grid, error) {
	f, err := doc.Open(data)
	if err != nil {
		return nil, err
	}
	var out []Grid
	for n, t := range f.Tables() {
		g := Grid{Table: n + 1, Sheet: "表 " + strconv.Itoa(n+1), First: 1, Before: t.Before}
		for r, row := range t.Rows {
			if r >= maxRows {
				return nil, errTooLarge()
			}
			cells := make([]Cell, 0, len(row))
			for i, c := range row[:min(len(row), maxCols)] {
				one := Cell{Text: c.Text}
				if c.Below && c.Text == "" && r > 0 {
					one = Cell{Text: g.Text(r-1, i), Merged: true}
				}
				cells = append(cells, one)
			}
			g.Rows = append(g.Rows, cells)
		}
		out = append(out, g)
	}
	return out, nil
}
