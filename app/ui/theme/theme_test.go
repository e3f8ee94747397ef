package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"

	"jinggao/assets"

	"jinggao/app/ui/theme"
)

func TestTextSizeNames(t *testing.T) {
	for _, s := range theme.TextSizes() {
		if got := theme.ParseTextSize(s.String()); got != s {
			t.Errorf("ParseTextSize(%q) = %v", s, got)
		}
	}
	if got := theme.ParseTextSize("巨大"); got != theme.Standard {
		t.Errorf("unknown name gives %v", got)
	}
}

func TestSizesGrow(t *testing.T) {
	var last float32
	for _, s := range theme.TextSizes() {
		got := theme.New(s).Size(base.SizeNameText)
		if got <= last {
			t.Errorf("text of %s is %v, not larger than %v", s, got, last)
		}
		last = got
	}
}

// TestContrast holds what reading in an office needs: 4.5:1 for text, 3:1 for edges.
func TestContrast(t *testing.T) {
	th := theme.New(theme.Standard)
	for _, c := range []struct {
		fore, back fyne.ThemeColorName
		least      float64
	}{
		{base.ColorNameForeground, base.ColorNameBackground, 7},
		{base.ColorNameForeground, theme.ColorPendingFill, 7},
		{base.ColorNameForeground, theme.ColorMaskedFill, 7},
		{base.ColorNameForeground, theme.ColorReplacedFill, 7},
		{base.ColorNameForeground, theme.ColorIgnoredFill, 7},
		{base.ColorNameForeground, theme.ColorRowSelected, 7},
		{base.ColorNameForeground, base.ColorNameHeaderBackground, 7},
		{base.ColorNameForegroundOnPrimary, base.ColorNamePrimary, 4.5},
		{base.ColorNameForegroundOnError, base.ColorNameError, 4.5},
		{base.ColorNamePlaceHolder, base.ColorNameInputBackground, 4.5},
		{theme.ColorMuted, theme.ColorPaper, 4.5},
		{theme.ColorMuted, theme.ColorPanel, 4.5},
		{base.ColorNameError, theme.ColorPaper, 4.5},
		{base.ColorNameWarning, theme.ColorWarningFill, 3},
		{theme.ColorPendingEdge, theme.ColorPaper, 3},
		{theme.ColorMaskedEdge, theme.ColorPaper, 3},
		{theme.ColorReplacedEdge, theme.ColorPaper, 3},
		{theme.ColorIgnoredEdge, theme.ColorPaper, 3},
		{theme.ColorCurrentEdge, theme.ColorPaper, 3},
		{base.ColorNameInputBorder, base.ColorNameInputBackground, 2.5},
	} {
		got := contrast(th.Color(c.fore, 0), th.Color(c.back, 0))
		if got < c.least {
			t.Errorf("%s on %s: %.2f, want %.1f", c.fore, c.back, got, c.least)
		}
	}
}

// TestKeysInMenus works out the colour of keys in a menu as the window library does.
func TestKeysInMenus(t *testing.T) {
	_, _, _, a := theme.New(theme.Standard).Color(base.ColorNameForeground, 0).RGBA()
	if opaque := uint8(uint32(float32(a)*0.95) & 0xFF); opaque < 0x90 || opaque > 0xF0 {
		t.Errorf("keys in a menu are drawn with %d of 255", opaque)
	}
	if a>>8 != 0xFF {
		t.Errorf("text is drawn with %d of 255", a>>8)
	}
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func TestLightWhateverTheSystemSays(t *testing.T) {
	th := theme.New(theme.Standard)
	for _, n := range []fyne.ThemeColorName{base.ColorNameBackground, base.ColorNameForeground, base.ColorNameButton} {
		if th.Color(n, base.VariantDark) != th.Color(n, base.VariantLight) {
			t.Errorf("%s follows the system", n)
		}
	}
}

func TestOwnFace(t *testing.T) {
	if len(assets.Missing()) > 0 {
		t.Logf("built without packed data: %v", assets.Missing())
	}
	th := theme.New(theme.Standard)
	regular, bold := th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})
	if regular.Name() == bold.Name() {
		t.Error("bold is not a face of its own")
	}
	if th.Font(fyne.TextStyle{Symbol: true}).Name() != base.DefaultSymbolFont().Name() {
		t.Error("symbols must come from the face of the window library")
	}
}

func TestForceChinese(t *testing.T) {
	for _, locale := range []string{"en_US.UTF-8", "zh_CN.UTF-8", "fr_FR.UTF-8", "de_DE.UTF-8"} {
		t.Run(locale, func(t *testing.T) {
			t.Setenv("LC_ALL", locale)
			t.Setenv("LANG", locale)
			test.NewTempApp(t)
			if err := theme.ForceChinese(); err != nil {
				t.Fatal(err)
			}
			for in, want := range map[string]string{"Cancel": "取消", "OK": "确定", "No": "取消", "Open": "打开", "Undo": "撤销"} {
				if got := lang.L(in); got != want {
					t.Errorf("L(%q) = %q, want %q", in, got, want)
				}
			}
			if got := lang.X("file.parent", "Parent"); got != "上级文件夹" {
				t.Errorf("file.parent = %q", got)
			}
		})
	}
}
