package dialogs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
)

const defaultWidth = 460

// box is one modal dialog: title, body, a line for what is missing, buttons.
type box struct {
	d          *Dialogs
	title      string
	body       fyne.CanvasObject
	minSize    fyne.Size
	cancelText string
	valid      func() string // why the act is not possible yet
	onCancel   func()
	onClose    func()

	acts, others []fyne.CanvasObject
	act          func() // what Enter does, nil if there is none
	missing      *widget.Label
	popup        *widget.PopUp
	before       fyne.Focusable
	closed       bool
}

func (d *Dialogs) newBox(title string, body fyne.CanvasObject) *box {
	return &box{d: d, title: title, body: body}
}

// addAct adds the button of the act; Enter in a field does the same.
func (b *box) addAct(text string, danger bool, act func()) fyne.Focusable {
	b.act = func() {
		if b.valid != nil {
			if why := b.valid(); why != "" {
				b.say(why)
				return
			}
		}
		act()
	}
	btn := newButton(text, b.act, b.cancel)
	btn.Importance = widget.HighImportance
	if danger {
		btn.Importance = widget.DangerImportance
	}
	b.acts = append(b.acts, btn)
	return btn
}

func (b *box) addCancel() fyne.Focusable {
	text := b.cancelText
	if text == "" {
		text = "取消"
	}
	btn := newButton(text, b.cancel, b.cancel)
	b.acts = append(b.acts, btn)
	return btn
}

// addOther adds a button at the left that does not close the dialog.
func (b *box) addOther(text string, run func()) {
	b.others = append(b.others, newButton(text, run, b.cancel))
}

// say writes why the act is not possible above the buttons.
func (b *box) say(why string) {
	if b.missing == nil || b.missing.Text == why {
		return
	}
	b.missing.SetText(why)
	b.missing.Hidden = why == ""
	b.resize(b.d.win.Canvas().Size())
}

func (b *box) show(first fyne.Focusable) {
	c := b.d.win.Canvas()
	b.before = c.Focused()
	b.missing = wrapped("")
	b.missing.Importance = widget.DangerImportance
	b.missing.Hide()
	title := widget.NewLabelWithStyle(b.title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	buttons := append(append([]fyne.CanvasObject{}, b.others...), layout.NewSpacer())
	buttons = append(buttons, b.acts...)
	foot := container.NewVBox(b.missing, container.NewHBox(buttons...))
	content := container.NewPadded(container.NewPadded(container.NewBorder(
		container.NewVBox(title, widget.NewSeparator()), foot, nil, nil, b.body)))
	b.popup = widget.NewModalPopUp(content, c)
	b.wire(b.body)
	b.d.open = append(b.d.open, b)
	c.Unfocus()
	b.popup.Show()
	b.resize(c.Size())
	b.focusFirst(first)
}

// resize gives the dialog its width first, so that wrapped text knows its height.
func (b *box) resize(room fyne.Size) {
	want := fyne.NewSize(defaultWidth*theme.Size(base.SizeNameText)/14, 0).Max(b.minSize)
	want = want.Min(fyne.NewSize(room.Width-32, room.Height-32))
	b.popup.Resize(want.Max(b.popup.MinSize()).Min(room))
	b.popup.Resize(want.Max(b.popup.MinSize()).Min(room))
}

func (b *box) focusFirst(first fyne.Focusable) {
	if first == nil {
		first = firstField(b.body)
	}
	if first == nil && len(b.acts) > 0 {
		first, _ = b.acts[0].(fyne.Focusable)
	}
	if first != nil {
		b.d.win.Canvas().Focus(first)
	}
}

func (b *box) cancel() { b.finish(b.onCancel) }

// finish closes the dialog, gives the keyboard back and then runs f.
func (b *box) finish(f func()) {
	if b.closed {
		return
	}
	b.closed = true
	for i, o := range b.d.open {
		if o == b {
			b.d.open = append(b.d.open[:i], b.d.open[i+1:]...)
			break
		}
	}
	c := b.d.win.Canvas()
	c.Unfocus()
	b.popup.Hide()
	if b.before != nil {
		c.Focus(b.before)
	}
	if f != nil {
		f()
	}
	if b.onClose != nil {
		b.onClose()
	}
}
