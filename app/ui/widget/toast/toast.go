// Package toast is a line of news at the edge of the window, with at most one act
// (撤销). It never takes the keyboard and goes away by itself.
package toast

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
)

// Stay is how long news is shown.
const Stay = 6 * time.Second

// Toast is the widget: empty and without height until Say.
type Toast struct {
	widget.BaseWidget
	label *widget.Label
	act   *widget.Button
	body  *fyne.Container
	timer *time.Timer
}

// New makes a toast.
func New() *Toast {
	t := &Toast{label: widget.NewLabel(""), act: widget.NewButton("", nil)}
	t.label.Truncation = fyne.TextTruncateEllipsis
	back := canvas.NewRectangle(theme.Color(theme.ColorReplacedFill))
	back.StrokeColor, back.StrokeWidth, back.CornerRadius = theme.Color(theme.ColorReplacedEdge), 1, 3
	t.act.Hide()
	t.body = container.NewStack(back, container.NewBorder(nil, nil, nil, t.act, t.label))
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// Say shows news for a while; later news takes its place.
func (t *Toast) Say(text string) { t.SayWith(text, "", nil) }

// SayWith shows news with an act.
func (t *Toast) SayWith(text, act string, run func()) {
	if t.timer != nil {
		t.timer.Stop()
	}
	t.label.SetText(text)
	if act == "" {
		t.act.Hide()
	} else {
		t.act.SetText(act)
		t.act.OnTapped = func() {
			t.Clear()
			run()
		}
		t.act.Show()
	}
	t.Show()
	t.Refresh()
	t.timer = time.AfterFunc(Stay, func() { fyne.Do(t.Clear) })
}

// Clear takes the news away.
func (t *Toast) Clear() {
	if t.timer != nil {
		t.timer.Stop()
	}
	t.label.SetText("")
	t.Hide()
}

// Text is what is shown now, or "".
func (t *Toast) Text() string { return t.label.Text }

// MinSize is that of a line while there is news.
func (t *Toast) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	return t.BaseWidget.MinSize().Max(fyne.NewSize(theme.Size(base.SizeNameText)*12, 0))
}

// CreateRenderer draws the news.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.body) }
