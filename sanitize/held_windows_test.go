package sanitize_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows"

	"jinggao/sanitize"
)

// hold opens a file as Excel and virus scanners do, so that nobody else may.
func hold(t *testing.T, path string) (release func()) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func() { _ = windows.CloseHandle(h) }
}

// folder is t.TempDir for Wine too, where os.RemoveAll does not work.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "held")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		var all []string
		_ = filepath.WalkDir(dir, func(p string, _ os.DirEntry, _ error) error { all = append(all, p); return nil })
		for i := range all {
			_ = os.Remove(all[len(all)-1-i])
		}
	})
	return dir
}

func TestHeldInputIsSaidToBeHeld(t *testing.T) {
	e, dir := engine(t, sanitize.Options{InProcess: true}), folder(t)
	in := put(t, dir, "名单.txt", []byte("联系电话13800138000"))
	defer hold(t, in)()
	rs, err := e.Scan(context.Background(), in)
	if err != nil || rs[0].Refused == nil || !strings.Contains(rs[0].Refused.Error(), "被其他程序占用") {
		t.Fatalf("%+v %v", rs, err)
	}
}

func TestHeldListIsSaidToBeHeld(t *testing.T) {
	path := put(t, folder(t), "清单.json", []byte("old"))
	release := hold(t, path)
	err := sanitize.Replace(path, []byte("new"))
	if err == nil || !strings.Contains(err.Error(), "被其他程序占用") && !strings.Contains(err.Error(), "没有写入") {
		t.Fatalf("got %v", err)
	}
	release()
	if b, err := os.ReadFile(path); err != nil || string(b) != "old" {
		t.Fatalf("%q %v", b, err)
	}
	if left := files(t, filepath.Dir(path)); len(left) != 1 {
		t.Fatalf("left behind: %v", left)
	}
}

func TestRenamingWaitsForAScanner(t *testing.T) {
	dir := folder(t)
	work := filepath.Join(dir, "未完成")
	if err := os.Mkdir(work, 0o755); err != nil {
		t.Fatal(err)
	}
	release := hold(t, put(t, work, "a.txt", []byte("x")))
	time.AfterFunc(300*time.Millisecond, release)
	if err := sanitize.Rename(work, filepath.Join(dir, "导出")); err != nil {
		t.Fatal(err)
	}
	release = hold(t, put(t, dir, "b.txt", []byte("x")))
	time.AfterFunc(300*time.Millisecond, release)
	if err := sanitize.Rename(filepath.Join(dir, "b.txt"), filepath.Join(dir, "c.txt")); err != nil {
		t.Fatal(err)
	}
}
