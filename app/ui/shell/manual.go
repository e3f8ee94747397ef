package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/manual"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview"
	"jinggao/assets"
)

// Manual shows the user manual: its headings at the left, its text at the right.
func (w *Window) Manual() {
	p := manual.Lay(assets.Manual())
	view := docview.New()
	view.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && w.dialogs.Cancel() }
	view.SetText(p.Text)
	spans := make([]docview.Span, len(p.Heads))
	for i, h := range p.Heads {
		spans[i] = docview.Span{Start: h.Start, End: h.End}
	}
	view.SetHeads(spans)
	size := fyne.NewSize(1040, 600)
	room := w.win.Canvas().Size()
	size = fyne.NewSize(max(size.Width, room.Width*0.8), max(size.Height, room.Height*0.86))
	w.dialogs.Show(dialogs.Custom{
		Title: "使用手册", Content: container.NewBorder(nil, nil, w.contents(p.Heads, view), nil, view),
		First: view, Size: size,
	})
}

// contents lists the headings; one that is clicked comes to the top of the text.
func (w *Window) contents(heads []manual.Head, view *docview.View) fyne.CanvasObject {
	var shown []manual.Head
	for _, h := range heads {
		if h.Rank > 1 {
			shown = append(shown, h)
		}
	}
	list := widget.NewList(func() int { return len(shown) },
		func() fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = fyne.TextTruncateEllipsis
			return l
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(strings.Repeat("　", shown[i].Rank-2) + shown[i].Title)
		})
	list.HideSeparators = true
	list.OnSelected = func(i widget.ListItemID) {
		view.ScrollToOffset(shown[i].Start)
		list.UnselectAll()
		w.win.Canvas().Focus(view)
	}
	wide := canvas.NewRectangle(theme.Color(theme.ColorPanel))
	wide.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameText)*14, 0))
	return container.NewStack(wide, list)
}
