package submission_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinggao/app/submission"
)

// read imports CSV text and returns the rows as lines of six fields.
func read(t *testing.T, name, text string) (*submission.Imported, []string) {
	t.Helper()
	im, err := submission.ImportData(context.Background(), name, []byte(text), campaign(t), submission.ReadHere)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range im.Rows() {
		out = append(out, strings.Join([]string{r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone}, "|"))
	}
	return im, out
}

func kinds(ps []submission.Problem) map[submission.Kind]int {
	out := map[submission.Kind]int{}
	for _, p := range ps {
		out[p.Kind]++
	}
	return out
}

func TestImportHabits(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"title and department lines, total, note", "申报情况统计表,,,,,,\n部门：,某局,联系人：,周见微,联系方式：,021-55500010,\n序号,申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n1,澄淞大学,基础研究,甲项目,2026-05-03,陆念一,19900001234\n合计,1,,,,,\n注：请如实填写。,,,,,,\n", []string{"澄淞大学|基础研究|甲项目|2026-05-03|陆念一|19900001234"}},
		{"swapped columns and synonyms", "联系电话,负责人,成果名称,单位名称,成果类型,提交日期\n19900001234,陆念一,甲项目,澄淞大学,关键技术类,5月3日\n", []string{"澄淞大学|关键技术|甲项目|2026-05-03|陆念一|19900001234"}},
		{"two lines of header", "序号,申报单位,成果名称,成果类别,申报时间,联系信息,,\n,,,,,姓名,职务,手机\n1,澄淞大学,甲项目,工程研发,2026-05-03,陆念一,教授,19900001234\n", []string{"澄淞大学|工程研发|甲项目|2026-05-03|陆念一|19900001234"}},
		{"name and number in one column", "申报主体,申报类别,项目名称,申报时间,联系人及电话\n澄淞大学,基础研究,甲项目,2026-05-03,陆念一 19900001234\n", []string{"澄淞大学|基础研究|甲项目|2026-05-03|陆念一|19900001234"}},
		{"mobile and landline in two columns", "申报主体,申报类别,项目名称,申报时间,联系人,手机,办公电话\n澄淞大学,基础研究,甲项目,2026-05-03,陆念一,19900001234,021-55500010\n", []string{"澄淞大学|基础研究|甲项目|2026-05-03|陆念一|19900001234、021-55500010"}},
		{"sections and ditto", "申报主体,项目名称,申报时间,联系人,联系方式\n一、基础研究,,,,\n澄淞大学,甲项目,2026-05-03,陆念一,19900001234\n二、关键技术类（1项）,,,,\n同上,乙项目,2026-05-04,同上,〃\n", []string{"澄淞大学|基础研究|甲项目|2026-05-03|陆念一|19900001234", "澄淞大学|关键技术|乙项目|2026-05-04|陆念一|19900001234"}},
		{"header repeated in another order", "申报主体,项目名称,申报类别,申报时间,联系人,联系方式\n澄淞大学,甲项目,基础研究,2026-05-03,陆念一,19900001234\n项目名称,申报主体,申报类别,申报时间,联系人,联系方式\n乙项目,澄淞大学,关键技术,2026-05-04,陆念一,19900001234\n", []string{"澄淞大学|基础研究|甲项目|2026-05-03|陆念一|19900001234", "澄淞大学|关键技术|乙项目|2026-05-04|陆念一|19900001234"}},
		{"english header", "No.,Applicant,Category,Project Title,Submission Date,Contact,Phone\n1,Cheng Song University,Basic Research,Project A,May 3 2026,Lu,+852 2345 6789\n", []string{"Cheng Song University|基础研究|Project A|2026-05-03|Lu|+852 2345 6789"}},
		{"text like a formula", "申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n澄淞大学,基础研究,=SUM(A1),2026-05-03,陆念一,19900001234\n澄淞大学,基础研究,'+算力网,2026-05-03,陆念一,19900001234\n", []string{"澄淞大学|基础研究|=SUM(A1)|2026-05-03|陆念一|19900001234", "澄淞大学|基础研究|+算力网|2026-05-03|陆念一|19900001234"}},
		{"unknown stays as written", "申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n澄淞大学,技术,甲项目,待定,陆念一,见附件\n", []string{"澄淞大学|技术|甲项目|待定|陆念一|见附件"}},
		{"category by a tick in its column", "序号,申报主体,项目名称,申报类别,,,申报时间,联系人,联系方式\n,,,基础研究,关键技术,工程研发,,,\n1,澄淞大学,甲项目,,√,,2026-05-03,陆念一,19900001234\n2,澄淞大学,乙项目,是,否,否,2026-05-04,陆念一,19900001234\n", []string{"澄淞大学|关键技术|甲项目|2026-05-03|陆念一|19900001234", "澄淞大学|基础研究|乙项目|2026-05-04|陆念一|19900001234"}},
		{"a form for one application", "申报书\n申报主体,澄淞大学,申报类别,关键技术类\n项目名称,甲项目,,\n申报时间,5月3日,,\n联系人,陆念一,联系电话,19900001234\n", []string{"澄淞大学|关键技术|甲项目|2026-05-03|陆念一|19900001234"}},
		{"stated none", "申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n无,无,无,无,无,无\n", nil},
		{"hints and example", "序号,申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n,（全称）,（三选一）,（不超过60字）,（年月日）,（姓名）,（手机）\n例,某某大学,基础研究,示例项目,2026-05-01,某某,13800000000\n1,澄淞大学,基础研究,甲项目,2026-05-03,陆念一,19900001234\n2,,,,,,\n", []string{"澄淞大学|基础研究|甲项目|2026-05-03|陆念一|19900001234"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			im, got := read(t, "a.csv", tc.text)
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("%s\n%+v", d, im.Problems())
			}
		})
	}
}

