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

// text is a colour that is opaque on the screen, where the upper eight bits of a channel
// count. The menus of the window library take the lower ones of 95 % of the alpha for the
// keys beside their items, which with all bits set leaves those hardly to be seen; so the
// lower ones are such that the keys come out a little paler than the words.
func text(v uint32) color.Color {
	r, g, b, _ := rgb(v).RGBA()
	return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: 0xFF76}
}

// palette is every colour that differs from the light palette of the window library.
func palette() map[fyne.ThemeColorName]color.Color {
	return map[fyne.ThemeColorName]color.Color{
		ColorPendingFill:                  rgb(0xFFE680),
		ColorPendingEdge:                  rgb(0x9A6B00),
		ColorMaskedFill:                   rgb(0xCDEBD0),
		ColorMaskedEdge:                   rgb(0x1E7B34),
		ColorReplacedFill:                 rgb(0xE3EEFB),
		ColorReplacedEdge:                 rgb(0x1C5FB0),
		ColorIgnoredFill:                  rgb(0xF3F4F5),
		ColorIgnoredEdge:                  rgb(0x6B7178),
		ColorCurrentEdge:                  rgb(0xB3261E),
		ColorZebra:                        rgb(0xF5F8FC),
		ColorPanel:                        rgb(0xEEF2F7),
		ColorPaper:                        rgb(0xFFFFFF),
		ColorRowSelected:                  rgb(0xD5E5F8),
		ColorMuted:                        rgb(0x5A6470),
		ColorFocusRing:                    rgb(0x1C5FB0),
		ColorErrorFill:                    rgb(0xFDECEA),
		ColorWarningFill:                  rgb(0xFFF6DD),
		base.ColorNamePrimary:             rgb(0x1C5FB0),
		base.ColorNameHyperlink:           rgb(0x1C5FB0),
		base.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
		base.ColorNameForegroundOnError:   rgb(0xFFFFFF),
		base.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
		base.ColorNameForeground:          text(0x1B2430),
		base.ColorNameButton:              rgb(0xE4EBF3),
		base.ColorNameDisabledButton:      rgb(0xEDF0F4),
		base.ColorNameDisabled:            rgb(0x7C8590),
		base.ColorNamePlaceHolder:         rgb(0x68727E),
		base.ColorNameError:               rgb(0xB3261E),
		base.ColorNameWarning:             rgb(0x9A6B00),
		base.ColorNameSuccess:             rgb(0x1E7B34),
		base.ColorNameFocus:               rgba(0x1C5FB0, 0x55),
		base.ColorNameSelection:           rgba(0x1C5FB0, 0x40),
		base.ColorNameHover:               rgba(0x1C5FB0, 0x18),
		base.ColorNamePressed:             rgba(0x1C5FB0, 0x30),
		base.ColorNameBackground:          rgb(0xF7F9FC),
		base.ColorNameInputBackground:     rgb(0xFFFFFF),
		base.ColorNameMenuBackground:      rgb(0xFFFFFF),
		base.ColorNameOverlayBackground:   rgb(0xFFFFFF),
		base.ColorNameInputBorder:         rgb(0x8C98A6),
		base.ColorNameHeaderBackground:    rgb(0xDFE8F2),
		base.ColorNameSeparator:           rgb(0xCBD4DE),
		base.ColorNameScrollBar:           rgba(0x3B4A5C, 0x99),
		base.ColorNameScrollBarBackground: rgb(0xE6EBF1),
		base.ColorNameShadow:              rgba(0x1B2430, 0x3A),
	}
}
