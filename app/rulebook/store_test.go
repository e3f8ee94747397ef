package rulebook_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"jinggao/app/rulebook"
	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

const (
	file   = "rulebook.jgr"
	backup = "rulebook.old.jgr"
)

func sample() *rulebook.Book {
	b := &rulebook.Book{}
	return b.Edit("周敏", "建立", func(b *rulebook.Book) {
		b.PutWord(rule.Word{Term: "星槎工程", Level: "S1", Note: "本单位代号", Action: "replace", Text: "国家重点工程"})
		b.PutAllow(rule.Allow{Term: "砺锋青年突击队", Rule: "W01", Reason: "团队名", By: "沈立", Until: time.Date(2027, 12, 31, 0, 0, 0, 0, time.Local)})
		b.PutChange(rule.Override{Rule: "I05", Off: true, Reason: "公开邮箱", By: "周敏", At: time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local)})
	})
}

func saved(t *testing.T, dir string) *rulebook.Store {
	t.Helper()
	s := rulebook.Open(dir)
	if err := s.Save(sample()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	s := saved(t, dir)
	if err := s.Save(s.Book().Edit("周敏", "新增词", func(b *rulebook.Book) {
		b.PutWord(rule.Word{Term: "砺锋", Level: "S2", Action: "delete"})
	})); err != nil {
		t.Fatal(err)
	}
	again := rulebook.Open(dir)
	if again.Trouble() != nil {
		t.Fatal(again.Trouble())
	}
	got := again.Book()
	if len(got.Words) != 2 || len(got.Events) != 2 || !reflect.DeepEqual(got.Words[0], sample().Words[0]) {
		t.Errorf("%+v", got)
	}
	if !got.Allow[0].Until.Equal(sample().Allow[0].Until) || !got.Changes[0].Off {
		t.Errorf("%+v", got)
	}
	for _, name := range []string{file, backup} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, plain := range []string{"星槎工程", "I05", "term"} {
			if bytes.Contains(data, []byte(plain)) {
				t.Errorf("%s holds %q in the clear", name, plain)
			}
		}
	}
}

func TestOnlyThisUserMayRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are of another kind there")
	}
	dir := t.TempDir()
	saved(t, dir)
	for _, name := range []string{file, "rulebook.key"} {
		st, err := os.Stat(filepath.Join(dir, name))
		if err != nil || st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", name, st.Mode(), err)
		}
	}
}

// damage changes the file of a book and opens it again.
func damage(t *testing.T, f func(data []byte) []byte) *rulebook.Store {
	t.Helper()
	dir := t.TempDir()
	saved(t, dir)
	saved(t, dir) // so that there is a version before
	p := filepath.Join(dir, file)
	data, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, f(data), 0o600); err != nil {
		t.Fatal(err)
	}
	s := rulebook.Open(dir)
	r := s.Trouble()
	if r == nil || r.What == "" || r.Why == "" || r.Do == "" {
		t.Fatalf("a damaged book was taken: %v", r)
	}
	var refused *document.Refusal
	if err := s.Save(&rulebook.Book{}); !errors.As(err, &refused) {
		t.Fatalf("saved over a damaged book: %v", err)
	}
	if now, err := os.ReadFile(p); err != nil || !bytes.Equal(now, f(data)) {
		t.Fatal("the damaged file was changed", err)
	}
	return s
}

func TestDamage(t *testing.T) {
	for name, f := range map[string]func([]byte) []byte{
		"empty":          func([]byte) []byte { return nil },
		"cut off":        func(b []byte) []byte { return b[:len(b)-9] },
		"cut in the key": func(b []byte) []byte { return b[:20] },
		"another file":   func([]byte) []byte { return []byte("<?xml version=\"1.0\"?><a/>") },
		"a bit":          func(b []byte) []byte { b = bytes.Clone(b); b[len(b)-20] ^= 4; return b },
		"a bit in front": func(b []byte) []byte { b = bytes.Clone(b); b[9] ^= 1; return b },
		"long key":       func(b []byte) []byte { b = bytes.Clone(b); b[8] = 0xff; return b },
	} {
		t.Run(name, func(t *testing.T) {
			s := damage(t, f)
			if _, ok := s.Backup(); !ok {
				t.Fatal("no version before")
			}
			aside, err := s.Restore()
			if err != nil || s.Trouble() != nil || len(s.Book().Words) != 1 {
				t.Fatalf("not restored: %v %v %+v", err, s.Trouble(), s.Book())
			}
			if _, err := os.Stat(aside); err != nil || !strings.Contains(aside, "未能读取") {
				t.Errorf("the damaged file is not kept: %q %v", aside, err)
			}
			if err := s.Save(sample()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRenewKeepsTheDamagedFile(t *testing.T) {
	s := damage(t, func(b []byte) []byte { return b[:40] })
	aside, err := s.Renew()
	if err != nil || s.Trouble() != nil || !s.Book().Empty() {
		t.Fatal(err, s.Trouble())
	}
	if data, err := os.ReadFile(aside); err != nil || len(data) != 40 {
		t.Error("not kept", err)
	}
}

func TestAnotherUsersBook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is one user in a test")
	}
	for name, f := range map[string]func(key string) error{
		"no key":       os.Remove,
		"another key":  func(k string) error { return os.WriteFile(k, bytes.Repeat([]byte{7}, 32), 0o600) },
		"a broken key": func(k string) error { return os.WriteFile(k, []byte("x"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			saved(t, dir)
			if err := f(filepath.Join(dir, "rulebook.key")); err != nil {
				t.Fatal(err)
			}
			s := rulebook.Open(dir)
			if s.Trouble() == nil || !strings.Contains(s.Trouble().Why, "另一用户") {
				t.Fatalf("%+v", s.Trouble())
			}
			if _, err := s.Renew(); err != nil {
				t.Fatal(err)
			}
			if err := s.Save(sample()); err != nil || rulebook.Open(dir).Trouble() != nil {
				t.Error(err)
			}
		})
	}
}

func TestMainFileGoneIsTold(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir)
	saved(t, dir)
	if err := os.Remove(filepath.Join(dir, file)); err != nil {
		t.Fatal(err)
	}
	s := rulebook.Open(dir)
	if s.Trouble() == nil {
		t.Fatal("a missing book passed for an empty one")
	}
	if _, err := s.Restore(); err != nil || len(s.Book().Words) != 1 {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	s := rulebook.Open(dir)
	var r *document.Refusal
	if err := s.Save(sample()); !errors.As(err, &r) || r.Do == "" {
		t.Errorf("%v", err)
	}
	if !s.Book().Empty() {
		t.Error("what was not saved counts")
	}
}
