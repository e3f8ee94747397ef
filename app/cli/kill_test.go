//go:build unix

package cli_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Killed at any moment, a run leaves only whole files under final names, no
// temporary ones, and a second run completes. JINGGAO_KILLS says how often.
func TestKilledRunsLeaveNothingHalfWritten(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for i := range 12 {
		put(t, fmt.Sprintf("%s/in/%02d.txt", dir, i), filled(300))
	}
	clean := func(out string) *exec.Cmd {
		cmd := exec.Command(exe, "clean", "--out", out, dir+"/in")
		cmd.Env = append(os.Environ(), asProgram+"=small")
		return cmd
	}
	began := time.Now()
	if out, err := clean(dir + "/whole").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	took := time.Since(began)
	whole := sums(t, dir+"/whole")
	rounds := 4
	if n, err := strconv.Atoi(os.Getenv("JINGGAO_KILLS")); err == nil {
		rounds = n
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range rounds {
		out := fmt.Sprintf("%s/out%d", dir, i)
		cmd := clean(out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(random.Int64N(int64(took))), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // killed, or done before
		kill.Stop()
		for name, sum := range sums(t, out) {
			if strings.HasPrefix(name, "清单") {
				continue
			}
			if want, ok := whole[name]; !ok || sum != want {
				t.Errorf("after a kill: %s is not a whole copy", name)
			}
		}
	}
	last := fmt.Sprintf("%s/out%d", dir, rounds-1)
	if out, err := clean(last).CombinedOutput(); err != nil {
		t.Errorf("the run after a kill: %v %s", err, out)
	}
}

// sums gives the digest of every file in a folder.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob(dir + "/*")
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := filepath.Glob(dir + "/.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, hidden...) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s := sha256.Sum256(b)
		out[filepath.Base(f)] = hex.EncodeToString(s[:])
	}
	return out
}
