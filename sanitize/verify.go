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
	more, err := e.changed(ctx, name, out.Document)
	if err != nil {
		return nil, err
	}
	out.Findings = append(found, more...)
	return &out, nil
}

// changed tells of a copy of ours that it was changed since: what was added to a PDF
// may be read by nobody.
func (e *Engine) changed(ctx context.Context, name string, doc *document.Document) ([]finding.Finding, error) {
	if doc.Kind != "pdf" {
		return nil, nil
	}
	src, err := load(name)
	if err != nil {
		return nil, err
	}
	problems, err := e.pool.Changed(ctx, src)
	if err != nil && asRefusal(ctx, err) == nil {
		return nil, err
	}
	if err != nil {
		problems = []string{asRefusal(ctx, err).Error()}
	}
	var out []finding.Finding
	for _, p := range problems {
		out = append(out, finding.Finding{
			Rule: "N05", Group: "N", Name: "副本结构有改动", Level: finding.S2, Where: "文件结构", Hidden: "文件结构", Score: 1,
			Text: "副本在生成后被改动", Reasons: []finding.Reason{{Text: p, Delta: 1}}, Fingerprint: "changed",
		})
	}
	return out, nil
}
