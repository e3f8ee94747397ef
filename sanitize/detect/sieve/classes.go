package sieve

import (
	"regexp/syntax"
	"slices"
	"sort"
	"unicode"
)

// classes sorts runes: those that no instruction of an expression tells apart are
// of one class.
type classes struct {
	pages  [256]*[256]uint8 // the basic plane
	bounds []rune           // where another class begins, ascending from 0
	class  []uint8          // of the runes from each bound on
	like   []rune           // one rune of each class
}

// of is the class of a rune.
func (c *classes) of(r rune) uint8 {
	if uint32(r) < 1<<16 {
		return c.pages[r>>8][r&0xFF]
	}
	return c.class[c.interval(r)]
}

func (c *classes) interval(r rune) int {
	return max(0, sort.Search(len(c.bounds), func(i int) bool { return c.bounds[i] > r })-1)
}

// newClasses gives nil for an expression with too many of them.
func newClasses(prog *syntax.Prog) *classes {
	c := &classes{bounds: bounds(prog)}
	seen := map[string]uint8{}
	sign := make([]byte, (len(prog.Inst)+7)/8)
	for _, r := range c.bounds {
		clear(sign)
		for i := range prog.Inst {
			if in := &prog.Inst[i]; reads(in) && in.MatchRune(r) {
				sign[i/8] |= 1 << (i % 8)
			}
		}
		k, ok := seen[string(sign)]
		if !ok {
			if len(seen) == 256 {
				return nil
			}
			k = uint8(len(seen))
			seen[string(sign)] = k
			c.like = append(c.like, r)
		}
		c.class = append(c.class, k)
	}
	c.fill()
	return c
}

// fill lays out the basic plane; pages of one class are shared.
func (c *classes) fill() {
	plain := map[uint8]*[256]uint8{}
	for p := range c.pages {
		first, last := c.interval(rune(p<<8)), c.interval(rune(p<<8|0xFF))
		one := !slices.ContainsFunc(c.class[first:last+1], func(k uint8) bool { return k != c.class[first] })
		if page := plain[c.class[first]]; one && page != nil {
			c.pages[p] = page
			continue
		}
		page := new([256]uint8)
		for i := range page {
			r := rune(p<<8 | i)
			for first+1 < len(c.bounds) && c.bounds[first+1] <= r {
				first++
			}
			page[i] = c.class[first]
		}
		c.pages[p] = page
		if one {
			plain[page[0]] = page
		}
	}
}

// bounds lists the runes at which some instruction may change its mind.
func bounds(prog *syntax.Prog) []rune {
	out := []rune{0, '\n', '\n' + 1}
	for i := range prog.Inst {
		in := &prog.Inst[i]
		if !reads(in) {
			continue
		}
		if len(in.Rune) == 1 {
			r := in.Rune[0]
			out = append(out, r, r+1)
			for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
				out = append(out, f, f+1)
			}
			continue
		}
		for k := 0; k+1 < len(in.Rune); k += 2 {
			out = append(out, in.Rune[k], in.Rune[k+1]+1)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reads tells whether an instruction reads a rune.
func reads(i *syntax.Inst) bool {
	switch i.Op {
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return true
	}
	return false
}
