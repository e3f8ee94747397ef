package pdf

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/raw"
)

// maxAttachments bounds the embedded files that are looked at.
const maxAttachments = 200

// attachments reads embedded files that are plain text; others are listed as unchecked.
func (r *reading) attachments(ctx context.Context, f *raw.File) {
	done := map[*raw.Stream]bool{}
	n := 0
	for _, e := range f.Entries {
		d := dictOf(e.Object)
		if d == nil || d["EF"] == nil {
			continue
		}
		name := attachmentName(f, d)
		for _, k := range []raw.Name{"F", "UF", "Unix", "DOS", "Mac"} {
			s, ok := f.Resolve(f.Dict(d["EF"])[k]).(*raw.Stream)
			if !ok || done[s] || n >= maxAttachments {
				continue
			}
			done[s] = true
			n++
			r.attachment(ctx, f, s, name, n)
		}
	}
	for _, e := range f.Entries { // embedded files that nothing names
		s, ok := e.Object.(*raw.Stream)
		if ok && s.Dict["Type"] == raw.Name("EmbeddedFile") && !done[s] && n < maxAttachments {
			done[s] = true
			n++
			r.attachment(ctx, f, s, fmt.Sprintf("未命名 %d", n), n)
		}
	}
}

func attachmentName(f *raw.File, d raw.Dict) string {
	for _, k := range []raw.Name{"UF", "F", "Unix", "DOS", "Mac"} {
		if s, ok := f.Resolve(d[k]).(raw.String); ok {
			if t := strings.TrimSpace(s.Text()); t != "" {
				return path.Base(strings.ReplaceAll(strings.ReplaceAll(t, "\n", " "), "\\", "/"))
			}
		}
	}
	return "未命名"
}

func (r *reading) attachment(ctx context.Context, f *raw.File, s *raw.Stream, name string, n int) {
	parts, unchecked := AttachmentParts(ctx, fmt.Sprintf("attachment/%d", n), name, f.Decode(s))
	r.d.Parts = append(r.d.Parts, parts...)
	r.d.Unchecked = append(r.d.Unchecked, unchecked...)
}

// AttachmentParts reads a file attached to a document: plain text as one part,
// any other document by the readers of the context (document.OpenMember). All
// parts are hidden ones; their IDs begin with id. What was not read is listed.
func AttachmentParts(ctx context.Context, id, name string, data []byte) ([]document.Part, []document.Unchecked) {
	as := placeNames[placeAttachment].as
	if text, ok := plainText(data); ok {
		return []document.Part{{ID: id, Label: "附件 " + name, Role: document.RoleObject, Hidden: &as, Text: text}}, nil
	}
	if len(data) == 0 {
		return nil, []document.Unchecked{{Kind: "object", Message: fmt.Sprintf("附件“%s”未读取", name)}}
	}
	member := document.OpenMember(ctx, document.Source{Name: name, Data: data})
	if member.Refused != nil {
		return nil, []document.Unchecked{{Kind: "object", Message: fmt.Sprintf("附件“%s”未读取：%s", name, member.Refused.What)}}
	}
	var parts []document.Part
	for _, p := range member.Parts {
		p.ID, p.Label, p.Role = id+"/"+p.ID, "附件 "+name+"："+p.Label, document.RoleObject
		if p.Hidden == nil {
			p.Hidden = &as
		}
		p.Cells, p.Marks = nil, nil
		parts = append(parts, p)
	}
	var unchecked []document.Unchecked
	for _, u := range member.Unchecked {
		unchecked = append(unchecked, document.Unchecked{Kind: u.Kind, Message: fmt.Sprintf("附件“%s”：%s", name, u.Message)})
	}
	if len(member.Members) > 0 {
		unchecked = append(unchecked, document.Unchecked{Kind: "member", Message: fmt.Sprintf("附件“%s”中另有文件未读取", name)})
	}
	return parts, unchecked
}

// plainText decodes text in the usual encodings; ok is false for anything binary.
func plainText(b []byte) (text string, ok bool) {
	if len(b) == 0 {
		return "", false
	}
	if len(b) > 2 && (b[0] == 0xFF && b[1] == 0xFE || b[0] == 0xFE && b[1] == 0xFF) {
		return raw.String(b).Text(), true
	}
	if bytes.IndexByte(b, 0) >= 0 || bytes.HasPrefix(b, []byte("%PDF")) || bytes.HasPrefix(b, []byte("{\\rtf")) {
		return "", false
	}
	if !utf8.Valid(b) {
		t, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(t, utf8.RuneError) {
			return "", false
		}
	}
	return raw.String(b).Text(), true
}
