// Package shell is the window around the pages: the step bar above, the status bar
// below, the menu, opening and closing of cases, settings and help.
package shell

import (
	"errors"
	"log/slog"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"jinggao/app/casefile"
	"jinggao/app/platform"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/pages/attachpage"
	"jinggao/app/ui/pages/exportpage"
	"jinggao/app/ui/pages/reviewpage"
	"jinggao/app/ui/pages/rowspage"
	"jinggao/app/ui/pages/startpage"
	"jinggao/app/ui/prefs"
	"jinggao/app/ui/safe"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/widget/ime"
	"jinggao/sanitize"
	"jinggao/sanitize/rule"
)

// Params is what the window is made of. App and Engine are required.
type Params struct {
	App    fyne.App
	Engine sanitize.API
	Prefs  *prefs.Prefs
	Facts  Facts
	// Book is what the bureau set for itself; nil: nothing can be set.
	Book *rulebook.Store
	// Post runs a function on the UI goroutine, soon; nil: that of the window library.
	Post func(func())
}

// Facts are what 关于 and the log say about the program.
type Facts struct {
	Version                   string
	RulesVersion, RulesDigest string
	// Adjustments says in what the rules differ from the built-in ones.
	Adjustments []rule.Adjustment
	DataDir     string // log, cache
	LogFile     string
}

// Rules names the rules in force, for a case and for people.
func (f Facts) Rules() string {
	d := f.RulesDigest
	if len(d) > 16 {
		d = d[:16]
	}
	return f.RulesVersion + "（" + d + "）"
}

// Window is the one window of the program. All its methods are called on the UI
// goroutine.
type Window struct {
	p       Params
	win     fyne.Window
	dialogs *dialogs.Dialogs
	keys    *keymap.Table
	tasks   *task.Manager
	s       *session.Session

	start  *startpage.Page
	rows   *rowspage.Page
	attach *attachpage.Page
	review *reviewpage.Page
	export *exportpage.Page
	pages  []page.Page // by page.Step
	views  []fyne.CanvasObject
	at     page.Step

	opening int       // cases that are being opened
	next    page.Step // where a person asked to go meanwhile; page.Start: nowhere

	steps  *stepBar
	status *statusBar
	menu   *fyne.MainMenu
}

var _ page.Host = (*Window)(nil)

// New makes the window; it is not shown yet.
func New(p Params) *Window {
	if p.App == nil || p.Engine == nil || p.Prefs == nil {
		panic("shell: app, engine and preferences are required")
	}
	if p.Post == nil {
		p.Post = safe.OnUI
	}
	p.Facts = p.Facts.withTrouble(p.Book)
	w := &Window{p: p, win: p.App.NewWindow("净稿")}
	w.dialogs = dialogs.New(w.win)
	w.tasks = task.New(p.Post, func(s task.Status) { w.status.progress(s) })
	w.start, w.rows, w.attach = startpage.New(w), rowspage.New(w), attachpage.New(w)
	w.review = reviewpage.New(w)
	w.export = exportpage.New(w, p.Facts.export())
	w.review.Choices = w.export.Options
	w.pages = []page.Page{w.start, w.rows, w.attach, w.review, w.export}
	w.makeKeys()
	w.build()
	w.win.Resize(fyne.NewSize(1280, 700))
	w.win.CenterOnScreen()
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.Dropped(paths(uris)) })
	w.win.SetCloseIntercept(w.quit)
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if !w.keys.TypedKey(keymap.Global, k.Name, keymap.Modifiers()) {
			w.wait()
		}
	})
	return w
}

func paths(uris []fyne.URI) []string {
	out := make([]string, 0, len(uris))
	for _, u := range uris {
		out = append(out, u.Path())
	}
	return out
}

func (w *Window) makeKeys() {
	commands := w.commands()
	for _, p := range w.pages {
		commands = append(commands, p.Commands()...)
	}
	keys, err := keymap.New(commands...)
	if err != nil { // a mistake of the programmer
		panic(err)
	}
	keys.Busy = w.dialogs.Open
	keys.Refused = func(*keymap.Command) { w.wait() }
	keys.Focused = func() fyne.Focusable { return w.win.Canvas().Focused() }
	w.keys = keys
}

