// Package native reaches the window of the system behind a window or object of the
// window library.
package native

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"jinggao/app/platform"
)

// Handle returns the HWND of a window on Windows, else 0. Only there is it needed.
func Handle(w fyne.Window) uintptr {
	var hwnd uintptr
	context(w, func(ctx any) {
		if c, ok := ctx.(driver.WindowsWindowContext); ok {
			hwnd = c.HWND
		}
	})
	return hwnd
}

// HandleOf returns the HWND of the window that shows an object on Windows, else 0.
func HandleOf(o fyne.CanvasObject) uintptr {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return 0
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas() == c {
			return Handle(w)
		}
	}
	return 0
}

// Shown tells whether a window has a window of the system behind it. The window
// library only logs when it could not make one; once the application has started,
// false means that nothing can be drawn here.
func Shown(w fyne.Window) bool {
	shown := true // of drivers that say nothing, nothing is known
	context(w, func(ctx any) {
		switch c := ctx.(type) {
		case driver.WindowsWindowContext:
			shown = c.HWND != 0
		case driver.X11WindowContext:
			shown = c.WindowHandle != 0
		case driver.WaylandWindowContext:
			shown = c.WaylandSurface != 0
		case driver.MacWindowContext:
			shown = c.NSWindow != 0
		}
	})
	return shown
}

func context(w fyne.Window, f func(ctx any)) {
	if n, ok := w.(driver.NativeWindow); ok {
		n.RunNative(f)
	}
}

// PlaceInputMethod puts the candidate window of the input method beside a place in an
// object, height high.
func PlaceInputMethod(o fyne.CanvasObject, p fyne.Position, height float32) {
	hwnd := HandleOf(o)
	if hwnd == 0 {
		return
	}
	d := fyne.CurrentApp().Driver()
	s := d.CanvasForObject(o).Scale()
	abs := d.AbsolutePositionForObject(o).Add(p)
	platform.PlaceInputMethod(hwnd, int(abs.X*s), int(abs.Y*s), int(height*s))
}

// EnableInputMethod switches the input method of the window that shows an object off
// and on: views that are worked with bare keys do not want it.
func EnableInputMethod(o fyne.CanvasObject, on bool) {
	platform.EnableInputMethod(HandleOf(o), on)
}
