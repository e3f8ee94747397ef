package ui_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// These tests drive the true binary in a real window. They run where the
// environment names one: JINGGAO_BINARY is the program, JINGGAO_RUNNER a program
// that starts it (wine64), DISPLAY the screen. `make test` and `make test-windows`
// set them.

// program starts the binary with a home of its own.
type program struct {
	t       *testing.T
	cmd     *exec.Cmd
	out     bytes.Buffer
	ended   chan error
	windows bool
}

func start(t *testing.T, home string, args ...string) *program {
	t.Helper()
	bin := os.Getenv("JINGGAO_BINARY")
	if bin == "" {
		t.Skip("JINGGAO_BINARY names no program: run make real-window")
	}
	p := &program{t: t, ended: make(chan error, 1), windows: strings.HasSuffix(bin, ".exe")}
	if p.windows {
		for i, a := range args {
			if strings.HasPrefix(a, "/") {
				args[i] = "Z:" + a
			}
		}
	}
	line := append([]string{bin}, args...)
	if r := os.Getenv("JINGGAO_RUNNER"); r != "" {
		line = append([]string{r}, line...)
	}
	p.cmd = exec.Command(line[0], line[1:]...)
	p.cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(home, ".cache"), "APPDATA=Z:"+home, "LOCALAPPDATA=Z:"+home)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() { p.kill() })
	return p
}

// kill ends the program without any warning.
func (p *program) kill() {
	_ = p.cmd.Process.Kill() // no matter if it has ended
}

// until polls a condition while the program runs.
func (p *program) until(what string, limit time.Duration, cond func() bool) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.t.Context(), limit)
	defer stop()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case err := <-p.ended:
			p.ended <- err
			p.t.Fatalf("the program ended before %s: %v\n%s", what, err, p.out.String())
		case <-ctx.Done():
			p.t.Fatalf("waited too long for %s\n%s", what, p.out.String())
		case <-tick.C:
		}
	}
}

func there(name string) func() bool {
	return func() bool { _, err := os.Stat(name); return err == nil }
}

func TestWholeJobAndAKillInTheRealWindow(t *testing.T) {
	home, dir := t.TempDir(), t.TempDir()
	p := start(t, home, "--selftest", dir)
	p.until("the job is done", 8*time.Minute, there(filepath.Join(dir, "kill-me")))
	p.kill()
	if err := <-p.ended; err == nil {
		t.Fatal("the program ended by itself before the kill")
	}
	again := start(t, home, "--selftest", dir)
	select {
	case err := <-again.ended:
		if err != nil {
			t.Fatalf("after the kill: %v\n%s", err, again.out.String())
		}
	case <-time.After(4 * time.Minute):
		t.Fatalf("no end after the kill\n%s", again.out.String())
	}
	if !there(filepath.Join(dir, "passed"))() {
		t.Fatalf("the test did not say that it passed\n%s", again.out.String())
	}
	log, err := os.ReadFile(filepath.Join(dir, "selftest.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", log)
}

// TestKeysOfARealKeyboard sends key presses through the window system: Ctrl+3 goes to
// the review, 1 decides, and the decision is on disk at once.
func TestKeysOfARealKeyboard(t *testing.T) {
	xdotool, err := exec.LookPath("xdotool")
	if err != nil {
		t.Skip("no xdotool on this machine")
	}
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	p := start(t, home, "--sample")
	if p.windows {
		t.Skip("the home of a person lies elsewhere under Wine")
	}
	file := filepath.Join(home, "Documents", "净稿案卷", "示例案卷", "示例案卷.jgc")
	key := func(keys ...string) {
		if out, err := exec.Command(xdotool, append([]string{"key", "--delay", "60"}, keys...)...).CombinedOutput(); err != nil {
			t.Fatalf("xdotool: %v %s", err, out)
		}
	}
	p.until("the sample is there", time.Minute, there(file))
	p.until("a decision made by a key is on disk", 2*time.Minute, func() bool {
		key("ctrl+3", "Escape", "1", "1")
		b, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return bytes.Contains(b, []byte(`"action":"mask"`)) || bytes.Contains(b, []byte(`"action":"delete"`))
	})
}
