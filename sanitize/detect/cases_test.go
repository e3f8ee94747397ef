package detect_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// labelled is a text with what must be found in it and what must be left alone;
// places count runes. Everybody in the texts is invented.
type labelled struct {
	ID     string  `json:"id"`
	Kind   string  `json:"kind"`
	Text   string  `json:"text"`
	Expect []place `json:"expect"`
	Forbid []place `json:"forbid"`
	Clean  bool    `json:"clean"`
}

type place struct {
	Group string   `json:"group"`
	Alt   []string `json:"alt"`
	Text  string   `json:"text"`
	At    int      `json:"at"`
	Mode  string   `json:"mode"` // touch: two characters are enough
}

func readCases(t *testing.T) []labelled {
	t.Helper()
	f, err := os.Open("testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c labelled
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("case %d: %v", len(out)+1, err)
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCases asserts the labelled cases: what is expected is covered by findings of
// its group at S1 to S3, what is forbidden is touched by none.
func TestCases(t *testing.T) {
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := detect.New(set, detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	cases := readCases(t)
	if len(cases) < 60 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.ID+" "+c.Kind, func(t *testing.T) {
			d := &document.Document{Parts: []document.Part{{ID: "text", Label: "正文", Role: document.RoleBody, Text: c.Text}}}
			all, err := e.Scan(context.Background(), d)
			if err != nil {
				t.Fatal(err)
			}
			var found []finding.Finding
			for _, f := range all {
				if f.Level != finding.S4 {
					found = append(found, f)
				}
			}
			c.check(t, found)
		})
	}
}

func (c labelled) check(t *testing.T, found []finding.Finding) {
	t.Helper()
	for _, p := range c.Expect {
		need, got := p.covered([]rune(c.Text), found)
		if p.Mode == "touch" && got < min(2, need) || p.Mode != "touch" && got < need {
			t.Errorf("%q: %d of %d characters of %s found in %q", p.Text, got, need, p.Group, c.Text)
		}
	}
	for _, p := range c.Forbid {
		for _, f := range found {
			if (p.Group == "*" || p.Group == f.Group) && f.Start < p.end() && f.End > p.At {
				t.Errorf("%q must be left alone: %s %q", p.Text, f.Rule, f.Text)
			}
		}
	}
	if c.Clean && len(found) > 0 {
		t.Errorf("%s %q found in %q", found[0].Rule, found[0].Text, c.Text)
	}
}

func (p place) end() int { return p.At + len([]rune(p.Text)) }

// covered counts the characters of a place, punctuation and blanks aside, and how
// many of them findings of its groups cover.
func (p place) covered(text []rune, found []finding.Finding) (need, got int) {
	for i := p.At; i < p.end(); i++ {
		if unicode.IsPunct(text[i]) || unicode.IsSpace(text[i]) || unicode.Is(unicode.Cf, text[i]) {
			continue
		}
		need++
		for _, f := range found {
			if f.Start <= i && i < f.End && (f.Group == p.Group || strings.Contains(strings.Join(p.Alt, ""), f.Group)) {
				got++
				break
			}
		}
	}
	return need, got
}
