package detect

import (
	"slices"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// resolve decides between candidates that share a place. The strategy is called
// heavier-first:
//
//  1. order by level, then proof, then length, then score;
//  2. within one group a candidate that touches an accepted one is dropped if it
//     lies inside it, or is a hint; of one rule the two become one place;
//  3. of different groups both stay, for they say different things, except that a
//     hint never stands inside a finding and two shapes of number never share a place.
//
// The hiding place as a whole, a table as a whole and document-level findings take
// no part: they hide nothing that is found inside them.
func (s *scanState) resolve() {
	for _, w := range s.works {
		order := make([]int, len(w.kept))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case heavier(&w.kept[a], &w.kept[b]):
				return -1
			case heavier(&w.kept[b], &w.kept[a]):
				return 1
			}
			return 0
		})
		accepted := make([]candidate, 0, len(w.kept))
		places := grid{}
		for _, i := range order {
			c := w.kept[i]
			if c.hidden || c.whole || c.table {
				accepted = append(accepted, c)
				continue
			}
			if !yields(&c, accepted, places) {
				places.add(c.span, len(accepted))
				accepted = append(accepted, c)
			}
		}
		w.kept = accepted
	}
}

// maxUnited bounds a place made of two that overlap, in runes.
const maxUnited = 80

func heavier(a, b *candidate) bool {
	switch {
	case a.level != b.level:
		return a.level < b.level
	case a.certain != b.certain:
		return a.certain
	case a.span.Len() != b.span.Len():
		return a.span.Len() > b.span.Len()
	}
	return a.score > b.score
}

// yields tells whether a candidate gives way to one that was accepted.
func yields(c *candidate, accepted []candidate, places grid) bool {
	for _, i := range places.near(c.span) {
		o := &accepted[i]
		if !o.span.Overlaps(c.span) && o.span != c.span {
			continue
		}
		inside := o.span.Covers(c.span)
		if o.rule == c.rule {
			if !inside {
				o.grow(c)
				places.add(c.span, i)
			}
			return true
		}
		if inside && c.rule.Structure == structureEvasion {
			return true // said already by what it is
		}
		hint := c.level == finding.S4
		if o.rule.Group() == c.rule.Group() && (inside || hint) || hint && inside {
			return true
		}
	}
	return false
}

// grow takes in what sticks out of a candidate of the same rule and level.
func (c *candidate) grow(o *candidate) {
	if u := join(c.span, o.span); c.level == o.level && !c.certain && u.Len() <= maxUnited {
		c.span = u
	}
}

// grid finds the spans that lie near a place without looking at all of them.
type grid map[int][]int

const gridStep = 64

// add notes that number i lies at a span.
func (g grid) add(s document.Span, i int) {
	for k := s.Start / gridStep; k <= s.End/gridStep; k++ {
		g[k] = append(g[k], i)
	}
}

// near lists the numbers noted in the squares of a span; some may come twice.
func (g grid) near(s document.Span) []int {
	first, last := s.Start/gridStep, s.End/gridStep
	if first == last {
		return g[first]
	}
	var out []int
	for k := first; k <= last; k++ {
		out = append(out, g[k]...)
	}
	return out
}
