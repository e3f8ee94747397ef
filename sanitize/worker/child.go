package worker

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"time"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format"
	"jinggao/sanitize/format/archive"
	"jinggao/sanitize/format/pdf"
)

// Verb is the argument that makes the program a child; Main is then its whole life.
const Verb = "__worker"

// memoryVariable tells the child how much it may hold.
const memoryVariable = "JINGGAO_WORKER_MEMORY"

// exit codes of a child that ends itself.
const exitMemory = 97

// Task is work on a foreign file that the program adds to that of this package, to
// have it done in a child as well.
type Task struct {
	Name string
	// Run gives what Pool.Run is to return. Errors are *document.Refusal.
	Run func(ctx context.Context, src document.Source) ([]byte, error)
}

// Main serves jobs from standard input until it is closed and returns the exit
// code. Tasks are those that Pool.Run may ask for. It opens no files. Nothing that a library prints can disturb the answers:
// standard output is moved out of the way first.
func Main(tasks ...Task) int {
	out := os.Stdout
	os.Stdout = os.Stderr
	limit := memoryLimit()
	debug.SetMemoryLimit(int64(limit / 4 * 3))
	debug.SetTraceback("none")
	limitSelf(limit)
	watchMemory(limit)
	jobs := make(chan job)
	go receive(os.Stdin, jobs)
	w := bufio.NewWriterSize(out, 64<<10)
	guarded := pdf.Guarded(context.Background()) // the parent ends this process at the deadline
	guarded = document.WithSteps(guarded, steps(w))
	for j := range jobs {
		res, blobs := serve(guarded, j.request, j.blobs, tasks)
		res.Heap = held()
		if writeFrame(w, res, blobs...) != nil || w.Flush() != nil {
			return 1
		}
	}
	return 0
}

// stepEvery is the least time between two steps that are told.
const stepEvery = 100 * time.Millisecond

// steps tells the parent how far the job has come. Jobs tell of it on the goroutine that
// serves them, before they answer.
func steps(w *bufio.Writer) document.Steps {
	var last time.Time
	return func(done, total int) {
		if time.Since(last) < stepEvery {
			return
		}
		last = time.Now()
		if writeFrame(w, response{Step: &step{done, total}}) == nil {
			_ = w.Flush() // a parent that is gone ends this process otherwise
		}
	}
}

type job struct {
	request request
	blobs   [][]byte
}

// receive reads requests and ends the process when the parent is gone, even in mid-job.
func receive(in io.Reader, jobs chan<- job) {
	r := bufio.NewReaderSize(in, 64<<10)
	for {
		var j job
		var err error
		if j.blobs, err = readFrame(r, &j.request); err != nil {
			os.Exit(0)
		}
		jobs <- j
	}
}

func memoryLimit() uint64 {
	n, err := strconv.ParseUint(os.Getenv(memoryVariable), 10, 64)
	if err != nil || n == 0 {
		return Limits{}.orDefault().Memory
	}
	return n
}

// held is what the process has from the system for Go's heap and stacks.
func held() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}

// watchMemory ends the child once it holds more than it may; the parent reports it.
func watchMemory(limit uint64) {
	go func() {
		for range time.Tick(50 * time.Millisecond) {
			if held() > limit {
				runtime.GC()
				debug.FreeOSMemory()
				if held() > limit {
					os.Exit(exitMemory)
				}
			}
		}
	}()
}

// serve does one job; it is also the in-process mode.
func serve(ctx context.Context, req request, blobs [][]byte, tasks []Task) (res response, out [][]byte) {
	defer func() {
		if p := recover(); p != nil {
			res = response{Refused: &document.Refusal{What: "文件无法处理", Why: "内容已损坏，处理时出错", Do: "请用 WPS 或 Office 打开后另存，再重新处理", Detail: fmt.Sprintf("panic of type %T", p)}}
			out = nil
		}
	}()
	src := document.Source{Name: req.Name}
	if len(blobs) > 0 {
		src.Data = blobs[0]
	}
	var err error
	switch req.Op {
	case opRead:
		res.Document, err = format.Read(ctx, src)
	case opRebuild:
		res.Rebuilt, err = format.Rebuild(ctx, src, req.Plan)
		if err == nil {
			out = [][]byte{res.Rebuilt.Data}
			res.Rebuilt.Data = nil
		}
	case opChanged:
		res.Problems = changed(src)
	case opMembers:
		res.Contents, err = format.Members(ctx, src)
		if err == nil {
			out = detach(res.Contents)
		}
	case opProve:
		res.Problems, err = prove(ctx, req, blobs)
	case opWarm:
		err = format.Warm(ctx)
	case opPicture:
		if req.Draw == nil {
			req.Draw = &document.Drawing{} // no page: refused
		}
		if res.Picture, err = pdf.Draw(ctx, src, *req.Draw); err == nil {
			out = [][]byte{res.Picture.Pix}
		}
	case opTask:
		out, err = runTask(ctx, req.Task, src, tasks)
	default:
		err = fmt.Errorf("unknown operation %q", req.Op)
	}
	if err != nil {
		res.Refused = asRefusal(err)
	}
	return res, out
}

func runTask(ctx context.Context, name string, src document.Source, tasks []Task) ([][]byte, error) {
	for _, t := range tasks {
		if t.Name != name {
			continue
		}
		b, err := t.Run(ctx, src)
		if err != nil {
			return nil, fmt.Errorf("task %q: %w", name, err)
		}
		return [][]byte{b}, nil
	}
	return nil, fmt.Errorf("no task named %q", name)
}

func asRefusal(err error) *document.Refusal {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return timeout
	}
	return document.AsRefusal(err)
}

// detach takes the members' bytes out, to travel as blobs.
func detach(c *archive.Contents) [][]byte {
	out := make([][]byte, len(c.Members))
	for i := range c.Members {
		out[i], c.Members[i].Data = c.Members[i].Data, nil
	}
	return out
}

// attach puts them back.
func attach(c *archive.Contents, blobs [][]byte) {
	for i := range c.Members {
		if i < len(blobs) {
			c.Members[i].Data = blobs[i]
		}
	}
}
