package campaigns_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/submission/campaigns"
	"jinggao/sanitize/document"
)

func file(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// builtIn is the newest built-in campaign.
func builtIn(t *testing.T) campaigns.Entry {
	t.Helper()
	e, ok := campaigns.Store{}.Find("", false)
	if !ok || e.Own {
		t.Fatal("no built-in campaign")
	}
	return e
}

// TestOwnCampaigns goes the way of a bureau: the built-in file saved, edited, imported,
// found, replaced, deleted.
func TestOwnCampaigns(t *testing.T) {
	base := builtIn(t)
	sample := filepath.Join(t.TempDir(), "样本.toml")
	if err := campaigns.SaveAs(base, sample); err != nil {
		t.Fatal(err)
	}
	if err := campaigns.SaveAs(base, sample); err == nil {
		t.Error("an existing file was overwritten")
	}
	b, err := os.ReadFile(sample)
	if err != nil || string(b) != base.Text {
		t.Fatal("the sample is not the built-in file", err)
	}
	s := campaigns.Store{Dir: filepath.Join(t.TempDir(), "活动")}
	own := strings.Replace(string(b), base.Mailbox, "table@example.com", 1)
	e, err := s.Import(file(t, "改.toml", own), false)
	if err != nil || !e.Own || e.Mailbox != "table@example.com" {
		t.Fatal(e, err)
	}
	if got, ok := s.Find(base.ID, true); !ok || got.Mailbox != "table@example.com" {
		t.Error("the own file does not come first")
	}
	if got, ok := s.Find(base.ID, false); !ok || got.Own {
		t.Error("the built-in one is not found")
	}
	if got, ok := s.Find("", true); !ok || got.Own {
		t.Error("an own file became the default of new cases by itself")
	}
	if _, err := s.Import(file(t, "再.toml", own), false); !errors.Is(err, campaigns.ErrSame) {
		t.Error("a file of the same id:", err)
	}
	if _, err := s.Import(file(t, "再.toml", strings.Replace(own, "table@", "tab@", 1)), true); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Find(base.ID, true); got.Mailbox != "tab@example.com" {
		t.Error("not replaced:", got.Mailbox)
	}
	all, broken, err := s.All()
	if err != nil || len(broken) != 0 || !all[0].Own {
		t.Error(len(all), broken, err)
	}
	if err := s.Delete(base.ID); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Find(base.ID, true); got.Own {
		t.Error("still there")
	}
	if err := s.Delete(base.ID); err == nil {
		t.Error("a built-in campaign was deleted")
	}
}

// TestBadFilesAreRefused leaves nothing in the folder.
func TestBadFilesAreRefused(t *testing.T) {
	s := campaigns.Store{Dir: filepath.Join(t.TempDir(), "活动")}
	bad := strings.Replace(builtIn(t).Text, `return = "2026-06-16"`, `return = "六月十六"`, 1)
	_, err := s.Import(file(t, "坏.toml", bad), false)
	var r *document.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Why, "第 ") || !strings.Contains(r.Why, "return 不是形如") {
		t.Errorf("%+v", err)
	}
	if _, err := s.Import(filepath.Join(s.Dir, "没有.toml"), false); !errors.As(err, &r) {
		t.Error(err)
	}
	if _, err := os.Stat(s.Dir); err == nil {
		t.Error("a refused file made the folder")
	}
}

// TestBrokenFileInTheFolder is listed, not passed over.
func TestBrokenFileInTheFolder(t *testing.T) {
	s := campaigns.Store{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(s.Dir, "手工放入.toml"), []byte("id = "), 0o600); err != nil {
		t.Fatal(err)
	}
	all, broken, err := s.All()
	if err != nil || len(broken) != 1 || len(all) == 0 {
		t.Fatal(all, broken, err)
	}
}
