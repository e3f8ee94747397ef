// Package exportpage shows page ④ 导出成果: choices at the left, the pre-check at
// the right, afterwards what was produced. What is done is app/ui/export.
package exportpage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/ui/export"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
)

// Page is page ④.
type Page struct {
	host  page.Host
	s     *session.Session
	facts export.Facts

	folder  *ime.Entry
	word    *widget.Check
	copies  *widget.Check
	suggest *widget.Check
	more    options
	run     *widget.Button
	why     *widget.Label
	until   *widget.Label // how long is left
	checks  *fyne.Container
	result  *fyne.Container
	busy    bool
	last    *export.Result
	first   bool // the folder was proposed
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(h page.Host, f export.Facts) *Page { return &Page{host: h, facts: f} }

// SetFacts tells of other rules in force.
func (g *Page) SetFacts(f export.Facts) { g.facts = f }

// Commands are the commands of the page.
func (g *Page) Commands() []keymap.Command {
	return []keymap.Command{
		{ID: "export.run", Label: "开始导出", Group: "步骤", Enabled: func() bool { return g.s != nil && !g.busy }, Run: g.Run},
	}
}

// Build makes the content.
func (g *Page) Build() fyne.CanvasObject {
	g.folder = ime.NewEntry()
	g.folder.OnChanged = func(string) { g.refresh() }
	g.folder.OnKey = page.FunctionKeys(g.host)
	pick := widget.NewButton("选择…", func() {
		g.host.PickFolder("选择导出位置", "export", func(p string) { g.folder.SetText(p) })
	})
	changed := func(bool) { g.refresh() }
	g.word = widget.NewCheck("统计表另存一份 Word（.docx）", nil)
	g.copies = widget.NewCheck("生成附件的脱敏副本", changed)
	g.suggest = widget.NewCheck("未处理的 S2、S3 命中按规则建议脱敏，并记录为经办决定", changed)
	g.word.Checked, g.copies.Checked = true, true
	g.run = widget.NewButton("开始导出", func() { g.host.Keys().Run("export.run") })
	g.run.Importance = widget.HighImportance
	g.why = wrapLabel("")
	g.why.Importance = widget.WarningImportance
	g.until = wrapLabel("")
	about := wrapLabel("每次导出生成一个新文件夹：\n“对外”含统计表、脱敏副本和清单，可以发出；\n“内部留存”含内部统计表、审查报告、内部清单和提示单，留在本单位。\n原件和已有文件都不改动；副本经另一套代码复检后才写出。")
	edge := canvas.NewRectangle(nil) // room for the scroll bar
	edge.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameScrollBar), 0))
	choices := container.NewVBox(
		heading("导出位置"), container.NewBorder(nil, nil, nil, pick, g.folder),
		heading("内容"), g.word, g.copies, g.more.build(g), g.suggest, widget.NewSeparator(), about,
	)
	left := container.NewBorder(nil, container.NewVBox(widget.NewSeparator(), container.NewHBox(g.run), g.why, g.until), nil, nil,
		container.NewVScroll(container.NewBorder(nil, nil, nil, edge, choices))) // what acts stays in sight
	g.checks, g.result = container.NewVBox(), container.NewVBox()
	room := canvas.NewRectangle(nil)
	room.SetMinSize(edge.MinSize())
	right := container.NewVScroll(container.NewBorder(nil, nil, nil, room, container.NewVBox(g.result, heading("导出前检查"), g.checks)))
	split := container.NewHSplit(container.NewPadded(left), paper(container.NewPadded(right)))
	split.SetOffset(0.36)
	return split
}

func heading(text string) fyne.CanvasObject {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

func paper(o fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.ColorPaper))
	back.StrokeColor, back.StrokeWidth = theme.Color(base.ColorNameSeparator), 1
	return container.NewStack(back, o)
}

func wrapLabel(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return l
}

// Open gives the page a case.
func (g *Page) Open(s *session.Session) {
	if s != g.s {
		g.last, g.busy, g.first = nil, false, false
	}
	fresh := s != nil && s != g.s
	if g.s = s; s != nil {
		g.more.load(s.Case())
	}
	if fresh {
		g.suggest.SetChecked(false) // for each case anew: it decides in the name of a person
	}
}

// Show brings the page up to date and takes the keyboard.
func (g *Page) Show() {
	if g.s == nil {
		return
	}
	if !g.first || g.folder.Text == "" {
		g.first = true
		dir := g.host.Prefs().Folder("export")
		if dir == "" {
			dir = filepath.Dir(g.s.Case().Path())
		}
		g.folder.SetText(dir)
	}
	g.refresh()
}

// Changed brings the page up to date after a change of the case.
func (g *Page) Changed(session.What) { g.refresh() }

// Options are the choices made.
func (g *Page) Options() export.Options {
	o := export.Options{Folder: g.folder.Text, Word: g.word.Checked, Copies: g.copies.Checked, Suggest: g.suggest.Checked}
	return g.more.fill(o)
}

// SetFolder chooses where to export to.
func (g *Page) SetFolder(dir string) { g.folder.SetText(dir) }

// SetSuggest chooses whether open findings are treated as suggested.
func (g *Page) SetSuggest(on bool) { g.suggest.SetChecked(on) }

// Last is the last export since the case was opened, nil if there was none.
func (g *Page) Last() *export.Result { return g.last }

// Busy tells whether an export runs.
func (g *Page) Busy() bool { return g.busy }

