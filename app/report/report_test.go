package report_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinggao/app/casefile"
	"jinggao/app/report"
	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

const (
	secretID   = "310115198206142039"
	secretPass = "Hk7#qw2Z9"
	secretMark = "机密★10年"
)

// caseWithFindings is the sample with findings that no scan has to make.
func caseWithFindings(t *testing.T) (*casefile.Case, report.Input) {
	t.Helper()
	c, err := casefile.CreateSample(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	as := c.Attachments()
	set := func(i int, un []document.Unchecked, fs ...finding.Finding) {
		doc := &document.Document{Kind: "docx", Parts: []document.Part{{Text: "正文"}}, Unchecked: un}
		s := casefile.Scan{Rules: "测试", Files: []casefile.FileScan{casefile.NewFileScan(as[i].Name, doc, fs, nil)}}
		if err := c.SetScan(as[i].ID, s); err != nil {
			t.Fatal(err)
		}
	}
	set(0, []document.Unchecked{{Kind: "picture", Message: "图片 2 张未识别文字"}},
		finding.Finding{Rule: "I01", Group: "I", Name: "居民身份证号", Level: finding.S2, Where: "正文 第3段", Text: secretID, Suggest: "310115********2039", Fingerprint: "a"},
		finding.Finding{Rule: "H01", Group: "H", Name: "口令明文", Level: finding.S1, Where: "正文 第5段", Text: secretPass, Fingerprint: "b"},
		finding.Finding{Rule: "I03", Group: "I", Name: "手机号", Level: finding.S2, Where: "正文 第6段", Text: "19900001234", Fingerprint: "c"})
	set(1, nil, finding.Finding{Rule: "A01", Group: "A", Name: "密级★期限标志", Level: finding.S1, Where: "页眉 1", Text: secretMark, Withdraw: true, Fingerprint: "d"})
	if err := c.Decide(as[0].ID, "", redact.Decision{Fingerprint: "a", Action: redact.ActionMask}, redact.Decision{Fingerprint: "b", Action: redact.ActionIgnore, Reason: "示例口令", Confirmed: "吴守正"}); err != nil {
		t.Fatal(err)
	}
	camp, err := submission.CampaignByID("")
	if err != nil {
		t.Fatal(err)
	}
	in, err := report.FromCase(c, camp, map[string]report.Output{as[0].ID: {Name: "副本.docx", Verified: true, Treated: 1}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, in
}

// texts unpacks a package and returns everything in it.
func texts(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		x, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(x)
	}
	return out.String()
}

func TestWorkbook(t *testing.T) {
	_, in := caseWithFindings(t)
	var b bytes.Buffer
	if err := report.WriteXLSX(&b, in); err != nil {
		t.Fatal(err)
	}
	keep(t, "report.xlsx", b.Bytes())
	all := texts(t, b.Bytes())
	for _, s := range []string{secretID, secretPass, secretMark, "19900001234"} {
		if strings.Contains(all, s) {
			t.Errorf("the report quotes %q", s)
		}
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, want := range []struct{ sheet, text string }{
		{"概览", "4 处（S1 2"},
		{"按文件", "复检通过"},
		{"按文件", "整件移出，未生成副本"},
		{"处理明细", "掩码"},
		{"处理明细", "待处理"},
		{"例外", "示例口令"},
		{"未检项", "图片 2 张未识别文字"},
		{"统计表检查", "截止日"},
		{"操作记录", "新建案卷"},
	} {
		rows, err := f.GetRows(want.sheet)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, r := range rows {
			found = found || strings.Contains(strings.Join(r, "|"), want.text)
		}
		if !found {
			t.Errorf("sheet %s does not say %s", want.sheet, want.text)
		}
	}
	if rows, _ := f.GetRows("概览"); len(rows) < 16 || !strings.Contains(rows[14][1], "4 处（S1 2，S2 2") {
		t.Errorf("overview: %v", rows)
	}
}

func TestWithdrawal(t *testing.T) {
	_, in := caseWithFindings(t)
	var b bytes.Buffer
	if err := report.WriteWithdrawal(&b, in, in.Files[1]); err != nil {
		t.Fatal(err)
	}
	keep(t, "withdraw.docx", b.Bytes())
	all := texts(t, b.Bytes())
	if strings.Contains(all, secretMark) || strings.Contains(all, "机密") {
		t.Error("the note quotes the mark")
	}
	for _, s := range []string{in.Files[1].Attachment.Name, "A01", "页眉 1", "定密责任人"} {
		if !strings.Contains(all, s) {
			t.Errorf("the note does not say %s", s)
		}
	}
}

func TestCorrectedMarkIsNotWithdrawn(t *testing.T) {
	_, in := caseWithFindings(t)
	f := in.Files[1]
	for _, tc := range []struct {
		d    redact.Decision
		want int
	}{
		{redact.Decision{Action: redact.ActionNotAMark, By: "甲", Confirmed: "乙", Reason: "合同期限"}, 0},
		{redact.Decision{Action: redact.ActionNotAMark, By: "甲", Confirmed: "甲", Reason: "合同期限"}, 1},
		{redact.Decision{Action: redact.ActionNotAMark, By: "甲", Confirmed: "乙"}, 1},
		{redact.Decision{Action: redact.ActionIgnore, By: "甲", Confirmed: "乙", Reason: "x"}, 1},
	} {
		f.Decisions = map[string]redact.Decision{"d": tc.d}
		if got := len(f.Withdrawn()); got != tc.want {
			t.Errorf("%+v: %d withdrawn", tc.d, got)
		}
	}
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
