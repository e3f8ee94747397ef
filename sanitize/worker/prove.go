package worker

import (
	"context"
	"errors"

	"jinggao/sanitize/document"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/odfproof"
	"jinggao/sanitize/verify/ofdproof"
	"jinggao/sanitize/verify/ooxmlproof"
	"jinggao/sanitize/verify/pdfproof"
)

// proofHead is the part of a Proof that travels as JSON.
type proofHead struct {
	Kind      document.Kind  `json:"kind"`
	Forbidden []string       `json:"forbidden,omitempty"`
	Boxes     []document.Box `json:"boxes,omitempty"`
	DPI       int            `json:"dpi,omitempty"`
	Layer     bool           `json:"layer,omitempty"`
	Plan      document.Plan  `json:"plan,omitzero"`
	Text      []string       `json:"text,omitempty"`
}

// Proof asks whether an output holds what it must not.
type Proof struct {
	Name      string // of the output
	Original  []byte
	Output    []byte
	Kind      document.Kind // of the output
	Forbidden []string      // strings that must be gone
	Boxes     []document.Box
	DPI       int
	// Of a PDF with text layers: the plan by which its text was treated, and the treated
	// text of the pages as it has been searched.
	Layer bool
	Plan  document.Plan
	Text  []string
}

// Prove searches an output in every layer and checks its structure. The problems
// found are in Chinese and hold no document text; none means proved. Errors are
// *document.Refusal (the proof itself failed), or ctx's own.
func (p *Pool) Prove(ctx context.Context, pr Proof) ([]string, error) {
	head := &proofHead{Kind: pr.Kind, Forbidden: pr.Forbidden, Boxes: pr.Boxes, DPI: pr.DPI, Layer: pr.Layer, Plan: pr.Plan, Text: pr.Text}
	res, _, err := p.do(ctx, request{Op: opProve, Name: pr.Name, Proof: head}, pr.Original, pr.Output)
	if err != nil {
		return nil, err
	}
	return res.Problems, nil
}

// prove is the child's side.
func prove(ctx context.Context, req request, blobs [][]byte) ([]string, error) {
	if req.Proof == nil || len(blobs) != 2 {
		return nil, &document.Refusal{What: "核验请求不完整", Do: "请重试"}
	}
	searched := blobs[1]
	if req.Proof.Kind == "pdf" {
		searched = pdfproof.Searchable(searched)
	}
	problems := verify.Leaks("副本", searched, req.Proof.Forbidden)
	more, err := structure(ctx, req.Proof, req.Name, blobs[0], blobs[1])
	if err != nil {
		return nil, err
	}
	return append(problems, more...), nil
}

// Changed tells of a file that begins as a clean copy of ours what is no longer so in
// its structure. None for an untouched copy, and for a file of any other make. Errors
// are *document.Refusal, or ctx's own.
func (p *Pool) Changed(ctx context.Context, src document.Source) ([]string, error) {
	res, _, err := p.do(ctx, request{Op: opChanged, Name: src.Name}, src.Data)
	if err != nil {
		return nil, err
	}
	return res.Problems, nil
}

// changed is the child's side.
func changed(src document.Source) []string {
	if err := pdfproof.Changed(src.Data); err != nil {
		return []string{problem(err)}
	}
	return nil
}

// structure runs the checks that know the output's format.
func structure(ctx context.Context, p *proofHead, name string, original, output []byte) ([]string, error) {
	var err error
	switch p.Kind {
	case "docx", "xlsx", "pptx":
		return ooxmlproof.Check(p.Kind, output, p.Forbidden), nil
	case "odt", "ods", "odp":
		return odfproof.Check(p.Kind, output, p.Forbidden), nil
	case "ofd":
		err = ofdproof.Check(ctx, document.Source{Name: name, Data: original}, output, p.Forbidden)
	case "pdf":
		err = (&pdfproof.Copy{
			Original: document.Source{Name: name, Data: original}, Data: output, Boxes: p.Boxes, Forbidden: p.Forbidden,
			Layer: p.Layer, Plan: p.Plan, Text: p.Text,
		}).Check(ctx)
	default:
		return nil, nil
	}
	if err == nil {
		return nil, nil
	}
	if ctx.Err() != nil {
		return nil, err
	}
	return []string{problem(err)}, nil
}

// problem gives a failed check as one Chinese line.
func problem(err error) string {
	var r *document.Refusal
	if errors.As(err, &r) {
		if r.Detail != "" {
			return r.Error() + "（" + r.Detail + "）"
		}
		return r.Error()
	}
	return err.Error()
}
