package export_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/export"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize"
	"jinggao/sanitize/redact"
)

// desk is a case at work with the true engine.
type desk struct {
	t       *testing.T
	dir     string
	loop    *uitest.Loop
	tasks   *task.Manager
	s       *session.Session
	numbers *export.Numbers
	o       export.Options
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	engine, err := sanitize.New(sanitize.Options{InProcess: true, Dictionary: []byte("项目 100 n\n")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	d := &desk{t: t, dir: t.TempDir(), loop: uitest.NewLoop()}
	c, err := casefile.Create(filepath.Join(d.dir, "案卷"+casefile.Ext), casefile.Info{Title: "测试", Clerk: "周敏", Reviewer: "沈立"})
	if err != nil {
		t.Fatal(err)
	}
	d.tasks = task.New(d.loop.Post, func(task.Status) {})
	d.s, err = session.New(c, session.Config{Engine: engine, Rules: "1", Tasks: d.tasks, Post: d.loop.Post, Fail: func(what string, err error) { t.Error(what, err) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.s.Close() })
	d.numbers = export.NewNumbers(d.s)
	d.o = export.Options{Folder: filepath.Join(d.dir, "导出"), Copies: true, Pseudonyms: true}
	return d
}

func (d *desk) settle() {
	d.loop.Until(func() bool { return !d.tasks.Busy() && !d.s.Checking() })
	d.loop.Drain()
}

func (d *desk) add(name, text string) {
	p := filepath.Join(d.dir, name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.s.AddPaths([]string{p}, nil, nil)
	d.settle()
}

// doc is the number of a document under review.
func (d *desk) doc(name string) int {
	d.t.Helper()
	for i, doc := range d.s.Review().Docs() {
		if doc.Name == name {
			return i
		}
	}
	d.t.Fatalf("%s is not under review", name)
	return -1
}

// decide decides all findings of some words in a document; with no words all of them.
func (d *desk) decide(name, words string, c review.Choice) {
	d.t.Helper()
	rv, i, n := d.s.Review(), d.doc(name), 0
	for _, it := range rv.Items(i) {
		if words != "" && it.Finding.Text != words || it.Decision != nil && words == "" {
			continue
		}
		rv.SelectKey(rv.Docs()[i].File, it.Key())
		choice := c
		if it.Finding.Level <= 2 {
			choice.Second = "沈立"
		}
		if _, err := rv.Decide(choice); err != nil {
			d.t.Fatal(name, it.Finding.Text, err)
		}
		n++
	}
	if n == 0 && words != "" {
		d.t.Fatalf("%s: no finding of %q", name, words)
	}
	d.loop.Drain()
}

// shown is a document as 对照 shows it in the end.
func (d *desk) shown(name string) string {
	d.t.Helper()
	i := d.doc(name)
	doc := d.s.Review().Docs()[i]
	var last *review.CleanText
	var book session.Book
	if b := d.numbers.Book(d.o, doc.File); b != nil {
		book = b
	}
	d.s.Preview(i, review.Flatten(doc.Document), book, func(t *review.CleanText, err error) {
		if last = t; err != nil {
			d.t.Error(name, err)
		}
	})
	d.loop.Until(func() bool { return last != nil && last.Preview.Tried })
	d.loop.Drain()
	return last.Preview.Text.Document.Parts[0].Text
}

// exported are the copies, by their names, and the clean rows.
func (d *desk) exported() (map[string]string, []submission.Row) {
	d.t.Helper()
	job, err := export.Prepare(d.s, d.o, export.Facts{})
	if err != nil {
		d.t.Fatal(err)
	}
	d.loop.Drain()
	d.o.Folder += "又"
	res, err := job.Run(context.Background(), func(int, int, string) {})
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]string{}
	for _, m := range res.Made {
		b, err := os.ReadFile(filepath.Join(res.Dir, m.Out))
		if err != nil {
			d.t.Fatal(err)
		}
		out[m.In] = string(b)
	}
	table := redact.NewPseudonyms()
	rows, _, _, _ := d.s.CleanTableAs(table)
	return out, rows
}

// same holds what 对照 shows against what an export writes.
func (d *desk) same(names ...string) map[string]string {
	d.t.Helper()
	shown := map[string]string{}
	for _, n := range names {
		shown[n] = d.shown(n)
	}
	copies, _ := d.exported()
	for _, n := range names {
		if copies[n] != shown[n] || shown[n] == "" {
			d.t.Errorf("%s\nshown  %q\ncopied %q", n, shown[n], copies[n])
		}
	}
	return shown
}

func TestWhatIsShownIsNumberedAsInTheCopies(t *testing.T) {
	d := newDesk(t)
	d.add("甲.txt", "项目负责人：张建国，联系人：张立新。\n")
	d.add("乙.txt", "项目负责人：张文博，联系人：张建国。\n")
	mask := review.Choice{Action: redact.ActionMask}
	d.decide("甲.txt", "", mask)
	d.decide("乙.txt", "", mask)
	got := d.same("甲.txt", "乙.txt")
	if !strings.Contains(got["甲.txt"], "张某，") || !strings.Contains(got["甲.txt"], "张某二") || !strings.Contains(got["乙.txt"], "张某三") || !strings.Contains(got["乙.txt"], "张某。") {
		t.Errorf("numbered so: %q", got)
	}
	// A decision in one file changes the numbers in the other.
	d.decide("甲.txt", "张立新", review.Choice{Action: redact.ActionIgnore, Reason: "已公开信息"})
	if got = d.same("甲.txt", "乙.txt"); !strings.Contains(got["乙.txt"], "张某二") {
		t.Errorf("after one was left in: %q", got)
	}
	// Nobody asks for numbers: none are given.
	d.o.Pseudonyms = false
	if got = d.same("甲.txt", "乙.txt"); strings.Contains(got["乙.txt"], "二") {
		t.Errorf("not asked for, and yet %q", got)
	}
}

// A file of which there would be no copy yet takes no number from those of which there
// would be one, and shows its own at its place.
func TestFilesThatAreNotReadyAreNotCounted(t *testing.T) {
	d := newDesk(t)
	d.add("甲.txt", "项目负责人：张建国，联系人：张立新。\n")
	d.add("乙.txt", "项目负责人：张文博。\n")
	d.add("丙.txt", "项目负责人：张一鸣。\n")
	mask := review.Choice{Action: redact.ActionMask}
	d.decide("甲.txt", "张建国", mask) // the other one is open
	d.decide("丙.txt", "", mask)
	if got := d.same("丙.txt")["丙.txt"]; !strings.Contains(got, "张某。") {
		t.Errorf("the only file that is ready: %q", got)
	}
	d.decide("乙.txt", "", mask)
	got := d.same("乙.txt", "丙.txt")
	if !strings.Contains(got["乙.txt"], "张某。") || !strings.Contains(got["丙.txt"], "张某二。") {
		t.Errorf("%q", got)
	}
	if first := d.shown("甲.txt"); !strings.Contains(first, "张某，") || !strings.Contains(first, "张立新") {
		t.Errorf("the open file: %q", first)
	}
	d.o.Suggest = true // what is open goes as suggested: the first file comes before the others
	if second := d.shown("乙.txt"); !strings.Contains(second, "张某三。") {
		t.Errorf("with open findings treated as suggested: %q", second)
	}
	d.same("乙.txt", "丙.txt")
}

func TestTheTableIsNumberedFirst(t *testing.T) {
	d := newDesk(t)
	r := submission.NewRow()
	r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone = "某大学", "基础研究", "可解释建模（项目负责人：张立新）", "2026-04-12", "陆念一", "021-55500010"
	if err := d.s.InsertRows("新增", 0, []submission.Row{r}); err != nil {
		t.Fatal(err)
	}
	d.settle()
	d.add("甲.txt", "项目负责人：张建国。\n")
	mask := review.Choice{Action: redact.ActionMask}
	d.decide("项目表格", "", mask)
	d.decide("甲.txt", "", mask)
	got := d.same("甲.txt")["甲.txt"]
	table := d.shown("项目表格")
	_, rows := d.exported()
	if !strings.Contains(rows[0].Title, "张某") || !strings.Contains(got, "张某二") || table != rows[0].Title {
		t.Errorf("the table shows %q and says %q, the file %q", table, rows[0].Title, got)
	}
}

// The book is kept while nothing changes that it depends on.
func TestTheBookOfNumbersIsKept(t *testing.T) {
	d := newDesk(t)
	d.add("甲.txt", "项目负责人：张建国，联系人：张立新。\n")
	d.add("乙.txt", "项目负责人：张文博。\n")
	file := d.s.Review().Docs()[d.doc("乙.txt")].File
	first := d.numbers.Book(d.o, file)
	d.decide("甲.txt", "张建国", review.Choice{Action: redact.ActionMask}) // still open: it does not count
	if d.numbers.Book(d.o, file) != first {
		t.Error("made anew, though nothing it depends on has changed")
	}
	d.decide("甲.txt", "张立新", review.Choice{Action: redact.ActionMask})
	second := d.numbers.Book(d.o, file)
	if second == first || second.Stamp == first.Stamp {
		t.Error("another file counts, and the book is the same")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := second.Names(ctx); err == nil {
		t.Error("made though nobody waits for it")
	}
	a, err := second.Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.Text("张一鸣", "张某") // what is entered into a copy stays there
	b, err := second.Names(t.Context())
	if err != nil || b.Text("张九龄", "张某") != a.Text("张一鸣", "张某") {
		t.Error("a name entered into a copy is in the book", err)
	}
}
