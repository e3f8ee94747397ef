package ofd

import (
	"strings"

	"github.com/beevik/etree"
)

// allowedData are the elements of a copy that have character data, and its grammar.
// TextCode, which has text, is written on its own.
var allowedData = map[string]grammar{
	"PhysicalBox": numbersOf, "ApplicationBox": numbersOf, "ContentBox": numbersOf, "BleedBox": numbersOf,
	"Glyphs": whole, "AbbreviatedData": drawing, "CV": colour,
}

const (
	boxes   = "PhysicalBox ApplicationBox ContentBox BleedBox"
	objects = "PageBlock Layer Content TextObject PathObject ImageObject CompositeObject"
	paints  = "Pattern AxialShd RadialShd"
)

// allowedChildren are the elements that a copy may hold below each: those that the
// reading of a page goes through, and what draws nothing but colour and lines. Text
// in any other place would be carried over unread.
var allowedChildren = map[string]map[string]bool{
	"PageArea": wordSet(boxes),
	"Page":     wordSet("Template Area Content"),
	"Area":     wordSet(boxes + " Path"), // of a page, and of a clip
	"Content":  wordSet(objects), "Layer": wordSet(objects), "PageBlock": wordSet(objects),
	"CellContent":     wordSet("PathObject ImageObject"), // nobody reads the text of a pattern
	"TextObject":      wordSet("FillColor StrokeColor Clips CGTransform TextCode"),
	"PathObject":      wordSet("FillColor StrokeColor Clips AbbreviatedData"),
	"ImageObject":     wordSet("Border Clips"),
	"CompositeObject": wordSet("Clips"),
	"CGTransform":     wordSet("Glyphs"),
	"Clips":           wordSet("Clip"), "Clip": wordSet("Area"), "Path": wordSet("AbbreviatedData"),
	"FillColor": wordSet(paints), "StrokeColor": wordSet(paints), "BorderColor": wordSet(paints), "Color": wordSet(paints),
	"Pattern": wordSet("CellContent"), "AxialShd": wordSet("Segment"), "RadialShd": wordSet("Segment"), "Segment": wordSet("Color"),
	"Border":     wordSet("BorderColor"),
	"ColorSpace": wordSet("Palette"), "Palette": wordSet("CV"),
	"DrawParam":            wordSet("FillColor StrokeColor"),
	"CompositeGraphicUnit": wordSet("Content"),
}

// allowedAttributes are the attributes that a copy may hold.
var allowedAttributes = map[string]grammar{
	"ID": identifier, "Font": reference, "ResourceID": reference, "ImageMask": reference, "DrawParam": reference,
	"TemplateID": reference, "ColorSpace": reference, "Relative": reference,
	"Boundary": numbersOf, "CTM": numbersOf, "DashPattern": numbersOf, "StartPoint": numbersOf, "EndPoint": numbersOf,
	"DeltaX": steps, "DeltaY": steps, "Value": colour,
	"Size": number, "X": number, "Y": number, "LineWidth": number, "MiterLimit": number, "DashOffset": number, "Alpha": number,
	"HScale": number, "ReadDirection": number, "CharDirection": number, "Weight": number, "Index": number, "CodePosition": number,
	"CodeCount": number, "GlyphCount": number, "BitsPerComponent": number, "Width": number, "Height": number, "XStep": number,
	"YStep": number, "MapUnit": number, "Extend": number, "Position": number, "StartRadius": number, "EndRadius": number,
	"Eccentricity": number, "Angle": number, "HorizonalCornerRadius": number, "VerticalCornerRadius": number,
	"Stroke": truth, "Fill": truth, "Italic": truth, "TransFlag": truth,
	"Cap": word, "Join": word, "Rule": word, "Type": word, "ZOrder": word, "ReflectMethod": word, "RelativeTo": word, "MapType": word,
}

