// Package page says what the window and its pages need of each other.
package page

import (
	"fyne.io/fyne/v2"

	"jinggao/app/platform"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page/step"
	"jinggao/app/ui/prefs"
	"jinggao/app/ui/session"
)

// Step names a page of the window.
type Step = step.Step

// Pages of the window.
const (
	Start    = step.Start
	Rows     = step.Rows
	Attach   = step.Attach
	Review   = step.Review
	Export   = step.Export
	Settings = step.Settings
)

// Host is the window as its pages see it. All its methods are called on the UI
// goroutine.
type Host interface {
	Window() fyne.Window
	Dialogs() *dialogs.Dialogs
	Keys() *keymap.Table
	Prefs() *prefs.Prefs
	// Say writes a remark into the status bar.
	Say(text string)
	// Did writes an act that can be undone into the status bar.
	Did(text string)
	// Fail tells of an error in three lines and writes it into the log.
	Fail(what string, err error)
	// Goto shows a page.
	Goto(s Step)
	// PickFiles asks for files to open; nothing is called if the person cancels.
	PickFiles(req platform.FileRequest, purpose string, ok func(paths []string))
	// PickFolder asks for a folder.
	PickFolder(title, purpose string, ok func(path string))
	// PickSave asks where to save a new file.
	PickSave(req platform.FileRequest, purpose string, ok func(path string))
	// Commands of the window that pages offer too.
	NewCase()
	OpenCase()
	OpenSample()
	OpenPath(path string)
	Settings()
	// AllowWord asks for an allow-list entry for a word that a rule found.
	AllowWord(term, rule string)
	// ListWord asks for a word-list entry for a word.
	ListWord(term string)
	// Lists tells whether there are lists to add to.
	Lists() bool
}

// Page is one page. It is made once; Open gives it a case, nil takes it away.
type Page interface {
	// Commands are what the page adds to the table of commands.
	Commands() []keymap.Command
	// Build makes the content once, when the table of commands stands.
	Build() fyne.CanvasObject
	// Open gives the page a case, or takes it away with nil.
	Open(s *session.Session)
	// Show is called when the page comes to the front: it brings itself up to date
	// and takes the keyboard.
	Show()
	// Changed is called after a change of the case while the page is in front.
	Changed(w session.What)
}

// FunctionKeys is the OnKey of a text field: F1, F5 … act as they do elsewhere.
func FunctionKeys(h Host) func(*fyne.KeyEvent) bool {
	return func(k *fyne.KeyEvent) bool {
		if len(k.Name) < 2 || k.Name[0] != 'F' || k.Name == fyne.KeyF2 {
			return false
		}
		return h.Keys().TypedKey(keymap.Global, k.Name, keymap.Modifiers())
	}
}
