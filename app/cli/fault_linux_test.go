package cli_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"jinggao/app/cli"
)

// inputs lays out n text files in two folders, of which two share their base name.
func inputs(t *testing.T, dir string, n, repeat int) {
	t.Helper()
	for i := range n {
		put(t, fmt.Sprintf("%s/in/%02d.txt", dir, i), filled(repeat))
	}
	put(t, dir+"/in/甲/同名.txt", "甲："+personal)
	put(t, dir+"/in/乙/同名.txt", "乙："+personal)
}

func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), asProgram+"=small")
	return cmd
}

// underWay starts a run and comes back once it has said of three files that they are
// done; the function that it gives waits for the end.
func underWay(t *testing.T, cmd *exec.Cmd) (finish func()) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range 3 {
		if !lines.Scan() {
			_ = cmd.Wait()
			t.Fatalf("the run ended before three files were done: %v, %v", lines.Err(), cmd.ProcessState)
		}
	}
	return func() {
		for lines.Scan() { // the rest, or it would wait for a reader
		}
		_ = cmd.Wait() // says what became of it by its exit
	}
}

func exitOf(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// small mounts a file system of so many kilobytes, which only root may.
func small(t *testing.T, dir string, kb int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kb)); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
}

// whole checks that every copy in out is one of an undisturbed run, byte for byte.
func whole(t *testing.T, out string, want map[string]string) int {
	t.Helper()
	n := 0
	for name, sum := range sums(t, out) {
		if strings.HasPrefix(name, "清单") {
			continue
		}
		n++
		if w, ok := want[name]; !ok || w != sum && !strings.HasPrefix(name, "同名") {
			t.Errorf("%s is not a whole copy", name)
		}
	}
	return n
}

