// Package pdf reads PDF files with PDFium (pdfium, in a WebAssembly sandbox) and
// rebuilds them from pixels.
//
// Read gives one part for the visible text of each page and further parts for
// what a reader of the page does not see: invisible, white, tiny, covered and
// off-page text and switched-off layers (found by drawing the page with and
// without the suspicious objects), annotations, form fields, bookmarks,
// attachments, Info, XMP, actions and scripts, replacement texts of the structure
// tree, and older revisions. What nobody could read (pictures, pages without text,
// fonts without Unicode) is listed as unchecked.
//
// Rebuild draws every page without annotations, blackens the boxes of the plan and
// writes the pictures into a new file of which nothing else is part.
package pdf

import (
	"context"
	"errors"
	"sync"

	"jinggao/assets"
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// watched and unwatched are compiled once in a process each, at first use, and never
// change afterwards. Unwatched is four times as fast: its code does not ask at every
// turn whether the context has ended, see Guarded.
var (
	watched   = sync.OnceValues(func() (*pdfium.Engine, error) { return compile(true) })
	unwatched = sync.OnceValues(func() (*pdfium.Engine, error) { return compile(false) })
)

func compile(stoppable bool) (*pdfium.Engine, error) {
	wasm, font := assets.Packed(assets.PDFiumWasm), assets.Packed(assets.FontRegular)
	if wasm == nil || font == nil {
		return nil, &document.Refusal{
			What: "无法处理 PDF 文件",
			Why:  "本程序构建时未包含 PDF 组件",
			Do:   "请改用完整的安装包",
		}
	}
	return pdfium.Compile(context.Background(), wasm, font, pdfium.CacheDir(), stoppable)
}

type guardedKey struct{}

// Guarded marks the context of a process that another one watches over and ends at
// the deadline, as the children of the package worker are. PDFium then runs without
// checks of its own: a call that hangs is not stopped from inside.
func Guarded(ctx context.Context) context.Context { return context.WithValue(ctx, guardedKey{}, true) }

func engineFor(ctx context.Context) (*pdfium.Engine, error) {
	if ctx.Value(guardedKey{}) != nil {
		return unwatched()
	}
	return watched()
}

// Warm compiles the PDF part of the program ahead of its first use and keeps the
// machine code in the user's cache folder for later runs and other processes.
func Warm(ctx context.Context) error {
	e, err := engineFor(ctx)
	if err != nil {
		return err
	}
	in, err := e.Start(ctx)
	if err != nil {
		return err
	}
	in.Close()
	return nil
}

// session is one document open in an instance of its own.
type session struct {
	in  *pdfium.Instance
	doc *pdfium.Document
}

// open starts an instance and loads the file; refusals come out as *document.Refusal.
func open(ctx context.Context, data []byte) (*session, error) {
	e, err := engineFor(ctx)
	if err != nil {
		return nil, err
	}
	in, err := e.Start(ctx)
	if err != nil {
		return nil, refusal(ctx, err)
	}
	doc, err := in.Open(data)
	if err != nil {
		in.Close()
		return nil, refusal(ctx, err)
	}
	if doc.Pages() == 0 {
		in.Close()
		return nil, refusal(ctx, pdfium.ErrDamaged)
	}
	return &session{in: in, doc: doc}, nil
}

// close frees everything at once: the memory goes with the instance.
func (s *session) close() { s.in.Close() }

// refusal puts an error of PDFium into words for people.
func refusal(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		if errors.Is(ctx.Err(), context.Canceled) {
			return ctx.Err()
		}
		return &document.Refusal{What: "PDF 文件处理超时", Why: "文件过于复杂或已损坏", Do: "请用原软件重新导出 PDF 后再试", Detail: err.Error()}
	}
	switch {
	case errors.Is(err, pdfium.ErrPassword):
		return &document.Refusal{What: "PDF 文件已加密，无法读取", Why: "打开需要密码", Do: "请取消密码后另存，再重新添加", Detail: err.Error()}
	case errors.Is(err, pdfium.ErrSecurity):
		return &document.Refusal{What: "PDF 文件已加密，无法读取", Why: "加密方式不受支持", Do: "请用原软件取消加密后另存", Detail: err.Error()}
	case errors.Is(err, pdfium.ErrDamaged):
		return &document.Refusal{What: "PDF 文件无法打开", Why: "内容不完整、已损坏，或不是 PDF 文件", Do: "请用原软件重新导出 PDF 后再试", Detail: err.Error()}
	case errors.Is(err, pdfium.ErrStopped):
		return &document.Refusal{What: "PDF 文件无法处理", Why: "文件结构异常，或所需内存超出上限", Do: "请用原软件重新导出 PDF 后再试", Detail: err.Error()}
	}
	return err
}
