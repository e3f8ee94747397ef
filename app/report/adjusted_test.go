package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jinggao/app/report"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// rowsOf writes a report and gives the text of one of its sheets.
func rowsOf(t *testing.T, in report.Input, sheet string) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteXLSX(&b, in); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range rows {
		lines = append(lines, strings.Join(r, "|"))
	}
	return strings.Join(lines, "\n")
}

func TestAdjustedRulesStandInTheReport(t *testing.T) {
	_, in := caseWithFindings(t)
	if text := rowsOf(t, in, "概览"); !strings.Contains(text, "规则调整|无，按程序内置规则") {
		t.Error(text)
	}
	in.Adjustments = []rule.Adjustment{
		{Kind: "规则调整", Item: "I05 电子邮箱", Change: "停用（原为 S3）", Reason: "均为公开邮箱", By: "周敏", At: time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local)},
		{Kind: "白名单", Item: "砺锋青年突击队", Change: "放行", Reason: "团队名", By: "沈立"},
	}
	in.Files[0].Output.Allowed = []finding.Finding{{
		Rule: "W01", Name: "产品", Level: finding.S2, Where: "正文 第1段", Text: "砺锋", Reasons: []finding.Reason{{Text: "白名单“砺锋青年突击队”：团队名（沈立）"}},
	}}
	if text := rowsOf(t, in, "概览"); !strings.Contains(text, "规则调整 1 项，白名单 1 项") {
		t.Error(text)
	}
	if text := rowsOf(t, in, "规则调整"); !strings.Contains(text, "1|规则调整|I05 电子邮箱|停用（原为 S3）|均为公开邮箱|周敏|2026-11-24 09:00:00") || !strings.Contains(text, "砺锋青年突击队") {
		t.Error(text)
	}
	if text := rowsOf(t, in, "例外"); !strings.Contains(text, "W01|产品|砺＊|白名单放行") {
		t.Error(text)
	}
}
