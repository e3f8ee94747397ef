package ooxml

// ThemeType is the content type of a theme part.
const ThemeType = "application/vnd.openxmlformats-officedocument.theme+xml"

// CleanTheme gives a theme with its colours, fonts and formats only; nil if it
// cannot be read.
func CleanTheme(p *Package, part string) []byte {
	n, err := p.XML(part)
	if err != nil {
		return nil
	}
	el := n.Kid("a:themeElements")
	if el == nil {
		return nil
	}
	c := &Cleaner{Pkg: p, Source: part, Special: map[string]func(*Node) []*Node{
		"a:blipFill": func(*Node) []*Node { // a picture fill needs a part: a plain fill keeps the count of the list
			return []*Node{El("a:solidFill").Add(El("a:schemeClr", "val", "phClr"))}
		},
	}}
	c.Clean(el)
	el.Attrs = nil
	for _, k := range el.Kids {
		k.Attrs = []Attr{{"name", "Office"}}
	}
	out := El("a:theme", "name", "Office").Add(el, El("a:objectDefaults"), El("a:extraClrSchemeLst"))
	return Encode(out, "")
}
