package session

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// checks keeps what is wrong with the rows and what was found in their cells. It
// works behind the window: the engine waits for its dictionary at first.
type checks struct {
	problems []submission.Problem
	cells    []submission.CellFinding
	wanted   int // counts the changes of the rows
	done     int // the change that problems and cells belong to

	mu   sync.Mutex
	memo map[string][]finding.Finding // by label and text
}

// start checks all rows as they stand now; s hears of it afterwards.
func (k *checks) start(s *Session) {
	k.wanted++
	now := k.wanted
	rows, h, camp := s.c.Rows(), s.c.Info().Header, s.campaign
	links := s.c.FileLinks()
	texts := s.texts(links)
	go func() {
		problems, cells := k.check(s, rows, h, camp)
		problems = append(problems, submission.LinkProblems(rows, links)...)
		for i := range rows {
			problems = append(problems, submission.ConditionHints(&rows[i], texts[rows[i].ID], camp)...)
		}
		s.cfg.Post(func() {
			if s.closed || now < k.wanted {
				return
			}
			k.problems, k.cells, k.done = problems, cells, now
			s.tell(Rows)
		})
	}()
}

func (k *checks) check(s *Session, rows []submission.Row, h submission.Header, camp *submission.Campaign) ([]submission.Problem, []submission.CellFinding) {
	return submission.Check(rows, h, camp), submission.ScanRows(rows, h, k.remembering(s.cfg.Engine.ScanText))
}

// texts are the visible texts of the attachments that were read, by row.
func (s *Session) texts(links []submission.FileLink) map[string][]string {
	out := map[string][]string{}
	for _, l := range links {
		for i := range s.read[l.ID] {
			doc := s.read[l.ID][i].Document
			if doc == nil {
				continue
			}
			for _, p := range doc.Parts {
				if p.Hidden != nil || p.Role != document.RoleBody {
					continue
				}
				for _, row := range l.Rows {
					out[row] = append(out[row], p.Text)
				}
			}
		}
	}
	return out
}

// remembering scans a text only once.
func (k *checks) remembering(scan submission.Scanner) submission.Scanner {
	return func(label, text string) []finding.Finding {
		key := label + "\x00" + text
		k.mu.Lock()
		got, ok := k.memo[key]
		k.mu.Unlock()
		if ok {
			return got
		}
		got = scan(label, text)
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.memo == nil || len(k.memo) > 100_000 {
			k.memo = map[string][]finding.Finding{}
		}
		k.memo[key] = got
		return got
	}
}

// Checking tells whether the rows are being checked.
func (s *Session) Checking() bool { return s.checks.done < s.checks.wanted }

// Problems lists what is wrong with the rows, what was found in their cells and is
// not yet decided included, in the order of the rows.
func (s *Session) Problems() []submission.Problem {
	rows := s.c.Rows()
	var open []submission.CellFinding
	for _, f := range s.checks.cells {
		d, ok := s.c.Decision(casefile.RowsFile, f.Finding.Fingerprint)
		st := review.StateOf(&f.Finding, nil)
		if ok {
			st = review.StateOf(&f.Finding, &d)
		}
		if st == review.Open || st == review.Waiting {
			open = append(open, f)
		}
	}
	out := slices.Concat(s.checks.problems, submission.SensitiveProblems(rows, open))
	place := map[string]int{}
	for i := range rows {
		place[rows[i].ID] = i + 1
	}
	sort.SliceStable(out, func(i, j int) bool { return place[out[i].RowID] < place[out[j].RowID] })
	return out
}

// Rows returns the rows of the table.
func (s *Session) Rows() []submission.Row { return s.c.Rows() }

// Header is the line above the table.
func (s *Session) Header() submission.Header { return s.c.Info().Header }

// PutRows stores changed rows by ID as one step.
func (s *Session) PutRows(label string, rows []submission.Row) error {
	return s.done(Rows, s.c.Edit(label, edits(rows)))
}

func edits(rows []submission.Row) []casefile.CellEdit {
	var out []casefile.CellEdit
	for i := range rows {
		for _, c := range submission.Editable() {
			out = append(out, casefile.CellEdit{Row: rows[i].ID, Column: c, Text: rows[i].Get(c)})
		}
	}
	return out
}

// InsertRows puts rows in before index at.
func (s *Session) InsertRows(label string, at int, rows []submission.Row) error {
	_, err := s.c.InsertRows(label, at, rows)
	return s.done(Rows|Files, err)
}

// PutAndInsert stores changed rows and appends new ones, as one step.
func (s *Session) PutAndInsert(label string, changed, added []submission.Row) error {
	_, err := s.c.EditAndAppend(label, edits(changed), added)
	return s.done(Rows|Files, err)
}

// DeleteRows takes rows away; their files stay.
func (s *Session) DeleteRows(_ string, ids []string) error {
	return s.done(Rows|Files, s.c.DeleteRows(ids))
}

// Reorder gives all rows a new order.
func (s *Session) Reorder(label string, ids []string) error {
	return s.done(Rows|Files, s.c.Reorder(label, ids))
}

// SetHeader stores the line above the table.
func (s *Session) SetHeader(_ string, h submission.Header) error {
	i := s.c.Info()
	i.Header = h
	return s.SetInfo(i)
}

// Files counts the files of a row, what is open in them, and how many of them were
// not scanned yet.
func (s *Session) Files(rowID string) (files, open, unread int) {
	ids := s.c.FilesOf(rowID)
	if len(ids) == 0 {
		return 0, 0, 0
	}
	for d, doc := range s.review.Docs() {
		file, _, _ := strings.Cut(doc.File, memberMark)
		if slices.Contains(ids, file) {
			open += s.review.Counts(d).Left()
		}
	}
	for _, id := range ids {
		if a, ok := s.c.Attachment(id); ok && a.State == casefile.StateNew {
			unread++
		}
	}
	return len(ids), open, unread
}

// rowsDoc lays the cells that hold findings out as a document of its own.
func (s *Session) rowsDoc() (review.Doc, bool) {
	if len(s.checks.cells) == 0 {
		return review.Doc{}, false
	}
	doc := &document.Document{Name: "项目表格", Kind: "table"}
	out := review.Doc{File: casefile.RowsFile, Name: "项目表格", Document: doc}
	place := map[string]int{}
	rows := s.c.Rows()
	for i := range rows {
		place[rows[i].ID] = i
	}
	for _, f := range s.checks.cells {
		id := partID(f)
		g := f.Finding
		g.Part = id
		if doc.Part(id) == nil {
			label, text := "表头 "+string(f.Column), headerText(s.Header(), f.Column)
			if i, ok := place[f.RowID]; ok {
				label, text = RowName(i, "", "")+" "+string(f.Column), rows[i].Get(f.Column)
			}
			doc.Parts = append(doc.Parts, document.Part{ID: id, Label: label, Role: document.RoleBody, Text: text})
		}
		out.Findings = append(out.Findings, g)
	}
	return out, true
}

func partID(f submission.CellFinding) string { return f.RowID + "/" + string(f.Column) }

func headerText(h submission.Header, c submission.Column) string {
	switch c {
	case submission.ColContact:
		return h.Contact
	case submission.ColPhone:
		return h.Phone
	}
	return h.Department
}

func headerCell(h *submission.Header, c submission.Column) (string, func(string)) {
	switch c {
	case submission.ColContact:
		return h.Contact, func(t string) { h.Contact = t }
	case submission.ColPhone:
		return h.Phone, func(t string) { h.Phone = t }
	}
	return h.Department, func(t string) { h.Department = t }
}
