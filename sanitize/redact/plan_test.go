package redact_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
)

// rules of the tests.
func ruleOf(id string) *rule.Rule {
	return map[string]*rule.Rule{
		"I03": {ID: "I03", Treatment: rule.Treatment{Action: "mask", Mask: "phone"}},
		"I18": {ID: "I18", Treatment: rule.Treatment{Action: "mask", Mask: "name"}},
		"B02": {ID: "B02", Treatment: rule.Treatment{Action: "generalise", Text: "内部网络"}},
		"H01": {ID: "H01", Treatment: rule.Treatment{Action: "delete"}},
		"M01": {ID: "M01", Treatment: rule.Treatment{Action: "delete", Scope: "paragraph"}},
		"M10": {ID: "M10", Treatment: rule.Treatment{Action: "delete", Scope: "row"}},
		"A01": {ID: "A01", Withdraw: true, Treatment: rule.Treatment{Action: "withdraw"}},
		"I24": {ID: "I24", Treatment: rule.Treatment{Action: "mask", Mask: "columns"}},
		"K06": {ID: "K06", Treatment: rule.Treatment{Action: "human"}},
	}[id]
}

func docOf(text string) *document.Document {
	return &document.Document{Name: "a.txt", Kind: "txt", Parts: []document.Part{{ID: "text", Label: "正文", Role: document.RoleBody, Text: text}}}
}

// at makes a finding of the nth occurrence of a phrase.
func at(doc *document.Document, id string, level finding.Level, phrase string) finding.Finding {
	text := doc.Parts[0].Text
	i := strings.Index(text, phrase)
	if i < 0 {
		panic("the test's phrase is not in its text")
	}
	start := len([]rune(text[:i]))
	return finding.Finding{
		Rule: id, Group: id[:1], Name: id, Level: level, Part: "text", Where: "正文", Text: phrase, Fingerprint: id + phrase,
		Span: document.Span{Start: start, End: start + len([]rune(phrase))}, Withdraw: id == "A01",
	}
}

func planned(t *testing.T, doc *document.Document, p redact.Policy, fs ...finding.Finding) (*redact.Outcome, string) {
	t.Helper()
	p.Rule = ruleOf
	out, err := redact.Plan(doc, fs, p)
	if err != nil {
		t.Fatal(err)
	}
	return out, redact.Apply(doc, out.Plan).Document.Parts[0].Text
}

func TestTreatments(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		find [][2]string
		want string
	}{
		"mask":                 {"电话13800138000。", [][2]string{{"I03", "13800138000"}}, "电话138****8000。"},
		"generalise":           {"部署于涉密网。", [][2]string{{"B02", "涉密网"}}, "部署于内部网络。"},
		"delete":               {"口令abc@1。", [][2]string{{"H01", "abc@1"}}, "口令。"},
		"human":                {"标有商密字样", [][2]string{{"K06", "商密"}}, "标有字样"},
		"paragraph":            {"甲\n某领导批示：同意\n乙", [][2]string{{"M01", "批示"}}, "甲\n\n乙"},
		"over a line end":      {"电话138001\n38000。", [][2]string{{"I03", "138001\n38000"}}, "电话138***\n*8000。"},
		"covered":              {"联系人张建国13800138000", [][2]string{{"H01", "张建国13800138000"}, {"I03", "13800138000"}}, "联系人"},
		"partly overlapping":   {"甲乙丙丁", [][2]string{{"I18", "甲乙丙"}, {"B02", "乙丙丁"}}, "＊＊＊"},
		"overlapping deletion": {"甲乙丙丁", [][2]string{{"H01", "甲乙丙"}, {"K06", "乙丙丁"}}, ""},
		"same span, heavier":   {"见张建国", [][2]string{{"I18", "张建国"}, {"H01", "张建国"}}, "见"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := docOf(c.text)
			var fs []finding.Finding
			for _, f := range c.find {
				level := finding.S3
				if f[0] == "H01" {
					level = finding.S2
				}
				fs = append(fs, at(doc, f[0], level, f[1]))
			}
			_, got := planned(t, doc, redact.Policy{}, fs...)
			if got != c.want {
				t.Errorf("got %q want %q", got, c.want)
			}
		})
	}
}

