package review

import (
	"fmt"
	"strings"

	"jinggao/sanitize/finding"
)

// Show says which items the list shows.
type Show int

// What the list shows.
const (
	ShowAll     Show = iota // 全部
	ShowOpen                // 待处理
	ShowHigh                // 高风险: S1 and S2
	ShowWaiting             // 待复核
	ShowTreated             // 已处理
	ShowIgnored             // 已忽略
	ShowUnread              // 未检项
)

// Shows are the choices of the filter with their words, in order.
func Shows() []string {
	return []string{"全部", "待处理", "高风险", "待复核", "已处理", "已忽略", "未检项"}
}

// Filter narrows the list.
type Filter struct {
	Show Show
	Text string // part of the wording, the rule id or the rule name
}

func (f Filter) match(it *Item) bool {
	if f.Text != "" && !strings.Contains(strings.ToLower(it.searchText()), strings.ToLower(strings.TrimSpace(f.Text))) {
		return false
	}
	s := it.State()
	switch f.Show {
	case ShowOpen:
		return s == Open || s == Waiting
	case ShowHigh:
		return it.Unchecked == nil && it.Finding.Level <= finding.S2
	case ShowWaiting:
		return s == Waiting
	case ShowTreated:
		return s == Treated || s == Replaced || s == Withdrawn
	case ShowIgnored:
		return s == Ignored || s == Cleared
	case ShowUnread:
		return it.Unchecked != nil
	}
	return true
}

func (it *Item) searchText() string {
	if it.Unchecked != nil {
		return it.Unchecked.Message
	}
	return it.Finding.Text + " " + it.Finding.Rule + " " + it.Finding.Name
}

// RowKind says what a row of the list is.
type RowKind int

// Kinds of list rows.
const (
	FileRow RowKind = iota // a document, folds
	ItemRow                // a finding or an unread place
	FoldRow                // 疑似/提示 n 处, folds
	NoteRow                // a line of text: refused, nothing found
)

// Row is one line of the finding list.
type Row struct {
	Kind   RowKind
	Doc    int
	Item   int // ItemRow only
	Text   string
	Detail string
	Open   bool // FileRow and FoldRow: unfolded
	State  State
	Level  finding.Level
}

// SetFilter narrows the list.
func (p *Presenter) SetFilter(f Filter) { p.filter = f }

// Filter returns the filter in force.
func (p *Presenter) Filter() Filter { return p.filter }

// Toggle folds or unfolds a document, or its hints.
func (p *Presenter) Toggle(r Row) {
	file := p.docs[r.Doc].File
	switch r.Kind {
	case FileRow:
		p.closed[file] = !p.closed[file]
	case FoldRow:
		p.suspect[file] = !p.suspect[file]
	}
}

// Rows is the list as it stands: documents, under each its items, hints folded.
func (p *Presenter) Rows() []Row {
	var out []Row
	for d := range p.docs {
		out = p.docRows(out, d)
	}
	return out
}

func (p *Presenter) docRows(out []Row, d int) []Row {
	doc := &p.docs[d]
	c := p.Counts(d)
	head := Row{Kind: FileRow, Doc: d, Text: doc.Name, Open: !p.closed[doc.File]}
	head.Detail = fmt.Sprintf("%d/%d", c.Settled, c.Total)
	head.State = Treated
	if c.Left() > 0 {
		head.State = Open
	}
	if p.Withdrawn(d) {
		head.State = Withdrawn
	}
	var main, hints []Row
	for _, i := range p.byDoc[d] {
		it := &p.items[i]
		if !p.filter.match(it) {
			continue
		}
		r := Row{Kind: ItemRow, Doc: d, Item: i, Text: Brief(it), State: it.State(), Level: it.Finding.Level}
		r.Detail = it.Finding.Name
		if it.Unchecked != nil {
			r.Detail = "未检项"
		}
		if it.Unchecked == nil && it.Finding.Level == finding.S4 {
			hints = append(hints, r)
			continue
		}
		main = append(main, r)
	}
	if p.filter != (Filter{}) && len(main)+len(hints) == 0 {
		return out
	}
	out = append(out, head)
	if !head.Open {
		return out
	}
	out = append(out, main...)
	return p.tailRows(out, d, main, hints)
}

