package odfproof

import (
	"regexp"
	"strings"

	"jinggao/sanitize/verify/ooxmlproof"
)

const urn = "urn:oasis:names:tc:opendocument:xmlns:"

// uris are the namespaces that may be declared, each under its one prefix.
var uris = map[string]string{
	"office": urn + "office:1.0", "style": urn + "style:1.0", "text": urn + "text:1.0", "table": urn + "table:1.0", "draw": urn + "drawing:1.0", "fo": urn + "xsl-fo-compatible:1.0",
	"svg": urn + "svg-compatible:1.0", "number": urn + "datastyle:1.0", "presentation": urn + "presentation:1.0", "manifest": urn + "manifest:1.0",
	"config": urn + "config:1.0", "ooo": "http://openoffice.org/2004/office", "xlink": "http://www.w3.org/1999/xlink",
}

// elements, by namespace.
var elements = func() map[string]bool {
	m := map[string]bool{}
	for pre, names := range map[string]string{
		"manifest": "manifest file-entry",
		"office":   "document-content document-styles font-face-decls automatic-styles styles master-styles body text spreadsheet presentation document-settings settings",
		"config":   "config-item-set config-item",
		"style": `font-face style default-style text-properties paragraph-properties section-properties ruby-properties table-properties table-column-properties table-row-properties
			table-cell-properties graphic-properties drawing-page-properties tab-stops tab-stop drop-cap columns column column-sep page-layout default-page-layout page-layout-properties
			header-style footer-style header-footer-properties footnote-sep master-page header header-left header-first footer footer-left footer-first region-left region-center
			region-right list-level-properties list-level-label-alignment map`,
		"text": `list-style list-level-style-number list-level-style-bullet outline-style outline-level-style notes-configuration p h span list list-item list-header section s tab
			line-break note note-citation note-body ruby ruby-base ruby-text page-number page-count sheet-name`,
		"table": `table table-columns table-header-columns table-column-group table-column table-rows table-header-rows table-row-group table-row table-cell covered-table-cell shapes`,
		"draw": `page frame text-box image rect line polyline polygon regular-polygon path circle ellipse connector caption measure g custom-shape enhanced-geometry equation gradient
			hatch marker stroke-dash opacity fill-image`,
		"presentation": "footer header date-time footer-decl header-decl date-time-decl",
		"number": `number-style currency-style percentage-style date-style time-style boolean-style text-style number scientific-number fraction text text-content currency-symbol day month
			year era day-of-week week-of-year quarter hours minutes seconds am-pm boolean embedded-text fill-character`,
	} {
		for _, n := range strings.Fields(names) {
			m[pre+":"+n] = true
		}
	}
	return m
}()

// showing are elements whose text is seen; signsIn those with signs of number formats.
var (
	showing  = set("text:p text:h text:span text:ruby-base text:ruby-text text:page-number text:page-count presentation:footer-decl presentation:header-decl presentation:date-time-decl")
	signsIn  = set("number:text number:currency-symbol number:embedded-text number:fill-character")
	signs    = regexp.MustCompile(`^[年月日时分秒元万亿个件项次人之（）(),.，、:：/\-+%％¥￥$€£'"_?*#\s]{1,8}$`)
	citation = regexp.MustCompile(`^([0-9]{1,5}|[^\p{Han}]{1,2})$`)
)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, f := range strings.Fields(s) {
		m[f] = true
	}
	return m
}

