package submission

import "jinggao/app/submission/tablefile"

// Grid is one table of a foreign file: a sheet, a Word table, a CSV.
type Grid = tablefile.Grid

// Mapping says which column of a grid is which. It is guessed by Guess, shown to
// the person, corrected, and handed to Take.
type Mapping struct {
	// Head is the index of the first row of the header, Body that of the first row
	// below it. Head is -1 where the grid has no header that was recognised.
	Head, Body int
	// Columns maps a column of the table to a column index of the grid (from 0).
	Columns map[Column]int
	// More are further grid columns of the same kind (手机 and 座机); their texts are
	// joined to the first.
	More map[Column][]int
	// Both is set where one grid column holds name and number (联系人及电话).
	Both bool
	// Ticks are columns headed by the name of a category, to be ticked.
	Ticks map[int]string
	// Words are the header words as written, by grid column.
	Words []string
	// Score is how sure the guess is, 0 to 1.
	Score float64
}

// Left says why a table was read but is not taken over unless a person asks for it.
type Left string

// Reasons for leaving a table.
const (
	LeftNot    Left = ""
	LeftHidden Left = "隐藏的工作表"
	LeftOld    Left = "往年的表"
)

// Skipped is a line of a grid that gave no row of its own, and why.
type Skipped struct {
	Source Source
	Reason string // Chinese: 空行, 合计行, 说明行, 小标题 …
	Text   string
}

// Taken is what came out of one grid.
type Taken struct {
	Grid     *Grid
	Mapping  Mapping
	Left     Left
	Rows     []Row     // with sources, nothing merged
	Header   Header    // 部门/联系人/联系方式 as found around the table
	Skipped  []Skipped // every line that is no row, in order
	Problems []Problem // about the grid and about lines of it
}

// Imported is what came out of one file (an archive: of all its members).
type Imported struct {
	File   string
	Tables []Taken
	// General problems are about the file as a whole: members that are no tables …
	General []Problem
	// Refused holds the members (or the file itself) that could not be read.
	Refused []FileRefusal
}

// FileRefusal says which file was not read, and why.
type FileRefusal struct {
	File string
	Err  error // a *document.Refusal
}

// Rows joins the rows of all tables that are taken over.
func (im *Imported) Rows() []Row {
	var out []Row
	for i := range im.Tables {
		if im.Tables[i].Left == LeftNot {
			out = append(out, im.Tables[i].Rows...)
		}
	}
	return out
}

// Problems joins the problems of the file and of all its tables.
func (im *Imported) Problems() []Problem {
	out := append([]Problem(nil), im.General...)
	for i := range im.Tables {
		out = append(out, im.Tables[i].Problems...)
	}
	return out
}
