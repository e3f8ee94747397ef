package ooxml

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

const maxStrayPart = 2 << 20 // larger parts are tables of cells, read cell by cell

// quietAttrs hold names of fonts, styles, languages, ids and other things of
// layout that are judged where they matter, or nowhere.
var quietAttrs = map[string]bool{
	"typeface": true, "w:ascii": true, "w:hAnsi": true, "w:eastAsia": true, "w:cs": true, "w:styleId": true, "w:font": true, "panose": true,
	"w:usb0": true, "formatCode": true, "sqref": true, "spans": true, "xml:space": true, "mc:Ignorable": true, "w:rsidR": true, "fmla": true, "path": true, "style": true,
	"w:cryptProviderType": true, "w:hash": true, "w:salt": true, "hashValue": true, "saltValue": true, "w:hashValue": true, "w:saltValue": true, "r:id": true, "r:embed": true,
	"macro": true, "textlink": true, "w:date": true, "w:instr": true, "dT": true, "dt": true, "w:fill": true, "gfxdata": true, "o:gfxdata": true, "coordsize": true, "points": true,
	"wrapcoords": true, "equationxml": true, "id": true, "o:spid": true, "ref": true, "uri": true, "lang": true, "relId": true, "styleName": true, "relationshipId": true, "algorithmName": true,
}

// quietElems are elements whose value is such a thing.
var quietElems = map[string]bool{
	"w:pStyle": true, "w:rStyle": true, "w:tblStyle": true, "w:basedOn": true, "w:next": true, "w:link": true, "w:name": true, "w:aliases": true, "w:lvlText": true,
	"w:font": true, "w:altName": true, "w:style": true, "w:lsdException": true, "w:compatSetting": true, "x:name": true, "x:rFont": true, "w:themeFontLang": true, "a:tblStyle": true, "a:theme": true, "a:clrScheme": true,
	"a:fontScheme": true, "a:fmtScheme": true, "a:gd": true, "a:ext": true, "x:ext": true, "p:ext": true, "c:ext": true, "w:cnfStyle": true, "x:cellStyle": true, "m:mathFont": true, "x:tableStyles": true,
	"w:noLineBreaksAfter": true, "w:noLineBreaksBefore": true, "a:buChar": true, "w:numStyleLink": true, "w:styleLink": true, "v:f": true, "v:path": true, "v:formulas": true, "w:clickAndTypeStyle": true,
	"w:abstractNum": true, "w:docPartGallery": true, "w:docPartCategory": true, "p:custData": true, "m:brkBinSub": true, "x:tableStyleInfo": true, "w:dataBinding": true, "w:dateFormat": true, "x:dimension": true,
	"p:pic": true, "cup:property": true, "w:attachedSchema": true, "x:sheet": true, "x:definedName": true, "x:workbookPr": true, "w15:footnoteColumns": true, "w:placeholder": true, "w:docPart": true, "w:smartTagType": true,
}

var stray = regexp.MustCompile(`\p{Han}|[0-9]{7}|@|[A-Za-z0-9]+_[A-Za-z0-9]+|://|\\`)

// layoutNumber are lengths with many digits, font classes, numbers of shapes and
// addresses of schemas.
var layoutNumber = regexp.MustCompile(`^-?[0-9]{1,7}\.[0-9]{1,20}([eE]-?[0-9]+)?$|^[0-9A-F]{20}$|^#?_x0000_[a-z][0-9]+$|^urn:microsoft\.com/`)

// shapeName tells names and descriptions, which format packages judge themselves.
func shapeName(n *Node, a Attr) bool {
	switch a.Name {
	case "name", "descr", "title":
		return strings.HasSuffix(n.Name, ":cNvPr") || n.Name == "wp:docPr" || n.Name == "p:cSld"
	}
	return false
}

// StrayPart makes a hidden part of what Strays finds; none if there is nothing.
func (p *Package) StrayPart(seen map[string]bool, parts []document.Part) []document.Part {
	out := p.Strays(seen, parts)
	if len(out) == 0 {
		return nil
	}
	const kind = "异常属性值"
	return []document.Part{{ID: "xml/strays", Label: kind, Role: document.RoleOther, Hidden: &document.Hiding{Rule: "N03", Kind: kind}, Text: strings.Join(out, "\n")}}
}

// Strays reads, in the parts that a format package has read itself, the text and
// attribute values that it has no place for and that none of the parts so far
// says: an attribute with a sentence where the schema wants a number.
func (p *Package) Strays(seen map[string]bool, parts []document.Part) []string {
	var said strings.Builder
	for i := range parts {
		said.WriteString(parts[i].Text)
		said.WriteByte('\n')
	}
	known := said.String()
	var out []string
	have := map[string]bool{}
	add := func(s string) {
		s = strings.TrimSpace(s)
		if s == "" || have[s] || strings.Contains(known, s) {
			return
		}
		have[s] = true
		out = append(out, s)
	}
	for _, name := range p.names {
		if !seen[name] || !strings.HasSuffix(strings.ToLower(name), ".xml") {
			continue
		}
		b, err := p.Bytes(name)
		if err != nil || len(b) > maxStrayPart {
			continue
		}
		root, err := Parse(b)
		if err != nil {
			continue
		}
		root.Walk(func(n *Node) bool {
			strayOf(n, add)
			return true
		})
	}
	return out
}

// strayOf adds what a text node or the attributes of an element say out of place.
func strayOf(n *Node, add func(string)) {
	if n.Name == "" {
		if t := strings.TrimSpace(n.Text); utf8.RuneCountInString(t) > 1 && !SafeValue(t) && stray.MatchString(t) && !textElements[n.Up.Name] && !readElsewhere(n.Up.Name) {
			add(flatten(t))
		}
		return
	}
	if quietElems[n.Name] {
		return
	}
	for _, a := range n.Attrs {
		if !quietAttrs[a.Name] && !SafeValue(a.Value) && stray.MatchString(a.Value) && telling(n, a) && !layoutNumber.MatchString(a.Value) && !shapeName(n, a) {
			add(a.Value)
		}
	}
}

// readElsewhere tells elements whose text has been read or judged in its own way.
func readElsewhere(name string) bool {
	switch name {
	case "x:t", "x:v", "x:f", "x:formula", "x:formula1", "x:formula2", "x:definedName", "w:delText", "w:delInstrText", "xvml:Anchor", "x:author", "x:oddHeader", "x:oddFooter", "x:evenHeader",
		"x:evenFooter", "x:firstHeader", "x:firstFooter", "c:f", "c:formatCode", "a:tableStyleId", "x:calculatedColumnFormula", "x:totalsRowFormula":
		return true
	}
	return false
}
