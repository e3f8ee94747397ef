package casefile_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

func create(t *testing.T) *casefile.Case {
	t.Helper()
	c, err := casefile.Create(filepath.Join(t.TempDir(), "试.jgc"), casefile.Info{Title: "试", Campaign: "wic-2026", Clerk: "周经办", Reviewer: "吴复核"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func reopen(t *testing.T, c *casefile.Case) *casefile.Case {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c, err := casefile.Open(c.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func titles(c *casefile.Case) []string {
	var out []string
	for _, r := range c.Rows() {
		out = append(out, r.Title)
	}
	return out
}

func addRows(t *testing.T, c *casefile.Case, names ...string) []string {
	t.Helper()
	rows := make([]submission.Row, len(names))
	for i, n := range names {
		rows[i].Title = n
	}
	ids, err := c.AppendRows("", rows)
	must(t, err)
	return ids
}

func TestRowsSurviveReopening(t *testing.T) {
	c := create(t)
	ids := addRows(t, c, "甲", "乙", "丙")
	must(t, c.SetCell(ids[1], submission.ColTime, "2026-05-03"))
	must(t, c.MoveRows([]string{ids[2]}, 0))
	_, err := c.InsertRows("", 1, []submission.Row{{Title: "丁", Source: submission.Source{File: "a.xlsx", Row: 5}}})
	must(t, err)
	must(t, c.DeleteRows([]string{ids[0]}))
	must(t, c.SetSetting("page", "2"))
	c = reopen(t, c)
	if got := titles(c); !slices.Equal(got, []string{"丙", "丁", "乙"}) {
		t.Errorf("rows after reopening: %v", got)
	}
	if r, i, ok := c.Row(ids[1]); !ok || i != 2 || r.Time != "2026-05-03" {
		t.Errorf("row 乙: %v at %d", r, i)
	}
	if c.Rows()[1].Source.Row != 5 {
		t.Error("source lost")
	}
	if c.Info().Reviewer != "吴复核" || c.Setting("page") != "2" {
		t.Error("info or setting lost")
	}
}

func TestUndoRedoOverRestart(t *testing.T) {
	c := create(t)
	ids := addRows(t, c, "甲", "乙")
	must(t, c.Edit("", []casefile.CellEdit{{Row: ids[0], Column: submission.ColTitle, Text: "甲改"}, {Row: ids[1], Column: submission.ColTitle, Text: "乙改"}}))
	must(t, c.Reorder("排序", []string{ids[1], ids[0]}))
	c = reopen(t, c)
	if label, ok := c.CanUndo(); !ok || label != "排序" {
		t.Errorf("CanUndo = %q, %v", label, ok)
	}
	step, err := c.Undo()
	must(t, err)
	if step.Label != "排序" || len(step.Place.Rows) == 0 {
		t.Errorf("step %+v", step)
	}
	_, err = c.Undo()
	must(t, err)
	if got := titles(c); !slices.Equal(got, []string{"甲", "乙"}) {
		t.Errorf("after two undos: %v", got)
	}
	c = reopen(t, c)
	_, err = c.Redo()
	must(t, err)
	if got := titles(c); !slices.Equal(got, []string{"甲改", "乙改"}) {
		t.Errorf("after redo: %v", got)
	}
	must(t, c.SetCell(ids[0], submission.ColNotes, "x"))
	if _, err := c.Redo(); !errors.Is(err, casefile.ErrNothing) {
		t.Errorf("redo after a new command: %v", err)
	}
	for range 3 {
		_, err = c.Undo()
		must(t, err)
	}
	if len(c.Rows()) != 0 {
		t.Error("undoing everything leaves rows")
	}
	if _, err := c.Undo(); !errors.Is(err, casefile.ErrNothing) {
		t.Errorf("undo of nothing: %v", err)
	}
}

func TestOnly200CommandsAreKept(t *testing.T) {
	c := create(t)
	id := addRows(t, c, "甲")[0]
	for i := range 205 {
		must(t, c.SetCell(id, submission.ColNotes, fmt.Sprint(i)))
	}
	n := 0
	for {
		if _, err := c.Undo(); err != nil {
			break
		}
		n++
	}
	if n != 200 {
		t.Errorf("%d steps undone", n)
	}
	if r, _, _ := c.Row(id); r.Notes != "4" {
		t.Errorf("note is %q", r.Notes)
	}
}

func TestInsertBetweenCloseNeighbours(t *testing.T) {
	c := create(t)
	addRows(t, c, "首", "尾")
	want := []string{"首"}
	for i := range 60 { // halving a gap of 1 sixty times needs renumbering
		_, err := c.InsertRows("", 1+i, []submission.Row{{Title: fmt.Sprint(i)}})
		must(t, err)
		want = append(want, fmt.Sprint(i))
	}
	want = append(want, "尾")
	if got := titles(reopen(t, c)); !slices.Equal(got, want) {
		t.Errorf("order %v", got)
	}
}

func TestAttachments(t *testing.T) {
	c := create(t)
	ids := addRows(t, c, "甲", "乙")
	dir := filepath.Dir(c.Path())
	a, b, same := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt"), filepath.Join(dir, "c.txt")
	for p, s := range map[string]string{a: "一", b: "二", same: "一"} {
		must(t, os.WriteFile(p, []byte(s), 0o600))
	}
	res, err := c.AddFiles(context.Background(), []string{a, b, same, filepath.Join(dir, "没有.txt"), dir}, ids[:1])
	must(t, err)
	if !res[2].Known || res[2].Attachment != res[0].Attachment || res[3].Refused == nil || res[4].Refused == nil {
		t.Fatalf("results %+v", res)
	}
	must(t, c.SetLinks([]string{res[1].Attachment}, ids, true))
	if got := c.FilesOf(ids[0]); len(got) != 2 {
		t.Errorf("files of row: %v", got)
	}
	must(t, c.DeleteRows(ids[:1]))
	if got := c.RowsOf(res[1].Attachment); !slices.Equal(got, ids[1:]) {
		t.Errorf("rows of file: %v", got)
	}
	_, err = c.Undo()
	must(t, err)
	if got := c.RowsOf(res[1].Attachment); len(got) != 2 {
		t.Errorf("undo did not bring links back: %v", got)
	}
	must(t, os.WriteFile(b, []byte("二改了"), 0o600))
	must(t, os.Remove(a))
	changed, err := c.CheckFiles(context.Background())
	must(t, err)
	if len(changed) != 2 {
		t.Errorf("changed %v", changed)
	}
	x, _ := c.Attachment(res[0].Attachment)
	y, _ := c.Attachment(res[1].Attachment)
	if x.State != casefile.StateMissing || y.State != casefile.StateChanged {
		t.Errorf("states %s %s", x.State, y.State)
	}
}

func TestScanAndDecisions(t *testing.T) {
	c := create(t)
	p := filepath.Join(filepath.Dir(c.Path()), "a.txt")
	must(t, os.WriteFile(p, []byte("电话"), 0o600))
	res, err := c.AddFiles(context.Background(), []string{p}, nil)
	must(t, err)
	id := res[0].Attachment
	f := finding.Finding{Rule: "I03", Level: finding.S2, Span: document.Span{Start: 1, End: 4}, Fingerprint: "fp1", Text: "x"}
	doc := &document.Document{Kind: "txt", Parts: []document.Part{{Text: "这是正文甲乙丙丁"}}, Unchecked: []document.Unchecked{{Kind: "picture", Message: "图片 1 张"}}}
	must(t, c.SetScan(id, casefile.Scan{Rules: "r1", Files: []casefile.FileScan{casefile.NewFileScan(p, doc, []finding.Finding{f}, nil)}}))
	must(t, c.Decide(id, "脱敏 1 处", redact.Decision{Fingerprint: "fp1", Action: redact.ActionMask}))
	must(t, c.Confirm(id, "吴复核", "fp1"))
	must(t, c.SetTick(id, "图片 1 张", true))
	c = reopen(t, c)
	s, err := c.Scan(id)
	must(t, err)
	got := s.Findings()
	if len(got) != 1 || got[0].Level != finding.S2 || got[0].Start != 1 || got[0].Fingerprint != "fp1" {
		t.Errorf("findings %+v", got)
	}
	if a, _ := c.Attachment(id); a.State != casefile.StatePartial {
		t.Errorf("state %s", a.State)
	}
	d, ok := c.Decision(id, "fp1")
	if !ok || d.By != "周经办" || d.Confirmed != "吴复核" || d.At.IsZero() {
		t.Errorf("decision %+v", d)
	}
	if len(c.Ticks(id)) != 1 {
		t.Error("tick lost")
	}
	must(t, c.RemoveAttachments([]string{id}))
	_, err = c.Undo()
	must(t, err)
	if s, err := c.Scan(id); err != nil || len(s.Findings()) != 1 {
		t.Errorf("scan after undo of removal: %v %v", s, err)
	}
	for range 3 {
		_, err = c.Undo()
		must(t, err)
	}
	if _, ok := c.Decision(id, "fp1"); ok {
		t.Error("decision still there after undo")
	}
	raw, err := os.ReadFile(c.Path())
	must(t, err)
	if slices.Contains([]bool{contains(raw, "这是正文甲乙丙丁")}, true) {
		t.Error("the case file holds document text")
	}
	ev, err := c.History(0)
	must(t, err)
	if len(ev) < 6 || ev[len(ev)-1].What != "新建案卷" {
		t.Errorf("history %v", ev)
	}
}

func contains(b []byte, s string) bool {
	for i := 0; i+len(s) <= len(b); i++ {
		if string(b[i:i+len(s)]) == s {
			return true
		}
	}
	return false
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "好.jgc")
	c, err := casefile.Create(good, casefile.Info{Title: "好"})
	must(t, err)
	addRows(t, c, "甲")
	if _, err := casefile.Open(good); !errors.Is(err, casefile.ErrInUse) {
		t.Errorf("second open: %v", err)
	}
	must(t, c.Close())
	raw, err := os.ReadFile(good)
	must(t, err)
	with := func(f func([]byte) []byte) []byte { return f(slices.Clone(raw)) }
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"空.jgc", nil, casefile.ErrDamaged},
		{"截断.jgc", raw[:len(raw)/2], casefile.ErrDamaged},
		{"短头.jgc", raw[:60], casefile.ErrDamaged},
		{"乱码.jgc", []byte("PK\x03\x04 这不是案卷"), casefile.ErrDamaged},
		{"文档.docx", []byte("PK\x03\x04 这不是案卷"), casefile.ErrForeign},
		{"新版.jgc", with(func(b []byte) []byte { binary.BigEndian.PutUint32(b[60:], 99); return b }), casefile.ErrNewer},
		{"别家.jgc", with(func(b []byte) []byte { binary.BigEndian.PutUint32(b[68:], 7); return b }), casefile.ErrForeign},
		{"坏页.jgc", with(func(b []byte) []byte {
			for i := 4096; i < len(b); i++ {
				b[i] ^= 0x5A
			}
			return b
		}), casefile.ErrDamaged},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := filepath.Join(dir, tc.name)
			must(t, os.WriteFile(p, tc.data, 0o600))
			c, err := casefile.Open(p)
			if err == nil {
				_ = c.Close()
			}
			var r *document.Refusal
			if !errors.Is(err, tc.want) || !errors.As(err, &r) || r.What == "" || r.Do == "" {
				t.Fatalf("got %v", err)
			}
			after, err := os.ReadFile(p)
			must(t, err)
			if !slices.Equal(after, tc.data) {
				t.Error("the refused file was changed")
			}
		})
	}
	if _, err := casefile.Open(filepath.Join(dir, "没有.jgc")); !errors.Is(err, casefile.ErrMissing) {
		t.Errorf("missing: %v", err)
	}
	if _, err := casefile.Create(good, casefile.Info{}); !errors.Is(err, casefile.ErrExists) {
		t.Errorf("create over: %v", err)
	}
	c, err = casefile.Open(good)
	must(t, err)
	must(t, c.Close())
}

func TestBackups(t *testing.T) {
	c := create(t)
	addRows(t, c, "甲")
	for range 5 {
		must(t, c.Backup())
	}
	got := casefile.Backups(c.Path())
	if len(got) != 3 {
		t.Fatalf("backups %v", got)
	}
	must(t, c.Close())
	must(t, os.WriteFile(c.Path(), []byte("SQLite format 3\x00坏"), 0o600))
	_, err := casefile.Open(c.Path())
	var r *document.Refusal
	if !errors.As(err, &r) || !errors.Is(err, casefile.ErrDamaged) || !contains([]byte(r.Do), filepath.Base(got[0])) {
		t.Errorf("damaged: %v", err)
	}
	b, err := casefile.Open(got[0])
	must(t, err)
	if got := titles(b); !slices.Equal(got, []string{"甲"}) {
		t.Errorf("backup holds %v", got)
	}
	must(t, b.Close())
}
