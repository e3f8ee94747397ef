// Package mail reads e-mails (.eml) and web archives (.mht): the subject, the
// persons and the text as visible parts; transport headers, hidden text of the
// page, the second form of an alternative and addresses of resources as hidden
// ones. Attachments are opened as documents of their own.
//
// Rebuild writes the visible text as UTF-8 .txt; attachments are not taken along.
package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/markup"
	"jinggao/sanitize/format/ooxml"
	"jinggao/sanitize/redact"
)

const (
	maxDepth = 12
	maxParts = 2000
)

// shownHeaders are what a mail program shows, in its order.
var shownHeaders = []struct{ key, name string }{{"Subject", "主题"}, {"From", "发件人"}, {"To", "收件人"}, {"Cc", "抄送"}, {"Bcc", "密送"}, {"Reply-To", "回复至"}, {"Date", "日期"}}

// reading gathers a message while it is read.
type reading struct {
	ctx         context.Context
	doc         *document.Document
	hidden      *ooxml.Hidden
	removed     *ooxml.Counter
	parts       int
	bodies      int
	pictures    int
	attachments int
}

// Read reads a message or web archive. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.doc, nil
}

// Rebuild writes what is visible, the plan carried out, as text.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	applied := redact.Apply(r.doc, plan).Document
	for i := range applied.Parts {
		if p := &applied.Parts[i]; p.Role == document.RoleBody {
			out.WriteString(strings.TrimRight(p.Text, "\n") + "\n\n")
		}
	}
	r.removed.Add("附件（未带入副本）", r.attachments)
	r.removed.Add("图片（未带入副本）", r.pictures)
	return &document.Rebuilt{Kind: "txt", Ext: ".txt", Data: []byte(strings.TrimRight(out.String(), "\n") + "\n"), Removed: r.removed.List()}, nil
}

func load(ctx context.Context, src document.Source) (*reading, error) {
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimPrefix(bytes.TrimLeft(src.Data, "\r\n"), []byte("\xef\xbb\xbf"))))
	if err != nil || len(m.Header) == 0 {
		return nil, &document.Refusal{What: "邮件无法读取", Why: "没有邮件头，或文件已损坏", Do: "请将正文和附件分别另存后检查"}
	}
	r := &reading{ctx: ctx, doc: &document.Document{Name: src.Name}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter()}
	r.headers(m.Header)
	if err := r.entity(textproto.MIMEHeader(m.Header), m.Body, 0, false); err != nil {
		return nil, err
	}
	r.doc.Parts = append(r.doc.Parts, r.hidden.Parts()...)
	if r.doc.Pictures = r.pictures; r.pictures > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", r.pictures)})
	}
	unread := 0
	for _, d := range r.doc.Members {
		if d.Refused != nil {
			unread++
		}
	}
	if unread > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "member", Message: fmt.Sprintf("附件 %d 个未能读取", unread)})
	}
	return r, nil
}

func (r *reading) hide(rule, kind string, role document.Role, text string) {
	if strings.TrimSpace(text) != "" {
		r.hidden.Once(rule, kind, role, text)
		r.removed.Add(kind, 1)
	}
}

var words = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(in)
	return strings.NewReader(decode(b, charset)), err
}}

// header decodes the words of a header line.
func header(s string) string {
	if out, err := words.DecodeHeader(s); err == nil {
		s = out
	}
	if !utf8.ValidString(s) {
		s = decode([]byte(s), "")
	}
	return strings.Join(strings.Fields(s), " ")
}

func (r *reading) headers(h mail.Header) {
	var lines []string
	shown := map[string]bool{"Mime-Version": true, "Content-Type": true, "Content-Transfer-Encoding": true, "Content-Disposition": true}
	for _, s := range shownHeaders {
		shown[s.key] = true
		for _, v := range h[s.key] {
			if v = header(v); v != "" {
				lines = append(lines, s.name+"："+v)
			}
		}
	}
	if len(lines) > 0 {
		text := strings.Join(lines, "\n")
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "headers", Label: "邮件头", Role: document.RoleBody, Text: text, Marks: []document.Span{{Start: 0, End: len([]rune(lines[0]))}}})
	}
	var keys []string
	for k := range h {
		if !shown[k] {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		for _, v := range h[k] {
			r.hide("N01", "邮件传输信息", document.RoleProperty, k+"："+header(v))
		}
	}
}

// decode turns bytes of a named charset into text; without a name UTF-8 if valid, else GB18030.
func decode(b []byte, charset string) string {
	switch strings.ToLower(charset) {
	case "gb2312", "gbk", "gb18030", "x-gbk", "cp936", "hz-gb-2312":
		if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
			return string(s)
		}
	case "", "utf-8", "us-ascii", "ascii":
	default:
		if e, err := htmlindex.Get(charset); err == nil {
			if s, err := e.NewDecoder().Bytes(b); err == nil {
				return string(s)
			}
		}
	}
	if utf8.Valid(b) {
		return string(b)
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(s)
}

// lenient drops what is no base64, as mail programs do.
func lenient(r io.Reader) io.Reader {
	b, err := io.ReadAll(r)
	if err != nil && len(b) == 0 {
		return bytes.NewReader(nil)
	}
	b = bytes.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			return c
		}
		return -1
	}, b)
	return base64.NewDecoder(base64.RawStdEncoding, bytes.NewReader(b))
}

