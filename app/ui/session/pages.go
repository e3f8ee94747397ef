package session

import (
	"context"
	"fmt"
	"strings"

	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
)

// DrawPage draws a page of a document under review behind the window. After is told
// on the goroutine of the window, unless stop was called or the case is closed.
func (s *Session) DrawPage(doc *review.Doc, what document.Drawing, after func(*document.Picture, error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	id, _, _ := strings.Cut(doc.File, memberMark)
	a, ok := s.c.Attachment(id)
	if !ok {
		after(nil, fmt.Errorf("attachment is not in the case"))
		return cancel
	}
	member := doc.Member
	go func() {
		p, err := s.cfg.Engine.Draw(ctx, a.Path, member, what)
		s.cfg.Post(func() {
			defer cancel()
			if ctx.Err() == nil && !s.closed {
				after(p, err)
			}
		})
	}()
	return cancel
}
