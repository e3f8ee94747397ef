package odf

import (
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// words are the values of the format's enumerations. A value made of anything but
// these, numbers with a unit, and colours does not come into a copy.
var words = set(`true false none auto normal solid dotted dash dashed long-dash dot-dash dot-dot-dash wave double single thin medium thick bold italic oblique small-caps uppercase lowercase
	capitalize start end left right center justify top bottom middle baseline automatic super sub page column both always avoid before-line page-number current previous next
	paragraph paragraph-content paragraph-start-margin paragraph-end-margin page-content page-start-margin page-end-margin char as-char frame frame-content frame-start-margin frame-end-margin
	text line from-top from-left from-inside inside outside below above horizontal-right from-bottom parallel dynamic run-through biggest foreground background wrap no-wrap
	repeat no-repeat stretch full border scale size position content standard greyscale mono watermark separate collapsing collapse ltr ttb lr lr-tb rl rl-tb tb-rl tb-lr tb bt-lr
	portrait landscape portable strict hanging simple ideograph-alpha continuous skip-white-space font-color underline word letters lines embossed engraved justify-all distribute fix value-type
	text-properties graphic drawing-page table table-row table-column table-cell section ruby chart presentation list extra index chapter default html roman swiss modern decorative script system
	variable fixed linear axial radial ellipsoid square rectangular rect round miter bevel butt margins margin all mirrored as-needed listtab space nothing label-alignment label-width-and-position
	continue document footnote endnote title subtitle outline notes header footer date-time object handout orgchart layout backgroundobjects controls measurelines
	string float percentage date time boolean currency short long standard-format embed onLoad simple-style printer screen visible transparent transparency no-limit first-page dispersed
	free standard-path triple full-circle circle arc cut line-cap lines-straight curve smart x-symbol ideograph-space accent dot disc above-letter below-letter reset no-change manual
	grid charts drawings objects zero-values annotations headers formulas justify-low relative fill minimum around noncentered through iterative once-concurrent once-successive min-height consider-overlap hidden-none parallel-line opaque color
	current-date fixed-text nonprimitive lines-and-grid both-sides char-and-line stroke with-tabs inherit gradient bitmap hatch wrap-through number-none`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, f := range strings.Fields(s) {
		m[f] = true
	}
	return m
}

// attrs are the attributes that a copy may have, on whatever element, if their value passes.
var attrs = set(`office:version
	style:family style:class style:list-level style:default-outline-level style:font-charset style:font-family-generic style:font-pitch style:page-usage
	style:use-window-font-color fo:color fo:font-size style:font-size-asian style:font-size-complex fo:font-weight style:font-weight-asian style:font-weight-complex fo:font-style
	style:font-style-asian style:font-style-complex fo:font-variant fo:text-transform style:text-underline-style style:text-underline-width style:text-underline-color style:text-underline-type
	style:text-underline-mode style:text-line-through-style style:text-line-through-type style:text-line-through-mode style:text-line-through-width style:text-line-through-color style:text-overline-style
	style:text-overline-type style:text-overline-width style:text-overline-color style:text-overline-mode style:text-outline fo:text-shadow style:font-relief style:text-emphasize style:text-position style:text-scale
	fo:letter-spacing style:letter-kerning fo:background-color style:text-rotation-angle style:text-rotation-scale style:text-combine fo:hyphenate fo:hyphenation-remain-char-count
	fo:hyphenation-push-char-count fo:language fo:country fo:script style:language-asian style:country-asian style:script-asian style:language-complex style:country-complex style:script-complex
	fo:margin fo:margin-left fo:margin-right fo:margin-top fo:margin-bottom fo:text-indent style:auto-text-indent fo:text-align fo:text-align-last style:justify-single-word fo:line-height
	style:line-height-at-least style:line-spacing style:font-independent-line-spacing fo:keep-together fo:keep-with-next fo:widows fo:orphans fo:break-before fo:break-after fo:hyphenation-ladder-count
	fo:hyphenation-keep style:contextual-spacing style:tab-stop-distance style:punctuation-wrap style:text-autospace style:line-break style:snap-to-layout-grid style:vertical-align style:writing-mode
	style:writing-mode-automatic style:register-true style:background-transparency style:join-border fo:border fo:border-left fo:border-right fo:border-top fo:border-bottom style:border-line-width
	style:border-line-width-left style:border-line-width-right style:border-line-width-top style:border-line-width-bottom fo:padding fo:padding-left fo:padding-right fo:padding-top fo:padding-bottom
	style:shadow style:page-number text:number-lines style:position style:type style:leader-style style:leader-width style:leader-color style:leader-type style:leader-text style:char style:length style:distance style:lines
	fo:page-width fo:page-height style:print-orientation style:num-format style:first-page-number style:footnote-max-height style:layout-grid-color style:layout-grid-lines
	style:layout-grid-base-height style:layout-grid-base-width style:layout-grid-ruby-height style:layout-grid-mode style:layout-grid-ruby-below style:layout-grid-print style:layout-grid-display
	style:layout-grid-snap-to style:layout-grid-standard-mode style:print style:print-page-order style:scale-to style:scale-to-pages style:scale-to-X style:scale-to-Y style:table-centering fo:min-height fo:max-height fo:min-width
	fo:max-width svg:height svg:width style:dynamic-spacing style:width style:line-style style:distance-before-sep style:distance-after-sep style:adjustment style:color style:height
	fo:column-count fo:column-gap style:rel-width style:rel-height fo:start-indent fo:end-indent fo:space-before fo:space-after text:dont-balance-text-columns style:num-prefix style:num-suffix style:num-letter-sync
	style:column-width style:rel-column-width style:use-optimal-column-width style:row-height style:min-row-height style:use-optimal-row-height table:align table:border-model style:may-break-between-rows
	fo:wrap-option style:text-align-source style:repeat-content style:shrink-to-fit style:direction style:rotation-angle style:rotation-align style:decimal-places style:diagonal-bl-tr style:diagonal-tl-br
	style:glyph-orientation-vertical table:tab-color
	style:wrap style:number-wrapped-paragraphs style:wrap-contour style:wrap-contour-mode style:run-through style:flow-with-text style:wrap-dynamic-threshold style:horizontal-pos style:horizontal-rel
	style:vertical-pos style:vertical-rel draw:wrap-influence-on-position style:mirror style:repeat style:filter-none style:ruby-align style:ruby-position
	text:level text:start-value text:display-levels text:bullet-char text:bullet-relative-size text:consecutive-numbering text:list-level-position-and-space-mode text:label-followed-by
	text:list-tab-stop-position text:space-before text:min-label-width text:min-label-distance text:outline-level text:restart-numbering text:continue-numbering text:is-list-header
	text:note-class text:start-numbering-at text:footnotes-position text:offset text:increment text:number-position text:count-empty-lines text:select-page text:page-adjust text:anchor-type
	text:anchor-page-number text:line-number text:use-soft-page-breaks-none
	table:number-columns-repeated table:number-rows-repeated table:number-columns-spanned table:number-rows-spanned table:is-sub-table table:use-first-row-styles
	draw:z-index svg:x svg:y svg:x1 svg:y1 svg:x2 svg:y2 svg:cx svg:cy svg:r svg:rx svg:ry svg:viewBox svg:d draw:points draw:transform draw:corner-radius draw:kind draw:start-angle
	draw:end-angle draw:type draw:corners draw:concave draw:sharpness draw:line-skew draw:caption-point-x draw:caption-point-y draw:layer table:end-x table:end-y table:table-background draw:stroke draw:fill
	draw:fill-color draw:secondary-fill-color draw:gradient-step-count draw:opacity draw:fill-image-width draw:fill-image-height draw:fill-image-ref-point draw:fill-image-ref-point-x
	draw:fill-image-ref-point-y draw:tile-repeat-offset draw:fill-hatch-solid svg:fill-rule svg:stroke-color svg:stroke-width svg:stroke-opacity svg:stroke-linecap draw:stroke-linejoin
	draw:marker-start-width draw:marker-end-width draw:marker-start-center draw:marker-end-center draw:shadow draw:shadow-offset-x draw:shadow-offset-y draw:shadow-color draw:shadow-opacity
	draw:textarea-horizontal-align draw:textarea-vertical-align draw:auto-grow-height draw:auto-grow-width draw:fit-to-size draw:fit-to-contour draw:color-mode draw:color-inversion draw:luminance
	draw:contrast draw:red draw:green draw:blue draw:gamma draw:image-opacity draw:background-size draw:auto-grow draw:caption-type draw:caption-angle-type draw:caption-angle draw:caption-gap
	draw:caption-escape-direction draw:caption-escape draw:caption-line-length draw:caption-fit-line-length draw:unit draw:measure-align draw:show-unit
	draw:start-line-spacing-horizontal draw:start-line-spacing-vertical draw:end-line-spacing-horizontal draw:end-line-spacing-vertical
	draw:style draw:cx draw:cy draw:start-color draw:end-color draw:start-intensity draw:end-intensity draw:angle draw:border draw:color draw:distance draw:rotation draw:dots1 draw:dots2
	draw:dots1-length draw:dots2-length draw:start draw:end draw:text-areas draw:enhanced-path draw:modifiers draw:mirror-horizontal draw:mirror-vertical draw:text-path draw:text-path-allowed draw:text-path-mode draw:text-path-scale draw:formula
	draw:path-stretchpoint-x draw:path-stretchpoint-y draw:glue-point-type draw:extrusion-allowed draw:concentric-gradient-fill-allowed
	presentation:class presentation:placeholder presentation:user-transformed presentation:display-footer presentation:display-header presentation:display-date-time presentation:display-page-number
	presentation:background-visible presentation:background-objects-visible presentation:source
	number:decimal-places number:min-decimal-places number:min-integer-digits number:grouping number:style number:textual number:language number:country number:automatic-order
	number:min-exponent-digits number:exponent-interval number:forced-exponent-sign number:min-numerator-digits number:min-denominator-digits number:max-denominator-value
	number:truncate-on-overflow number:position number:calendar number:possessive-form style:volatile style:condition`)

// refAttrs name styles; the names are made anew.
var refAttrs = set(`style:name style:parent-style-name style:next-style-name style:list-style-name style:master-page-name style:page-layout-name style:data-style-name style:apply-style-name
	text:style-name text:visited-style-name text:citation-style-name text:citation-body-style-name text:default-style-name table:style-name table:default-cell-style-name draw:style-name
	draw:text-style-name draw:master-page-name presentation:style-name draw:fill-gradient-name draw:fill-hatch-name draw:fill-image-name draw:opacity-name draw:stroke-dash draw:marker-start
	draw:marker-end style:font-name style:font-name-asian style:font-name-complex style:style-name style:leader-text-style style:register-truth-ref-style-name
	presentation:use-footer-name presentation:use-header-name presentation:use-date-time-name presentation:name style:percentage-data-style-name`)

var (
	token     = regexp.MustCompile(`[^\s,()]+`)
	measure   = regexp.MustCompile(`^([+-]?[0-9]{0,7})(\.[0-9]{0,20})?(%|cm|mm|in|pt|pc|px|em|deg|rad|grad|\*)?$`)
	colour    = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	spaced    = regexp.MustCompile(`^[\s,()]*$`)
	functions = set(`rotate translate scale skewX skewY matrix rect`)
	path      = regexp.MustCompile(`^([MmLlHhVvCcSsQqTtAaZz]|-?[0-9]{1,7}(\.[0-9]{1,6})?|[ ,])*$`)
	enhanced  = regexp.MustCompile(`^([MLCZNFSTUABWVXYQGHIJKmlc ,()+*/-]|[?]f[0-9]{1,4}|\$[0-9]{1,3}|[0-9]{1,8}(\.[0-9]{1,12})?|left|top|right|bottom|xstretch|ystretch|hasstroke|hasfill|width|height|logwidth|logheight|pi|abs|sqrt|sin|cos|tan|atan2|atan|min|max|if)*$`)
	cellRange = regexp.MustCompile(`^[^"]{0,60}\$?[A-Z]{1,3}\$?[0-9]{1,7}(:[^"]{0,60}\$?[A-Z]{1,3}\$?[0-9]{1,7})?$`)
	listSigns = regexp.MustCompile(`^[\s第章节条款项目部分篇卷编图表附件册讲课问例注式（）()、．.。：:;；,，〔〕【】\[\]<>《》\-–—~*#'"/]{0,4}$`)
	language  = regexp.MustCompile(`^([a-z]{2,3}|[A-Z]{2}|[A-Z][a-z]{3})$`)
	oneSign   = regexp.MustCompile(`^\P{Han}?$`)
	ofNumber  = regexp.MustCompile(`^value\(\)(<|>|<=|>=|=|!=)-?[0-9]{1,9}(\.[0-9]{1,4})?$`)
)

// numFormats are the ways in which pages, notes and lists are counted.
var numFormats = map[string]bool{
	"": true, "1": true, "a": true, "A": true, "i": true, "I": true, "1st": true, "01, 02, 03, ...": true, "001, 002, 003, ...": true, "一, 二, 三, ...": true, "壹, 贰, 叁, ...": true, "壹, 貳, 參, ...": true,
	"①, ②, ③, ...": true, "甲, 乙, 丙, ...": true, "子, 丑, 寅, ...": true, "１, ２, ３, ...": true, "〡, 〢, 〣, ...": true, "イ, ロ, ハ, ...": true, "ア, イ, ウ, ...": true, "一, 二, 三（大写）, ...": true,
}

// shapeTypes may be told; the form of any other shape stands in its path.
var shapeTypes = regexp.MustCompile(`^(rectangle|round-rectangle|ellipse|isosceles-triangle|right-triangle|diamond|hexagon|octagon|(right|left|up|down)-arrow|left-right-arrow|up-down-arrow|cloud|frame|cross|(left|right)-(brace|bracket)|flowchart-(process|decision|terminator|data|document)|line|standard|lines|curve|full|section|cut|arc|mso-spt[0-9]{1,3}|non-primitive)$`)

// safe gives an attribute as it may be written, and whether it may be. Names of
// styles are no matter of it.
func safe(elem, name, value string) (string, bool) {
	if !attrs[name] {
		return "", false
	}
	switch name {
	case "style:num-format":
		return value, numFormats[value]
	case "style:num-prefix", "style:num-suffix":
		return value, listSigns.MatchString(value)
	case "text:bullet-char", "style:leader-text", "style:char":
		return value, oneSign.MatchString(value)
	case "fo:language", "fo:country", "fo:script", "style:language-asian", "style:country-asian", "style:script-asian", "style:language-complex", "style:country-complex", "style:script-complex", "number:language", "number:country":
		return value, language.MatchString(value) || value == "none"
	case "svg:d", "draw:points":
		return value, path.MatchString(value)
	case "draw:enhanced-path", "draw:formula", "draw:text-areas", "draw:modifiers", "draw:path-stretchpoint-x", "draw:path-stretchpoint-y":
		return value, enhanced.MatchString(value)
	case "style:condition":
		return value, ofNumber.MatchString(value)
	case "draw:type":
		if strings.HasPrefix(value, "ooxml-") { // laid out in another way
			return "ooxml-non-primitive", true
		}
		if !shapeTypes.MatchString(value) {
			value = "non-primitive"
		}
		return value, true
	case "office:version":
		return "1.3", true
	}
	return layout(value)
}

// layout passes numbers with a unit, colours and words of the format; numbers are cut
// to four places.
func layout(value string) (string, bool) {
	parts := token.FindAllString(value, -1)
	if len(parts) > 16 || !spaced.MatchString(token.ReplaceAllString(value, "")) {
		return "", false
	}
	ok := true
	out := token.ReplaceAllStringFunc(value, func(t string) string {
		switch m := measure.FindStringSubmatch(t); {
		case m != nil && t != "":
			if len(m[2]) > 5 {
				if v, err := strconv.ParseFloat(m[1]+m[2], 64); err == nil {
					return strconv.FormatFloat(v, 'f', 4, 64) + m[3]
				}
			}
		case colour.MatchString(t), words[t], functions[t]:
		default:
			ok = false
		}
		return t
	})
	return out, ok
}

// freeFonts come with free systems and the programs that write this format.
var freeFonts = regexp.MustCompile(`^(WenQuanYi (Micro|Zen) Hei( Mono| Sharp)?|OpenSymbol|StarSymbol|Droid Sans( Fallback)?|Lohit (Hindi|Devanagari)|FreeSans|FreeSerif|FreeMono|Lucida Sans( Unicode)?|PingFang SC|Heiti SC( Light)?|Songti SC|AR PL (UMing|UKai) CN|Nimbus (Sans|Roman|Mono)( L| PS)?)$`)

// fontFamily gives the font to write for a font, as a list of one.
func fontFamily(v string) string {
	v = strings.Trim(strings.TrimSpace(strings.Split(v, ",")[0]), `'" `)
	v, _, _ = strings.Cut(v, ";")
	v, _, _ = strings.Cut(v, ":")
	if !freeFonts.MatchString(v) {
		v = ooxml.SafeFont(v)
	}
	if strings.HasPrefix(v, "+") {
		v = "宋体"
	}
	if strings.ContainsAny(v, " .") {
		return "'" + strings.ReplaceAll(v, "'", "") + "'"
	}
	return v
}

// builtin are the names of styles that every program brings along.
var builtin = regexp.MustCompile(`^(Standard|Default|Text_20_body|Heading(_20_(10|[1-9]))?|List|Caption|Index|Header|Footer|Header_20_and_20_Footer|Footnote|Endnote|Title|Subtitle|Frame_20_contents|Table_20_(Contents|Heading)|` +
	`Footnote_20_(Symbol|anchor|Characters)|Endnote_20_(Symbol|anchor|Characters)|Internet_20_link|Visited_20_Internet_20_Link|Numbering_20_Symbols|Bullet_20_Symbols|Page_20_Number|Frame|Graphics|OLE|` +
	`Contents_20_([1-9]|10|Heading)|Index_20_Heading|Quotations|Line_20_numbering|Default_20_Paragraph_20_Font|Default_20_Style|standard|objectwithoutfill|Object_20_with_20_no_20_fill_20_and_20_no_20_line|Emphasis|Strong_20_Emphasis|Rubies|N[0-9]{1,3})$`)

// family endings that programs read a meaning from in the styles of a presentation.
var masterStyle = regexp.MustCompile(`^(.+)-(title|subtitle|notes|outline[1-9]|background|backgroundobjects)$`)

// names gives neutral names, the same one for the same name.
type names struct{ m map[string]string }

func (s *names) of(old string) string {
	if old == "" || builtin.MatchString(old) {
		return old
	}
	if v, ok := s.m[old]; ok {
		return v
	}
	if m := masterStyle.FindStringSubmatch(old); m != nil {
		return s.of(m[1]) + "-" + m[2]
	}
	v := "s" + strconv.Itoa(len(s.m)+1)
	s.m[old] = v
	return v
}