func TestFullDiskLeavesWholeFilesOnly(t *testing.T) {
	dir := t.TempDir()
	inputs(t, dir, 12, 1500)
	if code, out := exitOf(t, program(t, "clean", "--out", dir+"/whole", dir+"/in")); code != 0 {
		t.Fatalf("%d %s", code, out)
	}
	want := sums(t, dir+"/whole")
	small(t, dir+"/out", 512)
	code, out := exitOf(t, program(t, "clean", "--out", dir+"/out", dir+"/in"))
	if code != 3 || !strings.Contains(out, "磁盘空间不足") {
		t.Errorf("exit %d, and what is said: %.300s", code, out)
	}
	n := whole(t, dir+"/out", want)
	if n == 0 || n >= 14 {
		t.Errorf("%d copies on a disk for some", n)
	}
	t.Logf("%d of 14 copies fitted", n)
	if code, out := exitOf(t, program(t, "clean", "--out", dir+"/second", dir+"/in")); code != 0 || whole(t, dir+"/second", want) != 14 {
		t.Errorf("the second run: %d %s", code, out)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	inputs(t, dir, 2, 10)
	small(t, dir+"/out", 1024)
	if err := unix.Mount("", dir+"/out", "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skipf("cannot be made read-only here: %v", err)
	}
	code, out := exitOf(t, program(t, "clean", "--out", dir+"/out", dir+"/in"))
	if code != 3 || !strings.Contains(out, "只读") || len(sums(t, dir+"/out")) != 0 {
		t.Errorf("exit %d, and what is said: %.300s", code, out)
	}
}

func TestFolderThatVanishesInMidRun(t *testing.T) {
	dir := t.TempDir()
	inputs(t, dir, 40, 300)
	if code, out := exitOf(t, program(t, "clean", "--out", dir+"/whole", dir+"/in")); code != 0 {
		t.Fatalf("%d %s", code, out)
	}
	want := sums(t, dir+"/whole")
	cmd := program(t, "clean", "--out", dir+"/out", dir+"/in")
	finish := underWay(t, cmd)
	if err := os.Rename(dir+"/out", dir+"/gone"); err != nil {
		t.Fatal(err)
	}
	put(t, dir+"/out", "a file stands where the folder was")
	finish()
	if code := cmd.ProcessState.ExitCode(); code != 3 {
		t.Errorf("exit %d", code)
	}
	if whole(t, dir+"/gone", want) == 0 {
		t.Error("nothing was written before the folder went")
	}
	if code, out := exitOf(t, program(t, "clean", "--out", dir+"/second", dir+"/in")); code != 0 || whole(t, dir+"/second", want) != 42 {
		t.Errorf("the second run: %d %s", code, out)
	}
}

// Copies that were said to be made and have gone with their folder are not counted as made.
func TestFolderMovedAwayInMidRun(t *testing.T) {
	dir := t.TempDir()
	inputs(t, dir, 40, 300)
	cmd := program(t, "clean", "--out", dir+"/out", dir+"/in")
	var said strings.Builder
	cmd.Stderr = &said
	finish := underWay(t, cmd)
	if err := os.Rename(dir+"/out", dir+"/gone"); err != nil {
		t.Fatal(err)
	}
	finish()
	if code := cmd.ProcessState.ExitCode(); code != 3 || !strings.Contains(said.String(), "被移走") {
		t.Errorf("exit %d: %.300s", code, said.String())
	}
}

// A name that came off a system of another encoding is a name like any other.
func TestNameThatIsNoUTF8(t *testing.T) {
	dir := t.TempDir()
	in := put(t, dir+"/\xce\xc4\xbc\xfe.txt", personal)
	if code, out, errs := run(t, "scan", "--json", in); code != cli.ExitFound || errs != "" || len(objects(t, out)) < 2 {
		t.Errorf("exit %d %s %s", code, out, errs)
	}
	if code, out, errs := run(t, "clean", "--out", dir+"/out", in); code != cli.ExitOK {
		t.Errorf("exit %d %s %s", code, out, errs)
	}
}

// unprivileged runs the program as somebody who is bound by permissions.
func unprivileged(t *testing.T, home string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := program(t, args...)
	if os.Geteuid() != 0 {
		return cmd
	}
	data, err := os.ReadFile(cmd.Path)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path = filepath.Join(home, "program")
	if err := os.WriteFile(cmd.Path, data, 0o755); err != nil { //nolint:gosec // it is to be run by somebody else
		t.Fatal(err)
	}
	cmd.Dir = home                                              // the folder of the tests may be closed to others
	cmd.Env = append(cmd.Env, "HOME="+home, asProgram+"=alone") // nothing is kept ready in that home, and each child would make it
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd
}

const nobody = 65534

func TestNoPermission(t *testing.T) {
	dir, err := os.MkdirTemp("", "permission") // folders of t.TempDir may be closed to others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	inputs(t, dir, 1, 1)
	for path, mode := range map[string]os.FileMode{dir: 0o755, dir + "/in/00.txt": 0, dir + "/shut": 0o555, dir + "/home": 0o777} {
		if filepath.Ext(path) == "" {
			_ = os.MkdirAll(path, 0o755)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	code, out := exitOf(t, unprivileged(t, dir+"/home", "clean", "--out", dir+"/home/out", dir+"/in/00.txt", dir+"/in/甲"))
	if code != 3 || !strings.Contains(out, "没有读取该文件的权限") || len(sums(t, dir+"/home/out")) != 3 {
		t.Errorf("an input that may not be read: exit %d %.400s", code, out)
	}
	code, out = exitOf(t, unprivileged(t, dir+"/home", "clean", "--out", dir+"/shut", dir+"/in/甲"))
	if code != 3 || !strings.Contains(out, "没有写入输出文件夹的权限") || len(sums(t, dir+"/shut")) != 0 {
		t.Errorf("a folder that may not be written: exit %d %.400s", code, out)
	}
}

func TestUnreadableInputAndSameNames(t *testing.T) {
	dir := t.TempDir()
	inputs(t, dir, 1, 1)
	if code, out := exitOf(t, program(t, "clean", "--out", dir+"/out", dir+"/in")); code != 0 {
		t.Fatalf("%d %s", code, out)
	}
	got := sums(t, dir+"/out")
	if got["同名.txt"] == "" || got["同名（2）.txt"] == "" || got["同名.txt"] == got["同名（2）.txt"] {
		t.Errorf("two files of one name became %v", got)
	}
	before := got
	if code, out := exitOf(t, program(t, "clean", "--out", dir+"/out", dir+"/in")); code != 0 {
		t.Fatalf("%d %s", code, out)
	}
	for name, sum := range before {
		if !strings.HasPrefix(name, "清单") && sums(t, dir+"/out")[name] != sum {
			t.Errorf("%s was overwritten", name)
		}
	}
}
