package session

import (
	"fmt"
	"sort"
	"strings"

	"jinggao/app/casefile"
	"jinggao/app/ui/review"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/format"
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
			out = append(out, fromReports(a, row, reports)...)
			continue
		}
		out = append(out, s.fromStored(a, row)...)
	}
	return out
}

// fromReports shows what was read of an attachment.
func fromReports(a casefile.Attachment, row string, reports []sanitize.Report) []review.Doc {
	var out []review.Doc
	var inside []string
	for i := range reports {
		r := &reports[i]
		d := fromReport(a, row, r, i > 0)
		if i > 0 && r.Document != nil {
			d.SHA256 = r.Document.SHA256
			inside = append(inside, d.SHA256)
		}
		out = append(out, d)
	}
	out[0].Inside = inside
	if reports[0].Document != nil {
		apart := map[string]bool{}
		takenApart(reports[0].Document, "", apart)
		for i := range out {
			out[i].Apart = out[i].Apart || apart[out[i].Member]
		}
	}
	return out
}

// takenApart notes the members that can be taken out of an archive again: what lies in
// documents of other kinds is read, but is in no copy.
func takenApart(doc *document.Document, at string, names map[string]bool) {
	if !format.IsArchive(doc.Kind) {
		return
	}
	for _, m := range doc.Members {
		names[at+m.Name] = true
		takenApart(m, at+m.Name+memberMark, names)
	}
}

func fromReport(a casefile.Attachment, row string, r *sanitize.Report, member bool) review.Doc {
	d := review.Doc{File: a.ID, Name: a.Name, Row: row, SHA256: a.SHA256, Document: r.Document, Findings: r.Findings, Refused: r.Refused, Apart: !member}
	if member {
		d.SHA256 = ""
		d.Member = strings.TrimPrefix(r.Path, a.Path+memberMark)
		d.Name = a.Name + memberMark + d.Member
		d.File = a.ID + memberMark + r.Path
	}
	return d
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
