package docx

import "strings"

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, f := range strings.Fields(s) {
		m["w:"+f] = true
	}
	return m
}

// kept are the elements of WordprocessingML that a copy may hold.
var kept = set(`document body background p pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId suppressLineNumbers pBdr top left bottom
	right between bar shd tabs tab suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
	contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl cnfStyle rPr sectPr r rStyle rFonts b bCs i iCs caps
	smallCaps strike dstrike outline shadow emboss imprint color w kern position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang eastAsianLayout oMath t br
	cr noBreakHyphen softHyphen sym ptab pgNum fldChar instrText fldSimple footnoteReference endnoteReference footnoteRef endnoteRef separator continuationSeparator ruby rubyPr
	rubyAlign hps hpsRaise hpsBaseText lid rt rubyBase drawing pict hyperlink bookmarkStart bookmarkEnd tbl tblPr tblStyle tblpPr tblOverlap bidiVisual
	tblStyleRowBandSize tblStyleColBandSize tblW tblCellSpacing tblInd tblBorders insideH insideV tblLayout tblCellMar start end tblLook tblGrid gridCol tr trPr tblPrEx
	gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tc tcPr tcW gridSpan hMerge vMerge tcBorders tl2br tr2bl noWrap tcMar tcFitText vAlign hideMark
	headerReference footerReference footnotePr endnotePr type pgSz pgMar pgBorders lnNumType pgNumType cols col noEndnote titlePg rtlGutter docGrid pos numFmt
	numStart numRestart txbxContent hdr ftr footnotes endnotes footnote endnote footnoteSeparator dir bdo`)

// unwrapped are replaced by what they hold.
var unwrapped = set(`ins moveTo smartTag customXml sdt sdtContent`)

// styleKept are the elements of styles.xml and numbering.xml besides.
var styleKept = set(`styles docDefaults rPrDefault pPrDefault style basedOn next link uiPriority semiHidden unhideWhenUsed qFormat tblStylePr
	numbering abstractNum num lvl start numFmt lvlRestart isLgl suff lvlText lvlJc multiLevelType lvlOverride startOverride abstractNumId legacy`)

// fontAttrs name fonts.
var fontAttrs = set(`ascii hAnsi eastAsia cs font`)

// droppedAttrs never stay: marks of editing sessions, persons, dates, link data.
var droppedAttrs = set(`rsidR rsidRPr rsidRDefault rsidP rsidSect rsidTr rsidDel author date initials history tgtFrame tooltip docLocation element uri
	id_ fldLock dirty displacedByCustomXml rsid`)
