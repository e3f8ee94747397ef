package opengl

import (
	"os/exec"
	"syscall"
)

// hide keeps the child from opening a console.
func hide(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }
