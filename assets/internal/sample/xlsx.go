package main

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// makeXLSX writes the list of users: contacts and accounts in sight, a hidden
// column, a hidden sheet, a comment and a formula.
func makeXLSX() ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	const list, inner = "应用单位", "内部核算"
	var err error
	do := func(e error) {
		if err == nil && e != nil {
			err = e
		}
	}
	do(f.SetSheetName("Sheet1", list))
	rows := [][]any{
		{"港口集卡调度一体化平台 应用单位清单"},
		{"序号", "单位名称", "统一社会信用代码", "联系人", "联系电话", "回访记录", "年节约费用（万元）"},
		{1, "岑卜数智科技（上海）有限公司", firmCode, buyer, buyerMobile, "已回访，开户账号 " + leadCard, 860},
		{2, "泖塔港务有限公司", "", tester, testerMobile, "同意公开", 1240},
		{3, "澄淞集装箱码头有限公司", "", "", "021-55500066", "机密性测试已通过", 730},
	}
	for i, r := range rows {
		do(f.SetSheetRow(list, fmt.Sprintf("A%d", i+1), &r))
	}
	do(f.SetCellFormula(list, "G6", "SUM(G3:G5)"))
	do(f.MergeCell(list, "A1", "G1"))
	for col, w := range map[string]float64{"A": 6, "B": 30, "C": 22, "D": 10, "E": 16, "F": 28, "G": 18} {
		do(f.SetColWidth(list, col, col, w))
	}
	do(f.SetColVisible(list, "F", false))
	do(f.AddComment(list, excelize.Comment{Cell: "E4", Author: leader, Paragraph: []excelize.RichTextRun{{Text: "备用手机 " + memberMobile + "，勿外传"}}}))
	_, e := f.NewSheet(inner)
	do(e)
	for i, r := range [][]any{
		{"内部核算（不报送）"},
		{"合同号", "金额（万元）", "经办"},
		{"CB-2026-017", 358.6, member + " " + memberMobile},
	} {
		do(f.SetSheetRow(inner, fmt.Sprintf("A%d", i+1), &r))
	}
	do(f.SetSheetVisible(inner, false))
	do(f.SetDocProps(&excelize.DocProperties{Creator: buyer, LastModifiedBy: tester, Title: "应用单位清单", Created: "2026-05-20T08:00:00Z", Modified: "2026-05-21T08:00:00Z"}))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	return out.Bytes(), nil
}
