package platform

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// ErrRunning means that another instance of the program runs for this person.
var ErrRunning = errors.New("another instance runs")

// look is how often the first instance looks for requests of later ones.
const look = 300 * time.Millisecond

// Instance is the hold of the first instance on a folder. The system lets it go when
// the program dies, however that may happen.
type Instance struct {
	folder string
	lock   *os.File
}

// FirstInstance takes hold of a folder; ErrRunning if another program holds it.
func FirstInstance(folder string) (*Instance, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for the lock: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(folder, "instance.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	if err := lockFile(f); err != nil {
		_ = f.Close()
		return nil, err
	}
	return &Instance{folder: folder, lock: f}, nil
}

// HandOver asks the first instance to come to the front and, if path is not empty,
// to open that file.
func HandOver(folder, path string) error {
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return fmt.Errorf("path to hand over: %w", err)
		}
		path = abs
	}
	allowForeground()
	name := fmt.Sprintf("open-%d-%d", time.Now().UnixNano(), os.Getpid())
	tmp := filepath.Join(folder, "."+name)
	if err := os.WriteFile(tmp, []byte(path), 0o600); err != nil {
		return fmt.Errorf("write the request: %w", err)
	}
	if err := os.Rename(tmp, filepath.Join(folder, name)); err != nil {
		_ = os.Remove(tmp)
		return fmt.Errorf("write the request: %w", err)
	}
	return nil
}

// Watch calls asked for each request of a later instance, with its path or "", until
// the context ends. It blocks and is called on a goroutine of its own; asked runs on
// that goroutine.
func (i *Instance) Watch(ctx context.Context, asked func(path string)) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		for _, path := range i.requests() {
			asked(path)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// requests reads and removes what was asked, oldest first.
func (i *Instance) requests() []string {
	names, _ := filepath.Glob(filepath.Join(i.folder, "open-*")) // the pattern is right
	sort.Strings(names)
	var out []string
	for _, n := range names {
		b, err := os.ReadFile(n)
		if os.Remove(n) != nil || err != nil {
			continue // in use; next time
		}
		out = append(out, string(b))
	}
	return out
}

// Close lets the folder go.
func (i *Instance) Close() error {
	if err := i.lock.Close(); err != nil {
		return fmt.Errorf("close the lock: %w", err)
	}
	return nil
}
