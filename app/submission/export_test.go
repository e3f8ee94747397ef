package submission_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// hard are rows with everything that goes wrong in a cell.
func hard() []submission.Row {
	r := []submission.Row{
		row("澄淞大学", "基础研究", "=SUM(A1:A9)", "2026-05-03", "陆念一", "02155500010"),
		row("泖塔光电研究院", "关键技术", "+算力：城市级算力网", "2026-05-04", "祝南乔", "+8619900002468"),
		row("岑卜数智科技（上海）有限公司", "工程研发", "@医生_x000D_平台", "2026-05-05", "费知遥", "19900001357、021-55500066"),
		row("澄淞大学", "关键技术", "-196℃超导\n传输 <b>&amp;", "2026-06", "O'Neil, J.", "19900001234"),
		row("澄淞大学", "关键技术", strings.Repeat("很长的项目名称", 25), "2026-05-06", "陆念一", "19900001234"),
	}
	r[0].Notes, r[0].Partners = "内部话", "某合作单位"
	return r
}

// keep writes a product where a person asked to look at it.
func keep(t *testing.T, name string, b []byte) {
	t.Helper()
	if dir := os.Getenv("JINGGAO_KEEP"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func parts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		x, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(x)
	}
	return out
}

func export(t *testing.T, f func(io.Writer, submission.Table) error, tb submission.Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, tb); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExportReadBack(t *testing.T) {
	c := campaign(t)
	tb := submission.Table{Campaign: c, Header: head, Rows: hard()}
	for ext, f := range map[string]func(io.Writer, submission.Table) error{"xlsx": submission.ExportXLSX, "docx": submission.ExportDOCX, "csv": submission.ExportCSV} {
		t.Run(ext, func(t *testing.T) {
			b := export(t, f, tb)
			keep(t, "table."+ext, b)
			im, err := submission.ImportData(context.Background(), "a."+ext, b, c, submission.ReadHere)
			if err != nil || len(im.Refused) != 0 || len(im.Tables) != 1 {
				t.Fatalf("%+v %v", im, err)
			}
			var want, got []string
			for _, r := range tb.Rows {
				want = append(want, strings.Join([]string{r.Applicant, r.Category, submission.CleanText(r.Title), r.Time, submission.CleanText(r.Contact), r.Phone}, "|"))
			}
			for _, r := range im.Rows() {
				got = append(got, strings.Join([]string{r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone}, "|"))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			if im.Tables[0].Header != head {
				t.Errorf("header %+v", im.Tables[0].Header)
			}
		})
	}
}

func TestXLSXIsSafeAndNameless(t *testing.T) {
	b := export(t, submission.ExportXLSX, submission.Table{Campaign: campaign(t), Header: head, Rows: hard()})
	ps := parts(t, b)
	sheet := ps["xl/worksheets/sheet1.xml"]
	if strings.Contains(sheet, "<f>") || strings.Contains(sheet, "<f ") {
		t.Error("a formula in the sheet")
	}
	for _, want := range []string{`orientation="landscape"`, `paperSize="9"`, `fitToWidth="1"`, "dataValidation", `fitToPage=`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	if !strings.Contains(ps["xl/workbook.xml"], "_xlnm.Print_Titles") {
		t.Error("the head is not repeated")
	}
	for _, p := range []string{"docProps/core.xml", "docProps/app.xml"} {
		for _, bad := range []string{"creator>", "lastModifiedBy>", "Company>", "Application>"} {
			if i := strings.Index(ps[p], bad); i >= 0 && !strings.HasPrefix(ps[p][i+len(bad):], "<") {
				t.Errorf("%s says %s", p, ps[p][i:min(len(ps[p]), i+60)])
			}
		}
	}
	for name, x := range ps {
		if strings.Contains(x, "内部话") || strings.Contains(x, "某合作单位") {
			t.Errorf("%s holds what must not leave", name)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	h4, _ := f.GetRowHeight(f.GetSheetName(0), 4)
	h8, _ := f.GetRowHeight(f.GetSheetName(0), 8)
	if h8 < 5*h4/2 {
		t.Errorf("heights %v and %v: a long title does not get its lines", h4, h8)
	}
	if typ, _ := f.GetCellType(f.GetSheetName(0), "G4"); typ != excelize.CellTypeSharedString {
		t.Errorf("phone is stored as %v", typ)
	}
}

func TestZeroReportAndInternal(t *testing.T) {
	c := campaign(t)
	for _, f := range []func(io.Writer, submission.Table) error{submission.ExportXLSX, submission.ExportDOCX} {
		ps := parts(t, export(t, f, submission.Table{Campaign: c, Header: head}))
		if all := ps["xl/sharedStrings.xml"] + ps["word/document.xml"]; !strings.Contains(all, ">无<") {
			t.Error("an empty table does not say 无")
		}
	}
	ps := parts(t, export(t, submission.ExportXLSX, submission.Table{Campaign: c, Header: head, Rows: hard(), Internal: true}))
	if !strings.Contains(ps["xl/sharedStrings.xml"], "内部话") {
		t.Error("the internal table lacks the notes")
	}
}

func TestCSVIsGuarded(t *testing.T) {
	s := string(export(t, submission.ExportCSV, submission.Table{Campaign: campaign(t), Rows: hard()}))
	if !strings.HasPrefix(s, "\uFEFF") || !strings.Contains(s, "'=SUM(A1:A9)") || !strings.Contains(s, "'+8619900002468") || !strings.Contains(s, `"O'Neil, J."`) {
		t.Errorf("%s", s)
	}
}

func TestRunTable(t *testing.T) {
	c := campaign(t)
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	h := "申报主体,申报类别,项目名称,申报时间,联系人,联系方式\n"
	clean := file("好.csv", "部门：某局\n"+h+"澄淞大学,基础研究,甲项目,2026-05-03,陆念一,19900001234\n")
	late := file("迟.csv", h+"澄淞大学,基础研究,乙项目秘密词,2026-06-20,陆念一,19900001234\n")
	other := file("别.csv", "姓名,年龄\n甲,3\n")
	scan := func(_, text string) []finding.Finding {
		if i := strings.Index(text, "秘密词"); i >= 0 {
			return []finding.Finding{{Rule: "A02", Level: finding.S1, Name: "密级", Span: document.Span{Start: 3, End: 6}}}
		}
		return nil
	}
	for i, tc := range []struct {
		in   []string
		out  string
		exit int
		said string
	}{
		{[]string{clean}, "好.xlsx", 0, `"rows":1`},
		{[]string{clean, late}, "迟.docx", 1, `"kind":"deadline"`},
		{[]string{late}, "敏.xlsx", 1, `"kind":"sensitive"`},
		{[]string{clean, other}, "别.xlsx", 3, `"type":"refused"`},
		{[]string{clean, filepath.Join(dir, "没有.xlsx")}, "缺.csv", 3, `没有.xlsx`},
		{[]string{clean}, "错.pdf", 2, ""},
		{nil, "空.xlsx", 2, ""},
		{[]string{clean}, "好.xlsx", 3, "没有覆盖"},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			var w, msg bytes.Buffer
			out := filepath.Join(dir, tc.out)
			exit := submission.RunTable(context.Background(), submission.TableRun{Out: out, Inputs: tc.in, Campaign: c, Scan: scan}, &w, &msg)
			if exit != tc.exit || !strings.Contains(w.String(), tc.said) {
				t.Errorf("exit %d\n%s\n%s", exit, w.String(), msg.String())
			}
			for line := range strings.Lines(w.String()) {
				if !json.Valid([]byte(line)) {
					t.Errorf("no JSON: %s", line)
				}
			}
			if _, err := os.Stat(out); (err == nil) == (exit == 2) {
				t.Errorf("output: %v", err)
			}
		})
	}
	left, err := filepath.Glob(filepath.Join(dir, ".净稿-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
