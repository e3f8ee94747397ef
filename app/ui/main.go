// Package ui is the window program: how it starts, and how it ends without a word
// lost. The window itself is app/ui/shell.
package ui

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"jinggao/app/casefile"
	"jinggao/app/platform"
	"jinggao/app/platform/opengl"
	"jinggao/app/rulebook"
	"jinggao/app/ui/native"
	"jinggao/app/ui/prefs"
	"jinggao/app/ui/safe"
	"jinggao/app/ui/selftest"
	"jinggao/app/ui/shell"
	"jinggao/app/ui/theme"
	"jinggao/assets"
	"jinggao/sanitize"
)

// AppID names the program to the window library and the system.
const AppID = "cn.jinggao.desk"

// call is how the program was called.
type call struct {
	path     string // a case file to open
	sample   bool   // --sample
	selftest string // --selftest DIR: do a whole job in DIR by itself and end
	where    bool   // --where: tell a test on the standard streams where things are
}

func parse(args []string) call {
	var c call
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--sample":
			c.sample = true
		case args[i] == "--selftest" && i+1 < len(args):
			i++
			c.selftest = args[i]
		case args[i] == "--where":
			c.where = true
		case !strings.HasPrefix(args[i], "-"):
			c.path = args[i]
		}
	}
	return c
}

// Main opens the window and gives the exit code when it was closed. newApp makes the
// application of the window library; only package main imports its driver.
func Main(args []string, version string, newApp func(id string) fyne.App) int {
	c := parse(args)
	thrifty()
	answer := opengl.Ask()
	folder, err := platform.DataFolder()
	if err != nil {
		platform.Message("净稿无法启动", "找不到或不能写入个人数据文件夹，请检查磁盘和权限。\n"+err.Error())
		return 1
	}
	logs := filepath.Join(folder, "logs")
	done, err := platform.CatchCrashes(logs)
	closeLog := openLog(logs)
	if err != nil {
		slog.Warn("crashes are not logged", "error", err)
	}
	inst, err := platform.FirstInstance(folder)
	if errors.Is(err, platform.ErrRunning) {
		if err := platform.HandOver(folder, c.path); err != nil {
			slog.Error("hand over to the running program", "error", err)
		}
		done()
		return 0
	}
	if err := answer(); err != nil {
		slog.Error("no window", "error", err)
		done()
		opengl.Explain(err)
	}
	code := run(c, version, folder, logs, inst, newApp)
	closeLog()
	done()
	return code
}

// spare is how much of the memory in use may lie idle before it is collected, in
// percent. A desk computer runs other programs beside the window.
const spare = 50

// settled is how long after the start everything is loaded: what loading took is given
// back then.
const settled = 10 * time.Second

// thrifty has memory collected early, unless the environment says when.
func thrifty() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(spare)
	}
}

// run shows the window until it is closed.
func run(c call, version, folder, logs string, inst *platform.Instance, newApp func(id string) fyne.App) int {
	book := rulebook.Open(folder)
	set, problems, err := rulebook.InForce(book.Book())
	if err != nil {
		slog.Error("load the rules", "error", err)
		platform.Message("净稿无法启动", "检查规则未能载入，程序文件可能已损坏，请重新安装。\n"+err.Error())
		return 1
	}
	for _, problem := range problems {
		slog.Warn("a setting of the bureau does not fit the rules", "problem", problem.Error())
	}
	engine, err := sanitize.New(sanitize.Options{Rules: set})
	if err != nil {
		slog.Error("open the engine", "error", err)
		platform.Message("净稿无法启动", "检查规则未能载入，程序文件可能已损坏，请重新安装。\n"+err.Error())
		return 1
	}
	defer closeEngine(engine)
	a := newApp(AppID)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	if err := theme.ForceChinese(); err != nil {
		slog.Warn("Chinese words of the window library", "error", err)
	}
	p := prefs.New(a.Preferences())
	theme.Apply(a, theme.ParseTextSize(p.TextSize()))
	rules := engine.Rules()
	w := shell.New(shell.Params{
		App: a, Engine: engine, Prefs: p, Book: book,
		Facts: shell.Facts{Version: version, RulesVersion: rules.Version, RulesDigest: rules.Digest, Adjustments: rules.Adjustments, DataDir: folder, LogFile: filepath.Join(logs, logName)},
	})
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	watch(ctx, inst, w)
	code := 0
	a.Lifecycle().SetOnStarted(func() {
		if !native.Shown(w.Window()) { // the question before was answered yes, the window failed all the same
			opengl.Explain(platform.ErrNoOpenGL)
		}
		safe.Go("warm", func() { casefile.Warm(); engine.Warm(ctx) }, nil)
		time.AfterFunc(settled, debug.FreeOSMemory)
		begin(w, engine, c, func(result int) { code = result; a.Quit() })
	})
	w.Show()
	a.Run()
	w.CloseNow()
	return code
}

// begin does what the program was called for, once the window is there.
func begin(w *shell.Window, engine sanitize.API, c call, end func(code int)) {
	if c.where {
		selftest.Where(w, os.Stdin, os.Stdout)
	}
	switch {
	case c.selftest != "":
		selftest.Run(w, engine, c.selftest, end)
	case c.sample:
		w.OpenSample()
	case c.path != "":
		w.OpenPath(c.path)
	}
	if w.Book().Trouble() != nil && c.selftest == "" {
		w.ListsTrouble()
	}
}

func closeEngine(e *sanitize.Engine) {
	if err := e.Close(); err != nil {
		slog.Warn("close the engine", "error", err)
	}
}

// watch opens what a second call of the program asks for.
func watch(ctx context.Context, inst *platform.Instance, w *shell.Window) {
	if inst == nil {
		return
	}
	safe.Go("instance", func() {
		inst.Watch(ctx, func(path string) {
			safe.OnUI(func() { w.Front(path) })
		})
	}, nil)
	go func() {
		<-ctx.Done()
		if err := inst.Close(); err != nil {
			slog.Warn("give up the lock", "error", err)
		}
	}()
}

const logName = "jinggao.log"

// maxLog is when a log is set aside, in bytes.
const maxLog = 2 << 20

// openLog sends the log into a file; one older file is kept.
func openLog(dir string) (closeIt func()) {
	name := filepath.Join(dir, logName)
	if st, err := os.Stat(name); err == nil && st.Size() > maxLog {
		_ = os.Rename(name, name+".1") // a longer log is all that failing costs
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return func() {}
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(f, nil)))
	slog.Info("started", "at", time.Now().Format(time.RFC3339))
	return func() { _ = f.Close() }
}
