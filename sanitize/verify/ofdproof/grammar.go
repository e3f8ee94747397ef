package ofdproof

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// nesting are the elements that a copy may hold below each (GB/T 33190-2016). "" is
// what stands at the root of a part.
var nesting = nested(`
	: OFD Document Res Page
	OFD: DocBody
	DocBody: DocInfo DocRoot
	DocInfo: DocID
	Document: CommonData Pages
	CommonData: MaxUnitID PageArea PublicRes TemplatePage
	PageArea: PhysicalBox ApplicationBox ContentBox BleedBox
	Pages: Page
	Res: ColorSpaces DrawParams Fonts MultiMedias CompositeGraphicUnits
	ColorSpaces: ColorSpace
	ColorSpace: Palette
	Palette: CV
	DrawParams: DrawParam
	DrawParam: FillColor StrokeColor
	Fonts: Font
	Font: FontFile
	MultiMedias: MultiMedia
	MultiMedia: MediaFile
	CompositeGraphicUnits: CompositeGraphicUnit
	CompositeGraphicUnit: Content
	Page: Template Area Content
	Area: PhysicalBox ApplicationBox ContentBox BleedBox Path
	Content: Layer PageBlock Content TextObject PathObject ImageObject CompositeObject
	Layer: Layer PageBlock Content TextObject PathObject ImageObject CompositeObject
	PageBlock: Layer PageBlock Content TextObject PathObject ImageObject CompositeObject
	TextObject: FillColor StrokeColor Clips CGTransform TextCode
	PathObject: FillColor StrokeColor Clips AbbreviatedData
	ImageObject: Border Clips
	CompositeObject: Clips
	CGTransform: Glyphs
	Clips: Clip
	Clip: Area
	Path: AbbreviatedData
	FillColor: Pattern AxialShd RadialShd
	StrokeColor: Pattern AxialShd RadialShd
	BorderColor: Pattern AxialShd RadialShd
	Color: Pattern AxialShd RadialShd
	Pattern: CellContent
	CellContent: PathObject ImageObject
	AxialShd: Segment
	RadialShd: Segment
	Segment: Color
	Border: BorderColor
`)

func nested(s string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(s), "\n") {
		parent, kids, _ := strings.Cut(strings.TrimSpace(line), ":")
		out[parent] = set(kids)
	}
	return out
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

const (
	figure  = `-?\d{1,8}(\.\d{1,6})?`
	figures = figure + `( ` + figure + `)*`
)

func form(s string) *regexp.Regexp { return regexp.MustCompile(`\A(` + s + `)\z`) }

var (
	ordinal = form(`[1-9]\d{0,6}`)
	single  = form(figure)
	list    = form(figures)
)

// data are the forms of character data by element; TextCode is compared with the original.
var data = map[string]*regexp.Regexp{
	"DocID": form(`\d{32}`), "DocRoot": form(`Doc_\d+/Document\.xml`), "MaxUnitID": form(`\d{1,7}`), "PublicRes": form(`PublicRes\.xml`),
	"FontFile": form(`font_\d+\.ttf`), "MediaFile": form(`image_\d+\.(png|jpeg)`),
	"PhysicalBox": list, "ApplicationBox": list, "ContentBox": list, "BleedBox": list, "CV": list,
	"Glyphs":          form(`-?\d{1,10}( -?\d{1,10})*`),
	"AbbreviatedData": form(`[SMLQBAC]( ` + figure + `)*( [SMLQBAC]( ` + figure + `)*)*`),
}

// attributes are the forms of attributes by name.
var attributes = func() map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{
		"Value": list, "DeltaX": form(`(g )?` + figure + `( (g )?` + figure + `)*`), "DeltaY": form(`(g )?` + figure + `( (g )?` + figure + `)*`),
		"Version": form(`1\.1`), "DocType": form(`OFD`), "BaseLoc": form(`Res|(Pages/Page|Tpls/Tpl)_\d+/Content\.xml`), "Format": form(`PNG|JPEG`),
		"FontName": form(`[\p{Han}A-Za-z0-9+_\- .()]{0,32}`), "FamilyName": form(`[\p{Han}A-Za-z0-9+_\- .()]{0,32}`),
	}
	add := func(f *regexp.Regexp, names string) {
		for n := range set(names) {
			out[n] = f
		}
	}
	add(ordinal, "ID "+references)
	add(list, "Boundary CTM DashPattern StartPoint EndPoint")
	add(single, `Size X Y LineWidth MiterLimit DashOffset Alpha HScale ReadDirection CharDirection Weight Index CodePosition CodeCount
		GlyphCount BitsPerComponent Width Height XStep YStep MapUnit Extend Position StartRadius EndRadius Eccentricity Angle
		HorizonalCornerRadius VerticalCornerRadius`)
	add(form(`true|false`), "Stroke Fill Italic TransFlag")
	add(form(`Butt|Round|Square|Miter|Bevel|NonZero|Even-Odd|Body|Background|Foreground|GRAY|RGB|CMYK|Normal|Column|Row|ColumnAndRow|Page|Object|Direct|Repeat|Reflect|Image`),
		"Cap Join Rule Type ZOrder ReflectMethod RelativeTo MapType")
	return out
}()

// references are the attributes that hold the ID of another element.
const references = "Font ResourceID ImageMask DrawParam TemplateID ColorSpace Relative"

// resources are the elements that something must refer to.
var resources = set("ColorSpace DrawParam Font MultiMedia CompositeGraphicUnit TemplatePage")

// uses are the IDs of the resources of a document, and those that are referred to.
type uses struct{ defined, referred map[string]bool }

// element checks the place, the name and the attributes of one element.
func (u *uses) element(parent string, v xml.StartElement) error {
	name := v.Name.Local
	if !nesting[parent][name] {
		return fail("有不允许的元素")
	}
	for _, a := range v.Attr {
		if a.Name.Space == "xmlns" {
			if a.Name.Local != "ofd" || a.Value != "http://www.ofdspec.org/2016" {
				return fail("有不允许的命名空间")
			}
			continue
		}
		f := attributes[a.Name.Local]
		if a.Name.Space != "" || f == nil || !f.MatchString(a.Value) {
			return fail("有不允许的属性值")
		}
		switch {
		case a.Name.Local == "ID" && resources[name]:
			u.defined[a.Value] = true
		case a.Name.Local != "ID" && linking[a.Name.Local]:
			u.referred[a.Value] = true
		}
	}
	return nil
}

var linking = set(references)

// unused tells whether there is a resource that nothing refers to.
func (u *uses) unused() bool {
	for id := range u.defined {
		if !u.referred[id] {
			return true
		}
	}
	return false
}
