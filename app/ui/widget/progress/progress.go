// Package progress is the bar in the status line: what is being done, how far it
// is, and 取消. It is never modal. That it does not flash for work done in a blink is
// up to whoever starts it.
package progress

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
)

// Bar is the widget. Use it on the UI goroutine only.
type Bar struct {
	widget.BaseWidget
	track  *track
	label  *widget.Label
	cancel *widget.Button
	body   *fyne.Container
	active bool
}

// New makes a hidden bar.
func New() *Bar {
	b := &Bar{track: newTrack(), label: widget.NewLabel(""), cancel: widget.NewButton("取消", nil)}
	b.body = container.NewBorder(nil, nil, b.label, b.cancel, container.NewPadded(container.NewPadded(b.track)))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Start begins work: the bar appears. cancel is
// called at most once, when the person wants to stop; nil: work cannot be cancelled.
func (b *Bar) Start(what string, cancel func()) {
	b.Stop()
	b.active = true
	b.label.SetText(what)
	b.track.set(-1)
	b.cancel.SetText("取消")
	b.cancel.Enable()
	b.cancel.OnTapped = func() {
		b.cancel.Disable()
		b.cancel.SetText("正在取消")
		cancel()
	}
	if cancel == nil {
		b.cancel.Hide()
	} else {
		b.cancel.Show()
	}
	b.Show()
	b.Refresh()
}

// Set tells how far the work is: done of total, in the given unit (件, 页). A total
// of 0 means that it is not known.
func (b *Bar) Set(what string, done, total int, unit string) {
	if !b.active {
		return
	}
	if total > 0 {
		b.label.SetText(fmt.Sprintf("%s　%d/%d %s", what, done, total, unit))
		b.track.set(float32(done) / float32(total))
		return
	}
	b.label.SetText(what)
	b.track.set(-1)
}

// Stop ends the work and hides the bar.
func (b *Bar) Stop() {
	b.active = false
	b.Hide()
}

// Active tells whether work is under way.
func (b *Bar) Active() bool { return b.active }

// Cancel presses 取消, as Esc may do. It tells whether there was work to cancel.
func (b *Bar) Cancel() bool {
	if !b.active || !b.cancel.Visible() || b.cancel.Disabled() {
		return false
	}
	b.cancel.OnTapped()
	return true
}

// CreateRenderer draws the bar.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.body) }

// track is the bar proper; below 0 it is striped evenly: how far is not known.
type track struct {
	widget.BaseWidget
	share float32
}

func newTrack() *track {
	t := &track{share: -1}
	t.ExtendBaseWidget(t)
	return t
}

func (t *track) set(share float32) {
	share = min(share, 1)
	if share == t.share {
		return
	}
	t.share = share
	t.Refresh()
}

func (t *track) CreateRenderer() fyne.WidgetRenderer {
	return &trackRenderer{t: t, back: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
}

type trackRenderer struct {
	t          *track
	back, fill *canvas.Rectangle
}

func (r *trackRenderer) Destroy() {}

func (r *trackRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.fill} }

func (r *trackRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 10) }

func (r *trackRenderer) Layout(size fyne.Size) {
	r.back.FillColor, r.back.CornerRadius = theme.Color(base.ColorNameSeparator), 3
	r.fill.FillColor, r.fill.CornerRadius = theme.Color(base.ColorNamePrimary), 3
	r.back.Resize(size)
	if r.t.share < 0 {
		r.fill.Move(fyne.NewPos(size.Width*0.35, size.Height*0.3))
		r.fill.Resize(fyne.NewSize(size.Width*0.3, size.Height*0.4))
		return
	}
	r.fill.Move(fyne.NewPos(0, 0))
	r.fill.Resize(fyne.NewSize(size.Width*r.t.share, size.Height))
}

func (r *trackRenderer) Refresh() {
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}