func (p *Presenter) tailRows(out []Row, d int, main, hints []Row) []Row {
	doc := &p.docs[d]
	if len(hints) > 0 {
		open := p.suspect[doc.File]
		out = append(out, Row{Kind: FoldRow, Doc: d, Text: fmt.Sprintf("疑似、提示 %d 处", len(hints)), Open: open})
		if open {
			out = append(out, hints...)
		}
	}
	if doc.Refused != nil {
		out = append(out, Row{Kind: NoteRow, Doc: d, Text: doc.Refused.What})
	} else if len(main)+len(hints) == 0 {
		out = append(out, Row{Kind: NoteRow, Doc: d, Text: "未发现敏感信息"})
	}
	return out
}

// shown lists the item indexes in the order of the list, folds ignored but hints
// left out unless unfolded.
func (p *Presenter) shown() []int {
	var out []int
	for d := range p.docs {
		for _, i := range p.byDoc[d] {
			it := &p.items[i]
			hint := it.Unchecked == nil && it.Finding.Level == finding.S4
			if !p.filter.match(it) || (hint && !p.suspect[p.docs[d].File]) {
				continue
			}
			out = append(out, i)
		}
	}
	return out
}

func (p *Presenter) firstShown() int {
	s := p.shown()
	for _, i := range s {
		if !p.items[i].State().Settled() {
			return i
		}
	}
	if len(s) > 0 {
		return s[0]
	}
	return -1
}

// Step moves to the next (+1) or previous (-1) item of the list; false at the end.
func (p *Presenter) Step(by int) bool {
	s := p.shown()
	at := indexOf(s, p.cur)
	if at < 0 {
		at = p.nearest(s)
		if at < 0 {
			return false
		}
		p.Select(s[at])
		return true
	}
	at += by
	if at < 0 || at >= len(s) {
		return false
	}
	p.Select(s[at])
	return true
}

// nearest is where the current item would stand in a list that no longer shows it.
func (p *Presenter) nearest(s []int) int {
	if len(s) == 0 {
		return -1
	}
	for k, i := range s {
		if i >= p.cur {
			return k
		}
	}
	return len(s) - 1
}

// End moves to the first or the last item of the list.
func (p *Presenter) End(last bool) {
	s := p.shown()
	if len(s) == 0 {
		return
	}
	if last {
		p.Select(s[len(s)-1])
		return
	}
	p.Select(s[0])
}

// NextOpen moves to the next item that asks for a decision, going round the end
// of the list; false if there is none left.
func (p *Presenter) NextOpen(forward bool) bool {
	n := len(p.items)
	if n == 0 {
		return false
	}
	by := 1
	if !forward {
		by = -1
	}
	start := p.cur
	if start < 0 {
		start = 0
		if forward {
			start = n - 1
		}
	}
	for k := 1; k <= n; k++ {
		i := ((start+by*k)%n + n) % n
		if s := p.items[i].State(); s == Open || s == Waiting {
			p.Select(i)
			return true
		}
	}
	return false
}

// NextDoc moves to the first item of the next (+1) or previous (-1) document
// that has any; false if there is none.
func (p *Presenter) NextDoc(by int) bool {
	d := p.CurrentDoc()
	for d += by; d >= 0 && d < len(p.byDoc); d += by {
		if len(p.byDoc[d]) > 0 {
			p.Select(p.firstOf(d))
			return true
		}
	}
	return false
}

func (p *Presenter) firstOf(d int) int {
	for _, i := range p.byDoc[d] {
		if !p.items[i].State().Settled() {
			return i
		}
	}
	return p.byDoc[d][0]
}

// Neighbours gives the place of the current item in its document: 3 of 18.
func (p *Presenter) Neighbours() (at, of int) {
	it := p.Current()
	if it == nil {
		return 0, 0
	}
	mine := p.byDoc[it.Doc]
	return indexOf(mine, p.cur) + 1, len(mine)
}

func indexOf(s []int, x int) int {
	for k, v := range s {
		if v == x {
			return k
		}
	}
	return -1
}