// Every line of a table is a row or a skipped line: nothing is dropped.
func TestEveryLineIsAccountedFor(t *testing.T) {
	text := "标题\n部门：某局\n申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n澄淞大学,基础研究,甲,2026-05-03,陆念一,19900001234\n\n孤零零的一行,,,,,\n一、关键技术,,,,,\n合计,1,,,,\n注：某注。\n"
	im, rows := read(t, "a.csv", text)
	tb := im.Tables[0]
	lines := strings.Count(text, "\n")
	if got := len(rows) + len(tb.Skipped) + 1; got != lines { // 1: the header
		t.Errorf("%d of %d lines: %+v", got, lines, tb.Skipped)
	}
	told := false
	for _, p := range im.Problems() {
		told = told || p.Kind == submission.KindSkipped && strings.Contains(p.Message, "孤零零")
	}
	if !told || tb.Header.Department != "某局" {
		t.Errorf("problems %+v, header %+v", im.Problems(), tb.Header)
	}
}

func TestImportRefusals(t *testing.T) {
	c := campaign(t)
	dir := t.TempDir()
	empty := filepath.Join(dir, "空.xlsx")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{empty, dir, filepath.Join(dir, "没有.xlsx")} {
		im, err := submission.ImportFile(context.Background(), path, c)
		if err != nil || len(im.Refused) != 1 || len(im.Rows()) != 0 {
			t.Errorf("%s: %+v, %v", path, im, err)
		}
	}
	im, rows := read(t, "签到表.csv", "序号,姓名,单位,职务,电话\n1,陆念一,澄淞大学,教授,19900001234\n")
	if len(rows) != 0 || len(im.Refused) != 1 {
		t.Errorf("another table was taken: %v", rows)
	}
	im, rows = read(t, "空表.csv", "申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n")
	if len(rows) != 0 || kinds(im.Problems())[submission.KindNoTable] != 1 {
		t.Errorf("no rows: %+v", im.Problems())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := submission.ImportData(ctx, "a.csv", []byte("a"), c, submission.ReadHere); err == nil {
		t.Error("a cancelled import went on")
	}
}

func TestOldSheet(t *testing.T) {
	old := "2025年申报情况统计表\n申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n澄淞大学,基础研究,甲,%s,陆念一,19900001234\n"
	im, rows := read(t, "a.csv", strings.ReplaceAll(old, "%s", "2025-05-03"))
	if len(rows) != 0 || im.Tables[0].Left != submission.LeftOld || kinds(im.Problems())[submission.KindOldSheet] != 1 {
		t.Errorf("last year's table: %v %+v", rows, im.Problems())
	}
	im, rows = read(t, "a.csv", strings.ReplaceAll(old, "%s", "2026-05-03"))
	if len(rows) != 1 || kinds(im.Problems())[submission.KindOldSheet] != 1 {
		t.Errorf("last year's form with this year's rows: %v %+v", rows, im.Problems())
	}
}

func TestMergeKeepsAllButEqualRows(t *testing.T) {
	head := "申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n"
	a, _ := read(t, "a.csv", head+"澄淞大学,基础研究,甲项目,2026-05-03,陆念一,19900001234\n")
	b, _ := read(t, "b.csv", head+"澄淞大学,基础研究类,甲 项目,2026.5.3,陆念一,199 0000 1234\n澄淞大学,基础研究,甲项目,2026-05-03,褚云岫,19900005678\n")
	m := submission.NewMerge(campaign(t))
	m.Add(a)
	m.Add(b)
	if len(m.Rows) != 2 || m.Merged != 1 || kinds(m.Problems)[submission.KindDuplicate] != 1 {
		t.Errorf("%d rows, %d merged, %+v", len(m.Rows), m.Merged, m.Problems)
	}
}

func TestParsePasted(t *testing.T) {
	c := campaign(t)
	rows := submission.ParsePasted("澄淞大学\t关键技术类\t\"分\n行项目\"\t5月3日\t陆念一\t199 0000 1234\r\n第二大学\t\t乙\r\n", submission.ColApplicant, c)
	if len(rows) != 2 || rows[0].Category != "关键技术" || rows[0].Title != "分行项目" || rows[0].Time != "2026-05-03" || rows[0].Phone != "19900001234" || rows[1].Title != "乙" {
		t.Errorf("%+v", rows)
	}
	if rows := submission.ParsePasted("1\t澄淞大学\t基础研究\t甲\n2\t第二大学\t基础研究\t乙\n", submission.ColApplicant, c); len(rows) != 2 || rows[1].Applicant != "第二大学" {
		t.Errorf("numbered: %+v", rows)
	}
	if rows := submission.ParsePasted("项目名称\t申报主体\t申报类别\n甲\t澄淞大学\t基础研究\n", submission.ColTime, c); len(rows) != 1 || rows[0].Title != "甲" {
		t.Errorf("with header: %+v", rows)
	}
	if rows := submission.ParsePasted("陆念一\t19900001234", submission.ColContact, c); len(rows) != 1 || rows[0].Phone != "19900001234" {
		t.Errorf("from a column on: %+v", rows)
	}
	if got := submission.TSV([][]string{{"a", "b\tc\"d"}}); got != "a\t\"b\tc\"\"d\"\r\n" {
		t.Errorf("TSV %q", got)
	}
}
