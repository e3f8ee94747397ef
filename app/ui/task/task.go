// Package task runs long work of the window behind it: one after another, with
// progress that does not flood the window, and a way to stop.
package task

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Delay is how long work may last before its progress is shown.
const Delay = 300 * time.Millisecond

// interval is the least time between two reports to the window.
const interval = 100 * time.Millisecond

// Status is what the status bar shows of the running work.
type Status struct {
	Active      bool
	Name        string // 正在扫描
	Done, Total int    // Total 0: unknown
	What        string // the file at hand
	Waiting     int    // further pieces of work in the queue
}

// Report tells how far the work is; it may be called from any goroutine.
type Report func(done, total int, what string)

// Work is long work. It ends soon after ctx ends.
type Work func(ctx context.Context, report Report) error

// Manager runs work one after another on a goroutine of its own. All its methods
// are called on the UI goroutine, and so are the callbacks.
type Manager struct {
	post func(func()) // runs a function on the UI goroutine, soon
	show func(Status)

	queue   []job
	cancel  context.CancelFunc
	running bool

	mu      sync.Mutex
	status  Status
	began   time.Time
	shown   time.Time
	pending bool
}

type job struct {
	name  string
	work  Work
	after func(error)
}

// New makes a manager. post runs a function on the UI goroutine; show receives
// the status, at most ten times a second and not before the work has lasted a while.
func New(post func(func()), show func(Status)) *Manager {
	return &Manager{post: post, show: show}
}

// Start queues work; after is called on the UI goroutine with its error, which is
// context.Canceled where a person stopped it.
func (m *Manager) Start(name string, w Work, after func(error)) {
	m.queue = append(m.queue, job{name, w, after})
	if !m.running {
		m.next()
	}
}

// Busy tells whether any work runs.
func (m *Manager) Busy() bool { return m.running }

// Cancel stops the running work and drops what is queued behind it.
func (m *Manager) Cancel() {
	dropped := m.queue
	m.queue = nil
	for _, j := range dropped {
		if j.after != nil {
			j.after(context.Canceled)
		}
	}
	if m.cancel != nil {
		m.cancel()
	}
}

func (m *Manager) next() {
	if len(m.queue) == 0 {
		m.running = false
		m.show(Status{})
		return
	}
	j := m.queue[0]
	m.queue = m.queue[1:]
	m.running = true
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	m.mu.Lock()
	m.status = Status{Active: true, Name: j.name, Waiting: len(m.queue)}
	m.began, m.shown, m.pending = time.Now(), time.Time{}, false
	m.mu.Unlock()
	timer := time.AfterFunc(Delay, func() { m.post(m.flush) })
	go func() {
		err := guarded(ctx, j, m.report)
		m.post(func() {
			timer.Stop()
			cancel()
			m.cancel = nil
			if j.after != nil {
				j.after(err)
			}
			m.next()
		})
	}()
}

// guarded turns a panic of the work into an error without its text.
func guarded(ctx context.Context, j job, r Report) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%s: broke off (%T)", j.name, v)
		}
	}()
	return j.work(ctx, r)
}

func (m *Manager) report(done, total int, what string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.status.Done, m.status.Total, m.status.What = done, total, what
	if m.pending || time.Since(m.began) < Delay {
		return
	}
	m.pending = true
	wait := interval - time.Since(m.shown)
	if wait <= 0 {
		m.post(m.flush)
		return
	}
	time.AfterFunc(wait, func() { m.post(m.flush) })
}

// flush shows the status as it stands.
func (m *Manager) flush() {
	m.mu.Lock()
	s := m.status
	m.pending, m.shown = false, time.Now()
	m.mu.Unlock()
	if m.running {
		m.show(s)
	}
}
