package sanitize

import (
	"context"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Verify re-reads a file; the report holds what is still there at S1–S3 outside
// the exceptions. Combinations without a phrase are listed under Unchecked of the
// document: a person looks at them. A refused file is a Report with Refused set.
func (e *Engine) Verify(ctx context.Context, name string, exceptions []finding.Finding) (*Report, error) {
	reports, err := e.Scan(ctx, name)
	if err != nil {
		return nil, err
	}
	out := reports[0]
	if out.Document == nil { // refused
		return &out, nil
	}
	exceptions = append([]finding.Finding(nil), exceptions...)
	var found []finding.Finding
	for i, r := range reports {
		if r.Refused != nil {
			out.Document.Unchecked = append(out.Document.Unchecked, document.Unchecked{Kind: "member", Message: r.Path + "：" + r.Refused.Error(), Blocking: true})
			continue
		}
		out.Document.Unchecked = append(out.Document.Unchecked, redact.Persons(r.Findings, exceptions)...)
		rest := residual(r.Document, r.Findings, exceptions)
		for _, f := range rest {
			if i > 0 {
				f.Where = base(r.Path) + " " + f.Where
			}
			found = append(found, f)
		}
	}
	out.Findings = found
	return &out, nil
}
