package session

import (
	"slices"
	"sort"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

// CleanTable is the table with the decisions about its cells carried out, as it
// may be given away. open counts findings that nobody has decided; left holds
// RULE/WORDS of what stays in by decision.
func (s *Session) CleanTable() (rows []submission.Row, h submission.Header, open int, left map[string]bool) {
	return s.CleanTableAs(nil)
}

// CleanTableAs is CleanTable with names and stand-ins numbered by a book of
// pseudonyms, from the first cell to the last; nil leaves them as they are.
func (s *Session) CleanTableAs(names *redact.Pseudonyms) (rows []submission.Row, h submission.Header, open int, left map[string]bool) {
	return s.Table().Clean(names)
}

// Table is the table of a case as it stood when it was asked for, with the decisions
// about it. It may be used on any goroutine.
type Table struct {
	Rows    []submission.Row
	Header  submission.Header
	Decided []redact.Decision // in the order in which they were taken
	scan    submission.Scanner
}

// Table gives the table as it stands.
func (s *Session) Table() *Table {
	return &Table{Rows: s.c.Rows(), Header: s.Header(), Decided: s.c.Decisions(casefile.RowsFile), scan: s.checks.remembering(s.cfg.Engine.ScanText)}
}

// Clean carries the decisions out, see Session.CleanTableAs.
func (t *Table) Clean(names *redact.Pseudonyms) (rows []submission.Row, h submission.Header, open int, left map[string]bool) {
	rows, h, left = slices.Clone(t.Rows), t.Header, map[string]bool{}
	place := map[string]int{}
	for i := range rows {
		place[rows[i].ID] = i
	}
	order, byCell := byCells(submission.ScanRows(rows, h, t.scan))
	decided := byFingerprint(t.Decided)
	for _, id := range order {
		fs := byCell[id]
		get, set := headerCell(&h, fs[0].Column)
		if i, ok := place[fs[0].RowID]; ok {
			r := &rows[i]
			get = r.Get(fs[0].Column)
			set = func(t string) { r.Set(fs[0].Column, t) }
		}
		edits, n := cellEdits(get, fs, decided, left, names)
		open += n
		set(redact.Spliced(get, edits))
	}
	return rows, h, open, left
}

// byCells groups findings by their cells, in order.
func byCells(cells []submission.CellFinding) (order []string, by map[string][]submission.CellFinding) {
	by = map[string][]submission.CellFinding{}
	for _, f := range cells {
		id := partID(f)
		if by[id] == nil {
			order = append(order, id)
		}
		by[id] = append(by[id], f)
	}
	return order, by
}

func byFingerprint(decisions []redact.Decision) map[string]*redact.Decision {
	out := make(map[string]*redact.Decision, len(decisions))
	for i := range decisions {
		out[decisions[i].Fingerprint] = &decisions[i]
	}
	return out
}

// cellEdits gives the decisions about one cell as edits, by Start, and how many
// findings ask for one yet; those are treated as their rules suggest. left is told of
// what stays in by decision, unless nil.
func cellEdits(text string, fs []submission.CellFinding, decided map[string]*redact.Decision, left map[string]bool, names *redact.Pseudonyms) ([]document.Edit, int) {
	open := 0
	fs = slices.Clone(fs)
	sort.SliceStable(fs, func(i, j int) bool { return fs[i].Finding.Start < fs[j].Finding.Start })
	with := make([]string, len(fs))
	for i := range fs {
		f := &fs[i].Finding
		dec := decided[f.Fingerprint]
		st := review.StateOf(f, dec)
		if !st.Settled() || st == review.Withdrawn {
			open++ // a mark in the table is taken out by editing the cell
		}
		if left != nil && (st == review.Ignored || st == review.Cleared) {
			left[f.Rule+"/"+f.Text] = true
		}
		if with[i] = review.Outcome(f, dec); with[i] != f.Text {
			with[i] = names.Text(f.Text, with[i])
		}
	}
	return swaps(len([]rune(text)), fs, with), open
}

// swaps makes edits of findings in the order of the text and their replacements: of
// two that overlap the later one counts.
func swaps(length int, fs []submission.CellFinding, with []string) []document.Edit {
	var out []document.Edit
	last := length
	for i := len(fs) - 1; i >= 0; i-- {
		f := &fs[i].Finding
		if f.End > last || f.Start < 0 || f.Start > f.End {
			continue
		}
		out = append(out, document.Edit{Part: partID(fs[i]), Span: f.Span, Text: with[i]})
		last = f.Start
	}
	slices.Reverse(out)
	return out
}
