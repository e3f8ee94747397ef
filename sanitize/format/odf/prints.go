package odf

import (
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
)

// maxPrints is how many print ranges a sheet may have in a copy.
const maxPrints = 32

// block is a block of cells, its last row and column within it, counted from 0.
type block struct{ top, left, bottom, right int }

// cornerShape is a corner of a range: an optional name of a sheet, then the cell.
var cornerShape = regexp.MustCompile(`^\$?(?:([^.' ]*)|'((?:[^']|'')*)')\.\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$`)

// printRanges reads the ranges of a sheet that are printed; false if any of them is
// no block of cells of this sheet.
func printRanges(value, sheet string) ([]block, bool) {
	var out []block
	for _, word := range unquoted(value, ' ') {
		if word == "" {
			continue
		}
		ends := unquoted(word, ':')
		if len(ends) == 1 {
			ends = append(ends, ends[0])
		}
		if len(ends) != 2 || len(out) == maxPrints {
			return nil, false
		}
		r1, c1, ok1 := corner(ends[0], sheet)
		r2, c2, ok2 := corner(ends[1], sheet)
		if !ok1 || !ok2 {
			return nil, false
		}
		out = append(out, block{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)})
	}
	return out, len(out) > 0
}

// unquoted cuts at a sign where it does not stand inside the quoted name of a sheet.
func unquoted(s string, at rune) []string {
	in := false
	var out []string
	begin := 0
	for i, c := range s {
		switch {
		case c == '\'':
			in = !in
		case c == at && !in:
			out = append(out, s[begin:i])
			begin = i + 1
		}
	}
	return append(out, s[begin:])
}

func corner(s, sheet string) (row, col int, ok bool) {
	m := cornerShape.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	if name := m[1] + strings.ReplaceAll(m[2], "''", "'"); name != "" && name != sheet {
		return 0, 0, false
	}
	for _, c := range m[3] {
		col = col*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(m[4])
	return row - 1, col - 1, err == nil && row <= maxRows && col <= maxCols
}

// printed looks at what of a sheet is printed: what cannot stay is listed.
func (r *reader) printed(t *node, name string) {
	v := t.Attr("table:print-ranges")
	if v == "" {
		return
	}
	if _, ok := printRanges(v, name); ok {
		return
	}
	r.removed.Add("打印区域", 1)
	if telling.MatchString(v) {
		r.hide("N03", "异常属性值", document.RoleOther, v)
	}
	t.DropAttr("table:print-ranges")
}

// ranges gives the print ranges of a sheet as they are once its dropped rows and
// hidden columns are out, "" if none is left.
func (w *writer) ranges(t *node, name string, hidden map[int]bool) string {
	areas, ok := printRanges(t.Attr("table:print-ranges"), name)
	if !ok {
		return ""
	}
	rows := w.r.rowsLeft(t)
	cols := shift{}
	for c := range maxCols {
		if hidden[c] {
			cols.out(c, 1)
		}
	}
	var out []string
	for _, a := range areas {
		top, bottom := rows.before(a.top), rows.before(a.bottom+1)-1
		left, right := cols.before(a.left), cols.before(a.right+1)-1
		if top <= bottom && left <= right {
			out = append(out, "."+fresh.Ref(top, left)+":."+fresh.Ref(bottom, right))
		}
	}
	return strings.Join(out, " ")
}

// shift counts rows or columns anew after some have gone.
type shift struct{ gone [][2]int } // first and number, in order

func (s *shift) out(first, n int) { s.gone = append(s.gone, [2]int{first, n}) }

// before is how many of the first n are left.
func (s *shift) before(n int) int {
	left := n
	for _, g := range s.gone {
		left -= max(0, min(n-g[0], g[1]))
	}
	return left
}

// rowsLeft tells which rows of a sheet go.
func (r *reader) rowsLeft(t *node) *shift {
	s := &shift{}
	at := 0
	for _, x := range tableRows(t) {
		n := repeat(x.row.Attr("table:number-rows-repeated"), maxRows)
		if r.drop[x.row] {
			s.out(at, n)
		}
		at += n
	}
	return s
}
