package xlsx

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// remap says where the rows and columns of a sheet come to stand once the hidden
// and deleted ones are gone.
type remap struct {
	rows, cols []int // those that go, sorted
	dropRow    map[int]bool
	dropCol    map[int]bool
}

func newRemap(s *sheet) *remap {
	m := &remap{dropRow: map[int]bool{}, dropCol: s.hidCols}
	for r, i := range s.rows {
		if i.hidden {
			m.dropRow[r] = true
		}
	}
	for r := range s.gone {
		m.dropRow[r] = true
	}
	m.rows, m.cols = sortedKeys(m.dropRow), sortedKeys(m.dropCol)
	return m
}

func sortedKeys(m map[int]bool) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Ints(out)
	return out
}

func (m *remap) row(r int) int { return r - sort.SearchInts(m.rows, r) }
func (m *remap) col(c int) int { return c - sort.SearchInts(m.cols, c) }

// area gives a range in the new sheet; false if nothing of it is left.
func (m *remap) area(a area) (area, bool) {
	first := func(lo, hi int, drop map[int]bool) int {
		for lo <= hi && drop[lo] {
			lo++
		}
		return lo
	}
	last := func(lo, hi int, drop map[int]bool) int {
		for hi >= lo && drop[hi] {
			hi--
		}
		return hi
	}
	r0, r1 := first(a.r0, a.r1, m.dropRow), last(a.r0, a.r1, m.dropRow)
	c0, c1 := first(a.c0, a.c1, m.dropCol), last(a.c0, a.c1, m.dropCol)
	if r0 > r1 || c0 > c1 {
		return area{}, false
	}
	return area{m.row(r0), m.col(c0), m.row(r1), m.col(c1)}, true
}

func (a area) ref(abs bool) string {
	f := ref
	if abs {
		f = func(r, c int) string { return "$" + colName(c) + "$" + strconv.Itoa(r+1) }
	}
	if a.r0 == a.r1 && a.c0 == a.c1 {
		return f(a.r0, a.c0)
	}
	return f(a.r0, a.c0) + ":" + f(a.r1, a.c1)
}

var (
	rowRange = regexp.MustCompile(`^\$?([0-9]{1,7}):\$?([0-9]{1,7})$`)
	colRange = regexp.MustCompile(`^\$?([A-Z]{1,3}):\$?([A-Z]{1,3})$`)
)

// printRef maps a print area or print titles to the new sheet, "" if it cannot stay.
func (m *remap) printRef(value, newName string) string {
	var out []string
	for _, f := range strings.Split(value, ",") {
		if i := strings.LastIndexByte(f, '!'); i >= 0 {
			f = f[i+1:]
		}
		f = strings.TrimSpace(f)
		got := ""
		if x := rowRange.FindStringSubmatch(f); x != nil {
			lo, _ := strconv.Atoi(x[1])
			hi, _ := strconv.Atoi(x[2])
			if a, ok := m.area(area{lo - 1, 0, min(hi, maxRow) - 1, 0}); ok || lo <= hi && !m.dropRow[lo-1] {
				a.r0, a.r1 = m.row(lo-1), max(m.row(lo-1), m.row(hi)-1)
				got = "$" + strconv.Itoa(a.r0+1) + ":$" + strconv.Itoa(a.r1+1)
			}
		} else if x := colRange.FindStringSubmatch(f); x != nil {
			_, lo, _ := parseRef(x[1] + "1")
			_, hi, _ := parseRef(x[2] + "1")
			a, b := m.col(lo), max(m.col(lo), m.col(hi+1)-1)
			got = "$" + colName(a) + ":$" + colName(b)
		} else if a, ok := parseArea(f); ok {
			if a, ok = m.area(a); ok {
				got = a.ref(true)
			}
		}
		if got == "" {
			return ""
		}
		out = append(out, quoteSheet(newName)+"!"+got)
	}
	return strings.Join(out, ",")
}

func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
