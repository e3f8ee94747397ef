package pdf

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
	"jinggao/sanitize/format/pdf/raw"
)

// Resolutions of a rebuilt page in dots per inch.
const (
	DefaultDPI = 200
	minDPI     = 72
	maxDPI     = 400
)

// Rebuild writes a clean copy: the pages drawn without annotations and without
// text that nobody sees, the places of the plan blackened, and nothing else of
// the file. Edits address parts as Read gives them. It returns a
// *document.Refusal where the file cannot be read or the plan does not fit it.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	s, err := open(ctx, src.Data)
	if err != nil {
		return nil, err
	}
	defer s.close()
	pages := s.doc.Pages()
	if pages > MaxPages {
		return nil, tooManyPages(pages)
	}
	b := &rebuilding{out: &document.Rebuilt{Kind: "pdf", Ext: ".pdf"}, dpi: plan.DPI}
	if b.dpi == 0 {
		b.dpi = DefaultDPI
	}
	b.dpi = min(max(b.dpi, minDPI), maxDPI)
	w := newWriter(pages)
	for n := 1; n <= pages; n++ {
		if err := b.page(s, w, n, plan); err != nil {
			return nil, refusal(ctx, err)
		}
		if err := s.in.Err(); err != nil {
			return nil, refusal(ctx, err)
		}
		if err := ctx.Err(); err != nil {
			return nil, refusal(ctx, err)
		}
		document.Stepped(ctx, n, pages)
	}
	if b.done != len(plan.Edits) {
		if slices.ContainsFunc(plan.Edits, func(e document.Edit) bool { return strings.HasSuffix(e.Part, secondPart) }) {
			return nil, &document.Refusal{
				What: "有应处理的文字在页面上无法定位，未生成副本", Why: "文字只能由第二读取器读出，没有位置，不能准确遮盖",
				Do: "请用原软件重新导出 PDF，或打印为 PDF 后再试",
			}
		}
		return nil, &document.Refusal{What: "处理方案与 PDF 文件不符", Why: "方案中的部分位置在文件中不存在", Do: "请重新扫描该文件"}
	}
	b.removed(s, src.Data)
	if b.images > 0 {
		b.out.Unchecked = append(b.out.Unchecked, document.Unchecked{
			Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字，已随页面保留", b.images),
		})
	}
	b.unlayered()
	b.out.Data = w.finish()
	return b.out, nil
}

type rebuilding struct {
	out    *document.Rebuilt
	dpi    int
	done   int // edits carried out, or aimed at what is removed anyway
	images int
	hidden int      // characters that nobody sees
	bare   []string // numbers of the pages without the text layer that was asked for
	lost   int      // characters that a text layer does not have
}

func (b *rebuilding) page(s *session, w *writer, n int, plan document.Plan) error {
	p := s.doc.Page(n - 1)
	if p == nil {
		return &document.Refusal{What: fmt.Sprintf("PDF 文件第%d页已损坏，无法重建", n), Do: "请用原软件重新导出 PDF 后再试"}
	}
	defer p.Close()
	c, err := examine(p, n)
	if err != nil {
		return err
	}
	boxes := c.burned(plan, &b.done)
	if err := c.inPlace(p, plan); err != nil {
		return err
	}
	b.out.Boxes = append(b.out.Boxes, boxes...)
	layer := b.text(c, plan)
	b.images += c.images
	b.note(c)
	picture, err := draw(p, c, boxes, c.resolution(b.dpi))
	if err != nil {
		return &document.Refusal{What: fmt.Sprintf("PDF 文件第%d页无法绘制", n), Why: "页面过大或内存不足", Do: "请降低分辨率，或用原软件重新导出后再试", Detail: err.Error()}
	}
	defer picture.Free()
	w.page(picture, p.Width, p.Height, layer)
	return nil
}

// Scans are drawn no finer than they are: leastScan is the least for them, and a page
// counts as a scan from the share scanShare of it under pictures.
const (
	leastScan = 100
	scanShare = 0.9
)

// resolution is the one at which a page is drawn: as asked for, or for a scan its own
// where that is coarser, because more dots would show nothing more.
func (c *content) resolution(dpi int) int {
	text := !c.scanned && len(strings.TrimSpace(string(c.layers[shown].text))) > 0
	if text || c.shapes > 0 || c.imaged < scanShare || c.fine <= 0 {
		return dpi
	}
	return min(dpi, max(leastScan, int(math.Round(c.fine))))
}

// checkDPI is the resolution at which the place of treated text is checked.
const checkDPI = 72

// inPlace makes sure that the text to be blackened is drawn where its boxes are:
// without its objects the page may differ within their boxes only.
func (c *content) inPlace(p *pdfium.Page, plan document.Plan) error {
	objects := map[uint32]bool{}
	for _, e := range plan.Edits {
		l := &c.layers[shown]
		if e.Part != partID(c.number, shown) || e.Start < 0 || e.End > len(l.text) {
			continue
		}
		for i := e.Start; i < e.End; i++ {
			if at := l.from[i]; at >= 0 {
				objects[c.chars[at].Object] = true
			}
		}
	}
	delete(objects, 0)
	if len(objects) == 0 || c.scanned {
		return nil
	}
	with, without, err := bothWays(p, objects, checkDPI)
	if err != nil {
		return err
	}
	defer with.Free()
	defer without.Free()
	if strays(with, without, p, c.chars, objects) {
		return &document.Refusal{
			What: fmt.Sprintf("PDF 文件第%d页无法可靠遮盖", c.number), Why: "文字的显示位置与文件记录不符",
			Do: "请将该页打印或导出为新的 PDF 后再处理",
		}
	}
	return nil
}

// note lists what is in the copy and was read by nobody.
func (b *rebuilding) note(c *content) {
	r := reading{d: &document.Document{}}
	r.notice(c)
	b.out.Unchecked = append(b.out.Unchecked, r.d.Unchecked...)
	for k := shown + 1; k < concealments; k++ {
		b.hidden += len(c.layers[k].text)
	}
}

// removed counts what of the original is not in the copy.
func (b *rebuilding) removed(s *session, data []byte) {
	if s.doc.Encrypted() {
		data = s.doc.Plain()
	}
	around := gather(raw.Parse(data))
	for p := range places {
		n := around.count[p]
		if n == 0 {
			n = len(around.lines[p])
		}
		if n > 0 {
			b.out.Removed = append(b.out.Removed, document.Removal{Kind: placeNames[p].removed, Count: n})
		}
	}
	if len(appended(data)) > 0 {
		b.out.Removed = append(b.out.Removed, document.Removal{Kind: appendedName, Count: 1})
	}
	if b.hidden > 0 {
		b.out.Removed = append(b.out.Removed, document.Removal{Kind: "隐藏文字字符", Count: b.hidden})
	}
}

// draw renders a page, leaves out what is not seen, and burns in the boxes.
func draw(p *pdfium.Page, c *content, boxes []document.Box, dpi int) (*pdfium.Bitmap, error) {
	for _, o := range c.drop {
		p.SetActive(o, false)
	}
	defer func() {
		for _, o := range c.drop {
			p.SetActive(o, true)
		}
	}()
	bmp, err := p.Draw(dpi, pdfium.BGRx)
	if err != nil {
		return nil, err
	}
	for _, b := range boxes {
		x0, y0, x1, y1 := pixels(pdfium.Rect{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y1}, p.Width, p.Height, bmp.W, bmp.H)
		for y := y0; y < y1; y++ {
			row := bmp.Pix[y*bmp.Stride:]
			for i := 4 * x0; i < 4*x1; i++ {
				row[i] = 0
			}
		}
	}
	return bmp, nil
}

const (
	padding  = 1.0  // points around every burned box
	minWidth = 24.0 // points: no box tells the length of a short text
)

// burned turns the edits and boxes of the plan that concern this page, and the
// stains, into boxes. Count is raised for every edit of this page.
func (c *content) burned(plan document.Plan, count *int) []document.Box {
	var rects []pdfium.Rect
	for _, e := range plan.Edits {
		for k := range concealments {
			if e.Part == partID(c.number, k) && e.Start >= 0 && e.Start < e.End && e.End <= len(c.layers[k].text) {
				*count++
				if k == shown { // what is hidden is not drawn in the first place
					rects = append(rects, c.layers[k].cover(e)...)
				}
			}
		}
		if c.number == 1 && !isPagePart(e.Part) {
			*count++ // text outside the pages is not carried over at all
		}
	}
	for i := range rects {
		rects[i] = pad(rects[i], c.bounds)
	}
	for _, r := range c.stain {
		rects = append(rects, r.Grow(padding).Intersect(c.bounds))
	}
	return c.boxes(append(rects, c.drawnByHand(plan)...))
}

// drawnByHand gives the boxes of the plan on this page.
func (c *content) drawnByHand(plan document.Plan) []pdfium.Rect {
	var out []pdfium.Rect
	for _, b := range plan.Boxes {
		if b.Page == c.number {
			r := pdfium.Rect{X0: math.Min(b.X0, b.X1), Y0: math.Min(b.Y0, b.Y1), X1: math.Max(b.X0, b.X1), Y1: math.Max(b.Y0, b.Y1)}
			out = append(out, r.Intersect(c.bounds))
		}
	}
	return out
}

func (c *content) boxes(rects []pdfium.Rect) []document.Box {
	var out []document.Box
	for _, r := range rects {
		if !r.Empty() {
			out = append(out, document.Box{Page: c.number, X0: r.X0, Y0: r.Y0, X1: r.X1, Y1: r.Y1})
		}
	}
	return out
}

func isPagePart(id string) bool { return len(id) > 5 && id[:5] == "page/" }

// pad gives a box its margin and its least width, kept on the page.
func pad(r, page pdfium.Rect) pdfium.Rect {
	r = r.Grow(padding)
	if r.W() >= r.H() {
		want := math.Max(minWidth, r.W())
		r.X1 = r.X0 + want
		if r.X1 > page.X1 {
			r.X0, r.X1 = math.Min(r.X0, math.Max(page.X0, page.X1-want)), page.X1
		}
	}
	return r.Intersect(page)
}

// cover gives the rectangles on the page of an edit's span, one for each line it
// touches. For a paragraph or a row these are the whole lines.
func (l *layer) cover(e document.Edit) []pdfium.Rect {
	s := l.scoped(e)
	var out []pdfium.Rect
	for i := s.Start; i < s.End; i++ {
		b := l.boxes[i]
		if b.Empty() {
			continue
		}
		if n := len(out); n > 0 && joins(out[n-1], b) {
			out[n-1] = out[n-1].Union(b)
			continue
		}
		out = append(out, b)
	}
	return out
}

// joins tells whether a box continues a line (or a column) to the same stretch.
func joins(a, b pdfium.Rect) bool {
	size := math.Max(b.W(), b.H())
	across := sameRow(a, b) && b.X0-a.X1 < 3*size && a.X0-b.X1 < 3*size
	common := math.Min(a.X1, b.X1) - math.Max(a.X0, b.X0)
	column := a.W() < 2*size && common > 0.5*math.Min(a.W(), b.W()) && math.Abs(midY(a)-midY(b)) < a.H()/2+1.5*size && !sameRow(a, b)
	return across || column && a.H() > 1.5*a.W()
}
