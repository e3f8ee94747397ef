// Package assets carries everything that the program brings along: rules,
// campaigns, the sample case, its own typeface and third-party data.
//
// The third-party data is packed by `go generate ./assets` from packages fetched
// at set-up and is not committed; a program built without it says so (Missing).
package assets

import (
	"embed"
	"io/fs"
)

//go:generate go run ./internal/pack

//go:embed all:packed
var packed embed.FS

//go:embed all:rules
var rules embed.FS

// Names of the packed third-party files.
const (
	PDFiumWasm  = "pdfium.wasm"            // PDFium compiled to WebAssembly (BSD-3, Apache-2.0; wrapper MIT)
	FontRegular = "NotoSansSC-Regular.ttf" // OFL-1.1
	FontBold    = "NotoSansSC-Bold.ttf"    // OFL-1.1
	Traditional = "TSCharacters.txt"       // OpenCC: traditional TAB simplified[ simplified…] (Apache-2.0)
	Dictionary  = "dictionary.txt"         // words for segmentation: word, frequency, part of speech (Apache-2.0)
	Licences    = "licences.txt"           // licences of all of the above and of the Go modules
)

var needed = []string{PDFiumWasm, FontRegular, FontBold, Traditional, Dictionary}

// Packed returns a packed third-party file, or nil if the program was built without it.
func Packed(name string) []byte {
	b, err := packed.ReadFile("packed/" + name)
	if err != nil {
		return nil
	}
	return b
}

// Missing lists the packed files that this build lacks; empty for a proper build.
func Missing() []string {
	var out []string
	for _, n := range needed {
		if _, err := fs.Stat(packed, "packed/"+n); err != nil { // reading them would copy 40 MB
			out = append(out, n)
		}
	}
	return out
}

// Rules is the folder of built-in rules (*.toml).
func Rules() fs.FS {
	f, err := fs.Sub(rules, "rules")
	if err != nil { // only a wrong constant above could cause it
		panic(err)
	}
	return f
}
