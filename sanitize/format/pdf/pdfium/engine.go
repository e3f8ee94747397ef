// Package pdfium runs PDFium, compiled to WebAssembly, inside wazero: no cgo, no
// file system, no environment, no network. Whatever a hostile PDF does, it does
// to the linear memory of one Instance, which is thrown away afterwards.
//
// An Engine holds the compiled program and may be shared by goroutines; an
// Instance is one running copy for one goroutine and, as a rule, one document.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/emscripten"
)

// memoryPages caps the linear memory of one instance: 8,192 pages of 64 KiB are 512 MiB.
const memoryPages = 8192

// ErrStopped is reported by an Instance whose program ended abnormally: a trap,
// an abort, memory used up, or the context done. The instance is of no further use.
var ErrStopped = errors.New("pdfium stopped")

// Engine is PDFium compiled and ready to be instantiated.
type Engine struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	font     []byte
}

// Compile makes an engine from the bytes of the module. The font (a TrueType
// file with Chinese glyphs, shared and not copied) stands in for every font that
// a document does not embed. CacheDir keeps the machine code between runs; where
// it is "" or cannot be written, the module is compiled anew, which takes seconds.
// A stoppable engine can be stopped in the midst of a call when the context of an
// instance ends; its code then asks at every turn, which makes it four times as slow.
func Compile(ctx context.Context, wasm, font []byte, cacheDir string, stoppable bool) (*Engine, error) {
	cfg := wazero.NewRuntimeConfig().
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(stoppable).
		WithDebugInfoEnabled(false)
	if cache := openCache(cacheDir); cache != nil {
		cfg = cfg.WithCompilationCache(cache)
	}
	rt := wazero.NewRuntimeWithConfig(ctx, cfg)
	e := &Engine{runtime: rt, font: font}
	if err := e.link(ctx, wasm); err != nil {
		_ = rt.Close(ctx)
		return nil, err
	}
	return e, nil
}

// openCache returns nil where the folder cannot be made or written.
func openCache(dir string) wazero.CompilationCache {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	probe, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return nil
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}

// CacheDir is the shared folder for compiled code, or "" if the user has none.
func CacheDir() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(base, "jinggao", "wasm")
}

func (e *Engine) link(ctx context.Context, wasm []byte) error {
	compiled, err := e.runtime.CompileModule(ctx, wasm)
	if err != nil {
		return fmt.Errorf("compile pdfium: %w", err)
	}
	e.compiled = compiled
	exporter, err := emscripten.NewFunctionExporterForModule(compiled)
	if err != nil {
		return fmt.Errorf("export emscripten functions: %w", err)
	}
	env := e.runtime.NewHostModuleBuilder("env")
	exporter.ExportFunctions(env)
	wasi := e.runtime.NewHostModuleBuilder("wasi_snapshot_preview1")
	for _, f := range compiled.ImportedFunctions() {
		module, name, _ := f.Import()
		builder, host := env, envFunction(name)
		switch module {
		case "wasi_snapshot_preview1":
			builder, host = wasi, wasiFunction(name)
		case "env":
			if isEmscripten(name) {
				continue
			}
		default:
			return fmt.Errorf("unexpected import module %q", module)
		}
		builder.NewFunctionBuilder().
			WithGoModuleFunction(host, f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	for _, b := range []wazero.HostModuleBuilder{env, wasi} {
		if _, err := b.Instantiate(ctx); err != nil {
			return fmt.Errorf("instantiate host module: %w", err)
		}
	}
	return nil
}

// Start makes a running instance. When ctx ends, the instance of a stoppable engine
// is stopped, even in the midst of a call; that of another before its next call.
func (e *Engine) Start(ctx context.Context) (in *Instance, err error) {
	defer func() {
		if recover() != nil { // the allocator found no memory
			in, err = nil, ErrStopped
		}
	}()
	ctx = context.WithValue(ctx, filesKey{}, newFiles(e.font))
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocator))
	mod, err := e.runtime.InstantiateModule(ctx, e.compiled,
		wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, fmt.Errorf("instantiate pdfium: %w", err)
	}
	in = &Instance{ctx: ctx, mod: mod, memory: mod.Memory(), functions: map[string]api.Function{}}
	for _, name := range []string{"emscripten_stack_init", "__wasm_call_ctors", "FPDF_InitLibrary"} {
		in.call(name)
	}
	in.scratch = in.alloc(scratchSize)
	if in.err != nil {
		in.Close()
		return nil, in.err
	}
	return in, nil
}

// Close frees the compiled code. No instance may be running.
func (e *Engine) Close(ctx context.Context) error { return e.runtime.Close(ctx) }