// drawn are the elements that are left out where they are switched off.
var drawn = map[string]bool{
	"Layer": true, "PageBlock": true, "TextObject": true, "PathObject": true, "ImageObject": true, "CompositeObject": true,
}

// copy gives the part of an element that is on the lists, or nil.
func (w *writer) copy(e *etree.Element) *etree.Element {
	if w.b.drop[e] || drawn[e.Tag] && off(e) || e.Tag == "CGTransform" && w.textless(e) {
		return nil
	}
	out := etree.NewElement("ofd:" + e.Tag)
	for _, a := range e.Attr {
		if v := w.value(e, a); v != "" {
			out.CreateAttr(a.Key, v)
		}
	}
	if e.Tag == "TextCode" {
		out.SetText(ownText(e))
		return out
	}
	if g := allowedData[e.Tag]; g != 0 {
		s := canonical(g, text(e))
		if s == "" {
			return nil
		}
		out.SetText(s)
		return out
	}
	for _, c := range e.ChildElements() {
		if !allowedChildren[e.Tag][c.Tag] {
			continue
		}
		if k := w.copy(c); k != nil {
			out.AddChild(k)
		}
	}
	return out
}

// value writes an attribute anew; "" for one that is not carried over.
func (w *writer) value(e *etree.Element, a etree.Attr) string {
	g := allowedAttributes[a.Key]
	switch {
	case a.Space != "" || g == 0:
		return ""
	case g == identifier:
		return w.number(a.Value)
	case g == reference:
		w.wanted[target{referred(e.Tag, a.Key), a.Value}] = true
		return w.number(a.Value)
	}
	return canonical(g, a.Value)
}

// target is something that an element refers to by its ID.
type target struct{ kind, id string }

// referred tells what a reference is one to. The kind counts: what is drawn as a
// picture was not read as a composite object.
func referred(element, attribute string) string {
	switch {
	case attribute == "ResourceID" && element == "CompositeObject":
		return "CompositeGraphicUnit"
	case attribute == "ResourceID" || attribute == "ImageMask":
		return "MultiMedia"
	case attribute == "Relative":
		return "DrawParam"
	case attribute == "TemplateID":
		return "TemplatePage"
	}
	return attribute // Font, DrawParam, ColorSpace
}

// textless tells whether glyph numbers must go: those of a font that is no longer embedded.
func (w *writer) textless(e *etree.Element) bool {
	o := e.Parent()
	if o == nil {
		return true
	}
	f := w.d.fonts[attr(o, "Font")]
	return f == nil || w.b.embedded(f) == nil
}

// unlisted gives the words below an element that a copy does not hold and that no
// other part of the document tells: strange elements and attributes, and the text of
// patterns.
func unlisted(e *etree.Element) []string {
	var out []string
	for _, a := range e.Attr {
		if odd(a) {
			out = append(out, a.Value)
		}
	}
	if g := allowedData[e.Tag]; g != 0 && canonical(g, text(e)) == "" {
		out = append(out, text(e))
	}
	for _, c := range e.ChildElements() {
		switch {
		case c.Tag == "Actions" || c.Tag == "PageRes": // told as links; places of parts
		case allowedChildren[e.Tag][c.Tag]:
			out = append(out, unlisted(c)...)
		default:
			out = append(out, allStrings(c)...)
		}
	}
	return out
}

// odd tells whether an attribute says something that a copy does not hold.
func odd(a etree.Attr) bool {
	g := allowedAttributes[a.Key]
	switch {
	case a.Space == "xmlns" || a.Key == "xmlns" || strings.TrimSpace(a.Value) == "":
		return false
	case a.Space == "" && g != 0:
		return !plausible(g, a.Value)
	}
	return a.Space != "" || !dull[a.Key]
}

// plausible tells whether a value follows its grammar.
func plausible(g grammar, v string) bool {
	switch g {
	case 0:
		return false
	case identifier, reference:
		return canonical(whole, v) != ""
	}
	return canonical(g, v) != ""
}
