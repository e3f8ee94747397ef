package keymap

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Key is one key press: a named key with modifiers, or a bare character (Rune).
// Digits are better given as Rune: they arrive even while an input method is on,
// and full-width digits are folded to them.
type Key struct {
	Name fyne.KeyName
	Mod  fyne.KeyModifier
	Rune rune
}

// Press is a named key, with modifiers.
func Press(name fyne.KeyName, mods ...fyne.KeyModifier) Key {
	k := Key{Name: name}
	for _, m := range mods {
		k.Mod |= m
	}
	return k
}

// Ctrl is a named key with the Control key.
func Ctrl(name fyne.KeyName) Key { return Press(name, fyne.KeyModifierControl) }

// Char is a bare character, usually a digit.
func Char(r rune) Key { return Key{Rune: r} }

// String gives the key as shown to people: Ctrl+Z, Shift+F8, 1, ↑.
func (k Key) String() string {
	if k.Rune != 0 {
		if k.Rune == ' ' {
			return "空格"
		}
		return strings.ToUpper(string(k.Rune))
	}
	var b strings.Builder
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if k.Mod&m.mod != 0 {
			b.WriteString(m.name)
		}
	}
	b.WriteString(keyName(k.Name))
	return b.String()
}

func keyName(n fyne.KeyName) string {
	switch n {
	case fyne.KeyUp:
		return "↑"
	case fyne.KeyDown:
		return "↓"
	case fyne.KeyLeft:
		return "←"
	case fyne.KeyRight:
		return "→"
	case fyne.KeyReturn, fyne.KeyEnter:
		return "Enter"
	case fyne.KeySpace:
		return "空格"
	case fyne.KeyEscape:
		return "Esc"
	case fyne.KeyPageUp:
		return "PgUp"
	case fyne.KeyPageDown:
		return "PgDn"
	}
	return string(n)
}

// Shortcut is the key as the window library wants it for a menu item or a canvas;
// nil for a key without Control or Alt, which is no shortcut there.
func (k Key) Shortcut() fyne.Shortcut {
	if k.Rune != 0 || k.Mod&(fyne.KeyModifierControl|fyne.KeyModifierAlt|fyne.KeyModifierSuper) == 0 {
		return nil
	}
	if k.Mod == fyne.KeyModifierControl {
		switch k.Name {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{}
		case fyne.KeyX:
			return &fyne.ShortcutCut{}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		}
	}
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Mod}
}

// FoldRune turns a full-width character into its half-width twin (１ → 1), so that
// keys work while an input method is set to full width.
func FoldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000:
		return ' '
	}
	return r
}
