// Package startpage shows the 开始页: new, open, sample, recent cases, three hints.
package startpage

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/prefs"
	"jinggao/app/ui/session"
	"jinggao/app/ui/theme"
	"jinggao/assets"
)

// Page is the start page.
type Page struct {
	host   page.Host
	recent *fyne.Container
	hints  *fyne.Container
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(h page.Host) *Page { return &Page{host: h} }

// Commands are none: what the page offers are commands of the window.
func (g *Page) Commands() []keymap.Command { return nil }

// Open is of no interest to the page.
func (g *Page) Open(*session.Session) {}

// Changed is of no interest to the page.
func (g *Page) Changed(session.What) {}

// Build makes the content.
func (g *Page) Build() fyne.CanvasObject {
	name := canvas.NewText("净稿", theme.Color(base.ColorNamePrimary))
	name.TextSize, name.TextStyle.Bold = theme.Size(base.SizeNameHeadingText)*1.6, true
	about := canvas.NewText("申报材料脱敏脱密与统计表汇总　不联网，不改动原件", theme.Color(theme.ColorMuted))
	about.TextSize = theme.Size(base.SizeNameText)
	acts := container.NewVBox(
		g.button("case.new", "新建案卷", base.DocumentCreateIcon(), true),
		g.button("case.open", "打开案卷", base.FolderOpenIcon(), false),
		g.button("case.sample", "打开示例案卷", base.DocumentIcon(), false),
	)
	g.recent = container.NewVBox()
	g.hints = container.NewVBox()
	left := container.NewVBox(heading("开始"), width(acts, 250))
	right := container.NewBorder(heading("最近案卷"), nil, nil, nil, width(container.NewVScroll(g.recent), 560))
	middle := container.NewBorder(nil, nil, left, nil, container.NewBorder(nil, nil, space(40, 1), nil, right))
	top := container.NewVBox(space(1, 26), name, about)
	if len(assets.Missing()) > 0 {
		warn := widget.NewLabel("本程序编译时缺少第三方数据（字体、词典或 PDF 组件），部分功能不可用。请执行 make run 重新编译。")
		warn.Importance, warn.Wrapping = widget.DangerImportance, fyne.TextWrapWord
		top.Add(warn)
	}
	top.Add(space(1, 18))
	body := container.NewBorder(top, g.hints, nil, nil, middle)
	return container.New(&column{max: 900}, body)
}

func (g *Page) button(id keymap.ID, text string, icon fyne.Resource, main bool) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, func() { g.host.Keys().Run(id) })
	b.Alignment = widget.ButtonAlignLeading
	if main {
		b.Importance = widget.HighImportance
	}
	if k := g.host.Keys().Command(id).KeyText(); k != "" {
		b.SetText(text + "　" + k)
	}
	return b
}

func heading(text string) fyne.CanvasObject {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

func width(o fyne.CanvasObject, w float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, 0))
	return container.NewStack(r, o)
}

func space(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

// Show brings the list of recent cases up to date.
func (g *Page) Show() {
	if g.recent == nil {
		return
	}
	g.recent.RemoveAll()
	list := g.host.Prefs().Recent()
	for _, r := range list {
		g.recent.Add(g.line(r))
	}
	if len(list) == 0 {
		l := widget.NewLabel("还没有案卷。可先打开示例案卷，几分钟走完四步。")
		l.Wrapping = fyne.TextWrapWord
		g.recent.Add(l)
	}
	g.showHints()
}

// line is one recent case: grey where the file is gone, and it can be taken off.
func (g *Page) line(r prefs.Recent) fyne.CanvasObject {
	name := r.Name
	if name == "" {
		name = filepath.Base(r.Path)
	}
	where := canvas.NewText(shorten(filepath.Dir(r.Path), 52)+"　"+r.At.Local().Format("2006-01-02 15:04"), theme.Color(theme.ColorMuted))
	where.TextSize = theme.Size(base.SizeNameCaptionText)
	open := widget.NewButton(name, func() { g.host.OpenPath(r.Path) })
	open.Alignment = widget.ButtonAlignLeading
	if r.Gone {
		open.SetText(name + "（文件不在原处）")
		open.Disable()
	}
	off := widget.NewButtonWithIcon("移出列表", base.ContentClearIcon(), func() {
		g.host.Prefs().Forget(r.Path)
		g.Show()
	})
	off.Importance = widget.LowImportance
	text := container.New(layout.NewCustomPaddedVBoxLayout(0), open, container.New(layout.NewCustomPaddedLayout(0, 4, 10, 0), where))
	return container.NewBorder(nil, nil, nil, container.NewVBox(off), text)
}

// shorten cuts a path in its middle.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n/2-1]) + "…" + string(r[len(r)-n/2:])
}

func (g *Page) showHints() {
	g.hints.RemoveAll()
	if g.host.Prefs().HintsOff() {
		return
	}
	g.hints.Add(widget.NewSeparator())
	for _, t := range []string{
		"一　在“项目表格”中导入或粘贴各单位的申报表，检查提示随填随现。",
		"二　在“附件材料”中拖入文件，程序只读取原件；读不到的逐项列出，由人查看。",
		"三　在“敏感信息审核”中按 1 脱敏、2 替换、3 忽略，每一步即时保存，可用 Ctrl+Z 撤销。",
	} {
		g.hints.Add(widget.NewLabel(t))
	}
	off := widget.NewButton("不再显示提示", func() {
		g.host.Prefs().SetHintsOff(true)
		g.showHints()
	})
	off.Importance = widget.LowImportance
	g.hints.Add(container.NewHBox(off, layout.NewSpacer()))
}

// column is a layout that keeps one object in the middle at a greatest width.
type column struct{ max float32 }

// MinSize is that of the object.
func (l *column) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout centres the object.
func (l *column) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := max(min(l.max*theme.Size(base.SizeNameText)/14, s.Width), o[0].MinSize().Width)
	o[0].Resize(fyne.NewSize(w, s.Height))
	o[0].Move(fyne.NewPos(max(0, (s.Width-w)/2), 0))
}
