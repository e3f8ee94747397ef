package dialogs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
)

// Field is one question of a form. With Choices it is a choice, else a text.
type Field struct {
	Label   string
	Value   string
	Hint    string // grey text in the empty field
	Lines   int    // more than 1: several lines, confirmed with Ctrl+Enter
	Choices []string
	Secret  bool                  // a passphrase: dots
	Check   func(v string) string // why the value will not do, in Chinese; "" if it will. May be nil
}

// Form is a dialog of a few fields.
type Form struct {
	Title  string
	Text   string // explanation above the fields; may be empty
	Fields []Field
	Act    string
}

// Ask shows a form; ok gets the values in the order of the fields if the person
// confirms and all of them pass their checks.
func (d *Dialogs) Ask(f Form, ok func(values []string)) { d.askThen(f, ok, nil) }

// askThen is Ask with something to do after the dialog went away, whatever way; it
// runs after ok.
func (d *Dialogs) askThen(f Form, ok func(values []string), closed func()) {
	rows := container.New(layout.NewFormLayout())
	read := make([]func() string, len(f.Fields))
	for i := range f.Fields {
		obj, get := fieldWidget(&f.Fields[i])
		read[i] = get
		rows.Add(widget.NewLabel(f.Fields[i].Label))
		rows.Add(obj)
	}
	var body fyne.CanvasObject = rows
	if f.Text != "" {
		body = container.NewBorder(wrapped(f.Text), nil, nil, nil, rows)
	}
	b := d.newBox(f.Title, body)
	b.onClose = closed
	b.valid = func() string {
		for i, fd := range f.Fields {
			if fd.Check == nil {
				continue
			}
			if why := fd.Check(read[i]()); why != "" {
				return why
			}
		}
		return ""
	}
	b.addAct(f.Act, false, func() {
		values := make([]string, len(read))
		for i, get := range read {
			values[i] = get()
		}
		b.finish(func() { ok(values) })
	})
	b.addCancel()
	b.show(nil)
}

func fieldWidget(f *Field) (fyne.CanvasObject, func() string) {
	if len(f.Choices) > 0 {
		s := NewSelect(f.Choices, nil)
		s.Selected, s.PlaceHolder = f.Value, "请选择"
		return s, func() string { return s.Selected }
	}
	var e *ime.Entry
	if f.Lines > 1 {
		e = ime.NewMultiLine(f.Lines)
	} else {
		e = ime.NewEntry()
	}
	e.Password = f.Secret
	e.PlaceHolder = f.Hint
	e.SetText(f.Value)
	return e, func() string { return e.Text }
}

// noticeBody lays the three lines of a notice out.
func noticeBody(n Notice) fyne.CanvasObject {
	what := wrapped(n.What)
	what.TextStyle.Bold = true
	lines := container.NewVBox(what)
	for _, l := range []struct{ head, text string }{{"原因", n.Why}, {"处理", n.Do}} {
		if l.text == "" {
			continue
		}
		head := canvas.NewText(l.head, theme.Color(theme.ColorMuted))
		head.TextSize = theme.Size(base.SizeNameText)
		lines.Add(container.NewBorder(nil, nil,
			container.NewVBox(container.NewPadded(container.NewPadded(head))), nil, wrapped(l.text)))
	}
	return lines
}
