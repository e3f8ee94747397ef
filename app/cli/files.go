package cli

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"jinggao/sanitize/document"
)

// entry is one file to work on, or the reason why something on the way to it cannot be read.
type entry struct {
	path    string
	refused *document.Refusal
}

// walk gives the files named by paths: files as they are, folders with all that is
// in them, in the order of names. Nothing is passed over silently: what cannot be
// entered comes as a refused entry. The folder skip (the output) is left out.
func walk(paths []string, skip string) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for _, p := range paths {
			info, err := os.Stat(p)
			if err != nil || !info.IsDir() {
				if !yield(entry{path: p}) {
					return
				}
				continue
			}
			if !walkFolder(p, skip, yield) {
				return
			}
		}
	}
}

// nothingFound is said where paths were named and no file was in them.
const nothingFound = "没有找到文件：所给的文件夹是空的"

// whyUnread says in Chinese why a file that was named by an option cannot be read.
func whyUnread(path string, err error) string {
	info, serr := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "文件不存在，请核对路径"
	case errors.Is(err, fs.ErrPermission):
		return "没有读取权限"
	case serr == nil && info.IsDir():
		return "这是文件夹，请指定文件"
	}
	return "磁盘或网络出错，或文件被其他程序占用"
}

var errStop = errors.New("stop")

func walkFolder(root, skip string, yield func(entry) bool) bool {
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		e := entry{path: p}
		switch {
		case err != nil:
			e.refused = &document.Refusal{What: "文件夹无法打开", Why: "没有权限，或已移动、删除", Do: "请检查权限后重试"}
		case d.IsDir():
			if skip != "" && p != root && sameFile(p, skip) {
				return filepath.SkipDir
			}
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			if info, err := os.Stat(p); err == nil && info.IsDir() {
				e.refused = &document.Refusal{What: "这是指向文件夹的链接，未进入", Do: "请直接选择该文件夹"}
			}
		}
		if !yield(e) {
			return errStop
		}
		if err != nil && d != nil && d.IsDir() {
			return filepath.SkipDir
		}
		return nil
	})
	return !errors.Is(err, errStop)
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
