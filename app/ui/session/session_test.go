package session_test

import (
	"os"
	"path/filepath"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize/redact"
)

type bench struct {
	t      *testing.T
	dir    string
	loop   *uitest.Loop
	engine *uitest.Engine
	tasks  *task.Manager
	s      *session.Session
	fails  []string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir(), loop: uitest.NewLoop(), engine: uitest.NewEngine()}
	b.tasks = task.New(b.loop.Post, func(task.Status) {})
	c, err := casefile.Create(filepath.Join(b.dir, "案卷"+casefile.Ext), casefile.Info{Title: "案卷", Clerk: "周敏", Reviewer: "沈立"})
	if err != nil {
		t.Fatal(err)
	}
	b.open(c)
	return b
}

func (b *bench) open(c *casefile.Case) {
	s, err := session.New(c, session.Config{
		Engine: b.engine, Rules: "1", Tasks: b.tasks, Post: b.loop.Post,
		Fail: func(what string, err error) { b.fails = append(b.fails, what+": "+err.Error()) },
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.s = s
	b.t.Cleanup(func() { _ = s.Close() })
}

func (b *bench) reopen() {
	path := b.s.Case().Path()
	if err := b.s.Close(); err != nil {
		b.t.Fatal(err)
	}
	c, err := casefile.Open(path)
	if err != nil {
		b.t.Fatal(err)
	}
	b.open(c)
}

func (b *bench) file(name, text string) string {
	p := filepath.Join(b.dir, name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *bench) settle() {
	b.loop.Until(func() bool { return !b.tasks.Busy() && !b.s.Checking() })
	b.loop.Drain()
}

func (b *bench) row(title string) string {
	r := submission.NewRow()
	r.Title = title
	if err := b.s.InsertRows("新增一行", 1<<30, []submission.Row{r}); err != nil {
		b.t.Fatal(err)
	}
	return r.ID
}

func TestAddScanDecideUndoReopen(t *testing.T) {
	b := newBench(t)
	row := b.row("量子城域网")
	sub := filepath.Join(b.dir, "材料")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	b.file("材料/方案.txt", "负责人张建国，电话13800138000，口令为Abc@12345。")
	b.file("材料/坏表.txt", "x")
	b.file("材料/~$方案.txt", "temporary")
	var added session.Added
	b.s.AddPaths([]string{sub, filepath.Join(b.dir, "没有.txt")}, []string{row}, func(a session.Added, err error) {
		if err != nil {
			t.Error(err)
		}
		added = a
	})
	b.settle()
	if added.New != 2 || len(added.Refused) != 1 {
		t.Fatalf("added %+v", added)
	}
	if files, open, _ := b.s.Files(row); files != 2 || open != 3 {
		t.Fatalf("files %d open %d", files, open)
	}
	p := b.s.Review()
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask, Second: "沈立"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); err != nil {
		t.Fatal(err)
	}
	b.settle()
	if c := p.Counts(-1); c.Settled != 2 || c.Open != 1 {
		t.Fatalf("%+v", c)
	}
	if _, err := b.s.Undo(); err != nil {
		t.Fatal(err)
	}
	b.settle()
	if c := p.Counts(-1); c.Settled != 1 {
		t.Fatalf("undo: %+v", c)
	}
	scans := len(b.engine.Scans())
	b.reopen()
	if c := b.s.Review().Counts(-1); c.Settled != 1 || c.Total != 3 {
		t.Fatalf("right after opening again: %+v", c)
	}
	if !b.s.Review().Docs()[0].Pending {
		t.Fatal("text is there before it was read")
	}
	b.s.CheckFiles()
	b.settle()
	if len(b.engine.Scans()) != scans+2 || b.s.Review().Docs()[0].Pending {
		t.Fatal("not read after opening")
	}
	if c := b.s.Review().Counts(-1); c.Settled != 1 || c.Total != 3 {
		t.Fatalf("after reading again: %+v", c)
	}
	if len(b.fails) > 0 {
		t.Fatal(b.fails)
	}
}

func TestTicksAreDecisions(t *testing.T) {
	b := newBench(t)
	b.s.AddPaths([]string{b.file("图.txt", "【图】")}, nil, nil)
	b.settle()
	p := b.s.Review()
	if p.Counts(-1).Unread != 1 {
		t.Fatalf("%+v", p.Counts(-1))
	}
	if _, err := p.Decide(review.Choice{Action: review.ActionLooked}); err != nil {
		t.Fatal(err)
	}
	b.reopen()
	if p = b.s.Review(); p.Counts(-1).Unread != 0 || p.Counts(-1).Settled != 1 {
		t.Fatalf("%+v", p.Counts(-1))
	}
}

func TestMissingFileIsNotRead(t *testing.T) {
	b := newBench(t)
	path := b.file("甲.txt", "张建国")
	b.s.AddPaths([]string{path}, nil, nil)
	b.settle()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	n := len(b.engine.Scans())
	b.reopen()
	b.s.CheckFiles()
	b.settle()
	if a := b.s.Case().Attachments()[0]; a.State != casefile.StateMissing {
		t.Fatalf("%+v", a)
	}
	if len(b.engine.Scans()) != n {
		t.Fatal("a missing file was scanned")
	}
}

func TestReorder(t *testing.T) {
	b := newBench(t)
	ids := []string{b.row("一"), b.row("二"), b.row("三")}
	if err := b.s.Reorder("移动", []string{ids[2], ids[0], ids[1]}); err != nil {
		t.Fatal(err)
	}
	if r := b.s.Rows(); r[0].Title != "三" || r[1].Title != "一" {
		t.Fatalf("%+v", r)
	}
	if _, err := b.s.Undo(); err != nil || b.s.Rows()[0].Title != "一" {
		t.Fatal("not undone", err)
	}
}