// kinds of values.
var (
	number   = `[+-]?[0-9]{0,7}(\.[0-9]{0,4})?(%|cm|mm|in|pt|pc|px|em|deg|rad|grad)?`
	colour   = `#[0-9a-fA-F]{6}`
	amount   = regexp.MustCompile(`^` + number + `\*?( ` + number + `){0,3}$`)
	tint     = regexp.MustCompile(`^(` + colour + `|transparent|font-color)$`)
	line     = regexp.MustCompile(`^(none|hidden|0|` + number + `|(` + number + `|[a-z]{4,6}) [a-z\-]{4,12} ` + colour + `|` + colour + ` ` + number + ` ` + number + `)$`)
	words    = regexp.MustCompile(`^[a-z]{1,17}(-[a-z]{1,17}){0,4}$`)
	styled   = regexp.MustCompile(`^(s[0-9]{1,6}|` + usual + `)?(-(title|subtitle|notes|outline[1-9]|background|backgroundobjects))?$`)
	fontName = regexp.MustCompile(`^'?[\p{Han}A-Za-z0-9+_\- .()]{0,32}'?$`)
	counting = regexp.MustCompile(`^(|1|a|A|i|I|1st|0{1,2}1, 0{1,2}2, 0{1,2}3, \.\.\.|[一壹①甲子１〡イア], [二贰貳②乙丑２〢ロイ], [三叁參③丙寅３〣ハウ](（大写）)?, \.\.\.)$`)
	affix    = regexp.MustCompile(`^[\s第章节条款项目部分篇卷编图表附件册讲课问例注式（）()、．.。：:;；,，〔〕【】\[\]<>《》\-–—~*#'"/]{0,4}$`)
	bullet   = regexp.MustCompile(`^\P{Han}?$`)
	lang     = regexp.MustCompile(`^([a-z]{2,4}|[A-Z]{2}|[A-Z][a-z]{3})$`)
	curve    = regexp.MustCompile(`^([MLHVCSQTAZmlhvcsqtaz]|-?[0-9]{1,7}(\.[0-9]{1,6})?|[ ,])*$`)
	formula  = regexp.MustCompile(`^([A-Z]|[mlc]|[?]f[0-9]{1,4}|\$[0-9]{1,3}|[0-9]{1,8}(\.[0-9]{1,12})?|left|top|right|bottom|[xy]stretch|hasstroke|hasfill|(log)?(width|height)|pi|abs|sqrt|sin|cos|tan|atan2?|min|max|if|[ ,()+*/-])*$`)
	turned   = regexp.MustCompile(`^((rotate|translate|scale|skewX|skewY|matrix) ?\(( ?,?` + number + `)+\) ?)+$|^rect\((` + number + `[, ]*){4}\)$`)
	moved    = regexp.MustCompile(`^(none|` + number + ` ` + number + `)$`)
	when     = regexp.MustCompile(`^value\(\)[<>=!]{1,2}-?[0-9]{1,9}(\.[0-9]{1,4})?$`)
)

const usual = `Standard|Default|Text_20_body|Heading(_20_[0-9]{1,2})?|List|Caption|Index|Header|Footer|Header_20_and_20_Footer|Footnote|Endnote|Title|Subtitle|Frame_20_contents|Table_20_(Contents|Heading)|` +
	`(Foot|End)note_20_(Symbol|anchor|Characters)|Internet_20_link|Visited_20_Internet_20_Link|(Numbering|Bullet)_20_Symbols|Page_20_Number|Frame|Graphics|OLE|Contents_20_([0-9]{1,2}|Heading)|Index_20_Heading|` +
	`Quotations|Line_20_numbering|Default_20_Paragraph_20_Font|Default_20_Style|standard|objectwithoutfill|Object_20_with_20_no_20_fill_20_and_20_no_20_line|Emphasis|Strong_20_Emphasis|Rubies|N[0-9]{1,3}`

// values says for each attribute what it may be.
var values = func() map[string]*regexp.Regexp {
	m := map[string]*regexp.Regexp{}
	for names, re := range map[string]*regexp.Regexp{
		`style:name style:parent-style-name style:next-style-name style:list-style-name style:master-page-name style:page-layout-name style:data-style-name style:apply-style-name text:style-name
		text:visited-style-name text:citation-style-name text:citation-body-style-name text:default-style-name table:style-name table:default-cell-style-name draw:style-name draw:text-style-name
		draw:master-page-name presentation:style-name draw:fill-gradient-name draw:fill-hatch-name draw:fill-image-name draw:opacity-name draw:stroke-dash draw:marker-start draw:marker-end
		style:font-name style:font-name-asian style:font-name-complex style:style-name style:leader-text-style style:register-truth-ref-style-name presentation:use-footer-name
		presentation:use-header-name presentation:use-date-time-name presentation:name style:percentage-data-style-name`: styled,
		`svg:font-family fo:font-family style:font-family-asian style:font-family-complex`: fontName,
		`style:num-format`: counting, `style:num-prefix style:num-suffix`: affix, `text:bullet-char style:leader-text style:char`: bullet,
		`fo:language fo:country fo:script style:language-asian style:country-asian style:script-asian style:language-complex style:country-complex style:script-complex number:language number:country`: lang,
		`svg:d draw:points`: curve, `draw:enhanced-path draw:formula draw:text-areas draw:modifiers draw:path-stretchpoint-x draw:path-stretchpoint-y`: formula,
		`draw:transform`: turned, `fo:text-shadow`: moved, `style:condition`: when,
		`fo:border fo:border-left fo:border-right fo:border-top fo:border-bottom style:diagonal-bl-tr style:diagonal-tl-br style:shadow`: line,
		`fo:color fo:background-color style:text-underline-color style:text-line-through-color style:text-overline-color style:leader-color style:layout-grid-color style:color draw:fill-color
		draw:secondary-fill-color svg:stroke-color draw:shadow-color draw:start-color draw:end-color draw:color table:tab-color`: tint,
		`style:border-line-width style:border-line-width-left style:border-line-width-right style:border-line-width-top style:border-line-width-bottom svg:viewBox style:text-position draw:tile-repeat-offset`: nil,
	} {
		for _, n := range strings.Fields(names) {
			m[n] = re
		}
	}
	for _, n := range strings.Fields(plain) {
		if m[n] == nil {
			m[n] = nil
		}
	}
	return m
}()

