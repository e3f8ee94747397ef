package mail_test

import (
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/mail"
)

const sample = "Subject: =?GBK?B?suLK1A==?=\r\nFrom: zhao@example.invalid\r\nX-Originating-IP: 10.1.2.3\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>正文甲</p><div style=\"display:none\">暗语乙</div><p>结尾</p>\r\n" +
	"--b\r\nContent-Type: application/octet-stream; name=\"a.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\n6ZmE5Lu25LiZ\r\n--b--\r\n"

func TestReadAndRebuild(t *testing.T) {
	ctx := document.WithOpener(context.Background(), func(_ context.Context, src document.Source) (*document.Document, error) {
		return &document.Document{Parts: []document.Part{{ID: "text", Text: string(src.Data)}}}, nil
	})
	d, err := mail.Read(ctx, document.Source{Name: "a.eml", Data: []byte(sample)})
	if err != nil {
		t.Fatal(err)
	}
	if h := d.Part("headers"); h == nil || !strings.Contains(h.Text, "主题：测试") || !strings.Contains(h.Text, "zhao@example.invalid") {
		t.Errorf("headers %+v", h)
	}
	if b := d.Part("body/1"); b == nil || b.Text != "正文甲\n\n结尾" && b.Text != "正文甲\n结尾" {
		t.Errorf("body %+v", b)
	}
	all := ""
	for _, p := range d.Parts {
		if p.Hidden != nil {
			all += p.Text + "\n"
		}
	}
	if !strings.Contains(all, "暗语乙") || !strings.Contains(all, "10.1.2.3") {
		t.Errorf("hidden %q", all)
	}
	if len(d.Members) != 1 || d.Members[0].Parts[0].Text != "附件丙" {
		t.Errorf("attachments %+v", d.Members)
	}
	out, err := mail.Rebuild(ctx, document.Source{Name: "a.eml", Data: []byte(sample)}, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if s := string(out.Data); strings.Contains(s, "暗语乙") || strings.Contains(s, "10.1.2.3") || !strings.Contains(s, "正文甲") {
		t.Errorf("copy %q", s)
	}
}

func TestRefusesNoMail(t *testing.T) {
	if _, err := mail.Read(context.Background(), document.Source{Name: "a.eml", Data: []byte("正文而已")}); err == nil {
		t.Error("was read")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = mail.Read(context.Background(), document.Source{Name: "a.eml", Data: data}) // must return
	})
}
