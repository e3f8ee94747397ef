package sanitize

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jinggao/sanitize/document"
)

// maxNames is how many names are tried before giving up.
const maxNames = 10000

// place writes data into dir under name, or name（2） … if that is taken. The file
// appears whole or not at all: it is written without a name (or under a temporary
// one in the same folder), flushed to the disk, read back, and only then named.
func place(dir, name string, data []byte) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", writeRefusal(err)
	}
	t, err := newTemporary(dir)
	if err != nil {
		return "", writeRefusal(err)
	}
	defer t.discard()
	if err := fill(t.file, data); err != nil {
		return "", writeRefusal(err)
	}
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for n := 1; n < maxNames; n++ {
		try := filepath.Join(dir, name)
		if n > 1 {
			try = filepath.Join(dir, fmt.Sprintf("%s（%d）%s", stem, n, ext))
		}
		err := t.name(try)
		if err == nil {
			return try, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", writeRefusal(err)
		}
	}
	return "", &document.Refusal{What: "输出文件夹中同名文件过多，未写入", Do: "请换一个输出文件夹"}
}

var errReadBack = errors.New("what was read back differs from what was written")

// fill writes, flushes and reads back.
func fill(f *os.File, data []byte) error {
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	again := make([]byte, len(data))
	if _, err := f.ReadAt(again, 0); err != nil {
		return err
	}
	if !bytes.Equal(data, again) {
		return errReadBack
	}
	return nil
}

// writeRefusal says why an output could not be written.
func writeRefusal(err error) *document.Refusal {
	r := &document.Refusal{What: "副本无法写入输出文件夹", Why: "磁盘或网络出错", Do: "请检查输出文件夹后重试", Detail: cause(err)}
	var l *os.LinkError
	if errors.As(err, &l) {
		r.Detail = l.Op + ": " + l.Err.Error()
	}
	switch {
	case full(err):
		r.What, r.Why, r.Do = "输出文件夹所在磁盘空间不足，未写入", "", "请清理磁盘，或换一个输出文件夹"
	case locked(err):
		r.What, r.Why, r.Do = "输出文件夹中的文件被其他程序占用，未写入", "", "请关闭正在使用它的程序后重试"
	case errors.Is(err, fs.ErrPermission), readOnly(err):
		r.What, r.Why, r.Do = "没有写入输出文件夹的权限，或该文件夹只读", "", "请换一个输出文件夹"
	case errors.Is(err, fs.ErrNotExist):
		r.What, r.Why, r.Do = "输出文件夹不存在或已断开", "", "请检查后重试"
	case notFolder(err):
		r.What, r.Why, r.Do = "输出位置不是文件夹", "", "请换一个输出文件夹"
	}
	return r
}

// temporaryPrefix marks files that a killed run may leave where the system has no nameless files.
const temporaryPrefix = ".jinggao-"

// named is a temporary file with a name, for systems and file systems without nameless ones.
func named(dir string) (*temporary, error) {
	sweep(dir)
	f, err := os.CreateTemp(dir, temporaryPrefix+"*.tmp")
	if err != nil {
		return nil, err
	}
	_ = f.Chmod(0o644) // like any file; Windows knows no such modes
	return &temporary{file: f, path: f.Name()}, nil
}

// sweep removes temporary files that an earlier run, now dead, left behind. Files of
// a run that is alive are held open or young, and stay.
func sweep(dir string) {
	old, err := filepath.Glob(filepath.Join(dir, temporaryPrefix+"*.tmp"))
	if err != nil {
		return
	}
	for _, p := range old {
		if info, err := os.Stat(p); err == nil && stale(info) {
			_ = os.Remove(p)
		}
	}
}

// temporary is a file that has no final name yet.
type temporary struct {
	file *os.File
	path string // "" for a nameless one
	done bool
}

// discard closes the file and, unless it got its name, removes it.
func (t *temporary) discard() {
	_ = t.file.Close()
	if t.path != "" && !t.done {
		_ = os.Remove(t.path)
	}
}

// Replace writes a file of our own (a list, a report) in one step: whoever opens it
// sees the old or the new one, never half of either.
func Replace(path string, data []byte) error {
	t, err := newTemporary(filepath.Dir(path))
	if err != nil {
		return writeRefusal(err)
	}
	defer t.discard()
	if err := fill(t.file, data); err != nil {
		return writeRefusal(err)
	}
	from := t.path
	if from == "" { // give it a name beside the old one first
		from = filepath.Join(filepath.Dir(path), fmt.Sprintf("%s%d.tmp", temporaryPrefix, os.Getpid()))
		_ = os.Remove(from) // of a dead process that had the same number
		if err := t.name(from); err != nil {
			return writeRefusal(err)
		}
	} else if err := t.file.Close(); err != nil {
		return writeRefusal(err)
	}
	if err := Rename(from, path); err != nil {
		_ = os.Remove(from)
		return writeRefusal(err)
	}
	t.done = true
	return nil
}

// Rename is os.Rename that waits some seconds, on Windows, for a virus scanner or an
// indexer to let go of a file or of what lies in a folder.
func Rename(from, to string) error { return patiently(func() error { return os.Rename(from, to) }) }
