package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
)

// commands are the commands of the window itself.
func (w *Window) commands() []keymap.Command {
	open := func() bool { return w.s != nil }
	k := func(id keymap.ID, group, label string, enabled func() bool, run func(), keys ...keymap.Key) keymap.Command {
		return keymap.Command{ID: id, Label: label, Group: group, Keys: keys, Enabled: enabled, Run: run}
	}
	canUndo := func() bool { return open() && second(w.s.Case().CanUndo()) }
	canRedo := func() bool { return open() && second(w.s.Case().CanRedo()) }
	goTo := func(s page.Step) func() { return func() { w.Goto(s) } }
	here := func() bool { return open() || w.opening > 0 } // or soon
	return append([]keymap.Command{
		k("case.new", "案卷", "新建案卷…", nil, w.NewCase, keymap.Ctrl(fyne.KeyN)),
		k("case.open", "案卷", "打开案卷…", nil, w.OpenCase, keymap.Ctrl(fyne.KeyO)),
		k("case.sample", "案卷", "打开示例案卷", nil, w.OpenSample),
		k("case.copy", "案卷", "另存副本…", open, w.SaveCopy),
		k("case.save", "案卷", "保存", open, func() { w.Say("每一步都已自动保存 " + time.Now().Format("15:04")) }, keymap.Ctrl(fyne.KeyS)),
		k("case.close", "案卷", "关闭案卷", open, w.CloseCase, keymap.Ctrl(fyne.KeyW)),
		k("case.quit", "案卷", "退出", nil, w.quit),
		k("edit.undo", "编辑", "撤销", canUndo, w.Undo, keymap.Ctrl(fyne.KeyZ)),
		k("edit.redo", "编辑", "重做", canRedo, w.Redo, keymap.Ctrl(fyne.KeyY)),
		k("edit.settings", "编辑", "设置…", nil, w.Settings),
		k("edit.lists", "编辑", "词库与规则…", func() bool { return w.p.Book != nil }, w.ShowLists),
		k("step.1", "步骤", "① 项目表格", here, goTo(page.Rows), keymap.Ctrl(fyne.Key1)),
		k("step.2", "步骤", "② 附件材料", here, goTo(page.Attach), keymap.Ctrl(fyne.Key2)),
		k("step.3", "步骤", "③ 敏感信息审核", here, goTo(page.Review), keymap.Ctrl(fyne.Key3)),
		k("step.4", "步骤", "④ 导出成果", here, goTo(page.Export), keymap.Ctrl(fyne.Key4)),
		k("step.export", "步骤", "去导出", here, goTo(page.Export), keymap.Ctrl(fyne.KeyE)),
		k("step.start", "步骤", "开始页", nil, goTo(page.Start)),
		k("help.keys", "帮助", "键位表", nil, w.KeySheet, keymap.Press(fyne.KeyF1)),
		k("help.manual", "帮助", "使用手册", nil, w.Manual, keymap.Ctrl(fyne.KeyF1)),
		k("help.about", "帮助", "关于净稿", nil, w.About),
	}, w.paperCommands()...)
}

func second(_ string, ok bool) bool { return ok }
