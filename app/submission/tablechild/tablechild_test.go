package tablechild_test

import (
	"context"
	"testing"

	"jinggao/app/submission/tablechild"
	"jinggao/sanitize/document"
	"jinggao/sanitize/worker"
)

func TestReader(t *testing.T) {
	p, err := worker.NewPool(worker.Options{InProcess: true, Tasks: []worker.Task{tablechild.Task()}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	read := tablechild.Reader(p)
	fs, err := read(context.Background(), "a.csv", []byte("序号,申报主体\n1,某校\n"))
	if err != nil || len(fs) != 1 || len(fs[0].Grids) != 1 || fs[0].Grids[0].Rows[1][1].Text != "某校" {
		t.Errorf("%+v %v", fs, err)
	}
	if fs, err := read(context.Background(), "a.xlsx", []byte("PK\x03\x04")); err != nil || len(fs) != 1 || fs[0].Refused == nil {
		t.Errorf("%+v %v", fs, err)
	}
	if _, err := p.Run(context.Background(), "none", document.Source{}); err == nil {
		t.Error("a task that nobody brought was run")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := read(ctx, "a.csv", []byte("a,b")); err == nil {
		t.Error("cancelled, but no error")
	}
}