func TestDigitsDealtOutToCells(t *testing.T) {
	doc := docOf("1\t3\t8\t0\t0\t1\t3\t8\t0\t0\t0")
	for i := range 11 {
		doc.Parts[0].Cells = append(doc.Parts[0].Cells, document.Cell{Span: document.Span{Start: 2 * i, End: 2*i + 1}, Col: i})
	}
	_, got := planned(t, doc, redact.Policy{}, at(doc, "I03", finding.S2, doc.Parts[0].Text))
	if want := "1\t3\t8\t*\t*\t*\t*\t8\t0\t0\t0"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
}

func table(lines ...string) *document.Document {
	doc := docOf(strings.Join(lines, "\n"))
	at := 0
	for row, l := range lines {
		for col, c := range strings.Split(l, "\t") {
			n := len([]rune(c))
			doc.Parts[0].Cells = append(doc.Parts[0].Cells, document.Cell{Span: document.Span{Start: at, End: at + n}, Row: row, Col: col})
			at += n + 1
		}
	}
	return doc
}

func TestListOfPersonsLosesItsPersonalColumns(t *testing.T) {
	for name, cells := range map[string]bool{"with cells": true, "lines only": false} {
		t.Run(name, func(t *testing.T) {
			doc := table("姓名\t单位\t电话", "张建国\t甲厂\t13800138000", "欧阳锋\t乙厂\t021-56781234")
			f := at(doc, "I24", finding.S2, doc.Parts[0].Text)
			if !cells {
				doc.Parts[0].Cells = nil
			}
			_, got := planned(t, doc, redact.Policy{}, f)
			if want := "姓名\t单位\t电话\n张某\t甲厂\t138****8000\n欧阳某\t乙厂\t021-****234"; got != want {
				t.Errorf("got %q want %q", got, want)
			}
		})
	}
}

func TestMaskedListIsSettled(t *testing.T) {
	doc := table("姓名\t单位\t电话", "张某\t甲厂\t138****8000", "\t乙厂\t＊＊＊")
	f := at(doc, "I24", finding.S2, "姓名")
	if !redact.Settled(doc, &f) {
		t.Error("a masked table is not settled")
	}
	doc = table("姓名\t单位\t电话", "张某\t甲厂\t13800138000")
	if redact.Settled(doc, &f) {
		t.Error("a phone number is settled")
	}
	doc = table("甲\t乙", "张建国\t13800138000")
	f = at(doc, "I24", finding.S2, "甲")
	if redact.Settled(doc, &f) {
		t.Error("a table without a head that is understood is settled")
	}
}

func TestRowGoesWhole(t *testing.T) {
	doc := table("甲\t1\tx", "乙\t2\ty")
	_, got := planned(t, doc, redact.Policy{}, at(doc, "M10", finding.S3, "2"))
	if want := "甲\t1\tx\n\t\t"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
}

