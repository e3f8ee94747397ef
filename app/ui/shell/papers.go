package shell

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"jinggao/app/correspondence"
	"jinggao/app/platform"
	"jinggao/app/submission"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/papers"
	"jinggao/app/ui/task"
	"jinggao/app/ui/widget/docview"
)

// paperCommands are the commands of the menu 往来文书.
func (w *Window) paperCommands() []keymap.Command {
	open := func() bool { return w.s != nil }
	k := func(id keymap.ID, label string, run func()) keymap.Command {
		return keymap.Command{ID: "paper." + id, Label: label, Group: "往来文书", Enabled: open, Run: run}
	}
	return []keymap.Command{
		k("notice", "生成转发通知…", w.MakeNotice),
		k("template", "生成空白申报表…", w.MakeTemplate),
		k("return", "生成退回说明…", w.MakeReturns),
		k("mail", "生成邮件草稿…", w.MakeDraft),
		k("sent", "报送记录", w.ShowSent),
	}
}

func word() platform.Filter {
	return platform.Filter{Name: "Word 文档", Extensions: []string{".docx"}}
}

// save asks where to, writes the file and opens it.
func (w *Window) save(req platform.FileRequest, failed string, write func(path string) error) {
	w.PickSave(req, "papers", func(path string) {
		if w.s == nil {
			return
		}
		exts := req.Filters[0].Extensions
		known := false
		for _, f := range req.Filters {
			for _, e := range f.Extensions {
				known = known || strings.EqualFold(filepath.Ext(path), e)
			}
		}
		if !known {
			path += exts[0]
		}
		if err := write(path); err != nil {
			w.Fail(failed, err)
			return
		}
		w.opened(path)
	})
}

// opened says that something was written and opens it.
func (w *Window) opened(path string) {
	w.Say("已生成：" + filepath.Base(path))
	if err := platform.OpenPath(path); err != nil {
		w.Say("已生成，未能打开：" + filepath.Base(path))
	}
}

// MakeNotice asks for what the campaign does not know and writes the 转发通知.
func (w *Window) MakeNotice() {
	n, c := papers.NoticeOf(w.s), w.s.Campaign()
	w.dialogs.Ask(dialogs.Form{
		Title: "生成转发通知", Act: "生成通知",
		Text: "通知按活动资料写出奖项、类别与条件、时间和申报方式，生成后可用 Word 修改。",
		Fields: []dialogs.Field{
			{Label: "发文单位", Value: n.Name, Check: need("请填写发文单位")},
			{Label: "主送", Value: n.To},
			{Label: "反馈截止", Value: n.Until, Hint: c.Deadline, Check: papers.Day},
			{Label: "反馈邮箱", Value: n.Mailbox, Hint: "本单位收表的邮箱，可不填", Check: optional(papers.Mailbox)},
			{Label: "联系人", Value: n.Contact},
			{Label: "联系方式", Value: n.Phone},
			{Label: "其他要求", Value: n.Extra, Hint: "每行一条，可不填", Lines: 3},
		},
	}, func(v []string) {
		n := papers.Notice{Name: trim(v[0]), To: trim(v[1]), Until: trim(v[2]), Mailbox: trim(v[3]), Contact: trim(v[4]), Phone: trim(v[5]), Extra: v[6]}
		if err := n.Keep(w.s); err != nil {
			w.Fail("填写内容未能保存", err)
		}
		in := correspondence.NoticeInput{Campaign: c, Office: n.Office(), To: n.To, Until: n.Until, Extra: n.Extra, Date: time.Now()}
		w.save(platform.FileRequest{Title: "保存转发通知", Name: c.Short + "申报通知.docx", Filters: []platform.Filter{word()}}, "通知未能生成", func(path string) error {
			return papers.WriteNew(path, func(f io.Writer) error { return correspondence.WriteNotice(f, in) })
		})
	})
}

func trim(s string) string { return strings.TrimSpace(s) }

// optional checks only what is filled in.
func optional(check func(string) string) func(string) string {
	return func(v string) string {
		if trim(v) == "" {
			return ""
		}
		return check(v)
	}
}

