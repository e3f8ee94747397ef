package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// attachConsole connects a window program that was called from a console to that
// console, unless its output is redirected already, and makes the console UTF-8.
func attachConsole() {
	kernel := windows.NewLazySystemDLL("kernel32.dll")
	if !valid(os.Stdout) || !valid(os.Stderr) {
		const parent = ^uintptr(0) // ATTACH_PARENT_PROCESS
		_, _, _ = kernel.NewProc("AttachConsole").Call(parent)
		if f, err := os.OpenFile("CONOUT$", os.O_RDWR, 0); err == nil {
			if !valid(os.Stdout) {
				os.Stdout = f
			}
			if !valid(os.Stderr) {
				os.Stderr = f
			}
		}
	}
	const utf8 = 65001
	_, _, _ = kernel.NewProc("SetConsoleOutputCP").Call(utf8)
}

func valid(f *os.File) bool {
	h := windows.Handle(f.Fd())
	if h == 0 || h == windows.InvalidHandle {
		return false
	}
	_, err := windows.GetFileType(h)
	return err == nil
}
