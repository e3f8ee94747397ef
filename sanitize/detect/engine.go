// Package detect finds what must not be published. Candidates come first:
// terms, patterns behind anchors, words near each other, shapes from the
// scanners, places in the document. Then evidence is weighed for each: word
// boundaries, longer words, context, negation, citation, place. What remains is
// a Finding that carries its arithmetic.
//
//	part ─▶ view ─▶ automaton ─▶ candidates ─▶ evidence ─▶ overlaps ─▶ findings
//	                scanners ──────▲              ▲ words from the clause (segment)
package detect

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"jinggao/assets"
	"jinggao/sanitize/detect/automaton"
	"jinggao/sanitize/detect/segment"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// Options says how an Engine is made; the zero value is right for most.
type Options struct {
	// Dictionary replaces the packed dictionary (tests).
	Dictionary []byte
	// Now is the day on which allow lists are judged; zero: today.
	Now time.Time
}

// Engine finds. It is safe for concurrent use; make one and keep it.
type Engine struct {
	rules   []*compiled
	byID    map[string]*compiled
	entries []entry
	auto    *automaton.Automaton
	seg     *segment.Segmenter
	allow   []rule.Allow
	permits []permit // those of them that are patterns
	now     time.Time
	marks   markRules
	slots   int       // how many patterns and nears there are
	spare   sync.Pool // of *work, for their memory
}

// New makes an engine of a rule set. The error names the first rule that cannot
// be compiled, which a checked set never has.
func New(set *rule.Set, o Options) (*Engine, error) {
	if o.Dictionary == nil {
		o.Dictionary = assets.Packed(assets.Dictionary)
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	e := &Engine{byID: map[string]*compiled{}, allow: set.Allow, now: o.Now}
	if err := e.compile(set); err != nil {
		return nil, err
	}
	e.seg = segment.New(o.Dictionary, e.dictionaryWords())
	return e, nil
}

// Start loads the dictionary in the background.
func (e *Engine) Start() { e.seg.Start() }

// Ready is closed when the dictionary is there (or cannot be had). Scans before
// that work without word boundaries; scan again afterwards for the full result.
func (e *Engine) Ready() <-chan struct{} { return e.seg.Ready() }

// Wait loads the dictionary and waits for it.
func (e *Engine) Wait(ctx context.Context) error { return e.seg.Wait(ctx) }

// Scan finds in all parts of a document (not in its members, which are documents
// of their own). Findings are sorted by part, then position; hints (S4) are
// among them. The error is the context's.
func (e *Engine) Scan(ctx context.Context, d *document.Document) ([]finding.Finding, error) {
	found, _, err := e.ScanAll(ctx, d)
	return found, err
}

// ScanAll is Scan that also gives what would have been found but for the allow list:
// findings whose last reason names the entry. They are sorted by part, then position.
func (e *Engine) ScanAll(ctx context.Context, d *document.Document) (found, allowed []finding.Finding, err error) {
	s := &scanState{engine: e, doc: d, statute: looksLikeStatute(d)}
	defer s.release()
	for i := range d.Parts {
		if err := ctx.Err(); err != nil {
			return nil, nil, fmt.Errorf("scan %d of %d parts: %w", i, len(d.Parts), err)
		}
		s.part(i)
	}
	s.repeatedNames()
	s.documentRules()
	s.resolve()
	return s.findings(), s.allowed(), nil
}

// scanState is one run over one document.
type scanState struct {
	engine    *Engine
	doc       *document.Document
	statute   bool
	works     []*work
	found     []automaton.Match // used again from part to part
	closed    closed            // likewise
	mapNumber int               // whether a 审图号 is named: 0 not yet looked, 1 yes, -1 no
}

func (s *scanState) part(i int) {
	p := &s.doc.Parts[i]
	w := newWork(s, p, i)
	s.works = append(s.works, w)
	w.collect()
	w.terms()
	w.patterns()
	w.nears()
	w.markings()
	w.scanners()
	w.structures()
	w.weigh()
}

// findings puts the surviving candidates of all parts in order.
func (s *scanState) findings() []finding.Finding {
	var out []finding.Finding
	for _, w := range s.works {
		part := make([]finding.Finding, len(w.kept))
		order := make([]int, len(part))
		for i := range part {
			part[i], order[i] = w.finding(&w.kept[i]), i
		}
		slices.SortStableFunc(order, func(i, j int) int {
			a, b := &part[i], &part[j]
			return cmp.Or(a.Start-b.Start, b.End-a.End, strings.Compare(a.Rule, b.Rule))
		})
		out = slices.Grow(out, len(part))
		for _, i := range order {
			out = append(out, part[i])
		}
	}
	fingerprint(s, out)
	return out
}
