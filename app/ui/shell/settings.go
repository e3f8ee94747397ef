package shell

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
)

// Settings shows 设置: people and campaign of the case, text size, places on disk.
func (w *Window) Settings() {
	f := w.newSettings()
	w.dialogs.Show(dialogs.Custom{
		Title: "设置", Content: f.content, Size: fyne.NewSize(640, 0), Act: "保存设置", First: f.clerk,
		Valid: func() string {
			c, r := strings.TrimSpace(f.clerk.Text), strings.TrimSpace(f.reviewer.Text)
			if c != "" && c == r {
				return "复核人与经办不能是同一人"
			}
			return ""
		},
		OnAct: func() { w.saveSettings(f) },
	})
}

// settingsForm is the content of the dialog.
type settingsForm struct {
	content         fyne.CanvasObject
	title           *ime.Entry
	clerk, reviewer *ime.Entry
	size            *dialogs.Select
	advance, hints  *dialogs.Check
}

func (w *Window) newSettings() *settingsForm {
	f := &settingsForm{title: ime.NewEntry(), clerk: ime.NewEntry(), reviewer: ime.NewEntry()}
	rows := container.New(layout.NewFormLayout())
	add := func(label string, o fyne.CanvasObject) {
		rows.Add(widget.NewLabel(label))
		rows.Add(o)
	}
	f.clerk.SetText(w.p.Prefs.Clerk())
	f.reviewer.SetText(w.p.Prefs.Reviewer())
	if w.s != nil {
		info := w.s.Info()
		f.title.SetText(info.Title)
		f.clerk.SetText(info.Clerk)
		f.reviewer.SetText(info.Reviewer)
		add("案卷名称", f.title)
	}
	add("活动", w.campaignLine())
	add("经办", f.clerk)
	add("复核人", f.reviewer)
	var sizes []string
	for _, s := range theme.TextSizes() {
		sizes = append(sizes, s.String())
	}
	f.size = dialogs.NewSelect(sizes, nil)
	f.size.Selected = theme.ParseTextSize(w.p.Prefs.TextSize()).String()
	add("文字大小", f.size)
	f.advance = dialogs.NewCheck("作出决定后自动跳到下一处待处理", nil)
	f.advance.Checked = w.p.Prefs.Advance()
	add("审核", f.advance)
	f.hints = dialogs.NewCheck("开始页显示提示", nil)
	f.hints.Checked = !w.p.Prefs.HintsOff()
	add("提示", f.hints)
	places := container.NewVBox(w.placeLine("数据位置", w.p.Facts.DataDir))
	if w.s != nil {
		places.Add(w.placeLine("案卷位置", filepath.Dir(w.s.Case().Path())))
	}
	log := widget.NewButton("导出日志…", w.exportLog)
	f.content = container.NewVBox(rows, widget.NewSeparator(), places, container.NewHBox(w.listsButton(), log))
	return f
}

// placeLine names a folder and opens it.
func (w *Window) placeLine(name, dir string) fyne.CanvasObject {
	l := widget.NewLabel(name + "：" + dir)
	l.Truncation = fyne.TextTruncateEllipsis
	open := widget.NewButton("打开文件夹", func() {
		if err := platform.OpenPath(dir); err != nil {
			w.Say("文件夹未能打开：" + dir)
		}
	})
	return container.NewBorder(nil, nil, nil, open, l)
}

func (w *Window) saveSettings(f *settingsForm) {
	clerk, reviewer := strings.TrimSpace(f.clerk.Text), strings.TrimSpace(f.reviewer.Text)
	w.p.Prefs.SetClerk(clerk)
	w.p.Prefs.SetReviewer(reviewer)
	w.p.Prefs.SetAdvance(f.advance.Checked)
	w.p.Prefs.SetHintsOff(!f.hints.Checked)
	if w.s != nil {
		info := w.s.Info()
		info.Clerk, info.Reviewer = clerk, reviewer
		if t := strings.TrimSpace(f.title.Text); t != "" {
			info.Title = t
		}
		if err := w.s.SetInfo(info); err != nil {
			w.Fail("设置未能保存", err)
			return
		}
		w.s.Review().Advance = f.advance.Checked
		w.win.SetTitle(info.Title + " - 净稿")
	}
	w.Say("设置已保存")
	if f.size.Selected != theme.ParseTextSize(w.p.Prefs.TextSize()).String() {
		w.SetTextSize(theme.ParseTextSize(f.size.Selected))
		return
	}
	w.pages[w.at].Changed(session.Everything)
	w.refresh()
}

// SetTextSize changes the size of all text at once.
func (w *Window) SetTextSize(s theme.TextSize) {
	w.p.Prefs.SetTextSize(s.String())
	theme.Apply(w.p.App, s)
	w.build()
	for _, p := range w.pages {
		p.Open(w.s)
	}
	w.pages[w.at].Show()
}

// exportLog copies the log to a place of the person's choice.
func (w *Window) exportLog() {
	w.PickSave(platform.FileRequest{Title: "导出日志", Name: "净稿日志.txt", Filters: []platform.Filter{{Name: "文本", Extensions: []string{".txt"}}}}, "log", func(path string) {
		if err := copyNew(w.p.Facts.LogFile, path); err != nil {
			w.Fail("日志未能导出", err)
			return
		}
		w.Say("日志已导出，其中不含文件内容")
	})
}

// About shows 关于: version, rules, licences of what the program is built with.
func (w *Window) About() {
	name := canvas.NewText("净稿", theme.Color(base.ColorNamePrimary))
	name.TextSize, name.TextStyle.Bold = theme.Size(base.SizeNameHeadingText), true
	facts := widget.NewLabel("版本　" + w.p.Facts.Version + "\n规则　" + w.p.Facts.Rules() +
		"\n许可　Apache-2.0\n本程序不联网，不改动原件；只作提示和处置的工具，不代替定密和保密审查。")
	facts.Wrapping, facts.Selectable = fyne.TextWrapBreak, true
	view := w.licenceView()
	head := widget.NewLabelWithStyle("第三方许可", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	w.dialogs.Show(dialogs.Custom{
		Title: "关于净稿", Content: container.NewBorder(container.NewVBox(name, facts, head), nil, nil, nil, view),
		Size: fyne.NewSize(820, 560),
	})
}

// KeySheet shows all commands with their keys.
func (w *Window) KeySheet() {
	cols := []*fyne.Container{container.NewVBox(), container.NewVBox(), container.NewVBox()}
	heights := make([]int, len(cols))
	for _, sec := range w.keys.Sheet() {
		k := 0
		for i := range heights {
			if heights[i] < heights[k] {
				k = i
			}
		}
		if sec.Title == "审核" {
			w.splitSection(cols, heights, sec.Title, sec.Lines)
			continue
		}
		section(cols[k], sec.Title, sec.Lines)
		heights[k] += len(sec.Lines) + 2
	}
	note := widget.NewLabel("审核的按键在原文区有焦点时有效；全角数字同样有效。表格中用 Shift+↑↓、Shift 或 Ctrl+单击选多行，点列名排序。")
	grid := container.NewGridWithColumns(3, cols[0], cols[1], cols[2])
	w.dialogs.Show(dialogs.Custom{Title: "键位表", Content: container.NewBorder(nil, note, nil, nil, container.NewVScroll(grid)), Size: fyne.NewSize(1040, 560)})
}
