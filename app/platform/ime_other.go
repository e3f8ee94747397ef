//go:build !windows

package platform

// PlaceInputMethod does nothing here: the input method places itself.
func PlaceInputMethod(_ uintptr, _, _, _ int) {}

// EnableInputMethod does nothing here.
func EnableInputMethod(_ uintptr, _ bool) {}
