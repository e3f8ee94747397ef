// Package keymap holds the one table of commands: id, Chinese label, keys, when it
// is enabled, what it does. Menu, buttons, the F1 sheet and the tests read it.
package keymap

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
)

// ID names a command.
type ID string

// Scope says where the keys of a command act. Global commands act everywhere
// through the menu; the others only while the view that asks for the scope has
// the keyboard (TypedKey, TypedRune, TypedShortcut).
type Scope string

// Global is the scope of the commands that the main menu carries.
const Global Scope = ""

// Command is one thing that can be done.
type Command struct {
	ID      ID
	Label   string // verb first: 导出脱敏副本
	Group   string // heading in the menu and on the F1 sheet: 文件, 审核 …
	Scope   Scope
	Keys    []Key       // the first one is shown on buttons
	Enabled func() bool // nil: always
	Run     func()
	// AlsoInDialogs lets a global command run while a dialog is open.
	AlsoInDialogs bool
	// NoMenu leaves a command out of the menu though it has a group.
	NoMenu bool
}

// Can tells whether the command may run now.
func (c *Command) Can() bool { return c.Run != nil && (c.Enabled == nil || c.Enabled()) }

// KeyText is the first key as shown to people, or "".
func (c *Command) KeyText() string {
	if len(c.Keys) == 0 {
		return ""
	}
	return c.Keys[0].String()
}

// ErrConflict is wrapped by New when two commands of one scope want the same key
// or the same id: a mistake of the programmer.
var ErrConflict = errors.New("command table conflict")

// Table is the table of commands. It is made once and not changed; use it on the
// UI goroutine only.
type Table struct {
	commands []*Command
	byID     map[ID]*Command
	byKey    map[Scope]map[Key]*Command

	// Busy tells whether a dialog is open: global commands then do nothing.
	// May be nil.
	Busy func() bool
	// Focused returns the object with the keyboard, so that editing keys
	// (Ctrl+Z, C, V, X, A, Y) go to a text field that has it. May be nil.
	Focused func() fyne.Focusable
	// Refused is told of a command that was asked for and may not run now. May be nil.
	Refused func(*Command)
}

// New checks the commands and makes the table.
func New(commands ...Command) (*Table, error) {
	t := &Table{byID: map[ID]*Command{}, byKey: map[Scope]map[Key]*Command{}}
	for i := range commands {
		c := commands[i]
		if c.ID == "" || c.Label == "" || c.Run == nil {
			return nil, fmt.Errorf("command %q lacks id, label or action: %w", c.ID, ErrConflict)
		}
		if t.byID[c.ID] != nil {
			return nil, fmt.Errorf("command %q twice: %w", c.ID, ErrConflict)
		}
		t.commands, t.byID[c.ID] = append(t.commands, &c), &c
		if t.byKey[c.Scope] == nil {
			t.byKey[c.Scope] = map[Key]*Command{}
		}
		for _, k := range c.Keys {
			if other := t.byKey[c.Scope][k]; other != nil {
				return nil, fmt.Errorf("key %s of %q and %q: %w", k, other.ID, c.ID, ErrConflict)
			}
			t.byKey[c.Scope][k] = &c
		}
	}
	return t, nil
}

// Command returns the command with an id, or nil.
func (t *Table) Command(id ID) *Command { return t.byID[id] }

// Commands lists all commands in their order. The caller must not change them.
func (t *Table) Commands() []*Command { return t.commands }

// Run runs a command if it is enabled and no dialog is in the way. It tells
// whether it ran.
func (t *Table) Run(id ID) bool {
	c := t.byID[id]
	if c == nil || t.blocked(c) {
		return false
	}
	if !c.Can() {
		if t.Refused != nil {
			t.Refused(c)
		}
		return false
	}
	c.Run()
	return true
}

func (t *Table) blocked(c *Command) bool {
	return c.Scope == Global && !c.AlsoInDialogs && t.Busy != nil && t.Busy()
}

// TypedKey runs the command of a scope that has this key, with the modifiers held
// (see Modifiers); failing that a global command with the bare key (F1, F5).
// It tells whether the key was used.
func (t *Table) TypedKey(s Scope, name fyne.KeyName, mod fyne.KeyModifier) bool {
	if name == fyne.KeyEnter {
		name = fyne.KeyReturn
	}
	k := Key{Name: name, Mod: mod}
	for _, scope := range scopes(s) {
		if c := t.byKey[scope][k]; c != nil {
			return t.Run(c.ID)
		}
	}
	return false
}

// TypedRune runs the command of a scope that has this character, folded to half
// width. It tells whether the character was used.
func (t *Table) TypedRune(s Scope, r rune) bool {
	if c := t.byKey[s][Key{Rune: FoldRune(r)}]; c != nil {
		return t.Run(c.ID)
	}
	return false
}

// TypedShortcut runs the command that has this shortcut: of the scope, then a
// global one. It tells whether the shortcut was used.
func (t *Table) TypedShortcut(s Scope, sc fyne.Shortcut) bool {
	for _, scope := range scopes(s) {
		for _, c := range t.commands {
			if c.Scope != scope {
				continue
			}
			for _, k := range c.Keys {
				if own := k.Shortcut(); own != nil && own.ShortcutName() == sc.ShortcutName() {
					return t.Run(c.ID)
				}
			}
		}
	}
	return false
}

func scopes(s Scope) []Scope {
	if s == Global {
		return []Scope{Global}
	}
	return []Scope{s, Global}
}
