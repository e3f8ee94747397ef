package doc

import "strings"

// TableCell is a cell of a table of the main text.
type TableCell struct {
	Text  string
	Below bool // merged with the cell above it
}

// Table is a table of the main text with the paragraphs before it.
type Table struct {
	Before []string
	Rows   [][]TableCell
}

// Tables gives the tables of the main text; hidden and deleted text is no text.
// Tables with nothing but blank lines between them count as one.
func (f *File) Tables() []Table {
	s := f.layout(f.bounds(storyMain))
	var out []Table
	var before []string
	at, last := 0, [2]int{-1, -1}
	for i, c := range s.cells {
		if key := [2]int{c.Table, c.Row}; key != last {
			if c.Table != last[0] {
				lines := nonBlank(string(s.text[at:c.Start]))
				before = append(before, lines...)
				if len(out) == 0 || len(lines) > 0 {
					out = append(out, Table{Before: before})
					before = nil
				}
			}
			t := &out[len(out)-1]
			t.Rows = append(t.Rows, nil)
			last = key
		}
		t := &out[len(out)-1]
		row := &t.Rows[len(t.Rows)-1]
		*row = append(*row, TableCell{Text: strings.TrimSpace(string(s.text[c.Start:c.End])), Below: s.below[i]})
		at = c.End
	}
	return out
}

func nonBlank(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
