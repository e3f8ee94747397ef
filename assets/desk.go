package assets

import (
	"embed"
	"io/fs"
)

//go:generate go run ./internal/sample

//go:embed campaigns/*.toml
var campaigns embed.FS

// Campaigns is the folder of built-in campaign files (*.toml).
func Campaigns() fs.FS {
	f, err := fs.Sub(campaigns, "campaigns")
	if err != nil { // only a wrong constant above could cause it
		panic(err)
	}
	return f
}

//go:embed sample
var sample embed.FS

// Sample is the folder of the sample case: case.toml and the documents it names.
func Sample() fs.FS {
	f, err := fs.Sub(sample, "sample")
	if err != nil { // only a wrong constant above could cause it
		panic(err)
	}
	return f
}