func TestBlocking(t *testing.T) {
	doc := docOf("机密★10年，口令abc@1")
	mark := at(doc, "A01", finding.S1, "机密★10年")
	word := at(doc, "H01", finding.S1, "abc@1")
	both := redact.Decision{Action: redact.ActionNotAMark, Reason: "清点表中的字样", By: "甲", Confirmed: "乙"}
	decide := func(d redact.Decision, f finding.Finding) []redact.Decision {
		d.Fingerprint = f.Fingerprint
		return []redact.Decision{d}
	}
	alone := both
	alone.Confirmed = "甲"
	for name, c := range map[string]struct {
		find   []finding.Finding
		policy redact.Policy
		ok     bool
	}{
		"mark":                           {[]finding.Finding{mark}, redact.Policy{}, false},
		"mark, switch":                   {[]finding.Finding{mark}, redact.Policy{AllowS1: true}, false},
		"mark, ignored":                  {[]finding.Finding{mark}, redact.Policy{AllowS1: true, Decisions: decide(redact.Decision{Action: redact.ActionIgnore, Reason: "x", By: "甲", Confirmed: "乙"}, mark)}, false},
		"mark, masked":                   {[]finding.Finding{mark}, redact.Policy{AllowS1: true, Decisions: decide(redact.Decision{Action: redact.ActionMask, By: "甲", Confirmed: "乙"}, mark)}, false},
		"mark, no mark":                  {[]finding.Finding{mark}, redact.Policy{Decisions: decide(both, mark)}, true},
		"mark, no mark says one person":  {[]finding.Finding{mark}, redact.Policy{Decisions: decide(alone, mark)}, false},
		"s1":                             {[]finding.Finding{word}, redact.Policy{}, false},
		"s1, switch":                     {[]finding.Finding{word}, redact.Policy{AllowS1: true}, true},
		"s1, decided by one":             {[]finding.Finding{word}, redact.Policy{Decisions: decide(redact.Decision{Action: redact.ActionDelete, By: "甲"}, word)}, false},
		"s1, decided and confirmed":      {[]finding.Finding{word}, redact.Policy{Decisions: decide(redact.Decision{Action: redact.ActionDelete, By: "甲", Confirmed: "乙"}, word)}, true},
		"no mark where none was claimed": {[]finding.Finding{word}, redact.Policy{Decisions: decide(both, word)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.policy.Rule = ruleOf
			_, err := redact.Plan(doc, c.find, c.policy)
			var r *document.Refusal
			if c.ok != (err == nil) || err != nil && !errors.As(err, &r) {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "abc@1") {
				t.Error("the refusal holds document text")
			}
		})
	}
}

func TestUncheckedBlocks(t *testing.T) {
	doc := docOf("文字")
	doc.Unchecked = []document.Unchecked{{Kind: "page", Message: "第1页为图像", Blocking: true}}
	if _, err := redact.Plan(doc, nil, redact.Policy{Rule: ruleOf}); err == nil {
		t.Error("an unread page was let pass")
	}
	if _, err := redact.Plan(doc, nil, redact.Policy{Rule: ruleOf, AllowUnchecked: true}); err != nil {
		t.Error(err)
	}
}

func TestExceptions(t *testing.T) {
	doc := docOf("联系人张建国，电话13800138000。")
	name, phone := at(doc, "I18", finding.S3, "张建国"), at(doc, "I03", finding.S2, "13800138000")
	ds := []redact.Decision{
		{Fingerprint: name.Fingerprint, Action: redact.ActionIgnore, Reason: "法定公开人"},
		{Fingerprint: phone.Fingerprint, Action: redact.ActionIgnore, Reason: "公开电话", By: "甲"},
	}
	out, got := planned(t, doc, redact.Policy{Decisions: ds}, name, phone)
	if got != "联系人张建国，电话138****8000。" {
		t.Errorf("got %q", got)
	}
	if len(out.Exceptions) != 1 || len(out.Rejected) != 1 {
		t.Errorf("exceptions %v rejected %v", out.Exceptions, out.Rejected)
	}
}

func TestOwnWords(t *testing.T) {
	doc := docOf("联系人张建国")
	f := at(doc, "I18", finding.S3, "张建国")
	for text, want := range map[string]string{"课题负责人": "联系人课题负责人", "张建国（组长）": "联系人＊＊＊"} {
		_, got := planned(t, doc, redact.Policy{Decisions: []redact.Decision{{Fingerprint: f.Fingerprint, Action: redact.ActionReplace, Text: text}}}, f)
		if got != want {
			t.Errorf("got %q want %q", got, want)
		}
	}
}

