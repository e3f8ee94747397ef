package submission

import (
	"fmt"
	"strings"
)

// Merge gathers the rows of many imports. Rows that are equal in all six fields
// are kept once, with a remark; everything else is kept.
type Merge struct {
	Rows     []Row
	Header   Header // of the first import that says something
	Problems []Problem
	Refused  []FileRefusal
	Merged   int // rows that were merged into an equal one

	campaign *Campaign
	seen     map[string]int // full key to index in Rows
}

// NewMerge begins a merge.
func NewMerge(c *Campaign) *Merge {
	return &Merge{campaign: c, seen: map[string]int{}}
}

// With begins a merge into rows that are there already.
func (m *Merge) With(rows []Row) *Merge {
	for _, r := range rows {
		m.seen[fullKey(&r)] = len(m.Rows)
		m.Rows = append(m.Rows, r)
	}
	return m
}

// Add takes an import over.
func (m *Merge) Add(im *Imported) {
	m.Refused = append(m.Refused, im.Refused...)
	m.Problems = append(m.Problems, im.Problems()...)
	for i := range im.Tables {
		t := &im.Tables[i]
		if t.Left != LeftNot {
			continue
		}
		m.Header.fill(t.Header)
		for j := range t.Rows {
			m.addRow(&t.Rows[j])
		}
	}
}

func (m *Merge) addRow(r *Row) {
	key := fullKey(r)
	at, twice := m.seen[key]
	if !twice || fold(r.Title) == "" {
		m.seen[key] = len(m.Rows)
		m.Rows = append(m.Rows, *r)
		return
	}
	m.Merged++
	first := &m.Rows[at]
	m.Problems = append(m.Problems, Problem{
		RowID: first.ID, Column: ColTitle, Level: Warning, Kind: KindDuplicate, Source: r.Source, Title: r.Title,
		Message: fmt.Sprintf("与“%s”完全相同，重复的行已合并为一行", first.Source.String()),
	})
	if r.Notes != "" && !strings.Contains(first.Notes, r.Notes) {
		first.Notes = strings.Trim(first.Notes+"；"+r.Notes, "；")
	}
}

// fullKey is equal for rows that are equal in all six fields, spelling aside.
func fullKey(r *Row) string {
	return strings.Join([]string{fold(r.Applicant), fold(r.Category), fold(r.Title), r.Time, fold(r.Contact), onlyDigits(r.Phone)}, "\x00")
}
