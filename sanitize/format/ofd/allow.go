package ofd

import (
	"strings"

	"github.com/beevik/etree"
)

// allowedElements are the elements that a copy may hold, by local name; the value
// tells whether their character data is kept.
var allowedElements = map[string]bool{
	"Area": false, "PhysicalBox": true, "ApplicationBox": true, "ContentBox": true, "BleedBox": true, "PageArea": false,
	"Template": false, "Content": false, "Layer": false, "PageBlock": false, "TextObject": false, "TextCode": true,
	"CGTransform": false, "Glyphs": true, "PathObject": false, "AbbreviatedData": true, "ImageObject": false,
	"CompositeObject": false, "FillColor": false, "StrokeColor": false, "Clips": false, "Clip": false, "Path": false,
	"Pattern": false, "CellContent": false, "AxialShd": false, "RadialShd": false, "Segment": false, "Color": false,
	"Border": false, "BorderColor": false, "ColorSpace": false, "DrawParam": false, "CompositeGraphicUnit": false,
}

// allowedAttributes are the attributes that a copy may hold: numbers, identifiers and fixed words.
var allowedAttributes = map[string]bool{
	"ID": true, "Boundary": true, "CTM": true, "Font": true, "Size": true, "X": true, "Y": true, "DeltaX": true, "DeltaY": true,
	"LineWidth": true, "Cap": true, "Join": true, "MiterLimit": true, "DashOffset": true, "DashPattern": true, "Alpha": true,
	"Stroke": true, "Fill": true, "Rule": true, "HScale": true, "ReadDirection": true, "CharDirection": true, "Weight": true,
	"Italic": true, "ResourceID": true, "DrawParam": true, "Type": true, "ZOrder": true, "TemplateID": true, "Value": true,
	"ColorSpace": true, "Index": true, "CodePosition": true, "CodeCount": true, "GlyphCount": true, "TransFlag": true,
	"BitsPerComponent": true, "Width": true, "Height": true, "XStep": true, "YStep": true, "ReflectMethod": true, "RelativeTo": true,
	"MapType": true, "MapUnit": true, "Extend": true, "StartPoint": true, "EndPoint": true, "Position": true, "Relative": true,
	"StartRadius": true, "EndRadius": true, "Eccentricity": true, "Angle": true, "Substitution": true, "HorizonalCornerRadius": true,
	"VerticalCornerRadius": true,
}

// drawn are the elements that are left out where they are switched off.
var drawn = map[string]bool{
	"Layer": true, "PageBlock": true, "TextObject": true, "PathObject": true, "ImageObject": true, "CompositeObject": true,
}

// safe keeps a value if it can hold nothing but numbers and short words.
func safe(v string) string {
	for _, r := range v {
		ok := r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune(" .+-#_\n\t", r)
		if !ok {
			return ""
		}
	}
	return v
}

// copy gives the part of an element that is on the lists, or nil.
func (w *writer) copy(e *etree.Element) *etree.Element {
	keep, ok := allowedElements[e.Tag]
	if !ok || w.b.drop[e] {
		return nil
	}
	if drawn[e.Tag] && off(e) {
		return nil // nobody sees it
	}
	if e.Tag == "CGTransform" && w.textless(e) {
		return nil
	}
	out := etree.NewElement("ofd:" + e.Tag)
	for _, a := range e.Attr {
		if a.Space != "xmlns" && allowedAttributes[a.Key] {
			if v := safe(a.Value); v != "" {
				out.CreateAttr(a.Key, v)
			}
		}
	}
	if keep {
		s := text(e)
		if e.Tag != "TextCode" {
			s = safe(s)
		}
		out.SetText(s)
		return out
	}
	for _, c := range e.ChildElements() {
		if k := w.copy(c); k != nil {
			out.AddChild(k)
		}
	}
	return out
}

// textless tells whether glyph numbers must go: those of a font that is no longer embedded.
func (w *writer) textless(e *etree.Element) bool {
	o := e.Parent()
	if o == nil {
		return true
	}
	f := w.d.fonts[attr(o, "Font")]
	return f == nil || w.b.fonts[f] || f.file == "" || !isFont(w.b.f.p.parts[f.file])
}
