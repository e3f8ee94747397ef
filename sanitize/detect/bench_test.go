package detect_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-ego/gse"

	"jinggao/assets"
	"jinggao/sanitize/document"
	"jinggao/sanitize/internal/benchtext"
	"jinggao/sanitize/rule"
)

// Half a megabyte is enough to measure: the slow methods take seconds for it.
const benchBytes = 500_000

func scanAll(b *testing.B, docs []string) {
	b.Helper()
	e, _ := loaded()
	benchtext.Report(b, benchtext.Bytes(docs), func() {
		for _, d := range docs {
			scanDocument(b, e, &document.Document{Parts: []document.Part{body(d)}})
		}
	})
}

// BenchmarkScan is detection as a whole: all rules, evidence and reasons.
func BenchmarkScan(b *testing.B) {
	_, set := loaded()
	b.Run("normal", func(b *testing.B) { scanAll(b, benchtext.Normal(benchBytes)) })
	b.Run("mixed", func(b *testing.B) { scanAll(b, benchtext.Mixed(set, benchBytes)) })
	b.Run("dense", func(b *testing.B) { scanAll(b, benchtext.Dense(set, benchBytes/5)) })
	b.Run("roster", func(b *testing.B) { scanAll(b, []string{benchtext.Roster(300), benchtext.Roster(300)}) })
}

// terms are all words of the rules' lists.
func terms(set *rule.Set) []string {
	var out []string
	for _, r := range set.Rules {
		out = append(out, r.Terms...)
		for _, p := range r.Patterns {
			out = append(out, p.Anchors...)
		}
	}
	return out
}

// BenchmarkSegmentEverything cuts the same text into words and looks each up in
// the list of terms, which is what simple filters do.
func BenchmarkSegmentEverything(b *testing.B) {
	_, set := loaded()
	listed := map[string]bool{}
	for _, t := range terms(set) {
		listed[t] = true
	}
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictStr(string(assets.Packed(assets.Dictionary))); err != nil {
		b.Fatal(err)
	}
	found := 0
	compare(b, set, func(d string) {
		for line := range strings.Lines(d) {
			for _, s := range seg.Segment([]byte(line)) {
				if listed[s.Token().Text()] {
					found++
				}
			}
		}
	})
}

// compare runs a method over the texts that Scan is measured on.
func compare(b *testing.B, set *rule.Set, method func(d string)) {
	b.Helper()
	for name, docs := range map[string][]string{"normal": benchtext.Normal(benchBytes / 4), "mixed": benchtext.Mixed(set, benchBytes/4)} {
		b.Run(name, func(b *testing.B) {
			benchtext.Report(b, benchtext.Bytes(docs), func() {
				for _, d := range docs {
					method(d)
				}
			})
		})
	}
}

// BenchmarkContains looks for every term of the lists with strings.Contains.
func BenchmarkContains(b *testing.B) {
	_, set := loaded()
	list := terms(set)
	found := 0
	compare(b, set, func(d string) {
		for _, t := range list {
			if strings.Contains(d, t) {
				found++
			}
		}
	})
}

// personal are the usual patterns of personal data and credentials.
var personal = []string{
	`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`, `1[3-9]\d{9}`, `0\d{2,3}-?\d{7,8}`, `[\w.+-]+@[\w-]+\.[\w.-]+`,
	`(?:62|4\d|5[1-5])\d{14,17}`, `[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}`, `[EeGg][A-Za-z]?\d{7,8}`, `(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?`,
	`(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}`, `\d{2,3}\.\d{4,},\s?\d{2,3}\.\d{4,}`, `eyJ[\w-]+\.[\w-]+\.[\w-]+`, `(?:LTAI|AKIA|AKID)[0-9A-Za-z]{12,}`,
	`-----BEGIN [A-Z ]*PRIVATE KEY-----`, `(?:密码|口令)\s*[:：为是]\s*\S{4,32}`, `[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青蒙桂宁新藏][A-Z][·]?[A-Z0-9]{5,6}`, `[\p{Han}]{1,10}〔\d{4}〕\d{1,5}号`,
}

// BenchmarkRegexpsUsual runs sixteen usual patterns over the whole text, one by one.
func BenchmarkRegexpsUsual(b *testing.B) {
	_, set := loaded()
	byExpression(b, set, personal)
}

// BenchmarkRegexpsAll runs the patterns of the rules besides.
func BenchmarkRegexpsAll(b *testing.B) {
	_, set := loaded()
	list := append([]string(nil), personal...)
	for _, r := range set.Rules {
		for _, p := range r.Patterns {
			list = append(list, p.Expr)
		}
	}
	byExpression(b, set, list)
}

func byExpression(b *testing.B, set *rule.Set, list []string) {
	b.Helper()
	var res []*regexp.Regexp
	for _, x := range list {
		re, err := rule.Compile(x)
		if err != nil {
			b.Fatal(err)
		}
		res = append(res, re)
	}
	compare(b, set, func(d string) {
		for _, re := range res {
			re.FindAllStringIndex(d, -1)
		}
	})
}
