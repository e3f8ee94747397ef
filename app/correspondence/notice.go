// Package correspondence writes the papers that go to and fro around the table: the
// 转发通知 to the bureau's applicants, the notes that return an application to be
// mended, and the draft of the e-mail that carries the table. Nothing is sent: a
// person opens what was written, changes it and sends it.
package correspondence

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"jinggao/app/submission"
	"jinggao/app/submission/wordfile"
)

// Office is who writes a paper and whom to ask; empty fields are left out.
type Office struct {
	Name    string // 部门
	Contact string
	Phone   string
	Mailbox string // the office's own, where applicants answer
}

// NoticeInput is what a 转发通知 says besides what the campaign knows.
type NoticeInput struct {
	Campaign *submission.Campaign
	Office   Office
	To       string // 主送; "" is 各有关单位
	Until    string // ISO day by which applicants answer the office; "" is the campaign's deadline
	Extra    string // further demands, one a line
	Date     time.Time
}

// letter is a Word document in the making, with the paragraphs of a letter.
type letter struct{ d wordfile.Document }

func (l *letter) title(s string) {
	l.d.Paragraph(wordfile.Para{Align: "center", Font: wordfile.FontTitle, Size: 22, After: 18}, s)
}

func (l *letter) to(s string) { l.d.Paragraph(wordfile.Para{Before: 4, After: 4}, s+"：") }

func (l *letter) head(s string) {
	l.d.Paragraph(wordfile.Para{Indent: true, Font: wordfile.FontHead, Before: 8, After: 4}, s)
}

func (l *letter) body(s string) {
	l.d.Paragraph(wordfile.Para{Indent: true, Align: "both", Before: 2, After: 2}, s)
}

func (l *letter) list(lines []string) {
	for i, s := range lines {
		l.body(strconv.Itoa(i+1) + ". " + s)
	}
}

// sign ends a letter: who and when.
func (l *letter) sign(o Office, at time.Time) {
	l.d.Paragraph(wordfile.Para{Align: "right", Before: 24}, orElse(o.Name, "（发文单位）")+"　　")
	l.d.Paragraph(wordfile.Para{Align: "right"}, submission.Day(submission.Today(at))+"　　")
}

// WriteNotice writes the 转发通知 as a Word document: what the award is, categories
// and conditions, dates, how to apply, what to hand in, and the reminder.
func WriteNotice(w io.Writer, in NoticeInput) error {
	c := in.Campaign
	l := &letter{}
	l.title("关于组织申报" + c.Name + "的通知")
	l.to(strings.TrimRight(orElse(strings.TrimSpace(in.To), "各有关单位"), ":："))
	l.body(fmt.Sprintf("%s现组织开展%s成果申报。%s现将有关事项通知如下，请结合实际组织申报。", c.Organiser, c.Name, arranged(c)))

	l.head("一、奖项与阶段")
	l.body("可申报主体为" + strings.Join(c.Applicants, "、") + "。")
	l.list(c.Rules)
	if s := stages(c); s != "" {
		l.body("工作阶段：" + s + "。")
	}
	l.head("二、申报类别与条件")
	for i := range c.Categories {
		category(l, i, &c.Categories[i])
	}
	l.head("三、申报时间和方式")
	l.body(fmt.Sprintf("网上申报自 %s起，至北京时间 %s 24:00 截止。", submission.Day(c.Opens), submission.Day(c.Deadline)))
	if len(c.Apply) > 0 {
		l.body("申报网址：" + strings.Join(c.Apply, " ， ") + " 。")
	}
	if c.Inquiry != "" {
		l.body("活动咨询邮箱：" + c.Inquiry + " 。")
	}
	l.head("四、统计表报送")
	answer(l, in)
	l.head("五、脱敏脱密要求")
	l.list(cleanliness())
	if extra := lines(in.Extra); len(extra) > 0 {
		l.head("六、其他要求")
		l.list(extra)
	}
	l.d.Paragraph(wordfile.Para{Indent: true, Before: 12}, "附件："+c.Table+"（空白表）")
	l.sign(in.Office, in.Date)
	return l.d.Write(w)
}

func arranged(c *submission.Campaign) string {
	if c.Collector == "" {
		return ""
	}
	return "按照" + c.Collector + "的安排，"
}

func stages(c *submission.Campaign) string {
	out := make([]string, len(c.Stages))
	for i, s := range c.Stages {
		out[i] = s.Name + "（" + s.When + "）"
	}
	return strings.Join(out, "，")
}

func category(l *letter, i int, k *submission.Category) {
	l.d.Paragraph(wordfile.Para{Indent: true, Align: "both", Font: "楷体", Before: 4, After: 2}, fmt.Sprintf("（%s）%s", number(i+1), k.Name))
	l.body(k.About)
	for j, cond := range k.Conditions {
		l.body(fmt.Sprintf("%d. %s：%s", j+1, cond.Name, cond.Text))
	}
}

// number writes 1 … 99 in Chinese.
func number(n int) string {
	digits := []rune("〇一二三四五六七八九十")
	switch {
	case n <= 10:
		return string(digits[n])
	case n < 20:
		return "十" + string(digits[n-10])
	case n%10 == 0:
		return string(digits[n/10]) + "十"
	}
	return string(digits[n/10]) + "十" + string(digits[n%10])
}

// answer says what applicants hand in to the office, by when and to whom.
func answer(l *letter, in NoticeInput) {
	until := submission.Day(orElse(in.Until, in.Campaign.Deadline))
	text := fmt.Sprintf("各申报主体完成网上申报后，请填写《%s》（见附件），于 %s前报%s", in.Campaign.Table, until, orElse(in.Office.Name, "我单位"))
	if in.Office.Mailbox != "" {
		text += "，电子邮箱：" + in.Office.Mailbox + " "
	}
	l.body(text + "。没有申报项目的，请按时反馈“无”。")
	l.body("表中申报类别请从" + strings.Join(in.Campaign.CategoryNames(), "、") + "中选择一项；申报主体填写全称；项目名称与网上申报的名称一致。")
	if who := person(in.Office); who != "" {
		l.body(who + "。")
	}
}

func person(o Office) string {
	var out []string
	if o.Contact != "" {
		out = append(out, "联系人："+o.Contact)
	}
	if o.Phone != "" {
		out = append(out, "联系方式："+o.Phone)
	}
	return strings.Join(out, "，")
}

// cleanliness is the reminder in full.
func cleanliness() []string {
	return []string{
		submission.Reminder,
		"申报材料由申报主体先行开展保密审查，审查通过后方可上传和报送；涉密文件、带有密级标志的材料一律不得通过互联网、电子邮件和即时通信工具传递。",
		"身份证号码、银行账号、住址、口令、内部网络地址和系统账号等，与申报无关的，一律删除；确需说明的，作遮盖或概括处理。",
		"请一并清除文档中的批注、修订记录、隐藏文字、隐藏工作表和作者等属性，检查图片中的文字、定位和人脸。",
		"表中联系人和联系方式只填工作联系所需的一人一号，不填身份证号码等其他个人信息。",
	}
}

func lines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func orElse(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}
