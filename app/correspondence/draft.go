package correspondence

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"jinggao/app/submission"
)

// File is something attached to a draft.
type File struct {
	Name string // base name
	Type string // media type
	Data []byte
}

// TypeXLSX is the media type of a workbook.
const TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Draft is an e-mail that a person will send.
type Draft struct {
	To      string // one address
	Subject string
	Body    string
	Files   []File
}

// TableDraft makes the draft that carries the table of a campaign. rows and h are
// those of the clean table; changes are listed where the sending is a 更正 or 补报.
func TableDraft(c *submission.Campaign, rows []submission.Row, h submission.Header, s Sending, changes []Change) (Draft, error) {
	marked := *c
	marked.Table += s.Nature.Mark()
	var b bytes.Buffer
	if err := submission.ExportXLSX(&b, submission.Table{Campaign: &marked, Header: h, Rows: rows}); err != nil {
		return Draft{}, fmt.Errorf("write the table for a draft: %w", err)
	}
	file := fileName(orElse(h.Department, c.Short) + "_" + marked.Table)
	return Draft{
		To:      s.To,
		Subject: oneLine(orElse(h.Department, "（部门）") + "报送" + marked.Table),
		Body:    body(c, len(rows), h, s, changes),
		Files:   []File{{Name: file + ".xlsx", Type: TypeXLSX, Data: b.Bytes()}},
	}, nil
}

func body(c *submission.Campaign, n int, h submission.Header, s Sending, changes []Change) string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("%s：", orElse(c.Collector, c.Organiser))
	line("")
	who := orElse(h.Department, "我单位")
	switch {
	case s.Nature == Correction || s.Nature == Supplement:
		line("　　现报送%s%s%s（共 %d 项），请以本次报送为准。与上一次报送相比：", who, c.Table, s.Nature.Mark(), n)
		for i, ch := range changes {
			line("　　%d. %s：%s", i+1, ch.Kind, oneLine(ch.Text))
		}
		if len(changes) == 0 {
			line("　　表中内容没有变化。")
		}
	case n == 0:
		line("　　经组织征集，%s没有申报项目，现作零报告，请查收。", who)
	default:
		line("　　现报送%s%s（共 %d 项），详见附件，请查收。", who, c.Table, n)
	}
	line("　　表中内容已经脱敏脱密检查。")
	line("")
	line("%s", orElse(h.Department, "（部门）"))
	if p := person(Office{Contact: h.Contact, Phone: h.Phone}); p != "" {
		line("%s", p)
	}
	line("%s", submission.Day(submission.Today(s.At)))
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Write writes the draft as an .eml file. X-Unsent makes mail programs open it as a
// message to be sent. It names no sender, program or host; at is its date.
func (d *Draft) Write(w io.Writer, at time.Time) error {
	to, err := mail.ParseAddress(d.To)
	if err != nil {
		return fmt.Errorf("address of the draft: %w", err)
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	head := []string{
		"X-Unsent: 1",
		"To: " + to.String(),
		"Subject: " + mime.BEncoding.Encode("utf-8", oneLine(d.Subject)),
		"Date: " + at.Format(time.RFC1123Z),
		"MIME-Version: 1.0",
		mime.FormatMediaType("multipart/mixed", map[string]string{"boundary": m.Boundary()}),
	}
	head[len(head)-1] = "Content-Type: " + head[len(head)-1]
	text := textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}, "Content-Transfer-Encoding": {"base64"}}
	if err := part(m, text, []byte(strings.ReplaceAll(d.Body, "\n", "\r\n"))); err != nil {
		return err
	}
	for _, f := range d.Files {
		if err := part(m, fileHeader(f), f.Data); err != nil {
			return err
		}
	}
	if err := m.Close(); err != nil {
		return fmt.Errorf("end draft: %w", err)
	}
	if _, err := io.WriteString(w, strings.Join(head, "\r\n")+"\r\n\r\n"); err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	return nil
}

// fileHeader names a file in both ways that mail programs know.
func fileHeader(f File) textproto.MIMEHeader {
	return textproto.MIMEHeader{
		"Content-Type":              {f.Type + ";\r\n name=\"" + mime.BEncoding.Encode("utf-8", f.Name) + "\""},
		"Content-Disposition":       {mime.FormatMediaType("attachment", map[string]string{"filename": f.Name})},
		"Content-Transfer-Encoding": {"base64"},
	}
}

func part(m *multipart.Writer, h textproto.MIMEHeader, data []byte) error {
	w, err := m.CreatePart(h)
	if err != nil {
		return fmt.Errorf("write part of the draft: %w", err)
	}
	text := base64.StdEncoding.EncodeToString(data)
	for len(text) > 0 {
		n := min(76, len(text))
		if _, err := io.WriteString(w, text[:n]+"\r\n"); err != nil {
			return fmt.Errorf("write part of the draft: %w", err)
		}
		text = text[n:]
	}
	return nil
}

// fileName makes a text fit for a file name on every system.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(s))
	s = strings.Trim(s, ". ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60])
	}
	return orElse(s, "未命名")
}
