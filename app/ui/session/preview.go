package session

import (
	"context"
	"strings"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Preview lays a document out as its clean copy will read by the decisions made so
// far, behind the window. Shown is the layout of the document itself. After is told on
// the goroutine of the window, once with a draft and once with what was tried as a
// copy is, unless stop was called or the case is closed.
func (s *Session) Preview(d int, shown *review.Flat, after func(*review.CleanText, error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	doc, items := s.review.Docs()[d], s.review.Items(d)
	tell := func(p *sanitize.Preview, err error) {
		var t *review.CleanText
		if err == nil {
			t = review.Treat(doc.Document, shown, p, items)
		}
		s.cfg.Post(func() {
			if ctx.Err() == nil && !s.closed {
				after(t, err)
			}
		})
	}
	if doc.File == casefile.RowsFile {
		p := s.previewTable(doc.Document)
		go tell(p, nil)
		return cancel
	}
	job := sanitize.Job{Decisions: s.treatments(doc.File), Added: marked(items)}
	go func() {
		p, err := s.cfg.Engine.Preview(ctx, doc.Document, doc.Findings, job, func(draft *sanitize.Preview) { tell(draft, nil) })
		if ctx.Err() == nil {
			tell(p, err)
		}
	}()
	return cancel
}

// treatments are the decisions about a file that the engine carries out.
func (s *Session) treatments(file string) []redact.Decision {
	file, _, _ = strings.Cut(file, memberMark)
	var out []redact.Decision
	for _, d := range s.c.Decisions(file) {
		if d.Action != review.ActionWithdraw {
			out = append(out, d)
		}
	}
	return out
}

// marked are the places that people marked by hand.
func marked(items []review.Item) []finding.Finding {
	var out []finding.Finding
	for i := range items {
		if items[i].Unchecked == nil && items[i].Finding.Rule == review.RuleManual {
			out = append(out, items[i].Finding)
		}
	}
	return out
}

// Marked are the places that people marked by hand in an attachment, and in the
// members of an archive by their names there.
func (s *Session) Marked(id string) (own []finding.Finding, inside map[string][]finding.Finding) {
	inside = map[string][]finding.Finding{}
	for d, doc := range s.review.Docs() {
		switch fs := marked(s.review.Items(d)); {
		case len(fs) == 0 || !Of(id, doc.File):
		case doc.Member == "":
			own = append(own, fs...)
		default:
			inside[doc.Member] = fs
		}
	}
	return own, inside
}

// Of tells whether a document under review is an attachment or lies inside it.
func Of(id, file string) bool {
	outer, _, _ := strings.Cut(file, memberMark)
	return outer == id
}

// previewTable carries the decisions about the table out, as CleanTable does; what is
// open stays.
func (s *Session) previewTable(doc *document.Document) *sanitize.Preview {
	p := &sanitize.Preview{Tried: true}
	for i := range doc.Parts {
		part := &doc.Parts[i]
		var fs []submission.CellFinding
		for _, f := range s.checks.cells {
			if partID(f) == part.ID && s.cellDecision(&f.Finding) != nil {
				fs = append(fs, f)
			}
		}
		edits, _ := s.cellEdits(part.Text, fs, map[string]bool{}, nil)
		p.Plan.Edits = append(p.Plan.Edits, edits...)
	}
	p.Text = redact.Apply(doc, p.Plan)
	return p
}
