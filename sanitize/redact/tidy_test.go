package redact_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
)

// tidied carries out a plan that treats the parts of a text marked by ‹rule|phrase›.
func tidied(t *testing.T, marked string) string {
	t.Helper()
	var text strings.Builder
	var marks [][3]int // rule, start, end
	rules := []string{}
	n := 0
	for rest := marked; rest != ""; {
		before, after, ok := strings.Cut(rest, "‹")
		text.WriteString(before)
		n += len([]rune(before))
		if !ok {
			break
		}
		inner, tail, _ := strings.Cut(after, "›")
		id, phrase, _ := strings.Cut(inner, "|")
		text.WriteString(phrase)
		marks = append(marks, [3]int{len(rules), n, n + len([]rune(phrase))})
		rules = append(rules, id)
		n += len([]rune(phrase))
		rest = tail
	}
	doc := plainText(text.String())
	var fs []finding.Finding
	for _, m := range marks {
		fs = append(fs, spanned(doc, rules[m[0]], document.Span{Start: m[1], End: m[2]}))
	}
	out, err := redact.Plan(doc, fs, redact.Policy{AllowS1: true, Rule: builtin(t)})
	if err != nil {
		t.Fatal(err)
	}
	return redact.Spliced(doc.Parts[0].Text, out.Plan.Edits)
}

func plainText(text string) *document.Document {
	return &document.Document{Kind: "txt", Parts: []document.Part{{ID: "text", Label: "正文", Role: document.RoleBody, Text: text}}}
}

func spanned(doc *document.Document, id string, s document.Span) finding.Finding {
	return finding.Finding{
		Rule: id, Group: id[:1], Level: finding.S2, Part: "text", Span: s, Fingerprint: id + string(rune('a'+s.Start%26)),
		Text: string([]rune(doc.Parts[0].Text)[s.Start:s.End]),
	}
}

// TestTidy shows what a reader of the copy sees where something was taken away. D03
// deletes, E02 says 有关合作约定, B02 内部网络.
func TestTidy(t *testing.T) {
	for marked, want := range map[string]string{
		"已签‹E02|保密协议（编号 NDA›-2026-077），资料从略。":            "已签有关合作约定，资料从略。",
		"已签‹E02|保密协议（›这一条很长很长很长很长很长很长很长很长很长很长很长很长很长）从略。": "已签有关合作约定（这一条很长很长很长很长很长很长很长很长很长很长很长很长很长）从略。",
		"方案（见附件三所列各种资料‹D03|丙）与警力部署›等。":                   "方案（见附件三所列各种资料）等。",
		"（‹D03|警力部署›）另附。":                                "另附。",
		"（‹D03|警力部署›、‹D03|路线›）另附。":                       "另附。",
		"用“‹D03|警力部署›”表示。":                               "用表示。",
		"园区有泵房，‹D03|警力部署›，另有库房。":                         "园区有泵房，另有库房。",
		"‹D03|警力部署›，请提前登记。":                              "请提前登记。",
		"园区有泵房，‹D03|警力部署›。":                              "园区有泵房。",
		"前句。‹D03|警力部署›。后句。":                              "前句。后句。",
		"序列号：‹D03|X1234›。":                               "序列号：（略）。",
		"口令为 ‹D03|X1234›，每季更换。":                          "口令为（略），每季更换。",
		"AccessKey ID ‹D03|X1234›，另存。":                   "AccessKey ID （略），另存。",
		"api_key = \"‹D03|X1234›\"":                      "api_key =（略）",
		"接入‹B02|涉密网›、‹B02|涉密内网›两处。":                      "接入内部网络两处。",
		"由‹D03|警力部署›保障。":                                 "由保障。",
		"负责人：‹D03|警力部署›三楼":                               "负责人：三楼",
		"左栏\t‹D03|警力部署›\t右栏":                             "左栏\t\t右栏",
		"中有 ‹D03|警力部署› 空格":                               "中有 空格",
		"见‹D03|警力（一›）及（二）":                               "见及（二）",
		"书‹D03|名《警力部署›方案》发":                              "书发",
		"写作‹D03|警\u200b力›，另行":                            "写作，另行",
	} {
		if got := tidied(t, marked); got != want {
			t.Errorf("%s\n got %q\nwant %q", marked, got, want)
		}
	}
}

