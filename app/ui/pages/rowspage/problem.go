package rowspage

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/submission"
	"jinggao/app/ui/theme"
)

// problemRow is one line of the problem list.
type problemRow struct {
	widget.BaseWidget
	sign *canvas.Text
	text *widget.Label
	mend *widget.Button
	id   int
	body *fyne.Container
}

func newProblemRow(mend func(int)) *problemRow {
	r := &problemRow{sign: canvas.NewText("", nil), text: widget.NewLabel("")}
	r.text.Truncation = fyne.TextTruncateEllipsis
	r.mend = widget.NewButton("采用建议", func() { mend(r.id) })
	wide := canvas.NewRectangle(color.Transparent)
	wide.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameText)*4.4, 0))
	edge := canvas.NewRectangle(color.Transparent)
	edge.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameScrollBar)+2, 0))
	r.body = container.NewBorder(nil, nil, container.NewStack(wide, container.NewCenter(r.sign)), container.NewHBox(r.mend, edge), r.text)
	r.ExtendBaseWidget(r)
	return r
}

func (r *problemRow) set(id int, p submission.Problem, row int) {
	r.id = id
	r.sign.Text, r.sign.Color = "? 提醒", theme.Color(base.ColorNameWarning)
	if p.Level == submission.Error {
		r.sign.Text, r.sign.Color = "! 错误", theme.Color(base.ColorNameError)
	}
	r.sign.TextSize = theme.Size(base.SizeNameText)
	r.sign.Refresh()
	where := ""
	switch {
	case row >= 0:
		where = fmt.Sprintf("第 %d 行 %s　", row+1, p.Column)
	case p.Kind == submission.KindHeader && p.Column != "":
		where = fmt.Sprintf("表头 %s　", p.Column)
	}
	r.text.SetText(where + p.Message)
	if p.Mend != "" && row >= 0 {
		r.mend.SetText("改为 " + p.Mend)
		r.mend.Show()
	} else {
		r.mend.Hide()
	}
}

// CreateRenderer draws the line.
func (r *problemRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }
