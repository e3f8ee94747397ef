package automaton

import "math/bits"

type builder struct {
	a      *Automaton
	states int32
	depth  []int32
	parent []int32
	by     []uint32 // class by which a state is reached
}

func newBuilder(terms [][]rune) *builder {
	a := &Automaton{low: make([]uint32, 1<<16), high: map[rune]uint32{}, length: make([]int32, len(terms))}
	classes, letters := uint32(0), 0
	for i, t := range terms {
		a.length[i] = int32(len(t))
		a.longest = max(a.longest, len(t))
		letters += len(t)
		for _, r := range t {
			if a.class(r) != 0 {
				continue
			}
			classes++
			if uint32(r) < 1<<16 {
				a.low[r] = classes
			} else {
				a.high[r] = classes
			}
		}
	}
	size := 16
	for size < 2*letters+2 {
		size *= 2
	}
	a.maybe = make([]uint64, 1<<(maybeBits-6))
	a.keys, a.vals = make([]uint64, size), make([]int32, size)
	a.shift = uint(64 - bits.Len(uint(size-1)))
	a.root = make([]int32, classes+1)
	b := &builder{a: a}
	b.newState(0, 0, 0)
	return b
}

func (b *builder) newState(parent int32, class uint32, depth int32) int32 {
	b.a.out = append(b.a.out, -1)
	b.depth = append(b.depth, depth)
	b.parent = append(b.parent, parent)
	b.by = append(b.by, class)
	b.states++
	return b.states - 1
}

func (b *builder) insertAll(terms [][]rune) {
	for i, t := range terms {
		if len(t) == 0 {
			continue
		}
		state := int32(0)
		for d, r := range t {
			c := b.a.class(r)
			var next int32
			if state == 0 {
				next = b.a.root[c]
			} else {
				next = b.a.next(state, c)
			}
			if next == 0 {
				next = b.newState(state, c, int32(d+1))
				if state == 0 {
					b.a.root[c] = next
				} else {
					b.put(state, c, next)
				}
			}
			state = next
		}
		if b.a.out[state] < 0 {
			b.a.out[state] = int32(i)
		}
	}
}

func (b *builder) put(state int32, class uint32, next int32) {
	key := uint64(state)<<classBits | uint64(class)
	mask := uint64(len(b.a.keys) - 1)
	hash := key * 0x9E3779B97F4A7C15
	bit := hash >> maybeShift
	b.a.maybe[bit>>6] |= 1 << (bit & 63)
	i := hash >> b.a.shift
	for b.a.keys[i] != 0 {
		i = (i + 1) & mask
	}
	b.a.keys[i], b.a.vals[i] = key, next
}

// link sets failure and output links in the order of depth.
func (b *builder) link() {
	n := int(b.states)
	b.a.fail, b.a.link = make([]int32, n), make([]int32, n)
	byDepth := make([][]int32, b.a.longest+1)
	for s := int32(1); s < b.states; s++ {
		byDepth[b.depth[s]] = append(byDepth[b.depth[s]], s)
	}
	for d := 1; d < len(byDepth); d++ {
		for _, s := range byDepth[d] {
			f := int32(0)
			if d > 1 {
				f = b.failure(b.a.fail[b.parent[s]], b.by[s])
			}
			b.a.fail[s] = f
			if b.a.out[f] >= 0 {
				b.a.link[s] = f
			} else {
				b.a.link[s] = b.a.link[f]
			}
		}
	}
}

func (b *builder) failure(f int32, class uint32) int32 {
	for f != 0 {
		if n := b.a.next(f, class); n != 0 {
			return n
		}
		f = b.a.fail[f]
	}
	return b.a.root[class]
}
