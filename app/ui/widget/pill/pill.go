// Package pill is a small coloured label for a state: a sign, a word, a colour.
package pill

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
)

// Kind is how a pill looks. Each has a sign of its own, so colour is not needed.
type Kind uint8

// Kinds of pills.
const (
	Plain    Kind = iota // no sign, grey
	Info                 // i, blue
	Pending              // ●, yellow
	Done                 // ✓, green
	Replaced             // ⇄, blue
	Ignored              // –, grey
	Warn                 // ?, amber
	Fault                // !, red
)

// Pill is the widget.
type Pill struct {
	widget.BaseWidget
	kind Kind
	text string
}

// New makes a pill.
func New(kind Kind, text string) *Pill {
	p := &Pill{kind: kind, text: text}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes the pill.
func (p *Pill) Set(kind Kind, text string) {
	if p.kind == kind && p.text == text {
		return
	}
	p.kind, p.text = kind, text
	p.Refresh()
}

// Text is the word without the sign.
func (p *Pill) Text() string { return p.text }

func (k Kind) look() (sign string, fill, edge fyne.ThemeColorName) {
	switch k {
	case Info:
		return "i ", theme.ColorReplacedFill, theme.ColorReplacedEdge
	case Pending:
		return "● ", theme.ColorPendingFill, theme.ColorPendingEdge
	case Done:
		return "✓ ", theme.ColorMaskedFill, theme.ColorMaskedEdge
	case Replaced:
		return "⇄ ", theme.ColorReplacedFill, theme.ColorReplacedEdge
	case Ignored:
		return "– ", theme.ColorIgnoredFill, theme.ColorIgnoredEdge
	case Warn:
		return "? ", theme.ColorWarningFill, base.ColorNameWarning
	case Fault:
		return "! ", theme.ColorErrorFill, base.ColorNameError
	default:
		return "", theme.ColorPanel, theme.ColorMuted
	}
}

// CreateRenderer draws the pill.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{p: p, box: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type renderer struct {
	p    *Pill
	box  *canvas.Rectangle
	text *canvas.Text
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.text} }

func (r *renderer) MinSize() fyne.Size {
	s := r.text.MinSize()
	return fyne.NewSize(s.Width+16, s.Height+6)
}

func (r *renderer) Layout(size fyne.Size) {
	want := r.MinSize()
	y := (size.Height - want.Height) / 2
	r.box.Move(fyne.NewPos(0, y))
	r.box.Resize(want)
	r.box.CornerRadius = want.Height / 2
	r.text.Move(fyne.NewPos(8, y+3))
	r.text.Resize(r.text.MinSize())
}

func (r *renderer) Refresh() {
	sign, fill, edge := r.p.kind.look()
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = theme.Color(fill), theme.Color(edge), 1
	r.text.Text, r.text.Color = sign+r.p.text, theme.Color(edge)
	r.text.TextSize = theme.Size(base.SizeNameCaptionText)
	r.text.TextStyle.Bold = true
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