func (g *Page) refresh() {
	if g.s == nil || g.checks == nil {
		return
	}
	p := export.Make(g.s, g.Options())
	g.checks.RemoveAll()
	for _, l := range p.Lines {
		g.checks.Add(g.line(l))
	}
	if g.copies.Checked && len(p.Skips) > 0 {
		g.checks.Add(heading("不生成副本的附件"))
		for _, s := range p.Skips {
			g.checks.Add(wrapLabel("× " + s.Name + "：" + s.Why + "。" + s.Do + "。"))
		}
	}
	g.more.enable(g.copies.Checked)
	g.until.SetText(g.s.Campaign().Countdown(time.Now()))
	why := p.Blocked(g.Options())
	g.why.SetText(why)
	g.why.Hidden = why == ""
	if why == "" && !g.busy {
		g.run.Enable()
	} else {
		g.run.Disable()
	}
	g.showResult()
}

// line is one line of the pre-check with a button that goes where it is mended.
func (g *Page) line(l export.Line) fyne.CanvasObject {
	sign, color := "✓", theme.Color(base.ColorNameSuccess)
	switch l.Weight {
	case export.Doubt:
		sign, color = "?", theme.Color(base.ColorNameWarning)
	case export.Stop:
		sign, color = "!", theme.Color(base.ColorNameError)
	}
	t := canvas.NewText(sign, color)
	t.TextStyle.Bold, t.TextSize = true, theme.Size(base.SizeNameText)
	mark := container.NewGridWrap(fyne.NewSize(22, theme.Size(base.SizeNameText)*2.2), container.NewCenter(t))
	var act fyne.CanvasObject
	if l.Weight != export.Good {
		b := widget.NewButton("去处理", func() { g.host.Goto(l.Goto) })
		b.Importance = widget.LowImportance
		act = b
	}
	return container.NewBorder(nil, nil, container.NewVBox(mark), act, wrapLabel(l.Text))
}

// Run exports.
func (g *Page) Run() {
	if g.s == nil || g.busy {
		return
	}
	s := g.s
	job, err := export.Prepare(s, g.Options(), g.facts)
	if err != nil {
		g.host.Fail("未能导出", err)
		g.refresh()
		return
	}
	g.host.Prefs().SetFolder("export", g.folder.Text)
	g.busy = true
	g.refresh()
	var res *export.Result
	s.Tasks().Start("正在导出", func(ctx context.Context, report task.Report) error {
		var err error
		res, err = job.Run(ctx, report)
		return err
	}, func(err error) {
		if g.s != s {
			return
		}
		g.busy = false
		g.done(res, err)
	})
}

func (g *Page) done(res *export.Result, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		g.host.Say("导出已取消，没有留下文件")
	case err != nil:
		g.host.Fail("未能导出", err)
	default:
		g.last = res
		g.host.Say(fmt.Sprintf("已导出统计表和 %d 份脱敏副本", len(res.Made)))
		if err := g.s.Case().Log(fmt.Sprintf("导出统计表 %d 项、脱敏副本 %d 份", res.Rows, len(res.Made))); err != nil {
			g.host.Fail("导出记录未能保存", err)
		}
	}
	g.refresh()
}

// showResult shows what the last export produced.
func (g *Page) showResult() {
	g.result.RemoveAll()
	r := g.last
	if g.busy {
		g.result.Add(wrapLabel("正在导出，进度见窗口下方，可随时取消。"))
		g.result.Add(widget.NewSeparator())
		return
	}
	if r == nil {
		return
	}
	head := widget.NewLabelWithStyle("✓ 导出完成", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.Importance = widget.SuccessImportance
	open := widget.NewButton("打开文件夹", func() {
		if err := platform.OpenPath(r.Dir); err != nil {
			g.host.Say("文件夹未能打开：" + r.Dir)
		}
	})
	g.result.Add(container.NewHBox(head, layout.NewSpacer(), open))
	g.result.Add(wrapLabel(r.Dir))
	g.result.Add(wrapLabel(fmt.Sprintf("复检：统计表 %d 项残留 0 处；%d 份副本均由另一程序路径复检通过，隐藏内容已清除。", r.Rows, len(r.Made))))
	for _, t := range r.Table {
		g.result.Add(wrapLabel("· " + filepath.ToSlash(t)))
	}
	for _, m := range r.Made {
		text := fmt.Sprintf("· %s　脱敏 %d 处", filepath.ToSlash(m.Out), m.Treated)
		if len(m.Also) > 0 {
			text += "，另附" + join(m.Also)
		}
		if len(m.Removed) > 0 {
			text += "，清除 " + join(m.Removed)
		}
		g.result.Add(wrapLabel(text))
	}
	if r.Letters > 0 {
		g.result.Add(wrapLabel(fmt.Sprintf("· 内部留存/%s　%d 份，请交定密责任人", export.Letters, r.Letters)))
	}
	if len(r.Failures) > 0 {
		g.result.Add(heading(fmt.Sprintf("%d 个附件未生成副本", len(r.Failures))))
		for _, f := range r.Failures {
			l := wrapLabel("× " + f.Name + "：" + sentence(f.What, f.Why, f.Do))
			g.result.Add(l)
		}
	}
	g.result.Add(widget.NewSeparator())
}

func join(s []string) string {
	out := ""
	for i, v := range s {
		if i > 0 {
			out += "、"
		}
		out += v
	}
	return out
}

func sentence(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" {
			out += p + "。"
		}
	}
	return out
}
