package rulebook

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
)

// Names in the data folder.
const (
	fileName   = "rulebook.jgr"
	backupName = "rulebook.old.jgr" // the version before
)

// Store keeps the book on disk. It is safe for several goroutines; the program runs
// once per user, so nobody else writes.
type Store struct {
	dir  string
	keys keeper

	mu      sync.Mutex
	book    *Book
	trouble *document.Refusal
}

// Open reads the book in a folder; a folder without one gives an empty book. A book
// that cannot be read is a trouble of the store, never an empty book: see Trouble.
func Open(dir string) *Store {
	s := &Store{dir: dir, keys: newKeeper(dir), book: &Book{}}
	b, err := s.read(fileName)
	switch {
	case err == nil:
		s.book = b
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(s.path(backupName)); err == nil {
			s.trouble = trouble(fs.ErrNotExist)
		}
	default:
		s.trouble = trouble(err)
	}
	return s
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

func (s *Store) read(name string) (*Book, error) {
	f, err := os.Open(s.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read rule book: %w", err)
	}
	if st.Size() > maxBook {
		return nil, fmt.Errorf("%w: %d bytes", ErrDamaged, st.Size())
	}
	data := make([]byte, st.Size())
	if _, err := f.ReadAt(data, 0); err != nil && len(data) > 0 {
		return nil, fmt.Errorf("read rule book: %w", err)
	}
	return unseal(s.keys, data)
}

// trouble says for people why a book was not read.
func trouble(err error) *document.Refusal {
	r := &document.Refusal{What: "本单位的词库与规则未能载入", Do: "可恢复上一版本；或将该文件另存后重新建立。在此之前只按内置规则检查", Detail: err.Error()}
	switch {
	case errors.Is(err, ErrUser):
		r.Why = "文件由另一用户或在另一台电脑上加密，本用户的密钥打不开"
		r.Do = "请由原用户登录后导出词库、白名单再导入；也可恢复上一版本，或将该文件另存后重新建立。在此之前只按内置规则检查"
	case errors.Is(err, ErrDamaged):
		r.Why = "文件已损坏：内容不完整或被改动过"
	case errors.Is(err, fs.ErrNotExist):
		r.Why = "文件不见了，只剩上一版本"
	default:
		r.Why = "文件无法读取，可能被占用或没有权限"
		r.Do = "请关闭占用它的程序后重新启动净稿。" + r.Do
	}
	return r
}

// Book is the book as it stands. The caller does not change it.
func (s *Store) Book() *Book {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.book
}

// Trouble says why the book could not be read, nil if it was. As long as there is one
// nothing is saved; Restore or Renew ends it.
func (s *Store) Trouble() *document.Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

// Save replaces the book in one step; the version before is kept. Errors are
// *document.Refusal; then the old book is still there.
func (s *Store) Save(b *Book) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.trouble != nil {
		return s.trouble
	}
	if why := b.TooMuch(); why != "" {
		return &document.Refusal{What: "未保存：" + why, Do: "请删去不用的条目后再试"}
	}
	data, err := seal(s.keys, b)
	if err != nil {
		return &document.Refusal{What: "词库与规则未能加密，未保存", Why: "系统的用户密钥不可用", Do: "请重新登录系统后再试", Detail: err.Error()}
	}
	if old, err := os.ReadFile(s.path(fileName)); err == nil {
		if err := s.put(backupName, old); err != nil {
			return saveRefusal(err)
		}
	}
	if err := s.put(fileName, data); err != nil {
		return saveRefusal(err)
	}
	s.book = b
	return nil
}

// put writes a file of the store in one step; others on the computer may not read it.
func (s *Store) put(name string, data []byte) error {
	if err := sanitize.Replace(s.path(name), data); err != nil {
		return err
	}
	return os.Chmod(s.path(name), 0o600)
}

func saveRefusal(err error) error {
	return &document.Refusal{What: "词库与规则未能保存", Why: "数据文件夹不可写或磁盘已满", Do: "请检查磁盘后再试，原有内容未变", Detail: err.Error()}
}

// Backup tells when the version before was saved; false if there is none that opens.
func (s *Store) Backup() (time.Time, bool) {
	st, err := os.Stat(s.path(backupName))
	if err != nil {
		return time.Time{}, false
	}
	if _, err := s.read(backupName); err != nil {
		return time.Time{}, false
	}
	return st.ModTime(), true
}

// Restore takes the version before in place of a book that cannot be read, which is
// kept aside. It returns where, "" if there was none.
func (s *Store) Restore() (aside string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.read(backupName)
	if err != nil {
		return "", &document.Refusal{What: "上一版本也无法读取，未恢复", Do: "请将文件另存后重新建立，再从导出的表格导入", Detail: err.Error()}
	}
	data, err := os.ReadFile(s.path(backupName))
	if err != nil {
		return "", saveRefusal(err)
	}
	if aside, err = s.setAside(); err != nil {
		return "", err
	}
	if err := s.put(fileName, data); err != nil {
		return aside, saveRefusal(err)
	}
	s.book, s.trouble = b, nil
	return aside, nil
}

// Renew begins an empty book in place of one that cannot be read, which is kept aside.
// It returns where.
func (s *Store) Renew() (aside string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.trouble == nil {
		return "", nil
	}
	if aside, err = s.setAside(); err != nil {
		return "", err
	}
	data, err := seal(s.keys, &Book{})
	if err != nil {
		return aside, saveRefusal(err)
	}
	if err := s.put(fileName, data); err != nil {
		return aside, saveRefusal(err)
	}
	s.book, s.trouble = &Book{}, nil
	return aside, nil
}

// setAside gives the unreadable book another name.
func (s *Store) setAside() (string, error) {
	from := s.path(fileName)
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	stem := "rulebook.未能读取-" + time.Now().Format("20060102-150405")
	for n := 1; n < 100; n++ {
		to := s.path(stem + ".jgr")
		if n > 1 {
			to = s.path(fmt.Sprintf("%s（%d）.jgr", stem, n))
		}
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		if err := os.Rename(from, to); err != nil {
			return "", saveRefusal(err)
		}
		return to, nil
	}
	return "", saveRefusal(errors.New("too many files set aside"))
}
