package reviewpage

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/review"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview"
	"jinggao/sanitize/finding"
)

func stateColor(s review.State) color.Color { return theme.Color(stateName(s)) }

// stateName is the colour of a state by name.
func stateName(s review.State) fyne.ThemeColorName {
	switch s {
	case review.Treated:
		return theme.ColorMaskedEdge
	case review.Replaced:
		return theme.ColorReplacedEdge
	case review.Ignored, review.Cleared, review.Hint:
		return theme.ColorIgnoredEdge
	case review.Withdrawn:
		return base.ColorNameError
	}
	return theme.ColorPendingEdge
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
