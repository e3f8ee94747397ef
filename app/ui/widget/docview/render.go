package docview

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/scrollbar"
)

// CreateRenderer draws the view.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return &renderer{v: v, paper: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
}

// MinSize is a few lines.
func (v *View) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(160, 96)
}

// layer says what is drawn over what.
type layer int

const (
	under  layer = iota // fills and underlines of hits, selection
	middle              // the text
	over                // ticks, stroke of the current hit
	layers
)

// renderer draws the visible lines with rectangles and texts from two pools. A line
// of text is cut into pieces at the ends of hits and at tabs, so that each piece
// stands where the fill under it does.
type renderer struct {
	v           *View
	paper, ring *canvas.Rectangle
	rects       []*canvas.Rectangle
	texts       []*canvas.Text
	lines       []*canvas.Line
	usedRects   int
	usedTexts   int
	usedLines   int
	shown       [layers][]fyne.CanvasObject
	objects     []fyne.CanvasObject
}

func (r *renderer) Destroy()           {}
func (r *renderer) MinSize() fyne.Size { return r.v.MinSize() }

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Layout(size fyne.Size) {
	v := r.v
	v.rewrap()
	w := scrollbar.Thickness()
	v.bar.Move(fyne.NewPos(size.Width-w-1, 1))
	v.bar.Resize(fyne.NewSize(w, size.Height-2))
	v.scrollTo(v.offset)
	r.draw()
}

func (r *renderer) Refresh() {
	r.v.rewrap()
	r.draw()
	canvas.Refresh(r.v)
}

func (r *renderer) draw() {
	v := r.v
	size := v.Size()
	r.paper.FillColor = theme.Color(theme.ColorPaper)
	r.paper.Resize(size)
	r.ring.StrokeColor = theme.Color(base.ColorNameSeparator)
	r.ring.StrokeWidth = 1
	r.ring.FillColor = color.Transparent
	if v.focused {
		r.ring.StrokeColor = theme.Color(theme.ColorFocusRing)
		r.ring.StrokeWidth = 2
	}
	r.ring.Resize(size)
	r.usedRects, r.usedTexts, r.usedLines = 0, 0, 0
	for i := range r.shown {
		r.shown[i] = r.shown[i][:0]
	}
	if len(v.lines) > 0 && size.Height > 0 {
		first := max(int((v.offset-margin)/v.lineHeight()), 0)
		for n := first; n < len(v.lines) && v.lineTop(n) < size.Height; n++ {
			r.drawLine(n)
		}
	}
	r.objects = append(r.objects[:0], r.paper)
	for _, l := range r.shown {
		r.objects = append(r.objects, l...)
	}
	r.objects = append(r.objects, v.bar, r.ring)
}

// drawLine draws line n: selection, hits, then the text in pieces.
func (r *renderer) drawLine(n int) {
	v := r.v
	l := v.lines[n]
	hits := v.spansIn(l.Start, l.End)
	if n+1 == len(v.lines) || v.lines[n+1].Start > l.End { // a bar at the very end of the line
		hits = append(hits, v.barsAt(l.End)...)
	}
	cuts := make(map[int]bool, 2*len(hits))
	for _, i := range hits {
		s := v.spans[i]
		cuts[s.Start], cuts[s.End] = true, true
		r.drawHit(n, i)
	}
	if a, b, ok := v.Selection(); ok && a < l.End+1 && b > l.Start {
		x1, x2 := v.xOf(l, max(a, l.Start)), v.xOf(l, min(b, l.End))
		if b > l.End {
			x2 += 6 // the line break is selected too
		}
		r.rect(under, x1, v.lineTop(n), x2-x1, float32(v.lineHeight()), theme.Color(base.ColorNameSelection))
	}
	r.drawText(n, cuts)
}

func (r *renderer) drawText(n int, cuts map[int]bool) {
	v := r.v
	l := v.lines[n]
	m := v.measure()
	x, start, startX := float32(0), l.Start, float32(0)
	head := v.isHead(l.Start)
	flush := func(end int) {
		if end > start {
			t := r.text(middle, margin+startX, n, clean(v.text[start:end]))
			if head {
				t.TextStyle.Bold, t.Color = true, theme.Color(base.ColorNamePrimary)
			}
		}
	}
	for i := l.Start; i < l.End; i++ {
		tab := v.text[i] == '\t'
		if cuts[i] || tab {
			flush(i)
			start, startX = i, x
		}
		x = m.Next(x, v.text[i])
		if tab {
			start, startX = i+1, x
		}
	}
	flush(l.End)
}

