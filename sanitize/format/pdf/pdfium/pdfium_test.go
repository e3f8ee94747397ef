package pdfium_test

import (
	"context"
	"errors"
	"testing"

	"jinggao/assets"
	"jinggao/sanitize/format/pdf/pdfium"
)

func engine(t *testing.T) *pdfium.Engine {
	t.Helper()
	wasm := assets.Packed(assets.PDFiumWasm)
	if wasm == nil {
		t.Fatal("the PDF part is not packed: run go generate ./assets")
	}
	e, err := pdfium.Compile(t.Context(), wasm, assets.Packed(assets.FontRegular), pdfium.CacheDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestLimits(t *testing.T) {
	e := engine(t)
	t.Run("memory", func(t *testing.T) {
		in, err := e.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if _, err := in.Open(make([]byte, 600<<20)); !errors.Is(err, pdfium.ErrStopped) {
			t.Errorf("600 MiB were taken in: %v", err)
		}
	})
	t.Run("ended context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, err := e.Start(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		cancel()
		if _, err := in.Open([]byte("%PDF-1.4")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no PDF", func(t *testing.T) {
		in, err := e.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if _, err := in.Open([]byte("no PDF at all")); !errors.Is(err, pdfium.ErrDamaged) {
			t.Errorf("got %v", err)
		}
	})
}

func TestUnwritableCache(t *testing.T) {
	wasm := []byte{0, 'a', 's', 'm', 1, 0, 0, 0} // an empty module compiles
	for _, dir := range []string{"", "/dev/null/no"} {
		if _, err := pdfium.Compile(t.Context(), wasm, nil, dir, true); err != nil {
			t.Errorf("%q: %v", dir, err)
		}
	}
}
