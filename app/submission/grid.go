package submission

// Cell is one cell of a foreign table as text, the way a reader of the file sees
// it: a formula by its stored result, a number without a format by its digits.
type Cell struct {
	Text string `json:"text,omitempty"`
	// Date is the ISO date if the cell is a date by its number format.
	Date string `json:"date,omitempty"`
	// Number is set where the file holds a number and not text.
	Number bool `json:"number,omitempty"`
	// Merged is set where the text belongs to a cell merged over this place.
	Merged bool `json:"merged,omitempty"`
}

// Grid is one table of a foreign file: a sheet, a Word table, a CSV.
type Grid struct {
	File   string   `json:"file"`            // base name, or ARCHIVE!MEMBER
	Sheet  string   `json:"sheet,omitempty"` // sheet name; 表 2 for the second table of a document
	Table  int      `json:"table,omitempty"` // from 1, in a document with tables
	Hidden bool     `json:"hidden,omitempty"`
	Rows   [][]Cell `json:"rows"`
	// First is the number of Rows[0] as the file shows it (from 1).
	First int `json:"first"`
	// HiddenRows are indexes into Rows.
	HiddenRows []int `json:"hidden_rows,omitempty"`
	// Before holds paragraphs in front of a Word table (title, 部门 …).
	Before []string `json:"before,omitempty"`
}

// Mapping says which column of a grid is which. It is guessed by Guess, shown to
// the person, corrected, and handed to Take.
type Mapping struct {
	// Head is the index of the first row of the header, Body that of the first row
	// below it. Head is -1 where the grid has no header that was recognised.
	Head, Body int
	// Columns maps a column of the table to a column index of the grid (from 0).
	Columns map[Column]int
	// Both is set where one grid column holds name and number (联系人及电话).
	Both bool
	// Words are the header words as written, by grid column.
	Words []string
	// Score is how sure the guess is, 0 to 1.
	Score float64
}

// Skipped is a line of a grid that gave no row of its own, and why.
type Skipped struct {
	Source Source `json:"source"`
	Reason string `json:"reason"` // Chinese: 空行, 合计行, 说明行, 小标题 …
	Text   string `json:"text,omitempty"`
}

// Taken is what came out of one grid.
type Taken struct {
	Grid     *Grid
	Mapping  Mapping
	Rows     []Row     // with sources, nothing merged
	Header   Header    // 部门/联系人/联系方式 as found around the table
	Skipped  []Skipped // every line that is no row, in order
	Problems []Problem // about the grid and about lines of it
}

// Imported is what came out of one file (an archive: of all its members).
type Imported struct {
	File   string
	Tables []Taken
	// Refused holds the members (or the file itself) that could not be read.
	Refused []FileRefusal
}

// FileRefusal says which file was not read, and why.
type FileRefusal struct {
	File string
	Err  error // usually a *document.Refusal
}

// Rows joins the rows of all tables.
func (im *Imported) Rows() []Row {
	var out []Row
	for i := range im.Tables {
		out = append(out, im.Tables[i].Rows...)
	}
	return out
}

// Problems joins the problems of all tables.
func (im *Imported) Problems() []Problem {
	var out []Problem
	for i := range im.Tables {
		out = append(out, im.Tables[i].Problems...)
	}
	return out
}
