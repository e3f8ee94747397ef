package shell

import (
	"errors"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/submission/campaigns"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/session"
)

// campaignFilter is the kind of file that a campaign is.
func campaignFilter() []platform.Filter {
	return []platform.Filter{{Name: "活动文件", Extensions: []string{campaigns.Ext}}}
}

// campaigns is the folder of the bureau's own campaign files.
func (w *Window) campaigns() campaigns.Store {
	if w.p.Facts.DataDir == "" {
		return campaigns.Store{}
	}
	return campaigns.Store{Dir: filepath.Join(w.p.Facts.DataDir, "活动")}
}

// campaignsForm is 设置 → 活动: the campaigns of the program and of the bureau.
type campaignsForm struct {
	w       *Window
	all     []campaigns.Entry
	pick    *dialogs.Select
	facts   *widget.Label
	broken  *widget.Label
	remove  *widget.Button
	changed func()
}

// CampaignDialog shows the campaigns: choose one for the case, import a file, save one
// as a sample to start from, delete an own one. changed is told after each change.
func (w *Window) CampaignDialog(changed func()) {
	f := &campaignsForm{w: w, facts: widget.NewLabel(""), broken: widget.NewLabel(""), changed: changed}
	f.facts.Wrapping, f.broken.Wrapping = fyne.TextWrapBreak, fyne.TextWrapBreak
	f.broken.Importance = widget.DangerImportance
	f.pick = dialogs.NewSelect(nil, func(string) { f.tell() })
	load := widget.NewButton("导入活动文件…", f.load)
	save := widget.NewButton("另存为文件…", f.save)
	f.remove = widget.NewButton("删除", f.del)
	note := widget.NewLabel("活动文件写明类别和条件、表头、起止日期、反馈邮箱等。可将内置活动另存为文件，用文本编辑器修改后导入。自备文件保存在数据位置的“活动”文件夹中，与程序分开；案卷随带所用的活动，换一台计算机也能继续。")
	note.Wrapping = fyne.TextWrapBreak
	if w.s != nil {
		f.fill(w.s.Campaign().ID, w.s.OwnCampaign())
	} else {
		f.fill("", false)
	}
	c := dialogs.Custom{
		Title: "活动", First: f.pick, Size: fyne.NewSize(720, 0), Cancel: "关闭",
		Content: container.NewVBox(note, f.pick, f.facts, f.broken, container.NewHBox(load, save, f.remove)),
	}
	if w.s != nil {
		c.Act, c.OnAct = "用于当前案卷", f.use
	}
	w.dialogs.Show(c)
}

// fill lists the campaigns and chooses one.
func (f *campaignsForm) fill(id string, own bool) {
	all, broken, err := f.w.campaigns().All()
	if err != nil {
		f.w.Fail("活动资料无法读取", err)
		return
	}
	f.all = all
	var names []string
	at := 0
	for i, e := range all {
		names = append(names, e.Name())
		if e.ID == id && e.Own == own {
			at = i
		}
	}
	f.pick.Options = names
	var lines []string
	for _, b := range broken {
		lines = append(lines, "! "+filepath.Base(b.Path)+"："+dialogs.NoticeOf("", b.Err).Why)
	}
	f.broken.SetText(strings.Join(lines, "\n"))
	f.broken.Hidden = len(lines) == 0
	f.pick.SetSelectedIndex(at)
	f.tell()
}

func (f *campaignsForm) chosen() (campaigns.Entry, bool) {
	if i := f.pick.SelectedIndex(); i >= 0 && i < len(f.all) {
		return f.all[i], true
	}
	return campaigns.Entry{}, false
}

// tell shows what the chosen campaign is.
func (f *campaignsForm) tell() {
	e, ok := f.chosen()
	if !ok {
		return
	}
	from := "内置"
	f.remove.Disable()
	if e.Own {
		from = "自备文件"
		f.remove.Enable()
	}
	box := e.Mailbox
	if box == "" {
		box = "未填"
	}
	f.facts.SetText("编号　" + e.ID + "（" + from + "）\n申报　" + e.Opens + " 至 " + e.Deadline + "，统计表反馈 " + e.Return +
		"\n反馈邮箱　" + box + "\n类别　" + strings.Join(e.CategoryNames(), "、") + "\n表头　" + strings.Join(e.Columns, "、"))
}

