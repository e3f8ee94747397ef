// Package segment cuts clauses into words, as evidence about where words begin
// and end. The dictionary is loaded once, in the background, and published
// read-only; until then nothing is cut.
package segment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// ErrNoDictionary says that this build carries no dictionary.
var ErrNoDictionary = errors.New("no dictionary in this build")

// Segmenter is safe for concurrent use.
type Segmenter struct {
	dictionary []byte
	words      []string
	once       sync.Once
	ready      chan struct{}
	err        error // set before ready is closed
	seg        atomic.Pointer[gse.Segmenter]
}

// New prepares a segmenter: a dictionary of lines "word frequency part-of-speech"
// and words of our own, which come before it. Nothing is loaded yet.
func New(dictionary []byte, words []string) *Segmenter {
	return &Segmenter{dictionary: dictionary, words: words, ready: make(chan struct{})}
}

// Start loads in the background; further calls do nothing.
func (s *Segmenter) Start() {
	s.once.Do(func() { go s.load() })
}

// Ready is closed when loading has ended, well or not.
func (s *Segmenter) Ready() <-chan struct{} { return s.ready }

// Wait starts loading if need be and waits for its end. The error is the
// context's, or why there is no dictionary; without one, Cut gives nil.
func (s *Segmenter) Wait(ctx context.Context) error {
	s.Start()
	select {
	case <-s.ready:
		return s.err
	case <-ctx.Done():
		return fmt.Errorf("wait for the dictionary: %w", ctx.Err())
	}
}

// Frequencies given to our own words: enough to be found where nothing speaks
// against it, not enough to pull common words apart.
const (
	longWord  = 100
	shortWord = 30
)

// loading keeps two segmenters from loading at once: gse has global tables.
var loading sync.Mutex

func (s *Segmenter) load() {
	defer close(s.ready)
	if len(s.dictionary) == 0 {
		s.err = ErrNoDictionary
		return
	}
	loading.Lock()
	defer loading.Unlock()
	var b strings.Builder
	for _, w := range s.words {
		freq := longWord
		if utf8.RuneCountInString(w) < 3 {
			freq = shortWord
		}
		fmt.Fprintf(&b, "%s %d nz\n", w, freq)
	}
	b.Write(s.dictionary)
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictStr(b.String()); err != nil {
		s.err = fmt.Errorf("load dictionary: %w", err)
		return
	}
	s.dictionary = nil
	s.seg.Store(seg)
}

// unknownCost is what a character costs that is no word of the dictionary; rare
// is what a term costs that the dictionary does not have.
const (
	unknownCost = 32.0
	rareCost    = 18.0
)

// Margin compares the best cut of a clause with the best cut in which [from,to)
// is a word: by how many bits the latter is dearer. Small margins mean that the
// clause can be read either way. ok is false before the dictionary is there.
func (s *Segmenter) Margin(clause []rune, from, to int) (bits float64, ok bool) {
	seg := s.seg.Load()
	if seg == nil || from < 0 || to > len(clause) || from >= to {
		return 0, false
	}
	word := s.wordCost(seg, string(clause[from:to]))
	if word > rareCost {
		word = rareCost
	}
	forced := s.cost(seg, clause[:from]) + word + s.cost(seg, clause[to:])
	return forced - s.cost(seg, clause), true
}

func (s *Segmenter) cost(seg *gse.Segmenter, text []rune) float64 {
	total, at := 0.0, 0
	for _, end := range s.Cut(text) {
		total += s.wordCost(seg, string(text[at:end]))
		at = end
	}
	return total
}

func (s *Segmenter) wordCost(seg *gse.Segmenter, word string) float64 {
	freq, _, found := seg.Dict.Find([]byte(word))
	if !found || freq <= 0 {
		return unknownCost
	}
	return math.Log2(seg.Dict.TotalFreq()) - math.Log2(freq)
}

// Loaded tells whether the dictionary is there.
func (s *Segmenter) Loaded() bool { return s.seg.Load() != nil }

// Ordinary tells whether the dictionary has a word, and not as the name of a person.
func (s *Segmenter) Ordinary(word string) bool {
	seg := s.seg.Load()
	if seg == nil {
		return false
	}
	freq, pos, found := seg.Dict.Find([]byte(word))
	return found && freq > 0 && pos != "nr"
}

// Cut gives the ends of the words of a clause, as rune offsets in ascending
// order; the last is its length. It gives nil before the dictionary is there.
func (s *Segmenter) Cut(clause []rune) []int {
	seg := s.seg.Load()
	if seg == nil || len(clause) == 0 {
		return nil
	}
	buf := make([]byte, 0, 3*len(clause))
	for _, r := range clause {
		buf = utf8.AppendRune(buf, r)
	}
	tokens := seg.Segment(buf)
	ends := make([]int, 0, len(tokens))
	at, runes := 0, 0
	for i := range tokens {
		end := min(tokens[i].End(), len(buf))
		runes += utf8.RuneCount(buf[at:end])
		at = end
		ends = append(ends, runes)
	}
	return ends
}
