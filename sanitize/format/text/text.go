// Package text reads plain text: txt, md, json and the like, one part
// 正文 with LF line ends. It tells UTF-8, UTF-16 and GB18030 apart (BOM, then
// valid UTF-8, else GB18030) and refuses what is no text. A rebuild keeps the
// encoding and the line ends: only the bytes of edited characters change.
// Escaped characters of json (\u4e2d, \/) are read as what they mean.
package text

import (
	"context"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
)

// PartID is the ID of the one part of a text file.
const PartID = "text"

// Read gives the file as one part. What is no text is a *document.Refusal.
func Read(_ context.Context, src document.Source) (*document.Document, error) {
	d, err := Decode(src.Data)
	if err != nil {
		return nil, err
	}
	doc := &document.Document{Name: src.Name, Kind: "txt", Parts: []document.Part{{
		ID: PartID, Label: "正文", Role: document.RoleBody, Text: d.Text, Marks: Top(d.Runes),
	}}}
	doc.Unchecked = d.Unread()
	return doc, nil
}

// Unread lists what of the file could not be decoded.
func (d *Decoded) Unread() []document.Unchecked {
	if d.Invalid == 0 {
		return nil
	}
	return []document.Unchecked{{Kind: "bytes", Message: fmt.Sprintf("有 %d 处字节不能按 %s 解码，未检查", d.Invalid, d.Encoding)}}
}

// Rebuild carries out the plan in the file's own encoding.
func Rebuild(_ context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	d, err := Decode(src.Data)
	if err != nil {
		return nil, err
	}
	data, err := d.Splice(EditsOf(plan, PartID))
	if err != nil {
		return nil, err
	}
	return &document.Rebuilt{Kind: "txt", Ext: Extension(src.Name, ".txt"), Data: data, Unchecked: d.Unread()}, nil
}

// EditsOf picks the edits of one part.
func EditsOf(plan document.Plan, part string) []document.Edit {
	var out []document.Edit
	for _, e := range plan.Edits {
		if e.Part == part {
			out = append(out, e)
		}
	}
	return out
}

// Extension is the extension of name in lower case, with the dot; other if it has none.
func Extension(name, other string) string {
	base := name[strings.LastIndexAny(name, `/\`)+1:]
	if i := strings.LastIndexByte(base, '.'); i > 0 && i < len(base)-1 {
		return strings.ToLower(base[i:])
	}
	return other
}

// topLines and topRunes say how much at the head of a text counts as the place of a mark.
const (
	topLines = 3
	topRunes = 40
)

// Top gives the first short lines of a text, where a classification mark would stand.
func Top(text []rune) []document.Span {
	var out []document.Span
	start, seen := 0, 0
	for i := 0; i <= len(text) && seen < topLines; i++ {
		if i < len(text) && text[i] != '\n' {
			continue
		}
		if strings.TrimSpace(string(text[start:i])) != "" {
			seen++
			if i-start <= topRunes {
				out = append(out, document.Span{Start: start, End: i})
			}
		}
		start = i + 1
	}
	return out
}
