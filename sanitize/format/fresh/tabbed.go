package fresh

import (
	"strings"

	"jinggao/sanitize/document"
)

// tabbed gives the cells of rows parted by tabs: lines in a row with as many of them. A
// single such line is no table.
func tabbed(text string) []document.Cell {
	var out, rows []document.Cell
	table, width, row, at := 0, 0, 0, 0
	flush := func() {
		if row > 1 {
			out = append(out, rows...)
			table++
		}
		rows, row = nil, 0
	}
	for line := range strings.SplitSeq(text, "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != width {
			flush()
		}
		width = len(cells)
		if width == 1 {
			at += len([]rune(line)) + 1
			continue
		}
		for col, c := range cells {
			n := len([]rune(c))
			rows = append(rows, document.Cell{Span: document.Span{Start: at, End: at + n}, Table: table, Row: row, Col: col})
			at += n + 1
		}
		row++
	}
	flush()
	return out
}
