// Package csv reads comma, tab or semicolon separated tables: one part 正文 that
// is the decoded text as it stands (quotes and separators included), with the
// cells marked in it and each cell under its column head. Encodings and rebuild
// are those of package text; a replacement never breaks the table.
package csv

import (
	"context"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/text"
)

// Read gives the file as one part with Cells.
func Read(_ context.Context, src document.Source) (*document.Document, error) {
	d, err := text.Decode(src.Data)
	if err != nil {
		return nil, err
	}
	return &document.Document{Name: src.Name, Kind: "csv", Unchecked: d.Unread(), Parts: []document.Part{{
		ID: text.PartID, Label: "正文", Role: document.RoleBody, Text: d.Text, Marks: text.Top(d.Runes),
		Cells: cells(d.Runes, separator(d.Runes)),
	}}}, nil
}

// Rebuild carries out the plan in the file's own encoding.
func Rebuild(_ context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	d, err := text.Decode(src.Data)
	if err != nil {
		return nil, err
	}
	edits := text.EditsOf(plan, text.PartID)
	for i := range edits {
		edits[i].Text = harmless.Replace(edits[i].Text)
	}
	data, err := d.Splice(edits)
	if err != nil {
		return nil, err
	}
	return &document.Rebuilt{Kind: "csv", Ext: text.Extension(src.Name, ".csv"), Data: data, Unchecked: d.Unread()}, nil
}

// harmless swaps what would end a cell for its full-width or typographic form.
var harmless = strings.NewReplacer(",", "，", "\t", " ", ";", "；", `"`, "”", "\n", " ")

// separator is the sign that parts most of the first lines.
func separator(t []rune) rune {
	count := map[rune]int{}
	lines, quoted := 0, false
	for _, r := range t {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n':
			lines++
		case r == ',' || r == '\t' || r == ';':
			count[r]++
		}
		if lines == 20 {
			break
		}
	}
	best := ','
	for _, r := range []rune{'\t', ';'} {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}

// cells marks every cell, its quotes left out. An open quote ends with the text.
func cells(t []rune, sep rune) []document.Cell {
	var out []document.Cell
	row, col, i := 0, 0, 0
	for i < len(t) {
		quoted := t[i] == '"'
		s := document.Span{Start: i}
		if quoted {
			s = document.Span{Start: i + 1, End: closing(t, i+1)}
			i = s.End
		}
		for i < len(t) && t[i] != sep && t[i] != '\n' {
			i++
		}
		if !quoted {
			s.End = i
		}
		out = append(out, document.Cell{Span: s, Row: row, Col: col})
		col++
		if i < len(t) && t[i] == '\n' {
			row, col = row+1, 0
		}
		i++
	}
	label(t, out)
	return out
}

// closing is the place of the quote that ends a quoted cell begun before i.
func closing(t []rune, i int) int {
	for ; i < len(t); i++ {
		if t[i] != '"' {
			continue
		}
		if i+1 < len(t) && t[i+1] == '"' {
			i++
			continue
		}
		return i
	}
	return len(t)
}

// label gives each cell its column head: the first row with two cells that hold something.
func label(t []rune, cs []document.Cell) {
	head, filled := -1, map[int]int{}
	for _, c := range cs {
		if strings.TrimSpace(string(t[c.Start:c.End])) != "" {
			filled[c.Row]++
			if filled[c.Row] == 2 {
				head = c.Row
				break
			}
		}
	}
	if head < 0 {
		return
	}
	heads := map[int]string{}
	for i := range cs {
		switch c := &cs[i]; {
		case c.Row == head:
			heads[c.Col] = strings.TrimSpace(string(t[c.Start:c.End]))
		case c.Row > head:
			c.Label = heads[c.Col]
		}
	}
}
