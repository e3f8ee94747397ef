package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// pkg is what `go list` says about a package.
type pkg struct {
	ImportPath string
	Imports    []string
}

// list gives the packages that a pattern names, or that they depend on.
func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports"}, args...)...)
	cmd.Env = os.Environ()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errs.String())
	}
	var ps []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return ps
		} else if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
}

// layer orders the parts of the program; imports may only point to a higher number.
func layer(path string) (int, bool) {
	for n, l := range []string{"jinggao", "jinggao/app", "jinggao/sanitize", "jinggao/assets"} {
		if path == l || n > 0 && strings.HasPrefix(path, l+"/") {
			return n, true
		}
	}
	return 0, false
}

// main → app → sanitize → assets, and Fyne only in the window.
func TestArrows(t *testing.T) {
	for _, p := range list(t, "./...") {
		from, ok := layer(p.ImportPath)
		if !ok {
			t.Errorf("%s lies outside the layout", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if to, own := layer(i); own && to < from {
				t.Errorf("%s imports %s, against the arrows", p.ImportPath, i)
			}
			if strings.HasPrefix(i, "fyne.io/") && from != 0 && !strings.HasPrefix(p.ImportPath+"/", "jinggao/app/ui/") {
				t.Errorf("%s imports %s; only the window may", p.ImportPath, i)
			}
			if i == "fyne.io/fyne/v2/app" && from != 0 {
				t.Errorf("%s imports %s; only main may", p.ImportPath, i)
			}
		}
	}
}

// offline are modules of others that import a network package without our ever
// calling that code: HTTP compression, a file system over HTTP, sockets offered to
// sandboxed programs, links and revocation lists of signatures, the kind of a picture
// told by its first bytes (word lists in spreadsheets).
var offline = []string{"github.com/andybalholm/brotli", "github.com/spf13/afero", "github.com/tetratelabs/wazero", "github.com/pdfcpu/pdfcpu", "github.com/xuri/excelize"}

// The engine reaches no window and has no code path to a network of its own.
func TestEngineStandsAlone(t *testing.T) {
	for _, p := range list(t, "-deps", "./sanitize/...") {
		if strings.HasPrefix(p.ImportPath, "fyne.io/") || strings.HasPrefix(p.ImportPath, "jinggao/app") {
			t.Errorf("the engine depends on %s", p.ImportPath)
		}
		host, _, _ := strings.Cut(p.ImportPath, "/")
		own := host == "jinggao"
		if !own && !strings.Contains(host, ".") { // the standard library
			continue
		}
		known := slices.ContainsFunc(offline, func(m string) bool { return strings.HasPrefix(p.ImportPath+"/", m+"/") })
		for _, i := range p.Imports {
			if network(i) && !known {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// network tells packages that can reach one; addresses and message headers cannot.
func network(path string) bool {
	switch path {
	case "net/netip", "net/url", "net/mail", "net/textproto":
		return false
	}
	return path == "net" || strings.HasPrefix(path, "net/") || path == "crypto/tls"
}

func TestMainIsSmall(t *testing.T) {
	b, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n > 60 {
		t.Errorf("main.go has %d lines; 60 are allowed", n)
	}
}