// clean leaves out what has no picture: control characters have no width either.
func clean(rs []rune) string {
	var b strings.Builder
	for _, r := range rs {
		if r >= 0x20 && r != 0x7F {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// drawHit draws the part of a hit that lies on line n.
func (r *renderer) drawHit(n, i int) {
	v := r.v
	l, s := v.lines[n], v.spans[i]
	x1, x2 := v.xOf(l, max(s.Start, l.Start)), v.xOf(l, min(s.End, l.End))
	top, h := v.lineTop(n)+1, float32(v.lineHeight())-2
	edge := theme.Color(edgeColor(s.State))
	x2 = max(x2, x1+3) // a hit of invisible characters is shown too
	fill := r.rect(under, x1, top, x2-x1, h, theme.Color(fillColor(s.State)))
	fill.CornerRadius = 2
	switch s.State {
	case Replaced:
		r.rect(under, x1, top+h-2, x2-x1, 2, edge)
	case Ignored:
		for x := x1; x < x2; x += 7 {
			r.rect(under, x, top+h-1.5, min(4, x2-x), 1.5, edge)
		}
	case Masked:
		if s.End <= l.End {
			r.drawTick(x2, top, edge)
		}
	}
	if i == v.current {
		stroke := r.rect(over, x1-2, top-1, x2-x1+4, h+2, color.Transparent)
		stroke.StrokeColor, stroke.StrokeWidth, stroke.CornerRadius = theme.Color(theme.ColorCurrentEdge), 2, 3
	}
}

// drawTick puts a white ✓ in a disc on the upper right corner of a hit.
func (r *renderer) drawTick(x, top float32, edge color.Color) {
	v := r.v
	size := v.face.Size * 0.72
	disc := r.rect(over, x-size*0.55, top-size*0.35, size, size, edge)
	disc.CornerRadius = size / 2
	x0, y0 := x-size*0.55, top-size*0.35
	for _, stroke := range [][4]float32{{0.26, 0.52, 0.44, 0.70}, {0.44, 0.70, 0.76, 0.32}} {
		r.line(over, x0+size*stroke[0], y0+size*stroke[1], x0+size*stroke[2], y0+size*stroke[3], max(size*0.13, 1.2), theme.Color(theme.ColorPaper))
	}
}

// line takes a line from the pool.
func (r *renderer) line(l layer, x1, y1, x2, y2, width float32, stroke color.Color) {
	if r.usedLines == len(r.lines) {
		r.lines = append(r.lines, canvas.NewLine(nil))
	}
	o := r.lines[r.usedLines]
	r.usedLines++
	o.StrokeColor, o.StrokeWidth = stroke, width
	o.Position1, o.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	r.shown[l] = append(r.shown[l], o)
}

// rect takes a rectangle from the pool.
func (r *renderer) rect(l layer, x, y, w, h float32, fill color.Color) *canvas.Rectangle {
	if r.usedRects == len(r.rects) {
		r.rects = append(r.rects, canvas.NewRectangle(nil))
	}
	o := r.rects[r.usedRects]
	r.usedRects++
	o.FillColor, o.StrokeColor, o.StrokeWidth, o.CornerRadius = fill, nil, 0, 0
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	r.shown[l] = append(r.shown[l], o)
	return o
}

// text takes a text from the pool and puts it on line n.
func (r *renderer) text(l layer, x float32, n int, s string) *canvas.Text {
	if r.usedTexts == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	o := r.texts[r.usedTexts]
	r.usedTexts++
	v := r.v
	o.Text, o.TextSize, o.Color, o.TextStyle = s, v.face.Size, theme.Color(base.ColorNameForeground), fyne.TextStyle{}
	o.Move(fyne.NewPos(x, v.lineTop(n)+(float32(v.lineHeight())-v.face.Height)/2))
	o.Resize(fyne.NewSize(v.face.Width(s), v.face.Height))
	r.shown[l] = append(r.shown[l], o)
	return o
}
