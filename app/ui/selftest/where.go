package selftest

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/safe"
	"jinggao/app/ui/shell"
)

// Where answers where things are on the screen, for a test that drives the window with a
// true mouse: jinggao --where. Each line of in is the text of a button, or “cell N” for
// the N-th cell, from 0, of a grid of files. The answer is “at X Y”, the middle in pixels
// from the corner of the window, or “none”. What lies under a dialog is not there.
func Where(w *shell.Window, in io.Reader, out io.Writer) {
	safe.Go("where", func() {
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			answer := make(chan string, 1)
			safe.OnUI(func() { answer <- place(w.Window().Canvas(), lines.Text()) })
			_, _ = fmt.Fprintln(out, <-answer) // nobody reads: the test has ended
		}
	}, nil)
}

func place(c fyne.Canvas, text string) string {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	n, cell := strings.CutPrefix(text, "cell ")
	var at fyne.Position
	found := seek(root, func(o fyne.CanvasObject) bool {
		if g, ok := o.(*widget.GridWrap); ok && cell {
			at, ok = middleOfCell(g, n)
			return ok
		}
		if cell || caption(o) != text {
			return false
		}
		s := o.Size()
		at = absolute(o).AddXY(s.Width/2, s.Height/2)
		return true
	})
	if !found {
		return "none"
	}
	x, y := c.PixelCoordinateForPosition(at)
	return fmt.Sprintf("at %d %d", x, y)
}

func absolute(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

// caption is the text of a button, "" for anything else.
func caption(o fyne.CanvasObject) string {
	switch b := o.(type) {
	case *widget.Button:
		return b.Text
	case interface{ Caption() string }:
		return b.Caption()
	}
	return ""
}

func middleOfCell(g *widget.GridWrap, number string) (fyne.Position, bool) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= g.Length() {
		return fyne.Position{}, false
	}
	size := g.CreateItem().MinSize()
	pad := g.Theme().Size("padding")
	cols := max(1, int((g.Size().Width+pad)/(size.Width+pad)))
	x := float32(n%cols)*(size.Width+pad) + size.Width/2
	y := float32(n/cols)*(size.Height+pad) + size.Height/2
	return absolute(g).AddXY(x, y), true
}

// seek goes through what is visible, down to the first that f takes.
func seek(o fyne.CanvasObject, f func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return false
	}
	if f(o) {
		return true
	}
	var inside []fyne.CanvasObject
	switch c := o.(type) {
	case *fyne.Container:
		inside = c.Objects
	case *container.Scroll:
		inside = []fyne.CanvasObject{c.Content}
	case *container.Split:
		inside = []fyne.CanvasObject{c.Leading, c.Trailing}
	case *widget.PopUp:
		inside = []fyne.CanvasObject{c.Content}
	}
	for _, child := range inside {
		if seek(child, f) {
			return true
		}
	}
	return false
}
