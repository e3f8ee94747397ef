package selftest

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/export"
	"jinggao/app/ui/page"
	"jinggao/app/ui/review"
	"jinggao/sanitize/finding"
)

// added is the document that the test adds; everybody in it is invented.
const added = "补充说明\n联系人：顾知远，电话13900008888，身份证号110101199003078515。\n服务器地址10.20.30.40，系统口令为Qw@8813zz。\n"

// edit is what the test types into a cell.
const edit = "（修订）"

// state is what must not be lost.
type state struct {
	Case      string
	Title     string
	Files     int
	Decisions map[string]int // by file
	Settled   int
}

func (s *script) first() {
	s.say("open the sample")
	s.ui(func() { s.w.OpenSampleIn(filepath.Join(s.dir, "案卷")) })
	s.settled()
	s.editRow()
	s.addFile()
	s.lookAtPages()
	s.decideTen()
	s.decideRest()
	s.export()
	s.keepOn()
}

// editRow types into a cell of the table.
func (s *script) editRow() {
	s.ui(func() {
		s.w.Goto(page.Rows)
		t := s.w.Rows().Table()
		t.MoveTo(0, t.ColumnIndex(string(submission.ColTitle)))
	})
	s.key(fyne.KeyF2)
	s.key(fyne.KeyEnd)
	s.keys(edit)
	s.key(fyne.KeyReturn)
	s.settled()
	s.ui(func() {
		rows := s.w.Session().Rows()
		s.need(strings.HasSuffix(rows[0].Title, edit), "the edit did not arrive: %q", rows[0].Title)
	})
	s.say("edited a row")
}

// addFile drops a document on the window.
func (s *script) addFile() {
	name := filepath.Join(s.dir, "补充说明.txt")
	s.must(os.WriteFile(name, []byte(added), 0o600), "write a document")
	before := 0
	s.ui(func() {
		before = len(s.w.Session().Attachments())
		s.w.Goto(page.Attach)
		s.w.Attach().Choose(s.w.Session().Rows()[4].ID)
		s.w.Dropped([]string{name})
	})
	s.settled()
	s.ui(func() {
		atts := s.w.Session().Attachments()
		s.need(len(atts) == before+1, "%d files after dropping one on %d", len(atts), before)
		a := atts[len(atts)-1]
		s.need(a.State == casefile.StateRead, "the file is %s", a.State)
		n := s.w.Session().Counts(a.ID)
		s.need(n.Total >= 4, "only %d findings in the added file", n.Total)
		s.need(len(s.w.Session().RowsOf(a.ID)) == 1, "the file is not linked to its row")
	})
	s.say("added a file, %d files scanned", before+1)
}

func (s *script) counts() (c review.Counts) {
	s.ui(func() { c = s.w.Session().Review().Counts(-1) })
	return c
}

// decideTen decides ten findings by key, in different ways, and takes one back.
func (s *script) decideTen() {
	s.ui(func() { s.w.Goto(page.Review) })
	s.until("the document view to have the keyboard", 5*time.Second, func() bool {
		return s.w.Window().Canvas().Focused() == fyne.Focusable(s.w.Review().View())
	})
	start := s.counts()
	s.need(start.Open >= 12, "only %d open findings in the sample", start.Open)
	ignored, replaced := false, false
	for n := range 10 {
		it := s.current()
		switch {
		case it.Unchecked == nil && it.Finding.Level == finding.S3 && !ignored:
			ignored = true
			s.keys("3")
			s.keys("1")
		case it.Unchecked == nil && it.Finding.Level >= finding.S2 && !it.Finding.Withdraw && !replaced && it.Finding.Hidden == "":
			replaced = true
			s.keys("2")
			s.keys("有关单位")
			s.key(fyne.KeyReturn)
		default:
			s.act()
		}
		got := s.counts()
		s.need(got.Settled >= start.Settled+n+1, "decision %d was not taken: %d settled of %d", n+1, got.Settled, got.Total)
	}
	before := s.counts()
	s.shortcut(&fyne.ShortcutUndo{})
	after := s.counts()
	s.need(after.Settled < before.Settled, "undo changed nothing")
	s.ui(func() { s.w.Keys().Run("edit.redo") })
	s.need(s.counts().Settled == before.Settled, "redo did not bring it back")
	s.shortcut(&fyne.ShortcutUndo{})
	s.say("decided ten by key and took one back: %d of %d settled", s.counts().Settled, before.Total)
}

func (s *script) current() (it review.Item) {
	s.ui(func() {
		if c := s.w.Session().Review().Current(); c != nil {
			it = *c
		}
	})
	return it
}

// act presses 1, and 1 again where the 复核人 has to confirm.
func (s *script) act() {
	s.keys("1")
	if s.dialog() {
		s.keys("1")
	}
	s.need(!s.dialog(), "a dialog stayed open")
}

// decideRest goes through everything that is left.
func (s *script) decideRest() {
	for n := 0; s.counts().Left() > 0; n++ {
		s.need(n < 2000, "no end of open findings")
		if it := s.current(); it.State().Settled() {
			s.key(fyne.KeyF8)
		}
		left := s.counts().Left()
		s.act()
		s.need(s.counts().Left() < left, "nothing changed for %s %s", s.current().Finding.Rule, s.current().Finding.Name)
	}
	s.say("decided the rest: %s", s.counts().Progress())
}

