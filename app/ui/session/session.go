// Package session is an open case at work: the case file, the engine, what the
// engine read of the documents, and who has to hear of a change. The pages of the
// window talk to it; it knows no window. Its methods are called on one goroutine
// (that of the window) unless they say otherwise.
package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/submission/campaigns"
	"jinggao/app/ui/review"
	"jinggao/app/ui/task"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

// What says what has changed.
type What int

// Kinds of change; several may be joined.
const (
	Rows      What = 1 << iota // rows, header, their checks
	Files                      // attachments, links, scans
	Decisions                  // decisions and ticks
	Info                       // title, people, campaign
)

// Everything is all kinds of change.
const Everything = Rows | Files | Decisions | Info

// Config is what a session is given. Engine, Tasks and Post are required.
type Config struct {
	Engine sanitize.API
	Rules  string // version and digest of the rules in force
	Tasks  *task.Manager
	Post   func(func()) // runs a function on the goroutine of the window, soon
	// Fail tells people of an error behind their back (a scan that could not be stored).
	Fail func(what string, err error)
	// Campaigns are those of the bureau beside the built-in ones.
	Campaigns campaigns.Store
}

// Session is an open case. Close it when the window leaves the case.
type Session struct {
	cfg      Config
	c        *casefile.Case
	campaign *submission.Campaign
	// ownCampaign tells whether it is a file of the bureau.
	ownCampaign bool

	review  *review.Presenter
	read    map[string][]sanitize.Report // what was read, by attachment
	reading map[string]bool              // queued or being read, by attachment
	scans   map[string]*casefile.Scan    // stored scans that were asked for
	rev     int                          // counts the changes, what was read included
	told    time.Time                    // when a file that was read was announced last
	heard   []func(What)
	savedAt time.Time
	checks  checks
	closed  bool
}

// New starts to work on an open case and takes it over.
func New(c *casefile.Case, cfg Config) (*Session, error) {
	if cfg.Engine == nil || cfg.Tasks == nil || cfg.Post == nil {
		panic("session: engine, tasks and post are required")
	}
	s := &Session{cfg: cfg, c: c, read: map[string][]sanitize.Report{}, reading: map[string]bool{}, scans: map[string]*casefile.Scan{}, savedAt: time.Now()}
	if err := s.openCampaign(); err != nil {
		return nil, err
	}
	s.review = review.New(s)
	s.checks.start(s)
	s.rebuild()
	return s, nil
}

// Close gives the case file up. Running work of the session goes on to its end
// but stores nothing any more.
func (s *Session) Close() error {
	s.closed = true
	return s.c.Close()
}

// Case is the case file.
func (s *Session) Case() *casefile.Case { return s.c }

// Engine is the engine that reads and cleans.
func (s *Session) Engine() sanitize.API { return s.cfg.Engine }

// RulesVersion is the version of the rules in force.
func (s *Session) RulesVersion() string { return s.cfg.Rules }

// SetRules tells that other rules are in force (version and digest). The table is
// checked anew; attachments that were scanned by other rules are marked to be scanned
// again, and their IDs returned. No scan may be running (see task.Manager).
func (s *Session) SetRules(rules string) ([]string, error) {
	s.cfg.Rules = rules
	ids, err := s.c.MarkStale(rules, "检查规则已调整，须重新扫描")
	s.changed(Everything)
	return ids, err
}

// Tasks runs long work.
func (s *Session) Tasks() *task.Manager { return s.cfg.Tasks }

// Post runs a function on the UI goroutine later; it may be called on any goroutine.
func (s *Session) Post(f func()) { s.cfg.Post(f) }

// Campaign is the award of the case.
func (s *Session) Campaign() *submission.Campaign { return s.campaign }

// Review is what page ③ shows; its counts are those of the step bar.
func (s *Session) Review() *review.Presenter { return s.review }

// Info is title, people and campaign.
func (s *Session) Info() casefile.Info { return s.c.Info() }

// Hear calls f after each change.
func (s *Session) Hear(f func(What)) { s.heard = append(s.heard, f) }

// Revision grows with each change of the case, and with what is read of its files.
func (s *Session) Revision() int { return s.rev }

// SavedAt is when something was stored last.
func (s *Session) SavedAt() time.Time { return s.savedAt }

func (s *Session) changed(w What) {
	s.savedAt = time.Now()
	s.rev++
	if w&(Rows|Files) != 0 { // what the attachments say is held against the rows
		s.checks.start(s)
	}
	if w&(Rows|Files|Decisions) != 0 {
		s.rebuild()
	}
	for _, f := range s.heard {
		f(w)
	}
}

