package pdfium

import (
	"context"
	"strings"
	"time"

	"github.com/tetratelabs/wazero/api"
)

// Errors towards the module are negative numbers of the WASI list.
const (
	errBadFile      = -8
	errNotFound     = -44
	errNotSupported = -52
	errNotDirectory = -54
)

// pageSize is the unit of WebAssembly memory in bytes.
const pageSize = 65536

// isEmscripten names the functions that wazero's own emscripten package provides.
func isEmscripten(name string) bool {
	return strings.HasPrefix(name, "invoke_") || name == "_emscripten_throw_longjmp" ||
		name == "emscripten_notify_memory_growth"
}

// word is an i32 argument: its upper 32 bits may hold anything.
func word(stack []uint64, i int) uint32 { return uint32(stack[i]) }

func result(stack []uint64, code int32) { stack[0] = uint64(uint32(code)) }

// envFunction is the host side of an import from "env". What is not listed
// answers "not supported": the module has no business with it.
func envFunction(name string) api.GoModuleFunc {
	switch name {
	case "_abort_js", "__assert_fail":
		return func(context.Context, api.Module, []uint64) { panic(ErrStopped) }
	case "_emscripten_memcpy_js":
		return copyMemory
	case "emscripten_resize_heap":
		return growMemory
	case "emscripten_date_now": // a fixed day: output must not depend on the clock
		return func(_ context.Context, _ api.Module, s []uint64) {
			s[0] = api.EncodeF64(float64(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()))
		}
	case "_tzset_js", "_localtime_js", "_gmtime_js":
		return func(context.Context, api.Module, []uint64) {}
	}
	if f := fileFunction(name); f != nil {
		return f
	}
	return func(_ context.Context, _ api.Module, s []uint64) {
		if len(s) > 0 {
			result(s, errNotSupported)
		}
	}
}

// wasiFunction is the host side of an import from WASI. The module passes 64-bit
// numbers as two words, so wazero's own implementation does not fit.
func wasiFunction(name string) api.GoModuleFunc {
	switch name {
	case "environ_sizes_get": // no environment: zero entries, zero bytes
		return func(_ context.Context, m api.Module, s []uint64) {
			m.Memory().WriteUint32Le(word(s, 0), 0)
			m.Memory().WriteUint32Le(word(s, 1), 0)
			result(s, 0)
		}
	case "environ_get":
		return func(_ context.Context, _ api.Module, s []uint64) { result(s, 0) }
	}
	if f := fileFunction(name); f != nil {
		return f
	}
	return func(_ context.Context, _ api.Module, s []uint64) {
		if len(s) > 0 {
			result(s, -errBadFile) // WASI counts upwards
		}
	}
}

func copyMemory(_ context.Context, m api.Module, s []uint64) {
	to, from, n := word(s, 0), word(s, 1), word(s, 2)
	src, ok := m.Memory().Read(from, n)
	if !ok || !m.Memory().Write(to, src) {
		panic(ErrStopped)
	}
}

// growMemory enlarges the heap to the size asked for and a quarter more.
func growMemory(_ context.Context, m api.Module, s []uint64) {
	want := uint64(word(s, 0))
	have := uint64(m.Memory().Size())
	stack0 := uint64(1)
	if want > have {
		need := (want - have + pageSize - 1) / pageSize
		if _, ok := m.Memory().Grow(uint32(need + have/4/pageSize)); !ok {
			if _, ok = m.Memory().Grow(uint32(need)); !ok {
				stack0 = 0
			}
		}
	}
	s[0] = stack0
}
