// Package pageview shows one page of a document as a picture on which rectangles are
// drawn with the mouse, chosen and taken away. It knows points of the page, from the
// lower left corner, and nothing of documents.
package pageview

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
)

// Rect is a rectangle on the page in points, y upwards, X0 ≤ X1 and Y0 ≤ Y1.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Box is a rectangle that stays. Several may bear one name.
type Box struct {
	Key string
	Rect
	// Edge is the colour of a mere outline; "" for a box that covers what is below.
	Edge fyne.ThemeColorName
}

// View is the page. The callbacks may be nil; all of it is for the UI goroutine.
type View struct {
	widget.BaseWidget

	// OnDraw is told of a rectangle that was drawn with the mouse.
	OnDraw func(Rect)
	// OnChoose is told which box was clicked; "" for none.
	OnChoose func(key string)
	// OnKey, OnRune and OnShortcut get the keys; true means done.
	OnKey      func(*fyne.KeyEvent) bool
	OnRune     func(rune) bool
	OnShortcut func(fyne.Shortcut) bool
	// OnFocus is told when the keyboard comes and goes; the view scrolls, so the ring that
	// shows it is for what it lies in to draw.
	OnFocus func(on bool)

	picture       image.Image
	width, height float64 // of the page in points
	scale         float32 // units of the window a point
	boxes         []Box
	chosen        string
	message       string

	drawing  bool
	from, to fyne.Position
}

var (
	_ fyne.Focusable      = (*View)(nil)
	_ fyne.Draggable      = (*View)(nil)
	_ fyne.Tappable       = (*View)(nil)
	_ fyne.Shortcutable   = (*View)(nil)
	_ fyne.WidgetRenderer = (*renderer)(nil)
)

// New makes an empty view.
func New() *View {
	v := &View{scale: 1}
	v.ExtendBaseWidget(v)
	return v
}

// SetPage shows a picture of a page of so many points; nil shows the message alone.
func (v *View) SetPage(picture image.Image, width, height float64, scale float32) {
	v.picture, v.width, v.height, v.scale = picture, width, height, scale
	v.drawing = false
	v.Refresh()
}

// HasPicture tells whether a page is shown.
func (v *View) HasPicture() bool { return v.picture != nil }

// SetMessage shows a line in place of the page, or over it while a new one is drawn.
func (v *View) SetMessage(text string) {
	v.message = text
	v.Refresh()
}

// SetBoxes shows the boxes; chosen is the key of the one that stands out.
func (v *View) SetBoxes(boxes []Box, chosen string) {
	v.boxes, v.chosen = boxes, chosen
	v.Refresh()
}

// Chosen is the key of the box that stands out, "" for none.
func (v *View) Chosen() string { return v.chosen }

// Message is the line that is shown.
func (v *View) Message() string { return v.message }

// MinSize is the size of the page.
func (v *View) MinSize() fyne.Size {
	return fyne.NewSize(max(120, float32(v.width)*v.scale), max(80, float32(v.height)*v.scale))
}

// Place is the upper left corner of a rectangle of the page in the view, and its size there.
func (v *View) Place(r Rect) (fyne.Position, fyne.Size) { return v.position(r) }

// position is the upper left corner and the size of a rectangle in the widget.
func (v *View) position(r Rect) (fyne.Position, fyne.Size) {
	return fyne.NewPos(float32(r.X0)*v.scale, float32(v.height-r.Y1)*v.scale),
		fyne.NewSize(float32(r.X1-r.X0)*v.scale, float32(r.Y1-r.Y0)*v.scale)
}

// rect is the rectangle between two places of the widget, kept on the page.
func (v *View) rect(a, b fyne.Position) Rect {
	clamp := func(x float32, top float64) float64 { return max(0, min(float64(x/v.scale), top)) }
	return Rect{
		X0: clamp(min(a.X, b.X), v.width), X1: clamp(max(a.X, b.X), v.width),
		Y0: v.height - clamp(max(a.Y, b.Y), v.height), Y1: v.height - clamp(min(a.Y, b.Y), v.height),
	}
}

// Dragged draws.
func (v *View) Dragged(e *fyne.DragEvent) {
	if v.picture == nil {
		return
	}
	if !v.drawing {
		v.drawing = true
		v.from = e.Position.Subtract(e.Dragged)
	}
	v.to = e.Position
	v.Refresh()
}

// DragEnd hands the rectangle over.
func (v *View) DragEnd() {
	if !v.drawing {
		return
	}
	v.drawing = false
	r := v.rect(v.from, v.to)
	v.focus()
	v.Refresh()
	if v.OnDraw != nil {
		v.OnDraw(r)
	}
}

// Tapped chooses the box below the pointer.
func (v *View) Tapped(e *fyne.PointEvent) {
	v.focus()
	key := ""
	for _, b := range v.boxes { // the last one drawn lies on top
		p, s := v.position(b.Rect)
		if e.Position.X >= p.X && e.Position.Y >= p.Y && e.Position.X <= p.X+s.Width && e.Position.Y <= p.Y+s.Height {
			key = b.Key
		}
	}
	v.chosen = key
	v.Refresh()
	if v.OnChoose != nil {
		v.OnChoose(key)
	}
}

func (v *View) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// FocusGained tells of the keyboard.
func (v *View) FocusGained() { v.setFocused(true) }

// FocusLost tells of its loss.
func (v *View) FocusLost() { v.setFocused(false) }

func (v *View) setFocused(on bool) {
	if v.OnFocus != nil {
		v.OnFocus(on)
	}
}

// TypedKey passes the key on.
func (v *View) TypedKey(k *fyne.KeyEvent) {
	if v.OnKey != nil {
		v.OnKey(k)
	}
}

// TypedRune passes the sign on.
func (v *View) TypedRune(r rune) {
	if v.OnRune != nil {
		v.OnRune(r)
	}
}

// TypedShortcut passes the shortcut on.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	if v.OnShortcut != nil {
		v.OnShortcut(s)
	}
}

// CreateRenderer makes the parts that are drawn.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{v: v, paper: canvas.NewRectangle(theme.Color(theme.ColorPaper)), text: canvas.NewText("", theme.Color(base.ColorNameForeground))}
	r.picture = canvas.NewImageFromImage(nil)
	r.picture.FillMode, r.picture.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	r.plate = canvas.NewRectangle(theme.Color(theme.ColorPaper))
	r.Refresh()
	return r
}
