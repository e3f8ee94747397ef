package detect_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// listed makes an engine with a bureau's own words and allow list.
func listed(t *testing.T, words, allow string) *detect.Engine {
	t.Helper()
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if words != "" {
		if ps := set.AddWords("词库.csv", []byte(words)); len(ps) > 0 {
			t.Fatal(ps)
		}
	}
	if ps := set.AddAllow("白名单.csv", []byte(allow)); len(ps) > 0 {
		t.Fatal(ps)
	}
	e, err := detect.New(set, detect.Options{Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.Local), Dictionary: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTheLongerOfWordAndAllowedWordWins(t *testing.T) {
	words := "星槎核心部件,S2\n砺锋,S1\n"
	for _, c := range []struct {
		name, allow, text string
		want              string // texts found by the word list
	}{
		{"a shorter allowed word inside a listed one", "核心部件,*,通用词,王审\n", "采用星槎核心部件。", "星槎核心部件"},
		{"the same word", "砺锋,*,已公开,王审\n", "软件名为砺锋。", ""},
		{"a longer allowed word around a listed one", "砺锋青年突击队,*,团队名,王审\n", "由砺锋青年突击队完成，软件名为砺锋。", "砺锋"},
		{"the allowed word beside it", "砺锋青年突击队,*,团队名,王审\n", "砺锋与青年突击队。", "砺锋"},
		{"a pattern", `/砺锋[0-9]+号展厅/,*,展厅名,王审` + "\n", "在砺锋12号展厅演示砺锋。", "砺锋"},
		{"a pattern in full-width digits", `/砺锋[0-9]+号展厅/,*,展厅名,王审` + "\n", "在砺锋１２号展厅演示。", ""},
		{"a pattern for another rule", `/砺锋[0-9]+号展厅/,A01,展厅名,王审` + "\n", "在砺锋12号展厅演示。", "砺锋"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := listed(t, words, c.allow)
			var got []string
			for _, f := range scanText(t, e, c.text) {
				if f.Group == "W" && f.Level <= finding.S3 {
					got = append(got, f.Text)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

func TestNoPatternLetsAMarkPass(t *testing.T) {
	e := listed(t, "", `/封面为机密★10年/,*,误报,王审`+"\n")
	if fs := scanText(t, e, "封面为机密★10年。"); len(hits(fs, "A01", finding.S1)) == 0 {
		t.Error(summary(fs))
	}
}

func TestWhatPassedIsListed(t *testing.T) {
	e := listed(t, "砺锋,S2,产品名\n", "砺锋青年突击队,*,团队名,王审\n")
	d := &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: "由砺锋青年突击队完成。\n再由砺锋青年突击队验收。"}}}
	found, allowed, err := e.ScanAll(context.Background(), d)
	if err != nil || len(hits(found, "W01", finding.S3)) != 0 || len(allowed) != 2 {
		t.Fatal(err, summary(found), summary(allowed))
	}
	f := allowed[1]
	if f.Text != "砺锋" || f.Where != "正文 第2段" || f.Fingerprint == "" || !strings.Contains(f.Why(), "团队名（王审）") {
		t.Error(summary(allowed))
	}
}

func TestManyNotesGoIntoTheReasons(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "星槎构件%03d,S2,第%d号构件\n", i, i)
	}
	e := listed(t, b.String(), "砺锋青年突击队,*,团队名,王审\n")
	fs := hits(scanText(t, e, "采用星槎构件042。"), "W01", finding.S2)
	if len(fs) != 1 || !strings.Contains(fs[0].Why(), "第42号构件") {
		t.Error(summary(fs))
	}
}