// MakeTemplate writes the blank table for applicants.
func (w *Window) MakeTemplate() {
	c := w.s.Campaign()
	req := platform.FileRequest{Title: "保存空白申报表", Name: c.Short + "申报情况统计表（空白）.xlsx", Filters: []platform.Filter{
		{Name: "Excel 工作簿", Extensions: []string{".xlsx"}}, word(),
	}}
	w.save(req, "空白申报表未能生成", func(path string) error {
		write := submission.TemplateXLSX
		if strings.EqualFold(filepath.Ext(path), ".docx") {
			write = submission.TemplateDOCX
		}
		return papers.WriteNew(path, func(f io.Writer) error { return write(f, c) })
	})
}

// MakeReturns writes a note for each applicant with something to mend.
func (w *Window) MakeReturns() {
	n := papers.NoticeOf(w.s)
	w.dialogs.Ask(dialogs.Form{
		Title: "生成退回说明", Act: "选择文件夹",
		Text: "按申报主体各生成一份说明，列出统计表和申报材料中须修改的内容。命中片段均已遮盖，不涉及其他申报主体。",
		Fields: []dialogs.Field{
			{Label: "发文单位", Value: n.Name, Check: need("请填写发文单位")},
			{Label: "重新报送截止", Value: n.Until, Check: papers.Day},
			{Label: "联系人", Value: n.Contact},
			{Label: "联系方式", Value: n.Phone},
		},
	}, func(v []string) {
		office := correspondence.Office{Name: trim(v[0]), Contact: trim(v[2]), Phone: trim(v[3])}
		w.PickFolder("选择保存退回说明的文件夹", "papers", func(base string) {
			if w.s != nil {
				w.writeReturns(papers.NewReturning(w.s, office, trim(v[1]), time.Now()), base)
			}
		})
	})
}

func (w *Window) writeReturns(r *papers.Returning, base string) {
	s := w.s
	var dir string
	n := 0
	w.tasks.Start("正在生成退回说明", func(ctx context.Context, report task.Report) error {
		var err error
		dir, n, err = r.Write(ctx, base, report)
		return err
	}, func(err error) {
		switch {
		case w.s != s:
		case err != nil:
			w.Fail("退回说明未能生成", err)
		case n == 0:
			w.Say("没有须退回修改的内容")
		default:
			w.Say(fmt.Sprintf("已生成退回说明 %d 份", n))
			if err := platform.OpenPath(dir); err != nil {
				w.Say("已生成退回说明，文件夹未能打开：" + dir)
			}
		}
	})
}

// MakeDraft writes the draft of the e-mail that carries the table.
func (w *Window) MakeDraft() {
	m, err := papers.Prepare(w.s)
	if err != nil {
		w.Fail("邮件草稿未能生成", err)
		return
	}
	var natures []string
	for _, n := range correspondence.Natures() {
		natures = append(natures, string(n))
	}
	w.dialogs.Ask(dialogs.Form{
		Title: "生成邮件草稿", Act: "生成草稿", Text: m.Text(time.Now()),
		Fields: []dialogs.Field{
			{Label: "收件邮箱", Value: w.s.Campaign().Mailbox, Check: papers.Mailbox},
			{Label: "报送类型", Value: string(m.Nature), Choices: natures},
		},
	}, func(v []string) {
		nature := correspondence.Nature(v[1])
		req := platform.FileRequest{Title: "保存邮件草稿", Name: m.Name(nature), Filters: []platform.Filter{{Name: "邮件草稿", Extensions: []string{".eml"}}}}
		w.save(req, "邮件草稿未能生成", func(path string) error { return m.Write(path, v[0], nature, time.Now()) })
	})
}

// ShowSent shows what was sent and when.
func (w *Window) ShowSent() {
	text, err := papers.Sent(w.s.Case())
	if err != nil {
		w.Fail("报送记录无法读取", err)
		return
	}
	if text == "" {
		w.Say("尚无报送记录，生成邮件草稿时记录")
		return
	}
	w.dialogs.Show(dialogs.Custom{Title: "报送记录", Content: w.textView(text), Size: fyne.NewSize(820, 420)})
}

// textView shows a long text; only the lines on the screen are drawn.
func (w *Window) textView(text string) fyne.CanvasObject {
	v := docview.New()
	v.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && w.dialogs.Cancel() }
	v.SetText([]rune(text))
	return v
}
