package datatable

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/hover"
	"jinggao/app/ui/widget/metrics"
	"jinggao/app/ui/widget/scrollbar"
)

var (
	_ fyne.Focusable         = (*Table[int])(nil)
	_ fyne.Tabbable          = (*Table[int])(nil)
	_ fyne.Shortcutable      = (*Table[int])(nil)
	_ fyne.Scrollable        = (*Table[int])(nil)
	_ fyne.Draggable         = (*Table[int])(nil)
	_ fyne.SecondaryTappable = (*Table[int])(nil)
	_ desktop.Mouseable      = (*Table[int])(nil)
	_ desktop.Hoverable      = (*Table[int])(nil)
	_ desktop.Cursorable     = (*Table[int])(nil)
)

// MinSize is a few rows.
func (t *Table[T]) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	return fyne.NewSize(240, 140)
}

// CreateRenderer draws the table.
func (t *Table[T]) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return &renderer[T]{t: t, bubble: hover.NewBubble()}
}

// renderer draws from the back to the front: rows, cells, then the row numbers over
// cells that were scrolled under them, then the header over both, then the editor,
// the scroll bars and the bubble. So nothing but the widget itself needs clipping.
type renderer[T any] struct {
	t       *Table[T]
	rects   []*canvas.Rectangle
	texts   []*canvas.Text
	nr, nt  int
	objects []fyne.CanvasObject
	bubble  *hover.Bubble
}

func (r *renderer[T]) Destroy()                     {}
func (r *renderer[T]) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *renderer[T]) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer[T]) Layout(fyne.Size) {
	r.t.scrollTo(r.t.offX, r.t.offY)
	r.draw()
}

func (r *renderer[T]) Refresh() {
	r.t.faces()
	r.draw()
	canvas.Refresh(r.t)
}

func (r *renderer[T]) draw() {
	t := r.t
	t.faces()
	size := t.Size()
	r.nr, r.nt, r.objects = 0, 0, r.objects[:0]
	r.rect(0, 0, size.Width, size.Height, theme.Color(theme.ColorPaper))
	first := int(t.offY / float64(t.rowH))
	last := first
	for n := first; n < len(t.rows) && t.rowTop(n) < size.Height; n++ {
		r.drawRow(n)
		last = n + 1
	}
	r.drawGrid(first, last)
	r.drawCursor()
	r.drawGutter(first, last)
	r.drawHead()
	if len(t.rows) == 0 && t.Empty != "" {
		x := max((size.Width-t.face.Width(t.Empty))/2, cellPad)
		r.text(x, size.Height/2, t.Empty, t.face, theme.Color(theme.ColorMuted))
	}
	r.drawEditor()
	r.drawBars(size)
	frame := r.rect(0, 0, size.Width, size.Height, color.Transparent)
	frame.StrokeColor, frame.StrokeWidth = theme.Color(base.ColorNameSeparator), 1
	if t.focused || t.editor != nil {
		frame.StrokeColor, frame.StrokeWidth = theme.Color(theme.ColorFocusRing), 2
	}
	r.drawBubble(size)
}

func (r *renderer[T]) drawRow(n int) {
	t := r.t
	y := t.rowTop(n)
	switch {
	case t.chosen[n]:
		r.rect(0, y, t.Size().Width, t.rowH, theme.Color(theme.ColorRowSelected))
	case n%2 == 1:
		r.rect(0, y, t.Size().Width, t.rowH, theme.Color(theme.ColorZebra))
	}
	x := t.gutter() - float32(t.offX)
	for i, c := range t.columns {
		w := t.colWidth(i)
		if x+w > t.gutter() && x < t.Size().Width {
			r.drawCell(n, i, c, x, y, w)
		}
		x += w
	}
}

