package sanitize

import (
	"context"
	"strings"

	"jinggao/sanitize/finding"
	"jinggao/sanitize/format"
	"jinggao/sanitize/redact"
)

// Note enters the names of a file into the book of pseudonyms, see API.
func (e *Engine) Note(ctx context.Context, job Job) error {
	if job.Pseudonyms == nil {
		return nil
	}
	reports, err := e.Scan(ctx, job.Path)
	if err != nil {
		return err
	}
	return e.NoteRead(ctx, reports, job)
}

// NoteRead enters the names of a file that was scanned before, see API.
func (e *Engine) NoteRead(ctx context.Context, reports []Report, job Job) error {
	if job.Pseudonyms == nil {
		return nil
	}
	for i := range reports {
		if err := ctx.Err(); err != nil {
			return err
		}
		marks := job.Added
		if i > 0 {
			marks = job.Inside[strings.TrimPrefix(reports[i].Path, job.Path+"!")]
		}
		e.noteReport(&reports[i], job, marks)
		if i == 0 && reports[0].Document != nil && !format.IsArchive(reports[0].Document.Kind) {
			break // what is embedded in a document is in no copy
		}
	}
	return nil
}

// noteReport enters the names of one document.
func (e *Engine) noteReport(r *Report, job Job, marks []finding.Finding) {
	if r.Document == nil {
		return
	}
	policy := redact.Policy{
		AllowS1: job.AllowS1, AllowUnchecked: job.AllowUnchecked, Rule: e.Rules().Rule, Decisions: job.Decisions,
	}
	policy.Added = added(r.Document, marks)
	job.Pseudonyms.Note(r.Document, r.Findings, policy)
}
