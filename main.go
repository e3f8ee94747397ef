// Command jinggao (净稿) is the desk of a bureau that must publish nothing secret:
// with a verb it works in the terminal, without one it opens the window.
package main

import (
	"os"

	"fyne.io/fyne/v2/app"

	"jinggao/app/cli"
	_ "jinggao/app/cli/hush"
	"jinggao/app/platform/opengl"
	"jinggao/app/submission/tablechild"
	"jinggao/app/ui"
	"jinggao/sanitize/worker"
)

func main() {
	args := os.Args[1:]
	switch {
	case len(args) == 1 && args[0] == worker.Verb:
		os.Exit(worker.Main(tablechild.Task()))
	case opengl.IsProbe(os.Args):
		opengl.Probe()
	case cli.IsCall(args):
		os.Exit(cli.Main(args))
	default:
		os.Exit(ui.Main(args, cli.Version, app.NewWithID))
	}
}
