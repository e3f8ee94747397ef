// Package scrollbar is a scroll bar of its own for widgets that draw only what is
// visible: it knows an offset, a whole and a page, not an object to move.
package scrollbar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
)

const leastThumb = 28

// Bar is a scroll bar. Offsets are float64: a document may be tens of millions of
// units high, more than float32 can tell apart.
type Bar struct {
	widget.BaseWidget
	Horizontal bool
	OnScroll   func(offset float64) // the person moved the bar

	offset, whole, page float64
	grab                float64 // distance of the pointer from the beginning of the thumb
	dragging, hovered   bool
	marks               []Mark
}

// Mark is a coloured tick on a vertical bar, at a share of the whole (0…1).
type Mark struct {
	At      float64
	Color   fyne.ThemeColorName
	Current bool // drawn wider
}

var (
	_ desktop.Mouseable = (*Bar)(nil)
	_ desktop.Hoverable = (*Bar)(nil)
	_ fyne.Draggable    = (*Bar)(nil)
)

// New makes a bar.
func New(horizontal bool, onScroll func(float64)) *Bar {
	b := &Bar{Horizontal: horizontal, OnScroll: onScroll}
	b.ExtendBaseWidget(b)
	return b
}

// Set tells the bar what is shown: offset and page of the whole.
func (b *Bar) Set(offset, whole, page float64) {
	if b.offset == offset && b.whole == whole && b.page == page {
		return
	}
	b.offset, b.whole, b.page = offset, whole, page
	b.Refresh()
}

// SetMarks shows ticks on the bar, in order of At; ticks that fall on the same
// pixel are drawn once.
func (b *Bar) SetMarks(marks []Mark) {
	b.marks = marks
	b.Refresh()
}

// Needed tells whether there is more than a page.
func (b *Bar) Needed() bool { return b.whole > b.page+0.5 }

// Thickness is the width of a vertical bar, the height of a horizontal one.
func Thickness() float32 { return theme.Size(base.SizeNameScrollBar) }

// MinSize is the thickness and room for the thumb.
func (b *Bar) MinSize() fyne.Size {
	if b.Horizontal {
		return fyne.NewSize(leastThumb, Thickness())
	}
	return fyne.NewSize(Thickness(), leastThumb)
}

func (b *Bar) length() float64 {
	if b.Horizontal {
		return float64(b.Size().Width)
	}
	return float64(b.Size().Height)
}

func (b *Bar) along(p fyne.Position) float64 {
	if b.Horizontal {
		return float64(p.X)
	}
	return float64(p.Y)
}

// thumb gives beginning and length of the thumb.
func (b *Bar) thumb() (at, n float64) {
	total := b.length()
	if !b.Needed() || total <= 0 {
		return 0, total
	}
	n = min(max(total*b.page/b.whole, leastThumb), total)
	return (total - n) * b.offset / (b.whole - b.page), n
}

func (b *Bar) scrollTo(thumbAt float64) {
	_, n := b.thumb()
	room := b.length() - n
	if room <= 0 || !b.Needed() {
		return
	}
	offset := min(max(thumbAt/room, 0), 1) * (b.whole - b.page)
	if b.OnScroll != nil {
		b.OnScroll(offset)
	}
}

// MouseDown grabs the thumb; beside it, the thumb jumps to the pointer.
func (b *Bar) MouseDown(e *desktop.MouseEvent) {
	at, n := b.thumb()
	p := b.along(e.Position)
	if p < at || p > at+n {
		b.scrollTo(p - n/2)
		at, n = b.thumb()
	}
	b.grab = min(max(p-at, 0), n)
}

// MouseUp lets go.
func (b *Bar) MouseUp(*desktop.MouseEvent) {}

// Dragged moves the thumb with the pointer.
func (b *Bar) Dragged(e *fyne.DragEvent) {
	b.dragging = true
	b.scrollTo(b.along(e.Position) - b.grab)
}

// DragEnd ends the move.
func (b *Bar) DragEnd() {
	b.dragging = false
	b.Refresh()
}

// MouseIn darkens the thumb.
func (b *Bar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved does nothing.
func (b *Bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lightens the thumb.
func (b *Bar) MouseOut() { b.hovered = false; b.Refresh() }

// CreateRenderer draws the bar.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{b: b, track: canvas.NewRectangle(nil), thumb: canvas.NewRectangle(nil)}
}

type renderer struct {
	b            *Bar
	track, thumb *canvas.Rectangle
	ticks        []*canvas.Rectangle
	shown        int
}

func (r *renderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, r.shown+2)
	out = append(out, r.track)
	if r.b.Needed() {
		out = append(out, r.thumb)
	}
	for _, t := range r.ticks[:r.shown] {
		out = append(out, t)
	}
	return out
}

func (r *renderer) MinSize() fyne.Size { return r.b.MinSize() }

func (r *renderer) Layout(size fyne.Size) {
	r.track.Resize(size)
	at, n := r.b.thumb()
	const inset = 2
	if r.b.Horizontal {
		r.thumb.Move(fyne.NewPos(float32(at), inset))
		r.thumb.Resize(fyne.NewSize(float32(n), size.Height-2*inset))
	} else {
		r.thumb.Move(fyne.NewPos(inset, float32(at)))
		r.thumb.Resize(fyne.NewSize(size.Width-2*inset, float32(n)))
	}
	r.layoutTicks(size)
}

// layoutTicks places one tick a pixel row at most, so that thousands of hits cost no
// more than the height of the bar.
func (r *renderer) layoutTicks(size fyne.Size) {
	r.shown = 0
	last := float32(-10)
	for _, m := range r.b.marks {
		y := float32(m.At) * (size.Height - 4)
		if y-last < 2 && !m.Current {
			continue
		}
		last = y
		if r.shown == len(r.ticks) {
			r.ticks = append(r.ticks, canvas.NewRectangle(nil))
		}
		t := r.ticks[r.shown]
		r.shown++
		t.FillColor = theme.Color(m.Color)
		x, w, h := size.Width*0.45, size.Width*0.55, float32(3)
		if m.Current {
			x, w, h = 0, size.Width, 4
		}
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(w, h))
	}
}

func (r *renderer) Refresh() {
	r.track.FillColor = theme.Color(base.ColorNameScrollBarBackground)
	r.thumb.FillColor = theme.Color(base.ColorNameScrollBar)
	if r.b.hovered || r.b.dragging {
		r.thumb.FillColor = theme.Color(theme.ColorMuted)
	}
	r.thumb.CornerRadius = theme.Size(base.SizeNameScrollBarRadius)
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *renderer) Destroy() {}
