package assets

import _ "embed"

//go:embed manual/manual.md
var manual string

// Manual is the user manual, Chinese, in Markdown.
func Manual() string { return manual }

//go:embed icon/icon.png
var icon []byte

// Icon is the program's icon as PNG, 256 × 256.
func Icon() []byte { return icon }