// plain attributes are numbers with a unit, or words of the schema.
const plain = `style:family style:class style:list-level style:default-outline-level style:font-charset style:font-family-generic style:font-pitch style:page-usage style:use-window-font-color
	fo:font-size style:font-size-asian style:font-size-complex fo:font-weight style:font-weight-asian style:font-weight-complex fo:font-style style:font-style-asian style:font-style-complex
	fo:font-variant fo:text-transform style:text-underline-style style:text-underline-width style:text-underline-type style:text-underline-mode style:text-line-through-style
	style:text-line-through-type style:text-line-through-mode style:text-line-through-width style:text-overline-style style:text-overline-type style:text-overline-width style:text-overline-mode
	style:text-outline style:font-relief style:text-emphasize style:text-scale fo:letter-spacing style:letter-kerning style:text-rotation-angle style:text-rotation-scale style:text-combine
	fo:hyphenate fo:hyphenation-remain-char-count fo:hyphenation-push-char-count fo:margin fo:margin-left fo:margin-right fo:margin-top fo:margin-bottom fo:text-indent style:auto-text-indent
	fo:text-align fo:text-align-last style:justify-single-word fo:line-height style:line-height-at-least style:line-spacing style:font-independent-line-spacing fo:keep-together fo:keep-with-next
	fo:widows fo:orphans fo:break-before fo:break-after fo:hyphenation-ladder-count fo:hyphenation-keep style:contextual-spacing style:tab-stop-distance style:punctuation-wrap style:text-autospace
	style:line-break style:snap-to-layout-grid style:vertical-align style:writing-mode style:writing-mode-automatic style:register-true style:background-transparency style:join-border fo:padding
	fo:padding-left fo:padding-right fo:padding-top fo:padding-bottom style:page-number text:number-lines style:position style:type style:leader-style style:leader-width style:leader-type
	style:length style:distance style:lines fo:page-width fo:page-height style:print-orientation style:first-page-number style:footnote-max-height style:layout-grid-lines
	style:layout-grid-base-height style:layout-grid-base-width style:layout-grid-ruby-height style:layout-grid-mode style:layout-grid-ruby-below style:layout-grid-print style:layout-grid-display
	style:layout-grid-snap-to style:layout-grid-standard-mode style:print style:print-page-order style:scale-to style:scale-to-pages style:scale-to-X style:scale-to-Y style:table-centering
	fo:min-height fo:max-height fo:min-width fo:max-width svg:height svg:width style:dynamic-spacing style:width style:line-style style:distance-before-sep style:distance-after-sep style:adjustment
	style:height fo:column-count fo:column-gap style:rel-width style:rel-height fo:start-indent fo:end-indent fo:space-before fo:space-after text:dont-balance-text-columns style:num-letter-sync
	style:column-width style:rel-column-width style:use-optimal-column-width style:row-height style:min-row-height style:use-optimal-row-height table:align table:border-model
	style:may-break-between-rows fo:wrap-option style:text-align-source style:repeat-content style:shrink-to-fit style:direction style:rotation-angle style:rotation-align style:decimal-places
	style:glyph-orientation-vertical style:wrap style:number-wrapped-paragraphs style:wrap-contour style:wrap-contour-mode style:run-through style:flow-with-text style:wrap-dynamic-threshold
	style:horizontal-pos style:horizontal-rel style:vertical-pos style:vertical-rel draw:wrap-influence-on-position style:mirror style:repeat style:ruby-align style:ruby-position
	text:level text:start-value text:display-levels text:bullet-relative-size text:consecutive-numbering text:list-level-position-and-space-mode text:label-followed-by text:list-tab-stop-position
	text:space-before text:min-label-width text:min-label-distance text:outline-level text:restart-numbering text:continue-numbering text:is-list-header text:note-class text:start-numbering-at
	text:footnotes-position text:offset text:increment text:number-position text:count-empty-lines text:select-page text:page-adjust text:anchor-type text:anchor-page-number text:line-number text:c
	table:number-columns-repeated table:number-rows-repeated table:number-columns-spanned table:number-rows-spanned table:is-sub-table table:use-first-row-styles
	draw:z-index svg:x svg:y svg:x1 svg:y1 svg:x2 svg:y2 svg:cx svg:cy svg:r svg:rx svg:ry draw:corner-radius draw:kind draw:start-angle draw:end-angle draw:type draw:corners draw:concave
	draw:sharpness draw:line-skew draw:caption-point-x draw:caption-point-y draw:layer table:end-x table:end-y table:table-background draw:stroke draw:fill draw:gradient-step-count draw:opacity
	draw:fill-image-width draw:fill-image-height draw:fill-image-ref-point draw:fill-image-ref-point-x draw:fill-image-ref-point-y draw:fill-hatch-solid svg:fill-rule svg:stroke-width
	svg:stroke-opacity svg:stroke-linecap draw:stroke-linejoin draw:marker-start-width draw:marker-end-width draw:marker-start-center draw:marker-end-center draw:shadow draw:shadow-offset-x
	draw:shadow-offset-y draw:shadow-opacity draw:textarea-horizontal-align draw:textarea-vertical-align draw:auto-grow-height draw:auto-grow-width draw:fit-to-size draw:fit-to-contour
	draw:color-mode draw:color-inversion draw:luminance draw:contrast draw:red draw:green draw:blue draw:gamma draw:image-opacity draw:background-size draw:caption-type draw:caption-angle-type
	draw:caption-angle draw:caption-gap draw:caption-escape-direction draw:caption-escape draw:caption-line-length draw:caption-fit-line-length draw:unit draw:measure-align draw:show-unit
	draw:start-line-spacing-horizontal draw:start-line-spacing-vertical draw:end-line-spacing-horizontal draw:end-line-spacing-vertical draw:style draw:cx draw:cy draw:start-intensity
	draw:end-intensity draw:angle draw:border draw:distance draw:rotation draw:dots1 draw:dots2 draw:dots1-length draw:dots2-length draw:start draw:end draw:mirror-horizontal draw:mirror-vertical
	draw:text-path draw:text-path-allowed draw:text-path-mode draw:text-path-scale draw:glue-point-type draw:extrusion-allowed draw:concentric-gradient-fill-allowed
	presentation:class presentation:placeholder presentation:user-transformed presentation:display-footer presentation:display-header presentation:display-date-time
	presentation:display-page-number presentation:background-visible presentation:background-objects-visible presentation:source number:decimal-places number:min-decimal-places
	number:min-integer-digits number:grouping number:style number:textual number:automatic-order number:min-exponent-digits number:exponent-interval number:forced-exponent-sign
	number:min-numerator-digits number:min-denominator-digits number:max-denominator-value number:truncate-on-overflow number:position number:calendar number:possessive-form style:volatile
	xlink:type xlink:show xlink:actuate`

