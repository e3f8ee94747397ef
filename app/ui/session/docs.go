package session

import (
	"fmt"
	"path/filepath"
	"sort"
	"strings"

	"jinggao/app/casefile"
	"jinggao/app/ui/review"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
)

// docs lists everything that page ③ shows: the table first, then the attachments
// in the order of their rows.
func (s *Session) docs() []review.Doc {
	var out []review.Doc
	if d, ok := s.rowsDoc(); ok {
		out = append(out, d)
	}
	for _, a := range s.ordered() {
		row := s.RowNames(a.ID)
		if reports := s.read[a.ID]; reports != nil {
			for i := range reports {
				out = append(out, fromReport(a, row, &reports[i], i > 0))
			}
			continue
		}
		out = append(out, s.fromStored(a, row)...)
	}
	return out
}

func fromReport(a casefile.Attachment, row string, r *sanitize.Report, member bool) review.Doc {
	d := review.Doc{File: a.ID, Name: a.Name, Row: row, SHA256: a.SHA256, Document: r.Document, Findings: r.Findings, Refused: r.Refused}
	if member {
		d.SHA256 = ""
		d.Name = a.Name + memberMark + memberName(r.Path)
		d.File = a.ID + memberMark + r.Path
	}
	return d
}

func memberName(path string) string {
	if i := strings.Index(path, memberMark); i >= 0 {
		return path[i+1:]
	}
	return filepath.Base(path)
}

// fromStored shows what the case file knows of an attachment that was not read yet.
func (s *Session) fromStored(a casefile.Attachment, row string) []review.Doc {
	sc, err := s.Scan(a.ID)
	if err != nil || sc == nil {
		return []review.Doc{{File: a.ID, Name: a.Name, Row: row, Pending: true}}
	}
	var out []review.Doc
	for i := range sc.Files {
		f := &sc.Files[i]
		r := sanitize.Report{
			Path: f.Path, Findings: f.Findings, Refused: f.Refused,
			Document: &document.Document{Name: a.Name, Kind: document.Kind(f.Kind), Unchecked: f.Unchecked},
		}
		d := fromReport(a, row, &r, i > 0)
		d.Pending = true
		out = append(out, d)
	}
	return out
}

// ordered lists the attachments by the first row they belong to; those of no row last.
func (s *Session) ordered() []casefile.Attachment {
	all := s.c.Attachments()
	place := map[string]int{}
	for i, r := range s.c.Rows() {
		for _, id := range s.c.FilesOf(r.ID) {
			if _, ok := place[id]; !ok {
				place[id] = i
			}
		}
	}
	at := func(id string) int {
		if i, ok := place[id]; ok {
			return i
		}
		return 1 << 30
	}
	sort.SliceStable(all, func(i, j int) bool { return at(all[i].ID) < at(all[j].ID) })
	return all
}

// RowNames names the rows of an attachment in a few words; "" for none.
func (s *Session) RowNames(id string) string {
	var out []string
	for _, r := range s.c.RowsOf(id) {
		if row, i, ok := s.c.Row(r); ok {
			out = append(out, RowName(i, row.Title, row.Applicant))
		}
	}
	return strings.Join(out, "、")
}

// RowName names a row: 第 3 行 项目名称.
func RowName(i int, title, applicant string) string {
	name := strings.TrimSpace(title)
	if name == "" {
		name = strings.TrimSpace(applicant)
	}
	return strings.TrimSpace(fmt.Sprintf("第 %d 行 %s", i+1, name))
}
