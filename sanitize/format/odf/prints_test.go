package odf_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"jinggao/sanitize/document"

	"jinggao/sanitize/internal/ziptest"
)

// grid is a sheet of rows and columns of text, R1C1 …, with what is to be put into
// its rows; rows and columns of the sets are hidden.
func grid(name, attrs string, rows, cols int, hiddenRows, hiddenCols map[int]bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table:table table:name=%q %s>`, name, attrs)
	hide := map[bool]string{true: ` table:visibility="collapse"`}
	for c := range cols {
		b.WriteString(`<table:table-column` + hide[hiddenCols[c+1]] + `/>`)
	}
	for r := range rows {
		b.WriteString(`<table:table-row` + hide[hiddenRows[r+1]] + `>`)
		for c := range cols {
			fmt.Fprintf(&b, `<table:table-cell office:value-type="string"><text:p>R%dC%d</text:p></table:table-cell>`, r+1, c+1)
		}
		b.WriteString(`</table:table-row>`)
	}
	b.WriteString(`</table:table>`)
	return b.String()
}

var printed = regexp.MustCompile(`table:print-ranges="([^"]*)"`)

// ranges gives the print ranges of a copy.
func ranges(t *testing.T, out *document.Rebuilt) string {
	t.Helper()
	if m := printed.FindStringSubmatch(ziptest.Inside(t, out.Data)); m != nil {
		return m[1]
	}
	return ""
}

func removals(out *document.Rebuilt, kind string) int {
	for _, r := range out.Removed {
		if r.Kind == kind {
			return r.Count
		}
	}
	return 0
}

func TestPrintRanges(t *testing.T) {
	many := strings.Repeat(".A1:.B2 ", 33)
	for name, c := range map[string]struct{ sheet, ranges, want string }{
		"own name":          {"甲", "甲.B2:甲.C3", ".B2:.C3"},
		"fixed":             {"甲", "$甲.$B$2:$甲.$C$3", ".B2:.C3"},
		"quoted":            {"甲 乙:丙's", "'甲 乙:丙''s'.B2:'甲 乙:丙''s'.C3 .E5:.E6", ".B2:.C3 .E5:.E6"},
		"no name":           {"甲", ".B2:.C3", ".B2:.C3"},
		"one cell":          {"甲", "甲.B2", ".B2:.B2"},
		"corners exchanged": {"甲", ".C3:.B2", ".B2:.C3"},
		"another sheet":     {"甲", "乙.B2:乙.C3", ""},
		"outside":           {"甲", ".A1:.B1048577", ""},
		"column outside":    {"甲", ".A1:.XFE1", ""},
		"row of nothing":    {"甲", ".A0:.B2", ""},
		"whole columns":     {"甲", ".A:.C", ""},
		"three corners":     {"甲", ".A1:.B2:.C3", ""},
		"words":             {"甲", "联系韩砚秋", ""},
		"formula":           {"甲", "of:=[.A1]", ""},
		"too many":          {"甲", many, ""},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := strings.ReplaceAll(strings.ReplaceAll(c.sheet, "'", "&apos;"), `"`, "&quot;")
			data := book("", grid(sheet, `table:print-ranges="`+strings.ReplaceAll(c.ranges, "'", "&apos;")+`"`, 6, 5, nil, nil)).pack(t)
			d := read(t, data)
			out := rebuild(t, data)
			sound(t, d, out)
			if got := ranges(t, out); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if lost := removals(out, "打印区域"); (lost == 1) != (c.want == "") {
				t.Errorf("listed %d times", lost)
			}
		})
	}
}

// Rows and columns that go move the ranges with them.
func TestPrintRangesFollowWhatStays(t *testing.T) {
	for name, c := range map[string]struct {
		ranges     string
		rows, cols map[int]bool
		want       string
	}{
		"row before":    {".B3:.C4", map[int]bool{1: true}, nil, ".B2:.C3"},
		"row within":    {".B2:.C4", map[int]bool{3: true}, nil, ".B2:.C3"},
		"column before": {".C2:.D3", nil, map[int]bool{1: true}, ".B2:.C3"},
		"both":          {".B2:.D4", map[int]bool{1: true, 4: true}, map[int]bool{3: true}, ".B1:.C2"},
		"all of one":    {".A2:.B2 .A3:.B3", map[int]bool{2: true}, nil, ".A2:.B2"},
		"all":           {".A2:.B2", map[int]bool{2: true}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			data := book("", grid("甲", `table:print-ranges="`+c.ranges+`"`, 6, 5, c.rows, c.cols)).pack(t)
			out := rebuild(t, data)
			sound(t, read(t, data), out)
			if got := ranges(t, out); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	data := book("", grid("甲", `table:print-ranges=".A3:.B4"`, 6, 5, nil, nil)).pack(t)
	p := read(t, data).Part("sheet/1")
	first := p.Cells[0].Span
	row := document.Span{Start: first.Start, End: p.Cells[4].End}
	out := rebuild(t, data, document.Edit{Part: p.ID, Span: row, Scope: document.ScopeRow})
	if got := ranges(t, out); got != ".A2:.B3" {
		t.Errorf("after a row was taken out: %q in %s", got, ziptest.Inside(t, out.Data))
	}
}
