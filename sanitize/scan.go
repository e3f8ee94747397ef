package sanitize

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"jinggao/sanitize/document"
)

// maxFile bounds a file in bytes; it is held in memory while it is worked on.
const maxFile = 512 << 20

// NamePart is the ID of the part that holds the name of the file or member.
const NamePart = "name"

// Scan reads and detects, see API.
func (e *Engine) Scan(ctx context.Context, name string) ([]Report, error) {
	doc, err := e.Read(ctx, name)
	if err != nil {
		return refused(name, asRefusal(ctx, err), err)
	}
	return e.reports(ctx, name, doc)
}

// refused is the report of a file that is not read; without a refusal it is the error.
func refused(name string, r *document.Refusal, err error) ([]Report, error) {
	if r == nil {
		return nil, err
	}
	return []Report{{Path: name, Refused: r}}, nil
}

// Read reads one file in a child process, its name as a part of its own at the
// end. Errors are *document.Refusal, or ctx's own.
func (e *Engine) Read(ctx context.Context, name string) (*document.Document, error) {
	src, err := load(name)
	if err != nil {
		return nil, err
	}
	return e.readSource(ctx, src)
}

func (e *Engine) readSource(ctx context.Context, src document.Source) (*document.Document, error) {
	doc, err := e.pool.Read(ctx, src)
	if err != nil {
		return nil, err
	}
	addNames(doc)
	return doc, nil
}

// addNames gives the document and its members the part that holds the name.
func addNames(doc *document.Document) {
	if doc.Part(NamePart) == nil && doc.Name != "" {
		doc.Parts = append(doc.Parts, document.Part{ID: NamePart, Label: "文件名", Role: document.RoleFileName, Text: doc.Name})
	}
	for _, m := range doc.Members {
		addNames(m)
	}
}

// reports detects in a document and in all documents inside it.
func (e *Engine) reports(ctx context.Context, name string, doc *document.Document) ([]Report, error) {
	if doc.Refused != nil {
		return refused(name, doc.Refused, nil)
	}
	found, allowed, err := e.findAll(ctx, doc)
	if err != nil {
		return nil, err
	}
	out := []Report{{Path: name, Document: doc, Findings: found, Allowed: allowed}}
	for _, m := range doc.Members {
		rs, err := e.reports(ctx, name+"!"+m.Name, m)
		if err != nil {
			return nil, err
		}
		out = append(out, rs...)
	}
	return out, nil
}

// load reads a file into memory. Errors are *document.Refusal.
func load(name string) (document.Source, error) {
	src := document.Source{Name: filepath.Base(name)}
	info, err := os.Stat(name)
	if err != nil {
		return src, openRefusal(err)
	}
	switch {
	case info.IsDir():
		return src, &document.Refusal{What: "这是文件夹，不是文件", Do: "请选择其中的文件"}
	case !info.Mode().IsRegular():
		return src, &document.Refusal{What: "这不是普通文件，未读取", Do: "请选择文档文件"}
	case info.Size() > maxFile:
		return src, &document.Refusal{What: fmt.Sprintf("文件过大（%d MB），未读取", info.Size()>>20), Why: "上限为 512 MB", Do: "请拆分后重试"}
	case strings.HasPrefix(src.Name, "~$") && info.Size() < 4096:
		return src, &document.Refusal{What: "这是 Office 打开文件时的临时文件，不是文档", Do: "请关闭相应文档，或删除该临时文件"}
	}
	f, err := os.Open(name)
	if err != nil {
		return src, openRefusal(err)
	}
	defer func() { _ = f.Close() }()
	src.Data, err = io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return src, openRefusal(err)
	}
	return src, nil
}

// openRefusal says why a file could not be opened.
func openRefusal(err error) *document.Refusal {
	r := &document.Refusal{What: "文件无法打开", Why: "磁盘或网络出错", Do: "请检查后重试", Detail: cause(err)}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.What, r.Why, r.Do = "文件不存在", "已移动、改名或删除", "请重新选择文件"
	case locked(err):
		r.What, r.Why, r.Do = "文件被其他程序占用，无法读取", "", "请在 WPS 或 Office 中关闭该文件后重试"
	case errors.Is(err, fs.ErrPermission):
		r.What, r.Why, r.Do = "没有读取该文件的权限", "", "请检查文件权限，或复制到本机后重试"
	}
	return r
}

// cause is an error without the path in it.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Op + ": " + p.Err.Error()
	}
	return err.Error()
}

// asRefusal makes a refusal of an error, nil if ctx was cancelled.
func asRefusal(ctx context.Context, err error) *document.Refusal {
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return nil
	}
	return document.AsRefusal(err)
}

// base is the last element of a member name or path.
func base(name string) string { return path.Base(filepath.ToSlash(name)) }
