// Package automaton finds many terms in one pass (Aho–Corasick over runes).
//
// How it is laid out. Every rune that occurs in a term has a small class number;
// class 0 is "in no term" and leads back to the root at once, which is what most
// runes of a text do. Transitions out of the root are a dense array by class.
// All other transitions lie in one open-addressing table keyed by state and
// class, so memory follows the number of letters in the terms and not the size
// of the alphabet:
//
//	state ──class──▶ state'      key = state<<20 | class, multiplicative hash
//
// Failure links and output links are built level by level; all terms that end
// at a position are read off by following output links.
package automaton

// Match is one occurrence: term number and half-open range of runes.
type Match struct {
	Term       int32
	Start, End int32
}

// Automaton is ready to scan; it is immutable and safe for concurrent use.
type Automaton struct {
	low     []uint32        // class by rune, basic plane
	high    map[rune]uint32 // class of the rest
	root    []int32         // state by class, 0: none
	maybe   []uint64        // one bit a transition, small enough for the nearest cache: says no without the table
	keys    []uint64
	vals    []int32
	shift   uint
	fail    []int32
	out     []int32 // term that ends in a state, -1: none
	link    []int32 // next state with output on the failure path, 0: none
	length  []int32 // of each term
	longest int
}

const (
	classBits  = 20
	maybeBits  = 18 // 32 KB
	maybeShift = 64 - maybeBits
)

// New builds an automaton. Empty terms never match; equal terms match as the first.
func New(terms [][]rune) *Automaton {
	b := newBuilder(terms)
	b.insertAll(terms)
	b.link()
	return b.a
}

// Longest is the length in runes of the longest term.
func (a *Automaton) Longest() int { return a.longest }

func (a *Automaton) class(r rune) uint32 {
	if uint32(r) < 1<<16 {
		return a.low[r]
	}
	return a.high[r]
}

// next gives the goto transition of a state other than the root, 0 if there is none.
func (a *Automaton) next(state int32, class uint32) int32 {
	key := uint64(state)<<classBits | uint64(class)
	hash := key * 0x9E3779B97F4A7C15
	if b := hash >> maybeShift; a.maybe[b>>6]&(1<<(b&63)) == 0 {
		return 0
	}
	mask := uint64(len(a.keys) - 1)
	for i := hash >> a.shift; ; i = (i + 1) & mask {
		switch a.keys[i] {
		case key:
			return a.vals[i]
		case 0:
			return 0
		}
	}
}

// Scan appends every occurrence in the text to dst, ordered by end, longer first.
func (a *Automaton) Scan(text []rune, dst []Match) []Match {
	state := int32(0)
	for i, r := range text {
		var c uint32
		if uint32(r) < 1<<16 {
			c = a.low[r]
		} else {
			c = a.high[r]
		}
		if c == 0 {
			state = 0
			continue
		}
		for state != 0 {
			if n := a.next(state, c); n != 0 {
				state = n
				goto found
			}
			state = a.fail[state]
		}
		state = a.root[c]
	found:
		for s := state; s != 0; s = a.link[s] {
			if t := a.out[s]; t >= 0 {
				end := int32(i + 1)
				dst = append(dst, Match{Term: t, Start: end - a.length[t], End: end})
			}
		}
	}
	return dst
}
