package correspondence_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"
	"pgregory.net/rapid"

	"jinggao/app/casefile"
	"jinggao/app/correspondence"
	"jinggao/app/report"
	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

const secretID = "310115198206142039"

var (
	now  = time.Date(2026, 6, 10, 9, 30, 0, 0, time.FixedZone("CST", 8*3600))
	head = submission.Header{Department: "市科委", Contact: "周敏", Phone: "021-55500011"}
)

func campaign(t interface{ Fatal(...any) }) *submission.Campaign {
	c, err := submission.CampaignByID("")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func row(applicant, category, title, when string) submission.Row {
	r := submission.NewRow()
	r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone = applicant, category, title, when, "陆念一", "021-55500010"
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

// text is the visible text of a Word document; its parts must be well-formed.
func text(t *testing.T, b []byte) string {
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
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if c, ok := tok.(xml.CharData); ok && f.Name == "word/document.xml" {
				out.Write(c)
			}
		}
	}
	return out.String()
}

func TestNotice(t *testing.T) {
	c := campaign(t)
	var b bytes.Buffer
	err := correspondence.WriteNotice(&b, correspondence.NoticeInput{
		Campaign: c, Date: now, To: "各区科委：", Until: "2026-06-12", Extra: "请附申报系统截图\n\n<b>勿压缩</b>",
		Office: correspondence.Office{Name: "市科委", Contact: "周敏", Phone: "021-55500011", Mailbox: "award@example.org"},
	})
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "通知.docx", b.Bytes())
	got := text(t, b.Bytes())
	want := []string{"关于组织申报" + c.Name + "的通知", "各区科委：", "2026 年 6 月 12 日前报市科委", "award@example.org", "2026 年 6 月 15 日 24:00", c.Apply[0], submission.Reminder, "请附申报系统截图", "<b>勿压缩</b>", "2026 年 6 月 10 日"}
	for _, k := range c.Categories {
		want = append(want, k.Name, k.About)
		for _, cond := range k.Conditions {
			want = append(want, cond.Text)
		}
	}
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("no %q", w)
		}
	}
	if strings.Contains(got, "：：") || strings.Contains(got, c.Mailbox) {
		t.Error("colon twice, or the collector's mailbox given to applicants")
	}
}

func TestDraftParsedBack(t *testing.T) {
	c := campaign(t)
	rows := []submission.Row{row("澄淞大学", "基础研究", "可解释建模", "2026-05-03"), row("泖塔光电研究院", "关键技术", "光子芯片", "2026-05-04")}
	s := correspondence.NewSending(rows, head, c.Mailbox, correspondence.First, now)
	d, err := correspondence.TableDraft(c, rows, head, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	e, eml := parse(t, d)
	if got := e.GetHeader("To"); got != "<"+c.Mailbox+">" {
		t.Errorf("to %q", got)
	}
	if got, want := e.GetHeader("Subject"), "市科委报送"+c.Table; got != want {
		t.Errorf("subject %q, want %q", got, want)
	}
	if e.GetHeader("X-Unsent") != "1" || e.GetHeader("From") != "" || e.GetHeader("Message-Id") != "" {
		t.Error("not a draft without a sender")
	}
	if !strings.Contains(e.Text, "共 2 项") || !strings.Contains(e.Text, "周敏") {
		t.Errorf("body %q", e.Text)
	}
	if len(e.Attachments) != 1 || len(e.Errors) != 0 {
		t.Fatalf("%d attachments, %v", len(e.Attachments), e.Errors)
	}
	a := e.Attachments[0]
	if want := "市科委_" + c.Table + ".xlsx"; a.FileName != want || a.ContentType != correspondence.TypeXLSX {
		t.Errorf("attachment %q %s", a.FileName, a.ContentType)
	}
	if !bytes.Equal(a.Content, d.Files[0].Data) {
		t.Error("the attachment is not the table")
	}
	for name, data := range map[string][]byte{"表.xlsx": a.Content, "草稿.eml": eml} {
		im, err := submission.ImportData(context.Background(), name, data, c, submission.ReadHere)
		if err != nil {
			t.Fatal(err)
		}
		if got := im.Rows(); len(got) != 2 || got[1].Title != "光子芯片" {
			t.Errorf("%s read back as %+v", name, got)
		}
	}
}

func parse(t *testing.T, d correspondence.Draft) (*enmime.Envelope, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, now); err != nil {
		t.Fatal(err)
	}
	keep(t, "草稿.eml", b.Bytes())
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("bad line %q", line)
		}
	}
	e, err := enmime.ReadEnvelope(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return e, b.Bytes()
}

