package reviewpage

import (
	"image/color"

	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/review"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview"
	"jinggao/sanitize/finding"
)

func stateColor(s review.State) color.Color {
	switch s {
	case review.Treated:
		return theme.Color(theme.ColorMaskedEdge)
	case review.Replaced:
		return theme.Color(theme.ColorReplacedEdge)
	case review.Ignored, review.Cleared, review.Hint:
		return theme.Color(theme.ColorIgnoredEdge)
	case review.Withdrawn:
		return theme.Color(base.ColorNameError)
	}
	return theme.Color(theme.ColorPendingEdge)
}

func viewState(s review.State) docview.State {
	switch s {
	case review.Treated, review.Withdrawn:
		return docview.Masked
	case review.Replaced:
		return docview.Replaced
	case review.Ignored, review.Cleared, review.Hint:
		return docview.Ignored
	}
	return docview.Pending
}

func levelColor(l finding.Level) color.Color {
	switch l {
	case finding.S1:
		return theme.Color(base.ColorNameError)
	case finding.S2:
		return theme.Color(theme.ColorPendingEdge)
	case finding.S3:
		return theme.Color(base.ColorNamePrimary)
	}
	return theme.Color(theme.ColorMuted)
}
