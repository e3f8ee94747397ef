package worker_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"jinggao/sanitize/document"
	"jinggao/sanitize/worker"
)

// misbehave names what a child of the tests does instead of its work.
const misbehave = "JINGGAO_TEST_CHILD"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == worker.Verb {
		switch os.Getenv(misbehave) {
		case "hang":
			select {}
		case "crash":
			os.Exit(3)
		case "rubbish":
			_, _ = os.Stdout.WriteString("this is no frame, and long enough to be read as one")
			os.Exit(0)
		}
		os.Exit(worker.Main(leaf))
	}
	os.Exit(m.Run())
}

// leaf is a task that turns three pages.
var leaf = worker.Task{Name: "leaf", Run: func(ctx context.Context, _ document.Source) ([]byte, error) {
	for n := range 3 {
		document.Stepped(ctx, n+1, 3)
	}
	return []byte("done"), nil
}}

// What is told on the way comes before the answer and does not disturb it.
func TestStepsAreTold(t *testing.T) {
	for name, opt := range map[string]worker.Options{"child": {Size: 1}, "in process": {Size: 1, InProcess: true, Tasks: []worker.Task{leaf}}} {
		t.Run(name, func(t *testing.T) {
			p, told := pool(t, opt), 0
			ctx := document.WithSteps(context.Background(), func(done, total int) {
				if told++; done < told || total != 3 {
					t.Errorf("step %d of %d", done, total)
				}
			})
			for range 2 {
				told = 0
				if out, err := p.Run(ctx, "leaf", note); err != nil || string(out) != "done" {
					t.Fatalf("%q %v", out, err)
				}
			}
			if _, err := p.Read(context.Background(), note); err != nil { // nobody listens
				t.Fatal(err)
			}
		})
	}
	p, told := pool(t, worker.Options{Size: 1}), 0
	if _, err := p.Run(document.WithSteps(context.Background(), func(int, int) { told++ }), "leaf", note); err != nil || told == 0 {
		t.Errorf("%d steps told, %v", told, err)
	}
}

func pool(t *testing.T, opt worker.Options) *worker.Pool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	opt.Program = exe
	p, err := worker.NewPool(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

var note = document.Source{Name: "说明.txt", Data: []byte("联系人：韩砚秋\r\n")}

func TestReadRebuildProve(t *testing.T) {
	for name, opt := range map[string]worker.Options{"child": {Size: 1}, "in process": {Size: 1, InProcess: true}} {
		t.Run(name, func(t *testing.T) {
			p := pool(t, opt)
			ctx := context.Background()
			doc, err := p.Read(ctx, note)
			if err != nil || doc.Parts[0].Text != "联系人：韩砚秋\n" {
				t.Fatalf("%+v %v", doc, err)
			}
			out, err := p.Rebuild(ctx, note, document.Plan{Edits: []document.Edit{{Part: "text", Span: document.Span{Start: 4, End: 7}, Text: "韩某"}}})
			if err != nil || string(out.Data) != "联系人：韩某\r\n" {
				t.Fatalf("%+v %v", out, err)
			}
			proof := worker.Proof{Name: "a.txt", Original: note.Data, Output: out.Data, Kind: out.Kind, Forbidden: []string{"韩砚秋"}}
			if problems, err := p.Prove(ctx, proof); err != nil || len(problems) != 0 {
				t.Fatalf("%v %v", problems, err)
			}
			proof.Output = note.Data
			if problems, err := p.Prove(ctx, proof); err != nil || len(problems) == 0 {
				t.Fatalf("a leak was not seen: %v", err)
			}
			if _, err := p.Read(ctx, document.Source{Name: "a.txt"}); !refused(err) {
				t.Fatalf("want a refusal, got %v", err)
			}
		})
	}
}

func refused(err error) bool {
	var r *document.Refusal
	return errors.As(err, &r)
}

func TestBadChildCostsOneFileOnly(t *testing.T) {
	// Only a hang is waited for; the limit must leave a slow machine time for the next file.
	for how, limit := range map[string]time.Duration{"hang": 10 * time.Second, "crash": 5 * time.Minute, "rubbish": 5 * time.Minute} {
		t.Run(how, func(t *testing.T) {
			p := pool(t, worker.Options{Size: 1, Limits: worker.Limits{Read: limit}})
			t.Setenv(misbehave, how)
			if _, err := p.Read(context.Background(), note); !refused(err) {
				t.Fatalf("want a refusal, got %v", err)
			}
			t.Setenv(misbehave, "")
			if _, err := p.Read(context.Background(), note); err != nil {
				t.Fatalf("the next file: %v", err)
			}
		})
	}
}

func TestCancelEndsTheChild(t *testing.T) {
	p := pool(t, worker.Options{Size: 1})
	t.Setenv(misbehave, "hang")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := p.Read(ctx, note); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestMemoryLimit(t *testing.T) {
	p := pool(t, worker.Options{Size: 1, Limits: worker.Limits{Memory: 96 << 20}})
	big := document.Source{Name: "a.txt", Data: bytes.Repeat([]byte("申报材料\n"), 2<<20)}
	_, err := p.Read(context.Background(), big)
	if !refused(err) {
		t.Fatalf("want a refusal, got %v", err)
	}
	if _, err := p.Read(context.Background(), note); err != nil {
		t.Fatalf("the next file: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	p := pool(t, worker.Options{Size: 2})
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if _, err := p.Read(context.Background(), note); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestClosed(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := worker.NewPool(worker.Options{Size: 1, Program: exe})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.Close(), p.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Read(context.Background(), note); !errors.Is(err, worker.ErrClosed) {
		t.Errorf("got %v", err)
	}
}