func TestCorrectionListsDifferences(t *testing.T) {
	c := campaign(t)
	rows := []submission.Row{row("澄淞大学", "基础研究", "可解释建模", "2026-05-03"), row("泖塔光电研究院", "关键技术", "光子芯片", "2026-05-04")}
	first := correspondence.NewSending(rows, head, c.Mailbox, correspondence.First, now)
	same, changes := correspondence.Propose([]correspondence.Sending{first}, correspondence.NewSending(rows, head, c.Mailbox, "", now))
	if same != correspondence.Again || len(changes) != 0 {
		t.Errorf("%s %v", same, changes)
	}
	more := append(append([]submission.Row(nil), rows...), row("岑卜数智科技（上海）有限公司", "工程研发", "算力网", "2026-05-05"))
	if n, ch := correspondence.Propose([]correspondence.Sending{first}, correspondence.NewSending(more, head, "", "", now)); n != correspondence.Supplement || len(ch) != 1 || ch[0].Kind != correspondence.Added {
		t.Errorf("%s %v", n, ch)
	}
	mended := []submission.Row{more[2], more[0]}
	mended[1].Title, mended[1].Phone = "可解释建模方法", "021-55500099"
	next := correspondence.NewSending(mended, head, c.Mailbox, correspondence.Correction, now)
	n, ch := correspondence.Propose([]correspondence.Sending{first}, next)
	if n != correspondence.Correction || len(ch) != 3 {
		t.Fatalf("%s %v", n, ch)
	}
	d, err := correspondence.TableDraft(c, mended, head, next, ch)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := parse(t, d)
	for _, want := range []string{"新增：第 1 项：岑卜数智科技", "项目名称由“可解释建模”改为“可解释建模方法”，联系方式已更新", "删除：原第 2 项：泖塔光电研究院《光子芯片》", "以本次报送为准"} {
		if !strings.Contains(e.Text, want) {
			t.Errorf("body lacks %q:\n%s", want, e.Text)
		}
	}
	if strings.Contains(e.Text, "55500099") || !strings.HasSuffix(e.GetHeader("Subject"), "（更正）") || !strings.Contains(e.Attachments[0].FileName, "（更正）") {
		t.Errorf("%s %s", e.GetHeader("Subject"), e.Attachments[0].FileName)
	}
}

