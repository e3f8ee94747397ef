package platform_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/platform"
)

// TestMain lets this test binary play a second instance and a program that dies.
func TestMain(m *testing.M) {
	switch os.Getenv("JINGGAO_TEST_CHILD") {
	case "hold":
		_, err := platform.FirstInstance(os.Getenv("JINGGAO_TEST_DIR"))
		if errors.Is(err, platform.ErrRunning) {
			os.Exit(7)
		}
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case "crash":
		if _, err := platform.CatchCrashes(os.Getenv("JINGGAO_TEST_DIR")); err != nil {
			os.Exit(1)
		}
		panic("deliberate fault")
	}
	os.Exit(m.Run())
}

func child(t *testing.T, role, dir string) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "JINGGAO_TEST_CHILD="+role, "JINGGAO_TEST_DIR="+dir)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

func TestFirstInstance(t *testing.T) {
	dir := t.TempDir()
	first, err := platform.FirstInstance(dir)
	if err != nil {
		t.Fatal(err)
	}
	if code := child(t, "hold", dir); code != 7 {
		t.Errorf("second instance ended with %d, want 7: it must see the first", code)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if code := child(t, "hold", dir); code != 0 {
		t.Errorf("instance after the first was closed ended with %d, want 0", code)
	}
	again, err := platform.FirstInstance(dir)
	if err != nil {
		t.Fatalf("a dead instance still holds the folder: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

func TestHandOver(t *testing.T) {
	dir := t.TempDir()
	first, err := platform.FirstInstance(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := first.Close(); err != nil {
			t.Error(err)
		}
	})
	want := filepath.Join(dir, "某案卷.jgc")
	for _, p := range []string{want, ""} {
		if err := platform.HandOver(dir, p); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	var got []string
	first.Watch(ctx, func(p string) {
		got = append(got, p)
		if len(got) == 2 {
			stop()
		}
	})
	if len(got) != 2 || got[0] != want || got[1] != "" {
		t.Errorf("asked for %q, want [%q \"\"]", got, want)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*open-*")); len(left) > 0 {
		t.Errorf("requests left behind: %v", left)
	}
}

func TestCatchCrashes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	if code := child(t, "crash", dir); code == 0 {
		t.Fatal("child did not crash")
	}
	name := platform.LastCrash(dir)
	if name == "" {
		t.Fatal("no crash log")
	}
	b, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(b), "deliberate fault") {
		t.Errorf("crash log says %q (%v)", b, err)
	}
}

func TestCatchCrashesLeavesNothingAfterANormalEnd(t *testing.T) {
	dir := t.TempDir()
	done, err := platform.CatchCrashes(dir)
	if err != nil {
		t.Fatal(err)
	}
	done()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if name := platform.LastCrash(dir); name != "" {
		t.Errorf("LastCrash = %q after a normal end", name)
	}
}

func TestCatchCrashesKeepsFew(t *testing.T) {
	dir := t.TempDir()
	for i := range 15 {
		name := filepath.Join(dir, "crash-20250101-0000"+string(rune('a'+i))+".log")
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done, err := platform.CatchCrashes(dir)
	if err != nil {
		t.Fatal(err)
	}
	done()
	if left, _ := os.ReadDir(dir); len(left) != 9 {
		t.Errorf("%d logs kept, want 9", len(left))
	}
}

func TestOpenPathMissing(t *testing.T) {
	if err := platform.OpenPath(filepath.Join(t.TempDir(), "没有")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want not exist", err)
	}
}
