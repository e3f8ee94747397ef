package ui

import (
	"context"

	"jinggao/app/ui/export"
)

// papers writes the reports of an export.
func papers(context.Context, string, *export.Summary) error { return nil }
