package sanitize

import (
	"context"
	"errors"
	"slices"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Preview is how a document would read in its clean copy, as far as people have
// decided. What is open stands as it was: no copy is made before it is decided.
type Preview struct {
	// Text are the visible parts as they will read, with the way there and back; nil
	// where there would be no copy at all (Withheld).
	Text *redact.Applied
	// Plan is what is carried out.
	Plan document.Plan
	// Withheld says why the file is not copied at all: it holds a mark.
	Withheld *document.Refusal
	// Tried tells whether the plan was tried on the text and widened by what showed
	// only then, as it is for a copy. It is false for a draft.
	Tried bool
}

// Preview carries the decisions of a job out on the text of a document, by the code
// that makes the copy; see API. Found are the findings of the document's own report.
func (e *Engine) Preview(ctx context.Context, doc *document.Document, found []finding.Finding, job Job, draft func(*Preview)) (*Preview, error) {
	policy := e.policy(doc, job)
	policy.AllowS1, policy.AllowUnchecked = true, true // who has to confirm or to look at what is the reviewer's to see
	decided, open := undecided(found, job.Decisions)
	var tell func(*redact.Outcome)
	if draft != nil {
		tell = func(out *redact.Outcome) { draft(&Preview{Text: redact.Apply(doc, out.Plan), Plan: out.Plan}) }
	}
	out, err := e.try(ctx, doc, decided, policy, open, tell)
	var block *redact.Block
	if errors.As(err, &block) {
		return &Preview{Withheld: block.Refusal, Tried: true}, nil
	}
	if err != nil {
		return nil, err
	}
	return &Preview{Text: out.applied, Plan: out.Plan, Tried: true}, nil
}

// undecided parts the findings that ask for a decision and have none that holds, or
// none yet, from the others.
func undecided(found []finding.Finding, decisions []redact.Decision) (decided, open []finding.Finding) {
	held := map[string]*redact.Decision{}
	for i := range decisions {
		held[decisions[i].Fingerprint] = &decisions[i]
	}
	for i := range found {
		f := &found[i]
		switch d := held[f.Fingerprint]; {
		case d.Holds(f), f.Hidden != "", f.Withdraw: // these go, or take the file with them
			decided = append(decided, *f)
		default:
			open = append(open, *f)
		}
	}
	return decided, open
}

// beside leaves out what of a second detection touches a place that is open.
func beside(left, open []finding.Finding, applied *redact.Applied) []finding.Finding {
	return slices.DeleteFunc(left, func(f finding.Finding) bool {
		at := applied.Back(f.Part, f.Span)
		return slices.ContainsFunc(open, func(o finding.Finding) bool {
			return o.Part == f.Part && o.Overlaps(at)
		})
	})
}
