package attachpage

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/attach"
	"jinggao/app/ui/theme"
)

// groupRow is one line at the left: a row of the table with its files.
type groupRow struct {
	widget.BaseWidget
	group   attach.Group
	current bool
}

func newGroupRow() *groupRow {
	r := &groupRow{}
	r.ExtendBaseWidget(r)
	return r
}

func (r *groupRow) set(g attach.Group, current bool) {
	if r.group == g && r.current == current {
		return
	}
	r.group, r.current = g, current
	r.Refresh()
}

// CreateRenderer draws the line.
func (r *groupRow) CreateRenderer() fyne.WidgetRenderer {
	rr := &groupRenderer{
		r: r, back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
		name: widget.NewLabel(""), figures: canvas.NewText("", nil),
	}
	rr.name.Truncation = fyne.TextTruncateEllipsis
	rr.Refresh()
	return rr
}

type groupRenderer struct {
	r         *groupRow
	back, bar *canvas.Rectangle
	name      *widget.Label
	figures   *canvas.Text
}

func (rr *groupRenderer) Destroy() {}

func (rr *groupRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{rr.back, rr.bar, rr.name, rr.figures}
}

func (rr *groupRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, rr.name.MinSize().Height+rr.figures.MinSize().Height+4)
}

func (rr *groupRenderer) Layout(s fyne.Size) {
	rr.back.Resize(s)
	rr.bar.Resize(fyne.NewSize(3, s.Height))
	h := rr.name.MinSize().Height
	rr.name.Move(fyne.NewPos(4, 0))
	rr.name.Resize(fyne.NewSize(s.Width-8, h))
	rr.figures.Move(fyne.NewPos(4+theme.Size(base.SizeNameInnerPadding), h-4))
	rr.figures.Resize(fyne.NewSize(s.Width-20, rr.figures.MinSize().Height))
}

func (rr *groupRenderer) Refresh() {
	g := &rr.r.group
	rr.back.FillColor = theme.Color(theme.ColorPaper)
	rr.bar.FillColor = rr.back.FillColor
	if rr.r.current {
		rr.back.FillColor = theme.Color(theme.ColorRowSelected)
		rr.bar.FillColor = theme.Color(base.ColorNamePrimary)
	}
	rr.name.TextStyle.Bold = rr.r.current
	rr.name.SetText(g.Name)
	text := "无附件"
	rr.figures.Color = theme.Color(theme.ColorMuted)
	if g.Files > 0 {
		text = fmt.Sprintf("%d 个文件", g.Files)
		if g.Open > 0 {
			text += fmt.Sprintf("　待处理 %d 处", g.Open)
			rr.figures.Color = theme.Color(theme.ColorPendingEdge)
		}
		if g.Bad > 0 {
			text += fmt.Sprintf("　须处理 %d 个", g.Bad)
			rr.figures.Color = theme.Color(base.ColorNameError)
		}
	}
	rr.figures.Text = text
	rr.figures.TextSize = theme.Size(base.SizeNameCaptionText)
	rr.Layout(rr.r.Size())
	canvas.Refresh(rr.r)
}
