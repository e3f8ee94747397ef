package ooxmlproof

import (
	"path"
	"regexp"
	"strings"
)

// uris are the namespaces that may be declared, each under its one prefix.
var uris = map[string]string{
	"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
	"m": "http://schemas.openxmlformats.org/officeDocument/2006/math", "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
	"a": "http://schemas.openxmlformats.org/drawingml/2006/main", "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
	"c": "http://schemas.openxmlformats.org/drawingml/2006/chart", "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
	"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
	"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office", "w10": "urn:schemas-microsoft-com:office:word",
	"mc":  "http://schemas.openxmlformats.org/markup-compatibility/2006",
	"wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
	"wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
	"ct":  "http://schemas.openxmlformats.org/package/2006/content-types", "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
	"cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
}

// banned are elements that hide, point outside, or belong to programs and persons.
var banned = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`w:ins w:del w:moveFrom w:moveTo w:delText w:delInstrText w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:trPrChange w:tcPrChange
		w:tblGridChange w:tblPrExChange w:numberingChange w:cellIns w:cellDel w:cellMerge w:vanish w:webHidden w:specVanish w:hidden w:commentRangeStart w:commentRangeEnd
		w:commentReference w:annotationRef w:sdt w:sdtPr w:sdtContent w:smartTag w:smartTagPr w:customXml w:customXmlPr w:ffData w:altChunk w:subDoc w:object w:control w:proofErr
		w:permStart w:permEnd w:docVars w:docVar w:mailMerge w:attachedTemplate w:rsids w:rsid w:writeProtection w:documentProtection w:tblCaption w:tblDescription
		w:latentStyles w:aliases w:rsidRoot w:docId w:nsid w:tmpl w:comments w:comment w:font w:divs mc:Fallback o:OLEObject o:lock
		x:f x:hyperlinks x:hyperlink x:dataConsolidate x:scenarios x:scenario x:autoFilter x:filterColumn x:conditionalFormatting x:customProperties x:customSheetViews
		x:legacyDrawing x:legacyDrawingHF x:picture x:oleObjects x:oleObject x:controls x:webPublishItems x:tableParts x:extLst x:fileSharing x:externalReferences x:pivotCaches
		x:customWorkbookViews x:rPh x:phoneticPr x:protectedRanges x:sheetProtection x:workbookProtection x:functionGroups x:smartTags x:tables
		p:extLst p:custDataLst p:tags p:cmLst p:cm p:oleObj p:control p:controls p:notesMasterIdLst p:handoutMasterIdLst p:modifyVerifier p:custShowLst p:photoAlbum p:kinsoku p:htmlPubPr
		p:sndAc p:contentPart p:embeddedFontLst p:smartTags p:sectionLst
		a:extLst a:hlinkClick a:hlinkHover a:hlinkMouseOver a:snd a:wavAudioFile a:audioFile a:videoFile a:quickTimeFile a:audioCd a:srcRect
		c:externalData c:userShapes c:extLst c:pivotSource c:printSettings`) {
		m[s] = true
	}
	return m
}()

// textIn are elements whose text is shown; quiet are those with text of the layout.
var textIn = map[string]bool{"w:t": true, "m:t": true, "a:t": true, "x:t": true, "x:v": true, "c:v": true}

