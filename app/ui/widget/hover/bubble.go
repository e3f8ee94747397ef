// Package hover explains things under the pointer. Windows of the window library
// have no tooltips, and an overlay would take keyboard and mouse away: a Bubble is
// drawn by the widget itself, a Help tells the status line.
package hover

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview/wrap"
	"jinggao/app/ui/widget/metrics"
)

const (
	bubblePad   = 8
	bubbleWidth = 320
	bubbleLines = 8
)

// Bubble is a small box of text that a widget draws over itself.
type Bubble struct {
	box   *canvas.Rectangle
	texts []*canvas.Text
	used  int
	face  *metrics.Face
}

// NewBubble makes a bubble.
func NewBubble() *Bubble { return &Bubble{box: canvas.NewRectangle(nil)} }

// Place lays the text out under an anchor that is height high, or above it if there
// is no room below, inside an area of the given size. Eight lines at most are shown.
func (b *Bubble) Place(text string, anchor fyne.Position, height float32, area fyne.Size) {
	size := theme.Size(base.SizeNameText)
	if b.face == nil || b.face.Size != size {
		b.face = metrics.New(size, fyne.TextStyle{})
	}
	doc := []rune(text)
	room := min(bubbleWidth*size/14, area.Width-4*bubblePad)
	lines := wrap.Lines(doc, room, wrap.Measure{Advance: b.face.Advance, Tab: size * 2})
	if len(lines) > bubbleLines {
		lines = lines[:bubbleLines]
		doc = append(append([]rune{}, doc[:max(lines[bubbleLines-1].End-1, 0)]...), '…')
		lines[bubbleLines-1].End = len(doc)
	}
	var w float32
	for _, l := range lines {
		w = max(w, b.face.Width(string(doc[l.Start:l.End])))
	}
	step := b.face.Height + 3
	h := step*float32(len(lines)) + 2*bubblePad
	x := max(min(anchor.X, area.Width-w-2*bubblePad-4), 2)
	y := anchor.Y + height + 2
	if y+h > area.Height {
		y = max(anchor.Y-h-2, 0)
	}
	b.box.FillColor = theme.Color(base.ColorNameOverlayBackground)
	b.box.StrokeColor, b.box.StrokeWidth, b.box.CornerRadius = theme.Color(theme.ColorMuted), 1, 3
	b.box.Move(fyne.NewPos(x, y))
	b.box.Resize(fyne.NewSize(w+2*bubblePad, h))
	b.used = 0
	for i, l := range lines {
		if b.used == len(b.texts) {
			b.texts = append(b.texts, canvas.NewText("", nil))
		}
		t := b.texts[b.used]
		b.used++
		t.Text, t.TextSize, t.Color = string(doc[l.Start:l.End]), size, theme.Color(base.ColorNameForeground)
		t.Move(fyne.NewPos(x+bubblePad, y+bubblePad+step*float32(i)))
		t.Resize(fyne.NewSize(w, b.face.Height))
	}
}

// Objects are what the widget draws last.
func (b *Bubble) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{b.box}
	for _, t := range b.texts[:b.used] {
		out = append(out, t)
	}
	return out
}
