// Package attach is page ② 附件材料: the documents of the case by row, how far each
// was read, and what to do where it was not. The presenter is plain Go.
package attach

import (
	"fmt"
	"strings"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/sanitize"
)

// Store is the open case as far as this page needs it.
type Store interface {
	Rows() []submission.Row
	Attachments() []casefile.Attachment
	FilesOf(row string) []string
	RowsOf(attachment string) []string
	Scan(id string) (*casefile.Scan, error)
	// Reports is what was read since the program started, nil if nothing was.
	Reports(id string) []sanitize.Report
	// Reading tells whether a file is queued or being read.
	Reading(id string) bool
	// Counts adds up the findings of a file.
	Counts(id string) review.Counts
}

// Groups beside the rows.
const (
	All   = ""  // every file
	Loose = "-" // files of no row
)

// Group is one line at the left: all files, a row, or the files of no row.
type Group struct {
	ID    string // row ID, All or Loose
	Name  string
	Files int
	Open  int // what still asks for a person
	Bad   int // files that were not read
}

// File is one line of the file table.
type File struct {
	ID         string
	Name       string
	Kind       string
	Size       string
	Pages      string
	Characters string
	State      State
	Word       string // of the state
	Note       string // why, and what to do
	Open       string
	Rows       string
	Path       string
}

// State says how far a file is, for its colour and sign.
type State int

// States of a file on the screen.
const (
	Waiting State = iota // 待扫描
	Reading              // 扫描中
	Read                 // 已扫描
	Partial              // 部分未检
	Refused              // 已拒绝
	Missing              // 文件不在
	Marked               // 整件移出
)

// Presenter holds what page ② shows.
type Presenter struct {
	store Store
}

// New makes a presenter over the open case.
func New(s Store) *Presenter { return &Presenter{s} }

// Groups lists the lines at the left.
func (p *Presenter) Groups() []Group {
	atts := p.store.Attachments()
	all := Group{ID: All, Name: "全部附件", Files: len(atts)}
	loose := Group{ID: Loose, Name: "未关联"}
	for _, a := range atts {
		p.count(&all, a)
		if len(p.store.RowsOf(a.ID)) == 0 {
			loose.Files++
			p.count(&loose, a)
		}
	}
	byID := map[string]casefile.Attachment{}
	for _, a := range atts {
		byID[a.ID] = a
	}
	out := []Group{all}
	for i, r := range p.store.Rows() {
		g := Group{ID: r.ID, Name: RowName(i, r)}
		for _, id := range p.store.FilesOf(r.ID) {
			g.Files++
			p.count(&g, byID[id])
		}
		out = append(out, g)
	}
	return append(out, loose)
}

func (p *Presenter) count(g *Group, a casefile.Attachment) {
	g.Open += p.store.Counts(a.ID).Left()
	if s := p.state(&a); s == Refused || s == Missing {
		g.Bad++
	}
}

// RowName names a row: 3. 项目名称.
func RowName(i int, r submission.Row) string {
	name := strings.TrimSpace(r.Title)
	if name == "" {
		name = strings.TrimSpace(r.Applicant)
	}
	if name == "" {
		name = "（未填项目名称）"
	}
	return fmt.Sprintf("%d. %s", i+1, name)
}

// Files lists the files of a group.
func (p *Presenter) Files(group string) []File {
	var out []File
	for _, a := range p.store.Attachments() {
		rows := p.store.RowsOf(a.ID)
		switch group {
		case All:
		case Loose:
			if len(rows) > 0 {
				continue
			}
		default:
			if !contains(rows, group) {
				continue
			}
		}
		out = append(out, p.file(&a, rows))
	}
	return out
}

func contains(s []string, x string) bool {
	for _, v := range s {
		if v == x {
			return true
		}
	}
	return false
}

func (p *Presenter) file(a *casefile.Attachment, rows []string) File {
	f := File{ID: a.ID, Name: a.Name, Kind: strings.ToUpper(a.Kind), Size: size(a.Size), Path: a.Path, Pages: "–", Characters: "–", Open: "–"}
	f.State = p.state(a)
	f.Word = words[f.State]
	if a.State == casefile.StateChanged && f.State == Waiting {
		f.Word = "已改动，待扫描"
	}
	p.measure(&f, a.ID)
	f.Note = p.note(a, f.State)
	if c := p.store.Counts(a.ID); c.Total > 0 {
		f.Open = fmt.Sprint(c.Left())
		if c.Left() == 0 {
			f.Open = "✓"
		}
	} else if f.State == Read || f.State == Partial {
		f.Open = "✓"
	}
	var names []string
	for i, r := range p.store.Rows() {
		if contains(rows, r.ID) {
			names = append(names, RowName(i, r))
		}
	}
	f.Rows = strings.Join(names, "；")
	if f.Rows == "" {
		f.Rows = "未关联"
	}
	return f
}

var words = map[State]string{
	Waiting: "待扫描", Reading: "扫描中", Read: "已扫描", Partial: "部分未检",
	Refused: "已拒绝", Missing: "文件不在", Marked: "整件移出",
}

// Word is the word of a state on the screen.
func (s State) Word() string { return words[s] }

func (p *Presenter) state(a *casefile.Attachment) State {
	if a.State == casefile.StateMissing {
		return Missing
	}
	if p.store.Reading(a.ID) {
		return Reading
	}
	switch a.State {
	case casefile.StateRefused:
		return Refused
	case casefile.StateNew, casefile.StateChanged:
		return Waiting
	}
	if p.store.Counts(a.ID).Marks > 0 {
		return Marked
	}
	if a.State == casefile.StatePartial {
		return Partial
	}
	return Read
}

func (p *Presenter) measure(f *File, id string) {
	sc, err := p.store.Scan(id)
	if err != nil || sc == nil {
		return
	}
	pages, chars := 0, 0
	for i := range sc.Files {
		pages += sc.Files[i].Pages
		chars += sc.Files[i].Characters
	}
	if pages > 0 {
		f.Pages = fmt.Sprint(pages)
	}
	if f.State != Refused {
		f.Characters = thousands(chars)
	}
}

// note says why a file was not (wholly) read and what to do.
func (p *Presenter) note(a *casefile.Attachment, s State) string {
	switch s {
	case Missing:
		return "文件已被移动、改名或删除。请重新定位，或移出案卷。"
	case Marked:
		return "含密级标志，整件移出，不生成副本。"
	case Waiting:
		return a.Note
	case Refused:
		return a.Note
	case Partial:
		if a.Note != "" {
			return a.Note
		}
		sc, err := p.store.Scan(a.ID)
		if err != nil || sc == nil {
			return ""
		}
		var out []string
		for i := range sc.Files {
			for _, u := range sc.Files[i].Unchecked {
				out = append(out, u.Message)
			}
		}
		return strings.Join(out, "；") + "。须人工查看。"
	}
	return ""
}

// Summary is the line above the table.
func (p *Presenter) Summary() string {
	atts := p.store.Attachments()
	if len(atts) == 0 {
		return "尚无附件"
	}
	var read, wait, bad int
	for i := range atts {
		switch p.state(&atts[i]) {
		case Waiting, Reading:
			wait++
		case Refused, Missing:
			bad++
		default:
			read++
		}
	}
	s := fmt.Sprintf("共 %d 个文件，已扫描 %d 个", len(atts), read)
	if wait > 0 {
		s += fmt.Sprintf("，待扫描 %d 个", wait)
	}
	if bad > 0 {
		s += fmt.Sprintf("，须处理 %d 个", bad)
	}
	return s
}

func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+512)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
