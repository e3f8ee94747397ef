// Package hush keeps the standard error of the command line to what the verbs say:
// the window library, which is linked into the same program, logs a line there
// while it is initialised if the system's language is C. It must therefore act
// before that library's own initialisation, which Go orders by what packages need:
// hush needs next to nothing. Command lines and child processes never use package log.
package hush

import (
	"io"
	"log"
	"os"
	"strings"
)

func init() {
	if len(os.Args) < 2 {
		return
	}
	switch first := os.Args[1]; {
	case strings.HasPrefix(first, "__"), !strings.HasPrefix(first, "-"), first == "-h", first == "--help", first == "--version":
		log.SetOutput(io.Discard)
	}
}
