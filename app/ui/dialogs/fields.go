package dialogs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/widget/ime"
)

// button presses itself on Enter as well as on Space, and cancels on Esc.
type button struct {
	widget.Button
	cancel func()
}

func newButton(text string, tapped, cancel func()) *button {
	b := &button{cancel: cancel}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// Caption is what is written on the button.
func (b *button) Caption() string { return b.Text }

// TypedKey presses the button or cancels the dialog.
func (b *button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() {
			b.OnTapped()
		}
	case fyne.KeyEscape:
		b.cancel()
	default:
		b.Button.TypedKey(k)
	}
}

// Check is a check box for a dialog: Space switches it, Enter confirms, Esc cancels.
type Check struct {
	widget.Check
	confirm, cancel func()
}

// NewCheck makes a check box.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey confirms or cancels the dialog.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if !typed(k, c.confirm, c.cancel) {
		c.Check.TypedKey(k)
	}
}

// Select is a choice for a dialog: arrows choose, Enter confirms, Esc cancels.
type Select struct {
	widget.Select
	confirm, cancel func()
}

// NewSelect makes a choice.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey confirms or cancels the dialog.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	if !typed(k, s.confirm, s.cancel) {
		s.Select.TypedKey(k)
	}
}

// typed handles Enter and Esc of a field; nil functions leave the key alone.
func typed(k *fyne.KeyEvent, confirm, cancel func()) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if confirm != nil {
			confirm()
			return true
		}
	case fyne.KeyEscape:
		if cancel != nil {
			cancel()
			return true
		}
	}
	return false
}

// wire makes the fields in the body answer to Enter and Esc.
func (b *box) wire(o fyne.CanvasObject) {
	walk(o, func(o fyne.CanvasObject) bool {
		switch f := o.(type) {
		case *ime.Entry:
			b.wireEntry(f)
		case *Check:
			f.confirm, f.cancel = b.act, b.cancel
		case *Select:
			f.confirm, f.cancel = b.act, b.cancel
		case *optionList:
			f.confirm, f.cancel = b.act, b.cancel
		case Answering:
			f.Answer(b.act, b.cancel)
		}
		return false
	})
}

// Answering is what a widget of its own kind implements to answer to Enter and Esc
// in a dialog: it is handed both acts; enter is nil where there is none.
type Answering interface{ Answer(enter, esc func()) }

func (b *box) wireEntry(e *ime.Entry) {
	before := e.OnKey
	e.OnKey = func(k *fyne.KeyEvent) bool {
		if before != nil && before(k) {
			return true
		}
		if e.MultiLine {
			return typed(k, nil, b.cancel)
		}
		return typed(k, b.act, b.cancel)
	}
	changed := e.OnChanged
	e.OnChanged = func(v string) {
		b.say("")
		if changed != nil {
			changed(v)
		}
	}
	if !e.MultiLine {
		return
	}
	beforeSC := e.OnShortcut
	e.OnShortcut = func(s fyne.Shortcut) bool {
		if beforeSC != nil && beforeSC(s) {
			return true
		}
		c, ok := s.(*desktop.CustomShortcut)
		if !ok || c.Modifier != fyne.KeyModifierControl || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
			return false
		}
		if b.act != nil {
			b.act()
		}
		return true
	}
}

// firstField finds the first thing in the body that takes the keyboard.
func firstField(o fyne.CanvasObject) fyne.Focusable {
	var found fyne.Focusable
	walk(o, func(o fyne.CanvasObject) bool {
		f, ok := o.(fyne.Focusable)
		if !ok || !o.Visible() {
			return false
		}
		if dis, ok := o.(fyne.Disableable); ok && dis.Disabled() {
			return false
		}
		found = f
		return true
	})
	return found
}

// walk visits an object and all within containers and scrolls until f returns true.
func walk(o fyne.CanvasObject, f func(fyne.CanvasObject) bool) bool {
	if o == nil {
		return false
	}
	if f(o) {
		return true
	}
	switch c := o.(type) {
	case *fyne.Container:
		for _, child := range c.Objects {
			if walk(child, f) {
				return true
			}
		}
	case *container.Scroll:
		return walk(c.Content, f)
	case *container.Split:
		return walk(c.Leading, f) || walk(c.Trailing, f)
	}
	return false
}
