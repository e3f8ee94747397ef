package submission_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission"
)

func applicants() [][6]string {
	return [][6]string{
		{"澄淞大学", "基础研究", "城市流量的可解释建模", "2026-05-03", "陆念一", "021-55500010"},
		{"泖塔光电研究院", "关键技术", "低噪声光子芯片关键技术与应用", "2026-06-15", "祝南乔", "19900002468"},
	}
}

// fillXLSX types applications into the blank table as an applicant would.
func fillXLSX(t *testing.T, blank []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(blank))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	sheet := f.GetSheetName(0)
	for i, a := range applicants() {
		for j, s := range a {
			ref, err := excelize.CoordinatesToCellName(j+2, i+4)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr(sheet, ref, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fillDOCX puts the texts into the empty cells of the first rows of the blank table.
func fillDOCX(t *testing.T, blank []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(blank), int64(len(blank)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if f.Name == "word/document.xml" {
			const empty = `<w:t xml:space="preserve"></w:t>`
			for i, a := range applicants() {
				at := strings.Index(text, fmt.Sprintf(`preserve">%d</w:t>`, i+1))
				if at < 0 {
					t.Fatal("no numbered row")
				}
				rest := text[at:]
				for _, s := range a {
					rest = strings.Replace(rest, empty, `<w:t>`+s+`</w:t>`, 1)
				}
				text = text[:at] + rest
			}
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTemplateFilledInIsImportedWithoutAQuestion(t *testing.T) {
	c := campaign(t)
	for name, x := range map[string]struct {
		write func(io.Writer, *submission.Campaign) error
		fill  func(*testing.T, []byte) []byte
	}{
		"模板.xlsx": {submission.TemplateXLSX, fillXLSX},
		"模板.docx": {submission.TemplateDOCX, fillDOCX},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := x.write(&b, c); err != nil {
				t.Fatal(err)
			}
			keep(t, name, b.Bytes())
			im, err := submission.ImportData(context.Background(), name, x.fill(t, b.Bytes()), c, submission.ReadHere)
			if err != nil {
				t.Fatal(err)
			}
			if ps := im.Problems(); len(ps) > 0 || len(im.Refused) > 0 {
				t.Errorf("questions: %+v %+v", ps, im.Refused)
			}
			rows := im.Rows()
			if len(rows) != len(applicants()) {
				t.Fatalf("%d rows", len(rows))
			}
			for i, a := range applicants() {
				r := rows[i]
				if got := [6]string{r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone}; got != a {
					t.Errorf("%v, want %v", got, a)
				}
			}
			for _, p := range submission.Check(rows, head, c) {
				t.Errorf("check: %+v", p)
			}
			m := submission.NewMerge(c)
			m.Add(im)
			if m.Header != (submission.Header{}) {
				t.Errorf("header taken from an applicant's table: %+v", m.Header)
			}
		})
	}
}

func TestTemplateContent(t *testing.T) {
	c := campaign(t)
	var b bytes.Buffer
	if err := submission.TemplateXLSX(&b, c); err != nil {
		t.Fatal(err)
	}
	p := parts(t, b.Bytes())
	all := strings.Join([]string{p["xl/sharedStrings.xml"], p["xl/worksheets/sheet1.xml"], p["xl/comments1.xml"]}, "")
	for _, want := range []string{"脱敏脱密", "dataValidation", "示例", "得到国际科学界公认", "首创性", "2026 年 6 月 15 日"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s", want)
		}
	}
	for name, text := range p {
		if strings.Contains(strings.ToLower(text), "excelize") || strings.Contains(text, "creator>") {
			t.Errorf("%s tells who made it", name)
		}
	}
	if _, err := submission.ImportData(context.Background(), "空白.xlsx", b.Bytes(), c, submission.ReadHere); err != nil {
		t.Fatal(err)
	}
}
