package odf

import (
	"jinggao/sanitize/format/ooxml"
)

// layoutFlags are the switches of a text document that change where words come to
// stand. A copy gets settings of its own with these alone, each true or false.
var layoutFlags = set(`AddExternalLeading AddFrameOffsets AddParaLineSpacingToTableCells AddParaSpacingToTableCells AddParaTableSpacing AddParaTableSpacingAtStart AddVerticalFrameOffsets
	AlignTabStopPosition ApplyParagraphMarkFormatToNumbering AutoFirstLineIndentDisregardLineSpace BackgroundParaOverDrawings ClipAsCharacterAnchoredWriterFlyFrames ClippedPictures
	CollapseEmptyCellPara ConsiderTextWrapOnObjPos ContinuousEndnotes DisableOffPagePositioning DoNotCaptureDrawObjsOnPage DoNotJustifyLinesWithManualBreak DoNotResetParaAttrsForNumFont
	FloattableNomargins FootnoteInColumnToPageEnd FrameAutowidthWithMorePara GutterAtTop HeaderSpacingBelowLastPara IgnoreFirstLineIndentInNumbering IgnoreTabsAndBlanksForLineCalculation
	InvertBorderSpacing IsKernAsianPunctuation MathBaselineAlignment MsWordCompMinLineHeightByFly MsWordCompTrailingBlanks NoGapAfterNoteNumber NoNumberingShowFollowBy OutlineLevelYieldsNumbering
	PropLineSpacingShrinksFirstLine SmallCapsPercentage66 StylesNoDefault SubtractFlysAnchoredAtFlys SurroundTextWrapSmall TabAtLeftIndentForParagraphsInList TabOverMargin TabOverSpacing
	TabOverflow TableRowKeep TabsRelativeToIndent TreatSingleColumnBreakAsPageBreak UnbreakableNumberings UnxForceZeroExtLeading UseFormerLineSpacing UseFormerObjectPositioning
	UseFormerTextWrapping UseOldNumbering UseOldPrinterMetrics WordLikeWrapForAsCharFlys`)

// settings writes the switches that the original sets; nil if there are none.
func (w *writer) settings() []byte {
	b := w.r.p.files["settings.xml"]
	if w.r.kind != Text || b == nil {
		return nil
	}
	root, err := parse(b)
	if err != nil {
		return nil
	}
	list := ooxml.El("config:config-item-set", "config:name", "ooo:configuration-settings")
	have := map[string]bool{}
	walk(root, func(k *node) bool {
		name, v := k.Attr("config:name"), content(k)
		if k.Name == "config:config-item" && layoutFlags[name] && !have[name] && (v == "true" || v == "false") {
			have[name] = true
			list.Add(ooxml.El("config:config-item", "config:name", name, "config:type", "boolean").Add(ooxml.Txt(v)))
		}
		return true
	})
	if len(list.Kids) == 0 {
		return nil
	}
	return encode(ooxml.El("office:document-settings", "xmlns:ooo", "http://openoffice.org/2004/office", "office:version", "1.3").Add(ooxml.El("office:settings").Add(list)))
}
