// Package manual lays the user manual out as one text for the document view, with its
// headings. It knows the little Markdown that the manual is written in: headings,
// paragraphs, lists, tables of two or more columns, bold, code.
package manual

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Head is a heading in the text: its runes [Start, End) and its rank, 1 for the title.
// A paragraph that begins with words in bold is a place of rank 3 without runes.
type Head struct {
	Start, End int
	Rank       int
	Title      string
}

// Page is the manual as it is shown.
type Page struct {
	Text  []rune
	Heads []Head
}

// Lay lays Markdown out.
func Lay(markdown string) *Page {
	p := &Page{}
	for _, b := range blocks(strings.ReplaceAll(markdown, "\r\n", "\n")) {
		p.add(b)
	}
	return p
}

// kind says what a block is.
type kind int

const (
	paragraph kind = iota
	heading
	item // of a list
	row  // of a table
)

type block struct {
	kind  kind
	rank  int // of a heading
	first bool
	text  string
	lead  string // words in bold that a paragraph begins with
	cells []string
}

// blocks cuts Markdown into blocks; lines that belong together are joined.
func blocks(markdown string) []block {
	var out []block
	open := false // the last block goes on in the next line
	inTable := false
	for _, line := range strings.Split(markdown, "\n") {
		line = strings.TrimSpace(line)
		table := strings.HasPrefix(line, "|")
		switch {
		case line == "":
			open = false
		case strings.HasPrefix(line, "#"):
			title := strings.TrimLeft(line, "#")
			out = append(out, block{kind: heading, rank: len(line) - len(title), text: plain(title)})
			open = false
		case table:
			if cells := cells(line); inTable && cells != nil { // the first row names the columns, the next rules them off
				out = append(out, block{kind: row, first: out[len(out)-1].kind != row, cells: cells})
			}
			open = false
		case marker(line) != "":
			m := marker(line)
			out = append(out, block{kind: item, first: !listed(out), text: bullet(m) + plain(line[len(m):])})
			open = true
		case open:
			last := &out[len(out)-1]
			last.text = join(last.text, plain(line))
		default:
			out = append(out, block{kind: paragraph, text: plain(line), lead: lead(line)})
			open = true
		}
		inTable = table
	}
	return out
}

// lead gives the words in bold that a line begins with.
func lead(line string) string {
	rest, ok := strings.CutPrefix(line, "**")
	words, _, closed := strings.Cut(rest, "**")
	if !ok || !closed {
		return ""
	}
	return strings.TrimRight(words, "。：，")
}

func listed(out []block) bool { return len(out) > 0 && out[len(out)-1].kind == item }

// marker is what begins an item of a list: "- ", "1. "; "" for other lines.
func marker(line string) string {
	if strings.HasPrefix(line, "- ") {
		return "- "
	}
	digits := strings.TrimLeft(line, "0123456789")
	if n := len(line) - len(digits); n > 0 && strings.HasPrefix(digits, ". ") {
		return line[:n+2]
	}
	return ""
}

func bullet(marker string) string {
	if marker == "- " {
		return "• "
	}
	return marker
}

// cells are the cells of a row; nil for the line that rules the head off.
func cells(line string) []string {
	if strings.Trim(line, "|-: ") == "" {
		return nil
	}
	parts := strings.Split(strings.Trim(line, "|"), "|")
	for i := range parts {
		parts[i] = plain(strings.TrimSpace(parts[i]))
	}
	return parts
}

// plain takes the marks of bold and code away.
func plain(s string) string {
	return strings.NewReplacer("**", "", "`", "").Replace(strings.TrimSpace(s))
}

// join joins two lines of a paragraph, with a blank between words of an alphabet only.
func join(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if last < 0x80 && first < 0x80 && !unicode.IsSpace(last) {
		return a + " " + b
	}
	return a + b
}

// add writes a block with its distance from the one before.
func (p *Page) add(b block) {
	if len(p.Text) > 0 {
		p.Text = append(p.Text, '\n')
		if b.kind == heading || b.kind == paragraph || b.first {
			p.Text = append(p.Text, '\n')
		}
	}
	start := len(p.Text)
	switch b.kind {
	case heading:
		p.Text = append(p.Text, []rune(b.text)...)
		p.Heads = append(p.Heads, Head{start, len(p.Text), b.rank, b.text})
	case row:
		p.Text = append(p.Text, []rune("【"+b.cells[0]+"】"+strings.Join(b.cells[1:], "　"))...)
	default:
		if b.lead != "" {
			p.Heads = append(p.Heads, Head{start, start, 3, b.lead})
		}
		p.Text = append(p.Text, []rune(b.text)...)
	}
}
