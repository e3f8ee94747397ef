package ooxml

import (
	"strings"
	"unicode"

	"jinggao/sanitize/document"
)

// LabelCells names the cells of each table of a part by their column head, or,
// where the table is a form, by the cell at their left.
func LabelCells(cells []document.Cell, text string) {
	if len(cells) == 0 {
		return
	}
	runes := []rune(text)
	tables := map[int][]int{}
	var order []int
	for i := range cells {
		t := cells[i].Table
		if _, ok := tables[t]; !ok {
			order = append(order, t)
		}
		tables[t] = append(tables[t], i)
	}
	for _, t := range order {
		labelTable(cells, tables[t], runes)
	}
}

func labelTable(cells []document.Cell, idx []int, runes []rune) {
	at := func(i int) string { return strings.TrimSpace(string(runes[cells[i].Start:cells[i].End])) }
	rows := map[int][]int{}
	last := 0
	for _, i := range idx {
		rows[cells[i].Row] = append(rows[cells[i].Row], i)
		last = max(last, cells[i].Row)
	}
	head := headOf(rows, last, at)
	heads := map[int]string{}
	if head >= 0 {
		for _, i := range rows[head] {
			heads[cells[i].Col] = at(i)
		}
	}
	for r, is := range rows {
		for k, i := range is {
			switch {
			case head >= 0 && r > head:
				cells[i].Label = clip(heads[cells[i].Col])
			case head < 0 && k > 0:
				if l := at(is[k-1]); labelLike(l) {
					cells[i].Label = clip(strings.TrimRight(l, "：: "))
				}
			}
		}
	}
}

// headOf is the row of heads: among the first rows one of at least three short,
// different cells, or a first row of two above numbers; -1 if the table has none.
func headOf(rows map[int][]int, last int, at func(int) string) int {
	for r := 0; r <= min(last-1, 5); r++ {
		if headRow(rows[r], at) && len(rows[r]) >= 3 {
			return r
		}
	}
	first, next := rows[0], rows[1]
	if last < 2 || len(first) != 2 || len(next) != 2 || !headRow(first, at) {
		return -1
	}
	name := at(first[1])
	if !strings.HasSuffix(name, "：") && digits(name) == 0 && len([]rune(name)) <= 4 && digits(at(next[1])) > 0 {
		return 0
	}
	return -1
}

func headRow(is []int, at func(int) string) bool {
	seen := map[string]bool{}
	for _, i := range is {
		s := at(i)
		if s == "" || !labelLike(s) || seen[s] {
			return false
		}
		seen[s] = true
	}
	return len(is) >= 2
}

func labelLike(s string) bool {
	n := 0
	letters := false
	for _, r := range s {
		n++
		letters = letters || unicode.IsLetter(r)
	}
	return n > 0 && n <= 20 && letters && digits(s) <= 2 && !strings.ContainsAny(s, "。；@")
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), "")
	if r := []rune(s); len(r) > 24 {
		return string(r[:24])
	}
	return s
}