var quiet = map[string]*regexp.Regexp{
	"w:instrText":  regexp.MustCompile(`^ (PAGE|NUMPAGES|SECTIONPAGES|TOC|(PAGEREF|REF) _(Ref|Toc)[0-9]{1,9}|SEQ (图|表|公式|式|附图|附表|图表|Figure|Table|Equation)(_[0-9]{1,2})?)( \\[a-zA-Z*#@]| "?[0-9A-Za-z.,#\-]{1,12}"?)* $`),
	"wp:posOffset": regexp.MustCompile(`^-?[0-9]{1,10}$`), "wp:align": regexp.MustCompile(`^[a-z]{1,8}$`),
	"xdr:col": regexp.MustCompile(`^[0-9]{1,6}$`), "xdr:row": regexp.MustCompile(`^[0-9]{1,7}$`), "xdr:colOff": regexp.MustCompile(`^-?[0-9]{1,10}$`), "xdr:rowOff": regexp.MustCompile(`^-?[0-9]{1,10}$`),
	"x:formula1": regexp.MustCompile(`^".*"$`), "x:definedName": regexp.MustCompile(`^'[^!]+'![$A-Z0-9:]+(,'[^!]+'![$A-Z0-9:]+)*$`),
	"x:oddHeader": heads, "x:oddFooter": heads, "x:evenHeader": heads, "x:evenFooter": heads, "x:firstHeader": heads, "x:firstFooter": heads,
	"c:f": regexp.MustCompile(`^.{1,40}![$A-Z0-9:]{2,30}$`), "c:formatCode": regexp.MustCompile(`^.{0,80}$`), "c:separator": regexp.MustCompile(`^.{1,2}$|^\s*$`),
	"a:tableStyleId": regexp.MustCompile(`^\{?[0-9A-Fa-f-]{36}\}?$`),
}

var heads = regexp.MustCompile(`^(&"[^"]{0,40}"|&[LCRPNDTABIUESXYlcrpndt+\-]|&K[0-9A-F]{2,6}([+\-][0-9]{3})?|&[0-9]{1,3}|[\s第页共张,，/—\-–·|()（）])*$`)

// wordy are attributes that may hold words, with what they may say.
var wordy = map[string]*regexp.Regexp{
	"w:ascii": font, "w:hAnsi": font, "w:eastAsia": font, "w:cs": font, "w:font": font, "typeface": font,
	"name":   regexp.MustCompile(`^.{0,60}$`), // judged by element below
	"string": regexp.MustCompile(`.*`), "formatCode": regexp.MustCompile(`^.{0,80}$`), "fmla": regexp.MustCompile(`^[a-zA-Z0-9*/+\-?: ]{1,80}$`),
	"uri": regexp.MustCompile(`^http://schemas\.(openxmlformats\.org/drawingml/2006|microsoft\.com/office/word/2010)/[a-zA-Z]+$`), "w:uri": regexp.MustCompile(`^http://schemas\.microsoft\.com/office/word$`),
	"style": regexp.MustCompile(`^[a-zA-Z0-9:;.\-%" \p{Han}_]{0,900}$`), "path": regexp.MustCompile(`^[a-z0-9@, \-]{0,60}$`), "eqn": regexp.MustCompile(`^[a-z0-9@# ]{1,30}$`),
	"sqref": refs, "ref": refs, "r": refs, "topLeftCell": refs, "spans": refs, "panose": regexp.MustCompile(`^[0-9A-Fa-f]{20}$`),
}

var (
	font    = regexp.MustCompile(`^[\p{Han}A-Za-z0-9+_\- .()]{0,32}$`)
	refs    = regexp.MustCompile(`^[A-Z0-9: $]+$|^-?[0-9]{1,10}$`)
	numeric = regexp.MustCompile(`^[#0-9A-Fa-f.\-+, %xptcmind]{0,60}$`)
	word    = regexp.MustCompile(`^_?[a-z]{1,16}([A-Z0-9][a-z]{0,15}){0,9}$|^[a-z]{2,3}(-[A-Za-z]{2,4}){1,2}$|^[A-Z][a-z]{2,4}$|^[A-Z][0-9]{1,4}$|^(T|F|TRUE|FALSE|PAGE|NUMPAGES|USD|CNY|A1|D2D)$`)
	styleID = regexp.MustCompile(`^[A-Za-z0-9\-]{1,48}$`)
	shape   = regexp.MustCompile(`^(对象|图片) [0-9]{1,6}$|^(对象|图片|Office)?$`)
	styled  = regexp.MustCompile(`^.{0,16}$|^样式 [0-9]{1,5}$|^[A-Za-z0-9 ()\-]{1,40}$`)
	signs   = regexp.MustCompile(`^.{0,24}$`)
	guid    = regexp.MustCompile(`^\{[0-9A-Fa-f-]{36}\}$`)
)

