package session

import (
	"slices"
	"sort"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
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
	rows, h, left = s.c.Rows(), s.Header(), map[string]bool{}
	_, cells := s.checks.check(s, rows, h, s.campaign)
	place := map[string]int{}
	for i := range rows {
		place[rows[i].ID] = i
	}
	byCell := map[string][]submission.CellFinding{}
	var order []string
	for _, f := range cells {
		id := partID(f)
		if byCell[id] == nil {
			order = append(order, id)
		}
		byCell[id] = append(byCell[id], f)
	}
	for _, id := range order {
		fs := byCell[id]
		get, set := headerCell(&h, fs[0].Column)
		if i, ok := place[fs[0].RowID]; ok {
			r := &rows[i]
			get = r.Get(fs[0].Column)
			set = func(t string) { r.Set(fs[0].Column, t) }
		}
		edits, n := s.cellEdits(get, fs, left, names)
		open += n
		set(redact.Spliced(get, edits))
	}
	return rows, h, open, left
}

// cellEdits gives the decisions about one cell as edits, by Start, and how many
// findings ask for one yet; those are treated as their rules suggest.
func (s *Session) cellEdits(text string, fs []submission.CellFinding, left map[string]bool, names *redact.Pseudonyms) ([]document.Edit, int) {
	open := 0
	fs = slices.Clone(fs)
	sort.SliceStable(fs, func(i, j int) bool { return fs[i].Finding.Start < fs[j].Finding.Start })
	with := make([]string, len(fs))
	for i := range fs {
		f := &fs[i].Finding
		dec := s.cellDecision(f)
		st := review.StateOf(f, dec)
		if !st.Settled() || st == review.Withdrawn {
			open++ // a mark in the table is taken out by editing the cell
		}
		if st == review.Ignored || st == review.Cleared {
			left[f.Rule+"/"+f.Text] = true
		}
		if with[i] = review.Outcome(f, dec); with[i] != f.Text {
			with[i] = names.Text(f.Text, with[i])
		}
	}
	return swaps(len([]rune(text)), fs, with), open
}

func (s *Session) cellDecision(f *finding.Finding) *redact.Decision {
	if d, ok := s.c.Decision(casefile.RowsFile, f.Fingerprint); ok {
		return &d
	}
	return nil
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
