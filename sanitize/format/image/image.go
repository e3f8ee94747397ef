// Package image reads what pictures (jpeg, png, gif, tiff, bmp, webp) say besides
// their pixels: EXIF with positions and cameras, XMP, IPTC, comments, data behind
// the end. The pixels themselves are read by nobody; a lone picture blocks a copy
// until a person lets it pass.
//
// Rebuild decodes the picture, turns it as its EXIF says and encodes it again as
// png or jpeg, so that nothing but pixels is left. Only the first picture of an
// animation is kept; a tiff of several pages is refused.
package image

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

// unread is what is said about the pixels, in the file and in its copy.
func unread() document.Unchecked {
	return document.Unchecked{Kind: "picture", Message: "图片 1 张未识别文字", Blocking: true}
}

// Read gives the metadata as a hidden part. Kind is left to the caller.
func Read(_ context.Context, src document.Source) (*document.Document, error) {
	doc := &document.Document{Name: src.Name, Pictures: 1, Unchecked: []document.Unchecked{unread()}}
	if text := meta(src.Data); text != "" {
		doc.Parts = append(doc.Parts, document.Part{ID: "metadata", Label: "图片 EXIF", Role: document.RoleProperty, Hidden: &document.Hiding{Rule: "N04", Kind: "图片 EXIF"}, Text: text})
	}
	return doc, nil
}

// Rebuild writes the pixels alone. A picture that cannot be drawn is refused.
func Rebuild(_ context.Context, src document.Source, _ document.Plan) (*document.Rebuilt, error) {
	if tiffPages(src.Data) > 1 {
		return nil, &document.Refusal{What: "多页 TIFF 不能生成副本", Why: "文件含有多张图片", Do: "请转为 PDF，或拆成单张后再处理"}
	}
	p := ooxml.Reencode(src.Data, ooxml.Crop{})
	if p.Placeholder {
		return nil, &document.Refusal{What: "图片无法解码，未生成副本", Why: "文件已损坏、尺寸过大，或编码方式不支持", Do: "请用看图软件另存为 PNG 或 JPEG"}
	}
	out := &document.Rebuilt{Kind: document.Kind(p.Ext), Ext: "." + p.Ext, Data: p.Data, Unchecked: []document.Unchecked{unread()}}
	if p.Ext == "jpeg" {
		out.Ext = ".jpg"
	}
	if text := meta(src.Data); text != "" {
		out.Removed = append(out.Removed, document.Removal{Kind: "图片 EXIF", Count: strings.Count(text, "\n") + 1})
	}
	if n := bytes.Count(src.Data, []byte("\x21\xf9\x04")); bytes.HasPrefix(src.Data, []byte("GIF8")) && n > 1 {
		out.Removed = append(out.Removed, document.Removal{Kind: "动画其余帧（未带入副本）", Count: n - 1})
	}
	return out, nil
}

func meta(b []byte) string {
	lines := []string{ooxml.PictureMeta(b)}
	switch {
	case bytes.HasPrefix(b, []byte("RIFF")):
		lines = append(lines, webpMeta(b)...)
	case bytes.HasPrefix(b, []byte("GIF8")):
		lines = append(lines, gifComments(b)...)
	}
	var out []string
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// webpMeta reads the EXIF and XMP chunks of a webp, and chunks nobody knows.
func webpMeta(b []byte) []string {
	var out []string
	for at := 12; at+8 <= len(b); {
		n := int(binary.LittleEndian.Uint32(b[at+4:]))
		if n < 0 || n > len(b)-at-8 {
			break
		}
		body := b[at+8 : at+8+n]
		switch string(b[at : at+4]) {
		case "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP":
		case "EXIF":
			out = append(out, ooxml.PictureMeta(bytes.TrimPrefix(body, []byte("Exif\x00\x00"))))
		default:
			out = append(out, ole.Readable(body)...)
		}
		at += 8 + n + n&1
	}
	return out
}

// gifComments reads the comment extensions of a gif.
func gifComments(b []byte) []string {
	var out []string
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("\x21\xfe"))
		if i < 0 || len(out) > 1000 {
			return out
		}
		at += i + 2
		var text []byte
		for at < len(b) && b[at] != 0 {
			n := int(b[at])
			text = append(text, b[at+1:min(len(b), at+1+n)]...)
			at += 1 + n
		}
		at = min(at, len(b))
		out = append(out, ole.Readable(text)...)
	}
}

// tiffPages counts the directories of a tiff; 0 for other kinds.
func tiffPages(b []byte) int {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(b, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 0
	}
	n := 0
	for at := at32(b, 4, order); at > 0 && at+2 <= len(b) && n < 1000; n++ {
		at = at32(b, at+2+12*int(order.Uint16(b[at:])), order)
	}
	return n
}

func at32(b []byte, at int, order binary.ByteOrder) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(order.Uint32(b[at:]))
}
