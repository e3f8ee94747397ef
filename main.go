// Command jinggao (净稿) is the desk of a bureau that must publish nothing secret:
// with a verb it works in the terminal, without one it opens the window.
package main

import (
	"fmt"
	"os"

	"jinggao/app/cli"
	"jinggao/sanitize/worker"
)

func main() {
	args := os.Args[1:]
	switch {
	case len(args) == 1 && args[0] == worker.Verb:
		os.Exit(worker.Main())
	case cli.IsCall(args):
		os.Exit(cli.Main(args))
	}
	fmt.Fprintln(os.Stderr, "此版本不含窗口，请使用命令行：jinggao help")
	os.Exit(cli.ExitUsage)
}
