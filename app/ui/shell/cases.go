package shell

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/platform"
	"jinggao/app/submission/campaigns"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/page"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
)

// stepNames are the words under which the page last shown is kept in a case.
var stepNames = map[page.Step]string{page.Rows: "rows", page.Attach: "attach", page.Review: "review", page.Export: "export"}

// stepWords are the pages of a case by name.
var stepWords = map[page.Step]string{page.Rows: "项目表格", page.Attach: "附件材料", page.Review: "敏感信息审核", page.Export: "导出成果"}

// Folder is where new cases go by default: 净稿案卷 in the documents of the person.
func Folder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, d := range []string{"Documents", "文档"} {
		if st, err := os.Stat(filepath.Join(home, d)); err == nil && st.IsDir() {
			return filepath.Join(home, d, "净稿案卷")
		}
	}
	return filepath.Join(home, "净稿案卷")
}

// NewCase asks for title and people and makes a case.
func (w *Window) NewCase() {
	camps, _, err := w.campaigns().All()
	if err != nil || len(camps) == 0 {
		w.Fail("活动资料无法读取", err)
		return
	}
	names := make([]string, len(camps))
	for i, c := range camps {
		names[i] = c.Name()
	}
	w.dialogs.Ask(dialogs.Form{
		Title: "新建案卷", Act: "新建案卷",
		Text: "案卷保存项目、附件位置、命中与决定，不保存附件内容。原件留在原处，不作改动。",
		Fields: []dialogs.Field{
			{Label: "案卷名称", Value: camps[0].Short + "申报 " + time.Now().Format("2006-01-02"), Check: needName},
			{Label: "活动", Value: names[0], Choices: names},
			{Label: "经办", Value: w.p.Prefs.Clerk(), Hint: "经办人姓名，记入每个决定", Check: need("请填写经办姓名")},
			{Label: "复核人", Value: w.p.Prefs.Reviewer(), Hint: "另一人，阻断级与豁免须其确认"},
			{Label: "保存在", Value: w.caseFolder(), Check: need("请填写保存位置")},
		},
	}, func(v []string) {
		info := casefile.Info{Title: strings.TrimSpace(v[0]), Clerk: strings.TrimSpace(v[2]), Reviewer: strings.TrimSpace(v[3])}
		w.p.Prefs.SetClerk(info.Clerk)
		w.p.Prefs.SetReviewer(info.Reviewer)
		w.create(filepath.Join(strings.TrimSpace(v[4]), info.Title+casefile.Ext), info, camps[index(names, v[1])])
	})
}

func index(s []string, x string) int {
	for i, v := range s {
		if v == x {
			return i
		}
	}
	return 0
}

func need(why string) func(string) string {
	return func(v string) string {
		if strings.TrimSpace(v) == "" {
			return why
		}
		return ""
	}
}

func needName(v string) string {
	v = strings.TrimSpace(v)
	if v == "" {
		return "请填写案卷名称"
	}
	if strings.ContainsAny(v, `\/:*?"<>|`) || strings.HasPrefix(v, ".") {
		return `案卷名称用作文件名，不能含有 \ / : * ? " < > |`
	}
	return ""
}

func (w *Window) caseFolder() string {
	if f := w.p.Prefs.Folder("case"); f != "" {
		return f
	}
	return Folder()
}

func (w *Window) create(path string, info casefile.Info, camp campaigns.Entry) {
	w.openWith("案卷未能建立", func() (*casefile.Case, error) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("make folder for the case: %w", err)
		}
		info.Campaign = camp.ID
		c, err := casefile.Create(path, info)
		if err != nil {
			return nil, err
		}
		if err := c.SetCampaign(camp.ID, camp.Text, camp.Own); err != nil {
			_ = c.Close() // the case is there, without its campaign: opening it says so
			return nil, err
		}
		return c, nil
	})
}

