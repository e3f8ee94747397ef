// Package safe starts background work that can neither take the program down nor
// flood the window: panics are caught and told, progress is thinned out.
package safe

import (
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// PanicError is a panic caught in background work. Error names the work only; the
// stack is for the log. The value is kept by type, because it could quote a document.
type PanicError struct {
	Work  string // the name given to Go
	Kind  string // the Go type of the value that was thrown, and its text for runtime errors
	Stack []byte
}

// Error names the work that broke off.
func (e *PanicError) Error() string { return fmt.Sprintf("%s: broke off (%s)", e.Work, e.Kind) }

// Go runs f on a goroutine of its own. If f panics, report is called on the UI
// goroutine with the *PanicError; a nil report drops it.
func Go(work string, f func(), report func(error)) {
	go func() {
		if err := Run(work, f); err != nil && report != nil {
			OnUI(func() { report(err) })
		}
	}()
}

// Run calls f here and turns a panic into a *PanicError.
func Run(work string, f func()) (err error) {
	defer func() {
		if v := recover(); v != nil {
			kind := fmt.Sprintf("%T", v)
			if re, ok := v.(interface {
				error
				RuntimeError()
			}); ok {
				kind = re.Error()
			}
			err = &PanicError{Work: work, Kind: kind, Stack: debug.Stack()}
		}
	}()
	f()
	return nil
}

// OnUI runs f on the UI goroutine, soon. It may be called from any goroutine.
func OnUI(f func()) { fyne.Do(f) }

// OnUI1 wraps a callback of one value so that it runs on the UI goroutine: the
// engine that calls it need not know of a window.
func OnUI1[T any](f func(T)) func(T) {
	return func(v T) { OnUI(func() { f(v) }) }
}

// Interval is the least time between two showings of a Progress.
const Interval = 100 * time.Millisecond

// Progress passes the latest of many reports on to the UI, at most ten a second.
// What came in between is dropped; the last one is always shown.
type Progress[T any] struct {
	show func(T)

	mu      sync.Mutex
	latest  T
	pending bool // latest has not been shown
	waiting bool // a timer runs
	closed  bool
	last    time.Time
}

// NewProgress makes a Progress; show is called on the UI goroutine.
func NewProgress[T any](show func(T)) *Progress[T] { return &Progress[T]{show: show} }

// Report keeps v as the latest value. It may be called from any goroutine and
// never blocks on the UI.
func (p *Progress[T]) Report(v T) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return
	}
	p.latest, p.pending = v, true
	var showNow func()
	if !p.waiting {
		if wait := Interval - time.Since(p.last); wait > 0 {
			p.waiting = true
			time.AfterFunc(wait, p.late)
		} else {
			showNow = p.take()
		}
	}
	p.mu.Unlock()
	if showNow != nil {
		OnUI(showNow)
	}
}

// Done shows the last report at once and ends the flow; later reports are dropped.
func (p *Progress[T]) Done() {
	p.mu.Lock()
	last := p.take()
	p.closed = true
	p.mu.Unlock()
	if last != nil {
		OnUI(last)
	}
}

func (p *Progress[T]) late() {
	p.mu.Lock()
	p.waiting = false
	f := p.take()
	p.mu.Unlock()
	if f != nil {
		OnUI(f)
	}
}

// take returns what shows the latest value, or nil if there is nothing new; the lock is held.
func (p *Progress[T]) take() func() {
	if !p.pending || p.closed {
		return nil
	}
	v := p.latest
	p.pending, p.last = false, time.Now()
	return func() { p.show(v) }
}
