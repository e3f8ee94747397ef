package platform

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"
)

// DataFolder is the folder of this person for settings, logs and the lock: made if
// it is missing. Case files do not lie here.
func DataFolder() (string, error) {
	find := os.UserConfigDir
	if runtime.GOOS == "windows" {
		find = os.UserCacheDir // the local folder: the other one may lie on a server
	}
	base, err := find()
	if err != nil {
		return "", fmt.Errorf("find the folder for settings: %w", err)
	}
	folder := filepath.Join(base, "jinggao")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for settings: %w", err)
	}
	return folder, nil
}

// keepCrashLogs is how many crash logs are kept.
const keepCrashLogs = 10

// CatchCrashes writes what the run time says when the program dies into a new file
// in a folder, because a program of a window has nowhere else to say it. Call done
// at a normal end, not deferred: it removes the file, which is empty then. An error
// means that crashes will not be logged; the program can go on.
func CatchCrashes(folder string) (done func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return func() {}, fmt.Errorf("make the folder for logs: %w", err)
	}
	removeOld(folder)
	name := filepath.Join(folder, fmt.Sprintf("crash-%s-%d.log", time.Now().Format("20060102-150405"), os.Getpid()))
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return func() {}, fmt.Errorf("open the crash log: %w", err)
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		_ = f.Close()
		_ = os.Remove(name)
		return func() {}, fmt.Errorf("set the crash log: %w", err)
	}
	_ = f.Close() // the run time has its own handle
	return func() {
		_ = debug.SetCrashOutput(nil, debug.CrashOptions{}) // closes its handle, so that Windows lets the file go
		if s, err := os.Stat(name); err == nil && s.Size() == 0 {
			_ = os.Remove(name)
		}
	}, nil
}

// LastCrash is the newest crash log in a folder that says something, or "". The
// log of a program that still runs is empty and does not count.
func LastCrash(folder string) string {
	names, _ := filepath.Glob(filepath.Join(folder, "crash-*.log")) // sorted; the pattern is right
	for i := len(names) - 1; i >= 0; i-- {
		if s, err := os.Stat(names[i]); err == nil && s.Size() > 0 {
			return names[i]
		}
	}
	return ""
}

func removeOld(folder string) {
	names, _ := filepath.Glob(filepath.Join(folder, "crash-*.log"))
	for len(names) >= keepCrashLogs {
		_ = os.Remove(names[0])
		names = names[1:]
	}
}
