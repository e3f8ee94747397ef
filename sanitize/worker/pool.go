// Package worker does everything that parses foreign files in child processes of
// the same program: reading, rebuilding, proving. A child has a deadline for each
// job and a memory limit; when it hangs, crashes or swells it is ended, that file
// is refused, and the next job gets a fresh child.
package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/archive"
)

// Options says how a Pool works.
type Options struct {
	Size      int    // children; 0: as many as processors
	Program   string // executable that answers to Verb; "": this one
	InProcess bool   // no children at all, for tests
	Tasks     []Task // for InProcess; a child has those given to Main
	Limits    Limits
}

// Pool is a set of children that start when first needed. It may be used by many
// goroutines at once; a job beyond Size waits.
type Pool struct {
	opt   Options
	slots chan *child // nil entries are children not yet started
	mu    sync.Mutex
	gone  bool
}

// ErrClosed is returned for jobs after Close.
var ErrClosed = errors.New("worker pool is closed")

// swollen is what an idle child may hold before it is replaced.
const swollen = 512 << 20

// NewPool prepares a pool; no process is started yet.
func NewPool(opt Options) (*Pool, error) {
	if opt.Size <= 0 {
		opt.Size = runtime.NumCPU()
	}
	opt.Limits = opt.Limits.orDefault()
	if opt.Program == "" && !opt.InProcess {
		exe, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find own executable: %w", err)
		}
		opt.Program = exe
	}
	p := &Pool{opt: opt, slots: make(chan *child, opt.Size)}
	for range opt.Size {
		p.slots <- nil
	}
	return p, nil
}

// Size is the number of jobs that run at once.
func (p *Pool) Size() int { return p.opt.Size }

// Read reads a file. Errors are *document.Refusal, or ctx's own.
func (p *Pool) Read(ctx context.Context, src document.Source) (*document.Document, error) {
	res, _, err := p.do(ctx, request{Op: opRead, Name: src.Name}, src.Data)
	if err != nil {
		return nil, err
	}
	return res.Document, nil
}

// Rebuild writes the clean copy of a file. Errors are *document.Refusal, or ctx's own.
func (p *Pool) Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	res, blobs, err := p.do(ctx, request{Op: opRebuild, Name: src.Name, Plan: plan}, src.Data)
	if err != nil {
		return nil, err
	}
	if len(blobs) == 1 {
		res.Rebuilt.Data = blobs[0]
	}
	return res.Rebuilt, nil
}

// Members takes an archive apart. Errors are *document.Refusal, or ctx's own.
func (p *Pool) Members(ctx context.Context, src document.Source) (*archive.Contents, error) {
	res, blobs, err := p.do(ctx, request{Op: opMembers, Name: src.Name}, src.Data)
	if err != nil {
		return nil, err
	}
	attach(res.Contents, blobs)
	return res.Contents, nil
}

// Picture draws a page of a PDF. Errors are *document.Refusal, or ctx's own.
func (p *Pool) Picture(ctx context.Context, src document.Source, what document.Drawing) (*document.Picture, error) {
	res, blobs, err := p.do(ctx, request{Op: opPicture, Name: src.Name, Draw: &what}, src.Data)
	if err != nil {
		return nil, err
	}
	if len(blobs) != 1 || len(blobs[0]) != 4*res.Picture.W*res.Picture.H {
		return nil, crashed
	}
	res.Picture.Pix = blobs[0]
	return res.Picture, nil
}

// Run has a task of the program done on a file. Errors are *document.Refusal, or ctx's own.
func (p *Pool) Run(ctx context.Context, task string, src document.Source) ([]byte, error) {
	_, blobs, err := p.do(ctx, request{Op: opTask, Name: src.Name, Task: task}, src.Data)
	if err != nil {
		return nil, err
	}
	if len(blobs) != 1 {
		return nil, crashed
	}
	return blobs[0], nil
}

// Warm loads what is slow in one child, so that the first file does not wait for it.
func (p *Pool) Warm(ctx context.Context) error {
	_, _, err := p.do(ctx, request{Op: opWarm})
	return err
}

// Close ends the children. Jobs under way are waited for.
func (p *Pool) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gone {
		return nil
	}
	p.gone = true
	for range p.opt.Size {
		if c := <-p.slots; c != nil {
			c.end()
		}
	}
	close(p.slots)
	return nil
}

// do runs one job in the next free child.
func (p *Pool) do(ctx context.Context, req request, blobs ...[]byte) (*response, [][]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	size := 0
	for _, b := range blobs {
		size += len(b)
	}
	limit := p.opt.Limits.of(req.Op, size)
	if p.opt.InProcess {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		res, out := serve(ctx, req, blobs, p.opt.Tasks)
		return finish(&res, out)
	}
	var c *child
	var open bool
	select {
	case c, open = <-p.slots:
		if !open {
			return nil, nil, ErrClosed
		}
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	var keep *child
	defer func() { p.slots <- keep }()
	if c == nil {
		var err error
		if c, err = start(p.opt.Program, p.opt.Limits.Memory); err != nil {
			return nil, nil, &document.Refusal{What: "读取进程无法启动", Why: "内存不足，或被安全软件拦截", Do: "请关闭其他程序后重试", Detail: err.Error()}
		}
	}
	res, out, err := c.run(ctx, req, blobs, limit)
	if err != nil {
		return nil, nil, err // the child is already ended
	}
	if res.Heap < swollen {
		keep = c
	} else {
		c.end()
	}
	return finish(res, out)
}

func finish(res *response, out [][]byte) (*response, [][]byte, error) {
	if res.Refused != nil {
		return nil, nil, res.Refused
	}
	return res, out, nil
}
