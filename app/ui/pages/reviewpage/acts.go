package reviewpage

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Commands are the commands of the review.
func (g *Page) Commands() []keymap.Command {
	on := func() bool { return g.p != nil && g.p.Current() != nil }
	plain := func() bool {
		it := g.item()
		return it != nil && it.Unchecked == nil && !it.Finding.Withdraw && !redact.IsBox(it.Key())
	}
	mark := func() bool { it := g.item(); return it != nil && it.Unchecked == nil && it.Finding.Withdraw }
	unread := func() bool { it := g.item(); return it != nil && it.Unchecked != nil }
	any_ := func() bool { return g.p != nil }
	k := func(id keymap.ID, label string, enabled func() bool, run func(), keys ...keymap.Key) keymap.Command {
		return keymap.Command{ID: "review." + id, Label: label, Group: "审核", Scope: Scope, Keys: keys, Enabled: enabled, Run: run}
	}
	return append(g.pageCommands(k), []keymap.Command{
		k("act", "脱敏、移出或标为已查看", on, g.act, keymap.Char('1'), keymap.Press(fyne.KeyReturn)),
		k("mask", "脱敏", plain, g.act),
		k("withdraw", "整件移出", mark, g.act),
		k("looked", "标为已人工查看", unread, g.act),
		k("replace", "替换为…", func() bool { return plain() && g.item().Finding.Hidden == "" }, g.startReplace, keymap.Char('2'), keymap.Press(fyne.KeyF2)),
		k("ignore", "忽略…", func() bool { return plain() || mark() }, g.ignore, keymap.Char('3')),
		k("notmark", "认定非密级标志…", mark, g.notMark),
		k("same", "同词全部…", plain, g.sameWord, keymap.Char('4')),
		k("mark", "标为敏感", func() bool { return g.p != nil && g.selected() }, g.markSelected, keymap.Char('5')),
		k("confirm", "复核人确认…", func() bool { return g.p != nil && len(g.p.Waiting(-1)) > 0 }, g.confirmWaiting, keymap.Char('6')),
		k("allow", "加入白名单…", func() bool { return plain() && g.host.Lists() && allowable(g.item()) }, g.allowWord, keymap.Char('7')),
		k("word", "加入词库…", func() bool { return g.p != nil && g.host.Lists() && g.selected() }, g.listWord, keymap.Char('8')),
		k("restore", "恢复待处理", func() bool { it := g.item(); return it != nil && it.Decision != nil }, g.restore, keymap.Press(fyne.KeyDelete)),
		k("next", "下一处", any_, func() { g.move(g.p.Step(1)) }, keymap.Press(fyne.KeyDown)),
		k("prev", "上一处", any_, func() { g.move(g.p.Step(-1)) }, keymap.Press(fyne.KeyUp)),
		k("nextopen", "下一处待处理", any_, g.nextOpen, keymap.Char(' '), keymap.Press(fyne.KeyF8)),
		k("prevopen", "上一处待处理", any_, func() { g.move(g.p.NextOpen(false)) }, keymap.Press(fyne.KeyF8, fyne.KeyModifierShift)),
		k("first", "首个命中", any_, func() { g.p.End(false); g.refresh() }, keymap.Press(fyne.KeyHome)),
		k("last", "末个命中", any_, func() { g.p.End(true); g.refresh() }, keymap.Press(fyne.KeyEnd)),
		k("nextdoc", "下一个文件", any_, func() { g.move(g.p.NextDoc(1)) }, keymap.Ctrl(fyne.KeyDown)),
		k("prevdoc", "上一个文件", any_, func() { g.move(g.p.NextDoc(-1)) }, keymap.Ctrl(fyne.KeyUp)),
		k("filedone", "审完，去下一文件", any_, g.fileDone, keymap.Ctrl(fyne.KeyReturn)),
		k("preview", "原文、处理后切换", any_, func() { g.look(cleaned) }, keymap.Ctrl(fyne.KeyP)),
		k("beside", "原文与处理后对照", any_, func() { g.look(beside) }, keymap.Press(fyne.KeyF7)),
		k("find", "查找", any_, func() { g.host.Window().Canvas().Focus(g.search) }, keymap.Ctrl(fyne.KeyF)),
		k("findnext", "下一个查找结果", any_, func() { g.move(g.p.Step(1)) }, keymap.Press(fyne.KeyF3)),
		k("pane", "切换窗格", any_, func() { g.host.Window().Canvas().Focus(g.search) }, keymap.Press(fyne.KeyF6)),
	}...)
}

func (g *Page) item() *review.Item {
	if g.p == nil {
		return nil
	}
	return g.p.Current()
}

func (g *Page) move(moved bool) {
	if !moved {
		g.host.Say("已到尽头")
	}
	g.refresh()
}

func (g *Page) nextOpen() {
	if !g.p.NextOpen(true) {
		g.host.Say("没有待处理的命中")
	}
	g.refresh()
}

func (g *Page) fileDone() {
	if g.p.Counts(-1).Left() == 0 {
		g.host.Goto(page.Export)
		return
	}
	g.move(g.p.NextDoc(1))
}

// act is key 1: what is to be done about the current item as a rule.
func (g *Page) act() {
	it := g.item()
	switch {
	case it == nil:
	case it.Unchecked != nil:
		g.decide(review.Choice{Action: review.ActionLooked})
	case it.Finding.Withdraw:
		g.decide(review.Choice{Action: review.ActionWithdraw})
	default:
		g.withSecond(review.Choice{Action: redact.ActionMask}, g.decide)
	}
}

func (g *Page) decide(c review.Choice) {
	if c.Action == redact.ActionReplace && c.Second == "" {
		if it := g.item(); it != nil && review.NeedsSecond(&it.Finding, c.Action) && !g.host.Dialogs().Open() {
			g.withSecond(c, g.store)
			return
		}
	}
	g.store(c)
}

func (g *Page) store(c review.Choice) {
	said, err := g.p.Decide(c)
	g.after(said, err)
}

func (g *Page) after(said string, err error) {
	if err != nil {
		g.complain(err)
	} else {
		g.host.Did(said)
	}
	g.refresh()
	g.Focus()
}

// complain tells why a choice was not taken: a word in the status bar for what a
// person did, a notice for what went wrong.
func (g *Page) complain(err error) {
	if slices.Contains(review.Objections(), err) {
		if errors.Is(err, review.ErrClerk) {
			g.host.Dialogs().Notice(dialogs.Notice{What: "尚未填写经办姓名", Why: "每个决定都要记录由谁作出", Do: "请在设置中填写经办和复核人"}, g.host.Settings)
			return
		}
		g.host.Say(err.Error())
		return
	}
	g.host.Fail("决定未能保存", err)
}

// withSecond asks for the 复核人 where the choice needs one.
func (g *Page) withSecond(c review.Choice, then func(review.Choice)) {
	it := g.item()
	if it == nil || it.Unchecked != nil || !review.NeedsSecond(&it.Finding, c.Action) {
		then(c)
		return
	}
	g.askSecond("该处为"+review.LevelWord(it.Finding.Level)+"，须由复核人确认。", func(second string) {
		c.Second = second
		then(c)
	})
}

func (g *Page) askSecond(text string, then func(second string)) {
	clerk, second := g.s.People()
	if clerk == "" {
		g.complain(review.ErrClerk)
		return
	}
	if second == "" || second == clerk {
		g.host.Dialogs().Choose(dialogs.Choice{
			Title: "复核人确认", Text: text + "案卷尚未填写复核人，可先留待复核。",
			Options: []dialogs.Option{{Label: "留待复核人确认"}}, Act: "记录决定", NoNote: true,
		},
			func(int, string) { then("") })
		return
	}
	g.host.Dialogs().Choose(dialogs.Choice{
		Title: "复核人确认", Text: text,
		Options: []dialogs.Option{{Label: "复核人 " + second + " 在场，已核对并确认"}, {Label: "留待复核人确认"}},
		Act:     "记录决定", NoNote: true,
	},
		func(i int, _ string) {
			if i == 0 {
				then(second)
				return
			}
			then("")
		})
}

