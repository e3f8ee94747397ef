package rows

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"jinggao/app/submission"
)

// State is how a row stands, for the filter.
type State string

// States a person can ask for.
const (
	AnyState  State = ""
	Faulty    State = "有错误"
	Doubtful  State = "有提醒"
	Flawless  State = "检查无问题"
	NoFiles   State = "无附件"
	ToDecide  State = "附件待处理"
	Undecided       = "类别未识别" // choice of categories: none of the campaign's
)

// States lists the states that can be asked for.
func States() []State { return []State{Faulty, Doubtful, Flawless, NoFiles, ToDecide} }

// Filter says which rows are shown; the zero value shows all. It never changes what is
// exported.
type Filter struct {
	Text     string // rows with this text in a cell
	Category string // rows of this category, or Undecided
	State    State
}

// Active tells whether the filter may hide rows.
func (f Filter) Active() bool { return f != Filter{} }

// Filter is the filter in force.
func (p *Presenter) Filter() Filter { return p.filter }

// SetFilter shows the rows that the filter asks for now. Rows edited afterwards stay in
// sight until the filter is set again.
func (p *Presenter) SetFilter(f Filter) {
	f.Text = strings.TrimSpace(f.Text)
	p.filter = f
	clear(p.kept)
	p.sift()
}

// keep holds a row that is about to change in sight.
func (p *Presenter) keep(i int) { p.kept[p.rows[i].ID] = true }

// Visible lists the indexes of the rows shown. The caller does not change it.
func (p *Presenter) Visible() []int { return p.visible }

// FilterLine says what is shown and what is exported; "" without a filter.
func (p *Presenter) FilterLine() string {
	f := p.filter
	if !f.Active() {
		return ""
	}
	var what []string
	if f.Text != "" {
		what = append(what, "含“"+f.Text+"”")
	}
	for _, s := range []string{f.Category, string(f.State)} {
		if s != "" {
			what = append(what, s)
		}
	}
	return fmt.Sprintf("已筛选 %d/%d 行（%s）。操作只作用于所见的选中行；导出始终为全部 %d 行。", len(p.visible), len(p.rows), strings.Join(what, "，"), len(p.rows))
}

// sift works out which rows are shown.
func (p *Presenter) sift() {
	p.find.stale = true
	p.visible = make([]int, 0, len(p.rows))
	text := fold(p.filter.Text)
	for i := range p.rows {
		if !p.filter.Active() || p.kept[p.rows[i].ID] || p.matches(i, text) {
			p.visible = append(p.visible, i)
		}
	}
}

func (p *Presenter) matches(i int, text string) bool {
	r := &p.rows[i]
	switch {
	case p.filter.Category == "":
	case p.filter.Category == Undecided:
		if p.store.Campaign().Category(r.Category) != nil {
			return false
		}
	case r.Category != p.filter.Category:
		return false
	}
	if text != "" && !p.contains(i, text) {
		return false
	}
	return p.standsAs(r.ID)
}

func (p *Presenter) standsAs(id string) bool {
	if p.filter.State == AnyState {
		return true
	}
	errs, warns := p.weight(id)
	switch p.filter.State {
	case Faulty:
		return errs > 0
	case Doubtful:
		return warns > 0
	case Flawless:
		return errs+warns == 0
	}
	files, open, unread := p.store.Files(id)
	if p.filter.State == NoFiles {
		return files == 0
	}
	return open+unread > 0
}

// folded is a row with its cells folded for the search.
type folded struct {
	row   submission.Row
	cells []string // in the order of submission.Editable
}

// fold makes texts equal that people take for equal: full and half width, upper and
// lower case.
func fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

func (p *Presenter) cells(i int) []string {
	r := &p.rows[i]
	if f, ok := p.folded[r.ID]; ok && f.row == *r {
		return f.cells
	}
	f := folded{row: *r}
	for _, c := range submission.Editable() {
		f.cells = append(f.cells, fold(r.Get(c)))
	}
	p.folded[r.ID] = f
	return f.cells
}

func (p *Presenter) contains(i int, text string) bool {
	for _, c := range p.cells(i) {
		if strings.Contains(c, text) {
			return true
		}
	}
	return false
}
