package papers_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"jinggao/app/casefile"
	"jinggao/app/correspondence"
	"jinggao/app/submission"
	"jinggao/app/ui/papers"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize/document"
)

var now = time.Date(2026, 6, 10, 9, 30, 0, 0, time.UTC)

type bench struct {
	t    *testing.T
	dir  string
	loop *uitest.Loop
	s    *session.Session
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir(), loop: uitest.NewLoop()}
	c, err := casefile.Create(filepath.Join(b.dir, "案卷"+casefile.Ext), casefile.Info{Title: "案卷", Clerk: "周敏", Reviewer: "沈立", Header: submission.Header{Department: "市科委", Contact: "周敏", Phone: "021-55500011"}})
	if err != nil {
		t.Fatal(err)
	}
	b.s, err = session.New(c, session.Config{
		Engine: uitest.NewEngine(), Rules: "1", Tasks: task.New(b.loop.Post, func(task.Status) {}), Post: b.loop.Post,
		Fail: func(what string, err error) { t.Error(what, err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.s.Close() })
	return b
}

func (b *bench) settle() {
	b.loop.Until(func() bool { return !b.s.Tasks().Busy() && !b.s.Checking() })
	b.loop.Drain()
}

func (b *bench) add(title string) string {
	b.t.Helper()
	r := submission.NewRow()
	r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone = "澄淞大学", "基础研究", title, "2026-05-03", "陆念一", "021-55500010"
	if err := b.s.InsertRows("新增", len(b.s.Rows()), []submission.Row{r}); err != nil {
		b.t.Fatal(err)
	}
	b.settle()
	return b.s.Rows()[len(b.s.Rows())-1].ID
}

func TestDraftIsWrittenKeptAndCorrected(t *testing.T) {
	b := newBench(t)
	id := b.add("可解释建模")
	send := func(name string, want correspondence.Nature) *enmime.Envelope {
		t.Helper()
		m, err := papers.Prepare(b.s)
		if err != nil {
			t.Fatal(err)
		}
		if m.Nature != want {
			t.Fatalf("%s proposed, want %s: %v", m.Nature, want, m.Changes)
		}
		path := filepath.Join(b.dir, name)
		if err := m.Write(path, "table@example.org", m.Nature, now); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		e, err := enmime.ReadEnvelope(bytes.NewReader(data))
		if err != nil || len(e.Attachments) != 1 || e.GetHeader("To") != "<table@example.org>" {
			t.Fatal(err, e)
		}
		var r *document.Refusal
		if err := m.Write(path, "table@example.org", m.Nature, now); !errors.As(err, &r) {
			t.Fatalf("an existing file was overwritten: %v", err)
		}
		return e
	}
	send("1.eml", correspondence.First)
	b.add("光子芯片")
	send("2.eml", correspondence.Supplement)
	if err := b.s.Case().SetCell(id, submission.ColTitle, "可解释建模方法"); err != nil {
		t.Fatal(err)
	}
	e := send("3.eml", correspondence.Correction)
	if !strings.Contains(e.Text, "由“可解释建模”改为“可解释建模方法”") {
		t.Error(e.Text)
	}
	text, err := papers.Sent(b.s.Case())
	if err != nil || strings.Count(text, "table@example.org") != 3 || !strings.HasPrefix(text, "2026-06-10") || !strings.Contains(text, "更正") {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestNoDraftWhileSomethingIsOpen(t *testing.T) {
	b := newBench(t)
	b.add("口令 Abc@12345 的方法")
	if _, err := papers.Prepare(b.s); err == nil || !strings.Contains(err.Error(), "未处理") {
		t.Fatal(err)
	}
}

func TestReturns(t *testing.T) {
	b := newBench(t)
	file := filepath.Join(b.dir, "说明.txt")
	if err := os.WriteFile(file, []byte("联系 13800138000 与张建国"), 0o600); err != nil {
		t.Fatal(err)
	}
	id := b.add("可解释建模")
	tell := func(int, int, string) {}
	office := correspondence.Office{Name: "市科委"}
	if dir, n, err := papers.NewReturning(b.s, office, "2026-06-12", now).Write(context.Background(), b.dir, tell); dir != "" || n != 0 || err != nil {
		t.Fatalf("nothing to mend: %s %d %v", dir, n, err)
	}
	b.s.AddPaths([]string{file}, []string{id}, func(session.Added, error) {})
	b.settle()
	dir, n, err := papers.NewReturning(b.s, office, "2026-06-12", now).Write(context.Background(), b.dir, tell)
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.docx"))
	if err != nil || len(names) != 1 || filepath.Base(names[0]) != "01_澄淞大学_修改说明.docx" {
		t.Errorf("%v %v", names, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := papers.NewReturning(b.s, office, "2026-06-12", now).Write(ctx, b.dir, tell); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if all, _ := filepath.Glob(filepath.Join(b.dir, "退回说明*")); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
}

func TestNoticeIsRemembered(t *testing.T) {
	b := newBench(t)
	n := papers.NoticeOf(b.s)
	if n.Name != "市科委" || n.Until != b.s.Campaign().Deadline {
		t.Errorf("%+v", n)
	}
	n.Extra = "一\n二"
	if err := n.Keep(b.s); err != nil {
		t.Fatal(err)
	}
	if got := papers.NoticeOf(b.s); got != n {
		t.Errorf("%+v", got)
	}
}

func TestWriteNewLeavesNothingHalf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.docx")
	if err := papers.WriteNew(path, func(io.Writer) error { return io.ErrShortWrite }); err == nil {
		t.Fatal("no error")
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("left behind")
	}
}

func TestFields(t *testing.T) {
	if papers.Day("2026-06-12") != "" || papers.Day("6月12日") == "" || papers.Mailbox("a@example.org") != "" || papers.Mailbox("a@example.org, b@example.org") == "" || papers.Mailbox("甲") == "" {
		t.Error("a field is checked wrongly")
	}
}
