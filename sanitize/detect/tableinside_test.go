package detect_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

// TestListHidesNothingInside holds that a list of persons, found as a whole, does
// not swallow what stands in a column that is not personal by its head.
func TestListHidesNothingInside(t *testing.T) {
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := detect.New(set, detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := []string{"某奖项申报情况统计表", "序号\t姓名\t联系电话\t备注"}
	for i := range 12 {
		rows = append(rows, fmt.Sprintf("%d\t陆念一\t1990000%04d\t无", i+1, i))
	}
	rows[5] = "4\t费知遥\t19900001357\t奖金请汇至开户行浦江支行，账号：31885694116164897。"
	p := document.Part{ID: "sheet", Label: "工作表 名单", Role: document.RoleBody, Text: strings.Join(rows, "\n")}
	at := 0
	for r, line := range rows {
		for c, cell := range strings.Split(line, "\t") {
			n := len([]rune(cell))
			p.Cells = append(p.Cells, document.Cell{Span: document.Span{Start: at, End: at + n}, Row: r, Col: c})
			at += n + 1
		}
	}
	found, err := engine.Scan(context.Background(), &document.Document{Name: "名单.xlsx", Kind: "xlsx", Parts: []document.Part{p}})
	if err != nil {
		t.Fatal(err)
	}
	byRule := map[string]int{}
	for i := range found {
		byRule[found[i].Rule]++
	}
	if byRule["I24"] == 0 || byRule["I07"] != 1 || byRule["I03"] < 12 {
		t.Errorf("findings by rule: %v, want the list, one account and every phone", byRule)
	}
}
