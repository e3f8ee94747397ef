package pdfium

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf16"

	"github.com/tetratelabs/wazero/api"
)

// scratchSize is the size in bytes of the buffer that small out-parameters share.
const scratchSize = 64

// maxString bounds any string taken out of a document, in bytes.
const maxString = 8 << 20

// Instance is one running copy of PDFium. It is for one goroutine.
//
// The first failure sticks: from then on every call returns zero values and Err
// tells why. Callers therefore check once, at the end of a piece of work.
type Instance struct {
	ctx       context.Context
	mod       api.Module
	memory    api.Memory
	functions map[string]api.Function
	stack     [16]uint64
	scratch   uint32
	canvas    uint32   // where pages are drawn, kept from one drawing to the next
	size      int      // bytes of canvas
	spare     [][]byte // of freed bitmaps
	err       error
}

// Err is the first failure, wrapping ErrStopped, or nil.
func (in *Instance) Err() error { return in.err }

// Close ends the instance and frees its memory.
func (in *Instance) Close() { _ = in.mod.Close(context.WithoutCancel(in.ctx)) }

func (in *Instance) fail(what string, err error) {
	if in.err == nil {
		in.err = fmt.Errorf("%w in %s: %w", ErrStopped, what, err)
		if cause := in.ctx.Err(); cause != nil {
			in.err = fmt.Errorf("%w in %s: %w", ErrStopped, what, cause)
		}
	}
}

func (in *Instance) function(name string) api.Function {
	f, ok := in.functions[name]
	if !ok {
		f = in.mod.ExportedFunction(name)
		in.functions[name] = f
	}
	return f
}

// call runs an exported function; the result is 0 if it has none or failed.
func (in *Instance) call(name string, args ...uint64) uint64 {
	if in.err != nil {
		return 0
	}
	if cause := in.ctx.Err(); cause != nil {
		in.fail(name, cause)
		return 0
	}
	f := in.function(name)
	if f == nil {
		in.fail(name, fmt.Errorf("not exported"))
		return 0
	}
	in.stack[0] = 0
	copy(in.stack[:], args)
	if err := f.CallWithStack(in.ctx, in.stack[:max(1, len(args))]); err != nil {
		in.fail(name, err)
		return 0
	}
	return in.stack[0]
}

// word runs a function with a 32-bit result.
func (in *Instance) word(name string, args ...uint64) uint32 { return uint32(in.call(name, args...)) }

// truth runs a function with a boolean result, of which only the low bits count.
func (in *Instance) truth(name string, args ...uint64) bool { return in.word(name, args...)&0xff != 0 }

func (in *Instance) alloc(n int) uint32 {
	p := in.word("malloc", uint64(n))
	if p == 0 && in.err == nil {
		in.fail("malloc", fmt.Errorf("memory used up (%d bytes asked for)", n))
	}
	return p
}

func (in *Instance) free(p uint32) {
	if p != 0 {
		in.call("free", uint64(p))
	}
}

// place copies bytes into the instance; the caller frees them.
func (in *Instance) place(b []byte) uint32 {
	p := in.alloc(max(1, len(b)))
	if p != 0 && !in.memory.Write(p, b) {
		in.fail("write", fmt.Errorf("out of bounds"))
	}
	return p
}

// bytes copies n bytes out of the instance.
func (in *Instance) bytes(at uint32, n int) []byte {
	if in.err != nil || n <= 0 {
		return nil
	}
	b, ok := in.memory.Read(at, uint32(n))
	if !ok {
		in.fail("read", fmt.Errorf("out of bounds"))
		return nil
	}
	return append([]byte(nil), b...)
}

// view is n bytes of the instance, valid until the next call.
func (in *Instance) view(at uint32, n int) []byte {
	if in.err != nil || n <= 0 {
		return nil
	}
	b, ok := in.memory.Read(at, uint32(n))
	if !ok {
		in.fail("read", fmt.Errorf("out of bounds"))
		return nil
	}
	return b
}

func (in *Instance) float32At(at uint32) float64 {
	b := in.view(at, 4)
	if b == nil {
		return 0
	}
	return finite(float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
}

func (in *Instance) uint32At(at uint32) uint32 {
	b := in.view(at, 4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// finite turns NaN and infinities of damaged files into a far, harmless number.
func finite(v float64) float64 {
	if math.IsNaN(v) || v > 1e9 || v < -1e9 {
		return -1e9
	}
	return v
}

func utf16String(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(b[i:]))
	}
	for len(units) > 0 && units[len(units)-1] == 0 {
		units = units[:len(units)-1]
	}
	return string(utf16.Decode(units))
}

// text8 calls a function of the shape f(args…, buffer, bytes) → bytes needed, which
// fills the buffer with bytes, and gives the string without its NUL.
func (in *Instance) text8(name string, args ...uint64) string {
	b := in.blob(name, args...)
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return string(b)
}

// blob calls f(args…, buffer, bytes) → bytes needed, twice.
func (in *Instance) blob(name string, args ...uint64) []byte {
	n := int(in.word(name, append(append([]uint64(nil), args...), 0, 0)...))
	if n <= 0 || n > maxString {
		return nil
	}
	p := in.alloc(n)
	defer in.free(p)
	in.word(name, append(append([]uint64(nil), args...), uint64(p), uint64(n))...)
	return in.bytes(p, n)
}

// blobOut calls f(args…, buffer, bytes, &size) → bool, twice.
func (in *Instance) blobOut(limit int, name string, args ...uint64) []byte {
	ask := append(append([]uint64(nil), args...), 0, 0, uint64(in.scratch))
	if !in.truth(name, ask...) {
		return nil
	}
	n := int(in.uint32At(in.scratch))
	if n <= 0 || n > limit {
		return nil
	}
	p := in.alloc(n)
	defer in.free(p)
	in.truth(name, append(append([]uint64(nil), args...), uint64(p), uint64(n), uint64(in.scratch))...)
	return in.bytes(p, n)
}

// cstring places a NUL-terminated string; the caller frees it.
func (in *Instance) cstring(s string) uint32 { return in.place(append([]byte(s), 0)) }

// real runs a function with a float32 result.
func (in *Instance) real(name string, args ...uint64) float64 {
	return finite(float64(api.DecodeF32(in.call(name, args...))))
}

func f64(v float64) uint64 { return api.EncodeF64(v) }
