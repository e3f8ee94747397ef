package review

import (
	"sort"
	"strings"
	"time"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// ActionLooked is stored when a person has looked at something that nobody could
// read by machine (已人工查看).
const ActionLooked redact.Action = "looked"

// Doc is one document under review.
type Doc struct {
	File     string // its id in the case
	Name     string // as shown
	Row      string // the row it belongs to, as shown
	Document *document.Document
	Findings []finding.Finding
	Refused  *document.Refusal
	SHA256   string   // of the file as it was taken in, or of the member; "" for the table
	Member   string   // of an archive: its name there, nested ones joined by !
	Apart    bool     // the file itself, or a member that can be taken out of its archive
	Inside   []string // digests of what lies in the file
	Pending  bool     // not read since the program started: its text is not there yet
}

// Item is one thing that a person decides: a finding, or a place that nobody has read.
type Item struct {
	Doc       int // index into the presenter's documents
	Finding   finding.Finding
	Unchecked *document.Unchecked // set where this is not a finding
	Decision  *redact.Decision
}

// State says what has been decided about the item.
func (it *Item) State() State {
	if it.Unchecked != nil {
		if it.Decision != nil {
			return Treated
		}
		return Open
	}
	return StateOf(&it.Finding, it.Decision)
}

// Key is the name under which the decision is stored.
func (it *Item) Key() string {
	if it.Unchecked != nil {
		return UncheckedKey(*it.Unchecked)
	}
	return it.Finding.Fingerprint
}

// UncheckedKey is the name under which 已人工查看 is stored for an unread place.
func UncheckedKey(u document.Unchecked) string { return uncheckedPrefix + u.Message }

const uncheckedPrefix = "unchecked/"

// UncheckedItem gives the message behind a key of UncheckedKey.
func UncheckedItem(key string) (message string, ok bool) {
	return strings.CutPrefix(key, uncheckedPrefix)
}

// Change is one decision to be stored; a nil Decision takes it back.
type Change struct {
	File        string
	Fingerprint string
	Decision    *redact.Decision
}

// Desk is what the presenter needs of the open case.
type Desk interface {
	// Decisions returns what has been decided about a file, by fingerprint.
	Decisions(file string) map[string]redact.Decision
	// Apply stores the changes as one step that can be undone.
	Apply(label string, changes []Change) error
	// People are the 经办 and the 复核人 of the case.
	People() (clerk, reviewer string)
}

// Presenter holds what page ③ shows. It is used from one goroutine.
type Presenter struct {
	desk    Desk
	now     func() time.Time
	docs    []Doc
	items   []Item
	byDoc   [][]int // item indexes of each document, in list order
	filter  Filter
	closed  map[string]bool // folded files
	suspect map[string]bool // opened 疑似/提示 folds
	cur     int             // current item, -1: none
	chosen  bool            // a person went to the current item; else it is the first open one
	Advance bool            // jump to the next open item after a decision
}

// New makes a presenter over the open case.
func New(desk Desk) *Presenter {
	return &Presenter{
		desk: desk, now: time.Now, cur: -1, Advance: true,
		closed: map[string]bool{}, suspect: map[string]bool{},
	}
}

// SetDocs replaces the documents; the current item is kept if a person went to it
// and it is still there.
func (p *Presenter) SetDocs(docs []Doc) {
	file, key := p.currentKey()
	chosen := p.chosen
	p.docs = docs
	p.items = p.items[:0]
	p.byDoc = make([][]int, len(docs))
	for d := range docs {
		p.addDoc(d)
	}
	p.cur = -1
	if !chosen || !p.SelectKey(file, key) {
		p.cur = p.firstShown()
	}
	p.chosen = chosen && p.cur >= 0
}

func (p *Presenter) addDoc(d int) {
	doc := &p.docs[d]
	decided := p.desk.Decisions(doc.File)
	start := len(p.items)
	for _, f := range doc.Findings {
		p.items = append(p.items, Item{Doc: d, Finding: f})
	}
	for _, f := range Manual(doc.Document, decided) {
		p.items = append(p.items, Item{Doc: d, Finding: f})
	}
	for _, f := range drawn(doc, decided) {
		p.items = append(p.items, Item{Doc: d, Finding: f})
	}
	if doc.Document != nil {
		for i := range doc.Document.Unchecked {
			p.items = append(p.items, Item{Doc: d, Unchecked: &doc.Document.Unchecked[i]})
		}
	}
	order := partOrder(doc)
	mine := p.items[start:]
	sort.SliceStable(mine, func(a, b int) bool { return before(&mine[a], &mine[b], order) })
	for i := range mine {
		if dec, ok := decided[mine[i].Key()]; ok {
			mine[i].Decision = &dec
		}
		p.byDoc[d] = append(p.byDoc[d], start+i)
	}
}

// partOrder gives the place of each part: that of the document, or the order in
// which its findings come where the document was not read yet.
func partOrder(doc *Doc) map[string]int {
	m := map[string]int{}
	if d := doc.Document; d != nil {
		for i := range d.Parts {
			m[d.Parts[i].ID] = i
		}
	}
	for i := range doc.Findings {
		if _, ok := m[doc.Findings[i].Part]; !ok {
			m[doc.Findings[i].Part] = len(m)
		}
	}
	return m
}

// before orders the items of one document: findings by risk, then position;
// unread places after S3, hints last.
func before(a, b *Item, order map[string]int) bool {
	if ra, rb := rank(a), rank(b); ra != rb {
		return ra < rb
	}
	pa, pb := order[a.Finding.Part], order[b.Finding.Part]
	if pa != pb {
		return pa < pb
	}
	return a.Finding.Start < b.Finding.Start
}

func rank(it *Item) int {
	switch {
	case it.Unchecked != nil:
		return 10
	case it.Finding.Level == finding.S4:
		return 11
	}
	return int(it.Finding.Level)
}

// Reload reads the decisions again, after an undo.
func (p *Presenter) Reload() {
	at := p.cur
	file, key := p.currentKey()
	p.SetDocs(p.docs)
	if f, k := p.currentKey(); f == file && k == key || len(p.items) == 0 {
		return
	}
	p.cur = max(0, min(at, len(p.items)-1))
}

// Docs returns the documents; the caller does not change them.
func (p *Presenter) Docs() []Doc { return p.docs }

// Items returns the items of a document in list order.
func (p *Presenter) Items(doc int) []Item {
	var out []Item
	if doc < 0 || doc >= len(p.byDoc) {
		return nil
	}
	for _, i := range p.byDoc[doc] {
		out = append(out, p.items[i])
	}
	return out
}

// Current returns the current item, or nil.
func (p *Presenter) Current() *Item {
	if p.cur < 0 || p.cur >= len(p.items) {
		return nil
	}
	return &p.items[p.cur]
}

// CurrentIndex is the index of the current item, -1 if there is none.
func (p *Presenter) CurrentIndex() int { return p.cur }

// CurrentDoc is the index of the document that is shown, -1 if there is none.
func (p *Presenter) CurrentDoc() int {
	if it := p.Current(); it != nil {
		return it.Doc
	}
	if len(p.docs) > 0 {
		return 0
	}
	return -1
}

func (p *Presenter) currentKey() (file, key string) {
	it := p.Current()
	if it == nil {
		return "", ""
	}
	return p.docs[it.Doc].File, it.Key()
}

// SelectKey makes an item current by file and fingerprint; false if it is gone.
func (p *Presenter) SelectKey(file, key string) bool {
	for i := range p.items {
		if p.docs[p.items[i].Doc].File == file && p.items[i].Key() == key {
			p.Select(i)
			return true
		}
	}
	return false
}

// Select makes the item with this index current and opens the fold that hides it.
func (p *Presenter) Select(i int) {
	if i < 0 || i >= len(p.items) {
		return
	}
	p.cur, p.chosen = i, true
	file := p.docs[p.items[i].Doc].File
	p.closed[file] = false
	if p.items[i].Finding.Level == finding.S4 && p.items[i].Unchecked == nil {
		p.suspect[file] = true
	}
}

// Withdrawn tells whether a document must be 整件移出: it holds a mark that two
// persons have not corrected.
func (p *Presenter) Withdrawn(doc int) bool {
	if doc < 0 || doc >= len(p.byDoc) {
		return false
	}
	for _, i := range p.byDoc[doc] {
		if p.items[i].Finding.Withdraw && p.items[i].State() != Cleared {
			return true
		}
	}
	return false
}

// Occurrence is one more place of the same words, for 同词全部.
type Occurrence struct {
	Item          int
	Doc           string
	Before, After string
	State         State
}

// SameWord lists every finding of the same rule and wording, the current one first.
func (p *Presenter) SameWord() []Occurrence {
	cur := p.Current()
	if cur == nil || cur.Unchecked != nil {
		return nil
	}
	flats := map[int]*Flat{}
	var out []Occurrence
	for i := range p.items {
		it := &p.items[i]
		if it.Unchecked != nil || it.Finding.Rule != cur.Finding.Rule || wording(&it.Finding) != wording(&cur.Finding) {
			continue
		}
		f := flats[it.Doc]
		if f == nil {
			f = Flatten(p.docs[it.Doc].Document)
			flats[it.Doc] = f
		}
		o := Occurrence{Item: i, Doc: p.docs[it.Doc].Name, State: it.State()}
		if s, ok := f.Span(it.Finding.Part, it.Finding.Span); ok {
			o.Before, o.After = f.Context(s, 12)
		}
		if i == p.cur {
			out = append([]Occurrence{o}, out...)
			continue
		}
		out = append(out, o)
	}
	return out
}

func wording(f *finding.Finding) string {
	if f.Normal != "" {
		return f.Normal
	}
	return f.Text
}

// Brief is the finding in a few words, for lists and the status line.
func Brief(it *Item) string {
	if it.Unchecked != nil {
		return it.Unchecked.Message
	}
	t := strings.TrimSpace(oneLine([]rune(it.Finding.Text)))
	if r := []rune(t); len(r) > 18 {
		t = string(r[:17]) + "…"
	}
	if t == "" {
		return it.Finding.Name
	}
	return t
}

// Indexes lists the item indexes of a document in list order.
func (p *Presenter) Indexes(doc int) []int {
	if doc < 0 || doc >= len(p.byDoc) {
		return nil
	}
	return p.byDoc[doc]
}

// Item returns one item by index; the caller does not change it.
func (p *Presenter) Item(i int) *Item { return &p.items[i] }

// SameCount says how often the current wording stands in its document and in all.
func (p *Presenter) SameCount() (here, all int) {
	cur := p.Current()
	if cur == nil || cur.Unchecked != nil || redact.IsBox(cur.Key()) {
		return 0, 0
	}
	for i := range p.items {
		it := &p.items[i]
		if it.Unchecked != nil || it.Finding.Rule != cur.Finding.Rule || wording(&it.Finding) != wording(&cur.Finding) {
			continue
		}
		all++
		if it.Doc == cur.Doc {
			here++
		}
	}
	return here, all
}
