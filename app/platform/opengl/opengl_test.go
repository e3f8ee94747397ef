package opengl

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"jinggao/app/platform"
)

// TestMain lets this test binary play the child of Ask.
func TestMain(m *testing.M) {
	switch os.Getenv("JINGGAO_PROBE_CHILD") {
	case "":
		os.Exit(m.Run())
	case "yes":
		os.Exit(0)
	case "no":
		fmt.Println("GLX extension not found")
		os.Exit(platform.ExitNoWindow)
	case "nodisplay":
		os.Exit(exitNoDisplay)
	case "crash":
		panic("driver fault")
	case "hang":
		time.Sleep(time.Minute)
	}
}

func TestAskWith(t *testing.T) {
	for _, c := range []struct {
		child string
		limit time.Duration
		want  error
	}{
		{"yes", Limit, nil},
		{"no", Limit, platform.ErrNoOpenGL},
		{"nodisplay", Limit, platform.ErrNoDisplay},
		{"crash", Limit, platform.ErrNoOpenGL},
		{"hang", 200 * time.Millisecond, platform.ErrNoOpenGL},
	} {
		t.Run(c.child, func(t *testing.T) {
			t.Setenv("JINGGAO_PROBE_CHILD", c.child)
			answer := askWith(c.limit, os.Args[0])
			err := answer()
			if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if again := answer(); (again == nil) != (err == nil) {
				t.Errorf("second answer %v, first %v", again, err)
			}
		})
	}
}

func TestAskWithoutProgram(t *testing.T) {
	if err := askWith(Limit, "/nonexistent/program")(); err != nil {
		t.Errorf("a child that cannot be started says nothing about OpenGL, got %v", err)
	}
}

func TestTextNamesTheCause(t *testing.T) {
	if s := Text(platform.ErrNoDisplay); strings.Contains(s, "OpenGL") {
		t.Errorf("no display, but the text speaks of OpenGL: %s", s)
	}
	if s := Text(platform.ErrNoOpenGL); !strings.Contains(s, "OpenGL 2.1") || !strings.Contains(s, "1.") {
		t.Errorf("text lacks cause or steps: %s", s)
	}
}