// build makes the whole content; it is called again when the text size changes.
func (w *Window) build() {
	old := w.status
	w.steps, w.status = newStepBar(w), newStatusBar(w)
	if old != nil {
		w.status.hint, w.status.undo = old.hint, old.undo
	}
	w.views = nil
	stack := container.NewStack()
	for i, p := range w.pages {
		v := p.Build()
		if page.Step(i) != w.at {
			v.Hide()
		}
		w.views = append(w.views, v)
		stack.Add(v)
	}
	w.menu = w.keys.Menu("案卷", "编辑", "步骤", "表格", "附件", "往来文书", "帮助")
	w.win.SetMainMenu(w.menu)
	w.win.SetContent(container.NewBorder(w.steps.content, w.status.content, nil, nil, container.NewPadded(stack)))
	w.refresh()
}

// Window is the window of the window library.
func (w *Window) Window() fyne.Window { return w.win }

// Dialogs shows dialogs.
func (w *Window) Dialogs() *dialogs.Dialogs { return w.dialogs }

// Keys is the table of commands.
func (w *Window) Keys() *keymap.Table { return w.keys }

// Prefs are the preferences of this computer.
func (w *Window) Prefs() *prefs.Prefs { return w.p.Prefs }

// Session is the open case, nil on the start page.
func (w *Window) Session() *session.Session { return w.s }

// At is the page in front.
func (w *Window) At() page.Step { return w.at }

// Busy tells whether background work runs.
func (w *Window) Busy() bool { return w.tasks.Busy() }

// Rows is page ①.
func (w *Window) Rows() *rowspage.Page { return w.rows }

// Attach is page ②.
func (w *Window) Attach() *attachpage.Page { return w.attach }

// Review is page ③.
func (w *Window) Review() *reviewpage.Page { return w.review }

// Export is page ④.
func (w *Window) Export() *exportpage.Page { return w.export }

// Say writes a remark into the status bar.
func (w *Window) Say(text string) { w.status.say(text, false) }

// Did writes an act that can be undone into the status bar.
func (w *Window) Did(text string) { w.status.say(text, true) }

// Fail tells of an error in three lines and writes it into the log, without text of
// documents.
func (w *Window) Fail(what string, err error) {
	slog.Error("told to the user", "what", what, "error", err)
	w.dialogs.Notice(dialogs.NoticeOf(what, err), nil)
}

// Goto shows a page; without a case only the start page.
func (w *Window) Goto(s page.Step) {
	if s == page.Settings {
		w.Settings()
		return
	}
	if w.next = page.Start; w.s == nil && s != page.Start {
		if w.next = s; !w.wait() {
			w.next = page.Start
			w.Say("请先新建或打开案卷")
		}
		return
	}
	if w.at == page.Rows {
		w.rows.Leave()
	}
	w.win.Canvas().Unfocus()
	w.at = s
	for i, v := range w.views {
		if page.Step(i) == s {
			v.Show()
		} else {
			v.Hide()
		}
	}
	if w.s != nil && s != page.Start {
		w.keep("page", stepNames[s])
	}
	w.pages[s].Show()
	w.refresh()
}

func (w *Window) keep(key, value string) {
	if err := w.s.Case().SetSetting(key, value); err != nil {
		slog.Warn("keep setting of the case", "key", key, "error", err)
	}
}

// wait says, while a case is being opened, that it is not there yet; it tells whether
// one is.
func (w *Window) wait() bool {
	switch {
	case w.opening == 0 || w.s != nil:
		return false
	case w.next != page.Start:
		w.Say("正在打开案卷，打开后转到“" + stepWords[w.next] + "”")
	default:
		w.Say("正在打开案卷，请稍候")
	}
	return true
}

// changed is told by the case.
func (w *Window) changed(what session.What) {
	if w.s == nil {
		return
	}
	w.pages[w.at].Changed(what)
	w.refresh()
}