// switches are the flags of a text's layout, each true or false.
const switches = `AddExternalLeading AddFrameOffsets AddParaLineSpacingToTableCells AddParaSpacingToTableCells AddParaTableSpacing AddParaTableSpacingAtStart` +
	` AddVerticalFrameOffsets AlignTabStopPosition ApplyParagraphMarkFormatToNumbering AutoFirstLineIndentDisregardLineSpace BackgroundParaOverDrawings` +
	` ClipAsCharacterAnchoredWriterFlyFrames ClippedPictures CollapseEmptyCellPara ConsiderTextWrapOnObjPos ContinuousEndnotes DisableOffPagePositioning` +
	` DoNotCaptureDrawObjsOnPage DoNotJustifyLinesWithManualBreak DoNotResetParaAttrsForNumFont FloattableNomargins FootnoteInColumnToPageEnd` +
	` FrameAutowidthWithMorePara GutterAtTop HeaderSpacingBelowLastPara IgnoreFirstLineIndentInNumbering IgnoreTabsAndBlanksForLineCalculation` +
	` InvertBorderSpacing IsKernAsianPunctuation MathBaselineAlignment MsWordCompMinLineHeightByFly MsWordCompTrailingBlanks NoGapAfterNoteNumber` +
	` NoNumberingShowFollowBy OutlineLevelYieldsNumbering PropLineSpacingShrinksFirstLine SmallCapsPercentage66 StylesNoDefault SubtractFlysAnchoredAtFlys` +
	` SurroundTextWrapSmall TabAtLeftIndentForParagraphsInList TabOverMargin TabOverSpacing TabOverflow TableRowKeep TabsRelativeToIndent` +
	` TreatSingleColumnBreakAsPageBreak UnbreakableNumberings UnxForceZeroExtLeading UseFormerLineSpacing UseFormerObjectPositioning UseFormerTextWrapping` +
	` UseOldNumbering UseOldPrinterMetrics WordLikeWrapForAsCharFlys`