func TestFixedPlacesGetOneStarACharacter(t *testing.T) {
	doc := docOf("见张 建国处")
	doc.Kind = "ofd"
	if _, got := planned(t, doc, redact.Policy{}, at(doc, "I18", finding.S3, "张 建国")); got != "见＊ ＊＊处" {
		t.Errorf("got %q", got)
	}
}

func TestHiddenAndHintsNeedNoEdit(t *testing.T) {
	doc := docOf("见张建国")
	hidden, hint := at(doc, "I18", finding.S3, "张建国"), at(doc, "I18", finding.S4, "张建国")
	hidden.Hidden = "批注"
	out, _ := planned(t, doc, redact.Policy{}, hidden, hint)
	if len(out.Plan.Edits) != 0 {
		t.Errorf("edits %v", out.Plan.Edits)
	}
}

// Whatever overlaps whatever, the plan is sorted, free of overlaps, cuts no line
// end, and none of the treated text is left where it stood.
func TestPlanProperty(t *testing.T) {
	ids := []string{"I03", "I18", "B02", "H01", "M01", "K06"}
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOfN(rapid.SampledFrom([]rune("子丑寅卯辰巳午未\n\t")), 1, 40, -1).Draw(t, "text"))
		doc := docOf(string(text))
		var fs []finding.Finding
		covered := make([]bool, len(text))
		for range rapid.IntRange(0, 6).Draw(t, "findings") {
			a := rapid.IntRange(0, len(text)-1).Draw(t, "start")
			b := rapid.IntRange(a+1, len(text)).Draw(t, "end")
			fs = append(fs, finding.Finding{Rule: rapid.SampledFrom(ids).Draw(t, "rule"), Level: finding.S2, Part: "text", Span: document.Span{Start: a, End: b}, Text: string(text[a:b])})
			for i := a; i < b; i++ {
				covered[i] = true
			}
		}
		out, err := redact.Plan(doc, fs, redact.Policy{Rule: ruleOf})
		if err != nil {
			t.Fatal(err)
		}
		edited := make([]bool, len(text))
		last := 0
		for _, e := range out.Plan.Edits {
			if e.Start < last || e.End <= e.Start || e.End > len(text) {
				t.Fatalf("edit %+v out of order", e)
			}
			last = e.End
			for i := e.Start; i < e.End; i++ {
				edited[i] = true
				if text[i] == '\n' {
					t.Fatalf("edit %+v takes a line end", e)
				}
			}
		}
		for i := range text {
			if covered[i] && !edited[i] && text[i] != '\n' && text[i] != '\t' {
				t.Fatalf("rune %d was found and not treated", i)
			}
		}
	})
}

// A span of the applied text maps back to a span that covers where it came from.
func TestBackCovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "length")
		text := []rune(strings.Repeat("子丑寅卯辰巳午未", 4))[:n]
		doc := docOf(string(text))
		var plan document.Plan
		for at := 0; at < n; {
			a := rapid.IntRange(at, n).Draw(t, "start")
			b := rapid.IntRange(a, n).Draw(t, "end")
			if b == a {
				break
			}
			plan.Edits = append(plan.Edits, document.Edit{Part: "text", Span: document.Span{Start: a, End: b}, Text: strings.Repeat("x", rapid.IntRange(0, 3).Draw(t, "with"))})
			at = b
		}
		applied := redact.Apply(doc, plan)
		got := []rune(applied.Document.Parts[0].Text)
		if len(got) == 0 {
			return
		}
		a := rapid.IntRange(0, len(got)-1).Draw(t, "from")
		b := rapid.IntRange(a+1, len(got)).Draw(t, "to")
		back := applied.Back("text", document.Span{Start: a, End: b})
		if back.Start < 0 || back.End > n || back.Start > back.End {
			t.Fatalf("back %+v", back)
		}
		source := string(text[back.Start:back.End])
		for _, r := range got[a:b] {
			if r != 'x' && !slices.Contains([]rune(source), r) {
				t.Fatalf("%q is not in %q", r, source)
			}
		}
	})
}
