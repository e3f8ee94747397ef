package ui_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/submission"
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
	in      io.Writer      // its standard input
	said    *bufio.Scanner // its standard output, where the test reads it (talk)
	ended   chan error
	windows bool
}

func start(t *testing.T, home string, args ...string) *program {
	t.Helper()
	return startAs(t, home, false, args...)
}

// startAs starts the binary; talk connects the standard streams to the test.
func startAs(t *testing.T, home string, talk bool, args ...string) *program {
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
	if talk {
		p.cmd.Stdout = nil
		out, err1 := p.cmd.StdoutPipe()
		in, err2 := p.cmd.StdinPipe()
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		p.said, p.in = bufio.NewScanner(out), in
	}
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

// at asks the window where the middle of a thing is, in pixels of the screen.
func (p *program) at(corner [2]int, thing string) (x, y int, ok bool) {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.in, thing); err != nil {
		return 0, 0, false
	}
	for p.said.Scan() {
		if p.said.Text() == "none" {
			return 0, 0, false
		}
		if n, _ := fmt.Sscanf(p.said.Text(), "at %d %d", &x, &y); n == 2 {
			return corner[0] + x, corner[1] + y, true
		}
	}
	return 0, 0, false
}

// TestImportByARealMouse clicks 从文件导入, chooses the file in the dialog of the program,
// confirms the mapping, and finds the rows in the case on disk.
func TestImportByARealMouse(t *testing.T) {
	xdotool, err := exec.LookPath("xdotool")
	if err != nil {
		t.Skip("no xdotool on this machine")
	}
	home, dir := t.TempDir(), t.TempDir()
	file := filepath.Join(dir, "导入.jgc")
	c, err := casefile.Create(file, casefile.Info{Title: "导入", Clerk: "周见微"})
	if err == nil {
		err = c.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	const title, phone = "潮汐储能协同调度关键技术", "19900004321"
	writeTable(t, filepath.Join(home, "申报表.xlsx"), title, phone)
	p := startAs(t, home, true, "--where", file)
	if p.windows {
		t.Skip("the dialog of the system serves under Wine")
	}
	run := func(args ...string) string {
		out, err := exec.Command(xdotool, args...).Output()
		if err != nil {
			return ""
		}
		return string(out)
	}
	var corner [2]int
	p.until("the window is there", time.Minute, func() bool {
		id := strings.Fields(run("search", "--onlyvisible", "--name", "导入 - 净稿"))
		if len(id) == 0 {
			return false
		}
		n, _ := fmt.Sscanf(strings.Join(strings.Fields(run("getwindowgeometry", "--shell", id[0])), " "), "WINDOW="+id[0]+" X=%d Y=%d", &corner[0], &corner[1])
		return n == 2
	})
	click := func(thing string) bool {
		x, y, ok := p.at(corner, thing)
		if ok {
			run("mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
		}
		return ok
	}
	p.until("the button of the import to be there", time.Minute, func() bool { return click("从文件导入…") })
	p.until("the mapping to be shown", time.Minute, func() bool {
		if _, _, ok := p.at(corner, "导入勾选的表"); ok {
			return true
		}
		if !click("cell 1") { // after the folder above
			return false
		}
		click("确定")
		return false
	})
	click("导入勾选的表")
	p.until("the row is on disk", time.Minute, func() bool {
		var all []byte
		for _, n := range []string{file, file + "-wal"} {
			b, err := os.ReadFile(n)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			all = append(all, b...)
		}
		return bytes.Contains(all, []byte(title)) && bytes.Contains(all, []byte(phone)) && bytes.Contains(all, []byte("申报表.xlsx"))
	})
}

// writeTable writes a filled-in table with one row.
func writeTable(t *testing.T, path, title, phone string) {
	t.Helper()
	camp, err := submission.CampaignByID("")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	row := submission.Row{Applicant: "澄淞大学", Category: "关键技术", Title: title, Time: "2026-04-12", Contact: "陆念一", Phone: phone}
	err = submission.ExportXLSX(f, submission.Table{Campaign: camp, Rows: []submission.Row{row}})
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
