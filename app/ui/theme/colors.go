package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Colours of our own widgets, to be had by Color. Each state of a hit has a fill
// and an edge; edges have a contrast of at least 3:1 on white, text colours 4.5:1.
const (
	ColorPendingFill  fyne.ThemeColorName = "jinggao.pending.fill"  // 待处理: yellow
	ColorPendingEdge  fyne.ThemeColorName = "jinggao.pending.edge"  //
	ColorMaskedFill   fyne.ThemeColorName = "jinggao.masked.fill"   // 已脱敏: green
	ColorMaskedEdge   fyne.ThemeColorName = "jinggao.masked.edge"   //
	ColorReplacedFill fyne.ThemeColorName = "jinggao.replaced.fill" // 已替换: blue
	ColorReplacedEdge fyne.ThemeColorName = "jinggao.replaced.edge" //
	ColorIgnoredFill  fyne.ThemeColorName = "jinggao.ignored.fill"  // 已忽略: grey
	ColorIgnoredEdge  fyne.ThemeColorName = "jinggao.ignored.edge"  //
	ColorCurrentEdge  fyne.ThemeColorName = "jinggao.current.edge"  // stroke around the current hit
	ColorZebra        fyne.ThemeColorName = "jinggao.zebra"         // every second row of a table
	ColorPanel        fyne.ThemeColorName = "jinggao.panel"         // side panels and bars
	ColorPaper        fyne.ThemeColorName = "jinggao.paper"         // under documents and tables
	ColorRowSelected  fyne.ThemeColorName = "jinggao.row.selected"  // chosen rows of a table
	ColorMuted        fyne.ThemeColorName = "jinggao.muted"         // secondary text
	ColorFocusRing    fyne.ThemeColorName = "jinggao.focus.ring"    // ring around the focused view
	ColorErrorFill    fyne.ThemeColorName = "jinggao.error.fill"    // cell with an error
	ColorWarningFill  fyne.ThemeColorName = "jinggao.warning.fill"  // cell with a doubt
)

// Color looks a colour up in the theme in force.
func Color(name fyne.ThemeColorName) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, base.VariantLight)
}

// Size looks a measure up in the theme in force.
func Size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

func rgb(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func rgba(v uint32, a uint8) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: a}
}

func ownColor(name fyne.ThemeColorName) (color.Color, bool) {
	if c := stateColor(name); c != nil {
		return c, true
	}
	if c := widgetColor(name); c != nil {
		return c, true
	}
	if c := groundColor(name); c != nil {
		return c, true
	}
	return nil, false
}

func stateColor(name fyne.ThemeColorName) color.Color {
	switch name {
	case ColorPendingFill:
		return rgb(0xFFE680)
	case ColorPendingEdge:
		return rgb(0x9A6B00)
	case ColorMaskedFill:
		return rgb(0xCDEBD0)
	case ColorMaskedEdge:
		return rgb(0x1E7B34)
	case ColorReplacedFill:
		return rgb(0xE3EEFB)
	case ColorReplacedEdge:
		return rgb(0x1C5FB0)
	case ColorIgnoredFill:
		return rgb(0xF3F4F5)
	case ColorIgnoredEdge:
		return rgb(0x6B7178)
	case ColorCurrentEdge:
		return rgb(0xB3261E)
	case ColorZebra:
		return rgb(0xF5F8FC)
	case ColorPanel:
		return rgb(0xEEF2F7)
	case ColorPaper:
		return rgb(0xFFFFFF)
	case ColorRowSelected:
		return rgb(0xD5E5F8)
	case ColorMuted:
		return rgb(0x5A6470)
	case ColorFocusRing:
		return rgb(0x1C5FB0)
	case ColorErrorFill:
		return rgb(0xFDECEA)
	case ColorWarningFill:
		return rgb(0xFFF6DD)
	}
	return nil
}

func widgetColor(name fyne.ThemeColorName) color.Color {
	switch name {
	case base.ColorNamePrimary, base.ColorNameHyperlink:
		return rgb(0x1C5FB0)
	case base.ColorNameForegroundOnPrimary, base.ColorNameForegroundOnError, base.ColorNameForegroundOnSuccess:
		return rgb(0xFFFFFF)
	case base.ColorNameForeground:
		return rgb(0x1B2430)
	case base.ColorNameButton:
		return rgb(0xE4EBF3)
	case base.ColorNameDisabledButton:
		return rgb(0xEDF0F4)
	case base.ColorNameDisabled:
		return rgb(0x7C8590)
	case base.ColorNamePlaceHolder:
		return rgb(0x68727E)
	case base.ColorNameError:
		return rgb(0xB3261E)
	case base.ColorNameWarning:
		return rgb(0x9A6B00)
	case base.ColorNameSuccess:
		return rgb(0x1E7B34)
	case base.ColorNameFocus:
		return rgba(0x1C5FB0, 0x55)
	case base.ColorNameSelection:
		return rgba(0x1C5FB0, 0x40)
	case base.ColorNameHover:
		return rgba(0x1C5FB0, 0x18)
	case base.ColorNamePressed:
		return rgba(0x1C5FB0, 0x30)
	}
	return nil
}

// groundColor gives what lies under and between the widgets.
func groundColor(name fyne.ThemeColorName) color.Color {
	switch name {
	case base.ColorNameBackground:
		return rgb(0xF7F9FC)
	case base.ColorNameInputBackground, base.ColorNameMenuBackground, base.ColorNameOverlayBackground:
		return rgb(0xFFFFFF)
	case base.ColorNameInputBorder:
		return rgb(0x8C98A6)
	case base.ColorNameHeaderBackground:
		return rgb(0xDFE8F2)
	case base.ColorNameSeparator:
		return rgb(0xCBD4DE)
	case base.ColorNameScrollBar:
		return rgba(0x3B4A5C, 0x99)
	case base.ColorNameScrollBarBackground:
		return rgb(0xE6EBF1)
	case base.ColorNameShadow:
		return rgba(0x1B2430, 0x3A)
	}
	return nil
}
