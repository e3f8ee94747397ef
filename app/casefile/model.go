// Package casefile keeps one 案卷 on disk: the rows of the table, the documents
// that belong to them (their paths, not their content), what was found in them,
// what people decided, and who did what when. The file is an SQLite database with
// the extension .jgc; every change is one transaction and is on disk when the
// call returns.
//
// A Case is safe for use by several goroutines. What it hands out are copies.
package casefile

import (
	"time"

	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Ext is the extension of a case file, with the dot.
const Ext = ".jgc"

// Info is what a case is called and who works on it.
type Info struct {
	Title    string            `json:"title"`
	Campaign string            `json:"campaign"` // submission.Campaign.ID
	Header   submission.Header `json:"header"`   // 部门, 联系人, 联系方式 of the table
	Clerk    string            `json:"clerk"`    // 经办
	Reviewer string            `json:"reviewer"` // 复核人
	Created  time.Time         `json:"created,omitzero"`
}

// State says how far an attachment is.
type State string

// States of an attachment.
const (
	StateNew     State = "new"     // 未扫描
	StateRead    State = "read"    // 已提取
	StatePartial State = "partial" // 部分未检: something in it was read by nobody
	StateRefused State = "refused" // 无法读取, see Note
	StateMissing State = "missing" // 文件不在原处
	StateChanged State = "changed" // 扫描后文件有改动，须重新扫描
)

// Chinese gives the word for the screen.
func (s State) Chinese() string {
	switch s {
	case StateNew:
		return "未扫描"
	case StateRead:
		return "已提取"
	case StatePartial:
		return "部分未检"
	case StateRefused:
		return "无法读取"
	case StateMissing:
		return "文件不在"
	case StateChanged:
		return "已改动"
	}
	return string(s)
}

// Attachment is a document of the case. The document itself stays where it is;
// only its path, size and digest are kept.
type Attachment struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`          // base name
	Path     string    `json:"path"`          // absolute, as found now
	Rel      string    `json:"rel,omitempty"` // relative to the case file, slash-separated, if below its folder
	Kind     string    `json:"kind"`          // document.Kind once scanned, the extension before
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified,omitzero"`
	SHA256   string    `json:"sha256"`
	Added    time.Time `json:"added,omitzero"`
	State    State     `json:"state"`
	Note     string    `json:"note,omitempty"` // why it is refused, missing …
}

// Link ties an attachment to a row; each may have many of the other.
type Link struct {
	Attachment string
	Row        string
}

// FileScan is what a scan found in one file or archive member. It holds no text
// of the document but the findings' own.
type FileScan struct {
	Path       string               `json:"path"` // as given; ARCHIVE!MEMBER for members
	Kind       string               `json:"kind"`
	Characters int                  `json:"characters"`
	Pages      int                  `json:"pages,omitempty"`
	Pictures   int                  `json:"pictures,omitempty"`
	Unchecked  []document.Unchecked `json:"unchecked,omitempty"`
	Refused    *document.Refusal    `json:"refused,omitempty"`
	Findings   []finding.Finding    `json:"-"` // stored apart, with levels
}

// Scan is the result of scanning one attachment.
type Scan struct {
	At     time.Time  `json:"at"`
	Rules  string     `json:"rules"`  // version or digest of the rules used
	SHA256 string     `json:"sha256"` // of the file as scanned
	Files  []FileScan `json:"files"`  // one, or one per member of an archive
}

// Findings joins the findings of all files of the scan.
func (s *Scan) Findings() []finding.Finding {
	if s == nil {
		return nil
	}
	var out []finding.Finding
	for i := range s.Files {
		out = append(out, s.Files[i].Findings...)
	}
	return out
}

// NewFileScan takes from a scan report what a case keeps. doc is nil where the
// file was refused.
func NewFileScan(path string, doc *document.Document, fs []finding.Finding, refused *document.Refusal) FileScan {
	out := FileScan{Path: path, Findings: fs, Refused: refused}
	if doc != nil {
		out.Kind, out.Pages, out.Pictures = string(doc.Kind), doc.Pages, doc.Pictures
		out.Characters, out.Unchecked = doc.Characters(), doc.Unchecked
	}
	return out
}

// RowsFile is the key under which decisions about findings in the table itself
// are kept, in place of an attachment's ID.
const RowsFile = "rows"

// Tick records that a person has looked at something that was read by nobody
// (已人工查看).
type Tick struct {
	Item string    `json:"item"` // document.Unchecked.Message
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// Event is one line of the history. What never holds document text or a value of
// a cell.
type Event struct {
	At   time.Time
	Who  string
	What string // Chinese: 修改第 3 行的申报类别
}

// Place says where a command took effect, so that the window can go there.
type Place struct {
	Rows         []string          `json:"rows,omitempty"`
	Column       submission.Column `json:"column,omitempty"`
	File         string            `json:"file,omitempty"` // attachment ID or RowsFile
	Fingerprints []string          `json:"fingerprints,omitempty"`
}

// Step is a command that was undone or redone.
type Step struct {
	Label string // what it was: 脱敏 3 处
	Place Place
}

// Decision is a redact.Decision with the file it belongs to.
type Decision struct {
	File string // attachment ID or RowsFile
	redact.Decision
}
