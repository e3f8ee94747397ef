// Package rulebook keeps what a bureau has set for itself, apart from the program:
// its word list (词库), its allow list (白名单), changes to single rules and a rule
// pack. It lies in the data folder as one file that only this user can read, and is
// applied in the order built-in rules, pack, changes, words, allow list.
//
// The window works by it. The verbs of the command line do not: what they find must
// follow from their arguments alone, so they take lists by --words and --allow, as
// which the window exports them.
package rulebook

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jinggao/sanitize/rule"
)

// Names under which the parts of a book count in digests and reports.
const (
	OriginWords = "本单位词库"
	OriginAllow = "本单位白名单"
)

// Limits of a book.
const (
	MaxWords  = 300_000
	MaxAllow  = 20_000
	maxEvents = 500
)

// Book is what a bureau has set. A Book that was handed to a Store is not changed any
// more; the Edit functions work on copies.
type Book struct {
	Words   []rule.Word     `json:"words,omitempty"`
	Allow   []rule.Allow    `json:"allow,omitempty"`
	Changes []rule.Override `json:"changes,omitempty"` // one per rule
	Pack    *Pack           `json:"pack,omitempty"`
	Former  *Pack           `json:"former,omitempty"` // the pack before, to go back to
	Events  []Event         `json:"events,omitempty"` // newest last
}

// Event is one line of what was changed, by whom and when.
type Event struct {
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	What string    `json:"what"`
}

// Empty tells whether nothing was set.
func (b *Book) Empty() bool {
	return len(b.Words) == 0 && len(b.Allow) == 0 && len(b.Changes) == 0 && b.Pack == nil
}

// clone copies the book so that the lists of the copy can be changed.
func (b *Book) clone() *Book {
	c := *b
	c.Words, c.Allow = slices.Clone(b.Words), slices.Clone(b.Allow)
	c.Changes, c.Events = slices.Clone(b.Changes), slices.Clone(b.Events)
	return &c
}

// Edit is a copy of the book changed by f, with a line of what was done.
func (b *Book) Edit(who, what string, f func(*Book)) *Book {
	c := b.clone()
	f(c)
	c.Events = append(c.Events, Event{At: time.Now().Round(time.Second), Who: who, What: what})
	if n := len(c.Events); n > maxEvents {
		c.Events = slices.Clone(c.Events[n-maxEvents:])
	}
	return c
}

// PutWord adds a word or replaces the entry of the same word.
func (b *Book) PutWord(w rule.Word) {
	if i := slices.IndexFunc(b.Words, func(x rule.Word) bool { return x.Term == w.Term }); i >= 0 {
		b.Words[i] = w
		return
	}
	b.Words = append(b.Words, w)
}

// MergeWords adds words; those that are there already take the new entry. It tells how
// many were new and how many changed.
func (b *Book) MergeWords(words []rule.Word) (added, changed int) {
	at := make(map[string]int, len(b.Words))
	for i, w := range b.Words {
		at[w.Term] = i
	}
	for _, w := range words {
		i, known := at[w.Term]
		switch {
		case !known:
			at[w.Term] = len(b.Words)
			b.Words = append(b.Words, w)
			added++
		case b.Words[i] != w:
			b.Words[i] = w
			changed++
		}
	}
	return added, changed
}

// sameAllow: entries of the same word for the same rule are one.
func sameAllow(a, b rule.Allow) bool { return a.Term == b.Term && strings.EqualFold(a.Rule, b.Rule) }

// PutAllow adds an allow entry or replaces the one of the same word and rule.
func (b *Book) PutAllow(a rule.Allow) {
	if i := slices.IndexFunc(b.Allow, func(x rule.Allow) bool { return sameAllow(x, a) }); i >= 0 {
		b.Allow[i] = a
		return
	}
	b.Allow = append(b.Allow, a)
}

// MergeAllow is MergeWords for allow entries.
func (b *Book) MergeAllow(list []rule.Allow) (added, changed int) {
	key := func(a rule.Allow) string { return a.Term + "\x00" + strings.ToUpper(a.Rule) }
	at := make(map[string]int, len(b.Allow))
	for i, a := range b.Allow {
		at[key(a)] = i
	}
	for _, a := range list {
		i, known := at[key(a)]
		switch {
		case !known:
			at[key(a)] = len(b.Allow)
			b.Allow = append(b.Allow, a)
			added++
		case b.Allow[i] != a:
			b.Allow[i] = a
			changed++
		}
	}
	return added, changed
}

// Change is the change of a rule; false if it is as it came.
func (b *Book) Change(id string) (rule.Override, bool) {
	i := slices.IndexFunc(b.Changes, func(o rule.Override) bool { return o.Rule == id })
	if i < 0 {
		return rule.Override{}, false
	}
	return b.Changes[i], true
}

// PutChange changes a rule, or changes it anew.
func (b *Book) PutChange(o rule.Override) {
	b.DropChange(o.Rule)
	b.Changes = append(b.Changes, o)
}

// DropChange gives a rule back as it came.
func (b *Book) DropChange(id string) {
	b.Changes = slices.DeleteFunc(b.Changes, func(o rule.Override) bool { return o.Rule == id })
}

// TooMuch says in Chinese that the book holds more than it may; "" if not.
func (b *Book) TooMuch() string {
	switch {
	case len(b.Words) > MaxWords:
		return fmt.Sprintf("词库最多 %d 个词，现有 %d 个", MaxWords, len(b.Words))
	case len(b.Allow) > MaxAllow:
		return fmt.Sprintf("白名单最多 %d 条，现有 %d 条", MaxAllow, len(b.Allow))
	}
	return ""
}

// InForce gives the rules by a book: built-in rules, pack, changes, words, allow list.
// What of the book does not fit the rules any more (a change of a rule that is gone) is
// left out and listed. The error is that the built-in rules cannot be read.
func InForce(b *Book) (*rule.Set, []rule.Problem, error) {
	set, err := rule.Builtin()
	if err != nil {
		return nil, nil, fmt.Errorf("load built-in rules: %w", err)
	}
	if b == nil || b.Empty() {
		return set, nil, nil
	}
	var problems []rule.Problem
	if b.Pack != nil {
		var ps []rule.Problem
		set, ps = set.AddPack(b.Pack.Name, b.Pack.contents())
		if len(ps) == 0 {
			last := &set.Adjustments[len(set.Adjustments)-1]
			last.By, last.At = b.Pack.By, b.Pack.At
			last.Change += "，SHA-256 " + b.Pack.SHA256
		}
		problems = append(problems, ps...)
	}
	var ps []rule.Problem
	set, ps = set.Apply(b.Changes)
	problems = append(problems, ps...)
	set.AddWordEntries(OriginWords, b.Words)
	set.AddAllowEntries(OriginAllow, b.Allow)
	if len(set.Adjustments) > 0 {
		set.Version += "＋本单位"
	}
	return set, problems, nil
}

// Plain is the rules of a book without its changes of single rules: what a change is
// made of and held against.
func Plain(b *Book) (*rule.Set, error) {
	c := *b
	c.Changes, c.Words, c.Allow = nil, nil, nil
	set, _, err := InForce(&c)
	return set, err
}
