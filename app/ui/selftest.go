package ui

import "jinggao/app/ui/shell"

func selftest(*shell.Window, string, func(int)) {}
