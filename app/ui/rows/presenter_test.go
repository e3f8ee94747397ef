package rows_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"jinggao/app/submission"
	"jinggao/app/ui/rows"
)

// store is a case in memory.
type store struct {
	rows   []submission.Row
	header submission.Header
	steps  []string
	fail   error
}

func newStore(titles ...string) *store {
	s := &store{}
	for _, t := range titles {
		r := submission.NewRow()
		r.Title = t
		s.rows = append(s.rows, r)
	}
	return s
}

func (s *store) step(label string) error {
	if s.fail == nil {
		s.steps = append(s.steps, label)
	}
	return s.fail
}

func (s *store) Rows() []submission.Row    { return slices.Clone(s.rows) }
func (s *store) Header() submission.Header { return s.header }

func (s *store) Campaign() *submission.Campaign {
	c, err := submission.CampaignByID("")
	if err != nil {
		panic(err)
	}
	return c
}

func (s *store) PutRows(label string, rs []submission.Row) error {
	if err := s.step(label); err != nil {
		return err
	}
	for _, r := range rs {
		for i := range s.rows {
			if s.rows[i].ID == r.ID {
				s.rows[i] = r
			}
		}
	}
	return nil
}

func (s *store) InsertRows(label string, at int, rs []submission.Row) error {
	if err := s.step(label); err != nil {
		return err
	}
	s.rows = slices.Insert(s.rows, at, rs...)
	return nil
}

func (s *store) PutAndInsert(label string, changed, added []submission.Row) error {
	if err := s.PutRows(label, changed); err != nil { // one step, as in the case file
		return err
	}
	s.rows = append(s.rows, added...)
	return nil
}

func (s *store) DeleteRows(label string, ids []string) error {
	s.rows = slices.DeleteFunc(s.rows, func(r submission.Row) bool { return slices.Contains(ids, r.ID) })
	return s.step(label)
}

func (s *store) Reorder(label string, ids []string) error {
	if len(ids) != len(s.rows) {
		return errors.New("not every row named")
	}
	var out []submission.Row
	for _, id := range ids {
		i := slices.IndexFunc(s.rows, func(r submission.Row) bool { return r.ID == id })
		out = append(out, s.rows[i])
	}
	s.rows = out
	return s.step(label)
}

func (s *store) SetHeader(label string, h submission.Header) error {
	s.header = h
	return s.step(label)
}

func (s *store) Files(string) (int, int, int) { return 2, 1, 0 }

func titles(p *rows.Presenter) string {
	var out []string
	for _, r := range p.Rows() {
		out = append(out, r.Title)
	}
	return strings.Join(out, " ")
}

func TestEditingRows(t *testing.T) {
	s := newStore("甲", "乙", "丙")
	p := rows.New(s)
	if err := p.Set(1, submission.ColTitle, " 乙二 "); err != nil || titles(p) != "甲 乙二 丙" {
		t.Fatal(titles(p), err)
	}
	n := len(s.steps)
	if err := p.Set(1, submission.ColTitle, "乙二"); err != nil || len(s.steps) != n {
		t.Fatal("the same text was stored", err)
	}
	if at, err := p.Insert(1); err != nil || at != 1 || titles(p) != "甲  乙二 丙" {
		t.Fatal(titles(p), err)
	}
	if err := p.Delete([]int{1}); err != nil || titles(p) != "甲 乙二 丙" {
		t.Fatal(titles(p), err)
	}
	if at, err := p.Duplicate([]int{0}); err != nil || at != 1 || titles(p) != "甲 甲 乙二 丙" || p.Row(0).ID == p.Row(1).ID {
		t.Fatal(titles(p), err)
	}
	if to, err := p.Move([]int{3}, -1); err != nil || to[0] != 2 || titles(p) != "甲 甲 丙 乙二" {
		t.Fatal(titles(p), err)
	}
	if _, err := p.Move([]int{0}, -1); !errors.Is(err, rows.ErrFirstLast) {
		t.Fatal(err)
	}
	if err := p.Delete(nil); !errors.Is(err, rows.ErrNoRow) {
		t.Fatal(err)
	}
}

func TestFailedEditShowsWhatIsStored(t *testing.T) {
	s := newStore("甲")
	p := rows.New(s)
	s.fail = errors.New("disk full")
	if err := p.Set(0, submission.ColTitle, "乙"); !errors.Is(err, s.fail) || titles(p) != "甲" {
		t.Fatal(titles(p), err)
	}
}

func TestPaste(t *testing.T) {
	s := newStore("甲", "乙")
	p := rows.New(s)
	n, err := p.Paste("新名一\t2026-04-01\r\n新名二\t2026-04-02\r\n新名三\t2026-04-03\r\n", 1, submission.ColTitle)
	if err != nil || n != 3 || titles(p) != "甲 新名一 新名二 新名三" || p.Row(3).Time != "2026-04-03" {
		t.Fatal(titles(p), n, err)
	}
	n, err = p.Paste("申报主体\t申报类别\t项目名称\r\n某大学\t基础研究\t有表头\r\n", 0, submission.ColApplicant)
	if err != nil || n != 1 || p.Row(0).Title != "甲" || p.Row(4).Title != "有表头" || p.Row(4).Applicant != "某大学" {
		t.Fatal(titles(p), n, err)
	}
	if _, err := p.Paste("", 0, submission.ColTitle); !errors.Is(err, rows.ErrNothing) {
		t.Fatal(err)
	}
}

func TestCopyGoesToExcel(t *testing.T) {
	s := newStore("甲", "含\t制表符")
	p := rows.New(s)
	got := p.Copy([]int{0, 1})
	if got != "1\t\t\t甲\t\t\t\r\n2\t\t\t\"含\t制表符\"\t\t\t\r\n" {
		t.Fatalf("%q", got)
	}
}

func TestProblemsBesideTheCells(t *testing.T) {
	s := newStore("甲", "乙")
	p := rows.New(s)
	p.SetProblems([]submission.Problem{
		{Level: submission.Warning, Message: "表头未填"},
		{RowID: p.Row(1).ID, Column: submission.ColPhone, Level: submission.Warning, Message: "号码位数不对"},
		{RowID: p.Row(1).ID, Column: submission.ColPhone, Level: submission.Error, Message: "未填联系方式", Mend: "021-5550100"},
	})
	level, text, ok := p.CellProblem(1, submission.ColPhone)
	if !ok || level != submission.Error || text != "号码位数不对\n未填联系方式" {
		t.Fatal(level, text, ok)
	}
	if _, _, ok := p.CellProblem(0, submission.ColPhone); ok {
		t.Fatal("clean cell has a problem")
	}
	if p.Text(1, rows.ColProblems) != "错误 1 提醒 1" || p.Text(0, rows.ColProblems) != "✓" {
		t.Fatal(p.Text(1, rows.ColProblems))
	}
	if p.Summary() != "共 2 项，错误 1 处，提醒 2 处" {
		t.Fatal(p.Summary())
	}
	if err := p.Mend(2); err != nil || p.Row(1).Phone != "021-5550100" {
		t.Fatal(err)
	}
}
