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
