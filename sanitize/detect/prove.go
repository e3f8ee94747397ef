package detect

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// Prove runs the texts of rule files: one that must hit and does not, and one that
// must not and does (at S1–S3), is a problem with its file and line. set is the rules
// in force, own those of the files alone: where another rule of the set takes the place,
// a hit of the rule by itself counts as well. Texts of rules that are not in the set are
// passed over. The error is the context's, or that a set cannot be compiled.
func Prove(ctx context.Context, set, own *rule.Set, texts []rule.Text) ([]rule.Problem, error) {
	all, err := prover(ctx, set)
	if err != nil {
		return nil, err
	}
	var alone *Engine
	var out []rule.Problem
	for _, t := range texts {
		if set.Rule(t.Rule) == nil {
			continue
		}
		hit, err := all.hits(ctx, t)
		if err != nil {
			return nil, err
		}
		if t.Hit && !hit {
			if alone == nil {
				if alone, err = prover(ctx, own); err != nil {
					return nil, err
				}
			}
			if hit, err = alone.hits(ctx, t); err != nil {
				return nil, err
			}
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

func prover(ctx context.Context, set *rule.Set) (*Engine, error) {
	e, err := New(set, Options{})
	if err != nil {
		return nil, err
	}
	return e, e.Wait(ctx)
}

// hits tells whether the rule of a text finds anything in it; a hint counts for a text
// that must hit.
func (e *Engine) hits(ctx context.Context, t rule.Text) (bool, error) {
	d := &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: t.Text}}}
	found, err := e.Scan(ctx, d)
	if err != nil {
		return false, err
	}
	lightest := finding.S3
	if t.Hit {
		lightest = finding.S4
	}
	for i := range found {
		if found[i].Rule == t.Rule && found[i].Level <= lightest {
			return true, nil
		}
	}
	return false, nil
}
