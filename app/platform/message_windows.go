package platform

import (
	"os"

	"golang.org/x/sys/windows"
)

// Message shows a text in a box of the system, for the time when no window of our
// own can be shown, and waits until it was read.
func Message(title, text string) {
	t, err1 := windows.UTF16PtrFromString(title)
	b, err2 := windows.UTF16PtrFromString(text)
	if err1 != nil || err2 != nil {
		return
	}
	_, _ = windows.MessageBox(0, b, t, windows.MB_OK|windows.MB_ICONWARNING|windows.MB_SETFOREGROUND)
}

// AttachConsole lets a program that was built for windows write to the console from
// which it was started, unless its output goes to a file or a pipe.
func AttachConsole() {
	if usable(windows.STD_OUTPUT_HANDLE) {
		return
	}
	const attachParent = ^uintptr(0)
	if ok, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole").Call(attachParent); ok == 0 {
		return
	}
	if out, err := os.OpenFile("CONOUT$", os.O_RDWR, 0); err == nil {
		os.Stdout = out
		if !usable(windows.STD_ERROR_HANDLE) {
			os.Stderr = out
		}
	}
	if in, err := os.OpenFile("CONIN$", os.O_RDWR, 0); err == nil && !usable(windows.STD_INPUT_HANDLE) {
		os.Stdin = in
	}
}

func usable(std uint32) bool {
	h, err := windows.GetStdHandle(std)
	if err != nil || h == 0 || h == windows.InvalidHandle {
		return false
	}
	kind, err := windows.GetFileType(h)
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}

// Maximise makes a window as large as the screen.
func Maximise(hwnd uintptr) {
	if hwnd != 0 {
		show(hwnd, windows.SW_MAXIMIZE)
	}
}

// ToFront brings a window to the front, restored if it was minimised.
func ToFront(hwnd uintptr) {
	if hwnd == 0 {
		return
	}
	user := windows.NewLazySystemDLL("user32.dll")
	if iconic, _, _ := user.NewProc("IsIconic").Call(hwnd); iconic != 0 {
		show(hwnd, windows.SW_RESTORE)
	}
	_, _, _ = user.NewProc("SetForegroundWindow").Call(hwnd)
}

func show(hwnd uintptr, how uintptr) {
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("ShowWindow").Call(hwnd, how)
}
