// Package selftest does a clerk's whole job in the real window by itself, with key
// presses put into the focused widgets, and checks what comes out. It runs wherever
// the window runs, under Wine too: jinggao --selftest DIR.
//
// The first call works on the sample case in DIR, exports, checks, goes on deciding
// and asks to be killed (DIR/kill-me). The second call opens the case again and looks
// whether anything is lost. Exit 0: all is well; DIR/selftest.log says what was done.
package selftest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"jinggao/app/ui/safe"
	"jinggao/app/ui/shell"
	"jinggao/sanitize"
)

// Names of what the test leaves in its folder.
const (
	stateName  = "state.json"
	killMe     = "kill-me"
	passedName = "passed"
	logName    = "selftest.log"
)

// script is a running test. Its steps run on a goroutine of their own and reach the
// window through ui.
type script struct {
	w      *shell.Window
	engine sanitize.API
	dir    string
	log    *os.File
	began  time.Time
}

var errFailed = errors.New("self-test failed")

// Run starts the test; end is called on the UI goroutine with the exit code.
func Run(w *shell.Window, engine sanitize.API, dir string, end func(code int)) {
	go func() {
		code := 0
		if err := run(w, engine, dir); err != nil {
			code = 1
		}
		safe.OnUI(func() { end(code) })
	}()
}

func run(w *shell.Window, engine sanitize.API, dir string) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, logName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	s := &script{w: w, engine: engine, dir: dir, log: f, began: time.Now()}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", errFailed, v)
		}
		if err != nil {
			s.say("FAILED: %v", err)
			s.photograph()
		}
	}()
	if _, err := os.Stat(filepath.Join(dir, stateName)); err == nil {
		s.again()
		return nil
	}
	s.first()
	return nil
}

func (s *script) say(format string, args ...any) {
	line := fmt.Sprintf("%6.2fs ", time.Since(s.began).Seconds()) + fmt.Sprintf(format, args...)
	_, _ = fmt.Fprintln(s.log, line)
	_, _ = fmt.Fprintln(os.Stdout, line)
}

// need ends the test unless ok.
func (s *script) need(ok bool, format string, args ...any) {
	if !ok {
		panic(fmt.Sprintf(format, args...))
	}
}

func (s *script) must(err error, what string) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

// ui runs f on the UI goroutine and waits for it.
func (s *script) ui(f func()) {
	done := make(chan any, 1)
	safe.OnUI(func() {
		defer func() { done <- recover() }()
		f()
	})
	if v := <-done; v != nil {
		panic(v)
	}
}

// until waits until the condition, asked on the UI goroutine, holds.
func (s *script) until(what string, limit time.Duration, cond func() bool) {
	stop := time.Now().Add(limit)
	for {
		ok := false
		s.ui(func() { ok = cond() })
		if ok {
			return
		}
		if time.Now().After(stop) {
			panic("waited too long: " + what)
		}
		time.Sleep(40 * time.Millisecond)
	}
}

// settled waits until nothing runs behind the window.
func (s *script) settled() {
	s.until("background work to end", 3*time.Minute, func() bool {
		return s.w.Session() != nil && !s.w.Busy() && !s.w.Session().Checking()
	})
}

// key presses a key in the widget that has the keyboard.
func (s *script) key(name fyne.KeyName) {
	s.ui(func() {
		if f := s.w.Window().Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: name})
		}
	})
}

// keys types characters into the widget that has the keyboard.
func (s *script) keys(text string) {
	for _, r := range text {
		s.ui(func() {
			if f := s.w.Window().Canvas().Focused(); f != nil {
				f.TypedRune(r)
			}
		})
	}
}

// shortcut gives the widget that has the keyboard a shortcut.
func (s *script) shortcut(sc fyne.Shortcut) {
	s.ui(func() {
		if f, ok := s.w.Window().Canvas().Focused().(fyne.Shortcutable); ok {
			f.TypedShortcut(sc)
		}
	})
}

func (s *script) dialog() (open bool) {
	s.ui(func() { open = s.w.Dialogs().Open() })
	return open
}

func (s *script) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 2*time.Minute)
}
