package detect

import (
	"sort"

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
// The hiding place as a whole and document-level findings take no part.
func (s *scanState) resolve() {
	for _, w := range s.works {
		order := make([]int, len(w.kept))
		for i := range order {
			order[i] = i
		}
		sort.SliceStable(order, func(a, b int) bool { return heavier(&w.kept[order[a]], &w.kept[order[b]]) })
		var accepted []candidate
		for _, i := range order {
			c := w.kept[i]
			if c.hidden || c.whole || !yields(&c, accepted) {
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
func yields(c *candidate, accepted []candidate) bool {
	for i := range accepted {
		o := &accepted[i]
		if o.hidden || o.whole || !o.span.Overlaps(c.span) && o.span != c.span {
			continue
		}
		inside := o.span.Covers(c.span)
		if o.rule == c.rule {
			if !inside {
				o.grow(c)
			}
			return true
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