// placed are attributes whose value hangs on the element that they stand on.
var placed = map[string]*regexp.Regexp{
	"style:style@style:display-name":         regexp.MustCompile(`^[A-Z][A-Za-z]{2,12}( [A-Za-z0-9]{1,12}){1,3}$|^Object with no fill and no line$`),
	"office:document-content@office:version": version, "office:document-styles@office:version": version, "office:document-settings@office:version": version,
	"config:config-item-set@config:name": regexp.MustCompile(`^ooo:configuration-settings$`), "config:config-item@config:type": regexp.MustCompile(`^boolean$`), "config:config-item@config:name": regexp.MustCompile(`^(` + strings.ReplaceAll(switches, " ", "|") + `)$`),
	"manifest:manifest@manifest:version": version, "manifest:file-entry@manifest:version": version,
	"manifest:file-entry@manifest:media-type": regexp.MustCompile(`^(application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)|text/xml|image/(png|jpeg))$`),
	"manifest:file-entry@manifest:full-path":  regexp.MustCompile(`^(/|content\.xml|styles\.xml|settings\.xml|Pictures/image[0-9]{1,5}\.(png|jpeg))$`),
	"draw:image@xlink:href":                   picture, "draw:fill-image@xlink:href": picture,
	"text:section@text:name": regexp.MustCompile(`^section[0-9]{1,5}$`), "draw:page@draw:name": regexp.MustCompile(`^page[0-9]{1,5}$`), "draw:equation@draw:name": regexp.MustCompile(`^f[0-9]{1,4}$`),
	"draw:gradient@draw:name": styled, "draw:hatch@draw:name": styled, "draw:marker@draw:name": styled, "draw:stroke-dash@draw:name": styled, "draw:opacity@draw:name": styled, "draw:fill-image@draw:name": styled,
	"text:note@text:id": regexp.MustCompile(`^n[0-9]{1,5}$`), "text:note-citation@text:label": regexp.MustCompile(`^[^\p{Han}]{1,2}$`),
	"text:list@xml:id": listID, "text:list@text:continue-list": listID,
	"table:table@table:print-ranges":     regexp.MustCompile(`^` + block + `( ` + block + `){0,31}$`),
	"table:table@table:print":            regexp.MustCompile(`^false$`),
	"table:table-cell@office:value-type": regexp.MustCompile(`^(string|float|percentage|date)$`),
	"table:table-cell@office:value":      regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`), "table:table-cell@office:date-value": regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`),
}

// block is a range of cells within its own sheet.
const block = `\.[A-Z]{1,3}[1-9][0-9]{0,6}:\.[A-Z]{1,3}[1-9][0-9]{0,6}`

var (
	version = regexp.MustCompile(`^1\.3$`)
	listID  = regexp.MustCompile(`^l[0-9A-Za-z_]{1,24}$`)
	neutral = regexp.MustCompile(`^表[0-9]{1,5}$`)
	sheet   = regexp.MustCompile(`^[^\[\]:*?/\\]{1,31}$`)
)