func (w *Window) refresh() {
	w.steps.refresh()
	w.status.refresh()
	w.keys.RefreshItems(w.menu)
}

// Dropped takes files and folders that were dropped on the window.
func (w *Window) Dropped(paths []string) {
	if len(paths) == 0 || w.dialogs.Open() {
		return
	}
	if len(paths) == 1 && strings.EqualFold(ext(paths[0]), casefile.Ext) {
		w.OpenPath(paths[0])
		return
	}
	if w.s == nil {
		w.Say("请先新建或打开案卷，再拖入文件")
		return
	}
	if w.at == page.Rows && !slices.ContainsFunc(paths, func(p string) bool { return !attachpage.Dropped(p) }) {
		w.rows.Import(paths)
		return
	}
	if w.at != page.Attach {
		w.Goto(page.Attach)
	}
	w.attach.Add(paths)
}

func ext(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[i:]
	}
	return ""
}

// Undo takes the last step back and goes to its place.
func (w *Window) Undo() { w.step("撤销", (*session.Session).Undo) }

// Redo does the last undone step again.
func (w *Window) Redo() { w.step("重做", (*session.Session).Redo) }

func (w *Window) step(word string, f func(*session.Session) (casefile.Step, error)) {
	if w.s == nil {
		return
	}
	st, err := f(w.s)
	switch {
	case errors.Is(err, casefile.ErrNothing):
		w.Say("没有可" + word + "的操作")
		return
	case err != nil:
		w.Fail("未能"+word, err)
		return
	}
	w.place(st.Place)
	w.Say("已" + word + "：" + st.Label)
}

// place goes where a step took effect.
func (w *Window) place(p casefile.Place) {
	switch {
	case p.File != "" && len(p.Fingerprints) > 0:
		if w.at != page.Review {
			w.Goto(page.Review)
		}
		w.review.Reload(p.File, p.Fingerprints)
	case p.File != "":
		if w.at != page.Review {
			w.Goto(page.Review)
		}
	case len(p.Rows) > 0 && w.at == page.Rows:
		w.rows.Reveal(p.Rows[0], p.Column)
	case p.Column != "" && w.at != page.Rows:
		w.Goto(page.Rows)
		w.rows.Reveal(p.Rows[0], p.Column)
	}
}

// PickFiles asks for files to open.
func (w *Window) PickFiles(req platform.FileRequest, purpose string, ok func([]string)) {
	req.Folder = w.p.Prefs.Folder(purpose)
	w.dialogs.OpenFiles(req, func(paths []string) {
		w.p.Prefs.SetFolder(purpose, parent(paths[0]))
		ok(paths)
	})
}

// PickFolder asks for a folder.
func (w *Window) PickFolder(title, purpose string, ok func(string)) {
	w.dialogs.ChooseFolder(platform.FileRequest{Title: title, Folder: w.p.Prefs.Folder(purpose)}, func(path string) {
		w.p.Prefs.SetFolder(purpose, path)
		ok(path)
	})
}

// PickSave asks where to save a new file.
func (w *Window) PickSave(req platform.FileRequest, purpose string, ok func(string)) {
	if req.Folder == "" {
		req.Folder = w.p.Prefs.Folder(purpose)
	}
	w.dialogs.SaveFile(req, func(path string) {
		w.p.Prefs.SetFolder(purpose, parent(path))
		ok(path)
	})
}

// Show shows the window.
func (w *Window) Show() {
	w.win.Show()
	w.pages[w.at].Show()
}

// quit closes case and window.
func (w *Window) quit() {
	w.closeCase()
	w.win.Close()
}

// CloseNow closes the case after the window is gone.
func (w *Window) CloseNow() { w.closeCase() }

// Front brings the window to the front and opens a case that a second call of the
// program asked for.
func (w *Window) Front(path string) {
	platform.ToFront(ime.WindowHandle(w.win))
	w.win.RequestFocus()
	if path != "" {
		w.OpenPath(path)
	}
}
