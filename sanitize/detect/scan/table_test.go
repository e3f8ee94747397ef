package scan_test

import (
	"testing"

	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/document"
	"jinggao/sanitize/normal"
)

func TestHeadField(t *testing.T) {
	for _, c := range []struct {
		head string
		want scan.Field
	}{
		{"姓名", scan.FieldName},
		{"联 系 人（签字）：", scan.FieldName},
		{"*身份证号码", scan.FieldID},
		{"第一联系人手机号码", scan.FieldMobile},
		{"登录口令", scan.FieldPassword},
		{"密级", scan.FieldSecrecy},
		{"X坐标(m)", scan.FieldX},
		{"Y", scan.FieldY},
		{"ID No.", scan.FieldID},
		{"备注", scan.FieldNone},
		{"软件登记号", scan.FieldOther},
		{"", scan.FieldNone},
	} {
		if got := scan.HeadField(string(normal.New(c.head).Text)); got != c.want {
			t.Errorf("%s: got field %d, want %d", c.head, got, c.want)
		}
	}
}

// heads gives the text of each cell that has a head, with it.
func heads(p *document.Part) map[string]string {
	v := normal.New(p.Text)
	out := map[string]string{}
	for _, c := range scan.Cells(p, v) {
		if c.Head != "" && !c.IsHead {
			out[v.SourceString(c.Span)] = c.Head
		}
	}
	return out
}

func TestCellsOfPlainText(t *testing.T) {
	for _, c := range []struct {
		name, text, cell, head string
	}{
		{"tabs", "姓名\t身份证号\n林知夏\t3101", "3101", "身份证号"},
		{"commas", "姓名,手机\n林知夏,139", "林知夏", "姓名"},
		{"bars", "| 姓名 | 密码 |\n| 林知夏 | abc |", "abc", "密码"},
		{"blanks", "姓名    手机\n林知夏    139", "139", "手机"},
		{"form", "联系人\t林知夏\t电话\t139", "139", "电话"},
		{"form of two columns", "联系人\t林知夏\n电话\t139", "林知夏", "联系人"},
		{"column without meaning", "文件名\t密级\n方案\t机密", "方案", "文件名"},
		{"secrecy", "文件名\t密级\n方案\t机密", "机密", "密级"},
		{"second table", "序号\t金额\n1\t5\n\n姓名\t口令\n林知夏\tabc", "abc", "口令"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := heads(&document.Part{Text: c.text}); got[c.cell] != c.head {
				t.Errorf("%q stands under %q, want %q (all: %q)", c.cell, got[c.cell], c.head, got)
			}
		})
	}
}

func TestSentencesAreNoTables(t *testing.T) {
	for _, text := range []string{"姓名，手机，邮箱均须填写。\n请于周五前报送，逾期不候。", "一、联系人, 电话\n没有表格"} {
		for cell, head := range heads(&document.Part{Text: text}) {
			t.Errorf("%q: %q stands under %q", text, cell, head)
		}
	}
}

func TestCellsOfAReader(t *testing.T) {
	p := &document.Part{Text: "姓名\t口令\n林知夏\tabc\n", Cells: []document.Cell{
		{Span: document.Span{Start: 0, End: 2}, Row: 0, Col: 0},
		{Span: document.Span{Start: 3, End: 5}, Row: 0, Col: 1},
		{Span: document.Span{Start: 6, End: 9}, Row: 1, Col: 0},
		{Span: document.Span{Start: 10, End: 13}, Row: 1, Col: 1},
	}}
	if got := heads(p); got["abc"] != "口令" || got["林知夏"] != "姓名" {
		t.Errorf("got %q", got)
	}
	p.Cells[3].Label = "备用密码"
	if got := heads(p); got["abc"] != "备用密码" {
		t.Errorf("the reader's own label must win: %q", got)
	}
}
