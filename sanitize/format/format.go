// Package format picks the reader of a file by its content and hands over to it.
// Whatever a reader does, the caller gets a document or a *document.Refusal:
// panics inside readers end here.
package format

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/archive"
	"jinggao/sanitize/format/csv"
	"jinggao/sanitize/format/markup"
	"jinggao/sanitize/format/text"
)

// handler is what a format package offers.
type handler struct {
	read    func(context.Context, document.Source) (*document.Document, error)
	rebuild func(context.Context, document.Source, document.Plan) (*document.Rebuilt, error)
}

// handlerOf gives the package for a kind; false where there is none.
func handlerOf(kind document.Kind) (handler, bool) {
	switch kind {
	case "txt", "md":
		return handler{text.Read, text.Rebuild}, true
	case "json":
		return handler{text.ReadJSON, text.RebuildJSON}, true
	case "html":
		return handler{markup.ReadPage, markup.RebuildPage}, true
	case "xml":
		return handler{markup.ReadXML, markup.RebuildXML}, true
	case "csv":
		return handler{csv.Read, csv.Rebuild}, true
	}
	return officeHandler(kind)
}

// IsArchive tells kinds whose members are documents of their own.
func IsArchive(kind document.Kind) bool {
	return slices.Contains([]document.Kind{"zip", "7z", "rar", "tar", "gz"}, kind)
}

// Read reads a file of any kind. Errors are *document.Refusal, or ctx's own.
func Read(ctx context.Context, src document.Source) (doc *document.Document, err error) {
	defer guard(&err)
	ctx = document.WithOpener(ctx, Read)
	kind := Sniff(src)
	if r := refuse(src.Name, kind); r != nil {
		return nil, r
	}
	if IsArchive(kind) {
		doc, err = archive.Read(ctx, src, kind)
	} else if h, ok := handlerOf(kind); ok {
		doc, err = h.read(ctx, src)
	} else {
		return nil, unsupported(kind)
	}
	if err != nil {
		return nil, refusal(ctx, err)
	}
	if doc.Kind == "" || doc.Kind == "txt" {
		doc.Kind = kind
	}
	if note := mismatch(src.Name, kind); note != "" {
		doc.Notes = append(doc.Notes, note)
	}
	return doc, nil
}

// Rebuild writes the clean copy of a file that is no archive. Errors are
// *document.Refusal, or ctx's own.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (out *document.Rebuilt, err error) {
	defer guard(&err)
	ctx = document.WithOpener(ctx, Read)
	kind := Sniff(src)
	if r := refuse(src.Name, kind); r != nil {
		return nil, r
	}
	h, ok := handlerOf(kind)
	if !ok || h.rebuild == nil {
		return nil, unsupported(kind)
	}
	out, err = h.rebuild(ctx, src, plan)
	if err != nil {
		return nil, refusal(ctx, err)
	}
	if out.Kind == "txt" && weak(kind) {
		out.Kind = kind
	}
	return out, nil
}

// Members takes an archive apart. Errors are *document.Refusal, or ctx's own.
func Members(ctx context.Context, src document.Source) (c *archive.Contents, err error) {
	defer guard(&err)
	c, err = archive.Open(document.WithOpener(ctx, Read), src, Sniff(src))
	if err != nil {
		return nil, refusal(ctx, err)
	}
	return c, nil
}

// guard turns a panic of a reader into a refusal. The panic's text stays out: it may hold document text.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = &document.Refusal{What: "文件无法读取", Why: "内容已损坏，读取时出错", Do: "请用 WPS 或 Office 打开后另存，再重新检查", Detail: fmt.Sprintf("panic of type %T", p)}
	}
}

func refusal(ctx context.Context, err error) error {
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return err
	}
	return document.AsRefusal(err)
}

// refuse gives the refusal of kinds that are never read, and of content that is
// too unlike its extension for a guess to be safe.
func refuse(name string, kind document.Kind) *document.Refusal {
	if r := never(kind); r != nil {
		return r
	}
	ext := text.Extension(name, "")
	if want := extensions[ext]; want != "" && want != "text" && weak(kind) && !slices.Contains(strings.Fields(want), string(kind)) && !exported(ext, kind) {
		return &document.Refusal{
			What: fmt.Sprintf("内容与扩展名不符：扩展名为 %s，内容是%s", strings.TrimPrefix(ext, "."), Title(kind)),
			Why:  "文件已损坏，或改过扩展名", Do: "请核实后用 WPS 打开另存为正确的格式",
		}
	}
	return nil
}

// exported tells web pages under the old Excel and Word endings: many systems export so.
func exported(ext string, kind document.Kind) bool {
	return kind == "html" && slices.Contains([]string{".xls", ".et", ".doc", ".wps"}, ext)
}

// weak kinds carry no structure of their own that would prove what they are.
func weak(kind document.Kind) bool {
	switch kind {
	case "txt", "md", "json", "xml", "html", "csv", "png", "jpeg", "gif", "tiff", "bmp", "webp", kindUnknown:
		return true
	}
	return false
}

// mismatch is the remark on a readable file whose extension promises another family.
func mismatch(name string, kind document.Kind) string {
	ext := text.Extension(name, "")
	want := extensions[ext]
	if want == "" || want == "text" && weak(kind) || slices.Contains(strings.Fields(want), string(kind)) {
		return ""
	}
	return fmt.Sprintf("扩展名为 %s，内容是%s，已按内容读取", strings.TrimPrefix(ext, "."), Title(kind))
}
