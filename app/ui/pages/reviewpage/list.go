package reviewpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/review"
	"jinggao/app/ui/theme"
	"jinggao/sanitize/finding"
)

// listRow is one line of the finding list: a document, a finding, a fold or a note.
type listRow struct {
	widget.BaseWidget
	row     review.Row
	current bool
}

func newListRow() *listRow {
	r := &listRow{}
	r.ExtendBaseWidget(r)
	return r
}

func (r *listRow) set(row review.Row, current bool) {
	if r.row == row && r.current == current {
		return
	}
	r.row, r.current = row, current
	r.Refresh()
}

// CreateRenderer draws the line.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	rr := &rowRenderer{
		r: r, back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
		sign: canvas.NewText("", nil), text: canvas.NewText("", nil), detail: canvas.NewText("", nil),
	}
	rr.detail.Alignment = fyne.TextAlignTrailing
	rr.Refresh()
	return rr
}

type rowRenderer struct {
	r                  *listRow
	back, bar          *canvas.Rectangle
	sign, text, detail *canvas.Text
}

func (rr *rowRenderer) Destroy() {}

func (rr *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{rr.back, rr.bar, rr.sign, rr.text, rr.detail}
}

func (rr *rowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, max(30, theme.Size(base.SizeNameText)*2))
}

func (rr *rowRenderer) Layout(size fyne.Size) {
	rr.back.Resize(size)
	rr.bar.Resize(fyne.NewSize(3, size.Height))
	x, sign := float32(8), 20*theme.Size(base.SizeNameText)/14
	if rr.r.row.Kind == review.ItemRow || rr.r.row.Kind == review.NoteRow {
		x = 22
	}
	place := func(t *canvas.Text, x, w float32) {
		h := t.MinSize().Height
		t.Move(fyne.NewPos(x, (size.Height-h)/2))
		t.Resize(fyne.NewSize(w, h))
	}
	place(rr.sign, x, sign-2)
	dw := rr.detail.MinSize().Width
	place(rr.detail, size.Width-dw-8, dw)
	room := size.Width - dw - 14 - (x + sign)
	rr.text.Text = fit(rr.fullText(), room, rr.text.TextSize, rr.text.TextStyle)
	place(rr.text, x+sign, room)
}

func (rr *rowRenderer) fullText() string { return rr.r.row.Text }

// fit cuts a text to a width with an ellipsis.
func fit(s string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(s, size, style).Width <= width {
		return s
	}
	r := []rune(s)
	lo, hi := 0, len(r)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fyne.MeasureText(string(r[:mid])+"…", size, style).Width <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return string(r[:lo]) + "…"
}

func (rr *rowRenderer) Refresh() {
	row := &rr.r.row
	rr.back.FillColor = theme.Color(theme.ColorPaper)
	rr.bar.FillColor = rr.back.FillColor
	for _, t := range []*canvas.Text{rr.sign, rr.text} {
		t.TextSize = theme.Size(base.SizeNameText)
		t.Color = theme.Color(base.ColorNameForeground)
		t.TextStyle = fyne.TextStyle{}
	}
	rr.detail.TextSize = theme.Size(base.SizeNameCaptionText)
	rr.detail.Color = theme.Color(theme.ColorMuted)
	rr.sign.Text, rr.text.Text, rr.detail.Text = "", row.Text, row.Detail
	switch row.Kind {
	case review.FileRow, review.FoldRow:
		rr.sign.Text = "▶"
		if row.Open {
			rr.sign.Text = "▼"
		}
		if row.Kind == review.FileRow {
			rr.back.FillColor = theme.Color(theme.ColorPanel)
			rr.text.TextStyle.Bold = true
			rr.fileDetail(row)
		} else {
			rr.text.Color = theme.Color(theme.ColorMuted)
		}
	case review.NoteRow:
		rr.text.Color = theme.Color(theme.ColorMuted)
	default:
		rr.sign.Text = row.State.Sign()
		rr.sign.Color = stateColor(row.State)
		rr.detail.Text = row.State.String() + " " + levelShort(row)
		if row.Level == finding.S1 {
			rr.text.TextStyle.Bold = true
		}
	}
	if rr.r.current {
		rr.back.FillColor = theme.Color(theme.ColorRowSelected)
		rr.bar.FillColor = theme.Color(theme.ColorCurrentEdge)
	} else {
		rr.bar.FillColor = rr.back.FillColor
	}
	rr.Layout(rr.r.Size())
	canvas.Refresh(rr.r)
}

func (rr *rowRenderer) fileDetail(row *review.Row) {
	switch row.State {
	case review.Withdrawn:
		rr.detail.Text = "整件移出"
		rr.detail.Color = theme.Color(base.ColorNameError)
	case review.Treated:
		rr.detail.Text = "✓ " + row.Detail
		rr.detail.Color = theme.Color(base.ColorNameSuccess)
	}
}

func levelShort(row *review.Row) string {
	if row.Level == 0 {
		return ""
	}
	return row.Level.String()
}
