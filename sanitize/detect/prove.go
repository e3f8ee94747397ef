package detect

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// Prove runs the texts of rule files against the rules of a set: one that must hit
// and does not, and one that must not and does (at S1–S3), is a problem with its
// file and line. Texts of rules that are not in the set are
// passed over. The error is the context's, or that the set cannot be compiled.
func Prove(ctx context.Context, set *rule.Set, texts []rule.Text) ([]rule.Problem, error) {
	e, err := New(set, Options{})
	if err != nil {
		return nil, err
	}
	if err := e.Wait(ctx); err != nil {
		return nil, err
	}
	var out []rule.Problem
	for _, t := range texts {
		r := set.Rule(t.Rule)
		if r == nil {
			continue
		}
		d := &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: t.Text}}}
		found, err := e.Scan(ctx, d)
		if err != nil {
			return nil, err
		}
		lightest := finding.S3
		if t.Hit {
			lightest = finding.S4
		}
		hit := false
		for i := range found {
			hit = hit || found[i].Rule == t.Rule && found[i].Level <= lightest
		}
		switch {
		case t.Hit && !hit:
			out = append(out, rule.Problem{File: t.File, Line: t.Line, Message: fmt.Sprintf("规则 %s 未命中应命中的“%s”", t.Rule, t.Text)})
		case !t.Hit && hit:
			out = append(out, rule.Problem{File: t.File, Line: t.Line, Message: fmt.Sprintf("规则 %s 误中不应命中的“%s”", t.Rule, t.Text)})
		}
	}
	return out, nil
}
