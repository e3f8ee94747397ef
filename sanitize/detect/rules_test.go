package detect_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// loaded is the engine with all built-in rules and the dictionary.
var loaded = sync.OnceValues(func() (*detect.Engine, *rule.Set) {
	set, err := rule.Builtin()
	if err != nil {
		panic(err)
	}
	e, err := detect.New(set, detect.Options{})
	if err != nil {
		panic(err)
	}
	if err := e.Wait(context.Background()); err != nil {
		panic(fmt.Errorf("run go generate ./assets: %w", err))
	}
	return e, set
})

func scanText(t testing.TB, e *detect.Engine, text string) []finding.Finding {
	t.Helper()
	return scanDocument(t, e, &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: text}}})
}

func scanDocument(t testing.TB, e *detect.Engine, d *document.Document) []finding.Finding {
	t.Helper()
	fs, err := e.Scan(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

func hits(fs []finding.Finding, id string, lightest finding.Level) (out []finding.Finding) {
	for _, f := range fs {
		if f.Rule == id && f.Level <= lightest {
			out = append(out, f)
		}
	}
	return out
}

// fromReaders are the rules that readers give, by way of Part.Hidden; they have
// no texts of their own.
func fromReaders(r *rule.Rule) bool { return r.Structure == "reader" }

// TestEveryRuleProvesItself walks the texts of all rules through the whole engine.
func TestEveryRuleProvesItself(t *testing.T) {
	e, set := loaded()
	for _, r := range set.Rules {
		t.Run(r.ID, func(t *testing.T) {
			if !fromReaders(r) && (len(r.Yes) < 3 || len(r.No) < 3) {
				t.Errorf("%s has %d texts that must hit and %d that must not; three each are asked for", r.ID, len(r.Yes), len(r.No))
			}
			for _, text := range r.Yes {
				if fs := scanText(t, e, text); len(hits(fs, r.ID, max(r.Lvl(), finding.S3))) == 0 {
					t.Errorf("must hit: %s%s", text, summary(fs))
				}
			}
			for _, text := range r.No {
				if fs := hits(scanText(t, e, text), r.ID, finding.S3); len(fs) > 0 {
					t.Errorf("must not hit: %s%s", text, summary(fs))
				}
			}
			if r.Basis == "" || r.About == "" || r.Treatment.Action == "" {
				t.Errorf("%s lacks legal basis, explanation or treatment", r.ID)
			}
		})
	}
}

func summary(fs []finding.Finding) string {
	var b strings.Builder
	for i := range fs {
		fmt.Fprintf(&b, "\n\t%s %s %q %.2f %s", fs[i].Rule, fs[i].Level, fs[i].Text, fs[i].Score, fs[i].Why())
	}
	return b.String()
}
