package submission

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission/plainzip"
	"jinggao/app/submission/wordfile"
)

// A blank table with its notes fits on one printed page.
const (
	blankRows   = 8
	blankHeight = 24 // of a row, points
	sizeNote    = 10
)

// Reminder is the sentence about 脱敏脱密 that every paper for applicants carries.
const Reminder = "申报材料和本表须先行脱敏脱密：不得含有国家秘密、工作秘密、未公开的商业秘密和个人敏感信息；奖项及成果将公开发布。"

// examples tell applicants what belongs into a column.
func (c *Campaign) examples() map[Column]string {
	return map[Column]string{
		ColNo:        "已编好，按顺序填写，多余的行留空。",
		ColApplicant: "填单位或团队全称，与公章一致。\n示例：某某大学某某研究中心",
		ColCategory:  "从下拉列表中选一个，每项成果只可选择一个类别：" + strings.Join(c.CategoryNames(), "、") + "。",
		ColTitle:     "与网上申报的名称完全一致，不写型号、密级和内部代号。\n示例：某某关键技术研究与应用",
		ColTime:      fmt.Sprintf("在申报网站提交的日期，%s 至 %s。\n示例：%s", c.Opens, c.Deadline, c.Deadline),
		ColContact:   "一位联系人的姓名。",
		ColPhone:     "手机或带区号的座机；两个号码用顿号隔开。\n示例：021-55500010",
	}
}

// notes are the lines below a blank table.
func (c *Campaign) notes() []string {
	out := slices.Clone(c.Rules)
	for i := range c.Categories {
		out = append(out, c.Categories[i].line())
	}
	out = append(out, fmt.Sprintf("网上申报截止时间为北京时间 %s 24:00，网址 %s 。", Day(c.Deadline), strings.Join(c.Apply, " ， ")))
	return out
}

// line gives a category with its conditions in one line.
func (k *Category) line() string {
	var b strings.Builder
	b.WriteString(k.Name + "：" + k.About)
	for i, cond := range k.Conditions {
		fmt.Fprintf(&b, "（%d）%s：%s", i+1, cond.Name, cond.Text)
	}
	return b.String()
}

// noteText is the lines numbered, as one note.
func (c *Campaign) noteText() string {
	var b strings.Builder
	b.WriteString("注：")
	for i, n := range c.notes() {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%d. %s", i+1, n)
	}
	return b.String()
}

// TemplateXLSX writes the blank table for applicants: text cells, a dropdown of the
// categories, an example in a comment on each head, the reminder above and the
// conditions below. Filled in, it is imported without a question.
func TemplateXLSX(w io.Writer, c *Campaign) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); e != nil && err == nil {
			err = fmt.Errorf("close workbook: %w", e)
		}
	}()
	x := &xlsxWriter{f: f}
	x.do(f.SetSheetName(f.GetSheetName(0), sheetTable))
	t := Table{Campaign: c, Rows: make([]Row, blankRows)}
	cols := t.columns()
	x.head(&t, cols)
	x.remind(len(cols), cols)
	last := x.rows(&t, cols, rowHead, blankHeight)
	x.noteRow(c.noteText(), len(cols), last+1, cols)
	x.page(len(cols), last+1)
	x.dropdown(&t, last)
	x.comments(c, cols)
	if x.err != nil {
		return fmt.Errorf("build template: %w", x.err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return plainzip.Rewrite(w, b.Bytes())
}

// remind puts the reminder in place of the line 部门/联系人/联系方式, which is the
// bureau's own.
func (x *xlsxWriter) remind(n int, cols []column) {
	for _, ref := range []string{"A2:C2", "D2:E2", "F2:G2"} {
		from, to, _ := strings.Cut(ref, ":")
		x.do(x.f.UnmergeCell(sheetTable, from, to))
	}
	for col := 1; col <= n; col++ {
		x.text(col, rowHeader, "")
	}
	x.text(1, rowHeader, "提醒："+Reminder)
	x.merge(1, rowHeader, n, rowHeader)
	style := x.style(&excelize.Style{Font: &excelize.Font{Family: fontHead, Size: 12}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}})
	x.paint(1, rowHeader, n, rowHeader, style)
	x.do(x.f.SetRowHeight(sheetTable, rowHeader, float64(18*linesIn("提醒："+Reminder, total(cols), 12)+8)))
}

func total(cols []column) float64 {
	w := 0.0
	for _, c := range cols {
		w += c.width
	}
	return w
}

func (x *xlsxWriter) noteRow(text string, n, row int, cols []column) {
	x.text(1, row, text)
	x.merge(1, row, n, row)
	style := x.style(&excelize.Style{Font: &excelize.Font{Family: fontBody, Size: sizeNote}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}})
	x.paint(1, row, n, row, style)
	x.do(x.f.SetRowHeight(sheetTable, row, math.Min(maxHeight, float64(14*linesIn(text, total(cols), sizeNote)+8))))
}

// comments puts the examples on the heads of the columns, without an author.
func (x *xlsxWriter) comments(c *Campaign, cols []column) {
	examples := c.examples()
	for i, col := range cols {
		ref, err := excelize.CoordinatesToCellName(i+1, rowHead)
		x.do(err)
		x.do(x.f.AddComment(sheetTable, excelize.Comment{Cell: ref, Author: " ", Text: examples[col.col], Width: 260, Height: 110}))
	}
}

// TemplateDOCX writes the blank table as a Word document.
func TemplateDOCX(w io.Writer, c *Campaign) error {
	d := wordfile.Document{Landscape: true}
	d.Paragraph(wordfile.Para{Align: "center", Font: wordfile.FontTitle, Size: 22, After: 6}, c.Table)
	d.Paragraph(wordfile.Para{Font: wordfile.FontHead, Size: 12, After: 4}, "提醒："+Reminder)
	t := Table{Campaign: c}
	cols := t.columns()
	heads := make([]wordfile.Column, len(cols))
	for i, col := range cols {
		heads[i] = wordfile.Column{Head: col.name, Width: col.width, Left: col.left}
	}
	rows := make([][]string, blankRows)
	for i := range rows {
		rows[i] = []string{strconv.Itoa(i + 1)}
	}
	d.Table(heads, sizeBody, rows)
	d.Paragraph(wordfile.Para{Size: sizeNote, Before: 6}, c.noteText())
	return d.Write(w)
}
