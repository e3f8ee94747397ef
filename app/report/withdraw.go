package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"jinggao/app/submission/wordfile"
)

// WriteWithdrawal writes the 提示单 for a file that must not be used further: which
// file, where and by which rule, and what to do. What was found is not quoted.
func WriteWithdrawal(w io.Writer, in Input, f File) error {
	fs := byLevel(f.Withdrawn())
	d := wordfile.Document{}
	d.Paragraph(wordfile.Para{Align: "center", Font: wordfile.FontTitle, Size: 22, After: 18}, "整件移出提示单")
	body := func(s string) { d.Paragraph(wordfile.Para{Indent: true, Align: "both", Before: 4, After: 4}, s) }
	head := func(s string) {
		d.Paragraph(wordfile.Para{Indent: true, Font: wordfile.FontHead, Before: 10, After: 4}, s)
	}

	body("在“" + in.Info.Title + "”的脱敏脱密检查中，下列文件带有或疑似带有国家秘密标志、定密要素。程序没有复制这个文件，也没有生成脱敏副本。")
	head("一、文件")
	rows := [][]string{
		{"文件名", f.Attachment.Name},
		{"格式、大小", fmt.Sprintf("%s，%d 字节", f.Attachment.Kind, f.Attachment.Size)},
		{"SHA-256", f.Attachment.SHA256},
		{"对应项目", in.rowTitles(f.Rows)},
		{"检查时间", in.At.Format("2006-01-02 15:04")},
	}
	d.Table([]wordfile.Column{{Head: "项目", Width: 20}, {Head: "内容", Width: 80, Left: true}}, 12, rows)

	head("二、检出情况")
	var found [][]string
	for i, x := range fs {
		found = append(found, []string{strconv.Itoa(i + 1), x.Where, x.Rule + " " + x.Name, Mask(&x), x.Basis})
	}
	d.Table([]wordfile.Column{{Head: "序号", Width: 9}, {Head: "位置", Width: 24, Left: true}, {Head: "规则", Width: 25, Left: true}, {Head: "片段（已遮盖）", Width: 17}, {Head: "依据", Width: 25, Left: true}}, 12, found)

	head("三、请立即办理")
	for i, s := range []string{
		"停止使用、复制和传递这个文件，不得通过互联网、微信、普通电子邮件再次发送。",
		"报告本单位保密工作机构和定密责任人，核查文件来源、知悉范围和传递经过。",
		"确属国家秘密的，按保密规定移交、处理；本机及邮箱、聊天记录中的副本，按保密工作机构的要求清除。",
		"申报需要的内容，由申报单位依据可公开的材料另行起草，经保密审查后重新报送。不得删去标志后继续使用原件。",
		"经核查不是密级标志的（如商业合同的保密期限、示例文字），由经办和复核两人在程序中“认定非密级标志”，写明理由。",
	} {
		body(strconv.Itoa(i+1) + ". " + s)
	}
	head("四、办理记录")
	d.Table([]wordfile.Column{{Head: "事项", Width: 30}, {Head: "记录", Width: 70, Left: true}}, 12, [][]string{
		{"经办（" + orElse(in.Info.Clerk, "　　　") + "）", "\n"}, {"复核（" + orElse(in.Info.Reviewer, "　　　") + "）", "\n"}, {"定密责任人意见", "\n"}, {"处理结果", "\n"},
	})
	return d.Write(w)
}

func (in *Input) rowTitles(rows []int) string {
	var out []string
	for _, n := range rows {
		if n >= 1 && n <= len(in.Rows) {
			out = append(out, fmt.Sprintf("第 %d 项 %s（%s）", n, in.Rows[n-1].Title, in.Rows[n-1].Applicant))
		}
	}
	if len(out) == 0 {
		return "未关联项目"
	}
	return strings.Join(out, "\n")
}
