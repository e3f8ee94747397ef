package session

import (
	"context"
	"slices"
	"strings"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Book gives the book by which an export would number names and stand-ins. It is asked
// off the goroutine of the window; its errors are ctx's own.
type Book interface {
	Names(ctx context.Context) (*redact.Pseudonyms, error)
}

// Preview lays a document out as its clean copy will read by the decisions made so
// far, behind the window. Shown is the layout of the document itself; book is nil where
// nothing is numbered. After is told on the goroutine of the window, once with a draft
// and once with what was tried as a copy is, unless stop was called or the case is closed.
func (s *Session) Preview(d int, shown *review.Flat, book Book, after func(*review.CleanText, error)) (stop func()) {
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
	work := s.previewFile(&doc, items)
	if doc.File == casefile.RowsFile {
		work = s.previewTable(doc.Document)
	}
	go func() {
		var names *redact.Pseudonyms
		var err error
		if book != nil {
			names, err = book.Names(ctx)
		}
		var p *sanitize.Preview
		if err == nil {
			p, err = work(ctx, names, func(draft *sanitize.Preview) { tell(draft, nil) })
		}
		if ctx.Err() == nil {
			tell(p, err)
		}
	}()
	return cancel
}

// previewing carries decisions out off the goroutine of the window.
type previewing func(ctx context.Context, names *redact.Pseudonyms, draft func(*sanitize.Preview)) (*sanitize.Preview, error)

// previewFile carries the decisions about a file out.
func (s *Session) previewFile(doc *review.Doc, items []review.Item) previewing {
	job := sanitize.Job{Decisions: s.treatments(doc.File), Added: marked(items)}
	return func(ctx context.Context, names *redact.Pseudonyms, draft func(*sanitize.Preview)) (*sanitize.Preview, error) {
		job.Pseudonyms = names
		return s.cfg.Engine.Preview(ctx, doc.Document, doc.Findings, job, draft)
	}
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
		if !Of(id, doc.File) {
			continue
		}
		switch fs := marked(s.review.Items(d)); {
		case len(fs) == 0:
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
	return Outer(file) == id
}

// Outer names the attachment that a document under review is, or lies inside.
func Outer(file string) string {
	outer, _, _ := strings.Cut(file, memberMark)
	return outer
}

// previewTable carries the decisions about the table out, as Table.Clean does; what is
// open stays.
func (s *Session) previewTable(doc *document.Document) previewing {
	cells, decided := s.checks.cells, byFingerprint(s.c.Decisions(casefile.RowsFile))
	return func(ctx context.Context, names *redact.Pseudonyms, _ func(*sanitize.Preview)) (*sanitize.Preview, error) {
		p := &sanitize.Preview{Tried: true}
		_, byCell := byCells(cells)
		for i := range doc.Parts {
			part := &doc.Parts[i]
			fs := slices.DeleteFunc(slices.Clone(byCell[part.ID]), func(f submission.CellFinding) bool { return decided[f.Finding.Fingerprint] == nil })
			edits, _ := cellEdits(part.Text, fs, decided, nil, names)
			p.Plan.Edits = append(p.Plan.Edits, edits...)
		}
		p.Text = redact.Apply(doc, p.Plan)
		return p, ctx.Err()
	}
}
