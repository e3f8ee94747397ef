// Package rulebooktest holds lists and rule packs as a bureau makes them, for the tests
// of what reads and shows them.
package rulebooktest

import (
	"testing"

	"github.com/xuri/excelize/v2"
)

// Pack is a sound rule pack of one rule, K90, with its two texts.
const Pack = `version = "2026.12"
[[rule]]
id = "K90"
name = "项目代号"
level = "S2"
basis = "本单位规定"
about = "本单位项目代号"
base = 0.8
terms = ["沧澜计划"]
yes = ["参加沧澜计划。"]
no = ["沧澜江上。"]
[rule.treatment]
action = "delete"
`

// Workbook writes a spreadsheet of the rows to path, which it gives back.
func Workbook(t testing.TB, path string, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", at, &r); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}
