package redact

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// Suggest is the text that the rule's treatment puts in place of the finding: ""
// for a deletion, and for what is withdrawn or hidden (those go as a whole).
func Suggest(r *rule.Rule, f *finding.Finding) string {
	if f.Withdraw || f.Hidden != "" {
		return ""
	}
	if r == nil {
		if f.Suggest != "" {
			return f.Suggest
		}
		return Fixed
	}
	switch t := r.Treatment; t.Action {
	case "mask":
		return Mask(t.Mask, f.Text)
	case "replace", "generalise":
		return general(t, f)
	case "keep":
		if f.Level == finding.S4 {
			return f.Text
		}
		return Mask(t.Mask, f.Text)
	}
	return "" // delete, human, withdraw that a lower level has made a phrase
}

// general gives the wording of a generalising rule: its own text, or a coarser value.
func general(t rule.Treatment, f *finding.Finding) string {
	if t.Mask != "" && t.Mask != "fixed" {
		if m := maskers[t.Mask]; m != nil {
			if out := m(visible(f.Text)); out != "" {
				return out
			}
		}
	}
	if t.Text != "" {
		return t.Text
	}
	return Fixed
}

// Wordless tells rules about a whole (a map, a combination of features) that have
// no phrase to treat: a person looks at them.
func Wordless(f *finding.Finding) bool {
	return f.Rule == "F06" || f.Rule == "N10" || f.Len() == 0
}

// scopeOf says how much goes with a finding.
func scopeOf(r *rule.Rule, d *Decision) document.Scope {
	switch {
	case d != nil && d.Scope != "":
		return document.Scope(d.Scope)
	case d != nil && d.Action != "" && d.Action != ActionDelete:
		return document.ScopePhrase
	case r != nil && r.Treatment.Action == "delete":
		return document.Scope(r.Treatment.Scope)
	}
	return document.ScopePhrase
}
