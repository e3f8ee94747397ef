// Package platform holds what differs between operating systems: native file
// dialogs, opening files and folders, the crash log, the question whether OpenGL
// is there, one instance only, the console and the input method. It does not know
// the window library; a window handle is a plain number, 0 for none.
package platform

import "errors"

// Errors of this package.
var (
	// ErrNoDialog means that the system offers no native file dialog: use the
	// one of the window library.
	ErrNoDialog = errors.New("no native file dialog")
	// ErrCancelled means that the person closed the dialog without choosing.
	ErrCancelled = errors.New("dialog cancelled")
	// ErrNoOpenGL means that no window can be drawn here.
	ErrNoOpenGL = errors.New("no OpenGL 2.1")
	// ErrNoDisplay means that there is no screen to draw on at all: a terminal
	// without a desktop.
	ErrNoDisplay = errors.New("no display")
)

// ExitNoWindow is the exit code when no window can be shown.
const ExitNoWindow = 3

// Filter is one line of the file type choice of a dialog.
type Filter struct {
	Name       string   // Word 文档
	Extensions []string // with dot, lower case: .docx
}

// FileRequest describes a native file dialog.
type FileRequest struct {
	Title    string
	Folder   string // where to begin; "" leaves it to the system
	Name     string // proposed file name, for saving
	Filters  []Filter
	Multiple bool    // several files may be chosen, for opening
	Parent   uintptr // window handle on Windows, else 0
}
