package dialogs

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
)

// Option is one of up to nine things to choose from.
type Option struct {
	Label     string
	NeedsNote bool // 备注必填
}

// Choice asks for one of several options, with a note.
type Choice struct {
	Title     string
	Text      string // explanation above; may be empty
	Options   []Option
	First     int    // index that is chosen at first
	Act       string // 忽略
	NeedsNote bool   // a note is needed whatever the option
	NoNote    bool   // no field for a note at all
}

// Choose shows a choice of reasons. The keys 1–9 choose and, where no note is
// needed, confirm at once; arrows choose; Enter confirms.
func (d *Dialogs) Choose(c Choice, ok func(index int, note string)) {
	note := ime.NewEntry()
	note.PlaceHolder = "备注"
	list := newOptionList(c.Options, c.First)
	body := container.NewVBox()
	if c.Text != "" {
		body.Add(wrapped(c.Text))
	}
	body.Add(list)
	if !c.NoNote {
		body.Add(note)
	}
	b := d.newBox(c.Title, body)
	needs := func() bool {
		return !c.NoNote && (c.NeedsNote || c.Options[list.chosen].NeedsNote)
	}
	b.valid = func() string {
		if needs() && strings.TrimSpace(note.Text) == "" {
			return "请填写备注：说明为何这样处理"
		}
		return ""
	}
	list.onDigit = func() {
		if needs() && strings.TrimSpace(note.Text) == "" {
			d.win.Canvas().Focus(note)
			return
		}
		b.act()
	}
	b.addAct(c.Act, false, func() {
		i, text := list.chosen, strings.TrimSpace(note.Text)
		b.finish(func() { ok(i, text) })
	})
	b.addCancel()
	b.show(list)
}

// optionList is a list of options with their digits, one of them chosen.
type optionList struct {
	widget.BaseWidget
	options         []Option
	chosen          int
	focused         bool
	onDigit         func()
	confirm, cancel func()
}

var (
	_ fyne.Focusable    = (*optionList)(nil)
	_ fyne.Tappable     = (*optionList)(nil)
	_ desktop.Mouseable = (*optionList)(nil)
)

func newOptionList(options []Option, chosen int) *optionList {
	l := &optionList{options: options, chosen: min(max(chosen, 0), len(options)-1)}
	l.ExtendBaseWidget(l)
	return l
}

func (l *optionList) choose(i int) {
	if i >= 0 && i < len(l.options) {
		l.chosen = i
		l.Refresh()
	}
}

// TypedKey chooses with the arrows, confirms and cancels.
func (l *optionList) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp:
		l.choose(l.chosen - 1)
	case fyne.KeyDown:
		l.choose(l.chosen + 1)
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(len(l.options) - 1)
	default:
		typed(k, l.confirm, l.cancel)
	}
}

// TypedRune chooses by digit.
func (l *optionList) TypedRune(r rune) {
	i := int(keymap.FoldRune(r)) - '1'
	if i < 0 || i >= len(l.options) {
		return
	}
	l.choose(i)
	if l.onDigit != nil {
		l.onDigit()
	}
}

// FocusGained shows the ring.
func (l *optionList) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost hides the ring.
func (l *optionList) FocusLost() { l.focused = false; l.Refresh() }

// MouseDown chooses the option under the pointer.
func (l *optionList) MouseDown(e *desktop.MouseEvent) { l.choose(int(e.Position.Y / l.rowHeight())) }

// MouseUp does nothing.
func (l *optionList) MouseUp(*desktop.MouseEvent) {}

// Tapped takes the keyboard.
func (l *optionList) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
}

func (l *optionList) rowHeight() float32 {
	return max(32, theme.Size(base.SizeNameText)*2.2)
}

// CreateRenderer draws the list.
func (l *optionList) CreateRenderer() fyne.WidgetRenderer {
	r := &optionRenderer{l: l, ring: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil)}
	for range l.options {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	r.Refresh()
	return r
}

type optionRenderer struct {
	l          *optionList
	ring, mark *canvas.Rectangle
	texts      []*canvas.Text
}

func (r *optionRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.ring, r.mark}
	for _, t := range r.texts {
		out = append(out, t)
	}
	return out
}

func (r *optionRenderer) Layout(size fyne.Size) {
	h := r.l.rowHeight()
	r.ring.Resize(size)
	r.mark.Move(fyne.NewPos(2, float32(r.l.chosen)*h+2))
	r.mark.Resize(fyne.NewSize(size.Width-4, h-4))
	for i, t := range r.texts {
		t.Move(fyne.NewPos(10, float32(i)*h+(h-t.MinSize().Height)/2))
		t.Resize(fyne.NewSize(size.Width-20, t.MinSize().Height))
	}
}

func (r *optionRenderer) MinSize() fyne.Size {
	var w float32
	for _, t := range r.texts {
		w = max(w, t.MinSize().Width)
	}
	return fyne.NewSize(w+20, r.l.rowHeight()*float32(len(r.texts)))
}

func (r *optionRenderer) Refresh() {
	r.mark.FillColor = theme.Color(theme.ColorRowSelected)
	r.mark.CornerRadius = 3
	r.ring.FillColor = theme.Color(theme.ColorPaper)
	r.ring.StrokeWidth = 1
	r.ring.StrokeColor = theme.Color(base.ColorNameSeparator)
	if r.l.focused {
		r.ring.StrokeWidth = 2
		r.ring.StrokeColor = theme.Color(theme.ColorFocusRing)
	}
	for i, t := range r.texts {
		o := r.l.options[i]
		dot := "○"
		if i == r.l.chosen {
			dot = "●"
		}
		t.Text = dot + "  " + strconv.Itoa(i+1) + "  " + o.Label
		if o.NeedsNote {
			t.Text += "（备注必填）"
		}
		t.Color = theme.Color(base.ColorNameForeground)
		t.TextSize = theme.Size(base.SizeNameText)
	}
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}

func (r *optionRenderer) Destroy() {}
