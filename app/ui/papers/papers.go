// Package papers prepares the papers that go to and fro around the table from the
// open case: the draft of the e-mail, the notes of return, the values of the notice.
// It is plain Go; what is written is app/correspondence.
package papers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/correspondence"
	"jinggao/app/report"
	"jinggao/app/submission"
	"jinggao/app/ui/session"
	"jinggao/sanitize/document"
)

// WriteNew writes a file that must not exist yet; what is half written is removed.
func WriteNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, os.ErrExist) {
		return &document.Refusal{What: "同名文件已经存在，没有覆盖", Do: "请换一个文件名", Detail: err.Error()}
	}
	if err != nil {
		return &document.Refusal{What: "文件未能写出", Why: "文件夹不存在、只读或磁盘已满", Do: "请换一个位置", Detail: err.Error()}
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		_ = os.Remove(path) // ours, half written
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// Day tells why a text is no ISO day; "" if it is one.
func Day(v string) string {
	if _, err := time.Parse(time.DateOnly, strings.TrimSpace(v)); err != nil {
		return "日期请写成 2026-06-15 的样式"
	}
	return ""
}

// Mailbox tells why a text is no address; "" if it is one.
func Mailbox(v string) string {
	v = strings.TrimSpace(v)
	if a, err := mail.ParseAddress(v); err != nil || a.Address != v {
		return "邮箱写法不对"
	}
	return ""
}

// Notice holds what was last filled in for the 转发通知 of a case.
type Notice struct {
	Name, To, Until, Mailbox, Contact, Phone, Extra string
}

const noticeKey = "papers.notice"

// NoticeOf is what was filled in last, or what the case suggests.
func NoticeOf(s *session.Session) Notice {
	var n Notice
	if t := s.Case().Setting(noticeKey); t != "" && json.Unmarshal([]byte(t), &n) == nil {
		return n
	}
	h := s.Header()
	return Notice{Name: h.Department, To: "各有关单位", Until: s.Campaign().Deadline, Contact: h.Contact, Phone: h.Phone}
}

// Keep stores what was filled in.
func (n Notice) Keep(s *session.Session) error {
	b, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("encode notice: %w", err)
	}
	return s.Case().SetSetting(noticeKey, string(b))
}

// Office is who signs.
func (n Notice) Office() correspondence.Office {
	return correspondence.Office{Name: n.Name, Contact: n.Contact, Phone: n.Phone, Mailbox: n.Mailbox}
}

// Mailing is a table that is about to be sent.
type Mailing struct {
	Nature  correspondence.Nature   // proposed
	Changes []correspondence.Change // against the sending before
	Errors  int                     // errors left in the rows
	Before  int                     // sendings so far

	s      *session.Session
	rows   []submission.Row
	header submission.Header
}

// Prepare takes the clean table and compares it with what was sent before. It fails
// with a *document.Refusal while something in the table is undecided.
func Prepare(s *session.Session) (*Mailing, error) {
	rows, h, open, allowed := s.CleanTable()
	if open > 0 {
		return nil, &document.Refusal{What: fmt.Sprintf("项目表格中还有 %d 处命中未处理", open), Do: "在审核中处理后再生成邮件草稿"}
	}
	if n := submission.Residual(rows, h, s.Engine().ScanText, allowed); n > 0 {
		return nil, &document.Refusal{What: fmt.Sprintf("统计表复检未通过，仍有 %d 处敏感内容", n), Why: "替换后的文字中又出现命中", Do: "请在项目表格中改写相关单元格"}
	}
	before, err := correspondence.Sendings(s.Case())
	if err != nil {
		return nil, err
	}
	m := &Mailing{s: s, rows: rows, header: h, Before: len(before)}
	m.Nature, m.Changes = correspondence.Propose(before, correspondence.NewSending(rows, h, "", "", time.Time{}))
	for _, p := range s.Problems() {
		if p.Level == submission.Error {
			m.Errors++
		}
	}
	return m, nil
}

// shownChanges is how many differences a dialog lists.
const shownChanges = 6

// Text says in a few lines what is about to be sent.
func (m *Mailing) Text(now time.Time) string {
	out := []string{fmt.Sprintf("统计表共 %d 项，作为附件放入草稿。", len(m.rows)), "草稿由邮件程序打开，经办人核对后发送。", m.s.Campaign().Countdown(now) + "。"}
	if m.Errors > 0 {
		out = append(out, fmt.Sprintf("项目表格中还有错误 %d 处，请先核对。", m.Errors))
	}
	switch {
	case m.Before == 0:
	case len(m.Changes) == 0:
		out = append(out, "与上一次报送的内容相同。")
	default:
		out = append(out, fmt.Sprintf("与上一次报送相比有 %d 处不同：", len(m.Changes)))
		for i, c := range m.Changes {
			if i == shownChanges {
				out = append(out, "……全部列入邮件正文。")
				break
			}
			out = append(out, "· "+c.Kind+"　"+c.Text)
		}
	}
	return strings.Join(out, "\n")
}

