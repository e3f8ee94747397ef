// Package sieve says quickly, and most of the time, that an expression matches
// nowhere in a stretch of text, so that the expression itself need not be tried.
//
// It is the automaton of the expression, made deterministic state by state as
// texts are met:
//
//	rune ──pages──▶ class ──state.next──▶ state' … a state that accepts: maybe
//
// Whatever it does not follow exactly (ends of text and line, word boundaries) it
// takes for granted: "maybe" may be wrong, "no" never is.
package sieve

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
)

// maxStates bounds the states of one sieve; an expression that needs more lets
// everything through.
const maxStates = 1500

// Sieve belongs to one expression. It is safe for concurrent use.
type Sieve struct {
	expr    string
	once    sync.Once
	open    atomic.Bool // lets everything through
	prog    *syntax.Prog
	classes *classes
	start   *state
	mu      sync.Mutex
	known   map[string]*state
	again   []uint32 // where the expression may begin anew, later than at the start of the text
}

// state is a set of places in the expression that can be reached together.
type state struct {
	accepts bool
	dead    bool // nothing can follow
	insts   []uint32
	next    []atomic.Pointer[state] // by class; nil: not yet worked out
}

// New makes the sieve of an expression; it is worked out when first used.
func New(re *regexp.Regexp) *Sieve { return &Sieve{expr: re.String()} }

// Maybe tells whether the expression may match somewhere in the text; false is certain.
func (s *Sieve) Maybe(text []rune) bool {
	s.once.Do(s.build)
	if s.open.Load() {
		return true
	}
	st := s.start
	if st.accepts {
		return true
	}
	for _, r := range text {
		c := s.classes.of(r)
		n := st.next[c].Load()
		if n == nil {
			if n = s.step(st, c); n == nil {
				return true
			}
		}
		if n.accepts {
			return true
		}
		if n.dead {
			return false
		}
		st = n
	}
	return false
}

func (s *Sieve) build() {
	tree, err := syntax.Parse(s.expr, syntax.Perl)
	if err != nil {
		s.open.Store(true)
		return
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		s.open.Store(true)
		return
	}
	s.prog = prog
	s.classes = newClasses(prog)
	if s.classes == nil {
		s.open.Store(true)
		return
	}
	s.known = map[string]*state{}
	s.again = s.closure(nil, uint32(prog.Start), false)
	s.start = s.state(s.closure(nil, uint32(prog.Start), true))
}

// closure adds to a set what can be reached from an instruction without reading.
func (s *Sieve) closure(set []uint32, pc uint32, begin bool) []uint32 {
	if slices.Contains(set, pc) {
		return set
	}
	set = append(set, pc)
	i := &s.prog.Inst[pc]
	switch i.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		set = s.closure(s.closure(set, i.Out, begin), i.Arg, begin)
	case syntax.InstCapture, syntax.InstNop:
		set = s.closure(set, i.Out, begin)
	case syntax.InstEmptyWidth:
		if begin || syntax.EmptyOp(i.Arg)&syntax.EmptyBeginText == 0 {
			set = s.closure(set, i.Out, begin)
		}
	}
	return set
}

// state gives the state of a set of instructions, nil if there are too many.
func (s *Sieve) state(set []uint32) *state {
	slices.Sort(set)
	kept := set[:0]
	accepts := false
	key := make([]byte, 0, 2*len(set))
	for _, pc := range set {
		switch s.prog.Inst[pc].Op {
		case syntax.InstMatch:
			accepts = true
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			kept = append(kept, pc)
			key = append(key, byte(pc), byte(pc>>8), byte(pc>>16))
		}
	}
	if accepts {
		key = append(key, 1)
	}
	if st := s.known[string(key)]; st != nil {
		return st
	}
	if len(s.known) >= maxStates {
		s.open.Store(true)
		return nil
	}
	st := &state{accepts: accepts, dead: !accepts && len(kept) == 0, insts: slices.Clone(kept)}
	st.next = make([]atomic.Pointer[state], len(s.classes.like))
	s.known[string(key)] = st
	return st
}

// step works out where a state leads.
func (s *Sieve) step(from *state, class uint8) *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := from.next[class].Load(); n != nil {
		return n
	}
	r := s.classes.like[class]
	set := slices.Clone(s.again)
	for _, pc := range from.insts {
		if i := &s.prog.Inst[pc]; i.MatchRune(r) {
			set = s.closure(set, i.Out, false)
		}
	}
	n := s.state(set)
	if n != nil {
		from.next[class].Store(n)
	}
	return n
}
