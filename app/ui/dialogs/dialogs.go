// Package dialogs is the only one that builds dialogs. In every one of them Esc
// cancels, Enter confirms, the first field has the keyboard, and afterwards the
// keyboard goes back to where it was. Buttons say the act, never 是/否.
//
// All functions are called on the UI goroutine and return at once; what was decided
// comes through a callback.
package dialogs

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/safe"
	"jinggao/sanitize/document"
)

// Dialogs shows the dialogs of one window.
type Dialogs struct {
	win    fyne.Window
	open   []*box
	native bool // a native file dialog is open

	start func(work string, f func(), report func(error)) // safe.Go
}

// New makes the dialogs of a window.
func New(win fyne.Window) *Dialogs { return &Dialogs{win: win, start: safe.Go} }

// Open tells whether a dialog is open; commands of the window wait meanwhile
// (keymap.Table.Busy).
func (d *Dialogs) Open() bool { return len(d.open) > 0 || d.native }

// Cancel cancels the topmost dialog, as Esc does. It tells whether there was one.
func (d *Dialogs) Cancel() bool {
	if len(d.open) == 0 {
		return false
	}
	d.open[len(d.open)-1].cancel()
	return true
}

// Notice is what people are told when something went wrong: three lines.
type Notice struct {
	What   string // what happened
	Why    string // likely cause
	Do     string // what to do
	Detail string // technical, only behind 复制详情; never document text
}

// NoticeOf makes a notice of an error: of a *document.Refusal in it, else with what
// as first line and the error as detail.
func NoticeOf(what string, err error) Notice {
	var r *document.Refusal
	if errors.As(err, &r) {
		return Notice{What: r.What, Why: r.Why, Do: r.Do, Detail: r.Detail}
	}
	n := Notice{What: what}
	if err != nil {
		n.Detail = err.Error()
	}
	return n
}

// Notice shows a notice with 知道了 and, if there is a detail, 复制详情. closed may
// be nil.
func (d *Dialogs) Notice(n Notice, closed func()) {
	b := d.newBox("提示", noticeBody(n))
	b.onClose = closed
	b.addAct("知道了", false, b.cancel)
	if n.Detail != "" {
		b.addOther("复制详情", func() {
			fyne.CurrentApp().Clipboard().SetContent(n.Text())
		})
	}
	b.show(nil)
}

// Text is the whole notice as text, for the clipboard.
func (n Notice) Text() string {
	s := n.What
	for _, l := range []struct{ head, text string }{{"原因：", n.Why}, {"处理：", n.Do}, {"详情：", n.Detail}} {
		if l.text != "" {
			s += "\n" + l.head + l.text
		}
	}
	return s
}

// Question asks whether to go on.
type Question struct {
	Title  string
	Text   string
	Act    string // the button that goes on: 删除该行
	Cancel string // "" is 取消
	Danger bool   // the act loses something: Enter cancels unless the act was chosen
}

// Confirm asks a question; yes runs only if the person goes on.
func (d *Dialogs) Confirm(q Question, yes func()) { d.ConfirmOr(q, yes, nil) }

// ConfirmOr asks a question; exactly one of yes and no runs. Either may be nil.
func (d *Dialogs) ConfirmOr(q Question, yes, no func()) {
	b := d.newBox(q.Title, wrapped(q.Text))
	b.onCancel = no
	b.cancelText = q.Cancel
	act := b.addAct(q.Act, q.Danger, func() { b.finish(yes) })
	cancel := b.addCancel()
	if q.Danger {
		b.show(cancel)
		return
	}
	b.show(act)
}

// Custom is a dialog with content of its own.
type Custom struct {
	Title   string
	Content fyne.CanvasObject
	First   fyne.Focusable // what has the keyboard first; nil: the first field found, else the act
	Act     string         // "" leaves only the cancel button
	Cancel  string         // "" is 取消, or 关闭 without an act
	Size    fyne.Size      // least size of the whole dialog; zero: as small as it goes
	Valid   func() string  // why the act is not possible yet, in Chinese; "" if it is. May be nil
	OnAct   func()
	OnClose func() // after the dialog went away, whatever way
}

// Show shows a dialog with its own content. Fields in it that are ime.Entry, Check
// or Select of this package answer to Esc and Enter. It returns a function that
// closes the dialog without the act.
func (d *Dialogs) Show(c Custom) (closeIt func()) {
	b := d.newBox(c.Title, c.Content)
	b.minSize, b.onClose, b.valid, b.cancelText = c.Size, c.OnClose, c.Valid, c.Cancel
	if c.Act != "" {
		b.addAct(c.Act, false, func() { b.finish(c.OnAct) })
	} else if b.cancelText == "" {
		b.cancelText = "关闭"
	}
	b.addCancel()
	b.show(c.First)
	return b.cancel
}

func wrapped(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}
