package docview

import (
	"math"

	"fyne.io/fyne/v2"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview/wrap"
	"jinggao/app/ui/widget/scrollbar"
)

const (
	margin  = 10 // beside the text, and above the first line
	spacing = 1.55
)

// lineHeight is the distance of two lines, on whole units so that lines stay sharp.
func (v *View) lineHeight() float64 {
	if v.face == nil {
		return 24
	}
	return math.Ceil(float64(v.face.Size) * spacing)
}

func (v *View) textWidth() float32 {
	return max(v.Size().Width-2*margin-scrollbar.Thickness(), 40)
}

// page is the visible height.
func (v *View) page() float64 { return float64(v.Size().Height) }

// whole is the height of all lines with the margins.
func (v *View) whole() float64 { return float64(len(v.lines))*v.lineHeight() + 2*margin }

func (v *View) scrollTo(offset float64) {
	offset = min(max(offset, 0), max(v.whole()-v.page(), 0))
	changed := offset != v.offset
	v.offset = offset
	v.bar.Set(v.offset, v.whole(), v.page())
	if changed {
		v.Refresh()
		if v.OnScroll != nil {
			v.OnScroll()
		}
	}
}

// lineTop is the y of a line in the view.
func (v *View) lineTop(line int) float32 {
	return float32(float64(line)*v.lineHeight() - v.offset + margin)
}

// xOf is the x of a rune in its line, in the view.
func (v *View) xOf(l wrap.Line, at int) float32 {
	m := v.measure()
	var x float32
	for _, r := range v.text[l.Start:min(at, l.End)] {
		x = m.Next(x, r)
	}
	return margin + x
}

// offsetAt is the rune nearest to a place in the view: a caret between two runes.
func (v *View) offsetAt(p fyne.Position) int { return v.runeAt(p, 0.5) }

// runeAt finds the rune under a place. share is how much of a rune's width belongs
// to it: 1 for the rune under the pointer, 0.5 for the nearest gap.
func (v *View) runeAt(p fyne.Position, share float32) int {
	if len(v.lines) == 0 {
		return 0
	}
	n := int(math.Floor((float64(p.Y) + v.offset - margin) / v.lineHeight()))
	if n < 0 {
		return 0
	}
	if n >= len(v.lines) {
		return len(v.text)
	}
	l := v.lines[n]
	m := v.measure()
	x := float32(0)
	for i := l.Start; i < l.End; i++ {
		next := m.Next(x, v.text[i])
		if p.X-margin < x+(next-x)*share {
			return i
		}
		x = next
	}
	return l.End
}

// hitAtPos is the index of the hit under a place, or -1.
func (v *View) hitAtPos(p fyne.Position) int {
	at := v.runeAt(p, 1)
	if at >= len(v.text) {
		return -1
	}
	l := v.lines[wrap.At(v.lines, at)]
	if at >= l.End || p.X < margin {
		return -1
	}
	return v.HitAt(at)
}

func edgeColor(s State) fyne.ThemeColorName {
	switch s {
	case Masked:
		return theme.ColorMaskedEdge
	case Replaced:
		return theme.ColorReplacedEdge
	case Ignored:
		return theme.ColorIgnoredEdge
	default:
		return theme.ColorPendingEdge
	}
}

func fillColor(s State) fyne.ThemeColorName {
	switch s {
	case Masked:
		return theme.ColorMaskedFill
	case Replaced:
		return theme.ColorReplacedFill
	case Ignored:
		return theme.ColorIgnoredFill
	default:
		return theme.ColorPendingFill
	}
}