func (r *renderer[T]) drawCell(n, i int, c Column[T], x, y, w float32) {
	t := r.t
	room := w - 2*cellPad
	lit := t.Lit != nil && t.Lit(n, c.ID)
	if lit {
		r.rect(x, y, w, t.rowH, theme.Color(theme.ColorReplacedFill))
	}
	if t.MarkAt != nil {
		if m, ok := t.MarkAt(n, c.ID); ok {
			r.drawMark(m, x, y, w)
			room -= r.badge()
		}
	}
	if lit {
		edge := r.rect(x+1, y+1, w-3, t.rowH-3, color.Transparent)
		edge.StrokeColor, edge.StrokeWidth = theme.Color(theme.ColorReplacedEdge), 1.5
	}
	if len(c.Choices) > 0 && !c.ReadOnly && (n == t.row || n == t.hoverRow) {
		a := r.text(x+cellPad+room-t.arrowRoom()+cellPad+4, y+t.rowH/2, "▼", t.face, theme.Color(theme.ColorMuted))
		a.TextSize *= 0.7
		a.Move(a.Position().AddXY(0, t.face.Height*0.15))
		room -= t.arrowRoom() - cellPad
	}
	text := t.face.Fit(c.Text(t.rows[n]), room)
	if text == "" {
		return
	}
	left := x + cellPad
	if c.Center {
		left = x + max((w-t.face.Width(text))/2, cellPad)
	}
	r.text(left, y+t.rowH/2, text, t.face, theme.Color(base.ColorNameForeground))
}

// arrowRoom is the width of the ▼ of a choice.
func (t *Table[T]) arrowRoom() float32 { return t.face.Advance('国') + cellPad }

func (r *renderer[T]) badge() float32 { return r.t.face.Size * 0.95 }

// drawMark tints the cell and puts “!” or “?” into its upper right corner.
func (r *renderer[T]) drawMark(m Mark, x, y, w float32) {
	t := r.t
	fill, edge, sign := theme.ColorErrorFill, base.ColorNameError, "!"
	if m.Level == Doubt {
		fill, edge, sign = theme.ColorWarningFill, base.ColorNameWarning, "?"
	}
	r.rect(x, y, w, t.rowH, theme.Color(fill))
	b := r.badge()
	r.rect(x+w-b-1, y+1, b, b, theme.Color(edge))
	s := r.text(0, 0, sign, t.bold, theme.Color(base.ColorNameForegroundOnError))
	s.TextSize = t.face.Size * 0.75
	at := s.MinSize()
	s.Move(fyne.NewPos(x+w-b-1+(b-at.Width)/2, y+1+(b-at.Height)/2))
}

func (r *renderer[T]) drawGrid(first, last int) {
	t := r.t
	line := theme.Color(base.ColorNameSeparator)
	bottom := min(t.rowTop(last), t.Size().Height)
	for i := range t.columns {
		if x := t.colLeft(i) + t.colWidth(i); x > t.gutter() && x < t.Size().Width {
			r.rect(x-1, t.headH(), 1, bottom-t.headH(), line)
		}
	}
	right := min(t.colLeft(len(t.columns)-1)+t.colWidth(len(t.columns)-1), t.Size().Width)
	for n := first; n < last; n++ {
		r.rect(0, t.rowTop(n)+t.rowH-1, right, 1, line)
	}
}

func (r *renderer[T]) drawCursor() {
	t := r.t
	if t.row < 0 || t.row >= len(t.rows) {
		return
	}
	c := r.rect(t.colLeft(t.col), t.rowTop(t.row), t.colWidth(t.col), t.rowH, color.Transparent)
	c.StrokeColor, c.StrokeWidth = theme.Color(theme.ColorMuted), 1
	if t.focused {
		c.StrokeColor, c.StrokeWidth = theme.Color(theme.ColorFocusRing), 2
	}
}

func (r *renderer[T]) drawGutter(first, last int) {
	t := r.t
	g := t.gutter()
	r.rect(0, t.headH(), g, t.Size().Height-t.headH(), theme.Color(theme.ColorPanel))
	for n := first; n < last; n++ {
		if t.chosen[n] || n == t.row {
			r.rect(0, t.rowTop(n), g, t.rowH, theme.Color(theme.ColorRowSelected))
		}
		s := t.number(n)
		r.text(g-cellPad-t.face.Width(s), t.rowTop(n)+t.rowH/2, s, t.face, theme.Color(theme.ColorMuted))
	}
	r.rect(g-1, t.headH(), 1, t.Size().Height, theme.Color(base.ColorNameSeparator))
}

