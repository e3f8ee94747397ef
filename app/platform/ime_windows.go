package platform

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

const (
	cfsPoint    = 0x0002
	cfsExclude  = 0x0080
	iaceDefault = 0x0010
)

type point struct{ X, Y int32 }

type rect struct{ Left, Top, Right, Bottom int32 }

type compositionForm struct {
	Style uint32
	Pos   point
	Area  rect
}

type candidateForm struct {
	Index uint32
	Style uint32
	Pos   point
	Area  rect
}

func imm(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("imm32.dll").NewProc(name)
}

// PlaceInputMethod puts the composition and candidate windows of the input method
// beside a cursor. x, y and height are pixels in the window; the window is the one
// with the handle hwnd, and the caller is on its thread.
func PlaceInputMethod(hwnd uintptr, x, y, height int) {
	getContext := imm("ImmGetContext")
	if hwnd == 0 || getContext.Find() != nil {
		return
	}
	ctx, _, _ := getContext.Call(hwnd)
	if ctx == 0 {
		return
	}
	p := point{int32(x), int32(y)}
	comp := compositionForm{Style: cfsPoint, Pos: p}
	_, _, _ = imm("ImmSetCompositionWindow").Call(ctx, uintptr(unsafe.Pointer(&comp)))
	cand := candidateForm{
		Style: cfsExclude, Pos: point{p.X, p.Y + int32(height)},
		Area: rect{p.X, p.Y, p.X + 2, p.Y + int32(height)},
	}
	_, _, _ = imm("ImmSetCandidateWindow").Call(ctx, uintptr(unsafe.Pointer(&cand)))
	_, _, _ = imm("ImmReleaseContext").Call(hwnd, ctx)
	user := windows.NewLazySystemDLL("user32.dll")
	// Some input methods follow the caret of the system: an invisible one shows the way.
	_, _, _ = user.NewProc("CreateCaret").Call(hwnd, 0, 1, uintptr(max(height, 1)))
	_, _, _ = user.NewProc("SetCaretPos").Call(uintptr(x), uintptr(y))
}

// EnableInputMethod switches the input method of a window off, so that bare keys
// reach the view that reads them, and on again.
func EnableInputMethod(hwnd uintptr, on bool) {
	if hwnd == 0 {
		return
	}
	if on {
		if p := imm("ImmAssociateContextEx"); p.Find() == nil {
			_, _, _ = p.Call(hwnd, 0, iaceDefault)
		}
		return
	}
	if p := imm("ImmAssociateContext"); p.Find() == nil {
		_, _, _ = p.Call(hwnd, 0)
	}
}