// tell announces what was read without counting it as saved.
func (s *Session) tell(w What) {
	s.rev++
	s.rebuild()
	for _, f := range s.heard {
		f(w)
	}
}

func (s *Session) done(w What, err error) error {
	if err != nil {
		return err
	}
	s.changed(w)
	return nil
}

// SetInfo stores title, people and header. The campaign stays (UseCampaign).
func (s *Session) SetInfo(i casefile.Info) error {
	old := s.c.Info()
	i.Campaign = old.Campaign
	w := Info
	if i.Header != old.Header {
		w |= Rows
	}
	if err := s.c.SetInfo(i); err != nil {
		return err
	}
	s.changed(w)
	return nil
}

// People are the 经办 and the 复核人 of the case.
func (s *Session) People() (clerk, reviewer string) {
	i := s.c.Info()
	return strings.TrimSpace(i.Clerk), strings.TrimSpace(i.Reviewer)
}

// Decisions returns what was decided about a file, ticks included.
func (s *Session) Decisions(file string) map[string]redact.Decision {
	out := map[string]redact.Decision{}
	file, _, _ = strings.Cut(file, memberMark)
	for _, d := range s.c.Decisions(file) {
		out[d.Fingerprint] = d
	}
	if file == casefile.RowsFile {
		return out
	}
	for item, t := range s.c.Ticks(file) {
		k := review.UncheckedKey(document.Unchecked{Message: item})
		out[k] = redact.Decision{Fingerprint: k, Action: review.ActionLooked, By: t.By, At: t.At}
	}
	return out
}

// Apply stores decisions as one step; ticks are steps of their own.
func (s *Session) Apply(label string, changes []review.Change) error {
	set, reset, ticks := sortChanges(changes)
	for _, t := range ticks {
		item, _ := review.UncheckedItem(t.Fingerprint)
		if err := s.c.SetTick(t.File, item, t.Decision != nil); err != nil {
			return fmt.Errorf("store tick: %w", err)
		}
	}
	if len(set) > 0 {
		if err := s.c.DecideAll(label, set); err != nil {
			return fmt.Errorf("store decisions: %w", err)
		}
	}
	for file, fps := range reset {
		if err := s.c.Reset(file, fps...); err != nil {
			return fmt.Errorf("take decisions back: %w", err)
		}
	}
	s.savedAt = time.Now()
	s.rev++
	s.cfg.Post(func() {
		if !s.closed {
			for _, f := range s.heard {
				f(Decisions)
			}
		}
	})
	return nil
}

func sortChanges(changes []review.Change) (set []casefile.Decision, reset map[string][]string, ticks []review.Change) {
	reset = map[string][]string{}
	seen := map[[2]string]bool{}
	for _, ch := range changes {
		ch.File, _, _ = strings.Cut(ch.File, memberMark)
		key := [2]string{ch.File, ch.Fingerprint}
		if seen[key] {
			continue
		}
		seen[key] = true
		if _, ok := review.UncheckedItem(ch.Fingerprint); ok {
			ticks = append(ticks, ch)
			continue
		}
		if ch.Decision == nil {
			reset[ch.File] = append(reset[ch.File], ch.Fingerprint)
			continue
		}
		set = append(set, casefile.Decision{File: ch.File, Decision: *ch.Decision})
	}
	return set, reset, ticks
}

// Undo takes the last step back and says which it was and where.
func (s *Session) Undo() (casefile.Step, error) { return s.step(s.c.Undo) }

// Redo does the last undone step again.
func (s *Session) Redo() (casefile.Step, error) { return s.step(s.c.Redo) }

func (s *Session) step(f func() (casefile.Step, error)) (casefile.Step, error) {
	st, err := f()
	if err != nil {
		return st, err
	}
	s.forgetGone()
	clear(s.scans)
	s.changed(Everything)
	s.ReadAll()
	return st, nil
}

// Reviewable tells whether an error only says that there was nothing to undo.
func Reviewable(err error) bool { return !errors.Is(err, casefile.ErrNothing) }

// rebuild hands the documents to the review presenter.
func (s *Session) rebuild() { s.review.SetDocs(s.docs()) }

func (s *Session) forgetGone() {
	var ids []string
	for _, a := range s.c.Attachments() {
		ids = append(ids, a.ID)
	}
	for id := range s.read {
		if !slices.Contains(ids, id) {
			delete(s.read, id)
		}
	}
}
