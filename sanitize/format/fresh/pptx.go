package fresh

import (
	"fmt"
	"math"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// Slide is one slide of a new presentation.
type Slide struct {
	Boxes    []Box
	Pictures []Picture // behind the boxes
}

// Picture is a picture at a place in EMU. Only its pixels come into the file; one that
// cannot be drawn becomes a grey field. Pictures of one key and crop are the same.
type Picture struct {
	Key        string
	Data       []byte
	Crop       ooxml.Crop
	X, Y, W, H int
}

// Box is a text box: lines of text at a place in EMU (914400 to the inch). One
// without a width is placed by the writer, below the others.
type Box struct {
	Text       string // lines end in LF
	Title      bool
	Framed     bool // has a thin border, as cells have
	X, Y, W, H int
}

const (
	deckBase    = "application/vnd.openxmlformats-officedocument.presentationml."
	deckMain    = "ppt/presentation.xml"
	emuPoint    = 12700
	deckInset   = 91440         // left and right of the text in a box
	usualWide   = 9144000       // of a slide, where none is said
	usualHigh   = 6858000       //
	mostBoxes   = 400           // of one slide
	smallestPt  = 8.0           // of text that is to be read
	deckMargin  = 457200        //
	lineFactor  = 1.25          // of the height of a line to that of its signs
	titlePt     = 36.0          //
	bodyPt      = 24.0          //
	titleHeight = 1143000       //
	boxGap      = 91440         //
	namespaceNo = 2147483648    // where ids of masters and layouts begin
	deckRels    = "slideLayout" // kind of relationship
)

// Pptx writes a presentation of text boxes on plain slides, a slide for each given,
// width and height in EMU (0 for the usual ones). Sizes of letters follow from the
// room that a box has. Boxes keep their order, which is the order of reading.
func Pptx(width, height int, slides []Slide) ([]byte, error) {
	if width < usualWide/8 || height < usualHigh/8 || width > usualWide*8 || height > usualHigh*8 {
		width, height = usualWide, usualHigh
	}
	d := &deck{b: ooxml.NewBuilder(), w: width, h: height, media: map[string]string{}}
	d.b.SetMain(deckMain)
	const master, layout = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout1.xml"
	d.b.Add("ppt/theme/theme1.xml", ooxml.ThemeType, ooxml.Encode(theme(), ""))
	d.b.Rel(master, "theme", "ppt/theme/theme1.xml")
	d.b.Add(layout, deckBase+"slideLayout+xml", ooxml.Encode(ooxml.El("p:sldLayout", "type", "blank").Add(tree()), ""))
	d.b.Rel(layout, "slideMaster", master)
	d.b.Add(master, deckBase+"slideMaster+xml", ooxml.Encode(masterNode(d.b.Rel(master, deckRels, layout)), ""))
	list := ooxml.El("p:sldIdLst")
	for i, s := range slides {
		part := fmt.Sprintf("ppt/slides/slide%d.xml", i+1)
		d.b.Add(part, deckBase+"slide+xml", ooxml.Encode(ooxml.El("p:sld").Add(d.slide(part, s)), ""))
		d.b.Rel(part, deckRels, layout)
		list.Add(ooxml.El("p:sldId", "id", num(256+i), "r:id", d.b.Rel(deckMain, "slide", part)))
	}
	pres := ooxml.El("p:presentation").Add(ooxml.El("p:sldMasterIdLst").Add(ooxml.El("p:sldMasterId", "id", num(namespaceNo), "r:id", d.b.Rel(deckMain, "slideMaster", master))))
	if len(list.Kids) > 0 {
		pres.Add(list)
	}
	pres.Add(ooxml.El("p:sldSz", "cx", num(width), "cy", num(height)), ooxml.El("p:notesSz", "cx", num(usualHigh), "cy", num(usualWide)))
	d.b.Add(deckMain, deckBase+"presentation.main+xml", ooxml.Encode(pres, ""))
	out, err := d.b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write pptx: %w", err)
	}
	return out, nil
}

// deck is a presentation being written.
type deck struct {
	b     *ooxml.Builder
	w, h  int
	media map[string]string
}

func tree(shapes ...*ooxml.Node) *ooxml.Node {
	t := ooxml.El("p:spTree").Add(
		ooxml.El("p:nvGrpSpPr").Add(ooxml.El("p:cNvPr", "id", "1", "name", ""), ooxml.El("p:cNvGrpSpPr"), ooxml.El("p:nvPr")), ooxml.El("p:grpSpPr"))
	return ooxml.El("p:cSld").Add(t.Add(shapes...))
}

