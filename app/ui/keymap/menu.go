package keymap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Section is one heading of the F1 sheet with its lines.
type Section struct {
	Title string
	Lines []Line
}

// Line is one command on the F1 sheet.
type Line struct{ Label, Keys string }

// Sheet lists all commands that have keys, by group in order of first appearance.
func (t *Table) Sheet() []Section {
	var out []Section
	at := map[string]int{}
	for _, c := range t.commands {
		if len(c.Keys) == 0 {
			continue
		}
		i, ok := at[c.Group]
		if !ok {
			i = len(out)
			at[c.Group] = i
			out = append(out, Section{Title: c.Group})
		}
		keys := ""
		for j, k := range c.Keys {
			if j > 0 {
				keys += " 或 "
			}
			keys += k.String()
		}
		out[i].Lines = append(out[i].Lines, Line{Label: c.Label, Keys: keys})
	}
	return out
}

// Menu builds the main menu of the given groups, in that order, from the global
// commands. Items check Enabled and dialogs themselves when chosen, because menu
// shortcuts of the window library heed neither.
func (t *Table) Menu(groups ...string) *fyne.MainMenu {
	m := fyne.NewMainMenu()
	for _, g := range groups {
		menu := fyne.NewMenu(g)
		for _, c := range t.commands {
			if c.Group == g && c.Scope == Global && !c.NoMenu {
				menu.Items = append(menu.Items, t.Item(c.ID))
			}
		}
		if len(menu.Items) > 0 {
			m.Items = append(m.Items, menu)
		}
	}
	return m
}

// Item makes one menu item. Keys without Control are written into the label, the
// others are left to the menu. RefreshItems brings Disabled up to date.
func (t *Table) Item(id ID) *fyne.MenuItem {
	c := t.byID[id]
	item := fyne.NewMenuItem(c.Label, func() { t.runFromMenu(c) })
	if len(c.Keys) > 0 {
		item.Shortcut = c.Keys[0].Shortcut()
		if item.Shortcut == nil {
			item.Label = c.Label + "　" + c.KeyText()
		}
	}
	item.Disabled = !c.Can()
	return item
}

// RefreshItems sets Disabled of every item of a menu made by Menu from Enabled now.
func (t *Table) RefreshItems(m *fyne.MainMenu) {
	byLabel := map[string]*Command{}
	for _, c := range t.commands {
		byLabel[c.Label] = c
		byLabel[c.Label+"　"+c.KeyText()] = c
	}
	for _, menu := range m.Items {
		for _, item := range menu.Items {
			if c := byLabel[item.Label]; c != nil {
				item.Disabled = !c.Can()
			}
		}
	}
}

// runFromMenu runs a command chosen in the menu or by its shortcut. An editing
// shortcut goes to the text field that has the keyboard: the menu would steal it.
func (t *Table) runFromMenu(c *Command) {
	if t.Focused != nil && len(c.Keys) > 0 {
		sc := c.Keys[0].Shortcut()
		if _, custom := sc.(*desktop.CustomShortcut); sc != nil && !custom {
			if e, ok := t.Focused().(TextField); ok {
				e.TypedShortcut(withClipboard(sc))
				return
			}
		}
	}
	t.Run(c.ID)
}

// TextField is what an editing shortcut is handed on to. widget.Entry is one.
type TextField interface {
	fyne.Shortcutable
	SelectedText() string
	SetPlaceHolder(string)
}

var _ TextField = (*widget.Entry)(nil)

func withClipboard(sc fyne.Shortcut) fyne.Shortcut {
	switch sc.(type) {
	case *fyne.ShortcutCopy:
		return &fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()}
	case *fyne.ShortcutCut:
		return &fyne.ShortcutCut{Clipboard: fyne.CurrentApp().Clipboard()}
	case *fyne.ShortcutPaste:
		return &fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()}
	}
	return sc
}

// Button makes a button that runs a command and shows its key: “脱敏 [1]”.
// Refresh its state with RefreshButton when what it depends on has changed.
func (t *Table) Button(id ID) *widget.Button {
	c := t.byID[id]
	b := widget.NewButton(ButtonText(c), func() { t.Run(id) })
	if !c.Can() {
		b.Disable()
	}
	return b
}

// RefreshButton enables or disables a button made by Button.
func (t *Table) RefreshButton(b *widget.Button, id ID) {
	if t.byID[id].Can() {
		b.Enable()
	} else {
		b.Disable()
	}
}

// ButtonText is label and key of a command for a button.
func ButtonText(c *Command) string {
	if k := c.KeyText(); k != "" {
		return c.Label + " [" + k + "]"
	}
	return c.Label
}

// Modifiers returns the modifier keys held now; none where the driver cannot tell.
func Modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
