package sanitize

import (
	"context"
	"strings"

	"jinggao/sanitize/document"
)

// Page draws a page of a PDF in a child process, see API.
func (e *Engine) Page(ctx context.Context, path string, page, dpi int) (*document.Picture, error) {
	return e.Draw(ctx, path, "", document.Drawing{Page: page, DPI: dpi})
}

// Draw draws a page in a child process, see API.
func (e *Engine) Draw(ctx context.Context, path, member string, what document.Drawing) (*document.Picture, error) {
	src, err := load(path)
	if err != nil {
		return nil, err
	}
	if member != "" {
		if src, err = e.inside(ctx, src, member); err != nil {
			return nil, err
		}
	}
	return e.pool.Picture(ctx, src, what)
}

// inside takes a member out of an archive, at any depth that is read.
func (e *Engine) inside(ctx context.Context, src document.Source, member string) (document.Source, error) {
	gone := &document.Refusal{What: "压缩包内没有该文件", Why: "压缩包已改动", Do: "请重新扫描该文件"}
	for range document.MaxDepth {
		c, err := e.pool.Members(ctx, src)
		if err != nil {
			return src, err
		}
		rest, found := "", false
		for _, m := range c.Members {
			if member == m.Name && m.Refused == nil {
				return document.Source{Name: m.Name, Data: m.Data}, nil
			}
			if after, ok := strings.CutPrefix(member, m.Name+"!"); ok && m.Refused == nil {
				src, rest, found = document.Source{Name: m.Name, Data: m.Data}, after, true
			}
		}
		if !found {
			return src, gone
		}
		member = rest
	}
	return src, gone
}
