package pdf

import (
	"context"
	"fmt"
	"image"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// Picture draws a page as it is shown and as a copy would show it, without
// annotations, counted from 1. Errors are *document.Refusal, or ctx's own.
func Picture(ctx context.Context, src document.Source, page, dpi int) (*document.Picture, error) {
	s, err := open(ctx, src.Data)
	if err != nil {
		return nil, err
	}
	defer s.close()
	pages := s.doc.Pages()
	if page < 1 || page > pages {
		return nil, &document.Refusal{What: fmt.Sprintf("PDF 文件没有第%d页", page), Do: "请重新扫描该文件"}
	}
	p := s.doc.Page(page - 1)
	if p == nil {
		return nil, &document.Refusal{What: fmt.Sprintf("PDF 文件第%d页已损坏，无法显示", page), Do: "请用原软件重新导出 PDF 后再试"}
	}
	defer p.Close()
	b, err := p.Draw(min(max(dpi, 10), maxDPI), pdfium.BGRx)
	if err != nil {
		return nil, &document.Refusal{What: fmt.Sprintf("PDF 文件第%d页无法绘制", page), Why: "页面过大或内存不足", Do: "请缩小显示后再试", Detail: err.Error()}
	}
	out := &document.Picture{Page: page, Pages: pages, Width: p.Width, Height: p.Height, W: b.W, H: b.H, Pix: make([]byte, 4*b.W*b.H)}
	for y := range b.H {
		row, to := b.Pix[y*b.Stride:], out.Pix[4*y*b.W:]
		for x := range b.W {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = row[4*x+2], row[4*x+1], row[4*x], 255
		}
	}
	return out, nil
}

// RenderPage draws a page of a file as an image, counted from 1.
func RenderPage(ctx context.Context, src document.Source, page, dpi int) (image.Image, error) {
	p, err := Picture(ctx, src, page, dpi)
	if err != nil {
		return nil, err
	}
	return &image.RGBA{Pix: p.Pix, Stride: 4 * p.W, Rect: image.Rect(0, 0, p.W, p.H)}, nil
}
