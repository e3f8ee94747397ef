package casefile_test

import (
	"fmt"
	"slices"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
)

// TestEditAndAppendIsOneStep takes a paste that overlays two rows and adds one back at
// once.
func TestEditAndAppendIsOneStep(t *testing.T) {
	c := create(t)
	ids := addRows(t, c, "甲", "乙")
	edits := []casefile.CellEdit{{Row: ids[0], Column: submission.ColTitle, Text: "甲二"}, {Row: ids[1], Column: submission.ColTitle, Text: "乙二"}}
	added, err := c.EditAndAppend("粘贴 3 行", edits, []submission.Row{{Title: "丙"}})
	must(t, err)
	if len(added) != 1 || added[0] == "" {
		t.Fatalf("IDs of new rows: %v", added)
	}
	if got := titles(c); !slices.Equal(got, []string{"甲二", "乙二", "丙"}) {
		t.Fatal(got)
	}
	step, err := c.Undo()
	must(t, err)
	if got := titles(c); step.Label != "粘贴 3 行" || !slices.Equal(got, []string{"甲", "乙"}) {
		t.Fatalf("after one undo: %v (%s)", got, step.Label)
	}
	_, err = c.Redo()
	must(t, err)
	if got := titles(reopen(t, c)); !slices.Equal(got, []string{"甲二", "乙二", "丙"}) {
		t.Fatalf("after redo and reopening: %v", got)
	}
}

// TestEditAndAppendRefusesAsAWhole leaves everything as it was where a row is gone.
func TestEditAndAppendRefusesAsAWhole(t *testing.T) {
	c := create(t)
	addRows(t, c, "甲")
	if _, err := c.EditAndAppend("粘贴", []casefile.CellEdit{{Row: "gone", Column: submission.ColTitle, Text: "乙"}}, []submission.Row{{Title: "丙"}}); err == nil {
		t.Fatal("an edit of a row that is gone went through")
	}
	if got := titles(c); !slices.Equal(got, []string{"甲"}) {
		t.Fatal(got)
	}
}

// BenchmarkReorder turns 5,000 rows around: a sort by a column.
func BenchmarkReorder(b *testing.B) {
	c, err := casefile.Create(b.TempDir()+"/试.jgc", casefile.Info{Title: "试"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Close() })
	rows := make([]submission.Row, 5000)
	for i := range rows {
		rows[i].Title, rows[i].Applicant = fmt.Sprintf("面向复杂场景的智能系统第 %d 号", i), "某某某某某某有限公司"
	}
	ids, err := c.AppendRows("", rows)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		slices.Reverse(ids)
		if err := c.Reorder("排序", ids); err != nil {
			b.Fatal(err)
		}
	}
}
