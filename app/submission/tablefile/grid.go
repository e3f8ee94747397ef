// Package tablefile reads the tables of foreign office files into plain grids of
// text. It knows file formats and nothing of what the tables are about, touches
// no disk and is meant to run in a child process: Read takes bytes and gives
// values that survive JSON.
//
// Everything here works on files from strangers: sizes are limited before
// anything is unpacked, nesting is limited, and a parser that panics costs one
// refusal.
package tablefile

import (
	"strings"

	"jinggao/sanitize/document"
)

// Limits on foreign files.
const (
	MaxFile     = 128 << 20 // bytes of a file as it lies on disk
	maxInflated = 384 << 20 // bytes after unpacking, all parts together
	maxRows     = 200_000   // rows of one table
	maxCols     = 512       // columns of one table
	maxMembers  = 2_000     // members of an archive
	maxNesting  = 3         // archives in archives, tables in tables
)

// Cell is one cell as text, the way a reader of the file sees it: a formula by
// its stored result, a number by its digits.
type Cell struct {
	Text string `json:"text,omitempty"`
	// Date is the ISO date (2026-05-03) or month (2026-05) if the cell is a date by
	// its number format.
	Date string `json:"date,omitempty"`
	// Number is set where the file holds a number and not text.
	Number bool `json:"number,omitempty"`
	// Merged is set where the text belongs to a cell merged over this place.
	Merged bool `json:"merged,omitempty"`
}

// Grid is one table of a foreign file: a sheet, a Word table, a CSV.
type Grid struct {
	File   string `json:"file"`             // base name, or ARCHIVE!MEMBER
	Sheet  string `json:"sheet,omitempty"`  // sheet name; 表 2 for the second table of a document
	Table  int    `json:"table,omitempty"`  // from 1, in a document with tables
	Hidden bool   `json:"hidden,omitempty"` // a hidden sheet
	// Rows[i] is row First+i as the file shows it. Short rows are short.
	Rows  [][]Cell `json:"rows"`
	First int      `json:"first"`
	// HiddenRows are indexes into Rows.
	HiddenRows []int `json:"hidden_rows,omitempty"`
	// Before holds the paragraphs in front of a Word table (title, 部门 …).
	Before []string `json:"before,omitempty"`
}

// Row is the number of Rows[i] as the file shows it.
func (g *Grid) Row(i int) int { return g.First + i }

// Text is the text of a cell; "" outside the grid.
func (g *Grid) Text(row, col int) string {
	if row < 0 || row >= len(g.Rows) || col < 0 || col >= len(g.Rows[row]) {
		return ""
	}
	return g.Rows[row][col].Text
}

// Width is the number of columns of the widest row.
func (g *Grid) Width() int {
	n := 0
	for _, r := range g.Rows {
		n = max(n, len(r))
	}
	return n
}

// File is a file, or a member of an archive or e-mail, with its tables.
type File struct {
	Name    string            `json:"name"` // base name, or ARCHIVE!MEMBER
	Kind    document.Kind     `json:"kind,omitempty"`
	Grids   []Grid            `json:"grids,omitempty"`
	Refused *document.Refusal `json:"refused,omitempty"`
	// Other is set on a member of an archive that is no kind of table file (a PDF, a
	// picture): nothing is wrong with it, nothing was read from it.
	Other bool `json:"other,omitempty"`
}

// trim cuts empty rows at the end and empty cells at the end of each row.
func (g *Grid) trim() {
	for i, r := range g.Rows {
		n := len(r)
		for n > 0 && strings.TrimSpace(r[n-1].Text) == "" {
			n--
		}
		g.Rows[i] = r[:n]
	}
	n := len(g.Rows)
	for n > 0 && len(g.Rows[n-1]) == 0 {
		n--
	}
	g.Rows = g.Rows[:n]
	keep := g.HiddenRows[:0]
	for _, h := range g.HiddenRows {
		if h < n {
			keep = append(keep, h)
		}
	}
	g.HiddenRows = keep
}

// set puts a cell at its place, growing the grid; places beyond the limits are
// refused.
func (g *Grid) set(row, col int, c Cell) error {
	if row < 0 || col < 0 || row >= 1<<20 || len(g.Rows) > maxRows && row >= len(g.Rows) {
		return errTooLarge()
	}
	if row >= maxRows || col >= maxCols {
		if strings.TrimSpace(c.Text) == "" {
			return nil
		}
		return errTooLarge()
	}
	for len(g.Rows) <= row {
		g.Rows = append(g.Rows, nil)
	}
	for len(g.Rows[row]) <= col {
		g.Rows[row] = append(g.Rows[row], Cell{})
	}
	g.Rows[row][col] = c
	return nil
}

// merge copies the text of the upper left cell over the merged range.
func (g *Grid) merge(r0, c0, r1, c1 int) {
	if r0 < 0 || c0 < 0 || r0 >= len(g.Rows) || c0 >= len(g.Rows[r0]) || r1 < r0 || c1 < c0 {
		return
	}
	src := g.Rows[r0][c0]
	if strings.TrimSpace(src.Text) == "" {
		return
	}
	src.Merged = true
	r1, c1 = min(r1, len(g.Rows)-1), min(c1, maxCols-1, c0+64)
	for r := r0; r <= r1; r++ {
		for c := c0; c <= c1; c++ {
			if (r != r0 || c != c0) && g.Text(r, c) == "" {
				_ = g.set(r, c, src) // inside the limits by the lines above
			}
		}
	}
}

func errTooLarge() *document.Refusal {
	return &document.Refusal{What: "表格过大，未读取", Why: "行列数超出处理范围", Do: "请只保留申报情况统计表，另存后再导入"}
}

func errDamaged(detail string) *document.Refusal {
	return &document.Refusal{What: "文件无法读取", Why: "内容已损坏或不完整", Do: "请用 WPS 或 Office 打开后另存为 .xlsx，再导入", Detail: detail}
}
