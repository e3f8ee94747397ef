// Package cli is the command line of the program: the verbs, their output and
// their exit codes. JSON goes to standard output, one object a line; words for
// people go to standard error, in Chinese.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

// Version of the program; the build sets it.
var Version = "0.1.0"

// Exit codes that all verbs share. What 0 and 1 mean is said at each verb.
const (
	ExitOK        = 0
	ExitFound     = 1
	ExitUsage     = 2
	ExitRefused   = 3
	ExitUnproved  = 4
	ExitCancelled = 130
)

// grammar is what kong parses into.
type grammar struct {
	Scan    scanCmd    `cmd:""`
	Text    textCmd    `cmd:""`
	Clean   cleanCmd   `cmd:""`
	Verify  verifyCmd  `cmd:""`
	Table   tableCmd   `cmd:""`
	Rules   rulesCmd   `cmd:""`
	Sample  sampleCmd  `cmd:""`
	Version versionCmd `cmd:""`
}

// desk is what a verb works with.
type desk struct {
	ctx    context.Context
	out    io.Writer
	err    io.Writer
	engine sanitize.Options // Program, InProcess and the like, for tests
	exit   int
}

// say writes a line for people.
func (d *desk) say(format string, args ...any) { _, _ = fmt.Fprintf(d.err, format+"\n", args...) }

// verbs in the order of the contract; sample is for machines without a display.
var verbs = []string{"scan", "text", "clean", "verify", "table", "rules", "sample", "version", "help"}

// IsCall tells whether arguments are meant for the command line: a verb, a switch
// that asks for help, or a first word that is neither a switch nor an existing file.
func IsCall(args []string) bool {
	if len(args) == 0 {
		return false
	}
	first := args[0]
	if slices.Contains(verbs, first) || first == "-h" || first == "--help" || first == "--version" {
		return true
	}
	if strings.HasPrefix(first, "-") {
		return false
	}
	_, err := os.Stat(first)
	return err != nil
}

// Main runs the command line and returns the exit code of the process.
func Main(args []string) int {
	attachConsole()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return Run(ctx, args, os.Stdout, os.Stderr, sanitize.Options{})
}

// Run runs one verb. Options of the engine are for tests; their Words and Allow are overwritten.
func Run(ctx context.Context, args []string, out, errs io.Writer, opt sanitize.Options) int {
	d := &desk{ctx: ctx, out: out, err: errs, engine: opt}
	if len(args) > 0 && (args[0] == "help" || args[0] == "-h" || args[0] == "--help") {
		topic := ""
		if len(args) > 1 {
			topic = args[1]
		}
		_, _ = io.WriteString(out, usage(topic))
		return ExitOK
	}
	if len(args) == 1 && args[0] == "--version" {
		args = []string{"version"}
	}
	for i, a := range args {
		if a == "--" {
			break
		}
		if i > 0 && (a == "-h" || a == "--help") {
			_, _ = io.WriteString(out, usage(args[0]))
			return ExitOK
		}
	}
	var g grammar
	parser, err := kong.New(&g, kong.Name("jinggao"), kong.NoDefaultHelp(), kong.Writers(errs, errs), kong.KindMapper(reflect.String, kong.MapperFunc(verbatim)), kong.Exit(func(int) {}))
	if err != nil { // only a fault in the grammar above could cause it
		d.say("内部错误，程序文件可能已损坏，请重新安装（%v）", err)
		return ExitUsage
	}
	call, err := parser.Parse(args)
	if err != nil {
		d.say("用法错误：%s", translate(err))
		_, _ = io.WriteString(errs, usage(verbOf(args)))
		return ExitUsage
	}
	if err := call.Run(d); err != nil {
		return d.fail(err)
	}
	return d.exit
}

// usageError is a wrong call that shows only once the verb runs.
type usageError struct{ text string }

func (u usageError) Error() string { return u.text }

func wrongCall(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// fail reports what ended a verb.
func (d *desk) fail(err error) int {
	var u usageError
	switch {
	case errors.Is(err, context.Canceled):
		d.say("已停止")
		return ExitCancelled
	case errors.As(err, &u):
		d.say("用法错误：%s", u.text)
		return ExitUsage
	case errors.Is(err, sanitize.ErrLists):
		d.say("词库或白名单不能使用：%s", strings.TrimPrefix(err.Error(), sanitize.ErrLists.Error()+"："))
		return ExitUsage
	}
	var r *document.Refusal
	if errors.As(err, &r) {
		d.say("出错：%s", r.Error())
	} else {
		d.say("出错：没有做完，可能是磁盘、网络或输出中断，请检查后重试。详情：%v", err)
	}
	return ExitRefused
}

// verbatim takes an argument as it was typed: a name of a file need not be UTF-8 on
// every system.
func verbatim(ctx *kong.DecodeContext, target reflect.Value) error {
	t, err := ctx.Scan.PopValue("string")
	if err != nil {
		return err //nolint:wrapcheck // kong puts the name of the option before it, see sayings
	}
	target.SetString(fmt.Sprint(t.Value))
	return nil
}

// open opens the engine with the lists named on the command line.
func (d *desk) open(words, allow []string) (*sanitize.Engine, error) {
	opt := d.engine
	opt.Words, opt.Allow = words, allow
	told := 0
	opt.OnListProblem = func(p rule.Problem) {
		if told++; told <= maxToldProblems {
			d.say("词库、白名单中有一行未采用：%s", p.Error())
		}
	}
	e, err := sanitize.New(opt)
	if err != nil {
		return nil, err // its text is for people
	}
	if told > maxToldProblems {
		d.say("另有 %d 行未采用；全部问题见 jinggao rules check 文件", told-maxToldProblems)
	}
	return e, nil
}

// maxToldProblems is how many unused lines of lists are named one by one.
const maxToldProblems = 20

func verbOf(args []string) string {
	if len(args) > 0 && slices.Contains(verbs, args[0]) {
		return args[0]
	}
	return ""
}
