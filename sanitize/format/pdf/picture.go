package pdf

import (
	"context"
	"fmt"
	"image"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// Picture draws a page as it is shown, without annotations, counted from 1. Errors
// are *document.Refusal, or ctx's own.
func Picture(ctx context.Context, src document.Source, page, dpi int) (*document.Picture, error) {
	return Draw(ctx, src, document.Drawing{Page: page, DPI: dpi})
}

// Draw draws a page as it is shown, or as Rebuild would draw it, and says where the
// places asked for lie. Errors as for Picture.
func Draw(ctx context.Context, src document.Source, what document.Drawing) (*document.Picture, error) {
	s, err := open(ctx, src.Data)
	if err != nil {
		return nil, err
	}
	defer s.close()
	pages := s.doc.Pages()
	if what.Page < 1 || what.Page > pages {
		return nil, &document.Refusal{What: fmt.Sprintf("PDF 文件没有第%d页", what.Page), Do: "请重新扫描该文件"}
	}
	p := s.doc.Page(what.Page - 1)
	if p == nil {
		return nil, &document.Refusal{What: fmt.Sprintf("PDF 文件第%d页已损坏，无法显示", what.Page), Do: "请用原软件重新导出 PDF 后再试"}
	}
	defer p.Close()
	out := &document.Picture{Page: what.Page, Pages: pages, Width: p.Width, Height: p.Height}
	b, err := shownPage(p, what, out)
	if err != nil {
		return nil, &document.Refusal{What: fmt.Sprintf("PDF 文件第%d页无法绘制", what.Page), Why: "页面过大或内存不足", Do: "请缩小显示后再试", Detail: err.Error()}
	}
	out.W, out.H, out.Pix = b.W, b.H, make([]byte, 4*b.W*b.H)
	for y := range b.H {
		row, to := b.Pix[y*b.Stride:], out.Pix[4*y*b.W:]
		for x := range b.W {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = row[4*x+2], row[4*x+1], row[4*x], 255
		}
	}
	return out, nil
}

// shownPage draws the page and notes the marks.
func shownPage(p *pdfium.Page, what document.Drawing, out *document.Picture) (*pdfium.Bitmap, error) {
	dpi := min(max(what.DPI, 10), maxDPI)
	if !what.Clean && len(what.Marks) == 0 {
		return p.Draw(dpi, pdfium.BGRx)
	}
	c, err := examine(p, what.Page)
	switch {
	case err != nil && what.Clean:
		return nil, err
	case err != nil: // there is no copy of such a page, but it can be looked at
		return p.Draw(dpi, pdfium.BGRx)
	case len(what.Marks) > 0:
		out.Marks = make([][]document.Box, len(what.Marks))
	}
	for i, m := range what.Marks {
		if l := &c.layers[shown]; m.Part == partID(what.Page, shown) && m.Start >= 0 && m.Start < m.End && m.End <= len(l.text) {
			out.Marks[i] = c.boxes(l.cover(m))
		}
	}
	if !what.Clean {
		return p.Draw(dpi, pdfium.BGRx)
	}
	edits := 0 // Rebuild holds their number against the whole file
	return draw(p, c, c.burned(what.Plan, &edits), dpi)
}

// RenderPage draws a page of a file as an image, counted from 1.
func RenderPage(ctx context.Context, src document.Source, page, dpi int) (image.Image, error) {
	p, err := Picture(ctx, src, page, dpi)
	if err != nil {
		return nil, err
	}
	return &image.RGBA{Pix: p.Pix, Stride: 4 * p.W, Rect: image.Rect(0, 0, p.W, p.H)}, nil
}