func TestSendingsAreKeptInTheCase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "案卷"+casefile.Ext)
	k, err := casefile.Create(path, casefile.Info{Title: "测试", Clerk: "周敏"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		s := correspondence.NewSending([]submission.Row{row("澄淞大学", "基础研究", "建模", "2026-05-03")}, head, "a@example.org", correspondence.First, now.AddDate(0, 0, i))
		if err := correspondence.Keep(k, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if k, err = casefile.Open(path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	got, err := correspondence.Sendings(k)
	if err != nil || len(got) != 2 || !got[1].At.Equal(now.AddDate(0, 0, 1)) || got[0].Rows[0].Fields[2] != "建模" || len(got[0].Digest) != 64 || got[0].Header != head {
		t.Errorf("%+v %v", got, err)
	}
}

func TestNothingDiffersFromItself(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringN(0, 6, 20)
		gen := rapid.Custom(func(r *rapid.T) submission.Row {
			return row(word.Draw(r, "a"), word.Draw(r, "c"), word.Draw(r, "t"), word.Draw(r, "d"))
		})
		rows := rapid.SliceOfN(gen, 0, 6).Draw(r, "rows")
		other := rapid.SliceOfN(gen, 0, 6).Draw(r, "other")
		a, b := correspondence.NewSending(rows, head, "", "", now), correspondence.NewSending(rows, head, "", "", now)
		if ch := correspondence.Diff(a, b); len(ch) != 0 || a.Digest != b.Digest {
			r.Fatalf("%v", ch)
		}
		o := correspondence.NewSending(other, head, "", "", now)
		plus, minus := 0, 0
		for _, ch := range correspondence.Diff(a, o) {
			switch ch.Kind {
			case correspondence.Added:
				plus++
			case correspondence.Removed:
				minus++
			}
		}
		if len(rows)+plus-minus != len(other) {
			r.Fatalf("%d rows, +%d -%d, %d rows", len(rows), plus, minus, len(other))
		}
	})
}

// findID finds the identity number of the test.
func findID(_, s string) []finding.Finding {
	i := strings.Index(s, secretID)
	if i < 0 {
		return nil
	}
	at := len([]rune(s[:i]))
	return []finding.Finding{{Rule: "I01", Group: "I", Name: "居民身份证号", Level: finding.S2, Span: document.Span{Start: at, End: at + len(secretID)}, Text: secretID, Suggest: "310115********2039", Fingerprint: "cell"}}
}

func TestReturnsTellNothingSecretAndNothingOfOthers(t *testing.T) {
	c := campaign(t)
	a := row("澄淞大学", "基础研究", "城市流量可解释建模与预测方法", "2026-07-01")
	b := row("泖塔光电研究院", "关键技术", "城市流量可解释建模与预测方法", "2026-05-04")
	fine := row("岑卜数智科技（上海）有限公司", "工程研发", "算力网调度平台", "2026-05-04")
	b.Time, b.Phone = secretID, ""
	rows := []submission.Row{a, b, fine}
	in := report.Input{
		Campaign: c, Rows: rows, Problems: submission.Check(rows, head, c), Cells: submission.ScanRows(rows, head, findID), CellBy: map[string]redact.Decision{},
		Files: []report.File{
			{Attachment: casefile.Attachment{Name: "说明.docx"}, Rows: []int{1}, Scan: scan(
				finding.Finding{Rule: "H01", Group: "H", Name: "口令明文", Level: finding.S1, Where: "正文 第5段", Text: "Hk7#qw2Z9", Fingerprint: "p"},
				finding.Finding{Rule: "I03", Group: "I", Name: "手机号", Level: finding.S2, Where: "正文 第6段", Text: "19900001234", Fingerprint: "m"},
				finding.Finding{Rule: "I18", Group: "I", Name: "姓名", Level: finding.S3, Where: "正文 第7段", Text: "祝南乔", Fingerprint: "n"},
			), Decisions: map[string]redact.Decision{"n": {Action: redact.ActionIgnore}}},
			{Attachment: casefile.Attachment{Name: "密件.docx"}, Rows: []int{2}, Scan: scan(
				finding.Finding{Rule: "A01", Group: "A", Name: "密级标志", Level: finding.S1, Where: "页眉 1", Text: "机密★10年", Withdraw: true, Fingerprint: "w"},
			)},
		},
	}
	got := correspondence.Returns(in, nil, findID)
	if len(got) != 2 {
		t.Fatalf("%d notes: %+v", len(got), got)
	}
	var papers []string
	for i, r := range got {
		var w bytes.Buffer
		if err := correspondence.WriteReturn(&w, correspondence.ReturnInput{Campaign: c, Office: correspondence.Office{Name: "市科委"}, Date: now}, r); err != nil {
			t.Fatal(err)
		}
		keep(t, r.FileName(i+1), w.Bytes())
		papers = append(papers, text(t, w.Bytes()))
	}
	for _, p := range papers {
		for _, secret := range []string{secretID, "Hk7#qw2Z9", "19900001234", "机密★10年"} {
			if strings.Contains(p, secret) {
				t.Errorf("quotes %s", secret)
			}
		}
	}
	for _, want := range []string{"晚于申报截止日", "手机号 1 处：正文 第6段", "口令明文 1 处"} {
		if !strings.Contains(papers[0], want) {
			t.Errorf("first note lacks %q:\n%s", want, papers[0])
		}
	}
	if strings.Contains(papers[0], "泖塔") || strings.Contains(papers[1], "澄淞") || strings.Contains(papers[0], "姓名 1 处") {
		t.Error("tells of another applicant, or of what was decided to stay")
	}
	if !got[1].Stop || got[0].Stop || !strings.Contains(papers[1], "联系方式未填") || !strings.Contains(papers[1], "定密责任人") {
		t.Errorf("second note:\n%s", papers[1])
	}
}

func scan(fs ...finding.Finding) *casefile.Scan {
	return &casefile.Scan{Files: []casefile.FileScan{{Findings: fs}}}
}
