// Package rows is page ① 项目表格: the rows of the 申报情况统计表, edited in place,
// imported, pasted and checked. The presenter is plain Go; the view shows what the
// presenter says.
package rows

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jinggao/app/submission"
)

// Errors whose texts are for people.
var (
	ErrNoRow     = errors.New("请先选择一行")
	ErrNothing   = errors.New("剪贴板中没有可粘贴的表格内容")
	ErrFirstLast = errors.New("所选行不能再移动")
	ErrNoFill    = errors.New("请选择两行以上，或选择上方有内容的单元格")
	ErrNoColumn  = errors.New("该列不能填写")
	ErrSorted    = errors.New("已经是这个顺序，未作改动")
)

// Store is the open case as far as this page needs it. Each call that changes
// something is one step that can be undone, and is on disk when it returns.
type Store interface {
	Rows() []submission.Row
	Header() submission.Header
	Campaign() *submission.Campaign
	// PutRows stores changed rows by ID.
	PutRows(label string, rows []submission.Row) error
	// InsertRows puts rows in before index at.
	InsertRows(label string, at int, rows []submission.Row) error
	// PutAndInsert stores changed rows and appends new ones as one step that can be
	// undone.
	PutAndInsert(label string, changed, added []submission.Row) error
	// DeleteRows takes rows away; their files become 未关联.
	DeleteRows(label string, ids []string) error
	// Reorder gives all rows a new order as one step; ids name every row once.
	Reorder(label string, ids []string) error
	SetHeader(label string, h submission.Header) error
	// Files counts the files of a row, what is open in them, and how many of them
	// were not scanned yet.
	Files(rowID string) (files, open, unread int)
}

// Columns beside those of the table.
const (
	ColFiles    submission.Column = "附件"
	ColOpen     submission.Column = "待处理"
	ColProblems submission.Column = "检查"
)

// Columns lists the columns of the screen in order; 序号 is the margin of the table.
func Columns() []submission.Column {
	return []submission.Column{
		submission.ColApplicant, submission.ColCategory, submission.ColTitle,
		submission.ColTime, submission.ColContact, submission.ColPhone,
		ColFiles, ColOpen, ColProblems, submission.ColPartners, submission.ColNotes,
	}
}

// Editable tells whether a person fills the column in.
func Editable(c submission.Column) bool { return slices.Contains(submission.Editable(), c) }

// Presenter holds what page ① shows. It is used from one goroutine.
type Presenter struct {
	store    Store
	rows     []submission.Row
	problems []submission.Problem
	byCell   map[cell][]int // indexes into problems
	byRow    map[string][]int
	index    map[string]int // row ID to index

	filter  Filter
	visible []int           // indexes of the rows shown, in order
	kept    map[string]bool // rows that stay in sight though the filter has gone past them
	order   order
	find    find
	folded  map[string]folded
}

type cell struct {
	row string
	col submission.Column
}

// New makes a presenter over the open case.
func New(s Store) *Presenter {
	p := &Presenter{store: s, kept: map[string]bool{}, folded: map[string]folded{}}
	p.Reload()
	return p
}

// Reload reads the rows again. Problems stay until SetProblems.
func (p *Presenter) Reload() {
	p.rows = p.store.Rows()
	p.index = make(map[string]int, len(p.rows))
	for i := range p.rows {
		p.index[p.rows[i].ID] = i
	}
	p.sift()
}

// Len is the number of rows.
func (p *Presenter) Len() int { return len(p.rows) }

// Row returns row i.
func (p *Presenter) Row(i int) submission.Row { return p.rows[i] }

// Rows returns all rows; the caller does not change them.
func (p *Presenter) Rows() []submission.Row { return p.rows }

// Index finds a row by ID, -1 if it is gone.
func (p *Presenter) Index(id string) int {
	if i, ok := p.index[id]; ok {
		return i
	}
	return -1
}

// Text is what a cell shows.
func (p *Presenter) Text(i int, c submission.Column) string {
	if i < 0 || i >= len(p.rows) {
		return ""
	}
	r := &p.rows[i]
	switch c {
	case submission.ColNo:
		return strconv.Itoa(i + 1)
	case ColFiles:
		n, _, _ := p.store.Files(r.ID)
		return strconv.Itoa(n)
	case ColOpen:
		files, open, unread := p.store.Files(r.ID)
		switch {
		case files == 0:
			return "–"
		case open == 0 && unread > 0:
			return "待扫描"
		case open == 0:
			return "✓"
		}
		return strconv.Itoa(open)
	case ColProblems:
		return p.problemText(r.ID)
	}
	return r.Get(c)
}