func (g *Page) startReplace() {
	g.host.Window().Canvas().Focus(g.card.replace)
	g.card.replace.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (g *Page) ignore() {
	it := g.item()
	if it == nil {
		return
	}
	if it.Finding.Withdraw {
		g.notMark()
		return
	}
	reasons := review.Reasons()
	text := ""
	if it.Finding.Level == finding.S1 {
		reasons = reasons[:1]
		text = "阻断级命中不能直接忽略；确属误报的，写明理由并由复核人确认。"
	}
	var options []dialogs.Option
	for _, r := range reasons {
		options = append(options, dialogs.Option{Label: r.Word, NeedsNote: review.NeedsNote(it.Finding.Level, r)})
	}
	g.host.Dialogs().Choose(dialogs.Choice{
		Title: "忽略该处命中", Text: text, Options: options,
		First: min(g.last, len(options)-1), Act: "忽略",
	},
		func(i int, note string) {
			g.last = i
			g.withSecond(review.Choice{Action: redact.ActionIgnore, Reason: review.JoinReason(reasons[i], note)}, g.store)
		})
}

func (g *Page) notMark() {
	g.host.Dialogs().Ask(dialogs.Form{
		Title:  "认定非密级标志",
		Text:   "认定后该处不再作为密级标志，须经办、复核两人确认并写明理由，记入审查报告。",
		Fields: []dialogs.Field{{Label: "理由", Lines: 3, Hint: "例如：商业合同中的保密期限条款", Check: notEmpty}}, Act: "继续",
	},
		func(v []string) {
			g.withSecond(review.Choice{Action: redact.ActionNotAMark, Reason: strings.TrimSpace(v[0])}, g.store)
		})
}

func notEmpty(v string) string {
	if strings.TrimSpace(v) == "" {
		return "请填写理由"
	}
	return ""
}

func (g *Page) restore() {
	said, err := g.p.Restore()
	g.after(said, err)
}

// sameWord lists all places of the same words, to be treated in one step.
func (g *Page) sameWord() {
	occ := g.p.SameWord()
	it := g.item()
	if len(occ) == 0 || it == nil {
		return
	}
	checks := make([]*dialogs.Check, len(occ))
	box := container.NewVBox()
	for i, o := range occ {
		text := fmt.Sprintf("%s…%s【%s】%s…　%s", o.State.Sign(), o.Before, shorten(it.Finding.Text, 16), o.After, shorten(o.Doc, 20))
		checks[i] = dialogs.NewCheck(text, nil)
		checks[i].Checked = !o.State.Settled()
		box.Add(checks[i])
	}
	if it.Finding.Level == finding.S1 {
		box.Add(wrapLabel("阻断级命中处理后仍须复核人确认。"))
	}
	g.host.Dialogs().Show(dialogs.Custom{
		Title: fmt.Sprintf("同词全部：共 %d 处", len(occ)), Content: container.NewVScroll(box), Size: fyne.NewSize(720, 420),
		Act: "脱敏勾选的各处",
		Valid: func() string {
			if !slices.ContainsFunc(checks, func(c *dialogs.Check) bool { return c.Checked }) {
				return "请至少勾选一处"
			}
			return ""
		},
		OnAct: func() {
			var items []int
			for i, c := range checks {
				if c.Checked {
					items = append(items, occ[i].Item)
				}
			}
			g.withSecond(review.Choice{Action: redact.ActionMask}, func(c review.Choice) {
				said, err := g.p.DecideAll(items, c)
				g.after(said, err)
			})
		},
	})
}

func (g *Page) selected() bool {
	_, _, ok := g.view.Selection()
	return ok && g.looks != cleaned && !g.paging()
}

func (g *Page) markSelected() {
	a, b, ok := g.view.Selection()
	if !ok || g.looks == cleaned || g.flat == nil {
		g.host.Say(review.ErrNoSelection.Error())
		return
	}
	part, span, ok := g.flat.Part(document.Span{Start: a, End: b})
	if !ok {
		g.host.Say("所选文字须在同一部分之内")
		return
	}
	said, err := g.p.Mark(g.p.CurrentDoc(), part, span)
	if err == nil {
		g.view.Select(a, a)
		g.shown = ""
	}
	g.after(said, err)
}

// confirmWaiting lets the 复核人 confirm what waits, all on one sheet.
func (g *Page) confirmWaiting() {
	items := g.p.Waiting(-1)
	_, second := g.s.People()
	if len(items) == 0 {
		return
	}
	if second == "" {
		g.host.Dialogs().Notice(dialogs.Notice{What: "案卷尚未填写复核人", Do: "请在设置中填写复核人姓名"}, g.host.Settings)
		return
	}
	checks := make([]*dialogs.Check, len(items))
	box := container.NewVBox()
	for k, i := range items {
		it := g.p.Item(i)
		text := fmt.Sprintf("%s　%s【%s】%s", shorten(g.p.Docs()[it.Doc].Name, 18), it.Finding.Name, review.Brief(it), actWord(it))
		checks[k] = dialogs.NewCheck(text, nil)
		box.Add(checks[k])
	}
	g.host.Dialogs().Show(dialogs.Custom{
		Title:   "复核人 " + second + " 逐条核对后勾选确认",
		Content: container.NewVScroll(box), Size: fyne.NewSize(760, 440), Act: "确认勾选的各处",
		Valid: func() string {
			if !slices.ContainsFunc(checks, func(c *dialogs.Check) bool { return c.Checked }) {
				return "请勾选已核对的各处"
			}
			return ""
		},
		OnAct: func() {
			var chosen []int
			for k, c := range checks {
				if c.Checked {
					chosen = append(chosen, items[k])
				}
			}
			said, err := g.p.Confirm(chosen, second)
			g.after(said, err)
		},
	})
}

func actWord(it *review.Item) string {
	switch it.Decision.Action {
	case redact.ActionIgnore:
		return "→ 忽略（" + it.Decision.Reason + "）"
	case redact.ActionNotAMark:
		return "→ 认定非密级标志（" + it.Decision.Reason + "）"
	}
	if out := review.Outcome(&it.Finding, it.Decision); out != "" {
		return "→ 替换为“" + shorten(out, 16) + "”"
	}
	return "→ 删除"
}

// menu is the context menu of the document view.
func (g *Page) menu(_, hit int) *fyne.Menu {
	if hit >= 0 {
		g.tapHit(hit)
	}
	m := fyne.NewMenu("")
	for _, id := range []keymap.ID{"review.mask", "review.withdraw", "review.looked", "review.replace", "review.ignore", "review.notmark", "review.same", "review.restore", "review.mark", "review.allow", "review.word"} {
		if c := g.host.Keys().Command(id); c != nil && c.Can() {
			m.Items = append(m.Items, fyne.NewMenuItem(keymap.ButtonText(c), func() { g.host.Keys().Run(id) }))
		}
	}
	return m
}
