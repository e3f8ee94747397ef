// Package theme is the look of the program: light, calm blue, our own Chinese
// face with a real bold, wider scroll bars and three text sizes that change live.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"jinggao/assets"
)

// TextSize is one of the three sizes of the interface.
type TextSize int

// The three sizes. Standard is the zero value.
const (
	Standard   TextSize = iota // 标准
	Large                      // 大
	ExtraLarge                 // 特大
)

// TextSizes lists the sizes from small to large, for a choice in the settings.
func TextSizes() []TextSize { return []TextSize{Standard, Large, ExtraLarge} }

// String gives the name shown to people.
func (s TextSize) String() string {
	switch s {
	case Large:
		return "大"
	case ExtraLarge:
		return "特大"
	default:
		return "标准"
	}
}

// ParseTextSize reads what String wrote; anything else is Standard.
func ParseTextSize(name string) TextSize {
	for _, s := range TextSizes() {
		if s.String() == name {
			return s
		}
	}
	return Standard
}

func (s TextSize) factor() float32 {
	switch s {
	case Large:
		return 1.2
	case ExtraLarge:
		return 1.45
	default:
		return 1
	}
}

// Theme implements fyne.Theme. It is always light, whatever the system says.
type Theme struct {
	size          TextSize
	regular, bold fyne.Resource
	colors        map[fyne.ThemeColorName]color.Color
	fallback      fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// New makes the theme in a size with the face packed into the program; a build
// without packed data falls back to the face of the window library.
func New(size TextSize) *Theme {
	t := &Theme{size: size, colors: palette(), fallback: base.DefaultTheme()}
	if b := assets.Packed(assets.FontRegular); b != nil {
		t.regular = fyne.NewStaticResource(assets.FontRegular, b)
	}
	if b := assets.Packed(assets.FontBold); b != nil {
		t.bold = fyne.NewStaticResource(assets.FontBold, b)
	}
	return t
}

// Apply sets the theme of an application; calling it again changes the size live.
func Apply(a fyne.App, size TextSize) { a.Settings().SetTheme(New(size)) }

// TextSize returns the size that the theme was made for.
func (t *Theme) TextSize() TextSize { return t.size }

// Font returns the program's own face; only bold differs, there is no Chinese italic.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return base.DefaultSymbolFont()
	case style.Bold && t.bold != nil:
		return t.bold
	case t.regular != nil:
		return t.regular
	}
	return t.fallback.Font(style)
}

// Icon returns the standard icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.fallback.Icon(name) }

// Size returns a measure, scaled by the text size where it carries text or targets.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	f := t.size.factor()
	switch name {
	case base.SizeNameText:
		return 14 * f
	case base.SizeNameCaptionText:
		return 12 * f
	case base.SizeNameSubHeadingText:
		return 16 * f
	case base.SizeNameHeadingText:
		return 21 * f
	case base.SizeNameInlineIcon:
		return 18 * f
	case base.SizeNameScrollBar:
		return 14
	case base.SizeNameScrollBarSmall:
		return 6
	case base.SizeNameScrollBarRadius:
		return 4
	case base.SizeNameInputRadius, base.SizeNameSelectionRadius:
		return 3
	case base.SizeNameInnerPadding:
		return 7
	}
	return t.fallback.Size(name)
}

// Color returns a colour of the light palette; the variant is ignored.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := t.colors[name]; ok {
		return c
	}
	return t.fallback.Color(name, base.VariantLight)
}