func (p *Presenter) problemText(id string) string {
	errs, warns := p.weight(id)
	switch {
	case errs == 0 && warns == 0:
		return "✓"
	case warns == 0:
		return fmt.Sprintf("错误 %d", errs)
	case errs == 0:
		return fmt.Sprintf("提醒 %d", warns)
	}
	return fmt.Sprintf("错误 %d 提醒 %d", errs, warns)
}

// weight counts the errors and the remarks of a row.
func (p *Presenter) weight(id string) (errs, warns int) {
	for _, k := range p.byRow[id] {
		if p.problems[k].Level == submission.Error {
			errs++
		} else {
			warns++
		}
	}
	return errs, warns
}

// SetProblems takes the result of the checks.
func (p *Presenter) SetProblems(ps []submission.Problem) {
	defer p.sift() // a filter may ask for rows with errors
	p.problems = ps
	p.byCell, p.byRow = map[cell][]int{}, map[string][]int{}
	for k := range ps {
		if ps[k].RowID == "" {
			continue
		}
		key := cell{ps[k].RowID, ps[k].Column}
		p.byCell[key] = append(p.byCell[key], k)
		p.byRow[ps[k].RowID] = append(p.byRow[ps[k].RowID], k)
	}
}

// Problems are all problems in the order of the rows.
func (p *Presenter) Problems() []submission.Problem { return p.problems }

// CellProblem says what is wrong with a cell: the weightiest level and all
// messages, one a line. ok is false for a clean cell.
func (p *Presenter) CellProblem(i int, c submission.Column) (level submission.Level, text string, ok bool) {
	if i < 0 || i >= len(p.rows) {
		return "", "", false
	}
	keys := p.byCell[cell{p.rows[i].ID, c}]
	if c == ColProblems {
		keys = p.byRow[p.rows[i].ID]
	}
	var lines []string
	level = submission.Warning
	for _, k := range keys {
		if p.problems[k].Level == submission.Error {
			level = submission.Error
		}
		lines = append(lines, p.problems[k].Message)
	}
	return level, strings.Join(lines, "\n"), len(keys) > 0
}

// Summary is the line above the problem list.
func (p *Presenter) Summary() string {
	errs := submission.CountErrors(p.problems)
	warns := len(p.problems) - errs
	if len(p.rows) == 0 && len(p.problems) == 0 {
		return "尚无项目"
	}
	if len(p.rows) == 0 {
		return fmt.Sprintf("尚无项目，提醒 %d 处", errs+warns)
	}
	if errs+warns == 0 {
		return fmt.Sprintf("共 %d 项，检查无问题", len(p.rows))
	}
	return fmt.Sprintf("共 %d 项，错误 %d 处，提醒 %d 处", len(p.rows), errs, warns)
}

// Copy gives rows as text for Excel: tabs between cells, CRLF between rows.
func (p *Presenter) Copy(rows []int) string {
	var b strings.Builder
	for _, i := range rows {
		if i < 0 || i >= len(p.rows) {
			continue
		}
		for k, c := range submission.Official() {
			if k > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(quoteTSV(p.Text(i, c)))
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func quoteTSV(s string) string {
	if strings.ContainsAny(s, "\t\r\n\"") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// Take appends imported rows.
func (p *Presenter) Take(file string, rows []submission.Row) error {
	if len(rows) == 0 {
		return nil
	}
	for i := range rows {
		p.kept[rows[i].ID] = true
	}
	return p.done(p.store.PutAndInsert(fmt.Sprintf("从 %s 导入 %d 行", file, len(rows)), nil, rows))
}

// Header is the line above the table.
func (p *Presenter) Header() submission.Header { return p.store.Header() }

// SetHeader stores the line above the table if it changed.
func (p *Presenter) SetHeader(h submission.Header) error {
	h.Department, h.Contact, h.Phone = strings.TrimSpace(h.Department), strings.TrimSpace(h.Contact), strings.TrimSpace(h.Phone)
	if h == p.store.Header() {
		return nil
	}
	return p.store.SetHeader("修改表头", h)
}

func (p *Presenter) done(err error) error {
	p.Reload()
	return err
}
