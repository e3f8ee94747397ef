// Package prefs keeps what belongs to this computer and not to a case: recent
// cases, text size, the names that a new case starts with.
package prefs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Recents is how many cases are remembered.
const Recents = 8

// Store is where the values live; fyne.Preferences is one.
type Store interface {
	String(key string) string
	SetString(key, value string)
	BoolWithFallback(key string, fallback bool) bool
	SetBool(key string, value bool)
}

// Prefs reads and writes the values.
type Prefs struct{ s Store }

// New wraps a store.
func New(s Store) *Prefs { return &Prefs{s} }

// Recent is one remembered case.
type Recent struct {
	Path string    `json:"path"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	Gone bool      `json:"-"` // the file is not there now
}

// Recent lists the remembered cases, newest first, with those marked that are gone.
func (p *Prefs) Recent() []Recent {
	var out []Recent
	if json.Unmarshal([]byte(p.s.String("recent")), &out) != nil {
		return nil
	}
	if len(out) > Recents {
		out = out[:Recents]
	}
	for i := range out {
		_, err := os.Stat(out[i].Path)
		out[i].Gone = err != nil
	}
	return out
}

// Remember puts a case at the top of the list.
func (p *Prefs) Remember(path, name string, at time.Time) {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	list := []Recent{{Path: abs, Name: name, At: at}}
	for _, r := range p.Recent() {
		if !samePath(r.Path, abs) && len(list) < Recents {
			list = append(list, r)
		}
	}
	p.save(list)
}

// Forget takes a case off the list; its file is not touched.
func (p *Prefs) Forget(path string) {
	var list []Recent
	for _, r := range p.Recent() {
		if !samePath(r.Path, path) {
			list = append(list, r)
		}
	}
	p.save(list)
}

func (p *Prefs) save(list []Recent) {
	b, err := json.Marshal(list)
	if err != nil { // strings and a time always marshal
		return
	}
	p.s.SetString("recent", string(b))
}

func samePath(a, b string) bool {
	return filepath.Clean(a) == filepath.Clean(b) ||
		(filepath.Separator == '\\' && strings.EqualFold(filepath.Clean(a), filepath.Clean(b)))
}

// TextSize is the name of the text size: 标准, 大, 特大.
func (p *Prefs) TextSize() string { return p.s.String("text_size") }

// SetTextSize remembers the text size.
func (p *Prefs) SetTextSize(name string) { p.s.SetString("text_size", name) }

// Clerk is the 经办 that a new case starts with.
func (p *Prefs) Clerk() string { return p.s.String("clerk") }

// SetClerk remembers the 经办.
func (p *Prefs) SetClerk(name string) { p.s.SetString("clerk", strings.TrimSpace(name)) }

// Reviewer is the 复核人 that a new case starts with.
func (p *Prefs) Reviewer() string { return p.s.String("reviewer") }

// SetReviewer remembers the 复核人.
func (p *Prefs) SetReviewer(name string) { p.s.SetString("reviewer", strings.TrimSpace(name)) }

// Advance tells whether page ③ jumps to the next open place after a decision.
func (p *Prefs) Advance() bool { return p.s.BoolWithFallback("advance", true) }

// SetAdvance remembers it.
func (p *Prefs) SetAdvance(on bool) { p.s.SetBool("advance", on) }

// Folder is the folder last used for a purpose ("case", "attach", "export", "import").
func (p *Prefs) Folder(purpose string) string { return p.s.String("folder." + purpose) }

// SetFolder remembers it.
func (p *Prefs) SetFolder(purpose, dir string) { p.s.SetString("folder."+purpose, dir) }

// HintsOff tells whether the three hints of the start page were dismissed.
func (p *Prefs) HintsOff() bool { return p.s.BoolWithFallback("hints_off", false) }

// SetHintsOff remembers it.
func (p *Prefs) SetHintsOff(off bool) { p.s.SetBool("hints_off", off) }