// TestTidyKeepsDecidedWords: what a person put stays as it is.
func TestTidyKeepsDecidedWords(t *testing.T) {
	doc := plainText("甲（乙）、（丙）丁")
	f := spanned(doc, "D03", document.Span{Start: 2, End: 3})
	out, err := redact.Plan(doc, []finding.Finding{f}, redact.Policy{AllowS1: true, Rule: builtin(t), Decisions: []redact.Decision{{Fingerprint: f.Fingerprint, Action: redact.ActionReplace, Text: "某（"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := redact.Spliced(doc.Parts[0].Text, out.Plan.Edits); got != "甲（某（）、（丙）丁" {
		t.Errorf("got %q", got)
	}
}

// TestStarsSpareBrackets: in a page with fixed glyphs the halves of brackets stay together too.
func TestStarsSpareBrackets(t *testing.T) {
	doc := plainText("根据《关于组织的通知》（甲）办理")
	doc.Kind = "ofd"
	out, err := redact.Plan(doc, []finding.Finding{spanned(doc, "D03", document.Span{Start: 0, End: 6})}, redact.Policy{AllowS1: true, Rule: builtin(t)})
	if err != nil {
		t.Fatal(err)
	}
	if got := redact.Spliced(doc.Parts[0].Text, out.Plan.Edits); got != "＊＊《＊＊＊织的通知》（甲）办理" {
		t.Errorf("got %q", got)
	}
}

var halves = map[rune]rune{')': '(', '）': '（', ']': '[', '》': '《', '”': '“', '】': '【'}

// whole tells whether every bracket of every line has its other half, in order.
func whole(text string) bool {
	var stack []rune
	for _, r := range text {
		switch {
		case strings.ContainsRune("(（[《“【", r):
			stack = append(stack, r)
		case halves[r] != 0:
			if len(stack) == 0 || stack[len(stack)-1] != halves[r] {
				return false
			}
			stack = stack[:len(stack)-1]
		case r == '\n' || r == '\t':
			if len(stack) > 0 {
				return false
			}
		}
	}
	return len(stack) == 0
}

// nested draws a line whose brackets are whole.
func nested(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 4).Draw(t, "pieces") {
			b.WriteString(rapid.SampledFrom([]string{"甲", "乙丙", "，", "、", "。", "：", " ", "x12", "为", "保密协议", "\u200b"}).Draw(t, "word"))
			if depth > 0 && rapid.Bool().Draw(t, "bracket") {
				p := rapid.SampledFrom([]string{"()", "（）", "[]", "《》", "“”", "【】"}).Draw(t, "pair")
				r := []rune(p)
				b.WriteRune(r[0])
				b.WriteString(nested(depth-1).Draw(t, "inner"))
				b.WriteRune(r[1])
			}
		}
		return b.String()
	})
}

// TestTidyProperty: whatever is taken away, brackets that were whole are whole
// afterwards, nothing that was to go is left, and edits stay in order without overlap.
func TestTidyProperty(t *testing.T) {
	rules := builtin(t)
	rapid.Check(t, func(t *rapid.T) {
		text := nested(3).Draw(t, "line") + rapid.SampledFrom([]string{"", "\n", "\t"}).Draw(t, "end") + nested(3).Draw(t, "more")
		doc := plainText(text)
		doc.Kind = document.Kind(rapid.SampledFrom([]string{"txt", "docx", "ofd"}).Draw(t, "kind"))
		n := len([]rune(text))
		if n == 0 {
			return
		}
		var fs []finding.Finding
		for range rapid.IntRange(1, 5).Draw(t, "findings") {
			a := rapid.IntRange(0, n-1).Draw(t, "start")
			b := rapid.IntRange(a+1, min(n, a+12)).Draw(t, "end")
			fs = append(fs, spanned(doc, rapid.SampledFrom([]string{"D03", "E02", "B02", "K02", "C13", "I18"}).Draw(t, "rule"), document.Span{Start: a, End: b}))
		}
		for i := range fs {
			fs[i].Fingerprint = string(rune('a' + i))
		}
		out, err := redact.Plan(doc, fs, redact.Policy{AllowS1: true, Rule: rules})
		if err != nil {
			t.Fatal(err)
		}
		es := out.Plan.Edits
		if !slices.IsSortedFunc(es, func(a, b document.Edit) int { return a.Start - b.Start }) {
			t.Fatalf("edits out of order: %v", es)
		}
		covered := make([]bool, n)
		for i, e := range es {
			if i > 0 && e.Start < es[i-1].End || e.Start < 0 || e.End > n || e.Len() == 0 {
				t.Fatalf("edits overlap or leave the text: %v", es)
			}
			for k := e.Start; k < e.End; k++ {
				covered[k] = true
			}
		}
		for _, f := range fs {
			for k := f.Start; k < f.End; k++ {
				if r := []rune(text)[k]; !covered[k] && r != '\n' && r != '\t' && (doc.Kind != "ofd" || !strings.ContainsRune("()（）[]《》“”【】", r)) {
					t.Fatalf("%q of %q stays", r, f.Text)
				}
			}
		}
		if got := redact.Spliced(text, es); !whole(got) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

// builtin gives the rules of the program by their ids.
func builtin(t testing.TB) func(string) *rule.Rule {
	t.Helper()
	set, err := rule.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set.Rule
}