// element judges one element; uri declarations have been checked.
func (p *proof) element(part, name string, attrs []attr) {
	pre, local, ok := strings.Cut(name, ":")
	if !ok || uris[pre] == "" {
		p.say("副本中有清单以外的元素：%s", path.Base(part))
		return
	}
	if banned[name] || strings.HasSuffix(local, "Change") && pre == "w" {
		p.say("副本中仍有应去除的元素 %s", name)
	}
	for _, a := range attrs {
		if a.name == "xmlns" || strings.HasPrefix(a.name, "xmlns:") {
			continue
		}
		p.attribute(name, local, a)
	}
}

func (p *proof) attribute(elem, local string, a attr) {
	pre, _, ok := strings.Cut(a.name, ":")
	known := !ok || uris[pre] != "" && pre != "mc" || pre == "xml"
	if on, _, _ := strings.Cut(elem, ":"); !ok && (on == "w" || on == "m") {
		known = false // WordprocessingML and its mathematics qualify every attribute
	}
	if mustGo(elem, a) {
		p.say("副本中仍有应去除的属性 %s@%s", elem, a.name)
		return
	}
	if !known || !allowed(elem, local, a) {
		p.say("副本中有不明属性 %s@%s", elem, a.name)
	}
}

// goneAttrs may stand on no element.
var goneAttrs = map[string]bool{"descr": true, "title": true, "tooltip": true, "w:tooltip": true, "w:author": true, "w:date": true, "r:link": true, "codeName": true, "TargetMode": true}

// mustGo tells attributes that hide, name a person or point outside.
func mustGo(elem string, a attr) bool {
	switch {
	case goneAttrs[a.name], strings.HasPrefix(a.name, "w:rsid"):
		return true
	case a.name == "hidden":
		return a.value != "0" && a.value != "false"
	}
	return elem == "x:sheet" && a.name == "state" || elem == "p:sld" && a.name == "show" && a.value == "0" || elem == "w:hyperlink" && a.name == "r:id"
}

// named are attributes whose value is judged by the element they stand on.
var named = map[string]*regexp.Regexp{
	"x:sheet@name": regexp.MustCompile(`^.{1,31}$`), "x:name@val": font, "x:rFont@val": font,
	"x:definedName@name": regexp.MustCompile(`^_xlnm\.Print_(Area|Titles)$`), "p:cSld@name": shape,
	"w:name@w:val": styled, "x:cellStyle@name": styled, "a:tblStyle@styleName": styled,
	"w:lvlText@w:val": signs, "m:chr@m:val": signs, "m:begChr@m:val": signs, "m:endChr@m:val": signs, "m:sepChr@m:val": signs, "a:buChar@char": signs,
	"w:fldSimple@w:instr": quiet["w:instrText"],
	"w:style@w:styleId":   styleID, "w:pStyle@w:val": styleID, "w:rStyle@w:val": styleID, "w:tblStyle@w:val": styleID, "w:basedOn@w:val": styleID,
	"w:next@w:val": styleID, "w:link@w:val": styleID, "w:numStyleLink@w:val": styleID, "w:styleLink@w:val": styleID,
}

// allowed tells whether an attribute's value can only be layout.
func allowed(elem, local string, a attr) bool {
	if re := named[elem+"@"+a.name]; re != nil {
		return re.MatchString(a.value)
	}
	switch a.name {
	case "r:id", "r:embed", "Requires", "xml:space":
		return true
	case "name":
		if local == "cNvPr" || local == "docPr" || strings.HasPrefix(elem, "a:") && local != "gd" {
			return shape.MatchString(a.value)
		}
	}
	if re := wordy[a.name]; re != nil && re.MatchString(a.value) {
		return true
	}
	if numeric.MatchString(a.value) || word.MatchString(a.value) || guid.MatchString(a.value) {
		return true
	}
	return (strings.HasPrefix(elem, "v:") || strings.HasPrefix(elem, "o:")) && len(a.value) <= 80 && !hasHan(a.value)
}

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x2e80 {
			return true
		}
	}
	return false
}