func masterNode(layout string) *ooxml.Node {
	m := ooxml.El("p:clrMap")
	for _, s := range strings.Fields("bg1=lt1 tx1=dk1 bg2=lt2 tx2=dk2 accent1=accent1 accent2=accent2 accent3=accent3 accent4=accent4 accent5=accent5 accent6=accent6 hlink=hlink folHlink=folHlink") {
		k, v, _ := strings.Cut(s, "=")
		m.SetAttr(k, v)
	}
	ids := ooxml.El("p:sldLayoutIdLst").Add(ooxml.El("p:sldLayoutId", "id", num(namespaceNo+1), "r:id", layout))
	return ooxml.El("p:sldMaster").Add(tree(), m, ids)
}

// slide lays out the boxes of a slide: those with a place in it, the others below.
func (d *deck) slide(part string, s Slide) *ooxml.Node {
	var shapes []*ooxml.Node
	for _, p := range s.Pictures {
		shapes = append(shapes, d.picture(part, p, len(shapes)+2))
	}
	boxes := d.placed(s.Boxes[:min(len(s.Boxes), mostBoxes)])
	if rest := s.Boxes[len(boxes):]; len(rest) > 0 { // beyond reason: what is left shares the last box
		for _, b := range rest {
			boxes[len(boxes)-1].Text += "\n" + b.Text
		}
	}
	for _, b := range boxes {
		shapes = append(shapes, d.box(b, len(shapes)+2))
	}
	return tree(shapes...)
}

// picture writes a picture from its pixels.
func (d *deck) picture(part string, p Picture, id int) *ooxml.Node {
	key := fmt.Sprint(p.Key, p.Crop)
	name, ok := d.media[key]
	if !ok {
		pic := ooxml.Reencode(p.Data, p.Crop)
		name = fmt.Sprintf("ppt/media/image%d.%s", len(d.media)+1, pic.Ext)
		d.media[key] = name
		d.b.Add(name, pic.Type, pic.Data)
	}
	fill := ooxml.El("p:blipFill").Add(ooxml.El("a:blip", "r:embed", d.b.Rel(part, "image", name)), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect")))
	return ooxml.El("p:pic").Add(
		ooxml.El("p:nvPicPr").Add(ooxml.El("p:cNvPr", "id", num(id), "name", fmt.Sprintf("对象 %d", id-1)), ooxml.El("p:cNvPicPr"), ooxml.El("p:nvPr")), fill,
		ooxml.El("p:spPr").Add(placeNode(p.X, p.Y, p.W, p.H), ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))))
}

func placeNode(x, y, w, h int) *ooxml.Node {
	return ooxml.El("a:xfrm").Add(ooxml.El("a:off", "x", num(x), "y", num(y)), ooxml.El("a:ext", "cx", num(max(w, emuPoint)), "cy", num(max(h, emuPoint))))
}

// placed gives every box a place on the slide.
func (d *deck) placed(in []Box) []Box {
	out := make([]Box, len(in))
	top := deckMargin
	var free []int
	for i, b := range in {
		if b.W <= 0 || b.H < 0 {
			free = append(free, i)
			out[i] = b
			continue
		}
		b.X, b.Y = max(0, min(b.X, d.w-d.w/20)), max(0, min(b.Y, d.h-d.h/20))
		b.W, b.H = min(b.W, d.w-b.X), min(b.H, d.h-b.Y)
		out[i] = b
		top = max(top, b.Y+b.H+boxGap)
	}
	if len(free) == 0 {
		return out
	}
	top = min(top, d.h*3/4)
	lines := 0
	for _, i := range free {
		lines += 1 + strings.Count(out[i].Text, "\n")
	}
	room := d.h - deckMargin - top
	for _, i := range free {
		b := &out[i]
		b.X, b.W, b.Y = deckMargin, d.w-2*deckMargin, top
		b.H = room * (1 + strings.Count(b.Text, "\n")) / lines
		if b.Title && top == deckMargin {
			b.H = titleHeight
		}
		top = min(top+b.H+boxGap, d.h*9/10)
	}
	return out
}