// OpenCase asks for a case file and opens it.
func (w *Window) OpenCase() {
	req := platform.FileRequest{Title: "打开案卷", Filters: []platform.Filter{{Name: "净稿案卷", Extensions: []string{casefile.Ext}}}}
	w.PickFiles(req, "case", func(p []string) { w.OpenPath(p[0]) })
}

// OpenPath opens a case file.
func (w *Window) OpenPath(path string) {
	if w.s != nil && samePath(w.s.Case().Path(), path) {
		w.Goto(page.Rows)
		return
	}
	w.openWith("案卷未能打开", func() (*casefile.Case, error) { return casefile.Open(path) })
}

func samePath(a, b string) bool {
	x, err1 := filepath.Abs(a)
	y, err2 := filepath.Abs(b)
	return err1 == nil && err2 == nil && x == y
}

// openWith opens a case behind the window and shows it.
func (w *Window) openWith(failed string, open func() (*casefile.Case, error)) {
	var c *casefile.Case
	w.opening++
	w.refresh()
	w.tasks.Start("正在打开案卷", func(context.Context, task.Report) error {
		var err error
		c, err = open()
		return err
	}, func(err error) {
		w.opening--
		if err != nil {
			w.next = page.Start
			w.refresh()
			w.Fail(failed, err)
			w.start.Show()
			return
		}
		w.Use(c)
	})
}

// Use works on an open case from now on.
func (w *Window) Use(c *casefile.Case) {
	w.closeCase()
	s, err := session.New(c, session.Config{Engine: w.p.Engine, Rules: w.p.Facts.Rules(), Tasks: w.tasks, Post: w.p.Post, Fail: w.Fail, Campaigns: w.campaigns()})
	if err != nil {
		_ = c.Close() // nothing was changed
		w.win.SetTitle("净稿")
		w.Fail("案卷未能打开", err)
		return
	}
	w.s = s
	info := s.Info()
	w.p.Prefs.Remember(c.Path(), info.Title, time.Now())
	w.p.Prefs.SetFolder("case", filepath.Dir(c.Path()))
	w.win.SetTitle(info.Title + " - 净稿")
	for _, p := range w.pages {
		p.Open(s)
	}
	s.Hear(w.changed)
	to := pageOf(c.Setting("page"))
	if w.next != page.Start { // asked for meanwhile
		to, w.next = w.next, page.Start
	}
	w.Goto(to)
	w.Say("已打开案卷：" + info.Title)
	s.CheckFiles()
}

func pageOf(name string) page.Step {
	for s, n := range stepNames {
		if n == name {
			return s
		}
	}
	return page.Rows
}

// CloseCase goes back to the start page.
func (w *Window) CloseCase() {
	w.closeCase()
	w.win.SetTitle("净稿")
	w.Goto(page.Start)
}

// closeCase asks nothing of the window itself, which may be gone.
func (w *Window) closeCase() {
	if w.s == nil {
		return
	}
	w.rows.Leave()
	w.tasks.Cancel()
	for _, p := range w.pages {
		p.Open(nil)
	}
	if err := w.s.Close(); err != nil {
		slog.Error("close case", "error", err)
	}
	w.s = nil
}

// SaveCopy writes a copy of the case file elsewhere.
func (w *Window) SaveCopy() {
	req := platform.FileRequest{Title: "另存案卷副本", Name: w.s.Info().Title + " 副本" + casefile.Ext, Filters: []platform.Filter{{Name: "净稿案卷", Extensions: []string{casefile.Ext}}}}
	w.PickSave(req, "copy", func(path string) {
		if !strings.EqualFold(filepath.Ext(path), casefile.Ext) {
			path += casefile.Ext
		}
		if err := w.s.Case().SaveCopy(path); err != nil {
			w.Fail("副本未能保存", err)
			return
		}
		w.Say("副本已保存：" + filepath.Base(path))
	})
}

func parent(path string) string { return filepath.Dir(path) }
