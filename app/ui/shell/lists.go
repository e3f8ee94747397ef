package shell

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/report"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/export"
	"jinggao/app/ui/lists"
	"jinggao/app/ui/task"
	"jinggao/sanitize/rule"
)

// setter is an engine whose rules can be changed.
type setter interface{ SetRules(*rule.Set) error }

// export is what lists and reports of an export say.
func (f Facts) export() export.Facts {
	return export.Facts{Version: f.Version, RulesVersion: f.RulesVersion, RulesDigest: f.RulesDigest, Adjustments: f.Adjustments}
}

// withTrouble adds to what reports say that the book could not be read.
func (f Facts) withTrouble(book *rulebook.Store) Facts {
	if book == nil || book.Trouble() == nil {
		return f
	}
	r := book.Trouble()
	f.Adjustments = append(slices.Clone(f.Adjustments), rule.Adjustment{
		Kind: report.KindMissing, Item: "本单位的词库与规则", Change: "未载入，只按内置规则检查", Reason: r.Why,
	})
	return f
}

// Lists tells whether there is a book to add words to.
func (w *Window) Lists() bool { return w.p.Book != nil && w.p.Book.Trouble() == nil }

// Clerk is who works here: of the case, else of this computer.
func (w *Window) Clerk() string {
	if w.s != nil {
		if clerk, _ := w.s.People(); clerk != "" {
			return clerk
		}
	}
	return strings.TrimSpace(w.p.Prefs.Clerk())
}

// Start does long work behind the window.
func (w *Window) Start(name string, work task.Work, after func(error)) {
	w.tasks.Start(name, work, after)
}

func (w *Window) listsButton() fyne.CanvasObject {
	b := widget.NewButton("词库与规则…", w.ShowLists)
	if w.p.Book == nil {
		b.Disable()
	}
	return b
}

// ShowLists shows the dialog 词库与规则; where the book cannot be read, what can be done
// about it.
func (w *Window) ShowLists() {
	switch {
	case w.p.Book == nil:
	case w.p.Book.Trouble() != nil:
		w.ListsTrouble()
	default:
		lists.Show(w, w.p.Book, lists.Words, w.applyRules)
	}
}

// AllowWord asks for an allow-list entry for what a rule found, and puts it in force.
func (w *Window) AllowWord(term, id string) {
	if !w.Lists() {
		return
	}
	set, err := rulebook.Plain(w.p.Book.Book())
	if err != nil {
		w.Fail("检查规则未能载入", err)
		return
	}
	if strings.HasPrefix(id, rule.OwnWords) { // numbers of word-list rules change with the list
		id = rule.OwnWords
	}
	lists.AskAllow(w, set, &rule.Allow{Term: strings.TrimSpace(term), Rule: id, By: w.Clerk()}, func(a rule.Allow) {
		w.keepBook("加入白名单", func(b *rulebook.Book) { b.PutAllow(a) })
	})
}

// ListWord asks for a word-list entry for a word, and puts it in force.
func (w *Window) ListWord(term string) {
	if !w.Lists() {
		return
	}
	lists.AskWord(w, "加入词库", rule.Word{Term: strings.TrimSpace(term), Level: "S2", Action: "delete"}, func(x rule.Word) {
		w.keepBook("加入词库", func(b *rulebook.Book) { b.PutWord(x) })
	})
}

func (w *Window) keepBook(what string, f func(*rulebook.Book)) {
	if err := w.p.Book.Save(w.p.Book.Book().Edit(w.Clerk(), what, f)); err != nil {
		w.Fail(what+"未能保存", err)
		return
	}
	w.applyRules()
}

// applyRules puts the rules by the book in force, behind the window and after the work
// that runs. What was scanned by other rules is marked to be scanned again.
func (w *Window) applyRules() {
	engine, ok := w.p.Engine.(setter)
	if !ok || w.p.Book == nil {
		return
	}
	var set *rule.Set
	var problems []rule.Problem
	w.tasks.Start("正在启用规则", func(context.Context, task.Report) (err error) {
		if set, problems, err = rulebook.InForce(w.p.Book.Book()); err != nil {
			return err
		}
		if set.Digest == w.p.Facts.RulesDigest {
			return nil
		}
		return engine.SetRules(set)
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled): // it was stopped with what ran before it
			w.applyRules()
		case err != nil:
			w.Fail("新的规则未能启用，仍按原有规则检查", err)
		case set.Digest != w.p.Facts.RulesDigest:
			w.inForce(set)
			w.tellProblems(problems)
		default: // the same rules; a book that could not be read may be one again
			w.p.Facts.Adjustments = set.Adjustments
			w.export.SetFacts(w.p.Facts.export())
		}
	})
}