// box writes a text box with letters of the size that its room allows.
func (d *deck) box(b Box, id int) *ooxml.Node {
	most := bodyPt
	if b.Title {
		most = titlePt
	}
	size := fit(b, most)
	if need := height(b.Text, b.W, size); need > b.H { // no room at any size: down to the end of the slide
		b.H = min(need, d.h-b.Y)
	}
	body := ooxml.El("p:txBody").Add(ooxml.El("a:bodyPr", "wrap", "square", "lIns", num(deckInset), "tIns", "0", "rIns", num(deckInset), "bIns", "0").Add(ooxml.El("a:normAutofit")), ooxml.El("a:lstStyle"))
	for l := range strings.SplitSeq(b.Text, "\n") {
		p := ooxml.El("a:p")
		if l = Printable(l); l != "" {
			pr := ooxml.El("a:rPr", "sz", num(int(size*100)))
			if b.Title {
				pr.SetAttr("b", "1")
			}
			p.Add(ooxml.El("a:r").Add(pr, ooxml.El("a:t").Add(ooxml.Txt(l))))
		}
		body.Add(p)
	}
	form := ooxml.El("p:spPr").Add(
		placeNode(b.X, b.Y, b.W, b.H),
		ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst")), ooxml.El("a:noFill"))
	if b.Framed {
		form.Add(ooxml.El("a:ln", "w", "6350").Add(ooxml.El("a:solidFill").Add(ooxml.El("a:srgbClr", "val", "7F7F7F"))))
	}
	return ooxml.El("p:sp").Add(
		ooxml.El("p:nvSpPr").Add(ooxml.El("p:cNvPr", "id", num(id), "name", fmt.Sprintf("对象 %d", id-1)), ooxml.El("p:cNvSpPr", "txBox", "1"), ooxml.El("p:nvPr")), form, body)
}

// fit gives the largest size up to most at which the text of a box has room, in points.
func fit(b Box, most float64) float64 {
	for size := most; size > smallestPt; size -= 2 {
		if height(b.Text, b.W, size) <= b.H {
			return size
		}
	}
	return smallestPt
}

// height is what a text takes in a box of that width, in EMU: signs of the East are as
// wide as high, others half as wide.
func height(text string, width int, size float64) int {
	room := math.Max(float64(width-2*deckInset)/emuPoint, size)
	lines := 0.0
	for l := range strings.SplitSeq(text, "\n") {
		wide := 0.0
		for _, r := range l {
			switch {
			case r >= 0x2e80:
				wide += size
			case r == '\t':
				wide += 2 * size
			default:
				wide += size * 0.55
			}
		}
		lines += math.Max(1, math.Ceil(wide/room))
	}
	return int(lines * size * lineFactor * emuPoint)
}

// theme is a plain theme: black on white.
func theme() *ooxml.Node {
	colours := ooxml.El("a:clrScheme", "name", "Office")
	for _, s := range strings.Fields("dk1=000000 lt1=FFFFFF dk2=44546A lt2=E7E6E6 accent1=4472C4 accent2=ED7D31 accent3=A5A5A5 accent4=FFC000 accent5=5B9BD5 accent6=70AD47 hlink=0563C1 folHlink=954F72") {
		k, v, _ := strings.Cut(s, "=")
		colours.Add(ooxml.El("a:" + k).Add(ooxml.El("a:srgbClr", "val", v)))
	}
	fonts := ooxml.El("a:fontScheme", "name", "Office")
	for _, k := range []string{"a:majorFont", "a:minorFont"} {
		fonts.Add(ooxml.El(k).Add(ooxml.El("a:latin", "typeface", "Arial"), ooxml.El("a:ea", "typeface", "宋体"), ooxml.El("a:cs", "typeface", "")))
	}
	fill := func() *ooxml.Node {
		return ooxml.El("a:solidFill").Add(ooxml.El("a:schemeClr", "val", "phClr"))
	}
	fills, lines, effects, grounds := ooxml.El("a:fillStyleLst"), ooxml.El("a:lnStyleLst"), ooxml.El("a:effectStyleLst"), ooxml.El("a:bgFillStyleLst")
	for range 3 {
		fills.Add(fill())
		lines.Add(ooxml.El("a:ln", "w", "9525").Add(fill()))
		effects.Add(ooxml.El("a:effectStyle").Add(ooxml.El("a:effectLst")))
		grounds.Add(fill())
	}
	return ooxml.El("a:theme", "name", "Office").Add(
		ooxml.El("a:themeElements").Add(colours, fonts, ooxml.El("a:fmtScheme", "name", "Office").Add(fills, lines, effects, grounds)),
		ooxml.El("a:objectDefaults"), ooxml.El("a:extraClrSchemeLst"))
}
