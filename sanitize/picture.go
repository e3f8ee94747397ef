package sanitize

import (
	"context"

	"jinggao/sanitize/document"
)

// Page draws a page of a PDF in a child process, see API.
func (e *Engine) Page(ctx context.Context, path string, page, dpi int) (*document.Picture, error) {
	src, err := load(path)
	if err != nil {
		return nil, err
	}
	return e.pool.Picture(ctx, src, page, dpi)
}
