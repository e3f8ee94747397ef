package pdf

import (
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
)

// concealment is a way in which text of a page is not seen.
type concealment int

const (
	shown concealment = iota
	invisible
	white
	tiny
	outside
	covered
	switchedOff
	unseen
	concealments // how many there are
)

// hiding names each way for people.
var hiding = [concealments]struct {
	name string
	as   document.Hiding
}{
	invisible:   {"不可见文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（不可见）"}},
	white:       {"白色文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（白字）"}},
	tiny:        {"极小文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（极小字）"}},
	outside:     {"页面外文字", document.Hiding{Rule: "N03", Kind: "隐藏文字（页面之外）"}},
	covered:     {"遮盖下的文字", document.Hiding{Rule: "N08", Kind: "遮盖不实（遮盖下有文字）"}},
	switchedOff: {"隐藏图层", document.Hiding{Rule: "N03", Kind: "隐藏图层"}},
	unseen:      {"不可见文字", document.Hiding{Rule: "N03", Kind: "隐藏文字"}},
}

const (
	tinySize    = 2.2 // points: letters of this size and below cannot be read
	proofDPI    = 100 // resolution of the drawings that are compared
	proofLevels = 24  // grey levels of 255 below which a difference is not seen
	nearWhite   = 0xD8
	faint       = 40 // opacity of 255 below which text counts as faint
)

// verdict is what conceal found out about a page.
type verdict struct {
	how       []concealment // by character
	scanned   bool          // invisible text lies over a picture: the reading of a scan
	displaced bool          // text is drawn elsewhere than PDFium says
}

// conceal judges every character of a page. Text that might not be seen is
// suspected by its attributes and by what is drawn over it; the page is then drawn
// with and without the suspects, and where no pixel differs, nothing is seen.
func conceal(p *pdfium.Page, chars []pdfium.Char, objects []pdfium.Object) (v verdict, err error) {
	how := make([]concealment, len(chars))
	v.how = how
	s := suspicion{p: p, objects: objects, styles: map[uint32]pdfium.TextStyle{}, order: map[uint32]int{}}
	for i, o := range objects {
		s.order[o.Handle] = i
	}
	suspects := s.suspect(chars, how)
	if len(suspects) == 0 {
		return v, nil
	}
	seen, displaced, err := s.draw(chars, how, suspects)
	if err != nil {
		return verdict{}, err
	}
	v.displaced = displaced
	for i, c := range chars {
		if how[i] == shown || how[i] == tiny {
			continue
		}
		if seen[i] || displaced { // where it cannot be told, it is taken for visible
			how[i] = shown
			continue
		}
		if s.readingOfScan(c, how[i]) {
			how[i], v.scanned = shown, true
		}
	}
	return v, nil
}

type suspicion struct {
	p       *pdfium.Page
	objects []pdfium.Object
	order   map[uint32]int // handle → place in the order of drawing
	styles  map[uint32]pdfium.TextStyle
}

func (s *suspicion) style(object uint32) pdfium.TextStyle {
	st, ok := s.styles[object]
	if !ok {
		st = s.p.Style(object)
		s.styles[object] = st
	}
	return st
}

// suspect marks the characters that might not be seen and gives their objects.
func (s *suspicion) suspect(chars []pdfium.Char, how []concealment) map[uint32]bool {
	suspects := map[uint32]bool{}
	page := s.p.Bounds()
	big := map[uint32]float64{}
	for _, c := range chars {
		if !c.Generated {
			big[c.Object] = max(big[c.Object], c.Box.W(), c.Box.H())
		}
	}
	covers := s.covers()
	onPage := touching(chars, page)
	for i, c := range chars {
		if c.Generated || c.Object == 0 {
			continue
		}
		x, y := midX(c.Box), midY(c.Box)
		switch {
		case !page.Covers(x, y) && !onPage[c.Object]:
			how[i] = outside
		case !c.Box.Empty() && big[c.Object] <= tinySize:
			how[i] = tiny
		default:
			how[i] = s.attribute(c.Object)
			if how[i] == shown && s.isCovered(covers, c, x, y) {
				how[i] = covered
			}
		}
		if how[i] != shown {
			suspects[c.Object] = true
		}
	}
	return suspects
}

// touching gives the objects that have a character on the page: a line that runs
// over the edge is read whole.
func touching(chars []pdfium.Char, page pdfium.Rect) map[uint32]bool {
	on := map[uint32]bool{}
	for _, c := range chars {
		if !c.Generated && page.Covers(midX(c.Box), midY(c.Box)) {
			on[c.Object] = true
		}
	}
	return on
}

// attribute suspects an object by how it is drawn.
func (s *suspicion) attribute(object uint32) concealment {
	st := s.style(object)
	at, known := s.order[object]
	paint := st.Fill
	if st.Mode == 1 || st.Mode == 5 {
		paint = st.Stroke
	}
	switch {
	case st.Mode == 3 || st.Mode == 7:
		return invisible
	case known && s.objects[at].Layer:
		return switchedOff
	case paint.A < faint:
		return unseen
	case !st.Painted && st.Mode != 1 && st.Mode != 5:
		return unseen
	case paint.R >= nearWhite && paint.G >= nearWhite && paint.B >= nearWhite:
		return white
	}
	return shown
}

// cover is something drawn that hides or colours what lies below.
type cover struct {
	order int
	at    pdfium.Rect
	fill  pdfium.Color
	flat  bool // one known colour
}

// maxCovers bounds the rectangles compared with each character.
const maxCovers = 4000

