package export

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"
	"sync"

	"jinggao/app/submission"
	"jinggao/app/ui/session"
	"jinggao/sanitize"
	"jinggao/sanitize/redact"
)

// Numbers gives, for what is shown beforehand, the numbers that names and stand-ins
// would get in an export of the case as it stands: 张某, 张某二. Its methods are called
// on the goroutine of the window.
type Numbers struct {
	s    *session.Session
	seen numbersKey
	book *Book
}

// numbersKey is what a book is looked for by.
type numbersKey struct {
	rev     int
	suggest bool
	file    string
}

// NewNumbers makes a Numbers for an open case.
func NewNumbers(s *session.Session) *Numbers { return &Numbers{s: s} }

// Book is a book of pseudonyms as an export would fill it: the table first, then in
// their order the files of which there would be copies. It is made when first asked for.
type Book struct {
	// Stamp is the same for books in which everything gets the same number.
	Stamp  uint64
	engine sanitize.API
	table  *session.Table
	files  []notedFile

	mu   sync.Mutex
	made *redact.Pseudonyms
}

// notedFile is a file whose names are entered.
type notedFile struct {
	id, sum string
	job     sanitize.Job
	reports []sanitize.Report // nil: it was not read since the program started
}

// Book gives the book for a document that is shown, nil if the options ask for none. A
// file of which there would be no copy yet is taken in at its place while it is shown.
func (n *Numbers) Book(o Options, file string) *Book {
	if !o.Pseudonyms {
		return nil
	}
	file = session.Outer(file)
	key := numbersKey{n.s.Revision(), o.Suggest, file}
	if n.book != nil && n.seen == key {
		return n.book
	}
	b := &Book{engine: n.s.Engine(), table: n.s.Table()}
	j := &Job{opt: o}
	for _, a := range n.s.Attachments() {
		_, out := skip(n.s, a, o)
		if out && a.ID != file {
			continue
		}
		f := notedFile{id: a.ID, sum: a.SHA256, job: j.asked(gather(n.s, a), ""), reports: n.s.Reports(a.ID)}
		if out { // who has to confirm or to look at what is not asked for what is only shown
			f.job.AllowS1, f.job.AllowUnchecked = true, true
		}
		b.files = append(b.files, f)
	}
	b.Stamp = b.stamp()
	n.seen = key
	if n.book == nil || n.book.Stamp != b.Stamp {
		n.book = b
	}
	return n.book
}

// Names gives a copy of the book. It is called off the goroutine of the window; errors
// are ctx's own.
func (b *Book) Names(ctx context.Context) (*redact.Pseudonyms, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.made != nil {
		return b.made.Clone(), nil
	}
	names := redact.NewPseudonyms()
	b.table.Clean(names)
	for _, f := range b.files {
		f.job.Pseudonyms = names
		if err := f.note(ctx, b.engine); err != nil {
			return nil, fmt.Errorf("note names: %w", err)
		}
	}
	b.made = names
	return names.Clone(), nil
}

func (f *notedFile) note(ctx context.Context, engine sanitize.API) error {
	if f.reports == nil {
		return engine.Note(ctx, f.job)
	}
	return engine.NoteRead(ctx, f.reports, f.job)
}

// stamp is a digest of all that decides which numbers are given.
func (b *Book) stamp() uint64 {
	h := fnv.New64a()
	put := func(words ...string) {
		for _, w := range words {
			_, _ = io.WriteString(h, w) // a hash takes everything
			_, _ = h.Write([]byte{0})
		}
	}
	decisions := func(all []redact.Decision) {
		for i := range all {
			d := &all[i]
			put(d.Fingerprint, string(d.Action), d.Text, d.Confirmed, d.Reason)
		}
	}
	for i := range b.table.Rows {
		r := &b.table.Rows[i]
		put(r.ID)
		for _, c := range submission.Editable() {
			put(r.Get(c))
		}
	}
	put(b.table.Header.Department, b.table.Header.Contact, b.table.Header.Phone)
	decisions(b.table.Decided)
	for _, f := range b.files {
		put(f.id, f.sum, fmt.Sprint(f.job.AllowS1, f.job.AllowUnchecked, len(f.reports)))
		if len(f.reports) > 0 {
			put(fmt.Sprintf("%p", &f.reports[0])) // read again, it is another one
		}
		decisions(f.job.Decisions)
		for _, m := range f.job.Added {
			put(m.Fingerprint, m.Suggest)
		}
		for _, name := range slices.Sorted(maps.Keys(f.job.Inside)) {
			put(name)
			for _, m := range f.job.Inside[name] {
				put(m.Fingerprint, m.Suggest)
			}
		}
	}
	return h.Sum64()
}

var _ session.Book = (*Book)(nil)
