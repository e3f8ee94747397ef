// Package tsv reads and writes the table text that Excel and WPS put on the
// clipboard: cells parted by tabs, rows by line breaks, a cell that holds either of
// them or a quotation mark in quotation marks, with inner ones doubled.
package tsv

import "strings"

// Parse cuts a text into rows of cells. A quotation mark opens a quoted cell only at
// the beginning of a cell and only if a closing one before a tab, a line break or the
// end exists; else it is an ordinary character. The line break at the end of the text
// gives no further row. An empty text has no rows.
func Parse(text string) [][]string {
	if text == "" {
		return nil
	}
	var rows [][]string
	row := []string{}
	for i := 0; i <= len(text); {
		cell, next := cellAt(text, i)
		row = append(row, cell)
		if next < len(text) && text[next] == '\t' {
			i = next + 1
			continue
		}
		rows = append(rows, row)
		row = []string{}
		if next >= len(text) {
			break
		}
		i = next + 1
		if text[next] == '\r' && i < len(text) && text[i] == '\n' {
			i++
		}
		if i >= len(text) {
			break
		}
	}
	return rows
}

// cellAt reads the cell that begins at i; next is the index of what ended it.
func cellAt(text string, i int) (cell string, next int) {
	if i < len(text) && text[i] == '"' {
		if cell, next, ok := quoted(text, i+1); ok {
			return cell, next
		}
	}
	n := strings.IndexAny(text[i:], "\t\r\n")
	if n < 0 {
		return text[i:], len(text)
	}
	return text[i : i+n], i + n
}

func quoted(text string, i int) (cell string, next int, ok bool) {
	var b strings.Builder
	for i < len(text) {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return "", 0, false
		}
		b.WriteString(text[i : i+n])
		i += n + 1
		if i < len(text) && text[i] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		if i == len(text) || strings.IndexByte("\t\r\n", text[i]) >= 0 {
			return strings.ReplaceAll(b.String(), "\r\n", "\n"), i, true
		}
		return "", 0, false
	}
	return "", 0, false
}

// Format writes rows as Parse reads them, rows ended by CRLF.
func Format(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if strings.ContainsAny(cell, "\t\r\n\"") {
				b.WriteByte('"')
				b.WriteString(strings.ReplaceAll(cell, `"`, `""`))
				b.WriteByte('"')
			} else {
				b.WriteString(cell)
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}
