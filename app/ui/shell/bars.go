package shell

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/page"
	"jinggao/app/ui/task"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/progress"
)

var stepLabels = []string{"开始页", "① 项目表格", "② 附件材料", "③ 敏感信息审核", "④ 导出成果"}

// stepBar shows the pages and which one is in front.
type stepBar struct {
	w       *Window
	buttons []*widget.Button
	title   *widget.Label
	content fyne.CanvasObject
}

func newStepBar(w *Window) *stepBar {
	b := &stepBar{w: w, title: widget.NewLabel("")}
	b.title.TextStyle.Bold = true
	b.title.Truncation = fyne.TextTruncateEllipsis
	b.title.Alignment = fyne.TextAlignTrailing
	line := container.NewHBox()
	for i, text := range stepLabels {
		btn := widget.NewButton(text, func() { w.Goto(page.Step(i)) })
		b.buttons = append(b.buttons, btn)
		line.Add(btn)
	}
	back := canvas.NewRectangle(theme.Color(theme.ColorPanel))
	b.content = container.NewStack(back, container.NewPadded(container.NewBorder(nil, nil, line, nil, b.title)))
	return b
}

func (b *stepBar) refresh() {
	for i, btn := range b.buttons {
		btn.Importance = widget.MediumImportance
		if page.Step(i) == b.w.at {
			btn.Importance = widget.HighImportance
		}
		text := stepLabels[i]
		if page.Step(i) == page.Review && b.w.s != nil {
			if n := b.w.s.Review().Counts(-1).Left(); n > 0 {
				text = fmt.Sprintf("%s（待处理 %d）", text, n)
			}
		}
		btn.Text = text
		if b.w.s == nil && b.w.opening == 0 && i > 0 {
			btn.Disable()
		} else {
			btn.Enable()
		}
		btn.Refresh()
	}
	b.title.SetText("")
	if b.w.s != nil {
		b.title.SetText(b.w.s.Info().Title)
	}
}

// statusBar shows progress with 取消, the last action, when was saved, and the people.
type statusBar struct {
	w       *Window
	bar     *progress.Bar
	action  *widget.Label
	saved   *canvas.Text
	people  *canvas.Text
	content fyne.CanvasObject
	name    string // of the work that the bar shows
	hint    string
	undo    bool // the hint is an act that can be undone
}

func newStatusBar(w *Window) *statusBar {
	b := &statusBar{w: w, bar: progress.New(), action: widget.NewLabel("")}
	b.action.Truncation = fyne.TextTruncateEllipsis
	b.saved, b.people = canvas.NewText("", theme.Color(theme.ColorMuted)), canvas.NewText("", theme.Color(theme.ColorMuted))
	for _, t := range []*canvas.Text{b.saved, b.people} {
		t.TextSize = theme.Size(base.SizeNameText)
	}
	back := canvas.NewRectangle(theme.Color(theme.ColorPanel))
	keys := widget.NewButton("键位 [F1]", func() { w.keys.Run("help.keys") })
	keys.Importance = widget.LowImportance
	right := container.NewHBox(container.NewCenter(b.saved), gap(12), container.NewCenter(b.people), gap(4), keys)
	b.content = container.NewStack(back, container.NewBorder(nil, nil, b.bar, right, b.action))
	return b
}

func gap(w float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, 0))
	return r
}

func (b *statusBar) say(text string, undo bool) {
	b.hint, b.undo = text, undo
	b.refresh()
}

func (b *statusBar) progress(s task.Status) {
	if !s.Active {
		b.name = ""
		b.bar.Stop()
		b.w.refresh()
		return
	}
	if b.name != s.Name {
		b.name = s.Name
		b.bar.Start(s.Name, b.w.tasks.Cancel) // the manager of tasks tells of longer work only
	}
	what := s.Name
	if s.What != "" {
		what += "：" + brief(s.What)
	}
	b.bar.Set(what, s.Done, s.Total, "个")
}

// brief shortens the name of a file; how far in it the work is stays.
func brief(what string) string {
	name, rest, ok := strings.Cut(what, "　")
	if !ok {
		return shorten(what, 18)
	}
	return shorten(name, 14) + "　" + rest
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func (b *statusBar) refresh() {
	text := b.hint
	b.saved.Text, b.people.Text = "", ""
	if s := b.w.s; s != nil {
		if _, ok := s.Case().CanUndo(); ok && b.undo {
			text += "　Ctrl+Z 撤销"
		}
		b.saved.Text = "已自动保存 " + s.SavedAt().Format("15:04")
		clerk, reviewer := s.People()
		b.people.Text = "经办 " + or(clerk, "未填") + "　复核人 " + or(reviewer, "未填")
	}
	b.action.SetText(text)
	b.saved.Refresh()
	b.people.Refresh()
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
