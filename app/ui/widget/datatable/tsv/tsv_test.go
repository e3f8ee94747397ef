package tsv_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/app/ui/widget/datatable/tsv"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"nothing", "", nil},
		{"one cell", "张三", [][]string{{"张三"}}},
		{"one row", "1\t项目\t\r\n", [][]string{{"1", "项目", ""}}},
		{"two rows", "a\tb\nc\td", [][]string{{"a", "b"}, {"c", "d"}}},
		{"empty row between", "a\r\n\r\nb\r\n", [][]string{{"a"}, {""}, {"b"}}},
		{"quoted line break", "\"一\r\n二\"\tb\r\n", [][]string{{"一\n二", "b"}}},
		{"doubled mark", "\"他说\"\"好\"\"\"\tb", [][]string{{`他说"好"`, "b"}}},
		{"mark inside is plain", "5\" 屏\tb", [][]string{{`5" 屏`, "b"}}},
		{"mark never closed", "\"甲\tb\nc", [][]string{{`"甲`, "b"}, {"c"}}},
		{"mark closed in mid-cell", "\"甲\"乙\tb", [][]string{{`"甲"乙`, "b"}}},
		{"lone carriage return", "a\rb", [][]string{{"a"}, {"b"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := tsv.Parse(c.text); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFormatThenParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("甲乙a1\t\n\" ")))
		width := rapid.IntRange(1, 4).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 5).Draw(t, "rows")
		got := tsv.Parse(tsv.Format(rows))
		if !reflect.DeepEqual(got, rows) {
			t.Fatalf("got %q, want %q", got, rows)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a\tb\r\n", "\"a\"\"\"\t", "\"\n\r\t\"", "\r\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		total := 0
		for _, row := range tsv.Parse(s) {
			if len(row) == 0 {
				t.Fatal("row without cells")
			}
			total += len(strings.Join(row, ""))
		}
		if total > len(s) {
			t.Fatalf("%d bytes out of %d", total, len(s))
		}
	})
}