// attribute judges one attribute and notes what it leads to.
func (w *walker) attribute(elem string, a ooxmlproof.Attr) {
	switch elem + "@" + a.Name {
	case "draw:image@xlink:href", "draw:fill-image@xlink:href":
		w.p.shown[a.Value] = true
	case "manifest:file-entry@manifest:full-path":
		if a.Value != "/" {
			w.p.listed[a.Value] = true
		}
	case "table:table-cell@office:value":
		w.cell.value = a.Value
	case "table:table-cell@office:date-value":
		w.cell.day = a.Value
	case "table:table@table:name":
		if re := map[bool]*regexp.Regexp{true: sheet, false: neutral}[w.p.kind == "ods" && len(w.stack) == 4]; !re.MatchString(a.Value) {
			w.p.say("副本中有不明属性 %s@%s", elem, a.Name)
		}
		return
	}
	if re := placed[elem+"@"+a.Name]; re != nil {
		if !re.MatchString(a.Value) {
			w.p.say("副本中有不明属性 %s@%s", elem, a.Name)
		}
		return
	}
	re, known := values[a.Name]
	ok := known && (amount.MatchString(a.Value) || wordy(a.Value) || extra[a.Name] != nil && extra[a.Name].MatchString(a.Value))
	if re != nil {
		ok = re.MatchString(a.Value) || a.Value == "none" || a.Value == "auto"
	}
	if !ok {
		w.p.say("副本中有不明属性 %s@%s", elem, a.Name)
	}
}

// extra are forms of values that are neither an amount nor a word.
var extra = map[string]*regexp.Regexp{
	"style:text-position": regexp.MustCompile(`^(super|sub|` + number + `)( ` + number + `)?$`), "style:vertical-align": words, "xlink:actuate": regexp.MustCompile(`^onLoad$`),
	"svg:viewBox": curve, "style:print": regexp.MustCompile(`^([a-z\-]{4,14} ?){1,8}$`), "draw:type": regexp.MustCompile(`^(mso-spt[0-9]{1,3}|ooxml-non-primitive)$`), "draw:line-skew": amount,
	"draw:tile-repeat-offset": regexp.MustCompile(`^` + number + ` (horizontal|vertical)$`), "style:font-relief": words, "style:text-emphasize": regexp.MustCompile(`^([a-z]{4,6} ?){1,2}$`),
}

// schema are the words that attributes of the layout are made of; no other word passes.
var schema = set(`true false none auto normal solid dotted dash dashed long dot wave double single thin medium thick bold italic oblique small caps uppercase lowercase capitalize start end
	left right center justify top bottom middle baseline automatic super sub page column both always avoid before line number current previous next paragraph content margin char as frame text
	from inside outside below above horizontal vertical parallel dynamic run through biggest foreground background wrap no repeat stretch full border scale size position standard greyscale mono
	watermark separate collapsing collapse ltr ttb lr tb rl bt portrait landscape strict hanging simple ideograph alpha space continuous skip white font color underline word letter letters lines
	embossed engraved all distribute fix value type graphic drawing table row cell section ruby chart presentation list extra index chapter default html roman swiss modern decorative script system
	variable fixed linear axial radial ellipsoid square rectangular rect round miter bevel butt margins mirrored as needed listtab nothing label alignment width and continue document footnote endnote
	title subtitle outline notes header footer date time object handout orgchart layout backgroundobjects controls measurelines string float percentage boolean currency short format embed visible
	transparent transparency limit first dispersed free path triple circle arc cut lines straight curve smart x symbol accent disc reset change manual grid relative fill minimum around noncentered
	iterative once concurrent successive min height consider overlap opaque inherit gradient bitmap hatch text tables annotations charts drawings formulas grid headers objects zero values properties
	process decision terminator data flowchart primitive non mso rectangle ellipse isosceles triangle diamond hexagon octagon up down arrow cloud cross brace bracket stroke point`)

// wordy tells values that are words of the schema joined by hyphens.
func wordy(v string) bool {
	if !words.MatchString(v) {
		return false
	}
	for _, p := range strings.Split(v, "-") {
		if !schema[p] {
			return false
		}
	}
	return true
}
