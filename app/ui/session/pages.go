package session

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
)

// DrawPage draws a page of an attachment, counted from 1, behind the window. After is
// told on the goroutine of the window, unless stop was called or the case is closed.
func (s *Session) DrawPage(id string, page, dpi int, after func(*document.Picture, error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	a, ok := s.c.Attachment(id)
	if !ok {
		after(nil, fmt.Errorf("attachment is not in the case"))
		return cancel
	}
	go func() {
		p, err := s.cfg.Engine.Page(ctx, a.Path, page, dpi)
		s.cfg.Post(func() {
			defer cancel()
			if ctx.Err() == nil && !s.closed {
				after(p, err)
			}
		})
	}()
	return cancel
}
