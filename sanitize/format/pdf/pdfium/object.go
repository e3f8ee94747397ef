package pdfium

// ObjectType is what a page object draws.
type ObjectType int

// Types of page objects, as PDFium numbers them.
const (
	ObjectText    ObjectType = 1
	ObjectPath    ObjectType = 2
	ObjectImage   ObjectType = 3
	ObjectShading ObjectType = 4
	ObjectForm    ObjectType = 5
)

// Object is one thing drawn on a page, those inside forms included.
type Object struct {
	Handle  uint32
	Type    ObjectType
	Bounds  Rect // display space
	Filled  bool // a path that fills, or an image
	Fill    Color
	Painted bool // Fill is known
	Curves  bool // a path with more than straight lines
	Pixels  int  // of an image
	InForm  bool
	Layer   bool // marked as optional content
	Marked  bool // within marked content of any kind
}

// Limits on the object tree of one page.
const (
	maxObjects = 200_000
	maxDepth   = 12
)

// Objects lists what the page draws, in the order of drawing. Full is false if a limit was met.
func (p *Page) Objects() (list []Object, full bool) {
	w := walker{p: p}
	n := int(int32(p.in.word("FPDFPage_CountObjects", uint64(p.handle))))
	w.children("FPDFPage_GetObject", p.handle, n, p.show, 0)
	return w.list, !w.cut
}

type walker struct {
	p    *Page
	list []Object
	cut  bool
}

func (w *walker) children(get string, parent uint32, n int, m matrix, depth int) {
	in := w.p.in
	for i := 0; i < n && in.err == nil; i++ {
		if len(w.list) >= maxObjects {
			w.cut = true
			return
		}
		h := in.word(get, uint64(parent), uint64(i))
		if h == 0 {
			continue
		}
		o := w.object(h, m)
		o.InForm = depth > 0
		w.list = append(w.list, o)
		if o.Type != ObjectForm {
			continue
		}
		if depth >= maxDepth {
			w.cut = true
			continue
		}
		at := len(w.list) - 1
		k := int(int32(in.word("FPDFFormObj_CountObjects", uint64(h))))
		w.children("FPDFFormObj_GetObject", h, k, w.matrix(h).then(m), depth+1)
		if o.Layer {
			for j := at + 1; j < len(w.list); j++ {
				w.list[j].Layer = true
			}
		}
	}
}

func (w *walker) matrix(h uint32) matrix {
	in := w.p.in
	if !in.truth("FPDFPageObj_GetMatrix", uint64(h), uint64(in.scratch)) {
		return matrix{a: 1, d: 1}
	}
	b := in.view(in.scratch, 24)
	return matrix{single(b, 0), single(b, 4), single(b, 8), single(b, 12), single(b, 16), single(b, 20)}
}

func (w *walker) object(h uint32, m matrix) Object {
	in := w.p.in
	o := Object{Handle: h, Type: ObjectType(in.word("FPDFPageObj_GetType", uint64(h)))}
	s := uint64(in.scratch)
	if in.truth("FPDFPageObj_GetBounds", uint64(h), s, s+4, s+8, s+12) {
		b := in.view(in.scratch, 16)
		o.Bounds = m.rect(ordered(single(b, 0), single(b, 4), single(b, 8), single(b, 12)))
	}
	o.Marked, o.Layer = w.layer(h)
	switch o.Type {
	case ObjectPath:
		w.path(&o)
	case ObjectImage:
		o.Filled = true
		if in.truth("FPDFImageObj_GetImagePixelSize", uint64(h), s, s+4) {
			b := in.view(in.scratch, 8)
			if b != nil {
				o.Pixels = min(1<<30, int(in.uint32At(in.scratch))) * min(1<<30, int(in.uint32At(in.scratch+4)))
			}
		}
	}
	return o
}

func (w *walker) path(o *Object) {
	in := w.p.in
	s := uint64(in.scratch)
	if in.truth("FPDFPath_GetDrawMode", uint64(o.Handle), s, s+4) {
		o.Filled = in.uint32At(in.scratch) != 0
	}
	if o.Filled {
		o.Fill, o.Painted = w.p.color("FPDFPageObj_GetFillColor", o.Handle)
	}
	n := int(int32(in.word("FPDFPath_CountSegments", uint64(o.Handle))))
	o.Curves = n > 12 // glyph outlines and drawings; frames and rules have fewer
}

// layer tells whether the object is marked at all, and as optional content.
func (w *walker) layer(h uint32) (marked, layer bool) {
	in := w.p.in
	n := int(int32(in.word("FPDFPageObj_CountMarks", uint64(h))))
	for i := 0; i < n && in.err == nil; i++ {
		mark := in.word("FPDFPageObj_GetMark", uint64(h), uint64(i))
		if mark == 0 {
			continue
		}
		if in.markName(mark) == "OC" {
			return true, true
		}
	}
	return n > 0, false
}

// markName reads the name of a marked-content tag.
func (in *Instance) markName(mark uint32) string {
	return in.mark16("FPDFPageObjMark_GetName", uint64(mark))
}

// mark16 is text16 for functions of the shape f(args…, buffer, bytes, &needed) → bool.
func (in *Instance) mark16(name string, args ...uint64) string {
	return utf16String(in.blobOut(maxString, name, args...))
}

// SetActive switches the drawing of an object on or off.
func (p *Page) SetActive(object uint32, on bool) {
	v := uint64(0)
	if on {
		v = 1
	}
	p.in.truth("FPDFPageObj_SetIsActive", uint64(object), v)
}

// MarkText gives the ActualText, Alt and E strings of the marked content around
// an object, as the bytes of PDF strings. Actual tells whether ActualText is among
// them, by which PDFium replaces the text of the glyphs.
func (p *Page) MarkText(object uint32) (texts [][]byte, actual bool) {
	p.eachMark(object, func(mark uint32) {
		for i, key := range []string{"ActualText", "Alt", "E"} {
			if b := p.markParam(mark, key); len(b) > 0 {
				texts = append(texts, b)
				actual = actual || i == 0
			}
		}
	})
	return texts, actual
}

// StripActualText takes the marks with ActualText off an object, so that the
// characters read next are those of the glyphs.
func (p *Page) StripActualText(object uint32) {
	var marks []uint32
	p.eachMark(object, func(mark uint32) {
		if len(p.markParam(mark, "ActualText")) > 0 {
			marks = append(marks, mark)
		}
	})
	for _, m := range marks {
		p.in.truth("FPDFPageObj_RemoveMark", uint64(object), uint64(m))
	}
}

func (p *Page) eachMark(object uint32, do func(mark uint32)) {
	n := int(int32(p.in.word("FPDFPageObj_CountMarks", uint64(object))))
	for i := 0; i < n && p.in.err == nil; i++ {
		mark := p.in.word("FPDFPageObj_GetMark", uint64(object), uint64(i))
		if mark != 0 && int32(p.in.word("FPDFPageObjMark_CountParams", uint64(mark))) > 0 {
			do(mark)
		}
	}
}

func (p *Page) markParam(mark uint32, key string) []byte {
	k := p.in.cstring(key)
	defer p.in.free(k)
	return p.in.blobOut(maxString, "FPDFPageObjMark_GetParamBlobValue", uint64(mark), uint64(k))
}
