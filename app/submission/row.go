// Package submission is the 申报情况统计表 as data: its rows, where they came
// from, what is wrong with them, how they are read from other people's files and
// how the official table is written. It knows no window and no case file.
package submission

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"
)

// Column names a column of the table by the words in its header.
type Column string

// Columns of the official table, then the two that never leave the office's own
// view: Partners and Notes are shown and kept, Notes is never exported 对外.
const (
	ColNo        Column = "序号"
	ColApplicant Column = "申报主体"
	ColCategory  Column = "申报类别"
	ColTitle     Column = "项目名称"
	ColTime      Column = "申报时间"
	ColContact   Column = "联系人"
	ColPhone     Column = "联系方式"
	ColPartners  Column = "联合申报机构"
	ColNotes     Column = "内部备注"
)

// Official lists the seven columns of the official table in their order.
func Official() []Column {
	return []Column{ColNo, ColApplicant, ColCategory, ColTitle, ColTime, ColContact, ColPhone}
}

// Editable lists the columns that a person fills in, in the order of the screen.
func Editable() []Column {
	return []Column{ColApplicant, ColCategory, ColTitle, ColTime, ColContact, ColPhone, ColPartners, ColNotes}
}

// Source says where a row came from; the zero value means typed in by hand.
type Source struct {
	File  string `json:"file,omitempty"`  // base name, or ARCHIVE!MEMBER
	Sheet string `json:"sheet,omitempty"` // name of the sheet, 表 2 in a document
	Table int    `json:"table,omitempty"` // from 1, in a document with tables
	Row   int    `json:"row,omitempty"`   // from 1, as Excel shows it
}

// String gives the source as people read it: 名单.xlsx 工作表“一” 第 5 行; "" for a typed row.
func (s Source) String() string {
	if s.File == "" {
		return ""
	}
	out := s.File
	if s.Sheet != "" {
		out += " " + s.Sheet
	}
	if s.Row > 0 {
		out += " 第 " + strconv.Itoa(s.Row) + " 行"
	}
	return out
}

// Row is one application. All fields are text as it will stand in the table:
// Category is the official name where it is known and the words as written where
// not; Time is an ISO date (2026-05-03), a month (2026-05), or the text as
// written where it is no date.
type Row struct {
	ID        string `json:"id"`
	Applicant string `json:"applicant"`
	Category  string `json:"category"`
	Title     string `json:"title"`
	Time      string `json:"time"`
	Contact   string `json:"contact"`
	Phone     string `json:"phone"`
	Partners  string `json:"partners,omitempty"`
	Notes     string `json:"notes,omitempty"`
	Source    Source `json:"source,omitzero"`
}

// NewRow returns an empty row with an ID of its own.
func NewRow() Row { return Row{ID: NewID()} }

// NewID returns a random identifier, unique for all practical purposes.
func NewID() string {
	var b [10]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (it ends the program instead)
	return hex.EncodeToString(b[:])
}

// Get returns the text in a column; "" for ColNo, which is the place of the row.
func (r *Row) Get(c Column) string {
	if p := r.field(c); p != nil {
		return *p
	}
	return ""
}

// Set puts text into a column and tells whether there is such a column to set.
func (r *Row) Set(c Column, text string) bool {
	p := r.field(c)
	if p == nil {
		return false
	}
	*p = text
	return true
}

func (r *Row) field(c Column) *string {
	switch c {
	case ColApplicant:
		return &r.Applicant
	case ColCategory:
		return &r.Category
	case ColTitle:
		return &r.Title
	case ColTime:
		return &r.Time
	case ColContact:
		return &r.Contact
	case ColPhone:
		return &r.Phone
	case ColPartners:
		return &r.Partners
	case ColNotes:
		return &r.Notes
	}
	return nil
}

// Empty tells whether no column holds any text.
func (r *Row) Empty() bool {
	for _, c := range Editable() {
		if strings.TrimSpace(r.Get(c)) != "" {
			return false
		}
	}
	return true
}

// Header is the line above the table: which department reports, and whom to ask.
type Header struct {
	Department string `json:"department"` // 部门
	Contact    string `json:"contact"`    // 联系人
	Phone      string `json:"phone"`      // 联系方式
}
