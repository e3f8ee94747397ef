// Package document is what a file is to the engine: named parts of plain text,
// each in its place, with what is hidden marked as hidden and what could not be
// read listed. Readers fill it, detection walks it, plans address it.
//
// All positions are rune offsets, half open, in the text of one part.
package document

// Span is a half-open range of rune offsets [Start, End) in the text of a part.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of runes covered.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps tells whether the two spans share a rune.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Covers tells whether s holds the whole of o.
func (s Span) Covers(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Kind names a file format by content, as in the command-line contract: "docx", "xlsx", "pdf", "txt", "csv" …
type Kind string

// Role says what a part is in its document.
type Role string

// Roles of parts.
const (
	RoleBody     Role = "body"     // running text, a sheet, a page, a slide
	RoleHeader   Role = "header"   // page header
	RoleFooter   Role = "footer"   // page footer
	RoleNote     Role = "note"     // footnote, endnote, speaker note
	RoleComment  Role = "comment"  // comment, annotation
	RoleRevision Role = "revision" // tracked deletion or move
	RoleTextBox  Role = "textbox"  // text box, shape
	RoleProperty Role = "property" // document property, document variable, custom XML
	RoleField    Role = "field"    // field instruction, form data, link target
	RoleObject   Role = "object"   // text of an embedded object
	RoleFileName Role = "filename" // the name of the file itself or of an archive member
	RoleOther    Role = "other"
)

// Hiding marks a part that a reader of the printed page does not see.
// Any text in such a part is a finding of its own (group N of the taxonomy).
type Hiding struct {
	Rule string `json:"rule"` // N01 … N08
	Kind string `json:"kind"` // Chinese: 批注, 修订删除, 隐藏文字, 隐藏工作表, 文档属性 …
}

// Cell places a stretch of a part's text in a table. Readers render a table row
// as one line with cells parted by a tab; Cells says the same without guessing.
type Cell struct {
	Span
	Table int    `json:"table"`           // counted from 0 within the part
	Row   int    `json:"row"`             // from 0
	Col   int    `json:"col"`             // from 0
	Ref   string `json:"ref,omitempty"`   // "B3" in a sheet
	Label string `json:"label,omitempty"` // column or row head that names this cell, if the reader knows it
}

// Part is one stretch of text with a place of its own.
type Part struct {
	ID     string  `json:"id"`    // stable address within the file, unique: "word/document.xml", "page/3", "comment/2"
	Label  string  `json:"label"` // Chinese name as in a finding's `where`: 正文, 正文 第1页, 页眉 1, 工作表 名单（隐藏）
	Role   Role    `json:"role"`
	Hidden *Hiding `json:"hidden,omitempty"`
	Text   string  `json:"text"` // LF line ends
	Cells  []Cell  `json:"cells,omitempty"`
	// Marks are spans of Text that stand where a classification mark would stand
	// (page header, top of the first page, watermark); detection may weigh them.
	Marks []Span `json:"marks,omitempty"`
}

// Unchecked is something of the file that nobody has read.
type Unchecked struct {
	Kind    string `json:"kind"`    // picture, page, object, font, member …
	Message string `json:"message"` // Chinese, for people: 图片 2 张未识别文字
	// Blocking is set where a whole file or page could not be read: no clean copy
	// without a person's decision (--allow-unchecked).
	Blocking bool `json:"blocking,omitempty"`
}

// Document is a file as far as it could be read.
type Document struct {
	Name      string      `json:"name"` // base name, or ARCHIVE!MEMBER
	Kind      Kind        `json:"kind"`
	Parts     []Part      `json:"parts"`
	Pages     int         `json:"pages,omitempty"`
	Pictures  int         `json:"pictures,omitempty"`
	Unchecked []Unchecked `json:"unchecked,omitempty"`
	// Notes are remarks for people that leave nothing unread: 扩展名为 doc，内容为 docx.
	Notes []string `json:"notes,omitempty"`
	// SHA256 of the bytes, in hex; set on members, whose bytes are nowhere else.
	SHA256 string `json:"sha256,omitempty"`
	// Members are documents inside this one (archive members, attachments opened on their own).
	Members []*Document `json:"members,omitempty"`
	// Refused is set on a member that could not be read; the rest of the archive is there.
	Refused *Refusal `json:"refused,omitempty"`
}

// Characters counts the runes of all parts, hidden ones included.
func (d *Document) Characters() int {
	n := 0
	for i := range d.Parts {
		for range d.Parts[i].Text {
			n++
		}
	}
	return n
}

// Part returns the part with the given ID, or nil.
func (d *Document) Part(id string) *Part {
	for i := range d.Parts {
		if d.Parts[i].ID == id {
			return &d.Parts[i]
		}
	}
	return nil
}
