package detect_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

func TestAllowList(t *testing.T) {
	day := time.Date(2026, 11, 24, 12, 0, 0, 0, time.Local)
	for _, c := range []struct {
		name, list, text, id string
		stays                bool
	}{
		{"longer word wins", "涉密网格化,B02,学术名词,王审\n", "研究涉密网格化方法。", "B02", false},
		{"other rule", "某局涉密网,A01,误写,王审\n", "部署于某局涉密网。", "B02", true},
		{"own words only", "某局涉密网,W,误写,王审\n", "部署于某局涉密网。", "B02", true},
		{"any rule", "某局涉密网,*,已批准公开,王审\n", "部署于某局涉密网。", "B02", false},
		{"last day", "某局涉密网,,已批准公开,王审,2026-11-24\n", "部署于某局涉密网。", "B02", false},
		{"expired", "某局涉密网,,已批准公开,王审,2026-11-23\n", "部署于某局涉密网。", "B02", true},
		{"a mark cannot be allowed", "机密★10年,A01,误报,王审\n", "封面为机密★10年。", "A01", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := rule.Builtin()
			if err != nil {
				t.Fatal(err)
			}
			if ps := set.AddAllow("白名单.csv", []byte(c.list)); len(ps) > 0 {
				t.Fatal(ps)
			}
			e, err := detect.New(set, detect.Options{Now: day, Dictionary: []byte{}})
			if err != nil {
				t.Fatal(err)
			}
			if fs := hits(scanText(t, e, c.text), c.id, finding.S3); (len(fs) > 0) != c.stays {
				t.Errorf("stays %v: %s", c.stays, summary(fs))
			}
		})
	}
}

// TestOwnWordsAllowed: an entry for W lets pass what the bureau's own words found, and that alone.
func TestOwnWordsAllowed(t *testing.T) {
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	ps := set.AddWords("词库.txt", []byte("星槎工程\tS2\n砺锋\tS3\n"))
	ps = append(ps, set.AddAllow("白名单.csv", []byte("星槎工程,W,已公开,王审\n"))...)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	e, err := detect.New(set, detect.Options{Dictionary: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	fs := scanText(t, e, "参加星槎工程，软件名为砺锋，联系人：林知夏。")
	for text, want := range map[string]bool{"星槎工程": false, "砺锋": true, "林知夏": true} {
		if found := slices.ContainsFunc(fs, func(f finding.Finding) bool { return f.Text == text && f.Level <= finding.S3 }); found != want {
			t.Errorf("%s found %v: %s", text, found, summary(fs))
		}
	}
}

func TestOwnWords(t *testing.T) {
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if ps := set.AddWords("词库.txt", []byte("星槎工程,S1,本单位代号,替换为：国家重点工程\n砺锋\tS3\n")); len(ps) > 0 {
		t.Fatal(ps)
	}
	e, err := detect.New(set, detect.Options{Dictionary: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	fs := scanText(t, e, "参加星 槎·工程的研制，软件名为砺锋。")
	var got []string
	for _, f := range fs {
		if f.Group == "W" {
			got = append(got, f.Level.String()+f.Text)
		}
	}
	if fmt.Sprint(got) != "[S1星 槎·工程 S3砺锋]" {
		t.Errorf("got %v%s", got, summary(fs))
	}
}
