package prefs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jinggao/app/ui/prefs"
)

type memory struct {
	text map[string]string
	flag map[string]bool
}

func newMemory() *memory { return &memory{map[string]string{}, map[string]bool{}} }

func (m *memory) String(k string) string   { return m.text[k] }
func (m *memory) SetString(k, v string)    { m.text[k] = v }
func (m *memory) SetBool(k string, v bool) { m.flag[k] = v }
func (m *memory) BoolWithFallback(k string, f bool) bool {
	if v, ok := m.flag[k]; ok {
		return v
	}
	return f
}

func TestRecentKeepsEightNewestFirst(t *testing.T) {
	p := prefs.New(newMemory())
	dir := t.TempDir()
	for i := range 10 {
		path := filepath.Join(dir, fmt.Sprintf("案卷%d.jinggao", i))
		if i%2 == 0 {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		p.Remember(path, fmt.Sprint(i), time.Now())
	}
	r := p.Recent()
	if len(r) != prefs.Recents || r[0].Name != "9" || r[7].Name != "2" {
		t.Fatalf("%+v", r)
	}
	if !r[0].Gone || r[1].Gone {
		t.Fatal("missing file not told from present one")
	}
	p.Remember(filepath.Join(dir, "案卷4.jinggao"), "4", time.Now())
	if r = p.Recent(); len(r) != prefs.Recents || r[0].Name != "4" {
		t.Fatalf("opened again: %+v", r)
	}
	p.Forget(filepath.Join(dir, "案卷4.jinggao"))
	if r = p.Recent(); len(r) != prefs.Recents-1 || r[0].Name != "9" {
		t.Fatalf("forgotten: %+v", r)
	}
}

func TestDamagedListIsEmpty(t *testing.T) {
	m := newMemory()
	m.SetString("recent", "{")
	if r := prefs.New(m).Recent(); len(r) != 0 {
		t.Fatal(r)
	}
}