func body(h textproto.MIMEHeader, in io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		in = lenient(in)
	case "quoted-printable":
		in = quotedprintable.NewReader(in)
	}
	b, err := io.ReadAll(io.LimitReader(in, document.MaxInflated))
	if err != nil && len(b) == 0 {
		return nil, &document.Refusal{What: "邮件内容无法解码", Why: "文件已损坏", Do: "请将正文和附件分别另存后检查"}
	}
	if err != nil {
		return b, errPartly
	}
	return b, nil
}

var errPartly = fmt.Errorf("body decoded in part")

// entity reads a message body or one part of it. second is set for the later forms of an alternative.
func (r *reading) entity(h textproto.MIMEHeader, in io.Reader, depth int, second bool) error {
	if r.parts++; depth > maxDepth || r.parts > maxParts {
		return &document.Refusal{What: "邮件层次或附件过多，未读取", Do: "请将正文和附件分别另存后检查"}
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	typ, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || typ == "" {
		typ = "text/plain"
	}
	if strings.HasPrefix(typ, "multipart/") && params["boundary"] != "" {
		return r.multipart(typ, params["boundary"], in, depth, second)
	}
	b, err := body(h, in)
	if errors.Is(err, errPartly) {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "bytes", Message: "邮件有一部分内容未能解码，未检查"})
	} else if err != nil {
		return err
	}
	if l := h.Get("Content-Location"); l != "" && !ooxml.SafeValue(l) {
		r.hide("N05", "资源地址", document.RoleField, header(l))
	}
	r.content(h, b, typ, params, second)
	return nil
}

// styleOrScript are types of what a page needs besides its text.
var styleOrScript = []string{"text/css", "text/javascript", "application/javascript", "application/x-javascript"}

// content takes a decoded part as body, picture or attachment.
func (r *reading) content(h textproto.MIMEHeader, b []byte, typ string, params map[string]string, second bool) {
	name := fileName(h, params)
	disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	inline := name == "" && disposition != "attachment"
	switch {
	case inline && typ == "text/plain":
		r.text(decode(b, params["charset"]), nil, second)
	case inline && typ == "text/html", typ == "text/html" && disposition == "" && h.Get("Content-Location") != "" && r.bodies == 0:
		p := markup.ParsePage(decode(b, markup.CharsetOf(b, params["charset"])))
		r.text(p.Text, p.Cells, second)
		r.pictures += p.Pictures
		for _, h := range p.Hidden {
			r.hide(h.Rule, h.Kind, document.RoleOther, h.Text)
		}
	case strings.HasPrefix(typ, "image/") && disposition != "attachment":
		r.pictures++
		if s := ooxml.PictureMeta(b); s != "" {
			r.hide("N04", "图片 EXIF", document.RoleProperty, s)
		}
	case slices.Contains(styleOrScript, typ):
		r.hide("N05", "网页样式与脚本", document.RoleOther, strings.Join(markup.Comments(decode(b, params["charset"])), "\n"))
	default:
		r.attach(name, b, typ)
	}
}

func (r *reading) multipart(typ, boundary string, in io.Reader, depth int, second bool) error {
	m := multipart.NewReader(in, boundary)
	for i := 0; ; i++ {
		p, err := m.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if i > 0 { // the end is missing; what came before has been read
				r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "bytes", Message: "邮件结尾不完整，其后内容未检查"})
				return nil
			}
			return &document.Refusal{What: "邮件无法读取", Why: "分段结构已损坏", Do: "请将正文和附件分别另存后检查"}
		}
		if err := r.entity(p.Header, p, depth+1, second || typ == "multipart/alternative" && i > 0 && r.bodies > 0); err != nil {
			return err
		}
	}
}

func fileName(h textproto.MIMEHeader, params map[string]string) string {
	_, dp, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := ""
	if err == nil {
		name = dp["filename"]
	}
	if name == "" {
		name = params["name"]
	}
	return header(name)
}

// text adds a body. The second form of an alternative is hidden as far as it says anything new.
func (r *reading) text(text string, cells []document.Cell, second bool) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.Map(func(c rune) rune {
		if c < 0x20 && c != '\n' && c != '\t' || c == '\ufeff' {
			return -1
		}
		return c
	}, text)
	if strings.TrimSpace(text) == "" {
		return
	}
	if second {
		have := ""
		for i := range r.doc.Parts {
			have += squeeze(r.doc.Parts[i].Text)
		}
		for l := range strings.SplitSeq(text, "\n") {
			if s := squeeze(l); s != "" && !strings.Contains(have, s) {
				r.hide("N03", "替代正文", document.RoleOther, strings.TrimSpace(l))
			}
		}
		return
	}
	r.bodies++
	label := "正文"
	if r.bodies > 1 {
		label = fmt.Sprintf("正文 %d", r.bodies)
	}
	r.doc.Parts = append(r.doc.Parts, document.Part{ID: fmt.Sprintf("body/%d", r.bodies), Label: label, Role: document.RoleBody, Text: text, Cells: cells})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// attach opens an attachment as a document of its own.
func (r *reading) attach(name string, b []byte, typ string) {
	if len(b) == 0 {
		return
	}
	r.attachments++
	if name == "" {
		name = fmt.Sprintf("附件 %d", r.attachments)
		if typ == "message/rfc822" {
			name += ".eml"
		}
	}
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	r.doc.Members = append(r.doc.Members, document.OpenMember(r.ctx, document.Source{Name: name, Data: b}))
}
