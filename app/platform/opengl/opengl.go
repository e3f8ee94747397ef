// Package opengl asks whether a window can be drawn here. The window library only
// writes to standard error when it cannot, and then stays behind without a window.
//
// The question is put in a child process of the same program, by the same means the
// window library uses (GLFW, a hidden window with OpenGL 2.1), so that a driver that
// crashes takes the child down and not the program. It takes some tenths of a second:
// begin early, look at the answer just before the window is shown.
package opengl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/go-gl/glfw/v3.3/glfw"

	"jinggao/app/platform"
)

// ProbeArg is the one argument with which the program starts itself as the child.
const ProbeArg = "--opengl-probe"

// exitNoDisplay is the code of a child that found no screen.
const exitNoDisplay = 4

// notInitialized is GLFW_NOT_INITIALIZED: the binding logs why GLFW did not start
// and tells only this.
const notInitialized = glfw.ErrorCode(0x00010001)

// Limit is how long the child may take.
const Limit = 15 * time.Second

// IsProbe tells whether this process is the child: call Probe then and nothing else.
func IsProbe(args []string) bool { return len(args) == 2 && args[1] == ProbeArg }

// Probe answers in the child process: it ends it with code 0 if a window can be
// drawn, else with platform.ExitNoWindow and the reason on standard output.
func Probe() {
	err := probe()
	if err == nil {
		os.Exit(0)
	}
	fmt.Println(err)
	var ge *glfw.Error
	if errors.As(err, &ge) && ge.Code == notInitialized {
		os.Exit(exitNoDisplay)
	}
	os.Exit(platform.ExitNoWindow)
}

// probe opens a hidden window on this thread.
func probe() (err error) {
	runtime.LockOSThread()
	defer func() {
		if v := recover(); v != nil { // the binding panics on errors that it does not expect
			if e, ok := v.(error); ok {
				err = fmt.Errorf("open a window: %w", e)
				return
			}
			err = fmt.Errorf("open a window: %v", v)
		}
	}()
	if err := glfw.Init(); err != nil {
		return fmt.Errorf("start GLFW: %w", err)
	}
	defer glfw.Terminate()
	glfw.WindowHint(glfw.Visible, glfw.False)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	if es() {
		glfw.WindowHint(glfw.ClientAPI, glfw.OpenGLESAPI)
		glfw.WindowHint(glfw.ContextVersionMinor, 0)
	} else {
		glfw.WindowHint(glfw.ContextVersionMinor, 1)
	}
	w, err := glfw.CreateWindow(64, 64, "", nil, nil)
	if err != nil {
		return fmt.Errorf("open a window: %w", err)
	}
	w.MakeContextCurrent()
	w.Destroy()
	return nil
}

// es tells whether the window library is built for OpenGL ES, as it is on ARM.
func es() bool {
	return runtime.GOARCH == "arm" || runtime.GOARCH == "arm64" && runtime.GOOS != "darwin"
}

// Ask starts the child; the answer waits for it. The answer is nil if a window can be
// drawn, else an error that wraps platform.ErrNoOpenGL or platform.ErrNoDisplay. If the child cannot be
// started at all, the answer is nil: that says nothing about OpenGL.
func Ask() (answer func() error) {
	self, err := os.Executable()
	if err != nil {
		return func() error { return nil }
	}
	return askWith(Limit, self, ProbeArg)
}

func askWith(limit time.Duration, name string, args ...string) func() error {
	ctx, stop := context.WithTimeout(context.Background(), limit)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	hide(cmd)
	if err := cmd.Start(); err != nil {
		stop()
		return func() error { return nil }
	}
	done := make(chan error, 1)
	go func() {
		done <- cmd.Wait()
		stop()
	}()
	return func() error {
		err := <-done
		done <- err // may be asked again
		if err == nil {
			return nil
		}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return fmt.Errorf("%w: no answer in time", platform.ErrNoOpenGL)
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == exitNoDisplay {
			return fmt.Errorf("%w: %s", platform.ErrNoDisplay, strings.TrimSpace(out.String()))
		}
		return fmt.Errorf("%w: %s (%w)", platform.ErrNoOpenGL, strings.TrimSpace(out.String()), err)
	}
}

// Explain says to the person why there is no window and what to do, and ends the
// program with platform.ExitNoWindow. No window may be open.
func Explain(reason error) {
	platform.Message("净稿无法显示窗口", Text(reason))
	if reason != nil {
		fmt.Fprintln(os.Stderr, reason)
	}
	os.Exit(platform.ExitNoWindow)
}

// Text is what Explain says about a reason.
func Text(reason error) string {
	if errors.Is(reason, platform.ErrNoDisplay) {
		return "没有找到图形桌面，窗口无法显示。\n\n" +
			"请在图形桌面中启动净稿，或在命令行使用 jinggao scan、clean、verify。\n\n" +
			"案卷和文件均未改动。"
	}
	return "这台计算机的显示环境不支持 OpenGL 2.1，窗口无法绘制。\n" +
		"常见原因：远程桌面、虚拟机，或显卡驱动过旧。\n\n" +
		"请依次尝试：\n" +
		"1. 在本机（而非远程桌面）上启动净稿；\n" +
		"2. 安装显卡厂商提供的最新驱动程序后重试；\n" +
		"3. 仍不可用时，可在命令行使用 jinggao scan、clean、verify，或联系信息部门。\n\n" +
		"案卷和文件均未改动。"
}