func (r *renderer[T]) drawHead() {
	t := r.t
	back := theme.Color(base.ColorNameHeaderBackground)
	line := theme.Color(base.ColorNameSeparator)
	h := t.headH()
	r.rect(0, 0, t.Size().Width, h, back)
	x := t.gutter() - float32(t.offX)
	for i, c := range t.columns {
		w := t.colWidth(i)
		if x+w > t.gutter() && x < t.Size().Width {
			label := t.bold.Fit(c.Label, w-2*cellPad)
			if t.HeadSign != nil {
				if sign := t.HeadSign(c.ID); sign != "" {
					label = t.bold.Fit(c.Label, w-2*cellPad-t.bold.Width(" "+sign)) + " " + sign
				}
			}
			r.text(x+max((w-t.bold.Width(label))/2, cellPad), h/2, label, t.bold, theme.Color(base.ColorNameForeground))
			border := r.rect(x+w-1, 0, 1, h, line)
			if i == t.dragCol {
				border.FillColor = theme.Color(theme.ColorFocusRing)
			}
		}
		x += w
	}
	r.rect(0, 0, t.gutter(), h, back)
	r.rect(0, h-1, t.Size().Width, 1, theme.Color(base.ColorNameInputBorder))
}

func (r *renderer[T]) drawEditor() {
	t := r.t
	if t.editor == nil {
		return
	}
	pos, size := t.editorBounds()
	t.editor.Move(pos)
	t.editor.Resize(size)
	r.objects = append(r.objects, t.editor)
}

func (r *renderer[T]) drawBars(size fyne.Size) {
	t := r.t
	w := scrollbar.Thickness()
	t.vbar.Move(fyne.NewPos(size.Width-w-1, t.headH()))
	t.vbar.Resize(fyne.NewSize(w, max(size.Height-t.headH()-1, 0)))
	r.objects = append(r.objects, t.vbar)
	if t.hbar.Needed() {
		t.hbar.Move(fyne.NewPos(t.gutter(), size.Height-w-1))
		t.hbar.Resize(fyne.NewSize(max(size.Width-t.gutter()-w, 0), w))
		r.objects = append(r.objects, t.hbar)
	}
}

// drawBubble explains the mark of the cell under the pointer, else under the cursor,
// or shows a text that does not fit into its cell.
func (r *renderer[T]) drawBubble(size fyne.Size) {
	t := r.t
	row, col := t.hoverRow, t.hoverCol
	text := r.explain(row, col)
	if text == "" && t.focused && (row < 0 || row >= len(t.rows)) {
		row, col = t.row, t.col
		text = r.markText(row, col)
	}
	if text == "" || t.editor != nil {
		return
	}
	anchor := fyne.NewPos(max(t.colLeft(col), t.gutter()), t.rowTop(row))
	r.bubble.Place(text, anchor, t.rowH, size)
	r.objects = append(r.objects, r.bubble.Objects()...)
}

func (r *renderer[T]) markText(row, col int) string {
	t := r.t
	if row < 0 || row >= len(t.rows) || col < 0 || col >= len(t.columns) || t.MarkAt == nil {
		return ""
	}
	m, _ := t.MarkAt(row, t.columns[col].ID)
	return m.Text
}

func (r *renderer[T]) explain(row, col int) string {
	t := r.t
	if s := r.markText(row, col); s != "" {
		return s
	}
	if row < 0 || row >= len(t.rows) || col < 0 || col >= len(t.columns) {
		return ""
	}
	s := t.columns[col].Text(t.rows[row])
	if t.face.Width(s) > t.colWidth(col)-2*cellPad {
		return s
	}
	return ""
}

func (r *renderer[T]) rect(x, y, w, h float32, fill color.Color) *canvas.Rectangle {
	if r.nr == len(r.rects) {
		r.rects = append(r.rects, canvas.NewRectangle(nil))
	}
	o := r.rects[r.nr]
	r.nr++
	o.FillColor, o.StrokeColor, o.StrokeWidth, o.CornerRadius = fill, nil, 0, 0
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(w, 0), max(h, 0)))
	r.objects = append(r.objects, o)
	return o
}

// text puts a text with its middle at height mid.
func (r *renderer[T]) text(x, mid float32, s string, f *metrics.Face, c color.Color) *canvas.Text {
	if r.nt == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	o := r.texts[r.nt]
	r.nt++
	o.Text, o.TextSize, o.TextStyle, o.Color = s, f.Size, f.Style, c
	o.Move(fyne.NewPos(x, mid-f.Height/2))
	o.Resize(fyne.NewSize(f.Width(s), f.Height))
	r.objects = append(r.objects, o)
	return o
}
