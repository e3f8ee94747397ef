package hover

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Help wraps an object; while the pointer is over it, its text is told to Say (the
// status line), and "" when it leaves. It works for objects that do not follow the
// pointer themselves, such as labels and icons.
type Help struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Text    string
	Say     func(text string)
}

var _ desktop.Hoverable = (*Help)(nil)

// NewHelp wraps an object.
func NewHelp(content fyne.CanvasObject, text string, say func(string)) *Help {
	h := &Help{Content: content, Text: text, Say: say}
	h.ExtendBaseWidget(h)
	return h
}

// MouseIn tells the text.
func (h *Help) MouseIn(*desktop.MouseEvent) {
	if h.Say != nil {
		h.Say(h.Text)
	}
}

// MouseMoved does nothing.
func (h *Help) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the text back.
func (h *Help) MouseOut() {
	if h.Say != nil {
		h.Say("")
	}
}

// CreateRenderer draws the object.
func (h *Help) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.Content) }
