package rows_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"jinggao/app/submission"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/uitest"
)

// lines makes a store of rows written as 申报主体|申报类别|项目名称|申报时间.
func lines(text ...string) *store {
	s := &store{}
	for _, l := range text {
		f := strings.Split(l, "|")
		r := submission.NewRow()
		r.Applicant, r.Category, r.Title, r.Time = f[0], f[1], f[2], f[3]
		s.rows = append(s.rows, r)
	}
	return s
}

func column(p *rows.Presenter, c submission.Column) string {
	var out []string
	for _, i := range p.Visible() {
		out = append(out, p.Text(i, c))
	}
	return strings.Join(out, " ")
}

func sample() *store {
	return lines(
		"澄淞大学|工程研发|丁项|2026-05-03",
		"阿普公司|基础研究|丙项|2026-04-12",
		"|关键技术|乙项|2026-03-30",
		"北辰院|其他|甲项|2026-05-01",
	)
}

func TestSort(t *testing.T) {
	for _, c := range []struct {
		col  submission.Column
		desc bool
		want string
	}{
		{submission.ColApplicant, false, "丙项 甲项 丁项 乙项"}, // pinyin, the empty cell last
		{submission.ColApplicant, true, "丁项 甲项 丙项 乙项"},
		{submission.ColCategory, false, "丙项 乙项 丁项 甲项"}, // as in the campaign
		{submission.ColTime, false, "乙项 丙项 甲项 丁项"},
	} {
		s := sample()
		p := rows.New(s)
		if err := p.Sort(c.col, c.desc); err != nil {
			t.Fatal(err)
		}
		if got := column(p, submission.ColTitle); got != c.want {
			t.Errorf("%s: %s, want %s", rows.SortLabel(c.col, c.desc), got, c.want)
		}
		if got := column(p, submission.ColNo); got != "1 2 3 4" {
			t.Errorf("序号 %s", got)
		}
		if len(s.steps) != 1 {
			t.Errorf("%d steps: %v", len(s.steps), s.steps)
		}
		if col, desc, ok := p.Sorted(); !ok || col != c.col || desc != c.desc {
			t.Error("the order is not shown", col, desc, ok)
		}
		if err := p.Sort(c.col, c.desc); !errors.Is(err, rows.ErrSorted) || len(s.steps) != 1 {
			t.Error("sorted again", err)
		}
		if err := p.Set(0, c.col, "另一个值"); err != nil {
			t.Fatal(err)
		}
		if _, _, ok := p.Sorted(); ok {
			t.Error("the order is shown though an edit broke it")
		}
	}
}

func TestFilter(t *testing.T) {
	s := sample()
	p := rows.New(s)
	p.SetProblems([]submission.Problem{{RowID: s.rows[1].ID, Level: submission.Error}, {RowID: s.rows[2].ID, Level: submission.Warning}})
	for _, c := range []struct {
		f    rows.Filter
		want string
	}{
		{rows.Filter{}, "丁项 丙项 乙项 甲项"},
		{rows.Filter{Text: "　大学"}, "丁项"},
		{rows.Filter{Category: "关键技术"}, "乙项"},
		{rows.Filter{Category: rows.Undecided}, "甲项"},
		{rows.Filter{State: rows.Faulty}, "丙项"},
		{rows.Filter{State: rows.Doubtful}, "乙项"},
		{rows.Filter{State: rows.Flawless}, "丁项 甲项"},
		{rows.Filter{State: rows.NoFiles}, ""},
		{rows.Filter{State: rows.ToDecide}, "丁项 丙项 乙项 甲项"},
		{rows.Filter{Text: "项", Category: "工程研发"}, "丁项"},
	} {
		p.SetFilter(c.f)
		if got := column(p, submission.ColTitle); got != c.want {
			t.Errorf("%+v: %q, want %q", c.f, got, c.want)
		}
		if (p.FilterLine() == "") == c.f.Active() {
			t.Errorf("%+v: line %q", c.f, p.FilterLine())
		}
	}
}

// TestActsOfAFilteredTable leaves hidden rows alone.
func TestActsOfAFilteredTable(t *testing.T) {
	s := lines("甲院|基础研究|一|2026-04-01", "乙院|关键技术|二|2026-04-02", "丙院|基础研究|三|2026-04-03", "丁院|关键技术|四|2026-04-04", "戊院|基础研究|五|2026-04-05")
	p := rows.New(s)
	p.SetFilter(rows.Filter{Category: "基础研究"})
	if got := column(p, submission.ColNo); got != "1 3 5" {
		t.Fatal("序号 of the rows shown:", got)
	}
	if !strings.Contains(p.FilterLine(), "已筛选 3/5 行") || !strings.Contains(p.FilterLine(), "全部 5 行") {
		t.Error(p.FilterLine())
	}
	if err := p.Sort(submission.ColTime, true); err != nil || titles(p) != "五 二 三 四 一" {
		t.Fatal("hidden rows moved:", titles(p), err)
	}
	if to, err := p.Move([]int{0}, 1); err != nil || to[0] != 2 || titles(p) != "三 二 五 四 一" {
		t.Fatal(titles(p), to, err)
	}
	if n, err := p.Paste("新一\t2026-05-01\r\n新二\t2026-05-02\r\n", 2, submission.ColTitle); err != nil || n != 2 || titles(p) != "三 二 新一 四 新二" {
		t.Fatal("a paste went over hidden rows:", titles(p), err)
	}
	if n, err := p.FillDown([]int{4}, submission.ColTime); err != nil || n != 1 || p.Row(4).Time != "2026-05-01" {
		t.Fatal("filled from a hidden row:", p.Row(4).Time, err)
	}
	if err := p.Set(0, submission.ColCategory, "工程研发"); err != nil || column(p, submission.ColTitle) != "三 新一 新二" {
		t.Fatal("an edited row went out of sight:", column(p, submission.ColTitle), err)
	}
	p.SetFilter(p.Filter())
	if got := column(p, submission.ColTitle); got != "新一 新二" {
		t.Fatal("the filter set again:", got)
	}
}

