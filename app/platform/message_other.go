//go:build !windows

package platform

import (
	"fmt"
	"os"
	"os/exec"
)

// Message says something when no window of our own can be shown: on standard error,
// and in a small window if the system has a program for that. It does not wait for
// that window.
func Message(title, text string) {
	fmt.Fprintf(os.Stderr, "%s\n%s\n", title, text)
	for _, c := range [][]string{
		{"zenity", "--warning", "--no-markup", "--timeout=60", "--title=" + title, "--text=" + text},
		{"kdialog", "--title", title, "--sorry", text},
		{"notify-send", title, text},
	} {
		if _, err := exec.LookPath(c[0]); err != nil {
			continue
		}
		if exec.Command(c[0], c[1:]...).Start() == nil {
			return
		}
	}
}

// AttachConsole does nothing here: the program has its console.
func AttachConsole() {}

// Maximise does nothing here.
func Maximise(uintptr) {}

// ToFront does nothing here; the window library does what the system allows.
func ToFront(uintptr) {}
