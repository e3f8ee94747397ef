package detect_test

import (
	"fmt"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

func TestTables(t *testing.T) {
	e, _ := loaded()
	text, cells := "姓名\t房间\t分机\n", []document.Cell{}
	at := 0
	add := func(line string, row int) {
		for col, f := range strings.Split(line, "\t") {
			n := len([]rune(f))
			cells = append(cells, document.Cell{Span: document.Span{Start: at, End: at + n}, Row: row, Col: col, Ref: fmt.Sprintf("%c%d", 'A'+col, row+1)})
			at += n + 1
		}
	}
	add("姓名\t房间\t分机", 0)
	for i := range 3 {
		line := fmt.Sprintf("许望%d舒\t11%02d\t602%d", i, i, i)
		text += line + "\n"
		add(line, i+1)
	}
	fs := scanDocument(t, e, &document.Document{Parts: []document.Part{{ID: "sheet/1", Label: "工作表 值班", Role: document.RoleBody, Text: text, Cells: cells}}})
	if len(hits(fs, "M10", finding.S3)) == 0 {
		t.Error("a directory with rooms: " + summary(fs))
	}
	text = "总体方案\t密级\t机密\n"
	cells = []document.Cell{{Span: document.Span{Start: 0, End: 4}, Ref: "A1"}, {Span: document.Span{Start: 5, End: 7}, Col: 1, Ref: "B1"}, {Span: document.Span{Start: 8, End: 10}, Col: 2, Ref: "C1"}}
	fs = scanDocument(t, e, &document.Document{Parts: []document.Part{{ID: "sheet/1", Label: "工作表 清单", Role: document.RoleBody, Text: text, Cells: cells}}})
	if got := hits(fs, "A03", finding.S1); len(got) != 1 || got[0].Where != "工作表 清单 C1" && got[0].Where != "工作表 清单 第1段" {
		t.Error("label and value side by side: " + summary(fs))
	}
}
