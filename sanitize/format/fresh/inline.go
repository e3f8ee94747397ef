package fresh

import (
	"fmt"

	"jinggao/sanitize/format/ooxml"
)

const emuTwip = 635

// picture writes a picture from its pixels, no wider than the page.
func (f *wordFile) picture(part string, p Inline) *ooxml.Node {
	key := fmt.Sprint(p.Key, p.Crop)
	name, ok := f.media[key]
	if !ok {
		pic := ooxml.Reencode(p.Data, p.Crop)
		name = fmt.Sprintf("word/media/image%d.%s", len(f.media)+1, pic.Ext)
		f.media[key] = name
		f.b.Add(name, pic.Type, pic.Data)
	}
	w, h := max(p.W, emuPoint), max(p.H, emuPoint)
	most := f.textWide() * emuTwip
	if p.Float != nil {
		most = f.page.W * emuTwip
	}
	if w > most {
		w, h = most, max(emuPoint, int(float64(h)*float64(most)/float64(w)))
	}
	h = min(h, f.page.H*emuTwip)
	f.shown++
	id, title := num(f.shown), fmt.Sprintf("图片 %d", f.shown)
	pic := ooxml.El("pic:pic").Add(
		ooxml.El("pic:nvPicPr").Add(ooxml.El("pic:cNvPr", "id", id, "name", title), ooxml.El("pic:cNvPicPr")),
		ooxml.El("pic:blipFill").Add(ooxml.El("a:blip", "r:embed", f.b.Rel(part, "image", name)), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect"))),
		ooxml.El("pic:spPr").Add(placeNode(0, 0, w, h), ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))))
	place := ooxml.El("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	extent := ooxml.El("wp:extent", "cx", num(w), "cy", num(h))
	if p.Float == nil {
		place.Add(extent)
	} else {
		place = f.anchor(*p.Float, extent, w, h)
	}
	return ooxml.El("w:drawing").Add(place.Add(ooxml.El("wp:docPr", "id", id, "name", title),
		ooxml.El("a:graphic").Add(ooxml.El("a:graphicData", "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture").Add(pic))))
}

// anchor writes where a picture floats; it stays on the page.
func (f *wordFile) anchor(p Float, extent *ooxml.Node, w, h int) *ooxml.Node {
	behind := "0"
	if p.Behind {
		behind = "1"
	}
	n := ooxml.El("wp:anchor", "distT", "0", "distB", "0", "distL", "114300", "distR", "114300", "simplePos", "0", "relativeHeight", num(f.shown), "behindDoc", behind, "locked", "0", "layoutInCell", "1", "allowOverlap", "1")
	n.Add(ooxml.El("wp:simplePos", "x", "0", "y", "0"),
		position("wp:positionH", p.FromX, "column", p.AlignX, p.X, w, f.page.W*emuTwip), position("wp:positionV", p.FromY, "paragraph", p.AlignY, p.Y, h, f.page.H*emuTwip), extent)
	switch p.Wrap {
	case "square":
		n.Add(ooxml.El("wp:wrapSquare", "wrapText", "bothSides"))
	case "topAndBottom":
		n.Add(ooxml.El("wp:wrapTopAndBottom"))
	default:
		n.Add(ooxml.El("wp:wrapNone"))
	}
	return n
}

var aligned = map[string]bool{"left": true, "center": true, "right": true, "top": true, "bottom": true}

func position(name, from, usual, align string, at, size, page int) *ooxml.Node {
	if from != "page" && from != "margin" {
		from = usual
	}
	n := ooxml.El(name, "relativeFrom", from)
	if aligned[align] {
		return n.Add(ooxml.El("wp:align").Add(ooxml.Txt(align)))
	}
	return n.Add(ooxml.El("wp:posOffset").Add(ooxml.Txt(num(clamp(at, -size/2, page-size/2)))))
}
