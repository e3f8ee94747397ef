package worker

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"jinggao/sanitize/document"
)

// child is one process that serves jobs one after the other.
type child struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	hold func() // releases what bounds the process (Windows job object)
}

func start(program string, memory uint64) (*child, error) {
	cmd := exec.Command(program, Verb)
	cmd.Env = append(os.Environ(), memoryVariable+"="+strconv.FormatUint(memory, 10))
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("pipe to child: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("pipe from child: %w", err)
	}
	prepare(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	hold, err := confine(cmd.Process, memory)
	if err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return nil, fmt.Errorf("limit child: %w", err)
	}
	return &child{cmd: cmd, in: in, out: bufio.NewReaderSize(out, 64<<10), hold: hold}, nil
}

// end closes the child's input, at which it leaves, and waits for it.
func (c *child) end() {
	_ = c.in.Close()
	c.reap()
}

// kill ends the child at once.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	c.reap()
}

// reap waits for the process and says how it ended.
func (c *child) reap() int {
	timer := time.AfterFunc(5*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	_ = c.cmd.Wait() // the exit code tells more than the error
	c.hold()
	return c.cmd.ProcessState.ExitCode()
}

var timeout = &document.Refusal{What: "读取超时，已停止", Why: "文件过大、结构异常或已损坏", Do: "请用 WPS 或 Office 打开后另存，或拆分后重试"}

var outOfMemory = &document.Refusal{What: "读取所需内存超过上限，已停止", Why: "文件过大或结构异常", Do: "请拆分文件后重试"}

var crashed = &document.Refusal{What: "读取时进程异常退出", Why: "文件已损坏或结构异常", Do: "请用 WPS 或 Office 打开后另存，再重新检查"}

// answer is what came back from a child.
type answer struct {
	res   response
	blobs [][]byte
	err   error
}

// run sends one job and waits for the answer, the deadline or ctx. After an error
// the child has been ended.
func (c *child) run(ctx context.Context, req request, blobs [][]byte, limit time.Duration) (*response, [][]byte, error) {
	done := make(chan answer, 1)
	go func() {
		var a answer
		if a.err = writeFrame(c.in, req, blobs...); a.err == nil {
			a.res, a.blobs, a.err = c.answer(ctx)
		}
		done <- a
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-done:
		if a.err == nil {
			return &a.res, a.blobs, nil
		}
		code := c.reapNow()
		if errors.Is(a.err, errFrame) || code == exitMemory {
			return nil, nil, outOfMemory
		}
		r := *crashed
		r.Detail = fmt.Sprintf("exit code %d", code)
		return nil, nil, &r
	case <-timer.C:
		c.kill()
		<-done
		return nil, nil, timeout
	case <-ctx.Done():
		c.kill()
		<-done
		return nil, nil, ctx.Err()
	}
}

// answer reads what the child says, up to the answer.
func (c *child) answer(ctx context.Context) (res response, blobs [][]byte, err error) {
	for {
		res = response{}
		if blobs, err = readFrame(c.out, &res); err != nil || res.Step == nil {
			return res, blobs, err
		}
		document.Stepped(ctx, res.Step.Done, res.Step.Total)
	}
}

// reapNow ends a child whose pipe is broken.
func (c *child) reapNow() int {
	_ = c.in.Close()
	return c.reap()
}