func (f *campaignsForm) load() {
	f.w.PickFiles(platform.FileRequest{Title: "选择活动文件", Filters: campaignFilter()}, "campaign", func(paths []string) { f.take(paths[0], false) })
}

// take imports a file; an own one of the same id is replaced only after a question.
func (f *campaignsForm) take(path string, replace bool) {
	e, err := f.w.campaigns().Import(path, replace)
	switch {
	case errors.Is(err, campaigns.ErrSame):
		f.w.dialogs.Confirm(dialogs.Question{
			Title: "替换自备活动", Act: "替换", Text: "已有编号为 " + e.ID + " 的自备活动文件，替换为“" + e.Campaign.Name + "”？",
		}, func() { f.take(path, true) })
		return
	case err != nil:
		f.w.Fail("活动文件未能导入", err)
		return
	}
	f.fill(e.ID, true)
	f.w.Say("已导入活动：" + e.Campaign.Name)
	f.told()
	if s := f.w.s; s != nil && s.OwnCampaign() && s.Campaign().ID == e.ID {
		f.apply(e) // the case works with this file: with its new text from now on
	}
}

func (f *campaignsForm) save() {
	e, ok := f.chosen()
	if !ok {
		return
	}
	req := platform.FileRequest{Title: "另存活动文件", Name: e.ID + campaigns.Ext, Filters: campaignFilter()}
	f.w.PickSave(req, "campaign", func(path string) {
		if !strings.EqualFold(filepath.Ext(path), campaigns.Ext) {
			path += campaigns.Ext
		}
		if err := campaigns.SaveAs(e, path); err != nil {
			f.w.Fail("文件没有保存", err)
			return
		}
		f.w.Say("已保存：" + path)
	})
}

func (f *campaignsForm) del() {
	e, ok := f.chosen()
	if !ok || !e.Own {
		return
	}
	f.w.dialogs.Confirm(dialogs.Question{
		Title: "删除自备活动", Act: "删除", Danger: true,
		Text: "删除自备活动“" + e.Campaign.Name + "”？用它的案卷已随带该活动，不受影响。",
	}, func() {
		if err := f.w.campaigns().Delete(e.ID); err != nil {
			f.w.Fail("活动文件未能删除", err)
			return
		}
		f.fill(e.ID, false)
		f.told()
	})
}

func (f *campaignsForm) told() {
	if f.changed != nil {
		f.changed()
	}
}

// use makes the chosen campaign that of the case.
func (f *campaignsForm) use() {
	if e, ok := f.chosen(); ok {
		f.apply(e)
	}
}

func (f *campaignsForm) apply(e campaigns.Entry) {
	if err := f.w.s.UseCampaign(e); err != nil {
		f.w.Fail("活动未能更换", err)
		return
	}
	f.w.pages[f.w.at].Changed(session.Everything)
	f.w.refresh()
	f.w.Say("当前案卷已按“" + e.Campaign.Name + "”检查　" + e.Countdown(time.Now()))
	f.told()
}

// campaignLine is the line 活动 in 设置: what the case works with, and the way to change
// it.
func (w *Window) campaignLine() fyne.CanvasObject {
	name := widget.NewLabel("")
	name.Truncation = fyne.TextTruncateEllipsis
	tell := func() {
		if w.s == nil {
			name.SetText("新建案卷时选用")
			return
		}
		e := campaigns.Entry{Own: w.s.OwnCampaign()}
		e.Campaign = w.s.Campaign()
		name.SetText(e.Name())
	}
	tell()
	return container.NewBorder(nil, nil, nil, widget.NewButton("选用和管理…", func() { w.CampaignDialog(tell) }), name)
}