func (s *suspicion) covers() []cover {
	var out []cover
	for i, o := range s.objects {
		solid := o.Type == pdfium.ObjectImage || o.Type == pdfium.ObjectShading ||
			o.Type == pdfium.ObjectPath && o.Filled && (!o.Painted || o.Fill.A >= faint)
		if !solid || o.Bounds.W() < 2 || o.Bounds.H() < 2 {
			continue
		}
		out = append(out, cover{i, o.Bounds, o.Fill, o.Type == pdfium.ObjectPath && o.Painted})
		if len(out) >= maxCovers {
			break
		}
	}
	return out
}

// isCovered suspects what lies under a later picture or filling, and what has the
// colour of the filling it stands on.
func (s *suspicion) isCovered(covers []cover, c pdfium.Char, x, y float64) bool {
	at, known := s.order[c.Object]
	for _, v := range covers {
		if !v.at.Covers(x, y) {
			continue
		}
		if v.order > at || !known {
			return true
		}
		if v.flat && near(v.fill, s.style(c.Object).Fill) {
			return true
		}
	}
	return false
}

func near(a, b pdfium.Color) bool {
	d := func(x, y uint8) int { return max(int(x), int(y)) - min(int(x), int(y)) }
	return d(a.R, b.R)+d(a.G, b.G)+d(a.B, b.B) < 3*proofLevels
}

// draw compares the page with and without the suspects; seen tells for each
// suspected character whether any pixel of it differs, displaced that pixels differ
// where none of them should be.
func (s *suspicion) draw(chars []pdfium.Char, how []concealment, suspects map[uint32]bool) (seen []bool, displaced bool, err error) {
	seen = make([]bool, len(chars))
	need := false
	for _, h := range how {
		need = need || h != shown && h != tiny
	}
	if !need {
		return seen, false, nil
	}
	with, without, err := bothWays(s.p, suspects, proofDPI)
	if err != nil {
		return nil, false, err
	}
	defer with.Free()
	defer without.Free()
	for i, c := range chars {
		if how[i] != shown {
			box := c.Tight
			if box.Empty() {
				box = c.Box
			}
			seen[i] = differs(with, without, s.p, box)
		}
	}
	return seen, strays(with, without, s.p, chars, suspects), nil
}

// bothWays draws a page with and without some of its objects. The caller frees both.
func bothWays(p *pdfium.Page, objects map[uint32]bool, dpi int) (with, without *pdfium.Bitmap, err error) {
	if with, err = p.Draw(dpi, pdfium.BGRx); err != nil {
		return nil, nil, err
	}
	for o := range objects {
		p.SetActive(o, false)
	}
	without, err = p.Draw(dpi, pdfium.BGRx)
	for o := range objects {
		p.SetActive(o, true)
	}
	return with, without, err
}

// Text may be drawn a little beyond its boxes: swashes, bold outlines, smoothing.
const (
	strayMargin = 4.0 // points
	strayPixels = 6   // stray pixels of a page that are put up with
)

// strays tells whether the two drawings differ outside the boxes of the given
// objects' characters: then PDFium's geometry is not where the text is.
func strays(with, without *pdfium.Bitmap, p *pdfium.Page, chars []pdfium.Char, objects map[uint32]bool) bool {
	inside := make([]bool, with.W*with.H)
	for _, c := range chars {
		if c.Generated || !objects[c.Object] || c.Box.Empty() {
			continue
		}
		x0, y0, x1, y1 := pixels(c.Box.Grow(max(strayMargin, c.Box.H()/3)), p.Width, p.Height, with.W, with.H)
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				inside[y*with.W+x] = true
			}
		}
	}
	n := 0
	for y := range with.H {
		for x := range with.W {
			if inside[y*with.W+x] {
				continue
			}
			i := y*with.Stride + 4*x
			for k := range 3 {
				d := int(with.Pix[i+k]) - int(without.Pix[i+k])
				if d > proofLevels || d < -proofLevels {
					n++
					break
				}
			}
		}
	}
	return n > strayPixels
}

// differs compares two drawings of one page within a box in points.
func differs(a, b *pdfium.Bitmap, p *pdfium.Page, box pdfium.Rect) bool {
	x0, y0, x1, y1 := pixels(box.Grow(0.3), p.Width, p.Height, a.W, a.H)
	for y := y0; y < y1; y++ {
		row := y * a.Stride
		for i := row + 4*x0; i < row+4*x1; i++ {
			d := int(a.Pix[i]) - int(b.Pix[i])
			if i&3 != 3 && (d > proofLevels || d < -proofLevels) {
				return true
			}
		}
	}
	return false
}

// pixels maps a box in points (y upwards) to the pixels that it touches (y downwards), cut to the page.
func pixels(box pdfium.Rect, width, height float64, w, h int) (x0, y0, x1, y1 int) {
	sx, sy := float64(w)/width, float64(h)/height
	floor := func(v float64) int { return int(max(0, min(v, 1e6))) }
	x0, x1 = floor(box.X0*sx), floor(box.X1*sx)+1
	y0, y1 = floor((height-box.Y1)*sy), floor((height-box.Y0)*sy)+1
	return min(x0, w), min(y0, h), min(x1, w), min(y1, h)
}

// readingOfScan tells whether the character belongs to the recognised text of a
// scan: invisible over a picture, or under one that fills half of the page.
func (s *suspicion) readingOfScan(c pdfium.Char, how concealment) bool {
	if how != invisible && how != covered {
		return false
	}
	x, y := midX(c.Box), midY(c.Box)
	half := s.p.Bounds().Area() / 2
	for _, o := range s.objects {
		if o.Type == pdfium.ObjectImage && o.Bounds.Covers(x, y) && (how == invisible || o.Bounds.Area() > half) {
			return true
		}
	}
	return false
}
