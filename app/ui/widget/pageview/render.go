package pageview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/theme"
)

// cover fills a box: dark as in the copy, but what is below can still be made out.
func cover() color.Color { return color.NRGBA{A: 0xB8} }

// veil is a colour so thin that what is below can be read.
func veil(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	return color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0x24}
}

// around is how far an outline stands off from what it is about.
const around = 2

type renderer struct {
	v       *View
	paper   *canvas.Rectangle
	picture *canvas.Image
	boxes   []*canvas.Rectangle
	plate   *canvas.Rectangle // behind the message
	text    *canvas.Text
	objects []fyne.CanvasObject
}

func (r *renderer) Destroy() {}

func (r *renderer) MinSize() fyne.Size { return r.v.MinSize() }

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Layout(fyne.Size) { r.place() }

// Refresh brings everything drawn up to date.
func (r *renderer) Refresh() {
	v := r.v
	r.paper.FillColor = theme.Color(theme.ColorPaper)
	r.picture.Hidden = v.picture == nil
	if r.picture.Image != v.picture {
		r.picture.Image = v.picture
		r.picture.Refresh() // the refresh of a widget keeps what was painted of its images
	}
	r.text.Text, r.text.Color, r.text.TextSize = v.message, theme.Color(base.ColorNameForeground), theme.Size(base.SizeNameText)
	r.plate.FillColor, r.plate.StrokeColor, r.plate.StrokeWidth = theme.Color(theme.ColorPaper), theme.Color(base.ColorNameSeparator), 1
	r.plate.Hidden, r.text.Hidden = v.message == "", v.message == ""
	n := len(v.boxes)
	if v.drawing {
		n++
	}
	for len(r.boxes) < n {
		r.boxes = append(r.boxes, canvas.NewRectangle(cover()))
	}
	r.boxes = r.boxes[:n]
	r.objects = append(r.objects[:0], r.paper, r.picture)
	for _, b := range r.boxes {
		r.objects = append(r.objects, b)
	}
	r.objects = append(r.objects, r.plate, r.text)
	r.place()
	canvas.Refresh(v)
}

func (r *renderer) place() {
	v := r.v
	page := fyne.NewSize(float32(v.width)*v.scale, float32(v.height)*v.scale)
	r.paper.Resize(page)
	r.picture.Resize(page)
	for i, b := range r.boxes {
		var rect Rect
		b.FillColor, b.StrokeWidth = cover(), 1
		b.StrokeColor = theme.Color(base.ColorNameForeground)
		if i < len(v.boxes) {
			rect = v.boxes[i].Rect
			if edge := v.boxes[i].Edge; edge != "" {
				b.FillColor, b.StrokeWidth = veil(theme.Color(edge)), 2
				b.StrokeColor = theme.Color(edge)
			}
			if v.boxes[i].Key == v.chosen {
				b.StrokeColor, b.StrokeWidth = theme.Color(base.ColorNamePrimary), 3
			}
		} else {
			rect = v.rect(v.from, v.to)
			b.FillColor = color.Transparent
			b.StrokeColor, b.StrokeWidth = theme.Color(base.ColorNamePrimary), 2
		}
		p, s := v.position(rect)
		if i < len(v.boxes) && v.boxes[i].Edge != "" { // around the words, not over them
			p, s = p.SubtractXY(around, around), s.AddWidthHeight(2*around, 2*around)
		}
		b.Move(p)
		b.Resize(s)
	}
	r.paper.StrokeColor, r.paper.StrokeWidth = theme.Color(base.ColorNameSeparator), 1
	size := r.text.MinSize()
	r.text.Move(fyne.NewPos(24, 16))
	r.text.Resize(size)
	r.plate.Move(fyne.NewPos(16, 10))
	r.plate.Resize(fyne.NewSize(size.Width+16, size.Height+12))
}
