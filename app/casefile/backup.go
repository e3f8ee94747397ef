package casefile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Backups are whole copies of the case in a folder beside it, NAME.备份/NAME.1.jgc
// being the newest. One is made when a case that changed since is opened, and
// every ten minutes while it is being worked on.
const (
	backups     = 3
	backupEvery = 10 * time.Minute
)

func backupPath(path string, n int) string {
	name := strings.TrimSuffix(filepath.Base(path), Ext)
	return filepath.Join(filepath.Dir(path), name+".备份", fmt.Sprintf("%s.%d%s", name, n, Ext))
}

// Backups lists the backups of a case file that exist, newest first.
func Backups(path string) []string {
	var out []string
	for n := 1; n <= backups; n++ {
		if _, err := os.Stat(backupPath(path, n)); err == nil {
			out = append(out, backupPath(path, n))
		}
	}
	return out
}

func newestBackup(path string) string {
	if b := Backups(path); len(b) > 0 {
		return b[0]
	}
	return ""
}

// Backup makes a backup now and drops the oldest. It fails without harm.
func (c *Case) Backup() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return errClosed()
	}
	return c.backup()
}

func (c *Case) backup() error {
	first := backupPath(c.path, 1)
	if err := os.MkdirAll(filepath.Dir(first), 0o700); err != nil {
		return saveNotice(err)
	}
	tmp := first + ".tmp"
	if err := os.Remove(tmp); err != nil && !os.IsNotExist(err) {
		return saveNotice(err)
	}
	// VACUUM INTO writes a whole, consistent copy.
	if err := run(c.db, `VACUUM INTO ?`, nil, tmp); err != nil {
		_ = os.Remove(tmp)
		return saveNotice(err)
	}
	for n := backups; n > 1; n-- {
		if err := os.Rename(backupPath(c.path, n-1), backupPath(c.path, n)); err != nil && !os.IsNotExist(err) {
			_ = os.Remove(tmp)
			return saveNotice(err)
		}
	}
	if err := os.Chmod(tmp, 0o600); err != nil {
		_ = os.Remove(tmp)
		return saveNotice(err)
	}
	if err := os.Rename(tmp, first); err != nil {
		return saveNotice(err)
	}
	c.backedUp, c.changed = c.now(), false
	return nil
}

// openBackup makes a backup of what is on disk if it is newer than the last one.
// A backup that fails does not keep the case from opening.
func (c *Case) openBackup() {
	c.backedUp = c.now()
	st, err := os.Stat(c.path)
	if err != nil {
		return
	}
	if b := newestBackup(c.path); b != "" {
		if bst, err := os.Stat(b); err == nil && !bst.ModTime().Before(st.ModTime()) {
			return
		}
	}
	_ = c.backup()
}

func (c *Case) timedBackup() {
	if c.changed && c.now().Sub(c.backedUp) >= backupEvery {
		c.backedUp = c.now() // also if it fails: not again at every key press
		_ = c.backup()
	}
}

// SaveCopy writes a whole copy of the case to a new file.
func (c *Case) SaveCopy(path string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return errClosed()
	}
	if _, err := os.Lstat(path); err == nil {
		return newNotice(ErrExists, "同名文件已经存在", "为避免覆盖，没有另存", "请换一个名称", nil)
	}
	if err := run(c.db, `VACUUM INTO ?`, nil, path); err != nil {
		return saveNotice(err)
	}
	return nil
}