// inForce tells everybody of other rules and asks whether to scan again.
func (w *Window) inForce(set *rule.Set) {
	w.p.Facts.RulesVersion, w.p.Facts.RulesDigest, w.p.Facts.Adjustments = set.Version, set.Digest, set.Adjustments
	w.export.SetFacts(w.p.Facts.export())
	if w.s == nil {
		w.Say("规则已更新，对之后的扫描生效")
		return
	}
	ids, err := w.s.SetRules(w.p.Facts.Rules())
	if err != nil {
		w.Fail("须重新扫描的附件未能全部标出", err)
	}
	if len(ids) == 0 {
		w.Say("规则已更新，对之后的扫描生效")
		return
	}
	text := fmt.Sprintf("规则已更新，%d 个附件须重新扫描。\n它们是按原来的规则扫描的，重新扫描之前不能导出副本；已作的决定保留。", len(ids))
	w.Say(fmt.Sprintf("规则已更新，%d 个附件须重新扫描", len(ids)))
	s := w.s
	w.dialogs.Confirm(dialogs.Question{Title: "重新扫描", Text: text, Act: fmt.Sprintf("重新扫描 %d 个附件", len(ids)), Cancel: "稍后"}, func() {
		if w.s == s {
			s.Rescan(ids)
		}
	})
}

func (w *Window) tellProblems(ps []rule.Problem) {
	if len(ps) == 0 {
		return
	}
	w.dialogs.Notice(dialogs.Notice{
		What: fmt.Sprintf("本单位的设置中有 %d 项未能采用：%s", len(ps), ps[0].Error()),
		Why:  "相应的规则已不存在或已改变", Do: "请在“词库与规则”中修改",
	}, nil)
}

// ListsTrouble says that the book cannot be read and what can be done about it. It is
// shown at the start, and in place of the dialog.
func (w *Window) ListsTrouble() {
	r := w.p.Book.Trouble()
	if r == nil {
		return
	}
	slog.Error("rule book not read", "detail", r.Detail)
	text := widget.NewLabel(r.What + "。\n原因：" + r.Why + "\n处理：" + r.Do + "。")
	text.Wrapping = fyne.TextWrapWord
	var closeIt func()
	then := func(f func() (string, error), done string) func() {
		return func() {
			closeIt()
			aside, err := f()
			if err != nil {
				w.Fail("未能完成", err)
				return
			}
			if aside != "" {
				done += "；原文件保留为 " + filepath.Base(aside)
			}
			w.Say(done)
			w.applyRules()
		}
	}
	restore := widget.NewButton("恢复上一版本", then(w.p.Book.Restore, "已恢复上一版本"))
	if at, ok := w.p.Book.Backup(); ok {
		restore.SetText("恢复上一版本（" + at.Format("2006-01-02 15:04") + "）")
		restore.Importance = widget.HighImportance
	} else {
		restore.SetText("没有可恢复的上一版本")
		restore.Disable()
	}
	renew := widget.NewButton("另存该文件，重新建立", then(w.p.Book.Renew, "已重新建立，词库与规则为空"))
	closeIt = w.dialogs.Show(dialogs.Custom{
		Title: "词库与规则未能载入", Content: container.NewVBox(text, restore, renew), Size: fyne.NewSize(620, 0), Cancel: "暂不处理，只按内置规则检查",
	})
}

// Adjustments says in what the rules in force differ from the built-in ones.
func (w *Window) Adjustments() []rule.Adjustment { return w.p.Facts.Adjustments }

// Book is what the bureau set for itself.
func (w *Window) Book() *rulebook.Store { return w.p.Book }

var _ lists.Host = (*Window)(nil)