// Name is the proposed name of the file.
func (m *Mailing) Name(nature correspondence.Nature) string {
	return m.s.Campaign().Short + "申报情况统计表报送" + nature.Mark() + ".eml"
}

// Write writes the draft and keeps the sending in the case.
func (m *Mailing) Write(path, to string, nature correspondence.Nature, now time.Time) error {
	sending := correspondence.NewSending(m.rows, m.header, strings.TrimSpace(to), nature, now)
	d, err := correspondence.TableDraft(m.s.Campaign(), m.rows, m.header, sending, m.Changes)
	if err != nil {
		return err
	}
	if err := WriteNew(path, func(w io.Writer) error { return d.Write(w, now) }); err != nil {
		return err
	}
	if err := correspondence.Keep(m.s.Case(), sending); err != nil {
		return fmt.Errorf("keep the sending: %w", err)
	}
	return m.s.Case().Log(fmt.Sprintf("生成报送邮件草稿：%s %d 项，摘要 %s", nature, len(m.rows), sending.Digest[:16]))
}

// Sent lists the sendings of a case for people, newest first.
func Sent(c *casefile.Case) (string, error) {
	all, err := correspondence.Sendings(c)
	if err != nil {
		return "", err
	}
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		s := all[i]
		out = append(out, fmt.Sprintf("%s　%s　%d 项　%s　摘要 %s", s.At.Local().Format("2006-01-02 15:04"), s.Nature, len(s.Rows), s.To, s.Digest[:min(16, len(s.Digest))]))
		if i > 0 {
			for _, ch := range correspondence.Diff(all[i-1], s) {
				out = append(out, "　· "+ch.Kind+"　"+ch.Text)
			}
		}
	}
	return strings.Join(out, "\n"), nil
}

// Returning is the work of writing the notes of return.
type Returning struct {
	c    *casefile.Case
	camp *submission.Campaign
	scan submission.Scanner
	more []submission.Problem
	in   correspondence.ReturnInput
}

// NewReturning takes from the case what the notes need. It runs on the goroutine of
// the window, Write off it.
func NewReturning(s *session.Session, office correspondence.Office, until string, now time.Time) *Returning {
	r := &Returning{c: s.Case(), camp: s.Campaign(), scan: s.Engine().ScanText, in: correspondence.ReturnInput{Campaign: s.Campaign(), Office: office, Until: until, Date: now}}
	for _, p := range s.Problems() {
		if p.Kind == submission.KindCondition || p.Kind == submission.KindNoFiles {
			r.more = append(r.more, p)
		}
	}
	return r
}

// Write writes one note for each applicant with something to mend into a new folder
// below base. n is how many; with none no folder is made. When ctx ends nothing is
// left behind.
func (r *Returning) Write(ctx context.Context, base string, tell func(done, total int, what string)) (dir string, n int, err error) {
	in, err := report.FromCase(r.c, r.camp, nil, r.scan)
	if err != nil {
		return "", 0, fmt.Errorf("gather what is to be mended: %w", err)
	}
	notes := correspondence.Returns(in, r.more, r.scan)
	if len(notes) == 0 || ctx.Err() != nil {
		return "", 0, ctx.Err()
	}
	dir, err = newFolder(base, "退回说明_"+r.in.Date.Format("20060102-1504"))
	if err != nil {
		return "", 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir)) // made above
		}
	}()
	for i := range notes {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		tell(i, len(notes), notes[i].Applicant)
		if err := WriteNew(filepath.Join(dir, notes[i].FileName(i+1)), func(w io.Writer) error { return correspondence.WriteReturn(w, r.in, notes[i]) }); err != nil {
			return "", 0, err
		}
	}
	return dir, len(notes), r.c.Log(fmt.Sprintf("生成退回说明 %d 份", len(notes)))
}

// newFolder makes a folder that was not there.
func newFolder(base, stem string) (string, error) {
	for n := 1; n < 1000; n++ {
		dir := filepath.Join(base, stem)
		if n > 1 {
			dir = fmt.Sprintf("%s（%d）", dir, n)
		}
		err := os.Mkdir(dir, 0o755)
		if err == nil {
			return dir, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return "", &document.Refusal{What: "文件夹不可写", Why: "文件夹不存在、只读或磁盘已满", Do: "请换一个位置", Detail: err.Error()}
		}
	}
	return "", &document.Refusal{What: "同名文件夹过多", Do: "请换一个位置"}
}
