package review

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Words that a person marked as sensitive (手动补标) are kept as a decision whose
// fingerprint says where they stand: manual/START-END/PART/WORDS, the last two
// escaped. Nothing else has to be stored, and undo takes the mark away.

const manualPrefix = "manual/"

// RuleManual is the rule id of places marked by hand.
const RuleManual = "U01"

func isManual(fingerprint string) bool { return strings.HasPrefix(fingerprint, manualPrefix) }

// Missed makes a finding of words that a person marked in a document. The span
// counts runes of the part.
func Missed(d *document.Document, part string, s document.Span) (finding.Finding, error) {
	if d == nil {
		return finding.Finding{}, ErrNoSelection
	}
	pt := d.Part(part)
	if pt == nil || s.Start >= s.End {
		return finding.Finding{}, ErrNoSelection
	}
	text := []rune(pt.Text)
	if s.End > len(text) || s.Start < 0 {
		return finding.Finding{}, ErrNoSelection
	}
	words := string(text[s.Start:s.End])
	if strings.TrimSpace(words) == "" || strings.Contains(words, "\n") {
		return finding.Finding{}, ErrNoSelection
	}
	return finding.Finding{
		Rule: RuleManual, Group: "U", Name: "人工补标", Level: finding.S2, Basis: "由经办在原文中补标",
		Part: part, Where: pt.Label, Span: s, Text: words, Normal: words, Score: 1,
		Reasons: []finding.Reason{{Text: "由经办在原文中补标", Delta: 1}},
		Suggest: "＊＊＊",
		Fingerprint: fmt.Sprintf("%s%d-%d/%s/%s", manualPrefix, s.Start, s.End,
			url.QueryEscape(part), url.QueryEscape(words)),
	}, nil
}

// Manual finds the places of a document that were marked by hand among the
// decisions about its file. Words that stand there no longer are left out.
func Manual(d *document.Document, decided map[string]redact.Decision) []finding.Finding {
	var out []finding.Finding
	for fp := range decided {
		if f, ok := manualFinding(d, fp); ok {
			out = append(out, f)
		}
	}
	return out
}

func manualFinding(d *document.Document, fp string) (finding.Finding, bool) {
	rest, ok := strings.CutPrefix(fp, manualPrefix)
	if !ok {
		return finding.Finding{}, false
	}
	f := strings.Split(rest, "/")
	if len(f) != 3 {
		return finding.Finding{}, false
	}
	a, b, _ := strings.Cut(f[0], "-")
	start, err1 := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	part, err3 := url.QueryUnescape(f[1])
	if err1 != nil || err2 != nil || err3 != nil {
		return finding.Finding{}, false
	}
	got, err := Missed(d, part, document.Span{Start: start, End: end})
	return got, err == nil && got.Fingerprint == fp
}

// Mark stores a span of the shown document as sensitive and makes it current.
func (p *Presenter) Mark(doc int, part string, s document.Span) (said string, err error) {
	if doc < 0 || doc >= len(p.docs) {
		return "", ErrNoSelection
	}
	clerk, _ := p.desk.People()
	if clerk == "" {
		return "", ErrClerk
	}
	f, err := Missed(p.docs[doc].Document, part, s)
	if err != nil {
		return "", err
	}
	d := &redact.Decision{Fingerprint: f.Fingerprint, Action: redact.ActionMask, By: clerk, At: p.now(), Reason: "人工补标"}
	file := p.docs[doc].File
	if err := p.desk.Apply("补标 1 处", []Change{{File: file, Fingerprint: f.Fingerprint, Decision: d}}); err != nil {
		return "", err
	}
	p.Reload()
	p.SelectKey(file, f.Fingerprint)
	return "补标“" + Brief(&Item{Finding: f}) + "”", nil
}
