package pdfium

import "github.com/tetratelabs/wazero/experimental"

// firstRange is the address range that an instance begins with, in bytes: enough
// to draw ordinary pages.
const firstRange = 96 << 20

// allocator gives each instance an address range of which the system backs only
// what is touched: growing within it neither copies nor clears. A larger range
// replaces it when it is full. Everything goes back to the system when the
// instance is closed.
func allocator(_, limit uint64) experimental.LinearMemory {
	l := &linear{limit: min(limit, memoryPages*pageSize)}
	b, err := reserve(min(l.limit, firstRange))
	if err != nil {
		panic(ErrStopped) // as running out of memory does
	}
	l.all = b
	return l
}

// linear is the memory of one instance.
type linear struct {
	all   []byte // the range
	size  uint64 // bytes in use
	limit uint64
}

// Reallocate gives the first size bytes, or nil beyond the limit.
func (l *linear) Reallocate(size uint64) []byte {
	if size > l.limit {
		return nil
	}
	if size > uint64(len(l.all)) && !l.move(min(l.limit, max(2*uint64(len(l.all)), size))) {
		return nil
	}
	if commit(l.all, size) != nil {
		return nil
	}
	l.size = size
	return l.all[:size:len(l.all)]
}

func (l *linear) move(to uint64) bool {
	b, err := reserve(to)
	if err != nil {
		return false
	}
	if commit(b, l.size) != nil {
		release(b)
		return false
	}
	copy(b, l.all[:l.size])
	release(l.all)
	l.all = b
	return true
}

// Free gives the range back; nothing may point into it any more.
func (l *linear) Free() {
	release(l.all)
	l.all = nil
}