func TestFillDown(t *testing.T) {
	s := lines("甲院|||", "乙院|||", "|||", "甲院|||")
	p := rows.New(s)
	if n, err := p.FillDown([]int{0, 1, 3}, submission.ColApplicant); err != nil || n != 1 || len(s.steps) != 1 || column(p, submission.ColApplicant) != "甲院 甲院  甲院" {
		t.Fatal(n, s.steps, err)
	}
	if n, err := p.FillDown([]int{2}, submission.ColApplicant); err != nil || n != 1 || p.Row(2).Applicant != "甲院" {
		t.Fatal("a row alone is filled from above:", n, err)
	}
	if _, err := p.FillDown([]int{0}, submission.ColApplicant); !errors.Is(err, rows.ErrNoFill) {
		t.Fatal(err)
	}
	if _, err := p.FillDown([]int{0, 1}, rows.ColFiles); !errors.Is(err, rows.ErrNoColumn) {
		t.Fatal(err)
	}
}

func TestSeveralRows(t *testing.T) {
	s := newStore("甲", "乙", "丙", "丁")
	p := rows.New(s)
	if to, err := p.Move([]int{1, 2}, 1); err != nil || titles(p) != "甲 丁 乙 丙" || !slices.Equal(to, []int{2, 3}) {
		t.Fatal(titles(p), to, err)
	}
	if _, err := p.Move([]int{2, 3}, 1); !errors.Is(err, rows.ErrFirstLast) {
		t.Fatal(err)
	}
	if at, err := p.Duplicate([]int{0, 1}); err != nil || at != 2 || titles(p) != "甲 丁 甲 丁 乙 丙" {
		t.Fatal(titles(p), err)
	}
}

func TestFind(t *testing.T) {
	s := lines("澄淞大学|基础研究|面向ＡＩ的感知|2026-04-01", "乙院|关键技术|ai 芯片|2026-04-02")
	p := rows.New(s)
	p.Find("AI")
	if h := p.Hits(); len(h) != 2 || h[0] != (rows.Hit{Row: 0, Column: submission.ColTitle}) {
		t.Fatal(h)
	}
	first, second := p.Hits()[0], p.Hits()[1]
	for _, c := range []struct {
		row  int
		col  submission.Column
		by   int
		want rows.Hit
	}{
		{0, submission.ColApplicant, 0, first},
		{0, submission.ColTitle, 0, first},
		{0, submission.ColTitle, 1, second},
		{1, submission.ColTitle, 1, first}, // round the end
		{0, submission.ColTitle, -1, second},
		{1, submission.ColApplicant, -1, first},
		{0, rows.ColFiles, 1, second}, // a column that is not searched
	} {
		if h, ok := p.Next(c.row, c.col, c.by); !ok || h != c.want {
			t.Errorf("from %d %s by %d: %v", c.row, c.col, c.by, h)
		}
	}
	if got := p.FindLine(1, submission.ColTitle); got != "第 2 处，共 2 处" {
		t.Error(got)
	}
	if !p.Found(0, submission.ColTitle) || p.Found(0, submission.ColTime) {
		t.Error("wrong cells lit")
	}
	if err := p.Set(0, submission.ColTitle, "别的"); err != nil || len(p.Hits()) != 1 {
		t.Error("hits of before the edit", p.Hits())
	}
	p.Find("没有")
	if _, ok := p.Next(0, submission.ColTitle, 1); ok || p.FindLine(0, submission.ColTitle) != "没有找到" {
		t.Error("found what is not there")
	}
}

// TestFiveThousandRows holds the acts to times that a person does not notice, with
// room for a busy machine.
func TestFiveThousandRows(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	s := &store{}
	for i := range 5000 {
		r := submission.NewRow()
		r.Title = fmt.Sprintf("面向复杂场景的多模态智能感知系统关键技术与应用 %d", rnd.IntN(100000))
		r.Applicant, r.Time = fmt.Sprintf("第%d研究院", rnd.IntN(900)), fmt.Sprintf("2026-04-%02d", i%28+1)
		s.rows = append(s.rows, r)
	}
	p := rows.New(s)
	took := func(what string, limit time.Duration, f func()) {
		d := uitest.Held(f)
		t.Logf("%-22s %6.1f ms", what, float64(d.Microseconds())/1000)
		if d > limit {
			t.Errorf("%s took %v, limit %v", what, d, limit)
		}
	}
	took("first find", 500*time.Millisecond, func() { p.Find("12"); p.Hits() })
	took("find", 150*time.Millisecond, func() { p.Find("123"); p.Hits() })
	took("filter by text", 200*time.Millisecond, func() { p.SetFilter(rows.Filter{Text: "第12"}) })
	took("filter off", 100*time.Millisecond, func() { p.SetFilter(rows.Filter{}) })
	took("ranks and sort", 900*time.Millisecond, func() {
		s.fail = errors.New("only the sorting is measured") // the store of this test is slow
		_ = p.Sort(submission.ColApplicant, false)
		s.fail = nil
	})
	took("reload", 200*time.Millisecond, func() { p.Reload() })
}