// export exports and looks at what was written.
func (s *script) export() {
	out := filepath.Join(s.dir, "导出")
	s.ui(func() {
		s.w.Goto(page.Export)
		s.w.Export().SetFolder(out)
		s.w.Keys().Run("export.run")
	})
	s.until("the export to end", 5*time.Minute, func() bool { return !s.w.Export().Busy() })
	var res *export.Result
	withdrawn, files := 0, 0
	s.ui(func() {
		res = s.w.Export().Last()
		for _, a := range s.w.Session().Attachments() {
			files++
			if s.w.Session().Counts(a.ID).Marks > 0 {
				withdrawn++
			}
		}
	})
	s.need(res != nil, "no export")
	for _, f := range res.Failures {
		s.say("no copy of %s: %s %s", f.Name, f.What, f.Why)
	}
	s.need(len(res.Made) == files-withdrawn, "%d copies of %d files (%d withdrawn)", len(res.Made), files, withdrawn)
	s.need(res.Letters == withdrawn, "%d letters for %d withdrawn files", res.Letters, withdrawn)
	s.checkOutputs(res)
	s.say("exported %d copies into %s", len(res.Made), res.Dir)
}

func (s *script) checkOutputs(res *export.Result) {
	for _, n := range []string{"对外/申报情况统计表.xlsx", "对外/申报情况统计表.docx", "对外/清单.json", "内部留存/清单-内部.json", "内部留存/审查报告.xlsx"} {
		st, err := os.Stat(filepath.Join(res.Dir, filepath.FromSlash(n)))
		s.need(err == nil && st.Size() > 0, "%s was not written", n)
	}
	table := unzipped(filepath.Join(res.Dir, "对外", "申报情况统计表.xlsx"))
	s.need(strings.Contains(table, edit), "the edited cell is not in the exported table")
	ctx, stop := s.context()
	defer stop()
	for _, m := range res.Made {
		r, err := s.engine.Verify(ctx, filepath.Join(res.Dir, m.Out), nil)
		s.must(err, "verify "+m.Out)
		s.need(r.Refused == nil, "the copy %s cannot be read", m.Out)
		for _, f := range r.Findings {
			if f.Level <= finding.S3 && f.Rule != "I18" { // one name was ignored by decision
				s.need(false, "%s still holds %s %s", m.Out, f.Rule, f.Name)
			}
		}
	}
	entries, err := os.ReadDir(filepath.Dir(res.Dir))
	s.must(err, "read the folder of exports")
	s.need(len(entries) == 1, "%d entries in the folder of exports", len(entries))
}

// unzipped joins all parts of an office file.
func unzipped(name string) string {
	z, err := zip.OpenReader(name)
	if err != nil {
		panic(err)
	}
	defer z.Close()
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			panic(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			panic(err)
		}
		_ = r.Close()
	}
	return b.String()
}

// keepOn takes one more decision back, starts a scan, and asks to be killed in the
// middle of it.
func (s *script) keepOn() {
	s.ui(func() { s.w.Goto(page.Review) })
	s.key(fyne.KeyDelete)
	st := s.snapshot()
	b, err := json.Marshal(st)
	s.must(err, "encode the state")
	s.must(os.WriteFile(filepath.Join(s.dir, stateName), b, 0o600), "write the state")
	s.ui(func() { s.w.Keys().Run("attach.rescan") })
	s.must(os.WriteFile(filepath.Join(s.dir, killMe), nil, 0o600), "ask to be killed")
	s.say("waiting to be killed")
	time.Sleep(2 * time.Minute)
	panic("nobody killed the program")
}

func (s *script) snapshot() state {
	st := state{Decisions: map[string]int{}}
	s.ui(func() {
		c := s.w.Session().Case()
		st.Case, st.Title = c.Path(), c.Rows()[0].Title
		for _, a := range c.Attachments() {
			st.Files++
			st.Decisions[a.ID] = len(c.Decisions(a.ID)) + len(c.Ticks(a.ID))
		}
		st.Settled = s.w.Session().Review().Counts(-1).Settled
	})
	return st
}

// again opens the case after the kill.
func (s *script) again() {
	b, err := os.ReadFile(filepath.Join(s.dir, stateName))
	s.must(err, "read the state")
	var want state
	s.must(json.Unmarshal(b, &want), "decode the state")
	s.ui(func() { s.w.OpenPath(want.Case) })
	s.settled()
	got := s.snapshot()
	s.need(fmt.Sprint(got) == fmt.Sprint(want), "after the kill: %+v, before: %+v", got, want)
	s.must(os.WriteFile(filepath.Join(s.dir, passedName), nil, 0o600), "say that it passed")
	s.say("nothing lost: %d decisions settled", got.Settled)
}

// photograph keeps a picture of the window at the moment of a failure.
func (s *script) photograph() {
	f, err := os.Create(filepath.Join(s.dir, "failed.png"))
	if err != nil {
		return
	}
	defer f.Close()
	s.ui(func() { _ = png.Encode(f, s.w.Window().Canvas().Capture()) })
}
