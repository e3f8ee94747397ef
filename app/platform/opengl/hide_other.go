//go:build !windows

package opengl

import "os/exec"

func hide(*exec.Cmd) {}
