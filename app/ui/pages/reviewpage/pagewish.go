package reviewpage

import (
	"fmt"
	"hash/fnv"

	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
)

// pictureKey names a drawn page.
type pictureKey struct {
	file   string
	digest string
	page   int
	dpi    int
	plan   uint64 // what is burned in, 0 for the page itself
	marks  uint64 // the places that were asked for
}

// sameSheet tells whether two pictures show the same, finer or coarser.
func (k pictureKey) sameSheet(o pictureKey) bool {
	k.dpi, k.marks, o.dpi, o.marks = 0, 0, 0, 0
	return k == o
}

// samePage tells whether two pictures are of one page, whatever is burned in.
func (k pictureKey) samePage(o pictureKey) bool {
	return k.file == o.file && k.digest == o.digest && k.page == o.page
}

// wish is a picture that is to be seen.
type wish struct {
	what document.Drawing
	keys []string // of the items whose places are asked for, as in what.Marks
	key  pictureKey
	// sign says why the picture is not the last word, or why there is none; "" if it is.
	sign string
	// none is set where there is nothing to draw, now or at all.
	none bool
	// gone is set where a picture that is shown must not stay.
	gone bool
}

// wish says what is to be drawn: the page itself, or as the copy will show it.
func (p *pagePane) wish(doc *review.Doc, clean bool) wish {
	part := fmt.Sprintf("page/%d", p.number)
	w := wish{what: document.Drawing{Page: p.number}, key: pictureKey{file: doc.File, digest: doc.SHA256, page: p.number}}
	for _, it := range p.g.p.Items(p.doc) {
		if f := &it.Finding; it.Unchecked == nil && f.Part == part && f.Len() > 0 {
			w.what.Marks = append(w.what.Marks, document.Edit{Part: part, Span: f.Span})
			w.keys = append(w.keys, it.Key())
		}
	}
	w.key.marks = hash(w.keys)
	if clean {
		p.burn(&w, doc, part)
	}
	return w
}

// burn adds what the copy will cover.
func (p *pagePane) burn(w *wish, doc *review.Doc, part string) {
	c := p.g.clean
	switch {
	case doc.Pending:
		w.none, w.gone, w.sign = true, true, "正在读取文件，稍候显示处理后的页面"
		return
	case !c.current(doc):
		w.none, w.sign = true, making
		return
	case c.failed != nil:
		w.none, w.gone, w.sign = true, true, document.AsRefusal(c.failed).Error()
		return
	case c.text.Preview.Withheld != nil:
		w.none, w.gone, w.sign = true, true, "本文件整件移出，不生成脱敏副本"
		return
	case !c.text.Preview.Tried:
		w.sign = making
	}
	w.what.Clean = true
	for _, e := range c.text.Preview.Plan.Edits {
		if e.Part == part { // what it says in their place is not to be seen
			e.Text = ""
			w.what.Plan.Edits = append(w.what.Plan.Edits, e)
		}
	}
	for _, b := range p.g.p.Boxes(p.doc, p.number) {
		w.what.Plan.Boxes = append(w.what.Plan.Boxes, b.Box)
	}
	w.key.plan = hash(w.what.Plan) | 1
}

// making is what stands over a page that is not as the decisions have it yet.
const making = "正在生成处理后的页面"

func hash(v any) uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%v", v) // a hash takes everything
	return h.Sum64()
}
